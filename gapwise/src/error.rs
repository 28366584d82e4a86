//! What was wrong with a record, and where.
//!
//! Decoding code returns the small [`Fault`]: a kind, an offset, and what was expected there. `decode/locate` turns it
//! into an [`Error`] with line, column and pointer, but only when a record is actually handed back. A new kind of error
//! needs a variant of [`ErrorKind`], a row in the tables below, and a row in the tests of errors.

use std::fmt;

/// What was wrong.
///
/// ```
/// use gapwise::{Category, ErrorKind, RawJson};
///
/// let kind = RawJson::parse("[01]").unwrap_err().kind();
/// assert_eq!((kind, kind.name()), (ErrorKind::InvalidNumber, "invalid-number"));
/// assert_eq!(kind.category(), Category::Syntax);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The record ends before its document does.
    UnexpectedEnd,
    /// A byte that the grammar of RFC 8259 does not allow there.
    UnexpectedByte,
    /// A word other than `true`, `false` or `null` (RFC 8259 section 3).
    InvalidLiteral,
    /// A number that does not follow RFC 8259 section 6.
    InvalidNumber,
    /// A backslash that does not begin one of the escapes of RFC 8259 section 7.
    InvalidEscape,
    /// Half of a `\u` surrogate pair without the other half: it denotes no character.
    LoneSurrogate,
    /// An unescaped byte below U+0020 in a string (RFC 8259 section 7).
    ControlCharacter,
    /// Bytes in a string that are not UTF-8 (RFC 8259 section 8.1).
    InvalidUtf8,
    /// Something follows the document, or the array of documents.
    TrailingBytes,
    /// A value whose JSON type is not the schema's `type`.
    WrongType,
    /// A document of another kind than the requested one. It is reported if the package that declares the kinds can
    /// tell them apart.
    WrongKind,
    /// A string other than the only one that the schema allows.
    WrongConstant,
    /// A string that is not in the schema's `enum`, unless
    /// [`UnknownVariants::Keep`](crate::UnknownVariants::Keep) keeps it.
    NotInEnum,
    /// A string that does not match the schema's `format`. It is reported only with
    /// [`Formats::Check`](crate::Formats::Check).
    InvalidFormat,
    /// An array whose number of items is not the one that the schema requires. The place is the end of the array.
    WrongLength,
    /// A number with a fraction where the schema says `integer`.
    NotAnInteger,
    /// An integer that does not fit in the type of its part of the view: `i64`, unless the view declares another.
    IntegerOutOfRange,
    /// A number with a fraction or an exponent that is too large for the type of its part of the view.
    NumberOutOfRange,
    /// A member that the schema lists in `required` is missing. The pointer names it.
    MissingMember,
    /// There is no value at the pointer given to [`Options::at`](crate::Options::at). The pointer of the error ends
    /// with the first name or index that is missing.
    MissingDocument,
    /// A member occurs twice in one object. This concerns members that the schema names, and those on the path to the
    /// document.
    DuplicateMember,
    /// A member that the schema does not name. It is reported only with
    /// [`UnknownMembers::Reject`](crate::UnknownMembers::Reject).
    UnknownMember,
    /// The record is nested more deeply than [`Options::max_depth`](crate::Options::max_depth) allows.
    DepthLimit,
    /// The record has more bytes than [`Options::max_record_bytes`](crate::Options::max_record_bytes) allows.
    RecordSizeLimit,
    /// The arena is at its limit, or the system has no more memory for it.
    ArenaLimit,
}

/// What a record violated: the coarse classification of an [`ErrorKind`].
///
/// ```
/// use gapwise::{Category, ErrorKind};
///
/// assert_eq!(ErrorKind::UnexpectedEnd.category(), Category::Syntax);
/// assert_eq!(ErrorKind::MissingMember.category(), Category::Schema);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// It is not JSON (RFC 8259).
    Syntax,
    /// It is JSON as far as it was read, but not a valid document of the schema.
    Schema,
    /// It exceeds a limit that the caller set.
    Limit,
}

