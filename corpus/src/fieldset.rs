//! Sparse fieldsets: the attributes that a request selects with `fields[...]`.
//!
//! Must not draw from the random stream of the content: the value of an attribute does not depend on which others are
//! selected.

use crate::document::Item;
use rand::RngExt as _;
use rand::seq::SliceRandom as _;
use rand_chacha::ChaCha8Rng;

/// The selected attributes of a type, in the order of the request.
#[derive(Debug)]
pub(crate) struct Fieldset {
    resource_type: &'static str,
    names: Vec<&'static str>,
}

impl Fieldset {
    /// Selects one or more of the attributes of a type.
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

    /// Whether an attribute is selected.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    /// Keeps only the selected attributes, in the order of the request.
    pub(crate) fn select(&self, attributes: &mut Item) {
        let place = |name: &str| self.names.iter().position(|&wanted| wanted == name);
        let members = attributes.members();
        members.retain(|member| place(&member.name).is_some());
        members.sort_by_key(|member| place(&member.name));
    }

    /// The request parameter that selects them, percent-encoded.
    pub(crate) fn parameter(&self) -> String {
        format!("fields%5B{}%5D={}", self.resource_type, self.names.join("%2C"))
    }
}
