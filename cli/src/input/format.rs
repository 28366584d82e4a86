//! Recognises the format of an input from its first bytes: text that may have documents, an archive, or a foreign
//! format.
//!
//! A table has the signatures of the formats, and advice on what to do with them. Text is foreign only if nothing in
//! the inspected bytes begins like a document, because documents may follow a page of HTML or padding. This module must
//! not read.

/// How many bytes are inspected at most.
pub(super) const MOST: usize = 1 << 16;

/// How many bytes are inspected before an unfinished line counts as text. A tar archive begins with a file name, and
/// has its signature only after it.
const LONG_LINE: usize = 512;

/// A format that cannot have documents in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    /// Its name, with the article.
    pub(super) name: &'static str,
    /// What the user can do.
    pub(super) advice: &'static str,
}

/// An archive that can be decompressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Archive {
    Gzip,
    Zstd,
    Xz,
}

/// The format of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Archive(Archive),
    Foreign(Foreign),
}

impl Archive {
    /// How many bytes suffice to recognise any archive.
    pub(super) const LONGEST_START: usize = 6;

    /// Its name, which is also the name of its program.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Xz => "xz",
        }
    }

    /// Its name with the article.
    pub(super) fn name_with_article(self) -> &'static str {
        match self {
            Self::Gzip => "a gzip archive",
            Self::Zstd => "a zstd archive",
            Self::Xz => "an xz archive",
        }
    }

    /// The archive that begins with these bytes.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            // A frame or a skippable frame: RFC 8878 section 3.1.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            _ => None,
        }
    }

    /// Whether `bytes`, the last ones of an input, may be the start of such an archive.
    pub(super) fn may_begin_with(self, bytes: &[u8]) -> bool {
        match (self, bytes) {
            (Self::Gzip, _) => b"\x1f\x8b".starts_with(bytes),
            (Self::Zstd, [0x50..=0x5f, rest @ ..]) => b"\x2a\x4d\x18".starts_with(rest),
            (Self::Zstd, _) => b"\x28\xb5\x2f\xfd".starts_with(bytes),
            (Self::Xz, _) => b"\xfd7zXZ\0".starts_with(bytes),
        }
    }

    /// Whether its decoder can continue after its source had nothing to read for a while.
    pub(super) fn can_pause(self) -> bool {
        !matches!(self, Self::Xz)
    }

    /// Whether zeros may follow such an archive, as its own program allows.
    pub(super) fn may_be_padded(self) -> bool {
        matches!(self, Self::Gzip | Self::Xz)
    }
}

const BZIP2: Foreign = foreign("a bzip2 archive", "unpack it first, for example with `bzip2 -dc`");
const LZ4: Foreign = foreign("an lz4 archive", "unpack it first, for example with `lz4 -dc`");
const LZIP: Foreign = foreign("an lzip archive", "unpack it first, for example with `lzip -dc`");
const COMPRESS: Foreign = foreign("a .Z archive", "unpack it first, for example with `gzip -dc`");
const SNAPPY: Foreign = foreign("a Snappy archive", "unpack it first");
const ZIP: Foreign = foreign("a zip archive", "unpack it first, for example with `unzip -p`");
const SEVEN: Foreign = foreign("a 7z archive", "unpack it first, for example with `7z x -so`");
const TAR: Foreign = foreign("a tar archive", "unpack it first, for example with `tar -xO`");
const PARQUET: Foreign = foreign("a Parquet file", EXPORT);
const ARROW: Foreign = foreign("Arrow IPC data", EXPORT);
const AVRO: Foreign = foreign("an Avro file", EXPORT);
const SQLITE: Foreign = foreign("an SQLite database", EXPORT);
const HTML: Foreign = foreign("an HTML page", FETCHED);
const XML: Foreign = foreign("an XML document", FETCHED);
const BINARY: Foreign = foreign(
    "binary data, perhaps a Brotli archive or another format without a signature",
    "unpack or convert it first",
);

const EXPORT: &str = "export its documents as NDJSON first";
const FETCHED: &str =
    "it is not a response of the API; see what it says, and fetch the documents again";

const fn foreign(name: &'static str, advice: &'static str) -> Foreign {
    Foreign { name, advice }
}

