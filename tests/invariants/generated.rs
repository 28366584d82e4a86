//! Generated documents of all kinds and layouts, changed or not: an index, the walker and a layout find the same in them.

use super::index::choices;
use super::mutation::{Mutation, mutations};
use super::peers::Peers;
use jobview::{Document, Framing, JobDocument, JobResponse, Options};
use jobview_corpus::{ExtraMembers, Generator, Kind, Layout, Settings, Shape};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngSeed};
use std::num::{NonZeroU32, NonZeroU64};
use std::sync::LazyLock;

fn records_of(settings: Settings, count: usize) -> Vec<Vec<u8>> {
    let mut generator = Generator::new(settings);
    let mut record = || {
        let mut record = vec![];
        generator.write_record(&mut record);
        record.pop();
        record
    };
    (0..count).map(|_| record()).collect()
}

/// Documents of a kind in a layout: alike and not, with members that the schema does not name and without, good and bad.
fn documents(kind: Kind, layout: Layout) -> Vec<Vec<u8>> {
    let plain = Settings { kind, items: 3, ..Settings::new(7, Shape::Poll, layout) };
    let inline = Settings { shape: Shape::Inline, ..plain };
    let with = |unknown_members| Settings { unknown_members, ..plain };
    let all = [
        plain,
        inline,
        Settings { bad_every: NonZeroU64::new(1), ..plain },
        Settings { varied: true, producers: NonZeroU32::MIN.saturating_add(3), ..plain },
        with(ExtraMembers::Assorted),
        with(ExtraMembers::Evolved),
        with(ExtraMembers::Strewn),
    ];
    all.into_iter().flat_map(|settings| records_of(settings, 3)).collect()
}

static RESPONSES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    Layout::ALL.into_iter().flat_map(|layout| documents(Kind::Response, layout)).collect()
});

static ALL_KINDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let kinds = Kind::ALL.into_iter();
    kinds.flat_map(|kind| Layout::ALL.into_iter().flat_map(move |l| documents(kind, l))).collect()
});

#[test]
fn documents_of_all_kinds_and_layouts_are_read_alike() {
    for options in choices() {
        let mut peers = Peers::<JobResponse<'static>>::unlearned(options);
        RESPONSES.iter().for_each(|document| peers.parse(document));
        let mut peers = Peers::<JobDocument<'static>>::unlearned(options);
        ALL_KINDS.iter().for_each(|document| peers.parse(document));
    }
}

/// An index is made of some blocks at a time, and goes as far as it can: both end at any byte of a document, and at any of
/// what is wrong in it.
#[test]
fn documents_are_read_alike_wherever_a_part_of_an_index_ends() {
    for document in RESPONSES.iter().step_by(5) {
        let mut peers = Peers::<JobResponse<'static>>::unlearned(Options::new());
        for blanks in 0..130 {
            let mut text = [&b" ".repeat(blanks), &**document].concat();
            peers.parse(&text);
            let at = blanks + blanks * 7 % document.len();
            text[at] = b"\"\\\n{,:x\xc3"[blanks % 8];
            peers.parse(&text);
            peers.parse(&text[..at]);
        }
    }
}

/// Where learning does not pay, it sleeps, and then there is an index.
#[test]
fn streams_that_are_not_learned_for_a_while_are_read_alike() {
    let settings = |layout| Settings::new(3, Shape::Poll, layout);
    let mut peers = Peers::new(Options::new().framing(Framing::Concatenated));
    for layout in [Layout::Shuffled, Layout::Compact, Layout::Wild, Layout::Shuffled] {
        assert_eq!(peers.records(&records_of(settings(layout), 80).concat()), 80);
    }
}

/// Some documents, changed or not.
fn changed() -> impl Strategy<Value = Vec<(Index, Vec<Mutation>)>> {
    vec((any::<Index>(), mutations()), 1..8)
}

fn compare<D: Document>(
    mut peers: Peers<D>,
    documents: &[Vec<u8>],
    changed: &[(Index, Vec<Mutation>)],
) {
    let mut texts = vec![];
    for (document, mutations) in changed {
        let mut text = document.get(documents).clone();
        mutations.iter().for_each(|mutation| mutation.apply(&mut text));
        peers.parse(&text);
        texts.push(text);
    }
    peers.records(&texts.join(&b'\n'));
}

fn config() -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config {
        cases: cases.unwrap_or(400),
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn changed_documents_are_read_alike(
        responses in changed(), all_kinds in changed(), choice in any::<Index>(),
        is_ndjson in any::<bool>(),
    ) {
        let framing = if is_ndjson { Framing::Ndjson } else { Framing::Concatenated };
        let options = choice.get(&choices()).framing(framing);
        compare(Peers::<JobResponse<'static>>::unlearned(options), &RESPONSES, &responses);
        compare(Peers::<JobDocument<'static>>::unlearned(options), &ALL_KINDS, &all_kinds);
    }
}
