//! The inputs as batches, one after another.
//!
//! Threads take turns at this: one reads, unpacks and frames a batch, while the others parse earlier ones. Each
//! reads into a buffer of its own, and uses it again once it has parsed what is in it, so that the bytes of a batch
//! stay in the cache of one processor.
//!
//! An input that is not a regular file may be silent for long. The records that have arrived are then a batch,
//! however few. A *stretch* is what would be one batch if all bytes had been there at once. What is told of a
//! stream goes by stretches, so that it does not matter when the bytes arrive.
//!
//! Framing records that are not lines takes nearly as long as parsing them. So a batch of a regular file ends where
//! a record seems to end, and the next one begins there, before that is certain; a [`Seam`] tells. If a guess was
//! wrong, the input continues where the batch really ends, and everything handed out behind it is handed out again.
//! The outcome does not depend on how much that was, so batches and stretches are the same for any number of
//! threads.

use super::archive::Contents;
use super::list::{Input, Source};
use super::live::{self, Live, Patience};
use super::seam::Seam;
use super::steady::Steady;
use crate::arguments::Limits;
use crate::kind::{AnyDecoder, Readers};
use bytes::{Buf as _, Bytes, BytesMut};
use jobview::{GuessedBatch, Options, OwnedBatch, Position};
use std::collections::VecDeque;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::sync::Arc;
use std::vec;

/// How many bytes make a batch: enough for threads to change places seldom, not too many for the cache.
pub(super) const BATCH: usize = 1 << 20;

/// How much is read at once: at first, and of a record that is longer than a batch.
const LEAST_READ: usize = 1 << 15;
const MOST_READ: usize = 1 << 22;

/// What comes next in the order of the input.
pub(super) enum Turn {
    Batch(Box<Batch>),
    End(End),
    Stop(Stop),
}

/// Complete records.
pub(super) struct Batch {
    /// The number of the input, from 0.
    pub(super) input: usize,
    /// The name of the input.
    pub(super) file: Arc<str>,
    pub(super) records: OwnedBatch,
    /// The offset in the input up to which it goes, or is thought to.
    pub(super) end: u64,
    /// The end of the batch before, if that was guessed and is not known.
    pub(super) before: Option<Arc<Seam>>,
    /// Its own end, if that was guessed.
    pub(super) behind: Option<Arc<Seam>>,
    /// How many bytes of all files have been worked through.
    pub(super) consumed: u64,
    /// The number of the stretch that it is of.
    pub(super) stretch: usize,
}

impl Batch {
    /// The offset in the input at which it begins.
    pub(super) fn start(&self) -> u64 {
        self.end - self.records.bytes().len() as u64
    }
}

/// The end of an input.
pub(super) struct End {
    /// The name of the input.
    pub(super) file: Arc<str>,
    /// How many bytes of it are in batches.
    pub(super) bytes: u64,
    /// Why it could not be read to its end.
    pub(super) error: Option<io::Error>,
}

/// The end of it all though there is more, because the run is to end.
pub(super) struct Stop {
    /// The name of the last input, if it had been begun and was not over.
    pub(super) file: Option<Arc<str>>,
    /// How many bytes of it are in batches.
    pub(super) bytes: u64,
    /// How many bytes of it have come after those, which make no record yet.
    pub(super) cut: u64,
}

/// What is left to be read.
pub(super) struct Turns {
    readers: Readers,
    inputs: vec::IntoIter<Input>,
    /// How many have been begun.
    begun: usize,
    options: Options,
    limits: Limits,
    patience: Arc<Patience>,
    open: Option<Open>,
    /// How many turns there have been.
    count: usize,
    /// How many stretches there have been. The end of an input counts as one.
    stretches: usize,
    /// How many bytes of files have been worked through that are over.
    consumed: u64,
}

