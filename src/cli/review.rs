//! Looking through a text. Needs no record.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::{End, Ended, Session, Stop, say};
use crate::app::Notice;
use crate::platform;
use crate::review::{Family, Finding, Kind, Reviewer, Settings, Speller};

/// The longest text in bytes (10 MiB).
const CAP: u64 = 10 * 1024 * 1024;
/// Of what was found, so many characters are shown at the most.
const SHOWN: usize = 60;
const NONE: &str = "No obvious identifiers found.";

#[derive(Args)]
pub struct ReviewArgs {
    /// The text, in UTF-8; standard input without one, or with -.
    file: Option<PathBuf>,
    /// Somebody to look for; may be given several times.
    #[arg(long = "name", value_name = "NAME")]
    names: Vec<String>,
    /// Look at the spelling, too.
    #[arg(long)]
    spelling: bool,
}

/// `cairn review`
pub fn run(session: &Session, args: ReviewArgs) -> Ended {
    let text = read(args.file.as_deref())?;
    let fault = |error: &dyn std::fmt::Display| {
        Stop::from(Notice::new(
            error.to_string(),
            "Nothing was changed.",
            "This is a fault of Cairn: install it again.",
        ))
    };
    let reviewer = Reviewer::built_in().map_err(|error| fault(&error))?;
    let speller = if args.spelling { Some(Speller::british()) } else { None };
    let speller = speller.transpose().map_err(|error| fault(&error))?;
    let today = Some((session.clock)().date());
    let settings = Settings { names: args.names, today, ..Settings::default() };
    let findings = reviewer.review(&text, &settings, speller.as_ref());
    if session.json {
        say::json(&Value::Array(findings.iter().map(as_json).collect()))?;
    } else {
        let mut out = say::list();
        report(&mut out, &text, &findings)?;
        out.flush()?;
    }
    Ok(if findings.is_empty() { End::Fine } else { End::Warnings })
}

fn as_json(finding: &Finding) -> Value {
    json!({
        "kind": finding.kind.id(),
        "grade": finding.grade.id(),
        "start": finding.chars.start,
        "end": finding.chars.end,
        "text": finding.text,
        "reason": finding.reason,
        "advice": finding.advice,
        "replacement": finding.replacement,
    })
}

fn report(out: &mut say::Said, text: &str, findings: &[Finding]) -> io::Result<()> {
    if !findings.iter().any(|finding| finding.kind.family() == Family::Identifier) {
        writeln!(out, "{NONE}")?;
    }
    let mut place = Place { text, byte: 0, line: 1, column: 1 };
    for finding in findings {
        place.go_to(finding.bytes.start);
        let Place { line, column, .. } = place;
        let title = finding.kind.title();
        let grade = if finding.kind.family() == Family::Identifier {
            format!(", {}", finding.grade.id())
        } else {
            String::new()
        };
        writeln!(out, "Line {line}, column {column}: {title}{grade}: {}", shown(&finding.text))?;
        writeln!(out, "    {}", finding.reason)?;
        match (&finding.replacement, finding.advice.as_str()) {
            (Some(written), _) => writeln!(out, "    Instead: {written}")?,
            (None, "") => {}
            (None, advice) => writeln!(out, "    {advice}")?,
        }
    }
    if !findings.is_empty() {
        let identifiers =
            findings.iter().filter(|it| it.kind.family() == Family::Identifier).count();
        let spelled = findings.iter().filter(|it| it.kind == Kind::Spelling).count();
        let hints = findings.len() - identifiers - spelled;
        writeln!(
            out,
            "In all: {identifiers} that may point to somebody, {hints} on wording{}.",
            if spelled > 0 { format!(", {spelled} on spelling") } else { String::new() }
        )?;
    }
    Ok(())
}

/// On one line, without what a terminal would take for a command, and not too long.
fn shown(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let mut shown: String = text.chars().map(plain).take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// Line and column, from 1, of bytes in rising order.
struct Place<'a> {
    text: &'a str,
    byte: usize,
    line: usize,
    column: usize,
}

impl Place<'_> {
    fn go_to(&mut self, byte: usize) {
        for c in self.text.get(self.byte..byte).unwrap_or_default().chars() {
            if c == '\n' {
                (self.line, self.column) = (self.line + 1, 1);
            } else {
                self.column += 1;
            }
        }
        self.byte = byte;
    }
}

fn read(file: Option<&Path>) -> Result<String, Stop> {
    let file = file.filter(|file| *file != Path::new("-"));
    let name = file.map_or_else(|| "Standard input".to_owned(), |file| file.display().to_string());
    let bytes = match file {
        Some(file) => platform::read_file(file, CAP),
        None => read_input(),
    };
    let bytes = bytes.map_err(|error| {
        let (what, to_do) = match error.kind() {
            io::ErrorKind::FileTooLarge => (
                format!("{name} is too long: the most is {} MiB.", CAP / 1024 / 1024),
                "Check that it is the text you meant, or cut it in parts.",
            ),
            kind => (format!("{name} can’t be read: {kind}."), "Check its name and its folder."),
        };
        Notice::new(what, "Nothing was changed.", to_do)
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..good).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Stop::from(Notice::new(
            format!("{name} is not plain text (UTF-8): line {line} holds something else."),
            "Nothing was changed.",
            "Save it as UTF-8 text, then try again.",
        ))
    })
}

fn read_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(CAP + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > CAP { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}
