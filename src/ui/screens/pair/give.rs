//! The one who invites: the file, the six words, and waiting for the reply.

use egui::{Align, Id, Layout, Ui};
use jiff::Timestamp;

use super::{Shown, foot, frame, had_other_keys, moment, notice, reply_words, side, steps};
use crate::app::Action;
use crate::app::pairing::{PairFile, PairingAction, name_of, spelled};
use crate::ui::View;
use crate::ui::screens::leaves;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::menu::{menu, menu_row};
use crate::ui::widgets::page::{self, Room, just_opened};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Banner, Field};

const ABOUT: &str = "Once, in the same room, both computers open. About 3 minutes. After that you can write together.";

const ONCE: &str = "They work for one reply only";

fn wish(view: &mut View<'_>, wish: PairingAction) {
    view.out.push(Action::Pairing(wish));
}

/// The file with the invitation, before it is written.
pub fn form(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    let pairing = shown.pairing;
    let called = shown.called();
    let words = if pairing.busy { "Saving…" } else { "Save the invitation" };
    foot(ui, |ui| {
        let save = Button::primary(words).icon(Icon::FloppyDisk).cannot_yet(pairing.busy);
        if shown.writable && ui.add(save).clicked() && !pairing.busy {
            wish(view, PairingAction::Invite);
        }
        if pairing.other_words && ui.add(Button::ghost("Keep the invitation there is")).clicked() {
            wish(view, PairingAction::OtherWords(false));
        }
    });
    let title = format!("Pair with {called}");
    let all = steps::inviting(shown, 0, &view.state.now);
    frame(
        ui,
        view,
        (&title, ABOUT),
        &all,
        |ui, view| {
            ui.spacing_mut().item_spacing.y = Space::S.pts();
            text::heading(ui, Level::Section, &format!("Save a file for {called}"));
            let how = "It opens only with six words. You say them aloud in the next step.";
            text::secondary(ui, how);
            notice(ui, pairing.notice.as_ref());
            had_other_keys(ui, shown.open, shown.id, &view.state.now);
            if pairing.other_words {
                let words = "The file from before no longer counts once this one is saved.";
                Banner::attention("Other words mean a new file. ").words(words).show(ui);
            }
            if !shown.writable {
                text::small(ui, "The record can only be read now, so its keys could not be kept.");
                return;
            }
            ui.add_space(Space::S.pts());
            own_name(ui, view, called);
            let asking = pairing.asking.is_some();
            let path = &mut view.inputs.pairing.path;
            if leaves::file(ui, Id::unique("invitation file"), path, asking) {
                wish(view, PairingAction::Choose(PairFile::Place));
            }
        },
        |ui, _| {
            let who = format!(
                "The six words are never in the file. Without them {called} cannot open it, and \
                 nor can anybody else."
            );
            side::what_leaves(ui, &who);
        },
    );
}

/// One's own name, as the other one sees it.
pub fn own_name(ui: &mut Ui, view: &mut View<'_>, called: &str) {
    let form = &mut view.inputs.pairing;
    let missing = form.tried && form.own_name.trim().is_empty();
    let error = missing.then(|| format!("Type what {called} should see."));
    Field::new("Your name")
        .hint(&format!("{called} sees it when the file is opened"))
        .error(error.as_deref())
        .show(ui, &mut form.own_name);
}

/// The six words, to be said.
pub fn words(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, words: &str) {
    let called = shown.called();
    foot(ui, |ui| reply_buttons(ui, view, shown, "Stop pairing"));
    let title = format!("Pair with {called}");
    let all = steps::inviting(shown, 1, &view.state.now);
    frame(
        ui,
        view,
        (&title, ABOUT),
        &all,
        |ui, view| {
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            notice(ui, shown.pairing.notice.as_ref());
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = Space::Xs.pts();
                text::heading(ui, Level::Section, &format!("Say these six words to {called}"));
                let how = format!("{called} types them into their Cairn. They open the file.");
                text::secondary(ui, &how);
            });
            super::words::show(ui, words, 92.0, false);
            under(ui, view, words);
            Banner::attention("")
                .words(
                    "Do not send the words by e-mail or message. A file and its words together \
                     can be opened by anyone.",
                )
                .unannounced()
                .show(ui);
            let kept = "Cairn keeps the words nowhere. They go when you leave this page or lock.";
            text::small(ui, kept);
            given(ui, shown);
        },
        |ui, view| {
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            side::six_fields(ui, called, &view.inputs.pairing.own_name);
            let p = theme::of(ui);
            let then = format!(
                "Then {called}’s Cairn makes a reply file. You get it on the stick or by e-mail."
            );
            text::show(ui, &then, Type::Control, p.text2);
            side::promises(ui);
        },
    );
}

