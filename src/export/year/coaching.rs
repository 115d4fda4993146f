//! A coach's own log: the coaching conversations of a time, without a name.

use super::areas::Evidence;
use super::{Year, length, nothing_goes, of_the_owner, words_of};
use crate::export::letter::{Letter, Saying};
use crate::export::sheet::{Block, Cell, Column, Part, date};
use crate::model::text::count;

/// The title of the page.
pub const TITLE: &str = "Coaching log";

impl Letter {
    /// The log of the coaching conversations of a year.
    pub fn coaching(year: &Year<'_>) -> Letter {
        let evidence = Evidence::built_in();
        let is_numbered = year.settings.educator.numbered;
        let mut numbers: Vec<usize> = Vec::new();
        let (mut rows, mut minutes, mut unknown) = (Vec::new(), 0_usize, 0_usize);
        for talk in &year.talks {
            let Some(kind) = evidence.coaching(talk.template) else { continue };
            let length_of = talk.minutes.map_or_else(|| "Not recorded".to_owned(), length);
            minutes += usize::from(talk.minutes.unwrap_or_default());
            unknown += usize::from(talk.minutes.is_none());
            let mut row = vec![Cell::of(date(talk.date)), Cell::of(kind)];
            if is_numbered {
                row.push(Cell::of(
                    talk.doctor.map_or_else(String::new, |it| number(&mut numbers, it)),
                ));
            }
            row.push(Cell::of(length_of));
            rows.push(row);
        }
        let days = words_of(year.period);
        let saying = Saying {
            what: format!("{TITLE}, {}", days.replace('\u{a0}', " ")),
            file: TITLE,
            day: year.today,
            layers: nothing_goes(0),
            left_out: "Left out: names of doctors, titles of talks, every word that was written \
                       in them",
            notes: Vec::new(),
            outline: Vec::new(),
            names_no_doctor: true,
            may_tell: 0,
            holds_words: false,
        };
        let mut total = length(u16::try_from(minutes).unwrap_or(u16::MAX));
        if unknown > 0 {
            total.push_str(&format!(", {} without a length", count(unknown, "talk")));
        }
        let facts = vec![
            ("Dates", days.clone()),
            ("Conversations", rows.len().to_string()),
            ("Time in all", if rows.is_empty() { String::new() } else { total }),
        ];
        let foot = "Each is a conversation that was recorded and finished in Cairn.";
        let parts = vec![log(rows, is_numbered)];
        of_the_owner(year.settings, year.today, (TITLE, days, foot), facts, (saying, parts))
    }
}

/// The number of a doctor in this log, by the order in which they come in it.
fn number(numbers: &mut Vec<usize>, doctor: usize) -> String {
    let at = numbers.iter().position(|known| *known == doctor).unwrap_or_else(|| {
        numbers.push(doctor);
        numbers.len() - 1
    });
    format!("Doctor {}", at + 1)
}

fn log(rows: Vec<Vec<Cell>>, is_numbered: bool) -> Part {
    const TITLE: &str = "Conversations";
    if rows.is_empty() {
        let words = Block::Text(Cell::of("No coaching conversation is recorded in these dates."));
        return Part { title: TITLE.to_owned(), sub: false, blocks: vec![words] };
    }
    let mut head = vec![Column::points("Date", 120), Column::wide("Kind of talk")];
    if is_numbered {
        head.push(Column::points("With", 72));
    }
    head.push(Column::points("Length", 84));
    Part::table(TITLE, head, rows)
}
