//! `jobview generate --counts`, which must be what `jobview stats --format json` prints.
//!
//! Everything that does not need a reader comes from the generator. So each of these tests checks the reader, the
//! generator, and that each deliberately broken record is rejected as one record.

use crate::scratch::{Scratch, json};
use crate::stats::write_drifting_files;
use jobview::DocumentKind;
use jobview_corpus::Kind;
use serde_json::Value;
use std::collections::BTreeSet;

/// The names that `generate` has for the kinds, with the mixture at the end.
const KINDS: [&str; Kind::ALL.len()] = {
    let mut names = [""; Kind::ALL.len()];
    let mut kind = 0;
    while kind < names.len() {
        names[kind] = Kind::ALL[kind].name();
        kind += 1;
    }
    names
};
const LAYOUTS: [&str; 6] = ["compact", "spaced", "sorted", "pretty", "escaped", "shuffled"];

/// Whether the statistics of what these options generate equal the counts, byte for byte.
fn assert_counts(scratch: &Scratch, generate: &str, stats: &str) {
    scratch.generate("answers", generate);
    let found = scratch.jobview(&format!("stats --format json {stats} answers")).output().unwrap();
    let (found, counts) = (String::from_utf8(found.stdout), scratch.read("counts.json"));
    assert_eq!(found.unwrap(), String::from_utf8(counts).unwrap(), "{generate}");
}

#[test]
fn counts_are_the_statistics_of_the_same_bytes_whatever_is_asked_for() {
    let scratch = Scratch::new();
    let mut seed = 0;
    for kind in KINDS {
        for layout in LAYOUTS {
            for unknown_members in ["", "--unknown-members"] {
                // If some records are indented, only a good record shows where a broken one ends.
                let all_bad = match layout {
                    "shuffled" => "--bad-every 2",
                    _ => "--bad-every 1",
                };
                for (sparse, bad_every) in
                    [("", ""), ("--sparse", ""), ("", "--bad-every 2"), ("--sparse", all_bad)]
                {
                    seed += 1;
                    let shape = ["poll", "inline"][seed % 2];
                    let options = format!(
                        "--kind {kind} --layout {layout} --shape {shape} --items {} --documents 48 \
                         --seed {seed} {unknown_members} {sparse} {bad_every}",
                        seed % 5
                    );
                    assert_counts(&scratch, &options, sparse);
                }
            }
        }
    }
}

#[test]
fn counts_of_documents_that_vary_are_the_statistics_too() {
    let scratch = Scratch::new();
    for layout in ["compact", "pretty", "slashed", "wild"] {
        for varied in ["--varied", "--producers 3", "--varied --producers 16"] {
            for unknown_members in ["none", "assorted", "evolved", "strewn"] {
                let options =
                    format!("--layout {layout} {varied} --unknown-members={unknown_members}");
                assert_counts(&scratch, &format!("{options} --documents 300"), "");
                let mixed = "--kind mixed --items 5 --documents 100 --bad-every";
                assert_counts(&scratch, &format!("{options} {mixed} 5"), "");
                assert_counts(&scratch, &format!("{options} {mixed} 2 --sparse"), "--sparse");
            }
        }
    }
}

#[test]
fn counts_of_large_records_and_of_many_are_the_statistics_too() {
    let scratch = Scratch::new();
    for layout in LAYOUTS {
        let wide = format!("--layout {layout} --shape wide --bad-every 2 --unknown-members");
        assert_counts(&scratch, &format!("{wide} --documents 4"), "");
        assert_counts(&scratch, &format!("{wide} --kind page --items 3 --documents 4"), "");
    }
    let many = "--kind mixed --items 9 --documents 3000 --unknown-members --bad-every 7";
    for threads in [1, 3] {
        assert_counts(&scratch, many, &format!("--jobs {threads}"));
    }
    assert_counts(&scratch, "--documents 0", "");
}

#[test]
fn counts_of_what_goes_to_standard_output_are_those_of_standard_input() {
    let scratch = Scratch::new();
    let generate = "generate --documents 200 --kind mixed --items 3 --bad-every 5 --counts counts";
    let documents = scratch.jobview(generate).output().unwrap().stdout;
    let stats = scratch.jobview("stats --format json -").write_stdin(documents).output().unwrap();
    assert_eq!(String::from_utf8(stats.stdout), String::from_utf8(scratch.read("counts")));
    assert_eq!(json(&scratch.read("counts"))["by_file"][0]["file"], "<stdin>");
}

#[test]
fn what_is_broken_is_rejected_by_who_reads_its_kind_only_and_by_who_reads_all() {
    let scratch = Scratch::new();
    for kind in &KINDS[..KINDS.len() - 1] {
        let options = format!("--kind {kind} --items 3 --documents 300 --bad-every 2 --seed 9");
        let counts = scratch.generate("answers", &options);
        assert_eq!(counts["rejected"], 150, "{kind}");
        for choice in ["auto", kind] {
            let (found, _) = scratch.stats(&format!("--kind {choice} answers"));
            assert_eq!(found["by_file"], counts["by_file"], "{kind} {choice}");
        }
    }
}

/// The paths of the members of a value, nested objects included.
fn members(value: &Value, of: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members_of_it) => {
            for (name, value) in members_of_it {
                members(value, &format!("{of}.{name}"), found);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            items.iter().for_each(|item| members(item, of, found));
        }
        _ => drop(found.insert(of.trim_start_matches('.').to_owned())),
    }
}

