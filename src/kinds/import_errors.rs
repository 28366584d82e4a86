//! `GetImportErrorResponseCollection`: a page of import errors.

use super::form::another_than;
use crate::model::{
    DocumentKind, ErrorSource, ImportError, ImportErrorAttributes, ImportErrorPage,
    SparseImportError, SparseImportErrorAttributes,
};
use gapwise::__private::{Build, Document, Look, Table, TableOf, View, view};
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
    type Builder = Self;
}

// SAFETY: the table is of this view.
#[allow(unsafe_code)]
unsafe impl<E: ImportErrorView> Build<Self> for ImportErrorPage<'static, E> {
    const TABLES: &'static [TableOf] = &[Table::of::<Self>];

    fn another_kind(look: &impl Look) -> Option<[&'static str; 2]> {
        another_than(&[DocumentKind::ImportErrors], look)
    }
}
