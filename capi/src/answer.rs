//! One document as plain structs.

use crate::boundary::{Str, bytes, object, run};
use crate::error::{Code, Error, Failure};
use crate::options::{Options, chosen};
use jobview::views::{AnyJob, IncludedList, JobError, ResponseError};
use jobview::{Arena, Document, KindVisitor, Timestamp, sparse};
use std::ptr;

/// Identifiers. `data` is NULL if the document does not list them; it is not NULL, and `len` is 0, if there are none.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Ids {
    /// The first one.
    pub data: *const Str,
    /// How many there are.
    pub len: usize,
}

/// An integer that may be absent.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Integer {
    /// Its value; 0 if it is absent.
    pub value: i64,
    /// Not 0: there is one.
    pub is_present: u8,
}

/// A date and time that may be absent.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Time {
    /// As the document has it.
    pub text: Str,
    /// Microseconds since 1970-01-01T00:00:00Z; 0 if the text is no date and time.
    pub unix_micros: i64,
    /// Not 0: the text is a date and time.
    pub is_valid: u8,
}

/// A bulk job of any kind. What this kind of job does not have, or the document does not say, is absent.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// Its `type`.
    pub r#type: Str,
    /// Its identifier.
    pub id: Str,
    /// `cancelled`, `complete`, `processing` or `queued`.
    pub status: Str,
    /// When the job was created.
    pub created_at: Time,
    /// When processing began; absent until then.
    pub started_at: Time,
    /// When the job was completed; absent until then.
    pub completed_at: Time,
    /// When the job expires.
    pub expires_at: Time,
    /// How many operations the job has.
    pub total_count: Integer,
    /// How many operations have been completed.
    pub completed_count: Integer,
    /// How many operations have failed.
    pub failed_count: Integer,
    /// How many operations have been skipped.
    pub skipped_count: Integer,
    /// Lists.
    pub list_ids: Ids,
    /// Profiles.
    pub profile_ids: Ids,
    /// Import errors.
    pub import_error_ids: Ids,
    /// Items of a catalog.
    pub item_ids: Ids,
    /// Variants of items.
    pub variant_ids: Ids,
    /// Categories of items.
    pub category_ids: Ids,
    /// Codes of coupons.
    pub coupon_code_ids: Ids,
    /// Segments.
    pub segment_ids: Ids,
    /// Where the job itself is found.
    pub self_link: Str,
}

/// A list that is included with jobs.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// Its identifier.
    pub id: Str,
    /// The name shown to people.
    pub name: Str,
    /// When it was created.
    pub created: Time,
    /// When it was last changed.
    pub updated: Time,
    /// How people confirm that they want to be on it.
    pub opt_in_process: Str,
    /// Where the list itself is found.
    pub self_link: Str,
}

/// What went wrong with a profile of an import.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ImportError {
    /// Unique identifier of the error.
    pub id: Str,
    /// A code for programs to tell sorts of errors apart.
    pub code: Str,
    /// The sort of the error, for people.
    pub title: Str,
    /// What went wrong this time, for people.
    pub detail: Str,
    /// The part of the request that was the cause: a JSON pointer.
    pub source_pointer: Str,
    /// The parameter in the query of the URL that was the cause.
    pub source_parameter: Str,
    /// What was sent for the profile, as JSON text.
    pub original_payload: Str,
    /// Where the error itself is found.
    pub self_link: Str,
}

/// Why a request failed, or what went wrong with an operation of a job.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ApiError {
    /// The job whose operation went wrong; absent if the request failed.
    pub job_id: Str,
    /// Unique identifier of this occurrence.
    pub id: Str,
    /// The HTTP status code.
    pub status: Integer,
    /// A code for programs to tell sorts of errors apart.
    pub code: Str,
    /// The sort of the error, for people.
    pub title: Str,
    /// What went wrong this time, for people.
    pub detail: Str,
    /// The part of the request that was the cause: a JSON pointer.
    pub source_pointer: Str,
    /// The parameter in the query of the URL that was the cause.
    pub source_parameter: Str,
    /// More about the error, as JSON text.
    pub meta: Str,
}

/// A document. Where it has none of something, the pointer is not NULL, and the number is 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// Its kind: `response`, `page`, or another of those that `jobview stats --help` lists.
    pub kind: Str,
    /// The first job.
    pub jobs: *const Job,
    /// How many jobs there are.
    pub job_count: usize,
    /// The first included list.
    pub lists: *const List,
    /// How many lists there are.
    pub list_count: usize,
    /// The first import error.
    pub import_errors: *const ImportError,
    /// How many import errors there are.
    pub import_error_count: usize,
    /// The first error.
    pub errors: *const ApiError,
    /// How many errors there are.
    pub error_count: usize,
    /// The `type` of the identifiers of a page of identifiers; absent if there are none.
    pub identifier_type: Str,
    /// The identifiers of such a page; absent in other documents.
    pub identifiers: Ids,
    /// The URI of the next page; absent on the last page, and where there are no pages.
    pub next: Str,
}

