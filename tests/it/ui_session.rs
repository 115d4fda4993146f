//! A conversation and a reflection as a person writes them: by label, by keyboard, over a lock,
//! a crash and the end of the session.

use cairn::app::{Action, Screen};
use cairn::model::{self, Answer, Evidence, Layer, OtherView, Owner};
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;
use jiff::civil::date;

use crate::support::talk::{
    HARD, HELP, PROUD, ROTA, amina, answer_of, begun, click, draft, go_to, keys, press, session,
    text_of, unlock, unlocked, window, write,
};
use crate::support::world::World;
use crate::ui_door::says;

#[test]
fn what_is_written_under_prompts_is_in_the_draft() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    assert!(harness.get_by_label(PROUD).is_focused(), "the keyboard starts in the first prompt");
    harness.get_by_label(PROUD).type_text("Led the board round");
    harness.run();
    write(&mut harness, HARD, "Nights");
    assert_eq!(text_of(session(&harness), "proud"), "Led the board round");
    assert_eq!(text_of(session(&harness), "hard"), "Nights");
    assert!(harness.query_by_label("2 shared").is_some(), "the tally counts them");
}

#[test]
fn the_shortcuts_go_to_the_next_prompt_and_back() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    keys(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(harness.get_by_label(HARD).is_focused());
    keys(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(harness.get_by_label(ROTA).is_focused());
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    assert!(harness.get_by_label(HARD).is_focused());
    assert_eq!(text_of(session(&harness), "hard"), "", "no line was broken in the text");
}

#[test]
fn every_prompt_is_reached_by_the_shortcut() {
    let world = World::demo();
    for template in [
        "first-meeting",
        "before-arcp",
        "progress-conversation",
        "task-coaching",
        "career-do-it",
        "support-plan-review",
    ] {
        let mut harness = window(&world, begun(&world, template));
        let ids: Vec<String> =
            session(&harness).items().map(|asked| asked.prompt.id.clone()).collect();
        for id in ids {
            assert_eq!(harness.state().app().inputs.focus.as_ref(), Some(&id), "{template}");
            assert!(harness.ctx.memory(egui::Memory::focused).is_some(), "{template} {id}");
            keys(&mut harness, Modifiers::COMMAND, Key::Enter);
        }
    }
}

#[test]
fn the_outline_goes_to_a_part() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    click(&mut harness, "Next");
    let first = "Shared. Which two things matter most now?";
    assert!(harness.get_by_label(first).is_focused());
}

#[test]
fn a_scale_is_answered_by_keyboard() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "first-meeting"));
    let asked = session(&harness)
        .items()
        .find(|asked| matches!(asked.prompt.kind, model::PromptKind::Scale { .. }))
        .unwrap();
    let id = asked.prompt.id.clone();
    go_to(&mut harness, &id);
    keys(&mut harness, Modifiers::NONE, Key::ArrowRight);
    keys(&mut harness, Modifiers::NONE, Key::ArrowRight);
    let answer = answer_of(&harness, &id);
    assert!(matches!(answer, Some(Answer::Scale(2 | 3))), "{answer:?}");
}

/// Goes on to a prompt by the shortcut.
#[test]
fn choices_and_lists_are_ticked() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    go_to(&mut harness, "bias-check");
    keys(&mut harness, Modifiers::NONE, Key::Space);
    let second = "My facts come from more than one person and place";
    harness.get_by_role_and_label(Role::CheckBox, second).click_accesskit();
    harness.run();
    let ticked = answer_of(&harness, "bias-check");
    let Some(Answer::Checked(items)) = ticked else { panic!("{ticked:?}") };
    assert_eq!(items.len(), 2);
    assert_eq!(items[1], second);
    harness.get_by_role_and_label(Role::CheckBox, second).click_accesskit();
    harness.run();
    assert_eq!(
        answer_of(&harness, "bias-check").map(|a| matches!(a, Answer::Checked(l) if l.len() == 1)),
        Some(true)
    );
}

