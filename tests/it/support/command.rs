//! Running the program's command line as a person's script does.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::world::{PASSWORD, World};

/// A home folder with a record in it, and the program to run on it.
pub struct Terminal {
    pub world: World,
    passphrase: PathBuf,
}

/// What a command left behind.
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Terminal {
    /// The demonstration record.
    pub fn demo() -> Terminal {
        Terminal::on(World::demo())
    }

    /// No record yet.
    pub fn empty() -> Terminal {
        Terminal::on(World::empty())
    }

    /// What lies in a world's folder.
    pub fn on(world: World) -> Terminal {
        let passphrase = world.file("passphrase");
        std::fs::write(&passphrase, format!("{PASSWORD}\n")).unwrap();
        Terminal { world, passphrase }
    }

    /// Runs with the record and its passphrase.
    pub fn run(&self, arguments: &[&str]) -> Done {
        self.run_with(arguments, b"")
    }

    /// The same with something on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Done {
        self.started(&self.all(arguments), input, Stdio::piped())
    }

    /// Runs with the record, its passphrase and another standard output.
    pub fn run_to(&self, stdout: Stdio, arguments: &[&str]) -> Done {
        self.started(&self.all(arguments), b"", stdout)
    }

    fn all(&self, arguments: &[&str]) -> Vec<OsString> {
        let own = ["--vault".into(), self.world.dir().into_os_string()];
        let passphrase = ["--passphrase-file".into(), self.passphrase.clone().into_os_string()];
        let rest = arguments.iter().map(OsString::from);
        own.into_iter().chain(passphrase).chain(rest).collect()
    }

    /// Runs with nothing but these arguments, without a display and without a terminal.
    pub fn bare(&self, arguments: &[&str], input: &[u8]) -> Done {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        self.started(&arguments, input, Stdio::piped())
    }

    fn started(&self, arguments: &[OsString], input: &[u8], stdout: Stdio) -> Done {
        wait_for_locks(&self.world.file("state-home"), 4);
        let mut child = Command::new(env!("CARGO_BIN_EXE_cairn"))
            .args(arguments)
            .env_clear()
            .env("HOME", self.world.file("home"))
            // Where the window of this world keeps its locks, too.
            .env("XDG_STATE_HOME", self.world.file("state-home"))
            .env("TMPDIR", self.world.file(""))
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::piped())
            .stdout(stdout)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The program may end before it has read everything: that is not this test's business.
        let _ = child.stdin.take().unwrap().write_all(input);
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        Done {
            code: status.code().unwrap_or(-1),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }
}

impl Done {
    /// The output, after checking that it ended well.
    #[track_caller]
    pub fn fine(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self.out
    }

    /// The output as JSON, after checking that it ended well.
    #[track_caller]
    pub fn json(self) -> serde_json::Value {
        let out = self.fine();
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    /// The message, after checking that it ended with this code and printed no result.
    #[track_caller]
    pub fn refused(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self.err
    }
}

/// Waits a moment for locks that nobody holds any more: what another test starts has a copy of
/// every open file of this process until it has become another program.
fn wait_for_locks(dir: &Path, depth: u8) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if depth > 0 && path.is_dir() {
            wait_for_locks(&path, depth - 1);
        } else if path.file_name().is_some_and(|name| name == "lock") {
            let is_held = || std::fs::File::open(&path).is_ok_and(|file| file.try_lock().is_err());
            let begun = Instant::now();
            while is_held() && begun.elapsed() < Duration::from_secs(1) {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }
}
