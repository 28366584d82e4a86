//! Divides a stream into parts, for several threads.
//!
//! The end of a part is guessed if possible. Then the part and the next one can be parsed at the same time, before it
//! is certain where the next one begins. Where no end can be guessed, parts are framed. If a guess was wrong, the
//! stream continues where the part really ended. Everything that was handed out after it is handed out again, in other
//! parts.

use super::guess::{Guess, Guesser};
use super::numbering::{Before, End, Numbering, Settled};
use super::supply::{Extent, Supply};
use crate::batch::{Batch, Framer, LOOK_AHEAD, Numbers, Part, Position, Renumbering};
use crate::options::Options;
use crate::schema::Document;

/// A part that is to be parsed.
#[derive(Debug)]
pub(super) struct Job<B> {
    /// The bytes of the part, and possibly some that follow.
    pub(super) bytes: B,
    pub(super) part: Part,
    /// The supposed end of the part.
    end: Position,
    /// Whether that end is a guess.
    end_is_guess: bool,
    /// The number of the part.
    pub(super) number: usize,
    /// Whether it is certain that the part begins where the previous one ends.
    pub(super) is_certain: bool,
    /// Whether the start of the line in which the part begins is unknown.
    line_is_guess: bool,
}

impl<B> Job<B> {
    /// Corrects the places of the records that were found in the part.
    pub(super) fn renumber<V>(&self, batch: &mut Batch<'_, V>, before: Before) {
        let Before { ahead, line_start } = before;
        let start = self.part.position;
        let line_start = if self.line_is_guess { line_start } else { start.line_start() };
        batch.renumber(Renumbering::new(ahead, start, line_start));
    }

    /// What to note about the part after it has been parsed up to a position.
    pub(super) fn found_end(&self, position: Position) -> End {
        // Separators at the end of a framed part may not have been parsed.
        let end = if self.end_is_guess { position } else { self.end };
        let is_elsewhere = !end.is_same_place(&self.end);
        let is_line_known =
            !self.line_is_guess || end.line_start() != self.part.position.line_start();
        End {
            // After a wrong guess, the stream continues from `end` with the numbers that it has.
            ahead: if is_elsewhere { Numbers::default() } else { position.ahead_of(self.end) },
            line_start: is_line_known.then(|| end.line_start()),
            elsewhere: is_elsewhere.then_some(end),
        }
    }
}

/// Hands out parts.
#[derive(Debug)]
pub(super) struct Ahead<S, D> {
    supply: S,
    options: Options,
    framer: Framer<D>,
    guesser: Guesser,
    /// Whether the start of the next part depends on guesses.
    is_guess: bool,
    /// The supposed start of the framer's current line, as long as the real one is unknown: the start of a part.
    line_start: Option<u64>,
}

impl<S: Supply, D: Document> Ahead<S, D> {
    pub(super) fn new(supply: S, options: Options) -> Self {
        let framer = Framer::new(options, Position::START);
        let guesser = Guesser::new(options.batch_bytes);
        Self { supply, options, framer, guesser, is_guess: false, line_start: None }
    }

