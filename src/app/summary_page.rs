//! The ARCP summary on its screen: what is chosen, what leaves, and what came of writing it.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash as _, Hasher as _};

use jiff::civil::Date;

use super::job::{Written, whole_of};
use super::letter;
use super::notice::Notice;
use super::today::year_of;
use crate::export::portfolio::{self, Block, Portfolio};
use crate::export::preview::Unsettled;
use crate::export::readiness::{self, Check};
use crate::export::sheet::Sheet;
use crate::export::{Format, LineId, Preview, Summary, order};
use crate::library::Library;
use crate::model::changeover::TrainingYear;
use crate::model::cycle::Expected;
use crate::model::session::{ArcpHeading, Kept};
use crate::model::{Id, Journal, Person};
use crate::review::{Looking, Remark, Settings, Statement};

/// The summary on its screen.
pub struct ShownSummary {
    /// Whose.
    pub person: Id,
    /// From when.
    pub from: Date,
    /// To when.
    pub to: Date,
    /// The kind of file.
    pub format: Format,
    /// The file that was asked for and has not left yet, by the identity of its receipt.
    pub sending: Option<Id>,
    /// What did not work.
    pub notice: Option<Notice>,
    /// What the screen draws and what leaves. Making it looks up every character in the faces
    /// of the PDF, so it is kept until something behind it changes.
    pub page: Option<SummaryPage>,
    /// What was said about lines before: a line that did not change is not looked at again.
    pub(super) looks: Looks,
    /// Whether the desktop's dialog for the file is open.
    pub asking: bool,
    /// The last file that was written here, with its receipt.
    pub written: Option<Written>,
    /// Whether that file holds what the page shows.
    pub written_is_shown: bool,
}

/// A summary, ready to be drawn and to leave.
pub struct SummaryPage {
    /// Every line that was offered, those left out too.
    pub whole: Summary,
    /// What leaves.
    pub leaves: Summary,
    /// What the person chose to leave out, of this and of other periods.
    pub left_out: BTreeSet<LineId>,
    /// The words round the lines, as in the file.
    pub sheet: Sheet,
    /// What is said before it leaves.
    pub preview: Preview,
    /// What is to be thought about, line by line.
    pub remarks: BTreeMap<LineId, Vec<Remark>>,
    /// What a report needs, and how it stands.
    pub checks: Vec<Check>,
    /// The portfolio that its boxes are for.
    pub portfolio: Option<&'static Portfolio>,
    /// Those boxes.
    pub blocks: Vec<Block>,
}

/// Whose page is made, and for when.
#[derive(Clone, Copy)]
pub(super) struct Making<'a> {
    pub journal: &'a Journal,
    pub library: &'a Library,
    pub person: Id,
    pub period: (Date, Date),
    pub format: Format,
    pub today: Date,
}

/// What was said about lines, by all that it rests on.
#[derive(Default)]
pub struct Looks(HashMap<u64, Vec<Remark>>);

impl ShownSummary {
    /// Says that something behind the page changed, so that it is made anew.
    pub(super) fn changed(&mut self) {
        self.page = None;
        self.written_is_shown = false;
    }
}

impl SummaryPage {
    /// The page; nothing when there is no such person.
    pub(super) fn new(making: Making<'_>, looks: &mut Looks) -> Option<SummaryPage> {
        let Making { journal, library, person: id, period, format, today } = making;
        let person = journal.person(id)?;
        let whole = whole_of(journal, id, period, today)?;
        let leaves = whole.without(&order::left_out(person));
        let remarks = remarks(journal, id, &whole, looks);
        let (sessions, actions) = (journal.sessions_with(id), journal.actions_with(id));
        let expected = meetings_of(journal, library, id, period, today);
        let checks = readiness::checks(&readiness::Ground {
            person,
            summary: &leaves,
            sessions: &sessions,
            actions: &actions,
            expected: &expected,
            capabilities: capabilities_of(library, person),
            today,
        });
        let portfolio = portfolio::of(person);
        Some(SummaryPage {
            left_out: order::left_out(person),
            sheet: Sheet::new(&leaves),
            preview: Preview::new(&leaves, format),
            blocks: portfolio.map(|it| portfolio::blocks(it, &leaves)).unwrap_or_default(),
            portfolio,
            remarks,
            checks,
            whole,
            leaves,
        })
    }

