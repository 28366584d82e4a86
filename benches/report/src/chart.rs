//! The chart: gigabytes per second as bars, contender by contender, for a few in-memory corpora of each target.
//!
//! It must look right on any background and without local fonts, so it is SVG text on white.

use crate::results::Run;
use crate::targets;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

const WORKLOAD: &str = "file";
/// How many corpora of one target are shown.
const MOST: usize = 3;
const LIMIT: &str = "read-prefetch";

const WIDTH: u32 = 860;
const BAR: u32 = 17;
const MARGIN: u32 = 46;

const JOBVIEW: RGBColor = RGBColor(0xd5, 0x5e, 0x00);
const OTHER: RGBColor = RGBColor(0x56, 0x8c, 0xb4);
const READING: RGBColor = RGBColor(0xb8, 0xb8, 0xb8);
const INK: RGBColor = RGBColor(0x22, 0x22, 0x22);

struct Bar<'a> {
    corpus: &'a str,
    name: &'a str,
    rate: f64,
}

/// The chart as SVG.
pub(crate) fn draw(run: &Run) -> Result<String, String> {
    let mut groups: Vec<Vec<Bar<'_>>> = Vec::new();
    for corpus in corpora(run) {
        let names = run.contenders(WORKLOAD).into_iter().chain([LIMIT]);
        let bar = |name| Some(Bar { corpus, name, rate: run.rate(WORKLOAD, corpus, name)? });
        let mut bars: Vec<Bar<'_>> = names.filter_map(bar).collect();
        bars.sort_by(|left, right| right.rate.total_cmp(&left.rate));
        groups.push(bars);
    }
    let mut svg = String::new();
    plot(&mut svg, run.facts.cpu.kind(), &groups)
        .map_err(|error| format!("the chart cannot be drawn: {error}"))?;
    Ok(svg)
}

/// A few corpora of each target, the most informative ones first, and a few without a target.
fn corpora(run: &Run) -> Vec<&str> {
    let mut drawn = Vec::new();
    for target in targets::ALL.iter().map(Some).chain([None]) {
        let mut corpora = run.corpora(WORKLOAD);
        corpora.retain(|corpus| targets::of(corpus) == target);
        corpora.sort_by_key(|corpus| target.and_then(|target| target.place(corpus)));
        corpora.truncate(MOST);
        drawn.extend(corpora);
    }
    drawn
}

fn plot(
    svg: &mut String,
    cpu: &str,
    groups: &[Vec<Bar<'_>>],
) -> Result<(), Box<dyn std::error::Error>> {
    // One row per bar, and one between groups.
    let rows = groups.iter().map(|bars| bars.len() as u32 + 1).sum::<u32>();
    let most = groups.iter().flatten().map(|bar| bar.rate).fold(1.0, f64::max);
    let area = SVGBackend::with_string(svg, (WIDTH, rows * BAR + 2 * MARGIN)).into_drawing_area();
    area.fill(&WHITE)?;
    let text = |size: u32| ("sans-serif", size).into_font().color(&INK);
    let mut chart = ChartBuilder::on(&area)
        .caption(format!("GB/s in memory, one core, {cpu}: longer is better"), text(16))
        .margin(10)
        .margin_right(30)
        .x_label_area_size(24)
        .y_label_area_size(240)
        .build_cartesian_2d(0.0..most * 1.08, f64::from(rows)..0.0)?;
    chart
        .configure_mesh()
        .disable_y_mesh()
        .y_labels(0)
        .y_label_formatter(&|_| String::new())
        .light_line_style(TRANSPARENT)
        .bold_line_style(INK.mix(0.15))
        .axis_style(INK.mix(0.4))
        .label_style(text(12))
        .draw()?;
    let label = |x: i32, size: u32, horizontal: HPos, words: String, at: (f64, f64)| {
        let style = text(size).pos(Pos::new(horizontal, VPos::Center));
        EmptyElement::at(at) + Text::new(words, (x, 0), style)
    };
    let plane = chart.plotting_area();
    let mut row = 0.0;
    for bars in groups {
        for (index, bar) in bars.iter().enumerate() {
            let color = match bar.name {
                "jobview" => JOBVIEW,
                LIMIT => READING,
                _ => OTHER,
            };
            let corners = [(0.0, row + 0.12), (bar.rate, row + 0.88)];
            plane.draw(&Rectangle::new(corners, color.filled()))?;
            let value = format!("{:.2}", bar.rate);
            plane.draw(&label(4, 11, HPos::Left, value, (bar.rate, row + 0.5)))?;
            let name = if bar.name == LIMIT { "reading every byte" } else { bar.name };
            plane.draw(&label(-6, 12, HPos::Right, name.to_owned(), (0.0, row + 0.5)))?;
            if index == 0 {
                let corpus = bar.corpus.to_owned();
                plane.draw(&label(-130, 13, HPos::Right, corpus, (0.0, row + 0.5)))?;
            }
            row += 1.0;
        }
        row += 1.0;
    }
    area.present()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::corpora;
    use crate::results::Run;

    #[test]
    fn a_few_corpora_of_each_target_are_drawn_and_new_ones_too() {
        let mut run = Run::default();
        let names = ["a-bad", "a-new", "a-compact", "b-compact", "a-escaped", "a-varied"];
        run.facts.corpora = names.map(str::to_owned).into();
        let rates = names.map(|name| (name.to_owned(), [("jobview".to_owned(), 1.0)].into()));
        run.rates.insert("file".to_owned(), rates.into());
        assert_eq!(corpora(&run), ["a-varied", "a-compact", "b-compact", "a-escaped", "a-new"]);
    }
}
