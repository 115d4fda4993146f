//! Every component in every state, as one picture for each theme, and how each is named and
//! used by keyboard and screen reader.

use cairn::model::Layer;
use cairn::ui::theme::{self, Icon, Space, Type};
use cairn::ui::widgets::answer::{self, Answer};
use cairn::ui::widgets::banner::{self, Banner};
use cairn::ui::widgets::button::{Button, IconButton};
use cairn::ui::widgets::card::{self, ListRow};
use cairn::ui::widgets::date::DateField;
use cairn::ui::widgets::guard::GuardHint;
use cairn::ui::widgets::layer::{self, Chip};
use cairn::ui::widgets::marks::{Mark, MarkKind};
use cairn::ui::widgets::modal::{self, Question};
use cairn::ui::widgets::pebble::{self, PebbleSize};
use cairn::ui::widgets::progress::{self, Stone};
use cairn::ui::widgets::status::{self, Saved};
use cairn::ui::widgets::tag::Tag;
use cairn::ui::widgets::text::{self, Level};
use cairn::ui::widgets::toggle::{self, ActionRow};
use cairn::ui::widgets::{choice, field::Field, menu, page};
use egui::{Align, Id, Layout, Rect, Role, Ui, UiBuilder, pos2, vec2};

use egui_kittest::kittest::Queryable as _;

use crate::support::window::{DESK, Look, picture, window};

/// Puts a group where the drawing has it: column 0 to 2, its top in points.
fn group(ui: &mut Ui, column: u8, top: f32, title: &str, contents: impl FnOnce(&mut Ui)) {
    const WIDTH: f32 = 389.0;
    let left = 28.0 + f32::from(column) * (WIDTH + 28.5);
    let place = Rect::from_min_size(pos2(left, top), vec2(WIDTH, 300.0));
    let down = Layout::top_down(Align::Min);
    let builder = UiBuilder::new().id_salt(title).max_rect(place).layout(down);
    ui.scope_builder(builder, |ui| {
        text::heading_in(ui, Level::Group, title, theme::of(ui).text2);
        contents(ui);
    });
}

fn named(ui: &mut Ui, name: &str, contents: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        contents(ui);
        let colour = theme::of(ui).text2;
        text::show(ui, name, Type::Caption, colour);
    });
}

fn buttons(ui: &mut Ui) {
    let rows = [
        vec![
            (Button::primary("Start session"), "Primary"),
            (Button::secondary("Prepare"), "Secondary"),
            (Button::quiet("See all"), "Quiet"),
            (Button::ghost("Back"), "Ghost"),
        ],
        vec![
            (Button::danger("Delete…").icon(Icon::Trash), "Danger"),
            (Button::primary("Save").cannot_yet(true), "Not yet"),
            (Button::secondary("Word").icon_after(Icon::CaretDown), "Menu"),
        ],
    ];
    for row in rows {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = Space::M.pts();
            for (button, name) in row {
                named(ui, name, |ui| {
                    ui.add(button);
                });
            }
        });
    }
}

fn layers(ui: &mut Ui) {
    for (layer, words) in [
        (Layer::Shared, "solid edge, you and the doctor"),
        (Layer::Private, "dashed edge, only you"),
        (Layer::Arcp, "double edge, goes out"),
    ] {
        layer::edged(ui, layer, |ui| {
            ui.horizontal(|ui| {
                ui.set_min_height(32.0);
                ui.add(Chip::new(layer));
                text::small(ui, words);
            });
        });
    }
}

fn states(ui: &mut Ui) {
    ui.horizontal(|ui| {
        toggle::checkbox(ui, &mut false, "Off");
        toggle::checkbox(ui, &mut true, "On");
        choice::segmented_with_tick(
            ui,
            "Asked about clinic time",
            &mut 0,
            &[(0, "Done"), (1, "Part"), (2, "Not yet")],
            &0,
        );
    });
    ui.horizontal_wrapped(|ui| {
        ui.add(Tag::done());
        ui.add(Tag::part());
        ui.add(Tag::not_yet());
        ui.add(Tag::late(2));
    });
    toggle::switch(ui, &mut true, "Lock when the lid closes", "");
}