/// Signatures with their offsets and formats. No text has these bytes there.
const MAGIC: [(usize, &[u8], Foreign); 18] = [
    (4, b"1AY&SY", BZIP2),
    (4, b"\x17\x72\x45\x38\x50\x90", BZIP2),
    (0, b"\x04\x22\x4d\x18", LZ4),
    (0, b"\x02\x21\x4c\x18", LZ4),
    (0, b"LZIP\x01", LZIP),
    (0, b"\x1f\x9d", COMPRESS),
    (0, b"\xff\x06\0\0sNaPpY", SNAPPY),
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, b"7z\xbc\xaf\x27\x1c", SEVEN),
    (257, b"ustar", TAR),
    // The first member of a Thrift structure follows, an integer.
    (0, b"PAR1\x15", PARQUET),
    (0, b"PARE\x15", PARQUET),
    (0, b"ARROW1\0", ARROW),
    (0, b"FEA1\0", ARROW),
    (0, b"\xff\xff\xff\xff", ARROW),
    (0, b"Obj\x01", AVRO),
    (0, b"SQLite format 3\0", SQLITE),
];

/// A text encoding other than UTF-8.
struct Encoding {
    /// The byte order mark.
    mark: &'static [u8],
    /// How many bytes an ASCII character has, and which of them is not zero.
    width: usize,
    at: usize,
    /// The format with the byte order mark, and without it.
    marked: Foreign,
    unmarked: Foreign,
}

/// UTF-32 comes first, because its byte order mark begins like the one of UTF-16.
const ENCODINGS: [Encoding; 4] = [
    Encoding {
        mark: b"\xff\xfe\0\0",
        width: 4,
        at: 0,
        marked: foreign("UTF-32 text", UTF32),
        unmarked: foreign("UTF-32 text", UTF32LE),
    },
    Encoding {
        mark: b"\0\0\xfe\xff",
        width: 4,
        at: 3,
        marked: foreign("UTF-32 text", UTF32),
        unmarked: foreign("UTF-32 text", UTF32BE),
    },
    Encoding {
        mark: b"\xff\xfe",
        width: 2,
        at: 0,
        marked: foreign("UTF-16 text", UTF16),
        unmarked: foreign("UTF-16 text", UTF16LE),
    },
    Encoding {
        mark: b"\xfe\xff",
        width: 2,
        at: 1,
        marked: foreign("UTF-16 text", UTF16),
        unmarked: foreign("UTF-16 text", UTF16BE),
    },
];

const UTF32: &str = "convert it first, for example with `iconv -f UTF-32 -t UTF-8`";
const UTF32LE: &str = "convert it first, for example with `iconv -f UTF-32LE -t UTF-8`";
const UTF32BE: &str = "convert it first, for example with `iconv -f UTF-32BE -t UTF-8`";
const UTF16: &str = "convert it first, for example with `iconv -f UTF-16 -t UTF-8`";
const UTF16LE: &str = "convert it first, for example with `iconv -f UTF-16LE -t UTF-8`";
const UTF16BE: &str = "convert it first, for example with `iconv -f UTF-16BE -t UTF-8`";

impl Encoding {
    /// The format of text that begins with `head`, if it is in this encoding.
    fn recognise(&self, head: &[u8]) -> Option<Foreign> {
        if head.starts_with(self.mark) {
            return Some(self.marked);
        }
        let is_ascii = |unit: &[u8]| {
            let others = unit.iter().enumerate().all(|(at, &byte)| (at == self.at) == (byte != 0));
            others && (unit[self.at].is_ascii_graphic() || unit[self.at].is_ascii_whitespace())
        };
        let mut units = head.chunks_exact(self.width).take(8);
        (units.len() >= 2 && units.all(is_ascii)).then_some(self.unmarked)
    }
}

