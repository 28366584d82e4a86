//! What the records promise, checked by reading them back with another reader.
//!
//! Must not look into the generator for answers: `oracle` reads text and schema on its own.

mod breakage;
mod good;
mod kinds;
mod oracle;

use crate::{Kind, Layout, Settings, Shape, generate};
use serde_json::Value;

/// Enough records for every choice to be made; but of the large ones, one.
fn enough(shape: Shape) -> u64 {
    if shape == Shape::Wide { 1 } else { 120 }
}

/// Every combination of shape, layout and unknown members.
fn every_settings() -> impl Iterator<Item = Settings> {
    Shape::ALL.into_iter().flat_map(|shape| {
        Layout::ALL.into_iter().flat_map(move |layout| {
            [false, true].map(|unknown_members| Settings {
                unknown_members,
                ..Settings::new(11, shape, layout)
            })
        })
    })
}

/// Every combination of kind, layout, unknown members and sparse fieldsets, with short pages.
fn every_kind() -> impl Iterator<Item = Settings> {
    Kind::ALL.into_iter().flat_map(|kind| {
        Layout::ALL.into_iter().flat_map(move |layout| {
            [(false, false), (false, true), (true, false), (true, true)].map(
                |(unknown_members, sparse)| Settings {
                    kind,
                    items: 4,
                    sparse,
                    unknown_members,
                    ..Settings::new(11, Shape::Inline, layout)
                },
            )
        })
    })
}

/// The records of these settings as serde_json reads them, one after another whatever the layout.
fn parse_all(settings: Settings) -> Vec<Value> {
    parse(settings, enough(settings.shape))
}

/// The same for some records.
fn parse(settings: Settings, records: u64) -> Vec<Value> {
    let (records, _) = generate(settings, records);
    serde_json::Deserializer::from_slice(&records)
        .into_iter()
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{settings:?}: {error}"))
}
