//! Only numbers: sensor readings and their locations.

use super::Schema;
use super::draw::{Draw, Json, Style, plain};
use super::twins::{Describe, describe, twins};
use gapwise::Document;

/// Both the engine and the others read this struct.
#[derive(Clone, Copy, Debug, PartialEq, gapwise::View, serde::Deserialize)]
struct Point {
    x: f64,
    y: f64,
    z: Option<f64>,
}

describe!(Point { x, y, z });

twins! {
    struct Series<'a> {
        sensor: u32,
        since: u64,
        every_ms: f64,
        offset: Option<i64>,
        values: List<'a, f64>,
        counts: List<'a, i64>,
        track: Option<List<'a, Point>>,
    }
}

pub(super) struct All;

impl Schema for All {
    const NAME: &'static str = "numbers";
    type View = views::Series<'static>;
    type Model<'a> = model::Series<'a>;

    fn write(draw: &mut Draw, out: &mut Vec<u8>) {
        series(draw).write(Style::COMPACT, out);
    }

    fn described<'v, 'a>(view: &'v <Self::View as Document>::View<'a>) -> &'v (dyn Describe + 'a) {
        view
    }
}

fn series(draw: &mut Draw) -> Json {
    let mut members = vec![
        ("sensor", plain(draw.of_digits(5))),
        ("since", plain(1_788_000_000_000 + draw.of_digits(10))),
        ("every_ms", draw.decimal(3, 1)),
    ];
    if !draw.one_in(3) {
        members.push((
            "offset",
            if draw.one_in(4) { plain("null") } else { plain(draw.of_digits(4)) },
        ));
    }
    members.extend([
        ("values", draw.list(5..=60, |draw| draw.decimal(3, 6))),
        ("counts", draw.list(0..=30, |draw| plain(draw.of_digits(5)))),
    ]);
    if draw.one_in(2) {
        members.push(("track", draw.list(2..=20, point)));
    }
    Json::Object(members)
}

fn point(draw: &mut Draw) -> Json {
    let mut members = vec![("x", draw.decimal(3, 5)), ("y", draw.decimal(3, 5))];
    if !draw.one_in(4) {
        members.push(("z", if draw.one_in(6) { plain("null") } else { draw.decimal(4, 1) }));
    }
    Json::Object(members)
}
