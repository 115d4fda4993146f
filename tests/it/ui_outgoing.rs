//! What leaves the window: nothing to the desktop by itself, copied text to the clipboard that
//! forgets, and at a lock a handover without a word of the record.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cairn::app::action::DoorAction;
use cairn::app::lock::{Handover, WindowPlace};
use cairn::app::state::Phase;
use cairn::app::{Action, App, Desk, Screen, Worker};
use cairn::model::text::fields;
use cairn::platform::Folders;
use cairn::ui::outgoing::Computer;
use cairn::ui::{Touches, Window};
use cairn::vault::Cost;
use cairn::vault::store::disk::DiskStore;
use cairn::vault::store::sim::{Fault, Machine, SimStore};
use egui::{Event, Key, Modifiers, OutputCommand, ViewportCommand};
use egui_kittest::Harness;
use jiff::SignedDuration;
use zeroize::Zeroizing;

use crate::support::talk::{PROUD, begin, begun, unlocked};
use crate::support::window::{DESK, Look, picture, window};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::{Harnessed, field, is_open, press, says, type_into};

const WORDS: &str = "CANARY: she hesitated before the handover.";

/// A computer that notes what it is asked for.
#[derive(Default)]
struct Noting {
    asked: Mutex<Vec<Asked>>,
    /// Looks at the disk at the moment of a handover.
    look: Option<Box<dyn Fn() + Send + Sync>>,
}

#[derive(Debug, PartialEq)]
enum Asked {
    Copy(String),
    Forget,
    StartAnew(Vec<u8>),
}

impl Computer for Noting {
    fn copy(&self, text: Zeroizing<String>) {
        self.asked.lock().unwrap().push(Asked::Copy(text.to_string()));
    }

    fn forget_copied(&self) {
        self.asked.lock().unwrap().push(Asked::Forget);
    }

    fn start_anew(&self, handover: &Handover) {
        if let Some(look) = &self.look {
            look();
        }
        self.asked.lock().unwrap().push(Asked::StartAnew(handover.write().unwrap()));
    }
}

impl Noting {
    /// The bytes of the one handover.
    fn handover(&self) -> Vec<u8> {
        let asked = self.asked.lock().unwrap();
        let mut all = asked.iter().filter_map(|asked| match asked {
            Asked::StartAnew(bytes) => Some(bytes.clone()),
            _ => None,
        });
        let first = all.next().expect("nothing was handed over");
        assert_eq!(all.next(), None, "the process was to be replaced twice");
        first
    }
}

fn on(app: App, computer: Arc<Noting>) -> Harnessed {
    on_desktop(app, computer, Desktop::default())
}

fn on_desktop(mut app: App, computer: Arc<Noting>, desktop: Desktop) -> Harnessed {
    app.state.look.theme = Look::Light.choice();
    let mut harness: Harness<'static, Window> =
        window(Look::Light, DESK).build_eframe(move |creation| {
            let window = Window::new(creation, app).on(&creation.egui_ctx, computer);
            creation.egui_ctx.add_plugin(desktop);
            window
        });
    harness.run();
    harness
}

/// What egui-winit would get: commands, and titles for the window.
#[derive(Default, Clone)]
struct Desktop {
    commands: Arc<Mutex<Vec<OutputCommand>>>,
    titles: Arc<Mutex<Vec<String>>>,
    /// What is said to the window about closing.
    closes: Arc<Mutex<Vec<ViewportCommand>>>,
}

impl egui::Plugin for Desktop {
    fn debug_name(&self) -> &'static str {
        "desktop"
    }

    fn output_hook(&mut self, _: &egui::Context, output: &mut egui::FullOutput) {
        self.commands.lock().unwrap().append(&mut output.platform_output.commands);
        for view in output.viewport_output.values() {
            self.titles.lock().unwrap().extend(view.builder.title.clone());
            let closing = |command: &&ViewportCommand| {
                matches!(command, ViewportCommand::Close | ViewportCommand::CancelClose)
            };
            self.closes.lock().unwrap().extend(view.commands.iter().filter(closing).cloned());
            self.titles.lock().unwrap().extend(view.commands.iter().filter_map(|command| {
                match command {
                    ViewportCommand::Title(title) => Some(title.clone()),
                    _ => None,
                }
            }));
        }
    }
}

