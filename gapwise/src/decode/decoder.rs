//! Decodes a document from its first byte to its last: gaps and values in turn.
//!
//! [`ByLayout`] is the hot loop. It compares the text with what has been learned, and takes values that look like the
//! previous ones. Whatever does not fit goes to [`overcome`](Decode::overcome), which looks carefully, then asks the
//! walker, and learns. [`ByWalker`] does the same without a layout. All errors come from the walker and from the
//! readers of values, which start again where the gap or value begins. So errors do not depend on what was learned.
//!
//! The cursor stands before the closing quote of a string, because the quote belongs to the next gap. It stands after
//! any other value.

use super::by_index::ByIndex;
use super::by_layout::{ByLayout, Obstacle};
use super::by_walker::ByWalker;
use super::document::{Common, Decode, Extent, Stage, arena_limit, read_carefully};
use super::drift::Drift;
use super::gap::{Gap, GapIndex, Note, StateIndex};
use super::learned::Learned;
use super::progress::Misses;
use super::text::{Read, ReadText};
use super::track::{AnyTrack, Track, with};
use super::walk::{Action, Place, Rule, State, Step};
use crate::arena::{Arena, ArenaFull};
use crate::error::Fault;
use crate::kernel::Kernel;
use crate::options::Options;
use crate::schema::{TableOf, Values};

/// The working memory of decoding, and what it learns from one document for the next.
#[derive(Clone, Debug)]
pub(crate) struct Decoder {
    /// One for each table, made when it is needed: many kinds may never occur.
    tracks: Vec<Option<AnyTrack>>,
    tables: &'static [TableOf],
    options: Options,
    common: Common,
}

impl Decoder {
    /// A decoder for documents of these tables.
    pub(crate) fn new(tables: &'static [TableOf], options: Options) -> Self {
        Self {
            tracks: vec![None; tables.len()],
            tables,
            options,
            common: Common {
                kernel: options.kernel.unwrap_or_default(),
                drift: Drift::default(),
                scratch: Vec::new(),
                index: None,
                documents: 0,
            },
        }
    }

    pub(crate) fn kernel(&self) -> Kernel {
        self.common.kernel
    }

    pub(crate) fn learned(&self) -> Learned<'_> {
        Learned::new(&self.tracks)
    }

    pub(crate) fn drift(&self) -> &Drift {
        &self.common.drift
    }

    /// Counts a document that is rejected without being decoded.
    pub(crate) fn pass_over(&mut self) {
        self.common.documents += 1;
    }

    /// How many documents there have been.
    pub(crate) fn documents(&self) -> u64 {
        self.common.documents
    }

    /// Sets the count back to `documents`, if it is higher: the document after these is decoded again.
    pub(crate) fn go_back_to(&mut self, documents: u64) {
        if self.common.documents > documents {
            self.common.documents = documents;
            self.common.drift.take_back(documents);
        }
    }

    /// Takes the last document out of the count, because it is decoded again.
    pub(crate) fn uncount(&mut self) {
        self.go_back_to(self.common.documents - 1);
    }

    /// The text of the string whose opening quote is the byte before `begin`: borrowed, or unescaped into the arena.
    /// Also returns where the string ends. The record may end before the bytes do.
    pub(crate) fn text<'a>(
        &mut self,
        bytes: &'a [u8],
        extent: Extent,
        begin: usize,
        arena: &'a Arena,
    ) -> Result<(&'a str, usize), Fault> {
        let Common { kernel, scratch, .. } = &mut self.common;
        // No string contains a newline.
        match kernel.run(ReadText { text: bytes, begin, scratch, arena }) {
            Some(Ok(Read { text, end })) => Ok((text, end + 1)),
            Some(Err(ArenaFull)) => Err(arena_limit(begin)),
            None => read_carefully(extent.of(bytes), begin, arena),
        }
    }

    /// Decodes the document that `text` begins with, perhaps after white space. If it succeeds, `values` are complete.
    /// Returns where the document ends; what follows is not looked at. The offset of a fault counts from the start of
    /// `text`. `table` is the index of one of the decoder's tables.
    // Compiled here once, not again in each crate that has a document: it contains the walker and all kernels.
    #[inline(never)]
    pub(crate) fn decode<'a>(
        &mut self,
        table: usize,
        text: &'a [u8],
        extent: Extent,
        values: &mut Values<'a>,
        arena: &'a Arena,
    ) -> Result<usize, Fault> {
        let Self { tracks, common, .. } = self;
        let Some(track) = &mut tracks[table] else {
            self.begin(table);
            return self.decode(table, text, extent, values, arena);
        };
        let input = Input { table: table as u8, text, extent, arena };
        with!(track, |track| track.decode(common, input, values))
    }

    /// Prepares for the first document of a table.
    #[cold]
    fn begin(&mut self, table: usize) {
        self.tracks[table] = Some(AnyTrack::new(self.tables[table](), &self.options));
    }
}

