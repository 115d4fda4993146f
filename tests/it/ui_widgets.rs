//! What the components do: names, roles and states for a screen reader, and the keyboard.

use std::ops::Range;

use cairn::model::Layer;
use cairn::ui::theme::Icon;
use cairn::ui::widgets::marks::{Mark, MarkKind};
use cairn::ui::widgets::modal::Chosen;
use cairn::ui::widgets::text::{self, Level};
use cairn::ui::widgets::{
    ActionRow, Answer, Button, Chip, DateField, Field, IconButton, Question, Tag, banner, choice,
    menu, pebble, toggle,
};
use egui::accesskit::Toggled;
use egui::{Id, Key, Modifiers, Role, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::window::{Look, window};

const SMALL: [f32; 2] = [640.0, 480.0];

fn harness<'a, S: 'a>(state: S, draw: impl FnMut(&mut Ui, &mut S) + 'a) -> Harness<'a, S> {
    window(Look::Light, SMALL).build_ui_state(draw, state)
}

#[test]
fn of_a_long_text_only_the_marks_in_view_are_painted_each_under_its_word() {
    let line = "é né hndovr\n";
    let mut text = line.repeat(3000);
    let at = line.find("hndovr").unwrap();
    let bytes = |n: usize| n * line.len() + at..n * line.len() + at + 6;
    // In no order, as they are found by several checks.
    let marks: Vec<Mark> =
        (0..3000).rev().map(|n| Mark::new(MarkKind::Spelling, bytes(n))).collect();
    let ctx = egui::Context::default();
    cairn::ui::theme::install(&ctx);
    let size = egui::vec2(SMALL[0], SMALL[1]);
    let input = || egui::RawInput {
        screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
        ..egui::RawInput::default()
    };
    let mut draw = || {
        ctx.run_ui(input(), |ui| {
            egui::ScrollArea::vertical().vertical_scroll_offset(9000.0).show(ui, |ui| {
                Answer::new(Id::unique("long"), "Long").marks(&marks).show(ui, &mut text);
            });
        })
    };
    draw().textures_delta.clear();
    let mut output = draw();
    output.textures_delta.clear();
    let lines = output.shapes.iter().filter_map(|clipped| match &clipped.shape {
        egui::Shape::LineSegment { points: [from, to], .. } if from.y == to.y => Some((*from, *to)),
        _ => None,
    });
    let mut lines: Vec<_> = lines.collect();
    lines.sort_by(|one, other| one.0.y.total_cmp(&other.0.y));
    assert!((10..=40).contains(&lines.len()), "{} lines", lines.len());
    let (first, last) = (lines[0], lines[lines.len() - 1]);
    for pair in lines.windows(2) {
        assert!(
            (pair[1].0.y - pair[0].0.y - (last.0.y - first.0.y) / (lines.len() - 1) as f32).abs()
                < 1.0
        );
        assert_eq!((pair[0].0.x, pair[0].1.x), (first.0.x, first.1.x), "under the same word");
    }
    assert!(first.1.x - first.0.x > 30.0 && first.0.x > 20.0, "{first:?}");
}

fn press<S>(harness: &mut Harness<'_, S>, key: Key) {
    harness.key_press(key);
    harness.run();
}

#[test]
fn a_button_that_cannot_act_yet_is_still_reached_and_pressed() {
    let mut window = harness(0, |ui, pressed| {
        if ui.add(Button::primary("Settle 1 line to save").cannot_yet(true)).clicked() {
            *pressed += 1;
        }
    });
    press(&mut window, Key::Tab);
    let button = window.get_by_role_and_label(Role::Button, "Settle 1 line to save");
    assert!(button.is_focused());
    press(&mut window, Key::Enter);
    press(&mut window, Key::Space);
    assert_eq!(*window.state(), 2);
}

#[test]
fn an_icon_button_has_a_name() {
    let window = harness((), |ui, ()| {
        ui.add(IconButton::new(Icon::X, "Close"));
    });
    window.get_by_role_and_label(Role::Button, "Close");
}

#[test]
fn a_check_box_says_its_state_and_takes_space_and_its_words() {
    let mut window = harness(false, |ui, on| {
        toggle::checkbox(ui, on, "Agreed by you both");
    });
    let state = |window: &Harness<'_, bool>| {
        let node = window.get_by_role_and_label(Role::CheckBox, "Agreed by you both");
        node.accesskit_node().toggled()
    };
    assert_eq!(state(&window), Some(Toggled::False));
    press(&mut window, Key::Tab);
    press(&mut window, Key::Space);
    assert_eq!((state(&window), *window.state()), (Some(Toggled::True), true));
    window.get_by_label("Agreed by you both").click();
    window.run();
    assert_eq!(state(&window), Some(Toggled::False));
}

#[test]
fn a_switch_is_a_switch() {
    let mut window = harness(false, |ui, on| {
        toggle::switch(ui, on, "Lock when the lid closes", "");
    });
    press(&mut window, Key::Tab);
    press(&mut window, Key::Space);
    assert!(*window.state());
    let node = window.get_by_role_and_label(Role::Switch, "Lock when the lid closes");
    assert_eq!(node.accesskit_node().toggled(), Some(Toggled::True));
}

#[test]
fn segments_are_one_stop_for_tab_and_the_arrows_move() {
    let mut window = harness(0, |ui, value| {
        choice::segmented(ui, "Whose", value, &[(0, "Mine"), (1, "Theirs"), (2, "All")]);
        ui.add(Button::secondary("After"));
    });
    window.get_by_role_and_label(Role::RadioGroup, "Whose");
    press(&mut window, Key::Tab);
    assert!(window.get_by_role_and_label(Role::RadioButton, "Mine").is_focused());
    press(&mut window, Key::ArrowRight);
    assert_eq!(*window.state(), 1);
    let theirs = window.get_by_role_and_label(Role::RadioButton, "Theirs");
    assert!(theirs.is_focused());
    assert_eq!(theirs.accesskit_node().toggled(), Some(Toggled::True));
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowLeft);
    assert_eq!(*window.state(), 2, "round from the first to the last");
    press(&mut window, Key::Tab);
    assert!(window.get_by_label("After").is_focused());
    window.get_by_label("Theirs").click();
    window.run();
    assert_eq!(*window.state(), 1);
}

