//! Streams: however the bytes come, the records are those of the slice.

use crate::stream::{Joined, Script, Taken, of_slice, push, read};
use crate::{DOCUMENT, odd_settings, records_of};
use jobview::{
    BatchReader, ErrorKind, Framing, JobDocument, JobResponse, Options, Parser, STREAM_RECORD_BYTES,
};
use jobview_corpus::{ExtraMembers, Kind, Layout, Settings, Shape, generate};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};
use std::io::{self, Read, Write};
use std::num::{NonZeroU64, NonZeroUsize};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Documents that differ, some of them bad, in every framing, and each way in which the framing can be lost.
fn inputs() -> Vec<Vec<u8>> {
    let job = |id: &str| DOCUMENT.replace("\"job\"", &format!("\"{id}\""));
    let (a, b) = (job("a"), job("\\u00e9\u{e9}").replacen('{', "{\"more\":{},", 1));
    let pretty = a.replace(',', ",\n  ").replace('{', "{\n");
    let bad = a.replace("\"total_count\":10", "\"total_count\":\n \"x\"");
    let cut = &a[..200];
    let texts = [
        String::new(),
        "\u{feff}".to_owned(),
        " \r\n\n".to_owned(),
        format!("{a}\n{b}\r\n\r\n \t\r\n{{}}\noops\n{cut}\n{a}{b}\n{a}"),
        format!("\u{feff}\n{a}\r\n{{\"data\":\r\n{b}\n"),
        format!("{cut}\n{a}\n"),
        format!("[{a},\n{bad},1, 12 ,null,\"x\",[{{}}],{b}\n]\n "),
        format!("\u{feff} [ {a} , {b}"),
        format!("[{a},{b},oops, {{\"a\":\"{}\"}}]", "long ".repeat(40)),
        format!("[{a},{{\"a\":1]}},{b}]"),
        format!("[{a}] {b} {a}"),
        format!("[{a},,{b}]"),
        format!("[{a}{b}]"),
        "[".to_owned(),
        "[]".to_owned(),
        format!("{pretty}\n{bad}{b}12 true\"x\"[1]{a}"),
        format!("{pretty}{{\"data\":oops}}\n{a}\n{b}"),
        format!("{pretty}{a}}}{b}"),
        format!("{pretty}{a} tru{b}"),
        format!("\u{1e}{a}\n\u{1e}\u{1e}{cut}\u{1e}oops\n{b}\u{1e}{b}\n"),
        format!("{a}{b}{cut}"),
        "fals\"x\" t\"x\"".to_owned(),
        format!("[INFO] start\n  {a}\n{a},\n{b},\n{b}\n{a} x\n"),
        format!("{}\n  }},\n{pretty},\n{pretty}]{cut}{a}", &pretty[200..]),
        format!("[{a} {b},\u{1e}{a},oops,{a},]\n[{a}]\n"),
    ];
    texts.map(String::into_bytes).into()
}

/// What is asked for, with and without.
fn choices() -> Vec<Options> {
    let framings = [None, Some(Framing::Ndjson), Some(Framing::Array), Some(Framing::Concatenated)];
    let limits = [(1 << 20, 20), (DOCUMENT.len() - 1, 20), (150, 20), (3, 4), (0, 20)];
    let choices = framings.into_iter().flat_map(|framing| {
        limits.map(|(bytes, depth)| {
            let options = Options::new().max_record_bytes(bytes).max_depth(depth);
            framing.map_or(options, |framing| options.framing(framing))
        })
    });
    choices.collect()
}

/// By each way that needs no input or output, in pieces.
fn assert_alike(expected: &Joined, pieces: &[&[u8]], options: Options) {
    let input = pieces.concat();
    let how = (options, pieces.iter().map(|piece| piece.len()).collect::<Vec<_>>());
    let steps = pieces.iter().map(|piece| Ok(piece.len())).collect();
    let (found, ..) = read::<JobResponse>(Script { input: &input, steps }, options);
    expected.assert_same(&found, &input, &how);
    expected.assert_same(&push::<JobResponse>(pieces.iter().copied(), options), &input, &how);
    #[cfg(feature = "bytes")]
    expected.assert_same(&crate::stream::owned::<JobResponse>(pieces, options), &input, &how);
}

