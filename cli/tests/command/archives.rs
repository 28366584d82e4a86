//! Complete and broken archives.

use crate::pack::{gzip, xz, zstd};
use crate::scratch::{Scratch, json};
use flate2::read::MultiGzDecoder;
use predicates::prelude::*;
use serde_json::Value;
use std::io::{Read, Write as _};

/// Compresses `contents` as three members, the second of which is empty.
fn in_members(pack: fn(&[u8]) -> Vec<u8>, contents: &[u8]) -> Vec<u8> {
    let (first, second) = contents.split_at(contents.len() / 3);
    [pack(first), pack(b""), pack(second)].concat()
}

/// What can be decompressed.
fn unpack(mut decoder: impl Read) -> Vec<u8> {
    let mut unpacked = Vec::new();
    // Broken archives end with an error.
    let _ = decoder.read_to_end(&mut unpacked);
    unpacked
}

fn lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&byte| byte == b'\n').count() as u64
}

/// The offset after this many lines.
fn end_of(bytes: &[u8], lines: u64) -> usize {
    let lines = bytes.split_inclusive(|&byte| byte == b'\n').take(lines as usize);
    lines.map(<[u8]>::len).sum()
}

/// Removes the file names from the statistics.
fn unname(stats: &mut Value) {
    stats["by_file"][0]["file"] = Value::Null;
    for record in stats["layout_changes"]["first"].as_array_mut().unwrap() {
        record["file"] = Value::Null;
    }
    for member in stats["unknown_members"].as_array_mut().unwrap() {
        member["first"]["file"] = Value::Null;
    }
}

#[test]
fn archives_are_read_as_what_they_hold_whatever_they_are_called() {
    let scratch = Scratch::new();
    for layout in ["compact --bad-every 10", "pretty"] {
        scratch.generate("jobs", &format!("--documents 1200 --unknown-members --layout {layout}"));
        let jobs = scratch.read("jobs");
        let (mut expected, code) = scratch.stats("jobs");
        unname(&mut expected);
        for archive in [
            gzip(&jobs),
            in_members(gzip, &jobs),
            zstd(&jobs),
            in_members(zstd, &jobs),
            xz(&jobs),
            in_members(xz, &jobs),
        ] {
            scratch.write("archive.txt", &archive);
            let mut found = scratch.stats("archive.txt");
            unname(&mut found.0);
            assert_eq!(found, (expected.clone(), code));
            let piped = scratch.jobview("stats --format json -").write_stdin(archive).output();
            let piped = piped.unwrap();
            let mut found = json(&piped.stdout);
            unname(&mut found);
            assert_eq!((found, piped.status.code()), (expected.clone(), Some(code)));
        }
    }
}

#[test]
fn of_a_truncated_archive_the_records_before_are_counted_and_other_files_go_on() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 1200");
    scratch.generate("other", "--documents 7 --seed 2");
    let jobs = scratch.read("jobs");
    for (format, archive) in [("gzip", in_members(gzip, &jobs)), ("zstd", in_members(zstd, &jobs))]
    {
        let cuts = (5..archive.len()).step_by(archive.len() / 11).chain([archive.len() - 1]);
        for cut in cuts {
            let archive = &archive[..cut];
            scratch.write("archive", archive);
            let complete = match format {
                "gzip" => lines(&unpack(MultiGzDecoder::new(archive))),
                _ => lines(&unpack(zstd::Decoder::new(archive).unwrap())),
            };
            let output = scratch.jobview("stats --format json archive other").output().unwrap();
            let stderr = String::from_utf8(output.stderr).unwrap();
            let found = json(&output.stdout);
            // Where one member ends and the next begins, there is nothing to see.
            if stderr.is_empty() {
                assert_eq!(output.status.code(), Some(if found["rejected"] == 0 { 0 } else { 1 }));
                continue;
            }
            assert_eq!(output.status.code(), Some(3), "{format} {cut}");
            let expected =
                format!("jobview: archive: the {format} archive ends too early, after byte {cut}");
            let up_to = match complete {
                0 => String::new(),
                _ => format!("; records were read up to byte {}", end_of(&jobs, complete)),
            };
            assert_eq!(stderr, format!("{expected}{up_to}\n"));
            assert_eq!(found["documents"], complete + 7, "{format} {cut}");
            assert_eq!((&found["files"], &found["rejected"]), (&1.into(), &0.into()));
        }
    }
}

