//! A page that leaves for somebody else, with what is said before it does; and the two pages about
//! a meeting: the questions before it, the note after it.
//!
//! A [`Letter`] is made by an allow-list, as a summary is: the words of what is Shared or For the
//! ARCP, agreed actions, days and names. The title of a talk stays here, because the name of a
//! template can say what nobody decided to tell; so do tags, places and reasons.

use jiff::civil::{Date, Time};

use super::preview::{LayerCount, Preview, named_words};
use super::sheet::{self, Cell, Fact, Part, Sheet, date};
use super::summary::{ActionLine, Subject, offered, owner};
use super::{ExportError, Format, LineId, json, pdf, plain_name, render_sheet, text};
use crate::model::session::Role;
use crate::model::template::{ANSWER_HERE, Section};
use crate::model::text::{answer_lines, count, long_date};
use crate::model::{
    Action, Answer, Asked, Id, Layer, OtherView, Person, Prompt, PromptKind, PromptLayer, Session,
    Settings, Template, clean,
};

/// A page for the other person, ready to be drawn and to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What is said of it before it leaves.
    pub saying: Saying,
    /// The words, in the order of the page.
    pub sheet: Sheet,
    /// Who reads each part of the page.
    pub layers: Vec<Layer>,
    /// The day it was made.
    pub made_on: Date,
    /// Who is named: the two it goes between, then others.
    pub(super) named: Vec<String>,
    /// How many of the names are those of the two.
    pub(super) between: usize,
}

/// What is said of a letter before it leaves, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// What it is, for the receipt ("Questions before a meeting").
    pub what: String,
    /// The words of the file's name, which names nobody.
    pub file: &'static str,
    /// The day in the file's name.
    pub day: Date,
    /// For the ARCP, Shared, Private to me: how many lines leave, and what is said beside it.
    pub layers: [LayerCount; 3],
    /// What it never holds, in words.
    pub left_out: &'static str,
    /// What else there is to know before it leaves: a short lead, and the rest.
    pub notes: Vec<(String, String)>,
    /// What it has a place for, and how full each is, for a list beside the page.
    pub outline: Vec<(String, Outline)>,
    /// Whether nobody of the record may be named in it, whatever was written.
    pub names_no_doctor: bool,
    /// Whether it holds what somebody wrote, in which something may point to a patient.
    pub holds_words: bool,
    /// How many lines may tell of health or home.
    pub may_tell: usize,
}

/// How full a place of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outline {
    /// Well filled.
    Full,
    /// With little in it.
    Part,
    /// With nothing.
    Empty,
}

/// Between whom a letter goes.
#[derive(Debug, Clone, Copy)]
pub struct Between<'a> {
    /// The other person.
    pub person: &'a Person,
    /// Their identity.
    pub id: Id,
    /// The owner of the record.
    pub settings: &'a Settings,
    /// The day it is made.
    pub today: Date,
}

