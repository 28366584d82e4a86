//! What came of many documents once, and must come of them ever after: verdicts, errors and values, as digests.
//!
//! `golden.txt` has a line for each group of documents: its name, the digest of errors and views, and that of what serde
//! writes of them. Must not depend on how a value is parsed, only on what is said of it. To see what became of a group,
//! before a change and after it:
//!
//! ```sh
//! GOLDEN_DUMP=page/compact/none/default cargo test --test it golden -- --nocapture
//! ```
//!
//! `GOLDEN_WRITE=1 cargo test --test it golden` writes the file anew: that is a change of what the
//! library promises, and its commit message lists what has changed.

use crate::mutation::Mutation;
use jobview::owned::IntoOwned;
use jobview::{
    Arena, ErrorResponse, Formats, IdentifierPage, ImportErrorPage, JobCompound, JobDocument,
    JobPage, JobResponse, Options, UnknownMembers, UnknownVariants,
    sparse::ImportErrorPage as SparseImportErrorPage, sparse::JobCompound as SparseJobCompound,
    sparse::JobDocument as SparseJobDocument, sparse::JobPage as SparseJobPage,
};
use jobview_corpus::{ExtraMembers, Generator, Kind, Layout, Settings, Shape};
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::num::{NonZeroU32, NonZeroU64};
use std::ops::Range;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/golden.txt");

/// How many good documents a group has. As many are broken on purpose.
const ROUNDS: usize = 8;
/// How many changed ones come of each good one.
const CHANGED: usize = 7;

/// The name of the line with the digest of all documents, whatever came of them.
const DOCUMENTS: &str = "documents";

/// What came of a document.
struct Outcome {
    /// The view or the error.
    said: String,
    /// What serde writes of the view.
    written: String,
}

type Reader = Box<dyn FnMut(&[u8]) -> Outcome>;

/// A kind by its name, and how to make a parser of it.
type NamedReader = (&'static str, fn(Options) -> Reader);

/// A kind by its name, and how to make a parser of it.
macro_rules! kind {
    ($kind:ident) => {
        (stringify!($kind), |options| {
            let mut parser = options.parser::<$kind>();
            Box::new(move |json| match parser.parse(json, &Arena::new()) {
                Ok(view) => {
                    let said = plain(without_names(&format!("{view:?}")));
                    Outcome { said, written: written(view) }
                }
                Err(error) => {
                    let (kind, pointer) = (error.kind(), error.pointer());
                    let (line, column, offset) = (error.line(), error.column(), error.offset());
                    let message = error.message();
                    let said =
                        format!("{kind} {line} {column} {offset} {pointer:?} {message:?} {error}");
                    Outcome { said: plain(said), written: String::new() }
                }
            })
        })
    };
}

/// Every kind there is a parser for.
const READERS: [NamedReader; 11] = [
    kind!(JobResponse),
    kind!(JobCompound),
    kind!(SparseJobCompound),
    kind!(JobPage),
    kind!(SparseJobPage),
    kind!(ImportErrorPage),
    kind!(SparseImportErrorPage),
    kind!(IdentifierPage),
    kind!(ErrorResponse),
    kind!(JobDocument),
    kind!(SparseJobDocument),
];

/// A view as JSON, and the same of its owned twin.
fn written<V: serde::Serialize + Copy + IntoOwned<Owned: serde::Serialize>>(view: &V) -> String {
    // Not all numbers of JSON can be written by serde.
    let json = serde_json::to_string(view).unwrap_or_else(|error| error.to_string());
    let twin = serde_json::to_string(&view.into_owned()).unwrap_or_else(|error| error.to_string());
    assert_eq!(json, twin);
    json
}

/// Text in ASCII. Which characters are shown as escapes depends on the version of Unicode, and so of Rust: here all are.
fn plain(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    text.chars().fold(String::new(), |mut plain, char| {
        match char.is_ascii() {
            true => plain.push(char),
            false => plain.extend(char.escape_unicode()),
        }
        plain
    })
}

/// What a view shows, but for the names of its types and variants, and for what these say by themselves: documents of one form
/// may be of several types, and those of several forms of one.
fn without_names(shown: &str) -> String {
    let mut without = String::new();
    for part in shown.split_inclusive(['(', '{']) {
        match part.strip_suffix(['(', '{']) {
            Some(before) => {
                without.push_str(before.trim_end().trim_end_matches(char::is_alphanumeric))
            }
            None => without.push_str(part),
        }
        if part.ends_with('{') {
            without.push('{');
        }
    }
    let without = without.replace(')', "");
    let said_by_types =
        ["None", "List", "Profile", "ImportError"].map(|of| format!("resource_type: {of}, "));
    let said = said_by_types.iter().map(|said| &**said).chain(["included: None, "]);
    said.fold(without, |text, said| text.replace(said, ""))
}

/// FNV-1a of 64 bits: the same on every platform and with every version of Rust.
#[derive(Clone, Copy)]
struct Digest(u64);

impl Digest {
    const NOTHING: Self = Self(0xcbf2_9ce4_8422_2325);

    /// Adds bytes, and where they end.
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.0 = (self.0 ^ 0xff).wrapping_mul(0x0100_0000_01b3);
    }
}

