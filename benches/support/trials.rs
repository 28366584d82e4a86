//! What readers of tables make of a bad record between two good ones, by trial and not from manuals.
//!
//! Where parsers accept or reject ([`verdicts`](crate::verdicts)), a reader of tables may also end, or make a row that
//! says something else. To add a trial, add a line to [`TRIALS`].

use serde::Serialize;
use std::collections::BTreeMap;

/// What the rows of a table add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many there are.
    pub rows: u64,
    /// The sum of `total_count`.
    pub total: u64,
    /// The nulls in columns of required members.
    pub nulls: u64,
}

/// A trial, and what became of its record, by the names of the readers.
#[derive(Serialize)]
pub struct Trial {
    what: &'static str,
    outcomes: BTreeMap<String, String>,
}

/// A valid document.
const DOCUMENT: &str = r#"{"data":{"type":"profile-bulk-import-job","id":"a","attributes":{"status":"queued","created_at":"2026-01-01T00:00:00+00:00","total_count":10},"links":{"self":"s"}},"meta":"m"}"#;

/// The text to replace in the document, its replacement, and the name of the trial.
const TRIALS: [(&str, &[u8], &str); 21] = [
    (r#""id":"a""#, br#""id":"a","id":"b""#, "a duplicate member"),
    (r#""meta":"m""#, br#""meta":"m","meta":"m""#, "a duplicate member, skipped"),
    (r#""id":"a""#, br#""id":7"#, "a number for a text"),
    (":10}", br#":"10"}"#, "a text for a number"),
    (":10}", b":010}", "a leading zero"),
    (r#""m""#, b"01", "a leading zero, skipped"),
    (":10}", b":18446744073709551626}", "an integer beyond 64 bits"),
    (r#""id":"a","#, b"", "a required member left out"),
    (r#""id":"a""#, br#""id":null"#, "null for a required member"),
    (r#","links":{"self":"s"}"#, b"", "a required member without a column left out"),
    ("profile-bulk-import-job", b"list", "another `type`"),
    ("queued", b"asleep", "a status that there is not"),
    ("2026-01-01T00:00:00+00:00", b"soon", "a time that is not one"),
    (r#""a""#, b"\"\xff\"", "bytes that are not UTF-8"),
    (r#""m""#, b"\"\xff\"", "bytes that are not UTF-8, skipped"),
    (r#""a""#, br#""\ud800""#, "half a surrogate pair"),
    (r#""a""#, b"\"\0\"", "a control character"),
    (r#""m""#, b"\"\0\"", "a control character, skipped"),
    (r#""m"}"#, br#""m"}x"#, "text after the document"),
    (r#","links":{"self":"s"}},"meta":"m"}"#, b"", "a document cut off"),
    (r#""meta":"m""#, br#""meta":"m","new":[1]"#, "a new member, which is allowed"),
];

/// Makes a table of lines, if it does not end with an error.
pub type Read = Box<dyn FnMut(&[u8]) -> Option<Found>>;

/// Tries all readers, each with its name, on all records.
pub fn all(readers: &mut [(&str, Read)]) -> Vec<Trial> {
    let trials = TRIALS.iter().map(|&(replaced, by, what)| {
        let lines = lines(replaced, by);
        let outcomes = readers.iter_mut();
        let outcomes = outcomes.map(|(name, read)| ((*name).to_owned(), outcome(read(&lines))));
        Trial { what, outcomes: outcomes.collect() }
    });
    trials.collect()
}

/// Three documents, of which the second has something replaced.
fn lines(replaced: &str, by: &[u8]) -> Vec<u8> {
    let (before, after) = DOCUMENT.split_once(replaced).expect("a part of the document");
    let first = DOCUMENT.replace(":10}", ":1}");
    let last = DOCUMENT.replace(":10}", ":100}");
    let middle = [before.as_bytes(), by, after.as_bytes()].concat();
    [first.as_bytes(), &middle, last.as_bytes(), b""].join(&b'\n')
}

/// What became of the second of three documents.
fn outcome(found: Option<Found>) -> String {
    match found {
        None => "ends".to_owned(),
        Some(Found { rows: 3, total: 111, nulls: 0 }) => "taken".to_owned(),
        Some(Found { rows: 3, nulls: 1.., .. }) => "null".to_owned(),
        Some(Found { rows: 3, .. }) => "changed".to_owned(),
        Some(Found { rows: 2, total: 101, .. }) => "left out".to_owned(),
        Some(Found { rows, .. }) => format!("{rows} of 3 rows"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, TRIALS, all, lines, outcome};

    #[test]
    fn only_the_second_record_is_bad() {
        for (replaced, by, what) in TRIALS {
            let lines = lines(replaced, by);
            let lines: Vec<&[u8]> = lines.split(|&byte| byte == b'\n').collect();
            assert_eq!(lines.len(), 4, "{what}");
            for (line, total) in [(lines[0], ":1}"), (lines[2], ":100}")] {
                let text = std::str::from_utf8(line).expect("a good record");
                assert!(text.contains(total), "{what}");
                serde_json::from_str::<serde_json::Value>(text).expect("a good record");
            }
        }
    }

    #[test]
    fn what_became_of_a_record_has_a_word() {
        let found = |rows, total, nulls| outcome(Some(Found { rows, total, nulls }));
        assert_eq!(outcome(None), "ends");
        assert_eq!(found(3, 111, 0), "taken");
        assert_eq!(found(3, 101, 1), "null");
        assert_eq!(found(3, 109, 0), "changed");
        assert_eq!(found(2, 101, 0), "left out");
        assert_eq!(found(1, 1, 0), "1 of 3 rows");
    }

    #[test]
    fn every_reader_is_tried_on_every_record() {
        let trials = all(&mut [("any", Box::new(|_| None)), ("other", Box::new(|_| None))]);
        assert!(trials.iter().all(|trial| trial.outcomes.len() == 2));
        assert_eq!(trials.len(), TRIALS.len());
    }
}
