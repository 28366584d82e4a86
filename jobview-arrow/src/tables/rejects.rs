//! Records that are not valid documents. The columns have the names of the command's `--rejects-format ndjson`.

use super::{Definition, FromRows, Origin, TableOf, columns};
use jobview::Rejected;
use std::borrow::Cow;

pub(crate) struct Rejects;

/// A rejected record, or a piece of one.
pub(crate) struct Row<'r> {
    rejected: &'r Rejected<'r>,
    message: Cow<'r, str>,
    origin: Origin<'r>,
}

impl TableOf for Rejects {
    type Row<'a> = Row<'a>;

    const NAME: &'static str = "rejects";

    // Its own columns say where a record comes from.
    const HAS_PROVENANCE: bool = false;

    const COLUMNS: &'static [Definition<FromRows<Self>>] = columns! {
        "file": optional Text, Core, "The name of the input.", |row| row.origin.file;
        "record": required UInt64, Core, "The number of the record in the input, from 0.",
            |row| row.rejected.error.record();
        "record_offset": required UInt64, Core, "The byte offset at which the record begins, from 0.",
            |row| row.origin.offset;
        "line": required UInt64, Core, "The line of the offending byte, from 1.",
            |row| row.rejected.error.line();
        "column": required UInt64, Core, "Its column, from 1, in bytes.",
            |row| row.rejected.error.column();
        "offset": required UInt64, Core, "Its byte offset in the input, from 0.",
            |row| row.rejected.error.offset();
        "pointer": required Text, Core, "The JSON pointer of the offending value, within the record.",
            |row| row.rejected.error.pointer();
        "kind": required Text, Core, "The error, for programs.",
            |row| row.rejected.error.kind().name();
        "message": required Text, Core, "The error, for people.", |row| &*row.message;
        "remainder": required Bool, Core, "Whether the record is the entire rest of the input.",
            |row| row.rejected.remainder;
        "more": required Bool, Core, "Whether the next row continues the same record.",
            |row| row.rejected.more;
        "raw": required Binary, Core, "The bytes of the record.", |row| row.rejected.raw;
    };

    fn of_rejected<'r>(rejected: &'r Rejected<'_>, origin: &Origin<'r>, rows: &mut Vec<Row<'r>>) {
        rows.push(Row { rejected, message: rejected.message(), origin: *origin });
    }
}
