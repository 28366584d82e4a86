//! Records that are not valid documents. The columns have the names of the command's `--rejects-format ndjson`.

use super::{Appended, Definition, FromRow, Origin, TableOf, columns};
use jobview::Rejected;

pub(crate) struct Rejects;

/// A rejected record, or a piece of one.
pub(crate) struct Row<'r> {
    rejected: &'r Rejected<'r>,
    origin: Origin<'r>,
}

impl TableOf for Rejects {
    type Row<'a> = Row<'a>;

    const NAME: &'static str = "rejects";

    // Its own columns say where a record comes from.
    const HAS_PROVENANCE: bool = false;

    const COLUMNS: &'static [Definition<FromRow<Self>>] = columns! {
        "file": optional Text, Core, "The name of the input.", |row, cell| cell.optional_text(row.origin.file);
        "record": required UInt64, Core, "The number of the record in the input, from 0.",
            |row, cell| cell.unsigned(row.rejected.error.record());
        "record_offset": required UInt64, Core, "The byte offset at which the record begins, from 0.",
            |row, cell| cell.unsigned(row.origin.offset);
        "line": required UInt64, Core, "The line of the offending byte, from 1.",
            |row, cell| cell.unsigned(row.rejected.error.line());
        "column": required UInt64, Core, "Its column, from 1, in bytes.",
            |row, cell| cell.unsigned(row.rejected.error.column());
        "offset": required UInt64, Core, "Its byte offset in the input, from 0.",
            |row, cell| cell.unsigned(row.rejected.error.offset());
        "pointer": required Text, Core, "The JSON pointer of the offending value, within the record.",
            |row, cell| cell.text(row.rejected.error.pointer());
        "kind": required Text, Core, "The error, for programs.",
            |row, cell| cell.text(row.rejected.error.kind().name());
        "message": required Text, Core, "The error, for people.", |row, cell| cell.text(&row.rejected.message());
        "remainder": required Bool, Core, "Whether the record is the entire rest of the input.",
            |row, cell| cell.bool(row.rejected.remainder);
        "more": required Bool, Core, "Whether the next row continues the same record.",
            |row, cell| cell.bool(row.rejected.more);
        "raw": required Binary, Core, "The bytes of the record.", |row, cell| cell.bytes(row.rejected.raw);
    };

    fn of_rejected(
        rejected: &Rejected<'_>,
        origin: &Origin<'_>,
        each: &mut dyn FnMut(&Row<'_>) -> Appended,
    ) -> Appended {
        each(&Row { rejected, origin: *origin })
    }
}
