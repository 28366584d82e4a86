//! Batches from an [`io::Read`].

use super::BatchFeed;
use crate::batch::{Batch, Position};
use crate::parser::Parser;
use crate::schema::Document;
use std::io;

/// Parses a stream of any length in bounded memory.
///
/// It holds a buffer of complete records ([`Options::batch_bytes`](crate::Options::batch_bytes), 1 MiB), which are
/// parsed in place, and an arena for their views. Both are reused for the next batch. A record that is longer makes the
/// buffer grow, up to [`Options::max_record_bytes`](crate::Options::max_record_bytes). A record that is longer than
/// that is still handed back, in pieces; see [`Rejected::more`](crate::Rejected::more). So is the remainder after a
/// record that is not JSON, if it is longer than that.
///
/// A stream may stay open for long. After each read, however short, the records that are complete are handed out before
/// more bytes are requested. A file fills its batches; a source that delivers little at a time makes small ones.
///
/// The records are the same as [`Parser::records`] finds in the stream as one slice: accepted or rejected, with the
/// same numbers, lines, offsets and errors. How the bytes arrive makes no difference.
///
/// ```
/// use gapwise::{Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// // A file, a socket, or anything else that is `Read`.
/// let log = &b"{\"message\":\"start\"}\n{\"message\":7}\n"[..];
/// let mut reader = Parser::<Line>::new().into_reader(log);
/// let mut lines = 0;
/// while let Some(batch) = reader.next_batch()? {
///     lines += batch.documents().len();
///     for rejected in batch.rejected() {
///         eprintln!("{rejected}");
///     }
/// }
/// # assert_eq!(lines, 1);
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// A batch borrows from its reader, and must be dropped before the next one is requested:
///
/// ```compile_fail,E0499
/// # use gapwise::{BatchReader, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
/// # fn read(mut reader: BatchReader<std::fs::File, Line<'static>>) -> std::io::Result<()> {
/// let first = reader.next_batch()?;
/// let second = reader.next_batch()?; // cannot borrow `reader` as mutable more than once
/// println!("{}", first.is_some());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct BatchReader<R, D: Document> {
    reader: R,
    feed: BatchFeed<D>,
}

impl<D: Document> Parser<D> {
    /// Parses the bytes of `reader` in batches, with the options of the parser and everything it has learned.
    /// `BufReader` is not needed.
    ///
    /// ```
    /// use gapwise::{Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let log = &b"{\"message\":\"start\"}\n"[..];
    /// let mut reader = Options::new().batch_bytes(1 << 16).parser::<Line>().into_reader(log);
    /// assert_eq!(reader.next_batch()?.unwrap().documents()[0].message, "start");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn into_reader<R: io::Read>(self, reader: R) -> BatchReader<R, D> {
        self.into_feed().into_reader(reader)
    }
}

impl<D: Document> BatchFeed<D> {
    /// Continues the stream with a `reader`: it provides the bytes after those that were pushed.
    /// [`BatchReader::into_parts`] converts back.
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut feed = Parser::<Line>::new().into_feed();
    /// feed.push(b"{\"message\":\"sta");
    /// let mut reader = feed.into_reader(&b"rt\"}\n"[..]);
    /// assert_eq!(reader.next_batch()?.unwrap().documents()[0].message, "start");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn into_reader<R: io::Read>(self, reader: R) -> BatchReader<R, D> {
        BatchReader { reader, feed: self }
    }
}

