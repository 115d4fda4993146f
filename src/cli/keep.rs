//! Keeping a record safe: backing it up, bringing it back.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::say::{self, Said};
use super::{End, Ended, Session, Stop, ask, keys, records};
use crate::app::long::{Ended as LongEnd, Finished, Work};
use crate::app::{Desk, Job, Notice, Outcome};
use crate::model::text::long_date;
use crate::vault::{
    Absence, BackupMade, Compared, Damaged, Moved, Restored, Warning, receipt_words,
};

/// Does long work to its end, with a bar on a terminal.
fn long(desk: &mut Desk, work: Work, words: &'static str) -> Result<Finished, Stop> {
    let bar = records::progress(0, words);
    let wanted = work.task();
    let mut outcomes = desk.run(Job::Long(work));
    loop {
        for outcome in outcomes {
            match outcome {
                Outcome::Progress { task, progress } if task == wanted => {
                    bar.set_length(progress.total as u64);
                    bar.set_position(progress.done as u64);
                }
                Outcome::Done { task, ended } if task == wanted => {
                    bar.finish_and_clear();
                    desk.rest();
                    return match ended {
                        LongEnd::Finished(finished) => Ok(finished),
                        LongEnd::Failed(notice) => Err(notice.into()),
                        LongEnd::Stopped => Err(stopped()),
                    };
                }
                _ => {}
            }
        }
        if !desk.is_busy() {
            return Err(stopped());
        }
        outcomes = desk.slice();
    }
}

fn stopped() -> Stop {
    Stop::Refused(Notice::new("Stopped.", "What was done stays.", "The next run goes on from it."))
}

/// `cairn backup`
pub fn backup(session: &Session, to: PathBuf) -> Ended {
    let (mut desk, _) = session.at_a_glance()?;
    let work = Work::Backup { to: to.clone() };
    let Finished::Backup(made) = long(&mut desk, work, "Copying")? else {
        return Err(stopped());
    };
    let words = made.receipt.as_ref().ok().and_then(|(id, receipt)| receipt_words(*id, receipt));
    if session.json {
        say::json(&json!({
            "files": made.files, "copied": made.copied, "mended": made.mended,
            "damaged": damaged_json(&made.damaged), "only_there": made.only_there,
            "receipt": made.receipt.as_ref().ok().map(|(id, _)| id), "words": words,
        }))?;
    } else {
        tell_backup(&made, words.as_deref(), &to)?;
    }
    Ok(if !made.damaged.is_empty() {
        End::Damage
    } else if made.receipt.is_err() || made.only_there > 0 {
        End::Warnings
    } else {
        End::Fine
    })
}

fn tell_backup(made: &BackupMade, words: Option<&str>, to: &Path) -> io::Result<()> {
    let mut out = say::out();
    writeln!(
        out,
        "{} files of the record are in {}: {} new, {} mended.",
        made.files,
        say::cell(to.display()),
        made.copied,
        made.mended
    )?;
    if let Some(words) = words {
        writeln!(out, "The four words of this backup: {words}")?;
    }
    if let Err(error) = &made.receipt {
        let why = Notice::from(error);
        writeln!(out, "Warning: no receipt could be kept. {}", why.happened)?;
    }
    if made.only_there > 0 {
        writeln!(
            out,
            "Warning: {} files are in the backup and no longer in the record. \
             `cairn restore` brings them back.",
            made.only_there
        )?;
    }
    tell_damaged(&mut out, &made.damaged)
}

/// Lists files that were not copied.
fn tell_damaged(out: &mut Said, damaged: &[Damaged]) -> io::Result<()> {
    for damaged in damaged {
        writeln!(out, "Damaged, and not copied: {}: {}", damaged.file, damaged.why)?;
    }
    Ok(())
}

fn damaged_json(damaged: &[Damaged]) -> Vec<Value> {
    let entry = |damaged: &Damaged| json!({ "file": damaged.file, "why": damaged.why.to_string() });
    damaged.iter().map(entry).collect()
}

/// `cairn restore`: without a passphrase, since none is needed to copy; with one, the record is
/// opened and compared with the receipt of its backup.
pub fn restore(session: &Session, from: PathBuf) -> Ended {
    let passphrase = match &session.passphrase_file {
        Some(file) => Some(ask::passphrase(Some(file))?),
        None => None,
    };
    let mut desk = session.desk()?;
    let work = Work::Restore { from, to: session.vault.clone() };
    let Finished::Restore(restored) = long(&mut desk, work, "Copying")? else {
        return Err(stopped());
    };
    let (mut compared, mut missing) = (None, Vec::new());
    if let Some(passphrase) = passphrase {
        desk.find(&session.vault).map_err(|error| Stop::from(Notice::from(&error)))?;
        desk.unlock(&passphrase, (session.clock)().timestamp())?;
        (compared, missing) = look(&mut desk)?;
    }
    if session.json {
        say::json(&json!({
            "files": restored.files, "copied": restored.copied, "mended": restored.mended,
            "damaged": damaged_json(&restored.damaged), "new": restored.fresh,
            "backup": compared.as_ref().map(compared_json), "missing": missing,
        }))?;
    } else {
        tell_restore(session, &restored, compared.as_ref(), &missing)?;
    }
    Ok(if !restored.damaged.is_empty() {
        End::Damage
    } else if !missing.is_empty() || compared.is_some_and(|c| !c.nothing_missing()) {
        End::Warnings
    } else {
        End::Fine
    })
}