/// Documents of one sort, and the parsers that they all go through.
struct Group {
    name: String,
    /// Of good ones: all alike, and such as vary.
    settings: [Settings; 2],
    options: Options,
    /// The readers that each document is given to; it goes to one of the others, too.
    own: Vec<&'static str>,
}

/// Every group, in the order of the file.
fn groups() -> impl Iterator<Item = Group> {
    let kinds: [(Kind, bool, &[&str]); 10] = [
        (Kind::Response, false, &["JobResponse"]),
        (Kind::Response, true, &["JobResponse", "SparseJobCompound"]),
        (Kind::Compound, false, &["JobCompound", "SparseJobCompound"]),
        (Kind::Compound, true, &["JobCompound", "SparseJobCompound"]),
        (Kind::Page, false, &["JobPage", "SparseJobPage"]),
        (Kind::Page, true, &["JobPage", "SparseJobPage"]),
        (Kind::ImportErrors, false, &["ImportErrorPage", "SparseImportErrorPage"]),
        (Kind::ImportErrors, true, &["ImportErrorPage", "SparseImportErrorPage"]),
        (Kind::Identifiers, false, &["IdentifierPage"]),
        (Kind::Errors, false, &["ErrorResponse"]),
    ];
    let choices = [
        ("default", Options::new()),
        ("check", Options::new().formats(Formats::Check)),
        ("keep", Options::new().unknown_variants(UnknownVariants::Keep)),
        ("reject", Options::new().unknown_members(UnknownMembers::Reject)),
    ];
    let all = kinds.into_iter().enumerate().flat_map(|(number, kind)| {
        let layouts = Layout::ALL.into_iter().enumerate();
        layouts.map(move |(layout_number, layout)| (number + layout_number, kind, layout))
    });
    let all = all.flat_map(|(number, kind, layout)| {
        let extra = ExtraMembers::ALL.into_iter().enumerate();
        extra.map(move |(extra_number, extra)| (number + extra_number, kind, layout, extra))
    });
    all.map(move |(number, (kind, sparse, own), layout, unknown_members)| {
        let (choice, options) = choices[number % choices.len()];
        let sparsely = if sparse { "-sparse" } else { "" };
        let (kind_name, layout_name) = (kind.name(), layout.name());
        let name =
            format!("{kind_name}{sparsely}/{layout_name}/{}/{choice}", unknown_members.name());
        // No group depends on the others.
        let seed = seed(&name);
        let of = |shape| Settings {
            kind,
            items: 2,
            sparse,
            unknown_members,
            ..Settings::new(seed, shape, layout)
        };
        // Small ones: this is to take seconds, unoptimised.
        let varied = Settings {
            every_form: true,
            varied: true,
            producers: NonZeroU32::new(3).expect("it is not zero"),
            ..of(if kind == Kind::Page { Shape::Poll } else { Shape::Inline })
        };
        let own = own.iter().chain(&["JobDocument", "SparseJobDocument"]).copied().collect();
        Group { name, settings: [of(Shape::Poll), varied], options, own }
    })
}

fn seed(name: &str) -> u64 {
    let mut digest = Digest::NOTHING;
    digest.add(name.as_bytes());
    digest.0
}

impl Group {
    /// Good documents, changed ones and broken ones.
    fn documents(&self) -> Vec<Vec<u8>> {
        let [plain, varied] = self.settings;
        let mut good = [plain, varied].map(Generator::new);
        let mut broken = Generator::new(Settings { bad_every: NonZeroU64::new(1), ..varied });
        let mut random = ChaCha8Rng::seed_from_u64(seed(&self.name));
        let mut documents = vec![];
        for round in 0..ROUNDS {
            let document = record(&mut good[round % 2]);
            documents.push(document.clone());
            documents.extend((0..CHANGED).map(|_| changed(&document, &mut random)));
            documents.push(record(&mut broken));
        }
        documents
    }