impl<R: io::Read, D: Document> BatchReader<R, D> {
    /// Continues at a [`position`](Self::position) that a reader of the same stream has returned. The caller must make
    /// sure that the underlying reader continues at the offset of that position. For files, see [`seek`](Self::seek).
    ///
    /// ```
    /// use gapwise::{Options, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let stream = b"{}\n".repeat(1000);
    /// let parser = Options::new().batch_bytes(100).parser::<Line>();
    /// let mut first = parser.into_reader(&stream[..]);
    /// let done = first.next_batch()?.unwrap().rejected().len();
    ///
    /// let rest = &stream[first.offset() as usize..];
    /// let mut second = Parser::<Line>::new().into_reader(rest);
    /// second.resume(first.position());
    /// let batch = second.next_batch()?.unwrap();
    /// assert_eq!(done + batch.rejected().len(), 1000);
    /// assert_eq!(batch.rejected()[0].error.record(), done as u64);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn resume(&mut self, position: Position) {
        self.feed.resume(position);
    }

    /// Continues at a position in a file: seeks to its offset, and [resumes](Self::resume) there.
    ///
    /// # Errors
    ///
    /// Errors of the file. In that case nothing has changed.
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// use std::io::Cursor;
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let log = Cursor::new("{\"message\":\"start\"}\n");
    /// let mut reader = Parser::<Line>::new().into_reader(log);
    /// let start = reader.position();
    /// assert_eq!(reader.next_batch()?.unwrap().documents().len(), 1);
    /// assert!(reader.next_batch()?.is_none());
    /// reader.seek(start)?;
    /// assert_eq!(reader.next_batch()?.unwrap().documents().len(), 1);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn seek(&mut self, position: Position) -> io::Result<()>
    where
        R: io::Seek,
    {
        self.reader.seek(io::SeekFrom::Start(position.offset()))?;
        self.resume(position);
        Ok(())
    }

    /// Returns the reader, and the feed with the bytes that have been read but not handed out.
    ///
    /// ```
    /// use gapwise::{Parser, Position, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut reader = Parser::<Line>::new().into_reader(&b"{\"message\":\"start\"}"[..]);
    /// while reader.next_batch()?.is_some() {}
    /// // Another kind of reader, with the same parser and the same memory.
    /// let (_, mut feed) = reader.into_parts();
    /// feed.resume(Position::START);
    /// let mut reader = feed.into_reader(std::io::empty());
    /// assert!(reader.next_batch()?.is_none());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn into_parts(self) -> (R, BatchFeed<D>) {
        (self.reader, self.feed)
    }

    /// Switches to the start of another stream. The parser keeps what it has learned, and memory is reused. Returns the
    /// previous reader.
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut reader = Parser::<Line>::new().into_reader(&b"{\"message\":\"start\"}"[..]);
    /// while reader.next_batch()?.is_some() {}
    /// reader.replace(b"{\"message\":\"again\"}");
    /// assert_eq!(reader.next_batch()?.unwrap().documents()[0].message, "again");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn replace(&mut self, reader: R) -> R {
        self.feed.resume(Position::START);
        std::mem::replace(&mut self.reader, reader)
    }

    /// Returns a batch of complete records. If none are available, it reads until there are some; otherwise it neither
    /// reads nor waits. Returns `None` at the end of the stream.
    ///
    /// # Errors
    ///
    /// Errors of the reader, except [`io::ErrorKind::Interrupted`], after which reading continues. All records that
    /// were complete before the error have already been returned. Nothing is lost: call this again to retry, for
    /// example after [`io::ErrorKind::WouldBlock`] from a non-blocking socket.
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let log = &b"{\"message\":\"start\"}\n{\"message\":7}\n"[..];
    /// let mut reader = Parser::<Line>::new().into_reader(log);
    /// let (mut lines, mut rejected) = (0, 0);
    /// while let Some(batch) = reader.next_batch()? {
    ///     lines += batch.documents().len();
    ///     rejected += batch.rejected().len();
    /// }
    /// assert_eq!((lines, rejected), (1, 1));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn next_batch(&mut self) -> io::Result<Option<Batch<'_, D::View<'_>>>> {
        self.feed.read(&mut self.reader)?;
        Ok(self.feed.next_batch())
    }

    /// How many bytes of the stream are done: everything before the first record that has not been handed out
    /// completely.
    ///
    /// ```
    /// use gapwise::{Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let log = b"{\"message\":\"start\"}\n".repeat(100);
    /// let mut reader = Options::new().batch_bytes(100).parser::<Line>().into_reader(&log[..]);
    /// let lines = reader.next_batch()?.unwrap().documents().len();
    /// assert_eq!(reader.offset(), 20 * lines as u64);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn offset(&self) -> u64 {
        self.feed.offset()
    }

    /// The position at the [`offset`](Self::offset), to continue from with [`resume`](Self::resume).
    ///
    /// ```
    /// use gapwise::{Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let log = b"{\"message\":\"start\"}\n".repeat(100);
    /// let mut reader = Options::new().batch_bytes(100).parser::<Line>().into_reader(&log[..]);
    /// let lines = reader.next_batch()?.unwrap().documents().len();
    /// let position = reader.position();
    /// assert_eq!((position.record(), position.offset()), (lines as u64, reader.offset()));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn position(&self) -> Position {
        self.feed.position()
    }

    /// The parser, with everything it has learned and noticed.
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let log = &b"{\"message\":\"start\",\"level\":1}\n"[..];
    /// let mut reader = Parser::<Line>::new().into_reader(log);
    /// while reader.next_batch()?.is_some() {}
    /// assert_eq!(reader.parser().drift().unknown_members()[0].pointer(), "/level");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn parser(&self) -> &Parser<D> {
        self.feed.parser()
    }

    /// The underlying reader. It may be ahead of [`offset`](Self::offset), because more has been read than handed out.
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// use std::io::Cursor;
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let log = "{\"message\":\"start\"}\n{\"mess";
    /// let mut reader = Parser::<Line>::new().into_reader(Cursor::new(log));
    /// assert_eq!(reader.next_batch()?.unwrap().documents().len(), 1);
    /// assert_eq!(reader.offset(), 20);
    /// assert_eq!(reader.get_ref().position(), log.len() as u64);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn get_ref(&self) -> &R {
        &self.reader
    }
}
