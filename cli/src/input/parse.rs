//! Parses one batch, record by record.

use super::drift::News;
use super::lanes::Lane;
use super::turns::Batch;
use crate::kind::{AnyParser, Found};
use jobview::{Answer, Arena, ErrorKind, Position, Rejected, Renumbering};
use std::ops::ControlFlow;

/// A record and its place.
pub(crate) struct Visited<'a> {
    /// The document, or the rejected record.
    pub(crate) record: Result<&'a dyn Answer<'a>, Rejected<'a>>,
    /// Its number in the input, from 0.
    pub(crate) number: u64,
    /// The offset at which it begins.
    pub(crate) start: u64,
    /// The offset at which the input continues after it.
    pub(crate) next: u64,
    /// The line in which it begins, from 1; 0 if [`Manner`](super::Manner) does not ask for it.
    pub(crate) line: u64,
    /// The position before it.
    position: Position,
}

impl Visited<'_> {
    fn renumbered(mut self, renumbering: &Renumbering) -> Self {
        self.number = renumbering.record(self.number);
        self.line = renumbering.line(self.line);
        if let Err(rejected) = &mut self.record {
            renumbering.correct(rejected);
        }
        self
    }
}

/// The outcome of a batch.
#[derive(Debug)]
pub(super) struct Parsed {
    /// What was new in it.
    pub(super) news: News,
    /// The offset in the input at which it ends.
    pub(super) end: u64,
}

/// What to heed while parsing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heed {
    /// Whether the size of the arena is limited.
    pub(super) is_limited: bool,
    /// Whether lines are counted.
    pub(super) with_lines: bool,
}

/// Passes each record to `visit`, and returns what was new in the batch. Returns `None` if the batch is void because the
/// one before does not end where it begins; then nothing has been visited, and the lane is unchanged.
///
/// Whether a record is rejected must not depend on the records before it in the batch. So records that exceeded the
/// limit are parsed again, each in its own arena. The parser counts what it notices in them twice.
pub(super) fn parse(
    batch: &Batch,
    lane: &mut Lane,
    arena: &mut Arena,
    heed: Heed,
    mut visit: impl FnMut(Visited<'_>),
) -> Option<Parsed> {
    let Heed { is_limited, with_lines } = heed;
    let start = batch.records.position();
    let between = |actual| Renumbering::between(start, actual);
    let mut news = News::default();
    let mut known = match &batch.before {
        None => between(start),
        Some(before) => match before.told() {
            Some(actual) => Some(actual.and_then(between).or_else(|| void(batch))?),
            None => None,
        },
    };
    arena.reset();
    if !is_limited && let Some(renumbering) = known {
        let each = |one: Visited<'_>| visit(one.renumbered(&renumbering));
        let (given, end) = for_each(batch, &mut *lane.parser, arena, with_lines, each);
        let end = tell(batch, end, &renumbering);
        lane.tell(&mut news, &batch.file, renumbering.record(start.record()), given);
        return Some(Parsed { news, end });
    }

    let untouched = known.is_none().then(|| lane.clone());
    let (limited, mut visited) = (Arena::new(), Vec::new());
    let arena = if is_limited { &limited } else { &*arena };
    let each = |one| visited.push(one);
    let (given, end) = for_each(batch, &mut *lane.parser, arena, with_lines, each);
    if let (None, Some(before)) = (&known, &batch.before) {
        known = before.wait().and_then(between);
    }
    let Some(renumbering) = known else {
        untouched.into_iter().for_each(|untouched| *lane = untouched);
        return void(batch);
    };
    let end = tell(batch, end, &renumbering);
    lane.tell(&mut news, &batch.file, renumbering.record(start.record()), given);
    for one in visited {
        if !matches!(&one.record, Err(rejected) if rejected.error.kind() == ErrorKind::ArenaLimit) {
            visit(one.renumbered(&renumbering));
            continue;
        }
        let (again, arena) = (batch.records.after(one.position), Arena::new());
        let Visited { number, start, next, line, position, .. } = one;
        lane.parser.records(&again, &arena, false, &mut |Found { record, .. }| {
            visit(Visited { record, number, start, next, line, position }.renumbered(&renumbering));
            ControlFlow::Break(())
        });
        lane.tell(&mut news, &batch.file, renumbering.record(number), 1);
    }
    Some(Parsed { news, end })
}

/// Tells the next batch where this one ends, if the end was guessed. Returns the offset.
fn tell(batch: &Batch, end: Position, renumbering: &Renumbering) -> u64 {
    match &batch.behind {
        None => batch.end,
        Some(behind) => {
            let counted = batch.records.after(end).position();
            behind.tell(Some(renumbering.position(counted)));
            end.offset()
        }
    }
}

/// Tells the next batch that this one is void.
fn void<T>(batch: &Batch) -> Option<T> {
    if let Some(behind) = &batch.behind {
        behind.tell(None);
    }
    None
}

/// Passes each record to `each`. Returns their number and the position after the last one.
fn for_each<'a>(
    batch: &'a Batch,
    parser: &mut dyn AnyParser,
    arena: &'a Arena,
    with_lines: bool,
    mut each: impl FnMut(Visited<'a>),
) -> (u64, Position) {
    let bytes = batch.records.bytes();
    let first = batch.records.position().record();
    let mut number = first;
    let end = parser.records(&batch.records, arena, with_lines, &mut |found| {
        let Found { record, raw, line, before: position, after } = found;
        let start = batch.start() + (raw.as_ptr().addr() - bytes.as_ptr().addr()) as u64;
        let next = after.offset();
        // All pieces of a record have the same number.
        let ends = !matches!(&record, Err(rejected) if rejected.more);
        each(Visited { record, number, start, next, line, position });
        number += u64::from(ends);
        ControlFlow::Continue(())
    });
    (number - first, end)
}
