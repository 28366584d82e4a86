//! Parses one record to one view.

use super::framing::is_blank;
use crate::arena::{Arena, ArenaFull};
use crate::decode::{
    Decoder, Extent, Looker, Origin, Told, Way, line, locate, skip_whitespace, written_at,
};
use crate::error::{Category, Error, ErrorKind, Expected, Fault};
use crate::options::{Options, UnknownMembers};
use crate::schema::{Build, Document, Values};
use std::marker::PhantomData;

/// The line at the start of `rest`, in which a document ends at `end`. Usually the line ends there, too.
pub(super) fn line_with(rest: &[u8], end: usize) -> &[u8] {
    match rest[end..] {
        [] | [b'\n', ..] | [b'\r', b'\n', ..] => &rest[..end],
        _ => line(rest),
    }
}

/// What is kept from document to document: the options, and what was learned.
#[derive(Clone, Debug)]
pub(crate) struct Memory<D> {
    pub(crate) options: Options,
    pub(crate) decoder: Decoder,
    /// The path to the document in a record.
    way: Way,
    told: Told,
    /// Parsers that check whether some bytes are a document. The second one also rejects unknown members.
    probers: [Option<Box<Self>>; 2],
    kind: PhantomData<D>,
}

impl<D: Document> Memory<D> {
    pub(crate) fn new(options: Options) -> Self {
        let way = Way::new(&options);
        let inside = options.max_depth(way.max_depth_inside());
        let decoder = Decoder::new(D::Builder::TABLES, inside);
        let (told, probers) = (Told::NOTHING, [None, None]);
        Self { options, decoder, way, told, probers, kind: PhantomData }
    }

    /// Values for many documents, or for a single one. Many documents are built in place; a single one takes room in
    /// the arena only when it is known to be valid.
    #[allow(unsafe_code)]
    pub(crate) fn values<'a>(are_many: bool) -> Values<'a> {
        let is_in_place = are_many && D::Builder::IS_IN_PLACE;
        // SAFETY: the values are only used to parse documents, and that begins each document first.
        unsafe { Values::new(is_in_place) }
    }

    /// Converts a fault in a record to an error with its place in the stream.
    #[cold]
    pub(crate) fn locate(&self, fault: Fault, record: &[u8], origin: Origin) -> Error {
        locate(fault, record, origin, &self.options.at)
    }

    /// The largest allowed size of a record, in bytes.
    pub(crate) fn max_record_bytes(&self) -> usize {
        self.options.max_record_bytes.unwrap_or(usize::MAX)
    }

    /// Whether a line has no record. A blank line that is longer than the record limit counts as a record that is too
    /// large, because a stream reader must be able to drop it.
    pub(super) fn is_blank_line(&self, line: &[u8]) -> bool {
        line.len() <= self.max_record_bytes() && is_blank(line)
    }

