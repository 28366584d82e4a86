//! Learning makes a parser faster and never different: with a layout, without one, with one learned from
//! other documents, and with each kernel the views and the errors are the same.
//!
//! The properties at the top try everything on everything; the tests below them go where a layout has to
//! look twice. `PROPTEST_CASES` makes more of the former.

use crate::mutation::{Mutation, mutations};
use crate::peers::Peers;
use crate::{DOCUMENT, odd_settings, records_of};
use jobview::{
    Arena, ErrorKind, Formats, Framing, JobResponse, Kernel, Options, UnknownMembers,
    UnknownVariants,
};
use jobview_corpus::{ExtraMembers, Layout, Settings, Shape};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngSeed};
use std::num::NonZeroU64;
use std::sync::LazyLock;

/// The framings, each with what stands before the first record, between two, and after the last.
const FRAMINGS: [(Framing, [&str; 3]); 6] = [
    (Framing::Ndjson, ["", "\n", "\n"]),
    (Framing::Ndjson, ["\n \n", "\r\n", ""]),
    (Framing::Array, ["[", ",", "]"]),
    (Framing::Array, ["\n[ ", "\n,\n", " ]\n"]),
    (Framing::Concatenated, ["", "\n", ""]),
    (Framing::Concatenated, ["\u{1e}", "\n\u{1e}", "\n"]),
];

/// Documents in a layout: small ones and larger ones, all alike and not, with unknown
/// members and without, good and bad.
fn documents(layout: Layout) -> Vec<Vec<u8>> {
    let poll = Settings::new(8, Shape::Poll, layout);
    let inline = Settings { shape: Shape::Inline, ..poll };
    let with_unknown = |plain| Settings { unknown_members: ExtraMembers::Assorted, ..plain };
    let bad = Settings { bad_every: NonZeroU64::new(1), ..with_unknown(inline) };
    let alike = [poll, with_unknown(poll), inline, bad].map(|settings| records_of(settings, 8));
    let odd = odd_settings(inline).map(|settings| records_of(settings, 8));
    [alike.concat(), odd.concat()].concat()
}

static DOCUMENTS: LazyLock<Vec<Vec<Vec<u8>>>> =
    LazyLock::new(|| Layout::ALL.into_iter().map(documents).collect());

/// Parsers without a past, and with three: many layouts, the one that has line breaks, and documents that vary.
fn peers(options: Options) -> Peers {
    let learned = |layouts: &'static [Layout]| {
        let settings = |&layout| Settings::new(9, Shape::Inline, layout);
        layouts.iter().flat_map(move |layout| records_of(settings(layout), 6)).collect::<Vec<_>>()
    };
    let plain = learned(&[Layout::Sorted, Layout::Spaced, Layout::Compact]);
    let pretty = learned(&[Layout::Pretty]);
    let odd = odd_settings(Settings::new(9, Shape::Poll, Layout::Compact));
    let odd = odd.into_iter().flat_map(|settings| records_of(settings, 4)).collect::<Vec<_>>();
    Peers::new(options)
        .taught("plain layouts", plain.iter().map(Vec::as_slice))
        .taught("line breaks", pretty.iter().map(Vec::as_slice))
        .taught("varied documents", odd.iter().map(Vec::as_slice))
}

/// Different choices of the caller, with parsers for each framing.
static PEERS: LazyLock<Vec<[Peers; 6]>> = LazyLock::new(|| {
    let choices = [
        Options::new(),
        Options::new().unknown_members(UnknownMembers::Reject),
        Options::new().unknown_variants(UnknownVariants::Keep).formats(Formats::Check),
        Options::new().max_depth(6),
        Options::new().max_record_bytes(1500),
        Options::new().max_arena_bytes(8_000),
    ];
    let each = |options: Options| FRAMINGS.map(|(framing, _)| peers(options.framing(framing)));
    choices.map(each).into()
});

/// Some of the documents of a layout, one after another, changed or not.
type Run = (Index, Vec<(Index, Vec<Mutation>)>);

/// A stream that changes its layout now and then.
fn stream() -> impl Strategy<Value = Vec<Run>> {
    vec((any::<Index>(), vec((any::<Index>(), mutations()), 1..6)), 1..5)
}

fn written(stream: &[Run]) -> Vec<Vec<u8>> {
    let mut texts = vec![];
    for (layout, run) in stream {
        let documents: &Vec<_> = layout.get(&DOCUMENTS[..]);
        for (document, mutations) in run {
            let mut text = document.get(documents).clone();
            mutations.iter().for_each(|mutation| mutation.apply(&mut text));
            texts.push(text);
        }
    }
    texts
}

