//! Undo and redo of what is written in a conversation or reflection: its earlier states, as long
//! as it is open. They are forgotten when it is left and when the record is locked.
//!
//! Words that are typed without a pause in one place are one step; anything else that changes,
//! such as a choice, a note that goes or a line that moves to another layer, is a step of its own.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::inputs::EditorSpot;
use crate::model::{Action, Answer, Asked, Id, Session};

/// After the last key a new step begins.
const PAUSE: SignedDuration = SignedDuration::from_secs(1);
/// After the first key of a step, at the latest.
const LONGEST: SignedDuration = SignedDuration::from_secs(15);
/// The most steps.
const MOST: usize = 500;
/// The most characters that all steps hold together, in bytes.
const MOST_BYTES: usize = 24 * 1024 * 1024;

/// What can be undone: all that is written, but not whether it is finished and how long it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// What is asked and answered.
    pub session: Session,
    /// The actions that were agreed or settled in it.
    pub actions: BTreeMap<Id, Action>,
}

/// The earlier states.
#[derive(Debug, Clone)]
pub struct History {
    current: Content,
    undo: VecDeque<Content>,
    redo: Vec<Content>,
    typing: Option<Typing>,
    bytes: usize,
}

/// Words that are being typed in one place.
#[derive(Debug, Clone)]
struct Typing {
    spot: Option<EditorSpot>,
    began: Timestamp,
    last: Timestamp,
}

/// What a step changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Where; nothing when it is no place that takes the keyboard.
    pub spot: Option<EditorSpot>,
    /// After how many characters the change ends, in the state that stands now.
    pub caret: Option<usize>,
    /// Whether words changed and nothing else.
    is_typing: bool,
}

impl Content {
    /// What can be undone of a conversation.
    pub fn of(session: &Session, actions: &BTreeMap<Id, Action>) -> Content {
        let session = Session { spent: 0, finished: None, ..session.clone() };
        Content { session, actions: actions.clone() }
    }

    fn bytes(&self) -> usize {
        let session = &self.session;
        let answers = session.items().map(|asked| {
            let answer = match &asked.answer {
                Some(Answer::Text(text) | Answer::Person(text)) => text.len(),
                _ => 64,
            };
            answer + asked.other_view.as_ref().map_or(0, |view| view.text.len())
        });
        let notes = session.margin.iter().map(|note| note.text.len());
        let lines = session.arcp.iter().map(|line| line.text.len());
        let actions = self.actions.values().map(|action| action.text.len());
        answers.chain(notes).chain(lines).chain(actions).sum::<usize>() + 1024
    }
}

