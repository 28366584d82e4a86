//! What went wrong with single profiles of an import.

use super::{Appended, Definition, FromRow, TableOf, columns};
use jobview::Answer;
use jobview::sparse::ImportError;

pub(crate) struct ImportErrors;

impl TableOf for ImportErrors {
    type Row<'a> = ImportError<'a>;

    const NAME: &'static str = "import_errors";

    const COLUMNS: &'static [Definition<FromRow<Self>>] = columns! {
        "id": required Text, Core, "Unique identifier of the error.", |error, cell| cell.text(error.id);
        "code": optional Text, Core, "A code for programs to tell sorts of errors apart.",
            |error, cell| cell.optional_text(error.attributes.code);
        "title": optional Text, Core, "The sort of the error, for people.",
            |error, cell| cell.optional_text(error.attributes.title);
        "detail": optional Text, Core, "What went wrong this time, for people.",
            |error, cell| cell.optional_text(error.attributes.detail);
        "source_pointer": optional Text, Core, "The part of the request that was the cause: a JSON pointer.",
            |error, cell| cell.optional_text(error.attributes.source.and_then(|it| it.pointer));
        "source_parameter": optional Text, Core, "The parameter in the query of the URL that was the cause.",
            |error, cell| cell.optional_text(error.attributes.source.and_then(|it| it.parameter));
        "original_payload": optional Json, Core, "What was sent for the profile, as JSON text.",
            |error, cell| cell.optional_text(error.attributes.original_payload.map(|it| it.as_str()));
        "self_link": optional Text, All, "Where the error itself is found.",
            |error, cell| cell.optional_text(error.links.map(|links| links.self_));
    };

    fn of_answer<'a>(
        answer: &dyn Answer<'a>,
        each: &mut dyn FnMut(&ImportError<'a>) -> Appended,
    ) -> Appended {
        (0..).map_while(|index| answer.import_error(index)).try_for_each(|one| each(&one))
    }
}
