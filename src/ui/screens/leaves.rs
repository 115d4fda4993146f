//! What leaves this machine: the words and the parts that are the same wherever something does.

use std::path::Path;

use egui::{Align, Id, Layout, Response, Ui, UiBuilder, pos2, vec2};

use crate::app::job::Written;
use crate::app::press::PressAction;
use crate::app::{Action, Notice};
use crate::export::preview::LayerCount;
use crate::export::{Format, Preview};
use crate::model::Layer;
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Type};
use crate::ui::widgets::menu::{menu, menu_row};
use crate::ui::widgets::{Banner, Button, Field, layer, text};

/// The title of every page or panel before something leaves.
pub const TITLE: &str = "What leaves this machine";

/// How many lines of each layer leave, with the words below one another.
pub fn layer_rows(ui: &mut Ui, counts: &[LayerCount]) {
    const DIGIT: f32 = 14.0;
    let most = counts.iter().map(|count| count.leaves).max().unwrap_or_default();
    let digits = most.to_string().len().max(2);
    for count in counts {
        numbered(ui, count, DIGIT * digits as f32);
    }
}

/// How many lines of a layer leave.
pub fn layer_row(ui: &mut Ui, count: &LayerCount) {
    layer_rows(ui, std::slice::from_ref(count));
}

/// A layer with its number, which takes so many points.
fn numbered(ui: &mut Ui, count: &LayerCount, width: f32) {
    const HEIGHT: f32 = 44.0;
    let p = theme::of(ui);
    // What is private leaves in one place alone, and is never to be overlooked there.
    let private = count.layer == Layer::Private && count.leaves > 0;
    layer::edged(ui, count.layer, |ui| {
        ui.set_min_height(HEIGHT);
        ui.horizontal(|ui| {
            ui.set_min_height(HEIGHT);
            ui.spacing_mut().item_spacing.x = 6.0;
            let number = count.leaves.to_string();
            let cell = Layout::left_to_right(Align::Center);
            ui.allocate_ui_with_layout(vec2(width, HEIGHT), cell, |ui| {
                ui.set_min_width(width);
                text::show(ui, &number, Type::H2, if private { p.danger } else { p.text });
            });
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let words = count.layer.words();
                if count.layer == Layer::Arcp {
                    layer::words(ui, count.layer, words);
                    text::small(ui, &count.words);
                } else {
                    ui.add_space((HEIGHT - Type::Strong.token().line) / 2.0);
                    let words = format!("{words}: {}", count.words);
                    if private {
                        layer::words_in(ui, count.layer, &words, p.danger);
                    } else {
                        layer::words(ui, count.layer, &words);
                    }
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

/// A label so many points wide, and its words beside it.
pub fn labelled(ui: &mut Ui, width: f32, label: &str, value: &str) {
    let p = theme::of(ui);
    let down = Layout::top_down(Align::Min);
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(width, 0.0), down, |ui| {
            ui.set_width(width);
            text::show(ui, label, Type::Small, p.text2);
        });
        let room = ui.available_width();
        ui.allocate_ui_with_layout(vec2(room, 0.0), down, |ui| {
            ui.set_width(room);
            text::show(ui, value, Type::Small, p.text);
        });
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

/// Who is named, and what is left out.
pub fn who_and_what(ui: &mut Ui, preview: &Preview) {
    // The lead ends at the first colon: "2 people are named: …".
    let split = |words: &str| match words.split_once(": ") {
        Some((lead, rest)) => (format!("{lead}:"), rest.to_owned()),
        None => (words.to_owned(), String::new()),
    };
    let (lead, rest) = split(&preview.named_words);
    fact(ui, Icon::User, false, &lead, &rest);
    let (lead, rest) = split(preview.left_out);
    fact(ui, Icon::Prohibit, false, &lead, &rest);
}

/// The kind of file, who can open it, and what it cannot show.
pub fn kind_of_file(ui: &mut Ui, preview: &Preview) {
    fact(ui, Icon::FileText, false, &preview.file, preview.readers);
    cannot_show(ui, &preview.cannot_show);
}

fn cannot_show(ui: &mut Ui, characters: &[char]) {
    if characters.is_empty() {
        return;
    }
    let lead = match characters.len() {
        1 => "The PDF cannot show 1 character:".to_owned(),
        n => format!("The PDF cannot show {n} characters:"),
    };
    let list = characters.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
    let rest = format!(
        "{list} A simpler letter or a question mark stands in its place. Other kinds of file \
         show it"
    );
    fact(ui, Icon::TextAa, true, &lead, &rest);
}

/// The file is being set, which a long one takes a moment for. Nothing is written yet.
pub fn setting(ui: &mut Ui, view: &mut View<'_>) {
    ui.horizontal(|ui| {
        ui.add(egui::Spinner::new().size(IconSize::Button.pts()));
        text::small(ui, "Setting the pages. Nothing has left yet");
    });
    if ui.add(Button::secondary("Stop").fill_width().name("Stop making the file")).clicked() {
        view.out.push(Action::Press(PressAction::Stop));
    }
}

/// What was pressed at the foot of what leaves.
pub struct Pressed {
    /// The button that writes the file.
    pub save: Response,
    /// Another kind of file.
    pub format: Option<Format>,
}

/// The button that writes the file, and the kind of file beside it.
pub fn buttons(
    ui: &mut Ui,
    words: &str,
    cannot: bool,
    (shown, formats): (Format, &[Format]),
) -> Pressed {
    let kind = shown.words();
    let name = format!("Kind of file: {kind}");
    let kinds = Button::secondary(kind).icon_after(Icon::CaretDown).name(&name);
    ui.horizontal(|ui| {
        let room = ui.available_width() - kinds.measure(ui) - ui.spacing().item_spacing.x;
        let place = vec2(room, theme::tokens().control.height);
        let down = Layout::top_down(Align::Min);
        let save = ui.allocate_ui_with_layout(place, down, |ui| {
            ui.add(Button::primary(words).fill_width().cannot_yet(cannot))
        });
        let mut format = None;
        menu(ui, kinds, |ui| {
            for offered in formats {
                let icon = (*offered == shown).then_some(Icon::Check);
                if menu_row(ui, icon, offered.words(), "").clicked() {
                    format = Some(*offered);
                }
            }
        });
        Pressed { save: save.inner, format }
    })
    .inner
}

/// The kind of file inside a sentence.
pub const fn sentence_words(format: Format) -> &'static str {
    match format {
        Format::Text => "plain text",
        Format::Docx => "Word file",
        Format::Pdf | Format::Markdown | Format::Json => format.words(),
    }
}
