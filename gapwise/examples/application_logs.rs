//! Log lines of a service: what took long, what is no log line, and since when there is something new in them.
//!
//! `cargo run --package gapwise --example application_logs`

use gapwise::{Arena, Parser, RawJson, View};

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Line<'a> {
    #[view(rename = "ts")]
    time: &'a str,
    level: Level,
    #[view(rename = "msg")]
    message: &'a str,
    /// Whatever the line is about, as it is written.
    #[view(rename = "ctx")]
    context: RawJson<'a>,
    duration_ms: Option<f64>,
    error: Option<Failure<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(rename_all = "lowercase")]
enum Level {
    Debug,
    Info,
    Warn,
    Error,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Failure<'a> {
    kind: &'a str,
    retries: u8,
}

fn main() {
    let log = include_bytes!("data/application_logs.ndjson");
    let arena = Arena::new();
    let mut parser = Parser::<Line>::new();
    let batch = parser.parse_batch(log, &arena);

    for line in batch.documents().iter().filter(|line| line.level == Level::Error) {
        let kind = line.error.map_or("unknown", |error| error.kind);
        println!("{} {kind}: {} {}", line.time, line.message, line.context.as_str());
    }
    let slow = batch.documents().iter().filter(|line| line.duration_ms > Some(1000.0));
    let slow: Vec<_> = slow.map(|line| line.time).collect();
    println!("slow: {slow:?}");
    assert_eq!(slow, ["2026-09-04T13:40:02.981Z", "2026-09-04T13:40:05.310Z"]);

    batch.rejected().iter().for_each(|rejected| println!("{rejected}"));
    let wrong: Vec<_> = batch.rejected().iter().map(|rejected| rejected.error.pointer()).collect();
    assert_eq!(wrong, ["", "/level"]);

    // What the view does not name is skipped, and not unseen. `/service` and `/host` are in every line.
    let members = parser.drift().unknown_members().iter();
    let news: Vec<_> = members
        .filter(|member| member.first_document() > 0)
        .map(|member| format!("{} since record {}", member.pointer(), member.first_document()))
        .collect();
    println!("new: {news:?}");
    assert_eq!(news, ["/build since record 6"]);
}
