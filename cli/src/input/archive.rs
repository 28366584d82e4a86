//! The contents of an input: its bytes as they are, or decompressed.
//!
//! [`format`](super::format) recognises archives by their first bytes, not by file names. It also recognises inputs
//! that have no JSON, inside archives too; they are errors. All members of an archive are decompressed. This module
//! must not decompress more than it is asked for, so that a small file cannot fill the memory.

use super::format::{self, Archive, Format};
use super::live::Patience;
use crate::arguments::Limits;
use flate2::bufread::GzDecoder;
use indicatif::BinaryBytes;
use lzma_rust2::XzReader;
use std::io::{self, BufRead, BufReader, Cursor, Error, ErrorKind, Read};
use std::mem;
use std::sync::Arc;
use zstd::stream::read::Decoder as ZstdDecoder;
use zstd::zstd_safe::get_error_name;

/// How much of an archive is read at a time.
const PIECE: usize = 1 << 16;

/// How much is decompressed at a time. If a decoder meets an error, it withholds what it has decompressed in that call.
const MOST_UNPACKED: usize = 1 << 16;

/// How much any archive may expand to, because the output of a decoder is often a few blocks ahead of its input count.
const ALWAYS_ALLOWED: u64 = 1 << 20;

/// How much is read at first to recognise the format of an input.
const LEAST_LOOKED_AT: usize = 1 << 12;

/// zstd returns the negative of this code for a window that is too large.
const WINDOW_TOO_LARGE: usize = 16;

/// The contents of `R`.
pub(super) enum Contents<R: Read> {
    Plain(Counted<Looked<Waiting<R>>>),
    Archive(Looked<Unpacked<Looked<Waiting<R>>>>),
}

impl<R: Read> Contents<R> {
    /// Recognises the format of `source`. If it is live, `patience` says how long it waits for more.
    ///
    /// # Errors
    ///
    /// The format cannot have documents in it.
    pub(super) fn new(source: R, limits: Limits, patience: &Arc<Patience>) -> io::Result<Self> {
        let source = Looked::at(Waiting { source, patience: None, is_at_end: false }, patience);
        let archive = match source.format {
            Format::Text => return Ok(Self::Plain(Counted::new(source))),
            Format::Foreign(foreign) => {
                return Err(Error::other(format!("{}: {}", foreign.name, foreign.advice)));
            }
            Format::Archive(archive) => archive,
        };
        let mut source = source;
        source.source.patience = (!archive.can_pause()).then(|| Arc::clone(patience));
        let unpacked = Unpacked::new(archive, Counted::new(source), limits)?;
        let contents = Looked::at(unpacked, patience);
        let (name, advice) = match contents.format {
            Format::Text => return Ok(Self::Archive(contents)),
            Format::Foreign(foreign) => (foreign.name, foreign.advice),
            Format::Archive(inner) => (inner.name_with_article(), "unpack it first"),
        };
        Err(Error::other(format!("{name} within {}: {advice}", archive.name_with_article())))
    }

    /// How many bytes of the source have been consumed.
    pub(super) fn consumed(&self) -> u64 {
        match self {
            Self::Plain(source) => source.count,
            Self::Archive(contents) => contents.source.consumed(),
        }
    }

    /// Whether the contents are complete, even if an error follows them.
    pub(super) fn are_whole(&self) -> bool {
        matches!(self, Self::Archive(contents) if contents.source.is_whole)
    }
}

impl<R: Read> Read for Contents<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(source) => source.read(buffer),
            Self::Archive(contents) => contents.read(buffer),
        }
    }
}

/// A reader whose first bytes have been inspected, and are still to be read.
pub(super) struct Looked<R> {
    first: Cursor<Vec<u8>>,
    /// The end of the input or the error after the first bytes, if it came during the inspection.
    end: Option<io::Result<()>>,
    source: R,
    format: Format,
}

impl<R: Read> Looked<R> {
    fn at(mut source: R, patience: &Patience) -> Self {
        let (mut first, mut end, mut length) = (Vec::new(), None, 0);
        let mut due = 0;
        let format = loop {
            if length >= due || end.is_some() {
                if let Some(format) = format::recognise(&first[..length], end.is_some()) {
                    break format;
                }
                // If bytes arrive one by one, do not inspect all of them again each time.
                due = (length + length / 16).clamp(1, format::MOST);
            }
            if length == first.len() {
                first.resize((4 * length).clamp(LEAST_LOOKED_AT, format::MOST), 0);
            }
            match source.read(&mut first[length..]) {
                Ok(0) => end = Some(Ok(())),
                Ok(read) => {
                    if length == 0 {
                        patience.linger();
                    }
                    length += read;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock && !patience.is_over() => {
                    // Lines that have arrived are not held back until more bytes settle the format.
                    if format::is_text_so_far(&first[..length]) {
                        break Format::Text;
                    }
                    patience.wait();
                }
                Err(error) => end = Some(Err(error)),
            }
        };
        first.truncate(length);
        Self { first: Cursor::new(first), end, source, format }
    }
}

impl<R: Read> Read for Looked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.first.read(buffer)? {
            0 if !buffer.is_empty() => match self.end.take() {
                Some(end) => end.map(|()| 0),
                None => self.source.read(buffer),
            },
            read => Ok(read),
        }
    }
}