impl Letter {
    /// The note of a conversation: what both may read, each answer under its question, and the
    /// actions agreed in it.
    pub fn note<'a>(
        between: Between<'_>,
        (id, session): (Id, &Session),
        actions: impl Iterator<Item = (Id, &'a Action)>,
    ) -> Letter {
        let mut parts: Vec<(Part, Layer)> = session.items().filter_map(answered).collect();
        let shared = parts.iter().filter(|(_, layer)| *layer == Layer::Shared).count();
        let offered: Vec<_> = offered(id, session).collect();
        let mut arcp = parts.len() - shared + offered.len();
        if !offered.is_empty() {
            let view = sheet::view(between.settings.role);
            let title = "Offered for the ARCP".to_owned();
            parts.push((sheet::table(title, "Line and its evidence", &offered, view), Layer::Arcp));
        }
        let agreed: Vec<(Layer, ActionLine)> = actions
            .filter(|(_, action)| action.from == Some(id))
            .filter_map(|(id, action)| Some((action.layer, agreed(&between, id, action)?)))
            .collect();
        arcp += agreed.iter().filter(|(layer, _)| *layer == Layer::Arcp).count();
        let lines: Vec<ActionLine> = agreed.iter().map(|(_, line)| line.clone()).collect();
        let shared = shared + agreed.iter().filter(|(layer, _)| *layer == Layer::Shared).count();
        parts.push((sheet::actions(&lines), Layer::Shared));
        let facts = note_facts(&between, session);
        let made = date(between.today);
        let foot = format!("Made on {made}. It holds what both can read, and nothing private.");
        let title = "Note of our conversation";
        let shared_words = match shared {
            0 => "nothing goes",
            1 => "this goes",
            _ => "these go",
        };
        let saying = Saying {
            what: format!("Note of the conversation of {}", long_date(session.date)),
            file: "Note",
            day: session.date,
            layers: layers((arcp, ARCP_LINES), (shared, shared_words)),
            left_out: "Left out: private notes and answers, tags, the title of the talk, what to \
                       know about the person",
            notes: Vec::new(),
            outline: Vec::new(),
            names_no_doctor: false,
            holds_words: true,
            may_tell: 0,
        };
        let mut letter = between.letter(saying, (title, &foot), facts, parts);
        letter.also_names(session.items().flat_map(others));
        letter
    }

    /// The questions of a template that both answer, for the doctor to think about before the
    /// meeting. Those that only one of the two answers stay here, and so do words to borrow.
    pub fn questions(between: Between<'_>, template: &Template) -> Option<Letter> {
        let asked = template.asking(|layer| layer == PromptLayer::Shared)?;
        let prompts = asked.sections.iter().flat_map(Section::shown);
        let prompts = prompts.filter(|prompt| prompt.kind != PromptKind::Action);
        let parts: Vec<(Part, Layer)> =
            prompts.map(|prompt| (question(prompt), Layer::Shared)).collect();
        if parts.is_empty() {
            return None;
        }
        let asked_for = parts.len();
        let mut facts = vec![("For", clean::line(&between.person.name))];
        facts.push(("From", clean::line(&between.settings.your_name)));
        let meeting = between.person.next_meeting.as_ref();
        facts.push(("We meet on", meeting.map(|it| when(it.date, it.time)).unwrap_or_default()));
        facts.push(("How to answer", ANSWER.to_owned()));
        let foot = "Answer what you like, leave out what you like. No patient details.";
        let title = "Questions before we meet";
        let shared = if asked_for == 1 { "question, no answers" } else { "questions, no answers" };
        let saying = Saying {
            what: "Questions before a meeting".to_owned(),
            file: "Questions",
            day: between.today,
            layers: layers((0, ARCP_LINES), (asked_for, shared)),
            left_out: "Left out: questions that only you answer, why you ask, words to borrow, \
                       and everything that is written down",
            notes: Vec::new(),
            outline: Vec::new(),
            names_no_doctor: false,
            holds_words: false,
            may_tell: 0,
        };
        Some(between.letter(saying, (title, foot), facts, parts))
    }

    /// What is said before it leaves as this kind of file.
    pub fn preview(&self, format: Format) -> Preview {
        Preview {
            layers: self.saying.layers.clone(),
            named: self.named.clone(),
            named_words: named_words(&self.named),
            left_out: self.saying.left_out,
            lines_left_out: 0,
            file: format!("{}, not encrypted.", format.words()),
            readers: "Anyone who has it can read it",
            to_settle: Vec::new(),
            cannot_show: match format {
                Format::Pdf => pdf::missing_in(&self.sheet),
                Format::Docx | Format::Markdown | Format::Text | Format::Json => Vec::new(),
            },
        }
    }