/// A document to decode: the index of its table, the text that it begins, and the buffer for unescaping.
struct Input<'a> {
    table: u8,
    text: &'a [u8],
    extent: Extent,
    arena: &'a Arena,
}

impl<const N: usize> Track<N> {
    #[inline(always)]
    #[allow(unsafe_code)]
    fn decode<'a>(
        &mut self,
        common: &mut Common,
        Input { table, text, extent, arena }: Input<'a>,
        values: &mut Values<'a>,
    ) -> Result<usize, Fault> {
        // SAFETY: the room belongs to the track, for its table; nobody moves or uses it except through what is done
        // with it here.
        unsafe { values.begin(self.layout.table(), &mut self.room, arena) };
        let decode = Decode {
            table,
            track: self,
            common,
            text,
            extent,
            line: None,
            values,
            arena,
            at: 0,
            raw: 0,
            stage: Stage::ByWalker(Place::START),
            misses: Misses::default(),
        };
        decode.run()
    }
}

impl<const N: usize> Decode<'_, '_, N> {
    /// Decodes the document. Returns where it ends.
    #[inline(always)]
    fn run(mut self) -> Result<usize, Fault> {
        // With a newline in a gap, a match could lead out of the line.
        if self.track.layout.has_newlines() {
            self.text = self.record();
            self.extent = Extent::Slice;
        }
        let Track { layout, progress, .. } = &mut *self.track;
        let outcome = match progress.is_awake() && progress.has_begun() {
            true => {
                let state = layout.begin();
                // Most documents are known from start to end.
                match self.by_layout(state) {
                    None => Ok(()),
                    Some(obstacle) => self.go_on_after(obstacle),
                }
            }
            false => self.go_on(),
        };
        let Track { progress, room, .. } = &mut *self.track;
        let is_changed =
            progress.end_document(&self.misses, self.at, self.values.seen::<N>(), outcome.is_ok());
        room.learn(self.values);
        if is_changed && outcome.is_ok() {
            self.common.drift.layout_changed(self.common.documents);
        }
        self.common.documents += 1;
        outcome?;
        self.values.complete::<N>();
        Ok(self.at)
    }

    /// Continues from a known state.
    #[inline(always)]
    fn by_layout(&mut self, state: StateIndex) -> Option<Obstacle> {
        const FEW: usize = GapIndex::most(1);
        const MANY: usize = GapIndex::MOST;
        let kernel = self.common.kernel;
        match N {
            1 => kernel.run(ByLayout::<_, FEW> { decode: self, state }),
            _ => kernel.run(ByLayout::<_, MANY> { decode: self, state }),
        }
    }

    #[inline(never)]
    fn go_on_after(&mut self, obstacle: Obstacle) -> Result<(), Fault> {
        self.overcome(obstacle)?;
        self.go_on()
    }

    /// Continues from the current stage to the end of the document.
    fn go_on(&mut self) -> Result<(), Fault> {
        let kernel = self.common.kernel;
        loop {
            match self.stage {
                Stage::ByLayout(state) => match self.by_layout(state) {
                    Some(obstacle) => self.overcome(obstacle)?,
                    None => return Ok(()),
                },
                Stage::New(place) => self.unknown(place)?,
                Stage::ByWalker(Place::START) if !self.track.progress.is_awake() => {
                    kernel.run(ByIndex { decode: self })?
                }
                Stage::ByWalker(place) => kernel.run(ByWalker { decode: self, place })?,
                Stage::End => return Ok(()),
            }
        }
    }

