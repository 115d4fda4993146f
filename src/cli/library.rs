//! The library: looking, checking, printing, taking in, passing on.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::say::{self, Said};
use super::{End, Ended, Session, Stop};
use crate::app::draft::Change;
use crate::app::packs::{file_name, is_csv, read_file};
use crate::app::paper::{self, Whom};
use crate::app::{Desk, Notice};
use crate::export::pdf;
use crate::library::packs::{Head, make_pack, write_pack};
use crate::library::{Incoming, Library, Staged, read_incoming};
use crate::model::{Body, Own, ReferenceList, Template};
use crate::platform::{self, Existing};

#[derive(Subcommand)]
pub enum TemplatesCommand {
    /// List templates, modules and lists.
    List {
        /// What you added too; asks for the passphrase.
        #[arg(long)]
        own: bool,
    },
    /// Show a template, a module or a list.
    Show {
        /// Its id, as the list shows it.
        id: String,
        /// With what you added or replaced; asks for the passphrase.
        #[arg(long)]
        own: bool,
    },
    /// Check files before they are used or passed on: templates and packs (.json), modules
    /// (.md), lists (.json, .csv). Needs no record.
    Check {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Print a template with room to write on, or a wallet card of a template or module.
    Print {
        /// Its id.
        id: String,
        /// The PDF to write: a new file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// A card of 86 by 54 millimetres.
        #[arg(long)]
        card: bool,
        /// Also the questions that one person alone answers, words to borrow, and what to do when
        /// the talk turns: not for the table between two people.
        #[arg(long)]
        private: bool,
        /// With what you added or replaced; asks for the passphrase.
        #[arg(long)]
        own: bool,
    },
    /// Show all that is in a pack, a template or a list, and with --apply take it in.
    Import {
        /// The file.
        file: PathBuf,
        /// Which list a CSV file takes the place of.
        #[arg(long, value_name = "ID")]
        list: Option<String>,
        /// Take it in.
        #[arg(long)]
        apply: bool,
    },
    /// Make a pack of templates, modules and lists, to pass to a colleague.
    Export(PackArgs),
    /// Take a pack, or a template or list of your own, out of the library.
    Remove {
        /// The id of the pack, or own/... as the list shows it.
        id: String,
    },
}

#[derive(Args)]
pub struct PackArgs {
    /// What to put in, by id; template:ID, module:ID or list:ID where an id is ambiguous.
    #[arg(required = true)]
    ids: Vec<String>,
    /// With what you added or replaced; asks for the passphrase.
    #[arg(long)]
    own: bool,
    /// The pack to write: a new file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A short name that stays, in small letters, digits and hyphens.
    #[arg(long, value_name = "ID")]
    name: String,
    /// What it is called.
    #[arg(long)]
    title: String,
    /// Rises with every change.
    #[arg(long, default_value_t = 1, value_name = "N")]
    number: u32,
    /// What is in it and for whom.
    #[arg(long, default_value = "")]
    about: String,
    /// Whom to send remarks and faults to.
    #[arg(long, default_value = "")]
    by: String,
    /// How it may be used. What comes with Cairn is under CC BY 4.0.
    #[arg(long, default_value = "CC BY 4.0")]
    licence: String,
}

/// `cairn templates`
pub fn run(session: &Session, command: TemplatesCommand) -> Ended {
    match command {
        TemplatesCommand::List { own } => list(session, own),
        TemplatesCommand::Show { id, own } => show(session, &id, own),
        TemplatesCommand::Check { files } => check(session, &files),
        TemplatesCommand::Print { id, out, card, private, own } => {
            let library = library(session, own || is_added(&id))?;
            print(session, &library, &id, (&out, card, private))
        }
        TemplatesCommand::Import { file, list, apply } => {
            import(session, &file, list.as_deref(), apply)
        }
        TemplatesCommand::Export(args) => export(session, args),
        TemplatesCommand::Remove { id } => remove(session, &id),
    }
}

fn built_in() -> Result<Library, Stop> {
    Library::built_in().map_err(|error| Stop::Usage(error.to_string()))
}

/// What comes with Cairn, and what the person added where that is wanted. Only then is the
/// record opened.
fn library(session: &Session, added: bool) -> Result<Library, Stop> {
    let built_in = built_in()?;
    if !added {
        return Ok(built_in);
    }
    let (mut desk, opened) = session.at_a_glance()?;
    desk.rest();
    Ok(built_in.with(opened.journal.own()))
}

/// What is not built in has the name of its pack before its own. A list of one's own in the place
/// of a built-in one has the name of that.
fn is_added(id: &str) -> bool {
    id.contains('/')
}

fn list(session: &Session, own: bool) -> Ended {
    let library = library(session, own)?;
    let templates = library.templates().iter().map(|it| ("template", &it.id, &it.title));
    let modules = library.modules().iter().map(|it| ("module", &it.id, &it.title));
    let lists = library.lists().iter().map(|it| ("list", &it.id, &it.title));
    let rows = templates.chain(modules).chain(lists);
    if session.json {
        let row = |(sort, id, title)| json!({ "sort": sort, "id": id, "title": title });
        return say::json(&Value::Array(rows.map(row).collect()));
    }
    let mut out = say::list();
    for (sort, id, title) in rows {
        writeln!(out, "{sort:8}  {id:34}  {}", say::cell(title))?;
    }
    out.flush()?;
    Ok(End::Fine)
}

fn missing(id: &str) -> Stop {
    Stop::Refused(Notice::new(
        format!("There is no template, module or list {}.", say::cell(id)),
        "Nothing was changed.",
        "`cairn templates list --own` shows all there are.",
    ))
}

fn show(session: &Session, id: &str, own: bool) -> Ended {
    let library = library(session, own || is_added(id))?;
    let mut out = say::list();
    let value = if let Some(template) = library.get(id) {
        if !session.json {
            show_template(&mut out, template)?;
        }
        serde_json::to_value(template)
    } else if let Some(module) = library.module(id) {
        if !session.json {
            write!(out, "{}", module.text)?;
        }
        let (title, serves) = (&module.title, &module.serves);
        Ok(json!({ "id": module.id, "title": title, "serves": serves, "text": module.text }))
    } else if let Some(list) = library.list(id) {
        if !session.json {
            show_list(&mut out, list)?;
        }
        serde_json::to_value(list)
    } else {
        return Err(missing(id));
    };
    if session.json {
        return say::json(&value.map_err(|error| Stop::Usage(error.to_string()))?);
    }
    out.flush()?;
    Ok(End::Fine)
}

/// All of a list: what is unsure in it, and where it comes from, belong to it.
fn show_list(out: &mut Said, list: &ReferenceList) -> io::Result<()> {
    writeln!(out, "{}\nChecked {}. {}", list.title, list.checked, list.about)?;
    unsure(out, "", &list.unsure)?;
    let mut group = "";
    for item in &list.items {
        if item.group != group {
            group = &item.group;
            writeln!(out, "\n{group}")?;
        }
        writeln!(out, "{:10}  {}", item.code, item.title)?;
        if !item.about.is_empty() {
            writeln!(out, "            {}", item.about)?;
        }
        unsure(out, "            ", &item.unsure)?;
    }
    if !list.sources.is_empty() {
        writeln!(out, "\nSources")?;
    }
    for source in &list.sources {
        writeln!(out, "- {source}")?;
    }
    Ok(())
}

fn unsure(out: &mut Said, indent: &str, words: &str) -> io::Result<()> {
    if words.is_empty() { Ok(()) } else { writeln!(out, "{indent}Unsure: {words}") }
}

fn show_template(out: &mut Said, template: &Template) -> io::Result<()> {
    let (short, long) = template.minutes;
    writeln!(out, "{}\n{}", template.title, template.purpose)?;
    writeln!(out, "Who leads: {}. {short} to {long} minutes.", template.lead)?;
    for (label, words) in [
        ("When", &template.when),
        ("When not", &template.when_not),
        ("If it turns into something else", &template.if_it_turns),
    ] {
        if !words.is_empty() {
            writeln!(out, "{label}: {words}")?;
        }
    }
    for section in &template.sections {
        writeln!(out, "\n{}", section.title)?;
        for prompt in &section.prompts {
            let hidden = if prompt.hidden { ", hidden" } else { "" };
            writeln!(out, "- {} [{}{hidden}]", prompt.text, prompt.layer.words())?;
            for phrase in &prompt.phrases {
                writeln!(out, "    “{phrase}”")?;
            }
        }
    }
    Ok(())
}

fn check(session: &Session, files: &[PathBuf]) -> Ended {
    let built_in = built_in()?;
    let today = (session.clock)().date();
    let mut end = End::Fine;
    let mut report = Vec::new();
    for file in files {
        let read = read_file(file).map_err(|notice| notice.to_string());
        let read = read.and_then(|bytes| {
            read_incoming(&say::cell(file_name(file)), &bytes, &built_in, None, today)
                .map_err(|error| error.to_string())
        });
        if read.is_err() {
            end = End::Damage;
        }
        match read {
            _ if session.json => report.push(json!({
                "file": file, "sort": read.as_ref().ok().map(sort), "fault": read.as_ref().err(),
            })),
            Ok(incoming) => {
                let shown = say::cell(file.display());
                writeln!(say::out(), "{shown}: a sound {}.", sort(&incoming))?;
            }
            Err(words) => writeln!(say::err(), "cairn: {words}")?,
        }
    }
    if session.json {
        say::json(&Value::Array(report))?;
    }
    Ok(end)
}

const fn sort(incoming: &Incoming) -> &'static str {
    match incoming {
        Incoming::Template(_) => "template",
        Incoming::Module(_) => "module",
        Incoming::List(_) => "list",
        Incoming::Pack(_) => "pack",
    }
}