#[test]
fn one_byte_at_a_time_gives_the_records_of_the_slice() {
    for input in inputs() {
        for options in choices() {
            let (expected, _) = of_slice::<JobResponse>(&input, options);
            for batch_bytes in [0, 1 << 20] {
                let pieces: Vec<&[u8]> = input.chunks(1).collect();
                assert_alike(&expected, &pieces, options.batch_bytes(batch_bytes));
            }
        }
    }
}

#[test]
fn every_split_point_gives_the_records_of_the_slice() {
    split_everywhere(1 << 20);
}

#[test]
fn every_split_point_gives_the_records_that_are_too_large() {
    split_everywhere(150);
}

fn split_everywhere(limit: usize) {
    for input in inputs() {
        let options = Options::new().max_record_bytes(limit).batch_bytes(300).learning(false);
        let (expected, _) = of_slice::<JobResponse>(&input, options);
        for at in 0..input.len() {
            let (first, second) = input.split_at(at);
            assert_alike(&expected, &[first, second], options);
        }
    }
}

#[test]
fn an_error_at_every_offset_costs_no_record() {
    for input in inputs() {
        let options = Options::new().batch_bytes(400).max_record_bytes(1000);
        let (expected, _) = of_slice::<JobResponse>(&input, options);
        for at in 0..=input.len() {
            let other = Err([io::ErrorKind::WouldBlock, io::ErrorKind::Other][at % 2]);
            let interrupted = Err(io::ErrorKind::Interrupted);
            let before = (at > 0).then_some(Ok(at));
            let then = [other, interrupted, other, Ok(1), interrupted];
            let steps = before.into_iter().chain(then).collect();
            let (found, _, errors) = read::<JobResponse>(Script { input: &input, steps }, options);
            expected.assert_same(&found, &input, at);
            assert_eq!(errors, 2, "those that are no interruption, error at {at}");
        }
    }
}

/// Each was one record to the slice and another to a stream, or ended one of them too early.
#[test]
fn what_follows_a_part_of_a_stream_does_not_change_what_is_in_it() {
    let small = concat!(
        r#"{"data":{"type":"profile-bulk-import-job","id":"a","attributes":{"status":"queued","#,
        r#""created_at":"","total_count":1},"links":{"self":""}}}"#,
    );
    let cut = &small[..60];
    let blanks = " ".repeat(64);
    for (input, limit) in [
        (format!("{cut}{small},\noops{small}\n{cut}"), 1 << 20),
        (format!("}}}}}},{small}]\"\u{e9}\\\"\",{{id\":{{\"list\n"), 1 << 20),
        (format!(" \"create:\"\",\n  \"to,{small}\n}}{cut}tru"), 1 << 20),
        ("\\\u{1e}[ [\n:".to_owned(), 3),
        (format!("{{\"a\":[{small}\n,{cut}\"\"\"\"}}\"\"}}}}"), small.len() + 30),
        (format!("[{blanks}\n["), 3),
        ("{ \r\n\u{ff}".to_owned(), 3),
        ("[[\r\n\\".to_owned(), 3),
    ] {
        let options = Options::new().max_record_bytes(limit);
        let (expected, _) = of_slice::<JobResponse>(input.as_bytes(), options);
        for size in [1, 7, 200] {
            let pieces: Vec<_> = input.as_bytes().chunks(size).collect();
            for batch_bytes in [1, 50, 1 << 20] {
                assert_alike(&expected, &pieces, options.batch_bytes(batch_bytes));
            }
        }
    }
}

