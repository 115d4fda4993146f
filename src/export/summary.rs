//! What an ARCP summary holds, and the one door through which records get into it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::line_id::{LineId, Mark};
use super::order;
use super::plan;
use crate::model::session::{ArcpHeading, Role};
use crate::model::{
    Action, ActionState, Asked, Basis, Evidence, Id, Layer, Owner, Person, Plan, Session, Settings,
    clean, text,
};

/// The content of an ARCP summary.
///
/// It is made only by [`Summary::new`], which copies what its allow-list names: the identity
/// facts of one person, the days of the meetings, and what lies in [`Layer::Arcp`]. There is no
/// field for anything else and no conversion from a record. All text has been through
/// [`clean`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Whose summary it is, and about when.
    pub facts: Facts,
    /// The lines, under all headings in the order of [`ArcpHeading::ALL`], then by date.
    pub sections: Vec<Section>,
    /// Answers that were put into the ARCP layer as they stand, by date.
    pub answers: Vec<Line>,
    /// Actions in the ARCP layer, by the day they were agreed.
    pub actions: Vec<ActionLine>,
    /// How many lines go and how many stay. Not a part of any file.
    #[serde(skip)]
    pub counts: Counts,
}

/// The identity facts that a panel needs. Nothing else about a person leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// The full name.
    pub name: String,
    /// Stage of training; empty when not known.
    pub stage: String,
    /// Programme or specialty; empty when not known.
    pub programme: String,
    /// Working time in whole per cent of full time.
    pub wte: Option<u8>,
    /// The period the summary covers.
    pub period: Period,
    /// The day of the panel.
    pub arcp_date: Option<Date>,
    /// The supervisor's name; empty when not known, or in a doctor's own Cairn.
    pub supervisor: String,
    /// The days on which the two met, in order; not those of wholly private talks. Titles stay
    /// here: the name of a template can say what nobody decided to tell.
    pub meetings: Vec<Date>,
    /// Whose Cairn made the summary.
    pub made_by: Role,
    /// The day it was made.
    pub made_on: Date,
}

/// A first and a last day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// One heading with its lines; it may have none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The heading.
    pub heading: ArcpHeading,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// One line of the summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is called when a person leaves it out. Not a part of any file.
    #[serde(skip)]
    pub id: LineId,
    /// The heading; none for an answer.
    pub heading: Option<ArcpHeading>,
    /// The words; an answer stands as "Question: answer".
    pub text: String,
    /// What it rests on.
    pub evidence: Vec<EvidenceRef>,
    /// Whether both people agreed it in the meeting.
    pub agreed: bool,
    /// The day of the conversation it comes from.
    pub recorded: Date,
    /// What the answer that it was offered from rests on. Not a part of any file: who wrote it
    /// marked it so for themselves.
    #[serde(skip)]
    pub basis: Option<Basis>,
}

/// A reference to something in the portfolio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceRef {
    /// What it is.
    pub what: String,
    /// Its date.
    pub date: Option<Date>,
}

/// One action of the summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionLine {
    /// What it is called when a person leaves it out. Not a part of any file.
    #[serde(skip)]
    pub id: LineId,
    /// What will be done.
    pub text: String,
    /// The name of the one who does it.
    pub owner: String,
    /// By when.
    pub due: Option<Date>,
    /// How far it is. Why one was dropped stays here.
    pub state: ActionState,
    /// The day it was agreed.
    pub made: Date,
}

/// How many lines go and how many stay on this machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Lines, answers and actions in the summary. Beside those of the next two there are actions
    /// and the doctor's own words, which are nobody's to agree.
    pub lines: usize,
    /// Lines that the two have agreed.
    pub agreed: usize,
    /// Lines that the two have not agreed.
    pub not_agreed: usize,
    /// Judgements that rest on no evidence.
    pub without_evidence: usize,
    /// Lines For the ARCP that the person chose to leave out.
    pub left_out: usize,
    /// Shared answers and actions of the period; they stay.
    pub shared: usize,
    /// Private answers, notes and actions of the period; they stay.
    pub private: usize,
}

