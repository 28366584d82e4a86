//! Draws responses of the API at random, and makes documents of them.
//!
//! Must not know about layouts, unknown members or broken records. The order of the draws is part of the meaning of a
//! seed: a new draw must come after the existing ones.

mod bulk;
mod catalog;
mod coupon_code;
mod error_object;
mod import_error;
mod job;
mod job_error;
mod list;
mod page;
mod profile;
mod relationships;
mod said;
mod time;
mod variation;

pub(crate) use relationships::JOBS;
pub(crate) use said::{Said, Status};

use crate::document::Item;
use crate::fieldset::Fieldset;
use crate::identifiers;
use crate::settings::{Kind, Settings};
use bulk::Bulk;
use error_object::ErrorObject;
use import_error::ImportError;
use job::Job;
use list::List;
use page::Page;
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;
use relationships::{JOB, identifiers_of};
use std::collections::BTreeSet;

/// How many of 124 documents of a mixture are of each kind. Each kind in [`Kind::BULK`] has [`BULK_SHARE`] of them.
const MIXTURE: [(Kind, u32); 6] = [
    (Kind::Response, 48),
    (Kind::Compound, 22),
    (Kind::Page, 6),
    (Kind::ImportErrors, 8),
    (Kind::Identifiers, 8),
    (Kind::Errors, 8),
];
const BULK_SHARE: u32 = 2;

impl Kind {
    /// The kind of the next document, with mixtures resolved.
    pub(crate) fn draw(self, random: &mut ChaCha8Rng) -> Self {
        match self {
            Self::Mixed => {
                let bulk = Kind::BULK.map(|kind| (kind, BULK_SHARE));
                let mixture = [&MIXTURE[..], &bulk].concat();
                let kind = mixture.choose_weighted(random, |&(_, weight)| weight);
                kind.expect("some to choose from").0
            }
            pure => pure,
        }
    }
}

/// The data of a document, before it is one.
#[derive(Debug)]
pub(crate) enum Answer {
    Response(Job),
    /// A job, and its lists.
    Compound(Job, Vec<List>),
    /// Jobs, and all of their lists if these were requested.
    Page(Vec<Job>, Option<Vec<List>>, Page),
    ImportErrors(Vec<ImportError>, OfJob, Page),
    /// Identifiers of one type. No job has enough lists for several pages.
    Identifiers(&'static str, Vec<String>, OfJob, Option<Page>),
    Errors(Vec<ErrorObject>),
    /// Jobs that are not profile imports.
    Bulk(Bulk),
}

/// The id of the job that a collection belongs to.
#[derive(Debug)]
pub(crate) struct OfJob(String);

impl OfJob {
    /// The URL of a collection of the job, without a query.
    fn url(&self, path: &str) -> String {
        format!("{JOBS}/{}/{path}", self.0)
    }
}

impl Answer {
    /// The next document of a random stream. `kind` is not a mixture.
    pub(crate) fn draw(kind: Kind, settings: &Settings, random: &mut ChaCha8Rng) -> Self {
        match kind {
            Kind::Response | Kind::Mixed => Self::Response(draw_job(settings, random)),
            Kind::Compound => {
                let job = draw_job(settings, random);
                let lists = draw_lists([&job], random);
                Self::Compound(job, lists)
            }
            Kind::Page => {
                let page = Page::draw(settings.items, random);
                let jobs = (0..page.length()).map(|_| draw_job(settings, random));
                let jobs = jobs.collect::<Vec<_>>();
                let included = random.random::<bool>().then(|| draw_lists(&jobs, random));
                Self::Page(jobs, included, page)
            }
            Kind::ImportErrors => {
                let created = time::draw_created(random);
                let job = OfJob(identifiers::job(created, random));
                let page = Page::draw(settings.items, random);
                let errors = (0..page.length()).map(|_| {
                    let error = ImportError::draw(created, random);
                    if settings.every_form { error.in_any_form(random) } else { error }
                });
                Self::ImportErrors(errors.collect(), job, page)
            }
            Kind::Identifiers => {
                let created = time::draw_created(random);
                let job = OfJob(identifiers::job(created, random));
                let types = ["list", "profile", "profile", "import-error"];
                let resource_type = *types.choose(random).expect("some to choose from");
                if resource_type == "list" {
                    let ids = (0..random.random_range(0..=3)).map(|_| identifiers::list(random));
                    return Self::Identifiers(resource_type, ids.collect(), job, None);
                }
                let page = Page::draw(settings.items, random);
                let ids = (0..page.length()).map(|_| match resource_type {
                    "profile" => identifiers::profile(created, random),
                    _ => identifiers::import_error(random),
                });
                Self::Identifiers(resource_type, ids.collect(), job, Some(page))
            }
            Kind::Errors => {
                let mut errors = ErrorObject::draw_some(random);
                if settings.every_form {
                    errors = errors.into_iter().map(|error| error.in_any_form(random)).collect();
                }
                Self::Errors(errors)
            }
            bulk => Self::Bulk(Bulk::draw(bulk, settings, random)),
        }
    }

