//! What a real window leaves in memory, on the clipboard and for other programs of the same
//! user. On a display of its own, with real keys; as root it looks into the memory itself.
#![cfg(target_os = "linux")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use age::secrecy::{ExposeSecret as _, SecretString};
use cairn::app::action::{RecordAction, SessionAction};
use cairn::app::{Action, Screen};
use cairn::model::Answer;

use crate::support::display::{
    Display, Program, as_nobody, inheritable, installed, is_root, nobody_can_run, occurrences, skip,
};
use crate::support::talk::made;
use crate::support::world::{PASSWORD, World};

const PERSON: &str = "Dr Canaria Quillfeather";
const KEPT: &str = "CANARY-kept-7Hq2: she asked not to be named.";
const TYPED: &str = "CANARY-typed-9Zx4 and no more";

/// A record with one person and one private answer, and its key as the files hold it.
fn record() -> (World, String) {
    let world = World::empty();
    let mut app = made(&world);
    app.act(vec![Action::Go(Screen::AddPerson)]);
    app.inputs.person.name = PERSON.to_owned();
    app.act(vec![Action::Record(RecordAction::SavePerson)]);
    let person = app.state.open().unwrap().journal.people()[0].0;
    let template = "mid-point-review".to_owned();
    app.act(vec![Action::Session(SessionAction::Start { template, person: Some(person) })]);
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.sections[0].items[0].answer = Some(Answer::Text(KEPT.to_owned()));
    draft.touched = true;
    app.finish();
    let key = key_of(&world);
    (world, key)
}

/// The key of the record, such as `AGE-SECRET-KEY-1…`.
fn key_of(world: &World) -> String {
    let keys = std::fs::read_dir(world.dir().join("keys")).unwrap();
    let mut files = keys.map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let file = files.find(|path| name(path).starts_with("identity-")).unwrap();
    let sealed = std::fs::read(file).unwrap();
    let identity = age::scrypt::Identity::new(SecretString::from(PASSWORD.to_owned()));
    let plain = String::from_utf8(age::decrypt(&identity, &sealed).unwrap()).unwrap();
    let key = plain.lines().find(|line| line.starts_with("AGE-SECRET-KEY-1")).unwrap();
    // As the cipher reads it, too: the check that this is the key and nothing like it.
    let parsed: age::x25519::Identity = key.parse().unwrap();
    assert_eq!(parsed.to_string().expose_secret(), key);
    key.to_owned()
}

fn unlock(program: &mut Program<'_>) {
    program.type_text(PASSWORD);
    program.press("Return");
    assert!(program.within(30, |program| program.is_unlocked()), "not unlocked");
}

/// Types a reflection. The first key waits until the window has opened the record and shows the
/// editor: only then it becomes a draft on the disk.
fn write_a_note(program: &mut Program<'_>, world: &World) {
    let (first, rest) = TYPED.split_at(1);
    let drafts = world.file("state-home");
    let begun = program.within(30, |program| {
        program.press("ctrl+shift+n");
        std::thread::sleep(Duration::from_millis(300));
        program.type_text(first);
        program.within(3, |_| a_draft_is_in(&drafts))
    });
    assert!(begun, "nothing could be typed");
    program.type_text(rest);
    std::thread::sleep(Duration::from_millis(500));
}

fn a_draft_is_in(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.into_iter().any(|path| match path.is_dir() {
        true => a_draft_is_in(&path),
        false => folder.ends_with("drafts"),
    })
}

fn lock(program: &mut Program<'_>) {
    assert!(program.replaced_by(|program| program.press("ctrl+l")), "the process stayed");
    program.focus();
}

#[test]
fn after_a_lock_no_note_no_password_and_no_key_is_in_memory_or_on_the_clipboard() {
    if !installed(&["Xvfb", "xdotool", "setpriv", "xclip"]) {
        return;
    }
    let (world, key) = record();
    let texts = [KEPT, TYPED, PERSON, "Canaria", PASSWORD, &key, "AGE-SECRET-KEY-1"];
    let display = Display::start();
    let Some(mut program) = Program::start(&display, &world) else { return };
    unlock(&mut program);
    write_a_note(&mut program, &world);
    assert_eq!(program.title(), "Cairn");
    copy_the_note(&mut program, &display);
    assert_eq!(display.ask("xclip", &["-o", "-selection", "primary"]), None, "a selection");
    nothing_stays_open(&program);

    let before = is_root().then(|| program.holds(&texts));
    lock(&mut program);
    match before {
        Some(before) => {
            assert!(before[..3].iter().all(|count| *count > 0), "the scan finds: {before:?}");
            assert_eq!(program.holds(&texts), [0; 7], "before the lock: {before:?}");
        }
        None => skip("only root can look into the memory of a process that forbids it"),
    }
    assert_eq!(clipboard(&display), None, "it went with the lock");
    assert_eq!(program.title(), "Cairn");
    is_closed_to_others(&mut program);
}

