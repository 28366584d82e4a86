//! Which of the vendor's documents one is: told by a few looks at it, before it is decoded.

use crate::model::{DocumentKind, ResourceType};
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

/// If a document is for sure of none of these kinds: the words for the first of them, and for what it is.
pub(super) fn another_than(kinds: &[DocumentKind], look: &impl Look) -> Option<[&'static str; 2]> {
    let found = kind_of(look).filter(|found| !kinds.contains(found))?;
    Some([kinds.first()?.description(), found.description()])
}

/// Which kind a document is, if it is one for sure.
fn kind_of(look: &impl Look) -> Option<DocumentKind> {
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
