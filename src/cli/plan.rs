//! `cairn plan`: showing, writing and agreeing a career plan.

use clap::{Args, Subcommand};
use serde_json::json;

use super::{End, Ended, Session, Stop, records, say};
use crate::app::draft::Change;
use crate::app::{Desk, Notice};
use crate::model::plan::{Plan, PlanField};
use crate::model::{Body, Id, Journal};

/// What to do with a plan.
#[derive(Subcommand)]
pub enum PlanCommand {
    /// Show what both read of it.
    Show(Whose),
    /// Write a field anew, one paragraph a line. No words empty it.
    Set {
        #[command(flatten)]
        whose: Whose,
        /// Which field: year1, year3, year5, why, options, next, promises, barriers, …
        #[arg(value_name = "FIELD")]
        field: String,
        /// What it is to say.
        #[arg(value_name = "VALUE")]
        value: String,
    },
    /// Agree to the words as they stand.
    Agree(Whose),
}

/// Whose plan.
#[derive(Args)]
pub struct Whose {
    /// With whom the plan is: an id or a full name.
    #[arg(long, value_name = "P")]
    person: String,
}

/// `cairn plan …`
pub fn run(session: &Session, command: &PlanCommand) -> Ended {
    match command {
        PlanCommand::Show(whose) => show(session, whose),
        PlanCommand::Set { whose, field, value } => {
            let field = PlanField::of_command(field).ok_or_else(|| unknown(field))?;
            change(session, whose, |plan, settings, now, fresh| {
                let (by, name) = settings;
                plan.set_field(field, value, by, name, now, fresh);
                plan.wrote(field.key(), now);
                "The plan is saved."
            })
        }
        PlanCommand::Agree(whose) => change(session, whose, |plan, (by, name), now, fresh| {
            let id = fresh().to_string();
            match plan.accept(by, name, now, id) {
                true => "You agreed this version.",
                false if plan.is_empty() => "The plan is empty: there is nothing to agree.",
                false => "You had agreed this version already.",
            }
        }),
    }
}

fn found(journal: &Journal, whose: &Whose) -> Result<(Id, Option<Id>, Plan), Stop> {
    let (person, _) = records::one_person(journal, &whose.person)?;
    Ok(match journal.plan_of(person) {
        Some((id, plan)) => (person, Some(id), plan.clone()),
        None => (person, None, Plan::with(person)),
    })
}

fn show(session: &Session, whose: &Whose) -> Ended {
    let (_, opened) = session.unlocked()?;
    let (person, id, plan) = found(&opened.journal, whose)?;
    let agreed = plan.agreed();
    if session.json {
        let agreed = agreed.map(|it| {
            json!({ "version": it.number, "names": it.names, "dates": it.dates, "words": it.words })
        });
        let words = plan.words();
        return say::json(&json!({ "id": id, "person": person, "words": words, "agreed": agreed }));
    }
    let mut out = say::out();
    if plan.is_empty() {
        writeln!(out, "Nobody has written in this plan yet.")?;
    }
    for field in PlanField::ALL {
        let paras = plan.paras(field);
        if !paras.is_empty() {
            writeln!(out, "{} ({})", field.heading(plan.labels), field.command())?;
            for para in paras {
                writeln!(out, "  {}", say::cell(&para.text))?;
            }
        }
    }
    if let Some(agreed) = agreed {
        let changed = plan.changed_since_agreed().len();
        writeln!(out, "Version {} is agreed. Fields changed since: {changed}.", agreed.number)?;
    }
    Ok(End::Fine)
}

fn change(
    session: &Session,
    whose: &Whose,
    how: impl FnOnce(
        &mut Plan,
        (crate::model::plan::Author, &str),
        jiff::Timestamp,
        &mut dyn FnMut() -> Id,
    ) -> &'static str,
) -> Ended {
    let (mut desk, opened): (Desk, _) = session.unlocked()?;
    let (_, id, before) = found(&opened.journal, whose)?;
    let settings = opened.journal.settings();
    let now = (session.clock)().timestamp();
    let mut fresh = Session::fresh()?;
    let mut plan = before.clone();
    let author = (settings.role, settings.your_name.as_str());
    let said = how(&mut plan, author, now, &mut || fresh.id(now));
    let id = id.unwrap_or_else(|| fresh.id(now));
    if plan != before {
        let changes = [Change { id, body: Body::Plan(plan) }];
        desk.save(&changes, now).map_err(|error| Stop::from(Notice::from(&error)))?;
    }
    desk.rest();
    if session.json {
        return say::json(&json!({ "id": id }));
    }
    writeln!(say::out(), "{said}")?;
    Ok(End::Fine)
}

fn unknown(field: &str) -> Stop {
    let known: Vec<&str> = PlanField::ALL.iter().map(|field| field.command()).collect();
    let field = say::cell(field);
    Stop::Usage(format!("there is no field “{field}”. These are known: {}.", known.join(", ")))
}
