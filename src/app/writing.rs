//! What the check of the writing found in what is being written, kept in step with the words;
//! and words that are looked for on a page. All of it is forgotten at a lock.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

use super::draft::Draft;
use super::inputs::EditorSpot;
use super::proofread::{Done, Work};
use super::state::Open;
use crate::model::{Answer, Id, Kept};
use crate::review::{Family, Finding, Grade, Kind, Settings};

/// After the last key.
const PAUSE: SignedDuration = SignedDuration::from_millis(700);

/// How far the check has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// Something was typed that is still to be checked.
    Checking,
    /// All of it: so many places that may be identifiers, so many others.
    Found(usize, usize),
}

/// What was found, place by place.
#[derive(Default)]
pub struct Writing {
    of: Option<Id>,
    /// The last key that nobody has looked at yet.
    since: Option<Timestamp>,
    /// How many words there were when the writer last paused.
    pub words: usize,
    /// How often a text was handed over.
    looks: u64,
    hashes: RandomState,
    places: HashMap<EditorSpot, Place>,
    meant: HashMap<String, Vec<String>>,
    asked: Option<String>,
    wanted: HashSet<String>,
    /// The text that is written in now or was last: its hints are shown in words.
    pub in_use: Option<EditorSpot>,
    /// The reason for keeping the place that is shown, while it is typed.
    pub keeping: Option<Keeping>,
    /// A byte of a text that comes into view at its next drawing.
    pub bring_up: Option<(EditorSpot, usize)>,
    /// The place whose row was brought into view, by its text and its words.
    pub row_shown: Option<(EditorSpot, String)>,
    /// The suggestion of the place that is shown is to be taken.
    pub take_suggestion: bool,
}

/// A reason for keeping what may point to someone, while it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keeping {
    /// The words that stay.
    pub text: String,
    /// Why, as typed.
    pub reason: String,
    /// Whether it was tried without a reason.
    pub tried: bool,
}

#[derive(Default)]
struct Place {
    hash: u64,
    number: u64,
    waits: bool,
    length: usize,
    findings: Vec<Finding>,
}

impl Writing {
    /// What is to be looked at now: every text that changed since it was last looked at, once
    /// the writer pauses. `typed` says that something was typed since the last call.
    pub fn due(
        &mut self,
        draft: Option<&Draft>,
        typed: bool,
        now: Timestamp,
        open: &Open,
    ) -> Vec<Work> {
        if self.of != draft.map(|draft| draft.id) {
            *self = Writing { of: draft.map(|draft| draft.id), ..Writing::default() };
            self.since = self.of.map(|_| now);
        }
        if typed {
            self.since = Some(now);
        }
        let mut work: Vec<Work> =
            self.asked.take().map(|word| Work::Word(Zeroizing::new(word))).into_iter().collect();
        // A clock that was set back puts nothing off.
        let paused =
            self.since.is_some_and(|since| now < since || now.duration_since(since) >= PAUSE);
        if let Some(draft) = draft.filter(|_| paused) {
            self.since = None;
            let settings = Arc::new(settings(open, draft));
            self.words = texts(draft).map(|(_, text)| text.split_whitespace().count()).sum();
            self.places.retain(|spot, _| texts(draft).any(|(held, _)| held == *spot));
            for (spot, text) in texts(draft) {
                let hash = self.hashes.hash_one(text);
                let place = self.places.entry(spot.clone()).or_default();
                if place.hash == hash {
                    continue;
                }
                self.looks += 1;
                place.hash = hash;
                place.number = self.looks;
                place.waits = true;
                let text = Zeroizing::new(text.to_owned());
                let settings = settings.clone();
                work.push(Work::Text { spot, number: self.looks, text, settings });
            }
        }
        work
    }

    /// Milliseconds until there is something to look at.
    pub fn next_ms(&self, now: Timestamp) -> Option<u64> {
        let left = PAUSE - now.duration_since(self.since?);
        Some(u64::try_from(left.as_millis()).unwrap_or(0).clamp(1, 700))
    }

