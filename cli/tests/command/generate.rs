//! `jobview generate`

use crate::scratch::{Scratch, json};
use predicates::prelude::*;

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
fn counts_have_the_totals_of_the_statistics() {
    let scratch = Scratch::new();
    let counts = scratch.generate("jobs", "--documents 10");
    let names: Vec<_> = counts.as_object().unwrap().keys().cloned().collect();
    let (found, _) = scratch.stats("jobs");
    assert!(names.len() == 12 && names.iter().all(|name| found.get(name).is_some()), "{names:?}");
    assert_eq!(json(&scratch.read("counts.json")), counts);
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
fn a_file_that_cannot_be_written_is_an_error() {
    let scratch = Scratch::new();
    scratch
        .jobview("generate --output no/such/directory")
        .assert()
        .code(3)
        .stderr(predicate::str::starts_with("jobview: no/such/directory: "));
}