#[test]
fn nothing_is_chosen_on_a_scale_until_someone_chooses() {
    let mut window = harness(None, |ui, value| {
        choice::scale(ui, "How sure are you?", value, 0..=10, ("Not at all", "Completely"));
    });
    press(&mut window, Key::Tab);
    assert_eq!(*window.state(), None);
    press(&mut window, Key::Space);
    assert_eq!(*window.state(), Some(0));
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowDown);
    assert_eq!(*window.state(), Some(1));
    window.get_by_role_and_label(Role::RadioButton, "10, Completely").click();
    window.run();
    assert_eq!(*window.state(), Some(10));
}

#[test]
fn a_radio_list_moves_with_the_arrows() {
    let mut window = harness('a', |ui, value| {
        choice::radio_list(ui, "Backups", value, &[('a', "Never", ""), ('b', "Weekly", "Here")]);
    });
    press(&mut window, Key::Tab);
    press(&mut window, Key::ArrowDown);
    assert_eq!(*window.state(), 'b');
}

#[test]
fn a_tab_is_selected_not_pressed() {
    let mut window = harness(0, |ui, value| {
        choice::tabs(ui, "Amina", value, &[(0, "Timeline", None), (1, "Actions", Some(5))]);
    });
    press(&mut window, Key::Tab);
    press(&mut window, Key::ArrowRight);
    assert_eq!(*window.state(), 1);
    let node = window.get_by_role_and_label(Role::Tab, "Actions, 5");
    assert_eq!(node.accesskit_node().is_selected(), Some(true));
    assert_eq!(node.accesskit_node().toggled(), None);
}

#[test]
fn headings_have_levels() {
    let window = harness((), |ui, ()| {
        text::heading(ui, Level::Title, "People");
        text::heading(ui, Level::Section, "Actions");
        text::heading(ui, Level::Prompt, "What has been hard?");
    });
    for (words, level) in [("People", 1), ("Actions", 2), ("What has been hard?", 3)] {
        let node = window.get_by_role_and_label(Role::Heading, words);
        assert_eq!(node.accesskit_node().level(), Some(level), "{words}");
    }
}

