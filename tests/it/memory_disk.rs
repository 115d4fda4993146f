//! What a whole journey, on the command line and in the program, leaves on the disk: nobody's
//! words but in the exports that were asked for, and neither the password nor the recovery key.

use std::path::{Path, PathBuf};

use cairn::app::action::{DoorAction, PasswordAction, RecordAction, SessionAction, SummaryAction};
use cairn::app::inputs::KeepingWords;
use cairn::app::keeping::SheetAction;
use cairn::app::state::{Phase, WelcomeStep};
use cairn::app::{Action, App, Look, Screen};
use cairn::export::Format;
use cairn::model::session::ArcpHeading;
use cairn::model::{Answer, ArcpLine, Id, Layer};
use cairn::review::Remark;
use jiff::SignedDuration;

use crate::support::command::Terminal;
use crate::support::world::PASSWORD;
use crate::ui_door::NEW;

/// In every name and every text of the journey.
const CANARY: &str = "CANARY-5tq8vw2k";

fn note(words: &str) -> String {
    format!("{CANARY} {words}")
}

/// Makes the record in the program; gives its recovery key, as words and as a key.
fn make(app: &mut App) -> [String; 2] {
    app.inputs.door.your_name = note("Supervisor");
    app.act(vec![Action::Door(DoorAction::Next)]);
    app.inputs.door.password = PASSWORD.to_owned();
    app.inputs.door.again = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Next)]);
    let Phase::Welcome(welcome) = &app.state.phase else { panic!("no sheet") };
    assert_eq!(welcome.step, WelcomeStep::Sheet);
    let recovery = &welcome.sheet.as_ref().unwrap().recovery;
    let words: Vec<&str> = recovery.words.iter().map(|word| word.as_str()).collect();
    let key = [words.join(" "), recovery.age_key.to_string()];
    app.act(vec![Action::Sheet(SheetAction::Later)]);
    key
}

/// A person, a conversation with them, an action, all layers, a settled action, a reflection
/// that is left open as a draft.
fn write(app: &mut App, look: Look) -> Id {
    app.act(vec![Action::Look(look), Action::Go(Screen::AddPerson)]);
    let form = &mut app.inputs.person;
    (form.name, form.to_know) = (note("Person"), note("is tired"));
    app.act(vec![Action::Record(RecordAction::SavePerson)]);
    let person = app.state.open().unwrap().journal.people()[0].0;
    let template = "mid-point-review".to_owned();
    app.act(vec![Action::Session(SessionAction::Start { template, person: Some(person) })]);
    let session = &mut app.inputs.draft.as_mut().unwrap().session;
    for item in session.sections.iter_mut().flat_map(|section| &mut section.items) {
        item.answer = Some(Answer::Text(note("an answer")));
    }
    session.arcp = vec![ArcpLine {
        heading: ArcpHeading::Strengths,
        text: note("a line for the panel"),
        evidence: Vec::new(),
        agreed: true,
        from: None,
    }];
    app.inputs.draft.as_mut().unwrap().touched = true;
    let act = SessionAction::AddAction { text: note("an action"), layer: Layer::Shared };
    app.act(vec![Action::Session(act), Action::Session(SessionAction::Finish)]);
    let template = "reflection-medium".to_owned();
    app.act(vec![Action::Session(SessionAction::Start { template, person: None })]);
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.sections[0].items[0].answer = Some(Answer::Text(note("a reflection")));
    draft.touched = true;
    person
}

/// What other programs' files look like.
fn line(id: &str) -> Vec<u8> {
    let note = note("from outside");
    format!(
        r#"{{"id":"{id}","date":"2026-03-04","trainee":"{note}","trainee_id":"t1",
        "template":"check-in","tags":["{CANARY}"],
        "fields":[{{"id":"now","prompt":"{note}","answer":"{note}"}}]}}"#
    )
    .replace('\n', " ")
    .into_bytes()
}

