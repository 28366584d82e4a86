//! Depth, size and memory.

use crate::{DOCUMENT, odd_settings};
use jobview::{
    Arena, Document, ErrorKind, JobDocument, JobResponse, Kernel, MAX_DEPTH, Options, Parser,
};
use jobview_corpus::{Kind, Layout, Settings, Shape, generate};

/// A document with a first member of this value, which the schema does not know.
fn with_unknown(value: &str) -> String {
    DOCUMENT.replacen('{', &format!("{{\"more\":{value},"), 1)
}

#[test]
fn a_million_levels_are_an_error_on_a_small_stack() {
    let parse = || {
        let arena = Arena::new();
        for level in ["[", "{\"a\":", "[{\"a\":"] {
            let document = with_unknown(&level.repeat(1_000_000));
            let error =
                Parser::<JobResponse>::new().parse(document.as_bytes(), &arena).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::DepthLimit);
            let batch = Parser::<JobResponse>::new().parse_batch(document.as_bytes(), &arena);
            assert_eq!(batch.rejected().len(), 1);
        }
    };
    std::thread::Builder::new().stack_size(256 << 10).spawn(parse).unwrap().join().unwrap();
}

#[test]
fn nesting_counts_from_the_document() {
    let arena = Arena::new();
    let nested = |depth: usize| with_unknown(&("[".repeat(depth) + &"]".repeat(depth)));
    let allowed = usize::from(MAX_DEPTH) - 1;
    assert!(Parser::<JobResponse>::new().parse(nested(allowed).as_bytes(), &arena).is_ok());
    let error =
        Parser::<JobResponse>::new().parse(nested(allowed + 1).as_bytes(), &arena).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DepthLimit);

    let mut six = Options::new().max_depth(6).parser::<JobResponse>();
    assert!(six.parse(DOCUMENT.as_bytes(), &arena).is_ok(), "its identifiers are 6 levels deep");
    let mut five = Options::new().max_depth(5).parser::<JobResponse>();
    let error = five.parse(DOCUMENT.as_bytes(), &arena).unwrap_err();
    assert_eq!(error.pointer(), "/data/relationships/lists/data/0");
}

