//! A template of one's own while it is written. It is kept as a draft until its writer says that
//! it is a version: a half-written question is no version of anything.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::draft::Typing;
use crate::library::mend::{Slot, Spot, tidy};
use crate::model::template::{Form, Section, Situation};
use crate::model::{Extra, Prompt, PromptKind, PromptLayer, Template};

/// A template that is being written.
#[derive(Debug, Clone)]
pub struct TemplateEdit {
    /// As it is written now. Its version is that of the one it was made from; 0 before the first.
    pub template: Template,
    /// As it was saved last; nothing before the first time.
    pub saved: Option<Template>,
    /// Set by the screen when something was typed or moved; taken back by [`TemplateEdit::note`].
    pub touched: bool,
    /// Whether a draft of it lies on this computer.
    pub drafted: bool,
    typing: Typing,
    /// What was written for other kinds of answers, by the id of the prompt: a kind chosen by
    /// mistake loses nothing.
    other_kinds: BTreeMap<(String, AnswerKind), PromptKind>,
}

/// What the screen remembers while it is shown.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct TemplateForm {
    /// What is worked on.
    pub at: Spot,
    /// The field that takes the keyboard at the next drawing.
    pub go_to: Option<Slot>,
    /// Whether the row of what is worked on takes the keyboard at the next drawing.
    pub to_row: bool,
    /// Whether the list and the preview are to show what is worked on.
    pub bring_up: bool,
    /// What was just added: nothing in it is called wrong yet.
    pub fresh: Option<Spot>,
    /// Where there is room for one column only: which.
    pub shown: Column,
    /// Whether the preview shows what the other person is asked.
    pub theirs: bool,
    /// Where the preview is a drawer: whether it is open.
    pub preview_open: bool,
    /// Whether it is asked if the changes are to be thrown away.
    pub discarding: bool,
    /// The prompt that is being dragged, and the row that it is over.
    pub dragged: Option<(Spot, Spot)>,
}

/// What was taken out of a template, with its place.
#[derive(Debug, Clone, PartialEq)]
pub enum Lost {
    /// A prompt: its part, its place there, and itself.
    Prompt(usize, usize, Prompt),
    /// A part with its prompts.
    Part(usize, Section),
    /// All that was written.
    All(Template),
}

/// The columns of the screen.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Parts and prompts.
    #[default]
    Parts,
    /// The fields.
    Fields,
    /// How it will look.
    Preview,
}

/// A kind of answer, without what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "`words` says what each is")]
pub enum AnswerKind {
    Text,
    Scale,
    ChooseOne,
    ChooseSeveral,
    Checklist,
    Date,
    Evidence,
    Capability,
    Person,
    Action,
}

