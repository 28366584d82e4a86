//! Adds up records.
//!
//! It must not keep records, only numbers and a bounded number of short texts.

use super::frequent::Frequent;
use crate::input::{Batch, Seen};
use crate::totals::{OfCode, OfErrorKind, OfFile, OfStatus, Reason, Stats};
use jobview::{Answer, JobStatus, Rejected, Timestamp, views::AnyJob, views::Included};
use std::collections::BTreeMap;
use std::iter;

/// Why records were rejected: the kind of error and the place in the document, array indices as `*`.
type Reasons = Frequent<(&'static str, String)>;

/// How many characters of a pointer or a code are kept.
const LONGEST: usize = 100;

/// How many identifiers a document lists.
fn number_of<T>(identifiers: Option<&[T]>) -> u64 {
    identifiers.map_or(0, |identifiers| identifiers.len() as u64)
}

/// A code, truncated to [`LONGEST`] characters.
fn cut(code: &str) -> &str {
    code.char_indices().nth(LONGEST).map_or(code, |(end, _)| &code[..end])
}

/// A pointer with array indices replaced by `*`, truncated if it is long.
fn general_pointer(pointer: &str) -> String {
    let mut general = String::new();
    // Every pointer but the empty one begins with a slash.
    for part in pointer.split('/').skip(1) {
        let is_index = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        general.push('/');
        general.push_str(if is_index { "*" } else { part });
        if let Some((cut, _)) = general.char_indices().nth(LONGEST) {
            general.truncate(cut);
            general.push_str("...");
            break;
        }
    }
    general
}

/// The `created_at` at one end of the time span.
#[derive(Clone, Debug)]
struct End {
    micros: i64,
    text: String,
}

impl End {
    /// Moves the end to `text` if that is `beyond` it, or if there is no end yet.
    fn stretch(end: &mut Option<Self>, micros: i64, text: &str, beyond: fn(&i64, &i64) -> bool) {
        match end {
            None => *end = Some(Self { micros, text: text.to_owned() }),
            Some(end) if beyond(&micros, &end.micros) => {
                end.micros = micros;
                text.clone_into(&mut end.text);
            }
            Some(_) => {}
        }
    }
}

/// The sums over the records of a batch, or of several.
#[derive(Clone, Debug, Default)]
pub(crate) struct Collector {
    stats: Stats,
    kinds: BTreeMap<&'static str, u64>,
    reasons: Reasons,
    codes: Frequent<String>,
    statuses: Frequent<i64>,
    first: Option<End>,
    last: Option<End>,
}

impl Collector {
    /// Adds a document and its contents.
    pub(super) fn document<'a>(&mut self, document: &dyn Answer<'a>) {
        let totals = &mut self.stats.totals;
        totals.documents += 1;
        totals.kinds[document.kind()] += 1;
        let Included { lists, items, variants, categories, coupon_codes, .. } = document.included();
        totals.included_lists += lists.len() as u64;
        let others = items.len() + variants.len() + categories.len() + coupon_codes.len();
        totals.included_resources += others as u64;
        totals.listed_ids += document.identifiers().map_or(0, |page| page.ids().count()) as u64;
        totals.errors += document.errors().len() as u64;
        for status in document.errors().iter().filter_map(|error| error.status) {
            self.statuses.add(&status);
        }
        for job in (0..).map_while(|index| document.any_job(index)) {
            self.job(&job);
        }
        for error in (0..).map_while(|index| document.import_error(index)) {
            self.stats.totals.import_errors += 1;
            if let Some(code) = error.attributes.code {
                self.codes.add(cut(code));
            }
        }
    }

    fn job(&mut self, job: &AnyJob<'_>) {
        let attributes = &job.attributes;
        let totals = &mut self.stats.totals;
        totals.jobs += 1;
        match attributes.status {
            Some(JobStatus::Cancelled) => totals.status.cancelled += 1,
            Some(JobStatus::Complete) => totals.status.complete += 1,
            Some(JobStatus::Processing) => totals.status.processing += 1,
            Some(JobStatus::Queued) => totals.status.queued += 1,
            Some(_) => totals.status.other += 1,
            None => {}
        }
        let number = |count: Option<i64>| i128::from(count.unwrap_or(0));
        totals.total_count += number(attributes.total_count);
        totals.completed_count += number(attributes.completed_count);
        totals.failed_count += number(attributes.failed_count);
        totals.skipped_count += number(attributes.skipped_count);
        totals.job_errors += attributes.errors.unwrap_or_default().len() as u64;
        let related = &job.related;
        totals.list_ids += number_of(related.lists);
        totals.profile_ids += number_of(related.profiles);
        totals.import_error_ids += number_of(related.import_errors);
        totals.related_ids += number_of(related.items);
        totals.related_ids += number_of(related.variants);
        totals.related_ids += number_of(related.categories);
        totals.related_ids += number_of(related.coupon_codes);
        totals.related_ids += number_of(related.segments);
        if let Some(created_at) = attributes.created_at {
            self.include(created_at);
        }
    }

    fn include(&mut self, created: Timestamp<'_>) {
        match created.unix_micros() {
            Ok(micros) => {
                End::stretch(&mut self.first, micros, created.as_str(), i64::lt);
                End::stretch(&mut self.last, micros, created.as_str(), i64::gt);
            }
            Err(_) => self.stats.unreadable_timestamps += 1,
        }
    }

    /// Adds a rejected record.
    pub(super) fn reject(&mut self, rejected: &Rejected<'_>) {
        // Count a record that comes in pieces once, at its last piece.
        if rejected.more {
            return;
        }
        self.stats.totals.rejected += 1;
        *self.kinds.entry(rejected.error.kind().name()).or_default() += 1;
        let pointer = general_pointer(rejected.error.pointer());
        self.reasons.add(&(rejected.error.kind().name(), pointer));
    }

    /// Adds the sums of the next batch.
    fn append(&mut self, next: Self) {
        let Self { stats, kinds, reasons, codes, statuses, first, last } = next;
        self.stats.totals.add(&stats.totals);
        self.stats.unreadable_timestamps += stats.unreadable_timestamps;
        for (kind, records) in kinds {
            *self.kinds.entry(kind).or_default() += records;
        }
        self.reasons.append(reasons);
        self.codes.append(codes);
        self.statuses.append(statuses);
        if let Some(End { micros, text }) = first {
            End::stretch(&mut self.first, micros, &text, i64::lt);
        }
        if let Some(End { micros, text }) = last {
            End::stretch(&mut self.last, micros, &text, i64::gt);
        }
    }
}

