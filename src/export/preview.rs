//! What leaves this machine: the plain data of the page that stands before every way out.

use super::line_id::LineId;
use super::summary::Summary;
use super::{Format, pdf};
use crate::model::Layer;

/// Everything a person must have seen before a summary leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// For the ARCP, Shared, Private to me: how many lines leave.
    pub layers: [LayerCount; 3],
    /// The names that stand on the page because of whose it is.
    pub named: Vec<String>,
    /// Who is named, in words ("2 people are named: ...").
    pub named_words: String,
    /// What a summary never holds, in words.
    pub left_out: &'static str,
    /// How many lines the person left out.
    pub lines_left_out: usize,
    /// The kind of file and how it is protected ("PDF, not encrypted.").
    pub file: String,
    /// Who can open it.
    pub readers: &'static str,
    /// Lines to look at before it leaves, in the order of the page.
    pub to_settle: Vec<ToSettle>,
    /// Characters that the file can not show; a question mark or a simpler letter stands for
    /// each. Empty for files of text.
    pub cannot_show: Vec<char>,
}

/// How many lines of a layer leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerCount {
    /// The layer.
    pub layer: Layer,
    /// How many of its lines leave: always 0 but for the ARCP layer.
    pub leaves: usize,
    /// What is said beside the number ("16 agreed by you both, 1 not yet").
    pub words: String,
}

/// A line to look at first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSettle {
    /// Which line.
    pub id: LineId,
    /// Its words.
    pub text: String,
    /// What is open about it; at least one.
    pub why: Vec<Unsettled>,
}

/// What is open about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsettled {
    /// The two have not agreed it.
    NotAgreed,
    /// It is a judgement without evidence.
    NoEvidence,
}

impl Unsettled {
    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Unsettled::NotAgreed => "Not agreed yet",
            Unsettled::NoEvidence => "No evidence linked yet",
        }
    }
}

impl Preview {
    /// What leaves when this summary is saved as this kind of file.
    pub fn new(summary: &Summary, format: Format) -> Preview {
        let named: Vec<String> =
            summary.people_named().into_iter().map(ToString::to_string).collect();
        Preview {
            layers: layers(summary),
            named_words: named_words(&named),
            named,
            left_out: "Left out: private notes, shared answers, what to know about the person, \
                       exam dates, titles of meetings and reasons",
            lines_left_out: summary.counts.left_out,
            file: format!("{}, not encrypted.", format.words()),
            readers: "Anyone who has it can read it",
            to_settle: summary.lines().filter_map(to_settle).collect(),
            cannot_show: match format {
                Format::Pdf => pdf::missing_characters(summary),
                Format::Docx | Format::Markdown | Format::Text | Format::Json => Vec::new(),
            },
        }
    }
}

fn layers(summary: &Summary) -> [LayerCount; 3] {
    let counts = summary.counts;
    let others = counts.lines - counts.agreed - counts.not_agreed;
    let parts = [
        (counts.agreed, "agreed by you both"),
        (counts.not_agreed, if counts.agreed > 0 { "not yet" } else { "not agreed yet" }),
        (others, if others == 1 { "action or own words" } else { "actions and own words" }),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, words)| format!("{count} {words}")).collect();
    let arcp = match counts.lines {
        0 => "No lines offered yet".to_owned(),
        lines if lines == counts.agreed => "All agreed by you both".to_owned(),
        _ => parts.join(", "),
    };
    [
        LayerCount { layer: Layer::Arcp, leaves: counts.lines, words: arcp },
        LayerCount {
            layer: Layer::Shared,
            leaves: 0,
            words: match counts.shared {
                1 => "1 line stays here".to_owned(),
                n => format!("{n} lines stay here"),
            },
        },
        LayerCount { layer: Layer::Private, leaves: 0, words: "cannot be sent".to_owned() },
    ]
}

/// "2 people are named: …".
pub(super) fn named_words(named: &[String]) -> String {
    match named {
        [] => "No one is named".to_owned(),
        [only] => format!("1 person is named: {only}"),
        more => format!("{} people are named: {}", more.len(), more.join(" and ")),
    }
}

fn to_settle(line: &super::summary::Line) -> Option<ToSettle> {
    let why: Vec<Unsettled> = [
        (line.is_unagreed(), Unsettled::NotAgreed),
        (line.lacks_evidence(), Unsettled::NoEvidence),
    ]
    .into_iter()
    .filter_map(|(open, why)| open.then_some(why))
    .collect();
    (!why.is_empty()).then(|| ToSettle { id: line.id, text: line.text.clone(), why })
}
