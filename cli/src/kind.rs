//! Readers for the requested kind of documents.
//!
//! They are trait objects, so that the rest of the command is not compiled once for each kind.

use crate::arguments::{InputArguments, KindChoice, conflict};
use crate::outcome::Failure;
use bytes::BytesMut;
use jobview::{
    Answer, Arena, BatchDecoder, Document, Drift, GuessedBatch, JobDocument, Kernel, KindVisitor,
    Learned, Options, OwnedBatch, Parser, Position, Rejected,
    sparse::JobDocument as SparseJobDocument,
};
use std::fmt::Debug;
use std::ops::ControlFlow;

/// Constructors of the parser and the decoder for one kind of documents.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Readers {
    pub(crate) parser: fn(Options) -> Box<dyn AnyParser>,
    pub(crate) decoder: fn(Options) -> Box<dyn AnyDecoder>,
}

/// A record in a batch.
pub(crate) struct Found<'a> {
    /// The document, or the rejected record.
    pub(crate) record: Result<&'a dyn Answer<'a>, Rejected<'a>>,
    /// Its bytes.
    pub(crate) raw: &'a [u8],
    /// The line in which it begins, or 0 if lines are not asked for.
    pub(crate) line: u64,
    /// The position before it.
    pub(crate) before: Position,
    /// The position after it.
    pub(crate) after: Position,
}

/// A [`Parser`] for documents of any kind.
pub(crate) trait AnyParser: Debug + Send {
    /// Passes the records of a batch to `each` until it breaks. Returns the position reached. `with_lines` says whether
    /// to tell in which line a record begins, which costs time.
    fn records<'a>(
        &mut self,
        batch: &'a OwnedBatch,
        arena: &'a Arena,
        with_lines: bool,
        each: &mut dyn FnMut(Found<'a>) -> ControlFlow<()>,
    ) -> Position;

    fn drift(&self) -> &Drift;

    fn layout(&self) -> Learned<'_>;

    fn kernel(&self) -> Kernel;

    /// A copy that has learned the same.
    fn copied(&self) -> Box<dyn AnyParser>;
}

/// A [`BatchDecoder`] for documents of any kind.
pub(crate) trait AnyDecoder: Send {
    fn next_batch(&mut self, buffer: &mut BytesMut) -> Option<OwnedBatch>;

    fn last_batch(&mut self, buffer: &mut BytesMut) -> Option<OwnedBatch>;

    fn guess_batch(&mut self, buffer: &mut BytesMut) -> Option<GuessedBatch>;

    fn settle(&mut self, guessed: &GuessedBatch, end: Position) -> bool;
}

impl<D: Document + 'static> AnyParser for Parser<D>
where
    for<'a> D::View<'a>: Answer<'a>,
{
    fn records<'a>(
        &mut self,
        batch: &'a OwnedBatch,
        arena: &'a Arena,
        with_lines: bool,
        each: &mut dyn FnMut(Found<'a>) -> ControlFlow<()>,
    ) -> Position {
        let mut records = batch.records(self, arena);
        let mut before = records.mark();
        while let Some(record) = records.next() {
            let record = record.map(|document| document as &dyn Answer<'a>);
            let line = if with_lines { records.place().line } else { 0 };
            let after = records.mark();
            if each(Found { record, raw: records.raw(), line, before, after }).is_break() {
                break;
            }
            before = after;
        }
        records.mark()
    }

    fn drift(&self) -> &Drift {
        self.drift()
    }

    fn layout(&self) -> Learned<'_> {
        self.layout()
    }

    fn kernel(&self) -> Kernel {
        self.kernel()
    }

    fn copied(&self) -> Box<dyn AnyParser> {
        Box::new(self.clone())
    }
}

impl<D: Document> AnyDecoder for BatchDecoder<D> {
    fn next_batch(&mut self, buffer: &mut BytesMut) -> Option<OwnedBatch> {
        self.next_batch(buffer)
    }

    fn last_batch(&mut self, buffer: &mut BytesMut) -> Option<OwnedBatch> {
        self.last_batch(buffer)
    }

    fn guess_batch(&mut self, buffer: &mut BytesMut) -> Option<GuessedBatch> {
        self.guess_batch(buffer)
    }

    fn settle(&mut self, guessed: &GuessedBatch, end: Position) -> bool {
        self.settle(guessed, end)
    }
}

/// Lets the library select the type for a kind that is known only at run time.
struct Visitor;

impl KindVisitor for Visitor {
    type Output = Readers;

    fn visit<D: Document + 'static>(self) -> Readers
    where
        for<'a> D::View<'a>: Answer<'a>,
    {
        Readers {
            parser: |options| Box::new(options.parser::<D>()),
            decoder: |options| Box::new(options.parser::<D>().decoder()),
        }
    }
}

/// The readers for documents of any kind.
pub(crate) fn any(sparse: bool) -> Readers {
    match sparse {
        false => Visitor.visit::<JobDocument>(),
        true => Visitor.visit::<SparseJobDocument>(),
    }
}

/// The readers for the requested kind of documents.
pub(crate) fn readers(input: &InputArguments) -> Result<Readers, Failure> {
    match (input.kind, input.sparse) {
        (KindChoice::Auto, sparse) => Ok(any(sparse)),
        (KindChoice::Only(kind), false) => Ok(kind.visit(Visitor)),
        (KindChoice::Only(kind), true) => kind
            .visit_sparse(Visitor)
            .ok_or_else(|| conflict(&format!("--sparse does not apply to --kind {kind}"))),
    }
}