fn files_under(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files_under(&path) } else { 1 }).sum()
}

fn lock(harness: &mut Harnessed) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run();
}

/// The program that takes the place of the one that locked.
fn taking_over(world: &World, bytes: &[u8]) -> App {
    let mut state = world.app().state;
    state.phase = Phase::Starting;
    let handover = Handover::read(bytes).unwrap();
    assert_eq!(handover.dir(), world.dir());
    state.handover = Some(handover);
    App::new(state, Worker::inline(world.desk()), world.clock())
}

/// Everything that a person wrote or is called in the record.
fn written(app: &App) -> Vec<String> {
    let journal = &app.state.open().unwrap().journal;
    let mut all: Vec<String> = journal.people().iter().map(|(_, p)| p.name.clone()).collect();
    for (_, body) in journal.all() {
        all.extend(fields(&body).into_iter().map(|field| field.text));
    }
    all.retain(|text| text.len() > 3);
    all
}

#[test]
fn a_lock_hands_over_when_all_is_durable_and_without_a_word_of_the_record() {
    let world = World::demo();
    let app = begun(&world, "mid-point-review");
    let mut secrets = written(&app);
    assert!(secrets.len() > 50, "the demonstration has words to look for");
    secrets.extend([WORDS.to_owned(), PASSWORD.to_owned(), "AGE-SECRET".to_owned()]);
    let (on_disk, folder) = (Arc::new(Mutex::new(None)), world.dir());
    let found = on_disk.clone();
    let look = move || {
        *found.lock().unwrap() = Some(files_under(&folder));
    };
    let before = files_under(&world.dir());
    let computer = Arc::new(Noting { look: Some(Box::new(look)), ..Noting::default() });
    let mut harness = on(app, computer.clone());
    type_into(&mut harness, PROUD, WORDS);
    lock(&mut harness);
    assert_eq!(*on_disk.lock().unwrap(), Some(before + 1), "the words were saved before that");
    let bytes = computer.handover();
    for _ in 0..3 {
        harness.run();
    }
    assert_eq!(computer.handover(), bytes, "it is not tried again at every frame");
    let text = String::from_utf8(bytes.clone()).unwrap();
    for secret in secrets {
        assert!(!text.contains(&secret), "{secret:?} is in {text}");
    }

    let mut harness = on(taking_over(&world, &bytes), Arc::new(Noting::default()));
    assert!(says(&harness, "Locked at 13:42.\nWhat you were writing is saved."));
    type_into(&mut harness, "Password", PASSWORD);
    harness.key_press(Key::Enter);
    harness.run();
    assert!(is_open(&harness));
    assert_eq!(field(&harness, PROUD).value().as_deref(), Some(WORDS));
    harness.event(Event::Text(" And then?".to_owned()));
    harness.run();
    assert_eq!(field(&harness, PROUD).value(), Some(format!("{WORDS} And then?")), "the caret");
}

#[test]
fn a_lock_by_itself_says_so_in_the_next_process_and_that_one_stays() {
    let world = World::demo();
    let computer = Arc::new(Noting::default());
    let mut harness = on(unlocked(&world), computer.clone());
    world.pass(SignedDuration::from_mins(11));
    harness.run();
    let next = Arc::new(Noting::default());
    let harness = on(taking_over(&world, &computer.handover()), next.clone());
    assert!(says(&harness, "Locked at 13:53 after 10 minutes without use."));
    assert_eq!(*next.asked.lock().unwrap(), [], "a process that held no record is not replaced");
}

