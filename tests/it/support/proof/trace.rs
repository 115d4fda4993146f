//! Breaking one system call of a process that works, by `strace`, and reading what it did then.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

use super::process::{Ended, Order, Running};
use super::{Place, tool};

/// What happens at the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: the calls are only counted.
    None,
    /// The process is killed before the call does anything.
    Kill,
    /// The call does nothing and gives this error.
    Error(&'static str),
    /// These calls give these errors whenever they are made, as on a file system without them.
    Lacking(&'static [(&'static str, &'static str)]),
}

/// One call of a process: the `number`-th of this name, from when it begins its work.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    pub name: &'static str,
    pub number: usize,
}

/// What a process did and said, and what the log of its calls says.
#[derive(Debug)]
pub struct Traced {
    pub ended: Ended,
    pub log: Vec<String>,
}

/// Calls that change something. Between two of them a kill finds the same disk.
pub const CHANGING: [&str; 10] = [
    "openat",
    "write",
    "fsync",
    "fdatasync",
    "renameat2",
    "linkat",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "close",
];

/// Calls that only look.
pub const LOOKING: [&str; 6] = ["read", "getdents64", "statx", "newfstatat", "fstat", "flock"];

/// Starts the process, attaches to it while it waits, breaks the call and waits for the end.
pub fn trace(order: &Order, call: Call, fault: Fault) -> Traced {
    let log = order.place.vault.with_extension("log");
    let mut command = order.command();
    let mut running = Running::start(&mut command);
    assert!(running.until("WAITING"), "{:?}", running.wait());
    let mut strace = tool("strace");
    strace.args(["-f", "-y", "-s", "200", "-o"]).arg(&log);
    strace.args(["-p", &running.id().to_string()]);
    let names = CHANGING.iter().chain(&LOOKING).map(|name| format!("?{name}"));
    let names: Vec<String> = names.collect();
    strace.args(["-e", &format!("trace=writev,{}", names.join(","))]);
    let Call { name, number } = call;
    match fault {
        Fault::None => {}
        Fault::Kill => {
            strace.args(["-e", &format!("inject={name}:signal=KILL:when={number}")]);
        }
        Fault::Error(errno) => {
            strace.args(["-e", &format!("inject={name}:error={errno}:when={number}")]);
        }
        Fault::Lacking(calls) => {
            for (name, errno) in calls {
                strace.args(["-e", &format!("inject={name}:error={errno}")]);
            }
        }
    }
    let mut strace = strace.stderr(Stdio::piped()).spawn().unwrap();
    let mut words = BufReader::new(strace.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("attached") {
        line.clear();
        assert!(words.read_line(&mut line).unwrap() > 0, "strace does not attach");
    }
    running.go_on();
    let ended = running.wait();
    std::io::copy(&mut words, &mut std::io::sink()).unwrap();
    strace.wait().unwrap();
    let text = std::fs::read(&log).unwrap();
    Traced { ended, log: whole_lines(&String::from_utf8_lossy(&text)) }
}

/// One line for each call: one that another thread's call came between is written in two parts.
fn whole_lines(text: &str) -> Vec<String> {
    let mut begun = BTreeMap::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        let thread = line.split(' ').next().unwrap_or_default();
        if let Some(call) = line.strip_suffix(" <unfinished ...>") {
            begun.insert(thread, call);
        } else if let Some((_, end)) = line.split_once(" resumed>")
            && let Some(call) = begun.remove(thread)
        {
            lines.push(format!("{call}{end}"));
        } else {
            lines.push(line.to_owned());
        }
    }
    lines
}

impl Traced {
    /// Whether the call was reached.
    pub fn fired(&self, fault: Fault) -> bool {
        match fault {
            Fault::None => false,
            Fault::Kill => self.ended.signal == Some(9),
            Fault::Error(_) | Fault::Lacking(_) => self.broken().next().is_some(),
        }
    }

    /// How often the busiest thread made a call.
    pub fn count(&self, name: &str) -> usize {
        let mut counts = BTreeMap::<&str, usize>::new();
        for line in &self.log {
            if let Some((thread, rest)) = line.split_once(' ')
                && rest.trim_start().strip_prefix(name).is_some_and(|rest| rest.starts_with('('))
            {
                *counts.entry(thread).or_default() += 1;
            }
        }
        counts.into_values().max().unwrap_or(0)
    }

    fn broken(&self) -> impl Iterator<Item = &String> {
        self.log.iter().filter(|line| line.ends_with("(INJECTED)"))
    }