fn first_column(ui: &mut Ui) {
    group(ui, 0, 20.0, "Buttons: one primary on a screen", buttons);
    group(ui, 0, 208.0, "Field with hint", |ui| {
        let mut date = "9 June 2027".to_owned();
        Field::new("ARCP date").hint("For example, 9 June 2027").width(220.0).show(ui, &mut date);
    });
    group(ui, 0, 354.0, "Empty: says why, offers one thing", |ui| {
        page::empty(
            ui,
            "No one here yet",
            "Add the first doctor you supervise. A name is enough.",
            Button::primary("Add a person").icon(Icon::Plus),
        );
    });
    group(ui, 0, 626.0, "Action row", |ui| {
        card::card_of_rows(ui, |ui| {
            ActionRow::new("Book a mock PACES")
                .origin("18 August, carried forward once")
                .owner("AL")
                .when(Tag::new("4 Dec"))
                .show(ui, &mut false);
        });
    });
}

fn second_column(ui: &mut Ui) {
    group(ui, 1, 20.0, "Layers: colour, icon, words and edge", layers);
    group(ui, 1, 208.0, "Field with error: what happened, what to do", |ui| {
        let mut date = "31 June 2027".to_owned();
        Field::new("ARCP date")
            .error(Some("31 June is not a date. Choose 1 to 30 June"))
            .width(220.0)
            .show(ui, &mut date);
    });
    group(ui, 1, 354.0, "Error banner: what is safe, what to do", |ui| {
        Banner::error("Cairn could not save to drive H.")
            .words(
                "Your words are safe on this computer. Reconnect the drive, or save a copy \
                 somewhere else.",
            )
            .show_with(ui, |ui| {
                ui.add(Button::secondary("Try again").small());
                ui.add(Button::secondary("Save a copy…").small());
            });
    });
    group(ui, 1, 590.0, "Guard hint: icon, underline, offer, reason", |ui| {
        let mut words = "Seen with Mrs Onslow, 84 on the ward".to_owned();
        Answer::new(Id::unique("guarded"), "What happened?")
            .kind(Type::Body)
            .marks(&[Mark::new(MarkKind::Identifier, 10..24)])
            .boxed()
            .show(ui, &mut words);
        let offer = "Try “a patient in their 80s”.";
        GuardHint::new("This may point to a patient.", offer).show(ui);
    });
}

fn third_column(ui: &mut Ui) {
    group(ui, 2, 20.0, "Checks, choices, status", states);
    group(ui, 2, 208.0, "Toast: says what happened, offers undo", |ui| {
        banner::toast_frame(ui, "Action moved to 4 December", Some("Undo"));
        text::small(ui, "Stays 8 seconds, longer while pointed at. Never for errors.");
    });
    group(ui, 2, 354.0, "Modal: a question with verbs for answers", |ui| {
        modal::modal_frame(ui.ctx()).show(ui, |ui| {
            Question::new("Delete Dr Brackenridge’s record?", "Keep it", "Delete for good")
                .words(
                    "Its files go from here and from backups that Cairn can reach. Older copies \
                     of the folder kept elsewhere, and files already sent, can still be read.",
                )
                .dangerous()
                .contents(ui, true);
        });
    });
    group(ui, 2, 626.0, "Lock and saved: always top right", |ui| {
        ui.horizontal(|ui| {
            status::saved(ui, &Saved::Saved("Saved 13:42"));
            status::saved(ui, &Saved::Saving);
            status::saved(ui, &Saved::NotSaved);
        });
        status::lock_button(ui, "Locks in 1 min");
    });
}

fn gallery(ui: &mut Ui) {
    let whole = ui.ctx().content_rect();
    ui.painter().rect_filled(whole, 0.0, theme::of(ui).page);
    ui.spacing_mut().item_spacing = vec2(Space::S.pts(), Space::S.pts());
    first_column(ui);
    second_column(ui);
    third_column(ui);
}

