//! The operating system: folders, files that the person chose, the display, the clipboard, and
//! what keeps other programs from looking into this one. Small on purpose; what is particular to
//! Windows and macOS lies here and in `vault::store::disk`.

mod clipboard;
mod fonts;
mod process;

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

pub use clipboard::Clipboard;
pub use fonts::each_font;
pub use process::{handed_over, harden, start_anew};

/// The folders of this user on this computer.
#[derive(Debug, Clone)]
pub struct Folders {
    /// The record, unless the person chose another place.
    pub vault: PathBuf,
    /// The demonstration record.
    pub demo: PathBuf,
    /// Drafts, locks and heads: never synced, never roaming.
    pub state: PathBuf,
    /// How the window looks.
    pub look: PathBuf,
    /// Where summaries are offered to be written.
    pub documents: PathBuf,
}

/// Finds the folders; nothing when the system names no home folder.
pub fn folders() -> Option<Folders> {
    let dirs = directories::ProjectDirs::from("", "", "cairn")?;
    let user = directories::UserDirs::new()?;
    let documents = user.document_dir().unwrap_or_else(|| user.home_dir()).to_path_buf();
    Some(Folders {
        vault: dirs.data_dir().join("vault"),
        demo: dirs.data_dir().join("demo"),
        state: dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_path_buf(),
        look: dirs.config_dir().join("look.json"),
        documents,
    })
}

/// Reads a file that the person named, up to `cap` bytes.
///
/// # Errors
/// As of the file system; [`io::ErrorKind::FileTooLarge`] beyond the cap.
pub fn read_file(path: &Path, cap: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(cap + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > cap { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// What to do with a file that is already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Leave it and report [`io::ErrorKind::AlreadyExists`].
    Keep,
    /// Put the new one in its place, wholly or not at all.
    Replace,
}

/// Writes a file that the person named: beside it first, then under its name, so that a full
/// disk leaves no half file and an existing one whole.
///
/// # Errors
/// As of the file system.
pub fn write_file(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if existing == Existing::Keep && fs::exists(path)? {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut beside = name.to_os_string();
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = dir.join(beside);
    let written = write_through(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // The first error is the one to tell; a leftover that can't be removed is not damage.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// What tells whether a file is still the same: how many bytes it has, and when it was written.
pub type Stamp = (u64, Option<std::time::SystemTime>);

/// The files that lie in a folder itself and are called as wanted, the newest first; of a great
/// many the newest.
///
/// # Errors
/// As of the file system.
pub fn files_in(
    folder: &Path,
    is_wanted: impl Fn(&Path) -> bool,
) -> io::Result<Vec<(PathBuf, Stamp)>> {
    const MOST: usize = 1_000;
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        // A file that goes away meanwhile is not there.
        let Ok(about) = fs::metadata(&path) else { continue };
        if about.is_file() && is_wanted(&path) {
            found.push((path, (about.len(), about.modified().ok())));
        }
    }
    found.sort_by(|(a, (_, one)), (b, (_, other))| other.cmp(one).then(b.cmp(a)));
    found.truncate(MOST);
    Ok(found)
}

/// Takes a file away that this program put there.
///
/// # Errors
/// As of the file system.
pub fn remove_file(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

/// Whether there is a folder under this name.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether there is a file under this name.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Makes a folder and those above it.
///
/// # Errors
/// As of the file system.
pub fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Whether two folders are the same or one lies within the other, also by way of links. What
/// does not exist yet counts as lying where it would be made.
pub fn overlap(one: &Path, other: &Path) -> bool {
    let (one, other) = (true_path(one), true_path(other));
    one.starts_with(&other) || other.starts_with(&one)
}

/// The path without links and detours, as far as it exists.
fn true_path(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for there in path.ancestors() {
        if let Ok(real) = fs::canonicalize(there) {
            let rest = path.strip_prefix(there).unwrap_or(Path::new(""));
            return real.join(rest);
        }
    }
    path
}

/// Reads a small file of this program's own; nothing when there is none.
pub fn read_own(path: &Path) -> Option<Vec<u8>> {
    read_file(path, 64 * 1024).ok()
}

/// What the person is asked for in the desktop's own dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A file to write, with the name that is offered.
    Save(String),
    /// A file that is there, to read.
    File,
    /// A folder.
    Folder,
}

/// A file or folder that the person chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The file or folder.
    pub path: PathBuf,
    /// Whether it was there, so that the dialog asked whether to replace it.
    pub was_there: bool,
}

/// Asks the person for a file or a folder. Blocks until they answer; nothing when they chose
/// none or this desktop has no such dialog.
pub fn ask_path(folder: &Path, wanted: &Wanted) -> Option<Chosen> {
    let dialog = rfd::FileDialog::new().set_directory(folder);
    let path = match wanted {
        Wanted::Save(name) => dialog.set_file_name(name).save_file()?,
        Wanted::File => dialog.pick_file()?,
        Wanted::Folder => dialog.pick_folder()?,
    };
    let was_there = path.exists();
    Some(Chosen { path, was_there })
}

/// Whether there is a display to open a window on.
pub fn has_display() -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        return true;
    }
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
