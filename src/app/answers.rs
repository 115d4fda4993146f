//! Answers that a doctor wrote before a meeting: from the text that came back to a conversation.

use super::draft::Draft;
use super::state::{Open, State};
use crate::export::letter::{Between, Letter as Sent};
use crate::import::answers::{self, Letter, Question, Reading};
use crate::model::session::{BroughtAnswers, Role};
use crate::model::template::Section;
use crate::model::text::{count, long_date};
use crate::model::{Basis, Id, Kind, Layer, Margin, Person, Session};

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswersAction {
    /// Go to the page for answers of this person, into what is said.
    Show(Id, Option<AnswersInto>),
    /// Ask in the desktop's own dialog for a file.
    Choose,
    /// Look what the text that is typed holds.
    Look,
    /// Bring them into this instead.
    Into(AnswersInto),
    /// Go back to the text.
    Change,
    /// Bring in what is shown.
    BringIn,
}

/// Into what answers are brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswersInto {
    /// A conversation that is begun.
    Session(Id),
    /// A new one, from this template.
    Template(String),
}

/// What is typed and chosen.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct AnswersForm {
    /// The text that came back.
    pub text: String,
    /// Into what it is brought, where that is chosen.
    pub into: Option<AnswersInto>,
    /// Who reads the answers.
    pub layer: Option<Layer>,
    /// Why the text can't be used.
    pub wrong: Option<String>,
}

/// A text that was looked into.
pub struct ComingAnswers {
    /// Into what it would be brought.
    pub into: AnswersInto,
    /// All it could be brought into, in words.
    pub choices: Vec<(AnswersInto, String)>,
    /// The questions, each with what becomes of its answer.
    pub rows: Vec<AnswerRow>,
    /// What stands under no question.
    pub also: String,
    /// The questions that were found in the text.
    pub found: usize,
}

/// A question, and what becomes of its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// The question.
    pub question: Question,
    /// The words under it.
    pub words: String,
    /// What becomes of them.
    pub fate: Fate,
}

/// What becomes of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// There is none.
    None,
    /// It becomes the answer.
    Kept,
    /// Something is written there already: it goes under Also written.
    Taken,
    /// It is no answer of the kind that the question asks for: it goes under Also written.
    OtherKind,
}

impl AnswersForm {
    /// Who reads the answers: the two of them, unless the person says otherwise.
    pub fn layer(&self) -> Layer {
        self.layer.unwrap_or(Layer::Shared)
    }
}

/// What the answers of a person can be brought into, the most likely first: what is begun with
/// them, then what is planned, then all that can be sent before a meeting.
fn choices(state: &State, open: &Open, person: Id) -> Vec<(AnswersInto, String)> {
    let journal = &open.journal;
    let begun = journal.sessions_with(person).into_iter();
    let begun = begun.filter(|(id, talk)| talk.finished.is_none() && !journal.is_short(*id));
    let mut choices: Vec<(AnswersInto, String)> = begun
        .map(|(id, talk)| {
            let words = format!("{}, begun {}", talk.title, long_date(talk.date));
            (AnswersInto::Session(id), words)
        })
        .collect();
    let planned = journal.person(person).and_then(|it| it.next_meeting.as_ref());
    let planned = planned.map(|meeting| meeting.template.as_str()).unwrap_or_default();
    let templates = state.library.templates().iter();
    let mut templates: Vec<_> = templates.filter(|it| it.form.kind() == Kind::Session).collect();
    templates.sort_by_key(|template| template.id != planned);
    choices.extend(templates.into_iter().filter_map(|template| {
        let prompts = template.sections.iter().flat_map(Section::shown);
        let is_sent = !answers::questions(prompts).is_empty();
        let words = format!("New session: {}", template.title);
        is_sent.then(|| (AnswersInto::Template(template.id.clone()), words))
    }));
    choices
}

/// The conversation as it stands, or as it would begin.
fn session_of(state: &State, open: &Open, person: Id, into: &AnswersInto) -> Option<Session> {
    match into {
        AnswersInto::Session(id) => {
            let talk = &open.journal.held(*id)?.session;
            (talk.person == Some(person) && talk.finished.is_none()).then(|| talk.clone())
        }
        AnswersInto::Template(id) => {
            let template = state.library.get(id)?;
            Some(Session::start(template, Some(person), Role::Supervisor, state.today(), None))
        }
    }
}

/// The words of a letter besides its questions, as it would leave today.
fn frame(state: &State, open: &Open, id: Id) -> Letter {
    let settings = open.journal.settings();
    let Some(person) = open.journal.person(id) else { return Letter::default() };
    let between = Between { person, id, settings: &settings, today: state.today() };
    let sent = state.library.templates().iter().find_map(|it| Sent::questions(between, it));
    sent.map(|sent| frame_of(&sent)).unwrap_or_default()
}

