//! Through one batch, record by record.

use super::drift::News;
use super::lanes::Lane;
use super::turns::Batch;
use jobview::{Bump, Record};

/// A record, and where it was.
#[derive(Debug)]
pub(crate) struct Visited<'a> {
    /// What has become of it.
    pub(crate) record: Record<'a>,
    /// Its number in the input, from 0.
    pub(crate) number: u64,
    /// The offset at which it begins.
    pub(crate) start: u64,
    /// The offset at which the input goes on after it.
    pub(crate) next: u64,
}

/// Hands each record to `visit`, and tells what was new in them.
pub(super) fn parse(
    batch: &Batch,
    lane: &mut Lane,
    arena: &mut Bump,
    mut visit: impl FnMut(Visited<'_>),
) -> News {
    arena.reset();
    let bytes = batch.records.bytes();
    let base = batch.end - bytes.len() as u64;
    let first = batch.records.position().record();
    let mut given = 0;
    let mut records = batch.records.records(&mut lane.parser, arena);
    while let Some(record) = records.next() {
        let start = records.raw().as_ptr().addr() - bytes.as_ptr().addr();
        let next = records.position().offset() as u64;
        visit(Visited { record, number: first + given, start: base + start as u64, next });
        given += 1;
    }
    let mut news = News::default();
    lane.tell(&mut news, &batch.file, first, given);
    news
}