    /// Has all documents parsed. Shows each of them with what a kind of parser has found.
    fn read(&self, documents: &[Vec<u8>], mut show: impl FnMut(&[u8], &str, &Outcome)) {
        let reader = |(name, of): &NamedReader| (*name, of(self.options));
        let (mut own, mut others): (Vec<_>, Vec<_>) =
            READERS.iter().map(reader).partition(|(name, _)| self.own.contains(name));
        for (number, document) in documents.iter().enumerate() {
            let other = number % others.len();
            for (name, reader) in own.iter_mut().chain([&mut others[other]]) {
                show(document, name, &reader(document));
            }
        }
    }
}

fn record(generator: &mut Generator) -> Vec<u8> {
    let mut record = vec![];
    generator.write_record(&mut record);
    record.pop();
    record
}

/// Texts for any member named `status` or `type`, and for a time.
const STATUSES: [&str; 22] = [
    r#""cancelled""#,
    r#""complete""#,
    r#""processing""#,
    r#""queued""#,
    r#""qu\u0065ued""#,
    r#""failed""#,
    r#""fail\u0065d""#,
    r#""Queued""#,
    r#""queued ""#,
    r#""""#,
    r#""\ud83d\ude00""#,
    r#""\ud83d""#,
    "\"\u{e9}\"",
    r#""400""#,
    r#""0400""#,
    r#""4e2""#,
    r#""-1""#,
    "400",
    "4e2",
    "400.5",
    "null",
    "queued",
];
const TYPES: [&str; 16] = [
    r#""profile-bulk-import-job""#,
    r#""profile-bulk-import\u002djob""#,
    r#""profile-bulk-import-jobs""#,
    r#""list""#,
    r#""l\u0069st""#,
    r#""List""#,
    r#""profile""#,
    r#""import-error""#,
    r#""import-errors""#,
    r#""segment""#,
    r#""""#,
    r#""\ud83d""#,
    "null",
    "7",
    "{}",
    r#"["list"]"#,
];
const TIMES: [&str; 26] = [
    r#""2026-09-04T13:40:00+00:00""#,
    r#""2026-09-04T13:40:00Z""#,
    r#""2026-09-04t13:40:00z""#,
    r#""2026-09-04 13:40:00Z""#,
    r#""2026-09-04T13\u003a40:00Z""#,
    r#""2026-09-04T13:40:00.1234567890123Z""#,
    r#""2026-09-04T13:40:00.Z""#,
    r#""2026-09-04T13:40:00,5Z""#,
    r#""2026-09-04T13:40Z""#,
    r#""2026-09-04T13:40:00""#,
    r#""2026-09-04""#,
    r#""2026-02-29T00:00:00Z""#,
    r#""2024-02-29T00:00:00Z""#,
    r#""2026-13-01T00:00:00Z""#,
    r#""2026-09-04T24:00:00Z""#,
    r#""2026-06-30T23:59:60Z""#,
    r#""2026-09-04T13:40:00+24:00""#,
    r#""2026-09-04T13:40:00-23:59""#,
    r#""2026-09-04T13:40:00+0000""#,
    r#""0000-01-01T00:00:00Z""#,
    r#""+2026-09-04T13:40:00Z""#,
    r#"" 2026-09-04T13:40:00Z""#,
    r#""yesterday""#,
    r#""""#,
    "1788529200",
    "null",
];
/// What may stand for any value, object or array.
const VALUES: [&str; 24] = [
    "null",
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "1e3",
    "9223372036854775808",
    "1e400",
    r#""""#,
    r#""text""#,
    r#""tab\t\u00e9\\""#,
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[{}]",
    r#"{"self":"s"}"#,
    r#"{"self":null,"related":"r"}"#,
    r#"{"data":null}"#,
    r#"{"data":[],"links":{}}"#,
    r#"{"type":"list","id":"l"}"#,
    r#"[{"type":"list","id":"l"},{"id":"p","type":"profile"}]"#,
    "nothing",
];

