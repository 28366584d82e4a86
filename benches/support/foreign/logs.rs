//! Application logs: few members, and long texts in many languages; occasionally a stack trace, full of escapes.

use super::Schema;
use super::draw::{Draw, Json, Style, null, plain, text};
use super::twins::{Describe, describe, twins};
use gapwise::Document;

#[derive(Clone, Copy, Debug, PartialEq, gapwise::View, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Debug,
    Info,
    Warn,
    Error,
}

impl Describe for Level {
    fn describe(&self, digest: &mut std::hash::DefaultHasher) {
        (*self as u16).describe(digest);
    }
}

/// Both the engine and the others read this struct.
#[derive(Clone, Copy, Debug, PartialEq, gapwise::View, serde::Deserialize)]
struct Source {
    line: u32,
    column: Option<u32>,
}

describe!(Source { line, column });

twins! {
    struct Line<'a> {
        ts: &'a str,
        level: Level,
        service: &'a str,
        host: &'a str,
        pid: u32,
        logger: Option<&'a str>,
        message: Text<'a>,
        context: Option<Context<'a>>,
        error: Option<Failure<'a>>,
        source: Option<Source>,
    }

    struct Context<'a> {
        request_id: &'a str,
        user: Option<Text<'a>>,
        path: &'a str,
        status: Option<u16>,
        duration_ms: f64,
        bytes: u64,
    }

    struct Failure<'a> {
        kind: &'a str,
        message: Text<'a>,
        stack: Option<Text<'a>>,
    }
}

pub(super) struct All;

impl Schema for All {
    const NAME: &'static str = "logs";
    type View = views::Line<'static>;
    type Model<'a> = model::Line<'a>;

    fn write(draw: &mut Draw, out: &mut Vec<u8>) {
        line(draw).write(Style::COMPACT, out);
    }

    fn described<'v, 'a>(view: &'v <Self::View as Document>::View<'a>) -> &'v (dyn Describe + 'a) {
        view
    }
}

fn line(draw: &mut Draw) -> Json {
    let level = draw.pick(&["debug", "info", "info", "info", "info", "info", "warn", "error"]);
    // One message in three is in a language that is not ASCII.
    let foreign = if draw.one_in(3) { 3 } else { 0 };
    let mut members = vec![
        ("ts", text(draw.time())),
        ("level", text(level)),
        ("service", text(draw.pick(&["checkout", "search", "accounts", "mailer"]))),
        ("host", text(format!("web-{}", draw.number(1..=24)))),
        ("pid", plain(draw.of_digits(6))),
    ];
    if !draw.one_in(4) {
        members.push(("logger", text(draw.pick(&["http", "db.pool", "queue.worker", "main"]))));
    }
    members.push(("message", text(draw.words(10..=90, foreign))));
    if !draw.one_in(5) {
        members.push(("context", context(draw)));
    }
    if level == "error" {
        members.push(("error", failure(draw)));
    }
    if draw.one_in(3) {
        let column = if draw.one_in(2) { null() } else { plain(draw.of_digits(2)) };
        let source = vec![("line", plain(draw.of_digits(4))), ("column", column)];
        members.push(("source", Json::Object(source)));
    }
    Json::Object(members)
}

fn context(draw: &mut Draw) -> Json {
    let mut members = vec![("request_id", text(draw.hex(32)))];
    if draw.one_in(2) {
        members.push(("user", text(draw.words(1..=2, 2))));
    }
    members.extend([
        ("path", text(format!("/{}/{}", draw.name(3..=9), draw.of_digits(6)))),
        ("status", if draw.one_in(6) { null() } else { plain(draw.number(200..=504)) }),
        ("duration_ms", plain(format_args!("{}.{}", draw.of_digits(4), draw.number(1..=9)))),
        ("bytes", plain(draw.of_digits(7))),
    ]);
    Json::Object(members)
}

fn failure(draw: &mut Draw) -> Json {
    let mut members = vec![
        ("kind", text(draw.pick(&["Timeout", "Conflict", "IllegalState", "IOError"]))),
        ("message", text(draw.words(4..=30, 4))),
    ];
    if draw.one_in(2) {
        let frame = |draw: &mut Draw| {
            let (file, at) = (draw.name(3..=12), draw.of_digits(3));
            format!("\n\tat {}({file}.java:{at})", draw.name(6..=24))
        };
        let stack: String = (0..draw.number(3..=14)).map(|_| frame(draw)).collect();
        members.push(("stack", text(stack)));
    }
    Json::Object(members)
}
