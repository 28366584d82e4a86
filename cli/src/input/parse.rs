//! Through one batch, record by record.
//!
//! The arena is emptied every so many bytes, so that it stays small and in the cache.

use super::drift::News;
use super::lanes::Lane;
use super::turns::Batch;
use jobview::{Bump, ErrorKind, Record};

/// How much of a batch goes by between two resets of the arena.
const SLICE: u64 = 1 << 18;

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
///
/// A record for which the limit of the arena left no room gets a second chance in a new one: what is rejected
/// must not depend on the records before it. The parser is given it twice then, and counts what it notices in it
/// twice.
pub(super) fn parse(
    batch: &Batch,
    lane: &mut Lane,
    arena: &mut Bump,
    mut visit: impl FnMut(Visited<'_>),
) -> News {
    let mut news = News::default();
    let mut position = batch.position;
    let mut is_new = false;
    // What is counted twice must not depend on the batch before.
    *arena = Bump::new();
    loop {
        let start = position;
        let (mut is_full, mut is_over, mut given) = (false, false, 0);
        let mut records = lane.parser.records_from(&batch.bytes, start, arena);
        while offset(position) - offset(start) < SLICE {
            let Some(record) = records.next() else {
                is_over = true;
                break;
            };
            given += 1;
            let has_new_arena = is_new && position == start;
            is_full = matches!(&record, Err(rejected) if rejected.error.kind() == ErrorKind::ArenaLimit)
                && !has_new_arena;
            if is_full {
                break;
            }
            let next = records.position();
            let raw = records.raw().as_ptr().addr() - batch.bytes.as_ptr().addr();
            visit(Visited {
                record,
                number: position.record(),
                start: raw as u64,
                next: offset(next),
            });
            position = next;
        }
        lane.tell(&mut news, &batch.file, start.record(), given);
        if is_over {
            return news;
        }
        is_new = is_full;
        match is_full {
            true => *arena = Bump::new(),
            false => arena.reset(),
        }
    }
}
fn offset(position: jobview::Position) -> u64 {
    position.offset() as u64
}
