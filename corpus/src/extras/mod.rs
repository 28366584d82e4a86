//! Adds members that are not in the schema.
//!
//! Must not change, remove or duplicate a known member, and must keep every document valid: a reader of the known
//! members reads the same as before.

mod assorted;
mod evolved;
mod strewn;

use crate::document::Item;
use crate::settings::{ExtraMembers, Kind};
use rand_chacha::ChaCha8Rng;

/// Adds the requested members to a document of this kind.
pub(crate) fn add(document: &mut Item, kind: Kind, extra: ExtraMembers, random: &mut ChaCha8Rng) {
    match extra {
        ExtraMembers::None => {}
        ExtraMembers::Assorted => assorted::add(document, kind, random),
        ExtraMembers::Evolved => evolved::add(document, kind, random),
        ExtraMembers::Strewn => strewn::add(document, random),
    }
}

/// The paths of the resources of a document, or of its errors.
fn resources(document: &mut Item) -> Vec<String> {
    let pattern = match document.get("data") {
        Some(Item::Array(_)) => "data.*",
        Some(_) => "data",
        None => "errors.*",
    };
    document.paths(pattern)
}
