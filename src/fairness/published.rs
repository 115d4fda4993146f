//! What has been published: dated figures with their sources, from `assets/fairness/`.

use serde::Deserialize;

use super::Counts;
use super::intervals::{Estimate, Interval, newcombe};
use super::measures::odds_ratio;
use super::reading::{grouped, percents, points, ratio, signed};
use super::report::row;

const DATA: &str = include_str!("../../assets/fairness/published.json");

/// All figures.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// When they were last checked: "2026-10".
    pub checked: String,
    /// The figures.
    pub figures: Vec<Figure>,
    /// What doctors and studies say that is no number.
    pub lived: Vec<Lived>,
}

/// A published comparison of two groups.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Its stable name.
    pub id: String,
    /// What it is about.
    pub area: Area,
    /// How the doctors were split: "sex".
    pub by: String,
    /// The group that is compared: "Women".
    pub group: String,
    /// With whom: "men".
    pub against: String,
    /// The outcome: "got a specialty training post".
    pub outcome: String,
    /// The outcome as it stands under a chart: "training posts".
    pub short: String,
    /// What was published.
    pub numbers: Numbers,
    /// How the groups were defined.
    pub defined: String,
    /// What it does not show.
    pub not_shown: String,
    /// Where it stands.
    pub source: String,
    /// When the data were gathered.
    pub when: String,
}

/// Something that is no number.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lived {
    /// What was found.
    pub words: String,
    /// Where it stands.
    pub source: String,
}

/// What a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is what its name says")]
pub enum Area {
    Posts,
    Exams,
    Arcp,
}

/// What was published, from most to least.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Numbers {
    /// How many of how many, in the group and in the other.
    Counts {
        /// The group: with the outcome, and all.
        first: (u64, u64),
        /// The other.
        second: (u64, u64),
    },
    /// Rates in per cent, without the counts.
    Rates {
        /// Of the group.
        first: f64,
        /// Of the other.
        second: f64,
    },
    /// An odds ratio.
    Odds {
        /// The ratio.
        value: f64,
        /// Its 95% interval, where one was published.
        interval: Option<(f64, f64)>,
        /// What it was adjusted for; empty where it was not, or where that is not known.
        adjusted: String,
    },
    /// A difference in standard deviations.
    Deviations {
        /// The difference.
        value: f64,
        /// Its 95% interval.
        interval: (f64, f64),
    },
}

impl Published {
    /// The figures that come with the program.
    ///
    /// # Errors
    /// The file can't be read. A test reads it.
    pub fn built_in() -> Result<Published, serde_json::Error> {
        serde_json::from_str(DATA)
    }

    /// Those about one thing.
    pub fn of(&self, area: Area) -> impl Iterator<Item = &Figure> {
        self.figures.iter().filter(move |it| it.area == area)
    }

    /// The table as a CSV file.
    pub fn csv(&self, area: Option<Area>) -> String {
        let head = row(&[
            "Group",
            "Against",
            "Outcome",
            "Figure",
            "95% interval",
            "Odds ratio",
            "Counts",
            "How the groups were defined",
            "What it does not show",
            "Data from",
            "Source",
        ]);
        let figures = self.figures.iter().filter(|it| area.is_none_or(|area| it.area == area));
        let lines = figures.map(|it| {
            row(&[
                &it.group,
                &it.against,
                &it.outcome,
                &it.value_words(),
                &it.interval_words(),
                &it.odds_words(),
                &it.counts_words(),
                &it.defined,
                &it.not_shown,
                &it.when,
                &it.source,
            ])
        });
        std::iter::once(head).chain(lines).collect()
    }
}

impl Figure {
    /// The counts, where they were published: of the group, of the other.
    pub fn counts(&self) -> Option<(Counts, Counts)> {
        match self.numbers {
            Numbers::Counts { first, second } => {
                Some((Counts::new(first.0, first.1).ok()?, Counts::new(second.0, second.1).ok()?))
            }
            _ => None,
        }
    }

