//! `cairn demo`: a record of fictional people, a summary from it, and the window on it.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{DemoArgs, End, Ended, Session, Stop, say, window};
use crate::app::demo::{DOCTOR, PASSPHRASE, make, make_of_a_doctor};
use crate::app::desk::{Filing, Sending};
use crate::app::job::summary_of;
use crate::app::{Desk, Notice, state::Opened};
use crate::export::{Format, file_name};
use crate::library::Library;
use crate::model::date::year_up_to;
use crate::model::session::Role;
use crate::platform::{self, Existing};
use crate::vault::Passphrase;

/// Makes or opens the demonstration, exports one doctor's summary, then opens the window.
pub fn run(session: &Session, args: DemoArgs) -> Ended {
    let out = args.out.unwrap_or_else(|| session.folders.demo.clone());
    let role: Role = args.role.into();
    let vault = out.join(match role {
        Role::Supervisor => "vault",
        Role::Doctor => "doctor",
    });
    let mut desk = session.desk()?;
    let opened = prepare(session, &mut desk, &vault, (role, args.seed))?;
    let pdf = match role {
        Role::Supervisor => Some(export(session, &mut desk, &opened, &out)?),
        Role::Doctor => None,
    };
    drop(desk);
    let mut print = say::out();
    writeln!(print, "Fictional people. The record is in {}", say::cell(vault.display()))?;
    writeln!(print, "Passphrase: {PASSPHRASE}")?;
    if let Some(pdf) = pdf {
        writeln!(print, "ARCP summary of {DOCTOR}: {}", say::cell(pdf.display()))?;
    }
    drop(print);
    if args.headless {
        return Ok(End::Fine);
    }
    if !platform::has_display() {
        writeln!(say::out(), "There is no display here, so the window is not opened.")?;
        return Ok(End::Fine);
    }
    let password = Zeroizing::new(PASSPHRASE.to_owned());
    window::open(session, vault, window::With::Password(password))
}

fn prepare(
    session: &Session,
    desk: &mut Desk,
    vault: &Path,
    (role, seed): (Role, u64),
) -> Result<Opened, Stop> {
    let now = (session.clock)();
    let passphrase = Passphrase::new(PASSPHRASE);
    platform::make_folder(vault.parent().unwrap_or(vault))
        .map_err(|error| Stop::from(Notice::not_written(vault, &error)))?;
    match desk.find(vault) {
        Ok(true) => Ok(desk.unlock(&passphrase, now.timestamp())?),
        Ok(false) => {
            let library = Library::built_in().map_err(|error| Stop::Usage(error.to_string()))?;
            writeln!(say::err(), "Making a year of fictional people…")?;
            let make = match role {
                Role::Supervisor => make,
                Role::Doctor => make_of_a_doctor,
            };
            Ok(make(desk, vault, &passphrase, &library, &now, seed)?)
        }
        Err(error) => Err(Notice::from(&error).into()),
    }
}

fn export(
    session: &Session,
    desk: &mut Desk,
    opened: &Opened,
    out: &Path,
) -> Result<PathBuf, Stop> {
    let now = (session.clock)();
    let today = now.date();
    let from = year_up_to(today);
    let (person, _) = super::records::one_person(&opened.journal, DOCTOR)?;
    let Some(summary) = summary_of(&opened.journal, person, (from, today), today) else {
        return Err(Stop::Usage(format!("{DOCTOR} is not in this record.")));
    };
    let path = out.join(file_name(&summary, Format::Pdf));
    let sending = Sending {
        summary: &summary,
        format: Format::Pdf,
        path: &path,
        existing: Existing::Replace,
        layout: None,
    };
    let receipt = Session::fresh()?.id(now.timestamp());
    let filing = Filing { person, receipt, to: String::new(), kept: Vec::new() };
    desk.export(&sending, filing, now.timestamp())?;
    Ok(path)
}
