//! The pages of what is about to leave, as they will be printed.

use egui::{
    Align, ColorImage, Context, Id, Image, Key, Layout, Modifiers, ScrollArea, TextureHandle, Ui,
    vec2,
};

use crate::app::Action;
use crate::app::press::{MOST_PAGES, PressAction, ShownPages};
use crate::app::state::Open;
use crate::export::Format;
use crate::export::pdf::{Pages, Picture};
use crate::model::Id as RecordId;
use crate::ui::View;
use crate::ui::screens::leaves;
use crate::ui::theme::{self, Icon, Space};
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::{Button, Level, modal, text};

/// As wide as an A4 page with its margins on screen.
const WIDTH: f32 = 660.0;

/// The button that shows them, and the layout they are set by where one may be chosen.
pub fn ways(ui: &mut Ui, view: &mut View<'_>, open: &Open, format: Format, layouts: bool) {
    if format != Format::Pdf {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let see = Button::secondary("See the pages").small().icon(Icon::FilePdf);
        if ui.add(see).clicked() {
            view.out.push(Action::Press(PressAction::Show));
        }
        if !layouts {
            return;
        }
        let choose = Button::quiet("Own layout…").small().name("Choose a layout of your own");
        if ui.add(choose.cannot_yet(open.asking_layout)).clicked() {
            view.out.push(Action::Press(PressAction::ChooseLayout));
        }
    });
    if let Some(layout) = open.layout.as_ref().filter(|_| layouts) {
        leaves::fact(ui, Icon::FilePdf, false, "Your own layout:", layout.name());
        if ui.add(Button::quiet("Use Cairn’s layout").small()).clicked() {
            view.out.push(Action::Press(PressAction::OurLayout));
        }
    }
}

/// Draws them over the page while they are shown.
pub fn show(ctx: &Context, view: &mut View<'_>, open: &Open) {
    let Some(shown) = &open.pages else { return };
    let ((), close) = modal::modal(ctx, "The pages", WIDTH, |ui, first| {
        let close = head(ui, view, shown);
        if first {
            close.request_focus();
        }
        ui.add_space(Space::Xs.pts());
        hairline(ui);
        ui.add_space(Space::S.pts());
        match &shown.made {
            None => {
                text::secondary(ui, "The pages are being set…");
            }
            Some(Err(notice)) => leaves::refused(ui, notice),
            Some(Ok(pages)) => {
                if let Some(picture) = pages.pictures.get(shown.at) {
                    page(ui, (shown, pages), picture);
                }
            }
        }
    });
    if close {
        view.out.push(Action::Press(PressAction::PutAway));
    }
}

/// Which page it is, the way to the others, and the button that closes them.
fn head(ui: &mut Ui, view: &mut View<'_>, shown: &ShownPages) -> egui::Response {
    text::heading(ui, Level::Section, "As it will be printed");
    let mut turn = None;
    let close = ui.horizontal(|ui| {
        if let Some(Ok(pages)) = &shown.made {
            let last = pages.pictures.len().saturating_sub(1);
            let back = Button::secondary("Back").small().icon(Icon::CaretLeft).name("Page before");
            if ui.add(back.cannot_yet(shown.at == 0)).clicked() {
                turn = Some(shown.at.saturating_sub(1));
            }
            let next = Button::secondary("Next").small().icon_after(Icon::CaretRight);
            if ui.add(next.name("Next page").cannot_yet(shown.at == last)).clicked() {
                turn = Some((shown.at + 1).min(last));
            }
            text::small(ui, &place(shown.at, pages));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(Button::secondary("Close").small().name("Close the pages"))
        })
        .inner
    });
    if let Some(to) = turn {
        view.out.push(Action::Press(PressAction::Turn(to)));
    }
    if close.inner.clicked() {
        view.out.push(Action::Press(PressAction::PutAway));
    }
    close.inner
}

fn place(at: usize, pages: &Pages) -> String {
    let place = format!("Page {} of {}", at + 1, pages.all);
    match pages.all > MOST_PAGES {
        true => format!("{place}. The first {MOST_PAGES} are shown"),
        false => place,
    }
}

/// The picture of a page on its own paper.
fn page(ui: &mut Ui, (shown, pages): (&ShownPages, &Pages), picture: &Picture) {
    let texture = texture(ui, shown, picture);
    let width = ui.available_width();
    let size = vec2(width, width * picture.height as f32 / picture.width.max(1) as f32);
    let p = theme::of(ui);
    ScrollArea::vertical().id_salt(("page", shown.at)).show(ui, |ui| {
        scroll_by_keys(ui);
        egui::Frame::new().fill(p.surface).stroke((theme::line_width(ui), p.line)).show(ui, |ui| {
            let image = Image::new((texture.id(), size));
            ui.add(image.alt_text(place(shown.at, pages)));
        });
    });
}

/// Moves the page by most of what is seen of it.
fn scroll_by_keys(ui: &mut Ui) {
    let step = ui.clip_rect().height() * 0.85;
    for (key, way) in [(Key::PageDown, -step), (Key::PageUp, step)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            ui.scroll_with_delta(vec2(0.0, way));
        }
    }
}

/// The picture as the window holds it, handed over once for each page that is shown.
fn texture(ui: &Ui, shown: &ShownPages, picture: &Picture) -> TextureHandle {
    let id = Id::unique("picture of a page");
    let which = (shown.id, shown.at);
    let held = ui.data(|data| data.get_temp::<((RecordId, usize), TextureHandle)>(id));
    if let Some((_, texture)) = held.filter(|(of, _)| *of == which) {
        return texture;
    }
    let size = [picture.width, picture.height];
    let image = ColorImage::from_rgba_premultiplied(size, &picture.rgba);
    let texture = ui.ctx().load_texture("page", image, egui::TextureOptions::LINEAR);
    ui.data_mut(|data| data.insert_temp(id, (which, texture.clone())));
    texture
}