fn framed(texts: &[Vec<u8>], [before, between, after]: [&str; 3]) -> Vec<u8> {
    [before.as_bytes(), &texts.join(between.as_bytes()), after.as_bytes()].concat()
}

fn config() -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config {
        cases: cases.unwrap_or(40),
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn documents_one_by_one_are_parsed_alike_whatever_was_learned(
        stream in stream(), choice in any::<Index>(),
    ) {
        let [mut peers, ..] = choice.get(&PEERS[..]).clone();
        for text in written(&stream) {
            peers.parse(&text);
        }
    }

    #[test]
    fn streams_are_parsed_alike_whatever_was_learned(
        stream in stream(), choice in any::<Index>(), framing in any::<Index>(),
    ) {
        let framing = framing.index(FRAMINGS.len());
        let mut peers = choice.get(&PEERS[..])[framing].clone();
        let input = framed(&written(&stream), FRAMINGS[framing].1);
        peers.records(&input);
        // And once more, with what has been learned of it.
        peers.records(&input);
    }
}

/// Parsers that know a document well.
fn knowing(options: Options, document: &[u8]) -> Peers {
    Peers::new(options).taught("the document", [document; 4])
}

#[test]
fn a_line_ends_a_record_even_where_gaps_with_line_breaks_are_known() {
    for limit in [usize::MAX, 6_000, 3_000] {
        let options = Options::new().framing(Framing::Ndjson).max_arena_bytes(limit);
        let settings = Settings::new(5, Shape::Poll, Layout::Pretty);
        let documents =
            records_of(Settings { unknown_members: ExtraMembers::Assorted, ..settings }, 2);
        let escaped = String::from_utf8(documents[0].clone()).unwrap().replace('/', "\\/");
        let taught = || documents.iter().map(Vec::as_slice).chain([escaped.as_bytes(); 2]);
        let peers = Peers::new(options).taught("the same documents", taught());
        for document in taught() {
            let breaks = document.iter().filter(|&&byte| byte == b'\n').count();
            for kept in 0..breaks {
                let mut count = 0..;
                let one_break = document.iter().map(|&byte| match byte {
                    b'\n' if count.next() != Some(kept) => b' ',
                    byte => byte,
                });
                let input = [&*one_break.collect::<Vec<_>>(), b"\r\n", document].concat();
                assert_eq!(peers.clone().records(&input), 0);
            }
        }
    }
}

#[test]
fn documents_cut_near_their_end_are_judged_alike() {
    for layout in [Layout::Compact, Layout::Pretty] {
        let document = records_of(Settings::new(3, Shape::Inline, layout), 1).remove(0);
        let mut one_by_one = knowing(Options::new(), &document);
        for end in document.len() - 200..=document.len() {
            one_by_one.parse(&document[..end]);
        }
        for (framing, [before, between, _]) in FRAMINGS {
            let peers = knowing(Options::new().framing(framing), &document);
            for end in (document.len() - 200..=document.len()).step_by(3) {
                let cut = document[..end].to_vec();
                let input = framed(&[document.clone(), cut], [before, between, ""]);
                peers.clone().records(&input);
            }
        }
    }
}

/// Where nothing is learned, documents that begin with white space are read by an index, which is made of 14 blocks of 64 bytes at a
/// time: such a part ends with each byte of a document.
#[test]
fn documents_are_parsed_alike_however_far_they_are_behind_white_space() {
    let settings = Settings::new(9, Shape::Inline, Layout::Wild);
    let mut documents = vec![DOCUMENT.into()];
    for settings in odd_settings(settings).into_iter().chain([settings]) {
        documents.append(&mut records_of(settings, 1));
    }
    let mut peers = Peers::new(Options::new());
    for document in documents {
        for blanks in 0..=8 + 14 * 64 {
            let text = [&b" \t".repeat(blanks)[..blanks], &document].concat();
            peers.parse(&text);
            // And one in which something is wrong.
            let cut = text.len() - blanks % document.len();
            peers.parse(&text[..cut]);
            let mut other = text;
            other[cut - 1] ^= 1 << (blanks % 7);
            peers.parse(&other);
        }
    }
}