    /// The difference of the rates with Newcombe's interval, where there are counts.
    pub fn difference(&self) -> Option<Estimate> {
        let (first, second) = self.counts()?;
        newcombe(first, second)
    }

    /// The odds ratio with its interval: as it was published, or from the counts.
    pub fn odds(&self) -> Option<Estimate> {
        match self.numbers {
            Numbers::Odds { value, interval: Some((low, high)), .. } => {
                Some(Estimate { value, interval: Interval { low, high } })
            }
            Numbers::Counts { .. } => {
                let (first, second) = self.counts()?;
                odds_ratio(first, second).ok()
            }
            _ => None,
        }
    }

    /// The figure in words: "8 more in every 100".
    pub fn value_words(&self) -> String {
        match &self.numbers {
            Numbers::Counts { .. } => match self.difference() {
                Some(it) => format!("{} in every 100", signed(it.value)),
                None => String::new(),
            },
            Numbers::Rates { first, second } => format!("{first}% against {second}%"),
            Numbers::Odds { value, adjusted, .. } if adjusted.is_empty() => {
                format!("Odds ratio {value}")
            }
            Numbers::Odds { value, .. } => format!("Adjusted odds ratio {value}"),
            Numbers::Deviations { value, .. } if *value < 0.0 => {
                format!("{} standard deviations lower", -value)
            }
            Numbers::Deviations { value, .. } => format!("{value} standard deviations higher"),
        }
    }

    /// What else fits, or why that is not said.
    pub fn interval_words(&self) -> String {
        match &self.numbers {
            Numbers::Counts { .. } => match self.difference() {
                Some(it) => range(it.interval),
                None => String::new(),
            },
            Numbers::Rates { .. } => "No interval: the counts were not published".to_owned(),
            Numbers::Odds { interval: None, .. } => "No interval was found".to_owned(),
            Numbers::Odds { interval: Some((low, high)), .. } => format!("{low} to {high}"),
            Numbers::Deviations { interval: (low, high), .. } => {
                let (near, far) = (low.abs().min(high.abs()), low.abs().max(high.abs()));
                format!("{near:.2} to {far:.2}")
            }
        }
    }

    /// The odds ratio in words, and what it was adjusted for.
    pub fn odds_words(&self) -> String {
        match &self.numbers {
            Numbers::Counts { .. } => format!("{}, from the counts", ratio(self.odds())),
            Numbers::Odds { adjusted, .. } if !adjusted.is_empty() => {
                format!("{}, adjusted for {adjusted}", self.bare_odds())
            }
            Numbers::Odds { .. } => self.bare_odds(),
            _ => String::new(),
        }
    }

    fn bare_odds(&self) -> String {
        match (&self.numbers, self.odds()) {
            (_, Some(odds)) => ratio(Some(odds)),
            (Numbers::Odds { value, .. }, None) => value.to_string(),
            _ => String::new(),
        }
    }

    /// The counts in words: "152 of 227 against 67 of 256".
    pub fn counts_words(&self) -> String {
        let words = |it: Counts| format!("{} of {}", grouped(it.yes()), grouped(it.of()));
        match self.counts() {
            Some((first, second)) => format!("{} against {}", words(first), words(second)),
            None => "Not published".to_owned(),
        }
    }

    /// "67 of every 100, likely between 61 and 73", of one of the groups.
    pub fn rate_words(&self, counts: Counts) -> String {
        let interval = super::intervals::wilson(counts).map(percents).unwrap_or_default();
        format!("{} of every 100, likely {interval}", points(counts.rate()))
    }
}

/// "32 to 48", of the size of a gap, or "2 fewer to 5 more" where it may go both ways.
pub fn range(interval: Interval) -> String {
    let (low, high) = (points(interval.low), points(interval.high));
    match (low, high) {
        (0.., _) => format!("{low} to {high}"),
        (_, ..=0) => format!("{} to {}", -high, -low),
        _ => format!("{} to {}", signed(interval.low), signed(interval.high)),
    }
}