/// Each kind with its category and its name, in the order of declaration.
const KINDS: [(ErrorKind, Category, &str); 25] = {
    use Category::{Limit, Schema, Syntax};
    use ErrorKind::*;
    [
        (UnexpectedEnd, Syntax, "unexpected-end"),
        (UnexpectedByte, Syntax, "unexpected-byte"),
        (InvalidLiteral, Syntax, "invalid-literal"),
        (InvalidNumber, Syntax, "invalid-number"),
        (InvalidEscape, Syntax, "invalid-escape"),
        (LoneSurrogate, Syntax, "lone-surrogate"),
        (ControlCharacter, Syntax, "control-character"),
        (InvalidUtf8, Syntax, "invalid-utf8"),
        (TrailingBytes, Syntax, "trailing-bytes"),
        (WrongType, Schema, "wrong-type"),
        (WrongKind, Schema, "wrong-kind"),
        (WrongConstant, Schema, "wrong-constant"),
        (NotInEnum, Schema, "not-in-enum"),
        (InvalidFormat, Schema, "invalid-format"),
        (WrongLength, Schema, "wrong-length"),
        (NotAnInteger, Schema, "not-an-integer"),
        (IntegerOutOfRange, Schema, "integer-out-of-range"),
        (NumberOutOfRange, Schema, "number-out-of-range"),
        (MissingMember, Schema, "missing-member"),
        (MissingDocument, Schema, "missing-document"),
        (DuplicateMember, Schema, "duplicate-member"),
        (UnknownMember, Schema, "unknown-member"),
        (DepthLimit, Limit, "depth-limit"),
        (RecordSizeLimit, Limit, "record-size-limit"),
        (ArenaLimit, Limit, "arena-limit"),
    ]
};

impl ErrorKind {
    /// Every kind, in the order of declaration.
    ///
    /// ```
    /// use gapwise::{Category, ErrorKind};
    ///
    /// let limits = ErrorKind::all().filter(|kind| kind.category() == Category::Limit);
    /// assert_eq!(limits.count(), 3);
    /// ```
    pub fn all() -> impl Iterator<Item = ErrorKind> {
        KINDS.iter().map(|&(kind, ..)| kind)
    }

    /// What a record with this error violated: the grammar, the schema, or a limit.
    ///
    /// ```
    /// use gapwise::{Category, ErrorKind};
    ///
    /// assert_eq!(ErrorKind::InvalidUtf8.category(), Category::Syntax);
    /// assert_eq!(ErrorKind::UnknownMember.category(), Category::Schema);
    /// assert_eq!(ErrorKind::ArenaLimit.category(), Category::Limit);
    /// ```
    pub const fn category(self) -> Category {
        KINDS[self as usize].1
    }

    /// The name for logs and metrics, for example `missing-member`. Names are stable.
    ///
    /// ```
    /// use gapwise::ErrorKind;
    ///
    /// assert_eq!(ErrorKind::MissingMember.name(), "missing-member");
    /// assert_eq!(ErrorKind::InvalidUtf8.name(), "invalid-utf8");
    /// ```
    pub const fn name(self) -> &'static str {
        KINDS[self as usize].2
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a record was rejected, and where exactly.
///
/// It is one word wide, so that a `Result` of a view stays small. [`Display`](fmt::Display) writes the full message:
///
/// ```
/// use gapwise::{Arena, ErrorKind, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let arena = Arena::new();
/// let error = Parser::<Line>::new().parse(br#"{"level":1,"message":404}"#, &arena).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::WrongType);
/// assert_eq!(error.pointer(), "/message");
/// assert_eq!(error.offset(), 21);
/// assert_eq!(
///     error.to_string(),
///     "record 0 (line 1, column 22, byte 21) at /message: expected a string, found 404",
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

const _: () = assert!(size_of::<Error>() == size_of::<usize>());

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    place: Place,
    message: String,
}

