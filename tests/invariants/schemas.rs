//! Any schema: parsers that have learned nothing, something or something else, with each kernel, find the same, and what
//! they find is what a reading by serde_json finds that goes by the schema alone.
//!
//! A view is a type, and so the types are few; but what its members are called, which of them there are, in what order,
//! which must be there, which may be `null` and what else they may be called is drawn: some dozen schemas, others for each
//! `SCHEMAS_FROM`. The first byte of an input chooses the schema, and with it options; the second one whether the rest is
//! documents, which end at bytes 0xff, or choices by which they are drawn.
//!
//! [`shapes`] has the types, and draws schemas; [`documents`] draws documents; [`reference`] is the second opinion.

#[path = "schemas/documents.rs"]
mod documents;
#[path = "schemas/reference.rs"]
mod reference;
#[path = "schemas/shapes.rs"]
mod shapes;

use super::peers::Peers;
use gapwise::__private::{Build, Document, Members, Table, TableOf};
use gapwise::{Arena, Category, Kernel, Options, UnknownMembers};
use reference::Rule;
use shapes::{Compared as _, Draw, Node};
use std::cell::LazyCell;
use std::sync::OnceLock;

/// A document of the schema with this number.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Drawn<const N: usize>;

impl<const N: usize> Document for Drawn<N> {
    type View<'a> = Node<'a>;
    type Builder = Self;
}

// SAFETY: the table is of this view, whatever its members are called.
#[allow(unsafe_code)]
unsafe impl<const N: usize> Build<Self> for Drawn<N> {
    const TABLES: &'static [TableOf] =
        &[|| Table::with::<Self, Node<'static>>(schema::<N>().members)];
}

struct Schema {
    members: Members<Node<'static>>,
    /// The same for the second opinion.
    rule: Rule,
}

/// Drawn once, for the names and members of a table are there for good.
fn schema<const N: usize>() -> &'static Schema {
    static SCHEMAS: [OnceLock<Schema>; SCHEMA_COUNT] = [const { OnceLock::new() }; SCHEMA_COUNT];
    SCHEMAS[N].get_or_init(|| {
        let from = std::env::var("SCHEMAS_FROM").ok().and_then(|from| from.parse::<u64>().ok());
        let (members, rule) = Node::drawn(&mut Draw::new(from.unwrap_or(0) + N as u64));
        Schema { members, rule }
    })
}

/// What the caller of the parser chooses: with most schemas, nothing. All of it with each would take gigabytes, for what
/// parsers have learned is kept.
fn options(schema: usize) -> Options {
    let plain = Options::new();
    match schema % 8 {
        5 => plain.unknown_members(UnknownMembers::Reject),
        6 => plain.max_depth(4),
        7 => plain.max_arena_bytes(600),
        _ => plain,
    }
}

/// Compares what is found by a schema.
type Judge = Box<dyn Fn(u8, &[u8])>;

fn judge<const N: usize>() -> Judge {
    let Schema { rule, .. } = schema::<N>();
    let past: Vec<_> = (0..4).map(|seed| documents::drawn_by_seed(rule, seed)).collect();
    // Each comes often enough to be learned.
    let past = past.iter().flatten().cycle().take(24).map(Vec::as_slice);
    let peers = Peers::<Drawn<N>>::of(options(N)).taught("documents of the schema", past);
    Box::new(move |choice, input| {
        let mut peers = peers.clone();
        let documents = match choice < 192 {
            true => documents::drawn(rule, input),
            false => input.split(|&byte| byte == 0xff).map(<[u8]>::to_vec).collect(),
        };
        // The second time, all is known that can be.
        for document in [&documents, &documents].into_iter().flatten() {
            peers.parse(document);
        }
        peers.records(&documents.join(&b'\n'));
        peers.records(&[b"[", &*documents.join(&b','), b"]"].concat());
        documents.iter().for_each(|document| compare::<N>(rule, document));
    })
}

/// Compares with the second opinion, which knows no limits.
fn compare<const N: usize>(rule: &Rule, document: &[u8]) {
    let portable = Kernel::named("portable").expect("is there on every CPU");
    let arena = Arena::new();
    let mut parser = options(N).kernel(portable).learning(false).parser::<Drawn<N>>();
    let parsed = parser.parse(document, &arena);
    if parsed.as_ref().is_err_and(|error| error.category() == Category::Limit) {
        return;
    }
    let is_closed = options(N) == options(5);
    let shown = || format!("schema {N}: {}", String::from_utf8_lossy(document));
    match (parsed, reference::read(document, rule, is_closed)) {
        (Ok(view), Ok(json)) => {
            assert!(view.is(rule, Some(&json)), "{view:?} is not as in {}", shown());
        }
        // The parser reports what comes first, the second opinion syntax before all.
        (Err(error), Err(category)) => {
            let is_same = error.category() == category || category == Category::Syntax;
            assert!(is_same, "{error} but {category:?} in {}", shown());
        }
        (Ok(view), Err(category)) => panic!("{view:?} but {category:?} in {}", shown()),
        (Err(error), Ok(_)) => panic!("{error} in {}", shown()),
    }
}

/// Lists the judges of all schemas.
macro_rules! judges {
    ($($number:literal)*) => {
        const SCHEMA_COUNT: usize = [$($number,)*].len();

        thread_local! {
            static JUDGES: [LazyCell<Judge, fn() -> Judge>; SCHEMA_COUNT] =
                [$(LazyCell::new(judge::<$number> as fn() -> Judge),)*];
        }
    };
}

judges! { 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 }

pub(crate) fn check(input: &[u8]) {
    let Some((&[schema, choice], input)) = input.split_first_chunk() else { return };
    JUDGES.with(|judges| judges[usize::from(schema) % judges.len()](choice, input));
}
