//! The template editor: a stranger makes a template, changes one, and nothing they type is lost.

use cairn::app::action::{SessionAction, TemplateAction};
use cairn::app::template_edit::AnswerKind;
use cairn::app::{Action, App, Screen};
use cairn::export::blank::Blank;
use cairn::model::own::template_id;
use cairn::model::{Id, PromptKind, PromptLayer, Session, Template};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;

use crate::support::talk::{amina, session, unlock, unlocked};
use crate::support::window::{DESK, Look};
use crate::support::world::World;
use crate::ui_door::{Harnessed, field, press, retype, says, state, type_into};

/// So high that nothing lies below its end: what is clicked must be in sight.
const HIGH: [f32; 2] = [1280.0, 2400.0];

pub fn shown(world: &World, app: App, look: Look, size: [f32; 2]) -> Harnessed {
    let mut harness = world.window_of(app, look, size);
    harness.run();
    harness
}

pub fn copied(world: &World, template: &str) -> App {
    let mut app = unlocked(world);
    app.act(vec![Action::Template(TemplateAction::Copy(template.to_owned()))]);
    app
}

/// The template whose editor is on the screen.
fn edited(harness: &Harnessed) -> Id {
    let Screen::TemplateEdit(id) = state(harness).open().unwrap().screen else {
        panic!("no editor")
    };
    id
}

fn written(harness: &Harnessed) -> Template {
    harness.state().app().inputs.edits[&edited(harness)].template.clone()
}

fn questions(template: &Template) -> Vec<&str> {
    template.prompts().map(|prompt| prompt.text.as_str()).collect()
}

