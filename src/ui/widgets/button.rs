//! Buttons. Each begins with a verb; one primary on a screen.

use egui::{
    Color32, Id, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, Widget, WidgetInfo, pos2,
    vec2,
};

use super::text::galley;
use crate::ui::theme::{self, Icon, IconSize, Palette, Radius, Type, mark_focus, tokens};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Primary,
    Secondary,
    Quiet,
    Ghost,
    Private,
    Danger,
    DangerFilled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    Small,
    Normal,
    Large,
}

/// A button with words.
#[must_use = "add it with ui.add"]
pub struct Button<'a> {
    words: &'a str,
    kind: Kind,
    size: Size,
    icon: Option<Icon>,
    after: Option<Icon>,
    cannot_yet: bool,
    fill_width: bool,
    name: Option<&'a str>,
    id: Option<Id>,
}

impl<'a> Button<'a> {
    const fn new(words: &'a str, kind: Kind) -> Self {
        Button {
            words,
            kind,
            size: Size::Normal,
            icon: None,
            after: None,
            cannot_yet: false,
            fill_width: false,
            name: None,
            id: None,
        }
    }

    /// The one thing this screen is for.
    pub const fn primary(words: &'a str) -> Self {
        Button::new(words, Kind::Primary)
    }

    /// Another thing that can be done here.
    pub const fn secondary(words: &'a str) -> Self {
        Button::new(words, Kind::Secondary)
    }

    /// A link-like button in the colour of links.
    pub const fn quiet(words: &'a str) -> Self {
        Button::new(words, Kind::Quiet)
    }

    /// A button that looks like words until it is pointed at.
    pub const fn ghost(words: &'a str) -> Self {
        Button::new(words, Kind::Ghost)
    }

    /// Something for what only the writer reads: in its colour, with its dashed border.
    pub const fn private(words: &'a str) -> Self {
        Button::new(words, Kind::Private)
    }

    /// Something that cannot be undone, outlined.
    pub const fn danger(words: &'a str) -> Self {
        Button::new(words, Kind::Danger)
    }

    /// The same, filled; only inside a modal that asks.
    pub const fn danger_filled(words: &'a str) -> Self {
        Button::new(words, Kind::DangerFilled)
    }

    /// An icon before the words.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// An icon after the words: a caret when it opens a menu.
    pub const fn icon_after(mut self, icon: Icon) -> Self {
        self.after = Some(icon);
        self
    }

    /// 32 high, for rows and banners.
    pub const fn small(mut self) -> Self {
        self.size = Size::Small;
        self
    }

    /// 44 high, for the welcome pages.
    pub const fn large(mut self) -> Self {
        self.size = Size::Large;
        self
    }

    /// It cannot act yet: grey, but still reached by the keyboard and pressed. Its words then
    /// say why ("Settle 1 line to save"), and pressing it goes to what is missing.
    pub const fn cannot_yet(mut self, cannot: bool) -> Self {
        self.cannot_yet = cannot;
        self
    }

    /// As wide as the room there is.
    pub const fn fill_width(mut self) -> Self {
        self.fill_width = true;
        self
    }

