//! `cairn pair`: two people, each with a record of their own, become a pair when they meet.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::json;

use super::{End, Ended, Session, Stop, ask, records, say};
use crate::app::desk::Whom;
use crate::app::packs::read_at_most;
use crate::app::pairing::{MAX_BYTES, Paired};
use crate::app::state::Opened;
use crate::app::{Desk, Notice};
use crate::model::Id;
use crate::platform::{self, Existing};

#[derive(Subcommand)]
pub enum PairCommand {
    /// Write an invitation for the other person; prints the six words to say aloud.
    Invite {
        /// Whom: an id or a full name. Not needed where there is one person.
        #[arg(long, value_name = "P")]
        person: Option<String>,
        /// The invitation: a new file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Write the six words to this new file instead of printing them.
        #[arg(long, value_name = "FILE")]
        words_file: Option<PathBuf>,
        /// Your name, as the other person sees it. The one of your record, without it.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
    /// Take the other person's invitation, and write the reply to it.
    Accept {
        /// The invitation.
        file: PathBuf,
        /// Who made it: an id or a full name. Not needed where there is one person.
        #[arg(long, value_name = "P")]
        person: Option<String>,
        /// The reply: a new file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Take the six words from this file (- is standard input).
        #[arg(long, value_name = "FILE")]
        words_file: Option<PathBuf>,
        /// Your name, as the other person sees it. The one of your record, without it.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
    /// Take the reply to your invitation.
    Finish {
        /// The reply.
        reply: PathBuf,
    },
    /// Keep that you compared the four words and that they are the same.
    Matches {
        /// With whom: an id or a full name. Not needed where there is one person.
        #[arg(long, value_name = "P")]
        person: Option<String>,
    },
    /// End the pairing, or take an open invitation back.
    Stop {
        /// With whom: an id or a full name. Not needed where there is one person.
        #[arg(long, value_name = "P")]
        person: Option<String>,
    },
}

/// `cairn pair`
pub fn run(session: &Session, command: PairCommand) -> Ended {
    match command {
        PairCommand::Invite { person, out, words_file, name } => {
            invite(session, person.as_deref(), &out, words_file.as_deref(), name)
        }
        PairCommand::Accept { file, person, out, words_file, name } => {
            accept(session, &file, person.as_deref(), &out, words_file.as_deref(), name)
        }
        PairCommand::Finish { reply } => finish(session, &reply),
        PairCommand::Matches { person } => matches(session, person.as_deref()),
        PairCommand::Stop { person } => stop(session, person.as_deref()),
    }
}

fn invite(
    session: &Session,
    person: Option<&str>,
    out: &Path,
    words_file: Option<&Path>,
    name: Option<String>,
) -> Ended {
    let (mut desk, opened) = session.at_a_glance()?;
    let whom = whom(&opened, person)?;
    let own = own_name(&opened, name)?;
    let invited = desk.invite(whom, &own, out, (session.clock)().timestamp())?;
    let mut printed = true;
    let mut ended = End::Fine;
    if let Some(path) = words_file {
        let written = platform::write_file(path, invited.words.as_bytes(), Existing::Keep);
        if let Err(error) = &written {
            // The words are kept nowhere, so this is the only time they can be had.
            let notice = Notice::not_written(path, error);
            writeln!(say::err(), "cairn: {} The words are printed instead.", notice.happened)?;
            ended = End::Warnings;
        }
        printed = written.is_err();
    }
    if session.json {
        let words = printed.then_some(invited.words.as_str());
        let file = out.display().to_string();
        say::json(&json!({ "file": file, "sha256": invited.sha256, "words": words }))?;
    } else if printed {
        say::out().secret(&invited.words)?;
        say::out().secret("\n")?;
    }
    let mut err = say::err();
    let (name, out) = (say::cell(whom.name), say::cell(out.display()));
    if invited.instead {
        writeln!(err, "The invitation before this one no longer counts.")?;
    }
    writeln!(
        err,
        "The invitation is in {out}. It holds your name and new keys, and nothing of your record.\n\
         SHA-256 {}\n\
         Give the file to {name}. Say the six words aloud; never write them beside the file.\n\
         Then open the reply with `cairn pair finish`.",
        invited.sha256
    )?;
    Ok(ended)
}

fn accept(
    session: &Session,
    file: &Path,
    person: Option<&str>,
    out: &Path,
    words_file: Option<&Path>,
    name: Option<String>,
) -> Ended {
    let invitation = read_at_most(file, MAX_BYTES)?;
    let (mut desk, opened) = session.at_a_glance()?;
    let whom = whom(&opened, person)?;
    let own = own_name(&opened, name)?;
    let words = ask::six_words(words_file)?;
    let now = (session.clock)().timestamp();
    let paired = desk.accept_invitation(whom, &own, (&invitation, &words), out, now)?;
    tell(session, &opened, &paired)?;
    let mut err = say::err();
    if let Some((_, sha256)) = &paired.file {
        let (name, out) = (say::cell(whom.name), say::cell(out.display()));
        writeln!(
            err,
            "The reply is in {out}. It holds your name and new keys, and nothing of your record.\n\
             SHA-256 {sha256}\n\
             Give the file to {name}. They see the same four words when they open it.",
        )?;
    }
    drop(err);
    what_next(&opened, &paired)
}

fn finish(session: &Session, reply: &Path) -> Ended {
    let reply = read_at_most(reply, MAX_BYTES)?;
    let (mut desk, opened) = session.at_a_glance()?;
    let name_of = |id: Id| name_of(&opened, id);
    let paired = desk.finish_pairing(&reply, name_of, (session.clock)().timestamp())?;
    tell(session, &opened, &paired)?;
    what_next(&opened, &paired)
}

fn matches(session: &Session, person: Option<&str>) -> Ended {
    let (mut desk, opened, id) = with_person(session, person)?;
    let name = name_of(&opened, id);
    desk.words_match(Whom { id, name: &name }, (session.clock)().timestamp())?;
    writeln!(say::err(), "You and {} are paired, and the four words match.", say::cell(name))?;
    Ok(End::Fine)
}

fn stop(session: &Session, person: Option<&str>) -> Ended {
    let (mut desk, opened, id) = with_person(session, person)?;
    let name = name_of(&opened, id);
    desk.stop_pairing(Whom { id, name: &name }, (session.clock)().timestamp())?;
    writeln!(
        say::err(),
        "You and {0} are no longer paired. What {0} sent you before stays in your record. Tell \
         {0}: files from before can no longer be opened here.",
        say::cell(name)
    )?;
    Ok(End::Fine)
}

/// The four words, and who is at the other end.
fn tell(session: &Session, opened: &Opened, paired: &Paired) -> Ended {
    if session.json {
        return say::json(&json!({
            "person": paired.person, "their_name": paired.pair.their_name,
            "words": paired.pair.words, "checked": paired.checked, "sha256": paired.file.as_ref().map(|(_, sha256)| sha256),
        }));
    }
    let name = name_of(opened, paired.person);
    let mut out = say::out();
    writeln!(out, "You are paired with {}.", say::cell(&name))?;
    if paired.pair.their_name != name {
        writeln!(out, "They call themselves {}.", say::cell(&paired.pair.their_name))?;
    }
    writeln!(out, "Compare these four words aloud: {}", paired.pair.words)?;
    Ok(End::Fine)
}

/// What to do once the words are compared.
fn what_next(opened: &Opened, paired: &Paired) -> Ended {
    if paired.checked {
        writeln!(say::err(), "You compared them before, and they matched.")?;
        return Ok(End::Fine);
    }
    let name = say::cell(name_of(opened, paired.person));
    writeln!(
        say::err(),
        "If both of you see the same words: `cairn pair matches --person \"{name}\"`.\n\
         If they differ, somebody is in between: `cairn pair stop --person \"{name}\"`.",
    )?;
    Ok(End::Fine)
}

fn with_person(session: &Session, person: Option<&str>) -> Result<(Desk, Opened, Id), Stop> {
    let (desk, opened) = session.at_a_glance()?;
    let id = whom(&opened, person)?.id;
    Ok((desk, opened, id))
}

/// The person who is named, or the only one there is.
pub(super) fn whom<'a>(opened: &'a Opened, person: Option<&str>) -> Result<Whom<'a>, Stop> {
    let (id, person) = match (person, opened.journal.people().as_slice()) {
        (Some(wanted), _) => records::one_person(&opened.journal, wanted)?,
        (None, [only]) => *only,
        (None, []) => {
            return Err(Stop::Refused(Notice::new(
                "There is nobody in the record yet.",
                "Nothing was changed.",
                "Add the person first, then pair with them.",
            )));
        }
        (None, several) => {
            let many = several.len();
            let words = format!("--person is needed: there are {many} people. Who is it?");
            return Err(Stop::Usage(words));
        }
    };
    Ok(Whom { id, name: &person.name })
}

fn own_name(opened: &Opened, name: Option<String>) -> Result<String, Stop> {
    let name = name.unwrap_or_else(|| opened.journal.settings().your_name);
    if name.trim().is_empty() {
        return Err(Stop::Usage("--name is needed: your record does not have yours.".to_owned()));
    }
    Ok(name)
}

fn name_of(opened: &Opened, id: Id) -> String {
    opened.journal.person(id).map(|person| person.name.clone()).unwrap_or_default()
}
