//! What leaves this machine: the words and the parts that are the same wherever something does.

use std::path::Path;

use egui::{Align, Id, Layout, Ui, UiBuilder, pos2, vec2};

use crate::app::Notice;
use crate::app::job::Written;
use crate::export::preview::LayerCount;
use crate::model::Layer;
use crate::ui::theme::{self, Icon, IconSize, Type};
use crate::ui::widgets::{Banner, Button, Field, layer, text};

/// The title of every page or panel before something leaves.
pub const TITLE: &str = "What leaves this machine";

/// How many lines of a layer leave.
pub fn layer_row(ui: &mut Ui, count: &LayerCount) {
    const HEIGHT: f32 = 44.0;
    const NUMBER: f32 = 28.0;
    let p = theme::of(ui);
    layer::edged(ui, count.layer, |ui| {
        ui.set_min_height(HEIGHT);
        ui.horizontal(|ui| {
            ui.set_min_height(HEIGHT);
            ui.spacing_mut().item_spacing.x = 6.0;
            let number = count.leaves.to_string();
            let cell = Layout::left_to_right(Align::Center);
            ui.allocate_ui_with_layout(vec2(NUMBER, HEIGHT), cell, |ui| {
                ui.set_min_width(NUMBER);
                text::show(ui, &number, Type::H2, p.text);
            });
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let words = count.layer.words();
                if count.layer == Layer::Arcp {
                    layer::words(ui, count.layer, words);
                    text::small(ui, &count.words);
                } else {
                    ui.add_space((HEIGHT - Type::Strong.token().line) / 2.0);
                    layer::words(ui, count.layer, &format!("{words}: {}", count.words));
                }
            });
        });
    });
}

/// Something to know before it leaves.
pub fn fact(ui: &mut Ui, icon: Icon, attention: bool, lead: &str, rest: &str) {
    const GAP: f32 = 14.0;
    let p = theme::of(ui);
    let size = IconSize::Nav.pts();
    let ink = if attention { p.attn } else { p.text2 };
    let at = ui.cursor().left_top();
    icon.paint(ui.painter(), pos2(at.x + size / 2.0, at.y + 10.0), size, ink);
    let mut room = ui.available_rect_before_wrap();
    room.min.x += size + GAP;
    ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
        text::runs(ui, &[(lead, Type::HintStrong, p.text), (rest, Type::Hint, p.text)]);
    });
}

/// To whom it goes.
pub fn to_whom(ui: &mut Ui, recipient: &mut String) {
    Field::new("To whom").hint("For your receipt. It may stay empty").show(ui, recipient);
}

/// The file, typed or chosen in the desktop's own dialog; says whether the dialog is asked for.
pub fn file(ui: &mut Ui, id: Id, path: &mut String, asking: bool) -> bool {
    Field::new("File").id(id).show(ui, path);
    let choose = Button::secondary("Choose…").small().icon(Icon::FolderOpen);
    let choose = choose.name("Choose where to save the file").cannot_yet(asking);
    ui.add(choose).clicked()
}

/// Why the file could not be written.
pub fn refused(ui: &mut Ui, notice: &Notice) {
    let words = format!("{} {}", notice.safe, notice.to_do);
    Banner::error(&notice.happened).words(words.trim()).show(ui);
}

/// Where the file is that left, and what its receipt says.
pub fn saved(ui: &mut Ui, Written { path, receipt, .. }: &Written) {
    let folder = path.parent().unwrap_or(Path::new(""));
    let digits: String = receipt.sha256.chars().take(12).collect();
    let words = format!(
        "{} is in {}. Receipt kept. SHA-256 begins {digits}.",
        receipt.file,
        folder.display()
    );
    Banner::information("Saved.").words(&words).icon(Icon::CheckCircle).show(ui);
}

/// That a receipt is kept.
pub fn receipt_line(ui: &mut Ui) {
    let p = theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let side = IconSize::Inline.pts();
        let (mark, _) = ui.allocate_exact_size(egui::Vec2::splat(side), egui::Sense::hover());
        Icon::Receipt.paint(ui.painter(), mark.center(), side, p.text2);
        text::show(ui, "A receipt of what left, and when, is kept", Type::Small, p.text2);
    });
}
