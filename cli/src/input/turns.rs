//! Splits the inputs into batches.
//!
//! Threads take turns: one reads, decompresses and frames a batch, while the others parse earlier ones. Each thread
//! reads into its own buffer and reuses it after parsing, so that the bytes of a batch stay in the cache of one
//! processor.
//!
//! An input that is not a regular file may be silent for long. Then the records that have arrived are a batch, however
//! few. A *stretch* is what would be one batch if all bytes had been there at once. What is reported about a stream
//! goes by stretches, so it does not depend on when the bytes arrive.
//!
//! Framing records that are not lines takes nearly as long as parsing them. So a batch of a regular file ends where a
//! record seems to end, and the next one begins there, before that is certain. A [`Seam`] carries the real end to the
//! next batch. If a guess was wrong, the batches after it are void; the input continues where the batch really ends.
//! The outcome does not depend on how many batches that affects, so batches and stretches are the same for any number
//! of threads.

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

/// The size of a batch in bytes: large enough that threads seldom take turns, small enough for the cache.
pub(super) const BATCH: usize = 1 << 20;

/// How many bytes are read at once: at first, and at most, for a record that is longer than a batch.
const LEAST_READ: usize = 1 << 15;
const MOST_READ: usize = 1 << 22;

/// What comes next in input order.
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
    /// The offset in the input at which it ends, or is guessed to end.
    pub(super) end: u64,
    /// The end of the previous batch, if that is a guess that is not confirmed.
    pub(super) before: Option<Arc<Seam>>,
    /// Its own end, if that is a guess.
    pub(super) behind: Option<Arc<Seam>>,
    /// How many bytes of all files have been consumed.
    pub(super) consumed: u64,
    /// The number of the stretch that it belongs to.
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
    /// How many of its bytes are in batches.
    pub(super) bytes: u64,
    /// Why it could not be read to the end.
    pub(super) error: Option<io::Error>,
}

/// The end of an interrupted run, before the end of the inputs.
pub(super) struct Stop {
    /// The name of the input that was being read, if any.
    pub(super) file: Option<Arc<str>>,
    /// How many of its bytes are in batches.
    pub(super) bytes: u64,
    /// How many bytes of an incomplete record follow those.
    pub(super) cut: u64,
}

/// The inputs that are left to be read.
pub(super) struct Turns {
    readers: Readers,
    inputs: vec::IntoIter<Input>,
    /// How many inputs have been begun.
    begun: usize,
    options: Options,
    limits: Limits,
    patience: Arc<Patience>,
    open: Option<Open>,
    /// How many turns there have been.
    count: usize,
    /// How many stretches there have been. The end of an input counts as one.
    stretches: usize,
    /// How many bytes of finished inputs have been consumed.
    consumed: u64,
}

/// An input that is being read.
struct Open {
    file: Arc<str>,
    contents: Contents<Box<dyn Read + Send>>,
    decoder: Box<dyn AnyDecoder>,
    patience: Arc<Patience>,
    is_live: bool,
    /// Bytes that have been read and are not in a batch yet.
    rest: Vec<u8>,
    /// The bytes that follow them, from batches that turned out to be void.
    again: VecDeque<Bytes>,
    /// The batches whose beginning or end is a guess that is not confirmed.
    unsettled: VecDeque<Unsettled>,
    /// How many bytes are in batches.
    bytes: u64,
    /// How many bytes of the stretch have been handed out in batches.
    given: usize,
    /// How many bytes must be available before the stretch ends.
    stretch: usize,
    /// Whether nothing more has arrived for now.
    pauses: bool,
    /// Whether everything that can be read has been read.
    is_over: bool,
    /// Whether that is because the run is to end.
    is_stopped: bool,
    error: Option<io::Error>,
}

/// A batch whose end is a guess that is not confirmed.
struct Unsettled {
    guessed: GuessedBatch,
    seam: Arc<Seam>,
    /// The number of stretches up to its end.
    stretches: usize,
}

