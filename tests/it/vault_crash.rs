//! The power goes at every moment of what a person does, and the disks are found in every state
//! that a file system may leave: nothing that was acknowledged is lost.

use std::time::Instant;

use crate::support::crash::{Count, Journey, Step, crash_everywhere, plain};

const BOUND: usize = 2000;

#[test]
fn measure() {
    let base = Journey::begin(&plain);
    let (image, known) = (base.image(), base.known().clone());
    drop(base);
    let begun = Instant::now();
    let mut total = Count::default();
    for first in Step::ALL {
        for second in Step::ALL {
            let mut journey = Journey::resume(&image, &known, &plain).unwrap();
            journey.step(first).unwrap();
            let from = journey.sim.machine().calls();
            journey.step(second).unwrap();
            let t = Instant::now();
            let count = crash_everywhere(&journey, from, BOUND, &mut |_| Ok(())).unwrap_or_else(|why| panic!("{first:?} {second:?} {why}"));
            eprintln!("{first:?} {second:?} {count:?} {:?}", t.elapsed());
            total.add(count);
        }
    }
    eprintln!("{total:?} {:?}", begun.elapsed());
}

#[test]
fn timing() {
    use crate::support::vault::*;
    let (world, mut open, _) = World::with_vault();
    for n in 1..=3 { open.save(vec![note(n, "x")], now()).unwrap(); }
    drop(open);
    let t = Instant::now();
    for _ in 0..50 { world.find(); }
    eprintln!("find {:?}", t.elapsed() / 50);
    let t = Instant::now();
    for _ in 0..50 { drop(world.open()); }
    eprintln!("open {:?}", t.elapsed() / 50);
    let mut open = world.open();
    let t = Instant::now();
    for _ in 0..50 { verify(&open); }
    eprintln!("verify 3 records {:?}", t.elapsed() / 50);
    let t = Instant::now();
    for n in 0..50 { open.save(vec![note(n+10, "x")], now()).unwrap(); }
    eprintln!("save {:?}", t.elapsed() / 50);
    let t = Instant::now();
    for _ in 0..50 { open.draft_put(id(1), b"x", now()).unwrap(); }
    eprintln!("draft {:?}", t.elapsed() / 50);
    let p = world.key_files("identity").pop().unwrap();
    let b = world.store.get(&p).unwrap();
    let t = Instant::now();
    for _ in 0..50 { cairn::vault::seal::decrypt_with_passphrase(&b, &passphrase(), 20).unwrap(); }
    eprintln!("scrypt {:?}", t.elapsed() / 50);
    let i = cairn::vault::seal::Identity::from_bytes(&[7; 32]).unwrap();
    let t = Instant::now();
    for _ in 0..50 { i.encrypt(&[0; 1000]).unwrap(); }
    eprintln!("encrypt+decrypt {:?}", t.elapsed() / 50);
    let s = i.encrypt(&[0; 1000]).unwrap();
    let t = Instant::now();
    for _ in 0..50 { i.decrypt(&s).unwrap(); }
    eprintln!("decrypt {:?}", t.elapsed() / 50);
    let t = Instant::now();
    for _ in 0..50 { cairn::vault::seal::Identity::from_bytes(&[7; 32]).unwrap(); }
    eprintln!("identity {:?}", t.elapsed() / 50);
    let t = Instant::now();
    for _ in 0..50 { cairn::vault::names::Hash128::of(&s); }
    eprintln!("hash {:?}", t.elapsed() / 50);
}
