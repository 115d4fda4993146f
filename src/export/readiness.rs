//! What a report needs, held against what is recorded: what is there, what is missing, and where
//! to go. Nothing is counted up: a report is not better for a higher number.

use jiff::civil::Date;

use super::summary::{Line, Period, Summary};
use crate::model::cycle::{Expected, Standing as Held};
use crate::model::session::ArcpHeading;
use crate::model::text::{count, long_date};
use crate::model::time_out::{REVIEW_DAYS, time_out};
use crate::model::{
    Action, ActionState, Answer, AttemptResult, Id, Layer, Person, ReferenceList, Session,
};

/// One thing that a report needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which.
    pub about: About,
    /// How it stands.
    pub standing: Standing,
    /// That in one sentence.
    pub words: String,
}

/// What a check is about, in the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "`words` says what each is")]
pub enum About {
    Meetings,
    Actions,
    Exams,
    FormR,
    TimeOut,
    Capabilities,
    Evidence,
    DoctorsWords,
}

/// How it stands with what a report needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is there.
    Done,
    /// Something is missing, and said.
    Gap,
    /// Nothing of it is recorded here; it may be recorded elsewhere.
    NotHere,
}

/// What the checks look at.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The doctor.
    pub person: &'a Person,
    /// What leaves.
    pub summary: &'a Summary,
    /// The conversations with them.
    pub sessions: &'a [(Id, &'a Session)],
    /// The actions with them.
    pub actions: &'a [(Id, &'a Action)],
    /// The meetings that their year asks for.
    pub expected: &'a [Expected],
    /// The capabilities of their programme.
    pub capabilities: Option<&'a ReferenceList>,
    /// Today.
    pub today: Date,
}

impl About {
    /// All of them, in the order of the list.
    pub const ALL: [About; 8] = [
        About::Meetings,
        About::Actions,
        About::Exams,
        About::FormR,
        About::TimeOut,
        About::Capabilities,
        About::Evidence,
        About::DoctorsWords,
    ];

    /// What it is called.
    pub const fn words(self) -> &'static str {
        match self {
            About::Meetings => "Meetings of the year",
            About::Actions => "Actions",
            About::Exams => "Exams",
            About::FormR => "Form R or SOAR",
            About::TimeOut => "Time out of training",
            About::Capabilities => "Capabilities",
            About::Evidence => "Dated evidence",
            About::DoctorsWords => "The doctor’s own words",
        }
    }
}

impl Standing {
    /// The word for it.
    pub const fn words(self) -> &'static str {
        match self {
            Standing::Done => "Recorded",
            Standing::Gap => "To look at",
            Standing::NotHere => "Not recorded here",
        }
    }
}

/// All checks, in their order.
pub fn checks(ground: &Ground<'_>) -> Vec<Check> {
    let check = |about: About| {
        let (standing, words) = match about {
            About::Meetings => meetings(ground),
            About::Actions => actions(ground),
            About::Exams => exams(ground),
            About::FormR => form_r(ground),
            About::TimeOut => time_away(ground),
            About::Capabilities => capabilities(ground),
            About::Evidence => evidence(ground),
            About::DoctorsWords => doctors_words(ground),
        };
        Check { about, standing, words }
    };
    About::ALL.into_iter().map(check).collect()
}

type Told = (Standing, String);

fn meetings(ground: &Ground<'_>) -> Told {
    let Period { from, to } = ground.summary.facts.period;
    let of_the_period =
        |one: &&Expected| one.standing != Held::Next && one.from <= to && one.to >= from;
    let expected: Vec<&Expected> = ground.expected.iter().filter(of_the_period).collect();
    if expected.is_empty() {
        let words = "No meeting of this period is known. Placements and the ARCP date say when \
                     they are due.";
        return (Standing::NotHere, words.to_owned());
    }
    let is_held = |one: &&&Expected| matches!(one.standing, Held::Held { .. });
    let missing: Vec<String> =
        expected.iter().filter(|one| !is_held(one)).map(|one| named(one)).collect();
    if missing.is_empty() {
        let days = expected.iter().filter_map(|one| match one.standing {
            Held::Held { on, .. } => Some(format!("{} {}", one.title, long_date(on))),
            _ => None,
        });
        return (Standing::Done, format!("Held: {}.", list(&days.collect::<Vec<_>>(), 4)));
    }
    (Standing::Gap, format!("No conversation is recorded for: {}.", list(&missing, 4)))
}

fn named(one: &Expected) -> String {
    match one.post.as_str() {
        "" => one.title.clone(),
        post => format!("{} ({post})", one.title),
    }
}