    /// The bytes of the file. The same letter gives the same bytes.
    ///
    /// # Errors
    /// The file could not be made; nothing was written anywhere.
    pub fn render(&self, format: Format) -> Result<Vec<u8>, ExportError> {
        match format {
            Format::Json => json::page(self),
            _ => render_sheet(&self.sheet, format, self.made_on),
        }
    }

    /// The whole of it as plain text.
    pub fn text(&self) -> String {
        text::of(&self.sheet)
    }

    /// The names of the two between whom it goes.
    pub fn between(&self) -> &[String] {
        self.named.get(..self.between).unwrap_or_default()
    }

    /// A name for the file, which names nobody: "Note 2026-11-24.pdf".
    pub fn file_name(&self, format: Format) -> String {
        let Saying { file, day, .. } = &self.saying;
        plain_name(file.split_whitespace(), &format!(" {day}.{}", format.extension()))
    }

    /// Names others who stand on it, each once.
    pub fn also_names(&mut self, names: impl Iterator<Item = String>) {
        for name in names {
            if !self.named.contains(&name) {
                self.named.push(name);
            }
        }
    }

    /// How many lines For the ARCP it holds.
    pub const fn lines(&self) -> usize {
        self.saying.layers[0].leaves
    }

    /// How many lines it holds, of whichever layer.
    pub fn leaves(&self) -> usize {
        self.saying.layers.iter().map(|of| of.leaves).sum()
    }

    /// Whether there is nothing on it.
    pub fn is_empty(&self) -> bool {
        self.sheet.parts.iter().all(|part| part.blocks.is_empty())
    }
}

/// What is said beside the lines For the ARCP.
pub(super) const ARCP_LINES: &str = "It says which are agreed by you both";

/// How many lines leave, where nothing private can.
pub(super) fn layers(
    (arcp, arcp_words): (usize, &str),
    (shared, shared_words): (usize, &str),
) -> [LayerCount; 3] {
    let of = |layer, leaves, words: &str| LayerCount { layer, leaves, words: words.to_owned() };
    let arcp_words = if arcp == 0 { "No line goes" } else { arcp_words };
    [
        of(Layer::Arcp, arcp, arcp_words),
        of(Layer::Shared, shared, shared_words),
        of(Layer::Private, 0, "cannot be sent"),
    ]
}

/// How questions are answered, said once.
const ANSWER: &str = "Write under each question and send it back, or bring it with you";

impl Between<'_> {
    /// A letter about the person: a page with these facts and parts. Facts without a value are not
    /// on it.
    pub(super) fn letter(
        &self,
        saying: Saying,
        (title, foot): (&str, &str),
        facts: Vec<(&'static str, String)>,
        parts: Vec<(Part, Layer)>,
    ) -> Letter {
        let name = clean::line(&self.person.name);
        let yours = clean::line(&self.settings.your_name);
        let (parts, layers): (Vec<Part>, Vec<Layer>) = parts.into_iter().unzip();
        let named = [name.clone(), yours.clone()];
        let mut named: Vec<String> = named.into_iter().filter(|name| !name.is_empty()).collect();
        // A page about the owner alone names one person.
        named.dedup();
        let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
        let facts = facts.map(|(label, value)| Fact {
            label: label.to_owned(),
            value,
            wide: label == "How to answer",
        });
        Letter {
            saying,
            sheet: Sheet {
                title: title.to_owned(),
                running: name.clone(),
                author: yours.clone(),
                facts: facts.collect(),
                parts,
                nothing: "Nothing was agreed".to_owned(),
                foot: foot.to_owned(),
                name: if name.is_empty() { "Name not recorded".to_owned() } else { name.clone() },
            },
            layers,
            made_on: self.today,
            between: named.len(),
            named,
        }
    }
}

