//! A field that offers words for what is typed.

use egui::{Frame, Id, Key, Margin, Modifiers, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::field::Field;
use super::text::{self, galley_line};
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type};

/// A field with offered words under it. The arrows choose one, Enter takes it, or takes what is
/// typed where none is chosen.
#[must_use = "show it"]
pub struct Complete<'a> {
    label: &'a str,
    placeholder: &'a str,
    width: f32,
    id: Id,
}

impl<'a> Complete<'a> {
    /// A field with this name for screen readers, and an app-wide id. A heading stands above it.
    pub const fn new(id: Id, label: &'a str) -> Self {
        Complete { label, placeholder: "", width: 320.0, id }
    }

    /// Words in the empty box.
    pub const fn placeholder(mut self, words: &'a str) -> Self {
        self.placeholder = words;
        self
    }

    /// Shows it; gives the words that were taken. `chosen` is the place of the chosen one among
    /// the offered.
    pub fn show(
        self,
        ui: &mut Ui,
        typed: &mut String,
        chosen: &mut Option<usize>,
        offered: &[String],
    ) -> Option<String> {
        let mut taken = None;
        *chosen = chosen.filter(|at| *at < offered.len());
        if ui.memory(|memory| memory.has_focus(self.id)) && !typed.trim().is_empty() {
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            let last = offered.len().checked_sub(1);
            if pressed(Key::ArrowDown) {
                *chosen = last.map(|last| chosen.map_or(0, |at| (at + 1).min(last)));
            }
            if pressed(Key::ArrowUp) {
                *chosen = chosen.and_then(|at| at.checked_sub(1));
            }
            if pressed(Key::Enter) {
                let words = chosen.and_then(|at| offered.get(at)).unwrap_or(typed);
                taken = Some(words.clone());
            }
        }
        let before = typed.clone();
        let shown = ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            let field = Field::new(self.label).label_hidden().id(self.id);
            let field = field.placeholder(self.placeholder);
            field.width(self.width).show(ui, typed);
            if !typed.trim().is_empty() && taken.is_none() {
                let pressed = self.rows(ui, *chosen, offered);
                taken = pressed.and_then(|at| offered.get(at)).cloned();
                self.hint(ui, typed, *chosen, offered);
            }
        });
        if *typed != before {
            *chosen = None;
            self.just_typed(ui, true);
        } else if self.just_typed(ui, false) {
            // What is offered for the last key is laid out only now.
            ui.scroll_to_rect(shown.response.rect.expand(Space::S.pts()), None);
        }
        if taken.is_some() {
            typed.clear();
            *chosen = None;
        }
        taken
    }

    /// Remembers that something was typed just now, or says whether it was.
    fn just_typed(&self, ui: &Ui, now: bool) -> bool {
        let id = self.id.with("typed just now");
        if now {
            ui.data_mut(|data| data.insert_temp(id, true));
            ui.request_repaint();
            return true;
        }
        ui.data_mut(|data| data.remove_temp::<bool>(id)).is_some()
    }

    /// What Enter does, said to a screen reader as well.
    fn hint(&self, ui: &mut Ui, typed: &str, chosen: Option<usize>, offered: &[String]) {
        let chosen = chosen.and_then(|at| offered.get(at)).map(String::as_str);
        let words = chosen.unwrap_or_else(|| typed.trim());
        let said = text::hint(ui, &format!("Enter adds “{words}”"));
        ui.ctx().accesskit_node_builder(said.id, |node| {
            node.set_live(egui::accesskit::Live::Polite);
        });
    }

    fn rows(&self, ui: &mut Ui, chosen: Option<usize>, offered: &[String]) -> Option<usize> {
        const ROW: f32 = 32.0;
        if offered.is_empty() {
            return None;
        }
        let p = theme::of(ui);
        let mut pressed = None;
        let width = self.width.min(ui.available_width());
        Frame::new()
            .inner_margin(Margin::same(4))
            .fill(p.raised)
            .stroke(Stroke::new(theme::line_width(ui), p.line_strong))
            .corner_radius(Radius::Control)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (at, words) in offered.iter().enumerate() {
                    // Not a stop for Tab: the arrows of the field lead here.
                    let room = vec2(width - 8.0, ROW);
                    let (rect, response) = ui.allocate_exact_size(room, Sense::CLICK);
                    let on = chosen == Some(at);
                    response.widget_info(|| {
                        WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), on, words)
                    });
                    if on || response.hovered() {
                        let fill = if on { p.accent_soft } else { p.hover };
                        ui.painter().rect_filled(rect, Radius::Control, fill);
                    }
                    let side = IconSize::Inline.pts();
                    let left = rect.left() + 10.0;
                    if on {
                        let at = pos2(left + side / 2.0, rect.center().y);
                        Icon::Check.paint(ui.painter(), at, side, p.text2);
                    }
                    let room = rect.width() - side - 28.0;
                    let words = galley_line(ui, words, Type::Control, p.text, room);
                    let corner = pos2(left + side + 8.0, rect.center().y - words.size().y / 2.0);
                    ui.painter().galley(corner, words, p.text);
                    if response.clicked() {
                        pressed = Some(at);
                    }
                }
            });
        pressed
    }
}
