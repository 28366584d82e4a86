//! Members the schema does not know.
//!
//! Must not change, remove or double a member that the schema knows, and must leave every document
//! valid: whoever reads only what the schema names reads the same as before.

mod assorted;
mod evolved;
mod strewn;

use crate::document::Item;
use crate::settings::{ExtraMembers, Kind};
use rand_chacha::ChaCha8Rng;

/// Adds what was asked for to a document of this kind.
pub(crate) fn add(document: &mut Item, kind: Kind, extra: ExtraMembers, random: &mut ChaCha8Rng) {
    match extra {
        ExtraMembers::None => {}
        ExtraMembers::Assorted => assorted::add(document, kind, random),
        ExtraMembers::Evolved => evolved::add(document, kind, random),
        ExtraMembers::Strewn => strewn::add(document, random),
    }
}

/// Where the resources of a document are, or the errors.
const fn resources(kind: Kind) -> &'static str {
    match kind {
        Kind::Response | Kind::Compound | Kind::Mixed => "data",
        Kind::Page | Kind::ImportErrors | Kind::Identifiers => "data.*",
        Kind::Errors => "errors.*",
    }
}
