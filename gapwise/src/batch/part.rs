//! A part of a stream on its way from the framer to the parser.

use super::position::Position;
use crate::error::Error;

/// What the end of the bytes at hand means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It is the end of the input.
    Input,
    /// It is between two records of a stream, or two pieces of what separates them.
    Part,
    /// It may be anywhere in a stream: a record is left alone until its end is known.
    Anywhere,
}

/// A part of a stream that can be parsed.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Where the first record of it begins, or may begin after separators.
    pub(crate) position: Position,
    pub(crate) content: Content,
}

impl Part {
    /// Records from a position up to another, in bytes that go on behind it.
    pub(crate) fn up_to(position: Position, end: Position) -> Self {
        Self { position, content: Content::UpTo(end.offset()) }
    }

    /// Whether it may end within a record, which is left to the next part.
    pub(crate) fn ends_anywhere(&self) -> bool {
        matches!(self.content, Content::Records(Ending::Anywhere))
    }

    /// All of an input.
    #[cfg(feature = "bytes")]
    pub(crate) const WHOLE: Self =
        Self { position: Position::START, content: Content::Records(Ending::Input) };
}

#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// Records, none of them cut, unless it ends anywhere: then the last one may be.
    Records(Ending),
    /// Records up to this offset in the stream. The bytes go on behind it: where a record ends depends on what follows.
    UpTo(u64),
    /// A piece of a record that is too long to be held.
    Piece(Piece),
}

#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// How many bytes of the record there are; what follows them is separator.
    pub(super) length: usize,
    pub(super) error: Error,
    pub(super) remainder: bool,
    pub(super) more: bool,
    /// Where to go on: before the record, as long as it has not ended.
    pub(super) then: Position,
}
