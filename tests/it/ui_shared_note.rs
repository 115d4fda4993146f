//! Before and after a meeting: the questions for the doctor and the shared note, seen before they
//! leave, by label and by keyboard.

use cairn::app::draft::Change;
use cairn::app::letter::{LetterAction, Topic};
use cairn::app::{Action, App, Job, Screen};
use cairn::export::{Format, Letter};
use cairn::model::{ActionState, Answer, Body, Kept, Layer, Margin};
use cairn::ui::Window;
use cairn::ui::outgoing::Computer;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use std::sync::{Arc, Mutex};

use crate::export_summary::files::{unpacked, with_tool};
use crate::support::talk::{amina, as_drawn, keys, press, window};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::says;

const CANARY: &str = "canary";

/// The conversation of the drawn pages with a canary in every place that only one of the two
/// reads, finished.
pub fn finished(world: &World) -> (App, cairn::model::Id) {
    let mut app = as_drawn(world);
    let now = world.now().timestamp();
    let id = app.state.fresh.id(now);
    let draft = app.inputs.draft.as_mut().unwrap();
    let talk = &mut draft.session;
    for asked in talk.sections.iter_mut().flat_map(|part| &mut part.items) {
        if asked.layer == Layer::Private {
            asked.answer = Some(Answer::Text(format!("{CANARY} answer")));
        }
    }
    talk.margin.push(Margin { beside: None, text: format!("{CANARY} margin"), basis: None });
    talk.tags.push(format!("{CANARY} tag"));
    let kept = |words: &str| format!("{CANARY} {words}");
    talk.kept.push(Kept { kind: kept("kind"), text: kept("text"), reason: kept("reason") });
    talk.place = format!("{CANARY} place");
    talk.title = format!("{CANARY} title");
    let shared = draft.actions.values().next().unwrap().clone();
    let mut private = shared.clone();
    private.layer = Layer::Private;
    private.text = format!("{CANARY} action");
    draft.actions.insert(id, private);
    let other = app.state.fresh.id(now);
    let draft = app.inputs.draft.as_mut().unwrap();
    let mut dropped = shared;
    dropped.text = "Ask the rota lead".to_owned();
    dropped.state = ActionState::Dropped;
    dropped.reason = format!("{CANARY} reason");
    draft.actions.insert(other, dropped);
    draft.touched = true;
    let talk = draft.id;
    app.act(vec![Action::Session(cairn::app::action::SessionAction::FinishAndSend)]);
    (app, talk)
}

fn letter(app: &App) -> &Letter {
    let shown = app.state.open().unwrap().letter.as_ref().unwrap();
    &shown.page.as_ref().unwrap().letter
}

fn receipts(app: &App) -> Vec<(String, String, String)> {
    let open = app.state.open().unwrap();
    let of = |it: &cairn::model::Receipt| (it.what.clone(), it.to.clone(), it.format.clone());
    open.journal.receipts().iter().take(1).map(|(_, it)| of(it)).collect()
}

#[test]
fn the_note_holds_what_both_can_read_and_nothing_else_in_every_kind_of_file() {
    let world = World::demo();
    let (app, _) = finished(&world);
    let letter = letter(&app);
    for format in Format::ALL {
        let bytes = letter.render(format).unwrap();
        let words = match format {
            Format::Pdf => {
                if let Some(report) = with_tool("qpdf", &["--check"], &[], &bytes) {
                    assert!(report.contains("No syntax or stream encoding errors"), "{report}");
                }
                let Some(words) = with_tool("pdftotext", &["-raw"], &["-"], &bytes) else {
                    continue;
                };
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            }
            Format::Docx => unpacked(&bytes).replace('\u{a0}', " "),
            _ => String::from_utf8(bytes).unwrap(),
        };
        assert!(!words.contains(CANARY), "{format:?}: {words}");
        for part in [
            "Note of our conversation",
            "Dr Amina Larkspur",
            "24 November 2026",
            "What has been hard?",
            "Nights in October",
            "Takes the lead on board rounds",
            "Debrief within a day of any hard night",
            "4 December 2026",
            "Ask the rota lead",
            "Dropped",
        ] {
            let plain = words.replace(['\u{a0}', '\\'], " ").replace("  ", " ");
            assert!(plain.contains(part), "{format:?}, {part}: {plain}");
        }
    }
    assert_eq!(letter.file_name(Format::Pdf), "Note 2026-11-24.pdf");
}

