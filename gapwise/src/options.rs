//! What the caller may choose: framing, unknown members, limits.
//!
//! Plain data without behaviour; the modules above read it. A new choice is a member of [`Options`], a
//! setter with its default in the documentation, and a row in the README.

use crate::kernel::Kernel;
use crate::pointer::Pointer;

/// How many bytes of a stream make a batch unless [`Options::batch_bytes`] says otherwise: they stay in the
/// second-level cache of most processors.
const BATCH_BYTES: usize = 1 << 20;

/// The deepest nesting that [`Options::max_depth`] can allow.
///
/// ```
/// use gapwise::{MAX_DEPTH, RawJson};
///
/// let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
/// assert!(RawJson::parse(&nested(MAX_DEPTH.into())).is_ok());
/// assert!(RawJson::parse(&nested(MAX_DEPTH as usize + 1)).is_err());
/// ```
pub const MAX_DEPTH: u16 = 1024;

/// The largest record of a stream unless [`Options::max_record_bytes`] says otherwise: 64 MiB.
///
/// ```
/// assert_eq!(gapwise::STREAM_RECORD_BYTES, 64 << 20);
/// ```
pub const STREAM_RECORD_BYTES: usize = 64 << 20;

/// How the records of a batch follow one another.
///
/// ```
/// use gapwise::{Arena, Framing, Options, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let arena = Arena::new();
/// let mut parser = Options::new().framing(Framing::Array).parser::<Line>();
/// let batch = parser.parse_batch(br#"[{"message":"start"}, {"message":"stop"}]"#, &arena);
/// assert_eq!(batch.documents().len(), 2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Framing {
    /// One record a line, ended by LF or CRLF; the last line may lack its end, blank lines are passed
    /// over. A bad record never touches the next line.
    Ndjson,
    /// One JSON array, each element a record. A malformed element is rejected with all that follows.
    Array,
    /// Documents one after another, with any white space between them, pretty-printed or not. RFC 7464
    /// record separators (U+001E) are allowed, and let parsing go on after a malformed record; without them it is
    /// rejected with all that follows.
    Concatenated,
}

/// What to do with a member that the schema does not name.
///
/// ```
/// use gapwise::{Arena, ErrorKind, Options, UnknownMembers, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let arena = Arena::new();
/// let mut parser = Options::new().unknown_members(UnknownMembers::Reject).parser::<Line>();
/// let error = parser.parse(br#"{"message":"ok","level":1}"#, &arena).unwrap_err();
/// assert_eq!((error.kind(), error.pointer()), (ErrorKind::UnknownMember, "/level"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnknownMembers {
    /// Check that it is JSON and pass over it. The schema allows unknown members everywhere.
    #[default]
    Skip,
    /// Reject the record with [`ErrorKind::UnknownMember`](crate::ErrorKind::UnknownMember).
    Reject,
}

/// What to do with a text of an `enum` that the schema does not name, where its type has left that to the caller: with
/// a variant that is `#[view(unknown)]`.
///
/// ```
/// use gapwise::{Arena, ErrorKind, Options, UnknownVariants, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     level: Level<'a>,
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(rename_all = "lowercase")]
/// enum Level<'a> {
///     Info,
///     Error,
///     #[view(unknown)]
///     Other(&'a str),
/// }
///
/// let json = br#"{"level":"debug"}"#;
/// let arena = Arena::new();
/// let error = Options::new().parser::<Line>().parse(json, &arena).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::NotInEnum);
///
/// let options = Options::new().unknown_variants(UnknownVariants::Keep);
/// assert_eq!(options.parser::<Line>().parse(json, &arena)?.level, Level::Other("debug"));
/// # Ok::<(), gapwise::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnknownVariants {
    /// Reject the record with [`ErrorKind::NotInEnum`](crate::ErrorKind::NotInEnum).
    #[default]
    Reject,
    /// Keep the text. One that takes more than 64 KiB in the document is rejected all the same.
    Keep,
}

/// What to do with a text that is not what the schema's `format` says, a date and time for example. Types have a format
/// if they are declared with `#[view(format = "...", check = ...)]`.
///
/// ```
/// use gapwise::{Arena, ErrorKind, Formats, Options, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     day: Day<'a>,
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(format = "a day of the week", check = is_day)]
/// struct Day<'a>(&'a str);
///
/// fn is_day(text: &str) -> bool {
///     ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(&text)
/// }
///
/// let json = br#"{"day":"May"}"#;
/// let arena = Arena::new();
/// assert_eq!(Options::new().parser::<Line>().parse(json, &arena)?.day, Day("May"));
///
/// let mut strict = Options::new().formats(Formats::Check).parser::<Line>();
/// assert_eq!(strict.parse(json, &arena).unwrap_err().kind(), ErrorKind::InvalidFormat);
/// # Ok::<(), gapwise::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Formats {
    /// Keep any text: a `format` is an annotation.
    #[default]
    Keep,
    /// Reject the record with [`ErrorKind::InvalidFormat`](crate::ErrorKind::InvalidFormat): a `format` is an assertion.
    Check,
}

