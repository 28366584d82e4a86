//! Finds out where a contender's verdict differs from jobview's, by trial and not from manuals.
//!
//! The corpora have none of these cases, so no digest is affected. The report says which contenders do less. To add a
//! trial, add a line to [`TRIALS`].

use crate::contenders::{Entry, JOBVIEW};
use crate::digest::{Digest, Sink, View};

/// A valid document.
const DOCUMENT: &str = r#"{"data":{"type":"profile-bulk-import-job","id":"a","attributes":{"status":"queued","created_at":"t","total_count":1},"relationships":{"lists":{"data":[{"type":"list","id":"b"}]}},"links":{"self":"s"}},"meta":"m"}"#;

/// The text to replace in the document, its replacement, and the name of the trial.
const TRIALS: [(&str, &[u8], &str); 20] = [
    (r#""m""#, b"\"\xff\"", "bytes that are not UTF-8 in skipped text"),
    (r#""m""#, b"\"\x01\"", "a control character in skipped text"),
    (r#""m""#, br#""\q""#, "an unknown escape in skipped text"),
    (r#""m""#, br#""\ud800""#, "half a surrogate pair in skipped text"),
    (r#""m""#, b"01", "a leading zero in a skipped number"),
    (r#""m""#, b"1.", "a skipped number that ends in a point"),
    (r#""m""#, b"nulL", "a misspelt literal"),
    (r#""m""#, b"[1,]", "a comma before a skipped bracket"),
    (r#""m""#, br#"{"a":1,"a":2}"#, "a double name in a skipped object"),
    (r#""m""#, b"1e999", "a skipped number beyond 64-bit floats"),
    (r#""a""#, b"\"\xff\"", "bytes that are not UTF-8 in a text"),
    (r#""a""#, br#""\ud800""#, "half a surrogate pair in a text"),
    (r#""id":"a""#, br#""\u0069d":"a""#, "an escaped member name"),
    (r#""id":"a""#, br#""id":"a","id":"a""#, "a duplicate member"),
    (r#""total_count":1"#, br#""total_count":1.0"#, "an integer written as 1.0"),
    (r#""total_count":1"#, br#""total_count":1e1"#, "an integer written as 1e1"),
    (r#"{"data":[{"type":"list","id":"b"}]}"#, b"null", "`null` for an optional object"),
    (r#"{"self":"s"}"#, br#"["s"]"#, "an array for an object"),
    (r#""list""#, br#"{"list":null}"#, "an object for a constant"),
    (r#""m"}"#, br#""m"}x"#, "text after the document"),
];

/// What a contender accepts although jobview rejects it, and the other way round. Empty if they agree.
pub fn differences(entry: &Entry) -> String {
    let (mut accepts, mut rejects) = (Vec::new(), Vec::new());
    for (replaced, by, name) in TRIALS {
        let (before, after) = DOCUMENT.split_once(replaced).expect("a part of the document");
        let json = [before.as_bytes(), by, after.as_bytes()].concat();
        match (is_accepted(&JOBVIEW, &json), is_accepted(entry, &json)) {
            (false, true) => accepts.push(name),
            (true, false) => rejects.push(name),
            _ => {}
        }
    }
    let said = [("accepts", accepts), ("rejects", rejects)];
    let said = said.into_iter().filter(|(_, names)| !names.is_empty());
    said.map(|(verb, names)| format!("{verb} {}", names.join(", "))).collect::<Vec<_>>().join("; ")
}

/// Records a verdict. An accepted document is also inspected, because it must be sound.
#[derive(Default)]
struct Verdict {
    accepted: bool,
}

impl Sink for Verdict {
    fn accept(&mut self, view: &dyn View) {
        view.describe(&mut Digest::default());
        self.accepted = true;
    }

    fn reject(&mut self) {}
}

fn is_accepted(entry: &Entry, json: &[u8]) -> bool {
    let mut verdict = Verdict::default();
    (entry.new)().document(json, &mut verdict);
    verdict.accepted
}
