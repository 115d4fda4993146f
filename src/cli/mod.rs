//! The command line: the same work as the window's, for people who script, and for tests.
//!
//! Exit codes: 0 fine, 1 warnings, 2 damage found or refused, 64 wrong use. Errors go to
//! standard error: what happened, what is safe, what to do.

mod ask;
mod attach;
mod boxes;
mod demo;
mod exchange;
mod import_notes;
mod import_people;
mod keep;
mod keys;
mod library;
mod pair;
mod people;
mod plan;
mod records;
mod review;
mod say;
mod send;
mod session;
mod window;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::app::packs::file_name;
use crate::app::role::Owner;
use crate::app::{Clock, Notice};
use crate::model::session::Role;
use crate::platform::{self, Folders};

/// A private, encrypted record of supervision conversations and reflections. Without a command
/// it opens the window.
#[derive(Parser)]
#[command(name = "cairn", version, about, max_term_width = 100)]
struct Cli {
    /// The folder of the record.
    #[arg(long, global = true, value_name = "DIR")]
    vault: Option<PathBuf>,
    /// Take the passphrase from the first line of this file (- is standard input).
    #[arg(long, global = true, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Print one JSON value, for programs.
    #[arg(long, global = true)]
    json: bool,
    /// A pack, template or list (.json) to look into in the window.
    file: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<CliCommand>,
}