/// Whose summary is made, for when, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The person's identity: records about anybody else are passed over.
    pub id: Id,
    /// The doctor whose summary it is.
    pub person: &'a Person,
    /// The owner of the record.
    pub settings: &'a Settings,
    /// Which conversations and actions count, by their day.
    pub period: Period,
    /// Their career plan, where there is one: of the version that both agreed last, the fields
    /// that were offered.
    pub plan: Option<(Id, &'a Plan)>,
    /// The day it is made.
    pub today: Date,
}

impl Summary {
    /// Makes a summary from conversations (not reflections, which are nobody's meeting) and
    /// actions. Lines named in `exclude` are left out; nothing of them is kept. Lines stand in the
    /// order that was chosen for this person, and else by their days.
    pub fn new<'r>(
        subject: Subject<'_>,
        sessions: impl IntoIterator<Item = (Id, &'r Session)>,
        actions: impl IntoIterator<Item = (Id, &'r Action)>,
        exclude: &BTreeSet<LineId>,
    ) -> Summary {
        let mut sessions: Vec<_> = sessions
            .into_iter()
            .filter(|(_, s)| s.person == Some(subject.id) && subject.period.holds(s.date))
            .collect();
        sessions.sort_by_key(|(id, session)| (session.date, *id));
        let mut actions: Vec<_> = actions
            .into_iter()
            .filter(|(_, a)| a.person == Some(subject.id) && subject.period.holds(a.made))
            .collect();
        actions.sort_by_key(|(id, action)| (action.made, *id));

        let mut lines: Vec<Line> =
            sessions.iter().flat_map(|(id, session)| offered(*id, session)).collect();
        lines.extend(
            subject.plan.iter().flat_map(|(id, plan)| plan::planned(*id, plan, subject.period)),
        );
        let mut answers: Vec<Line> =
            sessions.iter().flat_map(|(id, session)| answered(*id, session)).collect();
        let mut done: Vec<ActionLine> = actions
            .iter()
            .filter_map(|(id, action)| ActionLine::read(*id, action, &subject))
            .collect();
        order::sort(&mut lines, &subject.person.summary_order, |line| line.id);
        order::sort(&mut answers, &subject.person.summary_order, |line| line.id);
        order::sort(&mut done, &subject.person.summary_order, |line| line.id);
        let mut counts = Counts::of(&lines, &answers, &done);
        counts.shared = stays(&sessions, &actions, Layer::Shared);
        counts.private = stays(&sessions, &actions, Layer::Private);

        let sections = ArcpHeading::ALL
            .into_iter()
            .map(|heading| Section {
                heading,
                lines: lines.iter().filter(|l| l.heading == Some(heading)).cloned().collect(),
            })
            .collect();
        let meetings = meetings(&sessions, &actions, subject.today);
        let facts = Facts::read(&subject, meetings);
        Summary { facts, sections, answers, actions: done, counts }.without(exclude)
    }

    /// The same without these lines; nothing of them is kept but their number.
    #[must_use]
    pub fn without(&self, exclude: &BTreeSet<LineId>) -> Summary {
        let mut left = self.clone();
        for section in &mut left.sections {
            section.lines.retain(|line| !exclude.contains(&line.id));
        }
        left.answers.retain(|line| !exclude.contains(&line.id));
        left.actions.retain(|action| !exclude.contains(&action.id));
        left.facts.meetings.retain(|day| !exclude.contains(&LineId::Meeting(*day)));
        let lines = left.sections.iter().flat_map(|section| &section.lines);
        let Counts { lines: before, left_out, shared, private, .. } = self.counts;
        let counts = Counts::of(lines, &left.answers, &left.actions);
        left.counts =
            Counts { left_out: left_out + before - counts.lines, shared, private, ..counts };
        left
    }

    /// Every line with words of its own, in the order of the page. Actions are not among them.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.sections.iter().flat_map(|section| &section.lines).chain(&self.answers)
    }

    /// The names that stand on the page because of whose it is. Names inside what people wrote
    /// are not looked for here.
    pub fn people_named(&self) -> Vec<&str> {
        [self.facts.name.as_str(), self.facts.supervisor.as_str()]
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect()
    }
}

