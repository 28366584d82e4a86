//! Corrects record and line numbers that were assigned before it was known how many records and lines come before.

use super::position::{Numbers, Position};
use super::rejected::Rejected;

/// The correction for everything that was found from a position on.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Renumbering {
    ahead: Numbers,
    /// The supposed start.
    start: Position,
    /// Where the line that contains the start begins.
    line_start: u64,
}

impl Renumbering {
    /// The correction for everything found from `start` on. The true numbers there are `ahead` of those of `start`, and
    /// its line begins at `line_start`.
    pub(crate) fn new(ahead: Numbers, start: Position, line_start: u64) -> Self {
        Self { ahead, start, line_start }
    }

    /// The correction for everything found from `supposed` on, once it is known that the records before it end at
    /// `actual`. `None` if that is a different place.
    pub fn between(supposed: Position, actual: Position) -> Option<Self> {
        let is_same = supposed.is_same_place(&actual);
        is_same.then(|| Self::new(actual.ahead_of(supposed), supposed, actual.line_start()))
    }

    /// How many records and lines to add.
    pub(super) fn ahead(&self) -> Numbers {
        self.ahead
    }

    /// The corrected number of a record.
    pub fn record(&self, number: u64) -> u64 {
        number.wrapping_add(self.ahead.records)
    }

    /// The corrected number of a line.
    pub fn line(&self, line: u64) -> u64 {
        line.wrapping_add(self.ahead.lines)
    }

    /// The corrected position. Lines must have been counted up to it.
    pub fn position(&self, position: Position) -> Position {
        let is_in_first_line = position.line_start() == self.start.line_start();
        let line_start = if is_in_first_line { self.line_start } else { position.line_start() };
        position.further(self.ahead).in_line(line_start)
    }

    /// Corrects the place of a rejected record.
    pub fn correct(&self, rejected: &mut Rejected<'_>) {
        let Self { ahead, start, line_start } = self;
        let columns = start.line_start().wrapping_sub(*line_start);
        rejected.error.renumber(ahead.records, ahead.lines, start.line(), columns);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arena::Arena;
    use crate::batch::position::Stage;
    use crate::batch::{Memory, Records};
    use crate::options::{Framing, Options};
    use crate::sample::OrderResponse;

    /// What is rejected from a position on, and the position behind all, with all lines counted.
    fn read<'a>(
        input: &'a [u8],
        start: Position,
        arena: &'a Arena,
    ) -> (Vec<Rejected<'a>>, Position) {
        let mut memory =
            Memory::<OrderResponse<'static>>::new(Options::new().framing(Framing::Array));
        let mut records = Records::new(&mut memory, input, start, arena);
        let rejected = records.by_ref().filter_map(Result::err).collect();
        (rejected, records.counted_position())
    }

    /// The position behind the first `records` of an array.
    fn behind(input: &[u8], records: usize) -> Position {
        let arena = Arena::new();
        let mut memory =
            Memory::<OrderResponse<'static>>::new(Options::new().framing(Framing::Array));
        let mut found = Records::new(&mut memory, input, Position::START, &arena);
        assert_eq!(found.by_ref().take(records).count(), records);
        found.counted_position()
    }

    #[test]
    fn what_is_found_from_a_guess_on_gets_the_numbers_of_the_stream() {
        for input in [
            &b"[{},\n{}, {},{},\n\n {},{}]"[..],
            b"[{},{},{},{},{},{}]",
            b"[\n{}\n,{},{},{},{},{}\n]\n",
        ] {
            let arena = Arena::new();
            let (expected, end) = read(input, Position::START, &arena);
            for number in 1..5 {
                let actual = behind(input, number);
                let like = behind(input, 1);
                let length = actual.bytes_since(Position::START);
                let supposed = Position::START.behind(length, like);
                let renumbering = Renumbering::between(supposed, actual).unwrap();
                let (mut found, found_end) = read(input, supposed, &arena);
                found.iter_mut().for_each(|rejected| renumbering.correct(rejected));
                assert_eq!(found, expected[number..]);
                assert_eq!(renumbering.position(found_end), end);
                assert_eq!(renumbering.record(1), number as u64);
                assert_eq!(renumbering.line(supposed.line()), actual.line());
            }
        }
    }

    #[test]
    fn another_place_is_none() {
        let input = b"[{},{},{}]";
        let (one, two) = (behind(input, 1), behind(input, 2));
        assert!(Renumbering::between(one, two).is_none());
        let other_stage = Position { stage: Stage::Element, ..one };
        assert!(Renumbering::between(one, other_stage).is_none());
    }
}
