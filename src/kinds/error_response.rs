//! Error objects (JSON:API): the answer to a request that failed.

use super::form::another_than;
use crate::model::{DocumentKind, ErrorResponse, ResponseError, ResponseErrorSource};
use gapwise::__private::{Build, Document, Look, Table, TableOf, view};

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
    type Builder = Self;
}

// SAFETY: the table is of this view.
#[allow(unsafe_code)]
unsafe impl Build<Self> for ErrorResponse<'static> {
    const TABLES: &'static [TableOf] = &[Table::of::<Self>];

    fn another_kind(look: &impl Look) -> Option<[&'static str; 2]> {
        another_than(&[DocumentKind::Errors], look)
    }
}
