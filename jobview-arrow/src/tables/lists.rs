//! Lists that are included with jobs.

use super::{Definition, FromRows, TableOf, columns};
use jobview::Answer;
use jobview::views::IncludedList;

pub(crate) struct Lists;

impl TableOf for Lists {
    type Row<'a> = IncludedList<'a>;

    const NAME: &'static str = "lists";

    const COLUMNS: &'static [Definition<FromRows<Self>>] = columns! {
        "id": required Text, Core, "Unique identifier of the list.", |list| list.id;
        "name": optional Text, Core, "The name shown to people.",
            |list| list.attributes.and_then(|it| it.name);
        "created": optional Timestamp, Core, "When it was created.",
            |list| list.attributes.and_then(|it| it.created);
        "updated": optional Timestamp, Core, "When it was last changed.",
            |list| list.attributes.and_then(|it| it.updated);
        "opt_in_process": optional Text, Core, "How people confirm that they want to be on it.",
            |list| list.attributes.and_then(|it| it.opt_in_process);
        "self_link": optional Text, All, "Where the list itself is found.",
            |list| list.links.map(|links| links.self_);
    };

    fn of_answer<'a>(answer: &dyn Answer<'a>, rows: &mut Vec<IncludedList<'a>>) {
        rows.extend(answer.included().lists);
    }
}
