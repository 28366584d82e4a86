//! Memory that the system does not give: the allocation that fails is each one in turn.
//!
//! All that the arena asks for may be refused, in any place, for once or for good: that is an error of the kind
//! `ArenaLimit`, and parser and arena are as usable afterwards as before. What the library allocates besides,
//! by `Vec` and `Box`, Rust answers by ending the program; a warm parser that meets no bad record does not. It is:
//! the layout (once a parser, with the second document), the memory for unescaping (while it grows), the drift (a
//! name a new unknown member), nesting deeper than any document may have, the errors with their list, the window of
//! a reader, and the results that workers keep in order.

#![allow(unsafe_code)]

use jobview::{
    Arena, Document, ErrorKind, Formats, JobDocument, JobResponse, Kernel, Options, Parser,
    UnknownVariants,
};
use jobview_corpus::{ExtraMembers, Kind, Layout, Settings, Shape, generate};
use std::alloc::{GlobalAlloc, System};
use std::cell::Cell;
use std::ptr::null_mut;

/// Which allocations of this thread are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    None,
    /// The one after so many.
    Once(u32),
    /// All after so many that are made for the arena.
    ForGood(u32),
}

thread_local! {
    static REFUSAL: Cell<Refusal> = const { Cell::new(Refusal::None) };
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

/// The alignment of an arena's chunks, which nothing else here has.
const CHUNK_ALIGN: usize = 16;

/// Refuses what it is told to.
struct Refusing;

// SAFETY: all that is given comes from `System`, and goes back there; null says that there is nothing.
unsafe impl GlobalAlloc for Refusing {
    unsafe fn alloc(&self, layout: std::alloc::Layout) -> *mut u8 {
        let count = COUNT.get();
        COUNT.set(count + 1);
        let is_refused = match REFUSAL.get() {
            Refusal::None => false,
            Refusal::Once(after) => count == after,
            Refusal::ForGood(after) => layout.align() == CHUNK_ALIGN && count >= after,
        };
        // SAFETY: the caller's promise.
        if is_refused { null_mut() } else { unsafe { System.alloc(layout) } }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: std::alloc::Layout) {
        // SAFETY: the caller's promise; `memory` came from `System`.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Refusing = Refusing;

/// Runs something while allocations are refused. Returns how many were asked for.
fn refusing<T>(refusal: Refusal, run: impl FnOnce() -> T) -> (T, u32) {
    COUNT.set(0);
    REFUSAL.set(refusal);
    let outcome = run();
    REFUSAL.set(Refusal::None);
    (outcome, COUNT.get())
}

const DOCUMENTS: usize = 20;

/// A parser that needs no more memory of its own, and what it knows well.
fn warm_parser<D: Document>(kernel: Kernel, settings: Settings) -> (Parser<D>, Vec<u8>) {
    let unknown_members = match settings.varied {
        true => ExtraMembers::Strewn,
        false => ExtraMembers::Assorted,
    };
    let settings = Settings { unknown_members, ..settings };
    let (input, _) = generate(settings, DOCUMENTS as u64);
    let mut parser = Options::new().kernel(kernel).parser();
    for _ in 0..4 {
        assert_eq!(parser.parse_batch(&input, &Arena::new()).documents().len(), DOCUMENTS);
    }
    (parser, input)
}

#[test]
fn each_allocation_of_the_arena_may_fail() {
    fn check<D: Document>(kernel: Kernel, settings: Settings) {
        let (mut parser, input) = warm_parser::<D>(kernel, settings);
        let mut rejected = 0;
        for of in [Refusal::Once, Refusal::ForGood] {
            for after in 0.. {
                let mut arena = Arena::new();
                let refusal = of(after);
                let (batch, asked) = refusing(refusal, || parser.parse_batch(&input, &arena));
                for record in batch.rejected() {
                    assert_eq!(record.error.kind(), ErrorKind::ArenaLimit, "{refusal:?}");
                }
                let (accepted, failed) = (batch.documents().len(), batch.rejected().len());
                assert_eq!(accepted + failed, DOCUMENTS, "{refusal:?}");
                rejected += failed;
                // Where there was no room is room again.
                let again = parser.parse_batch(&input, &arena);
                assert_eq!(again.documents().len(), DOCUMENTS, "{refusal:?}");
                let mut all = again.documents().iter();
                let is_one_of_them = |view| all.any(|other| other == view);
                assert!(batch.documents().iter().all(is_one_of_them), "{refusal:?}");
                drop(batch);
                arena.reset();
                if asked <= after {
                    assert_eq!(failed, 0);
                    break;
                }
            }
        }
        assert!(rejected > 0, "something was refused");
    }
    for kernel in Kernel::available() {
        for layout in Layout::ALL {
            let settings = Settings::new(3, Shape::Inline, layout);
            check::<JobResponse>(kernel, settings);
            check::<JobResponse>(kernel, Settings { varied: true, ..settings });
            let mixed = Settings { kind: Kind::Mixed, items: 9, every_form: true, ..settings };
            check::<JobDocument>(kernel, mixed);
        }
    }
}

#[test]
fn what_is_let_through_or_checked_allocates_nothing_either() {
    let job = r#"{"data":{"type":"profile-bulk-import-job","id":"j","attributes":{"status":"fail\u0065d","created_at":
        "2026-09-04T13:40:00.1234567890\u005a","total_count":1},"links":{"self":"l"}}}"#;
    let refusal =
        r#"{"errors":[{"status":"4\u00301","detail":"d"},{"detail":"d","status":"401"}]}"#;
    for kernel in Kernel::available() {
        let options =
            Options::new().unknown_variants(UnknownVariants::Keep).formats(Formats::Check);
        let mut parser = options.kernel(kernel).parser::<JobDocument>();
        let mut arena = Arena::new();
        for turn in 0..6 {
            for json in [job, refusal] {
                arena.reset();
                let (view, asked) =
                    refusing(Refusal::None, || parser.parse(json.as_bytes(), &arena).is_ok());
                assert!(view && (turn < 4 || asked == 0), "{kernel}, turn {turn}: {asked}");
            }
        }
    }
}
