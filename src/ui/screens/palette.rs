//! One box for doing and finding, over whatever is shown. The keyboard stays in its field: the
//! arrows choose a line, Enter takes it.

use egui::text::LayoutJob;
use egui::{
    Align, Align2, Context, Frame, Id, Key, Layout, Margin, Modifiers, Rect, Response, Role,
    ScrollArea, Sense, Stroke, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::palette::{Group, Line, Palette, PaletteAction, PaletteForm};
use crate::app::state::Open;
use crate::app::{Action, Command};
use crate::model::text::long_date;
use crate::model::{Kind, Layer};
use crate::search::Hit;
use crate::ui::View;
use crate::ui::theme::{self, Elevated, Icon, IconSize, Radius, Space, Type, shadow};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::modal::modal_frame;
use crate::ui::widgets::{Level, layer, text};

/// The name of the field, and of the box for screen readers.
const NAME: &str = "Search or do";
const WIDTH: f32 = 700.0;
/// From the top of the window to the box.
const DOWN: f32 = 84.0;
const ROW: f32 = 44.0;
const TWO_LINES: f32 = 60.0;
/// Where words begin, right of the icon.
const WORDS: f32 = 56.0;

/// Draws it where it is open.
pub fn show(ctx: &Context, view: &mut View<'_>, open: &Open) {
    let Some(mut form) = view.inputs.palette.take() else { return };
    let none = Palette::default();
    let palette = open.palette.as_ref().unwrap_or(&none);
    let p = theme::of(ctx);
    let room = ctx.content_rect().size();
    let down = DOWN.min(room.y / 8.0);
    let id = Id::unique("search or do");
    let area = egui::Modal::default_area(id).accessible_name(NAME).fade_in(false);
    let shown = egui::Modal::new(id)
        .area(area.anchor(Align2::CENTER_TOP, vec2(0.0, down)))
        .backdrop_color(p.scrim)
        .frame(modal_frame(ctx).inner_margin(Margin::ZERO).shadow(shadow(ctx, Elevated::Overlay)))
        .show(ctx, |ui| {
            ui.set_width(WIDTH.min(room.x - 24.0));
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut out = Vec::new();
            keys(ui, &mut form, palette, &mut out);
            field(ui, &mut form, palette, &mut out);
            let foot = 48.0;
            let room = (room.y - down - foot - 88.0).max(120.0);
            ScrollArea::vertical().max_height(room).show(ui, |ui| {
                ui.set_width(ui.available_width());
                lines(ui, &mut form, palette, &mut out);
            });
            footer(ui);
            out
        });
    let mut out = shown.inner.clone();
    if shown.should_close() {
        out.push(PaletteAction::Close);
    }
    view.inputs.palette = Some(form);
    view.out.extend(out.into_iter().map(Action::Palette));
}

/// The keys that the field would take for itself.
fn keys(ui: &Ui, form: &mut PaletteForm, palette: &Palette, out: &mut Vec<PaletteAction>) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = palette.lines.len().saturating_sub(1);
    let before = form.chosen;
    if pressed(Key::ArrowDown) {
        form.chosen = if form.chosen >= last { 0 } else { form.chosen + 1 };
    }
    if pressed(Key::ArrowUp) {
        form.chosen = form.chosen.checked_sub(1).unwrap_or(last);
    }
    form.bring_up = form.chosen != before;
    if pressed(Key::Enter) && !palette.lines.is_empty() {
        out.push(PaletteAction::Take(form.chosen));
    }
    if pressed(Key::Tab)
        && let Some((_, part)) = palette.narrow.first()
    {
        out.push(PaletteAction::Narrow(part.clone(), true));
    }
    if form.typed.is_empty()
        && let Some(part) = form.narrowed.last()
        && pressed(Key::Backspace)
    {
        out.push(PaletteAction::Narrow(part.clone(), false));
    }
}

fn field(ui: &mut Ui, form: &mut PaletteForm, palette: &Palette, out: &mut Vec<PaletteAction>) {
    let p = theme::of(ui);
    let frame = Frame::new().inner_margin(Margin::symmetric(18, 12));
    let drawn = frame.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.set_min_height(36.0);
            let side = IconSize::Nav.pts();
            let (rect, _) = ui.allocate_exact_size(vec2(side + 8.0, 36.0), Sense::hover());
            Icon::MagnifyingGlass.paint(ui.painter(), rect.center(), side, p.text);
            for part in &form.narrowed {
                let words = part.replace('"', "");
                let name = format!("Not only {words}");
                let token = Button::secondary(&words).icon_after(Icon::X).name(&name).small();
                if ui.add(token).clicked() {
                    out.push(PaletteAction::Narrow(part.clone(), false));
                }
            }
            let count = palette.total.map(count).unwrap_or_default();
            let end = text::galley(ui, &count, Type::Hint, p.text2, f32::INFINITY).size().x;
            let width = (ui.available_width() - end - 48.0).max(120.0);
            let edit = TextEdit::singleline(&mut form.typed)
                .id(Id::unique("search or do, typed"))
                .frame(Frame::NONE.inner_margin(Margin::symmetric(10, 4)))
                .align(Align2::LEFT_CENTER)
                .min_size(vec2(width, 36.0))
                .font(theme::font(Type::Body))
                .text_color(p.text)
                .hint_text("Words, a name, or what you want to do")
                .desired_width(width);
            let field = ui.add(edit);
            ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(NAME));
            field.request_focus();
            if field.changed() {
                out.push(PaletteAction::Ask);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let said = text::hint(ui, &count);
                live(ui, &said);
            });
        });
    });
    let below = drawn.response.rect.bottom();
    let line = Stroke::new(theme::line_width(ui), p.line);
    ui.painter().hline(drawn.response.rect.x_range(), below, line);
}