#[test]
fn the_parser_sees_each_record_once() {
    for layout in [Layout::Compact, Layout::Pretty, Layout::Shuffled] {
        let plain = Settings::new(6, Shape::Poll, layout);
        let records = records_of(Settings { unknown_members: ExtraMembers::Assorted, ..plain }, 60);
        let lines = records.join(&b'\n');
        let array = [b"[".to_vec(), records.join(&b','), b"]".to_vec()].concat();
        for input in [lines, array] {
            let options = Options::new().batch_bytes(3000);
            let (_, expected) = of_slice::<JobResponse>(&input, options);
            let steps = (0..input.len()).map(|step| Ok(step % 1000)).collect();
            let (_, drift, _) = read::<JobResponse>(Script { input: &input, steps }, options);
            assert_eq!(drift, expected);
            assert!(!drift.unknown_members().is_empty());
        }
    }
}

proptest! {
    #![proptest_config(Config {
        cases: 2000, rng_seed: RngSeed::Fixed(9), failure_persistence: None, ..Config::default()
    })]

    #[test]
    fn any_records_and_splits_give_the_records_of_the_slice(
        records in vec(select(pieces()), 0..12),
        splits in vec(1..600_usize, 0..12),
        options in select(choices()),
        batch_bytes in select(vec![1, 100, 700, 1 << 20]),
    ) {
        let input = records.concat();
        let mut rest = &input[..];
        let mut pieces = vec![];
        for split in splits {
            pieces.push(rest.split_off(..split.min(rest.len())).unwrap());
        }
        pieces.push(rest);
        let (expected, _) = of_slice::<JobResponse>(&input, options);
        assert_alike(&expected, &pieces, options.batch_bytes(batch_bytes));
    }
}

/// What streams may be made of.
fn pieces() -> Vec<Vec<u8>> {
    let small = concat!(
        r#"{"data":{"type":"profile-bulk-import-job","id":"a","attributes":{"status":"queued","#,
        r#""created_at":"","total_count":1},"links":{"self":""}}}"#,
    );
    let small = small.as_bytes();
    let mut pieces = vec![small.to_vec(), small.to_vec(), DOCUMENT.as_bytes().to_vec()];
    pieces.push(small.iter().copied().filter(|byte| *byte != b'}').collect());
    let others = [
        "{}",
        "oops",
        "tru",
        "12",
        "\"",
        "\"\u{e9}\\\"\"",
        "{\"a\":[",
        "\n",
        "\n",
        "\r\n",
        ",",
        ",",
        "[",
        "]",
        "\u{1e}",
        " ",
        "\u{feff}",
        "}",
        "\\",
        "\n ",
        "{\n",
        " \u{1e}",
    ];
    pieces.extend(others.map(|text| text.as_bytes().to_vec()));
    pieces.push(vec![0xff]);
    pieces
}

#[test]
fn what_cannot_be_held_comes_in_pieces() {
    let long = "x".repeat(50_000);
    let array = format!("[{{\"a\":\"{long}\"}},{DOCUMENT},oops,{long}]");
    let lines = format!("{long}\r\n{DOCUMENT}\n{long}");
    for (input, pieces_of) in [(array, vec![3, 3]), (lines, vec![3, 3])] {
        let options = Options::new().batch_bytes(100).max_record_bytes(DOCUMENT.len());
        let mut reader = options.parser::<JobResponse>().into_reader(input.as_bytes());
        let (mut joined, mut pieces) = (Joined::default(), vec![1]);
        while let Some(batch) = reader.next_batch().unwrap() {
            for rejected in batch.rejected() {
                assert!(rejected.raw.len() <= DOCUMENT.len() + (16 << 10), "it was held");
                *pieces.last_mut().unwrap() += usize::from(rejected.more);
                if !rejected.more {
                    pieces.push(1);
                }
            }
            joined.add(batch);
        }
        assert!(pieces.iter().zip(&pieces_of).all(|(pieces, least)| pieces >= least), "{pieces:?}");
        of_slice::<JobResponse>(input.as_bytes(), options).0.assert_same(
            &joined,
            input.as_bytes(),
            (),
        );
    }
}

#[test]
fn a_record_in_pieces_counts_once_for_those_behind_it() {
    let document = DOCUMENT.replacen('{', "{\"more\":0,", 1);
    let input = format!("{DOCUMENT}\n{}\n{document}\n", "x".repeat(50_000));
    let options = Options::new().batch_bytes(100).max_record_bytes(document.len());
    let mut reader = options.parser::<JobResponse>().into_reader(input.as_bytes());
    let mut pieces = 0;
    while let Some(batch) = reader.next_batch().unwrap() {
        pieces += batch.rejected().len();
    }
    assert!(pieces > 2);
    assert_eq!(reader.parser().drift().unknown_members()[0].first_document(), 2);
}

