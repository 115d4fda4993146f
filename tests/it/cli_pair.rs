//! Pairing on the command line: two processes, two records, six words and four.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cairn::app::Desk;
use cairn::app::draft::Change;
use cairn::app::state::Opened;
use cairn::model::{Body, Id, Person};
use cairn::vault::Passphrase;
use serde_json::Value;

use crate::support::command::Terminal;
use crate::support::world::{PASSWORD, World};

const HERON: &str = "Dr Quiet Heron";
const MARTEN: &str = "Dr Pale Marten";

/// A record of somebody with these people in it.
fn record_of(own: &str, people: &[&str]) -> Terminal {
    let world = World::empty();
    let now = world.now().timestamp();
    let mut desk = world.desk();
    desk.create(&world.dir(), &Passphrase::new(PASSWORD), own, now).unwrap();
    for (at, name) in (1..).zip(people) {
        let person = Person { name: (*name).to_owned(), ..Person::default() };
        let id = Id::new(1_790_000_000_000 + at, u128::from(at));
        desk.save(&[Change { id, body: Body::Person(person) }], now).unwrap();
    }
    desk.lock();
    Terminal::on(world)
}

fn unlocked(terminal: &Terminal) -> (Desk, Opened) {
    let mut desk = terminal.world.desk();
    assert!(desk.find(&terminal.world.dir()).unwrap());
    let now = terminal.world.now().timestamp();
    let mut opened = desk.unlock(&Passphrase::new(PASSWORD), now).unwrap();
    desk.fill(&mut opened.journal);
    (desk, opened)
}

/// What the record keeps of the pairing with a person, as JSON.
fn kept(terminal: &Terminal, name: &str) -> Value {
    let (mut desk, opened) = unlocked(terminal);
    let (id, _) = opened.journal.find_people(name)[0];
    let kept = desk.pairing_of(id).unwrap();
    desk.lock();
    serde_json::to_value(kept).unwrap()
}

/// Every file of the record, with its bytes.
fn bytes(terminal: &Terminal) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![terminal.world.dir()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                files.insert(path, bytes);
            }
        }
    }
    files
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The words after the colon of the line to compare.
fn four_words(said: &str) -> String {
    let line = said.lines().find_map(|line| line.strip_prefix("Compare these four words aloud: "));
    let words = line.unwrap_or_else(|| panic!("{said}")).to_owned();
    assert_eq!(words.split(' ').count(), 4, "{said}");
    words
}

/// The secrets in what a record keeps.
fn secrets(kept: &Value) -> Vec<String> {
    let fields = ["identity", "random", "key", "digest"];
    let of = [&kept["pair"], &kept["pending"]];
    let all = of.iter().flat_map(|of| fields.iter().filter_map(|field| of[*field].as_str()));
    all.map(ToOwned::to_owned).collect()
}

