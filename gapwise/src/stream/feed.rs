//! Bytes in, batches out. The bytes of a batch are parsed in place.

use super::window::Window;
use super::worker::Worker;
use crate::batch::{Batch, Part, Position};
use crate::options::Options;
use crate::parser::Parser;
use crate::schema::Document;
use std::io::{self, Read};

/// Parses a stream whose bytes are pushed by the caller. Use it if you own the loop that receives the bytes.
///
/// What [`BatchReader`](crate::BatchReader) says about memory, records and places also applies here.
///
/// ```
/// use gapwise::{Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let mut feed = Parser::<Line>::new().into_feed();
/// let mut rejected = 0;
/// for mut bytes in [&b"{}\n{\"da"[..], b"ta\":1}\n{}\n"] {
///     while !bytes.is_empty() {
///         let taken = feed.push(bytes);
///         bytes = &bytes[taken..];
///         while let Some(batch) = feed.next_batch() {
///             rejected += batch.rejected().len();
///         }
///     }
/// }
/// feed.finish();
/// while let Some(batch) = feed.next_batch() {
///     rejected += batch.rejected().len();
/// }
/// assert_eq!(rejected, 3);
/// assert_eq!(feed.offset(), 17);
/// ```
#[derive(Debug)]
pub struct BatchFeed<D: Document> {
    worker: Worker<D>,
    /// The options of the parser, without the limit that a stream has.
    of_parser: Options,
    window: Window<D>,
    /// A part that is to be parsed, and its length in bytes.
    part: Option<(Part, usize)>,
    /// The length of the last batch at the front of the window, and whether its part [ends
    /// anywhere](Part::ends_anywhere).
    passed: Option<(usize, bool)>,
    position: Position,
}

impl<D: Document> Parser<D> {
    /// Parses pushed bytes in batches, with the options of the parser and everything it has learned.
    ///
    /// ```
    /// use gapwise::{Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut feed = Options::new().max_record_bytes(1 << 20).parser::<Line>().into_feed();
    /// feed.push(b"{\"message\":\"start\"}\n");
    /// assert_eq!(feed.next_batch().unwrap().documents()[0].message, "start");
    /// ```
    pub fn into_feed(mut self) -> BatchFeed<D> {
        let of_parser = self.memory.options;
        let options = of_parser.for_stream();
        self.memory.options = options;
        let position = Position::START;
        let (worker, window) = (Worker::new(self), Window::new(options, position));
        BatchFeed { worker, of_parser, window, part: None, passed: None, position }
    }
}

impl<D: Document> BatchFeed<D> {
    /// Continues at a position that a feed or a reader of the same stream has returned, or with another stream at
    /// [`Position::START`]. The parser keeps what it has learned, and memory is reused. Bytes and records that have not
    /// been handed out are dropped: push the bytes from the offset of the position on.
    ///
    /// ```
    /// use gapwise::{Parser, Position, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut feed = Parser::<Line>::new().into_feed();
    /// feed.push(b"{\"message\":\"not at its en");
    /// feed.resume(Position::START);
    /// assert_eq!(feed.offset(), 0);
    /// feed.push(b"{\"message\":\"start\"}\n");
    /// assert_eq!(feed.next_batch().unwrap().documents()[0].message, "start");
    /// ```
    pub fn resume(&mut self, position: Position) {
        let position = position.settled();
        self.window.begin(position);
        (self.part, self.passed, self.position) = (None, None, position);
    }

    /// Returns the parser, with everything it has learned and noticed.
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut feed = Parser::<Line>::new().into_feed();
    /// feed.push(b"{\"message\":\"start\",\"level\":1}\n");
    /// while feed.next_batch().is_some() {}
    /// let parser = feed.into_parser();
    /// assert_eq!(parser.drift().unknown_members()[0].pointer(), "/level");
    /// ```
    pub fn into_parser(self) -> Parser<D> {
        let mut parser = self.worker.parser;
        parser.memory.options = self.of_parser;
        parser
    }

    /// Takes as many bytes of the stream as there is room for, and returns how many it took. There is always room after
    /// [`next_batch`](Self::next_batch) has returned `None`.
    ///
    /// ```
    /// use gapwise::{Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let stream = b"{\"message\":\"start\"}\n".repeat(100);
    /// let mut feed = Options::new().batch_bytes(100).parser::<Line>().into_feed();
    /// let (mut rest, mut lines) = (&stream[..], 0);
    /// while !rest.is_empty() {
    ///     let taken = feed.push(rest);
    ///     rest = &rest[taken..];
    ///     while let Some(batch) = feed.next_batch() {
    ///         lines += batch.documents().len();
    ///     }
    /// }
    /// assert_eq!(lines, 100);
    /// ```
    pub fn push(&mut self, bytes: &[u8]) -> usize {
        self.let_go();
        if self.window.is_full() && self.has_batch() {
            return 0;
        }
        let space = self.window.space();
        let taken = space.len().min(bytes.len());
        space[..taken].copy_from_slice(&bytes[..taken]);
        self.window.fill(taken);
        taken
    }

