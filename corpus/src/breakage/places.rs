//! The places where a document can be broken: a table for each of its parts, and how a place is drawn.
//!
//! Must not know what is done there. A place where breakage could make a good document of another kind must not be in a
//! table. For example, a page of import errors without attributes is a page of identifiers.

use crate::document::Item;
use crate::settings::Kind;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;

/// Where a part can be broken: paths relative to it. A document need not have all of them.
pub(super) struct Places {
    /// ASCII texts without escapes.
    pub(super) texts: &'static [&'static str],
    /// Members that the schema requires.
    pub(super) required: &'static [&'static str],
    pub(super) integers: &'static [&'static str],
    pub(super) statuses: &'static [&'static str],
    /// Values, and what is wrong in their place.
    pub(super) wrong_types: &'static [(&'static str, Wrong)],
    /// Arrays of resource identifiers of one type, and a type that does not belong there.
    pub(super) identifiers: &'static [(&'static str, &'static str)],
    /// What a member `type` must not be.
    pub(super) wrong_constants: &'static [&'static str],
}

/// What to replace a value with.
#[derive(Clone, Copy)]
pub(super) enum Wrong {
    Null,
    True,
    Number(i64),
    Text(&'static str),
    EmptyArray,
    Identifier,
    /// The value itself, inside an array.
    Wrapped,
}

const NOWHERE: Places = Places {
    texts: &[],
    required: &[],
    integers: &[],
    statuses: &[],
    wrong_types: &[],
    identifiers: &[],
    wrong_constants: &[],
};

const JOB: Places = Places {
    texts: &[
        "type",
        "id",
        "attributes.status",
        "attributes.created_at",
        "attributes.expires_at",
        "relationships.lists.links.related",
        "links.self",
    ],
    required: &[
        "type",
        "id",
        "attributes",
        "links",
        "attributes.status",
        "attributes.created_at",
        "attributes.total_count",
        "links.self",
        "relationships.lists.links.related",
        "relationships.import-errors.links.related",
    ],
    integers: &["attributes.total_count", "attributes.completed_count", "attributes.failed_count"],
    statuses: &["attributes.status"],
    wrong_types: &[
        ("attributes.total_count", Wrong::Text("12")),
        ("attributes.completed_count", Wrong::Text("0")),
        ("attributes.failed_count", Wrong::True),
        ("attributes.status", Wrong::Null),
        ("attributes.created_at", Wrong::Number(1_770_000_000)),
        ("id", Wrong::Number(17)),
        ("attributes", Wrong::EmptyArray),
        ("relationships.lists.data", Wrong::Identifier),
    ],
    identifiers: &[("relationships.lists.data", "segment")],
    wrong_constants: UNKNOWN_TYPES,
};

/// No document is a resource of one of these types, or a page of such resources. With the type of a profile, a page of
/// jobs could become a page of identifiers; with the type of another job, it could become a good document about such
/// jobs.
const UNKNOWN_TYPES: &[&str] =
    &["profile-bulk-import-jobs", "Profile-Bulk-Import-Job", "campaign-send-job", "segment"];

/// A job about a catalog or coupon codes. It has one of the relationships.
const CATALOG_JOB: Places = Places {
    texts: &[
        "type",
        "id",
        "attributes.status",
        "attributes.created_at",
        "attributes.completed_at",
        "attributes.expires_at",
        "attributes.errors.*.id",
        "attributes.errors.*.code",
        "attributes.errors.*.source.pointer",
        "relationships.items.data.*.id",
        "relationships.variants.data.*.type",
        "relationships.categories.links.self",
        "relationships.coupon-codes.links.related",
        "links.self",
    ],
    required: &[
        "type",
        "id",
        "attributes",
        "links",
        "attributes.status",
        "attributes.created_at",
        "attributes.total_count",
        "attributes.errors.*.id",
        "attributes.errors.*.code",
        "attributes.errors.*.title",
        "attributes.errors.*.detail",
        "attributes.errors.*.source",
        "links.self",
        "relationships.items.links.related",
        "relationships.variants.links.self",
        "relationships.categories.data.*.id",
        "relationships.coupon-codes.data.*.type",
    ],
    integers: &["attributes.total_count", "attributes.completed_count", "attributes.failed_count"],
    statuses: &["attributes.status"],
    wrong_types: &[
        ("attributes.total_count", Wrong::Text("12")),
        ("attributes.completed_count", Wrong::Text("0")),
        ("attributes.failed_count", Wrong::True),
        ("attributes.status", Wrong::Null),
        ("attributes.created_at", Wrong::Number(1_770_000_000)),
        ("attributes.completed_at", Wrong::EmptyArray),
        ("attributes.expires_at", Wrong::True),
        ("attributes.errors", Wrong::True),
        ("attributes.errors.*", Wrong::Text("invalid")),
        ("attributes.errors.*.code", Wrong::Number(400)),
        ("attributes.errors.*.detail", Wrong::Null),
        ("attributes.errors.*.source.pointer", Wrong::Number(0)),
        ("id", Wrong::Number(17)),
        ("attributes", Wrong::EmptyArray),
        ("links", Wrong::Wrapped),
        ("relationships", Wrong::EmptyArray),
        ("relationships.items.data", Wrong::Identifier),
        ("relationships.variants.data.*", Wrong::Null),
        ("relationships.categories.links", Wrong::EmptyArray),
        ("relationships.coupon-codes.data.*.id", Wrong::Number(17)),
    ],
    identifiers: &[
        ("relationships.items.data", "catalog-variant"),
        ("relationships.variants.data", "catalog-item"),
        ("relationships.categories.data", "catalog-item"),
        ("relationships.coupon-codes.data", "coupon"),
    ],
    wrong_constants: UNKNOWN_TYPES,
};

/// A job that suppresses profiles or ends their suppression.
const SUPPRESSION_JOB: Places = Places {
    texts: &[
        "type",
        "id",
        "attributes.status",
        "attributes.created_at",
        "attributes.completed_at",
        "relationships.lists.data.*.id",
        "relationships.segments.data.*.type",
        "relationships.segments.links.related",
        "links.self",
    ],
    required: &[
        "type",
        "id",
        "attributes",
        "links",
        "attributes.status",
        "attributes.created_at",
        "attributes.total_count",
        "links.self",
        "relationships.lists.links.self",
        "relationships.segments.links.related",
        "relationships.segments.data.*.id",
    ],
    integers: &["attributes.total_count", "attributes.completed_count", "attributes.skipped_count"],
    statuses: &["attributes.status"],
    wrong_types: &[
        ("attributes.total_count", Wrong::Text("12")),
        ("attributes.completed_count", Wrong::EmptyArray),
        ("attributes.skipped_count", Wrong::True),
        ("attributes.status", Wrong::Null),
        ("attributes.created_at", Wrong::Number(1_770_000_000)),
        ("attributes.completed_at", Wrong::True),
        ("id", Wrong::Number(17)),
        ("attributes", Wrong::EmptyArray),
        ("links", Wrong::Wrapped),
        ("relationships.lists.data", Wrong::Identifier),
        ("relationships.segments.data.*.id", Wrong::Null),
        ("relationships.segments.links", Wrong::Text("none")),
    ],
    identifiers: &[
        ("relationships.lists.data", "segment"),
        ("relationships.segments.data", "list"),
    ],
    wrong_constants: UNKNOWN_TYPES,
};

/// Resources included with jobs about catalogs and coupon codes. All attributes may be `null`, and prices may have
/// fractions.
const RESOURCE: Places = Places {
    texts: &[
        "type",
        "attributes.external_id",
        "attributes.sku",
        "attributes.unique_code",
        "links.self",
    ],
    required: &["type", "id", "links.self"],
    wrong_types: &[
        ("id", Wrong::Number(17)),
        ("attributes", Wrong::EmptyArray),
        ("attributes.title", Wrong::True),
        ("attributes.price", Wrong::Text("12.5")),
        ("attributes.published", Wrong::Number(1)),
        ("attributes.images", Wrong::True),
        ("attributes.inventory_quantity", Wrong::True),
        ("attributes.name", Wrong::Number(5)),
        ("attributes.unique_code", Wrong::EmptyArray),
        ("links", Wrong::EmptyArray),
    ],
    wrong_constants: UNKNOWN_TYPES,
    ..NOWHERE
};

const LIST: Places = Places {
    texts: &["type", "id", "attributes.created", "links.self"],
    required: &["type", "id", "links.self"],
    wrong_types: &[
        ("id", Wrong::Number(17)),
        ("attributes", Wrong::Text("none")),
        ("attributes.name", Wrong::True),
        ("links", Wrong::EmptyArray),
    ],
    wrong_constants: UNKNOWN_TYPES,
    ..NOWHERE
};

/// The attributes must stay: without them, it is a resource identifier.
const IMPORT_ERROR: Places = Places {
    texts: &[
        "type",
        "id",
        "attributes.code",
        "attributes.title",
        "attributes.source.pointer",
        "attributes.original_payload.email",
        "links.self",
    ],
    required: &[
        "type",
        "id",
        "attributes.code",
        "attributes.title",
        "attributes.detail",
        "attributes.source",
        "links.self",
    ],
    wrong_types: &[
        ("id", Wrong::Number(17)),
        ("attributes", Wrong::EmptyArray),
        ("attributes.code", Wrong::Number(400)),
        ("attributes.title", Wrong::Null),
        ("attributes.detail", Wrong::EmptyArray),
        ("attributes.source", Wrong::Text("/data/")),
        ("attributes.source.pointer", Wrong::True),
        ("links", Wrong::Wrapped),
    ],
    wrong_constants: UNKNOWN_TYPES,
    ..NOWHERE
};

const IDENTIFIER: Places = Places {
    texts: &["type", "id"],
    required: &["type", "id"],
    wrong_types: &[
        ("id", Wrong::Number(17)),
        ("id", Wrong::Null),
        ("type", Wrong::True),
        ("", Wrong::Wrapped),
    ],
    wrong_constants: UNKNOWN_TYPES,
    ..NOWHERE
};

const ERROR: Places = Places {
    texts: &["id", "code", "title", "source.pointer"],
    required: &["detail"],
    integers: &["status"],
    wrong_types: &[
        ("status", Wrong::Text("404 Not Found")),
        ("code", Wrong::Number(404)),
        ("title", Wrong::True),
        ("detail", Wrong::EmptyArray),
        ("source", Wrong::Text("/data/")),
        ("", Wrong::Wrapped),
    ],
    ..NOWHERE
};

/// A document with a job.
const SINGLE: Places = Places {
    texts: &["links.self"],
    required: &["data", "links.self"],
    wrong_types: &[("links.self", Wrong::Null), ("included", Wrong::Identifier)],
    ..NOWHERE
};

/// A document with an array of anything.
const COLLECTION: Places = Places {
    wrong_types: &[
        ("data", Wrong::True),
        ("links.self", Wrong::Null),
        ("links.next", Wrong::Number(2)),
        ("included", Wrong::Identifier),
    ],
    ..SINGLE
};

const IDENTIFIERS: Places = Places { identifiers: &[("data", "segment")], ..COLLECTION };

const REFUSAL: Places =
    Places { required: &["errors"], wrong_types: &[("errors", Wrong::True)], ..NOWHERE };

/// What can be broken in the documents of a kind, and where.
pub(super) const fn parts(kind: Kind) -> Parts {
    match kind {
        Kind::Response | Kind::Compound | Kind::Mixed => {
            &[("data", JOB), ("included.*", LIST), ("", SINGLE)]
        }
        Kind::Page => &[("data.*", JOB), ("included.*", LIST), ("", COLLECTION)],
        Kind::ImportErrors => &[("data.*", IMPORT_ERROR), ("", COLLECTION)],
        Kind::Identifiers => &[("data.*", IDENTIFIER), ("", IDENTIFIERS)],
        Kind::Errors => &[("errors.*", ERROR), ("", REFUSAL)],
        Kind::ProfileSuppressionBulkCreateJob | Kind::ProfileSuppressionBulkDeleteJob => {
            &[("data", SUPPRESSION_JOB), ("data.*", SUPPRESSION_JOB), ("", COLLECTION)]
        }
        // The others in `Kind::BULK`.
        _ => &[
            ("data", CATALOG_JOB),
            ("data.*", CATALOG_JOB),
            ("included.*", RESOURCE),
            ("", COLLECTION),
        ],
    }
}

/// The parts of a document, each with the pattern of its path.
pub(super) type Parts = &'static [(&'static str, Places)];

