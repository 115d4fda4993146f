//! The page in the vault that says how to read everything without Cairn: its own commands are
//! run, by stock `age`, `sed` and `jq`.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use cairn::vault::RecoveryKey;
use cairn::vault::store::disk::DiskStore;
use serde_json::Value;

use crate::support::vault::{create, later, next_version, note, now};

/// The passphrase of every test's vault, as typed.
const PASSPHRASE: &str = "correct horse battery staple";

/// A vault on a disk with three records, one of them in two versions.
struct Fixture {
    dir: tempfile::TempDir,
    key: RecoveryKey,
}

impl Fixture {
    fn new() -> Fixture {
        let dir = tempfile::tempdir().unwrap();
        let store = |name: &str| Box::new(DiskStore::new(dir.path().join(name)));
        let (mut open, key) = create(store("My vault"), store("state")).unwrap();
        open.save(vec![note(1, "first try")], now()).unwrap();
        open.save(vec![note(2, "Zoë \u{202e}said\u{202c} \"no\"\n"), note(3, "three")], now())
            .unwrap();
        open.save(vec![next_version(&open, 1, "second try")], later(5)).unwrap();
        Fixture { dir, key }
    }

    fn vault(&self) -> std::path::PathBuf {
        self.dir.path().join("My vault")
    }

    fn out(&self) -> std::path::PathBuf {
        self.dir.path().join("in clear")
    }

    /// The commands of one step of the page, with the folder of the test.
    fn commands(&self, heading: &str) -> String {
        let page = fs::read_to_string(self.vault().join("RESCUE.txt")).unwrap();
        let from = page.find(heading).unwrap_or_else(|| panic!("no {heading}"));
        let section = &page[from + heading.len()..];
        let to = section.find("\n(b)").into_iter().chain(section.find("\nSTEP")).min();
        let section = &section[..to.or(section.find("\nWHAT LIES")).unwrap()];
        let commands: Vec<&str> =
            section.lines().filter_map(|line| line.strip_prefix("    ")).collect();
        assert!(!commands.is_empty(), "{heading}");
        let folder = self.out().to_string_lossy().into_owned();
        commands.join("\n").replace("/dev/shm/cairn-rescue", &format!("'{folder}'"))
    }

    /// All steps, with one of the two ways to the key.
    fn script(&self, way: &str) -> String {
        let steps = ["STEP 1.", way, "STEP 3.", "STEP 4."];
        steps.map(|step| self.commands(step)).join("\n")
    }

    fn texts(&self, file: &str) -> Vec<String> {
        let text = fs::read_to_string(self.out().join(file)).unwrap();
        let mut texts: Vec<String> = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .map(|entry| entry["body"]["text"].as_str().unwrap().to_owned())
            .collect();
        texts.sort();
        texts
    }

    fn check(&self) {
        let newest = ["Zoë \u{202e}said\u{202c} \"no\"\n", "second try", "three"];
        assert_eq!(self.texts("newest.jsonl"), newest);
        assert_eq!(self.texts("all.jsonl").len(), 4);
        assert_eq!(
            run(
                &format!("OUT='{}'\n{}", self.out().display(), self.commands("STEP 5.")),
                &self.vault()
            )
            .status
            .code(),
            Some(0)
        );
        assert!(!self.out().exists(), "nothing stays in clear");
    }
}

fn run(script: &str, dir: &Path) -> Output {
    Command::new("sh").arg("-ec").arg(script).current_dir(dir).output().unwrap()
}

/// Whether these programs are installed; says aloud what is skipped.
fn installed(programs: &[&str]) -> bool {
    let missing: Vec<&&str> = programs
        .iter()
        .filter(|program| {
            let found = Command::new(program)
                .arg("--version")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            found.is_err()
        })
        .collect();
    if !missing.is_empty() {
        eprintln!("SKIPPED: the page for rescue is not tried, {missing:?} not installed");
    }
    missing.is_empty()
}

#[test]
fn every_note_can_be_read_with_the_recovery_key_and_stock_programs() {
    if !installed(&["age", "jq", "sed"]) {
        return;
    }
    let fixture = Fixture::new();
    fs::create_dir(fixture.out()).unwrap();
    let key = format!("{}\n", fixture.key.as_age_key().as_str());
    fs::write(fixture.out().join("recovery-key.txt"), key).unwrap();
    let output = run(&fixture.script("(b)"), &fixture.vault());
    assert!(output.status.success(), "{output:?}");
    fixture.check();
}

#[test]
fn every_note_can_be_read_with_the_passphrase_and_stock_programs() {
    // age reads a passphrase from a terminal alone; `script` gives it one.
    if !installed(&["age", "jq", "sed", "script"]) {
        return;
    }
    let fixture = Fixture::new();
    let file = fixture.dir.path().join("steps.sh");
    fs::write(&file, format!("set -e\n{}\n", fixture.script("(a)"))).unwrap();
    let mut child = Command::new("script")
        .args(["-qec", &format!("sh '{}'", file.display()), "/dev/null"])
        .current_dir(fixture.vault())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{PASSPHRASE}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    fixture.check();
}

#[test]
fn one_damaged_record_does_not_stop_the_rescue_of_the_others() {
    if !installed(&["age", "jq", "sed"]) {
        return;
    }
    let fixture = Fixture::new();
    fs::create_dir(fixture.out()).unwrap();
    fs::write(fixture.out().join("recovery-key.txt"), fixture.key.as_age_key().as_str()).unwrap();
    let device = fs::read_dir(fixture.vault().join("records")).unwrap().next().unwrap().unwrap();
    let bucket = device.path().join("00000");
    let mut files: Vec<_> =
        fs::read_dir(bucket).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    fs::write(&files[1], "torn").unwrap();
    let output = run(&fixture.script("(b)"), &fixture.vault());
    assert!(output.status.success(), "{output:?}");
    assert_eq!(fixture.texts("newest.jsonl"), ["second try"]);
}