#[test]
fn a_date_that_is_not_one_is_said_and_can_be_mended() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "before-arcp"));
    go_to(&mut harness, "deadline");
    let label = "Shared. By which day must it all be signed?";
    harness.get_by_label(label).type_text("31 June 2027");
    harness.run();
    keys(&mut harness, Modifiers::COMMAND, Key::Enter);
    let wrong = "There is no 31 June. Did you mean 30 June?";
    assert!(harness.query_by_label(wrong).is_some());
    let typed = Some(Answer::Text("31 June 2027".to_owned()));
    assert_eq!(answer_of(&harness, "deadline"), typed, "kept as it was typed");
    harness.get_by_label(label).focus();
    harness.run();
    keys(&mut harness, Modifiers::COMMAND, Key::A);
    harness.get_by_label(label).type_text("30 June 2027");
    harness.run();
    assert_eq!(answer_of(&harness, "deadline"), Some(Answer::Date(date(2027, 6, 30))));
}

#[test]
fn an_action_agreed_here_comes_up_at_the_next_conversation() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "task-coaching"));
    press(&mut harness, "Add an action");
    assert!(harness.get_by_label("What will be done").is_focused());
    harness.get_by_label("What will be done").type_text("Write to the day hospital");
    harness.run();
    harness.get_by_role_and_label(Role::RadioButton, "Amina").click_accesskit();
    harness.run();
    write(&mut harness, "By when", "4 Dec 2026");
    let (_, action) = draft(&harness).actions.iter().next().unwrap();
    assert_eq!(action.text, "Write to the day hospital");
    assert_eq!(action.owner, Owner::Them);
    assert_eq!(action.due, Some(date(2026, 12, 4)));
    assert_eq!(action.layer, Layer::Shared);
    press(&mut harness, "Finish session");
    press(&mut harness, "Finish");
    drop(harness);

    world.pass(SignedDuration::from_hours(24));
    let mut harness = window(&world, begun(&world, "task-coaching"));
    let group =
        harness.get_by_label("Write to the day hospital. Amina, agreed 24 November, by 4 December");
    group.get_by_label("Done").click_accesskit();
    harness.run();
    let settled: Vec<_> = draft(&harness).actions.values().collect();
    assert_eq!(settled.len(), 1);
    assert_eq!(settled[0].state, model::ActionState::Done);
    assert_eq!(settled[0].settled, Some(date(2026, 11, 25)));
}

#[test]
fn an_action_comes_from_the_line_with_the_caret() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, HELP, "Protected clinic time");
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    let (_, action) = draft(&harness).actions.iter().next().unwrap();
    assert_eq!(action.text, "Protected clinic time");
    assert!(harness.get_by_label("What will be done").is_focused());
    press(&mut harness, "Remove this action");
    assert!(draft(&harness).actions.is_empty());
}

#[test]
fn a_private_note_stays_private() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, HARD, "Nights");
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    let note = "Private to me. Beside “What has been hard?”";
    assert!(harness.get_by_label(note).is_focused());
    harness.get_by_label(note).type_text("Is it the rota?");
    harness.run();
    assert_eq!(session(&harness).count(Layer::Private), 1);
    assert_eq!(session(&harness).count(Layer::Shared), 1);
    assert_eq!(session(&harness).margin[0].beside.as_deref(), Some("hard"));
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    assert!(harness.get_by_label(HARD).is_focused(), "and back");
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    let (_, action) = draft(&harness).actions.iter().next().unwrap();
    assert_eq!(action.text, "Is it the rota?");
    assert_eq!(action.layer, Layer::Private, "from a private line it stays private");
}

#[test]
fn making_private_is_direct_and_sharing_again_asks_with_the_words() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, HARD, "I cried on the stairs");
    click(&mut harness, "Make private");
    let layer = |harness: &Harness<'_, Window>| {
        session(harness).items().find(|asked| asked.prompt.id == "hard").unwrap().layer
    };
    assert_eq!(layer(&harness), Layer::Private);
    let private = "Private to me. What has been hard?";
    assert!(harness.get_by_label(private).is_focused());
    press(&mut harness, "Share with Amina");
    assert_eq!(layer(&harness), Layer::Private, "not before the answer");
    harness.get_by_role_and_label(Role::Heading, "Share this with Amina?");
    assert!(harness.get_by_label("Keep it private").is_focused());
    let shown = harness.query_all_by_label("I cried on the stairs").count();
    assert!(shown >= 1, "the exact words are shown");
    keys(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(layer(&harness), Layer::Private);
    press(&mut harness, "Share with Amina");
    let buttons: Vec<_> =
        harness.get_all_by_role_and_label(Role::Button, "Share with Amina").collect();
    buttons.last().unwrap().click_accesskit();
    harness.run();
    assert_eq!(layer(&harness), Layer::Shared);
}

