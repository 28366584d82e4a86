//! Derived views, and what serde makes of the same documents.
//!
//! A document is accepted by both or by neither, and the values are the same, but for these:
//!
//! - Integers may have a fraction or an exponent here, as in JSON Schema: `10.0` and `1e1` are ten, and `-0` is zero, also
//!   for a type without sign. To serde these are floating point numbers.
//! - Half of a surrogate pair is an error here in all texts; serde lets it pass where it skips a value.
//! - Serde takes an array for a struct, and an object with one member for a variant of an enum. Here it is a wrong type.
//! - A `&str` of serde takes no text with escapes.
//! - Serde gives up at 128 arrays and objects inside one another, but where it skips a value at none; here
//!   `Options::max_depth` counts, everywhere.
//! - Around a struct that is flattened, and in an object with a tag, serde reads what nobody names, too: numbers that no `f64` is
//!   near to are errors there.
//! - A text that an enum keeps as another one has no more than 65,535 bytes here.
//! - What is inside an object with a tag, serde reads from memory, and there takes the number of a variant for a tag. Here that
//!   is a wrong type.
//!
//! Numbers that no `f64` is near to are errors in both, and so are members that stand twice, unless nobody names them.
//!
//! `documents` draws them, `shapes` is what they are read into, `tagged` enums with tags, `untagged` those without, and
//! `converted` what serde has to be told by other means. `twins` and `columns` are what else is derived.

mod columns;
mod converted;
mod documents;
mod shapes;
mod tagged;
mod twins;
mod untagged;

use documents::{Draw, with_plain_integers};
use jobview::{
    Arena, Document, ErrorKind, Formats, Kernel, MAX_DEPTH, Options, Parser, UnknownVariants,
};
use std::fmt::Debug;

/// How often a shape is drawn, unless the environment variable `DERIVE_ROUNDS` says so; each document is changed a few times.
const ROUNDS: usize = 1500;
const CHANGES: usize = 3;

fn rounds() -> usize {
    let rounds = std::env::var("DERIVE_ROUNDS");
    rounds.map_or(ROUNDS, |rounds| rounds.parse().expect("`DERIVE_ROUNDS` is a number"))
}

/// What serde says to a text: the value as `Debug` has it.
type Serde = fn(&str) -> serde_json::Result<String>;

fn shown<T: Debug>(read: serde_json::Result<T>) -> serde_json::Result<String> {
    // What is kept as it is written has another name there.
    read.map(|value| format!("{value:?}").replace("RawValue(", "RawJson("))
}

/// Parsers that know different things, and work in different ways.
struct Parsers<D: Document> {
    all: Vec<Parser<D>>,
    options: Options,
}

/// What is wrong with a document, and where.
type Wrong = (ErrorKind, usize, String);

impl<D: Document> Parsers<D> {
    fn new() -> Self {
        // Where there is no format, it changes nothing.
        let options = Options::new().formats(Formats::Check);
        let learning = Kernel::available().map(|kernel| options.kernel(kernel));
        let others = [options.learning(false), options.unknown_variants(UnknownVariants::Keep)];
        Self { all: learning.chain(others).map(Options::parser).collect(), options }
    }

    /// What all of them say, and one that is new.
    fn parse(&mut self, text: &[u8]) -> Result<String, Wrong> {
        let arena = Arena::new();
        let say = |parser: &mut Parser<D>| match parser.parse(text, &arena) {
            Ok(view) => Ok(format!("{view:?}")),
            Err(error) => Err((error.kind(), error.offset() as usize, error.to_string())),
        };
        let said = say(&mut self.options.parser());
        for parser in &mut self.all {
            assert_eq!(say(parser), said, "{}", String::from_utf8_lossy(text));
        }
        said
    }

    /// Whether they know most of what comes.
    fn have_learned(&self) -> bool {
        let learned = self.all[0].layout();
        learned.hits() > learned.misses()
    }
}

/// How often documents were accepted, rejected, and judged in different ways.
#[derive(Debug, Default)]
struct Counts {
    accepted: usize,
    rejected: usize,
    only_here: usize,
    only_there: usize,
}

impl Counts {
    /// Compares two verdicts and values of a text.
    fn compare(&mut self, text: &[u8], ours: Result<String, Wrong>, serde: Serde) {
        let shown = String::from_utf8_lossy(text);
        let theirs = match str::from_utf8(text) {
            Ok(text) => serde(text).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => {
                assert_eq!(ours, theirs, "{shown}");
                self.accepted += 1;
            }
            (Err(_), Err(_)) => self.rejected += 1,
            (Ok(ours), Err(error)) => {
                let is_borrowed = error.contains("expected a borrowed string");
                let is_read = error.contains("number out of range");
                assert!(
                    is_borrowed || is_read || is_plain_the_same(&shown, &ours, serde),
                    "{error}: {shown}"
                );
                self.only_here += 1;
            }
            (Err(wrong), Ok(_)) => {
                assert!(is_no_matter_to_serde(text, &wrong), "{wrong:?}: {shown}");
                self.only_there += 1;
            }
        }
    }
}

/// Whether serde has the same value where all integers are written without fraction and exponent.
fn is_plain_the_same(text: &str, ours: &str, serde: Serde) -> bool {
    // Also in what is kept as it is written.
    let theirs = serde(&with_plain_integers(text));
    theirs.is_ok_and(|theirs| with_plain_integers(&theirs) == with_plain_integers(ours))
}

/// Whether serde may accept what is wrong.
fn is_no_matter_to_serde(text: &[u8], (kind, offset, message): &Wrong) -> bool {
    match kind {
        ErrorKind::LoneSurrogate => true,
        ErrorKind::WrongType => match text[*offset] {
            b'[' => message.contains("expected an object"),
            // The number of a variant for a tag, too.
            b'{' | b'0'..=b'9' => message.contains("expected a string"),
            _ => false,
        },
        _ => false,
    }
}

/// Draws documents of a shape, changes them, and has both judge them.
fn both_agree<D: Document>(seed: u64, document: fn(&mut Draw) -> String, serde: Serde) {
    let mut draw = Draw::new(seed);
    let mut parsers = Parsers::<D>::new();
    let (mut counts, mut whole) = (Counts::default(), Counts::default());
    let rounds = rounds();
    for _ in 0..rounds {
        let text = document(&mut draw);
        whole.compare(text.as_bytes(), parsers.parse(text.as_bytes()), serde);
        for _ in 0..CHANGES {
            let changed = draw.change(text.as_bytes());
            counts.compare(&changed, parsers.parse(&changed), serde);
        }
    }
    assert!(parsers.have_learned());
    // Whatever is compared, both verdicts must have come often.
    assert_eq!((whole.rejected, whole.only_there), (0, 0), "{whole:?}");
    assert!(whole.accepted > rounds / 2, "{whole:?}");
    assert!(counts.accepted > rounds / 4 && counts.rejected > rounds / 4, "{counts:?}");
}

#[test]
fn events_are_what_serde_says() {
    let serde = |text: &str| shown::<shapes::owned::Event<'_>>(serde_json::from_str(text));
    both_agree::<shapes::views::Event<'static>>(1, documents::event, serde);
}

