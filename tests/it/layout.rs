//! What a parser learns, and when, in gaps that were known (hits) and not (misses): that it makes use of what it
//! has learned shows in nothing else that can be counted.
//!
//! Must not ask whether what is parsed is right; that is for `learning`.

use crate::{DOCUMENT, records_of};
use jobview::{Bump, Kernel, Learned, Options, Parser};
use jobview_corpus::{Layout, Settings, Shape};

/// How many gaps [`DOCUMENT`] has, of which one comes twice: that between the identifiers of the profiles.
const GAPS: u64 = 21;

/// Hits, misses, and how many gaps are known.
fn counts(learned: Learned<'_>) -> (u64, u64, usize) {
    (learned.hits(), learned.misses(), learned.gaps().count())
}

fn parse(parser: &mut Parser, document: &str) {
    parser.parse(document.as_bytes(), &Bump::new()).unwrap();
}

/// A parser that has seen the document so many times.
fn knowing(document: &str, times: usize) -> Parser {
    let mut parser = Parser::new();
    (0..times).for_each(|_| parse(&mut parser, document));
    parser
}

/// The document with so many blanks before its identifier.
fn with_blanks(blanks: usize) -> String {
    DOCUMENT.replacen("\"id\":\"job\"", &format!("{}\"id\":\"job\"", " ".repeat(blanks)), 1)
}

/// The document with blanks behind the first colons, so many of them: what a number of gaps begin or end with.
fn with_blanks_behind_colons(colons: usize, blanks: usize) -> String {
    let mut pieces = DOCUMENT.split("\":");
    let first = pieces.next().unwrap().to_owned();
    pieces.enumerate().fold(first, |document, (index, piece)| {
        document + "\":" + &" ".repeat(if index < colons { blanks } else { 0 }) + piece
    })
}

/// The document with so many identifiers more.
fn with_profiles(count: usize) -> String {
    const ONE: &str = r#"{"type":"profile","id":"p1"},"#;
    DOCUMENT.replace(ONE, &ONE.repeat(1 + count))
}

#[test]
fn a_gap_is_learned_when_it_comes_the_second_time() {
    for kernel in Kernel::available() {
        let mut parser = Parser::with_options(Options::new().kernel(kernel));
        assert_eq!(parser.kernel(), kernel);
        // Whether there is a second document, nobody knows when the first one comes. In the second one, a list
        // that goes on teaches how it does at once.
        let all = GAPS as usize;
        let expected = [(0, 0, 0), (0, 20, 1), (1, 39, all), (21, 39, all), (41, 39, all)];
        for counted in expected {
            parse(&mut parser, DOCUMENT);
            assert_eq!(counts(parser.layout()), counted, "{kernel}");
        }
        assert!(!parser.layout().is_paused());
    }
}

#[test]
fn what_was_learned_is_shown_as_it_stands_in_the_documents() {
    let document = DOCUMENT.replacen("\"id\":\"job\"", "\"new\" : [1],\"id\":\"job\"", 1);
    let parser = knowing(&document, 6);
    let gaps: Vec<_> = parser.layout().gaps().collect();
    let of = |value: &str| gaps.iter().find(|gap| gap.value() == value).unwrap();
    for (value, text, hits) in [
        ("/data/relationships/profiles/data/*/id", "\"},{\"type\":\"profile\",\"id\":\"", 4),
        ("(skipped)", "{\"data\":{\"type\":\"profile-bulk-import-job\",\"new\" : ", 3),
        ("/data/id", ",\"id\":\"", 3),
        ("/data/attributes/status", "\",\"attributes\":{\"status\":\"processing\"", 3),
        ("/data/attributes/total_count", "\",\"total_count\":", 3),
        ("/data/attributes/expires_at", ",\"completed_at\":null,\"expires_at\":\"", 3),
        ("(end)", "\"}}", 3),
    ] {
        let gap = of(value);
        assert_eq!((&*gap.text(), gap.bytes(), gap.hits()), (text, text.as_bytes(), hits));
    }
    // There are two ways to an identifier: from the list's beginning, and from another one.
    let profiles = gaps.iter().filter(|gap| gap.value().ends_with("profiles/data/*/id"));
    assert_eq!((profiles.count(), gaps.len() as u64), (2, GAPS + 1));
    assert!(gaps.iter().all(|gap| document.contains(&*gap.text())));
}

