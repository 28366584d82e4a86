//! Which of the vendor's documents one is: told by a few looks at it, before it is decoded.

use super::{DocumentKind, ResourceType};
use gapwise::__private::{Glimpse, Look};

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
    /// The form of a document, told as [`JobDocument`](super::JobDocument) says. `None` if it is none of
    /// them for sure.
    pub(super) fn of(look: &dyn Look) -> Option<Self> {
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
            _ => None,
        }
    }
}

/// The `type` of a job.
const JOB: &str = "profile-bulk-import-job";

/// Which of the views that [`IdentifierPage`](super::IdentifierPage) is made of a page is to become, or what is taken for one.
pub(super) fn identifiers(look: &dyn Look) -> usize {
    let resource_type = match Form::of(look) {
        Some(Form::Identifiers(resource_type)) => resource_type,
        // They have attributes, which nobody asked for.
        Some(Form::ImportErrors) => ResourceType::ImportError,
        _ => ResourceType::List,
    };
    resource_type as usize
}

/// Which of the views that [`JobDocument`](super::JobDocument) is made of a document is to become: they count in the order of
/// its variants.
pub(super) fn any(look: &dyn Look) -> usize {
    match Form::of(look) {
        Some(Form::Job) => 0,
        Some(Form::Page) => 1,
        // Nothing is in it, or it is none of them and wrong: cut short, for instance.
        None => match look.look("/data") {
            Some(Glimpse::List { .. }) => 1,
            _ => 0,
        },
        Some(Form::ImportErrors) => 2,
        Some(Form::Identifiers(resource_type)) => 3 + resource_type as usize,
        Some(Form::Errors) => 6,
    }
}

/// What a document is, if it is for sure not what was asked for.
pub(super) mod not_of {
    use super::{DocumentKind, Look, kind_of};

    /// Declares, for each kind that may be asked for, those that are as good.
    macro_rules! kinds {
        ($($wanted:ident: $($kind:ident)*;)*) => {$(
            pub(in super::super) fn $wanted(look: &dyn Look) -> Option<[&'static str; 2]> {
                const KINDS: &[DocumentKind] = &[$(DocumentKind::$kind),*];
                let found = kind_of(look).filter(|found| !KINDS.contains(found))?;
                Some([KINDS[0].description(), found.description()])
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

/// Which kind a document is, if it is one for sure.
fn kind_of(look: &dyn Look) -> Option<DocumentKind> {
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
