//! Documents from every format that serde knows: written as JSON text, and read by the parser.
//!
//! So there is one reading of the schema only, and what is accepted here is what the parser accepts.

use crate::model::{self, DocumentKind, JobStatus, ResourceType};
use crate::owned;
use gapwise::__private::read_document;
use serde::de::{Deserialize, Deserializer, Error as _};

/// Owned documents, and the kinds that they are.
macro_rules! documents {
    ($($owned:ident $kind:ident,)*) => {$(
        /// Accepts what a parser of the kind does; see [`Parser::seed`](gapwise::Parser::seed) for what formats lose.
        impl<'de> Deserialize<'de> for owned::$owned {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read_document::<model::$kind<'static>, _, _>(deserializer)
            }
        }
    )*};
}

documents! {
    JobResponse JobResponse,
    JobCompound JobCompound,
    SparseJobCompound SparseJobCompound,
    JobPage JobPage,
    SparseJobPage SparseJobPage,
    ImportErrorPage ImportErrorPage,
    SparseImportErrorPage SparseImportErrorPage,
    IdentifierPage IdentifierPage,
    ErrorResponse ErrorResponse,
    JobDocument JobDocument,
    SparseJobDocument SparseJobDocument,
}

/// Choices, by their names, and no others.
macro_rules! choices {
    ($($type:ident $(<$lifetime:lifetime>)?)*) => {$(
        impl<'de $(, $lifetime)?> Deserialize<'de> for $type $(<$lifetime>)? {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                const NAMES: [&str; $type::ALL.len()] = {
                    let mut names = [""; $type::ALL.len()];
                    let mut n = 0;
                    while n < names.len() {
                        names[n] = $type::ALL[n].as_str();
                        n += 1;
                    }
                    names
                };
                let name = String::deserialize(deserializer)?;
                let found = $type::ALL.into_iter().find(|one| one.as_str() == name);
                found.ok_or_else(|| D::Error::unknown_variant(&name, &NAMES))
            }
        }
    )*};
}

choices!(JobStatus<'a> ResourceType DocumentKind);

/// One of those that the schema names. Others come from a [`Parser::seed`](gapwise::Parser::seed) whose options have them kept.
impl<'de> Deserialize<'de> for owned::JobStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        JobStatus::deserialize(deserializer).map(JobStatus::into_owned)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for model::Timestamp<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&str>::deserialize(deserializer).map(Self::new)
    }
}

impl<'de> Deserialize<'de> for owned::Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(model::Timestamp::new(&text).into_owned())
    }
}