    /// The judgements without evidence that leave, in the order of the page. They may leave
    /// only when the person says so.
    pub fn without_evidence(&self) -> Vec<LineId> {
        let lines = self.preview.to_settle.iter();
        lines.filter(|line| line.why.contains(&Unsettled::NoEvidence)).map(|line| line.id).collect()
    }

    /// What surely points to somebody and would leave, in the order of the page. Nothing leaves
    /// before each is gone or kept with a reason.
    pub fn blocked(&self) -> Vec<(LineId, &Remark)> {
        let lines = self.leaves.lines().map(|line| line.id);
        let actions = self.leaves.actions.iter().map(|action| action.id);
        let remarks = lines
            .chain(actions)
            .flat_map(|id| self.remarks_of(id).iter().map(move |remark| (id, remark)));
        remarks.filter(|(_, remark)| remark.blocks()).collect()
    }

    /// What is to be thought about in a line.
    pub fn remarks_of(&self, line: LineId) -> &[Remark] {
        self.remarks.get(&line).map_or(&[], Vec::as_slice)
    }

    /// The lines that stand with a line under one heading, those left out too.
    pub fn together(&self, line: LineId) -> Vec<LineId> {
        let lines = |lines: &[crate::export::summary::Line]| -> Vec<LineId> {
            lines.iter().map(|line| line.id).collect()
        };
        let mut groups: Vec<Vec<LineId>> =
            self.whole.sections.iter().map(|section| lines(&section.lines)).collect();
        groups.push(lines(&self.whole.answers));
        groups.push(self.whole.actions.iter().map(|action| action.id).collect());
        groups.into_iter().find(|group| group.contains(&line)).unwrap_or_default()
    }
}

/// The meetings that the training years of a period ask for, as they stand today or stood when
/// the period ended.
fn meetings_of(
    journal: &Journal,
    library: &Library,
    person: Id,
    (from, to): (Date, Date),
    today: Date,
) -> Vec<Expected> {
    // No report looks back further; a period that begins long ago costs no more.
    const YEARS: usize = 10;
    let mut all: Vec<Expected> = Vec::new();
    let mut day = to.min(today);
    for _ in 0..YEARS {
        for one in year_of(journal, library.cycles(), person, day) {
            let is_known = |known: &Expected| (&known.code, known.from) == (&one.code, one.from);
            if !all.iter().any(is_known) {
                all.push(one);
            }
        }
        let before = TrainingYear::of(day).and_then(|year| year.from.yesterday().ok());
        let Some(last) = before.filter(|last| *last >= from) else { break };
        day = last;
    }
    all.sort_by_key(|one| (one.from, one.to));
    all
}

/// What is to be said about every line of a summary.
fn remarks(
    journal: &Journal,
    person: Id,
    summary: &Summary,
    looks: &mut Looks,
) -> BTreeMap<LineId, Vec<Remark>> {
    let settings = settings(journal, person);
    let lines = summary.lines().map(|line| {
        let statement = Statement {
            heading: line.heading,
            text: &line.text,
            lacks_evidence: line.lacks_evidence(),
        };
        (line.id, statement)
    });
    // Of an action only what points to somebody is said: it is no judgement.
    let actions = summary.actions.iter().map(|action| {
        let heading = Some(ArcpHeading::DoctorsWords);
        (action.id, Statement { heading, text: &action.text, lacks_evidence: false })
    });
    let all = lines.chain(actions);
    let ground = Ground::of(&settings);
    let said = all.map(|(id, statement)| {
        let kept = kept_of(journal, id);
        (id, looks.look(statement, &ground, kept))
    });
    said.filter(|(_, remarks)| !remarks.is_empty()).collect()
}

/// What would leave of a summary though it surely points to somebody.
pub fn blocked(journal: &Journal, person: Id, summary: &Summary) -> Vec<(LineId, Remark)> {
    let remarks = remarks(journal, person, summary, &mut Looks::default());
    let each = remarks.into_iter().flat_map(|(id, all)| all.into_iter().map(move |it| (id, it)));
    each.filter(|(_, remark)| remark.blocks()).collect()
}

