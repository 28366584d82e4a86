//! A list that profiles are added to.

use super::{ObjectLinks, Timestamp};

super::mirrors! {
    /// See [`IncludedList`](crate::IncludedList).
    pub struct IncludedList {
        /// Unique identifier of the list.
        pub id: Box<str>,
        /// Its name and history; of these, what was asked for.
        pub attributes: Option<ListAttributes>,
        /// Where the list itself is found.
        pub links: Option<ObjectLinks>,
    }

    /// See [`ListAttributes`](crate::ListAttributes).
    pub struct ListAttributes {
        /// What people call it.
        pub name: Option<Box<str>>,
        /// When it was created.
        pub created: Option<Timestamp>,
        /// When it was changed last.
        pub updated: Option<Timestamp>,
        /// How people confirm that they want to be on it.
        pub opt_in_process: Option<Box<str>>,
    }
}
