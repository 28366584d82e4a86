//! Streams that stay open: complete records are handed out before any more bytes are asked for.
//!
//! A reader here panics when it is read from though nothing more has come, as one that waits for ever would wait.

use crate::{DOCUMENT, records_of};
use jobview::{Framing, JobResponse, Options, Parser};
use jobview_corpus::{Layout, Settings, Shape};
use std::collections::VecDeque;
use std::io::{self, Read, Write as _};
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// Gives one piece a read, and has nothing more to say then.
struct Pieces<'i>(VecDeque<&'i [u8]>);

impl Read for Pieces<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let mut piece = self.0.pop_front().expect("it is not asked for more than has come");
        let read = piece.read(room)?;
        if !piece.is_empty() {
            self.0.push_front(piece);
        }
        Ok(read)
    }
}

/// Gives the pieces that come through a channel, and waits for them.
struct Channel(Receiver<Vec<u8>>);

impl Read for Channel {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let Ok(piece) = self.0.recv() else { return Ok(0) };
        room[..piece.len()].copy_from_slice(&piece);
        Ok(piece.len())
    }
}

#[test]
fn a_reader_hands_out_what_is_complete_before_it_reads_on() {
    let cut = DOCUMENT.len() / 2;
    for (framing, open, separator) in [
        (Framing::Ndjson, "", "\n"),
        (Framing::Concatenated, "", "\n\u{1e}"),
        (Framing::Array, "[", ",\n"),
    ] {
        let record = format!("{DOCUMENT}{separator}");
        let pieces = [
            format!("{open}{record}"),
            record.repeat(2),
            // What ends with it has been waited for, what begins with it has not.
            record[..cut].to_owned(),
            format!("{}{}", &record[cut..], &record[..cut]),
            record[cut..].to_owned(),
        ];
        let pieces = pieces.iter().map(String::as_bytes).collect();
        let parser = Options::new().framing(framing).parser::<JobResponse>();
        let mut reader = parser.into_reader(Pieces(pieces));
        for (complete, waits) in [(1, 4), (2, 3), (1, 1), (1, 0)] {
            let documents = reader.next_batch().unwrap().unwrap().documents().len();
            assert_eq!((documents, reader.get_ref().0.len()), (complete, waits), "{framing:?}");
        }
    }
}

#[test]
fn a_byte_at_a_time_makes_a_batch_for_each_record_and_no_more() {
    let records = records_of(Settings::new(2, Shape::Poll, Layout::Compact), 30);
    let input = [records.join(&b'\n'), b"\n".to_vec()].concat();
    let mut reader = Parser::<JobResponse>::new().into_reader(Pieces(input.chunks(1).collect()));
    for n in 1..=records.len() {
        assert_eq!(reader.next_batch().unwrap().unwrap().documents().len(), 1);
        assert_eq!(reader.offset(), records[..n].iter().map(|r| r.len() as u64 + 1).sum::<u64>());
    }
    let mut feed = Parser::<JobResponse>::new().into_feed();
    let mut batches = 0;
    for byte in input.chunks(1) {
        assert_eq!(feed.push(byte), 1);
        batches += usize::from(feed.next_batch().is_some());
    }
    assert_eq!(batches, records.len());
}

#[test]
fn workers_hand_out_what_is_complete_while_the_stream_stays_open() {
    for threads in [1, 2, 4] {
        let (sender, pieces) = mpsc::channel();
        let (done, seen) = mpsc::channel();
        let worker = std::thread::spawn(move || {
            let mut workers =
                Parser::<JobResponse>::new().into_workers(NonZeroUsize::new(threads).unwrap());
            let reader = Channel(pieces);
            let count = |batch: jobview::Batch<'_>| batch.documents().len();
            workers.map_reader(reader, count, |documents| {
                done.send(documents).map_err(io::Error::other)
            })
        });
        for _ in 0..20 {
            sender.send(format!("{DOCUMENT}\n{DOCUMENT}\n").into_bytes()).unwrap();
            // Longer than anything takes that does not wait for more.
            assert_eq!(seen.recv_timeout(Duration::from_secs(60)), Ok(2), "{threads}");
        }
        drop(sender);
        worker.join().unwrap().unwrap();
    }
}

#[test]
fn a_socket_that_would_block_loses_nothing() {
    let (mut writer, socket) = std::os::unix::net::UnixStream::pair().unwrap();
    socket.set_nonblocking(true).unwrap();
    let mut reader = Parser::<JobResponse>::new().into_reader(socket);
    let would_block = |result: io::Result<Option<jobview::Batch<'_>>>| {
        assert_eq!(result.unwrap_err().kind(), io::ErrorKind::WouldBlock);
    };
    let record = format!("{DOCUMENT}\n");
    for (piece, complete) in [(&record[..40], 0), (&record[40..], 1), (&record, 1)] {
        would_block(reader.next_batch());
        writer.write_all(piece.as_bytes()).unwrap();
        if complete > 0 {
            assert_eq!(reader.next_batch().unwrap().unwrap().documents().len(), complete);
        }
    }
    drop(writer);
    assert!(reader.next_batch().unwrap().is_none());
}

#[cfg(feature = "tokio")]
#[test]
fn a_decoder_hands_out_what_is_complete_while_the_stream_stays_open() {
    use futures_util::StreamExt as _;
    use tokio::io::AsyncWriteExt as _;

    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let (mut writer, reader) = tokio::io::duplex(1 << 16);
        let mut parser = Parser::<JobResponse>::new();
        let mut batches = tokio_util::codec::FramedRead::new(reader, parser.decoder());
        for _ in 0..3 {
            writer.write_all(format!("{DOCUMENT}\n{DOCUMENT}\n").as_bytes()).await.unwrap();
            let batch = batches.next().await.unwrap().unwrap();
            assert_eq!(batch.parse(&mut parser, &jobview::Arena::new()).documents().len(), 2);
        }
    });
}
