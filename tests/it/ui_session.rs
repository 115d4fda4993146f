//! A conversation and a reflection as a person writes them: by label, by keyboard, over a lock,
//! a crash and the end of the session.

use cairn::app::action::{DoorAction, SessionAction};
use cairn::app::draft::Draft;
use cairn::app::{Action, App, Screen};
use cairn::model::session::ArcpHeading;
use cairn::model::{self, Answer, ArcpLine, Evidence, Id, Layer, Margin, Owner, Session};
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;
use jiff::civil::date;

use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};

const PROUD: &str = "Shared. What are you most proud of since we last met?";
const HARD: &str = "Shared. What has been hard?";
const ROTA: &str = "Shared. How have hours and rota affected you?";
const HELP: &str = "Shared. What help is needed?";

/// The program on a demonstration record, unlocked.
fn unlocked(world: &World) -> App {
    let mut app = world.app();
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    app
}

fn amina(app: &App) -> Id {
    let open = app.state.open().unwrap();
    open.journal.find_people("Dr Amina Larkspur").first().unwrap().0
}

/// A conversation with Amina, just begun.
fn begun(world: &World, template: &str) -> App {
    let mut app = unlocked(world);
    let person = Some(amina(&app));
    let template = template.to_owned();
    app.act(vec![Action::Session(SessionAction::Start { template, person })]);
    app
}

fn reflecting(world: &World, template: &str) -> App {
    let mut app = unlocked(world);
    let template = template.to_owned();
    app.act(vec![Action::Session(SessionAction::Start { template, person: None })]);
    app
}

fn window(world: &World, app: App) -> Harness<'static, Window> {
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    harness
}

fn draft<'h>(harness: &'h Harness<'_, Window>) -> &'h Draft {
    harness.state().app().inputs.draft.as_ref().unwrap()
}

fn session<'h>(harness: &'h Harness<'_, Window>) -> &'h Session {
    &draft(harness).session
}

fn text_of(session: &Session, prompt: &str) -> String {
    let asked = session.items().find(|asked| asked.prompt.id == prompt).unwrap();
    match &asked.answer {
        Some(Answer::Text(words)) => words.clone(),
        None => String::new(),
        other => panic!("not a text: {other:?}"),
    }
}

fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click();
    harness.run();
}

/// Puts the keyboard on an answer and types.
fn write(harness: &mut Harness<'_, Window>, label: &str, words: &str) {
    harness.get_by_label(label).focus();
    harness.run();
    harness.get_by_label(label).type_text(words);
    harness.run();
}

fn keys(harness: &mut Harness<'_, Window>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

fn set(session: &mut Session, prompt: &str, words: &str) {
    let items = session.sections.iter_mut().flat_map(|part| &mut part.items);
    let asked = items.into_iter().find(|asked| asked.prompt.id == prompt).unwrap();
    asked.answer = Some(Answer::Text(words.to_owned()));
}

/// The conversation of the drawn pages, 18 minutes in.
fn as_drawn(world: &World) -> App {
    let mut app = begun(world, "mid-point-review");
    world.pass(SignedDuration::from_mins(18));
    app.tick(true);
    let (now, today) = (world.now().timestamp(), world.now().date());
    let person = Some(amina(&app));
    let id = app.state.fresh.id(now);
    let draft = app.inputs.draft.as_mut().unwrap();
    let talk = &mut draft.session;
    set(
        talk,
        "proud",
        "Led the Thursday board round for six weeks. The nurses asked for her by name when it \
         was being re-planned.",
    );
    set(
        talk,
        "hard",
        "Nights in October. She felt alone making the call about one patient and went home \
         doubting herself",
    );
    talk.margin = vec![
        Margin {
            beside: Some("hard".to_owned()),
            text: "Third person to mention nights. Is this Amina, or the rota? Speak to Farah \
                   before deciding anything."
                .to_owned(),
        },
        Margin {
            beside: Some("proud".to_owned()),
            text: "Quieter than in August. Ask, do not assume.".to_owned(),
        },
    ];
    talk.arcp = vec![ArcpLine {
        heading: ArcpHeading::Strengths,
        text: "Takes the lead on board rounds.".to_owned(),
        evidence: vec![Evidence { what: "MSF".to_owned(), date: Some(date(2026, 11, 3)) }],
        agreed: true,
        from: Some("proud".to_owned()),
    }];
    let action = model::Action {
        person,
        from: Some(draft.id),
        text: "Debrief within a day of any hard night".to_owned(),
        owner: Owner::Me,
        due: Some(date(2026, 12, 4)),
        state: model::ActionState::Open,
        settled: None,
        reason: String::new(),
        layer: Layer::Shared,
        made: today,
        source_id: None,
        extra: serde_json::Map::new(),
    };
    draft.actions.insert(id, action);
    draft.touched = true;
    app.inputs.focus = Some("hard".to_owned());
    app.inputs.editor.go_to = Some(cairn::app::inputs::EditorSpot::Prompt("hard".to_owned()));
    app
}

fn drawn(look: Look, size: [f32; 2]) -> Harness<'static, Window> {
    let world = World::demo();
    let app = as_drawn(&world);
    let mut harness = world.window_of(app, look, size);
    harness.run();
    harness
}

#[test]
fn a_session_looks_as_drawn_in_light() {
    picture(&mut drawn(Look::Light, DESK), "session_light");
}

#[test]
fn a_session_looks_as_drawn_in_dark() {
    picture(&mut drawn(Look::Dark, DESK), "session_dark");
}

#[test]
fn a_session_looks_as_drawn_in_high_contrast() {
    picture(&mut drawn(Look::HighContrastLight, DESK), "session_hc_light");
}

#[test]
fn a_session_in_a_small_window_has_tabs_for_the_layers() {
    let mut harness = drawn(Look::Light, [683.0, 760.0]);
    picture(&mut harness, "session_narrow");
}

#[test]
fn the_drawer_at_the_end_looks_as_drawn() {
    let mut harness = drawn(Look::Light, DESK);
    press(&mut harness, "Finish session");
    picture(&mut harness, "session_finish");
}

#[test]
fn a_finished_session_is_read() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let person = amina(&app);
    let (id, _) = *app.state.open().unwrap().journal.sessions_with(person).first().unwrap();
    app.act(vec![Action::Go(Screen::Session(id))]);
    let mut harness = window(&world, app);
    picture(&mut harness, "session_finished");
}

#[test]
fn a_reflection_is_all_private() {
    let world = World::demo();
    let app = reflecting(&world, "reflection-medium");
    let mut harness = window(&world, app);
    write(&mut harness, "Private to me. What?", "I had marked someone down for being quiet.");
    harness.get_by_label("Private to me. So what?").focus();
    harness.run();
    assert!(harness.query_by_label("Add a private note").is_none());
    assert!(harness.query_by_label("Offer to ARCP").is_none());
    picture(&mut harness, "session_reflection");
}

#[test]
fn the_journal_shows_the_reflections() {
    let world = World::demo();
    let mut app = unlocked(&world);
    app.act(vec![Action::Go(Screen::Journal)]);
    let mut harness = window(&world, app);
    picture(&mut harness, "journal");
}
