//! Clocks that are wrong: the order of versions, the merging and the work that a key costs do not
//! depend on them.

use std::process::Output;

use cairn::model::{Id, Rev};
use jiff::{SignedDuration, Timestamp};

use crate::support::proof::{Place, alone, has_tools, passphrase_file, tool};
use crate::support::vault::{World, go_on, id, next_version, note, now, passphrase};

const YEARS: i64 = 10 * 365 * 24;

/// A morning on two computers, each with a clock of its own, and what both hold in the end.
fn morning(
    mut here: impl FnMut() -> Timestamp,
    mut there: impl FnMut() -> Timestamp,
) -> Vec<(Id, Vec<Rev>)> {
    let (world, mut one, _) = World::with_vault();
    let world = world.copy();
    let elsewhere = world.elsewhere();
    one.save(vec![note(1, "one"), note(2, "two")], here()).unwrap();
    drop(one);
    let open = |world: &World, now: Timestamp| {
        world.find().unlock(&passphrase(), now).map_err(|(_, error)| error).unwrap()
    };
    let mut one = open(&world, here());
    one.save(vec![note(1, "one")], here()).unwrap();
    let mut two = open(&elsewhere, there());
    for round in 0..3 {
        // Both change the same record side by side, then each sees the other.
        let ours = next_version(&one, 1, &format!("here {round}"));
        let theirs = next_version(&two, 1, &format!("there {round}"));
        one.save(vec![ours], here()).unwrap();
        two.save(vec![theirs], there()).unwrap();
        one.draft_put(id(7), format!("draft {round}").as_bytes(), here()).unwrap();
        one.refresh(here()).unwrap();
        two.refresh(there()).unwrap();
        let both = next_version(&one, 1, &format!("both {round}"));
        assert_eq!(both.parents.len(), 2, "two versions side by side are joined");
        one.save(vec![both], here()).unwrap();
        two.refresh(there()).unwrap();
        // The end of a session, and the next one.
        drop(one.lock(here()));
        one = open(&world, here());
        assert_eq!(one.read_only(), None);
        assert_eq!(
            one.draft_get(id(7)).unwrap().content.as_slice(),
            format!("draft {round}").as_bytes()
        );
    }
    assert_eq!(one.verify(here(), &mut go_on).unwrap().damaged, []);
    let state = |vault: &cairn::vault::OpenVault| {
        vault.records().ids().map(|id| (id, vault.records().heads(id))).collect::<Vec<_>>()
    };
    assert_eq!(state(&one), state(&two));
    state(&one)
}

#[test]
fn a_wrong_clock_changes_neither_the_order_nor_the_merging() {
    let right = morning(now, now);
    let at = |text: &str| -> Timestamp { text.parse().unwrap() };
    let wrong = [
        at("1970-01-01T00:00:00Z"),
        at("1969-12-31T23:59:59Z"),
        now() - SignedDuration::from_hours(YEARS),
        now() + SignedDuration::from_hours(YEARS),
        at("2038-01-19T03:14:08Z"),
        Timestamp::MIN,
        Timestamp::MAX,
    ];
    for clock in wrong {
        assert_eq!(morning(|| clock, now), right, "{clock} here");
        assert_eq!(morning(now, || clock), right, "{clock} there");
    }
    // It jumps at every look, back and forth.
    let mut looks = 0;
    let jumping = || {
        looks += 1;
        wrong[looks % wrong.len()]
    };
    assert_eq!(morning(jumping, now), right, "a clock that jumps");
}

/// Runs the program under another clock.
fn under(clock: &str, place: &Place, arguments: &[&str]) -> Output {
    let dir = place.vault.parent().unwrap();
    tool("faketime")
        .args(["-f", clock, env!("CARGO_BIN_EXE_cairn")])
        .args(["--vault".as_ref(), place.vault.as_os_str()])
        .args(["--passphrase-file".as_ref(), passphrase_file(dir, 1).as_os_str()])
        .args(arguments)
        .env("HOME", dir.join("home"))
        .env("XDG_STATE_HOME", dir.join("home"))
        .env("TZ", "UTC")
        .output()
        .unwrap()
}

/// In 1970, ten years slow, ten years fast, after the end of 32-bit time, and one that runs a
/// thousand times too fast, so that it jumps while a key is derived.
const CLOCKS: [&str; 5] =
    ["@1970-01-01 00:00:00", "-10y", "+10y", "@2038-01-19 03:14:08", "+0 x1000"];

#[test]
fn the_program_works_under_a_wrong_clock() {
    alone(|| {
        if !has_tools(&["faketime"]) {
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        let place = Place::under(dir.path());
        drop(place.create().unwrap());
        let file = dir.path().join("note.json");
        for (number, clock) in CLOCKS.iter().enumerate() {
            let note = format!(r#"{{"id":"s{number}","date":"2026-03-04","trainee":"Dr Heron"}}"#);
            std::fs::write(&file, note).unwrap();
            let added = under(clock, &place, &["add", file.to_str().unwrap()]);
            assert!(added.status.success(), "{clock}: {added:?}");
            let checked = under(clock, &place, &["verify"]);
            assert!(checked.status.success(), "{clock}: {checked:?}");
            let listed = under(clock, &place, &["list", "--kind", "session", "--json"]);
            let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
            assert_eq!(listed.as_array().unwrap().len(), number + 1, "{clock}");
        }
    });
}

#[test]
fn a_key_costs_its_full_work_under_a_wrong_clock() {
    alone(|| {
        if !has_tools(&["faketime"]) {
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        let place = Place::under(dir.path());
        let sheet = dir.path().join("sheet");
        let arguments = ["create", "--recovery-file", sheet.to_str().unwrap()];
        // It also runs a thousand times too fast: what times itself would think it slow.
        let made = under("@1970-01-01 00:00:00 x1000", &place, &arguments);
        assert!(made.status.success(), "{made:?}");
        let keys = std::fs::read_dir(place.vault.join("keys")).unwrap();
        let keys: Vec<_> = keys.map(|key| key.unwrap().path()).collect();
        let identity = keys.iter().find(|key| key.to_str().unwrap().contains("identity"));
        let bytes = std::fs::read(identity.unwrap()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let stanza: Vec<&str> = text.lines().nth(1).unwrap().split(' ').collect();
        assert_eq!((stanza[1], stanza[3]), ("scrypt", "18"));
    });
}
