//! What a doctor gives to their next supervisor, line by line: what is ticked becomes things of
//! the new pair, and travels in the ordinary file for two.
//!
//! - Answers and lines become one finished conversation with the new supervisor, each line under
//!   the question that it answered. A line that lay For the ARCP comes as a shared one: nothing goes
//!   to a panel again unless the two offer it anew.
//! - The doctor's own open actions become actions with the new supervisor.
//! - Paragraphs of the career plan that the doctor wrote become a plan with the new supervisor,
//!   unless the two have written one of their own; then they are lines of the conversation.
//!
//! All are new records: what is held with the supervisors before, and their pairs, stays as it is.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::draft::Change;
use super::job::Written;
use super::notice::Notice;
use crate::export::handover::{Candidate, Candidates, Source};
use crate::model::plan::Author;
use crate::model::session::{HANDED_OVER, TemplateRef};
use crate::model::{
    Action, ActionState, Answer, Asked, AskedSection, Body, Extra, Id, Journal, Layer, Owner, Plan,
    PlanField, Prompt, PromptKind, PromptLayer, Session,
};

/// A file for the next supervisor that is asked for.
pub struct HandOver {
    /// The identity of the asking.
    pub id: Id,
    /// The next supervisor.
    pub to: Id,
    /// Their name.
    pub name: String,
    /// What is to be kept first.
    pub changes: Vec<Change>,
    /// The record with it.
    pub journal: Box<Journal>,
    /// The file.
    pub path: PathBuf,
}

/// What came of it.
pub struct Given {
    /// The identity of the asking.
    pub id: Id,
    /// What is kept now.
    pub kept: Vec<(Id, Body)>,
    /// The file, or why there is none.
    pub result: Result<Written, Notice>,
}

/// From whom and when.
#[derive(Clone, Copy)]
pub struct Giving<'a> {
    /// The record.
    pub journal: &'a Journal,
    /// To whom.
    pub to: Id,
    /// The doctor's name.
    pub name: &'a str,
    /// Now.
    pub now: Timestamp,
    /// Today.
    pub today: Date,
}

/// The records that hold what is ticked, and nothing else. What was given before keeps its
/// records: the same ticks change nothing. Empty where nothing is ticked.
pub fn changes(
    of: Giving<'_>,
    candidates: &Candidates,
    ticked: &[String],
    fresh: &mut dyn FnMut() -> Id,
) -> Vec<Change> {
    let talks = of.journal.sessions_with(of.to);
    let held = talks.into_iter().find(|(_, talk)| talk.template.id == HANDED_OVER);
    let talk = held.map_or_else(&mut *fresh, |(id, _)| id);
    let as_plan = plan_is_free(of, candidates);
    let (mut sections, mut actions, mut paras) = (Vec::new(), Vec::new(), Vec::new());
    for group in &candidates.groups {
        let mut items = Vec::new();
        for line in group.lines.iter().filter(|line| ticked.contains(&line.name)) {
            match &line.source {
                Source::Action(id) => actions.extend(of.journal.action(*id)),
                Source::Plan(field) if as_plan => paras.push((*field, line)),
                Source::Plan(_) | Source::Words => items.push(asked(&group.title, line)),
            }
        }
        if !items.is_empty() {
            sections.push(AskedSection { title: group.title.clone(), items });
        }
    }
    let mut all = Vec::new();
    let from = (!sections.is_empty()).then_some(talk);
    if from.is_some() {
        all.push(Change { id: talk, body: Body::Session(conversation(of, sections)) });
    }
    all.extend(actions.into_iter().map(|action| copy(of, action, from, fresh)));
    if !paras.is_empty() {
        all.push(plan(of, &paras, fresh));
    }
    all
}

/// Whether the plan with the new supervisor holds nothing but what was given to them.
fn plan_is_free(of: Giving<'_>, candidates: &Candidates) -> bool {
    let Some((_, plan)) = of.journal.plan_of(of.to) else { return true };
    let is_given = |text: &String| {
        candidates.lines().any(|line| matches!(line.source, Source::Plan(_)) && line.says(text))
    };
    plan.comments.is_empty() && plan.words().values().flatten().all(is_given)
}

/// A line as an answer: what was asked, and the words with since when they stand.
fn asked(title: &str, line: &Candidate) -> Asked {
    let question = line.notes.first().map_or(title, String::as_str).to_owned();
    let more = line.notes.iter().skip(1).chain([&line.stands]);
    let words: Vec<&str> =
        line.words.iter().chain(more).map(String::as_str).filter(|it| !it.is_empty()).collect();
    let prompt = Prompt {
        id: format!("line-{}", line.name),
        text: question,
        why: String::new(),
        phrases: Vec::new(),
        layer: PromptLayer::Shared,
        hidden: false,
        kind: PromptKind::Text,
    };
    Asked::new(Arc::new(prompt), Layer::Shared, Some(Answer::Text(words.join("\n"))))
}

fn conversation(of: Giving<'_>, sections: Vec<AskedSection>) -> Session {
    Session {
        person: Some(of.to),
        template: TemplateRef { id: HANDED_OVER.to_owned(), version: 1 },
        title: "Handover".to_owned(),
        date: of.today,
        time: None,
        minutes: None,
        spent: 0,
        place: String::new(),
        sections,
        margin: Vec::new(),
        arcp: Vec::new(),
        tags: Vec::new(),
        kept: Vec::new(),
        brought: Vec::new(),
        links: Vec::new(),
        finished: Some(of.now),
        source_id: None,
        removed: None,
        extra: Extra::new(),
    }
}

/// The action with the new supervisor. Whose it is stays: only the doctor's own are given so.
fn copy(
    of: Giving<'_>,
    action: &Action,
    from: Option<Id>,
    fresh: &mut dyn FnMut() -> Id,
) -> Change {
    let given = of.journal.actions_with(of.to).into_iter();
    let mut same = given.filter(|(_, held)| held.text == action.text && held.due == action.due);
    let id = same.next().map_or_else(fresh, |(id, _)| id);
    let body = Action {
        person: Some(of.to),
        from,
        text: action.text.clone(),
        owner: Owner::Me,
        due: action.due,
        due_typed: action.due_typed.clone(),
        state: match action.state {
            ActionState::Part => ActionState::Part,
            _ => ActionState::Open,
        },
        settled: None,
        reason: String::new(),
        layer: Layer::Shared,
        made: of.today,
        source_id: None,
        removed: None,
        extra: Extra::new(),
    };
    Change { id, body: Body::Action(body) }
}

/// The plan with the new supervisor: the ticked paragraphs, in their fields.
fn plan(
    of: Giving<'_>,
    paras: &[(PlanField, &Candidate)],
    fresh: &mut dyn FnMut() -> Id,
) -> Change {
    let (id, mut plan) = match of.journal.plan_of(of.to) {
        Some((id, plan)) => (id, plan.clone()),
        None => (fresh(), Plan::with(of.to)),
    };
    let fields: BTreeSet<&str> = paras.iter().map(|(field, _)| field.key()).collect();
    for field in PlanField::ALL.into_iter().filter(|field| fields.contains(field.key())) {
        let here = paras.iter().filter(|(of, _)| *of == field);
        let words: Vec<String> = here.map(|(_, line)| line.words.join(" ")).collect();
        plan.set_field(field, &words.join("\n"), Author::Doctor, of.name, of.now, fresh);
    }
    Change { id, body: Body::Plan(plan) }
}
