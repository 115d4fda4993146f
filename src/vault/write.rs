//! The only way in which anything gets onto the disk (`vault-format`, "Writing", steps 2 to 5).

use std::collections::BTreeSet;
use std::io;

use super::error::VaultError;
use super::names;
use super::store::Store;

/// What happens to a file that has the name already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It is an error: nothing in a vault's folder is ever replaced.
    Keep,
    /// It gives way: the older of two slots in local state.
    GivesWay,
}

/// Writes a file so that it is wholly there after a power cut, or wholly absent.
///
/// When this gives an error the file may still be there, or not; both are allowed. Nothing is
/// tried a second time on the same file: after an error of syncing, the system may say that all
/// is well and have thrown the bytes away (Rebello and others, "Can Applications Recover from
/// fsync Failures?", USENIX ATC 2020).
pub fn write_file(
    store: &dyn Store,
    dir: &str,
    name: &str,
    bytes: &[u8],
    existing: Existing,
) -> Result<(), VaultError> {
    let path = join(dir, name);
    let temporary = join(dir, &names::temporary()?);
    let placed = write_new(store, &temporary, bytes).and_then(|()| {
        if existing == Existing::GivesWay {
            unlink_if_there(store, &path)?;
        }
        store.rename_noreplace(&temporary, &path)
    });
    if let Err(error) = placed {
        // As good as it goes; what stays is cleared away when it is a day old.
        let _ = store.unlink(&temporary);
        return Err(VaultError::io(path, error));
    }
    store.sync_dir(dir).map_err(|error| VaultError::io(path, error))
}

/// Writes a file of local state that may be lost in a power cut, such as a cache: no sync is
/// waited for. One of the same name gives way. After a crash it may be there in part, which its
/// reader finds out.
pub fn write_cache(store: &dyn Store, dir: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    let path = join(dir, name);
    let temporary = join(dir, &names::temporary().map_err(io::Error::other)?);
    let mut file = store.open_new(&temporary)?;
    let placed = file
        .write(bytes)
        .and_then(|()| file.close())
        .and_then(|()| unlink_if_there(store, &path))
        .and_then(|()| store.rename_noreplace(&temporary, &path));
    if placed.is_err() {
        let _ = store.unlink(&temporary);
    }
    placed
}

fn write_new(store: &dyn Store, path: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = store.open_new(path)?;
    file.write(bytes)?;
    file.sync()?;
    file.close()
}

/// Removes a file; one that is not there is as good as removed.
pub fn unlink_if_there(store: &dyn Store, path: &str) -> io::Result<()> {
    match store.unlink(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Folders whose names are known to be durable, so that each is synced once in a session, also
/// when an earlier session made it and was cut off before it could sync.
#[derive(Debug, Default)]
pub struct Folders(BTreeSet<String>);

impl Folders {
    /// Makes the missing folders on the way to `dir` and syncs the parent of each.
    pub fn ensure(&mut self, store: &dyn Store, dir: &str) -> Result<(), VaultError> {
        let ends = dir.match_indices('/').map(|(at, _)| at).chain([dir.len()]);
        for end in ends {
            let (folder, parent) = (&dir[..end], parent(&dir[..end]));
            if self.0.contains(folder) {
                continue;
            }
            match store.mkdir(folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(VaultError::io(folder, error));
                }
                _ => store.sync_dir(parent).map_err(|error| VaultError::io(folder, error))?,
            }
            self.0.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Forgets what is known, after an error: the folders may have gone.
    pub fn forget(&mut self) {
        self.0.clear();
    }
}

/// The folder of a path.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Joins a folder and a name.
pub fn join(dir: &str, name: &str) -> String {
    if dir.is_empty() { name.to_owned() } else { format!("{dir}/{name}") }
}
