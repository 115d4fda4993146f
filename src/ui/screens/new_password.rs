//! A new password, typed twice, with how strong it is. The same on all screens that set one.

use egui::{Id, Ui};

use crate::app::password::{Judged, Strength};
use crate::ui::theme::Space;
use crate::ui::widgets::page::entered;
use crate::ui::widgets::{Field, progress};

/// The two fields of a new password.
pub struct NewPassword<'a> {
    /// The id of the first field; the second has one made from it.
    pub id: Id,
    /// The label of the first field.
    pub label: &'a str,
    /// The label of the second field.
    pub again_label: &'a str,
    /// Words that someone would try first.
    pub known: &'a str,
    /// Whether it was tried, so that what is missing is told.
    pub tried: bool,
    /// Whether the fields are those of the welcome pages.
    pub large: bool,
}

/// What is typed in them.
pub struct Typed {
    id: Id,
    enough: bool,
    /// Enter was pressed in the second field, or in the first when both are filled.
    pub entered: bool,
}

/// Gives the first field the keyboard.
pub fn focus(ui: &Ui, id: Id) {
    ui.memory_mut(|memory| memory.request_focus(id));
}

impl NewPassword<'_> {
    /// Shows them.
    pub fn show(
        self,
        ui: &mut Ui,
        password: &mut String,
        again: &mut String,
        judged: &mut Judged,
    ) -> Typed {
        let before = judged.of(password, self.known);
        let wrong = self.tried.then(|| refusal(password, before)).flatten();
        let first = self.field(self.label, self.id).error(wrong).show(ui, password);
        let strength = judged.of(password, self.known);
        meter(ui, password, strength, wrong.is_some());
        ui.add_space(Space::S.pts());
        let differs = self.tried && strength.is_enough() && password != again;
        let second = self
            .field(self.again_label, again_id(self.id))
            .error(differs.then_some("These do not match. Type it once more."))
            .show(ui, again);
        let mut done = entered(ui, &second);
        if entered(ui, &first) {
            if again.is_empty() && strength.is_enough() {
                second.request_focus();
            } else {
                done = true;
            }
        }
        Typed { id: self.id, enough: strength.is_enough(), entered: done }
    }

    fn field<'f>(&self, label: &'f str, id: Id) -> Field<'f> {
        let field = Field::new(label).id(id).secret();
        if self.large { field.large() } else { field }
    }
}

impl Typed {
    /// Gives the keyboard to the first field.
    pub fn focus_first(&self, ui: &Ui) {
        focus(ui, self.id);
    }

    /// Gives the keyboard to the field that is not right yet, or back to the last one.
    pub fn focus_what_is_missing(&self, ui: &Ui) {
        focus(ui, if self.enough { again_id(self.id) } else { self.id });
    }
}

fn again_id(id: Id) -> Id {
    id.with("again")
}

fn refusal(password: &str, strength: Strength) -> Option<&'static str> {
    if password.is_empty() { Some("Type a password first.") } else { strength.advice }
}

/// The four bars and the words. The advice stands here while typing, and above the field once
/// the password was refused.
fn meter(ui: &mut Ui, password: &str, strength: Strength, refused: bool) {
    if password.is_empty() {
        progress::strength(ui, 0, "", "How hard it is to guess shows here as you type.");
        return;
    }
    let (verdict, meaning) = match strength.words.split_once(". ") {
        Some((verdict, meaning)) => (format!("{verdict}."), meaning),
        None => (strength.words.to_owned(), ""),
    };
    let advice = strength.advice.filter(|_| !refused).unwrap_or_default();
    let meaning = format!("{meaning} {advice}");
    progress::strength(ui, strength.score, &verdict, meaning.trim_end());
}