/// An input that is being read.
struct Open {
    file: Arc<str>,
    contents: Contents<Box<dyn Read + Send>>,
    decoder: Box<dyn AnyDecoder>,
    patience: Arc<Patience>,
    is_live: bool,
    /// What has been read and is not in a batch yet.
    rest: Vec<u8>,
    /// What follows it and was in batches that were none.
    again: VecDeque<Bytes>,
    /// The batches that may be none, or may not end where they were thought to.
    unsettled: VecDeque<Unsettled>,
    /// How many bytes are in batches.
    bytes: u64,
    /// How many bytes of the stretch are done with.
    given: usize,
    /// How many bytes of the stretch are looked at before it ends.
    stretch: usize,
    /// Whether there is nothing more for now.
    pauses: bool,
    /// Whether all has been read, or as much as can be.
    is_over: bool,
    /// Whether that is because the run is to end.
    is_stopped: bool,
    error: Option<io::Error>,
}

/// A batch whose end was guessed and is not known.
struct Unsettled {
    guessed: GuessedBatch,
    seam: Arc<Seam>,
    /// How many stretches there are up to its end.
    stretches: usize,
}

/// What is handed out.
struct Taken {
    records: OwnedBatch,
    before: Option<Arc<Seam>>,
    behind: Option<Arc<Seam>>,
}

impl Turns {
    /// All `inputs`, until `patience` is over.
    pub(super) fn new(
        readers: Readers,
        inputs: Vec<Input>,
        options: Options,
        limits: Limits,
        patience: Arc<Patience>,
    ) -> Self {
        let (inputs, options) = (inputs.into_iter(), options.batch_bytes(BATCH));
        let (begun, open, count, stretches, consumed) = (0, None, 0, 0, 0);
        Self { readers, inputs, begun, options, limits, patience, open, count, stretches, consumed }
    }

    /// How many turns there have been.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Reads what comes next, into `buffer` if it is a batch. Returns it with its number.
    pub(super) fn next(&mut self, buffer: &mut BytesMut) -> Option<(usize, Turn)> {
        let turn = self.take(buffer)?;
        self.count += 1;
        Some((self.count - 1, turn))
    }

    fn take(&mut self, buffer: &mut BytesMut) -> Option<Turn> {
        if self.patience.is_over() && !self.is_live() {
            if let Some(open) = &mut self.open {
                open.settle(&mut self.stretches, true);
            }
            return self.stop();
        }
        let open = match &mut self.open {
            Some(open) => open,
            None => {
                let Input { name, source } = self.inputs.next()?;
                self.begun += 1;
                let file = Arc::from(name);
                match Open::new(Arc::clone(&file), source, self) {
                    Ok(open) => self.open.insert(open),
                    Err(error)
                        if error.kind() == ErrorKind::WouldBlock && self.patience.is_over() =>
                    {
                        return Some(Turn::Stop(Stop { file: Some(file), bytes: 0, cut: 0 }));
                    }
                    Err(error) => {
                        self.stretches += 1;
                        return Some(Turn::End(End { file, bytes: 0, error: Some(error) }));
                    }
                }
            }
        };
        let (stretch, taken) = open.next(buffer, &mut self.stretches);
        let consumed = self.consumed + open.contents.consumed();
        match taken {
            Some(Taken { records, before, behind }) => {
                let (input, file, end) = (self.begun - 1, Arc::clone(&open.file), open.bytes);
                let batch = Batch { input, file, records, end, before, behind, consumed, stretch };
                Some(Turn::Batch(Box::new(batch)))
            }
            None if open.is_stopped => self.stop(),
            None => {
                self.consumed = consumed;
                self.stretches += 1;
                let Open { file, bytes, error, .. } = self.open.take()?;
                Some(Turn::End(End { file, bytes, error }))
            }
        }
    }

    /// Whether what is read now is no regular file: what has come of it cannot be read again.
    fn is_live(&self) -> bool {
        match &self.open {
            Some(open) => open.is_live,
            None => self.inputs.as_slice().first().is_some_and(Input::is_live),
        }
    }

    /// Leaves out all that is left. `None` if nothing is.
    fn stop(&mut self) -> Option<Turn> {
        let (open, left) = (self.open.take(), self.inputs.by_ref().count());
        Some(Turn::Stop(match open {
            Some(Open { file, bytes, rest, is_live, .. }) => {
                Stop { file: Some(file), bytes, cut: if is_live { rest.len() as u64 } else { 0 } }
            }
            None if left > 0 => Stop { file: None, bytes: 0, cut: 0 },
            None => return None,
        }))
    }
}

