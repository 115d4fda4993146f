//! What a doctor wants to talk about at the next meeting: up to three points, in a conversation of
//! their own that their supervisor reads once it is sent.

use jiff::civil::Date;

use crate::model::session::PREPARE;
use crate::model::text::answer_words;
use crate::model::{Id, Journal, Layer, Meeting};

/// The points for the next meeting with somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Points {
    /// The conversation that holds them, once it is begun.
    pub session: Option<Id>,
    /// The points, in order.
    pub points: Vec<String>,
}

/// The points that are not talked about yet: the newest that were written since the last meeting.
pub fn points(journal: &Journal, person: Id, next: Option<&Meeting>) -> Points {
    let sessions = journal.sessions_with(person);
    let met: Option<Date> =
        sessions.iter().filter(|(_, talk)| talk.was_held()).map(|(_, talk)| talk.date).max();
    let written = sessions.into_iter().filter(|(_, talk)| {
        let since =
            met.is_none_or(|met| talk.date > met || talk.date == met && talk.finished.is_none());
        let before = next.is_none_or(|next| talk.date <= next.date);
        talk.template.id == PREPARE && since && before
    });
    let Some((id, talk)) = written.max_by_key(|(id, talk)| (talk.date, talk.time, *id)) else {
        return Points::default();
    };
    let shared = talk.items().filter(|asked| asked.layer != Layer::Private);
    let points = shared.filter_map(|asked| Some(answer_words(asked.answer.as_ref()?)));
    let points = points.filter(|words| !words.trim().is_empty()).collect();
    Points { session: Some(id), points }
}
