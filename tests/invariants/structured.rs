//! Arbitrary documents, written in arbitrary layouts, are parsed to what was written; and the same, written in
//! the plainest way, is parsed to the same.
//!
//! The bytes of the fuzzer are choices: what the documents say, in which order their members stand, which
//! characters are escapes, where there is white space, which members there are that the schema does not name.
//! When there are no more bytes, all choices are the plainest.

use super::twins;
use arbitrary::{Arbitrary, Result, Unstructured};
use jobview::{Arena, JobResponse, JobStatus, Kernel, Options, Parser, Timestamp, owned};

/// So many documents have one parser.
const MOST_DOCUMENTS: usize = 4;

pub(crate) fn check(data: &[u8]) {
    let mut choices = Unstructured::new(data);
    let parser =
        |kernel, learning| Options::new().kernel(kernel).learning(learning).parser::<JobResponse>();
    let mut parsers: Vec<_> = Kernel::available().map(|kernel| parser(kernel, true)).collect();
    parsers.extend(Kernel::available().map(|kernel| parser(kernel, false)));
    for _ in 0..MOST_DOCUMENTS {
        let expected = response(&mut choices).expect(PLAINEST);
        let document = Value::from(&expected);
        let layout = Layout::choose(&mut choices).expect(PLAINEST);
        // Twice alike: the second may be compared with what was learned of the first.
        for _ in 0..2 {
            let text = written(&document, layout, &mut choices);
            assert_parsed(&mut parsers, &text, &expected);
        }
        let again = written(&document, Layout::default(), &mut Unstructured::new(&[]));
        assert_parsed(&mut [Parser::<JobResponse>::new()], &again, &expected);
        if choices.is_empty() {
            break;
        }
    }
}

const PLAINEST: &str = "there is always a plainest choice";

fn written(document: &Value<'_>, layout: Layout, choices: &mut Unstructured<'_>) -> Vec<u8> {
    let mut text = vec![];
    Writer { text: &mut text, choices, layout }.value(document, 0).expect(PLAINEST);
    text
}

/// One must parse the text to what is expected, and the others to the same.
fn assert_parsed(parsers: &mut [Parser], text: &[u8], expected: &twins::JobResponse) {
    let arena = Arena::new();
    let mut right = None;
    for parser in parsers {
        let parsed = parser.parse(text, &arena);
        let is_right = match (right, &parsed) {
            (Some(right), Ok(parsed)) => right == *parsed,
            (None, Ok(parsed)) => parsed.into_owned() == *expected,
            (_, Err(_)) => false,
        };
        if !is_right {
            let (kernel, text) = (parser.kernel(), String::from_utf8_lossy(text));
            panic!("{kernel}, {text}\nexpected {expected:?}\n   found {parsed:?}");
        }
        right = parsed.ok();
    }
}

/// A text: any, or what looks like those of real documents.
fn text(choices: &mut Unstructured<'_>) -> Result<Box<str>> {
    Ok(match choices.int_in_range(0..=3)? {
        0 => "01GDDKASAP8TKDDA2GRZDSVP4H".into(),
        1 => <&str>::arbitrary(choices)?.into(),
        2 => "x".repeat(choices.int_in_range(0..=300)?).into(),
        _ => String::from_iter(choices.arbitrary_iter::<char>()?.take(20).flatten()).into(),
    })
}

