//! Exams with their attempts against the cap, the next sitting, and the way to a plan of revision.

use egui::Ui;
use jiff::civil::Date;

use super::super::part::{Head, edit, inset, section};
use super::revise;
use super::training::{member, new_member};
use crate::app::Action;
use crate::app::part::Part;
use crate::app::revise::ReviseAction;
use crate::app::state::Open;
use crate::model::countdown::until;
use crate::model::person::is_same_exam;
use crate::model::text::{count, long_date};
use crate::model::{AttemptResult, Exam, Id, Person};
use crate::ui::View;
use crate::ui::theme::Icon;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::ListRow;
use crate::ui::widgets::text;

/// Draws the card.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    // Every exam in one list, those that are known in words alone too.
    let together = open.page_of(id).map_or(person, |page| &page.together);
    let today = view.state.today();
    let none = together.exams.is_empty() && together.attempts.is_empty();
    let words = if none { "No exam is known yet." } else { "" };
    let edits = [((id, Part::Exam, None), ("Add", "Add an exam"))];
    let head = Head { title: "Exams and attempts", words, layer: None, edits: &edits };
    section(ui, (view, open), &head, |ui, view| {
        for (at, exam) in together.exams.iter().enumerate() {
            let passed = passed(together, exam);
            let detail = next_words(exam, passed, today);
            let below = attempts_words(together, exam);
            let row = ListRow::new(&exam.name).detail(&detail).below(&below);
            member(ui, view, open, (id, Part::Exam, at), (row, false));
            inset(ui, |ui| {
                let cap = exam.cap_words();
                text::small(ui, cap.as_deref().unwrap_or("No cap is written down"));
                if !passed && open.read_only.is_none() {
                    plan(ui, view, open, id, exam);
                }
            });
            attempts(ui, view, open, (id, together), Some(&exam.name));
        }
        attempts(ui, view, open, (id, together), None);
        new_member(ui, view, open, (id, Part::Exam));
        new_member(ui, view, open, (id, Part::Attempt));
        inset(ui, |ui| {
            let words = ("Add an attempt", "Add an attempt");
            edit(ui, view, open, ((id, Part::Attempt, None), words));
        });
    });
}

fn plan(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id, exam: &Exam) {
    let is_for = |form: &crate::app::revise::ReviseForm| {
        form.person == id && is_same_exam(&form.exam, &exam.name)
    };
    if view.inputs.revise.as_ref().is_some_and(is_for) {
        revise::form(ui, view, open);
        return;
    }
    let name = format!("Plan revision for {}", exam.name);
    let button = Button::quiet("Plan revision…").small().icon(Icon::CalendarPlus).name(&name);
    if ui.add(button).clicked() {
        view.out.push(Action::Revise(ReviseAction::Open(id, exam.name.clone())));
    }
}

/// The attempts at an exam, in the order of their days; `None` for those at no exam of the list.
fn attempts(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (id, person): (Id, &Person),
    exam: Option<&str>,
) {
    let listed = |name: &str| person.exams.iter().any(|exam| is_same_exam(&exam.name, name));
    let mut of: Vec<_> = person
        .attempts
        .iter()
        .enumerate()
        .filter(|(_, one)| match exam {
            Some(exam) => is_same_exam(&one.exam, exam),
            None => !listed(&one.exam),
        })
        .collect();
    of.sort_by_key(|(_, one)| (one.date.is_none(), one.date));
    for (at, one) in of {
        let day = one.date.map_or_else(|| "Day not known".to_owned(), long_date);
        let title = format!("Attempt: {}", one.result.words());
        let detail = match exam {
            Some(_) => day,
            None => format!("{}, {day}", one.exam),
        };
        let icon = match one.result {
            AttemptResult::Passed => Icon::Check,
            AttemptResult::Awaited => Icon::CalendarBlank,
            _ => Icon::Circle,
        };
        let row = ListRow::new(&title).detail(&detail).icon(icon);
        member(ui, view, open, (id, Part::Attempt, at), (row, false));
    }
}

fn passed(person: &Person, exam: &Exam) -> bool {
    person.attempts_at(&exam.name).iter().any(|one| one.result == AttemptResult::Passed)
}

/// "Next sitting 20 February 2027, in 12 weeks, booked".
fn next_words(exam: &Exam, passed: bool, today: Date) -> String {
    match exam.next {
        _ if passed => "Passed".to_owned(),
        None => "No sitting planned".to_owned(),
        Some(day) => {
            let booked = if exam.booked { ", booked" } else { "" };
            let lead = if day >= today { "Next sitting" } else { "Sitting" };
            format!("{lead} {}, {}{booked}", long_date(day), until(day, today))
        }
    }
}

/// "2 attempts used, 4 left".
fn attempts_words(person: &Person, exam: &Exam) -> String {
    let (used, left) = person.attempts_used(exam);
    let used = match used {
        0 => "No attempt yet".to_owned(),
        used => format!("{} used", count(used, "attempt")),
    };
    match left {
        Some(left) => format!("{used}, {left} left"),
        None => used,
    }
}
