//! What went wrong with single profiles of an import.

use super::{Definition, FromRows, TableOf, columns};
use jobview::Answer;
use jobview::sparse::ImportError;

pub(crate) struct ImportErrors;

impl TableOf for ImportErrors {
    type Row<'a> = ImportError<'a>;

    const NAME: &'static str = "import_errors";

    const COLUMNS: &'static [Definition<FromRows<Self>>] = columns! {
        "id": required Text, Core, "Unique identifier of the error.", |error| error.id;
        "code": optional Text, Core, "A code for programs to tell sorts of errors apart.",
            |error| error.attributes.code;
        "title": optional Text, Core, "The sort of the error, for people.",
            |error| error.attributes.title;
        "detail": optional Text, Core, "What went wrong this time, for people.",
            |error| error.attributes.detail;
        "source_pointer": optional Text, Core, "The part of the request that was the cause: a JSON pointer.",
            |error| error.attributes.source.and_then(|it| it.pointer);
        "source_parameter": optional Text, Core, "The parameter in the query of the URL that was the cause.",
            |error| error.attributes.source.and_then(|it| it.parameter);
        "original_payload": optional Json, Core, "What was sent for the profile, as JSON text.",
            |error| error.attributes.original_payload.map(|it| it.as_str());
        "self_link": optional Text, All, "Where the error itself is found.",
            |error| error.links.map(|links| links.self_);
    };

    fn of_answer<'a>(answer: &dyn Answer<'a>, rows: &mut Vec<ImportError<'a>>) {
        rows.extend((0..).map_while(|index| answer.import_error(index)));
    }
}