/// Compares the open record with the receipt of its backup. Whoever restores knows that what
/// came after the backup is gone: it is told once, and accepted.
fn look(desk: &mut Desk) -> Result<(Option<Compared>, Vec<String>), Stop> {
    let Some(vault) = desk.open_vault() else { return Ok((None, Vec::new())) };
    let compared = vault.compare_with_backup();
    let missing = vault.warnings().iter().filter_map(|warning| match warning {
        Warning::Missing { file, class: Absence::TakenOut | Absence::SetBack, .. } => {
            Some(file.clone())
        }
        _ => None,
    });
    let missing: BTreeSet<String> = missing.collect();
    if !missing.is_empty() && vault.read_only().is_none() {
        desk.accept_restore()?;
        desk.rest();
    }
    Ok((compared, missing.into_iter().collect()))
}

fn tell_restore(
    session: &Session,
    restored: &Restored,
    compared: Option<&Compared>,
    missing: &[String],
) -> io::Result<()> {
    let mut out = say::out();
    writeln!(
        out,
        "{} files of the backup are in {}: {} brought back, {} mended.",
        restored.files,
        say::cell(session.vault.display()),
        restored.copied,
        restored.mended
    )?;
    tell_damaged(&mut out, &restored.damaged)?;
    for file in missing {
        writeln!(out, "Not in the backup, and no longer here: {file}")?;
    }
    match compared {
        Some(compared) => tell_compared(&mut out, compared)?,
        None if session.passphrase_file.is_some() => {
            writeln!(out, "There is no receipt of a backup in it to compare with.")?;
        }
        None => writeln!(
            say::err(),
            "It opens with the passphrase it had when it was backed up, or with the recovery \
             key (`cairn recover`). `cairn verify` then checks everything."
        )?,
    }
    Ok(())
}

/// `cairn move`
pub fn renew(
    session: &Session,
    to: PathBuf,
    new_passphrase: Option<&Path>,
    recovery_file: Option<&Path>,
) -> Ended {
    if session.json && recovery_file.is_none() {
        return Err(Stop::Usage("with --json, name a file with --recovery-file.".to_owned()));
    }
    let (mut desk, _) = session.at_a_glance()?;
    let password = ask::new_secret(new_passphrase, ask::CHANGED, &[])?;
    let work = Work::Move { to: to.clone(), password };
    let Finished::Move(done) = long(&mut desk, work, "Encrypting anew")? else {
        return Err(stopped());
    };
    let moved = &done.moved;
    let day = (session.clock)().date();
    let handed = keys::hand_over_shown(&done.recovery, recovery_file, day)?;
    if session.json {
        say::json(&json!({
            "records": moved.records, "versions": moved.versions,
            "left": damaged_json(&moved.left), "held_back": moved.held_back,
            "drafts": moved.drafts,
        }))?;
    } else {
        tell_move(moved, &to)?;
    }
    Ok(if !moved.left.is_empty() {
        End::Damage
    } else if moved.held_back > 0 || moved.drafts > 0 {
        End::Warnings
    } else {
        handed
    })
}

fn tell_move(moved: &Moved, to: &Path) -> io::Result<()> {
    let mut err = say::err();
    writeln!(
        err,
        "{} records in {} versions are in {}, counted and compared.",
        moved.records,
        moved.versions,
        say::cell(to.display())
    )?;
    for left in &moved.left {
        writeln!(err, "Left in the old folder: {}: {}", left.file, left.why)?;
    }
    if moved.held_back > 0 {
        writeln!(
            err,
            "Left in the old folder: {} files about people who were erased, not decided yet.",
            moved.held_back
        )?;
    }
    if moved.drafts > 0 {
        writeln!(
            err,
            "Left in the old folder: {} drafts of words not yet saved. Open it in the window \
             to save them, then move again into another folder.",
            moved.drafts
        )?;
    }
    writeln!(
        err,
        "The old folder is as it was, and still opens with the old passphrase. Delete it, and \
         its copies, once you have opened the new one. Pair with the other people again."
    )
}

/// How the record compares with the receipt of its last backup, in words.
pub fn tell_compared(out: &mut Said, compared: &Compared) -> io::Result<()> {
    let Some(backup) = &compared.receipt.backup else { return Ok(()) };
    let day = long_date(compared.receipt.at.to_zoned(jiff::tz::TimeZone::system()).date());
    let words = &compared.words;
    if compared.nothing_missing() {
        return writeln!(out, "Everything in the backup of {day} is here ({words}).");
    }
    let missing = backup.files.saturating_sub(compared.files);
    writeln!(
        out,
        "Warning: of the {} files in the backup of {day} ({words}), {missing} are not here.",
        backup.files
    )?;
    for file in &compared.missing_heads {
        writeln!(out, "Missing: {file}")?;
    }
    Ok(())
}

/// The same for machines.
pub fn compared_json(compared: &Compared) -> Value {
    json!({
        "at": compared.receipt.at, "words": compared.words, "here": compared.files,
        "counted": compared.receipt.backup.as_ref().map(|backup| backup.files),
        "same": compared.same, "whole": compared.nothing_missing(),
        "missing": compared.missing_heads,
    })
}
