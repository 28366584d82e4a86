//! Looks at one place of a document that has not been decoded.
//!
//! This is how kinds of documents are told apart, before one is decoded or after it was rejected. It checks the text up
//! to the place, and no further.

use super::document::Extent;
use super::skip::skip_deep_value;
use super::skip_whitespace;
use super::text::Quoted;
use crate::schema::{Glimpse, Look, TextRoom};
use std::cell::Cell;

/// How much of a document is looked at before its end is searched for. The first members of most documents are within
/// it.
const HEAD: usize = 64;

/// Looks at places in the document that a text begins with.
pub(crate) struct Looker<'t> {
    text: &'t [u8],
    extent: Extent,
    head: &'t [u8],
    /// How much of the head has been looked at; `usize::MAX` if the head was not enough.
    seen: Cell<usize>,
    /// The pointer and place of the last look: places inside that value are near.
    last: Cell<Option<(&'static str, usize)>>,
    guess: Option<usize>,
    is_guessed: Cell<bool>,
}

impl<'t> Looker<'t> {
    pub(crate) fn new(text: &'t [u8], extent: Extent) -> Self {
        let head = &text[..text.len().min(HEAD)];
        let head = extent.of(head);
        Self {
            text,
            extent,
            head,
            seen: Cell::new(0),
            last: Cell::new(None),
            guess: None,
            is_guessed: Cell::new(false),
        }
    }

    /// Adds a guess to offer.
    pub(crate) fn guessing(self, guess: Option<usize>) -> Self {
        Self { guess, ..self }
    }

    /// Whether the guess was asked for.
    pub(crate) fn is_guessed(&self) -> bool {
        self.is_guessed.get()
    }

    /// Finds the value at a JSON pointer and has it read: in the head, if it is there, else in the whole document. The
    /// only possible index is 0.
    fn find<T>(
        &self,
        pointer: &'static str,
        read: impl Fn(&'t [u8], usize, IsAll) -> Option<(T, usize)>,
    ) -> Option<T> {
        let read_in = |text: &'t [u8], is_all| {
            let at = self.place(text, pointer)?;
            let found = read(text, at, is_all)?;
            // Only set if something was found: the end of the head looks like the place, too.
            self.last.set(Some((pointer, at)));
            Some(found)
        };
        // What is found in a part of the document is also there in the whole.
        if let Some((found, end)) = read_in(self.head, false) {
            self.seen.set(self.seen.get().max(end));
            return Some(found);
        }
        self.seen.set(usize::MAX);
        let whole = self.extent.of(self.text);
        read_in(whole, true).map(|(found, _)| found)
    }

    /// Where the value at a JSON pointer begins in `text`.
    fn place(&self, text: &[u8], pointer: &'static str) -> Option<usize> {
        let last = self.last.get().and_then(|(last, at)| Some((pointer.strip_prefix(last)?, at)));
        match last {
            Some((inside, at)) if inside.is_empty() || inside.starts_with('/') => {
                place_in(text, at, inside)
            }
            _ => place_in(text, skip_whitespace(text, 0), pointer),
        }
    }
}

impl Look for Looker<'_> {
    fn look(&self, pointer: &'static str) -> Option<Glimpse> {
        self.find(pointer, glimpse)
    }

    fn text<'r>(&self, pointer: &'static str, room: &'r mut TextRoom) -> Option<&'r str> {
        let text = self.find(pointer, |text, at, _| {
            let quoted = string(text, at)?;
            Some((quoted, quoted.end))
        })?;
        let mut length = 0;
        for c in text.characters() {
            let Some(place) = room.get_mut(length..length + c.len_utf8()) else { break };
            length += c.encode_utf8(place).len();
        }
        str::from_utf8(&room[..length]).ok()
    }

    fn guess(&self) -> Option<usize> {
        if self.guess.is_some() {
            self.is_guessed.set(true);
            // A guess does not follow from the first bytes.
            self.seen.set(usize::MAX);
        }
        self.guess
    }
}