#[test]
fn nothing_may_stand_behind_a_value_whatever_reads_it() {
    let mut peers = peers(Options::new());
    for member in ["\"total_count\"", "\"completed_count\"", "\"other\""] {
        for value in ["0", "7", "-7", "1e1", "12345678", "null", "true", "\"x\"", "[1]", "{}"] {
            for byte in 0..=u8::MAX {
                for after in ["", " ", "1", "\""] {
                    let text = format!(
                        r#"    {{    "data":{{"attributes":{{"status":"queued",{member}:{value}^{after},"created_at":"c"}}}}}}"#
                    );
                    let at = text.find('^').unwrap();
                    let mut text = text.into_bytes();
                    text[at] = byte;
                    peers.parse(&text);
                }
            }
        }
    }
}

#[test]
fn streams_whose_layout_changes_are_parsed_alike() {
    let mut peers = peers(Options::new().framing(Framing::Concatenated));
    for seed in 0..3 {
        for layout in Layout::ALL {
            let documents = records_of(Settings::new(seed, Shape::Poll, layout), 6);
            assert_eq!(peers.records(&documents.concat()), 6);
        }
    }
}

#[test]
fn streams_whose_documents_vary_are_parsed_alike() {
    for layout in [Layout::Compact, Layout::Slashed, Layout::Wild] {
        for settings in odd_settings(Settings::new(4, Shape::Poll, layout)) {
            let input = records_of(settings, 60).join(&b'\n');
            let mut peers = peers(Options::new().framing(Framing::Ndjson));
            for _ in 0..2 {
                assert_eq!(peers.records(&input), 60, "{settings:?}");
            }
        }
    }
}

/// Of so many that there is no room to know all of them.
#[test]
fn many_documents_that_vary_are_parsed_alike() {
    let [varied, .., all_at_once] = odd_settings(Settings::new(6, Shape::Poll, Layout::Compact));
    for settings in [varied, all_at_once] {
        let input = records_of(settings, 2_000).join(&b'\n');
        let mut peers = Peers::new(Options::new().framing(Framing::Ndjson));
        assert_eq!(peers.records(&input), 2_000, "{settings:?}");
    }
}

#[test]
fn streams_that_cannot_be_learned_and_then_can_be_are_parsed_alike() {
    let mut peers = Peers::new(Options::new().framing(Framing::Ndjson));
    for (layout, count) in [
        (Layout::Shuffled, 30),
        (Layout::Compact, 90),
        (Layout::Shuffled, 30),
        (Layout::Sorted, 90),
    ] {
        let documents = records_of(Settings::new(4, Shape::Poll, layout), count);
        assert_eq!(peers.records(&documents.join(&b'\n')), count);
    }
}

#[test]
fn texts_of_every_length_are_taken_whole() {
    let lengths = (0..=70).chain(120..=132).chain([255, 256, 257]).chain(508..=513);
    let lengths = lengths.chain([1020, 1024, 65_535, 65_536]);
    // These come to know strings of many lengths; others, of two at most.
    let mut peers = knowing(Options::new(), DOCUMENT.as_bytes());
    for length in lengths {
        for insert in
            ["", "\\\"", "\\n", "\\u20ac", "\\ud83d\\ude00", "\u{e9}", "\u{20ac}\\t", "\"", "\0"]
        {
            // Once before it all, and once behind it; where it is behind, it is followed by more, or not.
            let text = "x".repeat(length);
            for text in
                [format!("{text}{insert}"), format!("{insert}{text}"), format!("{text}{insert}yz")]
            {
                let id = DOCUMENT.replace("\"job\"", &format!("\"{text}\""));
                let identifier = DOCUMENT.replace("\"p1\"", &format!("\"{text}\""));
                for document in [id, identifier] {
                    peers.parse(document.as_bytes());
                    let mut others = knowing(Options::new(), DOCUMENT.as_bytes());
                    (0..3).for_each(|_| others.parse(document.as_bytes()));
                }
            }
        }
    }
}

#[test]
fn a_text_may_end_within_a_string_of_any_length_whatever_was_expected() {
    let begin = DOCUMENT.find("job\",\"attributes").unwrap();
    for expected in [0, 1, 31, 32, 63, 64, 65, 100] {
        let document = DOCUMENT.replace("\"job\"", &format!("\"{}\"", "y".repeat(expected)));
        let mut peers = knowing(Options::new(), document.as_bytes());
        for length in 0..=200 {
            // It ends where its memory does.
            let text = [&document.as_bytes()[..begin], &vec![b'x'; length]].concat();
            peers.parse(&text.into_boxed_slice());
        }
    }
}

