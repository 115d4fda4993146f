//! How the reflection journal looks.

use cairn::app::action::RecordAction;
use cairn::app::educator::{EducatorAction, LearningForm};
use cairn::app::reflection::{JournalView, ReflectionAction, linkable};
use cairn::app::{Action, App, Command, Screen};
use cairn::model::{LearningKind, Session};
use jiff::civil::date;

use crate::support::talk::{amina, press, reflecting, set, unlocked};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_reflection::{put, say, shown};

const NARROW: [f32; 2] = [1024.0, 640.0];

/// The journal with something from a year ago.
fn journal(world: &World) -> App {
    let mut app = unlocked(world);
    put(&mut app, ("reflection-small", date(2025, 11, 24)), |it| {
        it.title = "I talked for most of it".to_owned();
        set(it, "experience", "Asked one question and answered it myself.");
    });
    app.act(vec![Action::Go(Screen::Journal)]);
    app
}

fn three_lines(it: &mut Session) {
    it.title = "A quiet doctor is not a struggling one".to_owned();
    it.tags = vec!["communication".to_owned()];
    set(
        it,
        "what",
        "I had marked someone down in my mind for not speaking on the round.\nWhen I asked, they \
         told me that where they trained, you speak when the senior turns to you.",
    );
    set(it, "so-what", "I had read a habit of respect as a lack of knowledge.");
    set(it, "now-what", "Turn to each person by name, once, on every round.");
}

#[test]
fn the_journal_looks_as_drawn() {
    let world = World::demo();
    picture(&mut shown(&world, journal(&world), Look::Light, DESK), "reflection_journal_light");
}

#[test]
fn the_journal_looks_as_drawn_in_the_dark() {
    let world = World::demo();
    picture(&mut shown(&world, journal(&world), Look::Dark, DESK), "reflection_journal_dark");
}

#[test]
fn the_journal_fits_a_small_window() {
    let world = World::demo();
    let mut app = journal(&world);
    app.state.look.zoom = 150;
    picture(&mut shown(&world, app, Look::Light, NARROW), "reflection_journal_narrow");
}

#[test]
fn the_journal_in_a_window_of_middle_width() {
    let world = World::demo();
    picture(&mut shown(&world, journal(&world), Look::Light, NARROW), "reflection_journal_medium");
}

#[test]
fn the_guidance_opens_over_the_page_where_it_has_no_room_beside() {
    let world = World::demo();
    let mut harness = shown(&world, reflecting(&world, "reflection-medium"), Look::Light, NARROW);
    press(&mut harness, "Guidance");
    picture(&mut harness, "reflection_guidance_medium");
}

#[test]
fn the_question_of_the_day_looks_as_it_should() {
    let world = World::demo();
    let mut app = journal(&world);
    app.act(vec![Action::Record(RecordAction::DailyQuestion(true))]);
    picture(&mut shown(&world, app, Look::Light, DESK), "reflection_question");
}

#[test]
fn what_a_reflection_belongs_to_looks_as_it_should() {
    let world = World::demo();
    let mut app = reflecting(&world, "reflection-small");
    let talks = linkable(&app.state.open().unwrap().journal, 2);
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.links = talks;
    draft.session.tags = vec!["communication".to_owned()];
    picture(&mut shown(&world, app, Look::Light, [1280.0, 1500.0]), "reflection_links");
}

#[test]
fn the_year_in_dots_looks_as_it_should() {
    let world = World::demo();
    let mut app = journal(&world);
    app.inputs.reflecting.view = JournalView::Year;
    picture(&mut shown(&world, app, Look::Light, DESK), "reflection_year");
}

#[test]
fn what_was_said_on_scales_looks_as_it_should() {
    let world = World::demo();
    let mut app = journal(&world);
    let said = [(3, 3, 4), (4, 21, 6), (6, 9, 5), (9, 1, 7), (10, 6, 8)];
    for (month, day, number) in said {
        put(&mut app, ("reflection-small", date(2026, month, day)), |it| {
            say(it, "mood", number);
            say(it, "confidence", number - 1);
        });
    }
    app.inputs.reflecting.view = JournalView::OverTime;
    picture(&mut shown(&world, app, Look::Light, DESK), "reflection_over_time");
}