    /// The next part. `None` when all parts have been handed out and are certain. It reads more bytes only when
    /// everything that has arrived has been handed out.
    pub(super) fn next(
        &mut self,
        numbering: &Numbering,
        spare: Option<S::Bytes>,
    ) -> Result<Option<Job<S::Bytes>>, S::Error> {
        let mut spare = spare;
        loop {
            match numbering.settled() {
                Ok(settled) => self.supply.forget(settled),
                Err(position) => self.go_back(position),
            }
            spare.take().into_iter().for_each(|bytes| self.supply.recycle(bytes));
            if let Some(guess) = self.guess() {
                match self.hand_out_guessed(numbering, guess) {
                    Ok(job) => return Ok(Some(job)),
                    Err(position) => self.go_back(position),
                }
                continue;
            }
            // After a wrong guess, framing may take arbitrarily long.
            let may_be_long = self.supply.held().len() >= self.options.batch_bytes;
            let must_be_certain = self.is_guess && (may_be_long || self.supply.is_over());
            if must_be_certain && !self.settle(numbering, 0) {
                return Ok(None);
            }
            let framed = self.framer.next(self.supply.held(), self.supply.is_finished());
            match framed.part {
                Some((part, length)) => {
                    match self.hand_out_framed(numbering, part, framed.separators, length) {
                        Ok(job) => return Ok(Some(job)),
                        Err(position) => self.go_back(position),
                    }
                }
                // Separators are only kept together with a part.
                None if self.is_guess && framed.separators > 0 => {
                    if !self.settle(numbering, framed.separators) {
                        return Ok(None);
                    }
                }
                None if self.supply.is_over() => return self.supply.end().map(|()| None),
                None => {
                    self.supply.pass(framed.separators);
                    let most = Framer::<D>::most_held(&self.options);
                    self.supply.read(self.options.batch_bytes, most);
                }
            }
        }
    }

    /// Waits until it is certain where the next part begins: after some framed separators, or elsewhere. Returns
    /// whether that will ever be known.
    fn settle(&mut self, numbering: &Numbering, separators: usize) -> bool {
        match numbering.settle() {
            Settled::Here => {
                self.is_guess = false;
                self.supply.pass(separators);
            }
            Settled::Elsewhere(position) => self.go_back(position),
            Settled::Never => return false,
        }
        true
    }

    fn guess(&mut self) -> Option<(Position, Guess)> {
        let start = self.framer.between_values()?;
        self.guesser.guess(self.supply.held()).map(|guess| (start, guess))
    }

    fn hand_out_guessed(
        &mut self,
        numbering: &Numbering,
        (start, guess): (Position, Guess),
    ) -> Result<Job<S::Bytes>, Position> {
        let turn = numbering.begin()?;
        let Guess { length, like } = guess;
        let held = self.supply.held();
        let end = start.behind(length, like);
        let looked_at = held.len().min(length + LOOK_AHEAD);
        let extent = Extent { separators: 0, length, looked_at };
        let is_certain = turn.is_settled || !self.is_guess;
        self.guesser.count();
        let line_is_guess = self.is_line_guess(start);
        self.framer.begin(end);
        self.is_guess = true;
        self.line_start = Some(end.line_start());
        Ok(Job {
            bytes: self.supply.take(extent, Some(turn.part)),
            part: Part::up_to(start, end),
            end,
            end_is_guess: true,
            number: turn.part,
            is_certain,
            line_is_guess,
        })
    }

    fn hand_out_framed(
        &mut self,
        numbering: &Numbering,
        mut part: Part,
        separators: usize,
        length: usize,
    ) -> Result<Job<S::Bytes>, Position> {
        let turn = numbering.begin()?;
        let mut looked_at = length;
        let mut place = None;
        if let Some(values) = self.framer.framed_values() {
            place = Some((values.behind_record.bytes_since(part.position), values.behind_record));
            looked_at = values.looked_at;
            part = Part::up_to(part.position, values.behind_record);
        }
        self.guesser.learn(&self.supply.held()[separators..], length, place);
        let extent = Extent { separators, length, looked_at };
        let line_is_guess = self.is_line_guess(part.position);
        let is_certain = turn.is_settled || !self.is_guess;
        Ok(Job {
            bytes: self.supply.take(extent, self.is_guess.then_some(turn.part)),
            part,
            end: self.framer.position(),
            end_is_guess: false,
            number: turn.part,
            is_certain,
            line_is_guess,
        })
    }

    fn is_line_guess(&self, start: Position) -> bool {
        self.line_start == Some(start.line_start())
    }

    /// Continues at the real end of a part.
    fn go_back(&mut self, position: Position) {
        self.guesser.was_wrong();
        self.framer.begin(position);
        self.is_guess = false;
        self.line_start = None;
        self.supply.go_back(position.offset());
    }
}