/// Where in the stream a fault lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) record: u64,
    pub(crate) line: u64,
    pub(crate) column: u64,
    pub(crate) offset: u64,
    pub(crate) pointer: String,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, place: Place, message: String) -> Self {
        Self(Box::new(Inner { kind, place, message }))
    }

    /// Adds to the numbers of record and line. Adds to the column only if the place is in the line `first_line`. All
    /// arithmetic is modulo 2^64.
    pub(crate) fn renumber(&mut self, records: u64, lines: u64, first_line: u64, columns: u64) {
        let Place { record, line, column, .. } = &mut self.0.place;
        if *line == first_line {
            *column = column.wrapping_add(columns);
        }
        (*record, *line) = (record.wrapping_add(records), line.wrapping_add(lines));
    }

    /// The kind of the error, for code to match on.
    ///
    /// ```
    /// use gapwise::{Arena, ErrorKind, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let error = Parser::<Line>::new().parse(br#"{"message":"start""#, &arena).unwrap_err();
    /// match error.kind() {
    ///     ErrorKind::UnexpectedEnd => println!("cut short"),
    ///     other => panic!("{other}"),
    /// }
    /// ```
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What the record violated; the same as `kind().category()`.
    ///
    /// ```
    /// use gapwise::{Arena, Category, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let category = |json: &str| {
    ///     Parser::<Line>::new().parse(json.as_bytes(), &arena).unwrap_err().category()
    /// };
    /// assert_eq!(category("{"), Category::Syntax);
    /// assert_eq!(category("{}"), Category::Schema);
    /// ```
    pub fn category(&self) -> Category {
        self.kind().category()
    }

    /// The number of the record in the stream, from 0. Rejected records count, too.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let batch = Parser::<Line>::new().parse_batch(b"{}\n{\"message\":\"start\"}\n{}\n", &arena);
    /// let numbers: Vec<_> = batch.rejected().iter().map(|rejected| rejected.error.record()).collect();
    /// assert_eq!(numbers, [0, 2]);
    /// ```
    pub fn record(&self) -> u64 {
        self.0.place.record
    }

    /// The line of the failing byte in the stream, from 1. Lines end with LF.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let batch = Parser::<Line>::new().parse_batch(b"{\"message\":\"start\"}\n\n{\"message\":7}\n", &arena);
    /// assert_eq!(batch.rejected()[0].error.line(), 3);
    /// ```
    pub fn line(&self) -> u64 {
        self.0.place.line
    }

    /// The column of the failing byte in its line, from 1, counted in bytes.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let batch = Parser::<Line>::new().parse_batch(b"{\"message\":\"start\"}\n  {\"message\":7}\n", &arena);
    /// assert_eq!(batch.rejected()[0].error.column(), 14);
    /// ```
    pub fn column(&self) -> u64 {
        self.0.place.column
    }

    /// The offset of the failing byte in the stream, from 0. If something is missing at the end of a record, it is the
    /// offset of that end.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// let json = br#"{"message":7}"#;
    /// let error = parser.parse(json, &arena).unwrap_err();
    /// assert_eq!(json[error.offset() as usize], b'7');
    ///
    /// let error = parser.parse(br#"{"message":"#, &arena).unwrap_err();
    /// assert_eq!(error.offset(), 11);
    /// ```
    pub fn offset(&self) -> u64 {
        self.0.place.offset
    }

    /// The JSON pointer (RFC 6901) of the wrong value within its record. It is empty for the record itself. For a
    /// missing member, it says where the member should have been. If the document is the text of a string, the pointer
    /// continues through the string as if the text stood in its place.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// assert_eq!(parser.parse(br#"{"message":7}"#, &arena).unwrap_err().pointer(), "/message");
    /// assert_eq!(parser.parse(b"{}", &arena).unwrap_err().pointer(), "/message");
    /// assert_eq!(parser.parse(b"7", &arena).unwrap_err().pointer(), "");
    /// ```
    pub fn pointer(&self) -> &str {
        &self.0.place.pointer
    }

    /// The [`pointer`](Self::pointer), safe to print to a terminal or a log line. Characters that are invisible or
    /// change the direction of text are shown as escapes, and the empty pointer as `(document)`.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let shown = |json: &str| {
    ///     Parser::<Line>::new().parse(json.as_bytes(), &arena).unwrap_err().printable_pointer().to_string()
    /// };
    /// assert_eq!(shown("[]"), "(document)");
    /// assert_eq!(shown(r#"{"\u001b[31m":oops}"#), r"/\u{1b}[31m");
    /// ```
    pub fn printable_pointer(&self) -> impl fmt::Display {
        Printable(if self.pointer().is_empty() { "(document)" } else { self.pointer() })
    }

    /// What was expected and what was found, without the place. Text quoted from the record is shortened. Characters in
    /// it that are invisible or change the direction of text are shown as escapes.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let error = Parser::<Line>::new().parse(br#"{"message":"\u001b","message":0}"#, &arena).unwrap_err();
    /// assert_eq!(error.message(), r#"duplicate member "message""#);
    /// ```
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { record, line, column, offset, pointer } = &self.0.place;
        write!(f, "record {record} (line {line}, column {column}, byte {offset})")?;
        if !pointer.is_empty() {
            write!(f, " at {}", Printable(pointer))?;
        }
        write!(f, ": {}", self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, place, message } = &*self.0;
        let mut shown = f.debug_struct("Error");
        shown.field("kind", kind).field("place", place).field("message", message).finish()
    }
}

