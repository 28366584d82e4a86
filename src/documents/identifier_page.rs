//! What a relationship of a job lists: a page of bare resource identifiers.

use super::resource_type::ResourceType;
use super::told::{self, not_of};
use crate::resources::{ImportErrorIdentifier, ListIdentifier, PageLinks, ProfileIdentifier};
use gapwise::{RawJson, View};

/// Declares pages of identifiers of one type.
macro_rules! pages {
    ($($(#[$about:meta])* $page:ident $owned_page:literal of $identifier:ident;)*) => {$(
        $(#[$about])*
        ///
        /// | revision | brought |
        /// |---|---|
        /// | 2023-12-15 | `data`, of lists or profiles; identifiers of import errors are in no revision |
        /// | 2026-01-15 | `links`, optional |
        /// | 2026-07-15 | `meta`, optional |
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
        #[view(owned = $owned_page, owned_derive(Eq, Hash))]
        #[view(another_kind = not_of::identifiers)]
        #[cfg_attr(feature = "serde", view(serde))]
        #[non_exhaustive]
        pub struct $page<'a> {
            /// The identifiers, in the order of the document.
            pub data: &'a [$identifier<'a>],
            /// Where the page and its neighbours are found.
            #[view(not_null)]
            pub links: Option<PageLinks<'a>>,
            /// What the document says about itself: any JSON.
            pub meta: Option<RawJson<'a>>,
        }
    )*};
}

pages! {
    /// A page of identifiers of lists (schema `GetProfileImportJobListRelationshipsResponseCollection`).
    ListIdentifierPage "OwnedListIdentifierPage" of ListIdentifier;
    /// A page of identifiers of profiles (schema `GetProfileImportJobProfileRelationshipsResponseCollection`).
    ProfileIdentifierPage "OwnedProfileIdentifierPage" of ProfileIdentifier;
    /// A page of identifiers of import errors.
    ImportErrorIdentifierPage "OwnedImportErrorIdentifierPage" of ImportErrorIdentifier;
}