    /// The kind of the document, which is not a mixture.
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Response(_) => Kind::Response,
            Self::Compound(..) => Kind::Compound,
            Self::Page(..) => Kind::Page,
            Self::ImportErrors(..) => Kind::ImportErrors,
            Self::Identifiers(..) => Kind::Identifiers,
            Self::Errors(_) => Kind::Errors,
            Self::Bulk(bulk) => bulk.kind,
        }
    }

    /// The counts of each of the jobs in it.
    pub(crate) fn said(&self) -> Vec<Said> {
        match self {
            Self::Response(job) | Self::Compound(job, _) => vec![job.said()],
            Self::Page(jobs, _, _) => jobs.iter().map(Job::said).collect(),
            Self::ImportErrors(..) | Self::Identifiers(..) | Self::Errors(_) => vec![],
            Self::Bulk(bulk) => bulk.said().collect(),
        }
    }

    /// The attributes of a complete document, and the type that they belong to.
    pub(crate) fn attributes(&self) -> Option<(&'static str, &'static [&'static str])> {
        match self {
            Self::Response(_) | Self::Compound(..) | Self::Page(..) => {
                Some((JOB, &job::ATTRIBUTES))
            }
            Self::ImportErrors(..) => Some(("import-error", &import_error::ATTRIBUTES)),
            Self::Identifiers(..) | Self::Errors(_) => None,
            Self::Bulk(bulk) => Some((bulk.kind.name(), bulk.attributes())),
        }
    }

    /// The document, with its members in the order the API sends them.
    pub(crate) fn into_document(self, fieldset: Option<&Fieldset>) -> Item {
        let mut parameters: Vec<String> = fieldset.map(Fieldset::parameter).into_iter().collect();
        match self {
            Self::Response(job) => {
                // A posted job is returned whole. A request with fields is one for the job by its id.
                let url = match parameters.first() {
                    Some(fields) => format!("{JOBS}/{}?{fields}", job.id),
                    None => format!("{JOBS}{}", job.variation.query),
                };
                let links = job.variation.links_document.then(|| self_link(url));
                document(job.into_resource(fieldset), None, links)
            }
            Self::Compound(job, lists) => {
                parameters.push(INCLUDE.to_owned());
                let url = format!("{JOBS}/{}?{}", job.id, parameters.join("&"));
                let links = job.variation.links_document.then(|| self_link(url));
                document(job.into_resource(fieldset), Some(lists), links)
            }
            Self::Page(jobs, included, page) => {
                parameters.extend(included.is_some().then(|| INCLUDE.to_owned()));
                let jobs = jobs.into_iter().map(|job| job.into_resource(fieldset));
                let links = page.into_links(JOBS, parameters);
                document(jobs.collect::<Vec<_>>().into(), included, Some(links))
            }
            Self::ImportErrors(errors, job, page) => {
                let errors = errors.into_iter().map(|error| error.into_resource(fieldset));
                let links = page.into_links(&job.url("import-errors"), parameters);
                document(errors.collect::<Vec<_>>().into(), None, Some(links))
            }
            Self::Identifiers(resource_type, ids, job, page) => {
                let url = job.url(&format!("relationships/{resource_type}s"));
                let links = match page {
                    Some(page) => page.into_links(&url, parameters),
                    None => self_link(url),
                };
                document(identifiers_of(resource_type, ids), None, Some(links))
            }
            Self::Errors(errors) => {
                let errors = errors.into_iter().map(ErrorObject::into_object);
                Item::object([("errors", errors.collect::<Vec<_>>().into())])
            }
            Self::Bulk(bulk) => bulk.into_document(fieldset),
        }
    }
}

const INCLUDE: &str = "include=lists";

fn document(data: Item, included: Option<Vec<List>>, links: Option<Item>) -> Item {
    let mut document = Item::object([("data", data)]);
    if let Some(lists) = included {
        let lists = lists.into_iter().map(List::into_resource).collect::<Vec<_>>();
        document.push("included", lists.into());
    }
    if let Some(links) = links {
        document.push("links", links);
    }
    document
}

fn draw_job(settings: &Settings, random: &mut ChaCha8Rng) -> Job {
    let job = Job::draw(settings.shape, random);
    if settings.varied { job.varied(random) } else { job }
}

fn self_link(url: String) -> Item {
    Item::object([("self", url.into())])
}

/// All lists that the jobs name.
fn draw_lists<'j>(jobs: impl IntoIterator<Item = &'j Job>, random: &mut ChaCha8Rng) -> Vec<List> {
    let ids: BTreeSet<&String> = jobs.into_iter().flat_map(|job| &job.list_ids).collect();
    ids.into_iter().map(|id| List::draw(id.clone(), random)).collect()
}
