//! Several producers, each with an order of the members of its own.
//!
//! Must not change anything but the order. An order is a rank for every name there could be, so that
//! it holds for members that come now and then, too, and needs no list of names.

use crate::document::Item;
use crate::settings::{Layout, Settings};
use rand::{Rng as _, RngExt as _};
use rand_chacha::ChaCha8Rng;

/// Who takes turns, and whose turn it is.
#[derive(Clone, Debug)]
pub(crate) struct Producers {
    amount: u32,
    /// What the orders of all but the first one are made from, which has that of the API.
    salt: u64,
    turns: ChaCha8Rng,
}

impl Producers {
    /// As many as the settings say.
    pub(crate) fn new(settings: &Settings, mut random: ChaCha8Rng) -> Self {
        Self { amount: settings.producers.get(), salt: random.next_u64(), turns: random }
    }

    /// Gives a document to the next producer, who orders its members unless the layout does.
    pub(crate) fn order(&mut self, document: &mut Item, layout: Layout) {
        let producer = u64::from(self.turns.random_range(0..self.amount));
        let is_theirs = !matches!(layout, Layout::Sorted | Layout::Shuffled | Layout::Wild);
        if producer > 0 && is_theirs {
            let salt = self.salt.wrapping_mul(2 * producer + 1);
            document.for_each_object(&mut |members| {
                members.sort_by_cached_key(|member| rank(salt, &member.name));
            });
        }
    }
}

/// The place of a name among all names: FNV-1a, its bits mixed once more so that the last letter does
/// not decide alone.
fn rank(salt: u64, name: &str) -> u64 {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325 ^ salt, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