/// What followed from the first bytes of a document. It holds for all documents that begin with them.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    first: [u8; HEAD],
    length: usize,
    /// Whether there is a newline among the bytes: then they cannot be part of a line.
    has_newline: bool,
    table: usize,
    /// The table of the last document that had to be told by a look.
    before: usize,
    /// Whether the document before that one had the same table.
    is_steady: bool,
}

impl Told {
    /// Nothing is known yet.
    pub(crate) const NOTHING: Self = Self {
        first: [0; HEAD],
        length: usize::MAX,
        has_newline: false,
        table: 0,
        before: 0,
        is_steady: false,
    };

    /// The table that was told before, if `text` begins with the same bytes.
    #[inline]
    pub(crate) fn again(&self, text: &[u8], extent: Extent) -> Option<usize> {
        let is_it = self.first.get(..self.length).is_some_and(|first| text.starts_with(first));
        (is_it && !(self.has_newline && extent != Extent::Slice)).then_some(self.table)
    }

    /// The table that recent documents had, if the next one is likely to have it, too.
    pub(crate) fn guess(&self) -> Option<usize> {
        self.is_steady.then_some(self.before)
    }

    /// Remembers a table. If the looks stayed within the first bytes, it holds for all documents that begin with them;
    /// otherwise it is only a guess.
    pub(crate) fn learn(&mut self, looker: &Looker<'_>, table: usize) {
        self.is_steady = self.before == table;
        self.before = table;
        if let Some(seen) = looker.head.get(..looker.seen.get()) {
            self.first[..seen.len()].copy_from_slice(seen);
            (self.length, self.table) = (seen.len(), table);
            self.has_newline = seen.contains(&b'\n');
        }
    }
}

/// Where the value at a JSON pointer begins, from the value at `at`.
fn place_in(text: &[u8], mut at: usize, pointer: &str) -> Option<usize> {
    for name in pointer.split('/').skip(1) {
        at = match text.get(at)? {
            b'{' => member(text, at, name)?,
            b'[' if name == "0" => skip_whitespace(text, at + 1),
            _ => return None,
        };
    }
    Some(at)
}

/// Whether the text is the whole document.
type IsAll = bool;

/// What is at a place, and how far the text was looked at to find out.
fn glimpse(text: &[u8], at: usize, is_all: IsAll) -> Option<(Glimpse, usize)> {
    match text.get(at)? {
        b'{' => Some((Glimpse::Object, at + 1)),
        b'[' => {
            let next = skip_whitespace(text, at + 1);
            match text.get(next) {
                None if !is_all => None,
                byte => Some((Glimpse::List { is_empty: byte == Some(&b']') }, next + 1)),
            }
        }
        b'"' => Some((Glimpse::Text, at + 1)),
        _ => Some((Glimpse::Other, at + 1)),
    }
}

