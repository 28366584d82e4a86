//! Merges the unknown members and layout changes that several parsers noticed in parts of a stream.
//!
//! Batches arrive here in input order, which decides what came first. The only thing that this module knows about lanes
//! is that consecutive stretches go to different ones.

use crate::kind::AnyParser;
use jobview::Drift;
use serde::Serialize;
use std::sync::Arc;

/// A record of one of the inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// The printable name of the input.
    pub(crate) file: Arc<str>,
    /// The number of the record, from 0.
    pub(crate) record: u64,
}

/// The unknown members and layout changes of a stream. The member names are a public interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Novelties {
    /// Members that are not in the schema, in the order of their first occurrence.
    pub(crate) unknown_members: Vec<UnknownMember>,
    /// Occurrences of further unknown members.
    pub(crate) other_unknown_members: u64,
    /// Where the layout of documents changed.
    pub(crate) layout_changes: LayoutChanges,
    /// The stretch of the last batch.
    #[serde(skip)]
    stretch: Stretch,
    /// Whether the layout may have changed in the stretch before.
    #[serde(skip)]
    just_changed: bool,
}

/// What has been seen of a stretch: a part of an input that goes to one parser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Stretch {
    number: usize,
    documents: u64,
    layout_changes: u64,
    misses: u64,
}

/// A member that is not in the schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct UnknownMember {
    /// Its JSON pointer, with `*` for any index.
    pub(crate) pointer: String,
    /// How often it occurred, in rejected records too.
    pub(crate) count: u64,
    /// Its first occurrence.
    pub(crate) first: Place,
}

/// The records at which the layout changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct LayoutChanges {
    /// How many there were.
    pub(crate) count: u64,
    /// The first of them.
    pub(crate) first: Vec<Place>,
}

/// What a parser noticed in one batch.
#[derive(Clone, Debug, Default)]
pub(crate) struct News {
    unknown_members: Vec<UnknownMember>,
    other_unknown_members: u64,
    layout_changes: LayoutChanges,
    /// The index among the documents at which the first change was, if that is known.
    first_change: Option<u64>,
    /// How many gaps were unknown.
    misses: u64,
    /// How many documents the parser was given.
    documents: u64,
}

impl Novelties {
    /// If the layout changed in one stretch, a change within this many documents at the start of the next stretch is
    /// the same change: it is new only to the other parser.
    const SAME_CHANGE: u64 = 8;

    /// With this many unknown gaps, the layout may have changed without the parser reporting it, for example after a
    /// bad record. It is fewer than another layout has.
    const UNEVEN: u64 = 16;

    /// Adds the news of the next batch, which belongs to the stretch with this number.
    pub(super) fn add(&mut self, stretch: usize, news: News) {
        let News { unknown_members, other_unknown_members, layout_changes, .. } = news;
        self.other_unknown_members += other_unknown_members;
        for member in unknown_members {
            let is_full = self.unknown_members.len() == Drift::MOST_MEMBERS;
            let same = |known: &&mut UnknownMember| known.pointer == member.pointer;
            match self.unknown_members.iter_mut().find(same) {
                Some(known) => known.count += member.count,
                None if !is_full => self.unknown_members.push(member),
                None => self.other_unknown_members += member.count,
            }
        }
        let LayoutChanges { count, first } = layout_changes;
        if self.stretch.number != stretch {
            let Stretch { layout_changes, misses, .. } = self.stretch;
            self.just_changed = layout_changes > 0 || misses >= Self::UNEVEN;
            self.stretch = Stretch { number: stretch, ..Stretch::default() };
        }
        let is_early =
            |n| self.stretch.layout_changes == 0 && self.stretch.documents + n < Self::SAME_CHANGE;
        let repeated = u64::from(self.just_changed && news.first_change.is_some_and(is_early));
        self.stretch.documents += news.documents;
        self.stretch.layout_changes += count;
        self.stretch.misses += news.misses;
        self.layout_changes.count += count - repeated;
        let room = Drift::MOST_CHANGES - self.layout_changes.first.len();
        self.layout_changes.first.extend(first.into_iter().skip(repeated as usize).take(room));
    }
}

/// How much of the drift of a parser has been reported.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// How many documents the parser has been given.
    documents: u64,
    /// How often each unknown member occurred.
    members: Vec<u64>,
    others: u64,
    changes: u64,
    changed_documents: usize,
    misses: u64,
}

impl Told {
    /// How many documents the parser has been given.
    pub(super) fn documents(&self) -> u64 {
        self.documents
    }

