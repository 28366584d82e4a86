//! Inputs that are neither JSON nor a supported archive: one message, and no rejected records.

use crate::pack::{gzip, xz, zstd};
use crate::scratch::Scratch;
use predicates::prelude::*;

/// Pseudo-random bytes.
fn noise(length: u32) -> Vec<u8> {
    (0..length).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

fn tar(contents: &[u8]) -> Vec<u8> {
    let mut header = [b"jobs.ndjson".to_vec(), vec![0; 246], b"ustar\x0000".to_vec()].concat();
    header.resize(512, 0);
    [header, contents.to_vec(), vec![0; 1024]].concat()
}

/// `text` in UTF-16, with a byte order mark.
fn utf_16(text: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(text).unwrap();
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn foreign_formats_are_named_and_nothing_is_rejected() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 300");
    let jobs = scratch.read("jobs");
    let after = |magic: &[u8]| [magic, &noise(100_000)].concat();
    for (bytes, message) in [
        (after(b"BZh91AY&SY"), "a bzip2 archive: unpack it first, for example with `bzip2 -dc`"),
        (after(b"\x04\x22\x4d\x18"), "an lz4 archive: unpack it first"),
        (after(b"PK\x03\x04"), "a zip archive: unpack it first"),
        (after(b"PAR1\x15"), "a Parquet file: export its documents as NDJSON first"),
        (after(b"ARROW1\0\0"), "Arrow IPC data: export its documents"),
        (after(b""), "binary data, perhaps a Brotli archive or another format"),
        (tar(&jobs), "a tar archive: unpack it first"),
        (gzip(&tar(&jobs)), "a tar archive within a gzip archive: unpack it first"),
        (zstd(&after(b"PK\x03\x04")), "a zip archive within a zstd archive: unpack it first"),
        (xz(&gzip(&jobs)), "a gzip archive within an xz archive: unpack it first"),
        (gzip(&gzip(&jobs)), "a gzip archive within a gzip archive: unpack it first"),
        (utf_16(&jobs), "UTF-16 text: convert it first"),
        (utf_16(&jobs)[2..].to_vec(), "UTF-16 text: convert it first"),
        (gzip(&utf_16(&jobs)), "UTF-16 text within a gzip archive: convert it first"),
        (
            b"\n<!DOCTYPE html>\n<p>{\n".repeat(1000),
            "an HTML page: it is not a response of the API",
        ),
    ] {
        scratch.write("input", &bytes);
        let is_all = |name: &str| {
            predicate::str::starts_with(format!("jobview: {name}: {message}"))
                .and(predicate::function(|text: &str| text.lines().count() == 1))
        };
        for command in ["stats", "check", "check --rejects -"] {
            let told = |mut command: assert_cmd::Command, name| {
                command.assert().code(3).stdout("").stderr(is_all(name));
            };
            told(scratch.jobview(&format!("{command} input")), "input");
            let mut piped = scratch.jobview(&format!("{command} -"));
            piped.write_stdin(bytes.clone());
            told(piped, "<stdin>");
        }
    }
}

#[test]
fn documents_behind_something_foreign_are_not_lost() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 30");
    for front in [
        &b"<html>\n<body>502 Bad Gateway</body>\n</html>\n"[..],
        b"HTTP/2 200\r\ncontent-type: application/vnd.api+json\r\n\r\n",
        b"2026-09-04T13:40:00Z INFO caf\xe9\n",
    ] {
        scratch.write("input", [front, &scratch.read("jobs")].concat());
        scratch.write("packed", gzip(&scratch.read("input")));
        for file in ["input", "packed"] {
            scratch
                .jobview(&format!("check --framing ndjson {file}"))
                .assert()
                .code(1)
                .stderr(predicate::str::starts_with("30 documents accepted, "));
        }
    }
}

#[test]
fn other_inputs_are_read_as_if_nothing_foreign_were_among_them() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 30");
    scratch.write("input", noise(5000));
    scratch
        .jobview("check jobs input jobs")
        .assert()
        .code(3)
        .stdout("")
        .stderr(predicate::str::contains("60 documents accepted, 0 records rejected\n"));
}