#[test]
fn a_parser_that_is_not_to_learn_does_not() {
    let mut parser = Parser::with_options(Options::new().learning(false));
    for _ in 0..5 {
        parse(&mut parser, &with_profiles(100));
        assert_eq!(counts(parser.layout()), (0, 0, 0));
        assert!(parser.layout().is_paused());
    }
    assert_eq!(parser.layout().replaced(), 0);
}

#[test]
fn a_long_list_is_learned_from_in_the_first_document() {
    for (more, hits) in [(14, None), (15, Some(0)), (16, Some(1)), (17, Some(2)), (999, Some(984))]
    {
        let parser = knowing(&with_profiles(more), 1);
        // After the list, the document goes on with gaps that have not come before.
        let expected = hits.map_or((0, 0, 0), |hits| (hits, 8, 1));
        assert_eq!(counts(parser.layout()), expected, "{more}");
    }
}

#[test]
fn so_many_spellings_of_a_gap_are_known() {
    for spellings in 2..=8 {
        let mut parser = Parser::new();
        (0..3 * spellings).for_each(|n| parse(&mut parser, &with_blanks(n % spellings)));
        let (hits, misses, gaps) = counts(parser.layout());
        assert_eq!(gaps, GAPS as usize - 1 + spellings);
        // Whichever comes is known.
        let more = 30;
        (0..more).for_each(|n| parse(&mut parser, &with_blanks(n % spellings)));
        assert_eq!(counts(parser.layout()), (hits + GAPS * more as u64, misses, gaps));
    }
    // Of nine that come in turn, one in eight is not known; the others are not lost for that.
    let mut parser = Parser::new();
    (0..90).for_each(|n| parse(&mut parser, &with_blanks(n % 9)));
    assert_eq!(counts(parser.layout()), (1717, 63, 27));
    // Nor are the hits of a gap when another takes its place.
    let (hits, misses, _) = counts(parser.layout());
    assert_eq!(hits + misses, GAPS * 89);
    assert_eq!(parser.layout().replaced(), 0);
}

#[test]
fn gaps_that_are_too_long_are_not_learned() {
    let first = r#"{"data":{"type":"profile-bulk-import-job","id":""#;
    let blanks = 2048 - first.len();
    for (more, gaps) in [(0, 20), (1, 19)] {
        let parser = knowing(&with_blanks(blanks + more), 10);
        assert_eq!(parser.layout().gaps().count(), gaps);
        assert_eq!(parser.layout().hits() + parser.layout().misses(), GAPS * 9);
    }
}

