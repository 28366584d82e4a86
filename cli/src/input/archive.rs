//! What an input holds: its bytes as they are, or what is in it as a gzip or Zstandard archive.
//!
//! Archives are told by their first bytes, with which no JSON begins, not by the names of files; all their
//! members are unpacked. Must not unpack more than it is asked for, so that a small file cannot fill the memory.

use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Error, ErrorKind, Read};
use zstd::stream::read::Decoder as ZstdDecoder;

/// How much of an archive is read at a time.
const PIECE: usize = 1 << 16;

/// How much is unpacked at a time: a decoder that meets an error keeps to itself what it has unpacked before.
const MOST_UNPACKED: usize = 1 << 16;

/// So much may be in any archive: a decoder is often ahead of what it has read by a few blocks.
const ALWAYS_ALLOWED: u64 = 1 << 20;

/// The contents of `R`.
pub(super) struct Contents<R: Read> {
    decoder: Decoder<Counted<R>>,
    unpacked: u64,
    max_expansion: u64,
}

enum Decoder<R: BufRead> {
    None(R),
    Gzip(Box<MultiGzDecoder<R>>),
    Zstd(ZstdDecoder<'static, R>),
}

impl<R: Read> Contents<R> {
    /// Tells from its first bytes what `source` is. An archive may hold `max_expansion` times as many bytes as
    /// it has itself.
    pub(super) fn new(mut source: R, max_expansion: u64) -> io::Result<Self> {
        let mut first = Vec::new();
        // What is no archive may have come as a whole already: no more is waited for than it takes to tell.
        while may_be_archive(&first) && source.by_ref().take(1).read_to_end(&mut first)? > 0 {}
        let is_gzip = matches!(first[..], [0x1f, 0x8b, ..]);
        // A frame, or one to be passed over: RFC 8878 section 3.1.
        let is_zstd =
            matches!(first[..], [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18]);
        let source = Cursor::new(first).chain(BufReader::with_capacity(PIECE, source));
        let source = Counted { source, count: 0 };
        let decoder = match (is_gzip, is_zstd) {
            (true, _) => Decoder::Gzip(Box::new(MultiGzDecoder::new(source))),
            (_, true) => Decoder::Zstd(ZstdDecoder::with_buffer(source)?),
            _ => Decoder::None(source),
        };
        Ok(Self { decoder, unpacked: 0, max_expansion })
    }

    /// How many bytes of the source have been worked through.
    pub(super) fn consumed(&self) -> u64 {
        match &self.decoder {
            Decoder::None(source) => source.count,
            Decoder::Gzip(decoder) => decoder.get_ref().count,
            Decoder::Zstd(decoder) => decoder.get_ref().count,
        }
    }

    /// Reads what is in an archive of this format.
    fn unpack(&mut self, format: &str, buffer: &mut [u8]) -> io::Result<usize> {
        let piece = buffer.len().min(MOST_UNPACKED);
        let read = match &mut self.decoder {
            Decoder::None(source) => source.read(&mut buffer[..piece]),
            Decoder::Gzip(decoder) => decoder.read(&mut buffer[..piece]),
            Decoder::Zstd(decoder) => decoder.read(&mut buffer[..piece]),
        };
        let at = self.consumed();
        let read = read.map_err(|error| match error.kind() {
            ErrorKind::Interrupted | ErrorKind::WouldBlock => error,
            kind @ ErrorKind::UnexpectedEof => {
                Error::new(kind, format!("the {format} archive ends too early, after byte {at}"))
            }
            kind => Error::new(kind, format!("{error}, at byte {at} of the {format} archive")),
        })?;
        self.unpacked += read as u64;
        let limit = self.max_expansion;
        match self.unpacked > limit.saturating_mul(at).max(ALWAYS_ALLOWED) {
            true => Err(Error::other(format!(
                "expands to more than {limit} times its size, the limit of --max-expansion, \
                 at byte {at} of the {format} archive"
            ))),
            false => Ok(read),
        }
    }
}

/// Whether what begins with these few bytes may be told to be an archive by more of them.
fn may_be_archive(first: &[u8]) -> bool {
    match first {
        [] | [0x1f] => true,
        [0x28, rest @ ..] => rest.len() < 3 && [0xb5, 0x2f, 0xfd].starts_with(rest),
        [0x50..=0x5f, rest @ ..] => rest.len() < 3 && [0x2a, 0x4d, 0x18].starts_with(rest),
        _ => false,
    }
}

impl<R: Read> Read for Contents<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.decoder {
            Decoder::None(source) => source.read(buffer),
            Decoder::Gzip(_) => self.unpack("gzip", buffer),
            Decoder::Zstd(_) => self.unpack("zstd", buffer),
        }
    }
}

/// Counts the bytes that are taken.
struct Counted<R: Read> {
    source: Chain<Cursor<Vec<u8>>, BufReader<R>>,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.count += read as u64;
        Ok(read)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.source.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.source.consume(amount);
        self.count += amount as u64;
    }
}

#[cfg(test)]
#[path = "../../tests/command/pack.rs"]
mod pack;

