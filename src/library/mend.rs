//! The rules of a template in words for someone who writes one in the window: which prompt, which
//! field, what to do. What a file may not hold can't be saved here either: where these words say
//! nothing, the rules of the file have the last one.

use super::check;
use super::check::{MAX_MINUTES, MAX_PROMPTS, MAX_SECTIONS};
use super::problems::{MAX_LIST, MAX_PASSAGE, MAX_SHORT, quoted};
use crate::model::template::Section;
use crate::model::{Prompt, PromptKind, Template, clean};

/// What someone who writes a template works on. Parts, and the prompts in them, are counted
/// from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Spot {
    /// The template as a whole: its title, what it is for.
    #[default]
    Whole,
    /// A part.
    Part(usize),
    /// A prompt of a part.
    Prompt(usize, usize),
}

/// A field in which something can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names of `model::Template`, `Section` and `Prompt`")]
pub enum Slot {
    Title,
    Purpose,
    Lead,
    Minutes,
    When,
    WhenNot,
    Why,
    IfItTurns,
    Moments,
    GroundRules,
    Sources,
    /// The parts, or the prompts of one.
    Contents,
    PartName,
    Question,
    WhyAsk,
    Phrases,
    Low,
    High,
    Options,
    List,
}

/// Something to mend before a template can be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// Where.
    pub spot: Spot,
    /// In which field.
    pub slot: Slot,
    /// What is wrong, after the name of the place: "has no question yet."
    pub what: String,
}

impl Mend {
    /// The words beside the field: "This prompt has no question yet."
    pub fn here(&self) -> String {
        let place = match self.spot {
            Spot::Whole => "The template",
            Spot::Part(_) => "This part",
            Spot::Prompt(..) => "This prompt",
        };
        format!("{place} {}", self.what)
    }

    /// The words from anywhere else: "Prompt 6 has no question yet."
    pub fn from_afar(&self, template: &Template) -> String {
        let place = match self.spot {
            Spot::Whole => "The template".to_owned(),
            Spot::Part(part) => format!("Part {}", part + 1),
            Spot::Prompt(part, at) => format!("Prompt {}", number(template, part, at)),
        };
        format!("{place} {}", self.what)
    }

    /// The words of the button that goes there: "Mend prompt 6 to save".
    pub fn button(&self, template: &Template) -> String {
        let place = match (self.spot, self.slot) {
            (Spot::Whole, Slot::Title) => "the title".to_owned(),
            (Spot::Whole, Slot::Contents) => "the parts".to_owned(),
            (Spot::Whole, _) => "the first page".to_owned(),
            (Spot::Part(part), _) => format!("part {}", part + 1),
            (Spot::Prompt(part, at), _) => format!("prompt {}", number(template, part, at)),
        };
        format!("Mend {place} to save")
    }
}

/// The number of a prompt in its template, from 1.
pub fn number(template: &Template, part: usize, at: usize) -> usize {
    let before = template.sections.iter().take(part).map(|section| section.prompts.len());
    before.sum::<usize>() + at + 1
}

/// The template as it is kept: one line where there is room for one, nothing invisible, no empty
/// entries in lists. Parts and prompts keep their places.
#[must_use]
pub fn tidy(template: &Template) -> Template {
    let line = |words: &String| clean::line(words);
    let lines = |list: &Vec<String>| {
        let mut tidied: Vec<String> = list.iter().map(line).collect();
        tidied.retain(|words| !words.is_empty());
        tidied
    };
    let prompt = |prompt: &Prompt| Prompt {
        text: line(&prompt.text),
        why: line(&prompt.why),
        phrases: lines(&prompt.phrases),
        kind: match &prompt.kind {
            PromptKind::Scale { from, to, low, high } => {
                PromptKind::Scale { from: *from, to: *to, low: line(low), high: line(high) }
            }
            PromptKind::Choice { options, many } => {
                PromptKind::Choice { options: lines(options), many: *many }
            }
            PromptKind::Checklist { items } => PromptKind::Checklist { items: lines(items) },
            other => other.clone(),
        },
        ..prompt.clone()
    };
    let section = |section: &Section| Section {
        title: line(&section.title),
        prompts: section.prompts.iter().map(prompt).collect(),
    };
    Template {
        title: line(&template.title),
        purpose: line(&template.purpose),
        when: line(&template.when),
        when_not: line(&template.when_not),
        lead: line(&template.lead),
        moments: lines(&template.moments),
        ground_rules: lines(&template.ground_rules),
        why: line(&template.why),
        if_it_turns: line(&template.if_it_turns),
        sources: lines(&template.sources),
        sections: template.sections.iter().map(section).collect(),
        ..template.clone()
    }
}

