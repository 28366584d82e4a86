//! Error objects (JSON:API): the answer to a request that failed.

use super::document::{Build, Document};
use super::table::{Slot, Table};
use super::{ArenaFull, Fieldset, Member, Value, Values, nullable, required};
use crate::model::{DocumentKind, ErrorResponse, RawJson, ResponseError, ResponseErrorSource};
use bumpalo::Bump;
use std::convert::Infallible;

const ERROR: &[Member] = &[
    nullable("id", Value::Text),
    nullable("status", Value::IntegerOrText),
    nullable("code", Value::Text),
    nullable("title", Value::Text),
    required("detail", Value::Text),
    nullable(
        "source",
        Value::Object(&[nullable("pointer", Value::Text), nullable("parameter", Value::Text)]),
    ),
    nullable("meta", Value::Any),
];

const DOCUMENT: Value = Value::Object(&[
    required("errors", Value::Items(ERROR, add_error)),
    nullable("meta", Value::Any),
]);

static TABLE: Table = Table::lay(&DOCUMENT, Fieldset::Full);

fn add_error<'a>(values: &mut Values<'a>, arena: &'a Bump) -> Result<(), ArenaFull> {
    const ERROR: Slot = TABLE.slot("/errors/*");
    const ID: Slot = TABLE.slot_in(ERROR, "/id");
    const STATUS: Slot = TABLE.slot_in(ERROR, "/status");
    const CODE: Slot = TABLE.slot_in(ERROR, "/code");
    const TITLE: Slot = TABLE.slot_in(ERROR, "/title");
    const DETAIL: Slot = TABLE.slot_in(ERROR, "/detail");
    const SOURCE: Slot = TABLE.slot_in(ERROR, "/source");
    const POINTER: Slot = TABLE.slot_in(ERROR, "/source/pointer");
    const PARAMETER: Slot = TABLE.slot_in(ERROR, "/source/parameter");
    const META: Slot = TABLE.slot_in(ERROR, "/meta");
    values.items.errors.reserve(arena)?;
    let error = ResponseError {
        id: values.maybe_text(ID),
        status: values.maybe_number(STATUS),
        code: values.maybe_text(CODE),
        title: values.maybe_text(TITLE),
        detail: values.text(DETAIL),
        source: values.has(SOURCE).then(|| ResponseErrorSource {
            pointer: values.maybe_text(POINTER),
            parameter: values.maybe_text(PARAMETER),
        }),
        meta: values.maybe_text(META).map(RawJson::new),
    };
    values.items.errors.push(error);
    Ok(())
}

impl Document for ErrorResponse<'static> {
    type View<'a> = ErrorResponse<'a>;
    type Job<'a> = Infallible;
    type Builder = Self;
}

impl Build<Self> for ErrorResponse<'static> {
    const TABLES: &'static [&'static Table] = &[&TABLE];
    const KINDS: &'static [DocumentKind] = &[DocumentKind::Errors];

    fn view<'a>(_: usize, values: &mut Values<'a>) -> ErrorResponse<'a> {
        const META: Slot = TABLE.slot("/meta");
        ErrorResponse {
            errors: values.items.errors.end(),
            meta: values.maybe_text(META).map(RawJson::new),
        }
    }

    fn jobs<'a>(_: &'a ErrorResponse<'a>) -> &'a [Infallible] {
        &[]
    }
}