#[test]
fn two_people_pair_compare_and_part_again() {
    let (heron, marten) = (record_of(HERON, &[MARTEN]), record_of(MARTEN, &[HERON]));
    let shared = tempfile::tempdir().unwrap();
    let file = |name: &str| shared.path().join(name);
    let (invitation, reply, words) = (file("a.cairn"), file("b.cairn"), file("words.txt"));
    let invite = ["pair", "invite", "--out", text(&invitation), "--words-file", text(&words)];
    let done = heron.run(&invite);
    assert!(done.err.contains("Say the six words aloud"), "{}", done.err);
    assert_eq!(done.fine(), "", "the words are in their file");
    let six = fs::read_to_string(&words).unwrap();
    assert_eq!(six.split_whitespace().count(), 6, "{six}");
    assert!(!String::from_utf8_lossy(&fs::read(&invitation).unwrap()).contains("Heron"));

    // The wrong words first, then the right ones as somebody types them.
    let typed = file("typed.txt");
    let accept = ["pair", "accept", text(&invitation), "--out", text(&reply), "--words-file"];
    let accept = [&accept[..], &[text(&typed)]].concat();
    let before = bytes(&marten);
    for (wrong, expected) in [
        ("abandon ability able about above absent", "do not open this invitation"),
        ("abandon ability zephyrquill about above absent", "Word 3 is not one"),
        ("abandon ability", "There are 2"),
    ] {
        fs::write(&typed, wrong).unwrap();
        let said = marten.run(&accept).refused(2);
        assert!(said.contains(expected) && !said.contains("zephyrquill"), "{said}");
        assert!(!reply.exists());
    }
    assert_eq!(bytes(&marten), before, "refusals leave the record as it was");
    fs::write(&typed, six.to_uppercase().replace(' ', "\n 1. ")).unwrap();
    let done = marten.run(&accept);
    assert!(done.err.contains("pair matches"), "{}", done.err);
    let theirs = four_words(&done.fine());

    // Once more is refused on both sides, and changes nothing.
    let before = bytes(&marten);
    let again = file("again.cairn");
    let mut twice = accept.clone();
    twice[4] = text(&again);
    let said = marten.run(&twice).refused(2);
    assert!(said.contains("already paired with Dr Quiet Heron"), "{said}");
    assert!(!again.exists());
    assert_eq!(bytes(&marten), before);

    let said = heron.run(&["pair", "finish", text(&reply)]).fine();
    assert_eq!(four_words(&said), theirs, "both see the same four words");
    assert!(said.contains("paired with Dr Pale Marten") && !said.contains("They call"), "{said}");
    let before = bytes(&heron);
    let done = heron.run(&["--json", "pair", "finish", text(&reply)]).json();
    assert_eq!((&done["words"], &done["checked"]), (&theirs.as_str().into(), &false.into()));
    let said = heron.run(&["pair", "invite", "--out", text(&again)]).refused(2);
    assert!(said.contains("already paired"), "{said}");
    assert_eq!(bytes(&heron), before, "the same reply once more adds nothing");

    let (ours, theirs) = (kept(&heron, MARTEN), kept(&marten, HERON));
    assert_eq!(ours["pair"]["key"], theirs["pair"]["key"]);
    assert_eq!((&ours["checked"], &ours["pair"]["side"]), (&false.into(), &"inviter".into()));
    heron.run(&["pair", "matches"]).fine();
    assert_eq!(kept(&heron, MARTEN)["checked"], true);
    let done = heron.run(&["--json", "pair", "finish", text(&reply)]).json();
    assert_eq!(done["checked"], true);
    let receipts = marten.run(&["--json", "list", "--kind", "receipt"]).json().to_string();
    assert!(receipts.contains("Reply to an invitation to pair"), "{receipts}");

    heron.run(&["pair", "stop", "--person", MARTEN]).fine();
    let after = kept(&heron, MARTEN);
    assert!(secrets(&after).is_empty() && after["unpaired"].is_string(), "{after}");
    let before = bytes(&heron);
    for run in [&["pair", "stop"][..], &["pair", "matches"]] {
        let said = heron.run(run).refused(2);
        assert!(said.contains("You are not paired with Dr Pale Marten"), "{said}");
    }
    let said = heron.run(&["pair", "finish", text(&reply)]).refused(2);
    assert!(said.contains("no invitation that is open here"), "{said}");
    assert_eq!(bytes(&heron), before);
    heron.run(&["pair", "invite", "--out", text(&again)]).fine();
}

#[test]
fn a_second_reply_is_an_alarm_and_ones_own_files_are_refused() {
    let heron = record_of(HERON, &[MARTEN, "Dr Loud Crane"]);
    let (marten, stranger) = (record_of(MARTEN, &[HERON]), record_of(MARTEN, &[HERON]));
    let shared = tempfile::tempdir().unwrap();
    let file = |name: &str| shared.path().join(name);
    let (invitation, words) = (file("a.cairn"), file("words.txt"));
    let said = heron.run(&["pair", "invite", "--out", text(&invitation)]).refused(64);
    assert!(said.contains("--person is needed: there are 2 people"), "{said}");
    let invite = ["pair", "invite", "--person", MARTEN, "--out", text(&invitation)];
    let six = heron.run(&invite).fine();
    assert_eq!(six.split_whitespace().count(), 6, "the words alone: {six}");
    fs::write(&words, &six).unwrap();
    let before = bytes(&heron);
    let said = heron.run(&invite).refused(2);
    assert!(said.contains("a file with this name already"), "{said}");
    assert_eq!(bytes(&heron), before);

    let accept = |terminal: &Terminal, out: &Path, rest: &[&str]| {
        let run = ["pair", "accept", text(&invitation), "--out", text(out), "--words-file"];
        terminal.run(&[&run[..], &[text(&words)], rest].concat())
    };
    let own = file("own.cairn");
    let said = accept(&heron, &own, &["--person", "Dr Loud Crane"]).refused(2);
    assert!(said.contains("was made here"), "{said}");
    let (first, second) = (file("b.cairn"), file("c.cairn"));
    accept(&marten, &first, &["--name", "Pale"]).fine();
    accept(&stranger, &second, &[]).fine();
    let said = heron.run(&["pair", "finish", text(&invitation)]).refused(2);
    assert!(said.contains("not a reply"), "{said}");
    assert_eq!(bytes(&heron), before, "refusals leave the record as it was");
    let said = heron.run(&["pair", "finish", text(&first)]).fine();
    assert!(said.contains("They call themselves Pale."), "{said}");
    let before = bytes(&heron);
    let said = heron.run(&["pair", "finish", text(&second)]).refused(2);
    assert!(said.contains("Alarm") && said.contains("second reply"), "{said}");
    assert_eq!(bytes(&heron), before, "an alarm changes nothing");

    // Without a name of one's own it is asked for.
    let nobody = record_of("", &[HERON]);
    let out = file("d.cairn");
    let said = nobody.run(&["pair", "invite", "--out", text(&out)]).refused(64);
    assert!(said.contains("--name"), "{said}");
    let said = record_of(HERON, &[]).run(&["pair", "invite", "--out", text(&out)]).refused(2);
    assert!(said.contains("nobody in the record"), "{said}");
    assert!(!out.exists() && !own.exists());
}

