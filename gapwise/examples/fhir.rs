//! Health records: FHIR observations as a bulk export has them, nested deeply. Which values are out of range, and which
//! lines are no observations.
//!
//! `cargo run --package gapwise --example fhir`

use gapwise::{Arena, Parser, View};

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(rename_all = "camelCase")]
struct Observation<'a> {
    resource_type: ResourceType,
    id: &'a str,
    code: Concept<'a>,
    subject: Reference<'a>,
    value_quantity: Option<Quantity<'a>>,
    #[view(default)]
    component: &'a [Component<'a>],
    #[view(default)]
    reference_range: &'a [Range<'a>],
}

/// With one variant, it is an error to be anything else.
#[derive(Clone, Copy, Debug, PartialEq, View)]
enum ResourceType {
    Observation,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(rename_all = "camelCase")]
struct Component<'a> {
    code: Concept<'a>,
    value_quantity: Option<Quantity<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Concept<'a> {
    coding: &'a [Coding<'a>],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Coding<'a> {
    code: &'a str,
    display: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Reference<'a> {
    reference: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Quantity<'a> {
    value: f64,
    unit: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Range<'a> {
    low: Option<Quantity<'a>>,
    high: Option<Quantity<'a>>,
}

impl<'a> Concept<'a> {
    fn name(&self) -> &'a str {
        self.coding.first().map_or("?", |coding| coding.display.unwrap_or(coding.code))
    }
}

fn main() {
    let export = include_bytes!("data/fhir_observations.ndjson");
    let arena = Arena::new();
    let batch = Parser::<Observation>::new().parse_batch(export, &arena);

    let mut odd = vec![];
    for observation in batch.documents() {
        let own = observation.value_quantity.map(|quantity| (observation.code, quantity));
        let parts = observation.component.iter();
        let parts = parts.filter_map(|part| Some((part.code, part.value_quantity?)));
        for (code, Quantity { value, unit }) in own.into_iter().chain(parts) {
            println!("{}: {} {value} {}", observation.id, code.name(), unit.unwrap_or_default());
            let is_inside = observation.reference_range.iter().all(|range| {
                range.low.is_none_or(|low| low.value <= value)
                    && range.high.is_none_or(|high| value <= high.value)
            });
            if !is_inside {
                odd.push((observation.subject.reference, code.name(), value));
            }
        }
    }
    println!("out of range: {odd:?}");
    let expected =
        [("Patient/p-21", "Glucose in blood", 7.9), ("Patient/p-30", "Heart rate", 112.0)];
    assert_eq!(odd, expected);

    batch.rejected().iter().for_each(|rejected| println!("{rejected}"));
    let wrong: Vec<_> = batch.rejected().iter().map(|rejected| rejected.error.pointer()).collect();
    assert_eq!(wrong, ["/valueQuantity/value", "/resourceType"]);
}
