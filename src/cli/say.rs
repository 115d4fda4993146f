//! What the commands say: on standard output what was asked for, on standard error the rest.
//!
//! Names and notes come from people and from files. All words for people go through [`Said`],
//! which leaves out what a terminal would act on and what nobody could see.

use std::fmt;
use std::io::{self, Write as _};

use serde_json::Value;

use super::{End, Ended};
use crate::model::clean;

/// A way out for words, for `write!` and `writeln!`.
pub struct Said(Box<dyn io::Write>);

/// Standard output.
pub fn out() -> Said {
    Said(Box::new(io::stdout().lock()))
}

/// Standard output for long lists: what is written shows at [`Said::flush`].
pub fn list() -> Said {
    Said(Box::new(io::BufWriter::new(io::stdout().lock())))
}

/// Standard error.
pub fn err() -> Said {
    Said(Box::new(io::stderr().lock()))
}

impl Said {
    /// What `write!` and `writeln!` call.
    pub fn write_fmt(&mut self, words: fmt::Arguments<'_>) -> io::Result<()> {
        self.0.write_all(clean::visible(&words.to_string()).as_bytes())
    }

    /// Writes a secret as it is, without another copy of it in memory, and to its end.
    pub fn secret(&mut self, words: &str) -> io::Result<()> {
        self.0.write_all(words.as_bytes())?;
        self.0.flush()
    }

    /// Writes what still waits.
    pub fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A name or a title within a line: it cannot begin a line of its own.
pub fn cell(words: impl fmt::Display) -> String {
    clean::line(&words.to_string())
}

/// Prints one JSON value for programs, and a line end. What a terminal would act on or nobody
/// could see is written as JSON escapes: the same value.
pub fn json(value: &Value) -> Ended {
    let mut text = String::new();
    for c in value.to_string().chars() {
        // Only within its strings does JSON hold such a character.
        if clean::is_hidden(c) {
            let mut units = [0; 2];
            text.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            text.push(c);
        }
    }
    writeln!(io::stdout(), "{text}")?;
    Ok(End::Fine)
}
