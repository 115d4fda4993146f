//! The reflection journal in its window, by label: sizes, tags, the year, quiet writing, guidance,
//! the question of the day and scales.

use cairn::app::action::RecordAction;
use cairn::app::reflection::on_this_day;
use cairn::app::state::Phase;
use cairn::app::{Action, App, Screen};
use cairn::model::{Answer, Body, Id, Journal, Session};
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::{Date, date};

use crate::support::talk::{
    keys, made, press, reflecting, session, set, text_of, unlocked, window, write,
};
use crate::support::window::Look;
use crate::support::world::World;
use crate::ui_door::says;

pub fn journal<'h>(harness: &'h Harness<'_, Window>) -> &'h Journal {
    &harness.state().app().state.open().unwrap().journal
}

pub fn act(harness: &mut Harness<'_, Window>, actions: Vec<Action>) {
    harness.state_mut().app_mut().act(actions);
    harness.run();
}

/// The journal of the demonstration record.
pub fn at_the_journal(world: &World) -> Harness<'static, Window> {
    let mut app = unlocked(world);
    app.act(vec![Action::Go(Screen::Journal)]);
    window(world, app)
}

/// Puts a finished reflection of a day into the record.
pub fn put(app: &mut App, (template, day): (&str, Date), change: impl FnOnce(&mut Session)) -> Id {
    let now = app.state.now.timestamp();
    let id = app.state.fresh.id(now);
    let template = app.state.library.get(template).unwrap().clone();
    let role = app.state.open().unwrap().journal.settings().role;
    let mut session = Session::start(&template, None, role, day, None);
    session.finished = Some(now);
    change(&mut session);
    let Phase::Open(open) = &mut app.state.phase else { panic!("it is not open") };
    open.journal.put(id, Body::Reflection(session));
    id
}

pub fn say(session: &mut Session, prompt: &str, number: u8) {
    let mut items = session.sections.iter_mut().flat_map(|part| &mut part.items);
    let asked = items.find(|asked| asked.prompt.id == prompt).unwrap();
    asked.answer = Some(Answer::Scale(number));
}

pub fn menu_rows(harness: &Harness<'_, Window>) -> Vec<String> {
    let rows = harness.get_all_by_role(Role::MenuItem);
    rows.filter_map(|node| node.accesskit_node().label()).collect()
}

pub fn choose_row(harness: &mut Harness<'_, Window>, words: &str) {
    harness.get_by_role_and_label(Role::MenuItem, words).click_accesskit();
    harness.run();
}

#[test]
fn a_reflection_begins_in_the_size_that_its_minutes_say() {
    let world = World::demo();
    for (words, template) in [
        ("3 minutes", "reflection-small"),
        ("25 minutes", "reflection-large"),
        ("5 to 30 minutes", "reflection-free"),
    ] {
        let mut harness = at_the_journal(&world);
        press(&mut harness, "New reflection");
        assert!(menu_rows(&harness).contains(&words.to_owned()), "{:?}", menu_rows(&harness));
        choose_row(&mut harness, words);
        assert_eq!(session(&harness).template.id, template);
    }
}

#[test]
fn the_first_page_offers_every_size_with_its_minutes() {
    let world = World::empty();
    let mut app = made(&world);
    app.act(vec![Action::Go(Screen::Journal)]);
    let mut harness = window(&world, app);
    assert!(says(&harness, "Three minutes is enough."));
    for minutes in ["3 minutes", "10 minutes", "25 minutes"] {
        assert!(says(&harness, &format!("New reflection, {minutes}")), "{minutes}");
    }
    press(&mut harness, "New reflection, 5 to 30 minutes");
    assert_eq!(session(&harness).template.id, "reflection-free");
    assert!(says(&harness, "What is on your mind?"));
}

