//! What egui draws with: visuals, spacing and text styles, all from the tokens.

use egui::style::{ScrollAnimation, TextCursorStyle, WidgetVisuals};
use egui::{
    Color32, Context, CornerRadius, FontId, Margin, Shadow, Stroke, Style, TextFormat, TextStyle,
    Theme, ThemePreference, Vec2, Visuals,
};
use serde::{Deserialize, Serialize};

use super::ring::FocusRing;
use super::tokens::{Elevated, Palette, Radius, Type, line_factor, tokens};
use super::{fonts, tokens::Space};

/// How the window looks. It belongs to the computer and is known before the record opens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Appearance {
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Black and white, with thicker lines and no shadows.
    pub high_contrast: bool,
    /// The distance between lines.
    pub line_spacing: LineSpacing,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the computer is set.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The distance between lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineSpacing {
    /// A little closer.
    Snug,
    /// As drawn.
    #[default]
    Normal,
    /// Wider.
    Open,
}

impl LineSpacing {
    fn factor(self) -> f32 {
        line_factor(match self {
            LineSpacing::Snug => "snug",
            LineSpacing::Normal => "normal",
            LineSpacing::Open => "open",
        })
    }
}

/// Gives the window its typefaces, its look and its focus ring. Call it once, before the first
/// frame: a named typeface that is not there yet stops the program.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts::definitions());
    ctx.add_plugin(FocusRing::default());
    apply(ctx, &Appearance::default());
}

/// Changes how the window looks, at once.
pub fn apply(ctx: &Context, appearance: &Appearance) {
    ctx.with_plugin(|ring: &mut FocusRing| ring.appearance = *appearance);
    for (theme, dark) in [(Theme::Light, false), (Theme::Dark, true)] {
        ctx.set_style_of(
            theme,
            style(Palette::of(dark, appearance.high_contrast), dark, appearance),
        );
    }
    // Where the computer does not say, light: paper is.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    ctx.set_theme(match appearance.theme {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark => ThemePreference::Dark,
    });
}

/// How the window looks now.
pub fn appearance(ctx: &Context) -> Appearance {
    ctx.with_plugin(|ring: &mut FocusRing| ring.appearance).unwrap_or_default()
}

/// The colours now in use. A `&mut Ui` will do as the argument.
pub fn of(ctx: &Context) -> &'static Palette {
    Palette::of(ctx.theme() == Theme::Dark, appearance(ctx).high_contrast)
}

/// Width of the line round a card or a control: thicker in high contrast.
pub fn line_width(ctx: &Context) -> f32 {
    line_width_for(appearance(ctx).high_contrast)
}

const fn line_width_for(high_contrast: bool) -> f32 {
    if high_contrast { 2.0 } else { 1.0 }
}

/// The shadow under something raised; none in high contrast.
pub fn shadow(ctx: &Context, under: Elevated) -> Shadow {
    if appearance(ctx).high_contrast { Shadow::NONE } else { under.shadow() }
}

/// The font of a kind of text.
pub fn font(kind: Type) -> FontId {
    let token = kind.token();
    let family = match token.weight {
        700 => fonts::bold(),
        600 => fonts::semibold(),
        _ => egui::FontFamily::Proportional,
    };
    FontId::new(token.size, family)
}

/// The format of a run of text, with the line height that the person has set.
pub fn format(ctx: &Context, kind: Type, colour: Color32) -> TextFormat {
    TextFormat {
        font_id: font(kind),
        color: colour,
        line_height: Some((kind.token().line * appearance(ctx).line_spacing.factor()).round()),
        ..TextFormat::default()
    }
}

fn style(p: &Palette, dark: bool, appearance: &Appearance) -> Style {
    let mut style = Style {
        visuals: visuals(p, dark, appearance.high_contrast),
        animation_time: 0.0,
        scroll_animation: ScrollAnimation::none(),
        ..Style::default()
    };
    style.text_styles = [
        (TextStyle::Small, Type::Small),
        (TextStyle::Body, Type::Body),
        (TextStyle::Button, Type::Button),
        (TextStyle::Heading, Type::H2),
    ]
    .into_iter()
    .map(|(name, kind)| (name, font(kind)))
    .chain([(TextStyle::Monospace, FontId::monospace(Type::Small.token().size))])
    .collect();
    spacing(&mut style.spacing);
    style.interaction.selectable_labels = false;
    style.interaction.interact_radius = 0.0;
    style
}

fn spacing(spacing: &mut egui::Spacing) {
    let control = &tokens().control;
    spacing.item_spacing = Vec2::splat(Space::S.pts());
    spacing.button_padding = Vec2::new(14.0, 8.0);
    // Every control brings its own height; this is only the least height of a row of words.
    spacing.interact_size = Vec2::splat(control.target_min);
    spacing.icon_width = control.check;
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(20);
    spacing.tooltip_width = 320.0;
    spacing.scroll.bar_width = 10.0;
    spacing.scroll.floating_width = 6.0;
    // The edge of a scrolled page says nothing that its scroll bar does not.
    spacing.scroll.fade.strength = 0.0;
}

fn visuals(p: &Palette, dark: bool, high_contrast: bool) -> Visuals {
    let line = line_width_for(high_contrast);
    let shadow = if high_contrast { Shadow::NONE } else { Elevated::Overlay.shadow() };
    let widget = |fill, weak, border, text| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: weak,
        bg_stroke: Stroke::new(line, border),
        corner_radius: Radius::Control.into(),
        fg_stroke: Stroke::new(1.5, text),
        expansion: 0.0,
    };
    let mut visuals = if dark { Visuals::dark() } else { Visuals::light() };
    let widgets = &mut visuals.widgets;
    widgets.noninteractive = widget(p.surface, p.surface, p.line, p.text);
    widgets.inactive = widget(p.control, p.surface, p.control, p.text);
    widgets.hovered = widget(p.text2, p.hover, p.control, p.text);
    widgets.active = widget(p.text2, p.hover, p.control, p.text);
    widgets.open = widget(p.surface, p.hover, p.control, p.text);
    visuals.weak_text_color = Some(p.text2);
    visuals.selection.bg_fill = p.select;
    visuals.selection.stroke = Stroke::new(line, p.text);
    visuals.hyperlink_color = p.link;
    visuals.faint_bg_color = p.sunken;
    visuals.extreme_bg_color = p.surface;
    visuals.text_edit_bg_color = Some(p.surface);
    visuals.code_bg_color = p.sunken;
    visuals.warn_fg_color = p.attn;
    visuals.error_fg_color = p.danger;
    visuals.window_corner_radius = Radius::Modal.into();
    visuals.window_shadow = shadow;
    visuals.window_fill = p.raised;
    visuals.window_stroke = Stroke::new(line, p.line_strong);
    visuals.window_highlight_topmost = false;
    visuals.menu_corner_radius = CornerRadius::same(Radius::Card.pts());
    visuals.popup_shadow = shadow;
    visuals.panel_fill = p.page;
    visuals.text_cursor = TextCursorStyle {
        stroke: Stroke::new(2.0, p.text),
        blink: false,
        ..TextCursorStyle::default()
    };
    visuals.striped = false;
    visuals.indent_has_left_vline = false;
    visuals
}
