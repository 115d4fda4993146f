//! `cairn export --format portfolio`: the boxes of a portfolio as one text.

use super::send::{chosen, missing};
use super::{Ended, ExportArgs, Session, Stop, records, say};
use crate::app::summary_page::kept_in;
use crate::export::portfolio;
use crate::model::{LeftIn, Receipt};
use crate::platform::Existing;

/// Writes the boxes of a person's portfolio, and a receipt.
pub fn export(session: &Session, args: &ExportArgs) -> Ended {
    let Some(wanted) = &args.person else {
        return Err(Stop::Usage("--person is needed: whose boxes are they?".to_owned()));
    };
    let named = match &args.portfolio {
        None => None,
        Some(id) => match portfolio::find(id) {
            Some(found) => Some(found),
            None => return Err(unknown(id)),
        },
    };
    let (mut desk, opened) = session.unlocked()?;
    let (id, person) = records::one_person(&opened.journal, wanted)?;
    let Some(portfolio) = named.or_else(|| portfolio::of(person)) else {
        return Err(Stop::Usage("no portfolio is known.".to_owned()));
    };
    let now = (session.clock)();
    let summary = chosen(&opened, args, id, now.date())?;
    let blocks = portfolio::blocks(portfolio, &summary);
    let filled = blocks.iter().filter(|block| !block.text.is_empty()).count();
    let text = portfolio::as_text(portfolio, &blocks);
    let receipt = Receipt {
        person: Some(id),
        format: "txt".to_owned(),
        lines: u32::try_from(summary.counts.lines).unwrap_or(u32::MAX),
        kept: LeftIn::of(&kept_in(&opened.journal, &summary)),
        ..Receipt::of(format!("Boxes for {}", portfolio.title), now.timestamp())
    };
    let receipt = (Session::fresh()?.id(now.timestamp()), receipt);
    let file = (args.out.as_path(), Existing::Keep);
    let written = desk.leave(text.as_bytes(), file, receipt, now.timestamp())?;
    let mut err = say::err();
    writeln!(
        err,
        "{} of {} left in {}.",
        boxes(filled),
        portfolio.title,
        say::cell(args.out.display())
    )?;
    writeln!(err, "{}", portfolio.unsure)?;
    writeln!(err, "SHA-256 {}", written.receipt.sha256)?;
    drop(err);
    missing(&opened)
}

fn boxes(number: usize) -> String {
    match number {
        1 => "1 box".to_owned(),
        n => format!("{n} boxes"),
    }
}

fn unknown(id: &str) -> Stop {
    let known: Vec<&str> = portfolio::all().iter().map(|one| one.id.as_str()).collect();
    Stop::Usage(format!("there is no portfolio “{id}”. These are known: {}.", known.join(", ")))
}
