//! Lists that are included with jobs.

use super::{Appended, Definition, FromRow, TableOf, columns};
use jobview::Answer;
use jobview::views::IncludedList;

pub(crate) struct Lists;

impl TableOf for Lists {
    type Row<'a> = IncludedList<'a>;

    const NAME: &'static str = "lists";

    const COLUMNS: &'static [Definition<FromRow<Self>>] = columns! {
        "id": required Text, Core, "Unique identifier of the list.", |list, cell| cell.text(list.id);
        "name": optional Text, Core, "The name shown to people.",
            |list, cell| cell.optional_text(list.attributes.and_then(|it| it.name));
        "created": optional Timestamp, Core, "When it was created.",
            |list, cell| cell.timestamp(list.attributes.and_then(|it| it.created));
        "updated": optional Timestamp, Core, "When it was last changed.",
            |list, cell| cell.timestamp(list.attributes.and_then(|it| it.updated));
        "opt_in_process": optional Text, Core, "How people confirm that they want to be on it.",
            |list, cell| cell.optional_text(list.attributes.and_then(|it| it.opt_in_process));
        "self_link": optional Text, All, "Where the list itself is found.",
            |list, cell| cell.optional_text(list.links.map(|links| links.self_));
    };

    fn of_answer<'a>(
        answer: &dyn Answer<'a>,
        each: &mut dyn FnMut(&IncludedList<'a>) -> Appended,
    ) -> Appended {
        answer.included().lists.iter().try_for_each(each)
    }
}
