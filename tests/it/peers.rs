//! Parsers that must be equal: with each kernel, without learning, learning, and having learned from other
//! documents.
//!
//! Also part of a fuzz target. Must not know what is right; that is the model's and the schema's.

use jobview::{Arena, Document, Error, JobResponse, Kernel, Options, Parser, UnknownMember};
use std::fmt::Debug;
use std::ops::Range;

/// Parsers to which the same texts are given, and which must agree on each.
#[derive(Clone, Debug)]
pub(crate) struct Peers<D: Document = JobResponse<'static>> {
    options: Options,
    groups: Vec<Group<D>>,
}

/// Parsers with the same past.
#[derive(Clone, Debug)]
struct Group<D: Document> {
    past: &'static str,
    /// With the portable kernel, and without learning. That of the first group is right by definition.
    plain: Parser<D>,
    others: Vec<Parser<D>>,
}

/// All that came of a text.
#[derive(Debug, PartialEq)]
struct Found<'a, D: Document> {
    /// Views, or errors and whether the rest was rejected too.
    results: Vec<Result<&'a D::View<'a>, (Error, bool)>>,
    /// Where the records were.
    raw: Vec<Range<usize>>,
    /// Where the last one ended.
    end: usize,
}

type Run<D> = for<'a> fn(&mut Parser<D>, &'a [u8], &'a Arena) -> Found<'a, D>;

fn parse<'a, D: Document>(
    parser: &mut Parser<D>,
    json: &'a [u8],
    arena: &'a Arena,
) -> Found<'a, D> {
    let result = parser.parse(json, arena).map_err(|error| (error, false));
    Found { results: vec![result], raw: vec![], end: 0 }
}

fn records<'a, D: Document>(
    parser: &mut Parser<D>,
    input: &'a [u8],
    arena: &'a Arena,
) -> Found<'a, D> {
    let mut records = parser.records(input, arena);
    let (mut results, mut raw) = (vec![], vec![]);
    while let Some(record) = records.next() {
        let start = records.raw().as_ptr().addr() - input.as_ptr().addr();
        raw.push(start..start + records.raw().len());
        results.push(record.map_err(|rejected| {
            assert_eq!(rejected.raw, records.raw());
            (rejected.error, rejected.remainder)
        }));
    }
    Found { results, raw, end: records.position().offset() as usize }
}

impl Peers {
    /// Parsers that have seen nothing yet.
    #[allow(dead_code, reason = "some of the test programs ask")]
    pub(crate) fn new(options: Options) -> Self {
        Self::of(options)
    }
}

impl<D: Document> Peers<D> {
    /// Parsers of any kind that have seen nothing yet.
    pub(crate) fn of(options: Options) -> Self {
        Self::these(
            options,
            Kernel::available().flat_map(|kernel| [(kernel, false), (kernel, true)]),
        )
    }

    /// Those that learn nothing, and one that does.
    #[allow(dead_code, reason = "some of the test programs ask")]
    pub(crate) fn unlearned(options: Options) -> Self {
        let all = Kernel::available().map(|kernel| (kernel, false));
        Self::these(options, all.chain([(Kernel::detect(), true)]))
    }

    fn these(options: Options, others: impl Iterator<Item = (Kernel, bool)>) -> Self {
        let others = others
            .filter(|&other| other != (portable(), false))
            .map(|(kernel, learning)| Self::parser(options, kernel, learning))
            .collect();
        let plain = Self::parser(options, portable(), false);
        Self { options, groups: vec![Group { past: "nothing", plain, others }] }
    }

    /// These and others, that have learned from documents.
    #[allow(dead_code, reason = "some of the test programs ask")]
    pub(crate) fn taught<'d>(
        mut self,
        past: &'static str,
        documents: impl IntoIterator<Item = &'d [u8]>,
    ) -> Self {
        let others = Kernel::available().map(|kernel| Self::parser(self.options, kernel, true));
        let mut group = Group {
            past,
            plain: Self::parser(self.options, portable(), false),
            others: others.collect(),
        };
        let mut arena = Arena::new();
        for document in documents {
            for parser in std::iter::once(&mut group.plain).chain(&mut group.others) {
                // There may be bad ones among them.
                let _ = parser.parse(document, &arena);
                arena.reset();
            }
        }
        self.groups.push(group);
        self
    }

    fn parser(options: Options, kernel: Kernel, learning: bool) -> Parser<D> {
        options.kernel(kernel).learning(learning).parser()
    }

    /// Has each parse one document.
    pub(crate) fn parse(&mut self, json: &[u8]) {
        self.compare(parse, json);
    }

    /// Has each go through an input. Returns how many records were accepted.
    pub(crate) fn records(&mut self, input: &[u8]) -> usize {
        self.compare(records, input)
    }

    fn compare(&mut self, run: Run<D>, input: &[u8]) -> usize {
        // One for each, for there may be a limit to it; and all of them live as long as what is expected.
        let parsers = self.groups.iter().map(|group| 1 + group.others.len()).sum();
        let arenas: Vec<_> = std::iter::repeat_with(Arena::new).take(parsers).collect();
        let mut arenas = arenas.iter();
        let [first, rest @ ..] = &mut *self.groups else { return 0 };
        let expected = run(&mut first.plain, input, arenas.next().expect("one for each"));
        first.compare_others(run, input, &expected, &mut arenas);
        for group in rest {
            let found = run(&mut group.plain, input, arenas.next().expect("one for each"));
            assert_same(&expected, &found, || (group.past, "plain".to_owned()), input);
            group.compare_others(run, input, &expected, &mut arenas);
        }
        expected.results.iter().filter(|result| result.is_ok()).count()
    }
}

impl<D: Document> Group<D> {
    fn compare_others<'a>(
        &mut self,
        run: Run<D>,
        input: &'a [u8],
        expected: &Found<'a, D>,
        arenas: &mut impl Iterator<Item = &'a Arena>,
    ) {
        let Self { past, plain, others } = self;
        let unknown = unknown_members(plain);
        for (parser, arena) in others.iter_mut().zip(arenas) {
            let found = run(parser, input, arena);
            let who = || (*past, format!("{}, {} hits", parser.kernel(), parser.layout().hits()));
            assert_same(expected, &found, who, input);
            assert_same(&unknown, &unknown_members(parser), who, input);
        }
    }
}

fn portable() -> Kernel {
    Kernel::named("portable").expect("is there on every CPU")
}

/// What a parser has noticed of them, and how many more there were.
fn unknown_members<D: Document>(parser: &Parser<D>) -> (&[UnknownMember], u64) {
    let drift = parser.drift();
    (drift.unknown_members(), drift.other_unknown_members())
}

fn assert_same<T: PartialEq<U> + Debug, U: Debug>(
    expected: &T,
    found: &U,
    who: impl FnOnce() -> (&'static str, String),
    input: &[u8],
) {
    if expected != found {
        let ((past, parser), shown) = (who(), String::from_utf8_lossy(input));
        let (expected, found) = (format!("{expected:?}"), format!("{found:?}"));
        // Where they begin to differ is all that one can read.
        let same = expected.bytes().zip(found.bytes()).take_while(|(a, b)| a == b).count();
        let from = (0..=same.saturating_sub(300)).rev().find(|&at| expected.is_char_boundary(at));
        let cut = |text: &str| {
            text.chars()
                .skip(text[..from.unwrap_or(0)].chars().count())
                .take(600)
                .collect::<String>()
        };
        panic!(
            "{parser}, taught {past}, in {shown}\nexpected ...{}...\n   found ...{}...",
            cut(&expected),
            cut(&found)
        );
    }
}