fn print(
    session: &Session,
    library: &Library,
    id: &str,
    (out, card, private): (&Path, bool, bool),
) -> Ended {
    let today = (session.clock)().date();
    let bytes = match (library.get(id), library.module(id)) {
        (Some(template), _) => {
            if card {
                pdf::render_card(&paper::pocket(template, paper::anybody), today)
            } else {
                let whom = if private { Whom::Me } else { Whom::Table };
                let sheet = paper::sheet(library, template, whom, paper::anybody);
                pdf::render_blank(&sheet, today)
            }
        }
        (None, Some(module)) if card => pdf::render_card(&paper::card(module), today),
        (None, Some(module)) => pdf::render_workshop(&paper::workshop(module), today),
        (None, None) => return Err(missing(id)),
    };
    let bytes = bytes.map_err(|_| {
        Notice::new(
            "The PDF could not be made.",
            "Nothing was changed.",
            "`cairn templates show` gives the same words.",
        )
    })?;
    write_new(out, &bytes)?;
    writeln!(say::err(), "It is in {}.", say::cell(out.display()))?;
    done(session, &json!({ "file": out }))
}

/// The end of a command that did something: one JSON value where programs want it.
fn done(session: &Session, value: &Value) -> Ended {
    if session.json { say::json(value) } else { Ok(End::Fine) }
}