/// A reader that, given a patience, waits itself instead of returning [`ErrorKind::WouldBlock`].
pub(super) struct Waiting<R> {
    source: R,
    patience: Option<Arc<Patience>>,
    /// Whether the end has been reached. It is remembered, so that a read after a pause finds it again.
    is_at_end: bool,
}

impl<R: Read> Read for Waiting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_at_end {
            return Ok(0);
        }
        loop {
            match (self.source.read(buffer), &self.patience) {
                (Err(error), Some(patience))
                    if error.kind() == ErrorKind::WouldBlock && !patience.is_over() =>
                {
                    patience.wait();
                }
                (result, _) => {
                    self.is_at_end = matches!(result, Ok(0)) && !buffer.is_empty();
                    return result;
                }
            }
        }
    }
}

/// The decompressed contents of an archive.
pub(super) struct Unpacked<R: Read> {
    archive: Archive,
    place: Place<Counted<R>>,
    /// Whether all members have been read, and none follows.
    is_whole: bool,
    unpacked: u64,
    limits: Limits,
}

/// The place in an archive.
enum Place<R: BufRead> {
    Member(Decoder<R>),
    /// After a member; what follows is not known yet.
    Between(R),
    /// After the last member, at this byte.
    End(u64),
}

/// Decompresses one member.
enum Decoder<R: BufRead> {
    Gzip(Box<GzDecoder<R>>),
    Zstd(Box<ZstdDecoder<'static, R>>),
    Xz(Box<XzReader<R>>),
}

impl<R: BufRead> Decoder<R> {
    fn new(archive: Archive, source: R, max_window: u64) -> io::Result<Self> {
        Ok(match archive {
            Archive::Gzip => Self::Gzip(Box::new(GzDecoder::new(source))),
            Archive::Zstd => {
                let mut decoder = ZstdDecoder::with_buffer(source)?.single_frame();
                decoder.window_log_max(max_window.next_power_of_two().ilog2())?;
                Self::Zstd(Box::new(decoder))
            }
            Archive::Xz => {
                // A decoder needs a little memory besides the window.
                let most = u32::try_from(max_window / 1024 + 256).unwrap_or(u32::MAX);
                Self::Xz(Box::new(XzReader::new_mem_limit(source, false, most)))
            }
        })
    }

    fn source(&self) -> &R {
        match self {
            Self::Gzip(decoder) => decoder.get_ref(),
            Self::Zstd(decoder) => decoder.get_ref(),
            Self::Xz(decoder) => decoder.inner(),
        }
    }

    /// The source, positioned after the member, which must have been read to its end.
    fn finish(self) -> R {
        match self {
            Self::Gzip(decoder) => decoder.into_inner(),
            Self::Zstd(decoder) => decoder.finish(),
            Self::Xz(decoder) => decoder.into_inner(),
        }
    }
}

impl<R: BufRead> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(decoder) => decoder.read(buffer),
            Self::Zstd(decoder) => decoder.read(buffer),
            Self::Xz(decoder) => decoder.read(buffer),
        }
    }
}

impl<R: Read> Unpacked<R> {
    fn new(archive: Archive, source: Counted<R>, limits: Limits) -> io::Result<Self> {
        let place = Place::Member(Decoder::new(archive, source, limits.max_window)?);
        Ok(Self { archive, place, is_whole: false, unpacked: 0, limits })
    }

    fn consumed(&self) -> u64 {
        match &self.place {
            Place::Member(decoder) => decoder.source().count,
            Place::Between(source) => source.count,
            Place::End(end) => *end,
        }
    }

