//! Writes a document in a layout.
//!
//! Must not change the meaning of the document: every layout reads back as the same values. Randomness comes from the
//! layout's own stream. Everything that the API itself never writes (escapes, white space, another order) happens only
//! here.

use crate::document::Item;
use crate::settings::Layout;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, RngExt as _};
use rand_chacha::ChaCha8Rng;

/// Appends the document to `out`, without a newline after it.
pub(crate) fn write(
    mut document: Item,
    layout: Layout,
    random: &mut ChaCha8Rng,
    out: &mut Vec<u8>,
) {
    match layout {
        Layout::Sorted => {
            document.for_each_object(&mut |members| members.sort_by(|a, b| a.name.cmp(&b.name)));
        }
        Layout::Shuffled | Layout::Wild => {
            document.for_each_object(&mut |members| members.shuffle(random));
        }
        Layout::Compact | Layout::Spaced | Layout::Pretty | Layout::Escaped | Layout::Slashed => {}
    }
    Writer { layout, random, out, depth: 0 }.item(&document);
}

struct Writer<'a> {
    layout: Layout,
    random: &'a mut ChaCha8Rng,
    out: &'a mut Vec<u8>,
    depth: usize,
}

impl Writer<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Null => self.out.extend_from_slice(b"null"),
            Item::Bool(true) => self.out.extend_from_slice(b"true"),
            Item::Bool(false) => self.out.extend_from_slice(b"false"),
            Item::Integer(number) => self.out.extend_from_slice(number.to_string().as_bytes()),
            Item::Text(text) => {
                let escaped = self.is_text_escaped();
                self.string(text, escaped);
            }
            Item::Verbatim(bytes) => self.out.extend_from_slice(bytes),
            Item::Array(items) => self.enclosed(b'[', items, b']', Self::item),
            Item::Object(members) => self.enclosed(b'{', members, b'}', |writer, member| {
                let escaped = matches!(writer.layout, Layout::Escaped | Layout::Wild)
                    && writer.random.random_ratio(1, 8);
                writer.string(&member.name, escaped);
                writer.structural(b':');
                if matches!(writer.layout, Layout::Spaced | Layout::Pretty) {
                    writer.out.push(b' ');
                }
                writer.item(&member.item);
            }),
        }
    }

    fn enclosed<T>(&mut self, open: u8, parts: &[T], close: u8, part: fn(&mut Self, &T)) {
        self.structural(open);
        self.depth += 1;
        for (index, each) in parts.iter().enumerate() {
            if index > 0 {
                self.structural(b',');
                if self.layout == Layout::Spaced {
                    self.out.push(b' ');
                }
            }
            self.break_line();
            part(self, each);
        }
        self.depth -= 1;
        if !parts.is_empty() {
            self.break_line();
        }
        self.structural(close);
    }

    fn break_line(&mut self) {
        if self.layout == Layout::Pretty {
            self.out.push(b'\n');
            self.out.resize(self.out.len() + 2 * self.depth, b' ');
        }
    }

    fn structural(&mut self, byte: u8) {
        if matches!(self.layout, Layout::Shuffled | Layout::Wild) {
            let bits = self.random.next_u32();
            // A reader that has lost its place recognises the next document because it is not indented.
            let begins = self.layout == Layout::Wild && self.depth == 0 && byte == b'{';
            self.gap(if begins { 0 } else { bits });
            self.out.push(byte);
            self.gap(bits >> 5);
        } else {
            self.out.push(byte);
        }
    }

    /// 0 to 3 blanks: two bits give their number, the next three say which are tabs.
    fn gap(&mut self, bits: u32) {
        for blank in 0..bits & 3 {
            self.out.push(if bits >> (2 + blank) & 1 == 0 { b' ' } else { b'\t' });
        }
    }

    /// Whether to write optional escapes in the next text.
    fn is_text_escaped(&mut self) -> bool {
        match self.layout {
            Layout::Escaped => true,
            Layout::Wild => self.random.random_ratio(1, 4),
            _ => false,
        }
    }

    fn string(&mut self, text: &str, escaped: bool) {
        let slashes = self.layout == Layout::Slashed;
        let is_plain = |byte| match byte {
            b'"' | b'\\' => false,
            b'/' => !slashes,
            byte => matches!(byte, b' '..=b'~'),
        };
        self.out.push(b'"');
        if escaped {
            self.escaped(text);
        } else if text.bytes().all(is_plain) {
            self.out.extend_from_slice(text.as_bytes());
        } else {
            text.chars().for_each(|character| self.character(character));
        }
        self.out.push(b'"');
    }

    /// Escapes every slash. If there is none, escapes one character for certain and a few more at random.
    fn escaped(&mut self, text: &str) {
        let slashes = text.contains('/');
        let sure = self.random.random_range(0..text.chars().count().max(1));
        for (index, character) in text.chars().enumerate() {
            if character == '/' && self.random.random_ratio(31, 32) {
                self.out.extend_from_slice(br"\/");
            } else if character == '/'
                || !slashes && (index == sure || self.random.random_ratio(1, 16))
            {
                self.unicode(character);
            } else {
                self.character(character);
            }
        }
    }

    /// One character of a string, escaped only if JSON or the layout requires it.
    fn character(&mut self, character: char) {
        match character {
            '"' => self.out.extend_from_slice(br#"\""#),
            '\\' => self.out.extend_from_slice(br"\\"),
            '\u{8}' => self.out.extend_from_slice(br"\b"),
            '\u{c}' => self.out.extend_from_slice(br"\f"),
            '\n' => self.out.extend_from_slice(br"\n"),
            '\r' => self.out.extend_from_slice(br"\r"),
            '\t' => self.out.extend_from_slice(br"\t"),
            '/' if self.layout == Layout::Slashed => self.out.extend_from_slice(br"\/"),
            '\0'..' ' => self.unicode(character),
            // Python and PHP write only ASCII.
            '\u{7f}'.. if matches!(self.layout, Layout::Spaced | Layout::Escaped) => {
                self.unicode(character);
            }
            _ => self.out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }

    /// `\uXXXX`, twice for a character that needs a surrogate pair.
    fn unicode(&mut self, character: char) {
        let upper = matches!(self.layout, Layout::Escaped | Layout::Wild) && self.random.random();
        let digits = if upper { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
        for unit in character.encode_utf16(&mut [0; 2]) {
            self.out.extend_from_slice(br"\u");
            self.out.extend([12, 8, 4, 0].map(|shift| digits[usize::from(*unit >> shift & 15)]));
        }
    }
}