/// All that is to be mended in a template, in the order of its pages; none when it can be saved.
/// `has_list` says whether a list by this name is at hand.
pub fn mends(template: &Template, has_list: impl Fn(&str) -> bool) -> Vec<Mend> {
    let template = tidy(template);
    let mut found = Found(Vec::new());
    whole(&mut found, &template);
    for (part, section) in template.sections.iter().enumerate() {
        let spot = Spot::Part(part);
        found.text(spot, Slot::PartName, "name", &section.title, (true, MAX_SHORT));
        if section.prompts.is_empty() {
            found.add(spot, Slot::Contents, "has no prompt yet.");
        }
        for (at, prompt) in section.prompts.iter().enumerate() {
            asked(&mut found, Spot::Prompt(part, at), prompt, &has_list);
        }
    }
    if found.0.is_empty() {
        found.0.extend(unforeseen(&template));
    }
    found.0
}

/// What the rules of the file refuse and the words above do not know.
fn unforeseen(template: &Template) -> Option<Mend> {
    // A name and a number are given when it is saved.
    let named = Template {
        id: "name".to_owned(),
        version: template.version.max(1),
        removed: None,
        ..template.clone()
    };
    let value = serde_json::to_value(named).unwrap_or_default();
    let problem = check::template(&value).into_iter().next()?;
    let what = format!("can’t be saved yet: {problem}");
    Some(Mend { spot: Spot::Whole, slot: Slot::Contents, what })
}

fn whole(found: &mut Found, template: &Template) {
    let spot = Spot::Whole;
    found.text(spot, Slot::Title, "title", &template.title, (true, MAX_SHORT));
    let purpose = &template.purpose;
    if purpose.is_empty() {
        found.add(spot, Slot::Purpose, "does not say yet what it is for.");
    }
    let lead = &template.lead;
    if lead.is_empty() {
        found.add(spot, Slot::Lead, "does not say yet who leads.");
    }
    for (slot, noun, words, most) in [
        (Slot::Purpose, "purpose", purpose, MAX_PASSAGE),
        (Slot::Lead, "line about who leads", lead, MAX_SHORT),
        (Slot::When, "passage on when to use it", &template.when, MAX_PASSAGE),
        (Slot::WhenNot, "passage on when not to", &template.when_not, MAX_PASSAGE),
        (Slot::Why, "passage on why", &template.why, MAX_PASSAGE),
        (Slot::IfItTurns, "passage on what to do then", &template.if_it_turns, MAX_PASSAGE),
    ] {
        found.text(spot, slot, noun, words, (false, most));
    }
    let (short, long) = template.minutes;
    if short == 0 || u64::from(long) > MAX_MINUTES {
        let what = format!("needs minutes between 1 and {MAX_MINUTES}.");
        found.add(spot, Slot::Minutes, what);
    } else if short > long {
        let what = format!("takes at least {short} and at most {long} minutes. Swap them.");
        found.add(spot, Slot::Minutes, what);
    }
    found.list(spot, Slot::Moments, ("moment", "moments"), &template.moments, MAX_PASSAGE);
    let rules = ("ground rule", "ground rules");
    found.list(spot, Slot::GroundRules, rules, &template.ground_rules, MAX_PASSAGE);
    found.list(spot, Slot::Sources, ("source", "sources"), &template.sources, MAX_PASSAGE);
    contents(found, template);
}

