//! Who can open the record, and when it locks.

use egui::{Align2, Context, Id, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::app::Action;
use crate::app::action::{PasswordAction, RecordAction};
use crate::app::keeping::{Form, KeepingAction};
use crate::app::lock;
use crate::app::state::{Open, PasswordChange};
use crate::ui::View;
use crate::ui::screens::new_password::NewPassword;
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type};
use crate::ui::widgets::setting::row;
use crate::ui::widgets::{Button, Field, cairn, card, menu, modal, page, text};

/// Draws the left column: the ways in, then the lock.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    ways_in(ui, view, open);
    ui.add_space(Space::S.pts());
    card::card_of_rows(ui, |ui| {
        let hint = "After this long without a key or a click";
        row(ui, Icon::Timer, ("Lock when I stop using it", hint), 170.0, |ui| {
            idle(ui, view, open);
        });
    });
}

fn ways_in(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    card::framed(ui, egui::Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        picture(ui);
        egui::Frame::NONE.inner_margin(egui::Margin::symmetric(16, 0)).show(ui, |ui| {
            ui.add_space(Space::M.pts());
            text::lead(
                ui,
                "Two ways in, and no third.",
                "Not us, not your IT team, not your trust.",
            );
            ui.add_space(Space::M.pts());
            card::hairline(ui);
            row(ui, Icon::Key, ("Password", ""), 100.0, |ui| {
                let change = Button::secondary("Change…").small().name("Change the password");
                let writable = open.read_only.is_none();
                if writable && ui.add(change).clicked() {
                    view.out.push(Action::Password(PasswordAction::Begin));
                }
            });
            card::hairline(ui);
            let hint = "On paper or a stick. Opens the record without the password";
            row(ui, Icon::FileText, ("Recovery sheet", hint), 150.0, |ui| {
                let new = Button::secondary("Make a new one…").small();
                let new = new.name("Make a new recovery sheet");
                if open.read_only.is_none() && ui.add(new).clicked() {
                    view.out.push(Action::Keeping(KeepingAction::Ask(Form::NewSheet)));
                }
            });
        });
    });
}

/// The mark between the two ways in. The words below say the same.
fn picture(ui: &mut Ui) {
    let p = theme::of(ui);
    let size = vec2(ui.available_width(), 158.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let round = Radius::Card.pts().saturating_sub(1);
    let corners = egui::CornerRadius { nw: round, ne: round, sw: 0, se: 0 };
    painter.rect_filled(rect, corners, p.rail);
    cairn::hills(&painter, rect.with_min_y(rect.top() - 40.0), p);
    let middle = rect.center();
    let mark = Rect::from_center_size(pos2(middle.x, rect.top() + 56.0), vec2(72.0, 72.0));
    cairn::paint_mark(&painter, mark, p.accent);
    let reach = (rect.width() * 0.32).min(176.0);
    let line = Stroke::new(1.5, p.text3);
    let label = |x: f32, y: f32, words: &str| {
        let font = theme::font(Type::Button);
        painter.text(pos2(x, y), Align2::CENTER_CENTER, words, font, p.text);
    };
    for (side, icon, words) in
        [(-1.0, Icon::Keyboard, "Your password"), (1.0, Icon::FileText, "Recovery sheet")]
    {
        let at = pos2(middle.x + side * reach, rect.top() + 56.0);
        let edge = Stroke::new(theme::line_width(ui), p.line_strong);
        painter.add(egui::Shape::ellipse_filled(at, vec2(22.0, 18.0), p.surface));
        painter.add(egui::Shape::ellipse_stroke(at, vec2(22.0, 18.0), edge));
        icon.paint(&painter, at, IconSize::Nav.pts(), p.accent);
        let end = pos2(middle.x + side * 54.0, at.y);
        let start = pos2(at.x - side * 32.0, at.y);
        if (end.x - start.x).abs() > 16.0 && reach > 100.0 {
            painter.line_segment([start, end], line);
            painter.circle_filled(end, 3.0, p.text3);
        }
        label(at.x, rect.top() + 92.0, words);
    }
    label(middle.x, rect.top() + 112.0, "Your record");
}

fn idle(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let before = open.journal.settings().idle_minutes;
    let mut minutes: Vec<u16> = lock::CHOICES.to_vec();
    if !minutes.contains(&before) {
        minutes.push(before);
        minutes.sort_unstable();
    }
    let words: Vec<(u16, String)> =
        minutes.into_iter().map(|m| (m, format!("After {m} minutes"))).collect();
    let options: Vec<(u16, &str)> = words.iter().map(|(m, words)| (*m, words.as_str())).collect();
    let mut chosen = before;
    ui.add_enabled_ui(open.read_only.is_none(), |ui| {
        let name = "Lock when I stop using it";
        if menu::select_named(ui, name, &mut chosen, &options, 168.0).changed() {
            view.out.push(Action::Record(RecordAction::IdleMinutes(chosen)));
        }
    });
}

/// Draws the form for another password over the page, while it is asked for.
pub fn change(ctx: &Context, view: &mut View<'_>, open: &Open) {
    let Some(change) = &open.password else { return };
    let (_, close) = modal::modal(ctx, "Change your password", 460.0, |ui, first| {
        form(ui, view, open, change, first);
    });
    if close {
        view.out.push(Action::Password(PasswordAction::Cancel));
    }
}

fn form(ui: &mut Ui, view: &mut View<'_>, open: &Open, change: &PasswordChange, first: bool) {
    text::heading(ui, text::Level::Section, "Change your password");
    text::secondary(ui, "Your recovery sheet stays as it is and still works.");
    ui.add_space(Space::S.pts());
    let typed = &mut view.inputs.settings.password;
    let missing = change.tried && typed.old.is_empty();
    let wrong = change.notice.as_ref().map(ToString::to_string);
    let wrong = wrong.or_else(|| missing.then(|| "Type the password you use now.".to_owned()));
    let old =
        Field::new("Your password now").secret().error(wrong.as_deref()).show(ui, &mut typed.old);
    if first {
        old.request_focus();
    }
    ui.add_space(Space::S.pts());
    let your_name = open.journal.settings().your_name;
    let id = Id::unique("settings, new password");
    let new = NewPassword {
        id,
        label: "New password",
        again_label: "New password once more",
        known: &your_name,
        tried: change.tried,
        large: false,
    }
    .show(ui, &mut typed.new, &mut typed.again, &mut typed.judged);
    if page::entered(ui, &old) {
        new.focus_first(ui);
    }
    ui.add_space(Space::M.pts());
    let words = if change.busy { "Changing…" } else { "Change the password" };
    let (keep, go) = ui
        .horizontal_wrapped(|ui| {
            let go = ui.add(Button::primary(words).cannot_yet(change.busy)).clicked();
            (ui.add(Button::ghost("Keep the old one")).clicked(), go)
        })
        .inner;
    if keep {
        view.out.push(Action::Password(PasswordAction::Cancel));
    } else if (go || new.entered) && !change.busy {
        if view.inputs.settings.password.old.is_empty() {
            old.request_focus();
        } else {
            new.focus_what_is_missing(ui);
        }
        view.out.push(Action::Password(PasswordAction::Change));
    }
}
