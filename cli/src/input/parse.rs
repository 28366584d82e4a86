//! Through one batch, record by record.

use super::drift::News;
use super::lanes::Lane;
use super::turns::Batch;
use jobview::{Bump, Document, ErrorKind, Parser, Position, Record};

/// A record, and where it was.
#[derive(Debug)]
pub(crate) struct Visited<'a, D: Document> {
    /// What has become of it.
    pub(crate) record: Record<'a, D>,
    /// Its number in the input, from 0.
    pub(crate) number: u64,
    /// The offset at which it begins.
    pub(crate) start: u64,
    /// The offset at which the input goes on after it.
    pub(crate) next: u64,
    /// Where parsing stood before it.
    position: Position,
}

/// Hands each record to `visit`, and tells what was new in them. `is_limited` says whether there is a limit for the
/// arena.
///
/// What is rejected must not depend on the records before it in the batch. So those for which the limit has left no
/// room are parsed once more, each in an arena of its own. The parser counts what it notices in them twice.
pub(super) fn parse<D: Document>(
    batch: &Batch,
    lane: &mut Lane<D>,
    arena: &mut Bump,
    is_limited: bool,
    mut visit: impl FnMut(Visited<'_, D>),
) -> News {
    let mut news = News::default();
    let first = batch.records.position().record();
    if !is_limited {
        arena.reset();
        let given = for_each(batch, &mut lane.parser, arena, visit);
        lane.tell(&mut news, &batch.file, first, given);
        return news;
    }

    let (arena, mut visited) = (Bump::new(), Vec::new());
    let given = for_each(batch, &mut lane.parser, &arena, |one| visited.push(one));
    lane.tell(&mut news, &batch.file, first, given);
    for one in visited {
        if !matches!(&one.record, Err(rejected) if rejected.error.kind() == ErrorKind::ArenaLimit) {
            visit(one);
            continue;
        }
        let (again, arena) = (batch.records.after(one.position), Bump::new());
        for record in again.records(&mut lane.parser, &arena).take(1) {
            visit(Visited { record, ..one });
        }
        lane.tell(&mut news, &batch.file, one.number, 1);
    }
    news
}

/// Hands out each record, and returns how many they were.
fn for_each<'a, D: Document>(
    batch: &'a Batch,
    parser: &mut Parser<D>,
    arena: &'a Bump,
    mut each: impl FnMut(Visited<'a, D>),
) -> u64 {
    let bytes = batch.records.bytes();
    let first = batch.records.position().record();
    let mut number = first;
    let mut records = batch.records.records(parser, arena);
    let mut position = records.position();
    while let Some(record) = records.next() {
        let start = batch.start() + (records.raw().as_ptr().addr() - bytes.as_ptr().addr()) as u64;
        let next = records.position().offset() as u64;
        // The pieces of a record are one.
        let ends = !matches!(&record, Err(rejected) if rejected.more);
        each(Visited { record, number, start, next, position });
        position = records.position();
        number += u64::from(ends);
    }
    number - first
}
