//! Four words on both screens: the same, or not; and what stands afterwards.

use egui::{Ui, vec2};

use super::folder;
use super::{Shown, day, foot, frame, had_other_keys, notice, side, steps, stop_button};
use crate::app::pairing::{Both, PairFile, PairingAction};
use crate::app::{Action, Screen};
use crate::model::text::count;
use crate::ui::View;
use crate::ui::screens::leaves;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::text::{self, Level};

/// Asks whether both screens show the same four words.
pub fn ask(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, both: &Both) {
    let called = shown.called();
    foot(ui, |ui| {
        if ui.add(Button::ghost("Check later")).clicked() {
            view.out.push(Action::Go(Screen::People(Some(shown.id))));
        }
        another_reply(ui, view, shown, both);
    });
    let title = format!("Pair with {called}");
    let words =
        "Last step. Both screens now show four words. They show whether somebody got in between.";
    let all = steps::paired(shown, both, &view.state.now);
    frame(
        ui,
        view,
        (&title, words),
        &all,
        |ui, view| {
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            notice(ui, shown.pairing.notice.as_ref());
            give_the_reply(ui, shown, both);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = Space::Xs.pts();
                text::heading(ui, Level::Section, "Do both screens show the same words?");
                text::secondary(ui, "One of you reads them aloud, in order. The other looks.");
            });
            had_other_keys(ui, shown.open, shown.id, &view.state.now);
            super::words::show(ui, &both.words, 118.0, true);
            ui.add_space(Space::Xs.pts());
            if shown.writable {
                answers(ui, view, shown);
            }
            let words = format!("{called} answers on their own computer too.");
            text::small(ui, &words);
            other_name(ui, shown, both);
        },
        |ui, view| {
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            let own = view.inputs.pairing.own_name.clone();
            side::four_covers(ui, called, &own);
            let matched = format!("You are paired. {called}’s page says so, with the date.");
            let differ = match both.sent {
                0 => "Nothing was shared. Throw both files away and start again with new words."
                    .to_owned(),
                sent => format!(
                    "{} went already, and somebody else may read it. Stop, and start again.",
                    count(usize::try_from(sent).unwrap_or(usize::MAX), "file")
                ),
            };
            side::rows(
                ui,
                &[
                    (Icon::SealCheck, "If they match", &matched),
                    (Icon::WarningOctagon, "If they differ", &differ),
                    (
                        Icon::Clock,
                        "If you leave now",
                        "The pair stays “not compared”. Its page \
                      asks again.",
                    ),
                ],
            );
        },
    );
}

/// The two answers, half of the room each.
fn answers(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    const HEIGHT: f32 = 44.0;
    let gap = Space::M.pts();
    let busy = shown.pairing.busy;
    let half = (ui.available_width() - gap) / 2.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        let pairs = [("They match", Icon::Check, true), ("They differ", Icon::X, false)];
        for (words, icon, same) in pairs {
            ui.allocate_ui(vec2(half, HEIGHT), |ui| {
                let answer = ui.add(side::half(words, icon).cannot_yet(busy));
                if answer.clicked() && !busy {
                    view.out.push(Action::Pairing(PairingAction::Compared(same)));
                }
            });
        }
    });
}

/// The reply that was just written is to be given first.
fn give_the_reply(ui: &mut Ui, shown: &Shown<'_>, both: &Both) {
    let Some(written) = shown.pairing.written.as_ref().filter(|_| !both.invited) else { return };
    let words = format!("Give the reply to {}", shown.called());
    text::heading(ui, Level::Section, &words);
    leaves::saved(ui, &written.file);
}

/// What the other one calls themselves, where it is another name than the one in the record.
fn other_name(ui: &mut Ui, shown: &Shown<'_>, both: &Both) {
    if both.their_name != shown.person.name {
        let words = format!("They call themselves {}.", both.their_name);
        text::show(ui, &words, Type::Small, theme::of(ui).text2);
    }
}

/// A second reply can come: it is told as an alarm.
fn another_reply(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, both: &Both) {
    let can = both.invited && shown.writable && !shown.pairing.busy;
    let open = Button::ghost("Open another reply…").icon(Icon::FolderOpen);
    if can && ui.add(open).clicked() {
        view.out.push(Action::Pairing(PairingAction::Choose(PairFile::Reply)));
    }
}

/// The words were compared and are the same.
pub fn done(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, both: &Both) {
    let called = shown.called();
    foot(ui, |ui| {
        let plan = Button::primary("Open the career plan").icon(Icon::Path);
        if ui.add(plan).clicked() {
            view.out.push(Action::Go(Screen::Plan(shown.id)));
        }
        stop_button(ui, view, shown, "Stop pairing…");
        another_reply(ui, view, shown, both);
    });
    let title = format!("Paired with {called}");
    let since = format!("Paired face to face on {}.", day(both.since, &view.state.now));
    let all = steps::paired(shown, both, &view.state.now);
    frame(
        ui,
        view,
        (&title, &since),
        &all,
        |ui, view| {
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            notice(ui, shown.pairing.notice.as_ref());
            let words = "From now on you can write the career plan together.";
            Banner::information("You both saw the same four words. ")
                .words(words)
                .icon(Icon::SealCheck)
                .show(ui);
            text::secondary(ui, "You can compare the words again whenever you meet.");
            super::words::show(ui, &both.words, 64.0, false);
            other_name(ui, shown, both);
            ui.add_space(Space::S.pts());
            folder::show(ui, view, shown, both.folder.as_ref());
        },
        |ui, _| side::promises(ui),
    );
}

/// The words differed, and the pairing was stopped.
pub fn differed(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    let called = shown.called();
    foot(ui, |ui| {
        if ui.add(Button::primary("Start again").icon(Icon::ArrowClockwise)).clicked() {
            // The same page once more, with nothing left of before.
            view.out.push(Action::Go(Screen::Pair(shown.id)));
        }
        if ui.add(Button::ghost("Not now")).clicked() {
            view.out.push(Action::Go(Screen::People(Some(shown.id))));
        }
    });
    let title = format!("Not paired with {called}");
    let all = steps::inviting(shown, 0, &view.state.now);
    frame(
        ui,
        view,
        (&title, "The four words differed, so the pairing was stopped."),
        &all,
        |ui, _| {
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            let words = "Files between the two of you can no longer be made or opened here. Your \
                         record stays as it was.";
            Banner::error("Somebody may have got in between. ").words(words).show(ui);
            text::heading(ui, Level::Section, "What to do now");
            for line in [
                format!("1. Ask {called} to stop the pairing as well."),
                "2. Throw both files away: the invitation and the reply.".to_owned(),
                "3. Start again in the same room, with a new file and new words.".to_owned(),
                "4. Hand the files over yourself this time, on a stick.".to_owned(),
            ] {
                text::body(ui, &line);
            }
        },
        |ui, _| side::promises(ui),
    );
}
