//! Asking for secrets: at the terminal, or from a file. Never from an argument or the
//! environment, which other programs can read.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::{Stop, say};
use crate::app::Notice;
use crate::app::password::Strength;
use crate::platform;
use crate::vault::Passphrase;

/// Longer than any passphrase or recovery sheet.
const CAP: u64 = 64 * 1024;

/// A secret that is asked for.
#[derive(Clone, Copy)]
pub struct Asked {
    /// What stands before what is typed.
    prompt: &'static str,
    /// The option that names a file with it.
    option: &'static str,
}

/// The passphrase that opens the record.
const PASSPHRASE: Asked = Asked { prompt: "Passphrase", option: "--passphrase-file" };
/// The passphrase of a record that is made, or that is opened again.
pub const NEW: Asked = Asked { prompt: "New passphrase", option: "--passphrase-file" };
/// A new passphrase where the present one is asked for, too.
pub const CHANGED: Asked = Asked { prompt: "New passphrase", option: "--new-passphrase-file" };
/// The recovery key.
const RECOVERY_KEY: Asked = Asked { prompt: "Recovery key", option: "--recovery-file" };

/// The six words of an invitation.
const SIX_WORDS: Asked = Asked { prompt: "Six words", option: "--words-file" };

/// A passphrase that exists.
pub fn passphrase(file: Option<&Path>) -> Result<Passphrase, Stop> {
    Ok(Passphrase::new(&secret(file, PASSPHRASE)?))
}

/// A new passphrase: asked for twice at a terminal, and refused when it is easy to guess.
pub fn new_passphrase(
    file: Option<&Path>,
    asked: Asked,
    known: &[&str],
) -> Result<Passphrase, Stop> {
    new_secret(file, asked, known).map(|text| Passphrase::new(&text))
}

/// The same as it was typed.
pub fn new_secret(
    file: Option<&Path>,
    asked: Asked,
    known: &[&str],
) -> Result<Zeroizing<String>, Stop> {
    let text = secret(file, asked)?;
    let strength = Strength::of(&text, known);
    if !strength.is_enough() {
        return Err(Stop::Refused(Notice::new(
            format!("That passphrase is too easy to guess. {}", strength.advice.unwrap_or("")),
            "Nothing was changed.",
            "Try again with another.",
        )));
    }
    if file.is_none() {
        let again = secret(None, Asked { prompt: "The same once more", ..asked })?;
        if *again != *text {
            return Err(Stop::Refused(Notice::new(
                "The two do not match.",
                "Nothing was changed.",
                "Try again.",
            )));
        }
    }
    Ok(text)
}

/// The recovery key's text: all of a file, or a line typed without being shown.
pub fn recovery_key(file: Option<&Path>) -> Result<Zeroizing<String>, Stop> {
    file.map_or_else(|| terminal(RECOVERY_KEY), whole)
}

/// The six words' text, as the recovery key's.
pub fn six_words(file: Option<&Path>) -> Result<Zeroizing<String>, Stop> {
    file.map_or_else(|| terminal(SIX_WORDS), whole)
}

fn secret(file: Option<&Path>, asked: Asked) -> Result<Zeroizing<String>, Stop> {
    match file {
        None => terminal(asked),
        Some(file) if file == Path::new("-") => {
            let mut line = Zeroizing::new(String::new());
            io::stdin().lock().take(CAP).read_line(&mut line).map_err(|e| unreadable(file, &e))?;
            Ok(Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned()))
        }
        Some(file) => {
            let text = whole(file)?;
            Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
        }
    }
}

fn whole(file: &Path) -> Result<Zeroizing<String>, Stop> {
    if file == Path::new("-") {
        let mut text = Zeroizing::new(String::new());
        io::stdin().lock().take(CAP).read_to_string(&mut text).map_err(|e| unreadable(file, &e))?;
        return Ok(text);
    }
    let bytes = Zeroizing::new(platform::read_file(file, CAP).map_err(|e| unreadable(file, &e))?);
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Stop::Usage(format!("{} is not UTF-8 text.", say::cell(file.display()))))?;
    Ok(Zeroizing::new(text.to_owned()))
}

fn unreadable(file: &Path, error: &io::Error) -> Stop {
    Stop::Usage(format!("{} can’t be read: {}.", say::cell(file.display()), error.kind()))
}

/// A line that may be seen while it is typed.
pub fn line(prompt: &str) -> Result<String, Stop> {
    if !io::stdin().is_terminal() {
        return Err(Stop::Usage("no terminal to ask at. Add --yes to do it unasked.".to_owned()));
    }
    write!(say::err(), "{prompt}: ")?;
    let mut line = String::new();
    let read = io::stdin().lock().take(CAP).read_line(&mut line);
    read.map_err(|error| Stop::Usage(format!("the terminal can’t be read: {}.", error.kind())))?;
    Ok(line)
}

fn terminal(asked: Asked) -> Result<Zeroizing<String>, Stop> {
    if !io::stdin().is_terminal() {
        return Err(Stop::Usage(format!(
            "no terminal to ask at. Give the {} with {} FILE, or - for standard input.",
            asked.prompt.to_lowercase(),
            asked.option
        )));
    }
    rpassword::prompt_password(format!("{}: ", asked.prompt))
        .map(Zeroizing::new)
        .map_err(|error| Stop::Usage(format!("the terminal can’t be read: {}.", error.kind())))
}
