//! Any documents one after another: parsers that have learned nothing, something or something else, with
//! each kernel, find the same.
//!
//! The last byte chooses framing and limits, and whether documents of one kind are meant or of all. The others are
//! parsed piece by piece, which end at bytes 0xff (no part of any JSON text), and then twice as one input with
//! records. Between two such bytes there is no piece: the fuzzer likes to repeat them, and would mostly see how
//! nothing is parsed.

use super::peers::Peers;
use jobview::{Document, Formats, Framing, JobDocument, JobResponse, Options, UnknownVariants};
use jobview_corpus::{ExtraMembers, Kind, Layout, Settings, Shape, generate};
use std::cell::LazyCell;

/// Parsers for each choice, that know these documents.
fn peers<D: Document>(kind: Kind) -> Vec<Peers<D>> {
    let framings = [None, Some(Framing::Ndjson), Some(Framing::Array), Some(Framing::Concatenated)];
    let plain = Options::new();
    let other_steps = plain.unknown_variants(UnknownVariants::Keep).formats(Formats::Check);
    let limits = [
        plain,
        plain.max_arena_bytes(4_000),
        plain.max_record_bytes(1_000),
        other_steps.max_depth(6),
    ];
    let settings = |layout| Settings { kind, items: 3, ..Settings::new(0, Shape::Poll, layout) };
    let odd = Settings {
        varied: true,
        unknown_members: ExtraMembers::Evolved,
        ..settings(Layout::Slashed)
    };
    let plain = [Layout::Compact, Layout::Spaced, Layout::Pretty].map(settings);
    let documents = plain.into_iter().chain([odd]).map(|settings| generate(settings, 1).0);
    let documents: Vec<_> = documents.collect();
    // Each comes often enough to be learned.
    let past = || documents.iter().cycle().take(12).map(Vec::as_slice);
    let choices = framings.iter().flat_map(|&framing| {
        limits.map(|options| framing.map_or(options, |framing| options.framing(framing)))
    });
    choices.map(|options| Peers::of(options).taught("four layouts", past())).collect()
}

thread_local! {
    static PEERS: LazyCell<Vec<Peers<JobResponse<'static>>>> = LazyCell::new(|| peers(Kind::Response));
    static PEERS_OF_ALL_KINDS: LazyCell<Vec<Peers<JobDocument<'static>>>> =
        LazyCell::new(|| peers(Kind::Page));
}

pub(crate) fn check(input: &[u8]) {
    let Some((&choice, input)) = input.split_last() else { return };
    let pick = |length: usize| usize::from(choice) % length;
    match choice < 128 {
        true => compare(PEERS.with(|peers| peers[pick(peers.len())].clone()), input),
        false => compare(PEERS_OF_ALL_KINDS.with(|peers| peers[pick(peers.len())].clone()), input),
    }
}

fn compare<D: Document>(mut peers: Peers<D>, input: &[u8]) {
    for piece in input.split(|&byte| byte == 0xff).filter(|piece| !piece.is_empty()) {
        peers.parse(piece);
    }
    peers.records(input);
    peers.records(input);
}