fn actions(ground: &Ground<'_>) -> Told {
    let period = ground.summary.facts.period;
    let of_the_period =
        |action: &&&Action| action.layer != Layer::Private && period.holds(action.made);
    let all = ground.actions.iter().map(|(_, action)| action);
    let actions: Vec<&&Action> = all.filter(of_the_period).collect();
    let is_open =
        |action: &&&&Action| matches!(action.state, ActionState::Open | ActionState::Part);
    let open: Vec<String> =
        actions.iter().filter(is_open).map(|action| quoted(&action.text)).collect();
    match (actions.len(), open.len()) {
        (0, _) => (Standing::NotHere, "No action was agreed in this period.".to_owned()),
        (_, 0) => (Standing::Done, "Every action of this period is answered.".to_owned()),
        (_, _) => {
            let late = |action: &&&&Action| {
                is_open(action) && action.due.is_some_and(|due| due < ground.today)
            };
            let late = actions.iter().filter(late).count();
            let lead = match late {
                0 => format!("{} still open", are(open.len(), "action")),
                n => format!("{} still open, {n} past the day agreed", are(open.len(), "action")),
            };
            (Standing::Gap, format!("{lead}: {}.", list(&open, 3)))
        }
    }
}

fn exams(ground: &Ground<'_>) -> Told {
    let person = ground.person.with_exams_together();
    let said = has_line(ground, ArcpHeading::Exams);
    if person.exams.is_empty() {
        return match said {
            true => (Standing::Done, "The summary says how it stands.".to_owned()),
            false => {
                (Standing::NotHere, "No exam is recorded. Say so where none is due.".to_owned())
            }
        };
    }
    let words: Vec<String> = person
        .exams
        .iter()
        .map(|exam| {
            let attempts = person.attempts_at(&exam.name);
            if attempts.iter().any(|one| one.result == AttemptResult::Passed) {
                return format!("{}, passed", exam.name);
            }
            let used = match person.attempts_used(exam) {
                (used, Some(_)) => {
                    let cap = exam.cap.map(usize::from).unwrap_or_default();
                    format!("{used} of {cap} attempts used")
                }
                (used, None) => format!("{} used", count(used, "attempt")),
            };
            let next = exam.next.filter(|day| *day >= ground.today);
            let next = next.map(|day| format!(", next on {}", long_date(day))).unwrap_or_default();
            format!("{}, {used}{next}", exam.name)
        })
        .collect();
    let words = words.join("; ");
    match said {
        true => (Standing::Done, format!("{words}.")),
        false => (Standing::Gap, format!("{words}. The summary has no line about exams.")),
    }
}

/// The prompt of the talk before an ARCP that asks what is to be declared.
const DECLARE: &str = "declare";

fn form_r(ground: &Ground<'_>) -> Told {
    let period = ground.summary.facts.period;
    let answered =
        ground.sessions.iter().filter(|(_, s)| period.holds(s.date)).filter(|(_, s)| {
            s.items().any(|asked| asked.prompt.id == DECLARE && asked.is_answered())
        });
    let on = answered.map(|(_, session)| session.date).max();
    let said = has_line(ground, ArcpHeading::Concerns);
    let form = "The form itself is in TIS, Turas or the portfolio";
    match (on, said) {
        (Some(day), true) => {
            let day = long_date(day);
            (Standing::Done, format!("Declarations were asked about on {day}. {form}."))
        }
        (None, true) => (Standing::Done, format!("The summary has a statement. {form}.")),
        (Some(day), false) => (
            Standing::Gap,
            format!(
                "Declarations were asked about on {}, and the summary says nothing of them.",
                long_date(day)
            ),
        ),
        (None, false) => (
            Standing::Gap,
            format!("No declaration is recorded, not even that there is none. {form}."),
        ),
    }
}

fn time_away(ground: &Ground<'_>) -> Told {
    let Period { from, to } = ground.summary.facts.period;
    if ground.person.absences.is_empty() {
        let words = "No time away is recorded here. Form R asks for whole days, also none.";
        return (Standing::NotHere, words.to_owned());
    }
    let out = time_out(ground.person, from, to);
    match out.note {
        Some(_) => (
            Standing::Gap,
            format!(
                "{}. More than {REVIEW_DAYS} in a year lead to a look at the end date.",
                out.words()
            ),
        ),
        None => (Standing::Done, format!("{}.", out.words())),
    }
}

fn capabilities(ground: &Ground<'_>) -> Told {
    let Some(known) = ground.capabilities else {
        let words = "Which capabilities the programme asks for is not known here.";
        return (Standing::NotHere, words.to_owned());
    };
    let said: Vec<Said> = said_about(ground).into_iter().map(Said::of).collect();
    let missing: Vec<String> = known
        .items
        .iter()
        .filter(|item| {
            let (title, code) = (item.title.to_lowercase(), item.code.to_lowercase());
            let stems = stems(&title);
            !said.iter().any(|said| said.tells_of((&title, &stems), &code))
        })
        .map(|item| item.title.clone())
        .collect();
    match missing.len() {
        0 => (Standing::Done, format!("Each of “{}” is spoken of.", known.title)),
        n if n == known.items.len() => {
            (Standing::Gap, format!("No line, tag or rating names one of “{}”.", known.title))
        }
        _ => {
            let quoted: Vec<String> = missing.iter().map(|title| format!("“{title}”")).collect();
            (Standing::Gap, format!("No line, tag or rating names {}.", list(&quoted, 3)))
        }
    }
}