#[test]
fn log_lines_are_what_serde_says() {
    let serde = |text: &str| shown::<shapes::LogLine<'_>>(serde_json::from_str(text));
    both_agree::<shapes::LogLine<'static>>(2, documents::log_line, serde);
}

#[test]
fn deep_documents_are_what_serde_says() {
    let serde = |text: &str| shown::<shapes::owned::Deep<'_>>(serde_json::from_str(text));
    both_agree::<shapes::views::Deep<'static>>(3, documents::deep, serde);
}

#[test]
fn flattened_documents_are_what_serde_says() {
    let serde = |text: &str| shown::<shapes::owned::Flat<'_>>(serde_json::from_str(text));
    both_agree::<shapes::views::Flat<'static>>(6, documents::flat, serde);
}

#[test]
fn arrays_are_what_serde_says() {
    let serde = |text: &str| shown::<shapes::owned::Arrays<'_>>(serde_json::from_str(text));
    both_agree::<shapes::views::Arrays<'static>>(7, documents::arrays, serde);
}

#[test]
fn what_is_absent_and_what_is_null_is_what_serde_says() {
    let serde = |text: &str| shown::<shapes::owned::Patch<'_>>(serde_json::from_str(text));
    both_agree::<shapes::views::Patch<'static>>(8, documents::patch, serde);
}

#[test]
fn constants_are_what_serde_says() {
    let serde = |text: &str| shown::<converted::owned::Resource<'_>>(serde_json::from_str(text));
    both_agree::<converted::views::Resource<'static>>(9, documents::resource, serde);
}

#[test]
fn members_of_any_names_are_what_serde_says() {
    let serde = |text: &str| shown::<shapes::owned::Maps<'_>>(serde_json::from_str(text));
    both_agree::<shapes::views::Maps<'static>>(11, documents::maps, serde);
}

#[test]
fn members_that_are_not_named_are_kept_as_serde_says() {
    let serde = |text: &str| shown::<converted::owned::Open<'_>>(serde_json::from_str(text));
    both_agree::<converted::views::Open<'static>>(12, documents::open, serde);
}

#[test]
fn all_of_it_together_is_what_serde_says() {
    let serde = |text: &str| shown::<shapes::owned::Everything<'_>>(serde_json::from_str(text));
    both_agree::<shapes::views::Everything<'static>>(13, documents::everything, serde);
}

/// As [`both_agree`], where tags are changed, too.
fn both_agree_on_tags<D: Document>(seed: u64, document: fn(&mut Draw) -> String, serde: Serde) {
    both_agree::<D>(seed, document, serde);
    let mut draw = Draw::new(seed + 1000);
    let mut parsers = Parsers::<D>::new();
    let mut counts = Counts::default();
    for _ in 0..ROUNDS {
        let text = document(&mut draw);
        parsers.parse(text.as_bytes()).unwrap();
        let changed = tagged::change_tag(&mut draw, &text);
        counts.compare(changed.as_bytes(), parsers.parse(changed.as_bytes()), serde);
    }
    assert!(counts.accepted > ROUNDS / 20 && counts.rejected > ROUNDS / 10, "{counts:?}");
}

#[test]
fn objects_with_their_tag_inside_are_what_serde_says() {
    let serde = |text: &str| shown::<tagged::owned::Event<'_>>(serde_json::from_str(text));
    both_agree_on_tags::<tagged::views::Event<'static>>(14, tagged::event, serde);
    let serde = |text: &str| shown::<tagged::owned::Actor<'_>>(serde_json::from_str(text));
    both_agree_on_tags::<tagged::views::Actor<'static>>(15, tagged::actor, serde);
}

#[test]
fn objects_with_their_tag_beside_them_are_what_serde_says() {
    let serde = |text: &str| shown::<tagged::owned::Shape<'_>>(serde_json::from_str(text));
    both_agree_on_tags::<tagged::views::Shape<'static>>(16, tagged::shape, serde);
}

#[test]
fn tagged_parts_of_any_kind_are_what_serde_says() {
    let serde = |text: &str| shown::<tagged::owned::All<'_>>(serde_json::from_str(text));
    both_agree_on_tags::<tagged::views::All<'static>>(17, tagged::all, serde);
}

#[test]
fn flattened_enums_are_what_serde_says() {
    let serde = |text: &str| shown::<tagged::owned::Delivery<'_>>(serde_json::from_str(text));
    both_agree_on_tags::<tagged::views::Delivery<'static>>(18, tagged::delivery, serde);
    let serde = |text: &str| shown::<tagged::owned::Mixed<'_>>(serde_json::from_str(text));
    both_agree_on_tags::<tagged::views::Mixed<'static>>(19, tagged::mixed, serde);
}

#[test]
fn values_that_the_first_byte_tells_apart_are_what_serde_says() {
    let serde = |text: &str| shown::<untagged::owned::All<'_>>(serde_json::from_str(text));
    both_agree::<untagged::views::All<'static>>(25, untagged::all, serde);
    both_agree_on_classes::<untagged::views::All<'static>>(26, untagged::all, serde);
    let serde = |text: &str| shown::<untagged::owned::Lists<'_>>(serde_json::from_str(text));
    both_agree::<untagged::views::Lists<'static>>(27, untagged::lists, serde);
    both_agree_on_classes::<untagged::views::Lists<'static>>(28, untagged::lists, serde);
}

/// As [`both_agree`], where a value becomes one of another class.
fn both_agree_on_classes<D: Document>(seed: u64, document: fn(&mut Draw) -> String, serde: Serde) {
    let mut draw = Draw::new(seed);
    let mut parsers = Parsers::<D>::new();
    let mut counts = Counts::default();
    let rounds = rounds();
    for _ in 0..rounds {
        let text = document(&mut draw);
        parsers.parse(text.as_bytes()).unwrap();
        let changed = untagged::change_class(&mut draw, &text);
        counts.compare(changed.as_bytes(), parsers.parse(changed.as_bytes()), serde);
    }
    assert!(counts.accepted > rounds / 20 && counts.rejected > rounds / 10, "{counts:?}");
}