impl AnswerKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [AnswerKind; 10] = [
        AnswerKind::Text,
        AnswerKind::Scale,
        AnswerKind::ChooseOne,
        AnswerKind::ChooseSeveral,
        AnswerKind::Checklist,
        AnswerKind::Date,
        AnswerKind::Evidence,
        AnswerKind::Capability,
        AnswerKind::Person,
        AnswerKind::Action,
    ];

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            AnswerKind::Text => "Words",
            AnswerKind::Scale => "A number on a scale",
            AnswerKind::ChooseOne => "One of a few",
            AnswerKind::ChooseSeveral => "Several of a few",
            AnswerKind::Checklist => "Things to tick",
            AnswerKind::Date => "A day",
            AnswerKind::Evidence => "Dated evidence",
            AnswerKind::Capability => "Capabilities of a list",
            AnswerKind::Person => "A person by name",
            AnswerKind::Action => "Actions",
        }
    }

    /// The kind of a prompt.
    pub const fn of(kind: &PromptKind) -> AnswerKind {
        match kind {
            PromptKind::Text => AnswerKind::Text,
            PromptKind::Scale { .. } => AnswerKind::Scale,
            PromptKind::Choice { many: false, .. } => AnswerKind::ChooseOne,
            PromptKind::Choice { many: true, .. } => AnswerKind::ChooseSeveral,
            PromptKind::Checklist { .. } => AnswerKind::Checklist,
            PromptKind::Date => AnswerKind::Date,
            PromptKind::Evidence => AnswerKind::Evidence,
            PromptKind::Capability { .. } => AnswerKind::Capability,
            PromptKind::Person => AnswerKind::Person,
            PromptKind::Action => AnswerKind::Action,
        }
    }

    /// A prompt of this kind in the place of one of another: what both have in common stays.
    fn instead_of(self, before: &PromptKind) -> PromptKind {
        let listed = || match before {
            PromptKind::Choice { options: list, .. } | PromptKind::Checklist { items: list } => {
                list.clone()
            }
            _ => Vec::new(),
        };
        match self {
            AnswerKind::Text => PromptKind::Text,
            AnswerKind::Scale => {
                PromptKind::Scale { from: 0, to: 10, low: String::new(), high: String::new() }
            }
            AnswerKind::ChooseOne => PromptKind::Choice { options: listed(), many: false },
            AnswerKind::ChooseSeveral => PromptKind::Choice { options: listed(), many: true },
            AnswerKind::Checklist => PromptKind::Checklist { items: listed() },
            AnswerKind::Date => PromptKind::Date,
            AnswerKind::Evidence => PromptKind::Evidence,
            AnswerKind::Capability => PromptKind::Capability { list: String::new() },
            AnswerKind::Person => PromptKind::Person,
            AnswerKind::Action => PromptKind::Action,
        }
    }
}

/// The words of a template, with lists and lines as they stand while they are typed.
fn differs(one: &Template, other: &Template) -> bool {
    let plain = |template: &Template| Template { version: 0, removed: None, ..tidy(template) };
    plain(one) != plain(other)
}

impl TemplateEdit {
    /// Writes on in a template that was saved.
    pub fn of(saved: Template) -> TemplateEdit {
        TemplateEdit::over(saved.clone(), Some(saved))
    }

    /// Writes on in what is in no version yet, over the version that was saved last.
    pub const fn over(template: Template, saved: Option<Template>) -> TemplateEdit {
        TemplateEdit {
            template,
            saved,
            touched: false,
            drafted: false,
            typing: Typing::NONE,
            other_kinds: BTreeMap::new(),
        }
    }

    /// An empty template: one part with one question.
    pub fn blank() -> Template {
        Template {
            id: String::new(),
            version: 0,
            title: String::new(),
            purpose: String::new(),
            when: String::new(),
            when_not: String::new(),
            form: Form::Conversation,
            situation: Situation::RegularMeetings,
            lead: "You".to_owned(),
            minutes: (20, 30),
            aims: Vec::new(),
            moments: Vec::new(),
            ground_rules: Vec::new(),
            why: String::new(),
            if_it_turns: String::new(),
            sources: Vec::new(),
            sections: vec![Section {
                title: "So far".to_owned(),
                prompts: vec![blank_prompt("prompt-1".to_owned())],
            }],
            removed: None,
            extra: Extra::new(),
        }
    }

    /// Whether it holds anything that is in no version.
    pub fn is_changed(&self) -> bool {
        match &self.saved {
            Some(saved) => differs(&self.template, saved),
            None => differs(&self.template, &TemplateEdit::blank()),
        }
    }

    /// Notes the time of what was typed since the last call.
    pub fn note(&mut self, now: Timestamp) {
        if std::mem::take(&mut self.touched) {
            self.typing.note(now);
        }
    }