/// What a [`Parser`](crate::Parser) is told once, when it is made.
///
/// ```
/// use gapwise::{Framing, Options, UnknownMembers, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let options = Options::new()
///     .framing(Framing::Ndjson)
///     .unknown_members(UnknownMembers::Reject)
///     .max_record_bytes(4 << 20);
/// let parser = options.parser::<Line>();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    pub(crate) framing: Option<Framing>,
    pub(crate) at: Pointer,
    pub(crate) unknown_members: UnknownMembers,
    pub(crate) unknown_variants: UnknownVariants,
    pub(crate) formats: Formats,
    pub(crate) max_depth: u16,
    pub(crate) max_record_bytes: Option<usize>,
    pub(crate) batch_bytes: usize,
    pub(crate) max_arena_bytes: Option<usize>,
    pub(crate) kernel: Option<Kernel>,
    pub(crate) learning: bool,
}

impl Options {
    /// The defaults: framing not told, records that are documents, unknown members skipped, unknown variants rejected,
    /// formats not checked, nesting up to [`MAX_DEPTH`], no limit on the size of the arena, nor of a record in a slice;
    /// batches of 1 MiB from a stream.
    ///
    /// ```
    /// use gapwise::{Arena, Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let mut parser = Options::new().parser::<Line>();
    /// // Nobody has told the framing, and nobody minds a member that the schema does not name.
    /// let batch = parser.parse_batch(b"[{\"message\":\"start\",\"level\":1}]\n{\"message\":\"stop\"}", &arena);
    /// assert_eq!(batch.documents().len(), 2);
    /// ```
    pub const fn new() -> Self {
        Self {
            framing: None,
            at: Pointer::ROOT,
            unknown_members: UnknownMembers::Skip,
            unknown_variants: UnknownVariants::Reject,
            formats: Formats::Keep,
            max_depth: MAX_DEPTH,
            max_record_bytes: None,
            batch_bytes: BATCH_BYTES,
            max_arena_bytes: None,
            kernel: None,
            learning: true,
        }
    }

    /// How the records of a batch follow one another. By default nothing is told, and records are taken as they come.
    ///
    /// A framing that is told is binding: text that contradicts it is rejected. Where nothing is told, lines,
    /// pretty-printed documents, arrays and text with record separators may follow one another in one stream. Damage
    /// costs the record that it is in, at the beginning of a stream, too. After 64 KiB of nothing but lines, a stream
    /// is [`Framing::Ndjson`].
    ///
    /// ```
    /// use gapwise::{Arena, Framing, Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let pretty = b"{\n\"message\": \"start\"\n}\n";
    /// let batch = Options::new().parser::<Line>().parse_batch(pretty, &arena);
    /// assert_eq!((batch.documents().len(), batch.rejected().len()), (1, 0));
    ///
    /// // Each line is a record, and none of these is a document.
    /// let mut parser = Options::new().framing(Framing::Ndjson).parser::<Line>();
    /// let batch = parser.parse_batch(pretty, &arena);
    /// assert_eq!((batch.documents().len(), batch.rejected().len()), (0, 3));
    /// ```
    #[must_use]
    pub const fn framing(mut self, framing: Framing) -> Self {
        self.framing = Some(framing);
        self
    }

