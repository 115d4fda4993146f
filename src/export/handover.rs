//! Handing a doctor over to the next supervisor: the lines that may go, each to be ticked alone,
//! and the page made of those that are. A supervisor hands over what they share with the doctor;
//! a doctor, what they share with everybody but the next supervisor, and what they wrote in a plan.
//!
//! The lines are found by an allow-list: open goals, answers of a few kinds, adjustments, open
//! actions, sittings ahead and lines agreed for the ARCP, and of these only what is Shared or For
//! the ARCP. A statement about concerns is not among them: what has to be passed on for safety
//! goes by its own route.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::letter::{Between, Letter, Saying, agreed};
use super::line_id::Mark;
use super::preview::LayerCount;
use super::sheet::{self, Block, Cell, Part, date};
use super::summary::{ActionLine, Line, offered};
use crate::model::plan::Author;
use crate::model::session::ArcpHeading;
use crate::model::session::Role;
use crate::model::text::answer_lines;
use crate::model::{
    Action, ActionState, Answer, Asked, Id, Layer, Owner, Plan, PlanField, Session, clean,
};

/// Every line that may be handed over, in groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidates {
    /// The groups, none of them empty.
    pub groups: Vec<Group>,
}

/// Lines that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The heading, on the screen and in the file.
    pub title: String,
    /// Whether its lines may tell of health or home, so that each is ticked alone.
    pub careful: bool,
    /// Whether they all come from one conversation, beside those that have a place of their own.
    pub of_a_talk: bool,
    /// The lines.
    pub lines: Vec<Candidate>,
}

/// A line that may be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What it is called where ticks are kept. It is made of what would leave, so a line that is
    /// written anew is not ticked.
    pub name: String,
    /// The words, a paragraph each.
    pub words: Vec<String>,
    /// What was asked, or the evidence: it leaves with the words.
    pub notes: Vec<String>,
    /// Since when, by when, whose: it leaves as the last note.
    pub stands: String,
    /// Where it comes from, for the screen alone: the name of a template can say what nobody
    /// decided to tell.
    pub from: String,
    /// Who reads it here.
    pub layer: Layer,
    /// What it is made of.
    pub source: Source,
}

/// What a line is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Words of a conversation or of the person's page.
    Words,
    /// An open action of the owner's own.
    Action(Id),
    /// A paragraph that the owner wrote in a field of a career plan.
    Plan(PlanField),
}

/// The groups that lines of several sources go into, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Goals,
    Works,
    Adjustments,
    Plan,
    Open,
    Agreed,
}

/// Answers that have a place of their own, by template and prompt. All others stand under their
/// conversation, where each is ticked alone.
const PLACED: [(&str, &str, Place); 11] = [
    ("handover", "goals", Place::Goals),
    ("first-meeting", "aims", Place::Goals),
    ("first-meeting", "career", Place::Goals),
    ("handover", "works", Place::Works),
    ("first-meeting", "strengths", Place::Works),
    ("first-meeting", "feedback", Place::Works),
    ("first-meeting-new-to-uk", "brings", Place::Works),
    ("handover", "adjustments", Place::Adjustments),
    ("handover", "open", Place::Open),
    ("handover", "exams", Place::Open),
    ("first-meeting", "exams", Place::Open),
];

/// Answers that never go along: how the lines reach the next supervisor is agreed for this very
/// page, and what has to be declared has a route of its own.
const STAYS: [(&str, &str); 2] = [("handover", "how"), ("before-arcp", "declare")];

impl Place {
    const ALL: [Place; 6] =
        [Place::Goals, Place::Works, Place::Adjustments, Place::Plan, Place::Open, Place::Agreed];

    const fn title(self, role: Role) -> &'static str {
        match (self, role) {
            (Place::Goals, Role::Doctor) => "My goals",
            (Place::Works, Role::Doctor) => "What works well for me",
            (Place::Plan, _) => "From my career plan",
            _ => self.plain(),
        }
    }

    const fn plain(self) -> &'static str {
        match self {
            Place::Goals => "Goals",
            Place::Works => "What works well",
            Place::Adjustments => "Adjustments",
            Place::Plan => "Career plan",
            Place::Open => "Open actions and exams",
            Place::Agreed => "Agreed for the ARCP",
        }
    }
}