#[test]
fn a_field_has_its_label_and_says_what_is_wrong() {
    let mut window = harness(String::new(), |ui, value| {
        let wrong = (value.len() > 3).then_some("Too long. Use 3 letters");
        Field::new("Short name").hint("Three letters").error(wrong).show(ui, value);
    });
    press(&mut window, Key::Tab);
    let field = window.get_by_role_and_label(Role::TextInput, "Short name");
    assert_eq!(field.accesskit_node().description().as_deref(), Some("Three letters"));
    field.type_text("Anna");
    window.run();
    let field = window.get_by_role_and_label(Role::TextInput, "Short name");
    assert!(field.is_focused(), "the error that appears does not take the focus");
    let said = field.accesskit_node().description().unwrap();
    assert!(said.contains("Too long. Use 3 letters"), "{said}");
    assert!(field.accesskit_node().data().invalid().is_some());
}

#[test]
fn a_password_is_hidden_until_show_is_pressed() {
    let mut window = harness("copper lantern".to_owned(), |ui, value| {
        Field::new("Password").secret().show(ui, value);
    });
    let secret = |window: &Harness<'_, String>| {
        let node = window.get_by(|node| {
            node.label().as_deref() == Some("Password") && node.role() != Role::Label
        });
        node.value().unwrap_or_default()
    };
    assert!(!secret(&window).contains("copper"));
    window.get_by_label("Show password").click();
    window.run();
    assert!(secret(&window).contains("copper"));
    window.get_by_label("Hide password").click();
    window.run();
    assert!(!secret(&window).contains("copper"));
}

#[test]
fn an_answer_does_not_move_when_it_is_written_in() {
    let mut window = harness("Nights in October.".to_owned(), |ui, value| {
        ui.add_space(40.0);
        Answer::new(Id::unique("hard"), "What has been hard?").show(ui, value);
        ui.add(Button::secondary("Below"));
    });
    let places = |window: &Harness<'_, String>| {
        let answer = window.get_by_role_and_label(Role::MultilineTextInput, "What has been hard?");
        (answer.rect(), window.get_by_label("Below").rect())
    };
    let resting = places(&window);
    window.get_by_label("What has been hard?").focus();
    window.run();
    assert_eq!(places(&window), resting);
    window.get_by_label("What has been hard?").type_text(" Alone");
    window.run();
    assert!(window.state().contains("Alone"));
}

#[test]
fn marks_that_no_longer_fit_do_not_stop_the_writing() {
    let mut window = harness("Zoë".to_owned(), |ui, value| {
        // Past the end, inside a letter, the wrong way round, out of order.
        let backwards = Range { start: 1, end: 0 };
        Answer::new(Id::unique("marked"), "Notes")
            .marks(
                &[0..1, 2..3, 3..99, backwards, 0..2].map(|bytes| Mark::new(MarkKind::Hit, bytes)),
            )
            .show(ui, value);
    });
    window.get_by_label("Notes").focus();
    window.run();
    window.get_by_label("Notes").type_text("!");
    window.run();
    assert_eq!(window.state().chars().count(), 4);
}

#[test]
fn space_ticks_an_action_and_enter_opens_it() {
    let mut window = harness((false, 0), |ui, (done, opened)| {
        let row = ActionRow::new("Book a mock PACES").when(Tag::late(2));
        *opened += usize::from(row.show(ui, done).opened);
    });
    press(&mut window, Key::Tab);
    assert!(window.get_by_role_and_label(Role::CheckBox, "Book a mock PACES").is_focused());
    press(&mut window, Key::Space);
    assert_eq!(*window.state(), (true, 0));
    press(&mut window, Key::Enter);
    assert_eq!(*window.state(), (true, 1));
    window.get_by_label("Open: Book a mock PACES").click_accesskit();
    window.run();
    assert_eq!(*window.state(), (true, 2));
}

#[test]
fn a_layer_can_be_hidden_by_its_chip() {
    let mut window = harness(true, |ui, shown| {
        ui.add(Chip::filter(Layer::Private, shown));
        ui.add(Chip::count(Layer::Arcp, 3));
    });
    window.get_by_role_and_label(Role::Button, "Private to me").click();
    window.run();
    assert!(!*window.state());
    assert!(window.query_by_label("3 for the ARCP").is_some());
}

fn question() -> Harness<'static, Option<Chosen>> {
    harness(None, |ui, chosen| {
        ui.add(Button::secondary("Behind"));
        if chosen.is_none() {
            let question = Question::new("Delete it?", "Keep it", "Delete for good").dangerous();
            *chosen = question.show(ui.ctx());
        }
    })
}

