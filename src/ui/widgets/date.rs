//! A date typed as people say it.

use egui::{Id, Response, Ui};
use jiff::civil::Date;

use super::Button;
use super::field::Field;
use super::text;
use crate::model::natural_date::{Known, Meant, NaturalDateError, read, read_back, spoken};
use crate::model::text::long_date;

/// A field for a date: "6 August 2026", "next Friday", "in 6 weeks". What is typed is a text of
/// the caller's. While it is typed, the day that is understood stands under the box; leaving the
/// field writes that day out in full. What is no day stays as it was typed, with what is wrong.
#[must_use = "show it"]
pub struct DateField<'a> {
    label: &'a str,
    hint: Option<&'a str>,
    width: f32,
    label_hidden: bool,
    back: bool,
    known: Known,
    id: Option<Id>,
}

/// What a date field holds.
#[derive(Debug)]
pub struct DateShown {
    /// The box's response. It says that it changed when another day was taken by the button, too.
    pub response: Response,
    /// The date, `None` when the box is empty.
    pub date: Result<Option<Date>, NaturalDateError>,
}

/// Another day that some people mean by words that were written out.
#[derive(Clone)]
struct Other {
    written: String,
    day: Date,
}

impl<'a> DateField<'a> {
    /// A field with this label.
    pub const fn new(label: &'a str) -> Self {
        DateField {
            label,
            hint: Some("For example, 6 August 2026"),
            width: 220.0,
            label_hidden: false,
            back: false,
            known: Known {
                arcp: None,
                exam: None,
                changeover: None,
                meeting: None,
                placement_end: None,
                cct: None,
            },
            id: None,
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

    /// For a day that has most likely been, such as that of evidence: without a year it is the
    /// nearest one, and "Friday" is the last. Otherwise it is the next to come.
    pub const fn back(mut self) -> Self {
        self.back = true;
        self
    }

    /// Days that have a name for the person at hand, so that "before ARCP" can be read.
    pub const fn known(mut self, known: Known) -> Self {
        self.known = known;
        self
    }

    /// An id known beforehand, to ask for the focus.
    pub const fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Shows it. `today` is the day from which the words are read.
    pub fn show(self, ui: &mut Ui, typed: &mut String, today: Date) -> DateShown {
        ui.vertical(|ui| self.shown(ui, typed, today)).inner
    }

    fn shown(self, ui: &mut Ui, typed: &mut String, today: Date) -> DateShown {
        let id = self.id.unwrap_or_else(|| ui.make_persistent_id(("date", self.label)));
        let writing = ui.memory(|memory| memory.has_focus(id));
        // While it is being written nothing is wrong yet.
        let error = if writing { None } else { self.read(typed, today).err() };
        let error = error.map(|error| error.to_string());
        let mut field = Field::new(self.label).error(error.as_deref()).width(self.width).id(id);
        if let Some(hint) = self.hint {
            field = field.hint(hint);
        }
        if self.label_hidden {
            field = field.label_hidden();
        }
        let mut response = field.show(ui, typed);
        let mut read = self.read(typed, today);
        let other_id = id.with("other day");
        if let (true, Ok(Some(meant))) = (response.lost_focus(), &read) {
            let written = long_date(meant.date);
            if let Some(day) = meant.or {
                let other = Other { written: written.clone(), day };
                ui.data_mut(|data| data.insert_temp(other_id, other));
            }
            *typed = written;
        }
        let other: Option<Other> = ui.data(|data| data.get_temp(other_id));
        let other = other.filter(|other| other.written == *typed).map(|other| other.day);
        let other = other.or_else(|| read.as_ref().ok()?.as_ref()?.or);
        if let Ok(Some(meant)) = &read
            && (response.has_focus() || other.is_some())
        {
            understood(ui, &response, &meant.words);
        }
        if let Some(day) = other
            && ui.add(Button::quiet(&format!("Or {}", spoken(day))).small()).clicked()
        {
            *typed = long_date(day);
            read = self.read(typed, today);
            response.mark_changed();
            ui.request_repaint();
        }
        DateShown { response, date: read.map(|meant| meant.map(|meant| meant.date)) }
    }

    fn read(&self, typed: &str, today: Date) -> Result<Option<Meant>, NaturalDateError> {
        if self.back {
            read_back(typed, today, &self.known)
        } else {
            read(typed, today, &self.known)
        }
    }
}

/// Says which day was understood, to a screen reader as well while it is being typed.
fn understood(ui: &mut Ui, field: &Response, words: &str) {
    let said = text::hint(ui, words);
    ui.ctx().accesskit_node_builder(said.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
    });
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_description(words));
}
