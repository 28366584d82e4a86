//! `GetImportErrorResponseCollection`: a page of import errors.

use super::document::{Build, Document, TableOf};
use super::table::Table;
use super::view::{View, view};
use crate::model::{
    DocumentKind, ErrorSource, ImportError, ImportErrorAttributes, ImportErrorPage,
    SparseImportError, SparseImportErrorAttributes,
};
use std::convert::Infallible;
use std::fmt::Debug;

/// Declares a view of import errors (`ImportErrorResponseObjectResource`), in which more or less may be absent.
macro_rules! import_error {
    ($error:ident, $attributes:ident $(, $optional:ident)?) => {
        view!($error<'static> {
            "type": "import-error",
            id,
            attributes $(.$optional())?,
            links,
        });

        view!($attributes<'static> {
            code,
            title,
            detail,
            source,
            original_payload.nullable(),
        });
    };
}

import_error!(ImportError, ImportErrorAttributes);
import_error!(SparseImportError, SparseImportErrorAttributes, optional);

view!(ErrorSource<'static> { pointer.nullable(), parameter.nullable(), });

view!(ImportErrorPage<'static, E> where E: ImportErrorView { data, links, meta.nullable(), });

/// The views of import errors that documents are generic over.
///
/// # Safety
///
/// [`In`](Self::In) is the same type with another lifetime, and nothing else.
#[allow(unsafe_code)]
pub unsafe trait ImportErrorView:
    View + Copy + Debug + PartialEq + Send + Sync + 'static
{
    /// With another lifetime.
    type In<'a>: Copy + Debug + PartialEq + Send + Sync + 'a;
}

// SAFETY: it is.
#[allow(unsafe_code)]
unsafe impl ImportErrorView for ImportError<'static> {
    type In<'a> = ImportError<'a>;
}

// SAFETY: it is.
#[allow(unsafe_code)]
unsafe impl ImportErrorView for SparseImportError<'static> {
    type In<'a> = SparseImportError<'a>;
}

impl<E: ImportErrorView> Document for ImportErrorPage<'static, E> {
    type View<'a> = ImportErrorPage<'a, E::In<'a>>;
    type Job<'a> = Infallible;
    type Builder = Self;
}

// SAFETY: the table is of this view.
#[allow(unsafe_code)]
unsafe impl<E: ImportErrorView> Build<Self> for ImportErrorPage<'static, E> {
    const TABLES: &'static [TableOf] = &[Table::of::<Self>];
    const KINDS: &'static [DocumentKind] = &[DocumentKind::ImportErrors];

    fn jobs<'a>(_: &'a <Self as Document>::View<'a>) -> &'a [Infallible] {
        &[]
    }
}
