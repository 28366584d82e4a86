//! What comes of a stream, batch by batch, put together so that it can be compared with what comes of the slice.
//!
//! Also part of a fuzz target.

use jobview::{Batch, Bump, Error, Options, Parser, owned};
use std::fmt::Debug;

/// Records in their order, each with all that is known of it.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Joined {
    records: Vec<Result<owned::JobResponse, Bad>>,
    /// Whether the last one has not come to its end.
    is_open: bool,
}

/// A rejected record, put together from its pieces.
#[derive(Debug, PartialEq)]
struct Bad {
    raw: Vec<u8>,
    error: Error,
    remainder: bool,
}

/// The records of a whole slice.
pub(crate) fn of_slice(input: &[u8], options: Options) -> Joined {
    let arena = Bump::new();
    let mut parser = Parser::with_options(options);
    let records = parser.records(input, &arena).map(|record| match record {
        Ok(response) => Ok(response.into_owned()),
        Err(rejected) => {
            assert!(!rejected.more);
            let (raw, remainder) = (rejected.raw.to_vec(), rejected.remainder);
            Err(Bad { raw, error: rejected.error, remainder })
        }
    });
    Joined { records: records.collect(), is_open: false }
}

impl Joined {
    /// How many records there are.
    pub(crate) fn records(&self) -> u64 {
        self.records.len() as u64
    }

    /// Adds the records of a batch, in the order that their numbers tell.
    pub(crate) fn add(&mut self, batch: &Batch<'_>) {
        assert!(!batch.is_empty());
        let mut documents = batch.documents().iter();
        for rejected in batch.rejected() {
            let piece = rejected.raw.to_vec();
            if self.is_open {
                let Some(Err(bad)) = self.records.last_mut() else { panic!("it was rejected") };
                assert_eq!(bad.error, rejected.error);
                bad.raw.extend(piece);
                bad.remainder = rejected.remainder;
            } else {
                let before = rejected.error.record() - self.records();
                let documents = documents.by_ref().take(before as usize);
                self.records.extend(documents.map(|response| Ok(response.into_owned())));
                assert_eq!(self.records(), rejected.error.record());
                let error = rejected.error.clone();
                self.records.push(Err(Bad { raw: piece, error, remainder: rejected.remainder }));
            }
            self.is_open = rejected.more;
        }
        assert!(!self.is_open || documents.len() == 0, "the record goes on");
        self.records.extend(documents.map(|response| Ok(response.into_owned())));
    }

    /// Fails unless the same records came another way.
    pub(crate) fn assert_same(&self, other: &Self, input: &[u8], how: impl Debug) {
        let pairs = self.records.iter().zip(&other.records);
        for (number, (expected, found)) in pairs.enumerate() {
            let shown = String::from_utf8_lossy(input);
            assert_eq!(expected, found, "record {number} of {shown:?}, {how:?}");
        }
        let shown = String::from_utf8_lossy(input);
        assert_eq!(self.records(), other.records(), "{shown:?}, {how:?}");
        assert!(!other.is_open);
    }
}
