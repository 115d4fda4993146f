//! Banners and toasts: what happened, what is safe, what to do.

use std::time::Duration;

use egui::accesskit::Live;
use egui::{
    Align2, Area, Color32, Context, Frame, Id, Margin, Order, Role, Stroke, Ui, UiBuilder, pos2,
    vec2,
};

use super::text;
use crate::ui::theme::{self, Icon, Radius, Space, Type, tokens};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Information,
    Attention,
    Error,
    Private,
    Plain,
}

/// A banner on top of a page; one at a time, the most serious first.
#[must_use = "show it"]
pub struct Banner<'a> {
    kind: Kind,
    lead: &'a str,
    words: &'a str,
    icon: Icon,
    announced: bool,
}

impl<'a> Banner<'a> {
    const fn new(kind: Kind, lead: &'a str, icon: Icon) -> Self {
        Banner { kind, lead, words: "", icon, announced: true }
    }

    /// Something good to know. The lead is in heavier type; it may be empty.
    pub const fn information(lead: &'a str) -> Self {
        Banner::new(Kind::Information, lead, Icon::Info)
    }

    /// Something to check.
    pub const fn attention(lead: &'a str) -> Self {
        Banner::new(Kind::Attention, lead, Icon::ShieldWarning)
    }

    /// What went wrong; the words then say what is safe and what to do.
    pub const fn error(lead: &'a str) -> Self {
        Banner::new(Kind::Error, lead, Icon::WarningOctagon)
    }

    /// Who reads what is private.
    pub const fn private(lead: &'a str) -> Self {
        Banner::new(Kind::Private, lead, Icon::EyeSlash)
    }

    /// Something to think about, or not.
    pub const fn plain(lead: &'a str) -> Self {
        Banner::new(Kind::Plain, lead, Icon::Lightbulb)
    }

    /// Not read out by itself: it comes and goes with where the caret is.
    pub const fn unannounced(mut self) -> Self {
        self.announced = false;
        self
    }

    /// The words after the lead.
    pub const fn words(mut self, words: &'a str) -> Self {
        self.words = words;
        self
    }

    /// Another icon than the usual one.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = icon;
        self
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui) {
        self.framed(ui, |ui, ink| self.contents(ui, ink, |_| {}));
    }

    /// Shows it with buttons below the words; gives what `buttons` gives.
    pub fn show_with<R>(self, ui: &mut Ui, buttons: impl FnOnce(&mut Ui) -> R) -> R {
        let with_gap = |ui: &mut Ui| {
            ui.add_space(Space::S.pts());
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(Space::S.pts(), Space::S.pts());
                buttons(ui)
            })
            .inner
        };
        self.framed(ui, |ui, ink| self.contents(ui, ink, with_gap))
    }

    /// Shows it on one line with buttons at its right, which take `room` points.
    pub(super) fn beside(&self, ui: &mut Ui, room: f32, buttons: impl FnOnce(&mut Ui)) {
        const ICON: f32 = 22.0;
        self.framed(ui, |ui, ink| {
            ui.horizontal(|ui| {
                let p = theme::of(ui);
                let (mark, _) = ui.allocate_exact_size(vec2(ICON, 32.0), egui::Sense::hover());
                self.icon.paint(ui.painter(), mark.center(), ICON, ink);
                let words = ui.available_width() - room;
                ui.allocate_ui_with_layout(
                    vec2(words, 32.0),
                    egui::Layout::top_down(egui::Align::Min),
                    |ui| {
                        ui.set_width(words);
                        ui.add_space(5.0);
                        text::runs(
                            ui,
                            &[
                                (self.lead, Type::Button, p.text),
                                (self.words, Type::Control, p.text),
                            ],
                        );
                    },
                );
                buttons(ui);
            });
        });
    }

    fn framed<R>(&self, ui: &mut Ui, contents: impl FnOnce(&mut Ui, Color32) -> R) -> R {
        let p = theme::of(ui);
        let clear = Color32::TRANSPARENT;
        let (fill, border, ink, live) = match self.kind {
            Kind::Information => (p.accent_soft, clear, p.accent, Live::Polite),
            Kind::Attention => (p.attn_bg, p.attn_edge, p.attn, Live::Polite),
            Kind::Error => (p.danger_bg, p.danger, p.danger, Live::Assertive),
            Kind::Private => (p.private_bg, clear, p.private, Live::Polite),
            Kind::Plain => (p.sunken, p.line_strong, p.text2, Live::Polite),
        };
        let border = if theme::appearance(ui).high_contrast { ink } else { border };
        let (role, live) =
            if self.announced { (Role::Alert, live) } else { (Role::Group, Live::Off) };
        let builder = UiBuilder::new().accessibility_role(role);
        let shown = ui.scope_builder(builder, |ui| {
            let scope = ui.scope_id();
            ui.ctx().accesskit_node_builder(scope, |node| node.set_live(live));
            Frame::new()
                .inner_margin(Margin::symmetric(14, 10))
                .fill(fill)
                .stroke(Stroke::new(theme::line_width(ui), border))
                .corner_radius(10)
                .show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    contents(ui, ink)
                })
                .inner
        });
        if self.kind == Kind::Private {
            let edge = p.private_edge;
            let rect = shown.response.rect;
            super::layer::paint_border(
                ui.painter(),
                rect,
                10.0,
                crate::model::Layer::Private,
                edge,
            );
        }
        shown.inner
    }

    fn contents<R>(&self, ui: &mut Ui, ink: Color32, buttons: impl FnOnce(&mut Ui) -> R) -> R {
        const ICON: f32 = 22.0;
        let p = theme::of(ui);
        let left_top = ui.cursor().left_top();
        self.icon.paint(ui.painter(), left_top + vec2(11.0, 12.0), ICON, ink);
        let mut room = ui.available_rect_before_wrap();
        room.min.x += ICON + 10.0;
        ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            text::runs(
                ui,
                &[(self.lead, Type::Button, p.text), (self.words, Type::Control, p.text)],
            );
            buttons(ui)
        })
        .inner
    }
}