impl Period {
    /// Whether a day lies in it.
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

impl Facts {
    fn read(subject: &Subject<'_>, meetings: Vec<Date>) -> Facts {
        let Subject { person, settings, period, today, .. } = *subject;
        Facts {
            name: clean::line(&person.name),
            stage: clean::line(&person.stage),
            programme: clean::line(&person.programme),
            wte: person.wte,
            period,
            arcp_date: person.arcp_date,
            supervisor: match settings.role {
                Role::Supervisor => clean::line(&settings.your_name),
                Role::Doctor => String::new(),
            },
            meetings,
            made_by: settings.role,
            made_on: today,
        }
    }
}

impl Line {
    /// Whether the page must say that it is one person's view. The doctor's own words are
    /// nobody's to agree.
    pub fn is_unagreed(&self) -> bool {
        self.is_to_agree() && !self.agreed
    }

    fn is_to_agree(&self) -> bool {
        self.heading != Some(ArcpHeading::DoctorsWords)
    }

    /// Whether it is a judgement without evidence. What was seen, examinations, the concerns
    /// statement, plans and the doctor's own words are not judgements (`domain.md` 2.1).
    pub fn lacks_evidence(&self) -> bool {
        let judgement = match self.heading {
            None
            | Some(
                ArcpHeading::Capabilities
                | ArcpHeading::Strengths
                | ArcpHeading::ToDevelop
                | ArcpHeading::LastObjectives,
            ) => true,
            Some(
                ArcpHeading::EvidenceSeen
                | ArcpHeading::NextObjectives
                | ArcpHeading::Exams
                | ArcpHeading::Concerns
                | ArcpHeading::DoctorsWords,
            ) => false,
        };
        judgement && self.evidence.is_empty()
    }
}

impl EvidenceRef {
    fn read(evidence: &Evidence) -> Option<EvidenceRef> {
        let parts = [&evidence.what, &evidence.place].map(|part| clean::line(part));
        let what = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        (!what.is_empty()).then_some(EvidenceRef { what, date: evidence.date })
    }
}

impl ActionLine {
    fn read(id: Id, action: &Action, subject: &Subject<'_>) -> Option<ActionLine> {
        let text = clean::lines(&action.text);
        (action.layer == Layer::Arcp && !text.is_empty()).then(|| ActionLine {
            id: LineId::Action(id),
            text,
            owner: owner(action.owner, subject),
            due: action.due,
            state: action.state,
            made: action.made,
        })
    }
}

impl Counts {
    fn of<'a>(
        lines: impl IntoIterator<Item = &'a Line>,
        answers: &'a [Line],
        actions: &[ActionLine],
    ) -> Counts {
        let both: Vec<&Line> = lines.into_iter().chain(answers).collect();
        let both = || both.iter();
        let all = both().len() + actions.len();
        let not_agreed = both().filter(|line| line.is_unagreed()).count();
        Counts {
            lines: all,
            agreed: both().filter(|line| line.is_to_agree() && line.agreed).count(),
            not_agreed,
            without_evidence: both().filter(|line| line.lacks_evidence()).count(),
            ..Counts::default()
        }
    }
}

/// Where in its conversation a line of a summary was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A line that was offered, by its place in the list.
    Line(usize),
    /// The answer to a prompt, by its place among all prompts.
    Answer(usize),
}

/// Where a line was written; nothing where the conversation does not have it.
pub fn source_of(id: Id, session: &Session, line: LineId) -> Option<Source> {
    sources(id, session).find_map(|(source, known)| (known.id == line).then_some(source))
}

/// What the line is called that was written there; nothing where none leaves from there.
pub fn line_at(id: Id, session: &Session, source: Source) -> Option<LineId> {
    sources(id, session).find_map(|(known, line)| (known == source).then_some(line.id))
}

fn sources(id: Id, session: &Session) -> impl Iterator<Item = (Source, Line)> {
    let offered = offered_from(id, session).map(|(at, line)| (Source::Line(at), line));
    offered.chain(answered_from(id, session).map(|(at, line)| (Source::Answer(at), line)))
}

/// The lines of a conversation that were offered to the summary.
pub(super) fn offered(id: Id, session: &Session) -> impl Iterator<Item = Line> {
    offered_from(id, session).map(|(_, line)| line)
}

