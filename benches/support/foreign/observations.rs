//! Health records: deeply nested FHIR observations of three producers that take turns. One writes compactly, one with
//! spaces, and one sorts the members of each object.

use super::Schema;
use super::draw::{Draw, Json, Style, text};
use super::twins::{Describe, twins};
use gapwise::Document;

twins! {
    #[serde(rename_all = "camelCase")]
    struct Observation<'a> {
        resource_type: &'a str,
        id: &'a str,
        meta: Option<Meta<'a>>,
        #[serde(default)]
        identifier: List<'a, Identifier<'a>>,
        status: &'a str,
        #[serde(default)]
        category: List<'a, Concept<'a>>,
        code: Concept<'a>,
        subject: Reference<'a>,
        encounter: Option<Reference<'a>>,
        effective_date_time: Option<&'a str>,
        #[serde(default)]
        performer: List<'a, Reference<'a>>,
        value_quantity: Option<Quantity<'a>>,
        #[serde(default)]
        interpretation: List<'a, Concept<'a>>,
        #[serde(default)]
        reference_range: List<'a, Range<'a>>,
        #[serde(default)]
        component: List<'a, Component<'a>>,
        #[serde(default)]
        note: List<'a, Note<'a>>,
    }

    #[serde(rename_all = "camelCase")]
    struct Meta<'a> {
        version_id: &'a str,
        last_updated: &'a str,
    }

    struct Identifier<'a> {
        system: &'a str,
        value: &'a str,
    }

    struct Concept<'a> {
        coding: List<'a, Coding<'a>>,
        text: Option<Text<'a>>,
    }

    struct Coding<'a> {
        system: &'a str,
        code: &'a str,
        display: Option<Text<'a>>,
    }

    struct Reference<'a> {
        reference: &'a str,
        display: Option<Text<'a>>,
    }

    struct Quantity<'a> {
        value: f64,
        unit: Option<&'a str>,
        system: Option<&'a str>,
        code: Option<&'a str>,
    }

    struct Range<'a> {
        low: Option<Quantity<'a>>,
        high: Option<Quantity<'a>>,
        text: Option<Text<'a>>,
    }

    #[serde(rename_all = "camelCase")]
    struct Component<'a> {
        code: Concept<'a>,
        value_quantity: Option<Quantity<'a>>,
        #[serde(default)]
        interpretation: List<'a, Concept<'a>>,
        #[serde(default)]
        reference_range: List<'a, Range<'a>>,
    }

    struct Note<'a> {
        text: Text<'a>,
    }
}

pub(super) struct All;

impl Schema for All {
    const NAME: &'static str = "observations";
    type View = views::Observation<'static>;
    type Model<'a> = model::Observation<'a>;

    fn write(draw: &mut Draw, out: &mut Vec<u8>) {
        let style = match draw.number(0..=2) {
            0 => Style::COMPACT,
            1 => Style { comma: ", ", colon: ": ", ..Style::COMPACT },
            _ => Style { is_sorted: true, ..Style::COMPACT },
        };
        observation(draw).write(style, out);
    }

    fn described<'v, 'a>(view: &'v <Self::View as Document>::View<'a>) -> &'v (dyn Describe + 'a) {
        view
    }
}

/// An optional member, which is present one time in so many, and its value.
type Member = (&'static str, u32, fn(&mut Draw) -> Json);

fn object(draw: &mut Draw, members: &[Member]) -> Json {
    let mut there = vec![];
    for &(name, in_so_many, value) in members {
        if draw.one_in(in_so_many) {
            there.push((name, value(draw)));
        }
    }
    Json::Object(there)
}

fn observation(draw: &mut Draw) -> Json {
    let is_panel = draw.one_in(3);
    let (range, value, component) = if is_panel { (6, 9, 1) } else { (2, 1, 9) };
    let members: &[Member] = &[
        ("resourceType", 1, |_| text("Observation")),
        ("id", 1, |draw| text(format!("{}-{}", draw.name(2..=4), draw.of_digits(7)))),
        ("meta", 2, |draw| {
            let version = text(draw.number(1..=4).to_string());
            Json::Object(vec![("versionId", version), ("lastUpdated", text(draw.time()))])
        }),
        ("identifier", 3, |draw| draw.list(1..=2, identifier)),
        ("status", 1, |draw| text(draw.pick(&["final", "final", "amended", "preliminary"]))),
        ("category", 2, |draw| draw.list(1..=1, concept)),
        ("code", 1, concept),
        ("subject", 1, |draw| reference(draw, "Patient")),
        ("encounter", 3, |draw| reference(draw, "Encounter")),
        ("effectiveDateTime", 1, |draw| text(draw.time())),
        ("performer", 2, |draw| draw.list(1..=2, |draw| reference(draw, "Practitioner"))),
        ("valueQuantity", value, quantity),
        ("interpretation", 4, |draw| draw.list(1..=1, concept)),
        ("referenceRange", range, |draw| draw.list(1..=2, self::range)),
        ("component", component, |draw| draw.list(1..=4, self::component)),
        ("note", 12, |draw| {
            draw.list(1..=1, |draw| Json::Object(vec![("text", text(draw.words(4..=40, 12)))]))
        }),
    ];
    object(draw, members)
}

fn identifier(draw: &mut Draw) -> Json {
    let system = text(format!("urn:oid:1.2.{}", draw.of_digits(5)));
    Json::Object(vec![("system", system), ("value", text(draw.hex(12)))])
}

fn concept(draw: &mut Draw) -> Json {
    object(
        draw,
        &[
            ("coding", 1, |draw| {
                let count = if draw.one_in(3) { 2 } else { 1 };
                draw.list(count..=count, coding)
            }),
            ("text", 2, |draw| text(draw.words(1..=4, 15))),
        ],
    )
}

fn coding(draw: &mut Draw) -> Json {
    object(
        draw,
        &[
            ("system", 1, |draw| {
                text(draw.pick(&["http://loinc.example", "http://snomed.example/sct"]))
            }),
            ("code", 1, |draw| text(format!("{}-{}", draw.of_digits(5), draw.number(0..=9)))),
            ("display", 1, |draw| text(draw.words(1..=5, 15))),
        ],
    )
}

fn reference(draw: &mut Draw, to: &str) -> Json {
    let mut members = vec![("reference", text(format!("{to}/{}", draw.of_digits(7))))];
    if draw.one_in(3) {
        members.push(("display", text(draw.words(2..=3, 6))));
    }
    Json::Object(members)
}

fn quantity(draw: &mut Draw) -> Json {
    object(
        draw,
        &[
            ("value", 1, |draw| draw.decimal(3, 2)),
            ("unit", 1, |draw| text(draw.pick(&["mmHg", "mmol/l", "beats/minute", "kg"]))),
            ("system", 1, |_| text("http://units.example")),
            ("code", 1, |draw| text(draw.pick(&["mm[Hg]", "mmol/L", "/min", "kg"]))),
        ],
    )
}

fn range(draw: &mut Draw) -> Json {
    object(
        draw,
        &[
            ("low", 1, quantity),
            ("high", 1, quantity),
            ("text", 4, |draw| text(draw.words(1..=3, 0))),
        ],
    )
}

fn component(draw: &mut Draw) -> Json {
    object(
        draw,
        &[
            ("code", 1, concept),
            ("valueQuantity", 1, quantity),
            ("interpretation", 4, |draw| draw.list(1..=1, concept)),
            ("referenceRange", 3, |draw| draw.list(1..=1, range)),
        ],
    )
}
