//! Batches that own their bytes.
//!
//! The thread that receives the bytes frames them here. Any thread with a parser and an arena can parse the batch. No
//! batch holds a view of itself. With the feature `tokio`, the decoder also implements tokio-util's `Decoder`.

use super::guess::{Guess, Guesser, Pace};
use crate::arena::Arena;
use crate::batch::{Batch, FramedValues, Framer, Part, Position, Records};
use crate::options::Options;
use crate::parser::Parser;
use crate::schema::Document;
use bytes::{Buf, Bytes, BytesMut};

/// Some complete records of a stream, and their position in it. It can be kept, or sent to another thread.
///
/// Any parser with the same options can parse it. A clone shares the bytes.
///
/// ```
/// use gapwise::{Arena, OwnedBatch, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// // A message of a queue, which holds records from the first to the last.
/// let batch = OwnedBatch::new("{\"message\":1}\n{\"message\":2}\n");
/// let rejected = std::thread::spawn(move || {
///     let arena = Arena::new();
///     batch.parse(&mut Parser::<Line>::new(), &arena).rejected().len()
/// });
/// assert_eq!(rejected.join().unwrap(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct OwnedBatch {
    bytes: Bytes,
    /// The same bytes and some that follow, if a record is broken: where it ends depends on what follows.
    looked_at: Option<Box<Bytes>>,
    part: Part,
}

impl OwnedBatch {
    /// A whole input as one batch: a `Vec<u8>`, [`Bytes`], or anything else that converts to them.
    ///
    /// ```
    /// use gapwise::{Arena, OwnedBatch, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let input: Vec<u8> = b"{\"message\":\"start\"}\n".repeat(100);
    /// let batch = OwnedBatch::new(input);
    /// let (mut parser, arena) = (Parser::<Line>::new(), Arena::new());
    /// assert_eq!(batch.parse(&mut parser, &arena).documents().len(), 100);
    /// ```
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), looked_at: None, part: Part::WHOLE }
    }

    /// The records, parsed one by one as the iterator advances. If a record is too long to be held, each piece of it is
    /// one rejected record; see [`Rejected::more`](crate::Rejected::more).
    ///
    /// ```
    /// use gapwise::{Arena, OwnedBatch, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let batch = OwnedBatch::new("{\"message\":\"start\"}\n{}\n");
    /// let (mut parser, arena) = (Parser::<Line>::new(), Arena::new());
    /// let mut records = batch.records(&mut parser, &arena);
    /// assert_eq!(records.next().unwrap().unwrap().message, "start");
    /// assert_eq!(records.next().unwrap().unwrap_err().raw, b"{}");
    /// assert!(records.next().is_none());
    /// ```
    pub fn records<'p, 'a, D: Document>(
        &'a self,
        parser: &'p mut Parser<D>,
        arena: &'a Arena,
    ) -> Records<'p, 'a, D> {
        Records::of_part(&mut parser.memory, self.looked_at(), &self.part, arena)
    }

    /// Parses all records.
    ///
    /// ```
    /// use gapwise::{Arena, OwnedBatch, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let batch = OwnedBatch::new("{\"message\":\"start\"}\n{}\n");
    /// let (mut parser, arena) = (Parser::<Line>::new(), Arena::new());
    /// let parsed = batch.parse(&mut parser, &arena);
    /// assert_eq!((parsed.documents().len(), parsed.rejected().len()), (1, 1));
    /// ```
    pub fn parse<'a, D: Document>(
        &'a self,
        parser: &mut Parser<D>,
        arena: &'a Arena,
    ) -> Batch<'a, D::View<'a>> {
        self.records(parser, arena).collect_batch()
    }

    /// The rest of the batch, from a [`Records::position`] on.
    ///
    /// # Panics
    ///
    /// If the position is not one of this batch.
    ///
    /// ```
    /// use gapwise::{Arena, OwnedBatch, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let batch = OwnedBatch::new("{\"message\":1}\n{\"message\":2}\n");
    /// let (mut parser, arena) = (Parser::<Line>::new(), Arena::new());
    /// let mut records = batch.records(&mut parser, &arena);
    /// records.next();
    /// let rest = batch.after(records.position());
    /// assert_eq!(rest.parse(&mut parser, &arena).rejected()[0].error.line(), 2);
    /// ```
    pub fn after(&self, position: Position) -> Self {
        let position = position.counted(self.looked_at(), self.part.position);
        let passed = position.bytes_since(self.part.position);
        Self {
            bytes: self.bytes.slice(passed.min(self.bytes.len())..),
            looked_at: self.looked_at.as_ref().map(|bytes| Box::new(bytes.slice(passed..))),
            part: Part { position, ..self.part.clone() },
        }
    }

    fn looked_at(&self) -> &Bytes {
        self.looked_at.as_deref().unwrap_or(&self.bytes)
    }

    /// The bytes of the records, including the separators between them.
    ///
    /// ```
    /// use bytes::BytesMut;
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut buffer = BytesMut::from("{\"message\":\"start\"}\n{\"mess");
    /// let batch = Parser::<Line>::new().decoder().next_batch(&mut buffer).unwrap();
    /// assert!(batch.bytes().starts_with(b"{\"message\":\"start\"}"));
    /// assert!(buffer.ends_with(b"{\"mess"));
    /// ```
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Where in the stream the records begin.
    ///
    /// ```
    /// use bytes::BytesMut;
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut decoder = Parser::<Line>::new().decoder();
    /// let mut buffer = BytesMut::from("{\"message\":\"start\"}\n{\"mess");
    /// decoder.next_batch(&mut buffer);
    /// buffer.extend_from_slice(b"age\":\"stop\"}\n");
    /// let batch = decoder.last_batch(&mut buffer).unwrap();
    /// assert_eq!((batch.position().record(), batch.position().line()), (1, 2));
    /// ```
    pub fn position(&self) -> Position {
        self.part.position
    }
}