#[derive(Subcommand)]
enum CliCommand {
    /// Open the window locked, in place of a program that locked. It starts this by itself.
    #[command(name = window::LOCKED, hide = true)]
    Locked,
    /// Make a demonstration record of fictional people, and export an ARCP summary from it.
    Demo(DemoArgs),
    /// Make a record; prints the recovery key once.
    Create {
        /// Write the recovery key to this file instead of printing it.
        #[arg(long, value_name = "FILE")]
        recovery_file: Option<PathBuf>,
        /// Your name, as it stands on a summary.
        #[arg(long, default_value = "", value_name = "NAME")]
        name: String,
        /// Whose record it is.
        #[arg(long, value_enum, default_value_t = OwnerRole::Supervisor)]
        role: OwnerRole,
    },
    /// Change the passphrase.
    Passphrase {
        /// Take the new passphrase from the first line of this file (- is standard input).
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Unlock with the recovery key and set a new passphrase.
    Recover {
        /// Take the recovery key from this file: the words, or an age key.
        #[arg(long, value_name = "FILE")]
        recovery_file: Option<PathBuf>,
    },
    /// Make a new recovery key, when the sheet is lost; the old one no longer opens the record.
    RecoveryKey {
        /// Write the recovery key to this file instead of printing it.
        #[arg(long, value_name = "FILE")]
        recovery_file: Option<PathBuf>,
    },
    /// Copy what is new to another folder, and keep a receipt.
    Backup {
        /// The folder: new, or with an earlier backup of this record.
        dir: PathBuf,
    },
    /// Bring the record back from a backup, or mend it with one. Needs no passphrase; with one,
    /// the record is compared with the backup's receipt.
    Restore {
        /// The folder of the backup.
        dir: PathBuf,
    },
    /// Move the record to a new key and a new passphrase in another folder, when somebody else
    /// may have the old ones. The old folder stays until you delete it.
    Move {
        /// The folder of the new record: a new one, or that of a move that was cut off.
        dir: PathBuf,
        /// Take the new passphrase from the first line of this file (- is standard input).
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
        /// Write the new recovery key to this file instead of printing it.
        #[arg(long, value_name = "FILE")]
        recovery_file: Option<PathBuf>,
    },
    /// Add one record from a JSON object; prints its id when it is durable.
    Add {
        /// What it is.
        #[arg(long, value_enum, default_value_t = AddKind::Session)]
        kind: AddKind,
        /// The file; standard input without one.
        file: Option<PathBuf>,
    },
    /// Show, write or agree a career plan.
    #[command(subcommand)]
    Plan(plan::PlanCommand),
    /// List records.
    List {
        /// Only this kind (person, session, reflection, action, receipt, settings).
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// Only what is about this person: an id or a full name.
        #[arg(long, value_name = "P")]
        person: Option<String>,
    },
    /// Show one record, or write an attached file out.
    Show {
        /// Its id.
        id: String,
        /// Write the attached file here: a new file, or a folder.
        #[arg(long, value_name = "PATH")]
        out: Option<PathBuf>,
    },
    /// Attach a file of at most 10 MiB to a record; prints the attachment's id.
    Attach {
        /// The record's id.
        id: String,
        /// The file.
        file: PathBuf,
    },
    /// Take an attached file off its record. The versions before keep it.
    Detach {
        /// The attachment's id.
        id: String,
    },
    /// Find words in every record, best first.
    Search {
        /// The words; all must be there.
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Bring in another program's file. All of it becomes private.
    Import {
        /// The kind of file.
        #[arg(long, value_enum)]
        format: ImportFormat,
        /// Only say what would come in (all but jsonl).
        #[arg(long)]
        preview: bool,
        /// Bring in people whose name is here already as well, as other people (people-csv).
        #[arg(long)]
        same_name: bool,
        /// Begin no note of its own at a heading with a date (markdown, docx).
        #[arg(long)]
        one_note: bool,
        /// The file (- is standard input).
        file: PathBuf,
    },
    /// Export an ARCP summary; JSON without a person exports everything.
    Export(ExportArgs),
    /// Keep anything about a person from being erased, while a reason stands.
    Hold {
        /// Whom: an id or a full name.
        #[arg(long, value_name = "P")]
        person: String,
        /// Why, such as "access request of 3 March".
        #[arg(long, default_value = "", value_name = "TEXT")]
        why: String,
        /// Take the hold off.
        #[arg(long)]
        off: bool,
    },
    /// Erase everything about a person for good; asks for the name first.
    Erase {
        /// Whom: an id or a full name.
        #[arg(long, value_name = "P")]
        person: String,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Accept a folder that was set back on purpose: what is missing is no longer warned about.
    AcceptRestore,
    /// Look through a text for what may point to a person, and for fair wording. Needs no record.
    Review(review::ReviewArgs),
    /// The library: list, show, check, print, take in and pass on.
    #[command(subcommand)]
    Templates(library::TemplatesCommand),
    /// Pair with another person who has a record of their own.
    #[command(subcommand)]
    Pair(pair::PairCommand),
    #[command(flatten)]
    Exchange(exchange::ExchangeCommand),
    /// Check every file of the record.
    Verify {
        /// Check only what can be checked without a passphrase.
        #[arg(long)]
        no_key: bool,
    },
}

/// Whose record it is.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum OwnerRole {
    /// That of somebody who supervises doctors.
    Supervisor,
    /// That of a doctor in training.
    Doctor,
}

impl From<OwnerRole> for Role {
    fn from(role: OwnerRole) -> Role {
        match role {
            OwnerRole::Supervisor => Role::Supervisor,
            OwnerRole::Doctor => Role::Doctor,
        }
    }
}

#[derive(Args)]
struct DemoArgs {
    /// Whose record it is.
    #[arg(long, value_enum, default_value_t = OwnerRole::Supervisor)]
    role: OwnerRole,
    /// The folder for the record and the summary.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Another year of the same people.
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Do not open the window afterwards.
    #[arg(long)]
    headless: bool,
}

#[derive(Args)]
struct ExportArgs {
    /// Whose summary: an id or a full name.
    #[arg(long, value_name = "P")]
    person: Option<String>,
    /// The first day, such as 2026-08-05. A year before the last day, without it.
    #[arg(long, value_name = "D")]
    from: Option<Date>,
    /// The last day. Today, without it.
    #[arg(long, value_name = "D")]
    to: Option<Date>,
    /// The kind of file.
    #[arg(long, value_enum)]
    format: ExportFormat,
    /// With --format portfolio: whose boxes. The one that the programme suggests, without it.
    #[arg(long, value_name = "ID")]
    portfolio: Option<String>,
    /// The file to write: a new file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A layout of your own for the PDF, in typst. It reads the page from words.json and may
    /// import base.typ; it can read nothing else.
    #[arg(long, value_name = "FILE")]
    layout: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum AddKind {
    Session,
    Reflection,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ImportFormat {
    Jsonl,
    Text,
    Markdown,
    Docx,
    Jrnl,
    #[value(name = "dayone")]
    DayOne,
    PeopleCsv,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    Pdf,
    Docx,
    Md,
    Txt,
    Json,
    Portfolio,
}

/// How a command ends when it does not end well.
#[derive(Debug)]
enum Stop {
    /// Used wrongly: 64.
    Usage(String),
    /// Refused, or damage found: 2.
    Refused(Notice),
    /// The reader of standard output went away; nobody is left to tell.
    Silent,
}

/// How a command ends when it ends well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Fine,
    Warnings,
    Damage,
}

type Ended = Result<End, Stop>;

impl From<Notice> for Stop {
    fn from(notice: Notice) -> Stop {
        Stop::Refused(notice)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::Silent,
            kind => Stop::Refused(Notice::new(
                format!("The answer could not be written out: {kind}."),
                "What was done before stays done.",
                "Make room, or send the answer to another place.",
            )),
        }
    }
}

/// What every command works with.
struct Session {
    folders: Folders,
    vault: PathBuf,
    passphrase_file: Option<PathBuf>,
    json: bool,
    clock: Clock,
}

/// Runs the program with these arguments, the first being its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come this way too, to standard output.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 64 } else { 0 });
        }
    };
    match run_command(cli) {
        Ok(End::Fine) => ExitCode::SUCCESS,
        Ok(End::Warnings) => ExitCode::from(1),
        Ok(End::Damage) => ExitCode::from(2),
        Err(Stop::Silent) => ExitCode::from(2),
        Err(Stop::Usage(words)) => {
            let _ = writeln!(say::err(), "cairn: {words}");
            ExitCode::from(64)
        }
        Err(Stop::Refused(notice)) => {
            let _ = writeln!(say::err(), "cairn: {notice}");
            ExitCode::from(2)
        }
    }
}