#[test]
fn a_document_in_which_all_is_new_is_given_up() {
    let each = |n| format!("{}{{\"type\":\"profile\",\"id\":\"p\"}},", " ".repeat(n));
    let profiles: String = (0..200).map(each).collect();
    let document = with_profiles(0).replace(r#"{"type":"profile","id":"p1"},"#, &profiles);
    let mut parser = Parser::new();
    for misses in [64, 127, 190, 253] {
        parse(&mut parser, &document);
        assert_eq!(parser.layout().misses(), misses);
    }
}

#[test]
fn all_is_forgotten_when_there_is_no_more_room() {
    let mut parser = Parser::new();
    let mut total = 0;
    let mut forgotten_at = vec![];
    for n in 0..400_usize {
        // Three in a row are written alike.
        parse(&mut parser, &with_blanks_behind_colons(8, 10 * (n / 3 % 80)));
        let (hits, misses, gaps) = counts(parser.layout());
        let times = parser.layout().replaced() as usize;
        if times > forgotten_at.len() {
            forgotten_at.push(n);
            assert!(gaps <= GAPS as usize, "{gaps}");
            assert!((total..=total + GAPS).contains(&(hits + misses)));
        } else if n > 0 {
            // Each gap was known or was not.
            assert_eq!(hits + misses, total + GAPS);
        }
        total = hits + misses;
    }
    assert_eq!(forgotten_at, [106, 154, 190, 232, 333, 384]);
}

#[test]
fn learning_is_paused_ever_longer_where_it_is_of_no_use() {
    let shuffled = records_of(Settings::new(1, Shape::Poll, Layout::Shuffled), 13_000);
    let compact = records_of(Settings::new(1, Shape::Poll, Layout::Compact), 40);
    let arena = Bump::new();
    let mut parser = Parser::new();
    // How many documents it was paused for, and how many it was not.
    let runs = |parser: &mut Parser, documents: &[Vec<u8>]| {
        let mut runs = vec![0];
        let mut was_paused = parser.layout().is_paused();
        for document in documents {
            let misses = parser.layout().misses();
            parser.parse(document, &arena).unwrap();
            assert!(parser.layout().misses() == misses || !was_paused);
            if parser.layout().is_paused() != was_paused {
                was_paused = !was_paused;
                runs.push(0);
            }
            *runs.last_mut().unwrap() += 1;
        }
        runs
    };
    let paused = [64, 128, 256, 512, 1024, 2048, 4096, 4096].map(|pause| [pause, 16]);
    let found = runs(&mut parser, &shuffled);
    // The first document is not learned from, and the last pause not over.
    assert_eq!(found[0], 16);
    assert_eq!(found[1..17], *paused.as_flattened());
    // Where learning was of use, patience begins anew.
    parser.parse(&compact[0], &arena).unwrap();
    while parser.layout().is_paused() {
        parser.parse(&compact[0], &arena).unwrap();
    }
    assert_eq!(runs(&mut parser, &compact), [40]);
    assert_eq!(runs(&mut parser, &shuffled[..100])[..3], [15, 64, 16]);
}

#[test]
fn a_few_new_gaps_in_each_document_are_no_reason_to_pause() {
    for (colons, new_gaps, pauses) in [(6, 3, false), (7, 4, true)] {
        let mut parser = knowing(DOCUMENT, 20);
        for blanks in 1..=40 {
            let misses = parser.layout().misses();
            let was_paused = parser.layout().is_paused();
            parse(&mut parser, &with_blanks_behind_colons(colons, blanks));
            let new = if was_paused { 0 } else { new_gaps };
            assert_eq!(parser.layout().misses(), misses + new);
            assert_eq!(parser.layout().is_paused(), pauses && blanks >= 16);
        }
    }
}

#[test]
fn patience_begins_anew_with_a_document_that_is_known() {
    let mut parser = knowing(DOCUMENT, 20);
    for blanks in 1..=60 {
        parse(&mut parser, &with_blanks_behind_colons(20, blanks));
        if blanks % 15 == 0 {
            parse(&mut parser, DOCUMENT);
        }
        assert!(!parser.layout().is_paused());
    }
}

#[test]
fn another_layout_is_a_change_after_eight_documents_alike_where_a_third_is_new() {
    let changes = |alike: usize, colons| {
        let mut parser = knowing(DOCUMENT, 3 + alike);
        parse(&mut parser, &with_blanks_behind_colons(colons, 1));
        (parser.layout().misses() - 39, parser.drift().layout_changes())
    };
    // The first three are not known yet.
    assert_eq!(changes(7, 40), (19, 0));
    assert_eq!(changes(8, 40), (19, 1));
    // The document has 36 values, objects and arrays.
    assert_eq!(changes(20, 24), (12, 0));
    assert_eq!(changes(20, 25), (13, 1));
}
