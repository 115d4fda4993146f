//! Placements, working time, time away, and the estimate of the end of the programme.

use egui::Ui;
use jiff::civil::Date;

use super::super::part::{self, Head, edit, inset, opener, section};
use crate::app::Action;
use crate::app::part::{Part, PartAction};
use crate::app::state::Open;
use crate::model::cct::{CAUTION, Estimate};
use crate::model::text::long_date;
use crate::model::time_out::TimeOut;
use crate::model::training::days;
use crate::model::{Id, Person};
use crate::ui::View;
use crate::ui::theme::Icon;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{ListRow, hairline};
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::text;

/// A row of a list: it opens the form of its member, which then takes its place. A row that
/// ends its card has the card's corners.
pub fn member(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    key: (Id, Part, usize),
    (row, ends_card): (ListRow<'_>, bool),
) {
    let (id, of, at) = key;
    hairline(ui);
    if part::form(ui, view, open, (id, of, Some(at))) {
        return;
    }
    let row = row.in_card(false, ends_card).one_of(opener(of, Some(at)), true);
    let response = row.show(ui);
    part::come_back(view, &response, of, Some(at));
    if response.clicked() && open.read_only.is_none() {
        view.out.push(Action::Part(PartAction::Open(id, of, Some(at))));
    }
}

/// The form of a new member, below its list, where it is open.
pub fn new_member(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, of): (Id, Part)) {
    if part::is_open(view, id, of, None) {
        hairline(ui);
        part::form(ui, view, open, (id, of, None));
    }
}

/// The posts of the programme.
pub fn placements(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let today = view.state.today();
    let empty = person.placements.is_empty();
    let words = if empty { "No placement is known yet." } else { "" };
    let edits = [((id, Part::Placement, None), ("Add", "Add a placement"))];
    let head = Head { title: "Placements", words, layer: None, edits: &edits };
    section(ui, (view, open), &head, |ui, view| {
        let now = person.placement_on(today);
        let overlap = open.page_of(id).is_some_and(|page| !page.overlaps.is_empty());
        let adds = part::is_open(view, id, Part::Placement, None);
        for (at, one) in person.placements.iter().enumerate() {
            let title = capital(&one.words());
            let supervisor = match one.supervisor.as_str() {
                "" => "clinical supervisor not known yet",
                name => name,
            };
            let detail = format!("{}, {supervisor}", one.days());
            let wte = one.wte.map(|wte| format!("{wte}%")).unwrap_or_default();
            let is_now = now.is_some_and(|now| now == one);
            let end = match (is_now, wte.as_str()) {
                (true, "") => "Now".to_owned(),
                (true, wte) => format!("Now, {wte}"),
                (false, wte) => wte.to_owned(),
            };
            let row = ListRow::new(&title).detail(&detail).end(&end).selected(is_now);
            let ends_card = at + 1 == person.placements.len() && !adds && !overlap;
            member(ui, view, open, (id, Part::Placement, at), (row, ends_card));
        }
        new_member(ui, view, open, (id, Part::Placement));
        overlaps(ui, open, id);
    });
}

/// What overlaps, in words.
fn overlaps(ui: &mut Ui, open: &Open, id: Id) {
    let Some(page) = open.page_of(id).filter(|page| !page.overlaps.is_empty()) else { return };
    hairline(ui);
    ui.add_space(8.0);
    inset(ui, |ui| {
        for words in &page.overlaps {
            error_line(ui, words);
        }
    });
}

/// The end date on record, the estimate and its working.
pub fn programme(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let key = (id, Part::Programme, None);
    if part::is_open(view, id, Part::Programme, None) {
        part::form(ui, view, open, key);
        return;
    }
    let edits = [(key, ("Change", "Change ARCP and end date"))];
    let head = Head { title: "End of the programme", edits: &edits, ..Head::default() };
    section(ui, (view, open), &head, |ui, view| {
        inset(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            let day = |day: Option<Date>| day.map(long_date).unwrap_or_default();
            super::fact(ui, "ARCP date", &day(person.arcp_date));
            hairline(ui);
            super::fact(ui, "On record", &day(person.cct_date));
            let Some(page) = open.page_of(id) else { return };
            match &page.estimate {
                None => {
                    text::small(ui, "With an end date on record, Cairn estimates the new one.");
                }
                Some(Err(words)) => {
                    error_line(ui, words);
                }
                Some(Ok(estimate)) => working(ui, view, estimate),
            }
        });
    });
}

fn working(ui: &mut Ui, view: &mut View<'_>, estimate: &Estimate) {
    hairline(ui);
    text::strong(ui, &format!("Programme ends: {}", lower(&estimate.words())));
    text::small(ui, CAUTION);
    let (icon, words) = match view.inputs.working {
        false => (Icon::CaretDown, "How this was estimated"),
        true => (Icon::CaretUp, "Put the working away"),
    };
    if ui.add(Button::quiet(words).small().icon_after(icon)).clicked() {
        view.inputs.working = !view.inputs.working;
    }
    for doubt in &estimate.doubts {
        error_line(ui, doubt);
    }
    if view.inputs.working {
        for line in &estimate.working {
            text::small(ui, line);
        }
    }
}

/// Less than full time, and time away from training.
pub fn time_away(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let out = open.page_of(id).map(|page| &page.time_out);
    let words = out.filter(|out| out.days > 0).map(TimeOut::words).unwrap_or_default();
    let title = "Working time and time away";
    let head = Head { title, words: &words, ..Head::default() };
    section(ui, (view, open), &head, |ui, view| {
        for (at, one) in person.part_time.iter().enumerate() {
            let title = format!("{}% of full time", one.wte);
            let detail = days(one.from, one.to);
            let end = if one.counted { "On record" } else { "" };
            let row = ListRow::new(&title).detail(&detail).end(end);
            member(ui, view, open, (id, Part::PartTime, at), (row, false));
        }
        for (at, one) in person.absences.iter().enumerate() {
            let detail = days(one.from, one.to);
            let end = if one.counted { "On record" } else { "" };
            let row = ListRow::new(one.kind.words()).detail(&detail).end(end);
            member(ui, view, open, (id, Part::Absence, at), (row, false));
        }
        new_member(ui, view, open, (id, Part::PartTime));
        new_member(ui, view, open, (id, Part::Absence));
        inset(ui, |ui| {
            if let Some(note) = out.and_then(|out| out.note.as_deref()) {
                text::small(ui, note);
            }
            ui.horizontal_wrapped(|ui| {
                let words = ("Less than full time", "Add less than full time");
                edit(ui, view, open, ((id, Part::PartTime, None), words));
                let words = ("Time away", "Add a time away");
                edit(ui, view, open, ((id, Part::Absence, None), words));
            });
        });
    });
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|c| c.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
