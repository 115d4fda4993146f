//! Which fields the person is asked about, and which settle themselves.

use super::Side;
use crate::model::Kind;
use crate::model::fields::Field;

/// The fields that hold the words of a layer, when a field is one.
pub fn layer_of(kind: Kind, field: &Field) -> Option<Vec<Field>> {
    match field {
        Field::Layer(prompt) => {
            Some(vec![Field::Answer(prompt.clone()), Field::OtherView(prompt.clone())])
        }
        Field::Key(key) if kind == Kind::Action && key == "layer" => {
            Some(["text", "reason"].map(|key| Field::Key(key.to_owned())).to_vec())
        }
        _ => None,
    }
}

/// Whether a field is a count of time, of which the larger one stands without asking.
pub fn is_counted(field: &Field) -> bool {
    matches!(field, Field::Key(key) if key == "spent")
}

/// Whether the person has to decide between different values of this field.
pub fn must_ask(kind: Kind, field: &Field, sides: &[Side]) -> bool {
    let plain = |side: &Side| side.value.as_ref().is_none_or(|value| !value.is_object());
    match field {
        Field::Item { .. } => !sides.iter().all(plain),
        Field::Order => false,
        // A question stands as long as an answer to it does; about that the person is asked.
        Field::Prompt(_) if sides.iter().any(|side| side.value.is_none()) => false,
        // An action that was taken out has none of these; there is none without them.
        Field::Key(key) if kind == Kind::Action && ALWAYS.contains(&key.as_str()) => {
            sides.iter().all(|side| side.value.is_some()) && layer_of(kind, field).is_none()
        }
        // That a conversation is over is no question; when somebody said so is none, either.
        Field::Key(key) if kind == Kind::Session && key == "finished" => {
            sides.iter().any(|side| side.value.is_none())
        }
        // What one looked at on two computers is no question.
        Field::Key(key) if kind == Kind::Plan && key == "seen" => false,
        _ => layer_of(kind, field).is_none() && !is_counted(field),
    }
}

/// What every action has.
const ALWAYS: [&str; 5] = ["text", "owner", "state", "layer", "made"];