impl Candidates {
    /// The lines of one person. `title` gives the name of a template that comes with the program.
    pub fn new<'a>(
        between: Between<'_>,
        sessions: impl IntoIterator<Item = (Id, &'a Session)>,
        actions: impl IntoIterator<Item = (Id, &'a Action)>,
        plans: impl IntoIterator<Item = &'a Plan>,
        title: impl Fn(&str) -> Option<&'a str>,
    ) -> Candidates {
        let role = between.settings.role;
        let mut sessions: Vec<(Id, &Session)> = sessions
            .into_iter()
            .filter(|(_, session)| is_source(between, session.person))
            .collect();
        sessions.sort_by_key(|(id, session)| (session.date, session.time, *id));
        sessions.reverse();
        let mut maker = Maker::default();
        maker.of_the_person(between);
        plans.into_iter().for_each(|plan| maker.plan(between, plan));
        let mut talks = Vec::new();
        for (id, session) in sessions {
            let talk = title(&session.template.id).unwrap_or("Conversation");
            maker.agreed(id, session);
            let rest = maker.answers(role, session, talk);
            if !rest.is_empty() {
                let title = format!("From the conversation of {}", date(session.date));
                talks.push(Group { title, careful: true, of_a_talk: true, lines: rest });
            }
        }
        for (id, action) in actions {
            maker.action(between, id, action);
        }
        let placed = Place::ALL.into_iter().filter_map(|place| {
            let lines = maker.placed.remove(&place)?;
            let careful = matches!(place, Place::Adjustments | Place::Plan);
            let title = place.title(role).to_owned();
            Some(Group { title, careful, of_a_talk: false, lines })
        });
        let mut groups: Vec<Group> = placed.collect();
        groups.extend(talks);
        Candidates { groups }
    }

    /// Whether there is nothing to hand over.
    pub const fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Every line, in the order of the page.
    pub fn lines(&self) -> impl Iterator<Item = &Candidate> {
        self.groups.iter().flat_map(|group| &group.lines)
    }

    /// The page of the ticked lines, by their names, with what is said before it leaves.
    pub fn letter(&self, between: Between<'_>, ticked: &[String]) -> Letter {
        let goes = |line: &&Candidate| ticked.contains(&line.name);
        let mut parts = Vec::new();
        let mut may_tell = 0;
        for group in &self.groups {
            let lines: Vec<&Candidate> = group.lines.iter().filter(goes).collect();
            if group.careful {
                may_tell += lines.len();
            }
            let Some(layer) = lines.first().map(|line| line.layer) else { continue };
            let items = lines.iter().map(|line| line.cell()).collect();
            let blocks = vec![Block::List { items }];
            parts.push((Part { title: group.title.clone(), sub: false, blocks }, layer));
        }
        let (by, only) = match between.settings.role {
            Role::Supervisor => {
                ("ticked together", "Only lines that both read and ticked are here.")
            }
            Role::Doctor => ("ticked by the doctor", "Only lines that the doctor ticked are here."),
        };
        let counted = |layer: Layer| {
            let all = self.lines().filter(|line| line.layer == layer);
            let goes = self.lines().filter(|line| line.layer == layer).filter(goes).count();
            LayerCount { layer, leaves: goes, words: stays(all.count() - goes) }
        };
        let private =
            LayerCount { layer: Layer::Private, leaves: 0, words: "cannot be sent".to_owned() };
        let saying = Saying {
            what: format!("Handover to the next supervisor, {by}"),
            file: "Handover",
            day: between.today,
            layers: [counted(Layer::Arcp), counted(Layer::Shared), private],
            left_out: "Left out: every line without a tick, private notes and answers, what to \
                       know about the person, attempts at exams, concerns, tags, titles of talks",
            holds_words: true,
            may_tell,
            notes: Vec::new(),
            outline: Vec::new(),
            names_no_doctor: false,
        };
        let made = date(between.today);
        let foot = format!("Made on {made}. {only}");
        let facts = vec![("From", clean::line(&between.settings.your_name)), ("Made on", made)];
        between.letter(saying, ("Handover to the next supervisor", &foot), facts, parts)
    }
}

/// "3 stay here".
fn stays(lines: usize) -> String {
    match lines {
        0 => "none stays here".to_owned(),
        1 => "1 stays here".to_owned(),
        n => format!("{n} stay here"),
    }
}

impl Group {
    /// How many of its lines are ticked.
    pub fn ticked(&self, ticked: &[String]) -> usize {
        self.lines.iter().filter(|line| ticked.contains(&line.name)).count()
    }
}

/// Whether what is shared with somebody may be handed over: a supervisor hands over one doctor, a
/// doctor what is shared with those before.
fn is_source(between: Between<'_>, with: Option<Id>) -> bool {
    match between.settings.role {
        Role::Supervisor => with == Some(between.id),
        Role::Doctor => with.is_some_and(|with| with != between.id),
    }
}

impl Candidate {
    /// Whether these are its words.
    pub fn says(&self, text: &str) -> bool {
        self.words == sheet::paragraphs(&clean::lines(text))
    }

