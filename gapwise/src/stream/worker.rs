//! A parser, and an arena for the views of one batch at a time.

use crate::arena::Arena;
use crate::batch::{Batch, Part, Position, Records};
use crate::parser::Parser;
use crate::schema::Document;

#[derive(Debug)]
pub(super) struct Worker<D: Document> {
    pub(super) parser: Parser<D>,
    arena: Arena,
}

impl<D: Document> Worker<D> {
    pub(super) fn new(parser: Parser<D>) -> Self {
        Self { parser, arena: Arena::new() }
    }

    /// Parses the records of a part, as many as there is room for. The views of the previous batch are dropped. Returns
    /// the position to continue from, and the rest of the part if not all records had room.
    pub(super) fn parse<'a>(
        &'a mut self,
        bytes: &'a [u8],
        part: &Part,
    ) -> (Batch<'a, D::View<'a>>, Position, Option<Part>) {
        let Self { parser, arena } = self;
        match parser.memory.options.max_arena_bytes {
            // With a limit, what fits must not depend on earlier records.
            Some(_) => *arena = Arena::new(),
            None => arena.reset(),
        }
        let records = Records::of_part(&mut parser.memory, bytes, part, arena);
        let (batch, position, is_full) = records.collect_while_room();
        (batch, position, is_full.then(|| Part { position, ..part.clone() }))
    }
}
