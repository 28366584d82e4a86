//! Any documents: parsers that learn nothing read them by an index, where there is one for their kernel, as by the walker,
//! and as one does that learns.
//!
//! The last byte chooses framing and limits, and whether documents of one kind are meant or of all. The others are
//! parsed piece by piece, which end at bytes 0xff (no part of any JSON text), and then as one input with records.

use super::peers::Peers;
use jobview::{
    Document, Formats, Framing, JobDocument, JobResponse, Options, UnknownMembers, UnknownVariants,
};

/// What the caller may choose, if it is of consequence here.
pub(crate) fn choices() -> [Options; 5] {
    let plain = Options::new();
    [
        plain,
        plain.unknown_members(UnknownMembers::Reject),
        plain.unknown_variants(UnknownVariants::Keep).formats(Formats::Check),
        plain.max_depth(6),
        plain.max_arena_bytes(2_000),
    ]
}

pub(crate) fn check(input: &[u8]) {
    let Some((&choice, input)) = input.split_last() else { return };
    let framings = [Framing::Concatenated, Framing::Ndjson, Framing::Array];
    let options = choices()[usize::from(choice) % choices().len()];
    let options = options.framing(framings[usize::from(choice) / 8 % framings.len()]);
    match choice < 128 {
        true => compare(Peers::<JobResponse<'static>>::unlearned(options), input),
        false => compare(Peers::<JobDocument<'static>>::unlearned(options), input),
    }
}

fn compare<D: Document>(mut peers: Peers<D>, input: &[u8]) {
    for piece in input.split(|&byte| byte == 0xff).filter(|piece| !piece.is_empty()) {
        peers.parse(piece);
        // The second time, one of them knows it.
        peers.parse(piece);
    }
    peers.records(input);
}