    /// Whether it is to be kept as a draft now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.typing.is_due(now)
    }

    /// Whether something typed is in no draft yet.
    pub const fn is_unkept(&self) -> bool {
        self.touched || self.typing.is_unkept()
    }

    /// It has been handed over for keeping.
    pub const fn kept(&mut self) {
        self.touched = false;
        self.typing.kept();
    }

    /// The prompt in a place.
    pub fn prompt(&self, part: usize, at: usize) -> Option<&Prompt> {
        self.template.sections.get(part)?.prompts.get(at)
    }

    /// The same for changing.
    pub fn prompt_mut(&mut self, part: usize, at: usize) -> Option<&mut Prompt> {
        self.template.sections.get_mut(part)?.prompts.get_mut(at)
    }

    /// All places in the order of the list: the template, then each part with its prompts.
    pub fn spots(&self) -> Vec<Spot> {
        let parts = self.template.sections.iter().enumerate().flat_map(|(part, section)| {
            let prompts = (0..section.prompts.len()).map(move |at| Spot::Prompt(part, at));
            std::iter::once(Spot::Part(part)).chain(prompts)
        });
        std::iter::once(Spot::Whole).chain(parts).collect()
    }

    /// This place, or the nearest one that there is.
    pub fn nearest(&self, spot: Spot) -> Spot {
        let parts = self.template.sections.len();
        match spot {
            Spot::Prompt(part, at) if self.prompt(part, at).is_none() => {
                let held = self.template.sections.get(part).map_or(0, |part| part.prompts.len());
                match held.checked_sub(1) {
                    Some(last) => Spot::Prompt(part, last.min(at)),
                    None => self.nearest(Spot::Part(part)),
                }
            }
            Spot::Part(part) if part >= parts => {
                parts.checked_sub(1).map_or(Spot::Whole, Spot::Part)
            }
            spot => spot,
        }
    }

    /// Adds a prompt after this place and gives where it is; a template without parts gets one.
    pub fn add_prompt(&mut self, after: Spot) -> Spot {
        if self.template.sections.is_empty() {
            self.add_part(Spot::Whole);
            return Spot::Prompt(0, 0);
        }
        let id = self.free_id();
        let last = self.template.sections.len() - 1;
        let (part, at) = match after {
            Spot::Whole => (last, None),
            Spot::Part(part) => (part.min(last), Some(0)),
            Spot::Prompt(part, at) => (part.min(last), Some(at + 1)),
        };
        let Some(section) = self.template.sections.get_mut(part) else { return Spot::Whole };
        let end = section.prompts.len();
        let at = at.unwrap_or(end).min(end);
        section.prompts.insert(at, blank_prompt(id));
        self.touched = true;
        Spot::Prompt(part, at)
    }

    /// Adds a part with one prompt after that of this place and gives where it is.
    pub fn add_part(&mut self, after: Spot) -> Spot {
        let prompts = vec![blank_prompt(self.free_id())];
        let end = self.template.sections.len();
        let at = match after {
            Spot::Whole => end,
            Spot::Part(part) | Spot::Prompt(part, _) => (part + 1).min(end),
        };
        self.template.sections.insert(at, Section { title: String::new(), prompts });
        self.touched = true;
        Spot::Part(at)
    }

    /// Moves a prompt or a part one place up or down and gives where it is then. A prompt at the
    /// edge of its part goes over into the next one.
    pub fn step(&mut self, spot: Spot, down: bool) -> Spot {
        let parts = self.template.sections.len();
        match spot {
            Spot::Whole => Spot::Whole,
            Spot::Part(part) => {
                let to = if down { part + 1 } else { part.wrapping_sub(1) };
                if to >= parts || part >= parts {
                    return spot;
                }
                self.template.sections.swap(part, to);
                self.touched = true;
                Spot::Part(to)
            }
            Spot::Prompt(part, at) => {
                let held = self.template.sections.get(part).map_or(0, |part| part.prompts.len());
                let to = match (down, at) {
                    (true, at) if at + 1 < held => Spot::Prompt(part, at + 1),
                    (true, _) if part + 1 < parts => Spot::Prompt(part + 1, 0),
                    (false, 1..) => Spot::Prompt(part, at - 1),
                    (false, 0) if part > 0 => {
                        let before = self.template.sections.get(part - 1);
                        Spot::Prompt(part - 1, before.map_or(0, |before| before.prompts.len()))
                    }
                    _ => return spot,
                };
                self.move_prompt((part, at), to)
            }
        }
    }

    /// Moves a prompt to another place and gives where it is then: before the prompt that stands
    /// there, or at the end of a part.
    pub fn move_prompt(&mut self, (part, at): (usize, usize), to: Spot) -> Spot {
        let from = Spot::Prompt(part, at);
        let (to_part, to_at) = match to {
            Spot::Whole => return from,
            Spot::Part(part) => (part, usize::MAX),
            Spot::Prompt(part, at) => (part, at),
        };
        if self.prompt(part, at).is_none() || to_part >= self.template.sections.len() {
            return from;
        }
        let Some(section) = self.template.sections.get_mut(part) else { return from };
        let prompt = section.prompts.remove(at);
        let Some(section) = self.template.sections.get_mut(to_part) else { return from };
        let to_at = to_at.min(section.prompts.len());
        section.prompts.insert(to_at, prompt);
        self.touched = true;
        Spot::Prompt(to_part, to_at)
    }

    /// Puts back what was taken out and gives where it is. A prompt whose part is gone comes with
    /// the nearest one.
    pub fn put_back(&mut self, lost: Lost) -> Spot {
        self.touched = true;
        match lost {
            Lost::Prompt(part, at, prompt) => {
                let last = self.template.sections.len().saturating_sub(1);
                let part = part.min(last);
                let Some(section) = self.template.sections.get_mut(part) else {
                    let title = String::new();
                    self.template.sections.push(Section { title, prompts: vec![prompt] });
                    return Spot::Prompt(0, 0);
                };
                let at = at.min(section.prompts.len());
                section.prompts.insert(at, prompt);
                Spot::Prompt(part, at)
            }
            Lost::Part(part, section) => {
                let part = part.min(self.template.sections.len());
                self.template.sections.insert(part, section);
                Spot::Part(part)
            }
            Lost::All(template) => {
                self.template = template;
                Spot::Whole
            }
        }
    }

    /// Gives a prompt another kind of answer. What was written for the kind before comes back
    /// with it.
    pub fn set_kind(&mut self, part: usize, at: usize, kind: AnswerKind) {
        let Some(prompt) = self.prompt(part, at) else { return };
        let (id, before) = (prompt.id.clone(), prompt.kind.clone());
        let kept = self.other_kinds.remove(&(id.clone(), kind));
        let new = kept.unwrap_or_else(|| kind.instead_of(&before));
        self.other_kinds.insert((id, AnswerKind::of(&before)), before);
        if let Some(prompt) = self.prompt_mut(part, at) {
            prompt.kind = new;
        }
        self.touched = true;
    }

    /// Whether some of its answers are private to the supervisor or to the doctor by name.
    pub fn names_a_side(&self) -> bool {
        let named = |layer| matches!(layer, PromptLayer::Supervisor | PromptLayer::Doctor);
        self.template.prompts().any(|prompt| named(prompt.layer))
    }

    /// A name for a prompt that no other has or had in the version before.
    fn free_id(&self) -> String {
        let saved = self.saved.iter().flat_map(Template::prompts);
        let known: Vec<&str> =
            self.template.prompts().chain(saved).map(|prompt| prompt.id.as_str()).collect();
        let mut number = known.len() + 1;
        while known.contains(&format!("prompt-{number}").as_str()) {
            number += 1;
        }
        format!("prompt-{number}")
    }
}

fn blank_prompt(id: String) -> Prompt {
    Prompt {
        id,
        text: String::new(),
        why: String::new(),
        phrases: Vec::new(),
        layer: PromptLayer::Shared,
        hidden: false,
        kind: PromptKind::Text,
    }
}