/// The sums over all inputs, and over each of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Total {
    collector: Collector,
    /// The sums over each input, up to the last one that had records.
    files: Vec<OfFile>,
}

impl Total {
    /// Adds the sums of the next batch.
    pub(super) fn append(&mut self, batch: Batch<Collector>) {
        if self.files.len() <= batch.input {
            self.files.resize(batch.input + 1, OfFile::default());
        }
        let file = &mut self.files[batch.input];
        let found = &batch.found.stats.totals;
        file.documents += found.documents;
        file.rejected += found.rejected;
        file.jobs += found.jobs;
        self.collector.append(batch.found);
    }

    /// The final statistics.
    pub(super) fn finish(self, seen: &Seen) -> Stats {
        let Collector { mut stats, kinds, reasons, codes, statuses, first, last } = self.collector;
        let of_code = |(code, import_errors)| OfCode { code, import_errors };
        stats.import_errors_by_code = codes.known.into_iter().map(of_code).collect();
        stats.import_errors_with_other_codes = codes.others;
        let of_status = |(status, errors)| OfStatus { status, errors };
        stats.errors_by_status = statuses.known.into_iter().map(of_status).collect();
        stats.errors_with_other_statuses = statuses.others;
        let of_kind = |(kind, records)| OfErrorKind { kind, records };
        stats.findings.rejected_by_kind = kinds.into_iter().map(of_kind).collect();
        let reason = |((kind, pointer), records)| Reason { kind, pointer, records };
        stats.findings.reasons = reasons.known.into_iter().map(reason).collect();
        stats.findings.other_reasons = reasons.others;
        stats.findings.novelties = seen.novelties.clone();
        stats.totals.bytes = seen.bytes;
        stats.totals.first_created_at = first.map(|end| end.text);
        stats.totals.last_created_at = last.map(|end| end.text);
        stats.files = seen.files;
        let found = self.files.into_iter().chain(iter::repeat_with(OfFile::default));
        let by_file = seen.inputs.iter().zip(found).map(|(input, found)| OfFile {
            file: input.file.to_string(),
            bytes: input.bytes,
            records: found.documents + found.rejected,
            error: input.error.clone(),
            ..found
        });
        stats.by_file = by_file.collect();
        stats
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_do_not_tell_one_array_element_from_another() {
        assert_eq!(general_pointer(""), "");
        assert_eq!(general_pointer("/"), "/");
        assert_eq!(general_pointer("/data/lists/12/id"), "/data/lists/*/id");
        assert_eq!(general_pointer("/data/a1"), "/data/a1");
        let long = format!("/{}", "\u{e9}".repeat(1000));
        assert_eq!(general_pointer(&long), format!("/{}...", "\u{e9}".repeat(99)));
    }

    #[test]
    fn of_equal_instants_the_first_text_stays() {
        let mut collector = Collector::default();
        for text in ["soon", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z"] {
            collector.include(Timestamp::new(text));
        }
        let total = Total { collector, files: Vec::new() };
        let stats = total.finish(&Seen::default());
        assert_eq!(stats.totals.first_created_at.as_deref(), Some("2026-01-01T01:00:00+01:00"));
        assert_eq!(stats.totals.last_created_at.as_deref(), Some("2026-01-01T01:00:00+01:00"));
        assert_eq!(stats.unreadable_timestamps, 1);
    }
}
