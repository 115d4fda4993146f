//! The three layers on the screen: edge, icon and words, always together, never colour alone.

use egui::{
    Color32, InnerResponse, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind,
    Ui, UiBuilder, Widget, WidgetInfo, pos2, vec2,
};

use super::button::is_over;
use super::choice;
use super::text::galley;
use crate::model::Layer;
use crate::ui::theme::{self, Icon, IconSize, Palette, Radius, Type, mark_focus, tokens};

/// From a layer's edge to what stands beside it. An answer's box bleeds 12 of it to the left,
/// so that its text stays where it was.
const INSET: f32 = 22.0;

/// The icon, ink, edge and fill of a layer.
#[derive(Debug, Clone, Copy)]
pub struct LayerLook {
    /// The layer's icon.
    pub icon: Icon,
    /// Text and icon.
    pub ink: Color32,
    /// Edge and border.
    pub edge: Color32,
    /// Fill of its chip.
    pub fill: Color32,
}

/// How a layer looks in these colours.
pub const fn look(layer: Layer, p: &Palette) -> LayerLook {
    match layer {
        Layer::Shared => {
            LayerLook { icon: Icon::Users, ink: p.shared, edge: p.shared_edge, fill: p.shared_bg }
        }
        Layer::Private => LayerLook {
            icon: Icon::EyeSlash,
            ink: p.private,
            edge: p.private_edge,
            fill: p.private_bg,
        },
        Layer::Arcp => {
            LayerLook { icon: Icon::FileArrowUp, ink: p.arcp, edge: p.arcp_edge, fill: p.arcp_bg }
        }
    }
}

/// Something with its layer's edge on its left. A screen reader hears the layer first.
pub fn edged<R>(
    ui: &mut Ui,
    layer: Layer,
    contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let outer = ui.available_rect_before_wrap();
    let inner = Rect::from_min_max(pos2(outer.left() + INSET, outer.top()), outer.max);
    let builder = UiBuilder::new()
        .max_rect(inner)
        .accessibility_role(Role::Group)
        .accessibility_label(layer.words());
    let result = ui.scope_builder(builder, contents);
    let used = result.response.rect;
    let strip =
        Rect::from_min_max(pos2(outer.left(), used.top()), pos2(outer.left() + 7.0, used.bottom()));
    paint_edge(ui.painter(), strip, layer, theme::of(ui));
    ui.expand_to_include_rect(strip);
    result
}

/// Paints a layer's edge down the left side of a rectangle: solid, dashed or double.
pub fn paint_edge(painter: &Painter, rect: Rect, layer: Layer, p: &Palette) {
    let colour = look(layer, p).edge;
    let bar = |x: f32, width: f32, top: f32, bottom: f32| {
        let bar = Rect::from_min_max(pos2(x, top), pos2(x + width, bottom));
        painter.rect_filled(bar, 0.0, colour);
    };
    let (left, top, bottom) = (rect.left(), rect.top(), rect.bottom());
    match layer {
        Layer::Shared => bar(left, 4.0, top, bottom),
        Layer::Private => {
            let mut y = top;
            while y < bottom {
                bar(left, 4.0, y, (y + 8.0).min(bottom));
                y += 13.0;
            }
        }
        Layer::Arcp => {
            // Whole pixels: half a pixel would look like a faint line.
            let scale = painter.pixels_per_point();
            let width = (1.5 * scale).ceil() / scale;
            bar(left, width, top, bottom);
            bar(left + 5.0, width, top, bottom);
        }
    }
}

/// Paints a layer's border round a rectangle: solid, dashed or double.
pub fn paint_border(painter: &Painter, rect: Rect, radius: f32, layer: Layer, edge: Color32) {
    let stroke = Stroke::new(1.0, edge);
    match layer {
        Layer::Shared => {
            painter.rect_stroke(rect, radius, stroke, StrokeKind::Inside);
        }
        Layer::Private => paint_dashed(painter, rect, radius, stroke),
        Layer::Arcp => {
            painter.rect_stroke(rect, radius, stroke, StrokeKind::Inside);
            painter.rect_stroke(rect.shrink(2.5), radius - 2.5, stroke, StrokeKind::Inside);
        }
    }
}

/// Paints a dashed border inside a rectangle.
pub(super) fn paint_dashed(painter: &Painter, rect: Rect, radius: f32, stroke: Stroke) {
    let half = stroke.width / 2.0;
    let path = rounded_path(rect.shrink(half), radius - half);
    painter.extend(Shape::dashed_line(&path, stroke, 4.0, 3.0));
}

/// Paints a thin dashed line downwards: where what only the writer reads begins.
pub fn paint_edge_line(painter: &Painter, x: f32, range: egui::Rangef, colour: Color32) {
    let path = [pos2(x + 0.5, range.min), pos2(x + 0.5, range.max)];
    painter.extend(Shape::dashed_line(&path, Stroke::new(1.0, colour), 4.0, 3.0));
}