#[test]
fn a_save_that_did_not_work_is_told_by_the_next_process() {
    let world = World::demo();
    let machine = Machine::new();
    let (broken, dir) = (machine.clone(), world.dir());
    let desk = world.desk_on(Box::new(move |folder| {
        let disk = DiskStore::new(folder);
        if folder == dir { Box::new(SimStore::new(&broken, 0, disk)) } else { Box::new(disk) }
    }));
    let app = begin(World::unlock(world.app_with(desk)), "mid-point-review");
    let computer = Arc::new(Noting::default());
    let mut harness = on(app, computer.clone());
    type_into(&mut harness, PROUD, WORDS);
    machine.arm(Fault::from(1, 28));
    lock(&mut harness);
    machine.disarm();
    drop(harness);

    let mut harness = on(taking_over(&world, &computer.handover()), Arc::default());
    assert!(says(&harness, "The disk is full, so this could not be saved."));
    assert!(!says(&harness, "What you were writing is saved."));
    type_into(&mut harness, "Password", PASSWORD);
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(field(&harness, PROUD).value().as_deref(), Some(WORDS), "from the draft");
}

#[test]
fn a_window_that_holds_words_no_disk_took_keeps_its_process_and_asks_before_it_closes() {
    let world = World::demo();
    let machine = Machine::new();
    let broken = machine.clone();
    let desk = world.desk_on(Box::new(move |folder| {
        Box::new(SimStore::new(&broken, 0, DiskStore::new(folder)))
    }));
    let app = begin(World::unlock(world.app_with(desk)), "mid-point-review");
    let (computer, desktop) = (Arc::new(Noting::default()), Desktop::default());
    let mut harness = on_desktop(app, computer.clone(), desktop.clone());
    type_into(&mut harness, PROUD, WORDS);
    machine.set_room(Some(0));
    close(&mut harness);
    use ViewportCommand::{CancelClose, Close};
    assert_eq!(*desktop.closes.lock().unwrap(), [CancelClose]);
    assert_eq!(*computer.asked.lock().unwrap(), [], "the process stays");
    assert!(says(&harness, "Close and lose your last words?"));
    picture(&mut harness, "close_and_lose");
    press(&mut harness, "Keep it open");
    assert!(says(&harness, "kept only in this window"));
    picture(&mut harness, "locked_with_words");

    close(&mut harness);
    press(&mut harness, "Close and lose them");
    assert_eq!(*desktop.closes.lock().unwrap(), [CancelClose, CancelClose, Close]);
    close(&mut harness);
    assert_eq!(desktop.closes.lock().unwrap().len(), 3, "and now it closes");
}

/// The person closes the window.
fn close(harness: &mut Harnessed) {
    let viewports = &mut harness.input_mut().viewports;
    viewports.entry(egui::ViewportId::ROOT).or_default().events.push(egui::ViewportEvent::Close);
    harness.step();
    let viewports = &mut harness.input_mut().viewports;
    viewports.entry(egui::ViewportId::ROOT).or_default().events.clear();
    harness.run();
}

#[test]
fn nothing_is_handed_over_and_no_password_is_tried_while_the_worker_still_saves() {
    let world = World::demo();
    let gate = Arc::new(Mutex::new(()));
    let (door, clock) = (gate.clone(), world.clock());
    let folders = Folders {
        vault: world.dir(),
        demo: world.file("demo"),
        state: world.file("state-home").join("cairn"),
        look: world.file("look.json"),
        documents: world.dir(),
    };
    // The worker asks for the time at each job: here it waits.
    let waiting = Arc::new(move || {
        drop(door.lock().unwrap());
        clock()
    });
    let desk = Desk::new(&folders, cairn::app::fresh::Fresh::fixed(7), waiting)
        .for_tests(Box::new(|dir| Box::new(DiskStore::new(dir))), Cost::for_tests(4));
    let mut app = App::new(world.app().state, Worker::start(desk, || {}).unwrap(), world.clock());
    until(&mut app, |app| matches!(app.state.phase, Phase::Locked(_)));
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    until(&mut app, |app| app.state.open().is_some());

    let held = gate.lock().unwrap();
    app.act(vec![Action::Lock]);
    assert!(app.handover(WindowPlace::default()).is_none());
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    assert_eq!(app.inputs.door.password, PASSWORD, "it stays in its field");
    drop(held);
    until(&mut app, |app| app.handover(WindowPlace::default()).is_some());
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    until(&mut app, |app| app.state.open().is_some());
}

