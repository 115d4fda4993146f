//! Gaps side by side against one line: what the window paints, and the same as an SVG file.

use super::Counts;
use super::compare::Gap;
use super::intervals::{Estimate, Interval, newcombe};
use super::published::{Area, Figure, Published, range};
use super::reading::{points, ratio, signed};

/// A gap in a chart, with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The group.
    pub title: String,
    /// The outcome, and with whom it is compared.
    pub sub: String,
    /// The gap: "41 fewer".
    pub value: String,
    /// What else fits: "32 to 48".
    pub range: String,
    /// The same as numbers.
    pub estimate: Estimate,
    /// Marked with a square rather than a dot: groups differ by shape, not by colour.
    pub square: bool,
}

/// What a chart is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// People in every 100; the line is nought.
    Points,
    /// Odds ratios, evenly on the scale of logarithms; the line is 1.
    Odds,
}

/// Gaps on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it says above.
    pub title: &'static str,
    /// What it is measured in.
    pub scale: Scale,
    /// The gaps.
    pub bars: Vec<Bar>,
}

impl Bar {
    /// All of it in a sentence, for who cannot see it.
    pub fn sentence(&self) -> String {
        format!("{}, {}: {}. The data fit {}.", self.title, self.sub, self.value, self.range)
    }

    fn points(figure: &Figure) -> Option<Bar> {
        let estimate = figure.difference()?;
        Some(Bar {
            title: figure.group.clone(),
            sub: format!("{}, against {}", figure.short, figure.against),
            value: signed(estimate.value),
            range: range(estimate.interval),
            estimate,
            square: figure.by == "place of qualification",
        })
    }

    fn odds(figure: &Figure) -> Option<Bar> {
        let estimate = figure.odds().filter(|_| figure.counts().is_none())?;
        let words = ratio(Some(estimate));
        let (value, fits) = words.split_once(" (")?;
        Some(Bar {
            title: figure.group.clone(),
            sub: format!("{}, against {}", figure.short, figure.against),
            value: value.to_owned(),
            range: fits.trim_end_matches(')').to_owned(),
            estimate,
            square: figure.by == "place of qualification",
        })
    }
}

/// The charts of the published figures: all gaps with counts, or everything about one thing.
pub fn known(published: &Published, area: Option<Area>) -> Vec<Chart> {
    let figures = || published.figures.iter().filter(|it| area.is_none_or(|area| it.area == area));
    let points = Chart {
        title: "Gaps side by side, out of every 100",
        scale: Scale::Points,
        bars: figures().filter_map(Bar::points).collect(),
    };
    let odds = Chart {
        title: "Where only odds ratios are published",
        scale: Scale::Odds,
        bars: figures().filter_map(Bar::odds).filter(|_| area.is_some()).collect(),
    };
    [points, odds].into_iter().filter(|it| !it.bars.is_empty()).collect()
}

/// The chart of one gap.
pub fn of_gap(gap: &Gap, outcome: &str) -> Chart {
    let sub = format!("{outcome}, against {}", gap.second.group.name);
    let bar = bar_of(&gap.first.group.name, sub, gap.difference);
    Chart { title: "The gap, out of every 100", scale: Scale::Points, bars: vec![bar] }
}

/// The chart of a gap in each of some parts, such as years: each with its name and the counts of
/// the two groups. Parts without both groups are left out.
pub fn of_parts(parts: &[(&str, Counts, Counts)]) -> Chart {
    let bars = parts.iter().filter_map(|(name, first, second)| {
        let difference = newcombe(*first, *second)?;
        let rates = [first, second].map(|it| points(it.rate()));
        Some(bar_of(name, format!("{}% against {}%", rates[0], rates[1]), difference))
    });
    let bars = bars.collect();
    Chart { title: "The gaps, out of every 100", scale: Scale::Points, bars }
}

/// Painted in whole people of every 100, as its words say: a picture says no more than a table.
fn bar_of(title: &str, sub: String, difference: Estimate) -> Bar {
    let whole = |part: f64| points(part) as f64 / 100.0;
    let Interval { low, high } = difference.interval;
    let interval = Interval { low: whole(low), high: whole(high) };
    Bar {
        title: title.to_owned(),
        sub,
        value: signed(difference.value),
        range: range(difference.interval),
        estimate: Estimate { value: whole(difference.value), interval },
        square: false,
    }
}

impl Scale {
    /// Where a value stands, on an even scale.
    pub fn place(self, value: f64) -> f64 {
        match self {
            Scale::Points => value * 100.0,
            Scale::Odds => value.max(1e-3).log2(),
        }
    }

    const fn step(self) -> i32 {
        match self {
            Scale::Points => 20,
            Scale::Odds => 1,
        }
    }
}

