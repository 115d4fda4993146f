//! Two versions of a record side by side, in words.

use similar::{Algorithm, ChangeTag, TextDiff};

use serde_json::Value;

use super::fields::{Field, PLAN, Parts, Shape};
use super::naming::{self, NameOf};
use super::{Kind, Layer, PlanField};

/// Above this many words in the two texts together, the whole text counts as changed: finding
/// the words would take longer than a person waits.
const MOST_WORDS: usize = 20_000;

/// One field of two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which field.
    pub field: Field,
    /// What it is called: a question, "Due date".
    pub name: String,
    /// Who reads it, where it has a layer: before and after.
    pub layer: (Option<Layer>, Option<Layer>),
    /// What it said before; nothing where it was not there.
    pub before: Option<String>,
    /// What it says after.
    pub after: Option<String>,
}

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stands in both.
    Kept,
    /// It stands only before.
    Removed,
    /// It stands only after.
    Added,
}

/// A run of words that share their fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub fate: Fate,
    /// The words, with the spaces between.
    pub text: String,
}

impl Row {
    /// Whether the two versions differ here.
    pub fn is_changed(&self) -> bool {
        self.before != self.after
    }

    /// The layer that it has after, or else had before.
    pub fn layer(&self) -> Option<Layer> {
        self.layer.1.or(self.layer.0)
    }

    /// The two texts as one: what was kept, removed and added, word by word.
    pub fn pieces(&self) -> Vec<Piece> {
        let text = |side: &Option<String>| side.clone().unwrap_or_default();
        pieces(&text(&self.before), &text(&self.after))
    }
}

/// All that there is to read in two versions of a record, in the order of the page. What stands
/// only before keeps its place among the others. Fields that say how the record is built (its
/// questions, the layers of its answers, its template) are there only where they changed.
pub fn rows(kind: Kind, before: &Value, after: &Value, name_of: NameOf<'_>) -> Vec<Row> {
    let shape = Shape::of(kind, [before, after]);
    let old = Parts::of(&shape, before, &[]);
    let new = Parts::of(&shape, after, &[&old]);
    let mut fields = in_page_order(kind, &new);
    let mut at = 0;
    for field in in_page_order(kind, &old) {
        match fields.iter().position(|known| *known == field) {
            Some(place) => at = place + 1,
            None => {
                fields.insert(at, field);
                at += 1;
            }
        }
    }
    let row = |field: Field| {
        let side = |parts: &Parts| {
            let value = parts.values.get(&field)?;
            let words = naming::words(kind, &field, value, name_of);
            (!words.trim().is_empty()).then_some(words)
        };
        let layer = |parts: &Parts| {
            parts.values.get(&field).and_then(|_| naming::name(kind, &field, parts).1)
        };
        let named = if new.values.contains_key(&field) { &new } else { &old };
        let (before, after) = (side(&old), side(&new));
        Row {
            name: naming::name(kind, &field, named).0,
            layer: (layer(&old), layer(&new)),
            before,
            after,
            field,
        }
    };
    let tells = |row: &Row| match &row.field {
        Field::Order | Field::Prompt(_) | Field::Layer(_) => row.is_changed(),
        // What its owner has looked at is no content.
        Field::Key(key) if kind == Kind::Plan && key == "seen" => false,
        Field::Key(key) if is_housekeeping(key) => row.is_changed(),
        // It says nothing but where a line stands.
        Field::Item { list, .. } if list == "summary_order" => false,
        _ => row.before.is_some() || row.after.is_some(),
    };
    fields.into_iter().map(row).filter(tells).collect()
}

/// Whether a key says where the record comes from rather than what it says.
fn is_housekeeping(key: &str) -> bool {
    matches!(key, "person" | "template" | "time" | "spent" | "source_id" | "from")
}

/// The fields that differ between two versions.
pub fn changed(kind: Kind, before: &Value, after: &Value, name_of: NameOf<'_>) -> Vec<Row> {
    let mut rows = rows(kind, before, after, name_of);
    rows.retain(Row::is_changed);
    rows
}

/// What changed, in a few words: "2 answers and 1 private note". Empty when nothing did.
pub fn summary(rows: &[Row]) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for row in rows.iter().filter(|row| row.is_changed()) {
        let what = match &row.field {
            Field::Answer(_) => "answer",
            Field::Basis(_) => "mark",
            Field::OtherView(_) => "other view",
            Field::Item { list, .. } if list == "margin" => "private note",
            Field::Item { list, .. } if list == "arcp" => "line for the ARCP",
            Field::Item { list, .. } if list == "tags" => "tag",
            Field::Item { list, .. } if list == "kept" => "place kept as it stands",
            Field::Item { list, .. } if list == "own_words" => "word of your own",
            Field::Item { list, .. } => noun(list),
            Field::Layer(_) => "layer",
            Field::Order | Field::Prompt(_) => "question",
            Field::Key(_) | Field::Whole => &row.name,
        };
        match counts.iter_mut().find(|(known, _)| *known == what) {
            Some((_, count)) => *count += 1,
            None => counts.push((what, 1)),
        }
    }
    let words = |(what, count): &(&str, usize)| match (what.starts_with(char::is_uppercase), count)
    {
        (true, _) => (*what).to_owned(),
        (false, 1) => format!("1 {what}"),
        (false, n) => {
            match what.split_once(' ').filter(|(first, _)| ["line", "time", "row"].contains(first))
            {
                Some((first, rest)) => format!("{n} {first}s {rest}"),
                None => format!("{n} {what}s"),
            }
        }
    };
    let words: Vec<String> = counts.iter().map(words).collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What one member of a person's list is called when there may be several.