    /// The first acknowledgement that came although a change that belongs to the attempt had
    /// failed, or without the steps that make a record durable. Closing is left out: it comes
    /// after syncing, and the standard library does not show its result.
    pub fn false_word(&self, place: &Place) -> Option<String> {
        let state = place.state.parent().unwrap().to_str().unwrap();
        let (mut attempt, mut since) = ("", 0);
        for (number, line) in self.log.iter().enumerate() {
            let Some((_, said)) = line.split_once("iov_base=\"\\n") else { continue };
            if let Some(what) = said.strip_prefix("TRY ") {
                (attempt, since) = (what, number);
            }
            let Some(word) = said.strip_prefix("ACK ") else { continue };
            // The drafts lie in the local state; for a save it is only a memory.
            let is_draft = attempt.starts_with("draft") || attempt.starts_with("clear");
            let mut calls = &self.log[since..number];
            if attempt.starts_with("erase") {
                // Erasing is acknowledged when the record that says so is durable. What could not
                // be removed yet is told, not shown, and tried again at the next opening.
                calls = &calls[..durable(calls).unwrap_or(calls.len())];
            }
            let failed = calls
                .iter()
                .find(|line| is_refused_change(line) && (is_draft || !line.contains(state)));
            if let Some(failed) = failed {
                return Some(format!("{attempt} was acknowledged after {failed}"));
            }
            let file = word.strip_prefix("save ").and_then(|file| file.split(' ').next());
            if let Some(step) = file.and_then(|file| missing_step(calls, file)) {
                return Some(format!("{attempt} was acknowledged without {step}"));
            }
        }
        None
    }

    /// A file that was synced, or renamed, after a sync of it had failed.
    pub fn synced_again(&self) -> Option<String> {
        let is_failure = |line: &&String| line.contains("sync(") && !line.contains("EINTR");
        let failed = self.broken().find(is_failure)?;
        let path = failed.split_once('<')?.1.split_once('>')?.0;
        let name = Path::new(path).file_name()?.to_str()?;
        // A folder is synced again for the next file in it.
        if !name.ends_with(".tmp") {
            return None;
        }
        let after = self.log.iter().skip_while(|line| *line != failed).skip(1);
        let again = |line: &&String| {
            line.contains(name) && !line.contains("unlinkat(") && !line.contains(" close(")
        };
        after.into_iter().find(again).map(|line| format!("{line} after {failed}"))
    }
}

/// In the process: waits until the one that started it says to go on.
pub fn wait_for_go() {
    super::process_says("WAITING");
    let mut line = String::new();
    // The fault under test may hit this very call; then it goes on at once.
    let _ = std::io::stdin().lock().read_line(&mut line);
}

/// Whether a call should have changed something and was refused. One that was interrupted is
/// made again.
fn is_refused_change(line: &str) -> bool {
    let looks = LOOKING.iter().any(|name| line.contains(&format!(" {name}(")));
    let opens_folder = line.contains(" openat(") && !line.contains("O_CREAT");
    line.ends_with("(INJECTED)")
        && !(looks || opens_folder || line.contains(" close(") || line.contains("EINTR"))
}

/// After how many of these calls the first file that was renamed is durable.
fn durable(calls: &[String]) -> Option<usize> {
    let done = |line: &String, name: &str| line.contains(name) && line.trim_end().ends_with("= 0");
    let renamed = calls.iter().position(|line| done(line, "renameat2("))?;
    let synced = calls[renamed..].iter().position(|line| done(line, "fsync("))?;
    Some(renamed + synced + 1)
}

/// Which step of making a file durable is not among these calls.
fn missing_step(calls: &[String], file: &str) -> Option<&'static str> {
    let (folder, name) = file.rsplit_once('/')?;
    let done = |line: &&String| line.trim_end().ends_with("= 0");
    let renamed = |line: &&String| line.contains("renameat2(") && line.contains(name) && done(line);
    let Some(at) = calls.iter().position(|line| renamed(&line)) else {
        return Some("a rename");
    };
    let temporary = calls[at].split('"').nth(1).unwrap_or_default();
    let synced = |line: &String, what: &str| line.contains("fsync(") && line.contains(what);
    if !calls[..at].iter().any(|line| synced(line, temporary) && done(&line)) {
        return Some("a sync of the file before its rename");
    }
    let folder = format!("{folder}>");
    let after = calls[at..].iter().any(|line| synced(line, &folder) && done(&line));
    (!after).then_some("a sync of the folder after the rename")
}
