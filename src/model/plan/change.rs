//! What changed between two states of the words of a plan, in plain words.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Comment, Labels, Plan, PlanField, Road, Words};
use crate::model::compare::{Fate, Piece, pieces};

/// The most characters that are quoted of a line.
const QUOTED: usize = 48;

/// One field that differs between two states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The key of [`Plan::words`].
    pub key: String,
    /// What it said before, a paragraph a line; empty where nothing stood.
    pub before: String,
    /// What it says after.
    pub after: String,
}

/// The fields that differ, in the order of the page.
pub fn changes_between(old: &Words, new: &Words) -> Vec<Change> {
    let keys: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let text =
        |words: &Words, key: &str| words.get(key).map(|it| it.join("\n")).unwrap_or_default();
    let mut changes: Vec<Change> = keys
        .into_iter()
        .filter(|key| old.get(*key) != new.get(*key))
        .map(|key| Change { key: key.clone(), before: text(old, key), after: text(new, key) })
        .collect();
    changes.sort_by_key(Change::place);
    changes
}

impl Plan {
    /// What the other one wrote since the owner of this record last looked; nothing where they
    /// never looked, because then all of it is new.
    pub fn unseen(&self) -> Vec<Change> {
        let seen = self.seen.as_ref();
        seen.map(|seen| changes_between(&seen.words, &self.words())).unwrap_or_default()
    }

    /// The comments that came since the owner of this record last looked.
    pub fn unseen_comments(&self) -> Vec<&Comment> {
        let Some(seen) = &self.seen else { return Vec::new() };
        self.comments.iter().filter(|comment| !seen.comments.contains(&comment.id)).collect()
    }

    /// What differs from the version that both agreed last.
    pub fn changed_since_agreed(&self) -> Vec<Change> {
        let agreed = self.agreed();
        agreed.map(|it| changes_between(&it.words, &self.words())).unwrap_or_default()
    }
}

impl Change {
    /// The field it is in: for a row of a table the options.
    pub fn field(&self) -> Option<PlanField> {
        match self.row() {
            Some(_) => Some(PlanField::Options),
            None => PlanField::of_key(&self.key),
        }
    }

    /// The option and the row, where it is one of a table.
    pub fn row(&self) -> Option<(&str, Road)> {
        Road::of_id(self.key.strip_prefix("roads/")?)
    }

    /// What the field is called in a list of changes.
    pub fn heading(&self, labels: Labels) -> String {
        match (self.row(), self.field()) {
            (Some((_, row)), _) => format!("{}, of an option", row.name()),
            (None, Some(field)) => field.short(labels).to_owned(),
            (None, None) => self.key.replace('_', " "),
        }
    }

    /// The two texts as one: what was kept, removed and added, word by word.
    pub fn pieces(&self) -> Vec<Piece> {
        pieces(&self.before, &self.after)
    }

    /// What happened, in one sentence.
    pub fn words(&self) -> String {
        let old: Vec<&str> = self.before.lines().collect();
        let new: Vec<&str> = self.after.lines().collect();
        let (mut gone, mut come): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
            if !matches!(op, DiffOp::Equal { .. }) {
                gone.extend(old.get(op.old_range()).unwrap_or_default());
                come.extend(new.get(op.new_range()).unwrap_or_default());
            }
        }
        match (gone.as_slice(), come.as_slice()) {
            ([], [one]) => format!("Added {}", quoted(one)),
            ([], many) => format!("Added {} lines", many.len()),
            ([one], []) => format!("Took out {}", quoted(one)),
            (many, []) => format!("Took out {} lines", many.len()),
            ([before], [after]) => reworded(before, after),
            (_, many) => format!("Changed {}", crate::model::text::count(many.len(), "line")),
        }
    }

    fn place(&self) -> (usize, String) {
        let fields = PlanField::ALL;
        let at = self.field().and_then(|of| fields.iter().position(|field| *field == of));
        let row = self.row().and_then(|(option, row)| {
            let row = Road::ALL.iter().position(|known| *known == row)?;
            Some(format!("{option}/{row}"))
        });
        (at.unwrap_or(fields.len()), row.unwrap_or_default())
    }
}

fn reworded(before: &str, after: &str) -> String {
    let pieces = pieces(before, after);
    let of = |fate: Fate| -> Vec<&str> {
        let all = pieces.iter().filter(|piece| piece.fate == fate);
        all.map(|piece| piece.text.trim()).filter(|text| !text.is_empty()).collect()
    };
    match (of(Fate::Removed).as_slice(), of(Fate::Added).as_slice()) {
        ([], [one]) => format!("Added {}", quoted(one)),
        ([one], []) => format!("Took out {}", quoted(one)),
        ([old], [new]) => format!("{} became {}", quoted(old), quoted(new)),
        _ => format!("Now says {}", quoted(after)),
    }
}

/// A line in quotation marks, cut where it is long.
fn quoted(text: &str) -> String {
    let text = text.trim();
    let mut cut: String = text.chars().take(QUOTED).collect();
    if cut.len() < text.len() {
        let at = cut.rfind(' ').unwrap_or(cut.len());
        cut.truncate(at);
        cut.push('…');
    }
    format!("“{cut}”")
}