fn note_facts(between: &Between<'_>, session: &Session) -> Vec<(&'static str, String)> {
    let yours = clean::line(&between.settings.your_name);
    let label = match between.settings.role {
        Role::Supervisor => "With",
        Role::Doctor => "Doctor",
    };
    let minutes = session.minutes.map(|minutes| count(usize::from(minutes), "minute"));
    let next = between.person.next_meeting.as_ref().filter(|it| it.date > session.date);
    vec![
        ("We met on", date(session.date)),
        (label, yours),
        ("How long", minutes.unwrap_or_default()),
        ("We meet next", next.map(|it| when(it.date, it.time)).unwrap_or_default()),
    ]
}

/// A day with its time: "19 January 2027, 14:30".
pub(super) fn when(day: Date, time: Option<Time>) -> String {
    match time {
        Some(time) => format!("{}, {:02}:{:02}", date(day), time.hour(), time.minute()),
        None => date(day),
    }
}

/// An answer that both may read under its question; nothing for any other.
fn answered(asked: &Asked) -> Option<(Part, Layer)> {
    let layer = match asked.layer {
        Layer::Private => return None,
        Layer::Shared | Layer::Arcp => asked.layer,
    };
    let words = asked.answer.as_ref().map(answer_lines).unwrap_or_default();
    let words = clean::lines(&words);
    let words = match &asked.prompt.kind {
        PromptKind::Scale { to, .. } if !words.is_empty() => format!("{words} of {to}"),
        _ => words,
    };
    let words = sheet::paragraphs(&words);
    let title = clean::line(&asked.prompt.text);
    let cell = Cell { words, notes: Vec::new() };
    let mut cells = Vec::new();
    cells.extend((!cell.words.is_empty()).then_some(cell));
    cells.extend(asked.other_view.as_ref().and_then(other_view));
    (!cells.is_empty()).then(|| (Part::quotes(title, cells), layer))
}

/// Whom an answer that leaves names in a place meant for a name.
fn others(asked: &Asked) -> Vec<String> {
    if asked.layer == Layer::Private {
        return Vec::new();
    }
    let view = asked.other_view.as_ref().filter(|view| !view.is_blank());
    let person = match &asked.answer {
        Some(Answer::Person(name)) => Some(name),
        _ => None,
    };
    let names = view.map(|view| &view.who).into_iter().chain(person);
    names.map(|name| clean::line(name)).filter(|name| !name.is_empty()).collect()
}

/// How the other person sees it, by name and never edited. Who reads it is who reads the answer.
fn other_view(view: &OtherView) -> Option<Cell> {
    let words = clean::lines(&view.text);
    let who = clean::line(&view.who);
    let who = if who.is_empty() { "Another view".to_owned() } else { format!("{who}’s view") };
    let words = sheet::paragraphs(&format!("{who}: {words}"));
    (!view.is_blank()).then_some(Cell { words, notes: Vec::new() })
}

/// An action that both may read; why one was dropped stays here, and so does one that was taken out
/// again.
pub(super) fn agreed(between: &Between<'_>, id: Id, action: &Action) -> Option<ActionLine> {
    let text = clean::lines(&action.text);
    let both = match action.layer {
        Layer::Private => false,
        Layer::Shared | Layer::Arcp => !action.is_taken_out(),
    };
    let period = super::Period { from: action.made, to: action.made };
    let subject = Subject {
        id: between.id,
        person: between.person,
        settings: between.settings,
        period,
        plan: None,
        today: between.today,
    };
    (both && !text.is_empty()).then(|| ActionLine {
        id: LineId::Action(id),
        text,
        owner: owner(action.owner, &subject),
        due: action.due,
        state: action.state,
        made: action.made,
    })
}

/// A question with how it is answered. Why it is asked is written for whoever leads the talk.
fn question(prompt: &Prompt) -> Part {
    let how = prompt.kind.how();
    let words = [how.as_str(), ANSWER_HERE].into_iter().filter(|words| !words.is_empty());
    let cell = Cell { words: words.map(str::to_owned).collect(), notes: Vec::new() };
    Part::quotes(clean::line(&prompt.text), [cell])
}
