//! Whose words a body holds that shows those of two people.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Field, Parts, Shape};
use crate::model::Kind;

/// A body in which every field that still says what was shown says what one's own body says: what
/// is left are one's own words.
pub fn own_words(kind: Kind, body: &Value, shown: &Value, own: &Value) -> Value {
    let shape = Shape::of(kind, [body, shown, own]);
    let own = Parts::of(&shape, own, &[]);
    let shown = Parts::of(&shape, shown, &[&own]);
    let now = Parts::of(&shape, body, &[&shown, &own]);
    let mut parts = now.clone();
    let all = [&own, &shown, &now].into_iter().flat_map(|parts| parts.values.keys());
    for field in all.cloned().collect::<BTreeSet<Field>>() {
        if now.values.get(&field) == shown.values.get(&field) {
            match own.values.get(&field) {
                Some(value) => drop(parts.values.insert(field, value.clone())),
                None => drop(parts.values.remove(&field)),
            }
        }
    }
    keep_questions(&mut parts, &now);
    parts.order_as(&[&own]);
    parts.body(&shape, &[])
}

/// Gives an answer without its question all that the question has elsewhere: it would have no
/// layer, else.
fn keep_questions(parts: &mut Parts, whole: &Parts) {
    let answered: BTreeSet<String> = parts.values.keys().filter_map(answered).collect();
    for id in answered {
        if parts.values.contains_key(&Field::Prompt(id.clone())) {
            continue;
        }
        for field in OF_A_QUESTION.map(|field| field(id.clone())) {
            if let Some(value) = whole.values.get(&field) {
                parts.values.insert(field, value.clone());
            }
        }
    }
}

const OF_A_QUESTION: [fn(String) -> Field; 5] =
    [Field::Prompt, Field::Layer, Field::Answer, Field::Basis, Field::OtherView];

/// The question that a field answers.
fn answered(field: &Field) -> Option<String> {
    match field {
        Field::Answer(id) | Field::Basis(id) | Field::OtherView(id) => Some(id.clone()),
        _ => None,
    }
}
