//! The header is what the source declares.

use cbindgen::{Builder, Config};
use std::fs;
use std::path::Path;

#[test]
fn the_header_is_what_the_source_declares() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = Config::from_file(root.join("cbindgen.toml")).unwrap();
    // In the order in which they need each other.
    let files = ["lib", "boundary", "error", "options", "input", "stream", "answer"];
    let builder = files.iter().fold(Builder::new().with_config(config), |builder, name| {
        builder.with_src(root.join(format!("src/{name}.rs")))
    });
    let mut made = Vec::new();
    builder.generate().unwrap().write(&mut made);
    let made = String::from_utf8(made).unwrap();
    let header = root.join("include/jobview.h");
    if std::env::var_os("UPDATE_HEADER").is_some() {
        fs::write(&header, &made).unwrap();
    }
    let there = fs::read_to_string(&header).unwrap_or_default();
    assert!(there == made, "run `UPDATE_HEADER=1 cargo test --package jobview-capi --test header`");
    let files = fs::read_dir(root.join("src")).unwrap();
    assert_eq!(files.count(), 7, "each file of the source is read");
}
