//! The processes that the proofs start, stop and kill. Started by a person they do nothing.

use crate::support::proof::{Order, Work, process_says};

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

fn begin(order: &Order) -> Option<Work<'static>> {
    let found = match order.place.find() {
        Ok(found) => found,
        Err(error) => {
            process_says(&format!("REFUSED {error:?}"));
            return None;
        }
    };
    let opened = if found.is_some() {
        order.place.open(order.passphrase)
    } else {
        process_says("TRY create");
        let created = order.place.create();
        if created.is_ok() {
            process_says("ACK create");
        }
        created
    };
    match opened {
        Ok(vault) => Some(Work::new(vault, order.passphrase, order.seed, process_says)),
        Err(error) => {
            process_says(&format!("REFUSED {error:?}"));
            None
        }
    }
}
