//! This process: kept from being read by others, and replaced by a new one.

use std::convert::Infallible;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::process::{Command, Stdio};

/// The most that is handed over. A pipe takes so much on every system without a reader.
const MOST: usize = 4096;

/// Keeps memory out of crash dumps and away from other programs of the same user. What the
/// system does not offer is left as it is.
pub fn harden() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, Rlimit, setrlimit};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        // Neither can be mended from here, and neither is needed for correctness.
        let _ = setrlimit(Resource::Core, none);
        let _ = rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Starts this program anew in place of this process, whose memory goes back to the system as a
/// whole. What is handed over goes through a pipe: other programs of this user can read a
/// process's arguments and its environment, but not what it reads. On Windows, which can't
/// replace a process, the new one is started and this one ends.
///
/// # Errors
/// As of the system, or there is too much to hand over. This process goes on.
pub fn start_anew(argument: &str, handed_over: &[u8]) -> io::Result<Infallible> {
    if handed_over.len() > MOST {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let (reader, mut writer) = io::pipe()?;
    writer.write_all(handed_over)?;
    drop(writer);
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(argument).stdin(Stdio::from(reader));
    become_it(command)
}

#[cfg(unix)]
fn become_it(mut command: Command) -> io::Result<Infallible> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec())
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> io::Result<Infallible> {
    command.spawn()?;
    std::process::exit(0)
}

/// What the process before this one handed over; nothing when this one was started by hand.
pub fn handed_over() -> Option<Vec<u8>> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return None;
    }
    let mut bytes = Vec::new();
    stdin.lock().take(MOST as u64 + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() <= MOST).then_some(bytes)
}
