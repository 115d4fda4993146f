//! The processes that the proofs start, stop and kill. Started by a person they do nothing.

use std::time::Instant;

use cairn::vault::{ReadOnly, VaultError};
use jiff::Timestamp;

use crate::support::proof::{Order, Place, Work, passphrase, process_says, wait_for_go};

/// Makes the vault where there is none, then saves until it is killed. The detail says what the
/// store forgets.
#[test]
#[ignore = "a process that other tests start"]
fn saves() {
    let Some(mut order) = Order::given() else { return };
    order.place.fault = std::mem::take(&mut order.detail);
    let Some(mut work) = begin(&order) else { return };
    process_says("READY");
    loop {
        // What is refused is told; a power cut refuses everything, and then the kill comes.
        let _ = work.step();
    }
}

/// Does one thing that a person does, named by the detail, and a plain save after it.
#[test]
#[ignore = "a process that other tests start"]
fn scene() {
    let Some(order) = Order::given() else { return };
    wait_for_go();
    if let Some(work) = begin(&order) {
        play(work, &order);
    }
    // The test's own frame has more to write; what is done to `write` is not meant for it.
    std::process::exit(0);
}

/// A step of a scene.
type Action = fn(&mut Work<'static>, &Place) -> Result<(), VaultError>;

fn play(mut work: Work<'static>, order: &Order) {
    let add: Action = |work, _| work.add();
    let edit: Action = |work, _| work.edit();
    let draft: Action = |work, _| work.draft();
    let attach: Action = |work, _| work.attach();
    let about: Action = |work, _| work.add_about();
    let settle: Action = |work, _| work.settle();
    let back_up: Action = |work, place| work.back_up(&place.beside("backup").vault);
    let steps: &[Action] = match order.detail.as_str() {
        "create" => &[],
        "add" => &[add, |work, _| work.add_two()],
        "edit" => &[edit, edit],
        "draft" => &[draft, draft, |work, _| work.clear(), draft],
        "attach" => &[attach, attach],
        "erase" => &[about, about, |work, _| work.erase(), settle],
        "settle" => &[add, settle, edit, settle],
        "backup" => &[back_up, add, back_up],
        "move" => &[|work, place| work.move_to(&place.beside("moved").vault, 5_000)],
        "passphrase" => &[|work, _| work.change_passphrase()],
        other => panic!("no such scene: {other}"),
    };
    for step in steps {
        // What is refused is told; the person goes on.
        let _ = step(&mut work, &order.place);
    }
    let _ = work.add();
}

fn begin(order: &Order) -> Option<Work<'static>> {
    let opened = match order.place.find() {
        Ok(Some(_)) => order.place.open(order.passphrase),
        Ok(None) => {
            process_says("TRY create");
            order.place.create().inspect(|_| process_says("ACK create "))
        }
        Err(error) => Err(error),
    };
    match opened {
        Ok(vault) => Some(Work::new(vault, order.passphrase, order.seed, process_says)),
        Err(error) => {
            process_says(&format!("REFUSED {error:?}"));
            None
        }
    }
}

/// Takes up the writing if it can, and says whether it was alone with it. The detail is a folder
/// that whoever writes makes, and removes when it stops. Whoever may only read leaves a file
/// beside it, for which every second writer waits a while, so that they often meet.
#[test]
#[ignore = "a process that other tests start"]
fn race() {
    let Some(order) = Order::given() else { return };
    wait_for_go();
    let begun = Instant::now();
    let refused = std::path::Path::new(&order.detail).with_extension("refused");
    let vault = order.place.find().unwrap().unwrap();
    let vault = vault.unlock(&passphrase(order.passphrase), Timestamp::now());
    let vault = vault.map_err(|(_, error)| error).unwrap();
    process_says(&format!("READY {}", begun.elapsed().as_millis()));
    match vault.read_only() {
        None => {}
        Some(ReadOnly::Locked) => return std::fs::write(refused, "").unwrap(),
        Some(other) => panic!("{other}"),
    }
    process_says(if std::fs::create_dir(&order.detail).is_ok() { "WRITES" } else { "TWO" });
    let mut work = Work::new(vault, order.passphrase, order.seed, process_says);
    for _ in 0..3 {
        work.add().unwrap();
    }
    for _ in 0..if order.seed.is_multiple_of(2) { 50 } else { 0 } {
        if refused.exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    std::fs::remove_dir(&order.detail).unwrap();
}

/// Writes and changes as many records as the detail says, and looks for those of others.
#[test]
#[ignore = "a process that other tests start"]
fn writes() {
    let Some(order) = Order::given() else { return };
    let Some(mut work) = begin(&order) else { return };
    // The oldest record is one that every other writer changes, too.
    let oldest = work.vault.records().ids().next().unwrap();
    work.edit_this(oldest).unwrap();
    for number in 0..order.detail.parse().unwrap() {
        let step = [Work::edit, Work::add, Work::edit, Work::add_two][number % 4];
        step(&mut work).unwrap();
        let _ = work.vault.refresh(Timestamp::now());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    drop(work.vault.lock(Timestamp::now()));
}