#[test]
fn sharing_shows_another_view_too_even_where_there_is_no_answer() {
    let world = World::demo();
    let mut app = begun(&world, "mid-point-review");
    let draft = app.inputs.draft.as_mut().unwrap();
    let mut items = draft.session.sections.iter_mut().flat_map(|part| &mut part.items);
    let hard = items.find(|asked| asked.prompt.id == "hard").unwrap();
    let view = OtherView { who: "Sister Quince".to_owned(), text: "He was late twice.".to_owned() };
    (hard.layer, hard.other_view) = (Layer::Private, Some(view));
    draft.touched = true;
    let mut harness = window(&world, app);
    go_to(&mut harness, "hard");
    press(&mut harness, "Share with Amina");
    harness.get_by_role_and_label(Role::Heading, "Share this with Amina?");
    let quoted = harness.query_all_by_label_contains("Sister Quince");
    assert!(quoted.count() > 0 && says(&harness, "He was late twice."));
    let hard = session(&harness).items().find(|asked| asked.prompt.id == "hard").unwrap();
    assert_eq!(hard.layer, Layer::Private, "not before the answer");
}

#[test]
fn a_line_is_offered_changed_and_agreed() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, PROUD, "Led the board round");
    assert!(session(&harness).arcp.is_empty(), "nothing is offered by itself");
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    assert!(harness.get_by_label("For the ARCP. Line 1").is_focused());
    harness.get_by_label("For the ARCP. Line 1").type_text(" each week");
    harness.run();
    press(&mut harness, "Add evidence");
    write(&mut harness, "What shows it", "MSF");
    write(&mut harness, "Its date", "3 November 2026");
    harness.get_by_role_and_label(Role::CheckBox, "We both agree this").click_accesskit();
    harness.run();
    let line = &session(&harness).arcp[0];
    assert_eq!(line.text, "Led the board round each week");
    assert_eq!(line.from.as_deref(), Some("proud"));
    assert!(line.agreed);
    let evidence =
        Evidence { what: "MSF".to_owned(), date: Some(date(2026, 11, 3)), ..Evidence::default() };
    assert_eq!(line.evidence, vec![evidence]);
    assert_eq!(text_of(session(&harness), "proud"), "Led the board round", "a copy");
}

#[test]
fn what_both_agreed_is_not_agreed_once_it_says_something_else() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, PROUD, "Led the board round");
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    let agree = |harness: &mut Harness<'_, Window>| {
        harness.get_by_role_and_label(Role::CheckBox, "We both agree this").click_accesskit();
        harness.run();
        assert!(session(harness).arcp[0].agreed);
    };
    let withdrawn = |harness: &Harness<'_, Window>, what: &str| {
        assert!(!session(harness).arcp[0].agreed, "other {what}");
    };
    agree(&mut harness);
    write(&mut harness, "For the ARCP. Line 1", " poorly");
    withdrawn(&harness, "words");
    agree(&mut harness);
    harness.get_by_role_and_label(Role::ComboBox, "Heading in the summary").click_accesskit();
    harness.run();
    harness.get_by_role_and_label(Role::MenuItem, "To develop").click_accesskit();
    harness.run();
    withdrawn(&harness, "heading");
    press(&mut harness, "Add evidence");
    agree(&mut harness);
    write(&mut harness, "What shows it", "MSF");
    withdrawn(&harness, "evidence");
    agree(&mut harness);
    press(&mut harness, "Remove this evidence");
    withdrawn(&harness, "evidence");
    // Going elsewhere and writing something else leaves it.
    agree(&mut harness);
    write(&mut harness, HARD, "Nights");
    assert!(session(&harness).arcp[0].agreed);
}

#[test]
fn an_answer_for_the_arcp_is_not_called_agreed_at_the_end() {
    let world = World::demo();
    let mut app = begun(&world, "mid-point-review");
    let draft = app.inputs.draft.as_mut().unwrap();
    let item = draft.session.sections.iter_mut().flat_map(|part| &mut part.items).next().unwrap();
    item.layer = Layer::Arcp;
    item.answer = Some(Answer::Text("Led the board round".to_owned()));
    draft.touched = true;
    let mut harness = window(&world, app);
    press(&mut harness, "Finish session");
    assert!(harness.query_by_label_contains("You both agree").is_none());
    assert!(harness.query_by_label_contains("Not all agreed with Amina yet.").is_some());
}