#[test]
fn a_position_within_a_record_in_pieces_is_that_before_it() {
    let input = format!("{DOCUMENT}\n{}\n{DOCUMENT}\n", "x".repeat(100_000));
    let options = Options::new().batch_bytes(100).max_record_bytes(DOCUMENT.len());
    let parser = || options.parser::<JobResponse>();
    let mut reader = parser().into_reader(input.as_bytes());
    reader.next_batch().unwrap();
    for _ in 0..3 {
        assert!(reader.next_batch().unwrap().unwrap().rejected()[0].more);
        assert_eq!(reader.offset(), DOCUMENT.len() as u64 + 1);
    }
    let rest = &input.as_bytes()[DOCUMENT.len() + 1..];
    let position = reader.position();
    let mut again = parser().into_reader(rest);
    again.resume(position);
    let batch = again.next_batch().unwrap().unwrap();
    assert_eq!((batch.rejected()[0].error.record(), batch.rejected()[0].error.line()), (1, 2));
    assert_eq!(reader.position().line(), 2);

    // Nor is it anywhere else while more of the record is waited for.
    let mut feed = parser().into_feed();
    let mut pieces = 0;
    let mut rest = &input.as_bytes()[..DOCUMENT.len() + 40_000];
    while !rest.is_empty() {
        rest = &rest[feed.push(&rest[..rest.len().min(50)])..];
        while let Some(batch) = feed.next_batch() {
            pieces += batch.rejected().len();
        }
        let is_first = pieces == 0 && feed.offset() < DOCUMENT.len() as u64;
        assert!(is_first || feed.offset() == DOCUMENT.len() as u64 + 1, "{}", feed.offset());
    }
    assert!(pieces > 1);
}

#[test]
fn a_reader_goes_on_where_another_stopped() {
    for input in inputs() {
        let options = Options::new().batch_bytes(300).max_record_bytes(1 << 20);
        let (expected, _) = of_slice::<JobResponse>(&input, options);
        let mut joined = Joined::default();
        let mut position = jobview::Position::START;
        loop {
            let offset = position.offset() as usize;
            let parser = options.parser::<JobResponse>();
            let mut reader = parser.into_reader(&input[offset..]);
            reader.resume(position);
            let Some(batch) = reader.next_batch().unwrap() else { break };
            joined.add(batch);
            // As after a crash, by what was written down.
            position = reader.position().to_string().parse().unwrap();
        }
        expected.assert_same(&joined, &input, "one batch from each reader");
    }
}

