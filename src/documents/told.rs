//! Tells which kind a document is, by a few looks at it before it is decoded.

use super::kind::DocumentKind;
use super::resource_type::ResourceType;
use gapwise::__private::Glimpse;
pub(super) use gapwise::__private::Look;

/// The form of a document: its kind, and what else decides how it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One job that imports profiles, or something else in its place.
    Job,
    Page,
    ImportErrors,
    Identifiers(ResourceType),
    Errors,
    /// Other bulk jobs: one job or a page.
    Bulk {
        kind: DocumentKind,
        is_page: bool,
    },
}

impl Form {
    /// The form of a document, by the rules of [`JobDocument`](super::JobDocument). `None` if the document is not
    /// certain to be any of them.
    pub(super) fn of(look: &dyn Look) -> Option<Self> {
        Self::with(look, look.look("/data"))
    }

    /// Like [`of`](Self::of), given what is under `data`.
    fn with(look: &dyn Look, data: Option<Glimpse>) -> Option<Self> {
        let mut room = [0; _];
        let Some(data) = data else {
            return look.look("/errors").map(|_| Self::Errors);
        };
        match data {
            Glimpse::Object => {
                let kind = look.text("/data/type", &mut room).and_then(bulk);
                Some(kind.map_or(Self::Job, |kind| Self::Bulk { kind, is_page: false }))
            }
            Glimpse::List { is_empty: true } => Self::of_empty(look),
            Glimpse::List { is_empty: false } => {
                let name = look.text("/data/0/type", &mut room)?;
                if name == JOB {
                    return Some(Self::Page);
                }
                let is_it = |one: &ResourceType| one.as_str() == name;
                match ResourceType::ALL.into_iter().find(is_it) {
                    Some(ResourceType::ImportError)
                        if look.look("/data/0/attributes").is_some() =>
                    {
                        Some(Self::ImportErrors)
                    }
                    Some(resource_type) => Some(Self::Identifiers(resource_type)),
                    None => bulk(name).map(|kind| Self::Bulk { kind, is_page: true }),
                }
            }
            Glimpse::Text | Glimpse::Other => None,
        }
    }

    /// The form of a page without items, from the URL that it was requested by. `None` if the URL does not tell.
    fn of_empty(look: &dyn Look) -> Option<Self> {
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
            (last, _) => {
                let kind = last.strip_suffix('s').and_then(bulk)?;
                Some(Self::Bulk { kind, is_page: true })
            }
        }
    }
}

/// The `type` of a job that imports profiles.
const JOB: &str = "profile-bulk-import-job";

/// The kind of bulk jobs with this `type`, unless they import profiles.
fn bulk(name: &str) -> Option<DocumentKind> {
    DocumentKind::BULK.into_iter().find(|kind| kind.as_str() == name)
}

/// The index of the variant of [`IdentifierPage`](super::IdentifierPage) to read a page as. A page of anything else is
/// read as lists.
pub(super) fn identifiers(look: &dyn Look) -> usize {
    let resource_type = match Form::of(look) {
        Some(Form::Identifiers(resource_type)) => resource_type,
        // The errors have attributes, although nobody requested them.
        Some(Form::ImportErrors) => ResourceType::ImportError,
        _ => ResourceType::List,
    };
    resource_type as usize
}

/// The index of the variant of [`JobDocument`](super::JobDocument) to read a document as, in the order of its variants.
pub(super) fn any(look: &dyn Look) -> usize {
    // Finding the type takes a longer look, so first guess: a job is likely to be of the same kind as the one before.
    let is_one_job = |table: &usize| *table == 0 || *table >= 7 && (*table - 7).is_multiple_of(2);
    let data = look.look("/data");
    if let Some(Glimpse::Object) = data
        && let Some(guess) = look.guess().filter(is_one_job)
    {
        return guess;
    }
    match Form::with(look, data) {
        Some(Form::Job) => 0,
        Some(Form::Page) => 1,
        // It is an empty page, or none of the kinds and therefore invalid: cut short, for instance.
        None => one_or_page(look),
        Some(Form::ImportErrors) => 2,
        Some(Form::Identifiers(resource_type)) => 3 + resource_type as usize,
        Some(Form::Errors) => 6,
        Some(Form::Bulk { kind, is_page }) => {
            let before = kind as usize - DocumentKind::BULK[0] as usize;
            7 + 2 * before + usize::from(is_page)
        }
    }
}

/// Which of two views to read a document as: one job, or a page of jobs.
pub(super) fn one_or_page(look: &dyn Look) -> usize {
    usize::from(matches!(look.look("/data"), Some(Glimpse::List { .. })))
}

/// What a document is, if it is certainly not of the requested kind.
pub(super) mod not_of {
    use super::{DocumentKind, Look, kind_of};

    /// Declares, for each kind that may be requested, the kinds that are accepted in its place.
    macro_rules! kinds {
        ($($wanted:ident: $($kind:ident)*;)*) => {$(
            pub(in super::super) fn $wanted(look: &dyn Look) -> Option<[&'static str; 2]> {
                const KINDS: &[DocumentKind] = &[$(DocumentKind::$kind),*];
                let (found, description) = kind_of(look)?;
                (!KINDS.contains(&found)).then_some([KINDS[0].description(), description])
            }
        )*};
    }

    kinds! {
        response: Response Compound;
        compound: Compound Response;
        page: Page;
        import_errors: ImportErrors;
        identifiers: Identifiers;
        errors: Errors;
    }
}

/// What a document is, if it is certainly not a job of the requested kind, or not a page (or not one job) where only
/// that is accepted.
pub(super) fn not_of_bulk(
    look: &dyn Look,
    wanted: DocumentKind,
    only: Option<IsPage>,
) -> Option<[&'static str; 2]> {
    let (_, found) = kind_of(look)?;
    let good = match only {
        Some(is_page) => &[wanted.description_of(is_page)][..],
        None => &[wanted.description(), wanted.description_of(false), wanted.description_of(true)],
    };
    (!good.contains(&found)).then_some([good[0], found])
}

/// Whether the document must be a page.
type IsPage = bool;

/// The kind of a document, if it is certain, and its description for error messages.
fn kind_of(look: &dyn Look) -> Option<(DocumentKind, &'static str)> {
    let (kind, is_page) = match Form::of(look)? {
        Form::Job if look.text("/data/type", &mut [0; _]) != Some(JOB) => return None,
        Form::Job if look.look("/included").is_some() => (DocumentKind::Compound, false),
        Form::Job => (DocumentKind::Response, false),
        Form::Page => (DocumentKind::Page, true),
        Form::ImportErrors => (DocumentKind::ImportErrors, true),
        Form::Identifiers(_) => (DocumentKind::Identifiers, true),
        Form::Errors => (DocumentKind::Errors, false),
        Form::Bulk { kind, is_page } => (kind, is_page),
    };
    Some((kind, kind.description_of(is_page)))
}