/// Parses one document after another, and becomes quicker with each that is like those before. For one thread at a time.
pub struct Parser {
    parser: Box<dyn AnyParser>,
    found: Found,
}

/// Makes a parser. `parser` is written only if the result is `JOBVIEW_CODE_OK`. Then it is the caller's, who frees it with
/// `jobview_parser_free`.
///
/// # Safety
///
/// All pointers are NULL or point at what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jobview_parser_new(
    options: *const Options,
    parser: *mut *mut Parser,
    error: *mut Error,
) -> Code {
    let body = || {
        // SAFETY: by the caller's promise.
        let (parser, chosen) = unsafe { (object(parser, "parser")?, chosen(options)?) };
        let new = chosen.visit(NewParser(&chosen.parser))?;
        *parser = Box::into_raw(Box::new(Parser { parser: new, found: Found::default() }));
        Ok(())
    };
    // SAFETY: by the caller's promise.
    unsafe { run(error, body) }
}

/// Frees a parser, and the answer that it has given. NULL is allowed.
///
/// # Safety
///
/// It is NULL, or has been made by `jobview_parser_new` and not been freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jobview_parser_free(parser: *mut Parser) {
    if !parser.is_null() {
        // SAFETY: by the caller's promise.
        drop(unsafe { Box::from_raw(parser) });
    }
}

/// Parses a document. `answer` is written only if the result is `JOBVIEW_CODE_OK`. It and all that it points at are there until
/// the parser is used again or freed; the texts also need `data`, which must not change or go before.
///
/// # Safety
///
/// All pointers are NULL or point at what their types say, and `data` at `len` bytes. No other thread uses the parser.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jobview_parse(
    parser: *mut Parser,
    data: *const u8,
    len: usize,
    answer: *mut Answer,
    error: *mut Error,
) -> Code {
    let body = || {
        // SAFETY: by the caller's promise.
        let (parser, answer, input) =
            unsafe { (object(parser, "parser")?, object(answer, "answer")?, bytes(data, len)?) };
        *answer = parser.parser.parse(input, &mut parser.found)?;
        Ok(())
    };
    // SAFETY: by the caller's promise.
    unsafe { run(error, body) }
}

/// The structs of an answer.
#[derive(Default)]
struct Found {
    jobs: Vec<Job>,
    lists: Vec<List>,
    import_errors: Vec<ImportError>,
    errors: Vec<ApiError>,
    /// The identifiers of each list of identifiers. They stay where they are.
    ids: Vec<Box<[Str]>>,
}

/// A parser of documents of a kind that is known at run time.
trait AnyParser {
    fn parse(&mut self, input: &[u8], found: &mut Found) -> Result<Answer, Failure>;
}

struct ParserOf<D: Document> {
    parser: jobview::Parser<D>,
    arena: Arena,
}

impl<D: Document> AnyParser for ParserOf<D>
where
    for<'a> D::View<'a>: jobview::Answer<'a>,
{
    fn parse(&mut self, input: &[u8], found: &mut Found) -> Result<Answer, Failure> {
        found.clear();
        self.arena.reset();
        let document = self.parser.parse(input, &self.arena)?;
        Ok(found.fill(document))
    }
}

struct NewParser<'o>(&'o jobview::Options);

impl KindVisitor for NewParser<'_> {
    type Output = Box<dyn AnyParser>;

    fn visit<D: Document + 'static>(self) -> Box<dyn AnyParser>
    where
        for<'a> D::View<'a>: jobview::Answer<'a>,
    {
        let parser = self.0.parser::<D>();
        Box::new(ParserOf { parser, arena: Arena::new() })
    }
}

impl Found {
    fn clear(&mut self) {
        let Self { jobs, lists, import_errors, errors, ids } = self;
        jobs.clear();
        lists.clear();
        import_errors.clear();
        errors.clear();
        ids.clear();
    }

