//! What all kinds of documents have in common: how a parser is made for one, and how kinds are told apart.

use super::{ArenaFull, Table, Values};
use crate::model::{DocumentKind, ResourceType};
use bumpalo::Bump;
use std::fmt::Debug;

/// A kind of document that a [`Parser`](crate::Parser) can be of: the views of whole
/// documents, with the lifetime `'static`.
///
/// | kind | answers | schema |
/// |---|---|---|
/// | [`JobResponse`](crate::JobResponse) | POST a job | `PostProfileImportJobResponse` |
/// | [`JobCompound`](crate::JobCompound) | GET a job | `GetProfileImportJobResponseCompoundDocument` |
/// | [`JobPage`](crate::JobPage) | GET jobs | `GetProfileImportJobResponseCollectionCompoundDocument` |
/// | [`ImportErrorPage`](crate::ImportErrorPage) | GET the import errors of a job | `GetImportErrorResponseCollection` |
/// | [`IdentifierPage`](crate::IdentifierPage) | GET a relationship of a job | `GetProfileImportJob...RelationshipsResponseCollection` |
/// | [`ErrorResponse`](crate::ErrorResponse) | all, with a status of 4xx or 5xx | the API's error objects |
/// | [`JobDocument`](crate::JobDocument) | all of them mixed | |
/// | [`SparseJobCompound`](crate::SparseJobCompound), [`SparseJobPage`](crate::SparseJobPage), [`SparseImportErrorPage`](crate::SparseImportErrorPage), [`SparseJobDocument`](crate::SparseJobDocument) | the same, asked for with `fields[...]` | the same, with nothing required but `type`, `id` and `links` |
///
/// It is implemented for these, and for what `#[derive(View)]` stands at.
pub trait Document: Copy + Debug + PartialEq + Send + Sync + 'static {
    /// The view of such a document.
    type View<'a>: Copy + Debug + PartialEq + Send + Sync + 'a;

    /// The view of a job in it. Where there can be none, the type says nothing.
    type Job<'a>: Copy + Debug + PartialEq + Send + Sync + 'a;

    #[doc(hidden)]
    type Builder: Build<Self>;
}

/// Gives a table, which is made when it is first asked for.
pub(crate) type TableOf = fn() -> &'static Table;

/// How the documents of a kind become views. Nobody else can implement it: that is the seal of [`Document`].
///
/// # Safety
///
/// All tables are [of](Table::of) the view of the document, if [`view`](Self::view) does not say otherwise.
#[allow(unsafe_code)]
pub unsafe trait Build<D: Document> {
    /// The members of a document, for each of the forms that it can have.
    const TABLES: &'static [TableOf];

    /// Whether the view of a table is that of the document, and made where it stays.
    const IS_IN_PLACE: bool = true;

    /// What it is, in the words of an error. None, where documents are not told apart.
    const KINDS: &'static [DocumentKind] = &[];

    /// Which of the tables a document is to be read by.
    fn table(look: &impl Look) -> usize {
        let _ = look;
        0
    }

    /// The view of a document that was decoded to its end.
    ///
    /// # Safety
    ///
    /// The values have been [completed](Values::complete), of a document of this one of the tables.
    #[inline(always)]
    #[allow(unsafe_code)]
    unsafe fn view<'a>(
        table: usize,
        values: &mut Values<'a>,
        arena: &'a Bump,
    ) -> Result<&'a D::View<'a>, ArenaFull> {
        let _ = table;
        // SAFETY: the table is of this view, as who implements the trait has promised.
        unsafe { values.take_view(arena) }.map(|view| &*view)
    }

    /// The jobs in a view.
    fn jobs<'a>(view: &'a D::View<'a>) -> &'a [D::Job<'a>] {
        let _ = view;
        &[]
    }
}

/// A look at what stands at a JSON pointer of a document that has not been decoded. Nothing, where there is no such
/// place or what is before it is not JSON.
pub(crate) trait Look {
    /// What is there.
    fn look(&self, pointer: &str) -> Option<Glimpse>;

    /// The string there, unescaped, as far as there is room for it.
    fn text<'r>(&self, pointer: &str, room: &'r mut TextRoom) -> Option<&'r str>;
}

/// Room for the texts by which kinds are told apart: types of resources, and URLs.
pub(crate) type TextRoom = [u8; 512];

/// What can be seen of a value at first sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glimpse {
    Object,
    List { is_empty: bool },
    Text,
    Other,
}

/// The form that a document has: its kind and, for identifiers, the type of their resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One job, or something else in its place.
    Job,
    Page,
    ImportErrors,
    Identifiers(ResourceType),
    Errors,
}

impl Form {
    /// The form of a document, told as [`JobDocument`](crate::JobDocument) says. `None` if it is none of
    /// them for sure.
    pub(super) fn of(look: &impl Look) -> Option<Self> {
        let Some(data) = look.look("/data") else {
            return look.look("/errors").map(|_| Self::Errors);
        };
        match data {
            Glimpse::Object => Some(Self::Job),
            Glimpse::List { is_empty: true } => Self::of_empty(look),
            Glimpse::List { is_empty: false } => {
                let mut room = [0; _];
                let name = look.text("/data/0/type", &mut room)?;
                if name == JOB {
                    return Some(Self::Page);
                }
                let is_it = |one: &ResourceType| one.as_str() == name;
                match ResourceType::ALL.into_iter().find(is_it)? {
                    ResourceType::ImportError if look.look("/data/0/attributes").is_some() => {
                        Some(Self::ImportErrors)
                    }
                    resource_type => Some(Self::Identifiers(resource_type)),
                }
            }
            Glimpse::Text | Glimpse::Other => None,
        }
    }

    /// The same for a page without items, which was asked for by a URL. `None` if that does not tell.
    fn of_empty(look: &impl Look) -> Option<Self> {
        let mut room = [0; _];
        let url = look.text("/links/self", &mut room)?;
        let path = url.split(['?', '#']).next()?.trim_end_matches('/');
        let mut segments = path.rsplit('/');
        match (segments.next()?, segments.next()) {
            (last, Some("relationships")) => {
                let of = |one: &ResourceType| last.strip_suffix('s') == Some(one.as_str());
                let found = ResourceType::ALL.into_iter().find(of);
                Some(Self::Identifiers(found.unwrap_or(ResourceType::List)))
            }
            ("import-errors", _) => Some(Self::ImportErrors),
            _ => None,
        }
    }
}

/// The `type` of a job.
pub(super) const JOB: &str = "profile-bulk-import-job";

/// Which kind a document is, if it is one for sure.
pub(crate) fn kind_of(look: &impl Look) -> Option<DocumentKind> {
    match Form::of(look)? {
        Form::Job if look.text("/data/type", &mut [0; _]) != Some(JOB) => None,
        Form::Job if look.look("/included").is_some() => Some(DocumentKind::Compound),
        Form::Job => Some(DocumentKind::Response),
        Form::Page => Some(DocumentKind::Page),
        Form::ImportErrors => Some(DocumentKind::ImportErrors),
        Form::Identifiers(_) => Some(DocumentKind::Identifiers),
        Form::Errors => Some(DocumentKind::Errors),
    }
}