#[test]
fn no_list_copy_or_pack_holds_a_key_of_a_pair() {
    let (heron, marten) = (record_of(HERON, &[MARTEN]), record_of(MARTEN, &[HERON]));
    let shared = tempfile::tempdir().unwrap();
    let file = |name: &str| shared.path().join(name);
    let (invitation, reply, words) = (file("a.cairn"), file("b.cairn"), file("words.txt"));
    let six = heron.run(&["pair", "invite", "--out", text(&invitation)]).fine();
    fs::write(&words, &six).unwrap();
    let accept = ["pair", "accept", text(&invitation), "--out", text(&reply), "--words-file"];
    marten.run(&[&accept[..], &[text(&words)]].concat()).fine();
    heron.run(&["pair", "finish", text(&reply)]).fine();
    heron.run(&["pair", "matches"]).fine();

    let kept = kept(&heron, MARTEN);
    let mut secrets = secrets(&kept);
    assert_eq!(secrets.len(), 5, "{kept}");
    secrets.push(six.trim().to_owned());
    let rows = heron.run(&["--json", "list", "--kind", "pairing"]).json();
    let id = rows[0]["id"].as_str().unwrap().to_owned();
    let all = file("everything.json");
    let mut said = rows.to_string();
    let shown = heron.run(&["--json", "show", &id]).json();
    assert_eq!(shown["checked"], true, "what it is stays to be seen: {shown}");
    said.push_str(&shown.to_string());
    for run in [
        &["list"][..],
        &["--json", "list"],
        &["show", &id],
        &["export", "--format", "json", "--out", text(&all)],
        &["search", &secrets[0]],
        &["--json", "search", &secrets[1]],
        &["verify"],
    ] {
        let done = heron.run(run);
        said.push_str(&done.err);
        said.push_str(&done.fine());
    }
    let everything = fs::read_to_string(&all).unwrap();
    assert!(everything.contains("\"pairing\""), "the copy says that there is one");
    said.push_str(&everything);

    // What every screen, pack and letter is made from.
    let (mut desk, opened) = unlocked(&heron);
    let (person, _) = opened.journal.find_people(MARTEN)[0];
    let bodies: Vec<(Id, Body)> =
        opened.journal.all().chain(opened.journal.all_about(person)).collect();
    said.push_str(&format!("{bodies:?}"));
    // The versions that the history shows, and a save of what was shown.
    let id: Id = id.parse().unwrap();
    for outcome in desk.run(cairn::app::Job::History(id)) {
        let cairn::app::Outcome::History(_, Ok(history)) = outcome else { panic!("a history") };
        assert!(history.versions.len() > 2);
        for version in &history.versions {
            said.push_str(&version.body.to_string());
        }
    }
    let body = opened.journal.get(id).unwrap();
    let change = Change { id, body };
    assert!(desk.save(&[change], heron.world.now().timestamp()).is_err(), "it would lose the keys");
    desk.lock();
    assert!(said.contains("zephyr") || said.len() > 2000, "there is something to look through");
    for secret in &secrets {
        // What was searched for is not said back, either.
        assert!(!said.contains(secret.as_str()));
    }
    let four = kept["pair"]["words"].as_str().unwrap();
    assert!(!everything.contains(four));
}
