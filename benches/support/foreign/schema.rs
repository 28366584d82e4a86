//! The description of a kind of documents to measure.

use super::draw::Draw;
use super::twins::Describe;
use gapwise::Document;
use serde::Deserialize;

/// A kind of documents: how they are written, and what they are read into.
pub(super) trait Schema {
    /// The middle part of criterion's id.
    const NAME: &'static str;

    /// The engine's view of a document.
    type View: Document<View<'static>: Describe> + 'static;

    /// The model of the other parsers.
    type Model<'a>: Deserialize<'a> + Describe;

    /// Writes a document, without its newline.
    fn write(draw: &mut Draw, out: &mut Vec<u8>);

    /// The view as a value that can be described, for any lifetime.
    fn described<'v, 'a>(view: &'v <Self::View as Document>::View<'a>) -> &'v (dyn Describe + 'a);
}