/// A document with one change or more: half of them anywhere, half to the values of members.
fn changed(document: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut text = document.to_vec();
    for _ in 0..one_of(&[1, 1, 1, 2, 3], random) {
        match random.random() {
            true => Mutation::drawn(random).apply(&mut text),
            false => change_member(&mut text, random),
        }
    }
    text
}

/// Has something else for the value of a member, if there is any.
fn change_member(text: &mut Vec<u8>, random: &mut ChaCha8Rng) {
    let is_time = |name: &[u8]| name.ends_with(b"_at") || matches!(name, b"created" | b"updated");
    let mut members = members(text);
    let values = match random.random_range(0..8_u32) {
        0 => {
            members.retain(|(name, _)| text[name.clone()] == *b"status");
            &STATUSES[..]
        }
        1 => {
            members.retain(|(name, _)| text[name.clone()] == *b"type");
            &TYPES
        }
        2 => {
            members.retain(|(name, _)| is_time(&text[name.clone()]));
            &TIMES
        }
        _ => &VALUES,
    };
    let value = one_of(values, random);
    if let Some((_, range)) = members.choose(random) {
        text.splice(range.clone(), value.bytes());
    }
}

fn one_of<T: Copy>(choices: &[T], random: &mut ChaCha8Rng) -> T {
    *choices.choose(random).expect("some to choose from")
}

/// The names of all members, as they are written, and their values, as far as quotes and brackets tell.
fn members(text: &[u8]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut members: Vec<(Range<usize>, Range<usize>)> = vec![];
    // Of those whose values have not ended, the number and the depth.
    let mut open: Vec<(usize, usize)> = vec![];
    let (mut string, mut depth, mut at) = (0..0, 0_usize, 0);
    while at < text.len() {
        let start = at;
        at += 1;
        match text[start] {
            b'"' => {
                while at < text.len() && text[at] != b'"' {
                    at += if text[at] == b'\\' { 2 } else { 1 };
                }
                at = at.min(text.len());
                string = start + 1..at;
                at = (at + 1).min(text.len());
            }
            b':' => {
                let blank = text[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                open.push((members.len(), depth));
                members.push((string.clone(), at + blank..text.len()));
            }
            b'{' | b'[' => depth += 1,
            b',' | b'}' | b']' => {
                if let Some((member, _)) = open.pop_if(|(_, outer)| *outer == depth) {
                    let value = &mut members[member].1;
                    value.end = start.max(value.start);
                }
                depth -= usize::from(text[start] != b',' && depth > 0);
            }
            _ => {}
        }
    }
    members
}

#[test]
fn all_that_is_said_of_generated_documents_is_what_was_said_before() {
    if let Ok(name) = env::var("GOLDEN_DUMP") {
        let group = groups().find(|group| group.name == name).expect("a name of golden.txt");
        group.read(&group.documents(), |document, kind, outcome| {
            println!("{}", String::from_utf8_lossy(document));
            println!("{kind}: {}\n{}\n", outcome.said, outcome.written);
        });
        return;
    }
    let mut found = String::new();
    let mut all = Digest::NOTHING;
    for group in groups() {
        let [mut said, mut written] = [Digest::NOTHING; 2];
        let documents = group.documents();
        documents.iter().for_each(|document| all.add(document));
        group.read(&documents, |_, _, outcome| {
            said.add(outcome.said.as_bytes());
            written.add(outcome.written.as_bytes());
        });
        writeln!(found, "{} {:016x} {:016x}", group.name, said.0, written.0).unwrap();
    }
    writeln!(found, "{DOCUMENTS} {:016x} {:016x}", all.0, all.0).unwrap();
    if env::var_os("GOLDEN_WRITE").is_some() {
        std::fs::write(FILE, found).unwrap();
        return;
    }
    let expected = digests(include_str!("golden.txt"));
    let found = digests(&found);
    let names = found.keys().chain(expected.keys());
    let mut different: Vec<_> =
        names.copied().filter(|&name| found.get(name) != expected.get(name)).collect();
    different.sort_unstable();
    different.dedup();
    assert!(
        different.is_empty(),
        "{} groups differ; for one of them before and after the change, set GOLDEN_DUMP to its name, and \
         `--nocapture`:\n{}",
        different.len(),
        different.join("\n"),
    );
}

/// The digests of each group.
fn digests(text: &str) -> BTreeMap<&str, &str> {
    text.lines()
        .map(|line| {
            let (name, both) = line.split_once(' ').expect("a name and digests");
            (name, both)
        })
        .collect()
}