#[test]
fn a_whole_journey_leaves_nobodys_words_and_no_key_on_the_disk() {
    let terminal = Terminal::empty();
    let world = &terminal.world;
    let exports = world.file("exports");
    std::fs::create_dir(&exports).unwrap();

    let mut app = world.app();
    let mut secrets = make(&mut app).to_vec();
    secrets.extend([CANARY.to_owned(), PASSWORD.to_owned(), NEW.to_owned()]);
    let person = write(&mut app, Look { zoom: 125, ..Look::default() });
    app.tick(true);
    world.pass(SignedDuration::from_secs(2));
    app.tick(false);
    nothing_is_in(&world.file(""), &secrets, &exports, "while it is open");
    // Without a lock, as in a crash: the draft is all there is of the reflection.
    drop(app);

    let run = |arguments: &[&str], input: &[u8]| terminal.run_with(arguments, input).fine();
    let id = run(&["add"], &line("s1"));
    run(&["show", id.trim()], b"");
    assert!(run(&["list"], b"").contains(CANARY), "the commands work on those words");
    assert!(run(&["search", CANARY], b"").contains(CANARY));
    run(&["import", "--format", "jsonl", "-"], &line("s2"));
    let whole = exports.join("all.json");
    run(&["export", "--format", "json", "--out", whole.to_str().unwrap()], b"");
    run(&["verify"], b"");

    let mut app = world.app();
    app.inputs.door.password = "wrong ".to_owned() + CANARY;
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    app.act(vec![Action::Go(Screen::Summary(Some(person)))]);
    let file = exports.join("summary.md");
    app.inputs.summary.path = file.to_str().unwrap().to_owned();
    app.inputs.summary.without_evidence = true;
    // The words happen to be somebody's name by now, which is to be kept with a reason.
    let open = app.state.open().unwrap();
    let blocked: Vec<KeepingWords> = {
        let page = open.summary.as_ref().unwrap().page.as_ref().unwrap();
        let mut words = Vec::new();
        for (line, remark) in page.blocked() {
            let Remark::Identifier(found) = remark else { continue };
            let (kind, text) = (found.kind.id().to_owned(), found.text.clone());
            words.push(KeepingWords { line, kind, text, reason: note("a reason"), tried: false });
        }
        words
    };
    assert!(!blocked.is_empty());
    for words in blocked {
        app.inputs.summary.keeping = Some(words);
        app.act(vec![Action::Summary(SummaryAction::KeepWords)]);
    }
    let save = [SummaryAction::Format(Format::Markdown), SummaryAction::Save];
    app.act(save.map(Action::Summary).to_vec());
    app.act(vec![Action::Go(Screen::Settings), Action::Password(PasswordAction::Begin)]);
    let form = &mut app.inputs.settings.password;
    (form.old, form.new, form.again) = (PASSWORD.to_owned(), NEW.to_owned(), NEW.to_owned());
    app.act(vec![Action::Password(PasswordAction::Change), Action::Lock]);
    app.inputs.door.password = NEW.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    assert!(app.state.open().is_some(), "the new password opens it");
    app.finish();
    drop(app);

    let chosen = files_under(&exports);
    let holds = |file: &PathBuf| has(&std::fs::read(file).unwrap(), CANARY);
    assert!(chosen.len() == 2 && chosen.iter().all(holds), "the search finds: {chosen:?}");
    nothing_is_in(&world.file(""), &secrets, &exports, "in the end");
}

/// No file under a folder holds one of the texts, in its content or its name, but for the exports
/// and the file that this test itself gives its password in.
#[track_caller]
fn nothing_is_in(root: &Path, secrets: &[String], exports: &Path, when: &str) {
    let files = files_under(root);
    assert!(files.len() > 10, "{when}: there is something to look into");
    let given = root.join("passphrase");
    for file in files.iter().filter(|file| !file.starts_with(exports) && **file != given) {
        let content = std::fs::read(file).unwrap();
        for secret in secrets {
            let name = file.strip_prefix(root).unwrap().to_string_lossy();
            assert!(!name.contains(secret.as_str()), "{when}: the name {name}");
            assert!(!has(&content, secret), "{when}: {secret} is in {name}");
        }
    }
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_under(&path) } else { vec![path] }).collect()
}

/// Whether bytes hold a text, as UTF-8 or as UTF-16.
fn has(bytes: &[u8], text: &str) -> bool {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    holds(text.as_bytes()) || holds(&wide)
}

#[test]
fn the_search_sees_what_it_looks_for() {
    assert!(has(b"a CANARY b", "CANARY") && has(b"xC\0A\0", "CA"));
    assert!(!has(b"CANAR", "CANARY"));
}