/// The format of an input that begins with `head`, which is all of it if `whole`. `None` if more bytes are needed,
/// which is never the case with [`MOST`] bytes.
pub(super) fn recognise(head: &[u8], whole: bool) -> Option<Format> {
    if let Some(archive) = Archive::of(head) {
        return Some(Format::Archive(archive));
    }
    let is_there = |&&(at, magic, _): &&(usize, &[u8], _)| {
        head.get(at..).is_some_and(|bytes| bytes.starts_with(magic))
    };
    if let Some(&(.., foreign)) = MAGIC.iter().find(is_there) {
        return Some(Format::Foreign(foreign));
    }
    if lines(head).any(begins_document) {
        return Some(Format::Text);
    }
    let markup = markup(head);
    let is_line = head.contains(&b'\n') || head.len() >= LONG_LINE;
    if markup.is_none() && is_line && Oddities::of(head).are_none() {
        return Some(Format::Text);
    }
    if !whole && head.len() < MOST {
        return None;
    }
    let encoded = || ENCODINGS.iter().find_map(|encoding| encoding.recognise(head));
    let binary = || Oddities::of(head).are_many().then_some(BINARY);
    Some(markup.or_else(encoded).or_else(binary).map_or(Format::Text, Format::Foreign))
}

/// Whether the bytes so far, which do not yet settle the format, are lines of text and would not be foreign if nothing
/// followed.
pub(super) fn is_text_so_far(head: &[u8]) -> bool {
    head.contains(&b'\n') && recognise(head, true) == Some(Format::Text)
}

/// For each line, all bytes from the first one in it that is neither white space nor padding.
fn lines(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    head.split_inclusive(|&byte| byte == b'\n').map(move |line| {
        let from = start + line.len() - trimmed(line).len();
        start += line.len();
        &head[from..]
    })
}

/// Strips what may precede a document: white space, record separators, padding, the UTF-8 byte order mark.
fn trimmed(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let is_content = |byte: &u8| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x1e | 0);
    &bytes[bytes.iter().position(is_content).unwrap_or(bytes.len())..]
}

/// Whether the bytes begin like a document or an array of documents, in a way that is hardly a coincidence.
fn begins_document(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"[").map_or(bytes, <[u8]>::trim_ascii_start);
    let Some(members) = bytes.strip_prefix(b"{") else { return false };
    let members = members.trim_ascii_start();
    matches!(members, [b'"' | b'}', ..])
        && Oddities::of(&members[..members.len().min(32)]).are_none()
}

/// HTML or XML, recognised by the first tag.
fn markup(head: &[u8]) -> Option<Foreign> {
    let text = trimmed(head);
    let begins = |tag: &str| {
        text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
    };
    match (begins("<!doctype html") || begins("<html"), begins("<?xml")) {
        (true, _) => Some(HTML),
        (_, true) => Some(XML),
        _ => None,
    }
}

/// Counts of bytes that are not expected in text.
struct Oddities {
    /// How many bytes there are.
    all: usize,
    /// Files may be padded with zeros.
    zeros: usize,
    controls: usize,
    /// Bytes that are not UTF-8.
    others: usize,
}

impl Oddities {
    fn of(bytes: &[u8]) -> Self {
        let mut found = Self { all: bytes.len(), zeros: 0, controls: 0, others: 0 };
        for &byte in bytes {
            match byte {
                0 => found.zeros += 1,
                // White space, the escape of terminal colours, and record separators are ordinary.
                b'\t'..=b'\r' | 0x1b | 0x1e => {}
                byte => found.controls += usize::from(byte.is_ascii_control()),
            }
        }
        let mut chunks = bytes.utf8_chunks().map(|chunk| chunk.invalid()).peekable();
        while let Some(invalid) = chunks.next() {
            // The last character may be incomplete.
            if chunks.peek().is_some() {
                found.others += invalid.len();
            }
        }
        found
    }

    fn are_none(&self) -> bool {
        self.zeros + self.controls + self.others == 0
    }

    /// Whether the bytes are not text in any encoding.
    fn are_many(&self) -> bool {
        let text = self.all - self.zeros;
        text >= 32 && self.controls > 0 && 16 * (self.controls + self.others) > text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(bytes: &[u8]) -> &'static str {
        match recognise(bytes, true).unwrap() {
            Format::Text => "text",
            Format::Archive(archive) => archive.name_with_article(),
            Format::Foreign(foreign) => foreign.name,
        }
    }

    /// A text in another encoding.
    fn encoded(text: &str, width: usize, at: usize) -> Vec<u8> {
        let unit = |byte: u8| (0..width).map(move |n| if n == at { byte } else { 0 });
        text.bytes().flat_map(unit).collect()
    }