/// What became of a toast in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastState {
    /// It is there.
    Shown,
    /// Its button was pressed.
    Pressed,
    /// Its time is up.
    Gone,
}

/// Shows a toast at the bottom for 8 seconds, longer while it is pointed at. `number` tells one
/// toast from the next. Never for errors. The caller drops it when it was pressed or is gone.
pub fn toast(ctx: &Context, number: u64, words: &str, action: Option<&str>) -> ToastState {
    const SECONDS: f64 = 8.0;
    let id = Id::unique(("toast", number));
    let now = ctx.input(|input| input.time);
    let until = ctx.data(|data| data.get_temp::<f64>(id)).unwrap_or(now + SECONDS);
    let mut pressed = false;
    let area = Area::new(id)
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -Space::Xl.pts()))
        .fade_in(false)
        .show(ctx, |ui| {
            let scope = ui.scope_id();
            ui.ctx().accesskit_node_builder(scope, |node| {
                node.set_role(Role::Status);
                node.set_live(Live::Polite);
            });
            pressed = toast_frame(ui, words, action);
        });
    let held = area.response.contains_pointer()
        || ctx.memory(egui::Memory::focused).is_some_and(|focus| {
            ctx.read_response(focus).is_some_and(|focus| focus.layer_id == area.response.layer_id)
        });
    let until = if held { now + SECONDS } else { until };
    ctx.data_mut(|data| data.insert_temp(id, until));
    if !pressed && now < until {
        ctx.request_repaint_after(Duration::from_secs_f64(until - now));
        return ToastState::Shown;
    }
    ctx.data_mut(|data| data.remove::<f64>(id));
    if pressed { ToastState::Pressed } else { ToastState::Gone }
}

/// The bar of a toast, without its time; gives whether its button was pressed.
pub fn toast_frame(ui: &mut Ui, words: &str, action: Option<&str>) -> bool {
    const ICON: f32 = 20.0;
    let p = theme::of(ui);
    let mut pressed = false;
    Frame::new().fill(p.text).corner_radius(10).inner_margin(Margin::symmetric(14, 0)).show(
        ui,
        |ui| {
            let width = ui.available_width().min(tokens().measure.modal_width);
            ui.allocate_ui_with_layout(
                vec2(width, 48.0),
                egui::Layout::left_to_right(egui::Align::Center),
                |ui| {
                    ui.set_min_height(48.0);
                    let (mark, _) = ui.allocate_exact_size(vec2(ICON, ICON), egui::Sense::hover());
                    Icon::CheckCircle.paint(ui.painter(), mark.center(), ICON, p.page);
                    text::show(ui, words, Type::Control, p.page);
                    if let Some(action) = action {
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            pressed = toast_button(ui, action).clicked();
                        });
                    }
                },
            );
        },
    );
    pressed
}

fn toast_button(ui: &mut Ui, words: &str) -> egui::Response {
    let p = theme::of(ui);
    let galley = text::galley(ui, words, Type::Button, p.page, f32::INFINITY);
    let size = vec2(galley.size().x + 12.0, tokens().control.height);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, ui.is_enabled(), words));
    theme::mark_focus(ui, &response, rect.shrink(2.0), f32::from(Radius::Tag.pts()), false);
    let at = rect.center() - galley.size() / 2.0;
    let under = pos2(at.x, at.y + galley.size().y - 2.0);
    let width = if super::button::is_over(&response) { 2.0 } else { 1.5 };
    let stroke = Stroke::new(width, p.page);
    ui.painter().hline(under.x..=under.x + galley.size().x, under.y, stroke);
    ui.painter().galley(at, galley, p.page);
    response
}