/// The outline of a rounded rectangle as a closed path.
fn rounded_path(rect: Rect, radius: f32) -> Vec<Pos2> {
    const STEPS: usize = 8;
    let radius = radius.min(rect.height() / 2.0).min(rect.width() / 2.0);
    let inner = rect.shrink(radius);
    let corners = [inner.right_top(), inner.right_bottom(), inner.left_bottom(), inner.left_top()];
    let mut path = Vec::with_capacity(4 * (STEPS + 1) + 1);
    for (quarter, corner) in corners.into_iter().enumerate() {
        for step in 0..=STEPS {
            let turn = quarter as f32 - 1.0 + step as f32 / STEPS as f32;
            let angle = turn * std::f32::consts::FRAC_PI_2;
            path.push(corner + radius * vec2(angle.cos(), angle.sin()));
        }
    }
    if let Some(first) = path.first().copied() {
        path.push(first);
    }
    path
}

/// The chip of a layer: icon and words in a border of the layer's shape.
#[must_use = "add it with ui.add"]
pub struct Chip<'a> {
    layer: Layer,
    words: String,
    on: Option<&'a mut bool>,
}

impl<'a> Chip<'a> {
    /// The layer's own words.
    pub fn new(layer: Layer) -> Self {
        Chip { layer, words: layer.words().to_owned(), on: None }
    }

    /// Other words beside its icon.
    pub fn said(layer: Layer, words: &str) -> Self {
        Chip { layer, words: words.to_owned(), on: None }
    }

    /// How many lines lie in the layer: "9 shared", "2 private", "3 for the ARCP".
    pub fn count(layer: Layer, lines: usize) -> Self {
        Chip { layer, words: count_words(layer, lines), on: None }
    }

    /// How wide it will be, in points.
    pub(super) fn measure(&self, ui: &Ui) -> f32 {
        let words = galley(ui, &self.words, Type::ChipStrong, Color32::PLACEHOLDER, f32::INFINITY);
        (2.0 * self.padding() - 2.0 + IconSize::Inline.pts() + 5.0 + words.size().x).ceil()
    }

    /// The double border needs a little more room.
    fn padding(&self) -> f32 {
        if self.layer == Layer::Arcp { 10.0 } else { 9.0 }
    }

    /// The chip as a filter that shows or hides the layer.
    pub fn filter(layer: Layer, shown: &'a mut bool) -> Self {
        Chip { layer, words: layer.words().to_owned(), on: Some(shown) }
    }
}

/// "9 shared", "2 private", "3 for the ARCP".
pub fn count_words(layer: Layer, lines: usize) -> String {
    match layer {
        Layer::Shared => format!("{lines} shared"),
        Layer::Private => format!("{lines} private"),
        Layer::Arcp => format!("{lines} for the ARCP"),
    }
}

impl Widget for Chip<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let p = theme::of(ui);
        let look = look(self.layer, p);
        let words = galley(ui, &self.words, Type::ChipStrong, look.ink, f32::INFINITY);
        let pad = self.padding();
        let icon = IconSize::Inline.pts();
        let size = vec2(self.measure(ui), tokens().control.chip);
        let sense = if self.on.is_some() { Sense::click() } else { Sense::hover() };
        let (rect, mut response) = ui.allocate_exact_size(size, sense);
        let shown = self.on.as_deref().copied();
        if let Some(on) = self.on
            && response.clicked()
        {
            *on = !*on;
            response.mark_changed();
        }
        response.widget_info(|| match shown {
            Some(shown) => WidgetInfo::selected(Role::Button, ui.is_enabled(), shown, &self.words),
            None => WidgetInfo::labeled(Role::Label, ui.is_enabled(), &self.words),
        });
        let radius = f32::from(Radius::Chip.pts());
        mark_focus(ui, &response, rect, radius, false);
        if ui.is_rect_visible(rect) {
            let painter = ui.painter();
            let hidden = shown == Some(false);
            let over = shown.is_some() && is_over(&response);
            let fill = match (hidden, over) {
                (_, true) => p.hover,
                (true, false) => p.surface,
                (false, false) => look.fill,
            };
            let (ink, edge) = if hidden { (p.text2, p.control) } else { (look.ink, look.edge) };
            painter.rect_filled(rect, radius, fill);
            paint_border(painter, rect, radius, self.layer, edge);
            let left = rect.left() + pad - 2.0;
            look.icon.paint(painter, pos2(left + icon / 2.0, rect.center().y), icon, ink);
            let at = pos2(left + icon + 5.0, rect.center().y - words.size().y / 2.0);
            let end = at + words.size();
            painter.galley_with_override_text_color(at, words, ink);
            if hidden {
                // Hidden is also said by a line through the words, not by grey alone.
                painter.hline(at.x..=end.x, rect.center().y, Stroke::new(1.0, ink));
            }
        }
        response
    }
}

/// How many lines lie in a layer, in its colour: "4 shared".
pub fn count(ui: &mut Ui, layer: Layer, lines: usize) -> Response {
    let look = look(layer, theme::of(ui));
    written(ui, look, &count_words(layer, lines), Type::HintStrong)
}