#[test]
fn quiet_writing_looks_as_it_should() {
    let world = World::demo();
    let mut app = reflecting(&world, "reflection-medium");
    three_lines(&mut app.inputs.draft.as_mut().unwrap().session);
    app.inputs.focus = Some("now-what".to_owned());
    app.act(vec![Action::Do(Command::QuietWriting)]);
    let mut harness = shown(&world, app, Look::Light, DESK);
    for _ in 0..40 {
        world.pass(jiff::SignedDuration::from_millis(100));
        harness.step();
    }
    picture(&mut harness, "reflection_quiet");
}

#[test]
fn the_guidance_beside_a_reflection_looks_as_it_should() {
    let world = World::demo();
    let mut app = reflecting(&world, "reflection-medium");
    three_lines(&mut app.inputs.draft.as_mut().unwrap().session);
    picture(&mut shown(&world, app, Look::Light, DESK), "reflection_guidance");
}

/// Parts of a reflection about to be shared with Amina.
fn sharing(world: &World) -> App {
    let mut app = unlocked(world);
    let person = amina(&app);
    let id = put(&mut app, ("reflection-medium", date(2026, 11, 22)), three_lines);
    app.act(vec![Action::Go(Screen::Journal)]);
    let wishes = [
        ReflectionAction::Share(id),
        ReflectionAction::ShareWith(person),
        ReflectionAction::Tick(1, true),
        ReflectionAction::Tick(3, true),
    ];
    app.act(wishes.map(Action::Reflection).to_vec());
    app
}

#[test]
fn sharing_parts_looks_as_it_should() {
    let world = World::demo();
    picture(&mut shown(&world, sharing(&world), Look::Light, DESK), "reflection_share");
}

#[test]
fn words_to_settle_before_sharing_look_as_they_should() {
    let world = World::demo();
    let mut app = sharing(&world);
    let id = put(&mut app, ("reflection-medium", date(2026, 11, 23)), |it| {
        three_lines(it);
        set(it, "now-what", "Turn to each person by name. Bed 4 was waiting.");
    });
    let person = amina(&app);
    let wishes = [
        ReflectionAction::Share(id),
        ReflectionAction::ShareWith(person),
        ReflectionAction::Tick(3, true),
    ];
    app.act(wishes.map(Action::Reflection).to_vec());
    picture(&mut shown(&world, app, Look::Light, DESK), "reflection_share_settle");
}

#[test]
fn sharing_parts_fits_a_small_window() {
    let world = World::demo();
    let mut app = sharing(&world);
    app.state.look.zoom = 150;
    picture(&mut shown(&world, app, Look::Light, NARROW), "reflection_share_narrow");
}

#[test]
fn the_learning_log_looks_as_it_should() {
    let world = World::demo();
    let mut app = journal(&world);
    let log = [
        ("Conscious decisions", "3 March 2026", LearningKind::ConsciousDecisions, 7),
        ("Workshop on hard conversations", "9 June 2026", LearningKind::WorkshopGiven, 3),
        ("A book on listening", "2 December 2025", LearningKind::Reading, 6),
    ];
    for (title, day, kind, area) in log {
        app.inputs.educator.adding = Some(LearningForm {
            title: title.to_owned(),
            date: day.to_owned(),
            kind,
            hours: "2.5".to_owned(),
            area,
            changed: "I ask first what they have tried.".to_owned(),
            ..LearningForm::default()
        });
        app.act(vec![Action::Educator(EducatorAction::KeepLearning)]);
    }
    app.state.toast = None;
    app.inputs.reflecting.view = JournalView::Log;
    picture(&mut shown(&world, app, Look::Light, DESK), "learning_log");
}
