//! The process under test: this test program once more, so that a cheap key derivation can be
//! used that no command of the real program can ask for.

use std::io::{BufRead as _, BufReader, IoSlice, Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::Place;

const VARIABLE: &str = "CAIRN_PROOF_ORDER";

/// What the process is to do.
#[derive(Debug, Clone)]
pub struct Order {
    /// The name of a test in `proof_child`.
    pub task: &'static str,
    pub place: Place,
    pub seed: u64,
    /// The number of the passphrase that opens the vault.
    pub passphrase: u32,
    /// What else the task wants to know.
    pub detail: String,
}

impl Order {
    /// Starts this program with the order.
    pub fn command(&self) -> Command {
        let path = |path: &PathBuf| path.to_str().unwrap().to_owned();
        let Order { task, place, seed, passphrase, detail } = self;
        let (vault, state) = (path(&place.vault), path(&place.state));
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", &format!("proof_child::{task}"), "--ignored", "--nocapture"])
            .env(VARIABLE, format!("{vault}\n{state}\n{seed}\n{passphrase}\n{detail}"));
        command
    }

    pub fn start(&self) -> Running {
        Running::start(&mut self.command())
    }

    /// In the process: the order, or nothing when a person started the test.
    pub fn given() -> Option<Order> {
        let text = std::env::var(VARIABLE).ok()?;
        let mut lines = text.splitn(5, '\n');
        let mut next = || lines.next().unwrap().to_owned();
        let (vault, state) = (next().into(), next().into());
        let place = Place { vault, state, fault: String::new() };
        let (seed, passphrase) = (next().parse().unwrap(), next().parse().unwrap());
        Some(Order { task: "", place, seed, passphrase, detail: next() })
    }
}

/// In the process: says a line to the one that started it, at once and in one piece. It uses
/// `writev`, so that what is done to `write` leaves it alone.
pub fn say(line: &str) {
    let line = format!("\n{line}\n");
    let out = std::io::stdout();
    let written = rustix::io::writev(out.as_fd(), &[IoSlice::new(line.as_bytes())]);
    // Nobody listens any more: there is nothing left to prove.
    if written.ok() != Some(line.len()) {
        std::process::exit(3);
    }
}

/// A process that works. What it says is read while it works, so that it never waits.
pub struct Running {
    child: Child,
    said: Receiver<String>,
    lines: Vec<String>,
    errors: JoinHandle<String>,
}

/// What a process left.
#[derive(Debug)]
pub struct Ended {
    /// What it said, in order.
    pub lines: Vec<String>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// Whether it ended of itself and well.
    pub fine: bool,
    /// What it complained of.
    pub complaint: String,
}

impl Running {
    /// Starts a command and listens to it.
    pub fn start(command: &mut Command) -> Running {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut err = child.stderr.take().unwrap();
        let (sender, said) = channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            // A line that was cut off was not said.
            while out.read_line(&mut line).is_ok_and(|_| line.ends_with('\n')) {
                if sender.send(line.trim_end().to_owned()).is_err() {
                    break;
                }
                line.clear();
            }
        });
        let errors = std::thread::spawn(move || {
            let mut text = Vec::new();
            let _ = err.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        });
        Running { child, said, lines: Vec::new(), errors }
    }

    /// Its number in the system.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Tells a process that waits for it to go on.
    pub fn go_on(&mut self) {
        self.child.stdin.take().unwrap().write_all(b"go\n").unwrap();
    }

    /// Waits until it says a line that begins so; gives up when it ends, or after ten seconds.
    pub fn until(&mut self, beginning: &str) -> bool {
        while let Ok(line) = self.said.recv_timeout(Duration::from_secs(10)) {
            let found = line.starts_with(beginning);
            self.lines.push(line);
            if found {
                return true;
            }
        }
        false
    }

    /// Lets it work for a while, then kills it.
    pub fn kill_after(mut self, time: Duration) -> Ended {
        std::thread::sleep(time);
        self.kill();
        self.wait()
    }

    /// Kills it; one that has ended already is as good as killed.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
    }

    /// Waits for its end.
    pub fn wait(mut self) -> Ended {
        let status = self.child.wait().unwrap();
        self.lines.extend(self.said.iter());
        let complaint = self.errors.join().unwrap();
        // `strace` ends by the signal that ended its child, or says so in its code.
        let signal = status.signal().or(status.code().filter(|code| *code > 128).map(|c| c - 128));
        Ended { lines: self.lines, signal, fine: status.success(), complaint }
    }
}

impl Ended {
    /// Fails the test when the process failed of itself.
    #[track_caller]
    pub fn assert_no_panic(&self) {
        assert!(!self.complaint.contains("panicked"), "{}", self.complaint);
        assert!(self.fine || self.signal.is_some(), "{self:?}");
    }
}