/// The records of a batch, with the seams before and behind it.
struct Taken {
    records: OwnedBatch,
    before: Option<Arc<Seam>>,
    behind: Option<Arc<Seam>>,
}

impl Turns {
    /// Reads all `inputs`, until `patience` is over.
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

    /// Takes the next turn and returns it with its number. A batch is read into `buffer`.
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

    /// Whether the current input is not a regular file, so that what has arrived cannot be read again.
    fn is_live(&self) -> bool {
        match &self.open {
            Some(open) => open.is_live,
            None => self.inputs.as_slice().first().is_some_and(Input::is_live),
        }
    }

    /// Abandons the inputs that are left. `None` if there are none.
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

    /// Reads a batch. Returns it with the number of its stretch, or `None` if nothing more can be read. Adds the
    /// stretches that end to `stretches`.
    fn next(&mut self, buffer: &mut BytesMut, stretches: &mut usize) -> (usize, Option<Taken>) {
        self.settle(stretches, false);
        self.begin(buffer);
        let (stretch, taken) = loop {
            // The rest of a long read may be enough already.
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
                // The decoder must not frame records until all guesses are confirmed.
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
                    // An incomplete record must be neither accepted nor rejected.
                    false => self.decoder.next_batch(buffer),
                };
                self.bytes += (length - buffer.len()) as u64;
                self.given = held - buffer.len();
                match is_full || self.is_over() {
                    true if self.given > 0 => self.end_stretch(stretches),
                    // It is one long record: read up to twice as much.
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

    /// Starts `buffer` with what has been read and is not in a batch yet.
    fn begin(&mut self, buffer: &mut BytesMut) {
        renew(buffer);
        buffer.extend_from_slice(&self.rest);
        // It may hold a complete record already, and nothing more may arrive for hours.
        self.pauses = self.is_live;
    }

    /// Keeps the contents of `buffer` for the next batch.
    fn keep(&mut self, buffer: &mut BytesMut) {
        self.rest.clear();
        self.rest.extend_from_slice(buffer);
        buffer.clear();
    }

    /// Hands out a batch whose end is a guess.
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

    /// Acts on the confirmed ends of guessed batches. If `waits`, waits until all are confirmed.
    fn settle(&mut self, stretches: &mut usize, waits: bool) {
        while let Some(Unsettled { guessed, seam, stretches: up_to }) = self.unsettled.front() {
            let told = if waits { Some(seam.wait()) } else { seam.told() };
            // The first one is never void, so its end is `Some`.
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

    /// Continues at the real end of the first unsettled batch. The batches behind it are void.
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

    /// Whether everything has been read and nothing has to be read again.
    fn is_over(&self) -> bool {
        self.is_over && self.again.is_empty()
    }

    fn end_stretch(&mut self, stretches: &mut usize) {
        *stretches += 1;
        (self.given, self.stretch) = (0, BATCH);
    }

    /// Appends to `buffer` until there is enough for the stretch, or nothing more arrives for now.
    fn fill(&mut self, buffer: &mut BytesMut) {
        let length = buffer.len();
        let enough = self.stretch - self.given;
        let mut filled = length;
        self.pauses = false;
        self.patience.wait();
        while filled < enough && !self.is_over() && !self.pauses {
            // Grow the buffer step by step, so that small files do not pay for a whole batch.
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
                    // The first read waits forever, unless the run is to end and everything has been read.
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

    /// Records that there is nothing more to read.
    fn end(&mut self, error: Option<io::Error>) {
        // The signal may have ended the writer too, so the last record may be incomplete.
        self.is_stopped = error.is_none() && self.is_live && self.patience.is_over();
        (self.is_over, self.error) = (true, error);
    }
}

/// Empties a buffer. It keeps its memory, unless that has grown for a very long record.
fn renew(buffer: &mut BytesMut) {
    buffer.clear();
    if buffer.capacity() > 4 * BATCH {
        *buffer = BytesMut::new();
    }
    buffer.reserve(BATCH);
}