/// Takes batches from the front of a buffer to which the bytes of a stream are appended as they arrive.
///
/// A batch has about [`Options::batch_bytes`] and consists of complete records. Their numbers, lines, offsets and
/// errors refer to the whole stream. NDJSON is framed by its newlines. Arrays and concatenated documents are parsed
/// twice: here, to find out where the records end, and again where the batch is parsed.
///
/// ```
/// use bytes::BytesMut;
/// use gapwise::{Arena, Parser, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let mut parser = Parser::<Line>::new();
/// let mut decoder = parser.decoder();
/// let (mut buffer, mut rejected) = (BytesMut::new(), 0);
/// for bytes in [&b"{}\n{\"da"[..], b"ta\":1}\n{}"] {
///     buffer.extend_from_slice(bytes);
///     while let Some(batch) = decoder.next_batch(&mut buffer) {
///         rejected += batch.parse(&mut parser, &Arena::new()).rejected().len();
///     }
/// }
/// while let Some(batch) = decoder.last_batch(&mut buffer) {
///     rejected += batch.parse(&mut parser, &Arena::new()).rejected().len();
/// }
/// assert_eq!(rejected, 3);
/// ```
#[derive(Debug)]
pub struct BatchDecoder<D: Document> {
    options: Options,
    framer: Framer<D>,
    guesser: Guesser,
}

/// A batch whose end was guessed.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct GuessedBatch {
    batch: OwnedBatch,
    end: Position,
    pace: Pace,
}

impl GuessedBatch {
    /// The batch. It has all records that begin in its bytes, and are complete within its bytes and the
    /// [following](Self::following) ones.
    pub fn batch(&self) -> &OwnedBatch {
        &self.batch
    }

    /// The bytes of the buffer after the batch, if the batch ends where it was guessed to end.
    pub fn following(&self) -> &[u8] {
        &self.batch.looked_at()[self.batch.bytes.len()..]
    }
}

