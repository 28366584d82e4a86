//! Rows of any documents: what Arrow says of a table is what the views say.

use jobview::gapwise::columns::Rows;
use jobview::views::{AnyJob, JobError, ResponseError};
use jobview::{
    Answer, Arena, Batch, Document, JobDocument, JobStatus, Options, Parser, Timestamp,
    UnknownVariants, sparse,
};
use jobview_arrow::arrow_60::record_batch;
use jobview_arrow::{
    AppendError, ColumnSet, JobTable, Origin, StatusType, Table, TableBuilder, TableOptions,
    Timestamps,
};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::iter;

mod values {
    use arrow_array_60 as arrow_array;

    include!("../it/values.rs");
}

/// The first byte chooses options, the second the size of batches, and the rest are documents.
pub(crate) fn check(data: &[u8]) {
    let [choices, size, input @ ..] = data else { return };
    let timestamps = [Timestamps::Null, Timestamps::Text][usize::from(choices & 1)];
    let status = [StatusType::Text, StatusType::Dictionary][usize::from(choices >> 1 & 1)];
    let mut parser = Options::new();
    if status == StatusType::Text {
        parser = parser.unknown_variants(UnknownVariants::Keep);
    }
    let options = TableOptions::new()
        .columns(ColumnSet::All)
        .timestamps(timestamps)
        .status(status)
        .batch_rows(usize::from(*size));
    match choices & 4 {
        0 => check_kind::<JobDocument>(input, parser.parser(), &options, timestamps),
        _ => check_kind::<sparse::JobDocument>(input, parser.parser(), &options, timestamps),
    }
}

fn check_kind<D: Document>(
    input: &[u8],
    mut parser: Parser<D>,
    options: &TableOptions,
    timestamps: Timestamps,
) where
    for<'a> D::View<'a>: Answer<'a>,
{
    let arena = Arena::new();
    let batch = parser.parse_batch(input, &arena);
    for table in Table::ALL {
        let mut builder = TableBuilder::new(table, options).unwrap();
        let (mut expected, mut found) = (Vec::new(), Vec::new());
        for (place, record) in &batch {
            let origin = Origin::of(None, &place);
            let rows = match record {
                Ok(document) => {
                    builder.append(document, &origin).expect("it is not told to refuse anything");
                    of_document(table, document, timestamps)
                }
                Err(rejected) => {
                    builder.append_rejected(rejected, &origin).expect("there is room");
                    let error = &rejected.error;
                    let row = json!({
                        "file": null, "record": place.record, "record_offset": place.offset,
                        "line": error.line(), "column": error.column(), "offset": error.offset(),
                        "pointer": error.pointer(), "kind": error.kind().name(),
                        "message": rejected.message(), "remainder": rejected.remainder,
                        "more": rejected.more, "raw": rejected.raw,
                    });
                    if table == Table::Rejects { vec![row] } else { Vec::new() }
                }
            };
            let provenance = json!({"_file": null, "_record": place.record, "_line": place.line,
                "_offset": place.offset});
            for mut row in rows {
                if table != Table::Rejects {
                    let row = row.as_object_mut().unwrap();
                    row.append(&mut provenance.as_object().unwrap().clone());
                }
                expected.push(row);
            }
        }
        while let Some(rows) = builder.next_batch() {
            found.extend(values::rows(&record_batch(rows).unwrap()).into_iter().map(Value::Object));
        }
        assert_eq!(found, expected, "{table}");
        for timestamps in [timestamps, Timestamps::Reject] {
            check_at_once(&batch, table, &options.clone().timestamps(timestamps));
        }
    }
}