    #[test]
    fn foreign_formats_are_known_by_their_first_bytes() {
        let tar =
            [b"jobs.ndjson".to_vec(), vec![0; 246], b"ustar\x0000{\"a\":1}\n{\"a\":1}\n".to_vec()];
        for (bytes, expected) in [
            (&b"BZh91AY&SY..."[..], "a bzip2 archive"),
            (b"BZh9\x17\x72\x45\x38\x50\x90\0\0\0\0", "a bzip2 archive"),
            (b"\x04\x22\x4d\x18dp\x73", "an lz4 archive"),
            (b"PK\x03\x04\x14\0", "a zip archive"),
            (b"PK\x05\x06\0\0", "a zip archive"),
            (&tar.concat(), "a tar archive"),
            (b"PAR1\x15\x04", "a Parquet file"),
            (b"ARROW1\0\0\xff\xff\xff\xff", "Arrow IPC data"),
            (b"\xff\xff\xff\xff\x10\x01\0\0", "Arrow IPC data"),
            (b"\xff\xfe{\0\"\0", "UTF-16 text"),
            (b"\xfe\xff\0{\0\"", "UTF-16 text"),
            (b"\xff\xfe\0\0{\0\0\0", "UTF-32 text"),
            (b"\0\0\xfe\xff\0\0\0{", "UTF-32 text"),
            (&encoded("{\"a\":1}\n", 2, 0), "UTF-16 text"),
            (&encoded(" [\n{}", 2, 1), "UTF-16 text"),
            (&encoded("[]", 4, 0), "UTF-32 text"),
            (&encoded("\r\n{\n \"a\":1}", 4, 3), "UTF-32 text"),
            (b"\xef\xbb\xbf\n<!DocType HTML><p>", "an HTML page"),
            (b"  <HTML lang=\"en\">\n<p>{\n", "an HTML page"),
            (b"<?xml version=\"1.0\"?>\n<Error/>", "an XML document"),
            (b"\x1f\x8b\x08", "a gzip archive"),
            (b"\xfd7zXZ\0", "an xz archive"),
        ] {
            assert_eq!(name(bytes), expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn what_has_documents_anywhere_is_text_whatever_stands_in_front() {
        let documents = b"{\"data\":{\"id\":\"caf\xe9\"}}\n{\"errors\":[]}\n";
        for front in [
            &b""[..],
            b"\xef\xbb\xbf",
            b"\x1e",
            b"[",
            b"[\n  ",
            b"<!doctype html>\n<p>x\n",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
            b"#!/usr/bin/env jobview\n",
            b"2026-09-04 \x1b[32mINFO\x1b[0m \xe9\n",
            b"PK or not\n",
            b"Pardon\n",
            b"]}\n",
            &[0; 5000],
            &b"\x01\x02\xff\n".repeat(5000),
            &b"\n".repeat(60_000),
        ] {
            let text = [front, documents].concat();
            let cut = &text[..text.len().min(MOST)];
            assert_eq!(recognise(cut, false), Some(Format::Text), "{}", front.escape_ascii());
        }
    }

    #[test]
    fn text_without_documents_and_a_few_bytes_of_anything_are_text() {
        for text in [
            &b""[..],
            b"\x1f",
            b"\x28\xb5\x2f",
            b"\xff",
            b"null",
            b"2026-09-04 INFO started\n",
            b"caf\xe9 au lait, cr\xe8me br\xfbl\xe9e, th\xe9 \xe0 la menthe, caf\xe9 noir",
            &[0; MOST],
        ] {
            assert_eq!(name(text), "text", "{}", text.escape_ascii());
        }
        let noise: Vec<_> =
            (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert_eq!(name(&noise), BINARY.name);
    }

    #[test]
    fn no_more_is_asked_for_than_is_needed_to_tell() {
        for enough in ["{\"", "[{\"data\"", "\u{feff}\n{}", "INFO\n", "text/html\n"] {
            assert_eq!(recognise(enough.as_bytes(), false), Some(Format::Text), "{enough}");
        }
        for more in
            [&b""[..], b"{", b"\x1f", b"\xfd7z", b"name", b"<html>\n", b"\0", b"{\0", b"\xff\xfe"]
        {
            assert_eq!(recognise(more, false), None, "{}", more.escape_ascii());
        }
        for byte in 0..=255 {
            assert!(recognise(&[byte; MOST], false).is_some());
        }
    }
}