/// A layer's icon and words as plain text in its colour: "Shared.", "2 private".
pub fn words(ui: &mut Ui, layer: Layer, words: &str) -> Response {
    written(ui, look(layer, theme::of(ui)), words, Type::Strong)
}

/// The same in another colour.
pub fn words_in(ui: &mut Ui, layer: Layer, words: &str, ink: Color32) -> Response {
    let look = LayerLook { ink, ..look(layer, theme::of(ui)) };
    written(ui, look, words, Type::Strong)
}

fn written(ui: &mut Ui, look: LayerLook, words: &str, kind: Type) -> Response {
    let galley = galley(ui, words, kind, look.ink, f32::INFINITY);
    let icon = IconSize::Button.pts();
    let (rect, response) =
        ui.allocate_exact_size(vec2(icon + 8.0 + galley.size().x, galley.size().y), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), words));
    look.icon.paint(ui.painter(), pos2(rect.left() + icon / 2.0, rect.center().y), icon, look.ink);
    ui.painter().galley(pos2(rect.left() + icon + 8.0, rect.top()), galley, look.ink);
    response
}

/// A tab for one layer: its icon and words in a border of its shape, filled when it is shown.
pub fn tab(ui: &mut Ui, layer: Layer, words: &str, shown: bool) -> Response {
    const PAD: f32 = 10.0;
    let p = theme::of(ui);
    let look = look(layer, p);
    let galley = galley(ui, words, Type::HintStrong, look.ink, f32::INFINITY);
    let icon = IconSize::Inline.pts();
    let size = vec2((PAD + icon + 6.0 + galley.size().x + PAD).ceil(), 32.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), shown, words));
    let radius = f32::from(Radius::Control.pts());
    mark_focus(ui, &response, rect, radius, false);
    let painter = ui.painter();
    let fill = match (shown, is_over(&response)) {
        (true, _) => look.fill,
        (false, true) => p.hover,
        (false, false) => p.surface,
    };
    painter.rect_filled(rect, radius, fill);
    paint_border(painter, rect, radius, layer, look.edge);
    if shown {
        // The shown tab also says so by a bar, not by its tint alone.
        let bar = Rect::from_min_max(
            pos2(rect.left() + PAD, rect.bottom() - 3.0),
            pos2(rect.right() - PAD, rect.bottom()),
        );
        painter.rect_filled(bar, 1.5, look.edge);
    }
    let middle = rect.center().y;
    look.icon.paint(painter, pos2(rect.left() + PAD + icon / 2.0, middle), icon, look.ink);
    let at = pos2(rect.left() + PAD + icon + 6.0, middle - galley.size().y / 2.0);
    painter.galley(at, galley, look.ink);
    response
}

/// One choice of who reads something: its value, its layer and its words.
pub type Reader<'a, V> = (V, Layer, &'a str);

/// Who reads something: one of a few, each with its layer's icon and colour.
pub fn choose<V: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut V,
    options: &[Reader<'_, V>],
) -> Response {
    let values = options.iter().map(|option| option.0.clone());
    choice::group(ui, name, Role::RadioGroup, value, values, |ui, roving| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            for (index, (_, layer, words)) in options.iter().enumerate() {
                reader(ui, roving, index, *layer, words);
            }
        });
    })
}

fn reader(ui: &mut Ui, roving: &mut choice::Roving, index: usize, layer: Layer, words: &str) {
    const PAD: f32 = 14.0;
    const MARK: f32 = 22.0;
    let p = theme::of(ui);
    let look = look(layer, p);
    let chosen = roving.current == Some(index);
    let kind = if chosen { Type::Button } else { Type::Control };
    let galley = galley(ui, words, kind, look.ink, f32::INFINITY);
    let icon = IconSize::Inline.pts();
    let width = PAD + MARK + 8.0 + icon + 6.0 + galley.size().x + PAD;
    let size = vec2(width.ceil(), tokens().control.height_input);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let response = roving.item(ui, rect, index, Role::RadioButton, words);
    let radius = f32::from(Radius::Control.pts());
    mark_focus(ui, &response, rect, radius, false);
    let line = theme::line_width(ui);
    let (fill, border) = match (chosen, is_over(&response)) {
        (true, _) => (p.accent_soft, Stroke::new(2.0 * line, p.accent)),
        (false, true) => (p.hover, Stroke::new(line, p.control)),
        (false, false) => (p.surface, Stroke::new(line, p.control)),
    };
    let painter = ui.painter();
    painter.rect(rect, radius, fill, border, StrokeKind::Inside);
    let middle = rect.center().y;
    let mark =
        Rect::from_center_size(pos2(rect.left() + PAD + MARK / 2.0, middle), vec2(MARK, MARK));
    choice::paint_radio(ui, mark, chosen, is_over(&response));
    let left = mark.right() + 8.0;
    look.icon.paint(painter, pos2(left + icon / 2.0, middle), icon, look.ink);
    painter.galley(pos2(left + icon + 6.0, middle - galley.size().y / 2.0), galley, look.ink);
}