fn choices(ui: &mut Ui) {
    group(ui, 0, 20.0, "Tabs", |ui| {
        let all = [(0, "Timeline", None), (1, "Actions", Some(5)), (2, "Career plan", None)];
        choice::tabs(ui, "Dr Amina Larkspur", &mut 0, &all);
    });
    group(ui, 0, 120.0, "Scale", |ui| {
        let ends = ("Not at all", "Completely");
        choice::scale(ui, "How sure are you?", &mut Some(7), 0..=10, ends);
    });
    group(ui, 0, 228.0, "Radio list", |ui| {
        choice::radio_list(
            ui,
            "Backups",
            &mut 1,
            &[(0, "Never", ""), (1, "Every week", "To the folder you chose"), (2, "Daily", "")],
        );
    });
    group(ui, 0, 400.0, "Select and segments", |ui| {
        menu::select(ui, "Grade", &mut 2, &[(1, "F2"), (2, "IMT2")], 220.0);
        ui.add_space(Space::S.pts());
        choice::segmented(ui, "Whose", &mut 0, &[(0, "Mine 4"), (1, "Theirs 6"), (2, "All")]);
    });
    group(ui, 0, 560.0, "Strength, progress, steps", |ui| {
        progress::steps(ui, &["You", "Password", "Recovery sheet"], 1);
        ui.add_space(Space::S.pts());
        progress::strength(ui, 3, "Good.", "Hard to guess, even for someone with your laptop.");
        ui.add_space(Space::S.pts());
        progress::progress(ui, "Copying 40 of 80", 0.5);
    });
}

fn prompts(ui: &mut Ui) {
    group(ui, 1, 20.0, "Prompts: resting, in use, not answered", |ui| {
        prompt(ui, "What are you proud of?", "Led the Thursday board round for six weeks.");
        prompt(ui, "What has been hard?", "Nights in October. She felt alone.");
        prompt(ui, "How has the rota been?", "");
    });
    group(ui, 1, 400.0, "List rows", |ui| {
        ListRow::new("Dr Amina Larkspur")
            .detail("IMT2, today 14:30")
            .initials("AL")
            .selected(true)
            .show(ui);
        ListRow::new("Dr Tomasz Fernhill")
            .detail("ST4, not met for 10 weeks")
            .initials("TF")
            .attention(true)
            .show(ui);
        ListRow::new("1 line may identify a patient")
            .detail("Journal, 19 November")
            .icon(Icon::ShieldWarning)
            .opens()
            .show(ui);
    });
    group(ui, 1, 620.0, "Information and private banner", |ui| {
        Banner::information("")
            .icon(Icon::Key)
            .words("Nobody can reset this password, including us and your IT team.")
            .show(ui);
        Banner::private("Private to me.").words("Not secret from the law.").show(ui);
    });
}

fn prompt(ui: &mut Ui, question: &str, written: &str) {
    layer::edged(ui, Layer::Shared, |ui| {
        answer::question(ui, Layer::Shared, question, !written.is_empty());
        Answer::new(Id::unique(question), question)
            .placeholder("Why ask: tiredness is often read as lack of interest")
            .show(ui, &mut written.to_owned());
    });
}

fn timeline(ui: &mut Ui) {
    group(ui, 2, 20.0, "Timeline", |ui| {
        ui.horizontal(|ui| {
            ui.add(Chip::filter(Layer::Shared, &mut true));
            ui.add(Chip::filter(Layer::Private, &mut false));
            ui.add(Chip::filter(Layer::Arcp, &mut true));
        });
        ui.spacing_mut().item_spacing.y = Space::M.pts();
        progress::timeline_item(ui, Stone::None, |ui| text::strong(ui, "August 2026"));
        progress::timeline_item(ui, Stone::Next, |ui| {
            card::card(ui, |ui| {
                text::strong(ui, "First meeting and learning agreement");
                ui.horizontal_wrapped(|ui| {
                    ui.add(Chip::count(Layer::Shared, 9));
                    ui.add(Chip::count(Layer::Private, 2));
                    ui.add(Chip::count(Layer::Arcp, 3));
                });
            });
        });
        progress::timeline_item(ui, Stone::Small, |ui| {
            ui.horizontal(|ui| {
                layer::words(ui, Layer::Private, "Private note.");
                text::body(ui, "Ask about the rota");
            });
        });
        progress::timeline_item(ui, Stone::Meeting, |ui| {
            card::card(ui, |ui| text::body(ui, "Met"))
        });
    });
    group(ui, 2, 400.0, "Stones and pebbles", |ui| {
        ui.horizontal(|ui| {
            pebble::pebble(ui, "AL", PebbleSize::Large);
            pebble::pebble(ui, "TF", PebbleSize::Normal);
            pebble::pebble(ui, "You", PebbleSize::Small);
            progress::stones(ui, 3, 4);
        });
    });
    group(ui, 2, 500.0, "Password and a date", |ui| {
        let mut secret = "copper lantern ferry mild".to_owned();
        Field::new("Password").secret().large().show(ui, &mut secret);
        let today = jiff::civil::date(2026, 11, 24);
        DateField::new("By when").show(ui, &mut "31/6".to_owned(), today);
        ui.add_space(Space::S.pts());
        ui.add(IconButton::new(Icon::Plus, "Add a person").bordered());
    });
}