#[test]
fn private_words_are_shown_before_they_are_offered() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    let asked = "Private to me. What have others told me?";
    write(&mut harness, asked, "The matron says she is steady");
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    assert!(session(&harness).arcp.is_empty());
    harness.get_by_role_and_label(Role::Heading, "Offer this for the ARCP?");
    press(&mut harness, "Keep it private");
    assert!(session(&harness).arcp.is_empty());
    assert!(harness.get_by_label(asked).is_focused());
}

/// Goes away by the rail and comes back by the shortcut.
#[test]
fn leaving_and_coming_back_keeps_the_words_and_the_caret() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, HARD, "Nights and days");
    for _ in 0.." and days".len() {
        keys(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    }
    press(&mut harness, "Journal");
    assert!(harness.state().app().inputs.draft.is_none());
    keys(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert!(harness.get_by_label(HARD).is_focused());
    harness.get_by_label(HARD).type_text(", weekends");
    harness.run();
    assert_eq!(text_of(session(&harness), "hard"), "Nights, weekends and days");
}

/// Types the password on the locked window.
#[test]
fn a_lock_in_the_middle_of_a_word_loses_nothing() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, ROTA, "Three sets of nig");
    keys(&mut harness, Modifiers::COMMAND, Key::L);
    assert!(harness.query_by_label(ROTA).is_none(), "nothing is shown while locked");
    assert!(harness.state().app().inputs.draft.is_none());
    unlock(&mut harness);
    assert!(harness.get_by_label(ROTA).is_focused(), "the keyboard is back in its place");
    harness.get_by_label(ROTA).type_text("hts");
    harness.run();
    assert_eq!(text_of(session(&harness), "rota"), "Three sets of nights");
}

#[test]
fn a_crash_loses_no_words_older_than_five_seconds() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, HARD, "Nights in October");
    let id = draft(&harness).id;
    world.pass(SignedDuration::from_secs(6));
    harness.run();
    // No finish: as when the power goes.
    drop(harness);
    let app = unlocked(&world);
    let held = app.state.open().unwrap().journal.held(id).unwrap();
    assert_eq!(text_of(&held.session, "hard"), "Nights in October");
}

#[test]
fn a_finished_session_is_read_only_until_it_is_opened_again() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, HARD, "Nights");
    let id = draft(&harness).id;
    for _ in 0..4 {
        world.pass(SignedDuration::from_mins(9));
        keys(&mut harness, Modifiers::NONE, Key::End);
    }
    press(&mut harness, "Finish session");
    assert_eq!(harness.state().app().inputs.finish_minutes, "36");
    write(&mut harness, "Minutes", "x");
    assert!(harness.query_by_label("Type the minutes as a number, such as 40").is_some());
    keys(&mut harness, Modifiers::NONE, Key::Backspace);
    press(&mut harness, "Finish");
    let held = harness.state().app().state.open().unwrap().journal.held(id).unwrap();
    assert!(held.session.finished.is_some());
    assert_eq!(held.session.minutes, Some(36));
    keys(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert!(harness.query_by_label(HARD).is_none(), "no field to write in");
    assert!(harness.query_by_label("Finish session").is_none());
    press(&mut harness, "Change it");
    write(&mut harness, HARD, " and days");
    assert_eq!(text_of(session(&harness), "hard"), "Nights and days");
}

#[test]
fn a_book_pasted_into_an_answer_is_cut_and_said() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, HARD, "Mine. ");
    harness.get_by_label(HARD).focus();
    harness.event(egui::Event::Paste("word ".repeat(2_000_000)));
    harness.run();
    let kept = text_of(session(&harness), "hard");
    assert!((699_000..=700_000).contains(&kept.len()), "{}", kept.len());
    assert!(kept.starts_with("Mine. word "), "nothing before it is lost");
    let said = harness.get_all_by_role(Role::Label);
    let said = said.filter_map(|node| node.accesskit_node().value());
    assert!(said.into_iter().any(|words| words.starts_with("This record is full")));
}

#[test]
fn a_record_that_is_open_elsewhere_is_only_read() {
    let world = World::demo();
    let first = unlocked(&world);
    let mut app = unlocked(&world);
    assert!(app.state.open().unwrap().read_only.is_some());
    let person = amina(&app);
    let (id, _) = *app.state.open().unwrap().journal.sessions_with(person).first().unwrap();
    app.act(vec![Action::Go(Screen::Session(id))]);
    let harness = window(&world, app);
    assert!(harness.query_by_label("Change it").is_none());
    assert!(harness.query_by_label("Finish session").is_none());
    drop(first);
}
