//! What a parser learns, and when, in gaps that were known (hits) and not (misses): that it makes use of what it
//! has learned shows in nothing else that can be counted.
//!
//! Must not ask whether what is parsed is right; that is for `learning`.

use crate::{DOCUMENT, records_of};
use jobview::{Arena, JobResponse, Kernel, Learned, Options, Parser};
use jobview_corpus::{ExtraMembers, Layout, Settings, Shape};
use std::num::NonZeroU32;

/// How many gaps [`DOCUMENT`] has, all of them different. One leads from an identifier of a list to the next.
const GAPS: u64 = 21;

/// How many gaps are known of one place.
const OF_A_PLACE: usize = 16;

/// Hits, misses, and how many gaps are known.
fn counts(learned: Learned<'_>) -> (u64, u64, usize) {
    (learned.hits(), learned.misses(), learned.gaps().count())
}

fn parse(parser: &mut Parser, document: &str) {
    parser.parse(document.as_bytes(), &Arena::new()).unwrap();
}

/// A parser that has seen the document so many times.
fn knowing(document: &str, times: usize) -> Parser {
    let mut parser = Parser::<JobResponse>::new();
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

/// The document with white space behind the first colons that is as long as any other, and the only one for its number.
fn with_number_behind_colons(colons: usize, number: u32) -> String {
    let blanks: String =
        (0..12).map(|bit| if number >> bit & 1 == 0 { ' ' } else { '\t' }).collect();
    let mut pieces = DOCUMENT.split("\":");
    let first = pieces.next().unwrap().to_owned();
    pieces.enumerate().fold(first, |document, (index, piece)| {
        document + "\":" + if index < colons { &blanks } else { "" } + piece
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
        let mut parser = Options::new().kernel(kernel).parser::<JobResponse>();
        assert_eq!(parser.kernel(), kernel);
        // Whether there is a second document, nobody knows when the first one comes. In the second one, a list
        // that goes on teaches how it does at once.
        let all = GAPS as usize;
        let expected = [(0, 0, 0), (0, 21, 1), (1, 41, all), (22, 41, all), (43, 41, all)];
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
        ("(skipped)", "{\"data\":{\"type\":\"profile-bulk-import-job\",\"new\" : [", 3),
        ("/data/id", "],\"id\":\"", 3),
        ("/data/attributes/status", "\",\"attributes\":{\"status\":\"processing\"", 3),
        ("/data/attributes/total_count", "\",\"total_count\":", 3),
        ("/data/attributes/completed_at", ",\"completed_at\":", 3),
        ("/data/attributes/expires_at", ",\"expires_at\":\"", 3),
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
    let mut parser = Options::new().learning(false).parser::<JobResponse>();
    for _ in 0..5 {
        parse(&mut parser, &with_profiles(100));
        assert_eq!(counts(parser.layout()), (0, 0, 0));
        assert!(parser.layout().is_paused());
    }
    assert_eq!(parser.layout().replaced(), 0);
}

#[test]
fn a_long_list_is_learned_from_in_the_first_document() {
    for (more, expected) in [
        // Fifteen times, an identifier has followed another.
        (14, (0, 0, 0)),
        // After the list, the document goes on with seven gaps that have not come before.
        (15, (0, 7, 0)),
        // One more identifier, and the way to it is known.
        (16, (0, 8, 1)),
        (17, (1, 8, 1)),
        (999, (983, 8, 1)),
    ] {
        let parser = knowing(&with_profiles(more), 1);
        assert_eq!(counts(parser.layout()), expected, "{more}");
    }
}

#[test]
fn so_many_spellings_of_a_gap_are_known() {
    for spellings in 2..=OF_A_PLACE {
        let mut parser = Parser::<JobResponse>::new();
        (0..3 * spellings).for_each(|n| parse(&mut parser, &with_blanks(n % spellings)));
        let (hits, misses, gaps) = counts(parser.layout());
        assert_eq!(gaps, GAPS as usize - 1 + spellings);
        // Whichever comes is known.
        let more = 30;
        (0..more).for_each(|n| parse(&mut parser, &with_blanks(n % spellings)));
        assert_eq!(counts(parser.layout()), (hits + GAPS * more as u64, misses, gaps));
        assert_eq!(parser.layout().replaced(), 0);
    }
}

#[test]
fn of_more_spellings_than_there_is_room_for_most_are_known_when_they_come() {
    for more in 1..=4 {
        let spellings = OF_A_PLACE + more;
        let mut parser = Parser::<JobResponse>::new();
        (0..3 * spellings).for_each(|n| parse(&mut parser, &with_blanks(n % spellings)));
        let (hits, misses, gaps) = counts(parser.layout());
        assert_eq!(gaps, GAPS as usize - 1 + OF_A_PLACE);
        let replaced = parser.layout().replaced();
        // A new one takes the place of the one that is tried last, or of the one before it, so that those that come in turn
        // do not all replace each other.
        let documents = 5 * spellings;
        (0..documents).for_each(|n| parse(&mut parser, &with_blanks(n % spellings)));
        let now = counts(parser.layout());
        let more_misses = now.1 - misses;
        assert!((5..=5 * 2 * more as u64).contains(&more_misses), "{more}: {more_misses}");
        assert_eq!(parser.layout().replaced() - replaced, more_misses);
        // The hits of a gap are counted when another has taken its place.
        assert_eq!(now.0 + now.1, hits + misses + GAPS * documents as u64);
        assert_eq!(now.2, gaps);
        assert!(!parser.layout().is_paused());
    }
}

#[test]
fn gaps_that_are_too_long_are_not_learned() {
    let first = r#"{"data":{"type":"profile-bulk-import-job","id":""#;
    let blanks = 2048 - first.len();
    for (more, gaps) in [(0, 21), (1, 20)] {
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
    let mut parser = Parser::<JobResponse>::new();
    // The document itself says how many it may be, until it has come too often.
    let mut misses = 0;
    while !parser.layout().is_paused() {
        misses += 63;
        parse(&mut parser, &document);
        assert_eq!(parser.layout().misses(), misses);
    }
    assert_eq!(misses, 7 * 63);
}

#[test]
fn gaps_that_do_not_come_any_more_make_place_for_new_ones() {
    let mut parser = Parser::<JobResponse>::new();
    let mut unknown = 0;
    for n in 0..400_usize {
        let misses = parser.layout().misses();
        // Three in a row are written alike; the first eight colons are in five gaps.
        parse(&mut parser, &with_blanks_behind_colons(8, 10 * (n / 3 % 60)));
        let (hits, now, gaps) = counts(parser.layout());
        // Each gap was known or was not; what has become of it since is no matter.
        assert_eq!(hits + now, GAPS * n as u64);
        // What was learned of the first two is there for the third, but where long gaps had to make room just then.
        if n >= 5 && n % 3 == 2 {
            unknown += usize::from(now > misses);
        }
        assert!(gaps <= GAPS as usize - 5 + 5 * OF_A_PLACE, "{gaps}");
        assert!(!parser.layout().is_paused());
    }
    assert!(unknown <= 4, "{unknown}");
    assert!(parser.layout().replaced() > 500);
}

/// How many documents in turn learning was not paused for, and was, and was not...
fn runs(parser: &mut Parser, documents: &[Vec<u8>]) -> Vec<usize> {
    let mut arena = Arena::new();
    let mut runs = vec![0];
    let mut was_paused = false;
    for document in documents {
        let misses = parser.layout().misses();
        parser.parse(document, &arena).unwrap();
        arena.reset();
        assert!(parser.layout().misses() == misses || !was_paused);
        if parser.layout().is_paused() != was_paused {
            was_paused = !was_paused;
            runs.push(0);
        }
        *runs.last_mut().unwrap() += 1;
    }
    runs
}

#[test]
fn learning_is_paused_ever_longer_where_it_costs_more_than_it_saves() {
    let shuffled = records_of(Settings::new(1, Shape::Poll, Layout::Shuffled), 26_000);
    let compact = records_of(Settings::new(1, Shape::Poll, Layout::Compact), 1);
    let mut parser = Parser::<JobResponse>::new();
    let found = runs(&mut parser, &shuffled);
    let (awake, paused): (Vec<_>, Vec<_>) = found.chunks(2).map(|run| (run[0], run.get(1))).unzip();
    let paused: Vec<_> = paused.into_iter().flatten().copied().collect();
    // The last pause is not over.
    let lengths = [64, 128, 256, 512, 1024, 2048, 4096, 8192, 8192];
    assert_eq!(paused[..lengths.len()], lengths);
    // Learning is given up after some forty documents, and after a few ones when it is tried again.
    assert!((20..60).contains(&awake[0]), "{awake:?}");
    assert!(awake[1..].iter().all(|documents| (3..10).contains(documents)), "{awake:?}");

    // Where learning was of use, patience begins anew: but not as if nothing had been.
    let mut more = 0;
    while parser.layout().is_paused() {
        parser.parse(&compact[0], &Arena::new()).unwrap();
        more += 1;
    }
    assert_eq!(paused[lengths.len()] + more, 8192 + 1);
    assert_eq!(runs(&mut parser, &vec![compact[0].clone(); 40]), [40]);
    let found = runs(&mut parser, &shuffled[..200]);
    assert_eq!(found[1], 64);
    assert!((awake[1] + 1..awake[0]).contains(&found[0]), "{found:?}");
}

#[test]
fn a_stream_that_can_be_learned_from_some_document_on_is_learned_then() {
    let of = |layout, count| records_of(Settings::new(1, Shape::Poll, layout), count);
    let mut parser = Parser::<JobResponse>::new();
    runs(&mut parser, &of(Layout::Shuffled, 2_000));
    assert!(parser.layout().is_paused());
    let misses = parser.layout().misses();
    let [0, rest, learned] = runs(&mut parser, &of(Layout::Compact, 3_000))[..] else {
        panic!("it is paused for a while, and then never");
    };
    // No longer than for all that came before.
    assert!(rest <= 2_000);
    assert_eq!(rest + learned, 3_000);
    assert!(parser.layout().misses() - misses <= 60);
    assert!(parser.layout().hits() >= 17 * learned as u64);
    // That it was paused is no change of the layout, nor that it was learned; the next one is.
    assert_eq!(parser.drift().layout_changes(), 0);
    assert_eq!(runs(&mut parser, &of(Layout::Sorted, 20)), [20]);
    assert_eq!(parser.drift().changed_documents(), [5_000]);
}

#[test]
fn a_few_new_gaps_in_each_document_are_no_reason_to_pause() {
    // A document as short as this one saves little, the less since the text ends behind its last gaps, which must be looked at
    // more closely.
    for (colons, new_gaps, pauses) in
        [(3, 1, None), (6, 3, Some(200..600)), (9, 6, Some(60..200)), (40, 20, Some(20..40))]
    {
        let mut parser = knowing(DOCUMENT, 20);
        let misses = parser.layout().misses();
        let mut documents = 0;
        while documents < 3_000 && !parser.layout().is_paused() {
            parse(&mut parser, &with_number_behind_colons(colons, documents));
            documents += 1;
        }
        let expected = new_gaps * u64::from(documents);
        assert_eq!(parser.layout().misses() - misses, expected, "{colons}");
        let found = parser.layout().is_paused().then_some(documents);
        let is_as_expected = match (&pauses, found) {
            (None, None) => true,
            (Some(range), Some(documents)) => range.contains(&documents),
            _ => false,
        };
        assert!(is_as_expected, "{colons}: {found:?}, not {pauses:?}");
    }
}

#[test]
fn documents_that_are_known_make_up_for_some_that_are_not() {
    for (known, pauses) in [(10, false), (8, false), (5, true), (2, true)] {
        let mut parser = knowing(DOCUMENT, 20);
        let mut documents = 0;
        while documents < 200 && !parser.layout().is_paused() {
            documents += 1;
            parse(&mut parser, &with_number_behind_colons(40, documents));
            (0..known).for_each(|_| parse(&mut parser, DOCUMENT));
        }
        assert_eq!(parser.layout().is_paused(), pauses, "{known}");
    }
}

#[test]
fn another_layout_is_a_change_after_eight_documents_alike_where_a_third_is_new() {
    let changes = |alike: usize, colons| {
        let mut parser = knowing(DOCUMENT, 3 + alike);
        let misses = parser.layout().misses();
        parse(&mut parser, &with_blanks_behind_colons(colons, 1));
        (parser.layout().misses() - misses, parser.drift().layout_changes())
    };
    // The first three are not known yet. The last gap has no colon.
    assert_eq!(changes(7, 40), (20, 0));
    assert_eq!(changes(8, 40), (20, 1));
    // The document has 36 values, objects and arrays.
    assert_eq!(changes(20, 20), (12, 0));
    assert_eq!(changes(20, 21), (13, 1));
}

const SETTINGS: Settings = Settings::new(1, Shape::Poll, Layout::Compact);

fn by_producers(producers: u32) -> Settings {
    Settings { producers: NonZeroU32::new(producers).unwrap(), ..SETTINGS }
}

/// What there was to learn from the first documents of a stream, and from three times as many after them.
struct Found {
    first: u64,
    later: u64,
    replaced: u64,
    paused: usize,
}

const FIRST: usize = 1_000;
const ALL: usize = 4 * FIRST;

fn found(settings: Settings) -> Found {
    let mut arena = Arena::new();
    let mut parser = Parser::<JobResponse>::new();
    let mut found = Found { first: 0, later: 0, replaced: 0, paused: 0 };
    for (n, document) in records_of(settings, ALL).iter().enumerate() {
        parser.parse(document, &arena).unwrap();
        arena.reset();
        found.paused += usize::from(parser.layout().is_paused());
        if n + 1 == FIRST {
            found.first = parser.layout().misses();
        }
    }
    found.later = parser.layout().misses() - found.first;
    found.replaced = parser.layout().replaced();
    assert_eq!(parser.drift().layout_changes(), 0, "{settings:?}");
    found
}

#[test]
fn streams_whose_documents_are_written_alike_are_known_after_a_few() {
    let layouts =
        [Layout::Compact, Layout::Spaced, Layout::Sorted, Layout::Pretty, Layout::Slashed];
    let alike = layouts.map(|layout| (Settings { layout, ..SETTINGS }, 60));
    let evolved = Settings { unknown_members: ExtraMembers::Evolved, ..SETTINGS };
    for (settings, most) in alike.into_iter().chain([(evolved, 110)]) {
        let Found { first, later, replaced, paused } = found(settings);
        assert!(first <= most, "{first}: {settings:?}");
        assert_eq!((later, replaced, paused), (0, 0, 0), "{settings:?}");
    }
}

#[test]
fn streams_of_several_producers_are_known_after_a_few_documents_of_each() {
    for (producers, most) in [(2, 100), (4, 180)] {
        let Found { first, later, replaced, paused } = found(by_producers(producers));
        assert!(first <= most, "{first}: {producers}");
        // What comes now and then is a list with one identifier more.
        assert!(later <= 1, "{later}: {producers}");
        assert_eq!((replaced, paused), (0, 0), "{producers}");
    }
    // Of some places, sixteen producers have more gaps than there is room for.
    let Found { first, later, paused, .. } = found(by_producers(16));
    assert!(first <= 450, "{first}");
    assert!(later * 20 <= (ALL - FIRST) as u64, "{later}");
    assert_eq!(paused, 0);
}

#[test]
fn streams_whose_documents_vary_are_known_but_for_what_comes_hardly_ever() {
    let varied = |settings| Settings { varied: true, ..settings };
    for (settings, most) in [(varied(SETTINGS), 200), (varied(by_producers(4)), 400)] {
        let Found { first, later, replaced, paused } = found(settings);
        assert!(first <= most, "{first}: {settings:?}");
        // Of so many documents, one in twenty has a gap that is new; later fewer and fewer.
        assert!(later * 20 <= (ALL - FIRST) as u64, "{later}: {settings:?}");
        assert!(replaced <= 10, "{replaced}: {settings:?}");
        assert_eq!(paused, 0, "{settings:?}");
    }
}

#[test]
fn streams_in_which_all_is_new_are_left_alone() {
    let of = |layout| Settings { layout, ..SETTINGS };
    let strewn = Settings { unknown_members: ExtraMembers::Strewn, ..SETTINGS };
    for settings in [strewn, of(Layout::Shuffled), of(Layout::Wild)] {
        let Found { first, later, paused, .. } = found(settings);
        assert!(paused * 100 >= 95 * ALL, "{paused}: {settings:?}");
        assert!(later < first && first < 1_500, "{first} {later}: {settings:?}");
    }
}