fn noun(list: &str) -> &'static str {
    match list {
        "part_time" => "time of less than full time",
        "absences" => "time away from training",
        "exams" => "exam",
        "attempts" => "exam attempt",
        "past_arcps" => "ARCP panel",
        "goals" => "goal",
        "summary_left_out" => "line left out of the summary",
        "summary_pasted" => "box of the portfolio",
        "comments" => "comment",
        "notes" => "private note",
        "accepted" => "agreement",
        "options" => "option",
        "roads" => "row of an option",
        list if PlanField::of_key(list).is_some() => "paragraph",
        "handover_ticked" => "line ticked for the next supervisor",
        _ => "placement",
    }
}

/// The fields of a body as the page shows them: what it is, what was asked, what was written
/// beside it.
fn in_page_order(kind: Kind, parts: &Parts) -> Vec<Field> {
    let mut keys: Vec<&String> = parts
        .values
        .keys()
        .filter_map(|field| match field {
            Field::Key(key) => Some(key),
            _ => None,
        })
        .collect();
    keys.sort_by_key(|key| (key_rank(kind, key), key.as_str()));
    let mut fields: Vec<Field> = Vec::new();
    if parts.values.contains_key(&Field::Whole) {
        fields.push(Field::Whole);
    }
    fields.extend(keys.into_iter().map(|key| Field::Key(key.clone())));
    let order = parts.values.get(&Field::Order);
    fields.extend(order.map(|_| Field::Order));
    let sections = order.and_then(Value::as_array).into_iter().flatten();
    let ids = sections.filter_map(|section| section.get(1)?.as_array()).flatten();
    for id in ids.filter_map(Value::as_str) {
        let of_prompt =
            [Field::Prompt, Field::Layer, Field::Answer, Field::Basis, Field::OtherView]
                .map(|make| make(id.to_owned()));
        fields.extend(
            of_prompt.into_iter().filter(|field| {
                parts.values.contains_key(field) || matches!(field, Field::Answer(_))
            }),
        );
    }
    let mut items: Vec<Field> = parts.items().collect();
    if kind == Kind::Plan {
        items.sort_by_key(|field| match field {
            Field::Item { list, .. } => PLAN.iter().position(|known| known == list),
            _ => None,
        });
    }
    fields.extend(items);
    fields
}

/// Where a key stands on the page: what names the record first.
fn key_rank(kind: Kind, key: &str) -> usize {
    const SESSION: [&str; 7] = ["title", "person", "date", "time", "minutes", "place", "finished"];
    const ACTION: [&str; 9] =
        ["text", "owner", "due", "state", "settled", "reason", "layer", "person", "made"];
    const LIBRARY: [&str; 10] = [
        "title", "purpose", "about", "when", "when_not", "lead", "minutes", "sections", "items",
        "why",
    ];
    const LEARNING: [&str; 6] = ["title", "date", "kind", "minutes", "area", "changed"];
    let order: &[&str] = match kind {
        Kind::Person => &naming::person::ORDER,
        Kind::Session | Kind::Reflection => &SESSION,
        Kind::Action => &ACTION,
        Kind::Learning => &LEARNING,
        Kind::Template | Kind::Pack | Kind::List => &LIBRARY,
        _ => &[],
    };
    order.iter().position(|known| *known == key).unwrap_or(order.len())
}

/// Two texts as one, word by word.
pub fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |fate: Fate, text: &str| match pieces.last_mut() {
        Some(last) if last.fate == fate => last.text.push_str(text),
        _ if text.is_empty() => {}
        _ => pieces.push(Piece { fate, text: text.to_owned() }),
    };
    let words = |text: &str| text.split_whitespace().count();
    if words(before) + words(after) > MOST_WORDS {
        push(Fate::Removed, before);
        push(Fate::Added, after);
        return pieces;
    }
    let diff =
        TextDiff::configure().algorithm(Algorithm::Patience).diff_unicode_words(before, after);
    for change in diff.iter_all_changes() {
        let fate = match change.tag() {
            ChangeTag::Equal => Fate::Kept,
            ChangeTag::Delete => Fate::Removed,
            ChangeTag::Insert => Fate::Added,
        };
        push(fate, change.value());
    }
    tidied(pieces)
}

/// A space that is kept between two changed words only scatters the change: it goes with them.
fn tidied(pieces: Vec<Piece>) -> Vec<Piece> {
    let lone_space = |piece: &Piece| piece.fate == Fate::Kept && piece.text.trim().is_empty();
    let mut tidy: Vec<Piece> = Vec::new();
    let mut gap: (String, String) = Default::default();
    let flush = |gap: &mut (String, String), tidy: &mut Vec<Piece>| {
        for (fate, text) in [(Fate::Removed, &mut gap.0), (Fate::Added, &mut gap.1)] {
            if !text.is_empty() {
                tidy.push(Piece { fate, text: std::mem::take(text) });
            }
        }
    };
    let mut rest = pieces.into_iter().peekable();
    while let Some(piece) = rest.next() {
        let more_follows = rest.peek().is_some_and(|next| next.fate != Fate::Kept);
        let in_a_change = !gap.0.is_empty() && !gap.1.is_empty();
        match piece.fate {
            Fate::Removed => gap.0.push_str(&piece.text),
            Fate::Added => gap.1.push_str(&piece.text),
            Fate::Kept if lone_space(&piece) && in_a_change && more_follows => {
                gap.0.push_str(&piece.text);
                gap.1.push_str(&piece.text);
            }
            Fate::Kept => {
                flush(&mut gap, &mut tidy);
                tidy.push(piece);
            }
        }
    }
    flush(&mut gap, &mut tidy);
    tidy
}