#[test]
fn finish_and_send_shows_what_leaves_writes_it_and_keeps_a_receipt_by_keyboard() {
    let world = World::demo();
    let mut harness = window(&world, as_drawn(&world));
    press(&mut harness, "Finish session");
    press(&mut harness, "Finish and send…");
    for words in [
        "What leaves this machine",
        "Shared: these go",
        "Private to me: cannot be sent",
        "2 people are named:",
        "PDF, not encrypted.",
        "No obvious identifiers found.",
    ] {
        assert!(says(&harness, words), "{words}");
    }
    assert!(harness.get_by_role_and_label(Role::Button, "Save PDF").is_focused());
    let file = world.file("Note 2026-11-24.pdf");
    assert!(!file.exists(), "nothing leaves before it is wanted");
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF"));
    assert!(says(&harness, "Receipt kept. SHA-256 begins"));
    let (what, to, format) = receipts(harness.state().app()).remove(0);
    assert_eq!(what, "Note of the conversation of 24 November 2026");
    assert_eq!((to.as_str(), format.as_str()), ("Dr Amina Larkspur", "pdf"));

    // The same page may write its file again, and another kind beside it.
    press(&mut harness, "Save PDF");
    assert!(!says(&harness, "There is a file with this name already"));
    harness.state_mut().app_mut().act(vec![Action::Letter(LetterAction::Format(Format::Text))]);
    harness.run();
    press(&mut harness, "Save plain text");
    let text = std::fs::read_to_string(world.file("Note 2026-11-24.txt")).unwrap();
    assert!(text.contains("Nights in October") && !text.contains("Speak to Farah"), "{text}");
}

#[test]
fn what_may_point_to_a_patient_is_settled_before_the_note_leaves() {
    let world = World::demo();
    let mut app = as_drawn(&world);
    let draft = app.inputs.draft.as_mut().unwrap();
    let hard = draft.session.sections.iter_mut().flat_map(|part| &mut part.items);
    let hard = hard.into_iter().find(|asked| asked.prompt.id == "hard").unwrap();
    hard.answer = Some(Answer::Text("Mr Smith, NHS number 943 476 5919, on Ward 7.".to_owned()));
    draft.touched = true;
    app.act(vec![Action::Session(cairn::app::action::SessionAction::FinishAndSend)]);
    let mut harness = window(&world, app);
    assert!(says(&harness, "943 476 5919"));
    press(&mut harness, "Settle it to save");
    press(&mut harness, "Copy as text");
    assert!(!world.file("Note 2026-11-24.pdf").exists());
    press(&mut harness, "Send it as it is");
    press(&mut harness, "Save PDF");
    assert!(world.file("Note 2026-11-24.pdf").exists());
}

