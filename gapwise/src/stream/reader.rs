//! Batches from an [`io::Read`].

use super::BatchFeed;
use crate::batch::{Batch, Position};
use crate::parser::Parser;
use crate::schema::Document;
use std::io;

/// Parses a stream of any length in bounded memory.
///
/// It holds a buffer of complete records ([`Options::batch_bytes`](crate::Options::batch_bytes), 1 MiB),
/// which is parsed where it stands, and an arena for their views; both are used again for the next batch. A
/// record that is longer has the buffer grow, up to
/// [`Options::max_record_bytes`](crate::Options::max_record_bytes). What is longer than that, and the
/// remainder after a record that is not JSON where it is longer than that, is handed back all the same: in
/// pieces, [`Rejected::more`](crate::Rejected::more).
///
/// A stream may stay open for long: after each read, however short, the records that are complete are handed out
/// before more is asked for. A file fills its batches; what gives little at a time makes small ones.
///
/// Records are the same, accepted or rejected, with the same numbers, lines, offsets and errors, as
/// [`Parser::records`] finds in the stream as one slice; it does not matter how its bytes come.
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
/// A batch borrows from its reader, and must be done with before the next:
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
    /// Parses what `reader` gives, in batches, with the options of the parser and all that it has learned. There is no
    /// need for a `BufReader`.
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
    /// Has `reader` give the bytes that follow those that were pushed. [`BatchReader::into_parts`] is the way back.
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
    /// Goes on at a [`position`](Self::position) that a reader of the same stream has told. The caller must see to it
    /// that what is read from now on are the bytes from its offset on. For files, see [`seek`](Self::seek).
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

    /// Goes on at a position in a file: seeks to its offset, and [resumes](Self::resume) there.
    ///
    /// # Errors
    ///
    /// Those of the file. Nothing has changed then.
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

    /// The reader, and the feed with the bytes that have been read and not been handed out.
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

    /// Goes over to another stream, from its start, with the same parser and the same memory, all warm.
    /// Returns the reader of the one before.
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

    /// Reads until there are complete records, and parses those that are there. If there are some already, it neither
    /// reads nor waits. `None` at the end of the stream.
    ///
    /// # Errors
    ///
    /// Those of the reader, except [`io::ErrorKind::Interrupted`], after which reading goes on. All records that were
    /// complete before the error have been returned by then. Nothing is lost: call this again to try again, for example
    /// after [`io::ErrorKind::WouldBlock`] of a non-blocking socket.
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

    /// How many bytes of the stream have been dealt with: all before the first record that has not been handed out as a
    /// whole.
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

    /// The place at the [`offset`](Self::offset) as a position, to go on from: see [`resume`](Self::resume).
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

    /// The parser, with all that it has learned and noticed.
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

    /// The reader. It may be further on than [`offset`](Self::offset), for more has been read than handed out.
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
