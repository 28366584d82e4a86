//! Not a byte outside the input is read: inputs that lie directly before a page that may not be touched, and
//! directly after one. A read beyond ends the program.

#![allow(unsafe_code)]

use crate::DOCUMENT;
use crate::envelopes::{SPELLINGS, at, enveloped, quoted};
use jobview::{Arena, Framing, JobDocument, JobResponse, Kernel, Options, Parser};
use rustix::mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect, munmap};
use std::ffi::c_void;
use std::ptr::null_mut;

/// Memory between two pages that may not be touched.
struct Guarded {
    start: *mut c_void,
}

impl Guarded {
    /// As large as the pages of any system that this runs on, or a multiple.
    const GUARD: usize = 64 << 10;
    const ROOM: usize = 64 << 10;

    fn new() -> Self {
        let size = Self::ROOM + 2 * Self::GUARD;
        // SAFETY: a new mapping at a place of the system's choice disturbs nobody; the second call is about
        // a part of it, which nobody has a reference to.
        let start = unsafe {
            let mapped = mmap_anonymous(null_mut(), size, ProtFlags::empty(), MapFlags::PRIVATE);
            let start = mapped.expect("there is memory");
            let room = start.byte_add(Self::GUARD);
            let allowed = MprotectFlags::READ | MprotectFlags::WRITE;
            mprotect(room, Self::ROOM, allowed).expect("it is ours");
            start
        };
        Self { start }
    }

    fn room(&mut self) -> &mut [u8] {
        // SAFETY: mapped for reading and writing, initialised with zeros, ours alone while `self` is borrowed.
        unsafe {
            let room = self.start.byte_add(Self::GUARD).cast();
            std::slice::from_raw_parts_mut(room, Self::ROOM)
        }
    }

    /// The text, directly before the page after the room.
    fn at_the_end(&mut self, text: &[u8]) -> &[u8] {
        let place = &mut self.room()[Self::ROOM - text.len()..];
        place.copy_from_slice(text);
        place
    }

    /// The text, so many bytes behind the page before the room.
    fn at_the_start(&mut self, offset: usize, text: &[u8]) -> &[u8] {
        let place = &mut self.room()[offset..][..text.len()];
        place.copy_from_slice(text);
        place
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours, and nobody has a reference to it any more.
        let unmapped = unsafe { munmap(self.start, Self::ROOM + 2 * Self::GUARD) };
        unmapped.expect("it was mapped");
    }
}

/// The document, with so many bytes more in one of several places.
fn longer(more: usize, place: usize) -> String {
    let instead = |part: &str, other: &str| DOCUMENT.replacen(part, other, 1);
    match place % 7 {
        0 => instead("\"job\"", &format!("\"job{}\"", "x".repeat(more))),
        1 => instead(
            "\"p2\"",
            &format!("\"p2{}\"", "\\n\\".repeat(more)[..more].replace("\\\\", "/\\")),
        ),
        2 => instead("\"top\"", &format!("\"top{}\"", "y".repeat(more))),
        3 => format!("{DOCUMENT}{}", " ".repeat(more)),
        4 => instead("{", &format!("{{{}", "\n".repeat(more))),
        5 => instead("\"total_count\":10", &format!("\"total_count\":{}10", "1".repeat(more))),
        _ => instead("\"top\"", &format!("\"top{}\"", "\u{e9}".repeat(more / 2))),
    }
}

#[test]
fn no_byte_outside_the_input_is_read() {
    let mut guarded = Guarded::new();
    let mut arena = Arena::new();
    let framings = [Framing::Ndjson, Framing::Array, Framing::Concatenated];
    let mut parsers: Vec<Parser> = Kernel::available()
        .flat_map(|kernel| framings.map(|framing| Options::new().kernel(kernel).framing(framing)))
        .flat_map(|options| [options, options.learning(false)])
        .map(Options::parser::<JobResponse>)
        .collect();
    for parser in &mut parsers {
        for _ in 0..4 {
            parser.parse(DOCUMENT.as_bytes(), &arena).unwrap();
        }
    }
    for length in 0..4200_usize {
        let enough = length.checked_sub(DOCUMENT.len()).map(|more| longer(more, length));
        let cut = &DOCUMENT[..length.min(DOCUMENT.len())];
        let text = enough.as_deref().unwrap_or(cut);
        for parser in &mut parsers {
            // Behind white space, what is not learned from is read by an index.
            let behind_blanks = format!("{:9}{text}", "");
            let more = [format!("[{text}"), format!("{DOCUMENT}\n{text}"), behind_blanks];
            for input in more.iter().map(String::as_str).chain([text]) {
                arena.reset();
                let input = guarded.at_the_end(input.as_bytes());
                // What comes of it is for others to judge.
                match length % 2 {
                    0 => drop(parser.parse(input, &arena)),
                    _ => parser.records(input, &arena).for_each(drop),
                }
            }
            arena.reset();
            let input = guarded.at_the_start(length % 64, text.as_bytes());
            let _ = parser.parse(input, &arena);
        }
    }
}

#[test]
fn no_byte_outside_an_answer_of_any_kind_is_read() {
    let mut guarded = Guarded::new();
    let mut arena = Arena::new();
    for kernel in Kernel::available() {
        let mut parser = Options::new().kernel(kernel).parser::<JobDocument>();
        for (_, document) in crate::samples::documents() {
            for _ in 0..4 {
                parser.parse(document.as_bytes(), &arena).unwrap();
            }
            for length in 0..=document.len() {
                let cut = &document.as_bytes()[..length];
                arena.reset();
                let _ = parser.parse(guarded.at_the_end(cut), &arena);
                parser.records(guarded.at_the_end(cut), &arena).for_each(drop);
                let _ = parser.parse(guarded.at_the_start(length % 64, cut), &arena);
            }
        }
    }
}

#[test]
fn no_byte_outside_an_envelope_is_read() {
    let mut guarded = Guarded::new();
    let mut arena = Arena::new();
    let strings = SPELLINGS.map(|spelling| quoted(DOCUMENT, spelling).0);
    for kernel in Kernel::available() {
        let mut parser: Parser = at("/body").kernel(kernel).parser::<JobResponse>();
        for value in strings.iter().map(String::as_str).chain([DOCUMENT]) {
            let record = enveloped(value);
            for _ in 0..4 {
                parser.parse(record.as_bytes(), &arena).unwrap();
            }
            for length in 0..=record.len() {
                let cut = &record.as_bytes()[..length];
                arena.reset();
                let _ = parser.parse(guarded.at_the_end(cut), &arena);
                parser.records(guarded.at_the_end(cut), &arena).for_each(drop);
                let _ = parser.parse(guarded.at_the_start(length % 64, cut), &arena);
            }
        }
    }
}