impl Open {
    fn new(file: Arc<str>, source: Source, turns: &Turns) -> io::Result<Self> {
        let patience = Arc::clone(&turns.patience);
        patience.wait();
        let live = |file| Box::new(Live::new(file, Arc::clone(&patience)));
        let (source, is_live): (Box<dyn Read + Send>, _) = match source {
            Source::Stdin => match live::stdin()? {
                file if file.metadata()?.is_file() => (Box::new(file), false),
                file => (live(file), true),
            },
            Source::File(path) => match fs::metadata(&path)? {
                metadata if metadata.is_file() || metadata.is_dir() => {
                    (Box::new(Steady::open(&path)?), false)
                }
                _ => (Box::new(Live::open(&path, Arc::clone(&patience))?), true),
            },
            Source::Pipe(pipe) => (Box::new(pipe), false),
            Source::None(why) => return Err(io::Error::other(why)),
        };
        let contents = Contents::new(source, turns.limits, &patience)?;
        let decoder = (turns.readers.decoder)(turns.options);
        Ok(Self {
            file,
            contents,
            decoder,
            patience,
            is_live,
            rest: Vec::new(),
            again: VecDeque::new(),
            unsettled: VecDeque::new(),
            bytes: 0,
            given: 0,
            stretch: BATCH,
            pauses: false,
            is_over: false,
            is_stopped: false,
            error: None,
        })
    }

    /// Reads a batch, which is of the stretch of the number that is returned too. `None` when all has been read, or what is
    /// left cannot be. Adds to `stretches` those that end.
    fn next(&mut self, buffer: &mut BytesMut, stretches: &mut usize) -> (usize, Option<Taken>) {
        self.settle(stretches, false);
        self.begin(buffer);
        let (stretch, taken) = loop {
            // What is left of a long read may be enough already.
            let held = self.given + buffer.len();
            let is_full = held >= self.stretch;
            if is_full || self.pauses || self.is_over() {
                let stretch = *stretches;
                if is_full
                    && !self.is_live
                    && let Some(guessed) = self.decoder.guess_batch(buffer)
                {
                    return (stretch, Some(self.hand_out(guessed, stretches)));
                }
                // What is framed is to be certain.
                if !self.unsettled.is_empty() {
                    self.keep(buffer);
                    self.settle(stretches, true);
                    self.begin(buffer);
                    continue;
                }
                let length = buffer.len();
                let is_whole = self.error.is_none() || self.contents.are_whole();
                let records = match self.is_over() && is_whole && !self.is_stopped {
                    true => self.decoder.last_batch(buffer),
                    // A record that has been cut is not to be judged.
                    false => self.decoder.next_batch(buffer),
                };
                self.bytes += (length - buffer.len()) as u64;
                self.given = held - buffer.len();
                match is_full || self.is_over() {
                    true if self.given > 0 => self.end_stretch(stretches),
                    // It is one long record, of which there may be as much again.
                    true => self.stretch = held + held.min(MOST_READ),
                    false => {}
                }
                if records.is_some() || self.is_over() {
                    let taken = |records| Taken { records, before: None, behind: None };
                    break (stretch, records.map(taken));
                }
            }
            self.fill(buffer);
        };
        self.keep(buffer);
        (stretch, taken)
    }

    /// Goes on in `buffer` with what has been read and is in no batch.
    fn begin(&mut self, buffer: &mut BytesMut) {
        renew(buffer);
        buffer.extend_from_slice(&self.rest);
        // There may be a record in it already, and nothing more for hours.
        self.pauses = self.is_live;
    }

    /// Keeps what is in `buffer`.
    fn keep(&mut self, buffer: &mut BytesMut) {
        self.rest.clear();
        self.rest.extend_from_slice(buffer);
        buffer.clear();
    }