#[test]
fn a_million_unknown_members_and_identifiers_are_no_trouble() {
    let arena = Arena::new();
    let members = (0..1_000_000).map(|n| format!("\"{n}\":{n}")).collect::<Vec<_>>().join(",");
    let document = with_unknown(&format!("{{{members}}}"));
    assert!(Parser::<JobResponse>::new().parse(document.as_bytes(), &arena).is_ok());
    let document = DOCUMENT.replacen('{', &format!("{{{members},"), 1);
    assert!(Parser::<JobResponse>::new().parse(document.as_bytes(), &arena).is_ok());

    let identifiers = vec![r#"{"type":"list","id":"x"}"#; 1_000_000].join(",");
    let document = DOCUMENT.replace(r#"{"type":"list","id":"YafG4m"}"#, &identifiers);
    let response = Parser::<JobResponse>::new().parse(document.as_bytes(), &arena).unwrap();
    let lists = response.data.relationships.unwrap().lists.unwrap();
    assert_eq!(lists.data.unwrap().len(), 1_000_000);
}

#[test]
fn a_million_duplicates_are_one_error_or_none() {
    const MILLION: usize = 1_000_000;
    let repeated =
        |member: &str| DOCUMENT.replacen('{', &format!("{{{}", member.repeat(MILLION)), 1);
    let arena = Arena::new();
    for learning in [true, false] {
        let mut parser = Options::new().learning(learning).parser::<JobResponse>();
        // Names that the schema does not have may stand as often as they like.
        for unknown in ["\"more\":0,", "\"\\u006dore\":\"\\n\","] {
            assert!(parser.parse(repeated(unknown).as_bytes(), &arena).is_ok());
        }
        let [more] = parser.drift().unknown_members() else { panic!("it is one name") };
        assert_eq!((more.pointer(), more.count()), ("/more", 2 * MILLION as u64));

        for known in ["\"links\":{\"self\":\"x\"},", "\"\\u006cinks\":{\"self\":\"\\/\"},"] {
            let input = [&repeated(known), DOCUMENT].join("\n");
            let batch = parser.parse_batch(input.as_bytes(), &arena);
            // Where the record ends is found for all that.
            assert_eq!((batch.documents().len(), batch.rejected().len()), (1, 1));
            let error = &batch.rejected()[0].error;
            assert_eq!(error.kind(), ErrorKind::DuplicateMember);
            assert_eq!(error.offset(), 1 + known.len() as u64);
        }
    }
}

#[test]
fn a_full_arena_is_an_error_and_leaves_all_usable() {
    let (input, counts) = generate(Settings::new(1, Shape::Inline, Layout::Escaped), 100);
    let mut parser = Options::new().max_arena_bytes(20_000).parser::<JobResponse>();
    let mut arena = Arena::new();
    let batch = parser.parse_batch(&input, &arena);
    let (accepted, rejected) = (batch.documents().len(), batch.rejected().len());
    assert_eq!(accepted + rejected, 100);
    assert!(accepted > 0 && rejected > 0, "{accepted} accepted");
    assert!(batch.rejected().iter().all(|record| record.error.kind() == ErrorKind::ArenaLimit));
    assert!(arena.allocated_bytes() <= 20_000);
    // What could not be kept is kept in the same arena by a parser without a limit: that of the other does not stay.
    let left: Vec<Vec<u8>> = batch.rejected().iter().map(|record| record.raw.to_vec()).collect();
    arena.reset();
    let mut parser = Parser::<JobResponse>::new();
    for raw in &left {
        assert!(parser.parse(raw, &arena).is_ok());
    }
    assert_eq!(counts.documents, 100);
}

#[test]
fn every_arena_limit_is_an_error_or_enough() {
    let (input, _) = generate(Settings::new(1, Shape::Inline, Layout::Escaped), 1);
    let mut enough = false;
    for limit in (0..16_000).step_by(64) {
        let arena = Arena::new();
        let mut parser = Options::new().max_arena_bytes(limit).parser::<JobResponse>();
        match parser.parse(&input, &arena) {
            Ok(_) => enough = true,
            Err(error) => assert_eq!((error.kind(), enough), (ErrorKind::ArenaLimit, false)),
        }
    }
    assert!(enough);
}

#[test]
fn warm_batches_make_no_heap_allocation() {
    fn check<D: Document>(kernel: Kernel, settings: Settings) {
        let (input, _) = generate(settings, 200);
        let mut parser = Options::new().kernel(kernel).parser::<D>();
        let mut arena = Arena::new();
        // The arena keeps its largest chunk, which has everything from the second time on.
        for _ in 0..8 {
            arena.reset();
            assert_eq!(parser.parse_batch(&input, &arena).documents().len(), 200);
        }
        arena.reset();
        let counted = allocation_counter::measure(|| {
            assert_eq!(parser.parse_batch(&input, &arena).documents().len(), 200);
        });
        assert_eq!(counted.count_total, 0, "{kernel}, {settings:?}");
    }
    for kernel in Kernel::available() {
        for layout in Layout::ALL {
            let settings = Settings::new(3, Shape::Inline, layout);
            check::<JobResponse>(kernel, settings);
            check::<JobDocument>(kernel, Settings { kind: Kind::Mixed, items: 9, ..settings });
        }
        for settings in odd_settings(Settings::new(3, Shape::Inline, Layout::Compact)) {
            check::<JobResponse>(kernel, settings);
        }
    }
}

#[test]
fn nesting_as_deep_as_a_document_may_be_makes_no_heap_allocation() {
    let depth = usize::from(MAX_DEPTH) - 1;
    let documents = [["[", "]"], ["{\"a\":", "}"]].map(|[open, close]| {
        with_unknown(&format!("{}0{}", open.repeat(depth), close.repeat(depth)))
    });
    let mut parser = Parser::<JobResponse>::new();
    let mut arena = Arena::with_capacity(1 << 16);
    for warm in [false, false, false, true] {
        let counted = allocation_counter::measure(|| {
            for document in &documents {
                assert!(parser.parse(document.as_bytes(), &arena).is_ok());
            }
        });
        assert!(!warm || counted.count_total == 0, "{counted:?}");
        arena.reset();
    }
}

/// How much a thousand documents take from an arena after one with 100,000 identifiers.
fn taken_after_a_large_one(document: &[u8], is_valid: bool) -> usize {
    let identifiers = vec![r#"{"type":"list","id":"x"}"#; 100_000].join(",");
    let large = DOCUMENT.replace(r#"{"type":"list","id":"YafG4m"}"#, &identifiers);
    let mut parser = Parser::<JobResponse>::new();
    parser.parse(large.as_bytes(), &Arena::new()).unwrap();
    let arena = Arena::new();
    for _ in 0..1000 {
        assert_eq!(parser.parse(document, &arena).is_ok(), is_valid);
    }
    arena.allocated_bytes()
}

#[test]
fn a_large_document_does_not_make_small_ones_large() {
    // What the large one needed is asked for a few more times, and ever less of it.
    let taken = taken_after_a_large_one(DOCUMENT.as_bytes(), true);
    assert!(taken < 10 << 20, "{taken}");
}

#[test]
fn a_large_document_does_not_make_rejected_ones_large() {
    let cut = &DOCUMENT.as_bytes()[..DOCUMENT.len() - 10];
    let taken = taken_after_a_large_one(cut, false);
    assert!(taken < 10 << 20, "{taken}");
}
