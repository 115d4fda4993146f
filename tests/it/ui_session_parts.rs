//! What a conversation holds round its prompts, by label and by keyboard.

use std::path::PathBuf;
use std::sync::Arc;

use cairn::app::action::{FileAction, SessionAction};
use cairn::app::{Action, App, Screen};
use cairn::model::{Answer, Basis, Evidence, Layer, MAX_ATTACHMENT};
use cairn::platform::{Chosen, Wanted};
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;
use jiff::civil::date;

use crate::support::talk::{
    HARD, PROUD, amina, answer_of, as_drawn, begin, begun, draft, go_to, keys, press, session, set,
    text_of, unlock, window, write,
};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_outgoing::until;
use crate::ui_packs::drop_file;

#[test]
fn a_day_is_typed_as_it_is_said_and_what_was_understood_is_shown() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "before-arcp"));
    go_to(&mut harness, "deadline");
    let label = "Shared. By which day must it all be signed?";
    harness.get_by_label(label).type_text("in 6 weeks");
    harness.run();
    assert!(harness.query_by_label("Tuesday 5 January 2027").is_some());
    assert_eq!(answer_of(&harness, "deadline"), Some(Answer::Date(date(2027, 1, 5))));
    keys(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert_eq!(harness.get_by_label(label).value().as_deref(), Some("5 January 2027"));
}

#[test]
fn where_people_mean_different_days_the_other_one_is_offered() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "task-coaching"));
    press(&mut harness, "Add an action");
    harness.get_by_label("What will be done").type_text("Write to the day hospital");
    harness.get_by_label("By when").focus();
    harness.run();
    harness.get_by_label("By when").type_text("next Friday");
    harness.run();
    assert!(harness.query_by_label("Friday 4 December 2026").is_some());
    let due = |harness: &_| draft(harness).actions.values().next().unwrap().due;
    assert_eq!(due(&harness), Some(date(2026, 12, 4)));
    keys(&mut harness, Modifiers::NONE, Key::Tab);
    press(&mut harness, "Or Friday 27 November 2026");
    assert_eq!(due(&harness), Some(date(2026, 11, 27)));
    assert_eq!(harness.get_by_label("By when").value().as_deref(), Some("27 November 2026"));
}

#[test]
fn words_that_are_no_day_outlive_a_lock() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "task-coaching"));
    press(&mut harness, "Add an action");
    harness.get_by_label("What will be done").type_text("Write to the day hospital");
    harness.get_by_label("By when").focus();
    harness.run();
    harness.get_by_label("By when").type_text("after the rota");
    harness.run();
    keys(&mut harness, Modifiers::COMMAND, Key::L);
    unlock(&mut harness);
    assert!(harness.query_by_label("Date not clear").is_some());
    press(&mut harness, "Open: Write to the day hospital");
    assert_eq!(harness.get_by_label("By when").value().as_deref(), Some("after the rota"));
    let wrong =
        "Cairn cannot read this as a date. Type it like 6 August 2026, Friday or in 6 weeks";
    assert!(harness.query_by_label(wrong).is_some());
}

#[test]
fn evidence_is_of_a_day_that_has_been() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "end-of-placement"));
    go_to(&mut harness, "evidence");
    harness.get_by_label("Its date").focus();
    harness.run();
    harness.get_by_label("Its date").type_text("Friday");
    harness.run();
    let Some(Answer::Evidence(list)) = answer_of(&harness, "evidence") else { panic!() };
    assert_eq!(list, [Evidence { date: Some(date(2026, 11, 20)), ..Evidence::default() }]);
}

/// A conversation with Amina that was finished yesterday, and one from the same template begun
/// today.
fn again(world: &World, template: &str, fill: impl FnOnce(&mut cairn::model::Session)) -> App {
    let mut app = begun(world, template);
    let draft = app.inputs.draft.as_mut().unwrap();
    fill(&mut draft.session);
    draft.touched = true;
    app.act(vec![Action::Session(SessionAction::Finish)]);
    world.pass(SignedDuration::from_hours(24));
    app.tick(true);
    begin(World::unlock(app), template)
}

