//! An error object: why the API refused a request.

use crate::document::Item;
use crate::identifiers;
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;

/// The API's response to one kind of mistake.
#[derive(Debug)]
struct Refusal {
    status: i64,
    code: &'static str,
    title: &'static str,
    detail: &'static str,
    /// The member that names the cause, and its value.
    source: Option<(&'static str, &'static str)>,
}

const REFUSALS: [Refusal; 8] = [
    Refusal {
        status: 400,
        code: "invalid",
        title: "Invalid input.",
        detail: "Invalid email address",
        source: Some(("pointer", "/data/attributes/profiles/data/0/attributes/email")),
    },
    Refusal {
        status: 400,
        code: "invalid",
        title: "Invalid input.",
        detail: "'expires_at' is no field of 'import-error': \"fields[import-error]\"",
        source: Some(("parameter", "fields[import-error]")),
    },
    Refusal {
        status: 401,
        code: "not_authenticated",
        title: "Authentication credentials were not provided.",
        detail: "Missing or invalid authorization scheme. Only Klaviyo-API-Key and Bearer are supported.",
        source: Some(("pointer", "/data/")),
    },
    Refusal {
        status: 403,
        code: "permission_denied",
        title: "You do not have permission to perform this action.",
        detail: "The API key has not the scope lists:read.",
        source: None,
    },
    Refusal {
        status: 404,
        code: "not_found",
        title: "Not found.",
        detail: "Invalid job id",
        source: Some(("pointer", "/data/")),
    },
    Refusal {
        status: 409,
        code: "duplicate_profile",
        title: "Conflict.",
        detail: "A profile already exists with one of these identifiers – \"Jürgen\".",
        source: Some(("pointer", "/data/attributes")),
    },
    Refusal {
        status: 429,
        code: "throttled",
        title: "Request was throttled.",
        detail: "Expected available in 1 second.",
        source: Some(("pointer", "/data/")),
    },
    Refusal {
        status: 503,
        code: "service_unavailable",
        title: "Service temporarily unavailable, try again later.",
        detail: "The service is down for maintenance.",
        source: None,
    },
];

/// The data of an error, before it becomes an object of a document.
#[derive(Debug)]
pub(crate) struct ErrorObject {
    id: String,
    refusal: &'static Refusal,
    /// Whether there are links and meta information, which are usually empty.
    is_complete: bool,
    form: Form,
}

/// The form of an error object.
#[derive(Clone, Copy, Debug)]
struct Form {
    status_is_text: bool,
    has_code: bool,
    has_title: bool,
}

impl Form {
    /// The form that the API uses.
    const USUAL: Self = Self { status_is_text: false, has_code: true, has_title: true };
}

impl ErrorObject {
    /// The errors of a request: one, or several with the same status.
    pub(crate) fn draw_some(random: &mut ChaCha8Rng) -> Vec<Self> {
        let refusal = REFUSALS.choose(random).expect("some to choose from");
        let is_complete = random.random();
        let errors = if random.random_ratio(3, 4) { 1 } else { random.random_range(2..=5) };
        (0..errors)
            .map(|_| {
                let id = identifiers::import_error(random);
                Self { id, refusal, is_complete, form: Form::USUAL }
            })
            .collect()
    }

    /// The same in any form that JSON:API allows and a producer uses.
    pub(crate) fn in_any_form(self, random: &mut ChaCha8Rng) -> Self {
        let form = Form {
            status_is_text: random.random(),
            has_code: random.random(),
            has_title: random.random(),
        };
        Self { form, ..self }
    }

    /// The HTTP status of the response.
    pub(crate) fn status(&self) -> i64 {
        self.refusal.status
    }

    /// The object, with its members in the order the API sends them.
    pub(crate) fn into_object(self) -> Item {
        let Refusal { status, code, title, detail, .. } = *self.refusal;
        let Form { status_is_text, has_code, has_title } = self.form;
        let status = if status_is_text { status.to_string().into() } else { status.into() };
        let mut error = Item::object([("id", self.id.into()), ("status", status)]);
        if has_code {
            error.push("code", code.into());
        }
        if has_title {
            error.push("title", title.into());
        }
        error.push("detail", detail.into());
        if let Some((name, value)) = self.refusal.source {
            error.push("source", Item::object([(name, value.into())]));
        }
        if self.is_complete {
            error.push("links", Item::object([]));
            error.push("meta", Item::object([]));
        }
        error
    }
}
