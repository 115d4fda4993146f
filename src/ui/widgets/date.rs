//! A date typed as words.

use egui::{Response, Ui};
use jiff::civil::Date;

use super::field::Field;
use crate::model::date::{DateError, parse};
use crate::model::text::long_date;

/// A field for a date. What is typed is a text of the caller's; leaving the field writes it out
/// in full, or shows what is wrong.
#[must_use = "show it"]
pub struct DateField<'a> {
    label: &'a str,
    hint: Option<&'a str>,
    width: f32,
    label_hidden: bool,
}

/// What a date field holds.
#[derive(Debug)]
pub struct DateShown {
    /// The box's response.
    pub response: Response,
    /// The date, `None` when the box is empty.
    pub date: Result<Option<Date>, DateError>,
}

impl<'a> DateField<'a> {
    /// A field with this label.
    pub const fn new(label: &'a str) -> Self {
        DateField {
            label,
            hint: Some("For example, 6 August 2026"),
            width: 220.0,
            label_hidden: false,
        }
    }

    /// Another hint.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// No hint, in a row where the dates beside it show how one is written.
    pub const fn no_hint(mut self) -> Self {
        self.hint = None;
        self
    }

    /// Keeps the label for screen readers only, where the heading above is the question.
    pub const fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    /// Another width of the box, in points.
    pub const fn width(mut self, points: f32) -> Self {
        self.width = points;
        self
    }

    /// Shows it. `today` settles the year when none is typed.
    pub fn show(self, ui: &mut Ui, typed: &mut String, today: Date) -> DateShown {
        let id = ui.make_persistent_id(("date", self.label));
        let writing = ui.memory(|memory| memory.has_focus(id));
        // While it is being written nothing is wrong yet.
        let error = if writing { None } else { parse(typed, today).err() };
        let error = error.map(|error| error.to_string());
        let mut field = Field::new(self.label).error(error.as_deref()).width(self.width).id(id);
        if let Some(hint) = self.hint {
            field = field.hint(hint);
        }
        if self.label_hidden {
            field = field.label_hidden();
        }
        let response = field.show(ui, typed);
        let date = parse(typed, today);
        if let (true, Ok(Some(date))) = (response.lost_focus(), &date) {
            *typed = long_date(*date);
        }
        DateShown { response, date }
    }
}
