//! Cairn: a private, encrypted record of supervision conversations, reflections and ARCP
//! preparation, for people who supervise doctors in training and for those doctors.
//!
//! # The layers
//!
//! ```text
//! model  <-  vault | library | import | review | search | export | fairness  <-  app  <-  ui  <-  cli, main
//!            vault  <-  exchange  <-  app        platform  ->  app, cli
//! ```
//! A layer uses only those to its left, and those in the middle do not use one another, but that
//! `exchange` uses `vault`.
//! `tests/it/architecture.rs` checks it.
//!
//! | Layer | Holds | Knows nothing of |
//! |---|---|---|
//! | [`model`] | plain data and its laws: people, templates, sessions, actions, layers, revisions | files, clocks, keys, screens |
//! | [`vault`] | the only place with the record's keys and vault files | screens |
//! | [`library`] | templates and other data of `assets/`: loading and checking | keys |
//! | [`import`] | other programs' files to new records, all Private | keys |
//! | [`review`] | what helps the writer: identifiers, fair wording, spelling | keys, files |
//! | [`search`] | finding words in what is unlocked | keys, disk |
//! | [`export`] | summaries, notes between two people, handovers, career plans, a supervisor's own year, the answer to an access request, blank sheets and calendars to files; what is said before they leave | keys; whole records, but for that answer |
//! | [`fairness`] | gaps between groups: intervals, what may be shown, published figures | people |
//! | [`exchange`] | what two people send one another: pairing with six words, encrypted files; the keys of a pair | screens, disk |
//! | [`app`] | state, actions, jobs, drafts, the lock, messages | egui |
//! | [`ui`] | the window: egui only | vault, files, threads |
//! | [`cli`] | the command line: the same jobs without the thread | egui |
//! | [`platform`] | folders, chosen files, the display, the clipboard, hardening and replacing the process | everything else |
//!
//! # Where data goes
//!
//! A keystroke lands in a draft ([`app::draft`]). An [`app::Action`] says what the person
//! wants; one `apply` changes the [`app::State`] and hands out [`app::Job`]s; one worker
//! thread, owner of the open vault, does them in order and sends [`app::Outcome`]s back; the
//! screen draws the state. Nothing flows the other way.
//!
//! # What always holds
//!
//! - **Locked and unlocked are two types.** [`vault::Vault`] has no function that reads a
//!   record; [`vault::OpenVault`] has the key.
//! - **A save only adds a file.** Nothing in a vault's folder is replaced or edited in place, so
//!   no new save can harm an older one. "Saved" is shown only when the file is durable.
//! - **Private can't be exported by mistake.** [`export::Summary`], [`export::Letter`] and the page
//!   of room mode ([`app::room::Room`]) are each made from an allow-list of fields; there is no
//!   conversion from a record, and what leaves or is drawn is made from them alone.
//!   Two full copies are each asked for by name and say what they hold: the access-request pack
//!   ([`export::AccessPack`]), and one's own (`cairn export --format json` without a person).
//! - **One door for change.** Views read the state and push actions; what is being typed
//!   ([`app::Inputs`]) is the only thing that changes while drawing, and a lock clears it.
//! - **A lock replaces the process.** Once everything is durable and the key forgotten, a new
//!   process takes this one's place ([`app::lock::Handover`]): nothing typed or read is left in
//!   memory. Copied text stays out of clipboard histories and goes after a minute.
//! - **A frame never waits.** Disk and keys are the worker's; an outcome wakes the window.
//! - **The keys of a pair stay below.** What screens and commands read of a pairing
//!   ([`model::record::shown`]) is made from an allow-list of fields, without its keys.
//! - **Only `vault::store::disk` and [`platform`] touch files**; only [`ui`] names egui; only
//!   `vault::seal` names age; only `export::pdf` names typst.
//! - **Small groups stay hidden.** What is shown of outcomes, or leaves, is made from a
//!   [`fairness::report::Report`] or a [`fairness::compare::Gap`], of which each number has passed
//!   [`fairness::suppression`]. No rate is made of the people of a record.
//! - **Errors are types**, one enum a layer, turned into words once ([`app::Notice`]): what
//!   happened, what is safe, what to do. None carries a note, a passphrase or a key.
//! - **Rules that change are data** in `assets/`, each with a version and its sources, read by
//!   the same code that reads a person's own.
//! - **Every colour, distance and text size is a token** of `assets/tokens.json`.
//!
//! # What is absent on purpose
//!
//! - No network, no account, no telemetry, no updater: nothing here opens a socket.
//! - No database and no index on disk: a vault is a folder of small encrypted files that stock
//!   `age`, `sed` and `jq` can read.
//! - No async runtime: one thread draws, one owns the vault, one reviews what is written, and work
//!   that needs no vault (a dialog, a file from outside) has a thread while it lasts. The only
//!   global values are lists that are read once, and a count of layouts at work.
//! - No setting, variable or command that weakens the key derivation; tests pass a smaller
//!   factor as an argument.
//! - No score of a person, and no claim that a text is free of identifying details.

pub mod app;
pub mod cli;
pub mod exchange;
pub mod export;
pub mod fairness;
pub mod import;
pub mod library;
pub mod model;
pub mod platform;
pub mod review;
pub mod search;
pub mod ui;
pub mod vault;
