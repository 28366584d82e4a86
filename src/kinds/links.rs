//! Links: what the `$ref`s to them resolve to.

use crate::model::{ObjectLinks, PageLinks, RelatedLinks, RelationshipLinks};
use gapwise::__private::view;

view!(ObjectLinks<'static> { self_("self"), });

view!(RelationshipLinks<'static> { self_("self"), related, });

// `OnlyRelatedLinks`
view!(RelatedLinks<'static> { related, });

// `CollectionLinks`
view!(PageLinks<'static> {
    self_("self"),
    first.nullable(),
    last.nullable(),
    prev.nullable(),
    next.nullable(),
});
