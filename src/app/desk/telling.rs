//! What a file would change, in words.

use serde_json::{Value, json};

use crate::app::exchanging::{Both, Told, title};
use crate::app::history::name_of;
use crate::exchange::share::Settled;
use crate::model::fields::{Field, Parts, Shape};
use crate::model::merge::Side;
use crate::model::{Body, Id, Journal, Kind, compare, naming};

/// What changes in a thing, in words.
pub(super) fn told(
    id: Id,
    own: Option<&Body>,
    after: &Value,
    settled: &Settled,
    journal: &Journal,
) -> Told {
    let kind = own.map_or_else(|| kind_of(settled), Body::kind);
    let before = own.and_then(|body| body.write().ok()).unwrap_or_else(|| json!({}));
    let name_of = |id| name_of(journal, id);
    let mut rows = compare::changed(kind, &before, after, &name_of);
    // With whom a thing is shared is no news to either of them.
    rows.retain(|row| row.field != Field::Key("person".to_owned()));
    let shape = Shape::of(kind, [after]);
    let parts = Parts::of(&shape, after, &[]);
    let both = settled.open.iter().map(|conflict| {
        let say = |side: Option<&Side>| match side.map(|it| &it.value) {
            Some(Some(value)) => naming::words(kind, &conflict.field, value, &name_of),
            _ => "(taken out)".to_owned(),
        };
        let held = parts.values.get(&conflict.field);
        let own = conflict.sides.iter().position(|side| side.value.as_ref() == held).unwrap_or(0);
        let theirs = conflict.sides.iter().enumerate().find(|(at, _)| *at != own);
        Both {
            field: conflict.field.clone(),
            name: naming::name(kind, &conflict.field, &parts).0,
            mine: say(conflict.sides.get(own)),
            theirs: say(theirs.map(|(_, side)| side)),
        }
    });
    let finished = is_finished(kind, after);
    Told { id, kind, title: title(kind, after), finished, rows, both: both.collect() }
}

/// Whether nobody is still writing it.
pub(super) fn is_finished(kind: Kind, body: &Value) -> bool {
    kind != Kind::Session || body.get("finished").is_some_and(|when| !when.is_null())
}

fn kind_of(settled: &Settled) -> Kind {
    settled.keep.first().map_or(Kind::Session, |(version, ..)| version.entry.kind)
}
