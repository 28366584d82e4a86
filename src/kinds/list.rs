//! A list that is included in an answer (`ListResponseObjectResource`). What of it is there, is up to the request:
//! `fields[list]`.

use crate::model::{IncludedList, ListAttributes};
use gapwise::__private::view;

view!(IncludedList<'static> {
    "type": "list",
    id,
    attributes,
    links,
});

view!(ListAttributes<'static> {
    name.nullable(),
    created.nullable(),
    updated.nullable(),
    opt_in_process.nullable(),
});
