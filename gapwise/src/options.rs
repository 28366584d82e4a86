//! The options of a parser: framing, unknown members, limits.
//!
//! Plain data without behaviour; the modules above read it. A new option needs a field of [`Options`], a setter that
//! documents its default, and a row in the README.

use crate::kernel::Kernel;
use crate::pointer::Pointer;

/// The default of [`Options::batch_bytes`]. A batch of this size stays in the second-level cache of most processors.
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

/// The default of [`Options::max_record_bytes`] for streams: 64 MiB.
///
/// ```
/// assert_eq!(gapwise::STREAM_RECORD_BYTES, 64 << 20);
/// ```
pub const STREAM_RECORD_BYTES: usize = 64 << 20;

/// How the records of a batch are separated.
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
    /// One record per line. Lines end with LF or CRLF; the last line may lack its line ending. Blank lines are skipped.
    /// A bad record never affects the next line.
    Ndjson,
    /// One JSON array; each element is a record. A malformed element is rejected together with everything that follows
    /// it.
    Array,
    /// Documents one after another, pretty-printed or not, with any white space between them. RFC 7464 record
    /// separators (U+001E) are allowed. With them, parsing continues after a malformed record; without them, the
    /// malformed record is rejected together with everything that follows it.
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
    /// Check that it is valid JSON and skip it. The schema allows unknown members everywhere.
    #[default]
    Skip,
    /// Reject the record with [`ErrorKind::UnknownMember`](crate::ErrorKind::UnknownMember).
    Reject,
}

/// What to do with a string that is none of the variants of an `enum`. It applies to types that leave this choice to
/// the caller: those with a variant marked `#[view(unknown)]`.
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
    /// Keep the string. A string that takes more than 64 KiB in the document is rejected all the same.
    Keep,
}

/// What to do with a string that does not match the schema's `format`, for example a date and time. A type has a format
/// if it is declared with `#[view(format = "...", check = ...)]`.
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
    /// Keep any string: a `format` is an annotation.
    #[default]
    Keep,
    /// Reject the record with [`ErrorKind::InvalidFormat`](crate::ErrorKind::InvalidFormat): a `format` is an
    /// assertion.
    Check,
}

/// The options of a [`Parser`](crate::Parser), set once when it is created.
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
    /// The default options:
    ///
    /// - the framing is not set; each record is a document;
    /// - unknown members are skipped, unknown variants are rejected, and formats are not checked;
    /// - nesting is allowed up to [`MAX_DEPTH`];
    /// - neither the arena nor a record of a slice has a size limit;
    /// - a stream is read in batches of 1 MiB.
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

    /// Sets how the records of a batch are separated. By default no framing is set, and each record is recognised as it
    /// comes.
    ///
    /// A framing that is set is binding: input that contradicts it is rejected. Without one, lines, pretty-printed
    /// documents, arrays and text with record separators may be mixed in one stream. A damaged record costs only
    /// itself, even at the beginning of a stream. After 64 KiB of nothing but lines, a stream is treated as
    /// [`Framing::Ndjson`].
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

    /// Sets where in each record the document is. Use it if each record is an envelope around the document. Default:
    /// [`Pointer::ROOT`], the record itself is the document.
    ///
    /// The value at `pointer` is either the document or a string that contains the text of the document. Such a string
    /// is unescaped into the arena and parsed there; a string inside it is not unwrapped again. The rest of the record
    /// is checked as JSON and skipped. Each member on the path to the document must occur exactly once. If one is
    /// missing, the record is rejected with [`ErrorKind::MissingDocument`](crate::ErrorKind::MissingDocument); if one
    /// occurs twice, with [`ErrorKind::DuplicateMember`](crate::ErrorKind::DuplicateMember).
    ///
    /// Limits apply to the whole record, including the envelope. Depth counts from the root of the record and continues
    /// through a string as if its text stood there without quotes.
    ///
    /// Errors refer to the original record. The offset is that of the failing byte; inside a string, it is that of the
    /// character or escape sequence that denotes the byte. The pointer starts at the root of the record and continues
    /// through a string.
    ///
    /// Members of the envelope are never unknown members, never count as drift, and have no influence on the kind of
    /// the document. All of that applies to the document alone.
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

    /// Sets what to do with members of a document that the schema does not name. An envelope may have any members.
    /// Default: [`UnknownMembers::Skip`].
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

    /// Sets what to do with a string that is none of the variants of an `enum`, for types that leave this choice to the
    /// caller. Default: [`UnknownVariants::Reject`].
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

    /// Sets what to do with strings that do not match the schema's `format`. Default: [`Formats::Keep`]. If many
    /// strings have a format, checking may double the work for documents whose layout is known.
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

    /// Limits how many objects and arrays may be open at once, counting the record itself (RFC 8259 section 9 allows
    /// such a limit). Default and maximum: [`MAX_DEPTH`]; a larger number counts as the maximum. A record that is
    /// nested more deeply is rejected with [`ErrorKind::DepthLimit`](crate::ErrorKind::DepthLimit).
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

    /// Limits the size of one record. Default: no limit for a slice, [`STREAM_RECORD_BYTES`] for a stream. A longer
    /// record is rejected with [`ErrorKind::RecordSizeLimit`](crate::ErrorKind::RecordSizeLimit). The memory allocated
    /// for it never exceeds what a record of this size can need.
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

    /// Sets how many bytes of a stream are read and parsed at once. Default: 1 MiB. A longer record is still held as a
    /// whole, up to [`max_record_bytes`](Self::max_record_bytes).
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

    /// Limits how many bytes the arena may take from the system. Default: no limit.
    ///
    /// Bytes are counted as by [`Arena::allocated_bytes`](crate::Arena::allocated_bytes): whole chunks of memory, for
    /// all records since the last reset, including the chunk that a reset keeps. A record that does not fit is rejected
    /// with [`ErrorKind::ArenaLimit`](crate::ErrorKind::ArenaLimit); it may fit into a new arena. The limit belongs to
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

    /// Sets which vector instructions to use. Default: [`Kernel::detect`]. All kernels give the same results.
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

    /// Sets whether the parser learns the layout of the documents. Default: yes. Learning makes parsing several times
    /// faster and never changes a result. Turn it off for tests and measurements.
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
    /// The same options, for code that only finds where records end and keeps no views.
    pub(crate) fn without_arena_limit(self) -> Self {
        Self { max_arena_bytes: None, ..self }
    }

    /// The same options, with the default record limit of a stream.
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