#[test]
fn values_of_one_class_have_nothing_of_those_that_came_before() {
    // All there is of one, and then of another in the same place, in lists and out of them.
    let values = [
        (r#""a text""#, r#"Text("a text")"#),
        ("-1.5e3", "Number(-1500.0)"),
        ("7", "Number(7.0)"),
        ("true", "Flag(true)"),
        ("false", "Flag(false)"),
        (r#"["a","b"]"#, r#"Array(["a", "b"])"#),
        ("[]", "Array([])"),
        (
            r#"{"name":"n","id":"i","size":8,"tags":["t"],"at":[1,2],"note":"o"}"#,
            r#"Object(Place { name: "n", id: Some(Name("i")), size: Some(8), tags: ["t"], at: Some([1, 2]), note: Some("o") })"#,
        ),
        (
            r#"{"name":"n","id":7}"#,
            r#"Object(Place { name: "n", id: Some(Number(7)), size: None, tags: [], at: None, note: None })"#,
        ),
        (
            r#"{"note":null,"id":null,"name":""}"#,
            r#"Object(Place { name: "", id: None, size: None, tags: [], at: None, note: None })"#,
        ),
    ];
    let mut parsers = Parsers::<untagged::views::Two<'static>>::new();
    for _ in 0..3 {
        for (one, shown_one) in values {
            for (other, shown_other) in values {
                let text = format!(
                    r#"{{"values":[{one},{other},null,{one}],"one":{other},"other":{one}}}"#
                );
                let expected = format!(
                    "Two {{ values: [Some({shown_one}), Some({shown_other}), None, Some({shown_one})], \
                     one: {shown_other}, other: Some({shown_one}) }}"
                );
                assert_eq!(parsers.parse(text.as_bytes()), Ok(expected));
                let text = format!(r#"{{"one":null,"values":[{other}],"other":null}}"#);
                let expected =
                    format!("Two {{ values: [Some({shown_other})], one: Null, other: None }}");
                assert_eq!(parsers.parse(text.as_bytes()), Ok(expected));
            }
        }
    }
    assert!(parsers.have_learned());
}

#[test]
fn lists_of_nothing_but_texts_are_variants_like_others() {
    let values = [
        (r#""a text""#, r#"Text("a text")"#),
        (r#"{"id":"a"}"#, r#"One(Reference { id: "a" })"#),
        ("[]", "All([])"),
        (r#"[{"id":"b"},{"id":"c"}]"#, r#"All([Reference { id: "b" }, Reference { id: "c" }])"#),
    ];
    let mut parsers = Parsers::<untagged::views::Relations<'static>>::new();
    for _ in 0..3 {
        for (one, shown_one) in values {
            for (other, shown_other) in values {
                let text =
                    format!(r#"{{"one":{one},"all":[{one},{other},{one}],"other":{other}}}"#);
                let expected = format!(
                    "Relations {{ one: {shown_one}, all: [{shown_one}, {shown_other}, {shown_one}], \
                     other: Some({shown_other}) }}"
                );
                assert_eq!(parsers.parse(text.as_bytes()), Ok(expected));
            }
        }
    }
    assert!(parsers.have_learned());
}

#[test]
fn values_of_a_class_that_no_variant_has_are_rejected() {
    const OF_ID: &str = "expected an integer, a string or null, found";
    const OF_STEP: &str = "expected an array, an integer, `true` or `false`, found";
    const OF_SHAPE: &str = "expected an integer, an object, an array, a string or null, found";
    let mut parsers = Parsers::<untagged::views::Lists<'static>>::new();
    let mut others = Parsers::<untagged::views::All<'static>>::new();
    let rest = r#""value":7,"by_name":{},"pair":["",true],"many":[],"content":{"t":"Nothing"}}"#;
    for _ in 0..5 {
        for text in [
            r#"{"ids":[1,"b",null],"values":[],"maybe":[],"steps":[[1,2],3,true,[4,5]]}"#,
            r#"{"ids":["a",1],"values":[1,{"name":"n"}],"maybe":[],"steps":[]}"#,
        ] {
            assert!(parsers.parse(text.as_bytes()).is_ok(), "{text}");
        }
        for (text, kind, pointer, message) in [
            (r#"{"ids":[~true]}"#, ErrorKind::WrongType, "/ids/0", format!("{OF_ID} true")),
            (r#"{"ids":[1,~{}]}"#, ErrorKind::WrongType, "/ids/1", format!("{OF_ID} an object")),
            (r#"{"ids":["a",~[]]}"#, ErrorKind::WrongType, "/ids/1", format!("{OF_ID} an array")),
            (r#"{"ids":[~nul]}"#, ErrorKind::InvalidLiteral, "/ids/0", String::new()),
            (r#"{"ids":[~tru]}"#, ErrorKind::InvalidLiteral, "/ids/0", String::new()),
            (r#"{"ids":[1,~]}"#, ErrorKind::UnexpectedByte, "/ids/1", String::new()),
            (r#"{"ids":[~4294967296]}"#, ErrorKind::IntegerOutOfRange, "/ids/0", "u32".into()),
            (r#"{"ids":[~1.5]}"#, ErrorKind::NotAnInteger, "/ids/0", String::new()),
            (r#"{"ids":["~"#, ErrorKind::UnexpectedEnd, "/ids/0", String::new()),
            (
                r#"{"steps":[[1,2],~null]}"#,
                ErrorKind::WrongType,
                "/steps/1",
                format!("{OF_STEP} null"),
            ),
            (
                r#"{"steps":[[1,2],[3~]]}"#,
                ErrorKind::WrongLength,
                "/steps/1",
                "2 items, found 1".into(),
            ),
            (r#"{"steps":[[1,2],[3,4,5~]]}"#, ErrorKind::WrongLength, "/steps/1", "found 3".into()),
            (r#"{"steps":[true,~fals]}"#, ErrorKind::InvalidLiteral, "/steps/1", String::new()),
            (r#"{"values":[{~}]}"#, ErrorKind::MissingMember, "/values/0/name", "name".into()),
            (
                r#"{"values":[{"name":"a",~"name":"b"}]}"#,
                ErrorKind::DuplicateMember,
                "/values/0/name",
                "name".into(),
            ),
            (r#"{"values":[{"id":"a","id~"#, ErrorKind::UnexpectedEnd, "/values/0", String::new()),
            (r#"{"values":[["a",~1]]}"#, ErrorKind::WrongType, "/values/0/1", "a string".into()),
            (
                r#"{"rows":[["a"],[1,~true]]}"#,
                ErrorKind::WrongType,
                "/rows/1/1",
                format!("{OF_ID} true"),
            ),
            (
                r#"{"many":[[],[{"name":"n"}],~7]}"#,
                ErrorKind::WrongType,
                "/many/2",
                "an object or an array, found 7".into(),
            ),
        ] {
            let (offset, text) = (text.find('~').unwrap(), text.replace('~', ""));
            let (found, at, error) = parsers.parse(text.as_bytes()).unwrap_err();
            assert_eq!((found, at), (kind, offset), "{error}: {text}");
            assert!(error.contains(&format!(" at {pointer}: ")), "{error}: {text}");
            assert!(error.contains(&message), "{error}: {text}");
        }
        let text = format!(r#"{{"id":"a","shapes":[[[1,2]],"red",7,{{"kind":"no one"}}],{rest}"#);
        assert!(others.parse(text.as_bytes()).is_ok(), "{text}");
        for (text, message) in [
            (format!(r#"{{"id":~true,{rest}"#), format!("{OF_ID} true")),
            (format!(r#"{{"shape":~true,{rest}"#), format!("{OF_SHAPE} true")),
            (format!(r#"{{"last":~[],{rest}"#), format!("{OF_ID} an array")),
            (
                format!(r#"{{"sized":[~"a"],{rest}"#),
                "an object, an array or an integer, found".into(),
            ),
        ] {
            let (offset, text) = (text.find('~').unwrap(), text.replace('~', ""));
            let (found, at, error) = others.parse(text.as_bytes()).unwrap_err();
            assert_eq!((found, at), (ErrorKind::WrongType, offset), "{error}: {text}");
            assert!(error.contains(&message), "{error}: {text}");
        }
    }
}

#[test]
fn lists_of_values_of_any_class_that_find_no_room_are_rejected_where_they_do_not() {
    let all = [r#"["a","b"]"#, "[]", "7", r#"{"name":"n","tags":["x","y"]}"#, "true", r#""\n""#];
    let list = |count: usize| {
        let items: Vec<_> = all.iter().cycle().take(count).copied().collect();
        format!(r#"{{"one":1,"values":[{}]}}"#, items.join(","))
    };
    let limit = |options: Options| options.max_arena_bytes(9000);
    for learned in [0, 1, 5] {
        let mut parser = limit(Options::new()).parser::<untagged::views::Two<'static>>();
        let mut plain =
            limit(Options::new().learning(false)).parser::<untagged::views::Two<'static>>();
        for _ in 0..learned {
            assert!(parser.parse(list(10).as_bytes(), &Arena::new()).is_ok());
        }
        for count in 1..200 {
            let text = list(count);
            let (arena, other) = (Arena::new(), Arena::new());
            let parsed = parser.parse(text.as_bytes(), &arena);
            assert_eq!(parsed, plain.parse(text.as_bytes(), &other), "{count}");
            match parsed {
                Ok(view) => assert_eq!(view.values.len(), count),
                Err(error) => assert_eq!(error.kind(), ErrorKind::ArenaLimit),
            }
        }
        assert!(parser.parse(list(200).as_bytes(), &Arena::new()).is_err());
    }
}

#[test]
fn gaps_before_values_of_any_class_have_the_pointers_of_their_enums() {
    let mut parser = Parser::<untagged::views::All<'static>>::new();
    let text = r#"{"id":1,"value":{"name":"n","new":1},"shapes":["red",[[1,2]]],"by_name":{"x":"a"},"pair":[true,[]],"many":[],"content":{"t":"Nothing"}}"#;
    for _ in 0..20 {
        parser.parse(text.as_bytes(), &Arena::new()).unwrap();
    }
    let unknown: Vec<_> =
        parser.drift().unknown_members().iter().map(|one| one.pointer()).collect();
    assert_eq!(unknown, ["/value/new"]);
    let learned = parser.layout();
    let pointers: Vec<_> = learned.gaps().map(|gap| gap.value()).collect();
    for pointer in ["/id", "/value", "/value/name", "/shapes/*", "/by_name/*", "/pair/*", "/many"] {
        assert!(pointers.contains(&pointer.to_owned()), "{pointer}: {pointers:?}");
    }
    // Nothing is new any more.
    let misses = learned.misses();
    parser.parse(text.as_bytes(), &Arena::new()).unwrap();
    assert_eq!(parser.layout().misses(), misses);
}

/// Has batches of documents read in which all variants come in turn, some of them changed, by a parser that learns from
/// them and one that does not.
fn batches_are_read_alike<D: Document>(
    seed: u64,
    document: fn(&mut Draw) -> String,
    change: fn(&mut Draw, &str) -> String,
) {
    let mut draw = Draw::new(seed);
    let mut learned = Parser::<D>::new();
    let mut plain = Options::new().learning(false).parser::<D>();
    for _ in 0..30 {
        let mut line = || {
            let text = document(&mut draw);
            let changed = match draw.up_to(7) {
                0 => draw.change(text.as_bytes()),
                1 => change(&mut draw, &text).into_bytes(),
                _ => text.into_bytes(),
            };
            changed.iter().map(|&byte| if byte == b'\n' { b' ' } else { byte }).collect()
        };
        let lines: Vec<Vec<u8>> = (0..60).map(|_| line()).collect();
        let input = lines.join(&b'\n');
        let arena = Arena::new();
        let (one, other) = (learned.parse_batch(&input, &arena), plain.parse_batch(&input, &arena));
        assert_eq!(one.documents(), other.documents());
        assert_eq!(one.rejected(), other.rejected());
        assert!(one.documents().len() > 40, "{}", one.documents().len());
    }
    assert!(learned.layout().hits() > learned.layout().misses());
    assert_eq!(plain.layout().hits(), 0);
}

#[test]
fn batches_of_variants_in_turn_are_read_alike_whatever_was_learned() {
    batches_are_read_alike::<tagged::views::Event<'static>>(20, tagged::event, tagged::change_tag);
    batches_are_read_alike::<tagged::views::Shape<'static>>(21, tagged::shape, tagged::change_tag);
    batches_are_read_alike::<tagged::views::All<'static>>(22, tagged::all, tagged::change_tag);
    batches_are_read_alike::<tagged::views::Delivery<'static>>(
        23,
        tagged::delivery,
        tagged::change_tag,
    );
    batches_are_read_alike::<tagged::views::Mixed<'static>>(24, tagged::mixed, tagged::change_tag);
    batches_are_read_alike::<untagged::views::All<'static>>(
        29,
        untagged::all,
        untagged::change_class,
    );
    batches_are_read_alike::<untagged::views::Lists<'static>>(
        30,
        untagged::lists,
        untagged::change_class,
    );
}

#[test]
fn variants_have_nothing_of_others_that_came_before() {
    // All parts of one, and then of another in the same place; the tag first and last.
    let [user, bot, nobody] = [
        [r#""kind":"user""#, r#""login":"a","email":"b","groups":["c","d"]"#],
        [r#""kind":"appBot""#, r#""id":7,"owner":8"#],
        [r#""kind":"no one""#, r#""more":[{}]"#],
    ];
    let sparse = [r#""kind":"user""#, r#""login":"e""#];
    let of = |[tag, others]: [&str; 2], is_late| match is_late {
        true => format!("{{{others},{tag}}}"),
        false => format!("{{{tag},{others}}}"),
    };
    let shown = |[tag, _]: [&str; 2], is_full| match tag.as_bytes()[8] {
        b'u' if is_full => r#"User(User { login: "a", email: Some("b"), groups: ["c", "d"] })"#,
        b'u' => r#"User(User { login: "e", email: None, groups: [] })"#,
        b'a' => "AppBot(Bot { id: 7, owner: Some(8) })",
        _ => "Nobody",
    };
    let mut parsers = Parsers::<tagged::views::Two<'static>>::new();
    let kinds = [(user, true), (bot, true), (nobody, true), (sparse, false)];
    for _ in 0..3 {
        for (one, is_late) in kinds.iter().flat_map(|one| [(one, false), (one, true)]) {
            for (other, is_other_late) in kinds.iter().flat_map(|one| [(one, false), (one, true)]) {
                let (first, second) = (of(one.0, is_late), of(other.0, is_other_late));
                let text =
                    format!(r#"{{"actors":[{first},{second},null,{first}],"one":{second}}}"#);
                let [first, second] = [one, other].map(|&(actor, is_full)| shown(actor, is_full));
                let expected = format!(
                    "Two {{ actors: [Some({first}), Some({second}), None, Some({first})], one: {second} }}"
                );
                assert_eq!(parsers.parse(text.as_bytes()), Ok(expected));
            }
        }
    }
    assert!(parsers.have_learned());
}

#[test]
fn objects_with_tags_are_rejected_where_they_are_wrong() {
    let mut parsers = Parsers::<tagged::views::Fork<'static>>::new();
    for _ in 0..5 {
        for text in [
            r#"{"by":{"kind":"user","login":"a"}}"#,
            r#"{"by":{"login":"a","kind":"user"}}"#,
            r#"{"by":{"id":1,"kind":"appBot"}}"#,
            r#"{"by":{"kind":"appBot","id":1}}"#,
        ] {
            assert!(parsers.parse(text.as_bytes()).is_ok(), "{text}");
        }
        for (text, kind, pointer, message) in [
            (r#"{"by":{~}}"#, ErrorKind::MissingMember, "/by/kind", "\"kind\""),
            (r#"{"by":{ "login":"a" ~}}"#, ErrorKind::MissingMember, "/by/kind", "\"kind\""),
            (r#"{"by":{"id":[{}],"x":1~}}"#, ErrorKind::MissingMember, "/by/kind", "\"kind\""),
            (r#"{"by":{"kind":~"robot","id":1}}"#, ErrorKind::NotInEnum, "/by/kind", "robot"),
            (r#"{"by":{"id":1,"kind":~"robot"}}"#, ErrorKind::NotInEnum, "/by/kind", "robot"),
            (r#"{"by":{"kind":~7,"id":1}}"#, ErrorKind::WrongType, "/by/kind", "a string, found 7"),
            (r#"{"by":{"id":1,"kind":~null}}"#, ErrorKind::WrongType, "/by/kind", "a string"),
            (r#"{"by":{"kind":~{}}}"#, ErrorKind::WrongType, "/by/kind", "a string"),
            (
                r#"{"by":{"kind":"user",~"kind":"user"}}"#,
                ErrorKind::DuplicateMember,
                "/by/kind",
                "kind",
            ),
            (
                r#"{"by":{"login":"a","kind":"user",~"kind":"appBot"}}"#,
                ErrorKind::DuplicateMember,
                "/by/kind",
                "kind",
            ),
            (
                r#"{"by":{"login":"a","kind":"user",~"login":"b"}}"#,
                ErrorKind::DuplicateMember,
                "/by/login",
                "login",
            ),
            (r#"{"by":{"kind":"user"~}}"#, ErrorKind::MissingMember, "/by/login", "\"login\""),
            (
                r#"{"by":{"email":null,"kind":"user"~}}"#,
                ErrorKind::MissingMember,
                "/by/login",
                "login",
            ),
            (r#"{"by":{"kind":"appBot","id":1,~"x":2}}"#, ErrorKind::UnknownMember, "/by/x", "x"),
            (
                r#"{"by":{~"login":"a","kind":"appBot"}}"#,
                ErrorKind::UnknownMember,
                "/by/login",
                "login",
            ),
            (r#"{"by":{"id":~"1","kind":"appBot"}}"#, ErrorKind::WrongType, "/by/id", "integer"),
            (r#"{"by":{"id":~],"kind":"appBot"}}"#, ErrorKind::UnexpectedByte, "/by/id", ""),
            (r#"{"by":{"id":"a","x":~],"kind":"appBot"}}"#, ErrorKind::UnexpectedByte, "/by/x", ""),
            (r#"{"by":{"id" ~1,"kind":"appBot"}}"#, ErrorKind::UnexpectedByte, "/by", "`:`"),
            (
                r#"{"by":{"id":1 ~"kind":"appBot"}}"#,
                ErrorKind::UnexpectedByte,
                "/by/id",
                "`,` or `}`",
            ),
            (r#"{"by":{"id":1,~}}"#, ErrorKind::UnexpectedByte, "/by", "a member name"),
            (r#"{"by":{~1:2}}"#, ErrorKind::UnexpectedByte, "/by", "a member name or `}`"),
            (r#"{"by":{"kind"~,"id":2}}"#, ErrorKind::UnexpectedByte, "/by", "`:`"),
            (r#"{"by":{"kind":"user"~]"#, ErrorKind::UnexpectedByte, "/by/kind", "`,` or `}`"),
            (r#"{"by":~[]}"#, ErrorKind::WrongType, "/by", "an object"),
            (r#"{"by":~null}"#, ErrorKind::WrongType, "/by", "an object"),
            (r#"{"by":{"id":1,"ki~"#, ErrorKind::UnexpectedEnd, "/by", ""),
            (r#"{"by":{"id":1,"kind":"app~"#, ErrorKind::UnexpectedEnd, "/by/kind", ""),
        ] {
            let (offset, text) = (text.find('~').unwrap(), text.replace('~', ""));
            let (found, at, error) = parsers.parse(text.as_bytes()).unwrap_err();
            assert_eq!((found, at), (kind, offset), "{error}: {text}");
            assert!(error.contains(&format!(" at {pointer}: ")), "{error}: {text}");
            assert!(error.contains(message), "{error}: {text}");
        }
    }
    let mut parsers = Parsers::<tagged::views::Shape<'static>>::new();
    for _ in 0..3 {
        for (text, kind) in [
            (r#"{"t":"Label"~}"#, ErrorKind::MissingMember),
            (r#"{"t":"Nothing","the content":~{}}"#, ErrorKind::WrongType),
            (r#"{"the content":~"","t":"Nothing"}"#, ErrorKind::WrongType),
            (
                r#"{"the content":null,"t":"Nothing",~"the content":null}"#,
                ErrorKind::DuplicateMember,
            ),
            (r#"{"the content":~null,"t":"Label"}"#, ErrorKind::WrongType),
        ] {
            let (offset, text) = (text.find('~').unwrap(), text.replace('~', ""));
            let (found, at, error) = parsers.parse(text.as_bytes()).unwrap_err();
            assert_eq!((found, at), (kind, offset), "{error}: {text}");
        }
    }
}

#[test]
fn objects_with_late_tags_may_be_inside_one_another() {
    // The inner ones are gone over once more for each around them.
    let actor = r#"{"login":"a","groups":["b"],"kind":"user"}"#;
    let circle = format!(r#"{{"names":[],"by":{actor},"radius":1}}"#);
    let shape = format!(r#"{{"the content":{circle},"t":"Circle"}}"#);
    let text = format!(
        r#"{{"shapes":[{shape},{shape}],"commits":[],"by":{actor},"size":1,"type":"pushed-now"}}"#
    );
    let mut parsers = Parsers::<tagged::views::Event<'static>>::new();
    for _ in 0..5 {
        let shown = parsers.parse(text.as_bytes()).unwrap();
        assert_eq!(shown.matches(r#"groups: ["b"]"#).count(), 3, "{shown}");
    }
    // Nothing is new any more: what must be looked at each time is learned all the same.
    let misses = parsers.all[0].layout().misses();
    parsers.parse(text.as_bytes()).unwrap();
    assert_eq!(parsers.all[0].layout().misses(), misses);
}

#[test]
fn what_is_told_by_other_tags_is_passed_over() {
    let mut parsers = Parsers::<tagged::views::OrOther>::new();
    for _ in 0..3 {
        for (text, shown) in [
            (r#"{"t":"One","c":1}"#, "One(1)"),
            (r#"{"t":"Two","c":{"a":[1,"\u00e4"]}}"#, "Other"),
            (r#"{"c":[{}],"t":""}"#, "Other"),
            (r#"{"c":null,"t":"\n"}"#, "Other"),
            (r#"{"t":"Three"}"#, "Other"),
        ] {
            assert_eq!(parsers.parse(text.as_bytes()).as_deref(), Ok(shown), "{text}");
        }
        let (kind, at, _) = parsers.parse(br#"{"t":"x","c":1,"d":2}"#).unwrap_err();
        assert_eq!((kind, at), (ErrorKind::UnknownMember, 15));
        let (kind, at, _) = parsers.parse(br#"{"t":"x","c":[1}"#).unwrap_err();
        assert_eq!((kind, at), (ErrorKind::UnexpectedByte, 15));
    }
    let long = format!(r#"{{"c":1,"t":"{}"}}"#, "x".repeat(100_000));
    assert_eq!(parsers.parse(long.as_bytes()).as_deref(), Ok("Other"));
}

#[test]
fn unknown_members_of_variants_have_the_pointers_of_their_objects() {
    let mut parser = Parser::<tagged::views::Fork<'static>>::new();
    let text = br#"{"by":{"kind":"user","login":"a","new":1},"depth":1}"#;
    parser.parse(text, &Arena::new()).unwrap();
    parser.parse(br#"{"by":{"id":1,"more":{},"kind":"no one"}}"#, &Arena::new()).unwrap();
    let unknown: Vec<_> =
        parser.drift().unknown_members().iter().map(|member| member.pointer().to_owned()).collect();
    assert_eq!(unknown, ["/by/new", "/by/id", "/by/more"]);
    for _ in 0..3 {
        parser.parse(text, &Arena::new()).unwrap();
    }
    let values: Vec<_> = parser.layout().gaps().map(|gap| gap.value()).collect();
    assert!(values.contains(&"/by/kind".to_owned()), "{values:?}");
    assert!(values.contains(&"/by/login".to_owned()), "{values:?}");
}

#[test]
fn members_of_any_names_are_rejected_where_they_are_wrong() {
    let mut parsers = Parsers::<shapes::Labels<'static>>::new();
    for _ in 0..5 {
        let text = r#"{"a":{"x":1,"x":2,"":3},"b":{"y":{"z":null},"w":null},"c":{"v":"u"}}"#;
        assert!(parsers.parse(text.as_bytes()).is_ok());
        for (text, kind, pointer) in [
            (r#"{"a":{"x"~}}"#, ErrorKind::UnexpectedByte, "/a"),
            (r#"{"a":{"x"~,"y":1}}"#, ErrorKind::UnexpectedByte, "/a"),
            (r#"{"a":{"x" ~, "y":1}}"#, ErrorKind::UnexpectedByte, "/a"),
            (r#"{"a":{"x":~}}"#, ErrorKind::UnexpectedByte, "/a/x"),
            (r#"{"a":{"x":1,~}}"#, ErrorKind::UnexpectedByte, "/a"),
            (r#"{"a":{"x":1,~2}}"#, ErrorKind::UnexpectedByte, "/a"),
            (r#"{"a":{~1:2}}"#, ErrorKind::UnexpectedByte, "/a"),
            (r#"{"a":{"x":1 ~:2}}"#, ErrorKind::UnexpectedByte, "/a/x"),
            (r#"{"a":{"x":1~]"#, ErrorKind::UnexpectedByte, "/a/x"),
            (r#"{"a":{"x":~"1"}}"#, ErrorKind::WrongType, "/a/x"),
            (r#"{"a":{"~\ud800":"1"}}"#, ErrorKind::LoneSurrogate, "/a"),
            (r#"{"a":~[]}"#, ErrorKind::WrongType, "/a"),
            (r#"{"a":{"x"~"#, ErrorKind::UnexpectedEnd, "/a"),
            (r#"{"a":{},"b":{"y":{"z":~1}}}"#, ErrorKind::WrongType, "/b/y/z"),
            (r#"{"a":{},"b":{"y":{"z":"" ,~}}}"#, ErrorKind::UnexpectedByte, "/b/y"),
            (r#"{"a":{},"b":{"y":null},"c":{"x":[1,~]}}"#, ErrorKind::UnexpectedByte, "/c/x/1"),
            (r#"{"a":{},"b":{},"c":{"x":1},"d":[~}}"#, ErrorKind::UnexpectedByte, "/d/0"),
        ] {
            let (offset, text) = (text.find('~').unwrap(), text.replace('~', ""));
            let (found, at, error) = parsers.parse(text.as_bytes()).unwrap_err();
            assert_eq!((found, at), (kind, offset), "{error}: {text}");
            assert!(error.contains(&format!(" at {pointer}: ")), "{error}: {text}");
        }
    }
}

#[test]
fn gaps_before_members_of_any_names_have_the_pointers_of_their_values() {
    let text = r#"{"a":{"x":1,"y":2},"b":{"z":{"w":""}},"c":{"v":0},"d":true,"e":[]}"#;
    let mut parsers = Parsers::<shapes::Labels<'static>>::new();
    for _ in 0..20 {
        assert!(parsers.parse(text.as_bytes()).is_ok());
    }
    let learned = parsers.all[0].layout();
    let mut pointers: Vec<_> = learned.gaps().map(|gap| gap.value()).collect();
    pointers.sort_unstable();
    pointers.dedup();
    assert_eq!(pointers, ["(end)", "/*", "/a/*", "/b/*", "/b/*/*", "/c/*"]);
}

#[test]
fn texts_that_a_function_admits_are_what_serde_says() {
    let serde = |text: &str| shown::<converted::owned::Drawing<'_>>(serde_json::from_str(text));
    both_agree::<converted::views::Drawing<'static>>(10, documents::drawing, serde);
}

#[test]
fn formats_are_annotations_unless_they_are_to_be_checked() {
    let arena = Arena::new();
    let text = r##"{"color":"green","layer":"1"}"##;
    let mut keeps = Options::new().parser::<converted::views::Shape<'static>>();
    let mut checks =
        Options::new().formats(Formats::Check).parser::<converted::views::Shape<'static>>();
    for _ in 0..4 {
        assert!(keeps.parse(text.as_bytes(), &arena).is_ok());
        let error = checks.parse(text.as_bytes(), &arena).unwrap_err();
        assert_eq!((error.kind(), error.pointer()), (ErrorKind::InvalidFormat, "/color"));
        assert_eq!(error.message(), "expected a color as #rrggbb, found \"green\"");
        assert!(checks.parse(text.replace("green", "#00ff00").as_bytes(), &arena).is_ok());
        let error = keeps.parse(br#"{"color":"","layer":"a"}"#, &arena).unwrap_err();
        assert_eq!(error.message(), "expected an integer or a text of digits, found \"a\"");
        let error = keeps.parse(br#"{"color":"","layer":null}"#, &arena).unwrap_err();
        assert_eq!(error.message(), "expected an integer or a text of digits, found null");
    }
}

#[test]
fn arrays_of_another_length_are_rejected_at_their_end() {
    let mut parsers = Parsers::<shapes::Square<'static>>::new();
    for _ in 0..5 {
        let text = r#"{"names":["a","b"],"sides":[[1,2],[3,4],[5,6]]}"#;
        let shown = r#"Square { names: ["a", "b"], sides: [[1, 2], [3, 4], [5, 6]] }"#;
        assert_eq!(parsers.parse(text.as_bytes()).as_deref(), Ok(shown));
        for (text, pointer, message) in [
            (r#"{"names":["a"~],"sides":[]}"#, "/names", "expected 2 items, found 1"),
            (r#"{"names":[~],"sides":[]}"#, "/names", "expected 2 items, found 0"),
            (r#"{"names":["a","b","c"~],"sides":"#, "/names", "expected 2 items, found 3"),
            (r#"{"names":["a","b"],"sides":[[1,2],[3,4,5 ~]]}"#, "/sides/1", "2 items, found 3"),
            (r#"{"names":["a","b"],"sides":[[1,2],[3~],"#, "/sides/1", "2 items, found 1"),
            (r#"{"sides":[[~],[1,2]]}"#, "/sides/0", "2 items, found 0"),
        ] {
            let (offset, text) = (text.find('~').unwrap(), text.replace('~', ""));
            let (kind, at, error) = parsers.parse(text.as_bytes()).unwrap_err();
            assert_eq!((kind, at), (ErrorKind::WrongLength, offset), "{error}");
            assert!(error.contains(&format!("at {pointer}: ")), "{error}");
            assert!(error.ends_with(message), "{error}");
        }
    }
}

#[test]
fn arrays_that_find_no_room_are_rejected_where_they_do_not() {
    let list =
        |count| format!(r#"{{"names":["a","b"],"sides":[{}]}}"#, vec!["[1,2]"; count].join(","));
    let limit = |options: Options| options.max_arena_bytes(3000);
    for learned in [0, 1, 5] {
        let mut parser = limit(Options::new()).parser::<shapes::Square<'static>>();
        let mut plain = limit(Options::new().learning(false)).parser::<shapes::Square<'static>>();
        for _ in 0..learned {
            assert!(parser.parse(list(10).as_bytes(), &Arena::new()).is_ok());
        }
        for count in 1..300 {
            let text = list(count);
            let (arena, other) = (Arena::new(), Arena::new());
            let parsed = parser.parse(text.as_bytes(), &arena);
            assert_eq!(parsed, plain.parse(text.as_bytes(), &other), "{count}");
            match parsed {
                Ok(view) => assert_eq!(view.sides, vec![[1, 2]; count]),
                Err(error) => assert_eq!(error.kind(), ErrorKind::ArenaLimit),
            }
        }
        assert!(parser.parse(list(300).as_bytes(), &Arena::new()).is_err());
    }
}

#[test]
fn numbers_are_what_serde_says() {
    let serde = |text: &str| shown::<shapes::Numbers>(serde_json::from_str(text));
    both_agree::<shapes::Numbers>(4, documents::numbers, serde);
}

#[test]
fn lists_of_numbers_are_what_serde_says() {
    let serde = |text: &str| shown::<shapes::owned::Series<'_>>(serde_json::from_str(text));
    let mut draw = Draw::new(5);
    let mut parsers = Parsers::<shapes::views::Series<'static>>::new();
    let mut counts = Counts::default();
    let rounds = rounds();
    for _ in 0..2 * rounds {
        let text = documents::series(&mut draw);
        counts.compare(text.as_bytes(), parsers.parse(text.as_bytes()), serde);
        let changed = draw.change(text.as_bytes());
        counts.compare(&changed, parsers.parse(&changed), serde);
    }
    assert!(parsers.have_learned());
    assert!(counts.accepted > rounds / 4 && counts.rejected > rounds / 4, "{counts:?}");
}

#[test]
fn lists_of_numbers_that_find_no_room_are_rejected_where_they_do_not() {
    let list = |count| format!(r#"{{"i64s":[{}]}}"#, vec!["12"; count].join(","));
    let limit = |options: Options| options.max_arena_bytes(3000);
    for learned in [0, 1, 5] {
        let mut parser = limit(Options::new()).parser::<shapes::Whole<'static>>();
        let mut plain = limit(Options::new().learning(false)).parser::<shapes::Whole<'static>>();
        let text = list(10);
        for _ in 0..learned {
            assert!(parser.parse(text.as_bytes(), &Arena::new()).is_ok());
        }
        for count in 1..600 {
            let text = list(count);
            let (arena, other) = (Arena::new(), Arena::new());
            let parsed = parser.parse(text.as_bytes(), &arena);
            assert_eq!(parsed, plain.parse(text.as_bytes(), &other), "{count}");
            match parsed {
                Ok(view) => assert_eq!(view.i64s, vec![12; count]),
                Err(error) => assert_eq!(error.kind(), ErrorKind::ArenaLimit),
            }
        }
        assert!(parser.parse(list(600).as_bytes(), &Arena::new()).is_err());
    }
}

#[test]
fn lists_of_lists_that_find_no_room_are_rejected_where_they_do_not() {
    let rows = |count| format!(r#"{{"rows":[{}]}}"#, vec!["[12,13]"; count].join(","));
    let limit = |options: Options| options.max_arena_bytes(6000);
    for learned in [0, 1, 5] {
        let mut parser = limit(Options::new()).parser::<shapes::Rows<'static>>();
        let mut plain = limit(Options::new().learning(false)).parser::<shapes::Rows<'static>>();
        for _ in 0..learned {
            assert!(parser.parse(rows(10).as_bytes(), &Arena::new()).is_ok());
        }
        for count in 1..300 {
            let text = rows(count);
            let (arena, other) = (Arena::new(), Arena::new());
            let parsed = parser.parse(text.as_bytes(), &arena);
            assert_eq!(parsed, plain.parse(text.as_bytes(), &other), "{count}");
            match parsed {
                Ok(view) => assert_eq!(view.rows, vec![[12, 13]; count]),
                Err(error) => assert_eq!(error.kind(), ErrorKind::ArenaLimit),
            }
        }
        assert!(parser.parse(rows(300).as_bytes(), &Arena::new()).is_err());
    }
}

#[test]
fn the_place_where_lists_of_lists_find_no_room_does_not_depend_on_what_was_learned() {
    let rows = |count, length| {
        let row = format!("[{}]", vec!["1"; length].join(","));
        format!(r#"{{"rows":[{}]}}"#, vec![row; count].join(","))
    };
    let mut rejected = 0;
    for (count, length) in [(40, 9), (17, 60), (100, 1)] {
        let text = rows(count, length);
        for limit in (500..20_000).step_by(61) {
            let options = Options::new().max_arena_bytes(limit);
            let [learned, not] = [true, false].map(|learning| {
                let mut parser = options.learning(learning).parser::<shapes::Rows<'static>>();
                for _ in 0..5 {
                    // It is learned in whatever room there is.
                    let _ = parser.parse(rows(3, 2).as_bytes(), &Arena::new());
                }
                let arena = Arena::new();
                parser.parse(text.as_bytes(), &arena).map(|view| view.rows.len())
            });
            assert_eq!(learned, not, "{count} of {length} in {limit} bytes");
            rejected += usize::from(not.is_err());
        }
    }
    assert!(rejected > 100, "{rejected}");
}

#[test]
fn a_member_under_two_of_its_names_is_a_duplicate() {
    let arena = Arena::new();
    let mut parser = Options::new().parser::<shapes::Renamed<'static>>();
    let texts = [
        r#"{"name":"a","more":1}"#,
        r#"{"nom":"a","more":1}"#,
        r#"{"na\u006de":"a"}"#,
        r#"{"no\u006d":"a"}"#,
        r#"{"\"":"a"}"#,
    ];
    for _ in 0..4 {
        for text in texts {
            assert_eq!(
                parser.parse(text.as_bytes(), &arena).map(|view| view.name),
                Ok("a"),
                "{text}"
            );
            for other in ["name", "nom", "no\\u006d", "\\\""] {
                let twice = text.replace('}', &format!(r#","{other}":"b"}}"#));
                let error = parser.parse(twice.as_bytes(), &arena).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::DuplicateMember, "{twice}");
                assert_eq!(error.offset() as usize, text.len(), "{twice}");
            }
        }
        let error = parser.parse(b"{}", &arena).unwrap_err();
        assert_eq!((error.kind(), error.pointer()), (ErrorKind::MissingMember, "/name"));
    }
}

#[test]
fn skipped_fields_are_no_members() {
    let arena = Arena::new();
    let mut parser = Options::new().parser::<shapes::Skipping<'static>>();
    for text in [r#"{"a":1,"note":2,"more":"x"}"#, r#"{"more":null,"a":1}"#, r#"{"a":1}"#] {
        let view = parser.parse(text.as_bytes(), &arena).unwrap();
        assert_eq!(view, &shapes::Skipping { a: 1, note: (), more: None, rest: "" });
    }
}

#[test]
fn views_may_have_no_parts() {
    let arena = Arena::new();
    let mut parser = Options::new().parser::<shapes::Nothing>();
    for text in [r#"{"a":1}"#, "{}", r#"{"a":{},"b":[]}"#] {
        assert_eq!(parser.parse(text.as_bytes(), &arena), Ok(&shapes::Nothing {}));
    }
    let mut parser = Options::new().parser::<shapes::Nothings>();
    let one = shapes::Nothing {};
    for (text, other) in [
        (r#"{"one":{}}"#, None),
        (r#"{"one":{"a":1},"other":null}"#, None),
        (r#"{"one":{},"other":{"a":[]}}"#, Some(one)),
    ] {
        let view = parser.parse(text.as_bytes(), &arena);
        assert_eq!(view, Ok(&shapes::Nothings { one, other }), "{text}");
    }
    assert!(parser.parse(br#"{"other":{}}"#, &arena).is_err());
}

#[test]
fn a_text_that_is_no_variant_is_an_error_whatever_the_options_say() {
    let arena = Arena::new();
    for options in [Options::new(), Options::new().unknown_variants(UnknownVariants::Keep)] {
        let mut parser = options.parser::<shapes::Leveled<'static>>();
        for _ in 0..4 {
            assert!(parser.parse(br#"{"level":"warn","others":["info"]}"#, &arena).is_ok());
            for text in [r#"{"level":"off","others":[]}"#, r#"{"level":"info","others":["off"]}"#] {
                let error = parser.parse(text.as_bytes(), &arena).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::NotInEnum);
            }
        }
    }
}

#[test]
fn other_texts_are_kept_up_to_a_length() {
    for (length, is_kept) in [(65_535, true), (65_536, false)] {
        let text = format!(r#"{{"kind":"{}","kinds":[]}}"#, "x".repeat(length));
        let arena = Arena::new();
        let mut parser = Options::new().parser::<shapes::views::Kinds<'static>>();
        let parsed = parser.parse(text.as_bytes(), &arena);
        assert_eq!(
            parsed.map_err(|error| error.kind()).err(),
            match is_kept {
                true => None,
                false => Some(ErrorKind::NotInEnum),
            }
        );
    }
}

#[test]
fn a_view_is_of_any_document_that_has_no_kind() {
    // What the vendor's kinds are told by is nothing to others.
    let arena = Arena::new();
    let mut parser = Options::new().parser::<shapes::Numbers>();
    let error = parser.parse(br#"{"errors":[]}"#, &arena).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingMember);
    let batch = parser.parse_batch(b"{}\n{}\n", &arena);
    assert_eq!((batch.rejected().len(), batch.documents().len()), (2, 0));
}

#[test]
fn depth_is_what_the_options_say() {
    let nested = |depth: usize| {
        format!(r#"{{"level":"info","others":[],"x":{}{}}}"#, "[".repeat(depth), "]".repeat(depth))
    };
    let arena = Arena::new();
    let mut parser = Options::new().parser::<shapes::Leveled<'static>>();
    let most = usize::from(MAX_DEPTH) - 1;
    assert!(parser.parse(nested(most).as_bytes(), &arena).is_ok());
    let error = parser.parse(nested(most + 1).as_bytes(), &arena).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DepthLimit);
    let mut parser = Options::new().max_depth(128).parser::<shapes::Leveled<'static>>();
    assert!(parser.parse(nested(127).as_bytes(), &arena).is_ok());
    assert!(parser.parse(nested(128).as_bytes(), &arena).is_err());
}

#[test]
fn the_engine_may_be_that_of_another_package() {
    #[derive(Clone, Copy, Debug, PartialEq, jobview::gapwise::View)]
    #[view(crate = "jobview::gapwise")]
    struct Line<'a> {
        message: &'a str,
        seen: Option<jobview::Timestamp<'a>>,
    }

    let text = br#"{"message":"start","seen":"2026-09-04T13:40:00Z"}"#;
    let arena = Arena::new();
    let mut parser = Parser::<Line<'static>>::new();
    let line = parser.parse(text, &arena).unwrap();
    let seen = line.seen.map(jobview::Timestamp::as_str);
    assert_eq!((line.message, seen), ("start", Some("2026-09-04T13:40:00Z")));
}

#[test]
fn another_layout_is_noticed_however_many_variants_there_are() {
    let arena = Arena::new();
    let mut parser = Parser::<shapes::Reading>::new();
    for text in [
        r#"{"of":"A","values":{"a":1,"b":2,"c":3,"d":4,"h":5}}"#,
        r#"{ "of": "A", "values": { "h": 5, "d": 4, "c": 3, "b": 2, "a": 1 } }"#,
    ] {
        for _ in 0..20 {
            assert!(matches!(parser.parse(text.as_bytes(), &arena), Ok(shapes::Reading::A(_))));
        }
    }
    assert_eq!(parser.drift().layout_changes(), 1);
}

#[test]
fn a_tag_that_comes_first_is_known_after_one_that_does_not() {
    let arena = Arena::new();
    let mut parser = Parser::<shapes::Reading>::new();
    let late = r#"{"values":{"a":1,"h":5},"of":"A"}"#;
    let first = r#"{ "of":"A","values":{"a":1,"h":5}}"#;
    for text in [late, first, late, first] {
        for _ in 0..100 {
            assert!(matches!(parser.parse(text.as_bytes(), &arena), Ok(shapes::Reading::A(_))));
        }
    }
    let learned = parser.layout();
    assert!(learned.misses() < 30, "{}", learned.misses());
    assert!(!learned.is_paused());
}
