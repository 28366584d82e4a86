//! The entry point: one parser for documents, batches and records.

use crate::arena::Arena;
use crate::batch::{Batch, Memory, Position, Records, skip_byte_order_mark};
use crate::decode::{Drift, Learned, Origin};
use crate::error::Error;
use crate::kernel::Kernel;
use crate::options::Options;
use crate::schema::Document;

/// Parses documents of a [kind](Document).
///
/// Keep one parser for the whole stream. It learns how the producer writes its documents, and is several times faster
/// from the third document on.
///
/// ```
/// use gapwise::{Arena, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let arena = Arena::new();
/// let mut parser = Parser::<Line>::new();
/// assert_eq!(parser.parse(br#"{"message":"start\n"}"#, &arena)?.message, "start\n");
/// # Ok::<(), gapwise::Error>(())
/// ```
///
/// A view borrows from the input and from the arena, and outlives neither:
///
/// ```compile_fail,E0597
/// use gapwise::{Arena, Parser, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let arena = Arena::new();
/// let line = {
///     let input = std::fs::read("line.json")?;
///     Parser::<Line>::new().parse(&input, &arena)? // `input` does not live long enough
/// };
/// println!("{}", line.message);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// ```compile_fail,E0505
/// use gapwise::{Arena, Parser, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let input = std::fs::read("line.json")?;
/// let arena = Arena::new();
/// let line = Parser::<Line>::new().parse(&input, &arena)?;
/// drop(arena); // cannot move out of `arena` because it is borrowed
/// println!("{}", line.message);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// ```compile_fail,E0502
/// use gapwise::{Arena, Parser, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let input = std::fs::read("lines.ndjson")?;
/// let mut arena = Arena::new();
/// let batch = Parser::<Line>::new().parse_batch(&input, &arena);
/// arena.reset(); // cannot borrow `arena` as mutable
/// println!("{}", batch.documents().len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Parser<D: Document> {
    pub(crate) memory: Memory<D>,
}

impl Options {
    /// A parser with these options for one [kind](Document) of document.
    ///
    /// ```
    /// use gapwise::{Arena, ErrorKind, Options, RawJson, View};
    ///
    /// #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// struct Event<'a> {
    ///     payload: RawJson<'a>,
    /// }
    ///
    /// let arena = Arena::new();
    /// let mut parser = Options::new().max_depth(3).parser::<Event>();
    /// assert_eq!(parser.parse(br#"{"payload": [{}]}"#, &arena)?.payload.as_str(), "[{}]");
    /// let error = parser.parse(br#"{"payload": [[[]]]}"#, &arena).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::DepthLimit);
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn parser<D: Document>(self) -> Parser<D> {
        Parser { memory: Memory::new(self) }
    }
}

impl<D: Document> Parser<D> {
    /// A parser with the default [`Options`]; for others see [`Options::parser`].
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// assert_eq!(parser.parse(br#"{"message":"start"}"#, &arena)?.message, "start");
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn new() -> Self {
        Options::new().parser()
    }

    /// Parses one document. White space around it is allowed, and so is a byte order mark before it.
    ///
    /// # Errors
    ///
    /// An [`Error`] when `json` is not exactly one valid document. Its record number is 0.
    ///
    /// ```
    /// use gapwise::{Arena, ErrorKind, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let error = Parser::<Line>::new().parse(b"{}", &arena).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::MissingMember);
    /// assert_eq!(error.pointer(), "/message");
    /// ```
    pub fn parse<'a>(
        &mut self,
        json: &'a [u8],
        arena: &'a Arena,
    ) -> Result<&'a D::View<'a>, Error> {
        let start = skip_byte_order_mark(json);
        let record = &json[start..];
        let parsed = self.memory.parse_whole(record, &mut Memory::<D>::values(false), arena);
        parsed.map_err(|fault| {
            let origin = Origin { record: 0, offset: start as u64, line: 1, line_start: 0 };
            self.memory.locate(fault, record, origin)
        })
    }

    /// The records of `input`, parsed one by one as the iterator advances. [`Framing`](crate::Framing) describes how
    /// they are separated; it is detected unless the options set it.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let input = b"{\"message\":null}\n\n[]";
    /// let arena = Arena::new();
    /// let mut parser = Parser::<Line>::new();
    /// let rejected: Vec<_> = parser.records(input, &arena).filter_map(Result::err).collect();
    /// assert_eq!(rejected[0].raw, b"{\"message\":null}");
    /// assert_eq!(rejected[1].error.line(), 3);
    /// ```
    pub fn records<'p, 'a>(&'p mut self, input: &'a [u8], arena: &'a Arena) -> Records<'p, 'a, D> {
        self.records_from(input, Position::START, arena)
    }

    /// Like [`records`](Self::records), but continues at the position of another [`Records`] over the same input. This
    /// processes a large input in little memory:
    ///
    /// ```
    /// use gapwise::{Arena, Parser, Position, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let input = b"{\"n\":1}\n".repeat(1000);
    /// let (mut parser, mut arena) = (Parser::<Line>::new(), Arena::new());
    /// let (mut position, mut rejected) = (Position::START, 0);
    /// while !position.is_end() {
    ///     arena.reset();
    ///     let mut records = parser.records_from(&input, position, &arena);
    ///     rejected += records.by_ref().take(100).filter(Result::is_err).count();
    ///     position = records.position();
    /// }
    /// assert_eq!(rejected, 1000);
    /// assert_eq!(position.record(), 1000);
    /// ```
    pub fn records_from<'p, 'a>(
        &'p mut self,
        input: &'a [u8],
        position: Position,
        arena: &'a Arena,
    ) -> Records<'p, 'a, D> {
        Records::new(&mut self.memory, input, position, arena)
    }

    /// Parses all records of `input`.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let batch = Parser::<Line>::new().parse_batch(b"{}\n{}\n", &arena);
    /// assert_eq!((batch.documents().len(), batch.rejected().len()), (0, 2));
    /// ```
    pub fn parse_batch<'a>(&mut self, input: &'a [u8], arena: &'a Arena) -> Batch<'a, D::View<'a>> {
        self.records(input, arena).collect_batch()
    }

    /// What the parser has noticed in the documents so far: members that the schema does not name, and changes of the
    /// layout.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse(br#"{"message":"start","level":1}"#, &arena)?;
    /// for member in parser.drift().unknown_members() {
    ///     println!("{} is new since document {}", member.pointer(), member.first_document());
    /// }
    /// assert_eq!(parser.drift().unknown_members().len(), 1);
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn drift(&self) -> &Drift {
        self.memory.decoder.drift()
    }

    /// What the parser has learned about the layout of its documents.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// assert_eq!(parser.layout().gaps().count(), 0);
    /// parser.parse_batch(&br#"{"message":"start"}"#.repeat(100), &arena);
    /// assert_eq!(parser.layout().gaps().count(), 2);
    /// ```
    pub fn layout(&self) -> Learned<'_> {
        self.memory.decoder.learned()
    }

    /// The vector instructions that the parser uses.
    ///
    /// ```
    /// use gapwise::{Kernel, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let parser = Parser::<Line>::new();
    /// assert_eq!(parser.kernel(), Kernel::detect());
    /// ```
    pub fn kernel(&self) -> Kernel {
        self.memory.decoder.kernel()
    }
}

impl<D: Document> Default for Parser<D> {
    fn default() -> Self {
        Self::new()
    }
}
