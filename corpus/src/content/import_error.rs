//! An import error, and the profile that was sent.

use super::profile;
use crate::document::Item;
use crate::fieldset::Fieldset;
use crate::identifiers;
use jiff::Timestamp;
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;

/// The attributes in the order the API sends them, unless a request gives another order.
pub(crate) const ATTRIBUTES: [&str; 5] = ["code", "title", "detail", "source", "original_payload"];

/// What may be wrong with a profile.
#[derive(Debug)]
struct Fault {
    code: &'static str,
    title: &'static str,
    detail: &'static str,
    /// The attribute that is wrong, and what was sent in it.
    attribute: &'static str,
    value: &'static str,
}

const FAULTS: [Fault; 6] = [
    Fault {
        code: "invalid",
        title: "Invalid input.",
        detail: "Invalid email address",
        attribute: "email",
        value: "jane.doe@@example",
    },
    Fault {
        code: "invalid",
        title: "Invalid input.",
        detail: "'+1 (555) 01-00' is not a valid phone number.",
        attribute: "phone_number",
        value: "+1 (555) 01-00",
    },
    Fault {
        code: "duplicate_profile",
        title: "Conflict.",
        detail: "A profile already exists with one of these identifiers.",
        attribute: "external_id",
        value: "customer/000117",
    },
    Fault {
        code: "invalid",
        title: "Invalid input.",
        detail: "\"Köln\\nord\" is no locale; see https://www.rfc-editor.org/rfc/rfc5646",
        attribute: "locale",
        value: "Köln\\nord",
    },
    Fault {
        code: "suppressed",
        title: "The email domain does not exist.",
        detail: "example.invalid has no mail exchanger.",
        attribute: "email",
        value: "nobody@example.invalid",
    },
    Fault {
        code: "too_long",
        title: "Invalid input.",
        detail: "Ensure this field has no more than 64 characters.",
        attribute: "first_name",
        value: "Pablo Diego José Francisco de Paula Juan Nepomuceno María de los Remedios",
    },
];

/// The data of an import error, before it becomes a resource of a document.
#[derive(Debug)]
pub(crate) struct ImportError {
    id: String,
    fault: &'static Fault,
    /// The index of the profile among those that were sent.
    place: u32,
    source: Source,
    /// What was sent. `Null` if it is not known any more, and absent if the API does not say.
    original_payload: Option<Item>,
    link: bool,
}

/// The part of the request that caused the error.
#[derive(Clone, Copy, Debug)]
enum Source {
    Pointer,
    Null,
    Nothing,
    Parameter,
}

impl ImportError {
    /// An error of a job that was created at this time.
    pub(crate) fn draw(created: Timestamp, random: &mut ChaCha8Rng) -> Self {
        let fault = FAULTS.choose(random).expect("some to choose from");
        Self {
            id: identifiers::import_error(random),
            fault,
            place: random.random_range(0..10_000),
            source: Source::Pointer,
            original_payload: match random.random_range(0..10) {
                0 => None,
                1 => Some(Item::Null),
                _ => Some(profile::draw(created, (fault.attribute, fault.value), random)),
            },
            link: random.random_ratio(3, 4),
        }
    }

    /// The same in any form that a revision uses.
    pub(crate) fn in_any_form(self, random: &mut ChaCha8Rng) -> Self {
        let sources = [Source::Pointer, Source::Null, Source::Nothing, Source::Parameter];
        Self { source: *sources.choose(random).expect("some to choose from"), ..self }
    }

    /// What distinguishes errors of this sort from others.
    pub(crate) fn code(&self) -> &'static str {
        self.fault.code
    }

    /// The resource, with its members in the order the API sends them.
    pub(crate) fn into_resource(self, fieldset: Option<&Fieldset>) -> Item {
        let pointer = format!(
            "/data/attributes/profiles/data/{}/attributes/{}",
            self.place, self.fault.attribute
        );
        let source = match self.source {
            Source::Pointer => Item::object([("pointer", pointer.into())]),
            Source::Null => Item::object([("pointer", Item::Null)]),
            Source::Nothing => Item::object([]),
            Source::Parameter => Item::object([("parameter", "page[size]".into())]),
        };
        let mut attributes = Item::object([
            ("code", self.fault.code.into()),
            ("title", self.fault.title.into()),
            ("detail", self.fault.detail.into()),
            ("source", source),
        ]);
        if let Some(payload) = self.original_payload {
            attributes.push("original_payload", payload);
        }
        if let Some(fieldset) = fieldset {
            fieldset.select(&mut attributes);
        }
        let link = format!("https://a.klaviyo.com/api/import-errors/{}/", self.id);
        let mut error = Item::identifier("import-error", self.id);
        error.push("attributes", attributes);
        if self.link {
            error.push("links", Item::object([("self", link.into())]));
        }
        error
    }
}