pub fn key(harness: &mut Harnessed, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

pub fn choose(harness: &mut Harnessed, label: &str, option: &str) {
    harness.get_by_role_and_label(Role::ComboBox, label).click();
    harness.run();
    harness.get_by_role_and_label(Role::MenuItem, option).click();
    harness.run();
}

pub fn row(harness: &mut Harnessed, words: &str) {
    harness.get_by_role_and_label(Role::Button, words).click();
    harness.run();
}

fn screen(harness: &Harnessed) -> Screen {
    state(harness).open().unwrap().screen.clone()
}

/// The version that the record holds.
fn version(harness: &Harnessed, id: Id) -> Option<u32> {
    state(harness).open().unwrap().journal.own().templates.get(&id).map(|held| held.version)
}

fn asks(session: &Session) -> Vec<&str> {
    session.items().map(|asked| asked.prompt.text.as_str()).collect()
}

pub fn act(harness: &mut Harnessed, action: Action) {
    harness.state_mut().app_mut().act(vec![action]);
    harness.run();
}

/// Adds a prompt with a question and a kind of answer.
fn add(harness: &mut Harnessed, question: &str, kind: AnswerKind) {
    press(harness, "Add a prompt");
    type_into(harness, "The question", question);
    if kind != AnswerKind::Text {
        choose(harness, "Kind of answer", kind.words());
    }
}

#[test]
fn a_stranger_makes_a_template_with_every_kind_of_answer_and_holds_a_session_with_it() {
    let world = World::demo();
    let mut app = unlocked(&world);
    app.act(vec![Action::Go(Screen::Choose(None))]);
    let mut harness = shown(&world, app, Look::Light, HIGH);
    press(&mut harness, "New template");
    assert!(field(&harness, "Title").is_focused(), "one may write at once");
    type_into(&mut harness, "Title", "After a hard shift");
    type_into(&mut harness, "What it is for", "Look back on a shift and plan the next.");
    row(&mut harness, "Prompt: Prompt 1, no question yet, to mend");
    type_into(&mut harness, "The question", "What happened?");
    type_into(&mut harness, "Why this question", "Facts come before feelings.");
    type_into(&mut harness, "Words for a hard moment", "Take your time.\nWe can stop here.");
    add(&mut harness, "How tired are you?", AnswerKind::Scale);
    type_into(&mut harness, "What 0 means", "Worn out");
    type_into(&mut harness, "What 10 means", "Rested");
    add(&mut harness, "Which shift?", AnswerKind::ChooseOne);
    type_into(&mut harness, "What can be chosen", "Day\nNight");
    add(&mut harness, "Who was there?", AnswerKind::ChooseSeveral);
    type_into(&mut harness, "What can be chosen", "Nurses\nA consultant\n");
    add(&mut harness, "What is done?", AnswerKind::Checklist);
    type_into(&mut harness, "What can be ticked", "Debrief held");
    add(&mut harness, "When is the next one?", AnswerKind::Date);
    add(&mut harness, "What shows it?", AnswerKind::Evidence);
    add(&mut harness, "Which capabilities?", AnswerKind::Capability);
    choose(&mut harness, "Which list", "GMC generic professional capabilities");
    add(&mut harness, "Who can help?", AnswerKind::Person);
    harness.get_by_role_and_label(Role::RadioButton, "Private to me").click();
    harness.run();
    add(&mut harness, "What will you do?", AnswerKind::Action);
    assert!(says(&harness, "Ready to use."));
    press(&mut harness, "Save as version 1");
    let id = edited(&harness);
    assert_eq!(version(&harness, id), Some(1));
    press(&mut harness, "Use it");
    assert_eq!(screen(&harness), Screen::Choose(None));
    choose(&mut harness, "With whom?", "Dr Amina Larkspur");
    press(&mut harness, "Start now");

    let session = session(&harness);
    assert_eq!(session.template.id, template_id(id));
    let kinds = session.items().map(|asked| AnswerKind::of(&asked.prompt.kind));
    assert_eq!(
        kinds.collect::<Vec<_>>(),
        [
            AnswerKind::Text,
            AnswerKind::Scale,
            AnswerKind::ChooseOne,
            AnswerKind::ChooseSeveral,
            AnswerKind::Checklist,
            AnswerKind::Date,
            AnswerKind::Evidence,
            AnswerKind::Capability,
            AnswerKind::Person,
            AnswerKind::Action,
        ]
    );
    let of = |question: &str| {
        let mut items = session.items();
        items.find(|asked| asked.prompt.text == question).unwrap().prompt.clone()
    };
    assert_eq!(of("What happened?").phrases, ["Take your time.", "We can stop here."]);
    assert_eq!(of("Who can help?").layer, PromptLayer::Private);
    let PromptKind::Choice { options, many: true } = &of("Who was there?").kind else { panic!() };
    assert_eq!(*options, ["Nurses", "A consultant"], "no empty line becomes an option");
    assert!(says(&harness, "Worn out"));
}

#[test]
fn a_changed_template_asks_anew_and_an_old_session_keeps_its_questions() {
    let world = World::demo();
    let mut harness = shown(&world, copied(&world, "mid-point-review"), Look::Light, HIGH);
    let id = edited(&harness);
    press(&mut harness, "Save as version 1");
    let before = written(&harness);
    assert_eq!(before.title, "Mid-point review, my copy");
    let origin = before.sources.last().unwrap();
    assert!(origin.starts_with("Copied from “Mid-point review”, version "), "{origin}");
    let person = Some(amina(harness.state().app()));
    let start = SessionAction::Start { template: template_id(id), person };
    act(&mut harness, Action::Session(start.clone()));
    let draft = harness.state_mut().app_mut().inputs.draft.as_mut().unwrap();
    (draft.session.place, draft.touched) = ("Ward 9".to_owned(), true);
    let old = draft.id;
    let asked: Vec<String> = asks(&draft.session).into_iter().map(str::to_owned).collect();

    // From the library: the first prompt is hidden, the second comes third.
    act(&mut harness, Action::Go(Screen::Choose(None)));
    harness.state_mut().app_mut().inputs.choose.template = Some(template_id(id));
    harness.run();
    press(&mut harness, "Edit");
    harness.get_by_role_and_label(Role::Switch, "Ask this question").click();
    harness.run();
    let second = before.sections[0].prompts[1].text.clone();
    row(&mut harness, &format!("Prompt: {second}"));
    press(&mut harness, "Down");
    assert!(says(&harness, "Prompt 3 of "));
    press(&mut harness, "Save as version 2");
    assert_eq!(version(&harness, id), Some(2));

    act(&mut harness, Action::Session(SessionAction::Open(old)));
    assert_eq!(
        (asks(session(&harness)), session(&harness).template.version),
        (asked.iter().map(String::as_str).collect(), 1)
    );
    act(&mut harness, Action::Session(start));
    let now = asks(session(&harness));
    assert_eq!(now[..2], [asked[2].as_str(), asked[1].as_str()], "in the new order");
    assert_eq!((now.len(), session(&harness).template.version), (asked.len() - 1, 2));
    // What is hidden is neither printed nor counted, and it is still there.
    let library = state(&harness).library.clone();
    let template = library.get(&template_id(id)).unwrap();
    let page = Blank::new(template, |list| library.list(list));
    let mut printed = page.sections.iter().flat_map(|part| &part.questions);
    assert!(printed.all(|question| question.text != asked[0]));
    assert_eq!(template.prompts().count(), template.prompt_count() + 1);

    // And its history shows both versions.
    act(&mut harness, Action::Template(TemplateAction::Edit(id)));
    press(&mut harness, "History");
    assert_eq!(screen(&harness), Screen::History(id));
    press(&mut harness, "Restore version 1 as version 3");
    assert_eq!(version(&harness, id), Some(3), "no two versions have one number");
    let held = &state(&harness).open().unwrap().journal.own().templates[&id];
    assert_eq!(questions(held), questions(&before));
}

#[test]
fn what_is_to_be_mended_is_named_with_its_place_and_the_button_goes_there() {
    let world = World::demo();
    let mut harness = shown(&world, copied(&world, "mid-point-review"), Look::Light, HIGH);
    let template = written(&harness);
    let sixth = template.prompts().nth(5).unwrap().text.clone();
    row(&mut harness, &format!("Prompt: {sixth}"));
    retype(&mut harness, "The question", " ");
    row(&mut harness, "About this template");
    assert!(says(&harness, "Prompt 6 has no question yet."));
    press(&mut harness, "Mend prompt 6 to save");
    harness.run();
    assert!(says(&harness, "This prompt has no question yet."));
    assert!(field(&harness, "The question").is_focused());
    assert_eq!(version(&harness, edited(&harness)), None, "nothing was saved");
    type_into(&mut harness, "The question", "What else?");
    choose(&mut harness, "Kind of answer", AnswerKind::ChooseOne.words());
    type_into(&mut harness, "What can be chosen", "This");
    assert!(says(&harness, "Prompt 6 needs at least 2 options."));
    type_into(&mut harness, "What can be chosen", "\nThis");
    assert!(says(&harness, "Prompt 6 has the option “This” twice."));
    // A kind chosen by mistake takes nothing with it.
    choose(&mut harness, "Kind of answer", AnswerKind::Date.words());
    assert!(says(&harness, "Ready to use."));
    choose(&mut harness, "Kind of answer", AnswerKind::Checklist.words());
    choose(&mut harness, "Kind of answer", AnswerKind::ChooseOne.words());
    assert!(says(&harness, "Prompt 6 has the option “This” twice."));
    row(&mut harness, "About this template");
    retype(&mut harness, "Minutes, at most", "5");
    assert!(says(&harness, "The template takes at least"));
    // For the ARCP is not among those who may read.
    row(&mut harness, &format!("Prompt: {}", template.sections[0].prompts[0].text));
    let readers = harness.get_by_role_and_label(Role::RadioGroup, "Who reads the answer");
    assert!(readers.query_by_label_contains("ARCP").is_none());
}

#[test]
fn what_is_written_is_kept_over_a_lock_a_crash_and_another_screen() {
    let world = World::demo();
    let mut harness = shown(&world, copied(&world, "mid-point-review"), Look::Light, HIGH);
    let id = edited(&harness);
    retype(&mut harness, "Title", "Ours");
    act(&mut harness, Action::Lock);
    assert!(harness.state().app().inputs.edits.is_empty(), "nothing of it is in sight");
    unlock(&mut harness);
    assert_eq!((edited(&harness), written(&harness).title.as_str()), (id, "Ours"));
    assert_eq!(version(&harness, id), None, "a draft is no version");

    // Another screen, and back by the list.
    act(&mut harness, Action::Go(Screen::Today));
    act(&mut harness, Action::Go(Screen::Choose(None)));
    row(&mut harness, "Ours, Not saved as a template yet");
    row(&mut harness, "About this template");
    retype(&mut harness, "Title", "Ours too");
    world.pass(jiff::SignedDuration::from_secs(5));
    harness.run();
    drop(harness);

    // The program is gone in the middle.
    let app = unlocked(&world);
    assert_eq!(app.inputs.edits[&id].template.title, "Ours too");
    let mut harness = shown(&world, app, Look::Light, HIGH);
    act(&mut harness, Action::Template(TemplateAction::Edit(id)));
    press(&mut harness, "Save as version 1");
    act(&mut harness, Action::Lock);
    unlock(&mut harness);
    assert_eq!(version(&harness, id), Some(1));
    act(&mut harness, Action::Go(Screen::Today));
    assert!(harness.state().app().inputs.edits.is_empty(), "what is saved is no draft");
}

#[test]
fn what_is_taken_out_comes_back() {
    let world = World::demo();
    let mut harness = shown(&world, copied(&world, "mid-point-review"), Look::Light, HIGH);
    let before = written(&harness);
    let first = before.sections[0].prompts[0].text.clone();
    row(&mut harness, &format!("Prompt: {first}"));
    press(&mut harness, "More");
    harness.get_by_role_and_label(Role::MenuItem, "Remove this prompt").click();
    harness.run();
    assert!(!questions(&written(&harness)).contains(&first.as_str()));
    press(&mut harness, "Undo");
    assert_eq!(written(&harness), before);
    row(&mut harness, &format!("Part: {}", before.sections[1].title));
    let count = before.sections[1].prompts.len();
    press(&mut harness, &format!("Remove the part and its {count} prompts"));
    assert_eq!(written(&harness).sections.len(), before.sections.len() - 1);
    press(&mut harness, "Undo");
    assert_eq!(written(&harness), before);

    // All that was written, too; and the template from the library.
    row(&mut harness, "About this template");
    press(&mut harness, "Throw this template away");
    assert_eq!(screen(&harness), Screen::Choose(None));
    press(&mut harness, "Undo");
    assert_eq!(written(&harness), before);
    press(&mut harness, "Save as version 1");
    let id = edited(&harness);
    press(&mut harness, "Use it");
    press(&mut harness, "Take out of the library");
    assert!(state(&harness).library.get(&template_id(id)).is_none());
    press(&mut harness, "Undo");
    assert!(state(&harness).library.get(&template_id(id)).is_some());
}

#[test]
fn it_is_written_by_keyboard_alone() {
    let world = World::demo();
    let mut harness = shown(&world, copied(&world, "mid-point-review"), Look::Light, DESK);
    let before = written(&harness);
    let none = Modifiers::NONE;
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(field(&harness, "The question").is_focused());
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(says(&harness, "Prompt 2 of "));
    key(&mut harness, none, Key::Tab);
    assert!(field(&harness, "Why this question").is_focused());
    assert_eq!(written(&harness), before, "Tab inserts nothing");
    key(&mut harness, Modifiers::ALT, Key::ArrowUp);
    assert!(says(&harness, "Prompt 1 of "));
    assert_eq!(questions(&written(&harness))[1], questions(&before)[0]);
    assert!(field(&harness, "Why this question").is_focused(), "the keyboard goes with it");
    // To the list, down one row, and back into the fields.
    key(&mut harness, none, Key::Escape);
    key(&mut harness, none, Key::ArrowDown);
    assert!(says(&harness, "Prompt 2 of "));
    key(&mut harness, Modifiers::ALT, Key::ArrowDown);
    key(&mut harness, none, Key::Enter);
    assert!(field(&harness, "The question").is_focused());
    assert!(says(&harness, "Prompt 3 of "));
    // Past the end of its part it goes over into the next one.
    let count = before.sections[0].prompts.len();
    for _ in 2..count {
        key(&mut harness, Modifiers::ALT, Key::ArrowDown);
    }
    assert!(says(&harness, &format!("In the part “{}”", before.sections[1].title)));
}

#[test]
fn a_prompt_is_dragged_to_another_part() {
    let world = World::demo();
    let mut harness = shown(&world, copied(&world, "mid-point-review"), Look::Light, HIGH);
    let before = written(&harness);
    let (first, part) = (before.sections[0].prompts[0].clone(), before.sections[1].title.clone());
    let middle = |harness: &Harnessed, words: &str| {
        harness.get_by_role_and_label(Role::Button, words).rect().center()
    };
    let from = middle(&harness, &format!("Prompt: {}", first.text));
    let to = middle(&harness, &format!("Part: {part}"));
    harness.drag_at(from);
    for at in [from + egui::vec2(0.0, 20.0), to] {
        harness.hover_at(at);
        harness.run();
    }
    harness.drop_at(to);
    harness.run();
    let after = written(&harness);
    assert_eq!(after.sections[1].prompts[0], first);
    assert_eq!(after.sections[0].prompts[..], before.sections[0].prompts[1..]);
}

#[test]
fn two_computers_that_write_in_one_template_lose_nothing() {
    let world = World::demo();
    let mut here = copied(&world, "mid-point-review");
    let Screen::TemplateEdit(id) = here.state.open().unwrap().screen else { panic!("no editor") };
    here.act(vec![Action::Template(TemplateAction::Save(id))]);
    let mut there = world.app_with(world.desk_elsewhere());
    there.inputs.door.password = crate::support::world::PASSWORD.to_owned();
    there.act(vec![Action::Door(cairn::app::action::DoorAction::Unlock)]);
    for (app, when) in [(&mut here, "Written here."), (&mut there, "Written there.")] {
        app.act(vec![Action::Template(TemplateAction::Edit(id))]);
        let edit = app.inputs.edits.get_mut(&id).unwrap();
        (edit.template.when, edit.touched) = (when.to_owned(), true);
    }
    there.act(vec![Action::Template(TemplateAction::Save(id))]);
    here.ask(cairn::app::Job::Look);
    assert_eq!(here.inputs.edits[&id].template.when, "Written here.", "writing goes on");
    here.act(vec![Action::Template(TemplateAction::Save(id)), Action::Go(Screen::Today)]);
    let mut desk = world.desk_elsewhere();
    desk.find(&world.dir()).unwrap();
    let password = cairn::vault::Passphrase::new(crate::support::world::PASSWORD);
    desk.unlock(&password, world.now().timestamp()).unwrap();
    let vault = desk.open_vault().unwrap();
    let heads = vault.records().heads(id);
    let bodies: Vec<String> =
        heads.iter().map(|rev| vault.entry(id, *rev).unwrap().body.to_string()).collect();
    for words in ["Written here.", "Written there."] {
        assert!(bodies.iter().any(|body| body.contains(words)), "{words} {bodies:?}");
    }
}
