//! The ARCP summary: choosing and sending.

use std::path::PathBuf;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::toast;
use crate::app::action::SummaryAction;
use crate::app::inputs::{Inputs, SummaryForm};
use crate::app::job::{Job, Written};
use crate::app::notice::Notice;
use crate::app::screen::Screen;
use crate::app::state::{ShownSummary, State};
use crate::export::Format;
use crate::model::text::long_date;
use crate::model::{Body, Id};
use crate::platform::Existing;

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: SummaryAction, jobs: &mut Vec<Job>) {
    match wish {
        SummaryAction::Person(id) => super::go(state, inputs, Screen::Summary(Some(id)), jobs),
        SummaryAction::Period(from, to) => {
            if let Some(shown) = shown(state) {
                (shown.from, shown.to) = (from, to);
                shown.written = None;
            }
        }
        SummaryAction::Format(format) => {
            if let Some(shown) = shown(state) {
                shown.format = format;
                shown.written = None;
            }
        }
        SummaryAction::Save => export(state, inputs, jobs),
    }
}

fn shown(state: &mut State) -> Option<&mut ShownSummary> {
    state.open_mut()?.summary.as_mut()
}

/// Shows the summary of a person, over the year up to today.
pub fn show(state: &mut State, inputs: &mut Inputs, person: Id) {
    let today = state.today();
    let from = year_before(today);
    let Some(open) = state.open_mut() else { return };
    if open.summary.as_ref().is_some_and(|shown| shown.person == person) {
        return;
    }
    let format = Format::Pdf;
    open.summary = Some(ShownSummary {
        person,
        from,
        to: today,
        format,
        busy: false,
        notice: None,
        written: None,
    });
    inputs.summary =
        SummaryForm { from: long_date(from), to: long_date(today), ..SummaryForm::default() };
}

/// The day after the same day a year ago.
fn year_before(today: Date) -> Date {
    today.checked_sub(1.year()).and_then(|day| day.tomorrow()).unwrap_or(today)
}

fn export(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let (today, now) = (state.today(), state.now.timestamp());
    let receipt = state.fresh.id(now);
    let path = PathBuf::from(inputs.summary.path.trim());
    let Some(open) = state.open_mut() else { return };
    if open.read_only.is_some() {
        return;
    }
    let Some(shown) = open.summary.as_ref().filter(|shown| !shown.busy) else { return };
    let Some(summary) = open.summary(shown, &inputs.summary.left_out, today) else { return };
    if let Some(shown) = &mut open.summary {
        // What this screen wrote, or what the save dialog asked about, may be replaced.
        let ours = shown.written.as_ref() == Some(&path)
            || inputs.summary.asked_about.as_ref() == Some(&path);
        let existing = if ours { Existing::Replace } else { Existing::Keep };
        jobs.push(Job::Export {
            summary: Box::new(summary),
            format: shown.format,
            path,
            person: shown.person,
            receipt,
            to: inputs.summary.recipient.trim().to_owned(),
            existing,
        });
        shown.busy = true;
        shown.notice = None;
    }
}

pub fn exported(state: &mut State, result: Result<Written, Notice>) {
    let Some(open) = state.open_mut() else { return };
    let written = match result {
        Ok(Written { path, id, receipt }) => {
            open.journal.put(id, Body::Receipt(receipt));
            Ok(path)
        }
        Err(notice) => Err(notice),
    };
    let Some(shown) = &mut open.summary else { return };
    shown.busy = false;
    match written {
        Ok(path) => {
            shown.written = Some(path);
            toast(state, "Saved, and a receipt is kept", None);
        }
        Err(notice) => shown.notice = Some(notice),
    }
}
