//! A folder that cannot be listed for a moment is not an empty folder.

use cairn::model::{Entry, Kind};
use cairn::vault::store::sim::{Call, Fault, Machine, Op, SimStore};
use cairn::vault::{OpenVault, Vault};
use serde_json::{Value, json};

use crate::support::vault::{World, id, later, now, passphrase};

const EIO: i32 = 5;

/// A person written here and a conversation with them written on another computer.
fn two_computers() -> World {
    let (world, mut here, _) = World::with_vault();
    let mut there = world.elsewhere().open();
    let entry = |kind, number, body: Value| Entry::new(kind, id(number), Vec::new(), body).unwrap();
    here.save(vec![entry(Kind::Person, 1, json!({ "name": "Dr Quill" }))], now()).unwrap();
    there.save(vec![entry(Kind::Session, 2, json!({ "person": id(1) }))], now()).unwrap();
    world
}

/// Does something while one listing after the other fails once.
fn at_every_listing(mut work: impl FnMut(&World, &mut OpenVault, &dyn Fn() -> Option<Op>)) {
    let two = two_computers();
    let mut listings = 0;
    for at in 1..100 {
        let world = two.copy();
        let machine = Machine::new();
        let store = Box::new(SimStore::new(&machine, 0, world.store.clone()));
        let vault = Vault::find(store, Box::new(world.local.clone())).unwrap().unwrap();
        let mut open = vault.unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap();
        let before = machine.calls();
        machine.arm(Fault::once(at, EIO));
        let failed = || {
            machine.disarm();
            let record = machine.record(before);
            record.into_iter().find(|op| op.fault && matches!(op.call, Call::List { .. }))
        };
        work(&world, &mut open, &failed);
        listings += usize::from(failed().is_some());
    }
    assert!(listings > 3);
}

#[test]
fn a_look_that_fails_takes_nothing_from_the_screen() {
    at_every_listing(|_, open, failed| {
        let refreshed = open.refresh(later(1));
        let Some(op) = failed() else { return };
        assert!(refreshed.is_err() || open.records().len() == 2, "after {op}: {refreshed:?}");
    });
}

#[test]
fn an_erasure_that_could_not_look_everywhere_does_not_say_that_it_is_done() {
    at_every_listing(|world, open, failed| {
        let mut number = 900;
        let mut fresh = || {
            number += 1;
            id(number)
        };
        let erased = open.erase(id(1), &mut fresh, later(1));
        let Some(op) = failed() else { return };
        // One file says that the person was erased.
        let left = world.record_files().len() - 1;
        assert!(erased.is_err() || left == 0, "after {op}: {erased:?}, and {left} files are left");
    });
}