#[test]
fn the_last_answers_to_the_same_prompt_are_shown_beside_with_their_layer() {
    let world = World::demo();
    let app = again(&world, "mid-point-review", |talk| {
        set(talk, "hard", "Nights, and the rota");
        let mut items = talk.sections.iter_mut().flat_map(|part| &mut part.items);
        let hard = items.find(|asked| asked.prompt.id == "hard").unwrap();
        (hard.layer, hard.basis) = (Layer::Private, Some(Basis::Reported));
    });
    let mut harness = window(&world, app);
    assert!(harness.query_by_label("Nights, and the rota").is_none(), "closed at first");
    go_to(&mut harness, "hard");
    // By keyboard alone: from the answer on to the tool.
    let tool = harness.get_by_label("Last answers, 4");
    tool.focus();
    harness.run();
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    let panel = harness.get_by_role_and_label(Role::Dialog, "Last answers");
    assert!(panel.query_by_label("Nights, and the rota").is_some());
    assert!(panel.query_all_by_label("Private to me").next().is_some(), "it stays marked");
    assert!(panel.query_by_label("24 November 2026").is_some());
    assert!(panel.query_by_label("Reported to me").is_some());
    picture(&mut harness, "session_last_answers");
    keys(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_role_and_label(Role::Dialog, "Last answers").is_none());
    assert!(harness.get_by_label(HARD).is_focused());
}

#[test]
fn a_scale_shows_what_was_said_before_in_one_sentence() {
    let world = World::demo();
    let app = again(&world, "first-meeting", |talk| {
        let mut items = talk.sections.iter_mut().flat_map(|part| &mut part.items);
        let ready = items.find(|asked| asked.prompt.id == "ready").unwrap();
        ready.answer = Some(Answer::Scale(4));
    });
    let mut harness = window(&world, app);
    go_to(&mut harness, "ready");
    let before = harness.get_by_role(Role::Image).accesskit_node().label().unwrap();
    assert!(before.contains("4 on 24 November 2026"), "{before}");
    keys(&mut harness, Modifiers::NONE, Key::ArrowRight);
    let now = harness.get_by_role(Role::Image).accesskit_node().label().unwrap();
    assert!(now.ends_with("; 1 now") || now.ends_with("; 2 now"), "{now}");
    picture(&mut harness, "session_scale");
}

#[test]
fn tags_are_completed_from_the_lists_by_keyboard_and_free_ones_are_kept() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "task-coaching"));
    harness.get_by_role_and_label(Role::TextInput, "Add a tag").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Add a tag").type_text("safe");
    harness.run();
    let first = harness.get_all_by_role(Role::ListBoxOption).next().unwrap();
    let words = first.accesskit_node().label().unwrap();
    assert!(words.contains("safe"), "{words}");
    keys(&mut harness, Modifiers::NONE, Key::ArrowDown);
    picture(&mut harness, "session_tags");
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(session(&harness).tags, std::slice::from_ref(&words));
    let field = harness.get_by_role_and_label(Role::TextInput, "Add a tag");
    assert!(field.is_focused(), "ready for the next one");
    field.type_text("  Handover NOTES ");
    harness.run();
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(session(&harness).tags, [words.clone(), "handover notes".to_owned()]);
    press(&mut harness, &format!("Take off the tag {words}"));
    assert_eq!(session(&harness).tags, ["handover notes"]);
    press(&mut harness, "Finish session");
    assert!(harness.query_by_label("Tags: handover notes.").is_some());
}

#[test]
fn a_note_and_an_answer_are_marked_by_what_they_rest_on() {
    let world = World::demo();
    let mut harness = window(&world, as_drawn(&world));
    press(&mut harness, "What does it rest on?");
    harness.get_by_role_and_label(Role::MenuItem, "Reported to me").click_accesskit();
    harness.run();
    assert_eq!(session(&harness).margin[0].basis, Some(Basis::Reported));
    press(&mut harness, "More to do with this answer");
    harness.get_by_role_and_label(Role::MenuItem, "I saw this myself").click_accesskit();
    harness.run();
    let basis = |harness: &Harness<'_, Window>| {
        session(harness).items().find(|asked| asked.prompt.id == "hard").unwrap().basis
    };
    assert_eq!(basis(&harness), Some(Basis::Observed));
    assert!(harness.query_by_label("I saw this myself").is_some());
    press(&mut harness, "More to do with this answer");
    harness.get_by_role_and_label(Role::MenuItem, "Take the mark off").click_accesskit();
    harness.run();
    assert_eq!(basis(&harness), None);
}