    /// Where in each record the document is: in an envelope, for archives that hold more than the answers. Default:
    /// [`Pointer::ROOT`], the record is the document.
    ///
    /// What stands there is the document, or a string with its text, which is unescaped into the arena and parsed
    /// there. Such a text is not unwrapped again. The rest of the record is checked as JSON and passed over. Each
    /// member on the way to the document must be there once: without it the record is rejected with
    /// [`ErrorKind::MissingDocument`](crate::ErrorKind::MissingDocument), with two of them as
    /// [`ErrorKind::DuplicateMember`](crate::ErrorKind::DuplicateMember).
    ///
    /// Limits are those of the record, envelope and all: depth counts from its root, through a string as if its text
    /// stood there without quotes. Errors point into the record as it stands: their offset is that of the byte, in a
    /// string that of the character or escape that denotes it, and their pointer begins at the root of the record
    /// and goes on through a string. Members of the envelope are neither unknown nor drift, and say nothing of the kind
    /// of the document: that is about the document alone.
    ///
    /// ```
    /// use gapwise::{Arena, Options, Pointer, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let lines = concat!(
    ///     r#"{"fetched_at":"2026-09-04T13:40:02Z","body":{"level":1,"message":7}}"#,
    ///     "\n",
    ///     r#"{"fetched_at":"2026-09-04T13:40:07Z","body":"{\"level\":1,\"message\":7}"}"#,
    /// );
    /// let options = Options::new().at(Pointer::new("/body")?);
    /// let arena = Arena::new();
    /// let batch = options.parser::<Line>().parse_batch(lines.as_bytes(), &arena);
    /// for (rejected, column) in batch.rejected().iter().zip([66, 71]) {
    ///     assert_eq!(rejected.error.pointer(), "/body/message");
    ///     assert_eq!(rejected.error.column(), column);
    /// }
    /// # Ok::<(), gapwise::PointerError>(())
    /// ```
    #[must_use]
    pub const fn at(mut self, pointer: Pointer) -> Self {
        self.at = pointer;
        self
    }

    /// What to do with members of documents that the schema does not name; an envelope may have any. Default:
    /// [`UnknownMembers::Skip`].
    ///
    /// ```
    /// use gapwise::{Arena, Options, UnknownMembers, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let json = br#"{"message":"start","level":1}"#;
    /// let arena = Arena::new();
    /// assert!(Options::new().parser::<Line>().parse(json, &arena).is_ok());
    ///
    /// let mut strict = Options::new().unknown_members(UnknownMembers::Reject).parser::<Line>();
    /// assert_eq!(strict.parse(json, &arena).unwrap_err().message(), r#"unknown member "level""#);
    /// ```
    #[must_use]
    pub const fn unknown_members(mut self, unknown_members: UnknownMembers) -> Self {
        self.unknown_members = unknown_members;
        self
    }

    /// What to do with a text of an `enum` that the schema does not name, where the type of the value has left that to
    /// the caller. Default: [`UnknownVariants::Reject`].
    ///
    /// ```
    /// use gapwise::{Arena, Options, UnknownVariants, View};
    ///
    /// #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// struct Line<'a> {
    ///     level: Level<'a>,
    /// }
    ///
    /// #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// enum Level<'a> {
    ///     Error,
    ///     #[view(unknown)]
    ///     Other(&'a str),
    /// }
    ///
    /// let arena = Arena::new();
    /// let mut parser = Options::new().unknown_variants(UnknownVariants::Keep).parser::<Line>();
    /// assert_eq!(parser.parse(br#"{"level":"Hint"}"#, &arena)?.level, Level::Other("Hint"));
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    #[must_use]
    pub const fn unknown_variants(mut self, unknown_variants: UnknownVariants) -> Self {
        self.unknown_variants = unknown_variants;
        self
    }

    /// What to do with texts that are not of the schema's `format`. Default: [`Formats::Keep`]. Where many texts have a
    /// format, checking them may double the work on documents whose layout is known.
    ///
    /// ```
    /// use gapwise::{Arena, Formats, Options, View};
    ///
    /// #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// struct Line<'a> {
    ///     code: Code<'a>,
    /// }
    ///
    /// #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// #[view(format = "a code in capitals", check = Code::is_one)]
    /// struct Code<'a>(&'a str);
    ///
    /// impl Code<'_> {
    ///     fn is_one(text: &str) -> bool {
    ///         text.bytes().all(|byte| byte.is_ascii_uppercase())
    ///     }
    /// }
    ///
    /// let arena = Arena::new();
    /// let mut parser = Options::new().formats(Formats::Check).parser::<Line>();
    /// let error = parser.parse(br#"{"code":"ok"}"#, &arena).unwrap_err();
    /// assert_eq!(error.message(), r#"expected a code in capitals, found "ok""#);
    /// ```
    #[must_use]
    pub const fn formats(mut self, formats: Formats) -> Self {
        self.formats = formats;
        self
    }

    /// How many objects and arrays may be open at once, counting the record itself (RFC 8259 section 9
    /// lets a parser set this). Default and maximum: [`MAX_DEPTH`]; a larger number counts as the
    /// maximum. A deeper record is rejected with
    /// [`ErrorKind::DepthLimit`](crate::ErrorKind::DepthLimit).
    ///
    /// ```
    /// use gapwise::{Arena, ErrorKind, Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let mut parser = Options::new().max_depth(3).parser::<Line>();
    /// assert!(parser.parse(br#"{"message":"start","more":[[]]}"#, &arena).is_ok());
    /// let error = parser.parse(br#"{"message":"start","more":[[[]]]}"#, &arena).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::DepthLimit);
    /// ```
    #[must_use]
    pub const fn max_depth(mut self, depth: u16) -> Self {
        self.max_depth = if depth < MAX_DEPTH { depth } else { MAX_DEPTH };
        self
    }

