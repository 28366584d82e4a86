//! What is learned of the documents of one table, for any width of its member sets.

use super::layout::Layout;
use super::progress::Progress;
use super::walk::Walker;
use crate::options::Options;
use crate::schema::{MORE_WORDS, MOST_WORDS, Room, Table};

/// What is known of the documents of one table, whose member sets have `N` words: see [`Table::words`].
#[derive(Clone, Debug)]
pub(super) struct Track<const N: usize> {
    pub(super) walker: Walker,
    pub(super) layout: Layout<N>,
    pub(super) progress: Progress,
    pub(super) room: Room,
}

/// A [`Track`] with member sets of any width.
#[derive(Clone, Debug)]
pub(super) enum AnyTrack {
    Small(Track<1>),
    Large(Track<MORE_WORDS>),
    Largest(Track<MOST_WORDS>),
}

/// Does the same with a track of any width.
macro_rules! with {
    ($track:expr, |$any:ident| $what:expr) => {
        match $track {
            AnyTrack::Small($any) => $what,
            AnyTrack::Large($any) => $what,
            AnyTrack::Largest($any) => $what,
        }
    };
}

pub(super) use with;

impl AnyTrack {
    pub(super) fn new(table: &'static Table, options: &Options) -> Self {
        match table.words() {
            1 => Self::Small(Track::new(table, options)),
            MORE_WORDS => Self::Large(Track::new(table, options)),
            _ => Self::Largest(Track::new(table, options)),
        }
    }
}

impl<const N: usize> Track<N> {
    fn new(table: &'static Table, options: &Options) -> Self {
        Self {
            walker: Walker::new(table, options),
            layout: Layout::new(table),
            progress: Progress::new(options.learning, table.len()),
            room: Room::new(table),
        }
    }
}
