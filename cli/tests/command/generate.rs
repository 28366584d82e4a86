//! `jobview generate`

use crate::scratch::{Scratch, json};
use predicates::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

fn stdout(scratch: &Scratch, arguments: &str) -> Vec<u8> {
    let output = scratch.jobview(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    output.stdout
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let scratch = Scratch::new();
    for layout in ["compact", "shuffled"] {
        let of_seed = |seed: u32| {
            let more = "--documents 500 --unknown-members --bad-every 20";
            stdout(&scratch, &format!("generate --seed {seed} --layout {layout} {more}"))
        };
        assert!(of_seed(7) == of_seed(7));
        assert!(of_seed(7) != of_seed(8));
    }
}

#[test]
fn a_file_gets_what_standard_output_would_get() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 500");
    assert!(stdout(&scratch, "generate --documents 500") == scratch.read("jobs"));
}

#[test]
fn a_thousand_poll_answers_are_the_default() {
    let scratch = Scratch::new();
    let explicit = "generate --documents 1000 --seed 0 --shape poll --layout compact";
    assert!(stdout(&scratch, "generate") == stdout(&scratch, explicit));
}

#[test]
fn the_defaults_of_the_other_kinds_are_whole_pages_of_a_hundred() {
    let scratch = Scratch::new();
    let explicit = "generate --documents 20 --kind page --items 100";
    assert!(stdout(&scratch, "generate --documents 20 --kind page") == stdout(&scratch, explicit));
    let jobs = stdout(&scratch, "generate --documents 20 --kind response");
    assert!(stdout(&scratch, "generate --documents 20") == jobs);
}

#[test]
fn a_kind_a_length_of_pages_and_a_fieldset_can_be_asked_for() {
    let scratch = Scratch::new();
    let items = |arguments: &str| -> Vec<_> {
        let text = stdout(&scratch, &format!("generate --documents 40 {arguments}"));
        let lines = text.split_inclusive(|&byte| byte == b'\n').map(json);
        lines.map(|document| document["data"].as_array().expect("an array").clone()).collect()
    };
    for kind in ["page", "import-errors", "identifiers"] {
        let pages = items(&format!("--kind {kind} --items 3"));
        assert_eq!(pages.iter().map(Vec::len).max(), Some(3), "{kind}");
    }
    let has_all = |arguments: &str| {
        let jobs = items(arguments).into_iter().flatten();
        jobs.map(|job| job["attributes"].as_object().expect("attributes").len()).all(|it| it == 8)
    };
    assert!(has_all("--kind page --items 2") && !has_all("--kind page --items 2 --sparse"));
    let errors = json(&stdout(&scratch, "generate --kind errors --documents 1"));
    assert!(errors["errors"][0]["status"].is_i64());
}

/// The generated lines as JSON.
fn documents(scratch: &Scratch, arguments: &str) -> Vec<Value> {
    let text = stdout(scratch, &format!("generate --documents 200 {arguments}"));
    text.split_inclusive(|&byte| byte == b'\n').map(json).collect()
}

#[test]
fn documents_that_vary_can_be_asked_for() {
    let scratch = Scratch::new();
    let attributes = |arguments: &str| -> BTreeSet<usize> {
        let documents = documents(&scratch, arguments);
        let attributes = documents.iter().map(|it| it["data"]["attributes"].as_object());
        attributes.map(|attributes| attributes.expect("attributes").len()).collect()
    };
    assert_eq!(attributes(""), [8].into());
    assert_eq!(attributes("--varied"), (3..=8).collect());
}

#[test]
fn producers_have_orders_of_their_own() {
    let scratch = Scratch::new();
    // Each begins with a member, but not all with the same one.
    let first_names = |arguments: &str| -> BTreeSet<String> {
        let text = stdout(&scratch, &format!("generate --documents 200 {arguments}"));
        let text = String::from_utf8(text).expect("JSON is text");
        text.lines().map(|line| line.split('"').nth(1).expect("a name").to_owned()).collect()
    };
    assert_eq!(first_names(""), ["data".to_owned()].into());
    assert_eq!(first_names("--producers 8"), ["data".to_owned(), "links".to_owned()].into());
    assert!(documents(&scratch, "--producers 8") == documents(&scratch, ""));
}

#[test]
fn unknown_members_are_chosen_by_name_and_assorted_without_one() {
    let scratch = Scratch::new();
    let all = |choice: &str| documents(&scratch, choice);
    assert_eq!(all("--unknown-members=none"), all(""));
    assert_eq!(all("--unknown-members"), all("--unknown-members=assorted"));
    let with = |choice: &str, pointer: &str| {
        all(choice).iter().filter(|document| document.pointer(pointer).is_some()).count()
    };
    assert_eq!(with("--unknown-members=evolved", "/data/attributes/progress/phases/0"), 200);
    assert!((1..199).contains(&with("--unknown-members", "/data/attributes/progress/phases/0")));
    let names: BTreeSet<String> = all("--unknown-members=strewn")
        .iter()
        .flat_map(|document| document.as_object().expect("an object").keys().cloned())
        .collect();
    assert!(names.len() > 200);
    scratch
        .jobview("generate --unknown-members=grown")
        .assert()
        .code(2)
        .stderr(predicate::str::contains("none, assorted, evolved, strewn"));
    scratch.jobview("generate --producers 0").assert().code(2);
}

#[test]
fn the_new_layouts_say_the_same_as_the_old() {
    let scratch = Scratch::new();
    for layout in ["slashed", "wild"] {
        let found = documents(&scratch, &format!("--layout {layout}"));
        assert_eq!(found, documents(&scratch, ""), "{layout}");
    }
}

#[test]
fn documents_and_counts_must_not_share_a_file() {
    let scratch = Scratch::new();
    scratch
        .jobview("generate --output same --counts ./same")
        .assert()
        .code(2)
        .stderr(predicate::str::contains("same file"));
}

#[test]
fn a_dash_is_standard_output() {
    let scratch = Scratch::new();
    assert!(stdout(&scratch, "generate --output -") == stdout(&scratch, "generate"));
    let counts = scratch.generate("jobs", "--documents 10");
    let printed = stdout(&scratch, "generate --documents 10 --output jobs --counts -");
    assert_eq!(json(&printed), counts);
    for both in ["generate --counts -", "generate --output - --counts -"] {
        scratch
            .jobview(both)
            .assert()
            .code(2)
            .stdout("")
            .stderr(predicate::str::contains("both go to standard output"));
    }
    assert!(!scratch.path("-").exists());
}

#[test]
fn a_file_that_cannot_be_written_is_an_error() {
    let scratch = Scratch::new();
    scratch
        .jobview("generate --output no/such/directory")
        .assert()
        .code(3)
        .stderr(predicate::str::starts_with("jobview: no/such/directory: "));
}
