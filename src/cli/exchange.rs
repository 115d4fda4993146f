//! `cairn send`, `cairn receive`, `cairn settle`: what two people share travels in files.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::{End, Ended, Session, pair, say};
use crate::app::exchanging::{Coming, Told};
use crate::app::packs::read_at_most;
use crate::exchange::file::{Form, MAX_TEXT};
use crate::model::merge::{Conflict, Pick};
use crate::model::text::count;

/// What two people who are paired do with files.
#[derive(Subcommand)]
pub enum ExchangeCommand {
    /// Write one encrypted file with what the person you are paired with has not confirmed yet.
    Send {
        /// Whom: an id or a full name. Not needed where there is one person.
        #[arg(long, value_name = "P")]
        person: Option<String>,
        /// The file: a new one.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// As text, for a message.
        #[arg(long)]
        armour: bool,
    },
    /// Say what a file from the person you are paired with would change.
    Receive {
        /// The file.
        file: PathBuf,
        /// Take it in. Where both changed the same, your own words stand until you decide.
        #[arg(long)]
        apply: bool,
    },
    /// Decide about all places that both of you changed.
    Settle {
        /// With whom: an id or a full name. Not needed where there is one person.
        #[arg(long, value_name = "P")]
        person: Option<String>,
        /// Which words stay.
        #[arg(long)]
        keep: Keep,
    },
}

/// Which words stay where both changed the same.
#[derive(Clone, Copy, ValueEnum)]
pub enum Keep {
    /// Your own.
    Mine,
    /// The other person's.
    Theirs,
    /// Both, one below the other.
    Both,
}

/// Sending, receiving and deciding.
pub fn run(session: &Session, command: ExchangeCommand) -> Ended {
    match command {
        ExchangeCommand::Send { person, out, armour } => {
            send(session, person.as_deref(), &out, armour)
        }
        ExchangeCommand::Receive { file, apply } => receive(session, &file, apply),
        ExchangeCommand::Settle { person, keep } => settle(session, person.as_deref(), keep),
    }
}

/// `cairn send`
fn send(session: &Session, person: Option<&str>, out: &Path, armoured: bool) -> Ended {
    let (mut desk, opened) = session.unlocked()?;
    let whom = pair::whom(&opened, person)?;
    let form = if armoured { Form::Armoured } else { Form::Binary };
    let now = (session.clock)().timestamp();
    let sent = desk.send_changes(whom, &opened.journal, (out, form), |_| true, now)?;
    if session.json {
        let things: Vec<Value> = sent.things.iter().map(as_json).collect();
        let file = out.display().to_string();
        return say::json(&json!({ "file": file, "sha256": sent.sha256, "things": things }));
    }
    let mut to = say::out();
    for thing in &sent.things {
        tell(&mut to, thing)?;
    }
    drop(to);
    let mut err = say::err();
    let (name, file) = (say::cell(whom.name), say::cell(out.display()));
    match sent.things.len() {
        0 => writeln!(err, "{name} has everything. The file {file} says what has arrived here.")?,
        some => writeln!(err, "{some} {} for {name} left in {file}.", count_word(some))?,
    }
    writeln!(err, "SHA-256 {}", sent.sha256)?;
    if !sent.checked {
        writeln!(
            err,
            "You and {name} have not compared the four words yet: `cairn pair matches` when you \
             have."
        )?;
        return Ok(End::Warnings);
    }
    Ok(End::Fine)
}

/// `cairn receive`
fn receive(session: &Session, file: &Path, apply: bool) -> Ended {
    let bytes = read_at_most(file, MAX_TEXT)?;
    let (mut desk, mut opened) = session.unlocked()?;
    let now = (session.clock)().timestamp();
    let coming = desk.look_into(&bytes, &opened.journal, now)?;
    if apply {
        desk.take_in(&coming, &mut opened.journal, now)?;
    }
    if session.json {
        let things: Vec<Value> = coming.things.iter().map(as_json).collect();
        return say::json(&json!({
            "person": coming.person, "applied": apply, "things": things,
            "undecided": coming.undecided(),
        }));
    }
    told(&coming, apply)
}

fn told(coming: &Coming, applied: bool) -> Ended {
    let name = say::cell(&coming.pair.their_name).to_string();
    if coming.is_known() {
        writeln!(say::out(), "Nothing in this file from {name} is new.")?;
        return Ok(End::Fine);
    }
    let mut out = say::out();
    writeln!(out, "From {name}:")?;
    for thing in &coming.things {
        tell(&mut out, thing)?;
    }
    drop(out);
    let undecided = coming.undecided();
    let mut err = say::err();
    if applied {
        writeln!(err, "Taken in. What was there before stays in the history.")?;
    } else {
        writeln!(err, "Nothing was changed yet. With --apply it is taken in.")?;
    }
    if undecided > 0 {
        writeln!(
            err,
            "You both changed {undecided} {}. Your own words stand until you decide: \
             `cairn settle --keep mine`, `theirs` or `both`.",
            if undecided == 1 { "place" } else { "places" }
        )?;
        return Ok(End::Warnings);
    }
    Ok(End::Fine)
}

/// `cairn settle`
fn settle(session: &Session, person: Option<&str>, keep: Keep) -> Ended {
    let (mut desk, mut opened) = session.unlocked()?;
    let name = pair::whom(&opened, person)?.name.to_owned();
    let whom = crate::app::desk::Whom { id: pair::whom(&opened, person)?.id, name: &name };
    let pick = |_, conflict: &Conflict, own: usize| chosen(keep, conflict, own);
    let now = (session.clock)().timestamp();
    let decided = desk.decide(whom, &mut opened.journal, pick, now)?;
    if session.json {
        return say::json(&json!({ "decided": decided }));
    }
    match decided {
        0 => writeln!(say::out(), "There is nothing to decide.")?,
        some => writeln!(say::out(), "Decided: {}.", count(some, "place"))?,
    }
    Ok(End::Fine)
}

fn chosen(keep: Keep, conflict: &Conflict, own: usize) -> Option<Pick> {
    let other = (0..conflict.sides.len()).find(|at| *at != own);
    match keep {
        Keep::Mine => Some(Pick::Side(own)),
        Keep::Theirs => other.map(Pick::Side),
        Keep::Both if conflict.can_keep_all() => Some(Pick::All),
        Keep::Both => None,
    }
}

fn tell(out: &mut say::Said, thing: &Told) -> Result<(), super::Stop> {
    writeln!(out, "{}", say::cell(&thing.title))?;
    for row in &thing.rows {
        let after = row.after.as_deref().unwrap_or("(taken out)");
        writeln!(out, "  {}: {}", say::cell(&row.name), say::cell(after))?;
    }
    for both in &thing.both {
        let name = say::cell(&both.name);
        writeln!(out, "  You both changed “{name}”.")?;
        writeln!(out, "    Yours: {}", say::cell(&both.mine))?;
        writeln!(out, "    Theirs: {}", say::cell(&both.theirs))?;
    }
    Ok(())
}

fn as_json(thing: &Told) -> Value {
    let rows = thing.rows.iter();
    let rows =
        rows.map(|row| json!({ "field": row.name, "before": row.before, "after": row.after }));
    let both = thing.both.iter();
    let both = both.map(|it| json!({ "field": it.name, "mine": it.mine, "theirs": it.theirs }));
    json!({
        "id": thing.id, "kind": thing.kind, "title": thing.title,
        "changes": rows.collect::<Vec<_>>(), "both": both.collect::<Vec<_>>(),
    })
}

const fn count_word(count: usize) -> &'static str {
    if count == 1 { "thing" } else { "things" }
}