/// A page of bare resource identifiers of any type, which a relationship of a job lists (schemas
/// `GetProfileImportJobListRelationshipsResponseCollection`, and the same for profiles and import errors).
///
/// A page of whole lists or profiles is read as the identifiers in it. All revisions allow a whole profile without an
/// `id`, although none has been seen: a page with one is rejected. The type of the first identifier is the type of the
/// page. The type of an empty page comes from its URL, `links.self`; if the URL does not tell, the page is taken for
/// lists.
///
/// ```
/// use jobview::{Arena, IdentifierPage, Parser};
///
/// let json = br#"{"data": [{"type": "list", "id": "YafG4m"}]}"#;
/// let arena = Arena::new();
/// let page = Parser::<IdentifierPage>::new().parse(json, &arena)?;
/// let IdentifierPage::Lists(lists) = page else { panic!("they are lists") };
/// assert_eq!(lists.data[0].id, "YafG4m");
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(told_by = told::identifiers)]
#[view(another_kind = not_of::identifiers)]
#[view(owned = "OwnedIdentifierPage", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub enum IdentifierPage<'a> {
    /// Of lists.
    Lists(ListIdentifierPage<'a>),
    /// Of profiles.
    Profiles(ProfileIdentifierPage<'a>),
    /// Of errors met during the import.
    ImportErrors(ImportErrorIdentifierPage<'a>),
}

impl<'a> IdentifierPage<'a> {
    /// The identifiers, in the order of the document.
    ///
    /// ```
    /// use jobview::{Arena, IdentifierPage, Parser};
    ///
    /// let json = br#"{"data": [{"type": "list", "id": "YafG4m"}, {"type": "list", "id": "XyZ123"}]}"#;
    /// let arena = Arena::new();
    /// let page = Parser::<IdentifierPage>::new().parse(json, &arena)?;
    /// assert!(page.ids().eq(["YafG4m", "XyZ123"]));
    /// # Ok::<(), jobview::Error>(())
    /// ```
    pub fn ids(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let (mut lists, mut profiles, mut errors) = (&[][..], &[][..], &[][..]);
        match self {
            Self::Lists(page) => lists = page.data,
            Self::Profiles(page) => profiles = page.data,
            Self::ImportErrors(page) => errors = page.data,
        }
        let (lists, profiles) =
            (lists.iter().map(|list| list.id), profiles.iter().map(|profile| profile.id));
        lists.chain(profiles).chain(errors.iter().map(|error| error.id))
    }

    /// The `type` of all identifiers. `None` if there are none: the document does not say a type then.
    ///
    /// ```
    /// use jobview::{Arena, IdentifierPage, Parser, ResourceType};
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<IdentifierPage>::new());
    /// let page = parser.parse(br#"{"data": [{"type": "profile", "id": "01GDDK"}]}"#, &arena)?;
    /// assert_eq!(page.resource_type(), Some(ResourceType::Profile));
    /// assert_eq!(parser.parse(br#"{"data": []}"#, &arena)?.resource_type(), None);
    /// # Ok::<(), jobview::Error>(())
    /// ```
    pub fn resource_type(&self) -> Option<ResourceType> {
        let resource_type = match self {
            Self::Lists(_) => ResourceType::List,
            Self::Profiles(_) => ResourceType::Profile,
            Self::ImportErrors(_) => ResourceType::ImportError,
        };
        self.ids().next().map(|_| resource_type)
    }

    /// Where the page and its neighbours are found.
    ///
    /// ```
    /// use jobview::{Arena, IdentifierPage, Parser};
    ///
    /// let json = br#"{"data": [{"type": "list", "id": "YafG4m"}],
    ///     "links": {"self": "/lists/?page=2", "prev": "/lists/"}}"#;
    /// let arena = Arena::new();
    /// let links = Parser::<IdentifierPage>::new().parse(json, &arena)?.links().unwrap();
    /// assert_eq!((links.self_, links.prev), ("/lists/?page=2", Some("/lists/")));
    /// # Ok::<(), jobview::Error>(())
    /// ```
    pub const fn links(&self) -> Option<PageLinks<'a>> {
        match self {
            Self::Lists(page) => page.links,
            Self::Profiles(page) => page.links,
            Self::ImportErrors(page) => page.links,
        }
    }

    /// What the document says about itself: any JSON.
    ///
    /// ```
    /// use jobview::{Arena, IdentifierPage, Parser};
    ///
    /// let json = br#"{"data": [{"type": "list", "id": "YafG4m"}], "meta": {"total": 1}}"#;
    /// let arena = Arena::new();
    /// let meta = Parser::<IdentifierPage>::new().parse(json, &arena)?.meta().unwrap();
    /// assert_eq!(meta.as_str(), r#"{"total": 1}"#);
    /// # Ok::<(), jobview::Error>(())
    /// ```
    pub const fn meta(&self) -> Option<RawJson<'a>> {
        match self {
            Self::Lists(page) => page.meta,
            Self::Profiles(page) => page.meta,
            Self::ImportErrors(page) => page.meta,
        }
    }

    /// The URI of the next page; `None` on the last one.
    ///
    /// ```
    /// use jobview::{Arena, IdentifierPage, Parser};
    ///
    /// let json = br#"{"data": [{"type": "list", "id": "YafG4m"}],
    ///     "links": {"self": "/lists/", "next": "/lists/?page=2"}}"#;
    /// let arena = Arena::new();
    /// let page = Parser::<IdentifierPage>::new().parse(json, &arena)?;
    /// assert_eq!(page.next(), Some("/lists/?page=2"));
    /// # Ok::<(), jobview::Error>(())
    /// ```
    pub fn next(&self) -> Option<&'a str> {
        self.links().and_then(|links| links.next)
    }
}