fn contents(found: &mut Found, template: &Template) {
    let (spot, slot) = (Spot::Whole, Slot::Contents);
    let prompts = template.prompts().count();
    match template.sections.len() {
        0 => found.add(spot, slot, "has no part yet."),
        n if n > MAX_SECTIONS => {
            found.add(spot, slot, format!("has {n} parts. The most is {MAX_SECTIONS}."));
        }
        _ => {}
    }
    if prompts > MAX_PROMPTS {
        let what = format!("has {prompts} prompts. The most is {MAX_PROMPTS}.");
        found.add(spot, slot, what);
    }
    if prompts > 0 && template.prompts().all(|prompt| prompt.hidden) {
        found.add(spot, slot, "hides every prompt. Ask at least one.");
    }
}

fn asked(found: &mut Found, spot: Spot, prompt: &Prompt, has_list: impl Fn(&str) -> bool) {
    found.text(spot, Slot::Question, "question", &prompt.text, (true, MAX_PASSAGE));
    found.text(spot, Slot::WhyAsk, "reason", &prompt.why, (false, MAX_PASSAGE));
    found.list(spot, Slot::Phrases, ("phrase", "phrases"), &prompt.phrases, MAX_PASSAGE);
    match &prompt.kind {
        PromptKind::Scale { from, to, low, high } => {
            for (slot, words, number) in [(Slot::Low, low, from), (Slot::High, high, to)] {
                if words.is_empty() {
                    found.add(spot, slot, format!("does not say yet what {number} means."));
                }
                found.text(spot, slot, "word at the end", words, (false, MAX_SHORT));
            }
        }
        PromptKind::Choice { options, .. } => {
            if options.len() < 2 {
                found.add(spot, Slot::Options, "needs at least 2 options.");
            }
            found.options(spot, ("option", "options"), options);
        }
        PromptKind::Checklist { items } => {
            if items.is_empty() {
                found.add(spot, Slot::Options, "has nothing to tick yet.");
            }
            found.options(spot, ("item", "items"), items);
        }
        PromptKind::Capability { list } if list.is_empty() => {
            found.add(spot, Slot::List, "has no list to choose from yet.");
        }
        PromptKind::Capability { list } if !has_list(list) => {
            let what = format!("asks from a list that is not in the library, {}.", quoted(list));
            found.add(spot, Slot::List, what);
        }
        _ => {}
    }
}

struct Found(Vec<Mend>);

impl Found {
    fn add(&mut self, spot: Spot, slot: Slot, what: impl Into<String>) {
        self.0.push(Mend { spot, slot, what: what.into() });
    }

    fn text(
        &mut self,
        spot: Spot,
        slot: Slot,
        noun: &str,
        words: &str,
        (required, most): (bool, usize),
    ) {
        let length = words.chars().count();
        if required && words.is_empty() {
            self.add(spot, slot, format!("has no {noun} yet."));
        } else if length > most {
            let what = format!("has a {noun} of {length} characters. The most is {most}.");
            self.add(spot, slot, what);
        }
    }

    fn list(
        &mut self,
        spot: Spot,
        slot: Slot,
        (one, many): (&str, &str),
        entries: &[String],
        most: usize,
    ) {
        if entries.len() > MAX_LIST {
            let what = format!("has {} {many}. The most is {MAX_LIST}.", entries.len());
            self.add(spot, slot, what);
        }
        for entry in entries {
            self.text(spot, slot, one, entry, (false, most));
        }
    }

    /// An answer keeps the words, so no words may stand twice.
    fn options(&mut self, spot: Spot, nouns: (&str, &str), options: &[String]) {
        self.list(spot, Slot::Options, nouns, options, MAX_SHORT);
        for (index, option) in options.iter().enumerate() {
            if options.iter().take(index).any(|before| before == option) {
                let what = format!("has the {} {} twice.", nouns.0, quoted(option));
                self.add(spot, Slot::Options, what);
            }
        }
    }
}