/// A file that grows or shrinks while it is read.
#[test]
fn a_file_that_is_truncated_while_it_is_read_ends_there() {
    let records = records_of(Settings::new(4, Shape::Poll, Layout::Compact), 40);
    let input = [records.join(&b'\n'), b"\n".to_vec()].concat();
    let path = format!("{}/truncated.ndjson", env!("CARGO_TARGET_TMPDIR"));
    for end in [5000, 5001, 20_000, input.len() - 1] {
        std::fs::write(&path, &input).unwrap();
        let options = Options::new().batch_bytes(4000).max_record_bytes(1 << 20);
        let file = std::fs::File::open(&path).unwrap();
        let mut reader = options.parser::<JobResponse>().into_reader(file);
        let mut joined = Joined::default();
        joined.add(reader.next_batch().unwrap().unwrap());
        std::fs::File::options().write(true).open(&path).unwrap().set_len(end as u64).unwrap();
        while let Some(batch) = reader.next_batch().unwrap() {
            joined.add(batch);
        }
        of_slice::<JobResponse>(&input[..end], options).0.assert_same(&joined, &input[..end], end);
    }
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn the_limit_of_the_arena_holds_for_each_record_however_many_come_at_once() {
    let mut records = records_of(Settings::new(1, Shape::Inline, Layout::Escaped), 60);
    let large = DOCUMENT.replace(
        "{\"type\":\"profile\",\"id\":\"p1\"}",
        &vec![r#"{"type":"profile","id":"x"}"#; 1000].join(","),
    );
    records.insert(30, large.into_bytes());
    for record in &mut records {
        record.splice(..1, *b"{\"more\":1,");
    }
    let input = records.join(&b'\n');
    let options = Options::new().max_arena_bytes(12_000).max_record_bytes(1 << 20);
    for batch_bytes in [1000, 10_000, 1 << 20] {
        let options = options.batch_bytes(batch_bytes);
        let mut reader = options.parser::<JobResponse>().into_reader(&input[..]);
        let (mut batches, mut accepted) = (0, 0);
        while let Some(batch) = reader.next_batch().unwrap() {
            batches += 1;
            accepted += batch.documents().len();
            for rejected in batch.rejected() {
                assert_eq!(rejected.error.kind(), ErrorKind::ArenaLimit);
                assert_eq!((rejected.error.record(), rejected.error.line()), (30, 31));
            }
        }
        assert_eq!((accepted, reader.position().record()), (60, 61));
        assert!(batches > 2);
        // One that is parsed once more in another arena is counted once.
        let drift = reader.parser().drift();
        assert_eq!(drift.unknown_members()[0].count(), 61);
        let mut workers =
            options.parser::<JobResponse>().into_workers(NonZeroUsize::new(3).unwrap());
        let counts = workers.map(&input, |batch| (batch.documents().len(), batch.rejected().len()));
        let sum = counts.iter().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
        assert_eq!(sum, (60, 1));
    }
}

#[test]
fn workers_find_the_records_of_the_slice_in_their_order() {
    let mut inputs = inputs();
    for layout in [Layout::Compact, Layout::Pretty, Layout::Shuffled] {
        let settings =
            Settings { bad_every: NonZeroU64::new(7), ..Settings::new(3, Shape::Poll, layout) };
        let [.., odd] = odd_settings(settings);
        inputs.extend([settings, odd].map(|settings| generate(settings, 300).0));
    }
    for input in inputs {
        for threads in [1, 2, 3, 4, 8, 16] {
            let options = Options::new().batch_bytes(1000).max_record_bytes(2000);
            let (expected, _) = of_slice::<JobResponse>(&input, options);
            let threads_of = NonZeroUsize::new(threads).unwrap();
            let mut workers = options.parser::<JobResponse>().into_workers(threads_of);
            let mut joined = Joined::default();
            workers
                .map(&input, |batch| Taken::from(batch))
                .into_iter()
                .for_each(|taken| joined.add(taken));
            expected.assert_same(&joined, &input, threads);
            let mut joined = Joined::default();
            let steps = (0..).map(|step| Ok(step % 777)).take(1000).collect();
            let reader = Script { input: &input, steps };
            workers
                .map_reader(
                    reader,
                    |batch| Taken::from(batch),
                    |taken| {
                        joined.add(taken);
                        Ok(())
                    },
                )
                .unwrap();
            expected.assert_same(&joined, &input, threads);
        }
    }
}

#[test]
fn workers_end_at_an_error_after_all_that_came_before_it() {
    let input = b"{}\n".repeat(10_000);
    let options = Options::new().batch_bytes(30);
    let mut workers = options.parser::<JobResponse>().into_workers(NonZeroUsize::new(4).unwrap());
    let mut seen = 0;
    let steps = (0..100).map(|_| Ok(30)).chain([Err(io::ErrorKind::BrokenPipe)]).collect();
    let reader = Script { input: &input, steps };
    let error = workers
        .map_reader(
            reader,
            |batch| batch.rejected().len(),
            |records| {
                seen += records;
                Ok(())
            },
        )
        .unwrap_err();
    assert_eq!((error.kind(), seen), (io::ErrorKind::BrokenPipe, 1000));

    let mut seen = 0;
    let error = workers.map_reader(
        &input[..],
        |batch| batch.rejected().len(),
        |records| {
            seen += records;
            if seen < 500 { Ok(()) } else { Err(io::ErrorKind::StorageFull.into()) }
        },
    );
    assert_eq!((error.unwrap_err().kind(), seen), (io::ErrorKind::StorageFull, 500));
}

#[test]
fn workers_pass_a_panic_on() {
    let input = b"{}\n".repeat(10_000);
    for threads in [1, 4] {
        let parser = Options::new().batch_bytes(30).parser::<JobResponse>();
        let mut workers = parser.into_workers(NonZeroUsize::new(threads).unwrap());
        let panic = catch_unwind(AssertUnwindSafe(|| {
            workers.map(&input, |batch| {
                assert_ne!(batch.rejected()[0].error.record(), 500, "the record that is too much");
            })
        }));
        let message = panic.unwrap_err().downcast::<String>().unwrap();
        assert!(message.contains("too much"), "{message}");
        assert_eq!(workers.map(b"{}\n", |batch| batch.rejected().len()), [1]);
    }
}

/// A stream of equal pieces that does not end for a long time.
struct Endless<'i> {
    piece: &'i [u8],
    at: usize,
    left: usize,
}

impl Read for Endless<'_> {
    fn read(&mut self, mut room: &mut [u8]) -> io::Result<usize> {
        let whole = room.len();
        while !room.is_empty() && self.left > 0 {
            let written = room.write(&self.piece[self.at..])?.min(self.left);
            self.at = (self.at + written) % self.piece.len();
            self.left -= written;
        }
        Ok(whole - room.len())
    }
}