#[track_caller]
pub fn until(app: &mut App, is_so: impl Fn(&App) -> bool) {
    for _ in 0..500 {
        app.tick(false);
        if is_so(app) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("it did not come to that within 5 seconds");
}

#[test]
fn copied_text_goes_to_the_clipboard_that_forgets_and_a_selection_nowhere() {
    let world = World::demo();
    let (computer, desktop) = (Arc::new(Noting::default()), Desktop::default());
    let mut harness =
        on_desktop(begun(&world, "mid-point-review"), computer.clone(), desktop.clone());
    type_into(&mut harness, PROUD, WORDS);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.event(Event::Copy);
    harness.run();
    assert_eq!(*desktop.commands.lock().unwrap(), []);
    assert_eq!(*computer.asked.lock().unwrap(), [Asked::Copy(WORDS.to_owned())]);
    lock(&mut harness);
    assert_eq!(computer.asked.lock().unwrap()[1], Asked::Forget, "before the process goes");
}

#[test]
fn no_address_and_no_picture_leaves() {
    let world = World::demo();
    let desktop = Desktop::default();
    let mut harness = on_desktop(unlocked(&world), Arc::default(), desktop.clone());
    harness.ctx.open_url(egui::OpenUrl::new_tab("https://example.org/?q=secret"));
    harness.ctx.copy_image(egui::ColorImage::example());
    harness.run();
    assert_eq!(*desktop.commands.lock().unwrap(), []);
}

#[test]
fn undo_does_not_bring_a_password_back() {
    let world = World::demo();
    let mut harness = on(world.app(), Arc::default());
    let password = |harness: &Harnessed| harness.state().app().inputs.door.password.clone();
    type_into(&mut harness, "Password", PASSWORD);
    // The undoer takes a state in once it has been still for a second.
    harness.run_steps(8);
    assert_eq!(password(&harness), PASSWORD);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.key_press(Key::Delete);
    harness.run();
    assert_eq!(password(&harness), "");
    for _ in 0..3 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run();
        assert_eq!(password(&harness), "");
    }
}

#[test]
fn the_title_of_the_window_never_changes() {
    let world = World::demo();
    let app = unlocked(&world);
    let open = app.state.open().unwrap();
    let (person, session) = (open.journal.people()[0].0, open.journal.all_held().next().unwrap().0);
    let screens = [
        Screen::Today,
        Screen::People(Some(person)),
        Screen::AddPerson,
        Screen::Session(session),
        Screen::Journal,
        Screen::Summary(Some(person)),
        Screen::Settings,
    ];
    let desktop = Desktop::default();
    for screen in screens {
        let mut app = unlocked(&world);
        app.act(vec![Action::Go(screen)]);
        on_desktop(app, Arc::default(), desktop.clone());
    }
    let titles = desktop.titles.lock().unwrap();
    assert!(titles.iter().all(|title| title == "Cairn"), "{titles:?}");
}

#[test]
fn a_covered_window_that_is_asked_again_does_not_take_its_last_key_for_a_new_one() {
    let ctx = egui::Context::default();
    let mut touches = Touches::default();
    let frame = |events: Vec<Event>, touches: &mut Touches| {
        let input = egui::RawInput { events, ..Default::default() };
        let mut touched = false;
        let mut output = ctx.run_ui(input, |ui| touched = touches.new_in(ui.ctx()));
        output.textures_delta.clear();
        touched
    };
    assert!(!frame(Vec::new(), &mut touches));
    assert!(frame(vec![Event::PointerGone], &mut touches), "somebody was there");
    // The first call after the last frame can't be told from the next frame.
    touches.new_in(&ctx);
    assert!(!touches.new_in(&ctx) && !touches.new_in(&ctx), "nobody has been there since");
    assert!(!frame(Vec::new(), &mut touches));
    assert!(!frame(vec![Event::WindowFocused(true)], &mut touches), "no hand is needed for that");
}
