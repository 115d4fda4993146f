//! Questions that go to a doctor before a meeting, and the answers that come back, in the window:
//! by label and by keyboard.

use std::collections::BTreeSet;

use std::sync::Arc;

use cairn::app::action::SessionAction;
use cairn::app::answers::{AnswersAction, AnswersInto};
use cairn::app::letter::{Sources, Topic};
use cairn::app::{Action, App, Command, Screen};
use cairn::export::{Format, Letter};
use cairn::import::answers::MAX_BYTES;
use cairn::model::{Answer, Basis, Layer, Session};
use cairn::platform::Chosen;
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::support::talk::{amina, begin, keys, press, session, text_of, unlocked, window};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::says;

const TEMPLATE: &str = "mid-point-review";
const TEXT: &str = "The text that came back";

/// A letter as its screen makes it.
pub fn letter(app: &App, topic: &Topic) -> Letter {
    let of = Sources {
        journal: &app.state.open().unwrap().journal,
        library: &app.state.library,
        built_in: &app.state.built_in,
        today: app.state.today(),
        damaged: 0,
    };
    topic.page(&of, Format::Text, &BTreeSet::new()).unwrap().letter
}

/// The mail of a doctor who answered under some of the questions, and wrote a line above them.
fn mail(app: &App) -> String {
    let letter = letter(app, &Topic::Questions(TEMPLATE.to_owned(), amina(app)));
    let answers = ["The chest pain clinic went well.", "", "Nights in October.\nThree in a row."];
    let mut answers = answers.iter();
    let mut out = "Dear Rowan,\nSorry it is late.\n\n".to_owned();
    for line in letter.text().lines() {
        out.push_str(&format!("> {line}\n"));
        if line == "Your answer:" {
            out.push_str(answers.next().unwrap_or(&""));
            out.push('\n');
        }
    }
    out
}

/// The page for answers of Amina, with what is typed.
fn with(world: &World, into: Option<AnswersInto>, text: &str) -> Harness<'static, Window> {
    let mut app = unlocked(world);
    shown(&mut app, into, text);
    window(world, app)
}

fn shown(app: &mut App, into: Option<AnswersInto>, text: &str) {
    let id = amina(app);
    app.act(vec![Action::Answers(AnswersAction::Show(id, into))]);
    app.inputs.answers.text = text.to_owned();
}

fn new() -> Option<AnswersInto> {
    Some(AnswersInto::Template(TEMPLATE.to_owned()))
}

fn answered(session: &Session) -> Vec<(String, Layer)> {
    let items = session.items().filter(|asked| asked.is_answered());
    items.map(|asked| (text_of(session, &asked.prompt.id), asked.layer)).collect()
}

#[test]
fn answers_are_pasted_shown_brought_in_and_taken_back_by_keyboard() {
    let world = World::demo();
    let app = unlocked(&world);
    let text = mail(&app);
    drop(app);
    let mut harness = with(&world, None, "");
    let field = harness.get_by_role_and_label(Role::MultilineTextInput, TEXT);
    assert!(field.is_focused());
    harness.get_by_role_and_label(Role::MultilineTextInput, TEXT).type_text(&text);
    harness.run();
    keys(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(harness.get_by_role_and_label(Role::Button, "See what it holds").is_focused());
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    for words in [
        "Bring in 2 answers from Amina?",
        "The chest pain clinic went well.",
        "Three in a row.",
        "No answer",
        "Also written",
        "Sorry it is late.",
        "It goes to your private margin, word for word.",
        "Never for the ARCP",
    ] {
        assert!(says(&harness, words), "{words}");
    }
    assert!(harness.get_by_role_and_label(Role::Button, "Bring in 2 answers").is_focused());
    let sessions = |harness: &Harness<'_, Window>| {
        let app = harness.state().app();
        app.state.open().unwrap().journal.sessions_with(amina(app)).len()
    };
    let before = sessions(&harness);
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(says(&harness, "2 answers brought in, 1 under Also written"));
    let talk = session(&harness).clone();
    assert_eq!(
        answered(&talk),
        [
            ("The chest pain clinic went well.".to_owned(), Layer::Shared),
            ("Nights in October.\nThree in a row.".to_owned(), Layer::Shared),
        ]
    );
    let note = &talk.margin[0];
    assert_eq!((note.basis, note.beside.as_ref()), (Some(Basis::Reported), None));
    assert_eq!(note.text, "Amina also wrote: Dear Rowan,\nSorry it is late.");
    let origin = &talk.brought[0];
    assert_eq!((origin.who.as_str(), origin.on), ("Dr Amina Larkspur", world.now().date()));
    assert!(says(&harness, "Began as words of Dr Amina Larkspur, brought in 24 November 2026"));
    assert!(talk.arcp.is_empty());

    // One Undo takes all of it back, and Redo puts it there again.
    keys(&mut harness, Modifiers::COMMAND, Key::Z);
    let back = session(&harness).clone();
    assert!(answered(&back).is_empty() && back.margin.is_empty() && back.brought.is_empty());
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(answered(session(&harness)).len(), 2);
    harness.state_mut().app_mut().act(vec![Action::Do(Command::People)]);
    harness.run();
    assert_eq!(sessions(&harness), before + 1);
}