#[test]
fn both_versions_stand_when_people_disagree() {
    let world = World::demo();
    let mut harness = window(&world, as_drawn(&world));
    press(&mut harness, "More to do with this answer");
    harness.get_by_role_and_label(Role::MenuItem, "Add another view").click_accesskit();
    harness.run();
    let label = "Shared. Amina sees it differently. What has been hard?";
    assert!(harness.get_by_label(label).is_focused());
    harness.get_by_label(label).type_text("It was one night, and I was not alone");
    harness.run();
    let view = |harness: &Harness<'_, Window>| {
        let asked = session(harness).items().find(|asked| asked.prompt.id == "hard").unwrap();
        asked.other_view.clone()
    };
    let held = view(&harness).unwrap();
    assert_eq!(
        (held.who.as_str(), held.text.as_str()),
        ("Amina", "It was one night, and I was not alone")
    );
    assert!(text_of(session(&harness), "hard").starts_with("Nights in October"), "both stand");
    picture(&mut harness, "session_other_view");
    press(&mut harness, "Finish session");
    press(&mut harness, "Finish");
    let id = {
        let open = harness.state().app().state.open().unwrap();
        let person = amina(harness.state().app());
        open.journal.sessions_with(person).first().unwrap().0
    };
    harness.state_mut().app_mut().act(vec![Action::Go(Screen::Session(id))]);
    harness.run();
    assert!(harness.query_by_label("Amina sees it differently").is_some());
    assert!(harness.query_by_label("It was one night, and I was not alone").is_some());
    harness.state_mut().app_mut().act(vec![Action::Go(Screen::History(id))]);
    harness.run();
    assert!(harness.query_by_label("The other view on “What has been hard?”").is_some());
}

/// A program whose dialogs answer with these files: one to attach, one for the copy.
fn answering(world: &World, attach: PathBuf, copy: PathBuf) -> App {
    let desk = world.desk().asking(Arc::new(move |_, wanted| {
        Some(match wanted {
            Wanted::Save(name) => {
                assert_eq!(name, "letter.txt");
                Chosen { path: copy.clone(), was_there: false }
            }
            _ => Chosen { path: attach.clone(), was_there: true },
        })
    }));
    begin(World::unlock(world.app_with(desk)), "task-coaching")
}

#[test]
fn a_file_is_attached_copied_out_after_a_word_of_warning_and_taken_off() {
    let world = World::demo();
    let (letter, copy) = (world.file("letter.txt"), world.file("copy.txt"));
    std::fs::write(&letter, "About the clinics").unwrap();
    let mut harness = window(&world, answering(&world, letter.clone(), copy.clone()));
    press(&mut harness, "Attach a file");
    assert!(harness.query_by_label("letter.txt").is_some());
    assert!(harness.query_by_label("17 bytes").is_some());
    picture(&mut harness, "session_files");
    press(&mut harness, "Save a copy of letter.txt");
    assert!(harness.query_by_label_contains("The copy is not encrypted").is_some());
    assert!(!copy.exists(), "asked first");
    press(&mut harness, "Choose where");
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), "About the clinics");
    // The file is not overwritten when the dialog did not ask.
    std::fs::write(&copy, "Something else").unwrap();
    press(&mut harness, "Save a copy of letter.txt");
    press(&mut harness, "Choose where");
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), "Something else");
    assert!(
        harness.query_by_label_contains("there is a file of that name").is_some()
            || harness.query_by_label_contains("already").is_some()
    );
    let id = draft(&harness).id;
    keys(&mut harness, Modifiers::COMMAND, Key::L);
    unlock(&mut harness);
    let open = harness.state().app().state.open().unwrap();
    assert_eq!(open.journal.attachments_of(id).count(), 1, "it is in the record");
    assert!(open.journal.held(id).is_some(), "and so is what it belongs to");
    press(&mut harness, "Take off letter.txt");
    press(&mut harness, "Take it off");
    assert!(harness.query_by_label("letter.txt").is_none());
}

