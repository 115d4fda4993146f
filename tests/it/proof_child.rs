//! The processes that the proofs start, stop and kill. Started by a person they do nothing.

use cairn::vault::VaultError;

use crate::support::proof::{Order, Work, process_says, wait_for_go};

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
        play(work, &order.detail);
    }
    // The test's own frame has more to write; what is done to `write` is not meant for it.
    std::process::exit(0);
}

fn play(mut work: Work<'static>, scene: &str) {
    let steps: &[fn(&mut Work<'static>) -> Result<(), VaultError>] = match scene {
        "create" => &[],
        "add" => &[Work::add, Work::add_two],
        "edit" => &[Work::edit, Work::edit],
        "draft" => &[Work::draft, Work::draft, Work::clear, Work::draft],
        "attach" => &[Work::attach, Work::attach],
        "erase" => &[Work::add_about, Work::add_about, Work::erase, Work::settle],
        "settle" => &[Work::add, Work::settle, Work::edit, Work::settle],
        "passphrase" => &[Work::change_passphrase],
        other => panic!("no such scene: {other}"),
    };
    for step in steps {
        // What is refused is told; the person goes on.
        let _ = step(&mut work);
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