impl History {
    /// Begins with what stands now.
    pub const fn new(current: Content) -> History {
        History { current, undo: VecDeque::new(), redo: Vec::new(), typing: None, bytes: 0 }
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is something to redo.
    pub const fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Takes in what changed since the last call.
    pub fn note(&mut self, now: Timestamp, session: &Session, actions: &BTreeMap<Id, Action>) {
        let content = Content::of(session, actions);
        if content == self.current {
            return;
        }
        let changed = changed(&self.current, &content);
        let goes_on = self.typing.as_ref().is_some_and(|typing| {
            changed.is_typing
                && typing.spot == changed.spot
                && now >= typing.last
                && now.duration_since(typing.last) < PAUSE
                && now.duration_since(typing.began) < LONGEST
        });
        let before = std::mem::replace(&mut self.current, content);
        self.redo.clear();
        if goes_on {
            self.typing.iter_mut().for_each(|typing| typing.last = now);
            return;
        }
        let spot = changed.spot;
        self.typing = changed.is_typing.then_some(Typing { spot, began: now, last: now });
        self.bytes += before.bytes();
        self.undo.push_back(before);
        while self.undo.len() > MOST || self.bytes > MOST_BYTES && self.undo.len() > 1 {
            let oldest = self.undo.pop_front();
            self.bytes -= oldest.map_or(0, |content| content.bytes());
        }
    }

    /// Goes a step back and says what stands now and what changed by it.
    pub fn undo(&mut self) -> Option<(&Content, Changed)> {
        let to = self.undo.pop_back()?;
        self.bytes -= to.bytes();
        let from = std::mem::replace(&mut self.current, to);
        let changed = changed(&from, &self.current);
        self.redo.push(from);
        self.typing = None;
        Some((&self.current, changed))
    }

    /// Goes a step forward again.
    pub fn redo(&mut self) -> Option<(&Content, Changed)> {
        let to = self.redo.pop()?;
        let from = std::mem::replace(&mut self.current, to);
        let changed = changed(&from, &self.current);
        self.bytes += from.bytes();
        self.undo.push_back(from);
        self.typing = None;
        Some((&self.current, changed))
    }

    /// What stands now is what the screen shows: for a state that could not be put back exactly.
    pub fn stands(&mut self, session: &Session, actions: &BTreeMap<Id, Action>) {
        self.current = Content::of(session, actions);
    }
}

/// What is different, from the state before to the one that stands now.
fn changed(before: &Content, now: &Content) -> Changed {
    let mut found: Vec<Changed> = Vec::new();
    let (old, new) = (&before.session, &now.session);
    if old.items().map(|asked| &asked.prompt.id).eq(new.items().map(|asked| &asked.prompt.id)) {
        let pairs = old.items().zip(new.items()).filter(|(old, new)| old != new);
        found.extend(pairs.map(|(old, new)| answer(old, new)));
    } else {
        found.push(Changed::elsewhere(None));
    }
    let notes = |session: &Session| -> Vec<(String, Option<String>, bool)> {
        let part = |note: &crate::model::Margin| {
            (note.text.clone(), note.beside.clone(), note.basis.is_some())
        };
        session.margin.iter().map(part).collect()
    };
    if old.margin != new.margin {
        let same = |a: &(String, Option<String>, bool), b: &(String, Option<String>, bool)| {
            (&a.1, a.2) == (&b.1, b.2)
        };
        let (old, new) = (notes(old), notes(new));
        found.push(in_list(&old, &new, same, |one| &one.0, EditorSpot::Note));
    }
    if old.arcp != new.arcp {
        let same = |a: &crate::model::ArcpLine, b: &crate::model::ArcpLine| {
            (a.heading, &a.from, a.evidence.len()) == (b.heading, &b.from, b.evidence.len())
        };
        found.push(in_list(&old.arcp, &new.arcp, same, |line| &line.text, EditorSpot::Line));
    }
    let ids: std::collections::BTreeSet<&Id> =
        before.actions.keys().chain(now.actions.keys()).collect();
    for id in ids {
        let (old, new) = (before.actions.get(id), now.actions.get(id));
        if old != new {
            found.push(action(*id, old, new));
        }
    }
    if old.title != new.title {
        found.push(Changed { spot: None, caret: None, is_typing: true });
    }
    if (old.tags != new.tags) || (old.minutes, &old.place) != (new.minutes, &new.place) {
        found.push(Changed::elsewhere(None));
    }
    let alone = found.len() == 1;
    match found.into_iter().next() {
        Some(first) => Changed { is_typing: first.is_typing && alone, ..first },
        None => Changed::elsewhere(None),
    }
}

impl Changed {
    const fn elsewhere(spot: Option<EditorSpot>) -> Changed {
        Changed { spot, caret: None, is_typing: false }
    }
}

fn answer(old: &Asked, new: &Asked) -> Changed {
    let id = new.prompt.id.clone();
    let beside = (old.layer, old.basis) == (new.layer, new.basis);
    if beside && old.answer == new.answer {
        let (old, new) = (old.other_view.as_ref(), new.other_view.as_ref());
        let caret = old.zip(new).map(|(old, new)| end_of_change(&old.text, &new.text));
        let spot = match new {
            Some(_) => EditorSpot::OtherView(id),
            None => EditorSpot::Prompt(id),
        };
        return Changed { spot: Some(spot), caret, is_typing: caret.is_some() };
    }
    let is_typing = beside && old.other_view == new.other_view && is_typed(old, new);
    let text = |asked: &Asked| match &asked.answer {
        Some(Answer::Text(text)) => Some(text.clone()),
        None => Some(String::new()),
        _ => None,
    };
    let caret = text(old).zip(text(new)).map(|(old, new)| end_of_change(&old, &new));
    Changed { spot: Some(EditorSpot::Prompt(id)), caret, is_typing }
}

/// Whether an answer is one that is typed, and changed as typing changes it.
fn is_typed(old: &Asked, new: &Asked) -> bool {
    match (&old.answer, &new.answer) {
        (Some(Answer::Evidence(old)), Some(Answer::Evidence(new))) => old.len() == new.len(),
        (Some(Answer::Capability(old)), Some(Answer::Capability(new))) => {
            let chosen = |one: &crate::model::CapabilityRating| (one.code.clone(), one.rating);
            old.iter().map(chosen).eq(new.iter().map(chosen))
        }
        (old, new) => [old, new].into_iter().all(|answer| {
            matches!(answer, None | Some(Answer::Text(_) | Answer::Date(_) | Answer::Person(_)))
        }),
    }
}

fn in_list<T: PartialEq>(
    old: &[T],
    new: &[T],
    same: impl Fn(&T, &T) -> bool,
    text: impl Fn(&T) -> &String,
    spot: impl Fn(usize) -> EditorSpot,
) -> Changed {
    let differ = |at: &usize| old.get(*at) != new.get(*at);
    let at = (0..old.len().max(new.len())).find(differ).unwrap_or(0);
    let shown = at.min(new.len().saturating_sub(1));
    let spot = (!new.is_empty()).then(|| spot(shown));
    match (old.get(at), new.get(at)) {
        (Some(old_one), Some(new_one)) if old.len() == new.len() => Changed {
            spot,
            caret: Some(end_of_change(text(old_one), text(new_one))),
            is_typing: same(old_one, new_one),
        },
        _ => Changed::elsewhere(spot),
    }
}

fn action(id: Id, old: Option<&Action>, new: Option<&Action>) -> Changed {
    let spot = new.map(|_| EditorSpot::Action(id));
    match (old, new) {
        (Some(old), Some(new)) => {
            let fixed = |action: &Action| (action.owner, action.state, action.layer);
            let caret = (old.text != new.text).then(|| end_of_change(&old.text, &new.text));
            Changed { spot, caret, is_typing: fixed(old) == fixed(new) }
        }
        _ => Changed::elsewhere(spot),
    }
}

/// After how many characters of the new text what differs from the old one ends. Texts may be
/// long, so bytes are compared, and characters counted only once.
fn end_of_change(old: &str, new: &str) -> usize {
    let same = |(old, new): &(u8, u8)| old == new;
    let begin = old.bytes().zip(new.bytes()).take_while(same).count();
    let room = old.len().min(new.len()) - begin;
    let ends = old.bytes().rev().zip(new.bytes().rev());
    let mut end = new.len() - ends.take(room).take_while(same).count();
    while !new.is_char_boundary(end) {
        end += 1;
    }
    new[..end].chars().count()
}
