//! What two people send one another, each with a record of their own (`vault-format`, "Exchange
//! files"): pairing in the meeting, and the encrypted files after it.
//!
//! What holds here:
//!
//! - The present moment and the cost of guessing are arguments; bytes come and go, no file is
//!   touched.
//! - Nothing is parsed before its size, header, encryption and authentication code have been
//!   found good. The one exception is an invitation, which holds the very key of its code: it is
//!   looked into once the six words have opened it.
//! - Secrets are wiped when dropped, are never printed, and are in no error.

pub mod armour;
pub mod file;
pub mod pairing;
mod secret;
pub mod share;

pub use secret::Secret;
