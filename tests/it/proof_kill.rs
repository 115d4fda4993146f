//! Killing the program at any moment: what it acknowledged is there, what it did not is there
//! wholly or not at all, and the next start needs no help.

use crate::support::proof::{Dice, Ledger, Order, Place, Tally, alone, in_threads, quick_folder};

/// How many kills one vault lives through before a new one is made.
const LIVES: u64 = 5;

/// Kills a process that saves, at random moments, again and again.
fn kill_savers(tally: &mut Tally, seed: u64) {
    let saved = in_threads(3, tally, |thread, next| {
        let mut dice = Dice::new(seed + thread);
        let mut acknowledged = 0;
        'vaults: loop {
            let dir = quick_folder();
            let (place, mut ledger) = (Place::under(dir.path()), Ledger::new());
            for _ in 0..LIVES {
                if next().is_none() {
                    break 'vaults acknowledged + ledger.acknowledged();
                }
                let order = Order {
                    task: "saves",
                    place: place.clone(),
                    seed: dice.next(),
                    passphrase: ledger.passphrase(),
                    detail: String::new(),
                };
                let mut running = order.start();
                // One in four dies while it is still starting.
                let early = dice.below(4) == 0 || !running.until("READY");
                let ended = running.kill_after(dice.time(if early { 40 } else { 15 }));
                ended.assert_no_panic();
                ledger.read_all(&ended.lines);
                assert!(ledger.refused().is_empty(), "{:?}", ledger.refused());
                let made = ledger.check(&place);
                if !made.unwrap_or_else(|why| panic!("{why}\n{order:?}\n{ended:?}")) {
                    // Killed while it was made: the half of it is left to the person.
                    break;
                }
            }
            acknowledged += ledger.acknowledged();
        }
    });
    let saved: u64 = saved.iter().sum();
    assert!(saved > 0, "nothing was ever saved");
    tally.print(&format!(", {saved} saves acknowledged, none lost"));
}

#[test]
fn a_process_killed_while_it_saves_loses_nothing_that_it_acknowledged() {
    alone(|| {
        kill_savers(
            &mut Tally::new("kill -9 of a process that saves", "CAIRN_KILLS_SHORT", 300),
            1,
        );
    });
}

#[test]
#[ignore = "minutes: CAIRN_KILLS says how many, 10,000 without it"]
fn a_process_killed_ten_thousand_times_loses_nothing() {
    alone(|| {
        kill_savers(
            &mut Tally::new("kill -9 of a process that saves", "CAIRN_KILLS", 10_000),
            1_000,
        );
    });
}
