//! Which jobs become rows.

use crate::arguments::{ConvertArguments, conflict, wrong_value};
use crate::outcome::Failure;
use jobview::JobStatus;
use jobview::views::AnyJob;
use jobview_arrow::Table;
use std::collections::HashSet;

/// What a job must have to become a row. Times are in microseconds since 1970.
#[derive(Debug)]
pub(super) struct Filter {
    statuses: Vec<String>,
    since: Option<i64>,
    until: Option<i64>,
    ids: HashSet<String>,
}

impl Filter {
    /// The filter that the arguments say, if they say any.
    pub(super) fn new(arguments: &ConvertArguments) -> Result<Option<Self>, Failure> {
        let ConvertArguments { status, since, until, id, table, input, .. } = arguments;
        if status.is_empty() && since.is_none() && until.is_none() && id.is_empty() {
            return Ok(None);
        }
        if *table != Table::Jobs {
            return Err(conflict(&format!(
                "--status, --since, --until and --id are for the table jobs, not for {table}"
            )));
        }
        let known = JobStatus::ALL.map(JobStatus::as_str);
        let unknown = status.iter().find(|name| !known.contains(&name.as_str()));
        if let (Some(name), false) = (unknown, input.accepts_any_status()) {
            return Err(wrong_value(&format!(
                "there is no status {name}, unless with --lenient-status; there are {}",
                known.join(", ")
            )));
        }
        let (statuses, ids) = (status.clone(), id.iter().cloned().collect());
        Ok(Some(Self { statuses, since: *since, until: *until, ids }))
    }

    /// Whether a job is one of those with the identifiers that are asked for.
    pub(super) fn names(&self, job: &AnyJob<'_>) -> bool {
        self.ids.is_empty() || self.ids.contains(job.id)
    }

    /// Whether a job becomes a row. One without a time is neither since nor until any.
    pub(super) fn takes(&self, job: &AnyJob<'_>) -> bool {
        let Self { statuses, since, until, .. } = self;
        let is_one = |status: JobStatus<'_>| statuses.iter().any(|name| name == status.as_str());
        if !statuses.is_empty() && !job.attributes.status.is_some_and(is_one) {
            return false;
        }
        if !self.names(job) {
            return false;
        }
        if since.is_none() && until.is_none() {
            return true;
        }
        let created = job.attributes.created_at.and_then(|time| time.unix_micros().ok());
        created.is_some_and(|created| {
            since.is_none_or(|since| created >= since) && until.is_none_or(|until| created < until)
        })
    }
}