fn maybe<T>(
    choices: &mut Unstructured<'_>,
    choose: impl FnOnce(&mut Unstructured<'_>) -> Result<T>,
) -> Result<Option<T>> {
    match bool::arbitrary(choices)? {
        true => choose(choices).map(Some),
        false => Ok(None),
    }
}

fn timestamp(choices: &mut Unstructured<'_>) -> Result<owned::Timestamp> {
    Ok(Timestamp::new(&text(choices)?).into_owned())
}

fn count(choices: &mut Unstructured<'_>) -> Result<i64> {
    Ok(i64::arbitrary(choices)? >> choices.choose(&[0, 40, 56, 63])?)
}

fn response(choices: &mut Unstructured<'_>) -> Result<twins::JobResponse> {
    Ok(twins::JobResponse {
        data: job(choices)?,
        links: maybe(choices, object_links)?,
        meta: maybe(choices, any_json)?,
    })
}

fn any_json(choices: &mut Unstructured<'_>) -> Result<owned::RawJson> {
    let json = choices.choose(&["{}", "-0.5E-99", r#"["\"\u0000", {"a" : null}]"#, "true"])?;
    Ok(json.parse().expect("JSON"))
}

fn object_links(choices: &mut Unstructured<'_>) -> Result<twins::ObjectLinks> {
    Ok(twins::ObjectLinks { self_: text(choices)? })
}

fn job(choices: &mut Unstructured<'_>) -> Result<twins::Job> {
    Ok(twins::Job {
        id: text(choices)?,
        attributes: twins::JobAttributes {
            status: choices.choose(&JobStatus::ALL)?.into_owned(),
            created_at: timestamp(choices)?,
            total_count: count(choices)?,
            completed_count: maybe(choices, count)?,
            failed_count: maybe(choices, count)?,
            completed_at: maybe(choices, timestamp)?,
            expires_at: maybe(choices, timestamp)?,
            started_at: maybe(choices, timestamp)?,
        },
        relationships: maybe(choices, relationships)?,
        links: object_links(choices)?,
    })
}

fn relationships(choices: &mut Unstructured<'_>) -> Result<twins::JobRelationships> {
    let links = |choices: &mut Unstructured<'_>| {
        let (self_, related) = (text(choices)?, text(choices)?);
        Ok(twins::RelationshipLinks { self_, related })
    };
    Ok(twins::JobRelationships {
        lists: maybe(choices, |choices| {
            let of = |id| twins::ListIdentifier { id };
            let data = maybe(choices, |choices| identifiers(choices, of))?;
            Ok(twins::ListRelationship { data, links: maybe(choices, links)? })
        })?,
        profiles: maybe(choices, |choices| {
            let of = |id| twins::ProfileIdentifier { id };
            let data = maybe(choices, |choices| identifiers(choices, of))?;
            Ok(twins::ProfileRelationship { data, links: maybe(choices, links)? })
        })?,
        import_errors: maybe(choices, |choices| {
            let of = |id| twins::ImportErrorIdentifier { id };
            Ok(twins::ImportErrorRelationship {
                data: maybe(choices, |choices| identifiers(choices, of))?,
                links: maybe(choices, |choices| {
                    Ok(twins::RelatedLinks { related: text(choices)? })
                })?,
            })
        })?,
    })
}

fn identifiers<T>(choices: &mut Unstructured<'_>, of: fn(Box<str>) -> T) -> Result<Box<[T]>> {
    let length = choices.int_in_range(0..=40)?;
    (0..length).map(|_| text(choices).map(of)).collect()
}

/// A document before it is written.
enum Value<'v> {
    Text(&'v str),
    Integer(i64),
    /// Written as it is.
    Any(&'v str),
    /// A member that may just as well be absent.
    Absent,
    Object(Vec<(&'static str, Value<'v>)>),
    List(Vec<Value<'v>>),
}

impl<'v> Value<'v> {
    fn object<const N: usize>(members: [(&'static str, Option<Self>); N]) -> Self {
        let present = |(name, value): (_, Option<Self>)| Some((name, value?));
        Self::Object(members.into_iter().filter_map(present).collect())
    }

    fn nullable<T>(value: Option<T>, of: impl FnOnce(T) -> Self) -> Option<Self> {
        Some(value.map_or(Self::Absent, of))
    }

    fn links(links: &'v twins::ObjectLinks) -> Self {
        Self::object([("self", Some(Self::Text(&links.self_)))])
    }

    fn relationship<T>(
        resource_type: &'static str,
        data: Option<&'v [T]>,
        id: fn(&'v T) -> &'v str,
        links: Option<Self>,
    ) -> Self {
        let identifier = |identifier: &'v T| {
            let id = Self::Text(id(identifier));
            Self::object([("type", Some(Self::Text(resource_type))), ("id", Some(id))])
        };
        let list = |data: &'v [T]| Self::List(data.iter().map(identifier).collect());
        Self::object([("data", data.map(list)), ("links", links)])
    }
}

impl<'v> From<&'v twins::JobResponse> for Value<'v> {
    fn from(twins::JobResponse { data, links, meta }: &'v twins::JobResponse) -> Self {
        let twins::Job { id, attributes, relationships, links: job_links } = data;
        let timestamp = |timestamp: &'v owned::Timestamp| Self::Text(timestamp.as_str());
        let attributes = Self::object([
            ("status", Some(Self::Text(attributes.status.as_str()))),
            ("created_at", Some(timestamp(&attributes.created_at))),
            ("total_count", Some(Self::Integer(attributes.total_count))),
            ("completed_count", Self::nullable(attributes.completed_count, Self::Integer)),
            ("failed_count", Self::nullable(attributes.failed_count, Self::Integer)),
            ("completed_at", Self::nullable(attributes.completed_at.as_ref(), timestamp)),
            ("expires_at", Self::nullable(attributes.expires_at.as_ref(), timestamp)),
            ("started_at", Self::nullable(attributes.started_at.as_ref(), timestamp)),
        ]);
        let both = |links: &'v twins::RelationshipLinks| {
            let (self_, related) = (Self::Text(&links.self_), Self::Text(&links.related));
            Self::object([("self", Some(self_)), ("related", Some(related))])
        };
        let one = |links: &'v twins::RelatedLinks| {
            Self::object([("related", Some(Self::Text(&links.related)))])
        };
        let relationships = relationships.as_ref().map(|relations| {
            let lists = relations.lists.as_ref().map(|lists| {
                let links = lists.links.as_ref().map(both);
                Self::relationship("list", lists.data.as_deref(), |list| &list.id, links)
            });
            let profiles = relations.profiles.as_ref().map(|profiles| {
                let links = profiles.links.as_ref().map(both);
                Self::relationship("profile", profiles.data.as_deref(), |one| &one.id, links)
            });
            let errors = relations.import_errors.as_ref().map(|errors| {
                let links = errors.links.as_ref().map(one);
                Self::relationship("import-error", errors.data.as_deref(), |one| &one.id, links)
            });
            Self::object([("lists", lists), ("profiles", profiles), ("import-errors", errors)])
        });
        let job = Self::object([
            ("type", Some(Self::Text("profile-bulk-import-job"))),
            ("id", Some(Self::Text(id))),
            ("attributes", Some(attributes)),
            ("relationships", relationships),
            ("links", Some(Self::links(job_links))),
        ]);
        Self::object([
            ("data", Some(job)),
            ("links", links.as_ref().map(Self::links)),
            ("meta", Self::nullable(meta.as_ref(), |meta| Self::Any(meta.as_str()))),
        ])
    }
}

/// What is chosen once for a document.
#[derive(Clone, Copy, Debug, Default)]
struct Layout {
    /// White space after a comma or colon.
    blank: &'static str,
    /// White space instead, here and there.
    odd_blanks: bool,
    escapes: bool,
    shuffled: bool,
    /// Members that the schema does not name.
    unknown: bool,
    odd_integers: bool,
}

impl Layout {
    fn choose(choices: &mut Unstructured<'_>) -> Result<Self> {
        const INDENT: &str = "\n                                                                  ";
        Ok(Self {
            blank: choices.choose(&["", " ", "\n", "\r\n\t", INDENT])?,
            odd_blanks: bool::arbitrary(choices)?,
            escapes: bool::arbitrary(choices)?,
            shuffled: bool::arbitrary(choices)?,
            unknown: bool::arbitrary(choices)?,
            odd_integers: bool::arbitrary(choices)?,
        })
    }
}

/// Writes a document.
struct Writer<'w, 'c> {
    text: &'w mut Vec<u8>,
    choices: &'w mut Unstructured<'c>,
    layout: Layout,
}

impl Writer<'_, '_> {
    fn push(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }

    /// Chooses, if the layout has a choice.
    fn rarely(&mut self, may: bool) -> Result<bool> {
        Ok(may && self.choices.int_in_range(0..=3)? == 1)
    }

    fn blank(&mut self) -> Result<()> {
        let odd = self.rarely(self.layout.odd_blanks)?;
        let blank =
            if odd { self.choices.choose(&[" ", "\t \n", "\r"])? } else { self.layout.blank };
        self.push(blank);
        Ok(())
    }

    fn value(&mut self, value: &Value<'_>, depth: usize) -> Result<()> {
        match value {
            Value::Text(text) => self.string(text),
            Value::Integer(integer) => self.integer(*integer),
            Value::Any(json) => {
                self.push(json);
                Ok(())
            }
            Value::Absent => {
                self.push("null");
                Ok(())
            }
            Value::Object(members) => self.object(members, depth),
            Value::List(items) => {
                self.push("[");
                self.blank()?;
                for (index, item) in items.iter().enumerate() {
                    self.comma(index)?;
                    self.value(item, depth + 1)?;
                }
                self.blank()?;
                self.push("]");
                Ok(())
            }
        }
    }

    /// What stands before the item of this index.
    fn comma(&mut self, index: usize) -> Result<()> {
        if index > 0 {
            self.push(",");
            self.blank()?;
        }
        Ok(())
    }

    fn object(&mut self, members: &[(&str, Value<'_>)], depth: usize) -> Result<()> {
        let mut order: Vec<_> = members.iter().collect();
        if self.layout.shuffled {
            for index in 1..order.len() {
                order.swap(index, self.choices.int_in_range(0..=index)?);
            }
        }
        self.push("{");
        self.blank()?;
        let mut count = 0;
        for (name, value) in order {
            while self.rarely(self.layout.unknown)? {
                self.comma(count)?;
                self.unknown(depth)?;
                count += 1;
            }
            if matches!(value, Value::Absent) && self.rarely(true)? {
                continue;
            }
            self.comma(count)?;
            self.name(name)?;
            self.value(value, depth + 1)?;
            count += 1;
        }
        self.blank()?;
        self.push("}");
        Ok(())
    }

    fn name(&mut self, name: &str) -> Result<()> {
        self.string(name)?;
        self.blank()?;
        self.push(":");
        self.blank()
    }

    /// A member that no schema here names, for no name there begins so.
    fn unknown(&mut self, depth: usize) -> Result<()> {
        let name = format!("_{}", text(self.choices)?);
        self.name(&name)?;
        let any = text(self.choices)?;
        let integer = Value::Integer(i64::arbitrary(self.choices)?);
        let value = match self.choices.int_in_range(0..=4)? {
            0 => return self.string(&any),
            1 => Value::List(vec![Value::Text(&any), Value::List(vec![]), Value::Absent]),
            2 => Value::Object(vec![("type", Value::Text(&any)), ("id", Value::Object(vec![]))]),
            3 => integer,
            _ => {
                let word = *self.choices.choose(&["true", "false", "-0.5E-99", "null"])?;
                self.push(word);
                return Ok(());
            }
        };
        self.value(&value, depth + 1)
    }

    fn integer(&mut self, integer: i64) -> Result<()> {
        let odd = self.rarely(self.layout.odd_integers)?;
        let form = if odd { self.choices.int_in_range(1..=4)? } else { 0 };
        let text = match form {
            1 => format!("{integer}.000"),
            2 => format!("{integer}e0"),
            3 if integer != 0 => format!("{integer}00E-2"),
            4 if integer % 10 == 0 => format!("{}e+1", integer / 10),
            _ => integer.to_string(),
        };
        self.push(&text);
        Ok(())
    }

    fn string(&mut self, text: &str) -> Result<()> {
        self.push("\"");
        let is_plain = |byte: u8| !matches!(byte, b'"' | b'\\' | ..b' ');
        if !self.layout.escapes && text.bytes().all(is_plain) {
            self.push(text);
            self.push("\"");
            return Ok(());
        }
        for c in text.chars() {
            let must = matches!(c, '"' | '\\' | '\0'..' ');
            let may = self.rarely(self.layout.escapes)?;
            if !must && !may {
                self.push(c.encode_utf8(&mut [0; 4]));
                continue;
            }
            let short = match c {
                '"' | '\\' | '/' => Some(c),
                '\u{8}' => Some('b'),
                '\u{c}' => Some('f'),
                '\n' => Some('n'),
                '\r' => Some('r'),
                '\t' => Some('t'),
                _ => None,
            };
            match short {
                Some(letter) if !self.rarely(self.layout.escapes)? => {
                    self.push(&format!("\\{letter}"));
                }
                _ => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        let upper = self.rarely(self.layout.escapes)?;
                        let escape =
                            if upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") };
                        self.push(&escape);
                    }
                }
            }
        }
        self.push("\"");
        Ok(())
    }
}