    /// Takes what was found; nothing of a text that has been handed over anew since.
    pub fn take(&mut self, done: Done) {
        match done {
            Done::Text { spot, number, findings } => {
                if let Some(place) = self.places.get_mut(&spot).filter(|p| p.number == number) {
                    place.waits = false;
                    place.length = 0;
                    place.findings = findings;
                }
            }
            Done::Word(word, meant) => {
                self.meant.insert(word, meant);
            }
        }
    }

    /// Has everything looked at again: what counts as found has changed.
    pub fn look_again(&mut self) {
        for place in self.places.values_mut() {
            place.hash = 0;
        }
        self.since = self.of.map(|_| Timestamp::UNIX_EPOCH);
    }

    /// These words are no longer said anything about: they are kept.
    pub fn put_away(&mut self, text: &str) {
        for place in self.places.values_mut() {
            place.findings.retain(|finding| finding.text != text);
        }
        self.keeping = None;
        self.look_again();
    }

    /// What was found in a text, brought into step with it: what was found stays with its words
    /// while others are typed before them, and goes when the words themselves change.
    pub fn found(&mut self, spot: &EditorSpot, text: &str) -> &[Finding] {
        let Some(place) = self.places.get_mut(spot) else { return &[] };
        if place.length != text.len() {
            let by = text.len().cast_signed() - place.length.cast_signed();
            let by = if place.length == 0 { 0 } else { by };
            place.findings.retain_mut(|finding| keep_in_step(finding, text, by));
            place.length = text.len();
        } else {
            place.findings.retain(|f| text.get(f.bytes.clone()) == Some(f.text.as_str()));
        }
        &place.findings
    }

    /// What may be meant by a word that is in no list; asked for when it is not known yet.
    pub fn meant(&mut self, word: &str) -> Option<String> {
        if let Some(meant) = self.meant.get(word) {
            return meant.first().cloned();
        }
        if self.wanted.insert(word.to_owned()) {
            self.asked = Some(word.to_owned());
        }
        None
    }

    /// How far the check has come.
    pub fn checked(&self) -> Checked {
        if self.since.is_some() || self.places.values().any(|place| place.waits) {
            return Checked::Checking;
        }
        let all = || self.places.values().flat_map(|place| &place.findings);
        let named = all().filter(|f| f.kind.family() == Family::Identifier).count();
        Checked::Found(named, all().count() - named)
    }
}

/// Whether a finding still stands, where it was or as far on as the text has grown.
fn keep_in_step(finding: &mut Finding, text: &str, by: isize) -> bool {
    let stands = |range: &Range<usize>| text.get(range.clone()) == Some(finding.text.as_str());
    if stands(&finding.bytes) {
        return true;
    }
    let moved = finding.bytes.start.checked_add_signed(by);
    let moved = moved.map(|start| start..start + finding.text.len());
    match moved.filter(stands) {
        Some(moved) => {
            finding.bytes = moved;
            true
        }
        None => false,
    }
}

/// Whether keeping it needs a reason: what surely points to someone does.
pub fn needs_reason(finding: &Finding) -> bool {
    finding.kind.family() == Family::Identifier && finding.grade == Grade::Strong
}

/// Remembers with what is written that words stay as they are.
pub fn keep(draft: &mut Draft, finding: &Finding, reason: &str) {
    let kept = Kept {
        kind: finding.kind.id().to_owned(),
        text: finding.text.clone(),
        reason: reason.trim().to_owned(),
    };
    let list = &mut draft.session.kept;
    list.retain(|other| (&other.kind, &other.text) != (&kept.kind, &kept.text));
    list.push(kept);
    draft.touched = true;
}