/// Documents that are added at once make the same batches as one by one, and the same ones are refused.
fn check_at_once<'a, V: Answer<'a>>(batch: &Batch<'a, V>, table: Table, options: &TableOptions) {
    let documents = || {
        batch.records().filter_map(|(place, record)| {
            Some((record.ok()? as &dyn Answer<'a>, Origin::of(None, &place)))
        })
    };
    let build = |append: &mut dyn FnMut(&mut TableBuilder, &mut Vec<String>)| {
        let mut builder = TableBuilder::new(table, options).unwrap();
        let mut refused = Vec::new();
        append(&mut builder, &mut refused);
        let batches: Vec<_> = iter::from_fn(|| builder.next_batch()).collect();
        (batches, refused)
    };
    let refusal = |error: AppendError, origin: &Origin<'_>| format!("{}: {error}", origin.record);
    let one_by_one = build(&mut |builder, refused| {
        for (document, origin) in documents() {
            refused.extend(builder.append(document, &origin).err().map(|it| refusal(it, &origin)));
        }
    });
    let at_once = build(&mut |builder, refused| {
        let noted = builder.append_all(documents(), |error, origin| {
            refused.push(refusal(error, origin));
            Ok::<(), Infallible>(())
        });
        noted.unwrap();
    });
    assert_eq!(at_once, one_by_one, "{table}");
    if table == Table::Jobs {
        check_jobs_at_once(batch, options, one_by_one);
    }
}

/// The same for a table of jobs, which is one batch, and where each job is refused alone.
fn check_jobs_at_once<'a, V: Answer<'a>>(
    batch: &Batch<'a, V>,
    options: &TableOptions,
    (batches, refused): (Vec<Rows>, Vec<String>),
) {
    let mut table = JobTable::new(options).unwrap();
    let mut count = 0;
    let jobs = batch.records().filter_map(|(place, record)| Some((place, record.ok()?)));
    let jobs = jobs.flat_map(|(place, document)| {
        document.any_jobs().map(move |job| (job, Origin::of(None, &place)))
    });
    let noted = table.append_all(jobs, |_, _| {
        count += 1;
        Ok::<(), Infallible>(())
    });
    noted.unwrap();
    if refused.is_empty() {
        let rows = |rows| values::rows(&record_batch(rows).unwrap());
        let expected: Vec<_> = batches.into_iter().flat_map(rows).collect();
        assert_eq!((rows(table.finish()), count), (expected, 0));
    } else {
        assert!(count >= refused.len());
    }
}

fn of_document<'a>(table: Table, document: &dyn Answer<'a>, timestamps: Timestamps) -> Vec<Value> {
    let jobs = || (0..).map_while(|index| document.any_job(index));
    let time = |time: Option<Timestamp<'_>>| match timestamps {
        Timestamps::Text => json!(time.map(Timestamp::as_str)),
        _ => json!(time.and_then(|time| time.unix_micros().ok())),
    };
    match table {
        Table::Jobs => jobs().map(|job| of_job(&job, time)).collect(),
        Table::Lists => {
            let lists = document.included().lists.iter().map(|list| {
                let attributes = list.attributes;
                json!({
                    "id": list.id, "name": attributes.and_then(|it| it.name),
                    "created": time(attributes.and_then(|it| it.created)),
                    "updated": time(attributes.and_then(|it| it.updated)),
                    "opt_in_process": attributes.and_then(|it| it.opt_in_process),
                    "self_link": list.links.map(|links| links.self_),
                })
            });
            lists.collect()
        }
        Table::ImportErrors => {
            let errors = (0..).map_while(|index| document.import_error(index)).map(|error| {
                let attributes = error.attributes;
                json!({
                    "id": error.id, "code": attributes.code, "title": attributes.title,
                    "detail": attributes.detail,
                    "source_pointer": attributes.source.and_then(|source| source.pointer),
                    "source_parameter": attributes.source.and_then(|source| source.parameter),
                    "original_payload": attributes.original_payload.map(|payload| payload.as_str()),
                    "self_link": error.links.map(|links| links.self_),
                })
            });
            errors.collect()
        }
        Table::Errors => {
            let of_jobs = jobs().flat_map(|job| {
                let errors = job.attributes.errors.unwrap_or_default();
                errors.iter().map(move |error| of_job_error(job.id, error))
            });
            document.errors().iter().map(of_error).chain(of_jobs).collect()
        }
        Table::Identifiers => {
            let Some(page) = document.identifiers() else { return Vec::new() };
            let name = page.resource_type().map(|resource_type| resource_type.as_str());
            page.ids().map(|id| json!({"type": name, "id": id})).collect()
        }
        _ => Vec::new(),
    }
}

fn of_job(job: &AnyJob<'_>, time: impl Fn(Option<Timestamp<'_>>) -> Value) -> Value {
    macro_rules! ids {
        ($related:ident) => {
            job.related.$related.map(|all| all.iter().map(|one| one.id).collect::<Vec<_>>())
        };
    }
    let attributes = &job.attributes;
    json!({
        "type": job.resource_type, "id": job.id, "status": attributes.status.map(JobStatus::as_str),
        "created_at": time(attributes.created_at), "started_at": time(attributes.started_at),
        "completed_at": time(attributes.completed_at), "expires_at": time(attributes.expires_at),
        "total_count": attributes.total_count, "completed_count": attributes.completed_count,
        "failed_count": attributes.failed_count, "skipped_count": attributes.skipped_count,
        "list_ids": ids!(lists), "profile_ids": ids!(profiles),
        "import_error_ids": ids!(import_errors), "item_ids": ids!(items),
        "variant_ids": ids!(variants), "category_ids": ids!(categories),
        "coupon_code_ids": ids!(coupon_codes), "segment_ids": ids!(segments),
        "self_link": job.links.self_,
    })
}

fn of_error(error: &ResponseError<'_>) -> Value {
    json!({
        "job_id": null, "id": error.id, "status": error.status, "code": error.code,
        "title": error.title, "detail": error.detail,
        "source_pointer": error.source.and_then(|source| source.pointer),
        "source_parameter": error.source.and_then(|source| source.parameter),
        "meta": error.meta.map(|meta| meta.as_str()),
    })
}

fn of_job_error(job_id: &str, error: &JobError<'_>) -> Value {
    json!({
        "job_id": job_id, "id": error.id, "status": null, "code": error.code, "title": error.title,
        "detail": error.detail, "source_pointer": error.source.pointer,
        "source_parameter": error.source.parameter, "meta": null,
    })
}
