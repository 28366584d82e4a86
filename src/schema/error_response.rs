//! Error objects (JSON:API): the answer to a request that failed.

use super::document::{Build, Document, TableOf};
use super::table::Table;
use super::view::view;
use crate::model::{DocumentKind, ErrorResponse, ResponseError, ResponseErrorSource};
use std::convert::Infallible;

view!(ErrorResponse<'static> { errors, meta.nullable(), });

view!(ResponseError<'static> {
    id.nullable(),
    status.nullable().or_text(),
    code.nullable(),
    title.nullable(),
    detail,
    source.nullable(),
    meta.nullable(),
});

view!(ResponseErrorSource<'static> { pointer.nullable(), parameter.nullable(), });

impl Document for ErrorResponse<'static> {
    type View<'a> = ErrorResponse<'a>;
    type Job<'a> = Infallible;
    type Builder = Self;
}

// SAFETY: the table is of this view.
#[allow(unsafe_code)]
unsafe impl Build<Self> for ErrorResponse<'static> {
    const TABLES: &'static [TableOf] = &[Table::of::<Self>];
    const KINDS: &'static [DocumentKind] = &[DocumentKind::Errors];

    fn jobs<'a>(_: &'a ErrorResponse<'a>) -> &'a [Infallible] {
        &[]
    }
}