#[test]
fn a_file_is_not_attached_to_a_conversation_that_was_opened_while_it_was_chosen() {
    let world = World::demo();
    let letter = world.file("letter.txt");
    std::fs::write(&letter, "About the clinics").unwrap();
    let (answer, waits) = std::sync::mpsc::channel::<()>();
    let waits = std::sync::Mutex::new(waits);
    let desk = world.desk().asking(Arc::new(move |_, _| {
        waits.lock().unwrap().recv().unwrap();
        Some(Chosen { path: letter.clone(), was_there: true })
    }));
    let worker = cairn::app::Worker::start(desk, || {}).unwrap();
    let mut app = App::new(world.app().state, worker, world.clock());
    until(&mut app, |app| matches!(app.state.phase, cairn::app::state::Phase::Locked(_)));
    app = World::unlock(app);
    until(&mut app, |app| app.state.open().is_some());
    let mut app = begin(app, "task-coaching");
    app.act(vec![Action::File(FileAction::Choose)]);
    let another = begin(app, "ten-minute-check-in");
    app = another;
    let files = |app: &App| {
        let open = app.state.open().unwrap();
        (open.files.asking, open.files.busy, open.journal.attachments_of(id_of(app)).count())
    };
    assert_eq!(files(&app), (true, 0, 0));
    answer.send(()).unwrap();
    until(&mut app, |app| !app.state.open().unwrap().files.asking);
    assert_eq!(files(&app), (false, 0, 0), "it was chosen for another conversation");
    let toast = app.state.toast.as_ref().unwrap();
    assert!(toast.text.starts_with("Not attached"), "{}", toast.text);
}

fn id_of(app: &App) -> cairn::model::Id {
    app.inputs.draft.as_ref().unwrap().id
}

#[test]
fn a_file_dropped_on_a_conversation_is_attached_and_one_that_is_too_large_is_told() {
    let world = World::demo();
    let (small, large) = (world.file("note.txt"), world.file("scan.pdf"));
    std::fs::write(&small, "x").unwrap();
    let file = std::fs::File::create(&large).unwrap();
    file.set_len(MAX_ATTACHMENT + 1).unwrap();
    let mut harness = window(&world, begun(&world, "task-coaching"));
    drop_file(&mut harness, &small);
    assert!(harness.query_by_label("note.txt").is_some());
    drop_file(&mut harness, &large);
    assert!(harness.query_by_label_contains("is too large: a file may have 10 MiB").is_some());
    assert!(harness.query_by_label("scan.pdf").is_none());
    let screen = &harness.state().app().state.open().unwrap().screen;
    assert!(matches!(screen, Screen::Session(_)), "it is not looked into as a pack");
}

#[test]
fn the_time_spent_is_shown_can_be_stopped_and_is_suggested_at_the_end() {
    let world = World::demo();
    let mut harness = window(&world, as_drawn(&world));
    assert!(harness.query_by_label("18 of 40 min").is_some());
    press(&mut harness, "Stop counting the time");
    assert!(harness.query_by_label("18 of 40 min, stopped").is_some());
    world.pass(SignedDuration::from_mins(4));
    press(&mut harness, "Go on counting the time");
    assert!(harness.query_by_label("18 of 40 min").is_some());
    press(&mut harness, "Finish session");
    let minutes = harness.get_by_role_and_label(Role::TextInput, "Minutes").value();
    assert_eq!(minutes.as_deref(), Some("18"));
}