/// Paths of the same sort in all parts of a document.
pub(super) fn paths(parts: Parts, of: fn(&Places) -> &'static [&'static str]) -> Vec<(String, ())> {
    let paths = |(root, places): &'static (&str, Places)| {
        of(places).iter().map(|path| (join(root, path), ()))
    };
    parts.iter().flat_map(paths).collect()
}

pub(super) fn join(root: &str, path: &str) -> String {
    if root.is_empty() || path.is_empty() {
        format!("{root}{path}")
    } else {
        format!("{root}.{path}")
    }
}

/// Draws one of the patterns that match something in the document, and then one of its matches.
pub(super) fn draw_path<T: Copy>(
    document: &mut Item,
    patterns: Vec<(String, T)>,
    random: &mut ChaCha8Rng,
) -> Option<(String, T)> {
    let with_paths = patterns.into_iter().map(|(pattern, what)| (document.paths(&pattern), what));
    let there: Vec<_> = with_paths.filter(|(paths, _)| !paths.is_empty()).collect();
    let (paths, what) = draw_any(&there, random)?;
    Some((draw_any(paths, random)?.clone(), *what))
}

/// Draws one of several. Draws nothing if there is no choice.
fn draw_any<'c, T>(choices: &'c [T], random: &mut ChaCha8Rng) -> Option<&'c T> {
    match choices {
        [only] => Some(only),
        choices => choices.choose(random),
    }
}