    /// Parses a record with known bounds: the document, with nothing but white space around it.
    pub(crate) fn parse_whole<'a>(
        &mut self,
        record: &'a [u8],
        values: &mut Values<'a>,
        arena: &'a Arena,
    ) -> Result<&'a D::View<'a>, Fault> {
        if record.len() > self.max_record_bytes() {
            self.decoder.pass_over();
            return Err(self.too_large());
        }
        let (response, end) = self.parse(record, Extent::Slice, values, arena)?;
        nothing_after(record, end, "the end of the record").map(|()| response)
    }

    /// Parses the record at the start of `rest`, and returns where it ends. A record that the size limit cuts short
    /// ends unexpectedly; the search for its end then finds that it is too large.
    pub(super) fn parse_next<'a>(
        &mut self,
        rest: &'a [u8],
        extent: Extent,
        values: &mut Values<'a>,
        arena: &'a Arena,
    ) -> Result<(&'a D::View<'a>, usize), Fault> {
        match self.parse(self.allowed(rest), extent, values, arena) {
            Ok((_, end)) if end > self.max_record_bytes() => Err(self.too_large()),
            parsed => parsed,
        }
    }

    /// The part of `rest` that is enough to see whether its first record is too large.
    pub(super) fn allowed<'a>(&self, rest: &'a [u8]) -> &'a [u8] {
        &rest[..rest.len().min(self.max_record_bytes().saturating_add(1))]
    }

    /// Parses the line of NDJSON at the start of `rest`. Also returns the line without its line ending.
    #[inline(always)]
    pub(super) fn parse_line<'a>(
        &mut self,
        rest: &'a [u8],
        values: &mut Values<'a>,
        arena: &'a Arena,
    ) -> (&'a [u8], Result<&'a D::View<'a>, Fault>) {
        if self.max_record_bytes() < rest.len() {
            let record = line(rest);
            return (record, self.parse_whole(record, values, arena));
        }
        match self.parse(rest, Extent::Line, values, arena) {
            Ok((response, end)) => {
                let record = line_with(rest, end);
                let checked = nothing_after(record, end, "the end of the record");
                (record, checked.map(|()| response))
            }
            Err(fault) => (line(rest), Err(fault)),
        }
    }

    /// Checks whether a value is a valid document. Does not change what has been learned and noticed.
    #[cold]
    pub(super) fn probe(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        Self::probe_with(&mut self.probers[0], self.options, bytes)
    }

    /// Like [`probe`](Self::probe), but unknown members are errors.
    #[cold]
    pub(super) fn probe_strictly(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let options = self.options.unknown_members(UnknownMembers::Reject);
        Self::probe_with(&mut self.probers[1], options, bytes)
    }

    fn probe_with(
        prober: &mut Option<Box<Self>>,
        options: Options,
        bytes: &[u8],
    ) -> Result<(), Fault> {
        let prober = prober.get_or_insert_with(|| {
            Box::new(Self::new(options.without_arena_limit().learning(false)))
        });
        let arena = Arena::new();
        let mut values = Self::values(false);
        prober.parse(bytes, Extent::Slice, &mut values, &arena).map(|_| ())
    }

    pub(super) fn too_large(&self) -> Fault {
        let limit = Expected::AtMost(self.max_record_bytes());
        Fault::expecting(ErrorKind::RecordSizeLimit, 0, limit)
    }

    /// Parses the record at the start of `bytes`, and returns where it ends.
    #[inline(always)]
    pub(super) fn parse<'a>(
        &mut self,
        bytes: &'a [u8],
        extent: Extent,
        values: &mut Values<'a>,
        arena: &'a Arena,
    ) -> Result<(&'a D::View<'a>, usize), Fault> {
        arena.limit_to(self.options.max_arena_bytes);
        match self.way.is_empty() {
            true => self.parse_document(bytes, extent, values, arena),
            false => self.parse_envelope(bytes, extent, values, arena),
        }
    }

    /// Parses a record that contains the document in an envelope.
    #[inline(never)]
    fn parse_envelope<'a>(
        &mut self,
        bytes: &'a [u8],
        extent: Extent,
        values: &mut Values<'a>,
        arena: &'a Arena,
    ) -> Result<(&'a D::View<'a>, usize), Fault> {
        let kernel = self.decoder.kernel();
        let entrance = self.way.enter(kernel, bytes, extent);
        let entrance = entrance.inspect_err(|_| self.decoder.pass_over())?;
        let begin = entrance.begin;
        let parsed = match bytes.get(begin) {
            Some(b'"') => self.parse_string(bytes, extent, begin + 1, values, arena),
            _ => match self.parse_document(&bytes[begin..], extent.from(begin), values, arena) {
                Ok((view, end)) => Ok((view, begin + end)),
                Err(fault) => Err(Fault { offset: begin + fault.offset, ..fault }),
            },
        };
        let (view, end) = parsed.map_err(|fault| self.limit_of_record(fault))?;
        self.way.leave(kernel, bytes, extent, entrance, end).map(|end| (view, end))
    }

    /// Parses the document inside a string whose opening quote is the byte before `begin`. Returns where the string
    /// ends.
    fn parse_string<'a>(
        &mut self,
        bytes: &'a [u8],
        extent: Extent,
        begin: usize,
        values: &mut Values<'a>,
        arena: &'a Arena,
    ) -> Result<(&'a D::View<'a>, usize), Fault> {
        let text = self.decoder.text(bytes, extent, begin, arena);
        let (text, end) = text.inspect_err(|_| self.decoder.pass_over())?;
        let text = text.as_bytes();
        let parsed = self.parse_document(text, Extent::Slice, values, arena);
        let checked = parsed.and_then(|(view, after)| {
            nothing_after(text, after, "the end of the string").map(|()| (view, end))
        });
        checked.map_err(|fault| Fault { offset: written_at(bytes, begin, fault.offset), ..fault })
    }

    /// Replaces the depth limit of the document, which may be lower, by that of the record.
    #[cold]
    fn limit_of_record(&self, fault: Fault) -> Fault {
        match fault.kind {
            ErrorKind::DepthLimit => {
                let limit = Expected::AtMost(self.options.max_depth.into());
                Fault { expected: limit, ..fault }
            }
            _ => fault,
        }
    }

    /// Parses the document at the start of `bytes`, and returns where it ends.
    #[inline(always)]
    #[allow(unsafe_code)]
    fn parse_document<'a>(
        &mut self,
        bytes: &'a [u8],
        extent: Extent,
        values: &mut Values<'a>,
        arena: &'a Arena,
    ) -> Result<(&'a D::View<'a>, usize), Fault> {
        let (mut table, mut is_guessed) = (0, false);
        if let [_, _, ..] = D::Builder::TABLES {
            match self.told.again(bytes, extent) {
                Some(told) => table = told,
                // With an arena limit, there is no guess: a wrong one could take room in the arena.
                None => {
                    let guess = self.told.guess().filter(|_| arena.limit().is_none());
                    (table, is_guessed) = self.tell(bytes, extent, guess);
                }
            }
        }
        let mut decoded = self.decoder.decode(table, bytes, extent, values, arena);
        if is_guessed && decoded.is_err() {
            let (told, _) = self.tell(bytes, extent, None);
            if told != table {
                table = told;
                self.decoder.uncount();
                decoded = self.decoder.decode(table, bytes, extent, values, arena);
            }
        }
        let end = decoded.map_err(|fault| Self::another_kind(fault, bytes, extent))?;
        // SAFETY: a document of this table has been completed.
        match unsafe { D::Builder::view(table, values, arena) } {
            Ok(view) => Ok((view, end)),
            Err(ArenaFull) => Err(Fault::new(ErrorKind::ArenaLimit, 0)),
        }
    }

    /// Chooses the table for a document. Also returns whether it was guessed.
    #[cold]
    fn tell(&mut self, bytes: &[u8], extent: Extent, guess: Option<usize>) -> (usize, bool) {
        let looker = Looker::new(bytes, extent).guessing(guess);
        let table = D::Builder::table(&looker);
        self.told.learn(&looker, table);
        (table, looker.is_guessed())
    }

    /// If the document is of another kind, replaces the fault by one that says so.
    #[cold]
    fn another_kind(fault: Fault, bytes: &[u8], extent: Extent) -> Fault {
        if fault.kind.category() != Category::Schema {
            return fault;
        }
        match D::Builder::another_kind(&Looker::new(bytes, extent)) {
            Some([wanted, found]) => {
                let expected = Expected::Kind { wanted, found };
                Fault::expecting(ErrorKind::WrongKind, fault.offset, expected)
            }
            None => fault,
        }
    }
}

/// Checks that only white space follows the document.
#[inline]
fn nothing_after(bytes: &[u8], end: usize, expected: &'static str) -> Result<(), Fault> {
    let end = skip_whitespace(bytes, end);
    if end < bytes.len() {
        return Err(Fault::expecting(ErrorKind::TrailingBytes, end, Expected::Words(expected)));
    }
    Ok(())
}