    /// A name for screen readers that says more than the words ("Open Dr Amina Larkspur").
    pub const fn name(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// An id known beforehand, to ask for the focus.
    pub const fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// How wide it will be, in points.
    pub fn measure(&self, ui: &Ui) -> f32 {
        let words =
            galley(ui, self.words, self.kind_of_text(), Color32::PLACEHOLDER, f32::INFINITY);
        let icons = [self.icon, self.after].iter().flatten().count() as f32;
        (words.size().x + icons * (IconSize::Button.pts() + 8.0) + 2.0 * self.padding()).ceil()
    }

    fn kind_of_text(&self) -> Type {
        match (self.size, self.kind) {
            (Size::Large, Kind::Ghost) => Type::Answer,
            (Size::Large, _) => Type::ButtonLarge,
            (Size::Normal, Kind::Ghost) => Type::Control,
            (Size::Normal, _) => Type::Button,
            (Size::Small, Kind::Ghost) => Type::Hint,
            (Size::Small, _) => Type::HintStrong,
        }
    }

    fn height(&self) -> f32 {
        let control = &tokens().control;
        match self.size {
            Size::Small => control.height_small,
            Size::Normal => control.height,
            Size::Large => control.height_large,
        }
    }

    fn padding(&self) -> f32 {
        match (self.size, self.kind) {
            (Size::Large, _) => 20.0,
            (Size::Small, _) => 11.0,
            (Size::Normal, Kind::Quiet | Kind::Ghost) => 10.0,
            (Size::Normal, _) => 14.0,
        }
    }
}

/// Fill, border and ink of a button.
struct Look {
    fill: Color32,
    border: Color32,
    ink: Color32,
}

fn look(kind: Kind, cannot_yet: bool, over: bool, p: &Palette) -> Look {
    let clear = Color32::TRANSPARENT;
    if cannot_yet {
        return Look { fill: p.sunken, border: p.line_strong, ink: p.text3 };
    }
    let hover = if over { p.hover } else { clear };
    let resting = if over { p.hover } else { p.surface };
    let solid = if over { p.accent_hover } else { p.accent };
    match kind {
        Kind::Primary => Look { fill: solid, border: solid, ink: p.on_accent },
        Kind::Secondary => Look { fill: resting, border: p.control, ink: p.text },
        Kind::Quiet => Look { fill: hover, border: clear, ink: p.link },
        Kind::Ghost => Look { fill: hover, border: clear, ink: p.text2 },
        Kind::Private => {
            let fill = if over { p.hover } else { clear };
            Look { fill, border: clear, ink: p.private }
        }
        Kind::Danger => {
            let fill = if over { p.danger_bg } else { p.surface };
            Look { fill, border: p.danger, ink: p.danger }
        }
        Kind::DangerFilled => Look { fill: p.danger_fill, border: p.danger_fill, ink: p.on_accent },
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        const GAP: f32 = 8.0;
        let p = theme::of(ui);
        let icon_size = IconSize::Button.pts();
        let icons = [self.icon, self.after];
        let icon_room = icons.iter().flatten().count() as f32 * (icon_size + GAP);
        let pad = self.padding();
        let room = (ui.max_rect().width() - 2.0 * pad - icon_room).max(96.0);
        let words = galley(ui, self.words, self.kind_of_text(), Color32::PLACEHOLDER, room);
        let natural = (words.size().x + icon_room + 2.0 * pad).ceil();
        let width = if self.fill_width { natural.max(ui.available_width()) } else { natural };
        let height = self.height().max(words.size().y + 8.0);
        let (auto_id, rect) = ui.allocate_space(vec2(width, height));
        let response = ui.interact(rect, self.id.unwrap_or(auto_id), Sense::click());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.name.unwrap_or(self.words))
        });
        mark_focus(ui, &response, rect, f32::from(Radius::Control.pts()), false);
        if ui.is_rect_visible(rect) {
            let look = look(self.kind, self.cannot_yet, is_over(&response), p);
            let border = Stroke::new(theme::line_width(ui), look.border);
            let painter = ui.painter();
            if self.cannot_yet && theme::appearance(ui).high_contrast {
                // Grey cannot be told from black there; a dashed border can.
                painter.rect_filled(rect, Radius::Control, look.fill);
                let radius = f32::from(Radius::Control.pts());
                super::layer::paint_dashed(painter, rect, radius, border);
            } else {
                painter.rect(rect, Radius::Control, look.fill, border, StrokeKind::Inside);
                if self.kind == Kind::Private {
                    let radius = f32::from(Radius::Control.pts());
                    let dashes = Stroke::new(border.width, p.private_edge);
                    super::layer::paint_dashed(painter, rect, radius, dashes);
                }
            }
            let mut x = rect.center().x - (natural - 2.0 * pad) / 2.0;
            let middle = rect.center().y;
            if let Some(icon) = self.icon {
                icon.paint(painter, pos2(x + icon_size / 2.0, middle), icon_size, look.ink);
                x += icon_size + GAP;
            }
            let at = pos2(x, middle - words.size().y / 2.0);
            let end = x + words.size().x + GAP;
            painter.galley(at, words, look.ink);
            if let Some(icon) = self.after {
                icon.paint(painter, pos2(end + icon_size / 2.0, middle), icon_size, look.ink);
            }
        }
        response
    }
}

/// Pointed at or pressed.
pub(super) fn is_over(response: &Response) -> bool {
    response.hovered() || response.is_pointer_button_down_on()
}

/// A button that is only an icon; its name is also its tooltip.
#[must_use = "add it with ui.add"]
pub struct IconButton<'a> {
    icon: Icon,
    name: &'a str,
    bordered: bool,
}

impl<'a> IconButton<'a> {
    /// A 32-point button with this icon and name.
    pub const fn new(icon: Icon, name: &'a str) -> Self {
        IconButton { icon, name, bordered: false }
    }

    /// With a border, 36 points: beside a field.
    pub const fn bordered(mut self) -> Self {
        self.bordered = true;
        self
    }
}

impl Widget for IconButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let p = theme::of(ui);
        let control = &tokens().control;
        let side = if self.bordered { control.height } else { control.icon_button };
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.name));
        mark_focus(ui, &response, rect, f32::from(Radius::Control.pts()), false);
        if ui.is_rect_visible(rect) {
            let kind = if self.bordered { Kind::Secondary } else { Kind::Ghost };
            let look = look(kind, false, is_over(&response), p);
            let border = Stroke::new(theme::line_width(ui), look.border);
            ui.painter().rect(rect, Radius::Control, look.fill, border, StrokeKind::Inside);
            self.icon.paint(ui.painter(), rect.center(), IconSize::Nav.pts(), look.ink);
        }
        response.on_hover_text(self.name)
    }
}
