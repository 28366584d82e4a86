//! What is in documents about one job, to compare the owned twins of the library with: those may get new members, so that
//! nobody else can make one.

use jobview::owned;

/// Declares what documents have in them, as the owned twins of the library have it, which others cannot make.
macro_rules! twins {
    ($($name:ident { $($field:ident: $type:ty,)* })*) => {$(
        #[derive(Debug)]
        pub(crate) struct $name {
            $(pub(crate) $field: $type,)*
        }

        impl Same<owned::$name> for $name {
            fn same(&self, other: &owned::$name) -> bool {
                $(self.$field.same(&other.$field))&&*
            }
        }
    )*};
}

twins! {
    JobResponse { data: Job, links: Option<ObjectLinks>, meta: Option<owned::RawJson>, }
    Job {
        id: Box<str>,
        attributes: JobAttributes,
        relationships: Option<JobRelationships>,
        links: ObjectLinks,
    }
    JobAttributes {
        status: owned::JobStatus,
        created_at: owned::Timestamp,
        total_count: i64,
        completed_count: Option<i64>,
        failed_count: Option<i64>,
        completed_at: Option<owned::Timestamp>,
        expires_at: Option<owned::Timestamp>,
        started_at: Option<owned::Timestamp>,
    }
    JobRelationships {
        lists: Option<ListRelationship>,
        profiles: Option<ProfileRelationship>,
        import_errors: Option<ImportErrorRelationship>,
    }
    ListRelationship { data: Option<Box<[ListIdentifier]>>, links: Option<RelationshipLinks>, }
    ProfileRelationship { data: Option<Box<[ProfileIdentifier]>>, links: Option<RelationshipLinks>, }
    ImportErrorRelationship { data: Option<Box<[ImportErrorIdentifier]>>, links: Option<RelatedLinks>, }
    ListIdentifier { id: Box<str>, }
    ProfileIdentifier { id: Box<str>, }
    ImportErrorIdentifier { id: Box<str>, }
    ObjectLinks { self_: Box<str>, }
    RelationshipLinks { self_: Box<str>, related: Box<str>, }
    RelatedLinks { related: Box<str>, }
}

/// Whether two types say the same.
pub(crate) trait Same<T> {
    fn same(&self, other: &T) -> bool;
}

macro_rules! values {
    ($($type:ty)*) => {$(
        impl Same<$type> for $type {
            fn same(&self, other: &$type) -> bool {
                self == other
            }
        }
    )*};
}

values!(Box<str> i64 owned::RawJson owned::JobStatus owned::Timestamp);

impl<T, U: Same<T>> Same<Option<T>> for Option<U> {
    fn same(&self, other: &Option<T>) -> bool {
        match (self, other) {
            (Some(this), Some(other)) => this.same(other),
            (this, other) => this.is_none() && other.is_none(),
        }
    }
}

impl<T, U: Same<T>> Same<Box<[T]>> for Box<[U]> {
    fn same(&self, other: &Box<[T]>) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(this, other)| this.same(other))
    }
}

impl PartialEq<JobResponse> for owned::JobResponse {
    fn eq(&self, other: &JobResponse) -> bool {
        other.same(self)
    }
}