impl<D: Document> Parser<D> {
    /// A decoder that makes batches for this parser, and for others with the same options (feature `bytes`).
    ///
    /// ```
    /// use bytes::BytesMut;
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let parser = Parser::<Line>::new();
    /// let mut buffer = BytesMut::from("{\"message\":\"start\"}\n");
    /// let batch = parser.decoder().last_batch(&mut buffer).unwrap();
    /// let (mut another, arena) = (parser.clone(), Arena::new());
    /// assert_eq!(batch.parse(&mut another, &arena).documents()[0].message, "start");
    /// ```
    pub fn decoder(&self) -> BatchDecoder<D> {
        let options = self.memory.options.for_stream();
        let framer = Framer::new(options, Position::START).counting();
        BatchDecoder { options, framer, guesser: Guesser::new(options.batch_bytes) }
    }
}

impl<D: Document> BatchDecoder<D> {
    /// Continues at a position of a stream. The buffer must contain the bytes from there on. [`OwnedBatch::position`]
    /// is such a position: the one before that batch.
    ///
    /// ```
    /// use gapwise::{Arena, OwnedBatch, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let batch = OwnedBatch::new("{}\n{}\n");
    /// let mut parser = Parser::<Line>::new();
    /// let mut decoder = parser.decoder();
    /// decoder.resume(batch.position());
    /// let mut buffer = bytes::BytesMut::from(&batch.bytes()[..]);
    /// let again = decoder.last_batch(&mut buffer).unwrap();
    /// assert_eq!(again.parse(&mut parser, &Arena::new()).rejected().len(), 2);
    /// ```
    pub fn resume(&mut self, position: Position) {
        let position = position.settled();
        self.framer = Framer::new(self.options, position).counting();
        self.guesser = Guesser::new(self.options.batch_bytes);
    }

    /// Takes a batch of complete records from the front of `buffer`. Returns `None` if more bytes are needed.
    ///
    /// ```
    /// use bytes::BytesMut;
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (mut parser, arena) = (Parser::<Line>::new(), Arena::new());
    /// let mut decoder = parser.decoder();
    /// let mut buffer = BytesMut::from("{\"message\":\"start\"}\n{\"mess");
    /// let batch = decoder.next_batch(&mut buffer).unwrap();
    /// assert_eq!(batch.parse(&mut parser, &arena).documents().len(), 1);
    /// assert!(decoder.next_batch(&mut buffer).is_none());
    /// ```
    pub fn next_batch(&mut self, buffer: &mut BytesMut) -> Option<OwnedBatch> {
        self.take(buffer, false)
    }

    /// Like [`next_batch`](Self::next_batch), for a `buffer` that has the entire rest of the stream. The last batch may
    /// consist of white space, without a record. Returns `None` when everything has been taken.
    ///
    /// ```
    /// use bytes::BytesMut;
    /// use gapwise::{Arena, ErrorKind, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (mut parser, arena) = (Parser::<Line>::new(), Arena::new());
    /// let mut decoder = parser.decoder();
    /// let mut buffer = BytesMut::from("{\"message\":\"cut sho");
    /// assert!(decoder.next_batch(&mut buffer).is_none());
    /// let batch = decoder.last_batch(&mut buffer).unwrap();
    /// assert_eq!(batch.parse(&mut parser, &arena).rejected()[0].error.kind(), ErrorKind::UnexpectedEnd);
    /// assert!(decoder.last_batch(&mut buffer).is_none());
    /// ```
    pub fn last_batch(&mut self, buffer: &mut BytesMut) -> Option<OwnedBatch> {
        self.take(buffer, true)
    }

