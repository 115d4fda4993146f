//! Every reader of bytes from outside, held against bytes that nobody wrote: mutations of real
//! files, by a driver of our own that needs no other toolchain.
//!
//! For each input: no panic, an answer within a second, an answer no larger than the input can
//! account for, and what is accepted is read again from what would be written for it, the same.
//! A failing input is printed with its target, seed and number, in hexadecimal digits; put into
//! `again`, it fails again.
//!
//! A target for search queries is still to come; it is one more line in [`TARGETS`].

mod driver;
mod exchange;
mod mutate;
mod notes;
mod review;
mod targets;
mod vault;

use std::time::Duration;

use driver::Target;

/// What is read from outside, and what feeds it.
const TARGETS: [Target; 14] = [
    Target { name: "record", make: targets::record },
    Target { name: "envelope", make: targets::envelope },
    Target { name: "vault file and keys", make: targets::keys },
    Target { name: "template", make: targets::template },
    Target { name: "pack", make: targets::pack },
    Target { name: "settings", make: targets::settings },
    Target { name: "snapshot", make: targets::snapshot },
    Target { name: "local state", make: targets::local_state },
    Target { name: "import", make: targets::import },
    Target { name: "notes", make: notes::notes },
    Target { name: "review", make: review::review },
    Target { name: "exchange file", make: exchange::file },
    Target { name: "reply", make: exchange::reply },
    Target { name: "whole vault", make: vault::planted },
];

/// Tries each target for so long. `CAIRN_FUZZ_SECONDS` says another time, `CAIRN_FUZZ_SEED` other
/// mutations, `CAIRN_FUZZ_TARGET` a single target.
fn run(seconds: u64) {
    let text = |name: &str| std::env::var(name).ok();
    let number = |name: &str| text(name).and_then(|text| text.parse().ok());
    let time = Duration::from_secs(number("CAIRN_FUZZ_SECONDS").unwrap_or(seconds));
    let only = text("CAIRN_FUZZ_TARGET");
    let targets: Vec<&Target> =
        TARGETS.iter().filter(|it| only.as_ref().is_none_or(|only| it.name == only)).collect();
    driver::run(&targets, time, number("CAIRN_FUZZ_SEED").unwrap_or(1));
}

#[test]
fn no_reader_stumbles_over_mutations() {
    run(1);
}

#[test]
#[ignore = "ten minutes for each target: the long form, CAIRN_FUZZ_SECONDS says how long"]
fn no_reader_stumbles_over_mutations_for_long() {
    run(600);
}

/// Gives a target one input, as a failure printed it.
fn again(target: &str, hex: &str) {
    let target = TARGETS.iter().find(|known| known.name == target).unwrap();
    let digits: Vec<u32> = hex.chars().map(|digit| digit.to_digit(16).unwrap()).collect();
    let bytes: Vec<u8> = digits.chunks(2).map(|two| (two[0] << 4 | two[1]) as u8).collect();
    (target.make)().hold(&bytes);
}

#[test]
fn inputs_that_once_failed_do_not_fail_again() {
    // Identities of another program were kept with what nobody can see in them.
    again(
        "import",
        "7b2264617465223a22323032362d30332d3034222c226964223a22615c753230326562222c22747261696e6565\
         5f6964223a22745c753230306237222c226669656c6473223a5b7b226964223a225c7530303037222c2270726f\
         6d7074223a22222c22616e73776572223a22227d5d2c22616374696f6e73223a5b7b226964223a225c75666566\
         6678222c2274657874223a22227d5d7d",
    );
}