#[test]
fn a_long_stream_takes_no_more_memory_than_a_short_one() {
    let (documents, _) = generate(Settings::new(2, Shape::Poll, Layout::Compact), 100);
    let array: Vec<u8> =
        documents.iter().map(|&byte| if byte == b'\n' { b',' } else { byte }).collect();
    let blank = b"\n".repeat(100);
    let mut feeds = [documents, array, blank].map(|piece| {
        let peak = |bytes: usize| {
            let framing =
                if piece[1..].contains(&b'\n') { Framing::Ndjson } else { Framing::Array };
            let parser = Options::new().framing(framing).parser::<JobResponse>();
            let opening = if framing == Framing::Array { &b"["[..] } else { b"" };
            let stream = Endless { piece: &piece, at: 0, left: bytes };
            let mut records = 0;
            let counted = allocation_counter::measure(|| {
                let mut reader = parser.into_reader(opening.chain(stream));
                while let Some(batch) = reader.next_batch().unwrap() {
                    records += batch.documents().len();
                }
            });
            (counted.bytes_max, records)
        };
        (peak(4 << 20), peak(16 << 20))
    });
    feeds[2].0.1 = 1;
    for ((short, some), (long, more)) in feeds {
        assert!(long <= short + (64 << 10), "{short} bytes, then {long}");
        assert!(long < 6 << 20, "{long} bytes");
        assert!(some > 0 && (more > 3 * some || more == 0));
    }
}

#[test]
fn streams_of_all_kinds_have_the_records_of_the_slice() {
    let of = |layout| Settings {
        kind: Kind::Mixed,
        items: 5,
        bad_every: NonZeroU64::new(7),
        ..Settings::new(4, Shape::Poll, layout)
    };
    let [.., odd] = odd_settings(of(Layout::Compact));
    for settings in Layout::ALL.into_iter().map(of).chain([odd]) {
        let (input, _) = generate(settings, 60);
        let mut inputs = vec![input];
        if settings.layout != Layout::Pretty {
            let good = generate(Settings { bad_every: None, ..settings }, 60).0;
            let elements: Vec<_> = good.trim_ascii_end().split(|&byte| byte == b'\n').collect();
            inputs.push([b"[", &*elements.join(&b','), b"]"].concat());
        }
        for (input, batch_bytes) in inputs.iter().flat_map(|input| [(input, 1), (input, 9000)]) {
            let options = Options::new().batch_bytes(batch_bytes);
            let (expected, _) = of_slice::<JobDocument>(input, options);
            assert_eq!(expected.records(), 60);
            for size in [97, 4096] {
                let steps = std::iter::repeat_n(Ok(size), input.len() / size).collect();
                let (found, ..) = read::<JobDocument>(Script { input, steps }, options);
                expected.assert_same(&found, input, "read");
                let pushed = push::<JobDocument>(input.chunks(size), options);
                expected.assert_same(&pushed, input, "pushed");
                #[cfg(feature = "bytes")]
                {
                    let pieces: Vec<_> = input.chunks(size).collect();
                    let owned = crate::stream::owned::<JobDocument>(&pieces, options);
                    expected.assert_same(&owned, input, "owned");
                }
            }
            let parser = options.parser::<JobDocument>();
            let mut joined = Joined::default();
            let threads = NonZeroUsize::new(3).unwrap();
            parser
                .into_workers(threads)
                .map(input, |batch| Taken::from(batch))
                .into_iter()
                .for_each(|batch| joined.add(batch));
            expected.assert_same(&joined, input, "workers");
        }
    }
}

