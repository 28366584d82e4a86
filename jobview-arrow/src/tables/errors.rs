//! Why requests failed, and what went wrong with single operations of a job.

use super::{Definition, FromRows, TableOf, columns};
use jobview::Answer;
use jobview::views::{JobError, ResponseError};

pub(crate) struct Errors;

/// An error of a response, or of a job.
#[derive(Default)]
pub(crate) struct Row<'a> {
    job_id: Option<&'a str>,
    id: Option<&'a str>,
    status: Option<i64>,
    code: Option<&'a str>,
    title: Option<&'a str>,
    detail: &'a str,
    pointer: Option<&'a str>,
    parameter: Option<&'a str>,
    meta: Option<&'a str>,
}

impl<'a> From<&ResponseError<'a>> for Row<'a> {
    fn from(error: &ResponseError<'a>) -> Self {
        Self {
            job_id: None,
            id: error.id,
            status: error.status,
            code: error.code,
            title: error.title,
            detail: error.detail,
            pointer: error.source.and_then(|source| source.pointer),
            parameter: error.source.and_then(|source| source.parameter),
            meta: error.meta.map(|meta| meta.as_str()),
        }
    }
}

impl<'a> Row<'a> {
    fn of_job(job_id: &'a str, error: &JobError<'a>) -> Self {
        Self {
            job_id: Some(job_id),
            id: Some(error.id),
            code: Some(error.code),
            title: Some(error.title),
            detail: error.detail,
            pointer: error.source.pointer,
            parameter: error.source.parameter,
            ..Self::default()
        }
    }
}

impl TableOf for Errors {
    type Row<'a> = Row<'a>;

    const NAME: &'static str = "errors";

    const COLUMNS: &'static [Definition<FromRows<Self>>] = columns! {
        "job_id": optional Text, Core, "The job whose operation went wrong; null if a request failed.",
            |error| error.job_id;
        "id": optional Text, Core, "Unique identifier of this occurrence.",
            |error| error.id;
        "status": optional Int64, Core, "The HTTP status code.", |error| error.status;
        "code": optional Text, Core, "A code for programs to tell sorts of errors apart.",
            |error| error.code;
        "title": optional Text, Core, "The sort of the error, for people.",
            |error| error.title;
        "detail": required Text, Core, "What went wrong this time, for people.", |error| error.detail;
        "source_pointer": optional Text, Core, "The part of the request that was the cause: a JSON pointer.",
            |error| error.pointer;
        "source_parameter": optional Text, Core, "The parameter in the query of the URL that was the cause.",
            |error| error.parameter;
        "meta": optional Json, Core, "More about the error, as JSON text.",
            |error| error.meta;
    };

    fn of_answer<'a>(answer: &dyn Answer<'a>, rows: &mut Vec<Row<'a>>) {
        let of_response = answer.errors().iter().map(Row::from);
        let jobs = (0..).map_while(|index| answer.any_job(index));
        let of_jobs = jobs.flat_map(|job| {
            let errors = job.attributes.errors.unwrap_or_default();
            errors.iter().map(move |error| Row::of_job(job.id, error))
        });
        rows.extend(of_response.chain(of_jobs));
    }
}