fn write_new(out: &Path, bytes: &[u8]) -> Result<(), Stop> {
    platform::write_file(out, bytes, Existing::Keep)
        .map_err(|error| Notice::not_written(out, &error).into())
}

fn import(session: &Session, file: &Path, list: Option<&str>, apply: bool) -> Ended {
    let built_in = built_in()?;
    let list = list.map(|id| built_in.list(id).ok_or_else(|| missing(id))).transpose()?;
    if is_csv(file) != list.is_some() {
        let words = "--list ID says which list a CSV file takes the place of, and only that.";
        return Err(Stop::Usage(words.to_owned()));
    }
    let now = (session.clock)();
    let bytes = read_file(file)?;
    let incoming = read_incoming(&say::cell(file_name(file)), &bytes, &built_in, list, now.date());
    let incoming = incoming.map_err(|error| Stop::Refused(refused(&error.to_string())))?;
    let (mut desk, opened) = session.at_a_glance()?;
    let Some(staged) = Staged::new(incoming, &built_in, opened.journal.own()) else {
        return Err(Stop::Usage("a module comes in a pack: put it in one.".to_owned()));
    };
    if !session.json {
        write!(say::out(), "{}", staged.contents())?;
    }
    let value = json!({ "contents": staged.contents().to_string(), "taken_in": apply });
    if !apply {
        desk.rest();
        writeln!(say::err(), "Nothing was taken in. With --apply it is.")?;
        return done(session, &value);
    }
    let new = Session::fresh()?.id(now.timestamp());
    save(session, &mut desk, staged.into_record(|| new))?;
    writeln!(say::err(), "All of it is in the library now.")?;
    done(session, &value)
}

/// A message that says by itself what is safe and what to do.
fn refused(words: &str) -> Notice {
    Notice::new(words, "", "")
}

fn save(
    session: &Session,
    desk: &mut Desk,
    (id, body): (crate::model::Id, Body),
) -> Result<(), Stop> {
    let now = (session.clock)().timestamp();
    desk.save(&[Change { id, body }], now).map_err(|error| Notice::from(&error))?;
    desk.rest();
    Ok(())
}

fn export(session: &Session, args: PackArgs) -> Ended {
    let built_in = built_in()?;
    let library = library(session, args.own || args.ids.iter().any(|id| is_added(id)))?;
    let head = Head {
        id: args.name,
        version: args.number,
        title: args.title,
        about: args.about,
        by: args.by,
        licence: args.licence,
    };
    let pack = make_pack(&library, &built_in, head, &args.ids)
        .map_err(|error| Stop::Refused(refused(&error.to_string())))?;
    write_new(&args.out, write_pack(&pack).as_bytes())?;
    let contents = crate::library::packs::Contents::of(&pack, None);
    if !session.json {
        write!(say::out(), "{contents}")?;
    }
    let shown = say::cell(args.out.display());
    writeln!(say::err(), "This pack is in {shown}. It is not encrypted.")?;
    done(session, &json!({ "file": args.out, "contents": contents.to_string() }))
}

fn remove(session: &Session, id: &str) -> Ended {
    let (mut desk, opened) = session.at_a_glance()?;
    let now = (session.clock)().timestamp();
    let gone = opened.journal.own().without(id, now);
    if gone.is_empty() {
        desk.rest();
        return Err(Stop::Refused(Notice::new(
            format!("You added no pack, template or list {}.", say::cell(id)),
            "Nothing was changed.",
            pack_names(opened.journal.own()),
        )));
    }
    for record in gone {
        save(session, &mut desk, record)?;
    }
    writeln!(
        say::err(),
        "It is out of the library. Conversations held with it keep their questions and answers."
    )?;
    done(session, &json!({ "removed": id }))
}

fn pack_names(own: &Own) -> String {
    let names: Vec<&str> = own.packs().map(|(_, pack)| pack.id.as_str()).collect();
    match names.as_slice() {
        [] => "There are no packs; `cairn templates list --own` shows the rest.".to_owned(),
        names => format!("Packs: {}.", names.join(", ")),
    }
}
