//! The resource identifiers of pages of identifiers. Pages of whole lists and profiles are read as such, too.

use super::{Appended, Definition, FromRow, TableOf, columns};
use jobview::{Answer, ResourceType};

pub(crate) struct Identifiers;

/// An identifier.
pub(crate) struct Row<'a> {
    resource_type: ResourceType,
    id: &'a str,
}

impl TableOf for Identifiers {
    type Row<'a> = Row<'a>;

    const NAME: &'static str = "identifiers";

    const COLUMNS: &'static [Definition<FromRow<Self>>] = columns! {
        "type": required Text, Core, "The type of the resource.", |row, cell| cell.text(row.resource_type.as_str());
        "id": required Text, Core, "Its identifier.", |row, cell| cell.text(row.id);
    };

    fn of_answer<'a>(
        answer: &dyn Answer<'a>,
        each: &mut dyn FnMut(&Row<'a>) -> Appended,
    ) -> Appended {
        // A page without identifiers has no type.
        let Some(page) = answer.identifiers() else { return Ok(()) };
        let Some(resource_type) = page.resource_type() else { return Ok(()) };
        page.ids().try_for_each(|id| each(&Row { resource_type, id }))
    }
}