#[cfg(test)]
mod tests {
    use super::pack::{gzip, zstd};
    use super::*;

    /// What can be read, and the error after it.
    fn unpack(source: impl Read, max_expansion: u64) -> (Vec<u8>, Option<String>) {
        let mut unpacked = Vec::new();
        let error = Contents::new(source, max_expansion)
            .and_then(|mut contents| contents.read_to_end(&mut unpacked))
            .err();
        (unpacked, error.map(|error| error.to_string()))
    }

    /// A reader that gives one byte at a time.
    struct Trickle<'a>(&'a [u8]);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = buffer.len().min(1);
            self.0.read(&mut buffer[..length])
        }
    }

    const TEXT: &[u8] = b"{\"a\":[1,2,3]}\n{\"a\":[4,5,6]}\n";

    #[test]
    fn archives_of_many_members_are_told_by_their_first_bytes() {
        let twice = TEXT.repeat(2);
        let passed_over = [b"\x5a\x2a\x4d\x18\x02\0\0\0ab".to_vec(), zstd(TEXT)].concat();
        for (archive, contents) in [
            (TEXT.to_vec(), TEXT),
            (gzip(TEXT), TEXT),
            (zstd(TEXT), TEXT),
            ([gzip(TEXT), gzip(b""), gzip(TEXT)].concat(), &twice),
            ([zstd(TEXT), zstd(b""), zstd(TEXT)].concat(), &twice),
            (passed_over, TEXT),
            (gzip(b""), b""),
            (zstd(b""), b""),
            (b"".to_vec(), b""),
            (b"\x1f".to_vec(), b"\x1f"),
            (b"\x28\xb5\x2f".to_vec(), b"\x28\xb5\x2f"),
        ] {
            assert_eq!(unpack(&archive[..], 1000), (contents.to_vec(), None), "{archive:x?}");
            assert_eq!(unpack(Trickle(&archive), 1000), (contents.to_vec(), None), "{archive:x?}");
        }
    }

    #[test]
    fn an_archive_cut_anywhere_gives_what_is_before_the_cut_and_an_error() {
        for (format, shortest, archive) in [
            ("gzip", 2, [gzip(TEXT), gzip(TEXT)].concat()),
            ("zstd", 4, [zstd(TEXT), zstd(TEXT)].concat()),
        ] {
            let whole = TEXT.repeat(2);
            for length in shortest..archive.len() {
                let (unpacked, error) = unpack(&archive[..length], 1000);
                assert!(whole.starts_with(&unpacked), "{format} {length}");
                let expected = format!("the {format} archive ends too early, after byte {length}");
                match length == archive.len() / 2 {
                    true => assert_eq!((&unpacked[..], error), (TEXT, None)),
                    false => assert_eq!(error, Some(expected)),
                }
            }
        }
    }

    #[test]
    fn what_is_no_archive_after_one_is_an_error() {
        for (format, member) in [("gzip", gzip(TEXT)), ("zstd", zstd(TEXT))] {
            let archive = [&member, TEXT].concat();
            let (unpacked, error) = unpack(&archive[..], 1000);
            assert_eq!(unpacked, TEXT);
            let error = error.unwrap();
            assert!(error.contains(&format!("of the {format} archive")), "{error}");
        }
    }

    #[test]
    fn a_flipped_bit_of_the_checksum_is_an_error_after_the_contents() {
        for (format, mut archive, from_end) in [("gzip", gzip(TEXT), 8), ("zstd", zstd(TEXT), 1)] {
            let at = archive.len() - from_end;
            archive[at] ^= 1;
            let (unpacked, error) = unpack(&archive[..], 1000);
            assert!(format == "zstd" || unpacked == TEXT);
            let error = error.unwrap();
            assert!(error.contains("checksum"), "{error}");
            assert!(error.contains(&format!("of the {format} archive")), "{error}");
        }
    }

    #[test]
    fn an_archive_must_not_expand_without_measure() {
        let blank = vec![b' '; 4 << 20];
        for (format, archive) in [("gzip", gzip(&blank)), ("zstd", zstd(&blank))] {
            let (unpacked, error) = unpack(&archive[..], 100);
            let error = error.unwrap();
            assert!(error.starts_with("expands to more than 100 times its size"), "{error}");
            assert!(error.contains("--max-expansion"), "{error}");
            assert!(error.ends_with(&format!("of the {format} archive")), "{error}");
            let allowed = (100 * archive.len()).max(ALWAYS_ALLOWED as usize);
            assert!(unpacked.len() <= allowed, "{format} {}", unpacked.len());
            assert_eq!(unpack(&archive[..], 1 << 20), (blank.clone(), None));
        }
    }

    #[test]
    fn what_is_consumed_are_the_bytes_of_the_archive() {
        for archive in [TEXT.to_vec(), gzip(TEXT), zstd(TEXT)] {
            let mut contents = Contents::new(&archive[..], 1000).unwrap();
            contents.read_to_end(&mut Vec::new()).unwrap();
            assert_eq!(contents.consumed(), archive.len() as u64);
        }
    }
}
