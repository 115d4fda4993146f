//! What the guidance on reflections asks for, in our own words with its sources, beside what is
//! written.

use egui::{Align, Frame, Layout, Margin, Rect, ScrollArea, Ui};

use super::Editor;
use crate::app::reflection::GUIDANCE;
use crate::model::text::month_and_year;
use crate::ui::theme::{self, Icon, Space, Type, tokens};
use crate::ui::widgets::{Drawer, IconButton, Level, text};

/// What it is called.
pub const TITLE: &str = "Guidance";

/// Draws it as the column at the right.
pub fn column(ui: &mut Ui, editor: &mut Editor<'_>) {
    contents(ui, editor, false);
}

/// Draws it over this part of the page, while it is open.
pub fn drawer(ui: &Ui, editor: &mut Editor<'_>, over: Rect) {
    if !editor.inputs.editor.guidance_open {
        return;
    }
    let width = tokens().layout.private_margin;
    let shown = Drawer::new(TITLE, width).show(ui, over, |ui, _| contents(ui, editor, true));
    if shown.close {
        editor.inputs.editor.guidance_open = false;
    }
}

fn contents(ui: &mut Ui, editor: &mut Editor<'_>, closes: bool) {
    let p = theme::of(ui);
    let Some(list) = editor.state.library.list(GUIDANCE) else { return };
    ScrollArea::vertical().id_salt("guidance").auto_shrink(false).show(ui, |ui| {
        let margin = Margin { left: 18, right: 18, top: 18, bottom: 20 };
        Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal(|ui| {
                text::heading(ui, Level::Group, TITLE);
                if !closes {
                    return;
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.add(IconButton::new(Icon::X, "Close the guidance")).clicked() {
                        editor.inputs.editor.guidance_open = false;
                    }
                });
            });
            for item in &list.items {
                ui.add_space(Space::S.pts());
                text::show(ui, &item.title, Type::HintStrong, p.text);
                text::show(ui, &item.about, Type::Hint, p.text2);
            }
            ui.add_space(Space::M.pts());
            text::show(ui, "Where this is from", Type::HintStrong, p.text2);
            for source in &list.sources {
                text::small(ui, source);
            }
            text::small(ui, &format!("Checked {}.", month_and_year(&list.checked)));
        });
    });
}
