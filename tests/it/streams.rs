//! Streams: however the bytes come, the records are those of the slice.

use crate::DOCUMENT;
use crate::stream::{Joined, of_slice};
use jobview::{BatchFeed, BatchReader, Framing, Options, Parser};
use std::collections::VecDeque;
use std::io::{self, Read};

/// A reader that does what it is told: each step is a number of bytes, or an error.
struct Script<'i> {
    input: &'i [u8],
    steps: VecDeque<Result<usize, io::ErrorKind>>,
}

impl Read for Script<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        assert!(!room.is_empty(), "a read of nothing looks like the end");
        let most = match self.steps.pop_front() {
            Some(Err(kind)) => return Err(kind.into()),
            Some(Ok(bytes)) => bytes.min(room.len()),
            None => room.len(),
        };
        self.input.read(&mut room[..most])
    }
}

/// Reads to the end, and tries again after each error. Returns how many errors there were.
fn read(reader: impl Read, options: Options) -> (Joined, usize) {
    let mut reader = BatchReader::with_parser(reader, Parser::with_options(options));
    let (mut joined, mut errors) = (Joined::default(), 0);
    loop {
        match reader.next_batch() {
            Ok(Some(batch)) => joined.add(&batch),
            Ok(None) => break,
            Err(_) => errors += 1,
        }
    }
    assert!(reader.next_batch().unwrap().is_none());
    assert_eq!(reader.position().record(), joined.records());
    (joined, errors)
}

fn push<'i>(pieces: impl IntoIterator<Item = &'i [u8]>, options: Options) -> Joined {
    let mut feed = BatchFeed::new(Parser::with_options(options));
    let mut joined = Joined::default();
    for mut piece in pieces {
        while !piece.is_empty() {
            piece = &piece[feed.push(piece)..];
            while let Some(batch) = feed.next_batch() {
                joined.add(&batch);
            }
        }
    }
    feed.finish();
    while let Some(batch) = feed.next_batch() {
        joined.add(&batch);
    }
    joined
}

/// Documents that differ, some of them bad, in every framing, and each way in which the framing can be lost.
fn inputs() -> Vec<Vec<u8>> {
    let job = |id: &str| DOCUMENT.replace("\"job\"", &format!("\"{id}\""));
    let (a, b) = (job("a"), job("\\u00e9\u{e9}"));
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
    ];
    texts.map(String::into_bytes).into()
}

/// What is asked for, with and without.
fn choices() -> Vec<Options> {
    let mut choices = vec![];
    for framing in [None, Some(Framing::Ndjson), Some(Framing::Array), Some(Framing::Concatenated)]
    {
        for learning in [true, false] {
            for limit in [1 << 20, DOCUMENT.len() - 1, 150, 3, 0] {
                let options = Options::new().learning(learning).max_record_bytes(limit);
                let options = if learning { options } else { options.max_depth(4) };
                choices.push(framing.map_or(options, |framing| options.framing(framing)));
            }
        }
    }
    choices
}

#[test]
fn one_byte_at_a_time_gives_the_records_of_the_slice() {
    for input in inputs() {
        for options in choices() {
            let expected = of_slice(&input, options);
            for batch_bytes in [0, 200, 1 << 20] {
                let options = options.batch_bytes(batch_bytes);
                let steps = vec![Ok(1); input.len()].into();
                let (found, _) = read(Script { input: &input, steps }, options);
                expected.assert_same(&found, &input, options);
                expected.assert_same(&push(input.chunks(1), options), &input, options);
            }
        }
    }
}
