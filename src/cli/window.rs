//! Opening the window.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::{End, Ended, Session, Stop};
use crate::app::lock::Handover;
use crate::app::{Look, Notice, State};
use crate::library::Library;
use crate::platform::{self, Clipboard};
use crate::ui;
use crate::ui::outgoing::Computer;

/// The argument for the program that takes the place of one that locked.
pub const LOCKED: &str = "locked";

/// How long copied text stays on the clipboard.
const ON_THE_CLIPBOARD: Duration = Duration::from_secs(60);

/// This computer, as the window asks of it.
struct Here {
    clipboard: Clipboard,
}

impl Computer for Here {
    fn copy(&self, text: Zeroizing<String>) {
        self.clipboard.put(text);
    }

    fn forget_copied(&self) {
        self.clipboard.clear();
    }

    fn start_anew(&self, handover: &Handover) {
        if let Some(bytes) = handover.write() {
            // It comes back only with an error; then the window stays, locked, as it is.
            let _ = platform::start_anew(LOCKED, &bytes);
        }
    }
}

/// Opens the window locked, on the record and in the place that the program before this one left.
pub fn open_locked(session: &Session) -> Ended {
    let handover = platform::handed_over().and_then(|bytes| Handover::read(&bytes));
    let dir = handover.as_ref().map_or(&*session.vault, Handover::dir).to_path_buf();
    show(session, dir, With::Nothing, handover)
}

/// What the window begins with.
pub enum With {
    /// Nothing more.
    Nothing,
    /// A password that is typed in already, for a demonstration.
    Password(Zeroizing<String>),
    /// A file to look into once the record is open.
    File(PathBuf),
}

/// Opens the window on a folder.
pub fn open(session: &Session, dir: PathBuf, with: With) -> Ended {
    show(session, dir, with, None)
}

fn show(session: &Session, dir: PathBuf, with: With, handover: Option<Handover>) -> Ended {
    if !platform::has_display() {
        return Err(Stop::Refused(Notice::new(
            "There is no display to open a window on.",
            "Nothing was changed.",
            "Use the commands (`cairn --help`), or start Cairn from a desktop.",
        )));
    }
    let reading = std::thread::spawn(Library::built_in);
    let look = platform::read_own(&session.folders.look).map(|bytes| Look::read(&bytes));
    let (fresh, now) = (Session::fresh()?, (session.clock)());
    let place = handover.as_ref().map(|handover| handover.place);
    let (password, to_look_into) = match with {
        With::Nothing => (None, None),
        With::Password(password) => (Some(password), None),
        With::File(file) => (None, Some(file)),
    };
    let state = move || {
        // A thread that ended without an answer leaves the reading to this one.
        let library = reading.join().unwrap_or_else(|_| Library::built_in())?;
        let mut state = State::new(dir, look.unwrap_or_default(), Arc::new(library), fresh, now);
        state.handover = handover;
        state.to_look_into = to_look_into;
        Ok(state)
    };
    let start = ui::Start {
        state: Box::new(state),
        desk: session.desk()?,
        clock: session.clock.clone(),
        documents: session.folders.documents.clone(),
        password,
        computer: Arc::new(Here { clipboard: Clipboard::new(ON_THE_CLIPBOARD) }),
        place,
    };
    match ui::run(start) {
        Ok(()) => Ok(End::Fine),
        Err(why) => Err(Stop::Refused(Notice::new(
            format!("The window could not be opened: {why}."),
            "Nothing was changed.",
            "Update the graphics driver, or use the commands (`cairn --help`).",
        ))),
    }
}
