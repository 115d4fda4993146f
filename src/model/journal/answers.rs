//! What was answered before.

use jiff::civil::Date;

use super::Journal;
use crate::model::{Asked, Id};

impl Journal {
    /// The answers that were given to one prompt in earlier conversations with a person, newest
    /// first, with their days. `now` is the conversation that they are earlier than.
    pub fn earlier_answers(
        &self,
        person: Id,
        prompt: &str,
        (now, day): (Id, Date),
    ) -> Vec<(Date, &Asked)> {
        let before = |id: Id, date: Date| id != now && (date, id) < (day, now);
        self.sessions_with(person)
            .into_iter()
            .filter(|(id, session)| before(*id, session.date))
            .filter_map(|(_, session)| {
                let asked = session.items().find(|asked| asked.prompt.id == prompt)?;
                asked.is_answered().then_some((session.date, asked))
            })
            .collect()
    }
}
