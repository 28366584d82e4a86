//! Several threads that begin where a record seems to begin: whatever is there, the records are those of the slice,
//! and nobody is shown others.

use crate::stream::{Joined, Script, Taken, of_slice};
#[cfg(feature = "bytes")]
use crate::stream::{guessed, owned};
use crate::{DOCUMENT, odd_settings, records_of};
use jobview::{Framing, JobResponse, Options, Workers};
use jobview_corpus::{ExtraMembers, Layout, Settings, Shape};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};
use std::collections::{BTreeMap, VecDeque};
use std::num::{NonZeroU64, NonZeroUsize};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Enough for many parts behind the first, and for what is looked at ahead of one.
const RECORDS: usize = 60;

fn workers(options: Options, threads: usize) -> Workers {
    options.parser::<JobResponse>().into_workers(NonZeroUsize::new(threads).unwrap())
}

/// Fails unless workers find what is in the slice, and no more has been shown to anybody.
fn assert_found(input: &[u8], options: Options, threads: usize) {
    let (expected, _) = of_slice::<JobResponse>(input, options);
    assert_finds(&expected, input, options, threads);
    #[cfg(feature = "bytes")]
    {
        let pieces: Vec<_> = input.chunks(1 + input.len() / threads).collect();
        expected.assert_same(&owned::<JobResponse>(&pieces, options), input, options);
    }
}

fn assert_finds(expected: &Joined, input: &[u8], options: Options, threads: usize) {
    let how = (options, threads);
    #[cfg(feature = "bytes")]
    {
        let (found, batches) = guessed::<JobResponse>(input, options, threads);
        expected.assert_same(&found, input, how);
        // It does not depend on how many were parsed too early.
        assert_eq!(batches, guessed::<JobResponse>(input, options, 0).1, "{how:?}");
    }
    let seen = AtomicUsize::new(0);
    let results = workers(options, threads).map(input, |batch| {
        seen.fetch_add(1, Ordering::Relaxed);
        Taken::from(batch)
    });
    assert_eq!(results.len(), seen.into_inner(), "{how:?}");
    let mut joined = Joined::default();
    results.into_iter().for_each(|taken| joined.add(taken));
    expected.assert_same(&joined, input, how);

    let (seen, mut results) = (AtomicUsize::new(0), vec![]);
    let steps = (0..200).map(|step| Ok(1 + step * 777 % 5000)).collect::<VecDeque<_>>();
    let map = |batch: jobview::Batch<'_>| {
        seen.fetch_add(1, Ordering::Relaxed);
        Taken::from(batch)
    };
    let each = |taken| {
        results.push(taken);
        Ok(())
    };
    workers(options, threads).map_reader(Script { input, steps }, map, each).unwrap();
    assert_eq!(results.len(), seen.into_inner(), "{how:?}");
    let mut joined = Joined::default();
    results.into_iter().for_each(|taken| joined.add(taken));
    expected.assert_same(&joined, input, how);
}

/// Ways in which records may follow one another, and none of them NDJSON.
fn joined(records: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let array = |between: &[u8]| [b"[", &*records.join(between), b"]\n"].concat();
    let each = |before: &str, after: &str| {
        let around = |record: &Vec<u8>| [before.as_bytes(), record, after.as_bytes()].concat();
        records.iter().flat_map(around).collect::<Vec<u8>>()
    };
    vec![
        array(b","),
        array(b",\n"),
        array(b" ,\r\n    "),
        each("", ""),
        each("", " "),
        each("  ", "\r\n\t\n"),
        each("\u{1e}", "\n"),
        each("[", "]\n"),
        each("[\n", "\n]"),
    ]
}

fn framings() -> [Option<Framing>; 3] {
    [None, Some(Framing::Array), Some(Framing::Concatenated)]
}

fn with(framing: Option<Framing>, batch_bytes: usize) -> Options {
    let options = Options::new().batch_bytes(batch_bytes);
    framing.map_or(options, |framing| options.framing(framing))
}

/// A document that holds others, which look as records do, and text that looks as they begin.
fn nested() -> Vec<u8> {
    let text = DOCUMENT.replace('"', "\\\"");
    let documents = [DOCUMENT; 4].join(",");
    let lines = [DOCUMENT; 3].join(",\n");
    let members = format!("{{\"a\":[{documents}],\"b\":\"}}}}\\n{text}{text}\",\"c\":[{lines}\n],");
    DOCUMENT.replacen('{', &members, 1).into_bytes()
}

#[test]
fn records_in_any_order_of_any_layout_are_found() {
    for layout in [Layout::Compact, Layout::Pretty, Layout::Shuffled] {
        let plain = Settings::new(5, Shape::Poll, layout);
        let bad = Settings { bad_every: NonZeroU64::new(7), ..plain };
        let [.., odd] = odd_settings(plain);
        for settings in [plain, bad, odd] {
            for input in joined(&records_of(settings, RECORDS)) {
                for framing in framings() {
                    let (expected, _) = of_slice::<JobResponse>(&input, with(framing, 1));
                    for (batch_bytes, threads) in [(1, 2), (900, 4), (5000, 3), (20_000, 1)] {
                        assert_finds(&expected, &input, with(framing, batch_bytes), threads);
                    }
                }
            }
        }
    }
}