    /// How many bytes one record may have. Default: no limit for a slice, [`STREAM_RECORD_BYTES`] for a
    /// stream. A longer record is rejected with
    /// [`ErrorKind::RecordSizeLimit`](crate::ErrorKind::RecordSizeLimit), before anything is allocated
    /// beyond what this many bytes can ask for.
    ///
    /// ```
    /// use gapwise::{Arena, ErrorKind, Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let mut parser = Options::new().max_record_bytes(30).parser::<Line>();
    /// let input = b"{\"message\":\"a text that is too long\"}\n{\"message\":\"short\"}\n";
    /// let batch = parser.parse_batch(input, &arena);
    /// assert_eq!(batch.rejected()[0].error.kind(), ErrorKind::RecordSizeLimit);
    /// assert_eq!(batch.documents()[0].message, "short");
    /// ```
    #[must_use]
    pub const fn max_record_bytes(mut self, bytes: usize) -> Self {
        self.max_record_bytes = Some(bytes);
        self
    }

    /// How many bytes of a stream are read and parsed at once. Default: 1 MiB. One record that is longer is
    /// held as a whole all the same, up to [`max_record_bytes`](Self::max_record_bytes).
    ///
    /// ```
    /// use gapwise::{Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let stream = b"{\"message\":\"start\"}\n".repeat(100);
    /// let parser = Options::new().batch_bytes(100).parser::<Line>();
    /// let mut reader = parser.into_reader(&stream[..]);
    /// let mut batches = 0;
    /// while reader.next_batch()?.is_some() {
    ///     batches += 1;
    /// }
    /// assert!(batches > 10);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub const fn batch_bytes(mut self, bytes: usize) -> Self {
        self.batch_bytes = bytes;
        self
    }

    /// How many bytes the arena may take from the system. Default: no limit.
    ///
    /// It counts as [`Arena::allocated_bytes`](crate::Arena::allocated_bytes) does: whole pieces of memory, for all
    /// records since the last reset, and the piece that a reset keeps. A record that finds no room is rejected with
    /// [`ErrorKind::ArenaLimit`](crate::ErrorKind::ArenaLimit), and may have room in a new arena. The limit is that of
    /// the parser: another parser may take more from the same arena.
    ///
    /// ```
    /// use gapwise::{Arena, ErrorKind, Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let mut parser = Options::new().max_arena_bytes(1_000).parser::<Line>();
    /// // Text with escapes is unescaped into the arena.
    /// let json = format!(r#"{{"message":"{}"}}"#, r"\n".repeat(2_000));
    /// let error = parser.parse(json.as_bytes(), &arena).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::ArenaLimit);
    /// ```
    #[must_use]
    pub const fn max_arena_bytes(mut self, bytes: usize) -> Self {
        self.max_arena_bytes = Some(bytes);
        self
    }

    /// The vector instructions to work with. Default: [`Kernel::detect`]. All give the same results.
    ///
    /// ```
    /// use gapwise::{Kernel, Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// for kernel in Kernel::available() {
    ///     let parser = Options::new().kernel(kernel).parser::<Line>();
    ///     assert_eq!(parser.kernel(), kernel);
    /// }
    /// ```
    #[must_use]
    pub const fn kernel(mut self, kernel: Kernel) -> Self {
        self.kernel = Some(kernel);
        self
    }

    /// Whether to learn how the documents are written. Default: yes. It makes parsing several times faster,
    /// and never different; to do without is for tests and measurements.
    ///
    /// ```
    /// use gapwise::{Arena, Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let mut parser = Options::new().learning(false).parser::<Line>();
    /// for _ in 0..9 {
    ///     parser.parse(br#"{"message":"start"}"#, &arena)?;
    /// }
    /// assert_eq!(parser.layout().gaps().count(), 0);
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    #[must_use]
    pub const fn learning(mut self, learning: bool) -> Self {
        self.learning = learning;
        self
    }
}

impl Options {
    /// The same, with the limit that a stream has.
    pub(crate) fn for_stream(mut self) -> Self {
        self.max_record_bytes.get_or_insert(STREAM_RECORD_BYTES);
        self
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}