#[test]
fn what_follows_an_archive_and_what_does_not_add_up_are_errors() {
    let scratch = Scratch::new();
    let counts = scratch.generate("jobs", "--documents 100");
    let jobs = scratch.read("jobs");
    type Pack = fn(&[u8]) -> Vec<u8>;
    for (format, pack) in [("gzip", gzip as Pack), ("zstd", zstd)] {
        let archive = pack(&jobs);
        scratch.write("archive", [&archive, &b"something else"[..]].concat());
        let (found, code) = scratch.stats("archive");
        assert_eq!((&found["documents"], code), (&counts["documents"], 3));
        scratch.jobview("stats archive").assert().stderr(format!(
            "jobview: archive: data that is not {format} follows the archive at byte {}; \
             records were read up to byte {}\n",
            archive.len(),
            jobs.len()
        ));
        // A last record without a newline is not lost either.
        let unended = pack(&jobs[..jobs.len() - 1]);
        scratch.write("archive", [&unended, &b"\0something else"[..]].concat());
        assert_eq!(scratch.stats("archive").0["documents"], counts["documents"]);

        let mut corrupt = archive.clone();
        let checksum = corrupt.len() - if format == "gzip" { 8 } else { 4 };
        corrupt[checksum] ^= 1;
        scratch.write("archive", &corrupt);
        scratch.jobview("check -q archive").assert().code(3).stderr(
            predicate::str::starts_with("jobview: archive: ")
                .and(predicate::str::contains("checksum"))
                .and(predicate::str::contains(format!("of the {format} archive"))),
        );
    }
}

#[test]
fn an_archive_that_expands_without_measure_is_given_up() {
    let scratch = Scratch::new();
    let blank = vec![b'\n'; 4 << 20];
    for archive in [gzip(&blank), zstd(&blank), xz(&blank)] {
        scratch.write("bomb", archive);
        scratch
            .jobview("stats --max-expansion 100 bomb")
            .assert()
            .code(3)
            .stderr(predicate::str::starts_with(
                "jobview: bomb: expands to more than 100 times its size, the limit of --max-expansion, ",
            ));
        let (found, code) = scratch.stats("--max-expansion 100000 bomb");
        assert_eq!((found["bytes"].as_u64(), code), (Some(4 << 20), 0));
    }
    // Also with the default limit.
    scratch
        .jobview("check -q bomb")
        .assert()
        .code(3)
        .stderr(predicate::str::contains(" 1000 times"));
}

#[test]
fn padding_that_gzip_and_xz_accept_is_accepted() {
    let scratch = Scratch::new();
    let counts = scratch.generate("jobs", "--documents 100");
    for archive in [gzip(&scratch.read("jobs")), xz(&scratch.read("jobs"))] {
        scratch.write("padded", [archive, vec![0; 10_240]].concat());
        let (found, code) = scratch.stats("padded");
        assert_eq!((&found["documents"], code), (&counts["documents"], 0));
        scratch
            .jobview("check padded")
            .assert()
            .code(0)
            .stderr(predicate::str::starts_with("100 "));
    }
}

#[test]
fn a_window_larger_than_usual_is_an_option() {
    let scratch = Scratch::new();
    let counts = scratch.generate("jobs", "--documents 3000");
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(21).unwrap();
    encoder.write_all(&scratch.read("jobs")).unwrap();
    scratch.write("long.zst", encoder.finish().unwrap());
    scratch.jobview("stats --max-window 1MiB long.zst").assert().code(3).stdout("").stderr(
        "jobview: long.zst: needs a window of more than 1.00 MiB, the limit of --max-window, \
         which can be up to 2GiB; at byte 0 of the zstd archive\n",
    );
    let (found, code) = scratch.stats("--max-window 2MiB long.zst");
    assert_eq!((&found["documents"], code), (&counts["documents"], 0));
}