    /// Continues after a member: with the next one, or at the end. After an error of the source, it can be called
    /// again, and nothing is lost.
    fn go_on(&mut self) -> io::Result<()> {
        let Place::Between(source) = &mut self.place else { return Ok(()) };
        if self.archive.may_be_padded() {
            source.skip_zeros()?;
        }
        let next = source.peek(Archive::LONGEST_START)?;
        let (name, at) = (self.archive.name(), source.count);
        let Place::Between(source) = mem::replace(&mut self.place, Place::End(at)) else {
            return Ok(());
        };
        if Archive::of(&next) == Some(self.archive) {
            self.place = Place::Member(Decoder::new(self.archive, source, self.limits.max_window)?);
            return Ok(());
        }
        if !next.is_empty() && self.archive.may_begin_with(&next) {
            return Err(too_early(name, at + next.len() as u64));
        }
        self.is_whole = true;
        match next[..] {
            [] => Ok(()),
            _ => Err(Error::other(format!(
                "data that is not {name} follows the archive at byte {at}"
            ))),
        }
    }

    /// Adds to an error of the decoder what it means, and where it occurred.
    fn explain(&self, error: Error) -> Error {
        let (name, at) = (self.archive.name(), self.consumed());
        let is_window = error.kind() == ErrorKind::OutOfMemory
            || error.to_string() == get_error_name(WINDOW_TOO_LARGE.wrapping_neg());
        match error.kind() {
            ErrorKind::Interrupted | ErrorKind::WouldBlock => error,
            ErrorKind::UnexpectedEof => too_early(name, at),
            _ if is_window => Error::other(format!(
                "needs a window of more than {}, the limit of --max-window, which can be up to 2GiB; \
                 at byte {at} of the {name} archive",
                BinaryBytes(self.limits.max_window)
            )),
            kind => Error::new(kind, format!("{error}, at byte {at} of the {name} archive")),
        }
    }
}

fn too_early(name: &str, at: u64) -> Error {
    let message = format!("the {name} archive ends too early, after byte {at}");
    Error::new(ErrorKind::UnexpectedEof, message)
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let piece = buffer.len().min(MOST_UNPACKED);
        let read = loop {
            match &mut self.place {
                Place::End(_) => return Ok(0),
                Place::Between(_) => self.go_on()?,
                Place::Member(decoder) => match decoder.read(&mut buffer[..piece]) {
                    Ok(0) if piece > 0 => {
                        let place = mem::replace(&mut self.place, Place::End(0));
                        if let Place::Member(decoder) = place {
                            self.place = Place::Between(decoder.finish());
                        }
                    }
                    result => break result.map_err(|error| self.explain(error))?,
                },
            }
        };
        self.unpacked += read as u64;
        let (at, limit) = (self.consumed(), self.limits.max_expansion);
        match self.unpacked > limit.saturating_mul(at).max(ALWAYS_ALLOWED) {
            true => Err(Error::other(format!(
                "expands to more than {limit} times its size, the limit of --max-expansion, \
                 at byte {at} of the {} archive",
                self.archive.name()
            ))),
            false => Ok(read),
        }
    }
}

/// Counts the bytes that are consumed.
pub(super) struct Counted<R> {
    /// Bytes that have been peeked at.
    ahead: Cursor<Vec<u8>>,
    source: BufReader<R>,
    count: u64,
}

impl<R: Read> Counted<R> {
    fn new(source: R) -> Self {
        let source = BufReader::with_capacity(PIECE, source);
        Self { ahead: Cursor::default(), source, count: 0 }
    }

    /// The next `most` bytes, or all that are left, without consuming them.
    fn peek(&mut self, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.ahead.read_to_end(&mut bytes)?;
        let missing = most.saturating_sub(bytes.len());
        let read = self.source.by_ref().take(missing as u64).read_to_end(&mut bytes);
        self.ahead = Cursor::new(bytes.clone());
        read.map(|_| bytes)
    }

    fn skip_zeros(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.fill_buf()?;
            let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
            if zeros == 0 {
                return Ok(());
            }
            self.consume(zeros);
        }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match self.ahead.read(buffer)? {
            0 => self.source.read(buffer)?,
            read => read,
        };
        self.count += read as u64;
        Ok(read)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.ahead.position() < self.ahead.get_ref().len() as u64 {
            true => self.ahead.fill_buf(),
            false => self.source.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        match self.ahead.position() < self.ahead.get_ref().len() as u64 {
            true => self.ahead.consume(amount),
            false => self.source.consume(amount),
        }
        self.count += amount as u64;
    }
}

#[cfg(test)]
#[path = "../../tests/command/pack.rs"]
mod pack;

#[cfg(test)]
mod tests {
    use super::pack::{gzip, xz, zstd};
    use super::*;