#[test]
fn what_is_written_stays_and_what_was_put_narrower_stays_there() {
    let world = World::demo();
    let mut app = begin(unlocked(&world), TEMPLATE);
    let text = mail(&app);
    let draft = app.inputs.draft.as_mut().unwrap();
    let id = draft.id;
    let mut items = draft.session.sections.iter_mut().flat_map(|part| &mut part.items);
    let first = items.find(|asked| asked.prompt.text.contains("proud")).unwrap();
    first.answer = Some(Answer::Text("What I wrote".to_owned()));
    let (prompt, question) = (first.prompt.id.clone(), first.prompt.text.clone());
    let rota = items.find(|asked| asked.prompt.id == "rota").unwrap();
    rota.layer = Layer::Arcp;
    draft.touched = true;
    shown(&mut app, Some(AnswersInto::Session(id)), &text);
    app.act(vec![Action::Answers(AnswersAction::Look)]);
    let coming = app.state.open().unwrap().answers.as_ref().unwrap();
    assert_eq!(coming.into, AnswersInto::Session(id));
    app.act(vec![Action::Answers(AnswersAction::BringIn)]);
    let talk = &app.inputs.draft.as_ref().unwrap().session;
    assert_eq!(text_of(talk, &prompt), "What I wrote");
    let beside = &talk.margin[0];
    assert_eq!(beside.beside.as_deref(), Some(prompt.as_str()));
    let wrote = format!("Amina wrote on “{question}”: The chest pain clinic went well.");
    assert_eq!(beside.text, wrote);
    let rota = talk.items().find(|asked| asked.prompt.id == "rota").unwrap();
    assert_eq!(rota.layer, Layer::Shared, "nothing goes For the ARCP by itself");

    // The message takes back exactly this, and nothing once something was written since.
    app.act(vec![Action::Do(Command::TakeBack)]);
    let talk = &app.inputs.draft.as_ref().unwrap().session;
    assert_eq!(answered(talk), [("What I wrote".to_owned(), Layer::Shared)]);
    assert!(talk.margin.is_empty());
    shown(&mut app, Some(AnswersInto::Session(id)), &text);
    app.act(vec![Action::Answers(AnswersAction::Look)]);
    app.inputs.answers.layer = Some(Layer::Private);
    app.act(vec![Action::Answers(AnswersAction::BringIn)]);
    let draft = app.inputs.draft.as_mut().unwrap();
    let rota = draft.session.items().find(|asked| asked.prompt.id == "rota").unwrap();
    assert_eq!(rota.layer, Layer::Private);
    draft.session.place = "Clinic".to_owned();
    draft.touched = true;
    app.act(vec![Action::Do(Command::TakeBack)]);
    assert_eq!(answered(&app.inputs.draft.as_ref().unwrap().session).len(), 2);
}

#[test]
fn a_file_is_opened_and_what_can_not_be_read_is_said() {
    let world = World::demo();
    let app = unlocked(&world);
    let text = mail(&app);
    drop(app);
    let huge = "a".repeat(MAX_BYTES + 1);
    for (name, bytes, said) in [
        ("a.txt", text.as_bytes(), "Bring in 2 answers from Amina?"),
        ("b.docx", b"PK\x03\x04\x00\x01".as_slice(), "copy its text and paste it here"),
        ("c.txt", b" \n", "c.txt is empty"),
        ("d.txt", huge.as_bytes(), "d.txt is too large"),
        ("e.txt", b"Only a line", "No question was found in the text."),
    ] {
        let path = world.file(name);
        std::fs::write(&path, bytes).unwrap();
        let ask = Arc::new(move |_: &std::path::Path, _: &cairn::platform::Wanted| {
            Some(Chosen { path: path.clone(), was_there: true })
        });
        let mut app = World::unlock(world.app_with(world.desk().asking(ask)));
        shown(&mut app, new(), "");
        let mut harness = window(&world, app);
        press(&mut harness, "Open a text file…");
        assert!(says(&harness, said), "{name}: {said}");
    }
    let mut harness = with(&world, new(), &huge);
    press(&mut harness, "See what it holds");
    assert!(says(&harness, "The text is too long"));
}

