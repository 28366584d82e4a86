//! Guesses where a record begins, far ahead, without reading what comes before.
//!
//! The records of a producer begin and end alike. So the bytes around a boundary between two records are searched
//! for where the next part should end. This is a guess, because values within a record may look the same. Whoever
//! parses the bytes before it finds out whether it was right.

use crate::batch::Position;
use memchr::memmem;

/// How many bytes before and behind a place are compared at the most.
const MOST_BEFORE: usize = 8;
const MOST_BEHIND: usize = 48;

/// How many times the rest between wrong guesses doubles.
const MOST_DOUBLINGS: u32 = 6;

/// How many guesses are made before a wrong one is the first again.
const FORGIVEN: u32 = 32;

/// Makes guesses.
#[derive(Debug)]
pub(super) struct Guesser {
    /// Aim for parts of so many bytes.
    batch_bytes: usize,
    surroundings: Option<Surroundings>,
    /// How many bytes the part had from whose end they are.
    length: usize,
    pace: Pace,
}

/// When it is worthwhile to guess.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    /// How many guesses there were since the last wrong one, and how long the rest after that was.
    since: u32,
    doublings: u32,
    /// How many parts are to be framed before the next guess.
    rest: u32,
    /// In how many bytes nothing was found that the next part begins with.
    tried: usize,
}

/// The bytes around a place between two records.
#[derive(Debug)]
struct Surroundings {
    bytes: Vec<u8>,
    /// How many of them are before it.
    before: usize,
    place: Position,
}

/// A guess.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    /// How many bytes come before it.
    pub(super) length: usize,
    /// A place where records are framed as there.
    pub(super) like: Position,
}

impl Guesser {
    pub(super) fn new(batch_bytes: usize) -> Self {
        let batch_bytes = batch_bytes.max(1);
        Self { batch_bytes, surroundings: None, length: 0, pace: Pace::default() }
    }

    /// Takes note of a part that has been framed. `bytes` begin with it, and `place` is behind its last record, after
    /// `at` of them.
    pub(super) fn learn(&mut self, bytes: &[u8], length: usize, place: Option<(usize, Position)>) {
        (self.length, self.pace.tried) = (length, 0);
        self.pace.rest = self.pace.rest.saturating_sub(1);
        if let Some((at, place)) = place {
            self.surroundings = Surroundings::of(bytes, at, place);
        }
    }

    /// Guesses where a part ends that `bytes` begin with, or some of them that have come by now. The work is no more than
    /// to go through them a few times.
    pub(super) fn guess(&mut self, bytes: &[u8]) -> Option<Guess> {
        let Surroundings { bytes: wanted, before, place } = self.surroundings.as_ref()?;
        if self.pace.rest > 0 || bytes.len() < self.pace.tried.saturating_mul(2) {
            return None;
        }
        // There is one in so many bytes, if there is one in as many as a long record has.
        let near = self.batch_bytes.max(self.length.saturating_mul(2)).min(bytes.len());
        let Some(found) = memmem::rfind(&bytes[..near], wanted) else {
            if bytes.len() >= self.batch_bytes {
                self.was_wrong();
            }
            self.pace.tried = bytes.len();
            return None;
        };
        Some(Guess { length: found + before, like: *place })
    }

    /// Takes note that a guess has been made use of.
    pub(super) fn count(&mut self) {
        self.pace.since = self.pace.since.saturating_add(1);
        self.pace.tried = 0;
    }

    /// As it is now.
    #[cfg(feature = "bytes")]
    pub(super) fn pace(&self) -> Pace {
        self.pace
    }

    /// Forgets all guesses that were made since it was so.
    #[cfg(feature = "bytes")]
    pub(super) fn go_back(&mut self, pace: Pace) {
        self.pace = pace;
    }

    /// Takes note that a guess was wrong, or none could be made. Where that is so, few are tried.
    pub(super) fn was_wrong(&mut self) {
        let doublings = match self.pace.since {
            ..FORGIVEN => (self.pace.doublings + 1).min(MOST_DOUBLINGS),
            _ => 0,
        };
        self.pace = Pace { since: 0, doublings, rest: 1 << doublings, tried: 0 };
    }
}

impl Surroundings {
    /// What is around a place: what closes the record before it, or the last line of that, and the beginning of the
    /// next up to the first name in it, and the opening brackets of the value.
    fn of(bytes: &[u8], at: usize, place: Position) -> Option<Self> {
        if !place.is_steady() {
            return None;
        }
        let mut before = 0;
        let mut closes = false;
        for byte in bytes[..at].iter().rev().take(MOST_BEFORE) {
            match byte {
                b'}' | b']' => closes = true,
                b'\n' if closes => {
                    before += 1;
                    break;
                }
                b' ' | b'\t' | b'\r' | b'\n' => {}
                _ => break,
            }
            before += 1;
        }
        // Else a guess could be no step ahead.
        if !closes {
            return None;
        }
        let behind = &bytes[at..bytes.len().min(at + MOST_BEHIND)];
        let name = memchr::memchr(b':', behind)? + 1;
        let opens =
            |byte: &&u8| matches!(**byte, b' ' | b'\t' | b'\r' | b'\n' | b'{' | b'[' | b'"');
        let length = name + behind[name..].iter().take_while(opens).count();
        Some(Self { bytes: bytes[at - before..at + length].to_vec(), before, place })
    }
}
