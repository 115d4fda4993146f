//! Asking for secrets: at the terminal, or from a file. Never from an argument or the
//! environment, which other programs can read.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::Stop;
use crate::app::Notice;
use crate::app::password::Strength;
use crate::platform;
use crate::vault::Passphrase;

/// Longer than any passphrase or recovery sheet.
const CAP: u64 = 64 * 1024;

/// A passphrase that exists.
pub fn passphrase(file: Option<&Path>, prompt: &str) -> Result<Passphrase, Stop> {
    Ok(Passphrase::new(&secret(file, prompt)?))
}

/// A new passphrase: asked for twice at a terminal, and refused when it is easy to guess.
pub fn new_passphrase(
    file: Option<&Path>,
    prompt: &str,
    known: &[&str],
) -> Result<Passphrase, Stop> {
    new_secret(file, prompt, known).map(|text| Passphrase::new(&text))
}

/// The same as it was typed.
pub fn new_secret(
    file: Option<&Path>,
    prompt: &str,
    known: &[&str],
) -> Result<Zeroizing<String>, Stop> {
    let text = secret(file, prompt)?;
    let strength = Strength::of(&text, known);
    if !strength.is_enough() {
        return Err(Stop::Refused(Notice::new(
            format!("That passphrase is too easy to guess. {}", strength.advice.unwrap_or("")),
            "Nothing was changed.",
            "Try again with another.",
        )));
    }
    if file.is_none() {
        let again = secret(None, "The same once more")?;
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
    match file {
        Some(file) => whole(file),
        None => terminal("Recovery key"),
    }
}

fn secret(file: Option<&Path>, prompt: &str) -> Result<Zeroizing<String>, Stop> {
    match file {
        None => terminal(prompt),
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
        .map_err(|_| Stop::Usage(format!("{} is not UTF-8 text.", file.display())))?;
    Ok(Zeroizing::new(text.to_owned()))
}

fn unreadable(file: &Path, error: &io::Error) -> Stop {
    Stop::Usage(format!("{} can’t be read: {}.", file.display(), error.kind()))
}

/// A line that may be seen while it is typed.
pub fn line(prompt: &str) -> Result<String, Stop> {
    if !io::stdin().is_terminal() {
        return Err(Stop::Usage("no terminal to ask at. Add --yes to do it unasked.".to_owned()));
    }
    write!(io::stderr(), "{prompt}: ")?;
    let mut line = String::new();
    let read = io::stdin().lock().take(CAP).read_line(&mut line);
    read.map_err(|error| Stop::Usage(format!("the terminal can’t be read: {}.", error.kind())))?;
    Ok(line)
}

fn terminal(prompt: &str) -> Result<Zeroizing<String>, Stop> {
    if !io::stdin().is_terminal() {
        return Err(Stop::Usage(
            "no terminal to ask at. Give the passphrase with --passphrase-file FILE, \
             or - for standard input."
                .to_owned(),
        ));
    }
    rpassword::prompt_password(format!("{prompt}: "))
        .map(Zeroizing::new)
        .map_err(|error| Stop::Usage(format!("the terminal can’t be read: {}.", error.kind())))
}
