//! Copies of the views that own their text: `'static`, free of input and arena, to keep or to send away.
//!
//! Each type mirrors the view of the same name, member by member, and comes from its `into_owned`. There is
//! no way back by reference, but for [`RawJson::as_view`]: an owned value is not a view in disguise.
//!
//! With the feature `serde`, whole documents are read from any self-describing format. Views and owned types are
//! written to any, all but [`Relationship`] and [`ResourceIdentifier`]: what `type` belongs to them shows only where
//! they stand. Absent members are left out, and so are those that the schema does not name.
//!
//! ```
//! use jobview::{Bump, JobResponse, Parser, owned};
//!
//! fn load(json: &[u8]) -> Result<owned::JobResponse, jobview::Error> {
//!     let arena = Bump::new();
//!     Ok(Parser::<JobResponse>::new().parse(json, &arena)?.into_owned())
//! }
//! # assert!(load(b"{}").is_err());
//! ```

mod documents;
mod import_error;
mod job;
mod links;
mod list;
mod response_error;
mod status;
mod text;

pub use documents::{
    ErrorResponse, IdentifierPage, ImportErrorPage, JobCompound, JobDocument, JobPage, JobResponse,
    SparseImportErrorPage, SparseJobCompound, SparseJobDocument, SparseJobPage,
};
pub use import_error::{
    ErrorSource, ImportError, ImportErrorAttributes, SparseImportError, SparseImportErrorAttributes,
};
pub use job::{
    ImportErrors, Job, JobAttributes, JobRelationships, Relationship, ResourceIdentifier,
    SparseJob, SparseJobAttributes,
};
pub use links::{ObjectLinks, PageLinks, RelatedLinks, RelationshipLinks};
pub use list::{IncludedList, ListAttributes};
pub use response_error::{ResponseError, ResponseErrorSource};
pub use status::JobStatus;
pub use text::{RawJson, Timestamp};

use crate::model::ResourceType;

/// What has a copy that owns its text: every view here, which has a method `into_owned` of its own, too.
///
/// ```
/// use jobview::owned::IntoOwned;
/// use jobview::{Bump, Document, Error, Parser, SparseJobPage, owned};
///
/// fn load<D: Document, T>(json: &[u8]) -> Result<T, Error>
/// where
///     for<'a> D::View<'a>: IntoOwned<Owned = T>,
/// {
///     Ok(Parser::<D>::new().parse(json, &Bump::new())?.into_owned())
/// }
///
/// let page: owned::SparseJobPage = load::<SparseJobPage, _>(br#"{"data": []}"#)?;
/// assert!(page.data.is_empty());
/// # Ok::<(), jobview::Error>(())
/// ```
#[doc(inline)]
pub use gapwise::IntoOwned;

impl IntoOwned for ResourceType {
    type Owned = Self;

    fn into_owned(self) -> Self {
        self
    }
}

/// Types that mirror a view: the type itself, and how it comes from the view.
macro_rules! mirrors {
    ($(
        $(#[$about:meta])*
        pub struct $name:ident $(<$item:ident = $default:ident>)? {
            $($(#[$about_member:meta])* pub $member:ident: $owned:ty,)*
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name $(<$item = $default>)? {
            $($(#[$about_member])* pub $member: $owned,)*
        }

        impl $(<$item: $crate::owned::IntoOwned>)? $crate::owned::IntoOwned
            for $crate::model::$name<'_ $(, $item)?>
        {
            type Owned = $name $(<$item::Owned>)?;

            fn into_owned(self) -> Self::Owned {
                $name { $($member: $crate::owned::IntoOwned::into_owned(self.$member),)* }
            }
        }

        impl $(<$item: $crate::owned::IntoOwned>)? $crate::model::$name<'_ $(, $item)?> {
            /// A copy that owns its text.
            pub fn into_owned(self) -> $name $(<$item::Owned>)? {
                $crate::owned::IntoOwned::into_owned(self)
            }
        }
    )*};
}

use mirrors;