/// What stands in a letter besides its questions.
pub fn frame_of(sent: &Sent) -> Letter {
    let sheet = &sent.sheet;
    let facts = sheet.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value));
    Letter {
        title: sheet.title.clone(),
        facts: std::iter::once(sheet.name.clone()).chain(facts).collect(),
        foot: sheet.foot.clone(),
    }
}

/// Looks into a text: into `wanted`, or into that of which most questions stand in it.
pub(super) fn look(
    state: &State,
    open: &Open,
    (person, text, wanted): (Id, &str, Option<&AnswersInto>),
) -> Option<ComingAnswers> {
    let choices = choices(state, open, person);
    let frame = frame(state, open, person);
    let read = |into: &AnswersInto| {
        let session = session_of(state, open, person, into)?;
        let questions = answers::questions(session.items().map(|asked| asked.prompt.as_ref()));
        let reading = answers::read(text, &questions, &frame);
        Some((into.clone(), session, questions, reading))
    };
    let mut best = wanted.and_then(read);
    if best.is_none() {
        for (into, _) in &choices {
            let Some(one) = read(into) else { continue };
            // The first of several that fit alike is the likeliest.
            if best.as_ref().is_none_or(|best| one.3.found > best.3.found) {
                best = Some(one);
            }
        }
    }
    let (into, session, questions, reading) = best?;
    let Reading { answers, found, also } = reading;
    let rows = questions.into_iter().zip(answers);
    let rows = rows.map(|(question, words)| {
        let fate = fate(&session, &question, &words, state);
        AnswerRow { question, words, fate }
    });
    Some(ComingAnswers { into, choices, rows: rows.collect(), also, found })
}

fn fate(session: &Session, question: &Question, words: &str, state: &State) -> Fate {
    let asked = session.items().find(|asked| asked.prompt.id == question.prompt);
    match asked {
        _ if words.is_empty() => Fate::None,
        Some(asked) if asked.is_answered() => Fate::Taken,
        Some(_) if answers::value(&question.kind, words, state.today()).is_some() => Fate::Kept,
        _ => Fate::OtherKind,
    }
}

impl ComingAnswers {
    /// How many become answers.
    pub fn kept(&self) -> usize {
        self.rows.iter().filter(|row| row.fate == Fate::Kept).count()
    }

    /// How many pieces go under Also written.
    pub fn beside(&self) -> usize {
        let rows = self.rows.iter();
        rows.filter(|row| matches!(row.fate, Fate::Taken | Fate::OtherKind)).count()
            + usize::from(!self.also.is_empty())
    }

    /// Writes them into a conversation. An answer that was private stays so, and none goes For the
    /// ARCP; what is no answer goes into the private margin.
    pub(super) fn fill(
        &self,
        draft: &mut Draft,
        (person, layer): (&Person, Layer),
        today: jiff::civil::Date,
    ) -> String {
        let who = person.called();
        let mut prompts = Vec::new();
        let session = &mut draft.session;
        for row in &self.rows {
            let id = &row.question.prompt;
            let items = session.sections.iter_mut().flat_map(|section| &mut section.items);
            let asked = items.into_iter().find(|asked| asked.prompt.id == *id);
            let value = answers::value(&row.question.kind, &row.words, today);
            match (asked, value) {
                _ if row.words.is_empty() => {}
                (Some(asked), Some(value)) if !asked.is_answered() => {
                    asked.answer = Some(value);
                    asked.layer = match (asked.layer, layer) {
                        (Layer::Private, _) | (_, Layer::Private) => Layer::Private,
                        (Layer::Shared | Layer::Arcp, _) => Layer::Shared,
                    };
                    prompts.push(id.clone());
                }
                (asked, _) => {
                    let beside = asked.map(|_| id.clone());
                    let text = format!("{who} wrote on “{}”: {}", row.question.text, row.words);
                    session.margin.push(Margin { beside, text, basis: Some(Basis::Reported) });
                }
            }
        }
        if !self.also.is_empty() {
            let text = format!("{who} also wrote: {}", self.also);
            session.margin.push(Margin { beside: None, text, basis: Some(Basis::Reported) });
        }
        let said = match self.beside() {
            0 => format!("{} brought in", count(prompts.len(), "answer")),
            n => format!("{} brought in, {n} under Also written", count(prompts.len(), "answer")),
        };
        let who = person.name.clone();
        session.brought.push(BroughtAnswers { who, on: today, prompts });
        draft.touched = true;
        said
    }
}