fn offered_from(id: Id, session: &Session) -> impl Iterator<Item = (usize, Line)> {
    let mut seen: BTreeMap<Mark, u64> = BTreeMap::new();
    session.arcp.iter().enumerate().filter_map(move |(at, line)| {
        let text = clean::lines(&line.text);
        let offered = (!text.is_empty()).then(|| Line {
            id: LineId::Line(id, Mark::fresh(&text, &mut seen)),
            heading: Some(line.heading),
            text,
            evidence: line.evidence.iter().filter_map(EvidenceRef::read).collect(),
            agreed: line.agreed,
            recorded: session.date,
            basis: basis_of(session, line.from.as_deref()),
        });
        Some((at, offered?))
    })
}

/// What the answer rests on that a line was offered from.
fn basis_of(session: &Session, from: Option<&str>) -> Option<Basis> {
    session.items().find(|asked| Some(asked.prompt.id.as_str()) == from)?.basis
}

/// The answers of a conversation that lie in the ARCP layer. An answer carries no agreement and
/// no evidence, and the page says so.
fn answered(id: Id, session: &Session) -> impl Iterator<Item = Line> {
    answered_from(id, session).map(|(_, line)| line)
}

fn answered_from(id: Id, session: &Session) -> impl Iterator<Item = (usize, Line)> {
    let mut seen: BTreeMap<Mark, u64> = BTreeMap::new();
    session.items().enumerate().filter_map(move |(at, asked)| {
        let text = (asked.layer == Layer::Arcp).then(|| answer_words(asked))??;
        let line = Line {
            id: LineId::Answer(id, Mark::fresh(&asked.prompt.id, &mut seen)),
            heading: None,
            text,
            evidence: Vec::new(),
            agreed: false,
            recorded: session.date,
            basis: asked.basis,
        };
        Some((at, line))
    })
}

/// "Question: answer", or nothing when there is no answer.
fn answer_words(asked: &Asked) -> Option<String> {
    let answer = clean::lines(&text::answer_words(asked.answer.as_ref()?));
    let question = clean::line(&asked.prompt.text);
    match (question.is_empty(), answer.is_empty()) {
        (_, true) => None,
        (true, false) => Some(answer),
        // "What went well?: ..." would be wrong; the mark ends the question already.
        (false, false) if question.ends_with(['?', ':', '.']) => {
            Some(format!("{question} {answer}"))
        }
        (false, false) => Some(format!("{question}: {answer}")),
    }
}

/// The name of the one who does an action. "Me" is the owner of the record.
pub(super) fn owner(owner: Owner, subject: &Subject<'_>) -> String {
    let supervises = subject.settings.role == Role::Supervisor;
    let doctor = (owner == Owner::Them) == supervises;
    let (name, otherwise) = match (doctor, supervises) {
        (true, _) => (clean::line(&subject.person.name), "Doctor"),
        (false, true) => (clean::line(&subject.settings.your_name), "Supervisor"),
        (false, false) => (String::new(), "Supervisor"),
    };
    if name.is_empty() { otherwise.to_owned() } else { name }
}

/// The days on which the two met, up to today. That a wholly private talk was held is private,
/// too.
fn meetings(sessions: &[(Id, &Session)], actions: &[(Id, &Action)], today: Date) -> Vec<Date> {
    let mut days: Vec<Date> = sessions
        .iter()
        .filter(|(_, session)| session.is_meeting())
        .filter(|(id, session)| session.date <= today && is_open(*id, session, actions))
        .map(|(_, session)| session.date)
        .collect();
    days.dedup();
    days
}

/// Whether something of a conversation is for both to read: an answer, a line, an action; or,
/// where it was finished with nothing written, what it asked.
fn is_open(id: Id, session: &Session, actions: &[(Id, &Action)]) -> bool {
    let is_private = |layer: Layer| layer == Layer::Private;
    let written = session.count(Layer::Shared) + session.count(Layer::Arcp) > 0;
    let agreed =
        actions.iter().any(|(_, action)| action.from == Some(id) && !is_private(action.layer));
    let asked = session.finished.is_some()
        && session.is_blank()
        && session.items().any(|asked| !is_private(asked.layer));
    written || agreed || asked
}

/// How many answers, notes and actions of a layer there are in these records.
fn stays(sessions: &[(Id, &Session)], actions: &[(Id, &Action)], layer: Layer) -> usize {
    sessions.iter().map(|(_, session)| session.count(layer)).sum::<usize>()
        + actions.iter().filter(|(_, action)| action.layer == layer).count()
}
