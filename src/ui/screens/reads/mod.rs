//! What the other of a pair can read: a standing panel, and a page with every word of it.

mod page;
mod panel;

use jiff::civil::Date;

pub use page::show;
pub use panel::{PANEL, show as panel};

use crate::app::reads::Standing;
use crate::model::text::day_and_month;

/// "18 Aug".
fn short(day: Date) -> String {
    day.strftime("%-d %b").to_string()
}

/// Whether something was sent, and when, in a sentence.
fn standing_words(standing: Standing) -> String {
    match standing {
        Standing::NotSent => "Not sent yet".to_owned(),
        Standing::Changed(day) => format!("Sent {}, changed here since", day_and_month(day)),
        Standing::Sent(day) => format!("Sent {}", day_and_month(day)),
    }
}