    /// What can be read, and the error after it.
    fn unpack(source: impl Read, max_expansion: u64) -> (Vec<u8>, Option<String>) {
        let mut unpacked = Vec::new();
        let limits = Limits { max_expansion, max_window: 128 << 20 };
        let error = Contents::new(source, limits, &Arc::default())
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

    const LIMITS: Limits = Limits { max_expansion: 1000, max_window: 128 << 20 };

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
            (xz(TEXT), TEXT),
            ([xz(TEXT), xz(b""), xz(TEXT)].concat(), &twice),
            (passed_over, TEXT),
            (gzip(b""), b""),
            (zstd(b""), b""),
            (xz(b""), b""),
            (b"".to_vec(), b""),
            (b"\x1f".to_vec(), b"\x1f"),
            (b"\x28\xb5\x2f".to_vec(), b"\x28\xb5\x2f"),
        ] {
            assert_eq!(unpack(&archive[..], 1000), (contents.to_vec(), None), "{archive:x?}");
            assert_eq!(unpack(Trickle(&archive), 1000), (contents.to_vec(), None), "{archive:x?}");
        }
    }

    /// A reader that gives one byte at a time, and has nothing for now before each.
    struct Stutter<'a>(&'a [u8], bool);

    impl Read for Stutter<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            match self.1 {
                true => Err(ErrorKind::WouldBlock.into()),
                false => Trickle(self.0).read(buffer).inspect(|&read| self.0 = &self.0[read..]),
            }
        }
    }

    #[test]
    fn a_pause_anywhere_loses_nothing() {
        let padded = [gzip(TEXT), vec![0; 9], gzip(TEXT)].concat();
        for archive in [
            TEXT.to_vec(),
            [gzip(TEXT), gzip(b""), gzip(TEXT)].concat(),
            padded,
            [zstd(TEXT), zstd(b""), zstd(TEXT)].concat(),
            [xz(TEXT), xz(b""), xz(TEXT)].concat(),
        ] {
            let stutter = Stutter(&archive, false);
            let mut contents = Contents::new(stutter, LIMITS, &Arc::default()).unwrap();
            let mut unpacked = Vec::new();
            loop {
                // What was read before an error stays.
                match contents.read_to_end(&mut unpacked) {
                    Ok(_) => break,
                    Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock, "{error}"),
                }
            }
            assert_eq!((unpacked, None), unpack(&archive[..], 1000));
        }
    }

    /// A reader that never has more than this.
    struct Silent<'a>(&'a [u8]);

    impl Read for Silent<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(ErrorKind::WouldBlock.into()),
                read => Ok(read),
            }
        }
    }

    #[test]
    fn lines_that_have_come_are_read_and_when_the_run_is_to_end_whatever_has_come() {
        let read = |head: &[u8], patience: Patience| {
            let contents = Contents::new(Silent(head), LIMITS, &Arc::new(patience));
            contents.map(|mut contents| {
                let mut read = Vec::new();
                let error = contents.read_to_end(&mut read).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::WouldBlock);
                read
            })
        };
        for head in [&b"{\"data\""[..], b"\x1b[1mno document\x1b[m\n", b"[{\"data\""] {
            assert_eq!(read(head, Patience::default()).unwrap(), head);
        }
        for head in [&b""[..], b"\x1f", b"(", b"\x1b[1m", b"\xfd7zX"] {
            let patience = Patience::default();
            patience.end();
            assert_eq!(read(head, patience).unwrap(), head);
        }
        let patience = Patience::default();
        patience.end();
        assert!(read(b"<html>\n", patience).unwrap_err().to_string().starts_with("an HTML page"));
    }

    #[test]
    fn an_archive_cut_anywhere_gives_what_is_before_the_cut_and_an_error() {
        for (format, shortest, archive) in [
            ("gzip", 2, [gzip(TEXT), gzip(TEXT)].concat()),
            ("zstd", 4, [zstd(TEXT), zstd(TEXT)].concat()),
            ("xz", 6, [xz(TEXT), xz(TEXT)].concat()),
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
    fn zeros_may_follow_where_the_programs_that_unpack_it_accept_them() {
        let twice = TEXT.repeat(2);
        for length in [1, 2, 3, 4, 511, 512, 200_000] {
            let zeros = vec![0; length];
            for pack in [gzip, xz] {
                let padded = [pack(TEXT), zeros.clone()].concat();
                assert_eq!(unpack(&padded[..], 1000), (TEXT.to_vec(), None), "{length}");
                assert_eq!(unpack(Trickle(&padded), 1000), (TEXT.to_vec(), None), "{length}");
                let between = [pack(TEXT), zeros.clone(), pack(TEXT), zeros.clone()].concat();
                assert_eq!(unpack(&between[..], 1000), (twice.clone(), None), "{length}");
            }
            let at = zstd(TEXT).len();
            let (unpacked, error) = unpack(&[zstd(TEXT), zeros].concat()[..], 1000);
            assert_eq!(unpacked, TEXT);
            let expected = format!("data that is not zstd follows the archive at byte {at}");
            assert_eq!(error, Some(expected));
        }
    }

    #[test]
    fn what_is_no_archive_after_one_is_an_error_that_says_where_and_the_contents_are_whole() {
        for (name, member) in [("gzip", gzip(TEXT)), ("zstd", zstd(TEXT)), ("xz", xz(TEXT))] {
            for follows in [TEXT, b"\x1f\x8c", b"\xff", b"PK\x03\x04"] {
                let archive = [&member, follows].concat();
                let mut contents = Contents::new(&archive[..], LIMITS, &Arc::default()).unwrap();
                let mut unpacked = Vec::new();
                let error = contents.read_to_end(&mut unpacked).unwrap_err().to_string();
                assert_eq!(unpacked, TEXT);
                let at = member.len();
                let expected = format!("data that is not {name} follows the archive at byte {at}");
                assert_eq!(error, expected);
                assert!(contents.are_whole());
            }
        }
    }

    #[test]
    fn an_archive_in_which_any_byte_is_wrong_never_gives_more_than_an_error() {
        for archive in [gzip(TEXT), zstd(TEXT), xz(TEXT)] {
            for at in 0..archive.len() {
                for change in [1, 0x80, 0xff] {
                    let mut archive = archive.clone();
                    archive[at] ^= change;
                    let (unpacked, error) = unpack(&archive[..], 1000);
                    assert!(error.is_some() || unpacked == TEXT || at < 6, "{at} {change}");
                }
            }
        }
    }

    #[test]
    fn what_is_foreign_in_an_archive_is_named_with_the_archive() {
        let page = b"<html>\n<p>Not found</p>\n</html>";
        for (archive, expected) in [
            (gzip(&gzip(TEXT)), "a gzip archive within a gzip archive: unpack it first"),
            (zstd(&xz(TEXT)), "an xz archive within a zstd archive: unpack it first"),
            (xz(b"PK\x03\x04..."), "a zip archive within an xz archive: unpack it first"),
            (gzip(page), "an HTML page within a gzip archive: it is not a response"),
        ] {
            let (unpacked, error) = unpack(&archive[..], 1000);
            assert_eq!(unpacked, b"");
            assert!(error.as_ref().is_some_and(|it| it.starts_with(expected)), "{error:?}");
        }
    }

    #[test]
    fn a_window_that_is_too_large_names_the_option() {
        let small = |archive: &[u8]| {
            let limits = Limits { max_expansion: 1000, max_window: 1 << 16 };
            let contents = Contents::new(archive, limits, &Arc::default());
            contents.and_then(|mut it| it.read_to_end(&mut Vec::new())).unwrap_err().to_string()
        };
        let mut encoder = ::zstd::Encoder::new(Vec::new(), 1).unwrap();
        encoder.window_log(20).unwrap();
        io::Write::write_all(&mut encoder, &TEXT.repeat(10_000)).unwrap();
        for archive in [encoder.finish().unwrap(), xz(TEXT)] {
            let error = small(&archive);
            assert!(
                error.starts_with(
                    "needs a window of more than 64.00 KiB, the limit of --max-window"
                ),
                "{error}"
            );
            assert_eq!(unpack(&archive[..], 1 << 20).1, None);
        }
    }

    /// A reader that fails once, and then goes on.
    struct Fails<'a>(&'a [u8], Option<&'a [u8]>);

    impl Read for Fails<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match (self.0.read(buffer)?, self.1.is_some()) {
                (0, true) => {
                    self.0 = self.1.take().unwrap_or_default();
                    Err(Error::other("broken"))
                }
                (read, _) => Ok(read),
            }
        }
    }

    #[test]
    fn an_error_while_it_is_looked_at_comes_after_the_bytes_before() {
        let failing = Fails(&TEXT[..5], Some(&TEXT[5..]));
        assert_eq!(unpack(failing, 1000), (TEXT[..5].to_vec(), Some("broken".to_owned())));
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
        for (format, archive) in
            [("gzip", gzip(&blank)), ("zstd", zstd(&blank)), ("xz", xz(&blank))]
        {
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
        for archive in [TEXT.to_vec(), gzip(TEXT), zstd(TEXT), xz(TEXT)] {
            let mut contents = Contents::new(&archive[..], LIMITS, &Arc::default()).unwrap();
            contents.read_to_end(&mut Vec::new()).unwrap();
            assert_eq!(contents.consumed(), archive.len() as u64);
        }
    }
}
