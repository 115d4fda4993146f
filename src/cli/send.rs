//! Exporting and verifying.

use std::ops::ControlFlow;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::{End, Ended, ExportArgs, ExportFormat, Session, Stop, boxes, keep, records, say};
use crate::app::desk::{Filing, Sending};
use crate::app::job::summary_of;
use crate::app::packs::{file_name, read_at_most};
use crate::app::summary_page::{blocked, kept_in};
use crate::app::{Desk, Notice, state::Opened};
use crate::export::pdf::{Layout, layout};
use crate::export::{Format, Preview, Summary};
use crate::model::Receipt;
use crate::model::date::year_up_to;
use crate::model::text::count;
use crate::platform::Existing;
use crate::vault::{Compared, OpenVault, Progress, Report};

/// `cairn export`
pub fn export(session: &Session, args: &ExportArgs) -> Ended {
    let format = match args.format {
        ExportFormat::Pdf => Format::Pdf,
        ExportFormat::Docx => Format::Docx,
        ExportFormat::Md => Format::Markdown,
        ExportFormat::Txt => Format::Text,
        ExportFormat::Json => Format::Json,
        ExportFormat::Portfolio => return boxes::export(session, args),
    };
    if args.portfolio.is_some() {
        return Err(Stop::Usage("--portfolio goes with --format portfolio.".to_owned()));
    }
    let Some(wanted) = &args.person else {
        if format != Format::Json {
            return Err(Stop::Usage("--person is needed: whose summary is it?".to_owned()));
        }
        let (mut desk, opened) = session.unlocked()?;
        return export_everything(session, args, &mut desk, &opened);
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
    let summary = chosen(opened, args, person, now.date())?;
    let layout = args.layout.as_deref().map(|file| own_layout(file, format)).transpose()?;
    let sending = Sending {
        summary: &summary,
        format,
        path: &args.out,
        existing: Existing::Keep,
        layout: layout.as_ref(),
    };
    let receipt = Session::fresh()?.id(now.timestamp());
    let kept = kept_in(&opened.journal, &summary);
    let filing = Filing { person, receipt, to: String::new(), kept };
    let written = desk.export(&sending, filing, now.timestamp())?;
    let preview = Preview::new(&summary, format);
    let mut err = say::err();
    if !preview.cannot_show.is_empty() {
        let list: Vec<String> = preview.cannot_show.iter().map(char::to_string).collect();
        writeln!(
            err,
            "No font of this computer has {}: a simpler letter or a question mark stands there. \
             Install a font that has them, or choose another kind of file.",
            say::cell(list.join(" "))
        )?;
    }
    writeln!(
        err,
        "{} lines For the ARCP left in {}.",
        summary.counts.lines,
        say::cell(args.out.display())
    )?;
    writeln!(err, "{} {}.", preview.file, preview.readers)?;
    writeln!(err, "SHA-256 {}", written.receipt.sha256)?;
    for line in &preview.to_settle {
        let why: Vec<&str> = line.why.iter().map(|why| why.words()).collect();
        writeln!(err, "To settle: {} ({})", say::cell(&line.text), why.join(", "))?;
    }
    drop(err);
    missing(opened)
}

/// A layout of one's own from its file.
fn own_layout(file: &Path, format: Format) -> Result<Layout, Stop> {
    if format != Format::Pdf {
        return Err(Stop::Usage("--layout is for --format pdf.".to_owned()));
    }
    let bytes = read_at_most(file, layout::MAX_BYTES)?;
    let name = say::cell(file_name(file)).to_string();
    Layout::own(&name, &bytes).map_err(|error| Notice::new(error.to_string(), "", "").into())
}

/// What leaves of a person over the period that is asked for: what their record leaves out stays
/// out, and nothing leaves that surely points to somebody.
pub(super) fn chosen(
    opened: &Opened,
    args: &ExportArgs,
    person: crate::model::Id,
    today: jiff::civil::Date,
) -> Result<Summary, Stop> {
    let to = args.to.unwrap_or(today);
    let from = args.from.unwrap_or_else(|| year_up_to(to));
    if from > to {
        return Err(Stop::Usage(format!("the period ends before it begins: {from} to {to}.")));
    }
    let Some(summary) = summary_of(&opened.journal, person, (from, to), today) else {
        return Err(Stop::Usage("there is no such person.".to_owned()));
    };
    let blocked = blocked(&opened.journal, person, &summary);
    if blocked.is_empty() {
        return Ok(summary);
    }
    for (_, remark) in &blocked {
        writeln!(say::err(), "To settle: {} {}", say::cell(remark.lead()), remark.advice())?;
    }
    Err(Stop::Refused(Notice::new(
        format!("{} may point to someone.", count(blocked.len(), "place")),
        "Nothing left this machine.",
        "Change the words, leave the line out, or keep them with a reason, in the window.",
    )))
}

/// How an export ends: with a warning when files of the record could not be read.
pub(super) fn missing(opened: &Opened) -> Ended {
    let damaged = &opened.record.damaged;
    if damaged.is_empty() {
        return Ok(End::Fine);
    }
    writeln!(
        say::err(),
        "Warning: {} of the record can’t be read. What only they hold is missing from the export. \
         Copy them back from a backup, then export again.",
        count(damaged.len(), "file")
    )?;
    Ok(End::Warnings)
}

/// One's own full copy: the only export, beside the access-request pack, that holds what is
/// Private. It is asked for by leaving the person out, and says so.
fn export_everything(
    session: &Session,
    args: &ExportArgs,
    desk: &mut Desk,
    opened: &Opened,
) -> Ended {
    if args.layout.is_some() {
        return Err(Stop::Usage("--layout is for a person's summary.".to_owned()));
    }
    if args.from.is_some() || args.to.is_some() {
        return Err(Stop::Usage("everything has no period: leave --from and --to out.".to_owned()));
    }
    let mut all: Vec<Value> = Vec::new();
    for (id, body) in opened.journal.all() {
        let kind = body.kind();
        let value = records::whole(desk, id, body)?;
        all.push(json!({ "id": id, "kind": kind, "body": value }));
    }
    let records = all.len();
    let mut whole = Map::new();
    whole.insert("format".to_owned(), Value::from("cairn-everything"));
    whole.insert("version".to_owned(), Value::from(1));
    whole.insert("records".to_owned(), Value::Array(all));
    let bytes = Value::Object(whole).to_string();
    let now = (session.clock)().timestamp();
    let receipt = Receipt { format: "json".to_owned(), ..Receipt::of("Everything", now) };
    let id = Session::fresh()?.id(now);
    let written = desk.leave(bytes.as_bytes(), (&args.out, Existing::Keep), (id, receipt), now)?;
    writeln!(
        say::err(),
        "{records} records are in {}. It holds your private notes and is not encrypted.\n\
         SHA-256 {}",
        say::cell(args.out.display()),
        written.receipt.sha256
    )?;
    missing(opened)
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
        say::json(&json!({
            "records": report.records, "damaged": damaged, "warnings": warnings,
            "backup": compared.map(keep::compared_json),
        }))?;
    } else {
        let mut out = say::out();
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
