//! How the window looks: theme and size, and what writing looks like with them.

use egui::{Frame, Margin, Painter, Rect, Stroke, StrokeKind, Ui, vec2};

use crate::app::settings::ThemeChoice;
use crate::app::{Action, Command, Look};
use crate::model::Layer;
use crate::ui::theme::{self, Icon, Palette, Radius, Space, Type};
use crate::ui::widgets::answer;
use crate::ui::widgets::setting::row;
use crate::ui::widgets::{Button, Chip, IconButton, Level, card, layer, page, pictures, text};

/// Draws the right column; gives what was wished.
pub fn show(ui: &mut Ui, look: Look) -> Option<Action> {
    card::framed(ui, Margin::same(16), |ui| {
        ui.spacing_mut().item_spacing.y = Space::M.pts();
        let theme = theme_choice(ui, look);
        ui.spacing_mut().item_spacing.y = 0.0;
        card::hairline(ui);
        let size = size(ui, look);
        card::hairline(ui);
        ui.add_space(Space::M.pts());
        ui.spacing_mut().item_spacing.y = Space::M.pts();
        text::heading(ui, Level::Group, "How your writing looks now");
        preview(ui);
        theme.or(size)
    })
    .inner
}

fn theme_choice(ui: &mut Ui, look: Look) -> Option<Action> {
    let mut chosen = look.theme;
    let options = ThemeChoice::ALL.map(|choice| (choice, choice.words()));
    let changed = pictures::pictures(ui, "Theme", &mut chosen, &options, picture).changed();
    changed.then_some(Action::Look(Look { theme: chosen, ..look }))
}

/// A small picture of the window in a theme. The system's own is half light, half dark.
fn picture(painter: &Painter, rect: Rect, choice: &ThemeChoice) {
    let (dark, contrast) = match choice {
        ThemeChoice::System | ThemeChoice::Light => (false, false),
        ThemeChoice::Dark => (true, false),
        ThemeChoice::HighContrastLight => (false, true),
        ThemeChoice::HighContrastDark => (true, true),
    };
    paint_window(painter, rect, Palette::of(dark, contrast));
    if *choice == ThemeChoice::System {
        let half = rect.with_min_x(rect.center().x).expand(2.0).with_min_x(rect.center().x);
        paint_window(
            &painter.with_clip_rect(half.intersect(painter.clip_rect())),
            rect,
            Palette::of(true, false),
        );
    }
}

fn paint_window(painter: &Painter, rect: Rect, p: &Palette) {
    let at = |x: f32, y: f32, width: f32, height: f32| {
        let part = rect.size() / vec2(98.0, 64.0);
        Rect::from_min_size(rect.min + vec2(x, y) * part, vec2(width, height) * part)
    };
    painter.rect_filled(rect, Radius::Tag, p.page);
    painter.rect_filled(at(0.0, 0.0, 22.0, 64.0), Radius::Tag, p.rail);
    for (y, colour) in [(9.0, p.accent), (19.0, p.line_strong), (28.0, p.line_strong)] {
        painter.rect_filled(at(5.0, y, 12.0, 4.0), 2.0, colour);
    }
    painter.rect_filled(at(30.0, 10.0, 32.0, 5.0), 2.0, p.text);
    for (y, width, colour) in
        [(22.0, 50.0, p.shared_edge), (32.0, 42.0, p.private_edge), (42.0, 46.0, p.arcp_edge)]
    {
        painter.rect_filled(at(30.0, y - 2.0, 2.5, 8.0), 0.0, colour);
        painter.rect_filled(at(36.0, y, width, 4.0), 2.0, p.text3);
    }
    painter.rect_filled(at(72.0, 51.0, 20.0, 8.0), 3.0, p.accent);
    painter.rect_stroke(rect, Radius::Tag, Stroke::new(1.0, p.control), StrokeKind::Inside);
}

fn size(ui: &mut Ui, look: Look) -> Option<Action> {
    let p = theme::of(ui);
    row(ui, Icon::TextAa, ("Size of everything", ""), 240.0, |ui| {
        let larger = IconButton::new(Icon::MagnifyingGlassPlus, Command::Larger.text());
        let larger = ui.add(larger.bordered()).clicked();
        text::show(ui, &format!("{}%", look.zoom), Type::Button, p.text);
        let smaller = IconButton::new(Icon::MagnifyingGlassMinus, Command::Smaller.text());
        let smaller = ui.add(smaller.bordered()).clicked();
        let normal = Button::quiet(Command::NormalSize.text()).small();
        let normal = look.zoom != 100 && ui.add(normal).clicked();
        [(larger, Command::Larger), (smaller, Command::Smaller), (normal, Command::NormalSize)]
            .into_iter()
            .find_map(|(pressed, command)| pressed.then_some(Action::Do(command)))
    })
}

/// The real fonts, sizes and all three layers.
fn preview(ui: &mut Ui) {
    let p = theme::of(ui);
    Frame::new()
        .inner_margin(Margin::symmetric(16, 14))
        .fill(p.page)
        .stroke(Stroke::new(theme::line_width(ui), p.line))
        .corner_radius(10)
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            layer::edged(ui, Layer::Shared, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                answer::question(ui, Layer::Shared, "What are you most proud of?", true);
                text::show(ui, "Led the board round for six weeks.", Type::Answer, p.text);
            });
            for (layer, words) in [
                (Layer::Private, "Quieter than in August. Ask."),
                (Layer::Arcp, "Takes the lead on rounds."),
            ] {
                layer::edged(ui, layer, |ui| {
                    page::row(
                        ui,
                        |ui| text::show(ui, words, Type::Answer, p.text),
                        |ui| ui.add(Chip::new(layer)),
                    )
                });
            }
        });
}