fn more(ui: &mut Ui) {
    let whole = ui.ctx().content_rect();
    ui.painter().rect_filled(whole, 0.0, theme::of(ui).page);
    ui.spacing_mut().item_spacing = vec2(Space::S.pts(), Space::S.pts());
    choices(ui);
    prompts(ui);
    timeline(ui);
}

fn more_in(look: Look) {
    let mut harness = window(look, DESK).build_ui(more);
    harness.get_by_role_and_label(Role::MultilineTextInput, "What has been hard?").focus();
    harness.run();
    picture(&mut harness, &format!("choices_{}", look.name()));
}

#[test]
fn choices_prompts_and_timeline_look_as_drawn_in_light() {
    more_in(Look::Light);
}

#[test]
fn choices_prompts_and_timeline_look_as_drawn_in_dark() {
    more_in(Look::Dark);
}

#[test]
fn a_menu_a_guard_hint_and_a_question_look_as_drawn() {
    let mut harness = window(Look::Light, [760.0, 560.0]).build_ui_state(
        |ui, asking| {
            let whole = ui.ctx().content_rect();
            ui.painter().rect_filled(whole, 0.0, theme::of(ui).page);
            page::page(ui, |ui| {
                text::heading(ui, Level::Title, "Mid-point review");
                let offer = "Try “a patient on nights”.";
                GuardHint::new("This may point to a patient.", offer).show(ui);
                let kind = Button::secondary("Word").icon_after(Icon::CaretDown);
                menu::menu(ui, kind, |ui| {
                    menu::menu_row(ui, Some(Icon::FileDoc), "Word", "");
                    menu::menu_row(ui, Some(Icon::FilePdf), "PDF", "Ctrl P");
                });
                banner::toast(ui.ctx(), 1, "Action moved to 4 December", Some("Undo"));
            });
            if *asking {
                Question::new("Leave room mode?", "Stay", "Leave")
                    .words("The private side can be seen again on this screen.")
                    .show(ui.ctx());
            }
        },
        false,
    );
    harness.get_by_label("Word").click_accesskit();
    harness.run();
    picture(&mut harness, "menu_and_toast");
    harness.key_press(egui::Key::Escape);
    *harness.state_mut() = true;
    harness.run();
    picture(&mut harness, "question");
}

#[test]
fn the_cairn_stands_on_its_hills() {
    let mut harness = window(Look::Light, [600.0, 452.0]).build_ui(|ui| {
        let whole = ui.ctx().content_rect();
        let p = theme::of(ui);
        ui.painter().rect_filled(whole, 0.0, p.rail);
        let labels = cairn::ui::widgets::cairn::scene(ui.painter(), whole, p);
        for (layer, at) in [Layer::Arcp, Layer::Shared, Layer::Private].into_iter().zip(labels) {
            let place = Rect::from_min_size(at, vec2(206.0, 60.0));
            ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
                layer::words(ui, layer, layer.words());
            });
        }
    });
    harness.run();
    picture(&mut harness, "cairn_scene");
}

fn gallery_in(look: Look) {
    let mut harness = window(look, DESK).build_ui(gallery);
    harness.run();
    picture(&mut harness, &format!("components_{}", look.name()));
}

#[test]
fn the_components_look_as_drawn_in_light() {
    gallery_in(Look::Light);
}

#[test]
fn the_components_look_as_drawn_in_dark() {
    gallery_in(Look::Dark);
}

#[test]
fn the_components_look_as_drawn_in_high_contrast_light() {
    gallery_in(Look::HighContrastLight);
}

#[test]
fn the_components_look_as_drawn_in_high_contrast_dark() {
    gallery_in(Look::HighContrastDark);
}
