//! Exporting and verifying.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::ops::ControlFlow;

use serde_json::{Map, Value, json};

use super::{End, Ended, ExportArgs, ExportFormat, Session, Stop, keep, print_json, records};
use crate::app::desk::{Filing, Sending};
use crate::app::job::summary_of;
use crate::app::{Desk, Notice, state::Opened};
use crate::export::{Format, Preview};
use crate::model::date::year_up_to;
use crate::platform::{self, Existing};
use crate::vault::{Compared, OpenVault, Progress, Report};

/// `cairn export`
pub fn export(session: &Session, args: &ExportArgs) -> Ended {
    let format = match args.format {
        ExportFormat::Pdf => Format::Pdf,
        ExportFormat::Md => Format::Markdown,
        ExportFormat::Txt => Format::Text,
        ExportFormat::Json => Format::Json,
    };
    let Some(wanted) = &args.person else {
        if format != Format::Json {
            return Err(Stop::Usage("--person is needed: whose summary is it?".to_owned()));
        }
        let (mut desk, opened) = session.unlocked()?;
        return export_everything(args, &mut desk, &opened);
    };
    let (mut desk, opened) = session.unlocked()?;
    let (person, _) = records::one_person(&opened.journal, wanted)?;
    summary(session, &mut desk, &opened, args, person, format)
}

/// Writes a person's summary and its receipt; says on standard error what left.
fn summary(
    session: &Session,
    desk: &mut Desk,
    opened: &Opened,
    args: &ExportArgs,
    person: crate::model::Id,
    format: Format,
) -> Ended {
    let now = (session.clock)();
    let to = args.to.unwrap_or_else(|| now.date());
    let from = args.from.unwrap_or_else(|| year_up_to(to));
    if from > to {
        return Err(Stop::Usage(format!("the period ends before it begins: {from} to {to}.")));
    }
    let Some(summary) =
        summary_of(&opened.journal, person, (from, to), &BTreeSet::new(), now.date())
    else {
        return Err(Stop::Usage("there is no such person.".to_owned()));
    };
    let sending =
        Sending { summary: &summary, format, path: &args.out, existing: Existing::Replace };
    let receipt = Session::fresh()?.id(now.timestamp());
    let filing = Filing { person, receipt, to: String::new() };
    let written = desk.export(&sending, filing, now.timestamp())?;
    let preview = Preview::new(&summary, format);
    let mut err = io::stderr().lock();
    writeln!(err, "{} lines For the ARCP left in {}.", summary.counts.lines, args.out.display())?;
    writeln!(err, "{} {}.", preview.file, preview.readers)?;
    writeln!(err, "SHA-256 {}", written.receipt.sha256)?;
    for line in &preview.to_settle {
        let why: Vec<&str> = line.why.iter().map(|why| why.words()).collect();
        writeln!(err, "To settle: {} ({})", line.text, why.join(", "))?;
    }
    Ok(End::Fine)
}

/// One's own full copy: the only export, beside the access-request pack, that holds what is
/// Private. It is asked for by leaving the person out, and says so.
fn export_everything(args: &ExportArgs, desk: &mut Desk, opened: &Opened) -> Ended {
    if args.from.is_some() || args.to.is_some() {
        return Err(Stop::Usage("everything has no period: leave --from and --to out.".to_owned()));
    }
    let mut all: Vec<Value> = Vec::new();
    for (id, body) in opened.journal.all() {
        let kind = body.kind();
        let value = records::whole(desk, id, body)?;
        all.push(json!({ "id": id, "kind": kind, "body": value }));
    }
    let count = all.len();
    let mut whole = Map::new();
    whole.insert("format".to_owned(), Value::from("cairn-everything"));
    whole.insert("version".to_owned(), Value::from(1));
    whole.insert("records".to_owned(), Value::Array(all));
    let bytes = Value::Object(whole).to_string();
    platform::write_file(&args.out, bytes.as_bytes(), Existing::Replace)
        .map_err(|error| Stop::from(Notice::not_written(&args.out, &error)))?;
    writeln!(
        io::stderr(),
        "{count} records are in {}. It holds your private notes and is not encrypted.",
        args.out.display()
    )?;
    Ok(End::Fine)
}

/// `cairn verify`
pub fn verify(session: &Session, no_key: bool) -> Ended {
    let bar = records::progress(0, "Checking");
    let mut show = |progress: Progress| {
        bar.set_length(progress.total as u64);
        bar.set_position(progress.done as u64);
        ControlFlow::Continue(())
    };
    let mut compared = None;
    let report = if no_key {
        let desk = session.closed()?;
        desk.closed_vault().map(|vault| vault.verify(&mut show))
    } else {
        let (desk, _) = session.unlocked()?;
        let now = (session.clock)().timestamp();
        compared = desk.open_vault().and_then(OpenVault::compare_with_backup);
        desk.open_vault().map(|vault| vault.verify(now, &mut show))
    };
    bar.finish_and_clear();
    match report {
        Some(Ok(report)) => tell(session, &report, compared.as_ref(), no_key),
        Some(Err(error)) => Err(Notice::from(&error).into()),
        None => Err(Stop::Usage("there is nothing to check.".to_owned())),
    }
}

fn tell(session: &Session, report: &Report, compared: Option<&Compared>, no_key: bool) -> Ended {
    if session.json {
        let damaged: Vec<Value> = report
            .damaged
            .iter()
            .map(|damaged| json!({ "file": damaged.file, "why": damaged.why.to_string() }))
            .collect();
        let warnings: Vec<String> = report.warnings.iter().map(ToString::to_string).collect();
        print_json(&json!({
            "records": report.records, "damaged": damaged, "warnings": warnings,
            "backup": compared.map(keep::compared_json),
        }))?;
    } else {
        let mut out = io::stdout().lock();
        let without = if no_key { ", without the key" } else { "" };
        writeln!(out, "{} records in {} files checked{without}.", report.records, report.files)?;
        for damaged in &report.damaged {
            writeln!(out, "Damaged: {}: {}", damaged.file, damaged.why)?;
        }
        for warning in &report.warnings {
            writeln!(out, "Warning: {warning}")?;
        }
        if let Some(compared) = compared {
            keep::tell_compared(&mut out, compared)?;
        }
        if !report.damaged.is_empty() {
            writeln!(out, "Nothing was changed. Copy the damaged files back from a backup.")?;
        }
    }
    let whole = compared.is_none_or(Compared::nothing_missing);
    Ok(match (report.damaged.is_empty(), report.warnings.is_empty() && whole) {
        (false, _) => End::Damage,
        (true, false) => End::Warnings,
        (true, true) => End::Fine,
    })
}