/// Where the file is that is to be given.
fn given(ui: &mut Ui, shown: &Shown<'_>) {
    let Some(written) = &shown.pairing.written else { return };
    if written.instead {
        let words = "The file from before no longer counts. Throw it away.";
        text::small(ui, words);
    }
    leaves::saved(ui, &written.file);
}

/// Spelling a word, other words, and for how long they are good.
fn under(ui: &mut Ui, view: &mut View<'_>, words: &str) {
    let each: Vec<&str> = words.split(' ').collect();
    ui.horizontal(|ui| {
        menu(ui, Button::secondary("Spell a word").icon(Icon::SpeakerHigh), |ui| {
            for (at, word) in each.iter().enumerate() {
                if menu_row(ui, None, &format!("{} {word}", at + 1), "").clicked() {
                    view.inputs.pairing.spelled = Some(at);
                }
            }
        });
        let other = Button::secondary("Other words").icon(Icon::ArrowClockwise);
        if ui.add(other).clicked() {
            wish(view, PairingAction::OtherWords(true));
        }
        if Room::of(ui) >= Room::Wide {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| text::small(ui, ONCE));
        }
    });
    if Room::of(ui) < Room::Wide {
        text::small(ui, ONCE);
    }
    if let Some(word) = view.inputs.pairing.spelled.and_then(|at| each.get(at)) {
        let lead = format!("{word}: ");
        Banner::plain(&lead).words(&spelled(word)).icon(Icon::SpeakerHigh).show(ui);
    }
}

/// An invitation whose words are no longer here.
pub fn waiting(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, at: Timestamp) {
    let called = shown.called();
    foot(ui, |ui| reply_buttons(ui, view, shown, "Take the invitation back…"));
    let title = format!("Pair with {called}");
    let all = steps::inviting(shown, 2, &view.state.now);
    frame(
        ui,
        view,
        (&title, ABOUT),
        &all,
        |ui, view| {
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            text::heading(ui, Level::Section, "The invitation waits for its reply");
            notice(ui, shown.pairing.notice.as_ref());
            let given = format!("It was made {}.", moment(at, &view.state.now));
            text::secondary(ui, &given);
            let lead = "The six words are gone. ";
            let words = "Cairn keeps them nowhere, so they cannot be shown again.";
            Banner::information(lead).words(words).icon(Icon::Key).show(ui);
            let heard = format!("If {called} typed them in time, there is a reply file. Open it.");
            text::body(ui, &heard);
            text::body(ui, "If not, make other words. The first file then no longer counts.");
            if shown.writable {
                let other = Button::secondary("Other words").icon(Icon::ArrowClockwise);
                if ui.add(other).clicked() {
                    wish(view, PairingAction::OtherWords(true));
                }
            }
        },
        |ui, _| side::promises(ui),
    );
}

/// The ways on while a reply is waited for.
fn reply_buttons(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, stop: &str) {
    if !shown.writable {
        return;
    }
    let busy = shown.pairing.busy || shown.pairing.asking.is_some();
    let words = reply_words(shown);
    let open = ui.add(Button::primary(&words).icon(Icon::FolderOpen).cannot_yet(busy));
    if just_opened(ui.ctx(), Id::unique("open the reply")) {
        open.request_focus();
    }
    if open.clicked() && !busy {
        wish(view, PairingAction::Choose(PairFile::Reply));
    }
    super::stop_button(ui, view, shown, stop);
}

/// Beside a button that chooses a file: the name of the one that is chosen.
pub fn chosen_name(ui: &mut Ui, path: Option<&std::path::Path>) {
    let words = path.map_or_else(|| "No file is chosen yet.".to_owned(), name_of);
    page::at_most(ui, 420.0, |ui| text::body(ui, &words));
}