fn count(total: usize) -> String {
    if total == 0 { "Nothing found".to_owned() } else { format!("{total} found") }
}

/// Says it to a screen reader when it changes.
fn live(ui: &Ui, said: &Response) {
    ui.ctx().accesskit_node_builder(said.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
    });
}

fn lines(ui: &mut Ui, form: &mut PaletteForm, palette: &Palette, out: &mut Vec<PaletteAction>) {
    let mut group: Option<Group> = None;
    ui.add_space(Space::Xs.pts());
    for (at, line) in palette.lines.iter().enumerate() {
        if group != Some(line.group()) {
            group = Some(line.group());
            heading(ui, line.group().words());
        }
        let chosen = at == form.chosen;
        let row = row(ui, line, chosen);
        if chosen && form.bring_up {
            row.scroll_to_me(None);
        }
        if row.clicked() {
            out.push(PaletteAction::Take(at));
        }
    }
    for problem in &palette.problems {
        note(ui, problem);
    }
    if palette.total == Some(0) && !palette.lines.iter().any(|line| matches!(line, Line::Meant(_)))
    {
        note(ui, &format!("Nothing found for “{}”.", form.typed.trim()));
    }
    if palette.unread > 0 {
        let words = "Some texts are still being read. What they hold comes by itself.";
        note(ui, words);
    }
    narrow(ui, palette, out);
    ui.add_space(Space::S.pts());
}

fn narrow(ui: &mut Ui, palette: &Palette, out: &mut Vec<PaletteAction>) {
    if palette.narrow.is_empty() {
        return;
    }
    heading(ui, Group::Narrow.words());
    let frame = Frame::new().inner_margin(Margin { left: 18, right: 18, top: 6, bottom: 6 });
    frame.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            for (words, part) in &palette.narrow {
                if ui.add(Button::secondary(words).small()).clicked() {
                    out.push(PaletteAction::Narrow(part.clone(), true));
                }
            }
        });
    });
}

fn heading(ui: &mut Ui, words: &str) {
    let p = theme::of(ui);
    let frame = Frame::new().inner_margin(Margin { left: 18, right: 18, top: 12, bottom: 6 });
    frame.show(ui, |ui| text::heading_in(ui, Level::Group, words, p.text2));
}

fn note(ui: &mut Ui, words: &str) {
    let frame = Frame::new().inner_margin(Margin::symmetric(18, 8));
    frame.show(ui, |ui| {
        let said = text::hint(ui, words);
        live(ui, &said);
    });
}

fn row(ui: &mut Ui, line: &Line, chosen: bool) -> Response {
    match line {
        Line::Do(command) => {
            let keys = command.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
            plain(ui, command_icon(*command), command.text(), &keys, chosen)
        }
        Line::Person(_, name) => plain(ui, Icon::User, name, "Person", chosen),
        Line::Template(_, title) => plain(ui, Icon::Chats, title, "Template", chosen),
        Line::Place(_, words) => plain(ui, Icon::ClockCounterClockwise, words, "", chosen),
        Line::Narrow(part, words) => {
            plain(ui, Icon::FunnelSimple, words, &part.replace('"', ""), chosen)
        }
        Line::Meant(words) => {
            let words = format!("Nothing found. Did you mean “{words}”?");
            plain(ui, Icon::MagnifyingGlass, &words, "", chosen)
        }
        Line::Written(hit) => written(ui, hit, chosen),
    }
}

const fn command_icon(command: Command) -> Icon {
    match command {
        Command::NewSession | Command::NewReflection | Command::AddPerson => Icon::Plus,
        _ => Icon::CaretRight,
    }
}

/// A line that can be chosen: its ground, and the mark at its left. It has a name and a state for
/// screen readers.
fn ground(ui: &mut Ui, height: f32, said: &str, chosen: bool) -> (Rect, Response) {
    let p = theme::of(ui);
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), chosen, said));
    if chosen {
        ui.painter().rect_filled(rect, 0, p.accent_soft);
        let edge = Rect::from_min_size(rect.min, vec2(4.0, height));
        ui.painter().rect_filled(edge, 0, p.accent);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, p.hover);
    }
    (rect, response)
}

