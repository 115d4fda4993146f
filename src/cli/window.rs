//! Opening the window.

use std::path::PathBuf;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::{End, Ended, Session, Stop};
use crate::app::{Look, Notice, State};
use crate::library::Library;
use crate::platform;
use crate::ui;

/// Opens the window on a folder. `password` is typed in already for a demonstration.
pub fn open(session: &Session, dir: PathBuf, password: Option<Zeroizing<String>>) -> Ended {
    if !platform::has_display() {
        return Err(Stop::Refused(Notice::new(
            "There is no display to open a window on.",
            "Nothing was changed.",
            "Use the commands (`cairn --help`), or start Cairn from a desktop.",
        )));
    }
    let library = Library::built_in().map_err(|error| Stop::Usage(error.to_string()))?;
    let look = platform::read_own(&session.folders.look).map(|bytes| Look::read(&bytes));
    let state = State::new(
        dir,
        look.unwrap_or_default(),
        Arc::new(library),
        Session::fresh()?,
        (session.clock)(),
    );
    let start = ui::Start {
        state,
        desk: session.desk()?,
        clock: session.clock.clone(),
        documents: session.folders.documents.clone(),
        password,
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