#[test]
fn a_warm_reader_makes_no_heap_allocation() {
    for layout in Layout::ALL {
        let (documents, _) = generate(Settings::new(3, Shape::Inline, layout), 600);
        let mut reader = Options::new()
            .batch_bytes(64 << 10)
            .parser::<JobResponse>()
            .into_reader(&documents[..]);
        let pass = |reader: &mut BatchReader<&[u8]>| {
            let mut records = 0;
            while let Some(batch) = reader.next_batch().unwrap() {
                records += batch.documents().len();
            }
            assert_eq!(records, 600);
        };
        for _ in 0..4 {
            reader.replace(&documents);
            pass(&mut reader);
        }
        reader.replace(&documents);
        let counted = allocation_counter::measure(|| pass(&mut reader));
        assert_eq!(counted.count_total, 0, "{layout:?}");
    }
}

#[test]
fn a_stream_has_a_limit_of_its_own() {
    let mut feed = Parser::<JobResponse>::new().into_feed();
    let line = vec![b'x'; 1 << 20];
    let mut rejected = vec![];
    for _ in 0..=STREAM_RECORD_BYTES >> 20 {
        let mut rest = &line[..];
        while !rest.is_empty() {
            rest = &rest[feed.push(rest)..];
            while let Some(batch) = feed.next_batch() {
                rejected.extend(
                    batch.rejected().iter().map(|it| (it.raw.len(), it.more, it.error.kind())),
                );
            }
        }
    }
    let piece = (STREAM_RECORD_BYTES + (16 << 10), true, ErrorKind::RecordSizeLimit);
    assert_eq!(rejected, [piece]);
}

#[test]
fn a_reader_goes_on_behind_any_record_of_a_slice() {
    for input in inputs() {
        let options = Options::new().batch_bytes(300).max_record_bytes(1 << 20);
        let arena = jobview::Arena::new();
        let mut parser = options.parser::<JobResponse>();
        let expected: Vec<_> = parser
            .records(&input, &arena)
            .with_places()
            .map(|(place, record)| (place, record.map_err(|rejected| rejected.error).err()))
            .collect();
        let mut records = parser.records(&input, &arena);
        for done in 0.. {
            // Written down after each record, and not only where a batch ends.
            let position: jobview::Position = records.position().to_string().parse().unwrap();
            assert_eq!(position.record(), done as u64);
            let rest = io::Cursor::new(&input);
            let mut reader = options.parser::<JobResponse>().into_reader(rest);
            reader.seek(position).unwrap();
            let mut found = done;
            while let Some(batch) = reader.next_batch().unwrap() {
                for (place, record) in &batch {
                    let (expected, error) = &expected[found];
                    let is_piece = record.is_err_and(|rejected| rejected.more);
                    let at = (place.record, place.line, place.offset);
                    assert_eq!(at, (expected.record, expected.line, expected.offset), "{done}");
                    assert_eq!(record.err().map(|rejected| &rejected.error), error.as_ref());
                    found += usize::from(!is_piece);
                }
            }
            assert_eq!(found, expected.len(), "from {position} of {}", input.escape_ascii());
            if records.next().is_none() {
                break;
            }
        }
    }
}