#[test]
fn undo_takes_the_key_before_the_text_field_and_goes_across_prompts() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, PROUD, "Led the board round");
    world.pass(SignedDuration::from_secs(3));
    write(&mut harness, HARD, "Nights");
    world.pass(SignedDuration::from_secs(3));
    press(&mut harness, "Make private");
    keys(&mut harness, Modifiers::COMMAND, Key::Z);
    let hard = |harness: &Harness<'_, Window>| {
        session(harness).items().find(|asked| asked.prompt.id == "hard").unwrap().clone()
    };
    assert_eq!(hard(&harness).layer, Layer::Shared, "the layer is back");
    assert_eq!(text_of(session(&harness), "hard"), "Nights");
    keys(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(session(&harness), "hard"), "");
    keys(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(session(&harness), "proud"), "");
    assert!(harness.get_by_label(PROUD).is_focused(), "the keyboard goes where it changed");
    for _ in 0..3 {
        keys(&mut harness, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(text_of(session(&harness), "proud"), "", "the field does not undo by itself");
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(text_of(session(&harness), "proud"), "Led the board round");
    keys(&mut harness, Modifiers::COMMAND, Key::Y);
    assert_eq!(text_of(session(&harness), "hard"), "Nights");
    harness.get_by_label(HARD).type_text(" in October");
    harness.run();
    assert_eq!(text_of(session(&harness), "hard"), "Nights in October", "the caret stands there");
    press(&mut harness, "Undo");
    assert_eq!(text_of(session(&harness), "hard"), "Nights");
    press(&mut harness, "Redo");
    assert_eq!(text_of(session(&harness), "hard"), "Nights in October");
}

#[test]
fn the_parts_round_the_prompts_in_a_small_window() {
    let world = World::demo();
    let fill = |talk: &mut cairn::model::Session| set(talk, "hard", "Nights, and the rota");
    let mut app = again(&world, "mid-point-review", fill);
    set(&mut app.inputs.draft.as_mut().unwrap().session, "hard", "Clinics");
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.tags = vec!["patient safety and quality improvement".to_owned()];
    draft.touched = true;
    app.inputs.focus = Some("hard".to_owned());
    app.inputs.editor.earlier_open = true;
    app.state.look.zoom = 150;
    let mut harness = world.window_of(app, Look::Light, [1024.0, 640.0]);
    harness.run();
    picture(&mut harness, "session_last_answers_narrow");
    keys(&mut harness, Modifiers::NONE, Key::Escape);
    harness.get_by_role_and_label(Role::Tab, "Private to me 0").click_accesskit();
    harness.run();
    assert!(harness.query_by_label("Attach a file").is_some());
    picture(&mut harness, "session_private_narrow");
}

#[test]
fn what_can_be_done_with_an_answer_in_dark() {
    let world = World::demo();
    let mut harness = world.window_of(as_drawn(&world), Look::Dark, DESK);
    harness.run();
    press(&mut harness, "More to do with this answer");
    picture(&mut harness, "session_more_dark");
}

#[test]
fn the_caret_and_the_prompt_are_back_after_a_restart() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, HARD, "Nights in October");
    keys(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    keys(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    let id = draft(&harness).id;
    harness.state_mut().app_mut().finish();
    drop(harness);
    let mut app = World::unlock(world.app());
    app.act(vec![Action::Session(SessionAction::Open(id))]);
    let mut harness = window(&world, app);
    assert!(harness.get_by_label(HARD).is_focused());
    harness.get_by_label(HARD).type_text("!");
    harness.run();
    assert_eq!(text_of(session(&harness), "hard"), "Nights in Octob!er");
}

#[test]
fn the_doctor_who_sees_a_line_for_the_arcp_differently_says_so_in_their_own_words() {
    let world = World::demo();
    let mut app = as_drawn(&world);
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.arcp[0].agreed = false;
    draft.touched = true;
    app.inputs.editor.go_to = Some(cairn::app::inputs::EditorSpot::Line(0));
    app.inputs.editor.unfolded = Some(cairn::app::inputs::EditorSpot::Line(0));
    let mut harness = window(&world, app);
    press(&mut harness, "Add Amina’s own words");
    let lines = &session(&harness).arcp;
    assert_eq!(lines[1].heading, cairn::model::session::ArcpHeading::DoctorsWords);
    assert_eq!((lines.len(), lines[0].agreed), (2, false), "both stand");
    assert!(harness.get_by_label("For the ARCP. Line 2").is_focused());
}