    /// Takes a batch that ends where a record seems to end, without parsing it. Takes all of `buffer`: continue with
    /// the bytes that [follow](GuessedBatch::following) the batch. Returns `None`, and leaves `buffer` alone, if
    /// records are lines or if no end can be guessed.
    ///
    /// Further batches may be taken at once, for other threads to parse. Call [`settle`](Self::settle) for each of
    /// them, in their order, with the position at which it was found to end. Call it for all guessed batches before a
    /// batch is framed. Until then, record and line numbers of the batches after a guess must be
    /// [corrected](crate::Renumbering).
    #[doc(hidden)]
    pub fn guess_batch(&mut self, buffer: &mut BytesMut) -> Option<GuessedBatch> {
        let start = self.framer.between_values()?;
        let Guess { length, like } = self.guesser.guess(buffer)?;
        self.guesser.count();
        let end = start.behind(length, like);
        self.framer.begin(end);
        let looked_at = buffer.split().freeze();
        let bytes = looked_at.slice(..length);
        let (looked_at, part) = (Some(Box::new(looked_at)), Part::up_to(start, end));
        let batch = OwnedBatch { bytes, looked_at, part };
        Some(GuessedBatch { batch, end, pace: self.guesser.pace() })
    }

    /// Tells the decoder where the oldest guessed batch that is not settled yet really ends. Returns whether the guess
    /// was right. If not, the decoder continues at that end, as if nothing after it had been guessed.
    #[doc(hidden)]
    pub fn settle(&mut self, guessed: &GuessedBatch, end: Position) -> bool {
        let is_right = guessed.end.is_same_place(&end);
        if !is_right {
            self.guesser.go_back(guessed.pace);
            self.guesser.was_wrong();
        }
        // If the framer has not moved on in the meantime, it takes over the numbers.
        if !is_right || self.framer.position() == guessed.end {
            self.framer.begin(end);
        }
        is_right
    }

    fn take(&mut self, buffer: &mut BytesMut, is_end: bool) -> Option<OwnedBatch> {
        let framed = self.framer.next(buffer, is_end);
        buffer.advance(framed.separators);
        let (part, length) = framed.part?;
        let values = self.framer.framed_values();
        let place = values.map(|FramedValues { behind_record, .. }| {
            (behind_record.bytes_since(part.position), behind_record)
        });
        self.guesser.learn(buffer, length, place);
        let values = values.filter(|values| values.has_rejected);
        let Some(FramedValues { behind_record, looked_at, .. }) = values else {
            let bytes = buffer.split_to(length).freeze();
            return Some(OwnedBatch { bytes, looked_at: None, part });
        };
        // The buffer is still needed for what follows, so that these bytes are copied.
        let looked_at = Bytes::copy_from_slice(&buffer[..looked_at]);
        buffer.advance(length);
        let part = Part::up_to(part.position, behind_record);
        let bytes = looked_at.slice(..length);
        Some(OwnedBatch { bytes, looked_at: Some(Box::new(looked_at)), part })
    }
}

/// For [`FramedRead`](tokio_util::codec::FramedRead): a stream of owned batches from any asynchronous reader. The
/// decoder itself never fails; all errors are those of the reader.
///
/// ```
/// use futures_util::StreamExt;
/// use gapwise::{Arena, Parser, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
/// use tokio_util::codec::FramedRead;
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let (mut parser, mut arena) = (Parser::<Line>::new(), Arena::new());
/// let mut batches = FramedRead::new(&b"{}\n{}\n"[..], parser.decoder());
/// while let Some(batch) = batches.next().await {
///     arena.reset();
///     assert_eq!(batch?.parse(&mut parser, &arena).rejected().len(), 2);
/// }
/// # std::io::Result::Ok(())
/// # })?;
/// # std::io::Result::Ok(())
/// ```
#[cfg(feature = "tokio")]
impl<D: Document> tokio_util::codec::Decoder for BatchDecoder<D> {
    type Item = OwnedBatch;
    type Error = std::io::Error;

    fn decode(&mut self, buffer: &mut BytesMut) -> std::io::Result<Option<OwnedBatch>> {
        let batch = self.next_batch(buffer);
        // Otherwise the buffer grows by so little that reads are small.
        if batch.is_none() && buffer.spare_capacity_mut().len() < self.options.batch_bytes / 16 {
            buffer.reserve(self.options.batch_bytes);
        }
        Ok(batch)
    }

    fn decode_eof(&mut self, buffer: &mut BytesMut) -> std::io::Result<Option<OwnedBatch>> {
        Ok(self.last_batch(buffer))
    }
}