#[test]
fn questions_and_answers_are_reached_from_the_person_from_today_and_from_a_session() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let id = amina(&app);
    app.act(vec![Action::Go(Screen::People(Some(id)))]);
    let mut harness = window(&world, app);
    let more = |harness: &mut Harness<'_, Window>, row: &str| {
        press(harness, "More about this person");
        harness.get_by_role_and_label(Role::MenuItem, row).click_accesskit();
        harness.run();
    };
    more(&mut harness, "Bring in answers…");
    assert!(says(&harness, "Bring in Amina’s answers"));
    press(&mut harness, "Not now");
    more(&mut harness, "Send questions first…");
    let screen =
        |harness: &Harness<'_, Window>| harness.state().app().state.open().unwrap().screen.clone();
    let planned = {
        let open = harness.state().app().state.open().unwrap();
        open.journal.person(id).unwrap().next_meeting.clone().map(|it| it.template)
    };
    match screen(&harness) {
        Screen::Letter(Topic::Questions(template, whom)) => {
            assert_eq!((Some(template), whom), (planned, id));
        }
        Screen::Choose(whom) => assert_eq!(whom, Some(id)),
        other => panic!("{other:?}"),
    }

    // From Today: what is planned for the next meeting, or the choice of a template.
    drop(harness);
    for template in [TEMPLATE, ""] {
        let app = unlocked(&world);
        let people = app.state.open().unwrap().journal.people().into_iter();
        let planned = people.filter_map(|(id, person)| {
            let mut person = person.clone();
            person.next_meeting.as_mut()?.template = template.to_owned();
            Some(cairn::app::draft::Change { id, body: cairn::model::Body::Person(person) })
        });
        let planned: Vec<_> = planned.collect();
        drop(app);
        let mut desk = world.desk();
        let now = world.now().timestamp();
        desk.find(&world.dir()).unwrap();
        desk.unlock(&cairn::vault::Passphrase::new(PASSWORD), now).unwrap();
        desk.save(&planned, now).unwrap();
        drop(desk);
        let mut app = unlocked(&world);
        app.act(vec![Action::Go(Screen::Today)]);
        let mut harness = window(&world, app);
        harness.get_by_label_contains("Send questions to ").click_accesskit();
        harness.run();
        match (template, screen(&harness)) {
            ("", Screen::Choose(Some(_))) => {}
            (TEMPLATE, Screen::Letter(Topic::Questions(shown, whom))) => {
                assert_eq!(shown, TEMPLATE);
                press(&mut harness, "Bring in answers…");
                assert_eq!(screen(&harness), Screen::Answers(whom));
            }
            other => panic!("{other:?}"),
        }
    }

    // From a session that is being written, into that session.
    let mut app = begin(unlocked(&world), TEMPLATE);
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.place = "Clinic".to_owned();
    draft.touched = true;
    let talk = draft.id;
    let mut harness = window(&world, app);
    press(&mut harness, "More to do with this answer");
    harness.get_by_role_and_label(Role::MenuItem, "Bring in answers…").click_accesskit();
    harness.run();
    assert_eq!(screen(&harness), Screen::Answers(id));
    assert_eq!(harness.state().app().inputs.answers.into, Some(AnswersInto::Session(talk)));
}

/// The preview of a mail.
fn looked(world: &World, size: [f32; 2], zoom: u16) -> Harness<'static, Window> {
    let mut app = unlocked(world);
    let text = mail(&app);
    shown(&mut app, new(), &text);
    app.act(vec![Action::Answers(AnswersAction::Look)]);
    app.state.look.zoom = zoom;
    let mut harness = world.window_of(app, Look::Light, size);
    harness.run();
    harness
}

#[test]
fn the_preview_looks_as_it_should() {
    picture(&mut looked(&World::demo(), DESK, 100), "answers");
}

#[test]
fn the_preview_fits_a_small_window() {
    picture(&mut looked(&World::demo(), [1024.0, 640.0], 150), "answers_narrow");
}

#[test]
fn the_page_for_the_text_looks_as_it_should() {
    let world = World::demo();
    let text = mail(&unlocked(&world));
    picture(&mut with(&world, new(), &text), "answers_paste");
}

#[test]
fn a_session_with_answers_that_were_brought_in_looks_as_it_should() {
    let world = World::demo();
    let mut harness = looked(&world, DESK, 100);
    harness.state_mut().app_mut().act(vec![Action::Answers(AnswersAction::BringIn)]);
    harness.state_mut().app_mut().act(vec![Action::ToastGone]);
    harness.run();
    picture(&mut harness, "answers_session");
}

#[test]
fn starting_a_session_from_answers_needs_nothing_else() {
    // The same as the button on the page, without a window: a session with the text in it.
    let world = World::demo();
    let mut app = unlocked(&world);
    let text = mail(&app);
    shown(&mut app, None, &text);
    app.act(vec![Action::Answers(AnswersAction::Look)]);
    let coming = app.state.open().unwrap().answers.as_ref().unwrap();
    assert_eq!((coming.found >= 3, coming.kept(), coming.beside()), (true, 2, 1));
    app.act(vec![Action::Answers(AnswersAction::BringIn)]);
    app.act(vec![Action::Session(SessionAction::BeginToFinish)]);
    app.act(vec![Action::Session(SessionAction::Finish)]);
    // What both can read goes into the note; what stands under no question does not.
    let open = app.state.open().unwrap();
    let (talk, _) = open.journal.last_finished(amina(&app)).unwrap();
    let note = letter(&app, &Topic::Note(talk)).text();
    assert!(note.contains("Nights in October.") && !note.contains("Sorry it is late"), "{note}");
}