#[test]
fn what_looks_as_a_record_and_is_inside_of_one_is_none() {
    let mut records = vec![DOCUMENT.as_bytes().to_vec(); RECORDS];
    for at in (3..RECORDS).step_by(4) {
        records[at] = nested();
    }
    for input in joined(&records) {
        for framing in framings() {
            let (expected, _) = of_slice::<JobResponse>(&input, with(framing, 1));
            for (batch_bytes, threads) in [(1, 3), (300, 2), (1500, 4), (4000, 2), (9000, 1)] {
                assert_finds(&expected, &input, with(framing, batch_bytes), threads);
            }
        }
    }
}

#[test]
fn damage_anywhere_changes_nothing_behind_a_wrong_guess() {
    let pretty = records_of(Settings::new(5, Shape::Poll, Layout::Pretty), 40);
    let compact = vec![DOCUMENT.as_bytes().to_vec(); 40];
    for records in [pretty, compact] {
        for input in joined(&records) {
            for at in (0..input.len()).step_by(input.len() / 6) {
                for damage in [&b"\""[..], b"{", b"}", b"\x1e", b"\n", b"\\", b"]", b"\xff"] {
                    let damaged = [&input[..at], damage, &input[at + 1..]].concat();
                    for batch_bytes in [1500, 6000] {
                        assert_found(&damaged, with(None, batch_bytes), 3);
                    }
                }
                for end in [at + 1, at + 3000] {
                    let cut = [&input[..at], &input[end.min(input.len())..]].concat();
                    assert_found(&cut, with(None, 2500), 2);
                }
                assert_found(&input[..at], with(None, 2500), 2);
            }
        }
    }
}

#[test]
fn records_larger_than_a_part_or_than_any_may_be_are_found() {
    let mut records = vec![DOCUMENT.as_bytes().to_vec(); RECORDS];
    for at in (5..RECORDS).step_by(6) {
        let long = format!("{{\"more\":\"{}\",", "}}{\\\"data\\\":{\\\"".repeat(at * 40));
        records[at] = DOCUMENT.replacen('{', &long, 1).into_bytes();
    }
    for input in joined(&records) {
        for largest in [DOCUMENT.len(), 8000, 1 << 20] {
            for (batch_bytes, threads) in [(100, 3), (1000, 2), (3000, 4)] {
                let options = with(None, batch_bytes).max_record_bytes(largest);
                assert_found(&input, options, threads);
            }
        }
    }
}

/// What is noticed where nothing is is forgotten.
#[test]
fn parsers_notice_each_record_once() {
    let plain = Settings::new(6, Shape::Poll, Layout::Compact);
    let mut records =
        records_of(Settings { unknown_members: ExtraMembers::Assorted, ..plain }, 200);
    for at in (3..200).step_by(9) {
        records[at] = nested();
    }
    for input in joined(&records) {
        let names = |drifts: &mut dyn Iterator<Item = &jobview::Drift>| {
            let mut names = BTreeMap::new();
            for member in drifts.flat_map(|drift| drift.unknown_members()) {
                *names.entry(member.pointer().to_owned()).or_insert(0) += member.count();
            }
            names
        };
        let (_, drift) = of_slice::<JobResponse>(&input, with(None, 1));
        let expected = names(&mut [&drift].into_iter());
        assert!(expected.len() > 2);
        for threads in [1, 4] {
            let mut workers = workers(with(None, 2000), threads);
            workers.map(&input, |_| ());
            let found = names(&mut workers.parsers().map(|parser| parser.drift()));
            assert_eq!(found, expected, "{threads} threads");
        }
    }
}

