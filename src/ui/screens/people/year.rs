//! The year of a person: the next meeting, the meetings that their programme asks for, changeovers
//! and panels.

use egui::Ui;

use super::about::{member, new_member};
use super::part::{self, Head, inset, section};
use crate::app::action::SessionAction;
use crate::app::part::{Part, clock};
use crate::app::person_page::PersonPage;
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::model::changeover::TrainingYear;
use crate::model::countdown::until;
use crate::model::cycle::{Expected, Standing};
use crate::model::natural_date::spoken;
use crate::model::text::{count, long_date};
use crate::model::{Id, Meeting, Person};
use crate::ui::View;
use crate::ui::screens::today;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{ListRow, hairline};
use crate::ui::widgets::{setting, text};

/// Room for the buttons at the right of a row.
const BUTTON: f32 = 96.0;

/// Draws the tab.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, who: (Id, &Person)) {
    ui.spacing_mut().item_spacing.y = Space::M.pts();
    next(ui, view, open, who);
    if open.words().is_doctor() {
        return;
    }
    if let Some(page) = open.page_of(who.0) {
        cycle(ui, view, (open, page), who.0);
        changeovers(ui, view, (open, page));
    }
    panels(ui, view, open, who);
}

/// The next meeting, arranged where it stands.
fn next(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let key = (id, Part::Meeting, None);
    if part::form(ui, view, open, key) {
        return;
    }
    let today = view.state.today();
    let meeting = person.next_meeting.as_ref();
    let is_there = meeting.is_some();
    let (words, name) = match is_there {
        true => ("Change", "Change the next meeting"),
        false => ("Arrange", "Arrange the next meeting"),
    };
    let edits = [(key, (words, name))];
    let head = Head { title: "Next meeting", edits: &edits, ..Head::default() };
    section(ui, (view, open), &head, |ui, view| {
        let Some(meeting) = meeting else {
            inset(ui, |ui| text::secondary(ui, "No meeting is arranged."));
            return;
        };
        let mut out = None;
        inset(ui, |ui| {
            text::strong(ui, &day_words(meeting));
            let away = until(meeting.date, today);
            let rest = rest_words(meeting);
            let words = if rest.is_empty() { away } else { format!("{away}, {rest}") };
            text::secondary(ui, &words);
            if open.read_only.is_none() {
                ui.add_space(Space::Xs.pts());
                let start = Button::secondary("Start session").small().icon(Icon::Play);
                if ui.add(start.name("Start the meeting that is arranged")).clicked() {
                    out = Some(meeting.template.clone());
                }
            }
        });
        if let Some(template) = out {
            view.out.push(start(view, id, template));
        }
    });
}

/// "Friday 27 November 2026, 14:30".
pub fn day_words(meeting: &Meeting) -> String {
    let time = meeting.time.map(|time| format!(", {}", clock(time))).unwrap_or_default();
    format!("{}{time}", spoken(meeting.date))
}

fn rest_words(meeting: &Meeting) -> String {
    let minutes = meeting.minutes.map(|minutes| count(usize::from(minutes), "minute"));
    let place = Some(meeting.place.clone()).filter(|place| !place.is_empty());
    minutes.into_iter().chain(place).collect::<Vec<_>>().join(", ")
}

/// Starts from a template, or asks for one where it is not known.
pub fn start(view: &View<'_>, id: Id, template: String) -> Action {
    match view.state.library.get(&template) {
        Some(_) => Action::Session(SessionAction::Start { template, person: Some(id) }),
        None => Action::Go(Screen::Choose(Some(id))),
    }
}

/// The meetings of the year with what is due, and when.
fn cycle(ui: &mut Ui, view: &mut View<'_>, (open, page): (&Open, &PersonPage), id: Id) {
    let Some((title, unsure)) = &page.cycle else { return };
    let (held, of) = page.held;
    let heading = format!("Meetings of the year: {held} of {of}");
    let words = match unsure.as_str() {
        "" => title.clone(),
        unsure => format!("{title}. {unsure}"),
    };
    let head = Head { title: &heading, words: &words, ..Head::default() };
    section(ui, (view, open), &head, |ui, view| {
        if page.year.is_empty() {
            let words = "With a placement or an ARCP date, the meetings of the year are here.";
            inset(ui, |ui| text::secondary(ui, words));
        }
        for (at, one) in page.year.iter().enumerate() {
            hairline(ui);
            let margin = egui::Margin { left: 18, right: 14, top: 0, bottom: 0 };
            egui::Frame::NONE.inner_margin(margin).show(ui, |ui| {
                ui.push_id((at, &one.code), |ui| expected(ui, view, (open, one), id));
            });
        }
    });
}

fn expected(ui: &mut Ui, view: &mut View<'_>, (open, one): (&Open, &Expected), id: Id) {
    let label = today::asked_words(one);
    let icon = match one.standing {
        Standing::Held { .. } => Icon::Check,
        Standing::Due => Icon::CalendarBlank,
        Standing::Late { .. } => Icon::Clock,
        Standing::Next | Standing::NotRecorded => Icon::Circle,
    };
    setting::row(ui, icon, (&label, &one.words), BUTTON, |ui| match one.standing {
        Standing::Held { session, .. } => {
            let name = format!("Open: {label}");
            if ui.add(Button::quiet("Open").small().name(&name)).clicked() {
                view.out.push(Action::Session(SessionAction::Open(session)));
            }
        }
        Standing::NotRecorded => {}
        _ if open.read_only.is_some() => {}
        _ => {
            let name = format!("Start: {label}");
            let button = Button::secondary("Start").small().icon(Icon::Play).name(&name);
            if ui.add(button).clicked() {
                view.out.push(start(view, id, one.template.clone()));
            }
        }
    });
}

fn changeovers(ui: &mut Ui, view: &mut View<'_>, (open, page): (&Open, &PersonPage)) {
    let today = view.state.today();
    let Some(day) = page.changeover else { return };
    let year = TrainingYear::of(today).map(TrainingYear::words).unwrap_or_default();
    let words = format!("Training year {year}");
    let head = Head { title: "Changeover", words: &words, ..Head::default() };
    section(ui, (view, open), &head, |ui, _| {
        inset(ui, |ui| {
            text::strong(ui, &format!("{}, {}", spoken(day), until(day, today)));
        });
    });
}

/// The next panel, and those that have sat.
fn panels(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let today = view.state.today();
    let words = match person.arcp_date {
        Some(day) if day >= today => format!("Next: {}, {}", long_date(day), until(day, today)),
        Some(day) => format!("The date on record is past: {}", long_date(day)),
        None => "No date is known for the next panel. It stands under About.".to_owned(),
    };
    let edits = [((id, Part::Panel, None), ("Add", "Add a panel that has sat"))];
    let head = Head { title: "ARCP panels", words: &words, layer: None, edits: &edits };
    section(ui, (view, open), &head, |ui, view| {
        for (at, one) in person.past_arcps.iter().enumerate() {
            let title = match one.outcome.as_str() {
                "" => "Outcome not written down".to_owned(),
                code => format!("Outcome {code}"),
            };
            let day = long_date(one.date);
            let row = ListRow::new(&title).detail(&day);
            let adds = part::is_open(view, id, Part::Panel, None);
            let ends_card = at + 1 == person.past_arcps.len() && !adds;
            member(ui, view, open, (id, Part::Panel, at), (row, ends_card));
        }
        new_member(ui, view, open, (id, Part::Panel));
    });
}