impl std::error::Error for Error {}

/// Text that is safe for a terminal or a log line. Characters that are invisible or change how the rest is shown are
/// written as escapes.
pub(crate) struct Printable<'t>(pub(crate) &'t str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `escape_debug` escapes these three as well. They are harmless here, and frequent.
        const KEPT: [char; 3] = ['"', '\'', '\\'];
        for piece in self.0.split_inclusive(KEPT) {
            let text = piece.trim_end_matches(KEPT);
            write!(f, "{}{}", text.escape_debug(), &piece[text.len()..])?;
        }
        Ok(())
    }
}

/// Why decoding stopped, in the small form that the hot code returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: ErrorKind,
    /// Offset of the failing byte, from the start of the slice that was decoded.
    pub(crate) offset: usize,
    pub(crate) expected: Expected,
}

/// What should have been in the place of a [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// The kind of the fault says it all.
    Nothing,
    /// A description in words, for example "a string".
    Words(&'static str),
    /// Exactly this string.
    Constant(&'static str),
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A member with this name.
    Member(&'static str),
    /// A document of this kind.
    Kind { wanted: &'static str, found: &'static str },
    /// At most this many.
    AtMost(usize),
    /// An array with this many items.
    Items { wanted: usize, found: usize },
    /// A number of this type.
    Type(&'static str),
}

impl Fault {
    pub(crate) fn new(kind: ErrorKind, offset: usize) -> Self {
        Self { kind, offset, expected: Expected::Nothing }
    }

    pub(crate) fn expecting(kind: ErrorKind, offset: usize, expected: Expected) -> Self {
        Self { kind, offset, expected }
    }

    /// Something else was expected at `offset`. The kind depends on whether there is a wrong byte or none at all.
    pub(crate) fn unexpected(bytes: &[u8], offset: usize, expected: &'static str) -> Self {
        let kind =
            if offset < bytes.len() { ErrorKind::UnexpectedByte } else { ErrorKind::UnexpectedEnd };
        Self { kind, offset, expected: Expected::Words(expected) }
    }

    /// The message for people. `bytes` is the slice that was decoded, and `whole` is the word for it.
    pub(crate) fn message(&self, bytes: &[u8], whole: &'static str) -> String {
        let rest = bytes.get(self.offset..).unwrap_or_default();
        let found = Found(&rest[..rest.len().min(2 * Found::SHOWN)], whole);
        match (self.kind, self.expected) {
            (ErrorKind::MissingMember, Expected::Member(name)) => {
                format!("missing required member \"{name}\"")
            }
            (ErrorKind::DuplicateMember, _) => format!("duplicate member {found}"),
            (ErrorKind::UnknownMember, _) => format!("unknown member {found}"),
            (ErrorKind::ControlCharacter, _) => {
                format!("control character {found} in a string must be escaped")
            }
            (ErrorKind::InvalidUtf8, _) => format!("{found} is not UTF-8"),
            (ErrorKind::InvalidEscape, _) => format!("invalid escape in a string: {found}"),
            (ErrorKind::LoneSurrogate, _) => {
                format!("half of a surrogate pair without the other half: {found}")
            }
            (ErrorKind::IntegerOutOfRange, Expected::Type(name)) => {
                format!("integer does not fit in {name}: {found}")
            }
            (ErrorKind::IntegerOutOfRange, _) => {
                format!("integer does not fit in 64 bits: {found}")
            }
            (ErrorKind::NumberOutOfRange, _) => format!("number is too large: {found}"),
            (ErrorKind::DepthLimit, Expected::AtMost(depth)) => {
                format!("nested deeper than the limit of {depth}")
            }
            (ErrorKind::RecordSizeLimit, Expected::AtMost(size)) => {
                let plural = if size == 1 { "" } else { "s" };
                format!("record is larger than the limit of {size} byte{plural}")
            }
            (ErrorKind::ArenaLimit, _) => "the arena has reached its limit".to_owned(),
            (_, Expected::Items { wanted, found }) => {
                let plural = if wanted == 1 { "" } else { "s" };
                format!("expected {wanted} item{plural}, found {found}")
            }
            (_, Expected::Kind { wanted, found }) => {
                format!("expected {wanted}, found {found}")
            }
            (_, Expected::Words(words)) => format!("expected {words}, found {found}"),
            (_, Expected::Constant(text)) => format!("expected \"{text}\", found {found}"),
            (_, Expected::OneOf(texts)) => {
                format!("expected one of {}, found {found}", texts.join(", "))
            }
            (kind, _) => format!("{kind}: {found}"),
        }
    }
}

/// The first few bytes of what was found, formatted for people, and the word for what they are a part of.
struct Found<'b>(&'b [u8], &'static str);

impl Found<'_> {
    /// How many bytes of a string or word are shown.
    const SHOWN: usize = 40;

    /// How many bytes at the start form one token: a string with its quotes, or a word.
    fn extent(&self) -> usize {
        let ends = |&byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b'}' | b']');
        match self.0 {
            [b'"', text @ ..] => {
                let mut escaped = false;
                let closing = text.iter().position(|&byte| {
                    let closes = byte == b'"' && !escaped;
                    escaped = byte == b'\\' && !escaped;
                    closes
                });
                closing.map_or(self.0.len(), |closing| closing + 2)
            }
            [b'\\', ..] => self.0.len().min(if self.0.get(1) == Some(&b'u') { 6 } else { 2 }),
            [b'{' | b'[' | 0..0x20 | 0x80.., ..] => 1,
            bytes => bytes.iter().position(ends).unwrap_or(bytes.len()).max(1),
        }
    }
}

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => return write!(f, "the end of the {}", self.1),
            [b'{', ..] => return f.write_str("an object"),
            [b'[', ..] => return f.write_str("an array"),
            &[byte @ (0..0x20 | 0x80..), ..] => return write!(f, "byte 0x{byte:02x}"),
            _ => {}
        }
        let extent = self.extent();
        let shown = extent.min(Self::SHOWN);
        let text = String::from_utf8_lossy(&self.0[..shown]);
        let text = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
        let cut = if shown < extent { "..." } else { "" };
        match self.0[0] {
            b'"' | b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                write!(f, "{}{cut}", Printable(text))
            }
            _ => write!(f, "`{}{cut}`", Printable(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_of_kinds_is_in_the_order_of_declaration() {
        for (index, kind) in ErrorKind::all().enumerate() {
            assert_eq!(kind as usize, index);
        }
    }

    #[test]
    fn found_shows_what_stands_there() {
        let shown = |bytes: &[u8]| Found(bytes, "record").to_string();
        assert_eq!(shown(b""), "the end of the record");
        assert_eq!(shown(b"\"a\\\"b\",1"), r#""a\"b""#);
        assert_eq!(shown(b"12.5,"), "12.5");
        assert_eq!(shown(b"nul}"), "nul");
        assert_eq!(shown(b"{\"a\""), "an object");
        assert_eq!(shown(b"[1"), "an array");
        assert_eq!(shown(b"}}"), "`}`");
        assert_eq!(shown(b",}"), "`,`");
        assert_eq!(shown(b"\x01abc"), "byte 0x01");
        assert_eq!(shown(b"\xff"), "byte 0xff");
        assert_eq!(shown(b"\\ud800x"), r"`\ud800`");
        assert_eq!(shown(&[b'"'; 1]), "\"");
        let long = format!("\"{}\"", "x".repeat(100));
        assert_eq!(shown(long.as_bytes()), format!("\"{}...", "x".repeat(39)));
    }

    #[test]
    fn found_never_sends_control_characters_to_a_terminal() {
        assert_eq!(Found(b"\"\x1b[31m\"", "record").to_string(), "\"\\u{1b}[31m\"");
        let turned = Found("\"\u{202e}\u{2028}\u{e9}e\u{301}\"".as_bytes(), "record").to_string();
        assert_eq!(turned, "\"\\u{202e}\\u{2028}\u{e9}e\u{301}\"");
    }
}
