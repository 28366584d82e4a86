//! The type of resource identifiers.

use gapwise::View;
use std::fmt;

/// Types of the resources that a job is related to.
///
/// ```
/// use jobview::{Arena, IdentifierPage, Parser, ResourceType};
///
/// let json = br#"{"data": [{"type": "profile", "id": "01GDDK"}]}"#;
/// let arena = Arena::new();
/// let page = Parser::<IdentifierPage>::new().parse(json, &arena)?;
/// match page.resource_type() {
///     Some(ResourceType::Profile) => println!("profiles that were created or updated"),
///     other => panic!("{other:?}"),
/// }
/// # Ok::<(), jobview::Error>(())
/// ```
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
    ///
    /// ```
    /// use jobview::ResourceType;
    ///
    /// assert!(ResourceType::ALL.map(ResourceType::as_str).contains(&"list"));
    /// ```
    pub const ALL: [Self; 3] = [Self::List, Self::Profile, Self::ImportError];

    /// The `type` as documents write it.
    ///
    /// ```
    /// use jobview::ResourceType;
    ///
    /// assert_eq!(ResourceType::ImportError.as_str(), "import-error");
    /// ```
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
