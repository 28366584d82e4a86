//! One record to one view.

use crate::decode::{Walker, decode, skip_whitespace};
use crate::error::{ErrorKind, Expected, Fault};
use crate::model::JobResponse;
use crate::options::Options;
use crate::schema::{ArenaFull, JobResponseBuilder};
use bumpalo::Bump;

/// Parses a record that has known bounds: the document, and nothing but white space around it.
pub(crate) fn parse_whole<'a>(
    options: &Options,
    record: &'a [u8],
    arena: &'a Bump,
) -> Result<&'a JobResponse<'a>, Fault> {
    if record.len() > options.max_record_bytes {
        return Err(too_large(options));
    }
    let (response, end) = parse(options, record, arena)?;
    let end = skip_whitespace(record, end);
    if end < record.len() {
        let expected = Expected::Words("the end of the record");
        return Err(Fault::expecting(ErrorKind::TrailingBytes, end, expected));
    }
    Ok(response)
}

/// Parses the record that begins with `rest` and tells where it ends.
pub(super) fn parse_next<'a>(
    options: &Options,
    rest: &'a [u8],
    arena: &'a Bump,
) -> Result<(&'a JobResponse<'a>, usize), Fault> {
    let allowed = &rest[..rest.len().min(options.max_record_bytes)];
    parse(options, allowed, arena).map_err(|fault| {
        let cut_short = fault.kind == ErrorKind::UnexpectedEnd && allowed.len() < rest.len();
        if cut_short { too_large(options) } else { fault }
    })
}

fn too_large(options: &Options) -> Fault {
    let limit = Expected::AtMost(options.max_record_bytes);
    Fault::expecting(ErrorKind::RecordSizeLimit, 0, limit)
}

fn parse<'a>(
    options: &Options,
    bytes: &'a [u8],
    arena: &'a Bump,
) -> Result<(&'a JobResponse<'a>, usize), Fault> {
    let walker = Walker::new(JobResponseBuilder::TABLE, options);
    let mut builder = JobResponseBuilder::new(arena);
    let end = decode(&walker, bytes, 0, &mut builder, arena)?;
    match builder.finish(arena) {
        Ok(response) => Ok((response, end)),
        Err(ArenaFull) => Err(Fault::new(ErrorKind::ArenaLimit, 0)),
    }
}