    /// Handles one gap and one value carefully, and learns.
    #[inline(never)]
    fn overcome(&mut self, obstacle: Obstacle) -> Result<(), Fault> {
        let layout = &self.track.layout;
        let rest = &self.text[self.at..];
        let seen = self.values.seen();
        let fits = |index: GapIndex| {
            let Gap { rule, note, .. } = layout.gap(index);
            let fits = |rest| note.fits(rest);
            rule.admits(seen) && rest.strip_prefix(layout.bytes(index)).is_some_and(fits)
        };
        let any_of = |state| layout.gaps_of(state).find(|&index| fits(index));
        let (found, state) = match obstacle {
            Obstacle::UnknownGap(state) => (None, state),
            Obstacle::AnyGap(state) => (any_of(state), state),
            Obstacle::Value(index) => match layout.gap(index).note.state {
                state if fits(index) => (Some(index), state),
                state => (any_of(state), state),
            },
        };
        match found {
            Some(index) => {
                self.misses.obstacles = self.misses.obstacles.saturating_add(1);
                self.known(index)
            }
            None => self.unknown(self.track.layout.place(state)),
        }
    }

    /// Takes the value that follows a known gap.
    fn known(&mut self, index: GapIndex) -> Result<(), Fault> {
        let Gap { rule, note, .. } = *self.track.layout.gap(index);
        let Note { action, after, .. } = note;
        if let Action::Late(..) = action {
            return self.late(index);
        }
        let begin = self.at + self.track.layout.bytes(index).len();
        self.heed(&note, begin);
        self.values.set_seen(rule.apply(self.values.seen()));
        self.at = self.take(action, begin)?;
        self.track.layout.matched(index, self.at - begin);
        self.stage = match action {
            Action::End => Stage::End,
            _ => Stage::ByLayout(after),
        };
        Ok(())
    }

    /// Asks the walker what follows a known gap that ends before an object with a late tag.
    #[inline(never)]
    fn late(&mut self, index: GapIndex) -> Result<(), Fault> {
        let place = self.track.layout.place(self.track.layout.gap(index).note.state);
        let traced = self.trace(place)?;
        let (step, _) = &traced;
        if !matches!(step.action, Action::Late(..)) {
            // It is not an object with a late tag after all.
            return self.take_new(place, &traced);
        }
        self.take_after(self.text, step)?;
        self.track.layout.matched(index, 0);
        self.stage = self.stage_after(step.state.place);
        Ok(())
    }

    /// Does what a gap that ends at `end` requires besides taking the value.
    fn heed(&mut self, note: &Note, end: usize) {
        if let Some(unknown) = note.unknown {
            self.common.drift.unknown_again(unknown, self.common.documents);
        }
        if let Some(begin) = note.raw_begin(end) {
            self.raw = begin;
        }
    }

    /// Asks the walker, takes the value, and learns.
    #[cold]
    #[inline(never)]
    fn unknown(&mut self, place: Place) -> Result<(), Fault> {
        let traced = self.trace(place)?;
        self.take_new(place, &traced)
    }

    /// Asks the walker.
    #[inline(always)]
    fn trace(&mut self, place: Place) -> Result<(Step<N>, Rule<N>), Fault> {
        let record = self.record();
        let state = State { place, seen: self.values.seen() };
        self.track.walker.trace(record, self.at, state).map_err(|(fault, unknown)| {
            self.note_unknown(record, unknown);
            fault
        })
    }

    /// Takes the value that the walker has come to, and learns.
    #[inline(always)]
    fn take_new(&mut self, place: Place, traced: &(Step<N>, Rule<N>)) -> Result<(), Fault> {
        let record = self.record();
        let begin = self.at;
        let (step, _) = traced;
        self.misses.add();
        let unknown = self.take_after(record, step)?;
        let after = step.state.place;
        let pays = self.track.progress.pays(&self.misses, self.at);
        if pays {
            self.learn(place, &record[begin..step.at], traced, unknown);
        }
        self.stage = match step.action {
            Action::End => Stage::End,
            _ if !pays => Stage::ByWalker(after),
            _ => self.stage_after(after),
        };
        Ok(())
    }

    /// How to continue from a place that may be known.
    fn stage_after(&self, place: Place) -> Stage {
        self.track.layout.find(place).map_or(Stage::New(place), Stage::ByLayout)
    }

    /// Learns that a step followed a gap. The value after it has been taken.
    fn learn(
        &mut self,
        place: Place,
        gap: &[u8],
        traced: &(Step<N>, Rule<N>),
        unknown: Option<u8>,
    ) {
        let length = self.at - traced.0.at;
        let replaced = self.track.layout.replaced();
        self.track.layout.learn(self.common.kernel, place, gap, traced, length, unknown);
        let replaced = (self.track.layout.replaced() - replaced) as u32;
        self.misses.replaced = self.misses.replaced.saturating_add(replaced);
    }
}