fn run_command(cli: Cli) -> Ended {
    let folders = platform::folders().ok_or_else(|| {
        Stop::Usage("this user has no home folder. Set HOME, then try again.".to_owned())
    })?;
    let vault = cli.vault.unwrap_or_else(|| folders.vault.clone());
    let session = Session {
        vault,
        folders,
        passphrase_file: cli.passphrase_file,
        json: cli.json,
        clock: Arc::new(jiff::Zoned::now),
    };
    if let Some(file) = cli.file {
        return open_file(&session, &file, cli.command.is_some());
    }
    match cli.command {
        None => window::open(&session, session.vault.clone(), window::With::Nothing),
        Some(CliCommand::Locked) => window::open_locked(&session),
        Some(CliCommand::Demo(args)) => demo::run(&session, args),
        Some(CliCommand::Create { recovery_file, name, role }) => {
            let owner = Owner { name: &name, role: role.into() };
            keys::create(&session, recovery_file.as_deref(), owner)
        }
        Some(CliCommand::Passphrase { new_passphrase_file }) => {
            keys::passphrase(&session, new_passphrase_file.as_deref())
        }
        Some(CliCommand::Recover { recovery_file }) => {
            keys::recover(&session, recovery_file.as_deref())
        }
        Some(CliCommand::RecoveryKey { recovery_file }) => {
            keys::new_recovery_key(&session, recovery_file.as_deref())
        }
        Some(CliCommand::Backup { dir }) => keep::backup(&session, dir),
        Some(CliCommand::Restore { dir }) => keep::restore(&session, dir),
        Some(CliCommand::Move { dir, new_passphrase_file, recovery_file }) => {
            keep::renew(&session, dir, new_passphrase_file.as_deref(), recovery_file.as_deref())
        }
        Some(CliCommand::Add { kind, file }) => records::add(&session, kind, file.as_deref()),
        Some(CliCommand::Plan(command)) => plan::run(&session, &command),
        Some(CliCommand::List { kind, person }) => {
            records::list(&session, kind.as_deref(), person.as_deref())
        }
        Some(CliCommand::Show { id, out: None }) => records::show(&session, &id),
        Some(CliCommand::Show { id, out: Some(out) }) => attach::write_out(&session, &id, &out),
        Some(CliCommand::Attach { id, file }) => attach::attach(&session, &id, &file),
        Some(CliCommand::Detach { id }) => attach::detach(&session, &id),
        Some(CliCommand::Search { words }) => records::search(&session, &words.join(" ")),
        Some(CliCommand::Import { format, preview, same_name, one_note, file }) => {
            import(&session, format, &file, (preview, same_name, one_note))
        }
        Some(CliCommand::Export(args)) => send::export(&session, &args),
        Some(CliCommand::Hold { person, why, off }) => people::hold(&session, &person, &why, off),
        Some(CliCommand::Erase { person, yes }) => people::erase(&session, &person, yes),
        Some(CliCommand::AcceptRestore) => people::accept_restore(&session),
        Some(CliCommand::Review(args)) => review::run(&session, args),
        Some(CliCommand::Templates(command)) => library::run(&session, command),
        Some(CliCommand::Pair(command)) => pair::run(&session, command),
        Some(CliCommand::Exchange(command)) => exchange::run(&session, command),
        Some(CliCommand::Verify { no_key }) => send::verify(&session, no_key),
    }
}

/// Brings a file in, once what is asked for fits its kind.
fn import(
    session: &Session,
    format: ImportFormat,
    file: &Path,
    (preview, same_name, one_note): (bool, bool, bool),
) -> Ended {
    use crate::import::notes::Format;
    let notes = match format {
        ImportFormat::Jsonl if preview => {
            return Err(Stop::Usage("--preview is for every kind but jsonl.".to_owned()));
        }
        _ if same_name && format != ImportFormat::PeopleCsv => {
            return Err(Stop::Usage("--same-name is for people-csv.".to_owned()));
        }
        _ if one_note && !matches!(format, ImportFormat::Markdown | ImportFormat::Docx) => {
            return Err(Stop::Usage("--one-note is for markdown and docx.".to_owned()));
        }
        ImportFormat::Jsonl => return records::import(session, file),
        ImportFormat::PeopleCsv => {
            return import_people::import(session, file, import_people::How { preview, same_name });
        }
        ImportFormat::Text => Format::Text,
        ImportFormat::Markdown => Format::Markdown,
        ImportFormat::Docx => Format::Docx,
        ImportFormat::Jrnl => Format::Jrnl,
        ImportFormat::DayOne => Format::DayOne,
    };
    import_notes::import(session, notes, file, import_notes::How { preview, one_note })
}

/// Opens the window to look into a file; a word that is no file was meant as a command.
fn open_file(session: &Session, file: &Path, with_a_command: bool) -> Ended {
    if with_a_command || !platform::is_file(file) {
        let words = "is neither a command nor a file to look into. See --help.";
        return Err(Stop::Usage(format!("“{}” {words}", file_name(file))));
    }
    let file = std::path::absolute(file)?;
    window::open(session, session.vault.clone(), window::With::File(file))
}
