//! The real program in a real window on a display of its own, driven by real key strokes.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::world::World;

/// The user without rights, on every Unix.
const NOBODY: u32 = 65534;

/// Says on the terminal, past the test runner, that a test was skipped and why.
pub fn skip(why: &str) {
    use std::io::Write as _;
    std::io::stderr().write_all(format!("SKIPPED: {why}\n").as_bytes()).unwrap();
}

/// Whether all these programs are installed; says so aloud if not.
pub fn installed(tools: &[&str]) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let missing = tools
        .iter()
        .find(|tool| !std::env::split_paths(&path).any(|folder| folder.join(tool).is_file()));
    if let Some(tool) = missing {
        skip(&format!("{tool} is not installed"));
    }
    missing.is_none()
}

/// Whether this test runs as root.
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
}

/// Whether a user without rights can reach the program, so that it need not run as root.
pub fn nobody_can_run(program: &str) -> bool {
    let mut test = as_nobody(program);
    test.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    test.status().is_ok_and(|status| status.success())
}

/// A command as the user without rights. For root.
pub fn as_nobody(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    let nobody = NOBODY.to_string();
    command.args(["--reuid", &nobody, "--regid", &nobody, "--clear-groups", program]);
    command
}

/// Gives a folder and all in it to the user without rights.
pub fn give_to_nobody(folder: &Path) {
    std::os::unix::fs::lchown(folder, Some(NOBODY), Some(NOBODY)).unwrap();
    if folder.is_dir() {
        for entry in std::fs::read_dir(folder).unwrap() {
            give_to_nobody(&entry.unwrap().path());
        }
    }
}

/// A display that nobody looks at.
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts one on a number that is free.
    pub fn start() -> Display {
        // Without -noreset it starts anew when its last program leaves, and refuses meanwhile: a
        // desktop always has others.
        let options = "-displayfd 1 -screen 0 1280x800x24 -nolisten tcp -ac -noreset";
        let mut server = Command::new("Xvfb")
            .args(options.split(' '))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut number).unwrap();
        Display { server, name: format!(":{}", number.trim()) }
    }

    /// A tool on this display.
    pub fn command(&self, tool: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(tool);
        command.args(arguments).env("DISPLAY", &self.name);
        command
    }

    /// Runs a tool on this display.
    pub fn run(&self, tool: &str, arguments: &[&str]) -> Output {
        self.command(tool, arguments).output().unwrap()
    }

    /// What a tool prints, or nothing when it fails.
    pub fn ask(&self, tool: &str, arguments: &[&str]) -> Option<String> {
        let Output { status, stdout, .. } = self.run(tool, arguments);
        status.success().then(|| String::from_utf8_lossy(&stdout).into_owned())
    }

    /// The program's window, once it is there.
    fn window(&self) -> Option<String> {
        let found = self.ask("xdotool", &["search", "--onlyvisible", "--class", "cairn"])?;
        found.lines().next().map(str::to_owned)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The program in its window.
pub struct Program<'a> {
    display: &'a Display,
    process: Child,
    log: PathBuf,
}

impl<'a> Program<'a> {
    /// Starts it on the record of a world: as the user without rights, if this is root. Nothing,
    /// said aloud, where no window can be painted.
    pub fn start(display: &'a Display, world: &World) -> Option<Program<'a>> {
        let program = env!("CARGO_BIN_EXE_cairn");
        let mut command = if is_root() && nobody_can_run(program) {
            as_nobody(program)
        } else {
            Command::new(program)
        };
        let log = world.file("log");
        for folder in ["home", "run", "tmp"] {
            std::fs::create_dir_all(world.file(folder)).unwrap();
        }
        let file = std::fs::File::create(&log).unwrap();
        if is_root() {
            give_to_nobody(world.dir().parent().unwrap());
        }
        let process = command
            .arg("--vault")
            .arg(world.dir())
            .env_clear()
            .env("DISPLAY", &display.name)
            .env("HOME", world.file("home"))
            .env("XDG_STATE_HOME", world.file("state-home"))
            .env("XDG_RUNTIME_DIR", world.file("run"))
            .env("TMPDIR", world.file("tmp"))
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file)
            // Of its own, so that the keys of a terminal do not reach it.
            .process_group(0)
            .spawn()
            .unwrap();
        let mut program = Program { display, process, log };
        let ready = program.within(30, |program| {
            program.display.window().is_some() || program.process.try_wait().unwrap().is_some()
        });
        let log = program.log();
        if log.contains("The window could not be opened") {
            skip(&format!("nothing can paint a window here: {}", log.trim()));
            return None;
        }
        assert!(ready && program.process.try_wait().unwrap().is_none(), "no window: {log}");
        program.focus();
        Some(program)
    }

    /// What it said on its standard error.
    fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// A file of `/proc` about it.
    pub fn about(&self, what: &str) -> String {
        let path = format!("/proc/{}/{what}", self.id());
        String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned()
    }