/// No file would stay open from one process to the next.
fn nothing_stays_open(program: &Program<'_>) {
    let mut given = inheritable(std::process::id());
    given.extend(["0", "1", "2"].map(String::from));
    let more = &inheritable(program.id()) - &given;
    assert!(more.is_empty(), "{more:?}");
}

/// Another program of the same user can't read the memory, and no core is written.
fn is_closed_to_others(program: &mut Program<'_>) {
    let core = program.about("limits");
    let core = core.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().collect::<Vec<_>>()[4..6], ["0", "0"], "{core}");
    if is_root() && !nobody_can_run(env!("CARGO_BIN_EXE_cairn")) {
        return skip("the program lies where only root can reach it, so it ran as root");
    }
    let mut plain = same_user("sleep").arg("30").spawn().unwrap();
    let refusal = |process: u32, file: &str| {
        let path = format!("/proc/{process}/{file}");
        let read = same_user("head").args(["-c", "1", &path]).output().unwrap();
        (!read.status.success()).then(|| String::from_utf8_lossy(&read.stderr).into_owned())
    };
    // Until setpriv has become the other program, it is root's.
    let readable = program.within(5, |_| refusal(plain.id(), "environ").is_none());
    for file in ["mem", "environ", "maps"] {
        let said = refusal(program.id(), file).unwrap_or_default();
        assert!(said.contains("Permission denied"), "{file}: {said}");
    }
    plain.kill().unwrap();
    plain.wait().unwrap();
    if !readable {
        skip("no program of the same user can be looked into here, so this proves nothing");
    }
}

/// A command as the user who runs the program.
fn same_user(program: &str) -> Command {
    if is_root() { as_nobody(program) } else { Command::new(program) }
}

#[test]
#[ignore = "waits for two minutes"]
fn copied_text_goes_after_a_minute_and_a_second_process_locks_as_well_as_the_first() {
    if !installed(&["Xvfb", "xdotool", "xclip", "setpriv"]) {
        return;
    }
    let (world, key) = record();
    let texts = [KEPT, TYPED, PASSWORD, &key];
    let display = Display::start();
    let Some(mut program) = Program::start(&display, &world) else { return };
    unlock(&mut program);
    write_a_note(&mut program, &world);
    lock(&mut program);
    unlock(&mut program);
    // It is on the screen that was left, with the caret in its place.
    std::thread::sleep(Duration::from_secs(3));
    copy_the_note(&mut program, &display);
    std::thread::sleep(Duration::from_secs(50));
    assert_eq!(clipboard(&display).as_deref(), Some(TYPED), "after 50 seconds");
    std::thread::sleep(Duration::from_secs(11));
    assert_eq!(clipboard(&display), None, "after 61 seconds");

    copy_the_note(&mut program, &display);
    let other = Stdio::piped();
    let mut xclip = display.command("xclip", &["-selection", "clipboard"]);
    let mut xclip = xclip.stdin(other).spawn().unwrap();
    xclip.stdin.take().unwrap().write_all(b"from another program").unwrap();
    xclip.wait().unwrap();
    std::thread::sleep(Duration::from_secs(61));
    assert_eq!(clipboard(&display).as_deref(), Some("from another program"));
    lock(&mut program);
    assert_eq!(clipboard(&display).as_deref(), Some("from another program"));
    if is_root() {
        assert_eq!(program.holds(&texts), [0; 4]);
    }
}

fn copy_the_note(program: &mut Program<'_>, display: &Display) {
    program.press("ctrl+a");
    program.press("ctrl+c");
    let copied = program.within(10, |_| clipboard(display).as_deref() == Some(TYPED));
    assert!(copied, "{:?}", clipboard(display));
    let offered = display.ask("xclip", &["-o", "-selection", "clipboard", "-t", "TARGETS"]);
    assert!(offered.unwrap().contains("x-kde-passwordManagerHint"), "for clipboard histories");
}

fn clipboard(display: &Display) -> Option<String> {
    display.ask("xclip", &["-o", "-selection", "clipboard"])
}

#[test]
fn the_scan_sees_what_it_looks_for() {
    assert_eq!(occurrences(b"xaabaabx", b"aab"), 2);
    assert_eq!(occurrences(b"aaaa", b"aa"), 3);
    assert_eq!(occurrences(b"xxa", b"ab"), 0);
    assert_eq!(occurrences(b"xxxxx", b"ab"), 0);
    assert_eq!(occurrences(b"ab", b"ab"), 1);
}