#[test]
fn integers_in_every_spelling_are_taken_alike() {
    let mut peers = knowing(Options::new(), DOCUMENT.as_bytes());
    let mut spellings: Vec<String> = (0..20).map(|length| "9".repeat(length)).collect();
    for odd in [
        "-0", "01", "00", "1.0", "1.5", "1e1", "1E+1", "1e", "1.", "-", "-01", "+1", "1_0", "null",
        "nul",
    ] {
        spellings.push(odd.to_owned());
        spellings.push(format!("1234567{odd}"));
    }
    for spelling in spellings {
        for blank in ["", " ", "\t\r\n"] {
            for value in [format!("{blank}{spelling}"), format!("{spelling}{blank}")] {
                for (name, old) in [("total_count", "10"), ("failed_count", "1")] {
                    let (old, new) = (format!("\"{name}\":{old}"), format!("\"{name}\":{value}"));
                    peers.parse(DOCUMENT.replace(&old, &new).as_bytes());
                }
            }
        }
    }
}

#[test]
fn white_space_before_the_value_of_an_unknown_member_is_no_matter() {
    let with = |blank: &str, value: &str| {
        DOCUMENT.replacen('{', &format!("{{\"more\":{blank}{value},"), 1)
    };
    let document = with("", "1");
    let mut peers = knowing(Options::new(), document.as_bytes());
    for blank in ["", " ", "  ", "\n", "\r\n\t", ""] {
        for value in ["1", "\"x\"", "{\"a\" : [ ]}", "nul", ",", ""] {
            peers.parse(with(blank, value).as_bytes());
            peers.parse(with(blank, value).as_bytes());
        }
    }
}

#[test]
fn lists_may_be_long_and_then_empty() {
    let list = |length| {
        let identifiers = vec![r#"{"type":"profile","id":"p1"}"#; length].join(",");
        DOCUMENT
            .replace(r#"{"type":"profile","id":"p1"},{"type":"profile","id":"p2"}"#, &identifiers)
    };
    let lengths = [1000, 0, 1, 1000, 0, 0, 7, 8, 9];
    let documents: Vec<_> = lengths.map(|length| list(length).into_bytes()).into();
    for (framing, around) in FRAMINGS {
        let mut peers = knowing(Options::new().framing(framing), DOCUMENT.as_bytes());
        assert_eq!(peers.records(&framed(&documents, around)), lengths.len());
    }
}

#[test]
fn limits_are_hit_alike() {
    let documents = records_of(Settings::new(6, Shape::Inline, Layout::Escaped), 6);
    let length = documents[2].len();
    let each = || documents.iter().map(Vec::as_slice);
    for (framing, around) in FRAMINGS {
        let input = framed(&documents, around);
        let plain = Options::new().framing(framing);
        for bytes in [length - 1, length, length + 1, 0] {
            let options = plain.max_record_bytes(bytes);
            Peers::new(options).taught("the same documents", each()).records(&input);
        }
        for bytes in [0, 500, 1_000, 4_000, 10_000, 20_000] {
            let options = plain.max_arena_bytes(bytes);
            Peers::new(options).taught("the same documents", each()).records(&input);
        }
    }
}

#[test]
fn parsers_do_learn() {
    for kernel in Kernel::available() {
        let arena = Arena::new();
        let mut parser = Options::new().kernel(kernel).parser::<JobResponse>();
        for _ in 0..20 {
            parser.parse(DOCUMENT.as_bytes(), &arena).unwrap();
        }
        let before = parser.layout().misses();
        parser.parse(DOCUMENT.as_bytes(), &arena).unwrap();
        assert_eq!(parser.layout().misses(), before, "{kernel}");
        assert!(parser.layout().hits() > 5 * before, "{kernel}");
        let error = parser.parse(b"{}", &arena).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingMember);

        let mut parser = Options::new().kernel(kernel).learning(false).parser::<JobResponse>();
        parser.parse(DOCUMENT.as_bytes(), &arena).unwrap();
        assert_eq!((parser.layout().hits(), parser.layout().gaps().count()), (0, 0));
    }
}

#[test]
fn an_arena_that_has_no_room_is_left_alike() {
    let identifiers: Vec<_> =
        (0..40).map(|n| format!(r#"{{"type":"profile","id":"\u0061{n:0>14}"}}"#)).collect();
    let many = DOCUMENT.replace(r#"{"type":"profile","id":"p1"}"#, &identifiers.join(","));
    // Where the next ones are rejected tells how much was left.
    let input = [&*many; 4].join("\n");
    for bytes in (400..6_000).step_by(50) {
        let options = Options::new().framing(Framing::Ndjson).max_arena_bytes(bytes);
        knowing(options, many.as_bytes()).records(input.as_bytes());
    }
}