    /// Marks the end of the stream. After that, a last record that is not complete is handed out, too.
    ///
    /// ```
    /// use gapwise::{ErrorKind, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut feed = Parser::<Line>::new().into_feed();
    /// feed.push(b"{\"message\":\"cut sho");
    /// assert!(feed.next_batch().is_none());
    /// feed.finish();
    /// let batch = feed.next_batch().unwrap();
    /// assert_eq!(batch.rejected()[0].error.kind(), ErrorKind::UnexpectedEnd);
    /// ```
    pub fn finish(&mut self) {
        self.window.finish();
    }

    /// Returns a batch of complete records: at least one, but not always all of them. Returns `None` if more bytes are
    /// needed, or if all records have been handed out.
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut feed = Parser::<Line>::new().into_feed();
    /// feed.push(b"{\"message\":\"start\"}\n{\"mess");
    /// assert_eq!(feed.next_batch().unwrap().documents().len(), 1);
    /// assert!(feed.next_batch().is_none());
    /// feed.push(b"age\":\"stop\"}\n");
    /// assert_eq!(feed.next_batch().unwrap().documents()[0].message, "stop");
    /// ```
    pub fn next_batch(&mut self) -> Option<Batch<'_, D::View<'_>>> {
        if !self.has_batch() {
            return None;
        }
        let (part, length) = self.part.take()?;
        let bytes = self.window.front(length);
        let (batch, position, left) = self.worker.parse(bytes, &part);
        let ends_anywhere = part.ends_anywhere();
        self.position = position.framed_as(self.window.position());
        let passed = match left {
            None if !ends_anywhere => length,
            _ => position.bytes_since(part.position),
        };
        self.part = left.map(|left| (left, length - passed));
        self.passed = Some((passed, ends_anywhere));
        (!batch.is_empty()).then_some(batch)
    }

    /// Reads until there is something to parse, or the stream has ended.
    pub(super) fn read(&mut self, reader: &mut impl Read) -> io::Result<()> {
        if !self.has_batch() {
            self.part = self.window.read_part(reader)?;
            self.go_behind_separators();
        }
        Ok(())
    }

    /// How many bytes of the stream are done, from its start: everything before the first record that has not been
    /// handed out completely.
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut feed = Parser::<Line>::new().into_feed();
    /// feed.push(b"{\"message\":\"start\"}\n{\"mess");
    /// while feed.next_batch().is_some() {}
    /// assert_eq!(feed.offset(), 20);
    /// ```
    pub fn offset(&self) -> u64 {
        self.position.offset()
    }

    /// The position at the [`offset`](Self::offset), to continue from with [`resume`](Self::resume).
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let stream = b"{\"message\":\"start\"}\n{\"message\":7}\n";
    /// let (mut first, mut second) = (Parser::<Line>::new().into_feed(), Parser::<Line>::new().into_feed());
    /// first.push(&stream[..25]);
    /// while first.next_batch().is_some() {}
    ///
    /// let position = first.position();
    /// second.resume(position);
    /// second.push(&stream[position.offset() as usize..]);
    /// assert_eq!(second.next_batch().unwrap().rejected()[0].error.line(), 2);
    /// ```
    pub fn position(&self) -> Position {
        self.position
    }

    /// The parser, with everything it has learned and noticed.
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut feed = Parser::<Line>::new().into_feed();
    /// feed.push(b"{\"message\":\"start\",\"level\":1}\n");
    /// while feed.next_batch().is_some() {}
    /// assert_eq!(feed.parser().drift().unknown_members()[0].pointer(), "/level");
    /// ```
    pub fn parser(&self) -> &Parser<D> {
        &self.worker.parser
    }

    /// Releases the bytes of the last batch.
    fn let_go(&mut self) {
        match self.passed.take() {
            Some((passed, true)) => self.window.pass_to(passed, self.position),
            Some((passed, false)) => self.window.pass(passed, self.position),
            None => {}
        }
    }

    /// Whether there is something to parse.
    fn has_batch(&mut self) -> bool {
        self.let_go();
        if self.part.is_none() {
            self.part = self.window.next_part();
            self.go_behind_separators();
        }
        self.part.is_some()
    }

    /// Moves the position behind separators that were skipped, unless a part follows them.
    fn go_behind_separators(&mut self) {
        if self.part.is_none() {
            self.position = self.window.position();
        }
    }
}