    /// Adds to the news of a batch what the parser has noticed since the last call. In the meantime it has been given
    /// `given` documents of `file`, the first of which was the record `first`.
    pub(super) fn tell(
        &mut self,
        parser: &dyn AnyParser,
        news: &mut News,
        file: &Arc<str>,
        first: u64,
        given: u64,
    ) {
        let drift = parser.drift();
        let place = |document: u64| Place {
            file: Arc::clone(file),
            record: first + document.saturating_sub(self.documents),
        };
        self.members.resize(drift.unknown_members().len(), 0);
        for (member, told) in drift.unknown_members().iter().zip(&mut self.members) {
            let count = member.count() - std::mem::replace(told, member.count());
            if count > 0 {
                let (pointer, first) =
                    (member.pointer().to_owned(), place(member.first_document()));
                news.unknown_members.push(UnknownMember { pointer, count, first });
            }
        }
        let others = drift.other_unknown_members();
        news.other_unknown_members += others - std::mem::replace(&mut self.others, others);

        let misses = parser.layout().misses();
        news.misses += misses - std::mem::replace(&mut self.misses, misses);
        let changes = drift.layout_changes();
        let places = &drift.changed_documents()[self.changed_documents..];
        if news.layout_changes.count == 0 {
            let index = |document: &u64| news.documents + document.saturating_sub(self.documents);
            news.first_change = places.first().map(index);
        }
        news.layout_changes.first.extend(places.iter().map(|&document| place(document)));
        news.layout_changes.count += changes - std::mem::replace(&mut self.changes, changes);
        self.changed_documents = drift.changed_documents().len();
        self.documents += given;
        news.documents += given;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jobview::{Arena, JobResponse, Parser};

    fn place(record: u64) -> Place {
        Place { file: Arc::from("jobs"), record }
    }

    fn change(record: u64, first_change: u64) -> News {
        let layout_changes = LayoutChanges { count: 1, first: vec![place(record)] };
        let first_change = Some(first_change);
        News { layout_changes, first_change, documents: 50, ..News::default() }
    }

    #[test]
    fn a_change_that_one_parser_after_the_other_notices_is_one_change() {
        let mut novelties = Novelties::default();
        for (stretch, news) in [
            change(150, 8),
            change(200, 7),
            change(300, 0),
            News::default(),
            change(500, 0),
            change(650, 20),
        ]
        .into_iter()
        .enumerate()
        {
            novelties.add(stretch, news);
        }
        let first = [150, 500, 650].map(place).to_vec();
        assert_eq!(novelties.layout_changes, LayoutChanges { count: 3, first });
    }

    #[test]
    fn a_change_that_was_not_remarkable_is_not_put_down_to_another_batch() {
        let mut novelties = Novelties::default();
        novelties.add(0, News { misses: Novelties::UNEVEN, ..News::default() });
        novelties.add(1, change(200, 0));
        assert_eq!(novelties.layout_changes, LayoutChanges::default());
        novelties.add(2, News { misses: Novelties::UNEVEN - 1, ..News::default() });
        novelties.add(3, change(400, 0));
        assert_eq!(novelties.layout_changes.first, [place(400)]);
    }

    #[test]
    fn batches_of_one_stretch_are_as_good_as_one_batch() {
        let mut novelties = Novelties::default();
        novelties.add(0, News { misses: Novelties::UNEVEN - 1, ..News::default() });
        novelties.add(0, News { misses: 1, ..News::default() });
        novelties.add(1, News { documents: 4, ..News::default() });
        // The same change, then two that are not: another one follows it, and the next stretch has had more documents.
        novelties.add(1, change(204, 0));
        novelties.add(1, change(254, 0));
        novelties.add(2, News { documents: 8, ..News::default() });
        novelties.add(2, change(308, 0));
        assert_eq!(novelties.layout_changes.first, [place(254), place(308)]);
    }

    #[test]
    fn members_are_told_apart_up_to_a_limit_and_all_are_counted() {
        let mut novelties = Novelties::default();
        for batch in 0..3 {
            let member = |name: u64| UnknownMember {
                pointer: format!("/{name}"),
                count: 2,
                first: place(100 * batch + name),
            };
            let unknown_members = (20 * batch..20 * batch + 30).map(member).collect();
            novelties.add(batch as usize, News { unknown_members, ..News::default() });
        }
        assert_eq!(novelties.unknown_members.len(), Drift::MOST_MEMBERS);
        assert_eq!(novelties.unknown_members[25].count, 4);
        assert_eq!(novelties.unknown_members[25].first, place(25));
        assert_eq!(novelties.unknown_members[35].first, place(135));
        let told_apart = novelties.unknown_members.iter().map(|member| member.count);
        assert_eq!(told_apart.sum::<u64>() + novelties.other_unknown_members, 3 * 30 * 2);
    }

    #[test]
    fn only_what_is_new_since_last_time_is_told() {
        let (mut parser, mut told, arena) =
            (Parser::<JobResponse>::new(), Told::default(), Arena::new());
        let file = Arc::from("jobs");
        let mut tell = |parser: &mut Parser, batch: &str, first| {
            let given = parser.records(batch.as_bytes(), &arena).count() as u64;
            let mut news = News::default();
            told.tell(parser, &mut news, &file, first, given);
            let members = news.unknown_members.into_iter();
            members.map(|m| (m.pointer, m.count, m.first.record)).collect::<Vec<_>>()
        };
        let of = |name: &str, count, record| (name.to_owned(), count, record);
        let found = tell(&mut parser, "{\"data\":{}}\n{\"a\":1}\n{\"a\":2}\n", 10);
        assert_eq!(found, [of("/a", 2, 11)]);
        assert_eq!(tell(&mut parser, "{\"data\":{}}\n", 20), []);
        let found = tell(&mut parser, "{\"b\":2}\n{\"a\":1}\n", 30);
        assert_eq!((found.len(), &found[1]), (2, &of("/b", 1, 30)));
        assert_eq!(found[0].1, 1);
    }
}
