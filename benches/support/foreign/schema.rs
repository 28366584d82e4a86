//! What is to be known of a kind of documents to measure it.

use super::draw::Draw;
use super::twins::Describe;
use gapwise::Document;
use serde::Deserialize;

/// Documents of a kind: how they are written, and what they are read into.
pub(super) trait Schema {
    /// The middle part of criterion's id.
    const NAME: &'static str;

    /// What the engine makes of one.
    type View: Document<View<'static>: Describe> + 'static;

    /// What others make of one.
    type Model<'a>: Deserialize<'a> + Describe;

    /// Writes one, without its newline.
    fn write(draw: &mut Draw, out: &mut Vec<u8>);

    /// The view as something that can be described, whatever its lifetime.
    fn described<'v, 'a>(view: &'v <Self::View as Document>::View<'a>) -> &'v (dyn Describe + 'a);
}