/// Where the value of a member begins. The object begins at `at`.
fn member(text: &[u8], mut at: usize, name: &str) -> Option<usize> {
    loop {
        // Past the bracket or the comma.
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

    fn seen(text: &str, pointer: &'static str) -> Option<Glimpse> {
        let found = Looker::new(text.as_bytes(), Extent::Slice).look(pointer);
        // For any length of the head.
        let begin = skip_whitespace(text.as_bytes(), 0);
        let whole = place_in(text.as_bytes(), begin, pointer);
        let whole = whole.and_then(|at| glimpse(text.as_bytes(), at, true));
        assert_eq!(whole.map(|(glimpse, _)| glimpse), found, "{text}");
        found
    }

    fn text(text: &str, pointer: &'static str) -> Option<String> {
        let looker = Looker::new(text.as_bytes(), Extent::Slice);
        looker.text(pointer, &mut [0; _]).map(str::to_owned)
    }

    #[test]
    fn places_are_found_by_their_pointers() {
        let text = r#" { "a" : [ { "b" : "x\n" } , 1 ] , "\u0063" : { } , "d":[ ], "e":-1 }"#;
        assert_eq!(seen(text, ""), Some(Glimpse::Object));
        assert_eq!(seen(text, "/a"), Some(Glimpse::List { is_empty: false }));
        assert_eq!(seen(text, "/a/0"), Some(Glimpse::Object));
        assert_eq!(seen(text, "/a/0/b"), Some(Glimpse::Text));
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
        assert_eq!(Looker::new(lines, Extent::Line).look("/a"), None);
        assert_eq!(Looker::new(lines, Extent::Slice).look("/a"), Some(Glimpse::Other));
    }

    #[test]
    fn what_is_behind_the_head_is_seen_too() {
        let text = format!(r#"{{"{}":[{{}}],"a":"{}"}}"#, "b".repeat(100), "c".repeat(100));
        assert_eq!(seen(&text, "/a"), Some(Glimpse::Text));
        for length in 40..80 {
            let text = format!(r#"{{"b":"{}","a":[]}}"#, "b".repeat(length));
            assert_eq!(seen(&text, "/a"), Some(Glimpse::List { is_empty: true }));
        }
    }

    #[test]
    fn what_is_inside_what_was_seen_is_found_wherever_the_head_ends() {
        for blanks in 0..2 * HEAD {
            let text = format!(r#"{{"a":{}{{"c":1,"b":"x"}},"ab":[]}}"#, " ".repeat(blanks));
            let looker = Looker::new(text.as_bytes(), Extent::Slice);
            assert_eq!(looker.look("/a"), Some(Glimpse::Object), "{blanks}");
            assert_eq!(looker.text("/a/b", &mut [0; _]), Some("x"), "{blanks}");
            assert_eq!(looker.look("/a"), Some(Glimpse::Object), "{blanks}");
            assert_eq!(looker.look("/ab"), Some(Glimpse::List { is_empty: true }), "{blanks}");
        }
    }

    #[test]
    fn texts_are_unescaped_as_far_as_there_is_room() {
        let json = |value: &str| format!(r#"{{"a":[{value}]}}"#);
        assert_eq!(text(&json(r#""x\n\u20ac""#), "/a/0").as_deref(), Some("x\n\u{20ac}"));
        assert_eq!(text(&json("1"), "/a/0"), None);
        assert_eq!(text(&json("\"x"), "/a/0"), None);
        let long = "\u{20ac}".repeat(170);
        assert_eq!(text(&json(&format!("\"{long}\"")), "/a/0").as_deref(), Some(&*long));
        let longer = format!("\"{long}xyz\"");
        assert_eq!(text(&json(&longer), "/a/0"), Some(long + "xy"));
    }

    #[test]
    fn the_same_first_bytes_tell_the_same_again() {
        let mut told = Told::NOTHING;
        assert_eq!(told.again(b"{}", Extent::Slice), None);
        let looker = Looker::new(br#"{"a":{"b":1}}"#, Extent::Line);
        assert_eq!(looker.look("/a"), Some(Glimpse::Object));
        told.learn(&looker, 3);
        assert_eq!(told.again(br#"{"a":{}"#, Extent::Line), Some(3));
        for other in [&br#"{"a":["#[..], br#"{"a":"#, br#" {"a":{"#, b""] {
            assert_eq!(told.again(other, Extent::Slice), None);
        }
        let lines = b"{\n\"a\":[0]}";
        let looker = Looker::new(lines, Extent::Slice);
        assert_eq!(looker.look("/a"), Some(Glimpse::List { is_empty: false }));
        told.learn(&looker, 5);
        assert_eq!(told.again(lines, Extent::Slice), Some(5));
        assert_eq!(told.again(lines, Extent::Line), None);
        // Only the end of the object shows that there is no such member.
        let looker = Looker::new(br#"{"a":[{}]}"#, Extent::Line);
        assert_eq!((looker.look("/a").is_some(), looker.look("/b")), (true, None));
        told.learn(&looker, 4);
        assert_eq!(told.again(br#"{"a":[{}]}"#, Extent::Slice), None);
    }
}