impl Chart {
    /// The ends of the scale, on an even scale: all bars lie in them, and the line of no gap.
    pub fn ends(&self) -> (f64, f64) {
        let step = f64::from(self.scale.step());
        let ends = self.bars.iter().map(|bar| bar.estimate.interval);
        let (mut low, mut high) = (-step, step);
        for end in ends {
            low = low.min(self.scale.place(end.low));
            high = high.max(self.scale.place(end.high));
        }
        // The end of a bar is never the end of the chart.
        let room = (high - low) * 0.04;
        ((low - room).max(-60.0 * step), (high + room).min(60.0 * step))
    }

    /// The marks of the scale with their words.
    pub fn marks(&self) -> Vec<(f64, String)> {
        let (low, high) = self.ends();
        let step = self.scale.step();
        let every = if (high - low) / f64::from(step) > 6.0 { 2 * step } else { step };
        let mark = |at: i32| (f64::from(at), self.mark_words(at));
        let (low, high) = (whole(low.ceil()), whole(high.floor()));
        (low..=high).filter(|at| at.rem_euclid(every) == 0).map(mark).collect()
    }

    fn mark_words(&self, at: i32) -> String {
        match (self.scale, at) {
            (_, 0) => "No gap".to_owned(),
            (Scale::Points, fewer @ ..0) => format!("{} fewer", -fewer),
            (Scale::Points, more) => format!("{more} more"),
            (Scale::Odds, less @ ..0) => format!("1/{}", 1_u64 << less.unsigned_abs().min(60)),
            (Scale::Odds, more) => format!("×{}", 1_u64 << more.unsigned_abs().min(60)),
        }
    }
}

fn whole(number: f64) -> i32 {
    // The ends lie within 60 steps.
    #[expect(clippy::cast_possible_truncation, reason = "it fits")]
    let number = number as i32;
    number
}

/// The charts as an SVG file, black on white, with all of it in words for who cannot see it.
pub fn svg(charts: &[Chart], foot: &str) -> String {
    const WIDTH: usize = 900;
    let said: Vec<String> =
        charts.iter().flat_map(|chart| &chart.bars).map(Bar::sentence).collect();
    let mut y = 40;
    let mut body = String::new();
    for chart in charts {
        body += &text(24, y, 18, "bold", "start", chart.title);
        y += 12;
        let top = y;
        y += 52 * chart.bars.len();
        for (at, words) in chart.marks() {
            let x = across(chart, at);
            let ink = if at == 0.0 { "#222" } else { "#ccc" };
            body += &format!("<path d=\"M{x:.1} {top}V{y}\" stroke=\"{ink}\"/>\n");
            body += &text_at(x, y + 20, &words);
        }
        for (row, bar) in chart.bars.iter().enumerate() {
            body += &bar_svg(chart, bar, top + 52 * row);
        }
        y += 64;
    }
    body += &text(24, y, 13, "normal", "start", foot);
    let height = y + 20;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" role=\"img\">\n<title>Gaps between groups</title>\n\
         <desc>{}</desc>\n<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>\n{body}\
         </svg>\n",
        escaped(&said.join(" "))
    )
}

fn across(chart: &Chart, even: f64) -> f64 {
    const FROM: f64 = 380.0;
    const TO: f64 = 740.0;
    let (low, high) = chart.ends();
    FROM + (even - low) / (high - low) * (TO - FROM)
}

fn bar_svg(chart: &Chart, bar: &Bar, top: usize) -> String {
    let place = |value: f64| across(chart, chart.scale.place(value));
    let Estimate { value, interval } = bar.estimate;
    let (low, at, high) = (place(interval.low), place(value), place(interval.high));
    let (y, up, down) = (top + 26, top + 18, top + 34);
    let mark = match bar.square {
        true => {
            format!("<rect x=\"{:.1}\" y=\"{}\" width=\"10\" height=\"10\"/>\n", at - 5.0, y - 5)
        }
        false => format!("<circle cx=\"{at:.1}\" cy=\"{y}\" r=\"5\"/>\n"),
    };
    let line = format!(
        "<path d=\"M{low:.1} {y}H{high:.1}M{low:.1} {up}V{down}M{high:.1} {up}V{down}\" \
         stroke=\"#000\" stroke-width=\"2\"/>\n"
    );
    let words = text(24, top + 22, 15, "bold", "start", &bar.title)
        + &text(24, top + 41, 13, "normal", "start", &bar.sub)
        + &text(876, top + 22, 15, "bold", "end", &bar.value)
        + &text(876, top + 41, 13, "normal", "end", &bar.range);
    line + &mark + &words
}

fn text(x: usize, y: usize, size: u8, weight: &str, anchor: &str, words: &str) -> String {
    format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" \
         text-anchor=\"{anchor}\">{}</text>\n",
        escaped(words)
    )
}

fn text_at(x: f64, y: usize, words: &str) -> String {
    format!(
        "<text x=\"{x:.1}\" y=\"{y}\" font-size=\"13\" text-anchor=\"middle\">{}</text>\n",
        escaped(words)
    )
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// How many of a hundred marks are filled.
pub fn filled(rate: f64) -> usize {
    usize::try_from(points(rate)).unwrap_or_default().min(100)
}