fn plain(ui: &mut Ui, icon: Icon, words: &str, end: &str, chosen: bool) -> Response {
    let p = theme::of(ui);
    let (rect, response) = ground(ui, ROW, words, chosen);
    let y = rect.center().y;
    icon.paint(ui.painter(), pos2(rect.left() + 28.0, y), IconSize::Button.pts(), p.text2);
    let end = text::galley(ui, end, Type::Hint, p.text2, f32::INFINITY);
    let room = rect.width() - WORDS - end.size().x - 36.0;
    let words = text::galley_line(ui, words, Type::Body, p.text, room);
    ui.painter().galley(pos2(rect.left() + WORDS, y - words.size().y / 2.0), words, p.text);
    let at = pos2(rect.right() - 18.0 - end.size().x, y - end.size().y / 2.0);
    ui.painter().galley(at, end, p.text2);
    response
}

/// A record that was found: the words with what was looked for marked, whose and when, its layer.
fn written(ui: &mut Ui, hit: &Hit, chosen: bool) -> Response {
    let p = theme::of(ui);
    let about = about(hit);
    let said = format!("{}. {about}. {}", hit.snippet, hit.layer.words());
    let (rect, response) = ground(ui, TWO_LINES, &said, chosen);
    let icon = match hit.layer {
        Layer::Private => Icon::EyeSlash,
        Layer::Shared => Icon::Users,
        Layer::Arcp => Icon::FileArrowUp,
    };
    let y = rect.center().y;
    icon.paint(ui.painter(), pos2(rect.left() + 28.0, y), IconSize::Button.pts(), p.text2);
    let chip_room = 150.0;
    let room = rect.width() - WORDS - chip_room;
    let words = marked(ui, hit, room);
    let about = text::galley_line(ui, &about, Type::Hint, p.text2, room);
    let left = rect.left() + WORDS;
    let top = y - (words.size().y + about.size().y + 2.0) / 2.0;
    let below = top + words.size().y + 2.0;
    ui.painter().galley(pos2(left, top), words, p.text);
    ui.painter().galley(pos2(left, below), about, p.text2);
    let chip = Rect::from_min_max(
        pos2(rect.right() - chip_room, rect.top()),
        pos2(rect.right() - 18.0, rect.bottom()),
    );
    let mut end = ui.new_child(
        egui::UiBuilder::new().max_rect(chip).layout(Layout::right_to_left(Align::Center)),
    );
    end.add(layer::Chip::new(hit.layer));
    response
}

/// "Conversation: Mid-point review, 18 August 2026".
fn about(hit: &Hit) -> String {
    let kind = match hit.kind {
        Kind::Session => "Conversation",
        Kind::Reflection => "Reflection",
        Kind::Action => "Action",
        Kind::Person => "Person",
        Kind::Plan => "Career plan",
        Kind::Template => "Template",
        Kind::Learning => "Learning",
        Kind::Attachment => "File",
        _ => "Settings",
    };
    let title = Some(hit.title.as_str()).filter(|title| {
        !title.is_empty() && *title != hit.snippet && *title != kind && hit.kind != Kind::Settings
    });
    let title = title.map_or_else(|| kind.to_owned(), |title| format!("{kind}: {title}"));
    let date = hit.date.map(long_date);
    [Some(title), date].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The words on one line, with what was looked for on a ground of its own and underlined.
fn marked(ui: &Ui, hit: &Hit, room: f32) -> std::sync::Arc<egui::Galley> {
    let p = theme::of(ui);
    let plain = theme::format(ui, Type::Body, p.text);
    let mut strong = theme::format(ui, Type::Strong, p.text);
    strong.background = p.accent_soft;
    strong.underline = Stroke::new(1.5, p.accent);
    let mut job = LayoutJob::default();
    let mut after = 0;
    for mark in &hit.marks {
        job.append(&hit.snippet[after..mark.start], 0.0, plain.clone());
        job.append(&hit.snippet[mark.clone()], 0.0, strong.clone());
        after = mark.end;
    }
    job.append(&hit.snippet[after..], 0.0, plain);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

fn footer(ui: &mut Ui) {
    let p = theme::of(ui);
    let radius = Radius::Modal.pts();
    let corners = egui::CornerRadius { sw: radius, se: radius, ..egui::CornerRadius::ZERO };
    let frame =
        Frame::new().inner_margin(Margin::symmetric(18, 12)).fill(p.sunken).corner_radius(corners);
    frame.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.set_min_width(ui.available_width());
            for (key, does) in
                [("Up, Down", "move"), ("Enter", "open"), ("Tab", "narrow"), ("Esc", "close")]
            {
                text::show(ui, key, Type::HintStrong, p.text2);
                text::hint(ui, does);
                ui.add_space(Space::S.pts());
            }
            text::hint(ui, "Nothing of it leaves this computer.");
        });
    });
}