#[test]
fn another_size_changes_the_questions_and_never_what_was_written() {
    let world = World::demo();
    let mut harness = window(&world, reflecting(&world, "reflection-small"));
    write(&mut harness, "Private to me. What happened, in one line?", "I spoke first.");
    let size = |harness: &mut Harness<'_, Window>, words: &str| {
        harness.get_by_role_and_label(Role::RadioButton, words).click_accesskit();
        harness.run();
    };
    size(&mut harness, "25 min");
    assert_eq!(session(&harness).title, "Reflection in 25 minutes");
    assert_eq!(text_of(session(&harness), "description"), "I spoke first.");
    let feelings = "Private to me. What did you feel and think at the time?";
    assert!(harness.get_by_label(feelings).is_focused(), "it goes on where nothing is written");
    write(&mut harness, feelings, "Hurried.");
    keys(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(session(&harness), "feelings"), "");
    keys(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(session(&harness).template.id, "reflection-small", "one step takes the size back");
    for _ in 0..2 {
        keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    }
    size(&mut harness, "10 min");
    assert_eq!(text_of(session(&harness), "what"), "I spoke first.");
    assert_eq!(text_of(session(&harness), "feelings"), "Hurried.");
    assert!(says(&harness, "Written before"));
    size(&mut harness, "Free");
    assert_eq!(text_of(session(&harness), "page"), "I spoke first.");
    size(&mut harness, "25 min");
    let words: Vec<String> =
        ["description", "feelings"].map(|id| text_of(session(&harness), id)).to_vec();
    assert_eq!(words, ["I spoke first.", "Hurried."]);
    assert!(!says(&harness, "Written before"), "each is under its own question again");
}

#[test]
fn the_list_says_how_each_begins_and_is_narrowed_to_a_tag() {
    let world = World::demo();
    let mut harness = at_the_journal(&world);
    assert!(says(&harness, "20 November, 3 minutes. Sat in the third row of my own meeting"));
    let rows = |harness: &Harness<'_, Window>| {
        let rows = harness.get_all_by_role(Role::Button);
        let names = rows.filter_map(|node| node.accesskit_node().label());
        names.filter(|name| name.contains(" minutes. ")).count()
    };
    let all = rows(&harness);
    press(&mut harness, "By tag");
    choose_row(&mut harness, "coaching");
    let tagged = journal(&harness).reflections();
    let tagged = tagged.filter(|(_, one)| one.tags.contains(&"coaching".to_owned())).count();
    assert!(rows(&harness) == tagged && tagged < all, "{tagged} of {all}");
    press(&mut harness, "Show all again, not only coaching");
    assert_eq!(rows(&harness), all);
}

#[test]
fn the_months_of_a_year_have_a_dot_for_each_and_the_arrows_go_through_them() {
    let world = World::demo();
    let mut harness = at_the_journal(&world);
    press(&mut harness, "The year in dots");
    assert!(says(&harness, "November, 2 reflections"));
    assert!(says(&harness, "December, none"));
    let dot = |harness: &Harness<'_, Window>, name: &str| {
        harness.get_by_role_and_label(Role::Button, name).is_focused()
    };
    harness.get_by_role_and_label(Role::Button, "Somebody else chaired it, 20 November").focus();
    harness.run();
    keys(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert!(dot(&harness, "What we call confidence, 12 November"));
    keys(&mut harness, Modifiers::NONE, Key::ArrowUp);
    assert!(dot(&harness, "Writing about someone I like, 23 October"));
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    let heading = harness.get_all_by_role(Role::Heading);
    let mut titles = heading.filter_map(|node| node.accesskit_node().label());
    assert!(titles.any(|title| title == "Writing about someone I like"), "it is read");
    drop(titles);
    press(&mut harness, "The year in dots");
    press(&mut harness, "The year before");
    assert!(says(&harness, "December, 1 reflection"), "the demonstration begins in 2025");
}

#[test]
fn what_was_written_on_this_day_comes_up_and_is_read() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let other_day = ("reflection-small", date(2025, 11, 23));
    put(&mut app, other_day, |it| it.title = "The day before".to_owned());
    put(&mut app, ("reflection-small", date(2025, 11, 24)), |it| {
        it.title = "I talked for most of it again".to_owned();
        set(it, "experience", "Asked one question and answered it myself.");
    });
    app.act(vec![Action::Go(Screen::Journal)]);
    let mut harness = window(&world, app);
    assert!(says(&harness, "A year ago today"));
    assert!(!says(&harness, "You wrote “The day before”"));
    press(&mut harness, "Read what you wrote a year ago today");
    assert!(says(&harness, "Asked one question and answered it myself."));
}