    /// As it stands in the file.
    fn cell(&self) -> Cell {
        let mut notes = self.notes.clone();
        notes.push(self.stands.clone());
        Cell { words: self.words.clone(), notes }
    }
}

/// Makes the lines, each with a name of its own.
#[derive(Default)]
struct Maker {
    placed: BTreeMap<Place, Vec<Candidate>>,
    seen: BTreeMap<Mark, u64>,
}

/// What a line is made of.
struct Made<'a> {
    words: &'a str,
    notes: Vec<String>,
    stands: String,
    from: String,
    layer: Layer,
    source: Source,
}

impl Maker {
    /// A line with these words; nothing where there are none, or only the writer reads them.
    fn line(&mut self, made: Made<'_>) -> Option<Candidate> {
        let Made { words, notes, stands, from, layer, source } = made;
        let words = sheet::paragraphs(&clean::lines(words));
        if words.is_empty() || layer == Layer::Private {
            return None;
        }
        let leaves = [&words[..], &notes[..], std::slice::from_ref(&stands)].concat().join("\n");
        let mark = Mark::fresh(&format!("{}\n{leaves}", layer.words()), &mut self.seen);
        let name = mark.to_string();
        Some(Candidate { name, words, notes, stands, from, layer, source })
    }

    fn put(&mut self, place: Place, made: Made<'_>) {
        if let Some(line) = self.line(made) {
            self.placed.entry(place).or_default().push(line);
        }
    }

    /// Open goals, adjustments line by line, and the sittings that lie ahead.
    fn of_the_person(&mut self, between: Between<'_>) {
        let Between { person, today, .. } = between;
        for goal in person.goals.iter().filter(|goal| goal.is_open()) {
            let stands = format!("Set {}", date(goal.since));
            let from = format!("Goal, {}", date(goal.since));
            let layer = goal.layer;
            let (notes, source) = (Vec::new(), Source::Words);
            let made = Made { words: &goal.text, notes, stands, from, layer, source };
            self.put(Place::Goals, made);
        }
        let written = person.adjustments_on.map(|day| format!(", {}", date(day)));
        let written = written.unwrap_or_default();
        for words in person.adjustments.lines() {
            let stands = format!("In the doctor’s words{written}");
            let from = format!("Doctor’s words{written}");
            let (notes, layer, source) = (Vec::new(), Layer::Shared, Source::Words);
            let made = Made { words, notes, stands, from, layer, source };
            self.put(Place::Adjustments, made);
        }
        for (exam, day) in person.sittings_ahead(today) {
            let stands = format!("Next sitting {}", date(day));
            let from = stands.clone();
            let (notes, layer, source) = (Vec::new(), Layer::Shared, Source::Words);
            let made = Made { words: exam, notes, stands, from, layer, source };
            self.put(Place::Open, made);
        }
    }

    /// Lines for the ARCP that both agreed, and the doctor's own words.
    fn agreed(&mut self, id: Id, session: &Session) {
        for line in offered(id, session).filter(|line| !line.is_unagreed()) {
            let Some(heading) = line.heading.filter(|it| *it != ArcpHeading::Concerns) else {
                continue;
            };
            let place = if heading == ArcpHeading::Exams { Place::Open } else { Place::Agreed };
            let day = date(session.date);
            let stands = match heading {
                ArcpHeading::DoctorsWords => format!("{}, {day}", heading.words()),
                _ => format!("{}. Agreed by both, {day}", heading.words()),
            };
            let from = format!("{}, {day}", heading.words());
            let notes = evidence(&line);
            let (layer, source) = (Layer::Arcp, Source::Words);
            let made = Made { words: &line.text, notes, stands, from, layer, source };
            self.put(place, made);
        }
    }

