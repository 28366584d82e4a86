//! The type of resource identifiers.

use gapwise::View;
use std::fmt;

/// Types of the resources that a job is related to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, View)]
#[view(rename_all = "kebab-case")]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub enum ResourceType {
    /// Of a list.
    List,
    /// Of a profile.
    Profile,
    /// Of an error met during the import.
    ImportError,
}

impl ResourceType {
    /// Every type.
    pub const ALL: [Self; 3] = [Self::List, Self::Profile, Self::ImportError];

    /// The `type` as it stands in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Profile => "profile",
            Self::ImportError => "import-error",
        }
    }
}

impl fmt::Display for ResourceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
