//! Guesses where a record begins, far ahead, without reading what comes before.
//!
//! The records of a producer begin and end alike. So the bytes around one boundary between two records are searched for
//! near the place where the next part should end. The result is a guess, because values within a record may look the
//! same. It is checked when the bytes before it are parsed.

use crate::batch::Position;
use memchr::memmem;

/// How many bytes before and after a boundary are compared at most.
const MOST_BEFORE: usize = 8;
const MOST_BEHIND: usize = 48;

/// How often the pause after a wrong guess may double.
const MOST_DOUBLINGS: u32 = 6;

/// After this many right guesses, a wrong one counts as the first again.
const FORGIVEN: u32 = 32;

/// Makes guesses.
#[derive(Debug)]
pub(super) struct Guesser {
    /// The intended length of parts.
    batch_bytes: usize,
    surroundings: Option<Surroundings>,
    /// The length of the part at whose end the surroundings were taken.
    length: usize,
    pace: Pace,
}

/// Decides when guessing is worthwhile.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    /// How many guesses were made since the last wrong one, and how often the pause after that one had doubled.
    since: u32,
    doublings: u32,
    /// How many parts to frame before the next guess.
    rest: u32,
    /// The number of bytes in which the last search found nothing.
    tried: usize,
}

/// The bytes around a boundary between two records.
#[derive(Debug)]
struct Surroundings {
    bytes: Vec<u8>,
    /// How many of them are before the boundary.
    before: usize,
    place: Position,
}

/// A guessed end of a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    /// The number of bytes before it.
    pub(super) length: usize,
    /// A position at which records are framed in the same way.
    pub(super) like: Position,
}

impl Guesser {
    pub(super) fn new(batch_bytes: usize) -> Self {
        let batch_bytes = batch_bytes.max(1);
        Self { batch_bytes, surroundings: None, length: 0, pace: Pace::default() }
    }

    /// Learns from a part that was framed. `bytes` begin with the part. `place` is the position after its last record,
    /// and the offset of that position in `bytes`.
    pub(super) fn learn(&mut self, bytes: &[u8], length: usize, place: Option<(usize, Position)>) {
        (self.length, self.pace.tried) = (length, 0);
        self.pace.rest = self.pace.rest.saturating_sub(1);
        if let Some((at, place)) = place {
            self.surroundings = Surroundings::of(bytes, at, place);
        }
    }

    /// Guesses where the part at the start of `bytes` ends. `bytes` need not be complete. The work is that of a few
    /// passes over them.
    pub(super) fn guess(&mut self, bytes: &[u8]) -> Option<Guess> {
        let Surroundings { bytes: wanted, before, place } = self.surroundings.as_ref()?;
        if self.pace.rest > 0 || bytes.len() < self.pace.tried.saturating_mul(2) {
            return None;
        }
        // Search within a batch, or twice the last part if that is longer: long records need more room.
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

    /// Notes that a guess has been used.
    pub(super) fn count(&mut self) {
        self.pace.since = self.pace.since.saturating_add(1);
        self.pace.tried = 0;
    }

    /// The current pace.
    #[cfg(feature = "bytes")]
    pub(super) fn pace(&self) -> Pace {
        self.pace
    }

    /// Restores an earlier pace: forgets all guesses made since.
    #[cfg(feature = "bytes")]
    pub(super) fn go_back(&mut self, pace: Pace) {
        self.pace = pace;
    }

    /// Notes that a guess was wrong, or that none could be made. If this happens often, few guesses are made.
    pub(super) fn was_wrong(&mut self) {
        let doublings = match self.pace.since {
            ..FORGIVEN => (self.pace.doublings + 1).min(MOST_DOUBLINGS),
            _ => 0,
        };
        self.pace = Pace { since: 0, doublings, rest: 1 << doublings, tried: 0 };
    }
}

impl Surroundings {
    /// The bytes around a boundary. Before it: the closing brackets of the record, or its last line. After it: the
    /// start of the next record up to its first name, and the opening brackets of the value.
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
        // Otherwise a guess might make no progress.
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