#[test]
fn what_points_to_others_is_found_wherever_it_stands_in_the_note() {
    let world = World::demo();
    let mut app = as_drawn(&world);
    let journal = &app.state.open().unwrap().journal;
    let other = journal.people().into_iter().find(|(_, it)| !it.name.contains("Amina")).unwrap();
    let other = other.1.name.clone();
    let talk = &mut app.inputs.draft.as_mut().unwrap().session;
    for asked in talk.sections.iter_mut().flat_map(|part| &mut part.items) {
        match asked.prompt.id.as_str() {
            "hard" => asked.answer = Some(Answer::Text(format!("As it was for {other}."))),
            "proud" => {
                let (who, text) = ("Sister Quince".to_owned(), "She led it well.".to_owned());
                (asked.layer, asked.answer) = (Layer::Shared, None);
                asked.other_view = Some(cairn::model::OtherView { who, text });
            }
            _ => {}
        }
    }
    talk.arcp.push(cairn::model::ArcpLine {
        text: "Leads board rounds.".to_owned(),
        evidence: vec![cairn::model::Evidence {
            what: "Reflection on NHS number 943 476 5919".to_owned(),
            ..cairn::model::Evidence::default()
        }],
        ..cairn::model::ArcpLine::default()
    });
    let mut taken_out = app.inputs.draft.as_ref().unwrap().actions.values().next().unwrap().clone();
    taken_out.text = "Agreed by mistake".to_owned();
    taken_out.state = ActionState::Dropped;
    taken_out.reason = cairn::app::draft::TAKEN_OUT.to_owned();
    let id = app.state.fresh.id(world.now().timestamp());
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.actions.insert(id, taken_out);
    draft.touched = true;
    app.act(vec![Action::Session(cairn::app::action::SessionAction::FinishAndSend)]);
    let shown = app.state.open().unwrap().letter.as_ref().unwrap();
    let page = shown.page.as_ref().unwrap();
    assert!(page.found.iter().any(|it| it.contains("943 476 5919")), "{:?}", page.found);
    let surname = other.split_whitespace().last().unwrap();
    assert!(page.found.iter().any(|it| it.contains(surname)), "{:?}", page.found);
    assert!(page.preview.named.contains(&"Sister Quince".to_owned()), "{:?}", page.preview.named);
    assert!(!page.letter.text().contains("Agreed by mistake"));
}

#[test]
fn a_note_that_changed_on_another_computer_is_seen_before_it_leaves() {
    let world = World::demo();
    let (mut app, talk) = finished(&world);
    app.inputs.letter.goes_anyway = true;
    let mut session = app.state.open().unwrap().journal.held(talk).unwrap().session.clone();
    for asked in session.sections.iter_mut().flat_map(|part| &mut part.items) {
        if asked.layer == Layer::Shared {
            asked.answer = Some(Answer::Text("Written on the other computer.".to_owned()));
        }
    }
    let mut other = world.desk_elsewhere();
    other.run(Job::Find { dir: world.dir() });
    other.run(Job::Unlock { password: PASSWORD.to_owned().into() });
    let changes = vec![Change { id: talk, body: Body::Session(session) }];
    other.run(Job::Save { ticket: 1, changes, decides: false });
    app.ask(Job::Look);
    assert!(letter(&app).text().contains("Written on the other computer."), "it is seen at once");
    assert!(!app.inputs.letter.goes_anyway, "what may go was said of other words");
}

/// A computer that keeps what is copied, for the test to read.
#[derive(Default)]
struct Clipboard(Mutex<String>);

impl Computer for Clipboard {
    fn copy(&self, text: zeroize::Zeroizing<String>) {
        *self.0.lock().unwrap() = text.to_string();
    }

    fn forget_copied(&self) {}

    fn start_anew(&self, _: &cairn::app::lock::Handover) {}
}

#[test]
fn the_note_is_copied_by_the_rules_of_the_clipboard_with_a_receipt() {
    let world = World::demo();
    let (mut app, _) = finished(&world);
    app.state.look.theme = Look::Light.choice();
    let clipboard = Arc::new(Clipboard::default());
    let shared = clipboard.clone();
    let mut harness = crate::support::window::window(Look::Light, DESK)
        .build_eframe(move |creation| Window::new(creation, app).on(&creation.egui_ctx, shared));
    harness.run();
    press(&mut harness, "Copy as text");
    let copied = clipboard.0.lock().unwrap().clone();
    assert!(copied.starts_with("Note of our conversation\nDr Amina Larkspur\n"), "{copied}");
    assert!(!copied.contains(CANARY));
    assert!(says(&harness, "It leaves the clipboard after a minute"));
    let (what, _, format) = receipts(harness.state().app()).remove(0);
    assert_eq!(what, "Note of the conversation of 24 November 2026, copied");
    assert_eq!(format, "txt");
}

