//! Patterns of file names, and other arguments in place of a file name.

use crate::scratch::Scratch;
use predicates::prelude::*;

#[test]
fn patterns_are_expanded_in_the_order_of_the_alphabet() {
    let scratch = Scratch::new();
    std::fs::create_dir_all(scratch.path("2026/09.json")).unwrap();
    for name in ["2026/b.json", "2026/a.json", "2026/09.json/c.json", "2026/d.txt"] {
        scratch.write(name, "{}\n");
    }
    let files = |arguments: &str| {
        let output = scratch.jobview(&format!("check -q {arguments}")).output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        let names = stdout.lines().map(|line| line.split(':').next().unwrap().to_owned());
        (names.collect::<Vec<_>>().join(" "), output.status.code().unwrap())
    };
    assert_eq!(files("2026/*.json"), ("2026/a.json 2026/b.json".to_owned(), 1));
    assert_eq!(files("2026/[b-d].* 2026/a.json"), ("2026/b.json 2026/d.txt 2026/a.json".into(), 1));
    let all = "2026/09.json/c.json 2026/a.json 2026/b.json";
    assert_eq!(files("2026/**/*.json"), (all.to_owned(), 1));
    assert_eq!(files("*.json 2026/d.txt"), ("2026/d.txt".to_owned(), 3));
    scratch
        .jobview("check *.json")
        .assert()
        .stderr(predicate::str::contains("jobview: *.json: no file matches this pattern"));
}

#[cfg(unix)]
#[test]
fn a_pattern_covers_names_that_are_not_utf_8_and_shows_their_bytes() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let scratch = Scratch::new();
    scratch.generate("a.ndjson", "--documents 1");
    for name in [&b"caf\xe9.ndjson"[..], b"caf\xc3\xa9.ndjson", b"new\nline.ndjson"] {
        let path = scratch.path(".").join(OsStr::from_bytes(name));
        std::fs::write(path, [scratch.read("a.ndjson"), b"{}\n".to_vec()].concat()).unwrap();
    }
    let (found, code) = scratch.stats("*.ndjson");
    assert_eq!((&found["files"], &found["documents"], code), (&4.into(), &4.into(), 1));
    let output = scratch.jobview("check --quiet *.ndjson").output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let names: Vec<_> = stdout.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(names, ["caf\u{e9}.ndjson", "caf\\xe9.ndjson", "new\\nline.ndjson"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_its_own_directory_makes_no_file_count_twice() {
    use std::os::unix::fs::symlink;
    let scratch = Scratch::new();
    std::fs::create_dir_all(scratch.path("archive/2026")).unwrap();
    for name in ["archive/a.json", "archive/2026/b.json"] {
        scratch.generate(name, "--documents 3");
    }
    symlink(".", scratch.path("archive/self")).unwrap();
    symlink("../..", scratch.path("archive/2026/up")).unwrap();
    symlink("b.json", scratch.path("archive/2026/latest.json")).unwrap();
    let output = scratch.jobview("stats --format json archive/**/*.json").output().unwrap();
    let found = crate::scratch::json(&output.stdout);
    assert_eq!((&found["files"], &found["documents"]), (&2.into(), &6.into()));
    // What was not searched is reported.
    let said = "jobview: archive/2026/up: `**` does not follow this link to a directory\n";
    assert_eq!(String::from_utf8(output.stderr).unwrap(), said);
    assert_eq!(output.status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn what_a_pattern_covers_and_cannot_be_read_is_told() {
    use std::os::unix::fs::symlink;
    let scratch = Scratch::new();
    scratch.generate("a.ndjson", "--documents 1");
    symlink("missing", scratch.path("b.ndjson")).unwrap();
    symlink("c.ndjson", scratch.path("c.ndjson")).unwrap();
    scratch
        .jobview("check *.ndjson")
        .assert()
        .code(3)
        .stderr(predicate::str::contains("jobview: b.ndjson: No such file"))
        .stderr(predicate::str::contains("jobview: c.ndjson: "))
        .stderr(predicate::str::contains("1 document accepted, 0 records rejected\n"));
}

#[test]
fn what_is_no_name_of_a_file_gets_a_hint() {
    let scratch = Scratch::new();
    std::fs::create_dir(scratch.path("logs")).unwrap();
    for (argument, hint) in [
        ("https://example.com/jobs?page=1", "this is a URL, but only files can be read"),
        ("s3://bucket/*.json", "this is a URL"),
        (
            "logs",
            "this is a directory; to read the files in it, give a pattern such as 'logs/**/*.json'",
        ),
        ("logs/*", "no file matches this pattern"),
    ] {
        let message = format!("jobview: {argument}: {hint}");
        for command in ["stats", "stats --format json", "check"] {
            scratch
                .jobview(&format!("{command} {argument}"))
                .assert()
                .code(3)
                .stdout("")
                .stderr(predicate::str::starts_with(message.clone()))
                .stderr(predicate::function(|text: &str| text.lines().count() == 1));
        }
    }
}

#[test]
fn what_is_named_twice_is_read_twice() {
    let scratch = Scratch::new();
    scratch.generate("a.ndjson", "--documents 3");
    assert_eq!(scratch.stats("a.ndjson a.ndjson").0["documents"], 6);
    assert_eq!(scratch.stats("a.ndjson *.ndjson").0["documents"], 6);
}
