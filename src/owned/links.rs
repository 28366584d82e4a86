//! Where things are found.

super::mirrors! {
    /// See [`ObjectLinks`](crate::ObjectLinks).
    pub struct ObjectLinks {
        /// The URI of the resource itself (member `self`).
        pub self_: Box<str>,
    }

    /// See [`RelationshipLinks`](crate::RelationshipLinks).
    pub struct RelationshipLinks {
        /// The URI of the relationship itself (member `self`).
        pub self_: Box<str>,
        /// The URI of the related resources.
        pub related: Box<str>,
    }

    /// See [`RelatedLinks`](crate::RelatedLinks).
    pub struct RelatedLinks {
        /// The URI of the related resources.
        pub related: Box<str>,
    }

    /// See [`PageLinks`](crate::PageLinks).
    pub struct PageLinks {
        /// The URI of the page itself (member `self`).
        pub self_: Box<str>,
        /// The URI of the first page.
        pub first: Option<Box<str>>,
        /// The URI of the last page.
        pub last: Option<Box<str>>,
        /// The URI of the page before.
        pub prev: Option<Box<str>>,
        /// The URI of the next page.
        pub next: Option<Box<str>>,
    }
}