/// What was kept with a reason in the lines that leave, for the receipt.
pub fn kept_in(journal: &Journal, summary: &Summary) -> Vec<Kept> {
    let lines = summary.lines().map(|line| (line.id, line.text.as_str()));
    let actions = summary.actions.iter().map(|action| (action.id, action.text.as_str()));
    let mut all: Vec<Kept> = Vec::new();
    for (id, text) in lines.chain(actions) {
        let kept = kept_of(journal, id).iter();
        for kept in kept.filter(|kept| !kept.reason.is_empty() && text.contains(&kept.text)) {
            if !all.contains(kept) {
                all.push(kept.clone());
            }
        }
    }
    all
}

/// The conversation that a line comes from.
pub fn session_of(journal: &Journal, line: LineId) -> Option<Id> {
    match line {
        LineId::Line(session, _) | LineId::Answer(session, _) => Some(session),
        LineId::Action(id) => journal.action(id)?.from,
        LineId::Meeting(_) => None,
    }
}

fn kept_of(journal: &Journal, line: LineId) -> &[Kept] {
    let session = session_of(journal, line).and_then(|id| journal.held(id));
    session.map_or(&[], |held| &held.session.kept)
}

/// What to look for: everybody of the caseload but the two whose report it is.
fn settings(journal: &Journal, person: Id) -> Settings {
    let others = journal.people().into_iter().filter(|(id, _)| *id != person);
    let mut allowed: Vec<String> = Vec::new();
    if let Some(person) = journal.person(person) {
        allowed.extend(names_of(&person.name));
        allowed.push(person.short_name.clone());
    }
    let own = journal.settings();
    allowed.extend(names_of(&own.your_name));
    Settings {
        names: others.map(|(_, person)| person.name.clone()).collect(),
        allowed,
        own_words: own.own_words,
        ..Settings::default()
    }
}

/// The ways to call somebody: "Dr Amina Larkspur", "Amina Larkspur", "Dr Larkspur", "Amina",
/// "Larkspur".
fn names_of(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut names = vec![name.to_owned()];
    for from in 0..words.len() {
        names
            .extend((from + 1..=words.len()).filter_map(|to| Some(words.get(from..to)?.join(" "))));
    }
    if let [title, .., last] = words.as_slice() {
        names.push(format!("{title} {last}"));
    }
    names
}

/// The list of capabilities that a person's programme asks for.
fn capabilities_of<'a>(
    library: &'a Library,
    person: &Person,
) -> Option<&'a crate::model::ReferenceList> {
    let list = match portfolio::suggested(person)?.id.as_str() {
        "horus" | "turas" => "foundation",
        "fourteenfish" => "gp",
        "jrcptb" => "imt",
        "iscp" => "surgery",
        _ => "gpc",
    };
    library.list(list)
}

/// What every line is looked at with, made ready once: a caseload has many names.
struct Ground<'a> {
    /// What it was made of.
    mark: u64,
    /// Nothing by a fault of the program alone.
    looking: Option<Looking<'a>>,
}

impl Ground<'_> {
    fn of(settings: &Settings) -> Ground<'_> {
        let mut hasher = DefaultHasher::new();
        (&settings.names, &settings.allowed).hash(&mut hasher);
        let looking = letter::reviewer().map(|it| it.looking(settings));
        Ground { mark: hasher.finish(), looking }
    }
}

impl Looks {
    fn look(
        &mut self,
        statement: Statement<'_>,
        ground: &Ground<'_>,
        kept: &[Kept],
    ) -> Vec<Remark> {
        // More than a page can need: the past is let go.
        const MOST: usize = 10_000;
        if self.0.len() > MOST {
            self.0.clear();
        }
        let mut hasher = DefaultHasher::new();
        (statement.heading, statement.text, statement.lacks_evidence).hash(&mut hasher);
        ground.mark.hash(&mut hasher);
        kept.iter().for_each(|kept| kept.text.hash(&mut hasher));
        let look = || {
            let kept: Vec<String> = kept.iter().map(|kept| kept.text.clone()).collect();
            ground.looking.as_ref().map(|it| it.statement(statement, &kept)).unwrap_or_default()
        };
        self.0.entry(hasher.finish()).or_insert_with(look).clone()
    }
}