    /// Takes everything out of a document.
    fn fill<'a>(&mut self, document: &dyn jobview::Answer<'a>) -> Answer {
        self.errors.extend(document.errors().iter().map(ApiError::from));
        for job in (0..).map_while(|index| document.any_job(index)) {
            let errors = job.attributes.errors.unwrap_or_default();
            self.errors.extend(errors.iter().map(|error| ApiError::of_job(job.id, error)));
            let job = self.job(&job);
            self.jobs.push(job);
        }
        self.lists.extend(document.included().lists.iter().map(List::from));
        let import_errors = (0..).map_while(|index| document.import_error(index));
        self.import_errors.extend(import_errors.map(ImportError::from));
        let page = document.identifiers();
        let identifier_type = page.and_then(|page| page.resource_type());
        let identifiers = self.ids(page.map(|page| page.ids()));
        let Self { jobs, lists, import_errors, errors, .. } = self;
        Answer {
            kind: document.kind().as_str().into(),
            jobs: jobs.as_ptr(),
            job_count: jobs.len(),
            lists: lists.as_ptr(),
            list_count: lists.len(),
            import_errors: import_errors.as_ptr(),
            import_error_count: import_errors.len(),
            errors: errors.as_ptr(),
            error_count: errors.len(),
            identifier_type: identifier_type.map(|of| of.as_str()).into(),
            identifiers,
            next: document.next().into(),
        }
    }

    fn job(&mut self, job: &AnyJob<'_>) -> Job {
        /// Lists the identifiers of something.
        macro_rules! ids {
            ($related:ident) => {
                self.ids(job.related.$related.map(|all| all.iter().map(|one| one.id)))
            };
        }
        let attributes = &job.attributes;
        Job {
            r#type: job.resource_type.into(),
            id: job.id.into(),
            status: attributes.status.map(|status| status.as_str()).into(),
            created_at: attributes.created_at.into(),
            started_at: attributes.started_at.into(),
            completed_at: attributes.completed_at.into(),
            expires_at: attributes.expires_at.into(),
            total_count: attributes.total_count.into(),
            completed_count: attributes.completed_count.into(),
            failed_count: attributes.failed_count.into(),
            skipped_count: attributes.skipped_count.into(),
            list_ids: ids!(lists),
            profile_ids: ids!(profiles),
            import_error_ids: ids!(import_errors),
            item_ids: ids!(items),
            variant_ids: ids!(variants),
            category_ids: ids!(categories),
            coupon_code_ids: ids!(coupon_codes),
            segment_ids: ids!(segments),
            self_link: job.links.self_.into(),
        }
    }

    fn ids<'a>(&mut self, ids: Option<impl Iterator<Item = &'a str>>) -> Ids {
        let Some(ids) = ids else { return Ids { data: ptr::null(), len: 0 } };
        let ids: Box<[Str]> = ids.map(Str::from).collect();
        let listed = Ids { data: ids.as_ptr(), len: ids.len() };
        self.ids.push(ids);
        listed
    }
}

impl From<Option<i64>> for Integer {
    fn from(number: Option<i64>) -> Self {
        Self { value: number.unwrap_or_default(), is_present: number.is_some().into() }
    }
}

impl From<Option<Timestamp<'_>>> for Time {
    fn from(timestamp: Option<Timestamp<'_>>) -> Self {
        let micros = timestamp.and_then(|timestamp| timestamp.unix_micros().ok());
        Self {
            text: timestamp.map(Timestamp::as_str).into(),
            unix_micros: micros.unwrap_or_default(),
            is_valid: micros.is_some().into(),
        }
    }
}

impl From<&IncludedList<'_>> for List {
    fn from(list: &IncludedList<'_>) -> Self {
        let attributes = list.attributes;
        Self {
            id: list.id.into(),
            name: attributes.and_then(|it| it.name).into(),
            created: attributes.and_then(|it| it.created).into(),
            updated: attributes.and_then(|it| it.updated).into(),
            opt_in_process: attributes.and_then(|it| it.opt_in_process).into(),
            self_link: list.links.map(|links| links.self_).into(),
        }
    }
}

impl From<sparse::ImportError<'_>> for ImportError {
    fn from(error: sparse::ImportError<'_>) -> Self {
        let attributes = &error.attributes;
        Self {
            id: error.id.into(),
            code: attributes.code.into(),
            title: attributes.title.into(),
            detail: attributes.detail.into(),
            source_pointer: attributes.source.and_then(|source| source.pointer).into(),
            source_parameter: attributes.source.and_then(|source| source.parameter).into(),
            original_payload: attributes.original_payload.map(|json| json.as_str()).into(),
            self_link: error.links.map(|links| links.self_).into(),
        }
    }
}

impl From<&ResponseError<'_>> for ApiError {
    fn from(error: &ResponseError<'_>) -> Self {
        Self {
            job_id: Str::NONE,
            id: error.id.into(),
            status: error.status.into(),
            code: error.code.into(),
            title: error.title.into(),
            detail: error.detail.into(),
            source_pointer: error.source.and_then(|source| source.pointer).into(),
            source_parameter: error.source.and_then(|source| source.parameter).into(),
            meta: error.meta.map(|meta| meta.as_str()).into(),
        }
    }
}

impl ApiError {
    fn of_job(job_id: &str, error: &JobError<'_>) -> Self {
        Self {
            job_id: job_id.into(),
            id: error.id.into(),
            status: None.into(),
            code: error.code.into(),
            title: error.title.into(),
            detail: error.detail.into(),
            source_pointer: error.source.pointer.into(),
            source_parameter: error.source.parameter.into(),
            meta: Str::NONE,
        }
    }
}
