//! Events of a code host, from the lines of an archive: who has pushed how many commits, and which lines are no events.
//!
//! `cargo run --package gapwise --example github_events`

use gapwise::{Arena, Parser, View};
use std::collections::BTreeMap;

/// What the payload holds depends on the type: of members that only some have, each may be absent.
#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Event<'a> {
    #[view(rename = "type")]
    kind: Kind<'a>,
    actor: Actor<'a>,
    payload: Payload<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Kind<'a> {
    #[view(rename = "PushEvent")]
    Push,
    #[view(rename = "WatchEvent")]
    Watch,
    #[view(other)]
    Other(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Actor<'a> {
    id: u64,
    login: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Payload<'a> {
    commits: Option<&'a [Commit<'a>]>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Commit<'a> {
    message: &'a str,
}

fn main() {
    let archive = include_bytes!("data/github_events.ndjson");
    let arena = Arena::new();
    let batch = Parser::<Event>::new().parse_batch(archive, &arena);

    let mut commits = BTreeMap::<&str, usize>::new();
    for event in batch.documents() {
        match event.kind {
            Kind::Push => {
                let list = event.payload.commits.unwrap_or_default();
                *commits.entry(event.actor.login).or_default() += list.len();
            }
            Kind::Watch => println!("{} likes it", event.actor.login),
            Kind::Other(kind) => println!("{} has done something else: {kind}", event.actor.login),
        }
    }
    println!("commits: {commits:?}");
    assert_eq!(commits, BTreeMap::from([("adalind", 2), ("bo", 0), ("tidal-bot[bot]", 1)]));

    batch.rejected().iter().for_each(|rejected| println!("{rejected}"));
    let wrong: Vec<_> = batch.rejected().iter().map(|rejected| rejected.error.pointer()).collect();
    assert_eq!(wrong, ["/actor/id", "/repo/url"]);
}
