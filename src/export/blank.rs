//! A template on paper: blank, with room to write, or as a card for the wallet. Nothing of a
//! record is in either.

use serde::Serialize;

use crate::model::{Prompt, PromptKind, PromptLayer, ReferenceList, Template};

/// A template as a page to write on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blank {
    /// The title.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// "You lead. 30 to 40 minutes."
    pub facts: String,
    /// What both must know before they begin.
    pub ground_rules: Vec<String>,
    /// The parts, in order.
    pub sections: Vec<Part>,
    /// What to do when the talk turns into something else.
    pub if_it_turns: String,
    /// What stands at the foot of every page.
    pub foot: String,
}

/// One part of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its heading.
    pub title: String,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// A question with room for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The question.
    pub text: String,
    /// Why it is asked.
    pub why: String,
    /// Words to borrow.
    pub phrases: Vec<String>,
    /// Who reads the answer, in words.
    pub layer: &'static str,
    /// Whether only one person reads it.
    pub private: bool,
    /// Room for the answer.
    pub room: Room,
}

/// Room for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Room {
    /// Lines to write on.
    Lines {
        /// How many.
        count: u8,
    },
    /// Numbers to ring, or a place for one where there are too many.
    Scale {
        /// The numbers; none where there are too many to ring.
        numbers: Vec<u8>,
        /// What the lowest means, with its number.
        low: String,
        /// What the highest means, with its number.
        high: String,
    },
    /// Boxes to tick.
    Boxes {
        /// How many may be ticked.
        hint: &'static str,
        /// What stands beside each.
        options: Vec<String>,
    },
    /// One short line with a label.
    Short {
        /// The label.
        label: &'static str,
    },
    /// Rows to fill in.
    Table {
        /// The heads of the columns.
        head: Vec<&'static str>,
        /// How many empty rows.
        rows: u8,
    },
    /// Items, each with numbers to ring.
    Rate {
        /// The items.
        items: Vec<String>,
        /// The numbers.
        numbers: Vec<u8>,
    },
}

/// A card for the wallet. What does not fit on one side goes on the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WalletCard {
    /// Its title.
    pub title: String,
    /// Its lines, in order.
    pub lines: Vec<CardLine>,
    /// What stands small beside the title.
    pub foot: String,
}

/// One line of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardLine {
    /// What stands before it: a number, a heading. May be empty.
    pub head: String,
    /// The words.
    pub words: String,
}

/// An exercise for a workshop, for whoever leads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkshopSheet {
    /// The title of its module.
    pub title: String,
    /// "Exercise for a workshop. 45 minutes. 3 people a group."
    pub facts: String,
    /// What to know before, in runs of words: whether each is heavier, and the words.
    pub intro: Vec<(bool, String)>,
    /// The steps, in order.
    pub steps: Vec<WorkshopStep>,
    /// What stands at the foot of every page.
    pub foot: String,
}

/// A step of a workshop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkshopStep {
    /// Its heading.
    pub title: String,
    /// How long it takes.
    pub minutes: u16,
    /// What is done, as [`WorkshopSheet::intro`].
    pub words: Vec<(bool, String)>,
}

/// The most numbers that fit beside each other.
const MOST_NUMBERS: usize = 11;
/// The most phrases on a card.
const MOST_PHRASES: usize = 3;

impl Blank {
    /// The page of a template. `list` finds the reference lists that it asks from.
    pub fn new<'a>(template: &Template, list: impl Fn(&str) -> Option<&'a ReferenceList>) -> Blank {
        let part = |section: &crate::model::template::Section| Part {
            title: section.title.clone(),
            questions: section.prompts.iter().map(|prompt| question(prompt, &list)).collect(),
        };
        Blank {
            title: template.title.clone(),
            purpose: template.purpose.clone(),
            facts: format!("Who leads: {}. {}.", template.lead, minutes(template)),
            ground_rules: template.ground_rules.clone(),
            sections: template.sections.iter().map(part).collect(),
            if_it_turns: template.if_it_turns.clone(),
            foot: format!("{}, version {}. No patient details.", template.title, template.version),
        }
    }
}

impl WalletCard {
    /// A card of a template: for each part its first question, then words to borrow.
    pub fn of(template: &Template) -> WalletCard {
        let questions = template.sections.iter().filter_map(|section| {
            let words = section.prompts.first()?.text.clone();
            Some(CardLine { head: section.title.clone(), words })
        });
        let prompts = template.sections.iter().flat_map(|section| &section.prompts);
        let phrases = prompts.filter_map(|prompt| prompt.phrases.first()).take(MOST_PHRASES);
        let phrases =
            phrases.map(|words| CardLine { head: "Say".to_owned(), words: words.clone() });
        WalletCard {
            title: template.title.clone(),
            lines: questions.chain(phrases).collect(),
            foot: minutes(template),
        }
    }

    /// A card of numbered lines.
    pub fn numbered(title: &str, lines: &[String]) -> WalletCard {
        let line = |(at, words): (usize, &String)| CardLine {
            head: format!("{}", at + 1),
            words: words.clone(),
        };
        WalletCard {
            title: title.to_owned(),
            lines: lines.iter().enumerate().map(line).collect(),
            foot: String::new(),
        }
    }
}

fn minutes(template: &Template) -> String {
    match template.minutes {
        (short, long) if short == long => format!("{short} minutes"),
        (short, long) => format!("{short} to {long} minutes"),
    }
}

fn question<'a>(prompt: &Prompt, list: &impl Fn(&str) -> Option<&'a ReferenceList>) -> Question {
    Question {
        text: prompt.text.clone(),
        why: prompt.why.clone(),
        phrases: prompt.phrases.clone(),
        layer: prompt.layer.words(),
        private: prompt.layer != PromptLayer::Shared,
        room: room(&prompt.kind, list),
    }
}

fn room<'a>(kind: &PromptKind, list: &impl Fn(&str) -> Option<&'a ReferenceList>) -> Room {
    match kind {
        PromptKind::Text => Room::Lines { count: 4 },
        PromptKind::Scale { from, to, low, high } => {
            let numbers: Vec<u8> = (*from..=*to).collect();
            Room::Scale {
                numbers: if numbers.len() > MOST_NUMBERS { Vec::new() } else { numbers },
                low: format!("{from}: {low}"),
                high: format!("{to}: {high}"),
            }
        }
        PromptKind::Choice { options, many } => Room::Boxes {
            hint: if *many { "Tick any" } else { "Tick one" },
            options: options.clone(),
        },
        PromptKind::Checklist { items } => {
            Room::Boxes { hint: "Tick what is done", options: items.clone() }
        }
        PromptKind::Date => Room::Short { label: "Date" },
        PromptKind::Person => Room::Short { label: "Name and how to reach them" },
        PromptKind::Evidence => {
            Room::Table { head: vec!["What it is", "Date", "Where it is"], rows: 2 }
        }
        PromptKind::Action => Room::Table { head: vec!["What", "Who", "By when"], rows: 4 },
        PromptKind::Capability { list: id } => match list(id) {
            Some(list) => Room::Rate {
                items: list.items.iter().map(|item| item.title.clone()).collect(),
                numbers: (1..=crate::model::CapabilityRating::HIGHEST).collect(),
            },
            None => Room::Lines { count: 4 },
        },
    }
}