#[test]
fn records_for_which_the_arena_has_no_room_come_in_other_batches() {
    let mut records = vec![DOCUMENT.as_bytes().to_vec(); RECORDS];
    let many = vec![r#"{"type":"profile","id":"x"}"#; 1000].join(",");
    let large = DOCUMENT.replace("{\"type\":\"profile\",\"id\":\"p1\"}", &many);
    (records[20], records[41]) = (large.clone().into_bytes(), large.into_bytes());
    for input in joined(&records) {
        for batch_bytes in [1000, 10_000] {
            let options = with(None, batch_bytes).max_arena_bytes(6_000);
            let found = workers(options, 3).map(&input, |batch| {
                let numbers = batch.rejected().iter().map(|it| it.error.record());
                (batch.documents().len(), numbers.collect::<Vec<_>>())
            });
            assert!(found.len() > 10, "not all find room in a few");
            let accepted: usize = found.iter().map(|(documents, _)| documents).sum();
            let rejected: Vec<_> = found.into_iter().flat_map(|(_, numbers)| numbers).collect();
            assert_eq!(accepted + rejected.len(), RECORDS);
            assert!(rejected.iter().all(|number| [20, 41].contains(number)), "{rejected:?}");
        }
    }
}

#[test]
fn a_panic_in_a_guessed_part_is_passed_on_behind_what_came_before_it() {
    let records = vec![DOCUMENT.as_bytes().to_vec(); 400];
    for input in joined(&records) {
        for threads in [1, 2, 4] {
            let options = with(None, 3 * DOCUMENT.len());
            let seen = AtomicUsize::new(0);
            let mut handed_out = 0;
            let panic = catch_unwind(AssertUnwindSafe(|| {
                let map = |batch: jobview::Batch<'_>| {
                    let before = seen.fetch_add(batch.documents().len(), Ordering::Relaxed);
                    assert!(before < 200, "that is too much");
                    batch.documents().len()
                };
                let each = |documents| {
                    handed_out += documents;
                    Ok(())
                };
                workers(options, threads).map_reader(&input[..], map, each)
            }));
            let message = *panic.unwrap_err().downcast::<&str>().unwrap();
            assert_eq!(message, "that is too much");
            assert!(handed_out <= 210, "{handed_out}");
            let panic = catch_unwind(AssertUnwindSafe(|| {
                workers(options, threads).map(&input, |_| panic!("in map"))
            }));
            assert_eq!(*panic.unwrap_err().downcast::<&str>().unwrap(), "in map");
        }
    }
}

#[test]
fn an_error_of_each_ends_it_in_guessed_parts() {
    for input in joined(&vec![DOCUMENT.as_bytes().to_vec(); 400]) {
        let mut seen = 0;
        let each = |documents: usize| {
            seen += documents;
            if seen < 100 { Ok(()) } else { Err(std::io::ErrorKind::StorageFull.into()) }
        };
        let map = |batch: jobview::Batch<'_>| batch.documents().len();
        let error = workers(with(None, 2000), 3).map_reader(&input[..], map, each).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
        assert!(seen < 120, "{seen}");
    }
}

/// Records of several kinds of layout, good and bad, as they may follow one another.
fn pieces() -> Vec<Vec<u8>> {
    let pretty = DOCUMENT.replace(',', ",\n  ").replace('{', "{\n");
    let cut = &DOCUMENT[..200];
    let texts = [
        format!("{DOCUMENT},"),
        format!("{DOCUMENT},"),
        format!("{DOCUMENT}\n"),
        format!("{DOCUMENT}{DOCUMENT}{DOCUMENT}"),
        format!("{pretty}\n"),
        format!("{pretty}\n{pretty}\n"),
        format!("{pretty},\n"),
        format!("\u{1e}{DOCUMENT}\n"),
        format!("[{DOCUMENT}]\n"),
        cut.to_owned(),
        format!("{cut}\n"),
        format!("{},", &DOCUMENT[200..]),
    ];
    let others =
        ["[", "]", ",", "\"", "}", "{\"data\":", "\n", "oops", "\\", "\u{1e}", "{}", "12 "];
    let nested =
        [nested(), [nested(), b",".to_vec()].concat(), [nested(), b"\n".to_vec()].concat()];
    let texts = texts.into_iter().map(String::into_bytes);
    let others = others.iter().map(|text| text.as_bytes().to_vec());
    texts.chain(others).chain(nested).collect()
}

proptest! {
    #![proptest_config(Config {
        cases: 400, rng_seed: RngSeed::Fixed(11), failure_persistence: None, ..Config::default()
    })]

    #[test]
    fn any_records_in_any_parts_are_found(
        common in select(pieces()),
        others in vec((0..12_usize, select(pieces())), 0..12),
        open in any::<bool>(),
        framing in select(framings().to_vec()),
        batch_bytes in select(vec![1, 200, 1000, 3000, 20_000]),
        largest in select(vec![1 << 20, 1 << 20, 700, 150]),
        threads in 1..5_usize,
    ) {
        let mut input = if open { b"[".to_vec() } else { vec![] };
        for (times, other) in others {
            input.extend(common.repeat(times));
            input.extend(other);
        }
        input.extend(common.repeat(10));
        let options = with(framing, batch_bytes).max_record_bytes(largest);
        assert_found(&input, options, threads);
    }

    #[test]
    fn any_mutations_of_a_long_input_change_nothing(
        input in select(joined(&records_of(Settings::new(8, Shape::Inline, Layout::Pretty), 30))
            .into_iter().chain(joined(&vec![DOCUMENT.as_bytes().to_vec(); 40])).collect::<Vec<_>>()),
        changes in vec((any::<prop::sample::Index>(), select(b"\"{}[],:\n\\\x1e x".to_vec()), 0..2_usize), 1..8),
        batch_bytes in select(vec![1, 700, 2500, 9000]),
        threads in 1..5_usize,
    ) {
        let mut input = input;
        for (at, byte, kept) in changes {
            let at = at.index(input.len());
            input.splice(at..at + 1 - kept, [byte]);
        }
        assert_found(&input, with(None, batch_bytes), threads);
    }
}
