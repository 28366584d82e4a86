//! Help, usage errors, completions, man pages.

use crate::scratch::Scratch;
use predicates::prelude::*;

const SUBCOMMANDS: [&str; 7] =
    ["stats", "check", "convert", "schema", "generate", "completions", "man"];

#[test]
fn help_of_everything_has_examples() {
    let scratch = Scratch::new();
    let examples = predicate::str::contains("Examples:\n  jobview ");
    scratch.jobview("--help").assert().code(0).stdout(examples.clone());
    for name in SUBCOMMANDS {
        scratch.jobview(&format!("{name} --help")).assert().code(0).stdout(examples.clone());
    }
}

#[test]
fn the_version_is_the_packages() {
    let version = concat!("jobview ", env!("CARGO_PKG_VERSION"), "\n");
    Scratch::new().jobview("--version").assert().code(0).stdout(version);
}

#[test]
fn a_wrong_command_line_is_a_usage_error() {
    let scratch = Scratch::new();
    for arguments in [
        "",
        "frobnicate",
        "stats",
        "check",
        "stats --format xml file",
        "stats --framing lines file",
        "stats --max-depth 0 file",
        "stats --max-depth 1025 file",
        "check --max-record-bytes many file",
        "check --max-rejects 0 file",
        "check --rejects-format ndjson file",
        "check --resume-from start file",
        "convert file",
        "convert file --output table.txt",
        "convert file --output table.csv --table people",
        "convert file --output table.csv --rejects-format ndjson",
        "schema --table people",
        "schema --format xml",
        "stats --jobs 0 file",
        "stats --max-expansion 0 file",
        "generate --shape tall",
        "generate --layout round",
        "generate --kind letter",
        "generate --items many",
        "generate --bad-every 0",
        "generate --documents -1",
        "generate file",
        "completions",
        "completions cmd",
        "man frobnicate",
        "man stats --out there",
    ] {
        scratch
            .jobview(arguments)
            .assert()
            .code(2)
            .stdout("")
            .stderr(predicate::str::is_empty().not());
    }
}

#[test]
fn a_wrong_number_gets_a_message_that_says_what_is_right() {
    let scratch = Scratch::new();
    let size = "it must be a number of bytes, or a number with a unit: 500kB, 64MB (10^6 bytes), 64MiB (2^20)";
    for (arguments, message) in [
        ("stats --jobs 0 file", "at least 1; leave it out to use as many as the machine can run"),
        ("stats --jobs 64MB file", "a whole number, such as 1000, without a unit; leave it out"),
        ("check --max-rejects 0 file", "it must be at least 1"),
        ("check --max-rejects 1k file", "it must be a whole number"),
        ("check --resume-from 64MB file", "it must be a whole number"),
        ("stats --max-expansion 0 file", "it must be at least 1"),
        ("stats --max-record-bytes many file", size),
        ("stats --max-record-bytes 0 file", "it must be at least one byte"),
        ("stats --max-arena-bytes 64apples file", size),
        ("stats --max-window 3GiB file", "it must be from 1KiB to 2GiB"),
        ("generate --documents some", "it must be a whole number"),
        ("generate --bad-every 0", "it must be at least 1"),
        ("generate --items 1.5", "it must be a whole number"),
    ] {
        let message = predicate::str::contains(message);
        scratch.jobview(arguments).assert().code(2).stdout("").stderr(message);
    }
    scratch.generate("jobs", "--documents 3");
    for size in ["64MB", "64MiB", "1GB", "2000", "512k"] {
        let sizes = format!("--max-record-bytes {size} --max-arena-bytes {size}");
        scratch.jobview(&format!("check {sizes} jobs")).assert().code(0);
    }
}

#[test]
fn there_are_completions_for_every_shell() {
    let scratch = Scratch::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        scratch
            .jobview(&format!("completions {shell}"))
            .assert()
            .code(0)
            .stderr("")
            .stdout(predicate::str::contains("jobview"))
            .stdout(predicate::str::contains("unknown-members"));
    }
}

#[test]
fn there_is_a_man_page_for_everything() {
    let scratch = Scratch::new();
    scratch.jobview("man --out pages").assert().code(0).stdout("").stderr("");
    let is_written = |name: &str, arguments: &str| {
        let page = String::from_utf8(scratch.read(&format!("pages/{name}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS") && page.contains("Examples:"), "{page}");
        scratch.jobview(arguments).assert().code(0).stderr("").stdout(page);
    };
    is_written("jobview", "man");
    for name in SUBCOMMANDS {
        is_written(&format!("jobview-{name}"), &format!("man {name}"));
    }
    assert_eq!(std::fs::read_dir(scratch.path("pages")).unwrap().count(), 8);
}
