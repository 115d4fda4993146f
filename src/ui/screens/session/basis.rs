//! What a note or an answer rests on, in words and with an icon.

use egui::{Sense, Ui, vec2};

use crate::model::text::long_date;
use crate::model::{Asked, Basis, Session};
use crate::ui::theme::{self, Icon, IconSize, Type};
use crate::ui::widgets::{Button, menu, text};

/// The icon of a mark.
pub const fn icon(basis: Basis) -> Icon {
    match basis {
        Basis::Observed => Icon::Eye,
        Basis::Reported => Icon::SpeakerHigh,
        Basis::Evidence => Icon::Link,
        Basis::Impression => Icon::Lightbulb,
    }
}

/// The mark under a line, if there is one.
pub fn line(ui: &mut Ui, basis: Option<Basis>) {
    let Some(basis) = basis else { return };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let p = theme::of(ui);
        let side = IconSize::Inline.pts();
        let (rect, _) = ui.allocate_exact_size(vec2(side, 20.0), Sense::hover());
        icon(basis).paint(ui.painter(), rect.center(), side, p.text2);
        text::show(ui, basis.words(), Type::HintStrong, p.text2);
    });
}

/// Whose words an answer began as, where it was brought in.
pub fn origin(ui: &mut Ui, session: &Session, asked: &Asked) {
    let Some(origin) = session.origin(&asked.prompt.id).filter(|_| asked.is_answered()) else {
        return;
    };
    let words = format!("Began as words of {}, brought in {}", origin.who, long_date(origin.on));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let p = theme::of(ui);
        let side = IconSize::Inline.pts();
        let (rect, _) = ui.allocate_exact_size(vec2(side, 20.0), Sense::hover());
        Icon::TrayArrowDown.paint(ui.painter(), rect.center(), side, p.text2);
        text::show(ui, &words, Type::Hint, p.text2);
    });
}

/// The rows of a menu in which a mark is chosen; gives the new one when it is another.
pub fn rows(ui: &mut Ui, now: Option<Basis>) -> Option<Option<Basis>> {
    let mut chosen = None;
    for basis in Basis::ALL {
        let set = now == Some(basis);
        let mark = if set { Icon::Check } else { icon(basis) };
        if menu::menu_row(ui, Some(mark), basis.words(), "").clicked() && !set {
            chosen = Some(Some(basis));
        }
    }
    if now.is_some() && menu::menu_row(ui, Some(Icon::X), "Take the mark off", "").clicked() {
        chosen = Some(None);
    }
    chosen
}

/// The mark as a button that opens the menu; says whether it changed.
pub fn choose(ui: &mut Ui, basis: &mut Option<Basis>) -> bool {
    let words = basis.map_or("What does it rest on?", Basis::words);
    let shown = basis.map_or(Icon::Question, icon);
    let button = Button::ghost(words).icon(shown).icon_after(Icon::CaretDown).small();
    let mut chosen = None;
    menu::menu(ui, button, |ui| chosen = rows(ui, *basis));
    if let Some(new) = chosen {
        *basis = new;
    }
    chosen.is_some()
}