#[test]
fn the_safe_answer_has_the_focus() {
    let mut window = question();
    window.run();
    assert!(window.get_by_label("Keep it").is_focused());
    press(&mut window, Key::Enter);
    assert_eq!(*window.state(), Some(Chosen::Safe));
}

#[test]
fn tab_stays_inside_a_question_and_acting_needs_a_press() {
    let mut window = question();
    window.run();
    press(&mut window, Key::Tab);
    assert!(window.get_by_label("Delete for good").is_focused());
    press(&mut window, Key::Tab);
    assert!(window.get_by_label("Keep it").is_focused());
    window.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    window.run();
    press(&mut window, Key::Enter);
    assert_eq!(*window.state(), Some(Chosen::Act));
}

#[test]
fn escape_is_the_safe_answer() {
    let mut window = question();
    window.run();
    press(&mut window, Key::Escape);
    assert_eq!(*window.state(), Some(Chosen::Safe));
}

#[test]
fn a_menu_opens_by_keyboard_and_gives_the_focus_back() {
    let mut window = harness("", |ui, chosen| {
        menu::menu(ui, Button::secondary("File kind"), |ui| {
            for kind in ["PDF", "Word"] {
                if menu::menu_row(ui, None, kind, "").clicked() {
                    *chosen = kind;
                }
            }
        });
    });
    press(&mut window, Key::Tab);
    press(&mut window, Key::Enter);
    assert!(window.get_by_role_and_label(Role::MenuItem, "PDF").is_focused());
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("PDF").is_none());
    assert!(window.get_by_label("File kind").is_focused());
    press(&mut window, Key::Enter);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert_eq!(*window.state(), "Word");
}

#[test]
fn a_select_shows_and_changes_its_value() {
    let mut window = harness(1, |ui, value| {
        menu::select(ui, "Grade", value, &[(1, "F2"), (2, "IMT2")], 200.0);
    });
    let grade = window.get_by_role_and_label(Role::ComboBox, "Grade");
    assert_eq!(grade.value().as_deref(), Some("F2"));
    grade.click();
    window.run();
    window.get_by_label("IMT2").click();
    window.run();
    assert_eq!(*window.state(), 2);
}

#[test]
fn a_toast_goes_after_eight_seconds() {
    let mut window = harness(Vec::new(), |ui, states| {
        states.push(banner::toast(ui.ctx(), 1, "Action moved", Some("Undo")));
    });
    assert!(window.query_by_label("Undo").is_some());
    // A step is a quarter of a second.
    window.run_steps(28);
    assert!(!window.state().contains(&banner::ToastState::Gone));
    window.run_steps(6);
    assert!(window.state().contains(&banner::ToastState::Gone));
}

#[test]
fn undo_in_a_toast_is_pressed() {
    let mut window = harness(false, |ui, undone| {
        let state = banner::toast(ui.ctx(), 2, "Action moved", Some("Undo"));
        *undone |= state == banner::ToastState::Pressed;
    });
    window.run();
    window.get_by_label("Undo").click();
    window.run();
    assert!(*window.state());
}

#[test]
fn a_date_is_written_out_when_the_field_is_left() {
    let today = jiff::civil::date(2026, 11, 24);
    let mut window = harness(String::new(), move |ui, typed| {
        DateField::new("By when").show(ui, typed, today);
        ui.add(Button::secondary("After"));
    });
    window.get_by_role_and_label(Role::TextInput, "By when").focus();
    window.run();
    window.get_by_role_and_label(Role::TextInput, "By when").type_text("31/6");
    window.run();
    assert!(window.query_by_label_contains("There is no").is_none(), "not while writing");
    press(&mut window, Key::Tab);
    assert!(window.query_by_label_contains("There is no 31 June").is_some());
    window.state_mut().clear();
    window.get_by_role_and_label(Role::TextInput, "By when").focus();
    window.run();
    window.get_by_role_and_label(Role::TextInput, "By when").type_text("4 dec");
    window.run();
    press(&mut window, Key::Tab);
    assert_eq!(window.state(), "4 December 2026");
}

#[test]
fn initials_leave_out_titles() {
    for (name, expected) in [
        ("Dr Amina Larkspur", "AL"),
        ("Prof. Mei Thistledown", "MT"),
        ("Seun", "S"),
        ("anna maria de vries", "AV"),
        ("Ólafur Þór", "ÓÞ"),
        ("Dr", ""),
        ("", ""),
    ] {
        assert_eq!(pebble::initials(name), expected, "{name}");
    }
}
