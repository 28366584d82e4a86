//! The resource identifiers of pages of identifiers. Pages of whole lists and profiles are read as such, too.

use super::{Definition, FromRows, TableOf, columns};
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

    const COLUMNS: &'static [Definition<FromRows<Self>>] = columns! {
        "type": required Text, Core, "The type of the resource.", |row| row.resource_type.as_str();
        "id": required Text, Core, "Its identifier.", |row| row.id;
    };

    fn of_answer<'a>(answer: &dyn Answer<'a>, rows: &mut Vec<Row<'a>>) {
        // A page without identifiers has no type.
        let Some(page) = answer.identifiers() else { return };
        let Some(resource_type) = page.resource_type() else { return };
        rows.extend(page.ids().map(|id| Row { resource_type, id }));
    }
}