/// What was said of capabilities in the period: lines of the summary, tags, and ratings that
/// both may read.
fn said_about(ground: &Ground<'_>) -> Vec<String> {
    let period = ground.summary.facts.period;
    let lines = ground.summary.lines().map(|line| line.text.to_lowercase());
    let held = ground.sessions.iter().filter(|(_, session)| period.holds(session.date));
    let mut said: Vec<String> = lines.collect();
    for (_, session) in held {
        said.extend(session.tags.iter().map(|tag| tag.to_lowercase()));
        for asked in session.items().filter(|asked| asked.layer != Layer::Private) {
            if let Some(Answer::Capability(rated)) = &asked.answer {
                said.extend(rated.iter().map(|one| one.title.to_lowercase()));
                said.extend(rated.iter().map(|one| one.code.to_lowercase()));
            }
        }
    }
    said
}

/// Words in lower case, taken apart once: each is held against every capability.
struct Said {
    words: String,
    /// The stems of what they say they are about ("Acute take: ..."), or of the whole where it is
    /// short; else none.
    about: Vec<String>,
}

impl Said {
    fn of(words: String) -> Said {
        const SHORT: usize = 6;
        let about = match words.split_once(':') {
            Some((about, _)) => stems(about),
            None if words.split_whitespace().count() <= SHORT => stems(&words),
            None => Vec::new(),
        };
        Said { about, words }
    }

    /// Whether they tell of a capability: they have its name in them, or its code alone; or what
    /// they say they are about is a shorter form of the name.
    fn tells_of(&self, (title, stems): (&str, &[String]), code: &str) -> bool {
        let is_shorter = || self.about.iter().all(|stem| stems.contains(stem));
        self.words == code
            || crate::model::cycle::has_words(&self.words, title)
            || !self.about.is_empty() && is_shorter()
    }
}

/// The beginnings of the longer words: "deterioration" and "deteriorating" are one.
fn stems(words: &str) -> Vec<String> {
    const SHORTEST: usize = 4;
    const STEM: usize = 6;
    let plain = words.replace('-', "");
    let words = plain.split(|c: char| !c.is_alphanumeric());
    let long = words.filter(|word| word.chars().count() >= SHORTEST);
    long.map(|word| word.trim_end_matches('s').chars().take(STEM).collect()).collect()
}

fn evidence(ground: &Ground<'_>) -> Told {
    let lines: Vec<&Line> = ground.summary.lines().collect();
    if lines.is_empty() {
        return (Standing::NotHere, "No line is chosen yet.".to_owned());
    }
    let without: Vec<String> =
        lines.iter().filter(|line| line.lacks_evidence()).map(|line| quoted(&line.text)).collect();
    let undated: Vec<String> = lines
        .iter()
        .filter(|line| line.evidence.iter().any(|one| one.date.is_none()))
        .map(|line| quoted(&line.text))
        .collect();
    match (without.is_empty(), undated.is_empty()) {
        (true, true) => {
            (Standing::Done, "Every judgement rests on evidence with a day.".to_owned())
        }
        (false, _) => (Standing::Gap, format!("Without evidence: {}.", list(&without, 3))),
        (true, false) => (Standing::Gap, format!("Evidence without a day: {}.", list(&undated, 3))),
    }
}

fn doctors_words(ground: &Ground<'_>) -> Told {
    let called = ground.person.called();
    match has_line(ground, ArcpHeading::DoctorsWords) {
        true => (Standing::Done, format!("{called}’s words stand in the summary.")),
        false => (Standing::Gap, format!("Nothing from {called} yet. Ask for a sentence or two.")),
    }
}

fn has_line(ground: &Ground<'_>, heading: ArcpHeading) -> bool {
    let mut sections = ground.summary.sections.iter();
    sections.any(|section| section.heading == heading && !section.lines.is_empty())
}

/// "1 action is", "3 actions are".
fn are(number: usize, noun: &str) -> String {
    let verb = if number == 1 { "is" } else { "are" };
    format!("{} {verb}", count(number, noun))
}

/// The first of them, and how many more.
fn list(all: &[String], most: usize) -> String {
    let shown = all.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// The beginning of a line in quotation marks.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 48;
    let line = text.lines().next().unwrap_or_default();
    let line = line.trim_end_matches('.');
    if line.chars().count() <= LONGEST {
        return format!("“{line}”");
    }
    let cut: String = line.chars().take(LONGEST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("“{cut}…”")
}