    /// The answers of a conversation. Those without a place of their own are given back.
    fn answers(&mut self, role: Role, session: &Session, talk: &str) -> Vec<Candidate> {
        let template = session.template.id.as_str();
        let mut rest = Vec::new();
        let goes = |asked: &&Asked| !STAYS.contains(&(template, &*asked.prompt.id));
        for asked in session.items().filter(goes) {
            let Some(words) = words_of(asked) else { continue };
            let is_it = |(t, prompt, _): &&(&str, &str, Place)| {
                *t == template && *prompt == asked.prompt.id
            };
            let place = PLACED.iter().find(is_it).map(|(.., place)| *place);
            // A doctor decides on each paragraph: one may tell of what the next does not.
            let words: Vec<&str> = match role {
                Role::Doctor => words.lines().collect(),
                Role::Supervisor => vec![&words],
            };
            for words in words {
                let notes = vec![clean::line(&asked.prompt.text)];
                let made = Made {
                    words,
                    notes: notes.into_iter().filter(|note| !note.is_empty()).collect(),
                    stands: format!("Recorded {}", date(session.date)),
                    from: format!("{talk}, {}", date(session.date)),
                    layer: asked.layer,
                    source: Source::Words,
                };
                match place {
                    Some(place) => self.put(place, made),
                    None => rest.extend(self.line(made)),
                }
            }
        }
        rest
    }

    fn action(&mut self, between: Between<'_>, id: Id, action: &Action) {
        if !is_source(between, action.person) || !action.is_open() {
            return;
        }
        let Some(line) = agreed(&between, id, action) else { return };
        let stands = whose(&line);
        let (from, layer) = (stands.clone(), action.layer);
        // What somebody else is to do is told; it is nobody's to do after the handover.
        let source = match action.owner {
            Owner::Me => Source::Action(id),
            Owner::Them => Source::Words,
        };
        let (words, notes) = (line.text.as_str(), Vec::new());
        self.put(Place::Open, Made { words, notes, stands, from, layer, source });
    }

    /// What a doctor wrote in a plan, a paragraph a line. What the supervisor wrote or promised in it
    /// is not the doctor's to pass on, and comments were said to one person.
    fn plan(&mut self, between: Between<'_>, plan: &Plan) {
        if !is_source(between, Some(plan.person)) {
            return;
        }
        for field in PlanField::ALL.into_iter().filter(|field| *field != PlanField::Promises) {
            let aim = matches!(field, PlanField::Year1 | PlanField::Year3 | PlanField::Year5);
            for para in plan.paras(field).iter().filter(|para| para.by == Author::Doctor) {
                let day = date(para.at.to_zoned(TimeZone::system()).date());
                let made = Made {
                    words: &para.text,
                    notes: vec![field.heading(plan.labels).to_owned()],
                    stands: format!("Written {day}"),
                    from: format!("Career plan, {day}"),
                    layer: Layer::Shared,
                    source: Source::Plan(field),
                };
                self.put(if aim { Place::Goals } else { Place::Plan }, made);
            }
        }
    }
}

/// "Dr Amina Larkspur, by 30 September 2027, part done".
pub(super) fn whose(line: &ActionLine) -> String {
    let by = |day: Date| format!("by {}", date(day));
    let by = line.due.map_or_else(|| "no date".to_owned(), by);
    let part = if line.state == ActionState::Part { ", part done" } else { "" };
    format!("{}, {by}{part}", line.owner)
}

/// An answer in words that can be read without the conversation; nothing for a number, a day, a
/// tick or a name.
fn words_of(asked: &Asked) -> Option<String> {
    match asked.answer.as_ref()? {
        answer @ (Answer::Text(_) | Answer::Choice(_) | Answer::Capability(_)) => {
            Some(answer_lines(answer))
        }
        Answer::Scale(_)
        | Answer::Date(_)
        | Answer::Checked(_)
        | Answer::Evidence(_)
        | Answer::Person(_) => None,
    }
}

fn evidence(line: &Line) -> Vec<String> {
    if line.evidence.is_empty() {
        return Vec::new();
    }
    let list = line.evidence.iter().map(sheet::evidence).collect::<Vec<_>>().join(". ");
    vec![format!("Evidence: {list}")]
}

/// "The 7 ticked lines", for the head of what leaves.
pub fn ticked_words(lines: usize) -> String {
    match lines {
        0 => "No line is ticked yet. Nothing goes.".to_owned(),
        1 => "The 1 ticked line, as you see it here.".to_owned(),
        n => format!("The {n} ticked lines, as you see them here."),
    }
}
