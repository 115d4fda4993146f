//! A career plan on a page: what both wrote and the steps that both may read.
//!
//! It is made from the words of the plan alone. Private notes, what the owner has looked at, and
//! comments have no way in.

use super::letter::{ARCP_LINES, Between, Letter, Saying, agreed, layers};
use super::line_id::{LineId, Mark};
use super::sheet::{self, Block, Cell, Part, date};
use super::summary::{ActionLine, EvidenceRef, Line, Period};
use crate::model::plan::{Labels, Plan, PlanField, Road, Words};
use crate::model::session::{ArcpHeading, Role};
use crate::model::{Action, Id, Layer, clean};

/// What the page is called.
pub const TITLE: &str = "Career plan";

/// What of a plan may leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanWords {
    /// The words of its fields.
    pub words: Words,
    /// The options by their identities.
    pub options: Vec<(String, String)>,
    /// What the four boxes are called.
    pub labels: Labels,
    /// Which version it is, in words.
    pub version: String,
}

impl PlanWords {
    /// The words as they stand.
    pub fn present(plan: &Plan) -> PlanWords {
        let version = match plan.agreed() {
            Some(agreed) if agreed.words == plan.words() => version_words(&agreed),
            Some(agreed) => format!("As it stands, after agreed version {}", agreed.number),
            None => "As it stands, not agreed yet".to_owned(),
        };
        PlanWords { version, ..PlanWords::of(plan, plan.words()) }
    }

    /// The words that both agreed last; nothing where they did not yet.
    pub fn agreed(plan: &Plan) -> Option<PlanWords> {
        let agreed = plan.agreed()?;
        let version = version_words(&agreed);
        Some(PlanWords { version, ..PlanWords::of(plan, agreed.words) })
    }

    fn of(plan: &Plan, words: Words) -> PlanWords {
        let options = plan.options.iter().map(|one| (one.id.clone(), one.text.clone())).collect();
        PlanWords { words, options, labels: plan.labels, version: String::new() }
    }
}

fn version_words(agreed: &crate::model::plan::AgreedVersion) -> String {
    let day = agreed.since().to_zoned(jiff::tz::TimeZone::system()).date();
    format!("Version {}, agreed by both on {}", agreed.number, date(day))
}

impl Letter {
    /// The plan, with the steps that came from it: `from` is its identity.
    pub fn plan<'a>(
        between: Between<'_>,
        plan: &PlanWords,
        (from, actions): (Id, impl IntoIterator<Item = (Id, &'a Action)>),
    ) -> Letter {
        let mut parts: Vec<Part> = Vec::new();
        for field in PlanField::ALL {
            let texts = plan.words.get(field.key()).map(Vec::as_slice).unwrap_or_default();
            parts.extend(part(field.heading(plan.labels), texts));
            if field == PlanField::Options {
                parts.extend(plan.options.iter().filter_map(|option| table(plan, option)));
            }
        }
        let mut shared: usize = parts.iter().flat_map(Part::cells).count();
        let of_it = actions.into_iter().filter(|(_, action)| action.from == Some(from));
        let steps: Vec<(Layer, ActionLine)> = of_it
            .filter_map(|(id, action)| Some((action.layer, agreed(&between, id, action)?)))
            .collect();
        let arcp = steps.iter().filter(|(layer, _)| *layer == Layer::Arcp).count();
        shared += steps.len() - arcp;
        let steps: Vec<ActionLine> = steps.into_iter().map(|(_, line)| line).collect();
        if !steps.is_empty() {
            parts.push(sheet::actions(&steps));
        }
        let words = match shared {
            0 => "nothing goes",
            1 => "this goes",
            _ => "these go",
        };
        let saying = Saying {
            what: TITLE.to_owned(),
            file: TITLE,
            day: between.today,
            layers: layers((arcp, ARCP_LINES), (shared, words)),
            left_out: "Left out: private notes beside the plan, comments, earlier versions",
            notes: Vec::new(),
            outline: Vec::new(),
            names_no_doctor: false,
            holds_words: true,
            may_tell: 0,
        };
        let label = match between.settings.role {
            Role::Supervisor => "Supervisor",
            Role::Doctor => "Doctor",
        };
        let facts = vec![
            ("Version", plan.version.clone()),
            (label, clean::line(&between.settings.your_name)),
        ];
        let foot = format!("Made on {}. Both write in this plan.", date(between.today));
        let parts = parts.into_iter().map(|part| (part, Layer::Shared)).collect();
        between.letter(saying, (TITLE, &foot), facts, parts)
    }
}

/// A field that has words, one paragraph a cell.
fn part(title: &str, texts: &[String]) -> Option<Part> {
    let cells: Vec<Cell> = texts.iter().filter_map(|text| cell(text)).collect();
    (!cells.is_empty()).then(|| Part::quotes(title.to_owned(), cells))
}

fn cell(text: &str) -> Option<Cell> {
    let words = sheet::paragraphs(&clean::lines(text));
    (!words.is_empty()).then_some(Cell { words, notes: Vec::new() })
}

/// What is thought of one option, row by row.
fn table(plan: &PlanWords, (id, option): &(String, String)) -> Option<Part> {
    let row = |row: Road| {
        let texts = plan.words.get(&format!("roads/{}", row.id(id)))?;
        let mut cell = cell(&texts.join("\n"))?;
        cell.notes = vec![format!("{}: {}", row.name(), row.prompt())];
        Some(cell)
    };
    let items: Vec<Cell> = Road::ALL.into_iter().filter_map(row).collect();
    let title = clean::line(option);
    (!items.is_empty()).then(|| Part { title, sub: true, blocks: vec![Block::List { items }] })
}

/// The fields of a career plan that were offered, as both agreed them last. What was written later
/// is not agreed and stays here.
pub(super) fn planned(id: Id, plan: &Plan, period: Period) -> Vec<Line> {
    let Some(agreed) = plan.agreed() else { return Vec::new() };
    let day = agreed.since().to_zoned(jiff::tz::TimeZone::system()).date();
    let fields =
        PlanField::ALL.into_iter().filter(|it| plan.offered.iter().any(|key| key == it.key()));
    let line = |field: PlanField| {
        let words = agreed.words.get(field.key()).filter(|_| day <= period.to)?;
        let words = words.iter().map(|text| clean::lines(text)).collect::<Vec<_>>().join("; ");
        let text = format!("{}: {words}", field.heading(plan.labels));
        (!words.is_empty()).then(|| Line {
            id: LineId::Line(id, Mark::of(&text)),
            heading: Some(ArcpHeading::NextObjectives),
            evidence: vec![EvidenceRef { what: TITLE.to_owned(), date: Some(day) }],
            text,
            agreed: true,
            recorded: day,
            basis: None,
        })
    };
    fields.filter_map(line).collect()
}
