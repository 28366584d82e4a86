//! A part of a stream on its way from the framer to the parser.

use super::position::Position;
use crate::error::Error;

/// What the end of the available bytes means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It is the end of the input.
    Input,
    /// It is between two records of a stream, or between two separators.
    Part,
    /// It may be anywhere in a stream: a record is not touched until its end is known.
    Anywhere,
}

/// A part of a stream that can be parsed.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Where its first record begins, or the separators before that record.
    pub(crate) position: Position,
    pub(crate) content: Content,
}

impl Part {
    /// Records from a position up to another one, in bytes that continue after it.
    pub(crate) fn up_to(position: Position, end: Position) -> Self {
        Self { position, content: Content::UpTo(end.offset()) }
    }

    /// Whether it may end within a record. The next part begins with that record.
    pub(crate) fn ends_anywhere(&self) -> bool {
        matches!(self.content, Content::Records(Ending::Anywhere))
    }

    /// The whole of an input.
    #[cfg(feature = "bytes")]
    pub(crate) const WHOLE: Self =
        Self { position: Position::START, content: Content::Records(Ending::Input) };
}

#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// Complete records. With [`Ending::Anywhere`], the last one may be incomplete.
    Records(Ending),
    /// Records up to this offset in the stream. The bytes continue after it, because where a record ends depends on
    /// what follows.
    UpTo(u64),
    /// A piece of a record that is too long to be held.
    Piece(Piece),
}

#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// How many bytes belong to the record; the bytes after them are separators.
    pub(super) length: usize,
    pub(super) error: Error,
    pub(super) remainder: bool,
    pub(super) more: bool,
    /// The position to continue from: before the record until it has ended.
    pub(super) then: Position,
}