    /// Hands out a batch that ends at a guess.
    fn hand_out(&mut self, guessed: GuessedBatch, stretches: &mut usize) -> Taken {
        self.rest.clear();
        self.rest.extend_from_slice(guessed.following());
        let records = guessed.batch().clone();
        self.bytes += records.bytes().len() as u64;
        self.end_stretch(stretches);
        let before = self.unsettled.back().map(|last| Arc::clone(&last.seam));
        let seam = Arc::new(Seam::default());
        let behind = Some(Arc::clone(&seam));
        self.unsettled.push_back(Unsettled { guessed, seam, stretches: *stretches });
        Taken { records, before, behind }
    }

    /// Goes by what is known of the ends that were guessed, or `waits` until all is.
    fn settle(&mut self, stretches: &mut usize, waits: bool) {
        while let Some(Unsettled { guessed, seam, stretches: up_to }) = self.unsettled.front() {
            let told = if waits { Some(seam.wait()) } else { seam.told() };
            // The first of them is a batch.
            let Some(Some(end)) = told else { return };
            let start = guessed.batch().position();
            if !self.decoder.settle(guessed, end) {
                *stretches = *up_to;
                self.go_back(start, end);
                return;
            }
            self.unsettled.pop_front();
        }
    }

    /// Goes on at the end of the first batch that is not settled. Those behind it are none.
    fn go_back(&mut self, start: Position, end: Position) {
        let mut again = VecDeque::new();
        again.extend(self.unsettled.drain(..).map(|one| one.guessed.batch().bytes().clone()));
        again.push_back(Bytes::copy_from_slice(&self.rest));
        again.append(&mut self.again);
        self.again = again;
        self.rest.clear();
        let mut done = end.offset() - start.offset();
        while let Some(first) = self.again.front_mut()
            && done > 0
        {
            let passed = first.len().min(usize::try_from(done).unwrap_or(usize::MAX));
            first.advance(passed);
            done -= passed as u64;
            if first.is_empty() {
                self.again.pop_front();
            }
        }
        self.bytes = end.offset();
        (self.given, self.stretch) = (0, BATCH);
    }

    /// Whether all has been handed to the decoder that there is.
    fn is_over(&self) -> bool {
        self.is_over && self.again.is_empty()
    }

    fn end_stretch(&mut self, stretches: &mut usize) {
        *stretches += 1;
        (self.given, self.stretch) = (0, BATCH);
    }

    /// Appends to `buffer` until there is enough for the stretch, or nothing more for now.
    fn fill(&mut self, buffer: &mut BytesMut) {
        let length = buffer.len();
        let enough = self.stretch - self.given;
        let mut filled = length;
        self.pauses = false;
        self.patience.wait();
        while filled < enough && !self.is_over() && !self.pauses {
            // There are many small files in the world, and room for them must not cost more than they do.
            if filled == buffer.len() {
                buffer.resize((2 * filled).max(LEAST_READ).min(enough), 0);
            }
            if let Some(first) = self.again.front_mut() {
                let read = first.len().min(buffer.len() - filled);
                first.copy_to_slice(&mut buffer[filled..filled + read]);
                filled += read;
                if first.is_empty() {
                    self.again.pop_front();
                }
                continue;
            }
            match self.contents.read(&mut buffer[filled..]) {
                Ok(0) => self.end(None),
                Ok(read) => {
                    if filled == length {
                        self.patience.linger();
                    }
                    filled += read;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock && self.is_live => {
                    // It waits for ever for the first of it, unless the run is to end and all has been read.
                    match filled == length {
                        true => self.end(None),
                        false => self.pauses = true,
                    }
                }
                Err(error) => self.end(Some(error)),
            }
        }
        buffer.truncate(filled);
    }

    /// Takes note that there is no more.
    fn end(&mut self, error: Option<io::Error>) {
        // Whoever writes has been told to end as well, perhaps: what it has written last is no whole record.
        self.is_stopped = error.is_none() && self.is_live && self.patience.is_over();
        (self.is_over, self.error) = (true, error);
    }
}

/// Makes an empty buffer of what is left of one. It keeps its memory, unless there was a very long record in it.
fn renew(buffer: &mut BytesMut) {
    buffer.clear();
    if buffer.capacity() > 4 * BATCH {
        *buffer = BytesMut::new();
    }
    buffer.reserve(BATCH);
}
