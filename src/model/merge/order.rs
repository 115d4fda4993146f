//! Questions that were added side by side, under their headings.

use serde_json::{Value, json};

/// The headings with the questions of all sides: what only a later side has stands behind what it
/// stands behind there. Of a question that is not there any more the place is passed over.
pub fn all<'a>(mut sides: impl Iterator<Item = &'a Value>) -> Option<Value> {
    let mut order = sides.next()?.clone();
    for side in sides {
        for section in side.as_array().into_iter().flatten() {
            add_section(order.as_array_mut()?, section);
        }
    }
    Some(order)
}

/// An order with one more question, at the place that it has in another one.
pub fn with(mut order: Value, there: &Value, id: &str) -> Option<Value> {
    let ids = |section: &Value| section.get(1).and_then(Value::as_array).cloned();
    let has = |section: &&Value| ids(section).is_some_and(|ids| ids.contains(&json!(id)));
    let section = there.as_array()?.iter().find(has)?;
    let known: Vec<Value> = order.as_array()?.iter().filter_map(ids).flatten().collect();
    let here = |other: &Value| *other == json!(id) || known.contains(other);
    let near: Vec<Value> = ids(section)?.into_iter().filter(here).collect();
    add_section(order.as_array_mut()?, &json!([section.get(0), near]));
    Some(order)
}

/// Adds to an order what a section of another one has and no section of it.
fn add_section(order: &mut Vec<Value>, section: &Value) {
    let ids =
        |section: &Value| section.get(1).and_then(Value::as_array).cloned().unwrap_or_default();
    let known: Vec<Value> = order.iter().flat_map(ids).collect();
    let title = section.get(0).cloned().unwrap_or_default();
    let at = order.iter().position(|it| it.get(0) == Some(&title)).unwrap_or_else(|| {
        order.push(json!([title, []]));
        order.len() - 1
    });
    let Some(held) = order[at].get_mut(1).and_then(Value::as_array_mut) else { return };
    let mut next = 0;
    for id in ids(section) {
        match held.iter().position(|it| *it == id) {
            Some(at) => next = at + 1,
            None if known.contains(&id) => {}
            None => {
                held.insert(next, id);
                next += 1;
            }
        }
    }
}
