//! A field in which different words stand side by side, and what a decision makes of it.

use serde_json::{Value, json};

use super::{Conflict, put};
use crate::model::fields::{Field, Parts};

impl Conflict {
    /// Whether all sides have the same words, and differ only in who wrote them and when.
    pub fn says_the_same(&self) -> bool {
        let first = self.text(0);
        first.is_some() && (1..self.sides.len()).all(|side| self.text(side) == first)
    }

    /// Whether all sides can stay, one below the other: they are words, or lists of words.
    pub fn can_keep_all(&self) -> bool {
        let several = self.values().count() > 1;
        let lists = || LISTS.iter().any(|key| self.all_have(key));
        several
            && match &self.field {
                Field::Item { .. } => true,
                Field::Answer(_) => self.is_text() || lists(),
                _ => self.is_text(),
            }
    }

    /// Whether the person can write something new instead: it is free text.
    pub fn is_text(&self) -> bool {
        match &self.field {
            Field::Answer(_) | Field::OtherView(_) | Field::Item { .. } => self.all_have("text"),
            Field::Key(key) => {
                !is_fixed(key) && self.values().all(Value::is_string) && self.values().count() > 0
            }
            _ => false,
        }
    }

    /// The words of a side, where it is free text.
    pub fn text(&self, side: usize) -> Option<&str> {
        let value = self.sides.get(side)?.value.as_ref()?;
        value.get("text").unwrap_or(value).as_str()
    }

    fn values(&self) -> impl Iterator<Item = &Value> {
        self.sides.iter().filter_map(|side| side.value.as_ref())
    }

    fn all_have(&self, key: &str) -> bool {
        self.values().all(|value| value.get(key).is_some())
    }

    /// The value that says these words.
    pub(super) fn written(&self, words: &str) -> Option<Value> {
        match &self.field {
            Field::Key(_) => Some(json!(words)),
            _ => {
                let mut value = self.values().next()?.clone();
                value["text"] = json!(words);
                Some(value)
            }
        }
    }

    /// Puts all sides in: texts joined, choices together, notes one after the other.
    pub(super) fn put_all(&self, parts: &mut Parts) {
        if let Field::Item { list, label } = &self.field {
            put(parts, &self.field, self.values().next().cloned());
            for value in self.values().skip(1) {
                parts.put_beside(list, label, value.clone());
            }
            return;
        }
        let joined = if self.is_text() {
            self.written(&self.joined())
        } else {
            LISTS.iter().find(|key| self.all_have(key)).map(|key| {
                let lists = self.values().filter_map(|value| value.get(key)?.as_array());
                let mut together: Vec<Value> = Vec::new();
                for one in lists.flatten() {
                    if !together.contains(one) {
                        together.push(one.clone());
                    }
                }
                json!({ *key: together })
            })
        };
        put(parts, &self.field, joined);
    }

    /// The words of all sides: one below the other, or on one line where there is only one.
    pub fn joined(&self) -> String {
        let between = match &self.field {
            Field::Key(key) if key != "to_know" && key != "adjustments" => " / ",
            _ => "\n\n",
        };
        let texts = (0..self.sides.len()).filter_map(|side| self.text(side));
        texts.collect::<Vec<_>>().join(between)
    }
}

/// Answers that are lists: together they hold what either side holds.
const LISTS: [&str; 4] = ["choice", "checked", "evidence", "capability"];

/// Keys whose text is not free: days, times, names of other records, words of a closed list.
fn is_fixed(key: &str) -> bool {
    const FIXED: [&str; 25] = [
        "date",
        "time",
        "finished",
        "person",
        "from",
        "due",
        "settled",
        "made",
        "owner",
        "state",
        "layer",
        "role",
        "arcp_date",
        "exam_date",
        "supervises_from",
        "supervises_until",
        "cct_date",
        "adjustments_on",
        "keep_until",
        "source_id",
        "id",
        "checked",
        "removed",
        "form",
        "situation",
    ];
    FIXED.contains(&key)
}
