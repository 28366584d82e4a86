//! `GetImportErrorResponseCollection`: a page of import errors.

use super::document::{Build, Document};
use super::links::{OBJECT_LINKS, ObjectLinksSlots, PAGE_LINKS, PageLinksSlots};
use super::table::{Slot, Table};
use super::values::ArenaList;
use super::{
    ArenaFull, Fieldset, Member, Value, Values, nullable, optional, required, required_in_full,
};
use crate::model::{
    DocumentKind, ErrorSource, ImportError, ImportErrorAttributes, ImportErrorPage, RawJson,
    SparseImportError, SparseImportErrorAttributes,
};
use bumpalo::Bump;
use std::convert::Infallible;
use std::fmt::Debug;

/// `ImportErrorResponseObjectResource`
const IMPORT_ERROR: &[Member] = &[
    required("type", Value::Constant("import-error")),
    required("id", Value::Text),
    required_in_full(
        "attributes",
        Value::Object(&[
            required_in_full("code", Value::Text),
            required_in_full("title", Value::Text),
            required_in_full("detail", Value::Text),
            required_in_full(
                "source",
                Value::Object(&[
                    nullable("pointer", Value::Text),
                    nullable("parameter", Value::Text),
                ]),
            ),
            nullable("original_payload", Value::Any),
        ]),
    ),
    optional("links", OBJECT_LINKS),
];

/// A page of import errors with these views.
struct Page<E>(E);

impl<E: ImportErrorView> Page<E> {
    const DOCUMENT: Value = Value::Object(&[
        required("data", Value::Items(IMPORT_ERROR, E::add)),
        optional("links", PAGE_LINKS),
        nullable("meta", Value::Any),
    ]);
}

/// Where the values are, whatever is required.
static TABLE: Table = Table::lay(&Page::<ImportError<'static>>::DOCUMENT, Fieldset::Full);

const ERROR: Slot = TABLE.slot("/data/*");
const ID: Slot = TABLE.slot_in(ERROR, "/id");
const CODE: Slot = TABLE.slot_in(ERROR, "/attributes/code");
const TITLE: Slot = TABLE.slot_in(ERROR, "/attributes/title");
const DETAIL: Slot = TABLE.slot_in(ERROR, "/attributes/detail");
const SOURCE: Slot = TABLE.slot_in(ERROR, "/attributes/source");
const POINTER: Slot = TABLE.slot_in(ERROR, "/attributes/source/pointer");
const PARAMETER: Slot = TABLE.slot_in(ERROR, "/attributes/source/parameter");
const PAYLOAD: Slot = TABLE.slot_in(ERROR, "/attributes/original_payload");
const LINKS: ObjectLinksSlots = ObjectLinksSlots::of(&TABLE, ERROR);

fn source<'a>(values: &Values<'a>) -> ErrorSource<'a> {
    ErrorSource { pointer: values.maybe_text(POINTER), parameter: values.maybe_text(PARAMETER) }
}

/// The views of import errors that documents are generic over.
pub trait ImportErrorView: Copy + Debug + PartialEq + Send + Sync + 'static {
    type In<'a>: Copy + Debug + PartialEq + Send + Sync + 'a;

    const FIELDSET: Fieldset;

    /// An error whose values have all come.
    fn view<'a>(values: &Values<'a>) -> Self::In<'a>;

    /// Where the errors of a page are collected.
    fn list<'v, 'a>(values: &'v mut Values<'a>) -> &'v mut ArenaList<'a, Self::In<'a>>;

    /// Adds one of many.
    fn add<'a>(values: &mut Values<'a>, arena: &'a Bump) -> Result<(), ArenaFull> {
        Self::list(values).reserve(arena)?;
        let error = Self::view(values);
        Self::list(values).push(error);
        Ok(())
    }
}

impl ImportErrorView for ImportError<'static> {
    type In<'a> = ImportError<'a>;

    const FIELDSET: Fieldset = Fieldset::Full;

    fn view<'a>(values: &Values<'a>) -> ImportError<'a> {
        ImportError {
            id: values.text(ID),
            attributes: ImportErrorAttributes {
                code: values.text(CODE),
                title: values.text(TITLE),
                detail: values.text(DETAIL),
                source: source(values),
                original_payload: values.maybe_text(PAYLOAD).map(RawJson::new),
            },
            links: LINKS.optional(values),
        }
    }

    fn list<'v, 'a>(values: &'v mut Values<'a>) -> &'v mut ArenaList<'a, ImportError<'a>> {
        &mut values.items.import_errors
    }
}

impl ImportErrorView for SparseImportError<'static> {
    type In<'a> = SparseImportError<'a>;

    const FIELDSET: Fieldset = Fieldset::Sparse;

    fn view<'a>(values: &Values<'a>) -> SparseImportError<'a> {
        SparseImportError {
            id: values.text(ID),
            attributes: SparseImportErrorAttributes {
                code: values.maybe_text(CODE),
                title: values.maybe_text(TITLE),
                detail: values.maybe_text(DETAIL),
                source: values.has(SOURCE).then(|| source(values)),
                original_payload: values.maybe_text(PAYLOAD).map(RawJson::new),
            },
            links: LINKS.optional(values),
        }
    }

    fn list<'v, 'a>(values: &'v mut Values<'a>) -> &'v mut ArenaList<'a, SparseImportError<'a>> {
        &mut values.items.sparse_import_errors
    }
}

impl<E: ImportErrorView> Document for ImportErrorPage<'static, E> {
    type View<'a> = ImportErrorPage<'a, E::In<'a>>;
    type Job<'a> = Infallible;
    type Builder = Self;
}

impl<E: ImportErrorView> Build<Self> for ImportErrorPage<'static, E> {
    const TABLES: &'static [&'static Table] = &[&Table::lay(&Page::<E>::DOCUMENT, E::FIELDSET)];
    const KINDS: &'static [DocumentKind] = &[DocumentKind::ImportErrors];

    fn view<'a>(_: usize, values: &mut Values<'a>) -> <Self as Document>::View<'a> {
        const LINKS: PageLinksSlots = PageLinksSlots::of(&TABLE);
        const META: Slot = TABLE.slot("/meta");
        ImportErrorPage {
            data: E::list(values).end(),
            links: LINKS.view(values),
            meta: values.maybe_text(META).map(RawJson::new),
        }
    }

    fn jobs<'a>(_: &'a <Self as Document>::View<'a>) -> &'a [Infallible] {
        &[]
    }
}
