//! Through one batch, record by record.

use super::drift::News;
use super::lanes::Lane;
use super::retry::{self, Retry};
use super::turns::Batch;
use jobview::{Bump, Document, Options, Parser, Record};

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
}

/// Hands each record to `visit`, and tells what was new in them. `limited` are the options, if they limit the
/// arena.
pub(super) fn parse<D: Document>(
    batch: &Batch,
    lane: &mut Lane<D>,
    arena: &mut Bump,
    limited: Option<Options>,
    mut visit: impl FnMut(Visited<'_, D>),
) -> News {
    let mut news = News::default();
    let first = batch.records.position().record();
    let Some(options) = limited else {
        arena.reset();
        let given = for_each(batch, &mut lane.parser, arena, visit);
        lane.tell(&mut news, &batch.file, first, given);
        return news;
    };

    let (arena, mut visited) = (Bump::new(), Vec::new());
    let given = for_each(batch, &mut lane.parser, &arena, |one| visited.push(one));
    lane.tell(&mut news, &batch.file, first, given);
    let mut retry = Retry::<D>::new(batch, options);
    for one in visited {
        let Some(again) = retry::is_due::<D>(&one.record).then(|| retry.record(&one)).flatten()
        else {
            visit(one);
            continue;
        };
        let arena = Bump::new();
        for record in again.records(&mut lane.parser, &arena) {
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
    while let Some(record) = records.next() {
        let start = batch.start() + (records.raw().as_ptr().addr() - bytes.as_ptr().addr()) as u64;
        let next = records.position().offset() as u64;
        // The pieces of a record are one.
        let ends = !matches!(&record, Err(rejected) if rejected.more);
        each(Visited { record, number, start, next });
        number += u64::from(ends);
    }
    number - first
}