#[test]
fn questions_are_sent_before_a_meeting_without_those_that_only_one_answers() {
    let world = World::demo();
    let mut app = crate::support::talk::unlocked(&world);
    let person = amina(&app);
    app.act(vec![Action::Go(Screen::Choose(Some(person)))]);
    app.inputs.choose.template = Some("mid-point-review".to_owned());
    let mut harness = window(&world, app);
    press(&mut harness, "Send prompts to Amina first");
    assert!(says(&harness, "Questions before we meet"));
    assert!(says(&harness, "What has been hard?"));
    assert!(says(&harness, "no answers"));
    let library = cairn::library::Library::built_in().unwrap();
    let template = library.get("mid-point-review").unwrap();
    let letter = letter(harness.state().app()).clone();
    let (text, markdown) =
        (letter.text(), String::from_utf8(letter.render(Format::Markdown).unwrap()).unwrap());
    let mut kinds = [0, 0];
    for prompt in template.prompts().filter(|it| it.kind != cairn::model::PromptKind::Action) {
        let shared = prompt.layer == cairn::model::PromptLayer::Shared;
        kinds[usize::from(shared)] += 1;
        assert_eq!(text.contains(&prompt.text), shared, "{}", prompt.text);
        for phrase in prompt.phrases.iter().chain([&prompt.why]).filter(|it| !it.is_empty()) {
            assert!(!text.contains(phrase.as_str()) && !markdown.contains(phrase.as_str()));
        }
    }
    assert!(kinds[0] > 0 && kinds[1] > 0);
    press(&mut harness, "Save PDF");
    let pdf = std::fs::read(world.file("Questions 2026-11-24.pdf")).unwrap();
    if let Some(words) = with_tool("pdftotext", &["-raw"], &["-"], &pdf) {
        let squeezed = |words: &str| words.split_whitespace().collect::<String>();
        let made_by_hand = |words: &str| squeezed(&words.replace(['\u{a0}', '\u{ad}'], ""));
        let printed = made_by_hand(&words);
        for line in text.lines() {
            // On paper a label stands in a column of its own, without a colon.
            let on_paper = line.replacen(": ", " ", 1);
            let there = [line, &on_paper].iter().any(|it| printed.contains(&squeezed(it)));
            assert!(there, "seen and not printed: {line}");
        }
        for hidden in [&template.purpose, &template.lead] {
            assert!(hidden.is_empty() || !printed.contains(&squeezed(hidden)), "{hidden}");
        }
    }
    let (what, to, _) = receipts(harness.state().app()).remove(0);
    assert_eq!((what.as_str(), to.as_str()), ("Questions before a meeting", "Dr Amina Larkspur"));
}

#[test]
fn a_talk_of_which_nothing_is_shared_has_no_note() {
    let world = World::demo();
    let mut app = crate::support::talk::begun(&world, "mid-point-review");
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.margin.push(Margin { beside: None, text: "only mine".to_owned(), basis: None });
    draft.touched = true;
    let id = draft.id;
    app.act(vec![Action::Letter(LetterAction::Show(Topic::Note(id)))]);
    let harness = window(&world, app);
    assert!(says(&harness, "Nothing here is shared"));
    assert!(!says(&harness, "Save PDF"));
}

fn shown(size: [f32; 2], zoom: u16) -> Harness<'static, Window> {
    let world = World::demo();
    let mut app = as_drawn(&world);
    app.act(vec![Action::Session(cairn::app::action::SessionAction::FinishAndSend)]);
    app.state.toast = None;
    app.inputs.letter.path = "/home/rowan/Documents/Note.pdf".to_owned();
    app.state.look.zoom = zoom;
    let mut harness = world.window_of(app, Look::Light, size);
    harness.run();
    harness
}

#[test]
fn the_note_looks_as_it_should() {
    picture(&mut shown(DESK, 100), "shared_note");
}

#[test]
fn the_note_fits_a_small_window() {
    picture(&mut shown([1024.0, 640.0], 150), "shared_note_narrow");
}

#[test]
fn the_questions_look_as_they_should() {
    let world = World::demo();
    let mut app = crate::support::talk::unlocked(&world);
    let topic = Topic::Questions("mid-point-review".to_owned(), amina(&app));
    app.act(vec![Action::Letter(LetterAction::Show(topic))]);
    app.inputs.letter.path = "/home/rowan/Documents/Questions.pdf".to_owned();
    let mut harness = window(&world, app);
    picture(&mut harness, "questions_before");
}
