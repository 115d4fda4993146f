//! Two programs started at the same moment on one record: one writes, the other reads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::proof::{Ledger, Order, Place, Tally, alone, quick_folder};

/// So many races, and a new vault is made.
const LIVES: u64 = 10;

/// The numbers under `records`, each with how often it is taken.
fn numbers(place: &Place) -> BTreeMap<(String, String), usize> {
    let mut numbers = BTreeMap::new();
    let names = |dir: &Path| {
        let entries = fs::read_dir(dir).into_iter().flatten();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>()
    };
    let records = place.vault.join("records");
    for device in names(&records) {
        for bucket in names(&records.join(&device)) {
            for file in names(&records.join(&device).join(bucket)) {
                let number = file.split('-').next().unwrap().to_owned();
                *numbers.entry((device.clone(), number)).or_default() += 1;
            }
        }
    }
    numbers
}

fn race(tally: &mut Tally) {
    let (mut both, mut slowest) = (0, 0);
    let mut home = quick_folder();
    let (mut place, mut ledger) = (Place::under(home.path()), Ledger::new());
    while let Some(number) = tally.next() {
        if number.is_multiple_of(LIVES) {
            home = quick_folder();
            (place, ledger) = (Place::under(home.path()), Ledger::new());
            drop(place.create().unwrap());
            ledger.read_all(&["TRY create".to_owned(), "ACK create ".to_owned()]);
        }
        let order = |seed| Order {
            task: "race",
            place: place.clone(),
            seed,
            passphrase: 1,
            detail: home.path().join("holder").to_str().unwrap().to_owned(),
        };
        let _ = fs::remove_file(home.path().join("holder.refused"));
        let mut racers = [order(2 * number).start(), order(2 * number + 1).start()];
        assert!(racers.iter_mut().all(|racer| racer.until("WAITING")));
        racers.iter_mut().for_each(|racer| racer.go_on());
        let mut writers = 0;
        for racer in racers {
            let ended = racer.wait();
            ended.assert_no_panic();
            ledger.read_all(&ended.lines);
            assert!(ended.lines.iter().all(|line| line != "TWO"), "two hold the lock: {ended:?}");
            writers += usize::from(ended.lines.iter().any(|line| line == "WRITES"));
            let ready = ended.lines.iter().filter_map(|line| line.strip_prefix("READY "));
            slowest = ready.map(|ms| ms.parse().unwrap()).fold(slowest, u64::max);
        }
        assert!(writers >= 1, "nobody may write");
        both += usize::from(writers == 1);
        let twice = numbers(&place).into_iter().find(|(_, count)| *count > 1);
        assert!(twice.is_none(), "a number is used twice: {twice:?}");
        ledger.check(&place).unwrap();
    }
    tally.print(&format!(
        " races, {both} met while one was writing; the slower was ready within {slowest} ms"
    ));
    assert!(both > 0, "they never met");
}

#[test]
fn of_two_programs_that_start_together_one_writes_and_no_number_is_used_twice() {
    alone(|| race(&mut Tally::new("two programs at once", "CAIRN_RACES_SHORT", 40)));
}

#[test]
#[ignore = "minutes: CAIRN_RACES says how many, 1,000 without it"]
fn of_a_thousand_pairs_of_programs_never_two_write() {
    alone(|| race(&mut Tally::new("two programs at once", "CAIRN_RACES", 1_000)));
}
