//! Sparse fieldsets: the attributes that a request asks for with `fields[...]`, when it does.
//!
//! Must not draw from the stream of the content: what is said of an attribute is the same, whether
//! others are asked for or not.

use crate::document::Item;
use rand::RngExt as _;
use rand::seq::SliceRandom as _;
use rand_chacha::ChaCha8Rng;

/// Which attributes of a type were asked for, in which order.
#[derive(Debug)]
pub(crate) struct Fieldset {
    resource_type: &'static str,
    names: Vec<&'static str>,
}

impl Fieldset {
    /// One or more of the attributes of a type.
    pub(crate) fn draw(
        resource_type: &'static str,
        names: &[&'static str],
        random: &mut ChaCha8Rng,
    ) -> Self {
        let mut names = names.to_vec();
        names.shuffle(random);
        names.truncate(random.random_range(1..=names.len()));
        Self { resource_type, names }
    }

    /// Whether an attribute was asked for.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    /// Leaves those attributes that were asked for, in the order of the request.
    pub(crate) fn select(&self, attributes: &mut Item) {
        let place = |name: &str| self.names.iter().position(|&wanted| wanted == name);
        let members = attributes.members();
        members.retain(|member| place(&member.name).is_some());
        members.sort_by_key(|member| place(&member.name));
    }

    /// The parameter of the request that asks for them, percent-encoded.
    pub(crate) fn parameter(&self) -> String {
        format!("fields%5B{}%5D={}", self.resource_type, self.names.join("%2C"))
    }
}
