//! What the check offers, put in the place of words that may point to somebody, where they were
//! written. Only a person's press does it, and the words are those that the button showed.

use super::draft::Change;
use crate::export::summary::{Source, line_at, source_of};
use crate::export::{LineId, Summary};
use crate::model::session::ArcpHeading;
use crate::model::{Answer, Asked, Body, Id, Journal, Session};
use crate::review::Finding;

/// Words of a line that have a record of their own, with what is offered in their place.
pub struct Replaced {
    /// The records as they were.
    pub before: Vec<Change>,
    /// The records with the words that are offered.
    pub after: Vec<Change>,
    /// What the line is called then.
    pub line: LineId,
    /// Whether both had agreed to what it said before.
    pub was_agreed: bool,
}

/// Replaces the words of a finding in a line of a summary. Nothing where nothing is offered, where
/// the words are the doctor's own, which nobody edits, or where they stand in no free text: in a
/// question, or among things that were ticked.
pub fn replaced(
    journal: &Journal,
    summary: &Summary,
    line: LineId,
    found: &Finding,
) -> Option<Replaced> {
    match line {
        LineId::Line(id, _) | LineId::Answer(id, _) => {
            let words = summary.lines().find(|known| known.id == line)?.text.as_str();
            let held = journal.held(id)?;
            let mut after = held.clone();
            let source = source_of(id, &held.session, line)?;
            let was_agreed = in_session(&mut after.session, source, (words, found))?;
            let line = line_at(id, &after.session, source)?;
            Some(Replaced {
                before: vec![one(id, held.body())],
                after: vec![one(id, after.body())],
                line,
                was_agreed,
            })
        }
        LineId::Action(id) => {
            let words = summary.actions.iter().find(|known| known.id == line)?.text.as_str();
            let action = journal.action(id)?;
            let mut after = action.clone();
            put(&mut after.text, (words, found))?;
            let (before, after) = (Body::Action(action.clone()), Body::Action(after));
            let (before, after) = (vec![one(id, before)], vec![one(id, after)]);
            Some(Replaced { before, after, line, was_agreed: false })
        }
        LineId::Meeting(_) => None,
    }
    .map(|replaced| with_place(replaced, journal, line))
}

const fn one(id: Id, body: Body) -> Change {
    Change { id, body }
}

/// Says whether both had agreed to what it said before.
fn in_session(session: &mut Session, source: Source, found: (&str, &Finding)) -> Option<bool> {
    match source {
        Source::Line(at) => {
            let line = session.arcp.get_mut(at)?;
            if line.heading == ArcpHeading::DoctorsWords {
                return None;
            }
            put(&mut line.text, found)?;
            // They agreed to what it said before.
            Some(std::mem::replace(&mut line.agreed, false))
        }
        Source::Answer(at) => {
            let items = session.sections.iter_mut().flat_map(|section| &mut section.items);
            let Asked { prompt, answer: Some(Answer::Text(text)), .. } =
                items.into_iter().nth(at)?
            else {
                return None;
            };
            let theirs = |prompts: &[String]| prompts.contains(&prompt.id);
            if session.brought.iter().any(|brought| theirs(&brought.prompts)) {
                return None;
            }
            put(text, found)?;
            Some(false)
        }
    }
}

/// Puts the offered words where the found ones stand, as many from the end as in the line: before
/// an answer the line has its question.
fn put(text: &mut String, (line, found): (&str, &Finding)) -> Option<()> {
    let offered = found.replacement.as_deref()?;
    let after = line.get(found.bytes.end..)?.matches(&found.text).count();
    let (at, words) = text.rmatch_indices(found.text.as_str()).nth(after)?;
    text.replace_range(at..at + words.len(), offered);
    Some(())
}

/// A line is known by its words: one that was moved keeps its place under its new name.
fn with_place(mut replaced: Replaced, journal: &Journal, old: LineId) -> Replaced {
    let (old, new) = (old.to_string(), replaced.line.to_string());
    let about = replaced.after.first().and_then(|change| match &change.body {
        Body::Session(session) => session.person,
        _ => None,
    });
    let person = about.and_then(|id| Some((id, journal.person(id)?)));
    if let Some((id, person)) =
        person.filter(|(_, it)| old != new && it.summary_order.contains(&old))
    {
        let mut after = person.clone();
        after
            .summary_order
            .iter_mut()
            .filter(|name| **name == old)
            .for_each(|it| it.clone_from(&new));
        replaced.before.push(one(id, Body::Person(person.clone())));
        replaced.after.push(one(id, Body::Person(after)));
    }
    replaced
}