    /// Waits until something is so, at most so many seconds.
    pub fn within(&mut self, seconds: u64, is_so: impl Fn(&mut Program<'a>) -> bool) -> bool {
        let end = Instant::now() + Duration::from_secs(seconds);
        while !is_so(self) {
            if Instant::now() > end {
                return false;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        true
    }

    /// Whether it has a record open: then it holds the lock that others must not have.
    pub fn is_unlocked(&self) -> bool {
        let locks = std::fs::read_to_string("/proc/locks").unwrap_or_default();
        let process = self.id().to_string();
        locks.lines().any(|line| line.split_whitespace().nth(4) == Some(&*process))
    }

    /// Waits for a new process in the place of this one, by what the system gave it at its start.
    pub fn replaced_by(&mut self, act: impl FnOnce(&Program<'a>)) -> bool {
        let before = self.about("auxv");
        act(self);
        // Without the right to read it, the name of the argument must do.
        self.within(20, |program| {
            let is_other = before.is_empty() || program.about("auxv") != before;
            is_other && program.about("cmdline").ends_with("cairn\0locked\0")
        })
    }

    /// The words in its title bar.
    pub fn title(&self) -> String {
        let window = self.display.window().unwrap();
        self.display.ask("xdotool", &["getwindowname", &window]).unwrap().trim().to_owned()
    }

    /// Gives its window the keyboard, once there is one: no window manager does it here.
    pub fn focus(&mut self) {
        let there = self.within(30, |program| program.display.window().is_some());
        assert!(there, "no window; {:?} {}", self.process.try_wait(), self.log());
        let window = self.display.window().unwrap();
        self.display.run("xdotool", &["windowfocus", "--sync", &window]);
        // The program draws its first pictures only now.
        std::thread::sleep(Duration::from_millis(500));
    }

    /// Types, as fast as a quick typist.
    pub fn type_text(&self, text: &str) {
        assert!(self.display.run("xdotool", &["type", "--delay", "8", text]).status.success());
    }

    /// Presses keys together, such as `ctrl+l`.
    pub fn press(&self, keys: &str) {
        assert!(self.display.run("xdotool", &["key", keys]).status.success());
    }

    /// How often each text is in its memory, as UTF-8 and as UTF-16.
    pub fn holds(&self, texts: &[&str]) -> Vec<usize> {
        let needles: Vec<[Vec<u8>; 2]> = texts
            .iter()
            .map(|text| {
                let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                [text.as_bytes().to_vec(), wide]
            })
            .collect();
        let mut counts = vec![0; texts.len()];
        for part in memory(self.id()) {
            for (count, needles) in counts.iter_mut().zip(&needles) {
                *count += needles.iter().map(|needle| occurrences(&part, needle)).sum::<usize>();
            }
        }
        counts
    }
}

impl Drop for Program<'_> {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The open files of a process that a program started in its place would have open, too.
pub fn inheritable(process: u32) -> BTreeSet<String> {
    const CLOSE_ON_EXEC: u32 = 0o2_000_000;
    let files = std::fs::read_dir(format!("/proc/{process}/fdinfo")).unwrap();
    let stays = |path: &Path| {
        let info = std::fs::read_to_string(path).unwrap_or_default();
        let flags = info.lines().find_map(|line| line.strip_prefix("flags:"))?;
        Some(u32::from_str_radix(flags.trim(), 8).ok()? & CLOSE_ON_EXEC == 0)
    };
    let files = files.map(|entry| entry.unwrap().path());
    let files = files.filter(|path| stays(path).unwrap_or(false));
    files.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

/// The memory of a process that it can write to, or that belongs to no file. What it only reads
/// from files is the program itself, which anybody may read.
fn memory(process: u32) -> impl Iterator<Item = Vec<u8>> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/smaps")).unwrap();
    let mut mem = std::fs::File::open(format!("/proc/{process}/mem")).unwrap();
    let mut parts: Vec<(u64, u64)> = Vec::new();
    let mut next = None;
    for line in maps.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match (words[0], next) {
            // A part that lies in no memory, nor in swap, is not there.
            ("Rss:" | "Swap:", Some(part)) if words[1] != "0" => {
                parts.push(part);
                next = None;
            }
            (range, _) if range.contains('-') => {
                let (from, to) = range.split_once('-').unwrap();
                let at = |hex| u64::from_str_radix(hex, 16).unwrap();
                let own = words[1].contains('w') || words[4] == "0";
                let readable = words[1].starts_with('r') && !line.contains("[v");
                next = (own && readable).then(|| (at(from), at(to)));
            }
            _ => {}
        }
    }
    assert!(!parts.is_empty(), "no memory to look at");
    parts.into_iter().filter_map(move |(from, to)| {
        let mut part = vec![0; usize::try_from(to - from).unwrap()];
        mem.seek(SeekFrom::Start(from)).ok()?;
        // Memory of a graphics card can't be read this way.
        mem.read_exact(&mut part).ok()?;
        Some(part)
    })
}

/// How often a text is in some bytes. It jumps from one first letter to the next with the
/// library's own search: the tests are not optimised, and there are hundreds of megabytes.
pub fn occurrences(bytes: &[u8], text: &[u8]) -> usize {
    let (first, mut rest, mut count) = (text[0], bytes, 0);
    loop {
        let skipped = rest.skip_until(first).unwrap();
        if skipped == 0 {
            return count;
        }
        // The last byte skipped is the letter, unless there was none any more.
        let at = bytes.len() - rest.len() - 1;
        count += usize::from(bytes[at..].starts_with(text));
    }
}
