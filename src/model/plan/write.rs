//! Writing in a plan: which paragraph keeps its identity, and whose it becomes.

use jiff::Timestamp;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Author, Comment, FIRST, Note, Para, Plan, PlanField, Road, Seen};
use crate::model::{Extra, Id};

/// Makes identities that no other record has.
pub type Fresh<'a> = &'a mut dyn FnMut() -> Id;

impl Plan {
    /// Writes a field anew, one paragraph a line. A paragraph that says the same keeps its
    /// identity and its author; one that was changed keeps its identity and gets this author;
    /// one that was emptied goes. An option that goes takes its table with it.
    pub fn set_field(
        &mut self,
        field: PlanField,
        text: &str,
        by: Author,
        name: &str,
        now: Timestamp,
        fresh: Fresh<'_>,
    ) {
        let lines: Vec<&str> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let before = std::mem::take(self.paras_mut(field));
        let old: Vec<&str> = before.iter().map(|para| para.text.as_str()).collect();
        let new = |id: String, line: &str| Para {
            id,
            text: line.to_owned(),
            by,
            name: name.to_owned(),
            at: now,
            extra: Extra::new(),
        };
        let mut after: Vec<Para> = Vec::with_capacity(lines.len());
        for op in capture_diff_slices(Algorithm::Myers, &old, &lines) {
            if let DiffOp::Equal { old_index, len, .. } = op {
                after.extend(before.iter().skip(old_index).take(len).cloned());
                continue;
            }
            let mut changed = before.get(op.old_range()).unwrap_or_default().iter();
            for line in lines.get(op.new_range()).unwrap_or_default() {
                after.push(match changed.next() {
                    Some(para) => Para { extra: para.extra.clone(), ..new(para.id.clone(), line) },
                    None if before.is_empty() && after.is_empty() => new(FIRST.to_owned(), line),
                    None => new(fresh().to_string(), line),
                });
            }
        }
        *self.paras_mut(field) = after;
        if field == PlanField::Options {
            let options = &self.options;
            self.roads.retain(|para| {
                let option = para.id.split('/').next();
                options.iter().any(|it| Some(it.id.as_str()) == option)
            });
        }
    }

    /// Writes what is thought of an option in one row; no words take the row out.
    pub fn set_road(
        &mut self,
        (option, row): (&str, Road),
        text: &str,
        by: Author,
        name: &str,
        now: Timestamp,
    ) {
        let (id, text) = (row.id(option), text.trim());
        let at = self.roads.iter().position(|para| para.id == id);
        match at.and_then(|at| self.roads.get_mut(at)) {
            Some(para) if para.text == text => {}
            _ if text.is_empty() => self.roads.retain(|para| para.id != id),
            Some(para) => {
                (para.text, para.name) = (text.to_owned(), name.to_owned());
                (para.by, para.at) = (by, now);
            }
            None => self.roads.push(Para {
                id,
                text: text.to_owned(),
                by,
                name: name.to_owned(),
                at: now,
                extra: Extra::new(),
            }),
        }
    }

    /// Says something to the other one beside a field, and gives its identity; no words say
    /// nothing.
    pub fn comment(
        &mut self,
        field: PlanField,
        text: &str,
        (by, name): (Author, &str),
        now: Timestamp,
        fresh: Fresh<'_>,
    ) -> Option<String> {
        let text = text.trim();
        (!text.is_empty()).then(|| {
            let id = fresh().to_string();
            self.comments.push(Comment {
                id: id.clone(),
                field: field.key().to_owned(),
                text: text.to_owned(),
                by,
                name: name.to_owned(),
                at: now,
                extra: Extra::new(),
            });
            id
        })
    }

    /// The owner of this record said something themselves: it is not news.
    pub fn said(&mut self, comment: String) {
        if let Some(seen) = &mut self.seen {
            seen.comments.push(comment);
        }
    }

    /// Writes the private note beside a field; no words take it out.
    pub fn set_note(&mut self, field: PlanField, text: &str, fresh: Fresh<'_>) {
        let (key, text) = (field.key(), text.trim());
        if self.note(key) == text {
            return;
        }
        let at = self.notes.iter().position(|note| note.field == key);
        let first = at.map(|at| self.notes.remove(at));
        self.notes.retain(|note| note.field != key);
        if !text.is_empty() {
            let id = first.map_or_else(|| fresh().to_string(), |note| note.id);
            let note =
                Note { id, field: key.to_owned(), text: text.to_owned(), extra: Extra::new() };
            self.notes.insert(at.unwrap_or(self.notes.len()).min(self.notes.len()), note);
        }
    }

    /// The owner of this record has looked at all of it.
    pub fn look(&mut self, now: Timestamp) {
        let comments = self.comments.iter().map(|comment| comment.id.clone()).collect();
        let extra = self.seen.take().map(|seen| seen.extra).unwrap_or_default();
        self.seen = Some(Seen { at: now, words: self.words(), comments, extra });
    }

    /// The owner of this record has written in it: what they read of themselves is not news.
    /// `key` is that of [`Plan::words`].
    pub fn wrote(&mut self, key: &str, now: Timestamp) {
        let words = self.words();
        let Some(seen) = &mut self.seen else {
            self.look(now);
            return;
        };
        match words.get(key) {
            Some(texts) => drop(seen.words.insert(key.to_owned(), texts.clone())),
            None => drop(seen.words.remove(key)),
        }
        if key == PlanField::Options.key() {
            seen.words.retain(|known, _| !known.starts_with("roads/") || words.contains_key(known));
        }
    }
}