/// The members that a help text lists. Names are indented by two spaces, names of nested members by four, and at least
/// two spaces separate a name from its description.
fn documented(help: &str) -> BTreeSet<String> {
    let lines = help.lines().skip_while(|line| !line.contains("has these members")).skip(1);
    let lines = lines.take_while(|line| !line.is_empty()).filter(|line| line.starts_with("  "));
    let (mut found, mut outer) = (BTreeSet::new(), Vec::new());
    for line in lines {
        let indent = line.len() - line.trim_start().len();
        let names = line.trim_start().split("  ").next().unwrap_or_default().split(", ");
        match indent {
            2 => {
                outer = names.map(str::to_owned).collect();
                found.extend(outer.iter().cloned());
            }
            4 => {
                let of = outer.last().expect("they are in something");
                found.remove(of);
                found.extend(names.map(|name| format!("{of}.{name}")));
            }
            _ => {}
        }
    }
    found
}

#[test]
fn the_help_text_has_the_members_of_the_output_and_no_others() {
    let scratch = Scratch::new();
    write_drifting_files(&scratch);
    scratch.generate("c", "--kind mixed --items 9 --bad-every 9 --unknown-members");
    let (found, _) = scratch.stats("a b c missing");
    let help = scratch.jobview("stats --help").output().unwrap().stdout;
    let mut written = BTreeSet::new();
    members(&found, "", &mut written);
    assert_eq!(documented(std::str::from_utf8(&help).unwrap()), written);
    for member in &written {
        let is_snake = |c: char| c.is_ascii_lowercase() || "_.".contains(c);
        assert!(member.chars().all(is_snake), "{member}");
    }
}

#[test]
fn one_set_of_words_names_the_kinds_everywhere() {
    let scratch = Scratch::new();
    let names = DocumentKind::ALL.map(DocumentKind::as_str);
    assert_eq!(names, KINDS[..KINDS.len() - 1]);
    let counts = scratch.generate("answers", "--kind mixed --items 2 --documents 300");
    let of_kinds = counts["kinds"].as_object().unwrap();
    let table = scratch.jobview("stats answers").output().unwrap().stdout;
    let table = String::from_utf8(table).unwrap();
    for name in names {
        assert!(of_kinds[&name.replace('-', "_")].as_u64() > Some(0), "{name}");
        assert!(table.contains(&format!("\n  {name} ")), "{table}");
        scratch.jobview(&format!("generate --documents 1 --kind {name}")).assert().code(0);
        scratch.jobview(&format!("check --quiet --kind {name} counts.json")).assert().code(1);
    }
    assert_eq!(of_kinds.len(), names.len());
    for old in ["post", "get", "job", "listing"] {
        scratch.jobview(&format!("stats --kind {old} answers")).assert().code(2);
        scratch.jobview(&format!("generate --documents 1 --kind {old}")).assert().code(2);
    }
}

#[test]
fn each_input_is_told_of_by_itself_and_which_failed() {
    let scratch = Scratch::new();
    scratch.generate("a", "--documents 30 --bad-every 10");
    scratch.generate("b", "--kind page --items 4 --documents 5");
    scratch.write("empty", "");
    let (found, code) = scratch.stats("a missing b empty a");
    assert_eq!((code, &found["files"]), (3, &4.into()));
    let of = |file: &str| scratch.stats(file).0["by_file"][0].clone();
    let by_file = found["by_file"].as_array().unwrap();
    let [a, missing, b, empty, again] = &by_file[..] else { panic!("five inputs: {by_file:?}") };
    assert_eq!((a, b, empty, again), (&of("a"), &of("b"), &of("empty"), &of("a")));
    assert_eq!(
        (&a["records"], &a["documents"], &a["rejected"]),
        (&30.into(), &27.into(), &3.into())
    );
    assert_eq!((&a["error"], &b["jobs"]), (&Value::Null, &found_jobs(&scratch, "b")));
    assert_eq!((&missing["file"], &missing["records"]), (&"missing".into(), &0.into()));
    assert!(missing["error"].as_str().unwrap().contains("No such file"), "{missing}");
    let sum = |name: &str| by_file.iter().map(|of| of[name].as_u64().unwrap()).sum::<u64>();
    for name in ["bytes", "documents", "rejected", "jobs"] {
        assert_eq!(found[name], sum(name), "{name}");
    }
    let table = scratch.jobview("stats -v a missing").output().unwrap().stdout;
    let table = String::from_utf8(table).unwrap();
    assert!(table.contains("missing: No such file"), "{table}");
}

fn found_jobs(scratch: &Scratch, file: &str) -> Value {
    scratch.stats(file).0["jobs"].clone()
}

#[test]
fn json_has_the_reasons_of_the_table_with_any_index_as_a_star() {
    let scratch = Scratch::new();
    let page = |ids: &str| format!("{{\"data\":[{ids}]}}\n");
    let (good, bad) = (r#"{"type":"list","id":"l","new":[]}"#, r#"{"type":"list","id":7}"#);
    let input = [page(&format!("{good},{bad}")), page(&format!("{good},{good},{bad}"))].concat();
    scratch.write("bad", format!("{input}\"\\u001b\"\n"));
    let (found, _) = scratch.stats("bad");
    let reasons = br#"[
        {"kind": "wrong-type", "pointer": "", "records": 1},
        {"kind": "wrong-type", "pointer": "/data/*/id", "records": 2}
    ]"#;
    assert_eq!((&found["reasons"], &found["other_reasons"]), (&json(reasons), &0.into()));
    let by_kind = br#"[{"kind": "wrong-type", "records": 3}]"#;
    assert_eq!(found["rejected_by_kind"], json(by_kind));
    assert_eq!(found["unknown_members"][0]["pointer"], "/data/*/new");
    // An error names one place.
    let lines = scratch.jobview("check -q bad").output().unwrap().stdout;
    let lines = String::from_utf8(lines).unwrap();
    assert!(lines.contains(": /data/1/id: ") && lines.contains(": /data/2/id: "), "{lines}");
}
