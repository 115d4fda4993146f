//! Conversations and reflections in a window: how the tests begin one, write in it and read it.

use cairn::app::action::SessionAction;
use cairn::app::draft::Draft;
use cairn::app::{Action, App};
use cairn::model::session::ArcpHeading;
use cairn::model::{self, Answer, ArcpLine, Evidence, Id, Layer, Margin, Owner, Session};
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::SignedDuration;
use jiff::civil::date;

use super::window::{DESK, Look};
use super::world::{PASSWORD, World};

/// A prompt of the mid-point review, as a screen reader names it.
pub const PROUD: &str = "Shared. What are you most proud of since we last met?";
/// A prompt of the mid-point review, as a screen reader names it.
pub const HARD: &str = "Shared. What has been hard?";
/// A prompt of the mid-point review, as a screen reader names it.
pub const ROTA: &str = "Shared. How have hours and rota affected you?";
/// A prompt of the mid-point review, as a screen reader names it.
pub const HELP: &str = "Shared. What help is needed?";

/// The program on a demonstration record, unlocked.
pub fn unlocked(world: &World) -> App {
    World::unlock(world.app())
}

/// The program on a record that was just made, with nobody and nothing in it.
pub fn made(world: &World) -> App {
    let mut desk = world.desk();
    let (password, now) = (cairn::vault::Passphrase::new(PASSWORD), world.now().timestamp());
    desk.create(&world.dir(), &password, "Dr Rowan Thistle", now).unwrap();
    drop(desk);
    unlocked(world)
}

pub fn amina(app: &App) -> Id {
    let open = app.state.open().unwrap();
    open.journal.find_people("Dr Amina Larkspur").first().unwrap().0
}

/// A conversation with Amina, just begun.
pub fn begun(world: &World, template: &str) -> App {
    begin(unlocked(world), template)
}

/// The same in a program that is unlocked already.
pub fn begin(mut app: App, template: &str) -> App {
    let person = Some(amina(&app));
    let template = template.to_owned();
    app.act(vec![Action::Session(SessionAction::Start { template, person })]);
    app
}

pub fn reflecting(world: &World, template: &str) -> App {
    let mut app = unlocked(world);
    let template = template.to_owned();
    app.act(vec![Action::Session(SessionAction::Start { template, person: None })]);
    app
}

pub fn window(world: &World, app: App) -> Harness<'static, Window> {
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    harness
}

pub fn draft<'h>(harness: &'h Harness<'_, Window>) -> &'h Draft {
    harness.state().app().inputs.draft.as_ref().unwrap()
}

pub fn session<'h>(harness: &'h Harness<'_, Window>) -> &'h Session {
    &draft(harness).session
}

pub fn text_of(session: &Session, prompt: &str) -> String {
    let asked = session.items().find(|asked| asked.prompt.id == prompt).unwrap();
    match &asked.answer {
        Some(Answer::Text(words)) => words.clone(),
        None => String::new(),
        other => panic!("not a text: {other:?}"),
    }
}

pub fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    harness.run();
}

/// The same with the mouse.
pub fn click(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click();
    harness.run();
}

/// Puts the keyboard on an answer and types.
pub fn write(harness: &mut Harness<'_, Window>, label: &str, words: &str) {
    harness.get_by_label(label).focus();
    harness.run();
    harness.get_by_label(label).type_text(words);
    harness.run();
}

pub fn keys(harness: &mut Harness<'_, Window>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

pub fn set(session: &mut Session, prompt: &str, words: &str) {
    let items = session.sections.iter_mut().flat_map(|part| &mut part.items);
    let asked = items.into_iter().find(|asked| asked.prompt.id == prompt).unwrap();
    asked.answer = Some(Answer::Text(words.to_owned()));
}

/// The conversation of the drawn pages, 18 minutes in.
pub fn as_drawn(world: &World) -> App {
    let mut app = begun(world, "mid-point-review");
    app.tick(true);
    for _ in 0..6 {
        world.pass(SignedDuration::from_mins(3));
        app.tick(true);
    }
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
            basis: None,
        },
        Margin {
            beside: Some("proud".to_owned()),
            text: "Quieter than in August. Ask, do not assume.".to_owned(),
            basis: Some(model::Basis::Impression),
        },
    ];
    talk.arcp = vec![ArcpLine {
        heading: ArcpHeading::Strengths,
        text: "Takes the lead on board rounds.".to_owned(),
        evidence: vec![Evidence {
            what: "MSF".to_owned(),
            date: Some(date(2026, 11, 3)),
            ..Evidence::default()
        }],
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
        due_typed: String::new(),
        reason: String::new(),
        layer: Layer::Shared,
        made: today,
        source_id: None,
        removed: None,
        extra: serde_json::Map::new(),
    };
    draft.actions.insert(id, action);
    draft.touched = true;
    app.inputs.focus = Some("hard".to_owned());
    app.inputs.editor.go_to = Some(cairn::app::inputs::EditorSpot::Prompt("hard".to_owned()));
    app
}

pub fn drawn(look: Look, size: [f32; 2]) -> Harness<'static, Window> {
    let world = World::demo();
    let app = as_drawn(&world);
    let mut harness = world.window_of(app, look, size);
    harness.run();
    harness
}

pub fn go_to(harness: &mut Harness<'_, Window>, id: &str) {
    for _ in 0..30 {
        if harness.state().app().inputs.focus.as_deref() == Some(id) {
            return;
        }
        keys(harness, Modifiers::COMMAND, Key::Enter);
    }
    panic!("{id} was not reached");
}

pub fn answer_of(harness: &Harness<'_, Window>, id: &str) -> Option<Answer> {
    session(harness).items().find(|asked| asked.prompt.id == id).unwrap().answer.clone()
}

pub fn unlock(harness: &mut Harness<'_, Window>) {
    harness.get_by_label("Password").focus();
    harness.run();
    harness.get_by_label("Password").type_text(PASSWORD);
    harness.run();
    keys(harness, Modifiers::NONE, Key::Enter);
}
