//! Killing the real program while it adds a conversation: what it printed as kept is there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use cairn::vault::{OpenVault, RecoveryKey};

use crate::support::proof::{Dice, Place, Running, Tally, alone, entries_of, quick_folder};
use crate::support::vault::verify;

const PASSPHRASE: &str = "copper lantern ferry mild";

/// A record, and the program to run on it.
struct Home {
    dir: PathBuf,
    place: Place,
    key: RecoveryKey,
}

impl Home {
    /// Made by the program itself, with the work that a key costs in earnest.
    fn real(dir: &Path) -> Home {
        let place = Place::under(dir);
        let sheet = dir.join("sheet");
        std::fs::write(dir.join("passphrase"), PASSPHRASE).unwrap();
        let mut create = program(dir);
        let made = create.arg("create").arg("--recovery-file").arg(&sheet).output().unwrap();
        assert!(made.status.success(), "{made:?}");
        let sheet = std::fs::read_to_string(sheet).unwrap();
        let key = sheet.split_whitespace().find(|word| word.starts_with("AGE-SECRET-KEY-"));
        Home { dir: dir.to_owned(), place, key: RecoveryKey::parse(key.unwrap()).unwrap() }
    }

    /// With little work, so that more of the time goes into what is tested.
    fn quick(dir: &Path) -> Home {
        let place = Place::under(dir);
        let (store, local) = place.stores();
        std::fs::write(dir.join("passphrase"), PASSPHRASE).unwrap();
        let passphrase = cairn::vault::Passphrase::new(PASSPHRASE);
        let (cost, now) = (crate::support::vault::cost(), jiff::Timestamp::now());
        let made = cairn::vault::Vault::create(store, local, &passphrase, cost, now).unwrap();
        Home { dir: dir.to_owned(), place, key: made.1 }
    }

    /// Adds the conversation with this number.
    fn add(&self, number: u64) -> Running {
        let file = self.dir.join("conversation.json");
        let text = serde_json::json!({
            "id": format!("s{number}"), "date": "2026-03-04", "trainee": "Dr Quiet Heron",
            "trainee_id": "t1", "template": "check-in",
            "fields": [{ "id": "now", "prompt": "How are things?",
                         "answer": format!("Conversation {number}. ").repeat(200) }],
            "actions": [{ "id": format!("a{number}"), "text": "Ask the rota lead.",
                          "due": "2026-03-18", "done": false }],
        });
        std::fs::write(&file, text.to_string()).unwrap();
        let mut command = program(&self.dir);
        Running::start(command.arg("add").arg(file))
    }

    /// Opens by the recovery key, which costs no work.
    fn open(&self) -> OpenVault {
        let vault = self.place.find().unwrap().unwrap();
        let now = jiff::Timestamp::now();
        vault.unlock_with_recovery_key(&self.key, now).map_err(|(_, error)| error).unwrap()
    }
}

fn program(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cairn"));
    command
        .args(["--vault".as_ref(), dir.join("vault").as_os_str()])
        .args(["--passphrase-file".as_ref(), dir.join("passphrase").as_os_str()])
        .env_clear()
        .env("HOME", dir)
        .env("XDG_STATE_HOME", dir.join("home"));
    command
}

/// The id that was printed: the program's word that the record is durable.
fn printed(lines: &[String]) -> Option<&String> {
    lines.first().filter(|line| line.len() == 26)
}

/// How many versions an added conversation has: itself and its action, in one file.
const PARTS: usize = 2;

fn kill_adders(home: &Home, tally: &mut Tally) {
    let mut dice = Dice::new(3);
    // The first one also writes the person, and says how long it takes.
    let begun = Instant::now();
    let first = home.add(0).wait();
    let usual = begun.elapsed();
    assert!(first.fine && printed(&first.lines).is_some(), "{first:?}");
    let mut held: BTreeMap<String, String> = entries_of(&home.open());
    let mut kept = 0;
    while let Some(number) = tally.next() {
        // Most of the time goes into starting and the key; the end is where it matters.
        let least = usual.mul_f64(0.6);
        let time = least + Duration::from_micros(dice.below(usual.as_micros() as u64 * 6 / 10));
        let ended = home.add(number + 1).kill_after(time);
        ended.assert_no_panic();
        let open = home.open();
        assert_eq!(open.read_only(), None);
        let now = entries_of(&open);
        assert!(held.iter().all(|(name, hash)| now.get(name) == Some(hash)), "lost {number}");
        let new: Vec<&String> = now.keys().filter(|name| !held.contains_key(*name)).collect();
        assert!(new.is_empty() || new.len() == PARTS, "a part of a save is there: {new:?}");
        if let Some(id) = printed(&ended.lines) {
            assert!(new.iter().any(|name| name.starts_with(id)), "{id} was printed and is lost");
            kept += 1;
        }
        let report = verify(&open);
        assert!(report.damaged.is_empty() && open.warnings().is_empty(), "{report:?}");
        held = now;
    }
    let last = home.add(1_000_000).wait();
    assert!(last.fine && printed(&last.lines).is_some(), "{last:?}");
    tally.print(&format!(", {kept} printed an id before they died, none lost"));
}

#[test]
fn the_program_killed_while_it_adds_loses_nothing_that_it_printed() {
    alone(|| {
        let dir = quick_folder();
        let mut tally = Tally::new("kill -9 of cairn add, weak key", "CAIRN_ADDS_SHORT", 20);
        kill_adders(&Home::quick(dir.path()), &mut tally);
    });
}

#[test]
#[ignore = "minutes: CAIRN_ADDS says how many, 300 without it"]
fn the_program_killed_three_hundred_times_while_it_adds_loses_nothing() {
    alone(|| {
        let dir = tempfile::tempdir().unwrap();
        let mut tally = Tally::new("kill -9 of cairn add", "CAIRN_ADDS", 300);
        kill_adders(&Home::real(dir.path()), &mut tally);
    });
}
