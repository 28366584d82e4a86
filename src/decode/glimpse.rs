//! A look at one place of a document that has not been decoded.
//!
//! Tells kinds of documents apart, before one is decoded or after it was rejected. It checks what it goes over, up
//! to the place and no further.

use super::decoder::{Extent, line};
use super::skip::skip_deep_value;
use super::skip_whitespace;
use super::text::Quoted;
use crate::schema::Glimpse;
use std::cell::LazyCell;

/// How much of a document is looked at before anybody looks for its end. The first members of most are there.
const HEAD: usize = 64;

/// Looks at places of the document that `text` begins with. Each is named by its JSON pointer, of which the only
/// index is 0.
pub(crate) fn look<'t>(text: &'t [u8], extent: Extent) -> impl Fn(&str) -> Option<Glimpse<'t>> {
    let head = &text[..text.len().min(HEAD)];
    let whole = LazyCell::new(move || if extent == Extent::Line { line(text) } else { text });
    let head = if extent == Extent::Line { line(head) } else { head };
    // What is seen in a part of the document is there in all of it.
    move |pointer| glimpse(head, pointer).or_else(|| glimpse(&whole, pointer))
}

fn glimpse<'t>(text: &'t [u8], pointer: &str) -> Option<Glimpse<'t>> {
    let mut at = skip_whitespace(text, 0);
    for name in pointer.split('/').skip(1) {
        at = match text.get(at)? {
            b'{' => member(text, at, name)?,
            b'[' if name == "0" => skip_whitespace(text, at + 1),
            _ => return None,
        };
    }
    match text.get(at)? {
        b'{' => Some(Glimpse::Object),
        b'[' => {
            let next = text.get(skip_whitespace(text, at + 1))?;
            Some(Glimpse::List { is_empty: *next == b']' })
        }
        b'"' => Some(Glimpse::Text(string(text, at)?.to_text())),
        _ => Some(Glimpse::Other),
    }
}

/// Where the value of a member begins, of the object that begins at `at`.
fn member(text: &[u8], mut at: usize, name: &str) -> Option<usize> {
    loop {
        // The bracket, or a comma.
        at = skip_whitespace(text, at + 1);
        let found = string(text, at)?;
        let colon = skip_whitespace(text, found.end);
        if text.get(colon) != Some(&b':') {
            return None;
        }
        at = skip_whitespace(text, colon + 1);
        if found.denotes(name) {
            return Some(at);
        }
        at = skip_whitespace(text, skip_deep_value(text, at).ok()?);
        if text.get(at) != Some(&b',') {
            return None;
        }
    }
}

/// The string that begins at `at`.
fn string(text: &[u8], at: usize) -> Option<Quoted<'_>> {
    let is_string = text.get(at) == Some(&b'"');
    if is_string { Quoted::read(text, at + 1).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen<'t>(text: &'t str, pointer: &str) -> Option<Glimpse<'t>> {
        let found = look(text.as_bytes(), Extent::Slice)(pointer);
        // Wherever the head ends.
        assert_eq!(glimpse(text.as_bytes(), pointer), found, "{text}");
        found
    }

    #[test]
    fn places_are_found_by_their_pointers() {
        let text = r#" { "a" : [ { "b" : "x\n" } , 1 ] , "\u0063" : { } , "d":[ ], "e":-1 }"#;
        assert_eq!(seen(text, ""), Some(Glimpse::Object));
        assert_eq!(seen(text, "/a"), Some(Glimpse::List { is_empty: false }));
        assert_eq!(seen(text, "/a/0"), Some(Glimpse::Object));
        assert_eq!(seen(text, "/a/0/b"), Some(Glimpse::Text("x\n".into())));
        assert_eq!(seen(text, "/c"), Some(Glimpse::Object));
        assert_eq!(seen(text, "/d"), Some(Glimpse::List { is_empty: true }));
        assert_eq!(seen(text, "/e"), Some(Glimpse::Other));
        for nowhere in ["/b", "/a/b", "/a/1", "/c/a", "/d/0/x", "/e/0"] {
            assert_eq!(seen(text, nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn nothing_is_seen_beyond_a_fault_or_a_line() {
        for text in ["", "{", r#"{"a""#, r#"{"a":"#, r#"{"b":tru,"a":1}"#, r#"{"b":1 "a":1}"#] {
            assert_eq!(seen(text, "/a"), None, "{text}");
        }
        let lines = b"{\"b\":1,\n\"a\":1}";
        assert_eq!(look(lines, Extent::Line)("/a"), None);
        assert_eq!(look(lines, Extent::Slice)("/a"), Some(Glimpse::Other));
    }

    #[test]
    fn what_is_behind_the_head_is_seen_too() {
        let text = format!(r#"{{"{}":[{{}}],"a":"{}"}}"#, "b".repeat(100), "c".repeat(100));
        assert_eq!(seen(&text, "/a"), Some(Glimpse::Text("c".repeat(100).into())));
        for length in 40..80 {
            let text = format!(r#"{{"b":"{}","a":[]}}"#, "b".repeat(length));
            assert_eq!(seen(&text, "/a"), Some(Glimpse::List { is_empty: true }));
        }
    }
}