/// What to look for in what is written.
fn settings(open: &Open, draft: &Draft) -> Settings {
    let own = open.journal.settings();
    let off = |kind: &Kind| match kind.family() {
        Family::Identifier => false,
        Family::Wording => !own.check_wording,
        Family::Spelling => !own.check_spelling,
    };
    let names = open.journal.people().into_iter();
    Settings {
        names: names.map(|(_, person)| person.name.clone()).collect(),
        off: Kind::ALL.into_iter().filter(off).collect(),
        allowed: draft.session.kept.iter().map(|kept| kept.text.clone()).collect(),
        own_words: own.own_words,
        ..Settings::default()
    }
}

/// Every text that is written in a conversation or a reflection, in the order of the page.
pub fn texts(draft: &Draft) -> impl Iterator<Item = (EditorSpot, &str)> {
    let answers = draft.session.items().filter_map(|asked| match &asked.answer {
        Some(Answer::Text(words)) => {
            Some((EditorSpot::Prompt(asked.prompt.id.clone()), words.as_str()))
        }
        _ => None,
    });
    let lines = draft.session.arcp.iter().enumerate();
    let lines = lines.map(|(at, line)| (EditorSpot::Line(at), line.text.as_str()));
    let notes = draft.session.margin.iter().enumerate();
    let notes = notes.map(|(at, note)| (EditorSpot::Note(at), note.text.as_str()));
    answers.chain(lines).chain(notes)
}

/// Words that are looked for on a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Find {
    /// The words, as typed.
    pub wanted: String,
    /// The one that is shown, counted from 0.
    pub at: usize,
    /// The box takes the keyboard at its next drawing.
    pub takes_keyboard: bool,
    /// The one that is shown comes into view at its next drawing.
    pub bring_up: bool,
    /// The number of the text that is drawn next, on a page that counts them as it draws.
    pub drawn: usize,
    /// Where they stand: the number of the text on the page, and the bytes in it.
    pub hits: Vec<(usize, Range<usize>)>,
    /// What the hits were looked for with and in.
    stamp: Option<(String, Vec<usize>)>,
}

impl Find {
    /// These words, looked for from the first on.
    pub fn words(wanted: &str) -> Find {
        Find { wanted: wanted.to_owned(), bring_up: true, ..Find::default() }
    }

    /// Brings the hits into step with the texts of the page. They are looked for again when the
    /// words or the length of a text changed.
    pub fn look<'t>(&mut self, texts: impl Iterator<Item = &'t str> + Clone) {
        let stamp = (self.wanted.clone(), texts.clone().map(str::len).collect::<Vec<_>>());
        if self.stamp.as_ref() == Some(&stamp) {
            return;
        }
        if self.stamp.as_ref().is_none_or(|(wanted, _)| *wanted != self.wanted) {
            self.at = 0;
            self.bring_up = true;
        }
        self.hits = texts
            .enumerate()
            .flat_map(|(n, text)| {
                crate::search::within(text, &self.wanted).into_iter().map(move |hit| (n, hit))
            })
            .collect();
        self.at = self.at.min(self.hits.len().saturating_sub(1));
        self.stamp = Some(stamp);
    }

    /// Goes to the next one, or the one before; from the last to the first.
    pub fn step(&mut self, on: bool) {
        let count = self.hits.len();
        if count > 0 {
            self.at = (self.at + if on { 1 } else { count - 1 }) % count;
            self.bring_up = true;
        }
    }

    /// "3 of 12".
    pub fn count(&self) -> String {
        match self.hits.len() {
            _ if self.wanted.trim().is_empty() => String::new(),
            0 => "Nothing found".to_owned(),
            count => format!("{} of {count}", self.at + 1),
        }
    }

    /// The ones in a text, and which of them is shown.
    pub fn in_text(&self, number: usize) -> impl Iterator<Item = (Range<usize>, bool)> + '_ {
        let hits = self.hits.iter().enumerate();
        hits.filter(move |(_, (text, _))| *text == number)
            .map(|(at, (_, hit))| (hit.clone(), at == self.at))
    }

    /// The one that is shown.
    pub fn current(&self) -> Option<&(usize, Range<usize>)> {
        self.hits.get(self.at)
    }
}
