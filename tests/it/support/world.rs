//! A whole program on a real folder: what the tests of screens and journeys start from.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use cairn::app::action::DoorAction;
use cairn::app::desk::OpenStore;
use cairn::app::fresh::Fresh;
use cairn::app::{Action, App, Clock, Desk, Look, Screen, State, Worker, demo};
use cairn::library::Library;
use cairn::platform::Folders;
use cairn::ui::Window;
use cairn::vault::store::disk::DiskStore;
use cairn::vault::{Cost, Passphrase};
use egui_kittest::Harness;
use jiff::{SignedDuration, Zoned};
use tempfile::TempDir;

use super::proof::quick_folder;
use super::window;

/// The password of every record in the tests.
pub const PASSWORD: &str = "copper lantern ferry mild";

/// What comes with Cairn, read once.
pub static LIBRARY: LazyLock<Arc<Library>> =
    LazyLock::new(|| Arc::new(Library::built_in().unwrap()));

/// The files below a folder, with what they hold.
fn files_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                files.push((path.strip_prefix(folder).unwrap().to_path_buf(), bytes));
            }
        }
    }
    files
}

/// A folder, a clock that stands still, and what lies in the folder.
pub struct World {
    home: TempDir,
    now: Arc<Mutex<Zoned>>,
    /// The seed of the next maker of identities.
    fresh: AtomicU8,
}

impl World {
    /// An empty folder on Tuesday 24 November 2026, 13:42.
    pub fn empty() -> World {
        World::in_folder(quick_folder())
    }

    fn in_folder(home: TempDir) -> World {
        let now = "2026-11-24T13:42:00+00:00[UTC]".parse().unwrap();
        World { home, now: Arc::new(Mutex::new(now)), fresh: AtomicU8::new(7) }
    }

    /// The same with the demonstration record in it, locked.
    pub fn demo() -> World {
        // Made once by the program itself; each world gets the same bytes.
        static MADE: LazyLock<Vec<(PathBuf, Vec<u8>)>> = LazyLock::new(|| {
            let world = World::another_demo();
            files_below(world.home.path())
        });
        let world = World::empty();
        for (path, bytes) in MADE.iter() {
            let path = world.home.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        world.fresh.store(8, Ordering::Relaxed);
        world
    }

    /// The same words in a record of its own, with another key, on the disk.
    pub fn another_demo() -> World {
        let world = World::in_folder(tempfile::tempdir().unwrap());
        let mut desk = world.desk();
        let (dir, password, now) = (world.dir(), Passphrase::new(PASSWORD), world.now());
        demo::make(&mut desk, &dir, &password, &LIBRARY, &now, 1).unwrap();
        world
    }

    /// The folder of the record.
    pub fn dir(&self) -> PathBuf {
        self.home.path().join("record")
    }

    /// A file beside the record, for exports.
    pub fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The present moment of this world.
    pub fn now(&self) -> Zoned {
        self.now.lock().unwrap().clone()
    }

    /// Lets time pass.
    pub fn pass(&self, time: SignedDuration) {
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(time).unwrap();
    }

    /// Goes to another time, in a zone of its own.
    pub fn move_to(&self, now: &str) {
        *self.now.lock().unwrap() = now.parse().unwrap();
    }

    /// The clock of this world.
    pub fn clock(&self) -> Clock {
        let now = self.now.clone();
        Arc::new(move || now.lock().unwrap().clone())
    }

    /// A desk on the folder, with a key derivation that is quick because it is weak.
    pub fn desk(&self) -> Desk {
        self.desk_on(Box::new(|dir| Box::new(DiskStore::new(dir))))
    }

    /// A desk on the folder, on another computer.
    pub fn desk_elsewhere(&self) -> Desk {
        let folders = Folders { state: self.file("other-state"), ..self.folders() };
        let disk: OpenStore = Box::new(|dir| Box::new(DiskStore::new(dir)));
        Desk::new(&folders, self.fresh(), self.clock()).for_tests(disk, Cost::for_tests(4))
    }

    /// A desk on a store of one's own.
    pub fn desk_on(&self, open_store: OpenStore) -> Desk {
        Desk::new(&self.folders(), self.fresh(), self.clock())
            .for_tests(open_store, Cost::for_tests(4))
    }

    /// The same at every run, and another each time it is asked for.
    fn fresh(&self) -> Fresh {
        Fresh::fixed(self.fresh.fetch_add(1, Ordering::Relaxed))
    }

    fn folders(&self) -> Folders {
        Folders {
            vault: self.dir(),
            demo: self.file("demo"),
            // Where a program started with this world's folders finds it as well.
            state: self.file("state-home").join("cairn"),
            look: self.file("config").join("look.json"),
            documents: self.home.path().to_path_buf(),
        }
    }

    /// The program without its window.
    pub fn app(&self) -> App {
        self.app_with(self.desk())
    }

    /// The program with a desk of one's own.
    pub fn app_with(&self, desk: Desk) -> App {
        let library = Arc::clone(&LIBRARY);
        let state = State::new(self.dir(), Look::default(), library, self.fresh(), self.now());
        let mut app = App::new(state, Worker::inline(desk), self.clock());
        app.inputs.documents = self.home.path().to_path_buf();
        app
    }

    /// The program in its window.
    pub fn window(&self, look: window::Look, size: [f32; 2]) -> Harness<'static, Window> {
        self.window_of(self.app(), look, size)
    }

    /// A program in its window.
    pub fn window_of(
        &self,
        mut app: App,
        look: window::Look,
        size: [f32; 2],
    ) -> Harness<'static, Window> {
        app.state.look.theme = look.choice();
        window::window(look, size).build_eframe(move |creation| Window::new(creation, app))
    }

    /// A program with its record unlocked.
    pub fn unlock(mut app: App) -> App {
        app.inputs.door.password = PASSWORD.to_owned();
        app.act(vec![Action::Door(DoorAction::Unlock)]);
        app
    }

    /// The record unlocked at a screen, in a window.
    pub fn at(
        &self,
        screen: Screen,
        look: window::Look,
        size: [f32; 2],
    ) -> Harness<'static, Window> {
        self.at_of(self.app(), screen, look, size)
    }

    /// The same of a program that was made before.
    pub fn at_of(
        &self,
        app: App,
        screen: Screen,
        look: window::Look,
        size: [f32; 2],
    ) -> Harness<'static, Window> {
        let mut app = World::unlock(app);
        app.act(vec![Action::Go(screen)]);
        let mut harness = self.window_of(app, look, size);
        harness.run();
        harness
    }

    /// The demonstration record, unlocked, in a window of the mockups' size.
    pub fn unlocked(&self, look: window::Look) -> Harness<'static, Window> {
        self.unlocked_at(look, window::DESK)
    }

    /// The same in another size.
    pub fn unlocked_at(&self, look: window::Look, size: [f32; 2]) -> Harness<'static, Window> {
        self.window_of(World::unlock(self.app()), look, size)
    }
}
