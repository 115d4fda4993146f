//! A drawer: a panel that comes over the page from the right, below the top bar, so that what
//! is saved and the lock stay in reach.

use egui::{Area, Frame, Id, Key, Margin, Order, Rect, Role, Sense, Stroke, Ui, UiBuilder, pos2};

use super::layer::{look, paint_edge_line};
use super::page::just_opened;
use crate::model::Layer;
use crate::ui::theme;

/// A panel over the right side of a page.
#[must_use = "show it"]
pub struct Drawer<'a> {
    title: &'a str,
    width: f32,
    scrim: bool,
    private: bool,
}

/// What became of a drawer in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawerShown {
    /// Esc, or a press on the scrim: close it.
    pub close: bool,
}

impl<'a> Drawer<'a> {
    /// A drawer so many points wide, named for screen readers.
    pub const fn new(title: &'a str, width: f32) -> Self {
        Drawer { title, width, scrim: false, private: false }
    }

    /// Covers the page beside it: it is answered before anything else. The caller draws the
    /// page so that it takes no keys.
    pub const fn over_scrim(mut self) -> Self {
        self.scrim = true;
        self
    }

    /// For what only the writer reads: the private ground and its dashed edge.
    pub const fn private(mut self) -> Self {
        self.private = true;
        self
    }

    /// Shows it at the right of `over`. A scrim covers the whole window below its top. The
    /// contents get `true` in the first frame, to give the focus to their first control.
    pub fn show(self, ui: &Ui, over: Rect, contents: impl FnOnce(&mut Ui, bool)) -> DrawerShown {
        let p = theme::of(ui);
        let ctx = ui.ctx().clone();
        let window = ctx.content_rect();
        let page = Rect::from_min_max(pos2(window.left(), over.top()), window.max);
        let mut place = over;
        place.min.x = over.right() - self.width.min(over.width());
        let id = Id::unique(("drawer", self.title));
        let first = just_opened(&ctx, id);
        let mut close = false;
        Area::new(id)
            .order(Order::Middle)
            .fixed_pos(if self.scrim { page.min } else { place.min })
            .constrain(false)
            .movable(false)
            .fade_in(false)
            .accessible_name(self.title)
            .role(Role::Dialog)
            .show(&ctx, |ui| {
                if self.scrim {
                    let behind = ui.interact(page, id.with("scrim"), Sense::CLICK);
                    ui.painter().rect_filled(page, 0.0, p.scrim);
                    close |= behind.clicked();
                }
                let fill = if self.private { p.private_bg } else { p.surface };
                // Swallows what is pressed beside its controls.
                ui.interact(place, id.with("ground"), Sense::CLICK | Sense::DRAG);
                ui.painter().rect_filled(place, 0.0, fill);
                if self.private {
                    let colour = look(Layer::Private, p).edge;
                    paint_edge_line(ui.painter(), place.left(), place.y_range(), colour);
                } else {
                    let stroke = Stroke::new(theme::line_width(ui), p.line_strong);
                    ui.painter().vline(place.left(), place.y_range(), stroke);
                }
                let builder = UiBuilder::new().max_rect(place);
                ui.scope_builder(builder, |ui| {
                    ui.set_clip_rect(place);
                    Frame::new()
                        .inner_margin(Margin { left: 1, ..Margin::ZERO })
                        .show(ui, |ui| contents(ui, first));
                });
                ui.expand_to_include_rect(if self.scrim { page } else { place });
            });
        let popup = egui::Popup::is_any_open(&ctx);
        let writing = !self.scrim && ctx.text_edit_focused();
        close |= !popup && !writing && ctx.input(|input| input.key_pressed(Key::Escape));
        DrawerShown { close }
    }
}
