//! jobview itself.

use super::Contender;
use crate::corpus::Stream;
use crate::digest::{Digest, Related, Sink, View};
use crate::machine::kernel;
use jobview::{Arena, JobResponse, JobStatus, Options, Parser, Position, views::RelationshipLinks};

/// How much of a file is parsed before the arena is reset.
const ARENA_STEP: usize = 1 << 20;

/// A warm parser and a warm arena. The framing is detected.
pub(super) struct Jobview {
    parser: Parser,
    arena: Arena,
}

impl Default for Jobview {
    fn default() -> Self {
        Self { parser: Options::new().kernel(kernel()).parser(), arena: Arena::new() }
    }
}

impl Contender for Jobview {
    fn document(&mut self, json: &[u8], sink: &mut dyn Sink) {
        self.arena.reset();
        match self.parser.parse(json, &self.arena) {
            Ok(view) => sink.accept(view),
            Err(_) => sink.reject(),
        }
    }

    fn batch(&mut self, stream: Stream<'_>, sink: &mut dyn Sink) {
        self.arena.reset();
        let batch = self.parser.parse_batch(stream.bytes, &self.arena);
        batch.documents().iter().for_each(|&view| sink.accept(view));
        batch.rejected().iter().for_each(|_| sink.reject());
    }

    fn file(&mut self, stream: Stream<'_>, sink: &mut dyn Sink) {
        let mut position = Position::START;
        while !position.is_end() {
            self.arena.reset();
            let stop = position.offset() + ARENA_STEP as u64;
            let mut records = self.parser.records_from(stream.bytes, position, &self.arena);
            while records.mark().offset() < stop {
                match records.next() {
                    Some(Ok(view)) => sink.accept(view),
                    Some(Err(_)) => sink.reject(),
                    None => break,
                }
            }
            position = records.position();
        }
    }
}

impl View for JobResponse<'_> {
    fn describe(&self, digest: &mut Digest) {
        let job = &self.data;
        let attributes = &job.attributes;
        digest.text(job.id);
        let status = JobStatus::ALL.iter().position(|&status| status == attributes.status);
        digest.status(status.expect("no other is accepted"));
        digest.text(attributes.created_at.as_str());
        digest.count(0, Some(attributes.total_count));
        digest.count(1, attributes.completed_count);
        digest.count(2, attributes.failed_count);
        digest.optional_text(attributes.completed_at.map(|time| time.as_str()));
        digest.optional_text(attributes.expires_at.map(|time| time.as_str()));
        digest.optional_text(attributes.started_at.map(|time| time.as_str()));
        if digest.present(job.relationships.is_some())
            && let Some(relationships) = job.relationships
        {
            if digest.present(relationships.lists.is_some())
                && let Some(lists) = relationships.lists
            {
                describe_identifiers(digest, Related::Lists, lists.data, |list| list.id);
                describe_links(digest, lists.links);
            }
            if digest.present(relationships.profiles.is_some())
                && let Some(profiles) = relationships.profiles
            {
                describe_identifiers(digest, Related::Profiles, profiles.data, |one| one.id);
                describe_links(digest, profiles.links);
            }
            if digest.present(relationships.import_errors.is_some())
                && let Some(errors) = relationships.import_errors
            {
                describe_identifiers(digest, Related::ImportErrors, errors.data, |one| one.id);
                digest.optional_text(errors.links.map(|links| links.related));
            }
        }
        digest.text(job.links.self_);
        digest.optional_text(self.links.map(|links| links.self_));
    }
}

fn describe_links(digest: &mut Digest, links: Option<RelationshipLinks<'_>>) {
    if digest.present(links.is_some())
        && let Some(links) = links
    {
        digest.text(links.self_);
        digest.text(links.related);
    }
}

fn describe_identifiers<'a, T>(
    digest: &mut Digest,
    related: Related,
    data: Option<&[T]>,
    id: fn(&T) -> &'a str,
) {
    if digest.present(data.is_some())
        && let Some(identifiers) = data
    {
        digest.ids(related, identifiers.len());
        identifiers.iter().for_each(|identifier| digest.text(id(identifier)));
    }
}