#[test]
fn what_was_written_on_a_leap_day_comes_up_in_a_year_without_one() {
    let world = World::empty();
    let mut app = made(&world);
    let leap_day = put(&mut app, ("reflection-small", date(2024, 2, 29)), |_| {});
    let day_before = put(&mut app, ("reflection-small", date(2024, 2, 28)), |_| {});
    let journal = &app.state.open().unwrap().journal;
    let on = |day: Date| -> Vec<Id> {
        on_this_day(journal, day).into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(on(date(2026, 2, 28)), [leap_day, day_before]);
    assert_eq!(on(date(2028, 2, 28)), [day_before]);
    assert_eq!(on(date(2028, 2, 29)), [leap_day]);
    assert_eq!(on(date(2024, 2, 29)), [], "today is no other year");
}

#[test]
fn quiet_writing_leaves_only_the_page_and_esc_goes_back() {
    let world = World::demo();
    let mut harness = window(&world, reflecting(&world, "reflection-medium"));
    assert!(harness.query_by_role_and_label(Role::Button, "People").is_some());
    keys(&mut harness, Modifiers::NONE, Key::F9);
    assert!(harness.query_by_role_and_label(Role::Button, "People").is_none(), "no rail");
    assert!(harness.query_by_role_and_label(Role::Button, "Finish reflection").is_none());
    assert!(!says(&harness, "How do you feel about it now?"), "only what is answered in words");
    let what = "Private to me. What?";
    assert!(harness.get_by_label(what).is_focused());
    write(&mut harness, what, "Dr Amina Larkspur was quiet.");
    for _ in 0..40 {
        world.pass(jiff::SignedDuration::from_millis(100));
        harness.step();
    }
    assert!(says(&harness, "may point to someone"), "hints stay");
    keys(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(harness.get_by_label("Private to me. So what?").is_focused());
    press(&mut harness, "Guidance");
    assert!(says(&harness, "A reflection has no legal privilege"));
    press(&mut harness, "Close the guidance");
    keys(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_role_and_label(Role::Button, "People").is_some(), "the rail is back");
    assert_eq!(text_of(session(&harness), "what"), "Dr Amina Larkspur was quiet.");
    assert!(harness.get_by_label("Private to me. So what?").is_focused(), "the caret stays");
}

#[test]
fn the_guidance_stands_beside_a_reflection_with_its_sources() {
    let world = World::demo();
    let harness = window(&world, reflecting(&world, "reflection-small"));
    for words in [
        "Leave out who it was",
        "Write the learning, not the full facts",
        "goes into the incident system",
        "a court may require it",
        "The reflective practitioner, September 2018",
    ] {
        assert!(says(&harness, words), "{words}");
    }
}

#[test]
fn the_question_of_the_day_is_off_until_it_is_turned_on_and_is_written_about() {
    let world = World::demo();
    let mut harness = at_the_journal(&world);
    assert!(!says(&harness, "A question for today"));
    act(&mut harness, vec![Action::Go(Screen::Settings)]);
    harness.get_by_role_and_label(Role::Tab, "Words").click_accesskit();
    harness.run();
    harness.get_by_role_and_label(Role::Switch, "A question for the day").click_accesskit();
    harness.run();
    assert!(journal(&harness).settings().daily_question);
    act(&mut harness, vec![Action::Go(Screen::Journal)]);
    assert!(says(&harness, "A question for today"));
    press(&mut harness, "Write about it");
    let asked = session(&harness).items().next().unwrap().prompt.text.clone();
    assert!(asked.ends_with('?') && asked != "What is on your mind?", "{asked}");
    assert!(!asked.to_lowercase().contains("you"), "it is put to oneself: {asked}");
    let off = RecordAction::DailyQuestion(false);
    act(&mut harness, vec![Action::Record(off), Action::Go(Screen::Journal)]);
    assert!(!says(&harness, "A question for today"));
}

#[test]
fn what_was_said_on_a_scale_is_shown_over_time_in_words() {
    let world = World::demo();
    let mut app = unlocked(&world);
    for (day, number) in [(date(2026, 9, 1), 3), (date(2026, 10, 6), 7)] {
        put(&mut app, ("reflection-small", day), |it| say(it, "mood", number));
    }
    app.act(vec![Action::Go(Screen::Journal)]);
    let mut harness = window(&world, app);
    press(&mut harness, "Over time");
    assert!(says(&harness, "How do you feel about it now?"));
    assert!(says(&harness, "3 on 1 September 2026, 7 on 6 October 2026"), "the chart says it");
    assert!(harness.query_by_label("6 October 2026").is_some(), "and a table");
    assert!(!says(&harness, "of 10"), "a number that was said is no mark out of ten");
    assert!(says(&harness, "It is no score."));
}

/// The journal in another look and size.
pub fn shown(world: &World, app: App, look: Look, size: [f32; 2]) -> Harness<'static, Window> {
    let mut harness = world.window_of(app, look, size);
    harness.run();
    harness
}
