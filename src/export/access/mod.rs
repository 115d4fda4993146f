//! The access-request pack: everything that is held about one person, for somebody who asked.
//!
//! It is the one page that is made of whole records and the one place where private notes leave.
//! So it is a type of its own, made on purpose from [`crate::model::Journal::all_about`], and no
//! other page can be made from it. What the law gives is told as `domain.md` 5.1 has it.

mod record;
mod taken_out;
mod talk;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::Value;

use record::{Line, Names, lines};
pub use taken_out::{TAKEN_OUT, is_same, stands_in};
use talk::{listed, one};

use super::letter::{Between, Letter, Saying};
use super::preview::LayerCount;
use super::sheet::{Block, Cell, Part, paragraphs};
use crate::model::session::Role;
use crate::model::text::{count, long_date};
use crate::model::{Answer, Body, Id, Kind, Layer, Session, clean};

/// Everything that is held about one person, ready to be looked at.
#[derive(Debug, Clone)]
pub struct AccessPack {
    letter: Letter,
    others: Vec<String>,
}

/// What of the record could not be put in.
#[derive(Debug, Clone, Copy, Default)]
pub struct NotRead {
    /// How many files of the record cannot be read.
    pub damaged: usize,
}

/// The parts of the page, each with who reads it.
type Parts = Vec<(Part, Layer)>;

impl AccessPack {
    /// Its title, with which the words of its receipts begin.
    pub const TITLE: &str = "Everything held about one person";

    /// Makes it of every record about the person between whom it goes, in any order. `name` names
    /// a record that another one points to.
    pub fn new(
        between: Between<'_>,
        records: &[(Id, Body)],
        name: &dyn Fn(Id) -> Option<String>,
        not_read: NotRead,
    ) -> AccessPack {
        let own = clean::line(&between.settings.your_name);
        let me = if own.is_empty() { "The owner of the record" } else { &own };
        let them = clean::line(&between.person.name);
        let names = Names { record: name, me, them: &them };
        let mut parts: Parts = vec![(cover(&between, me, not_read), Layer::Shared)];
        for (_, body) in records.iter().filter(|(_, body)| body.kind() == Kind::Person) {
            parts.extend(known(body, &names));
        }
        parts.extend(talks(records, &names));
        parts.extend(plans(records, &names));
        parts.extend(actions(records, &names));
        for (kind, title, lead) in [
            (Kind::Attachment, "Files attached to the record", "name"),
            (Kind::Receipt, "What was sent or copied", "what"),
        ] {
            let of = records.iter().filter(|(_, body)| body.kind() == kind);
            let cells = of.map(|(_, body)| cell(body, lead, &names)).collect();
            parts.push((list(title, cells), Layer::Private));
        }
        for (title, pairings) in [("Pairing", true), ("Records of a newer version of Cairn", false)]
        {
            let is_pairing = |body: &Body| body.kind() == Kind::Pairing;
            let others = records.iter().filter(|(_, body)| matches!(body, Body::Other(..)));
            let others = others.filter(|(_, body)| is_pairing(body) == pairings);
            let others: Vec<Cell> = others.map(|(_, body)| cell(body, "", &names)).collect();
            if !others.is_empty() {
                parts.push((list(title, others), Layer::Private));
            }
        }
        let others = others_in(records, [&them, &own]);
        AccessPack { letter: letter(&between, records, parts), others }
    }

    /// The page with these words taken out.
    pub fn letter(&self, out: &BTreeSet<String>) -> Letter {
        let mut letter = self.letter.clone();
        taken_out::take_out(&mut letter.sheet.parts, out);
        if !out.is_empty() {
            let many = count(out.len(), "detail");
            letter.saying.what = format!("{}, {many} taken out", letter.saying.what);
        }
        letter
    }

    /// Who else stands in a place that is meant for a name, each once.
    pub fn others(&self) -> &[String] {
        &self.others
    }
}

fn letter(between: &Between<'_>, records: &[(Id, Body)], parts: Parts) -> Letter {
    let leaves = |layer: Layer| -> usize {
        // The covering words are nobody's record.
        let parts = parts.iter().skip(1).filter(|(_, of)| *of == layer);
        parts.map(|(part, _)| part.blocks.iter().map(entries).sum::<usize>()).sum()
    };
    let of = |layer: Layer, words: &str| LayerCount {
        layer,
        leaves: leaves(layer),
        words: match leaves(layer) {
            0 => "Nothing goes".to_owned(),
            _ => words.to_owned(),
        },
    };
    let saying = Saying {
        what: AccessPack::TITLE.to_owned(),
        file: "Access request",
        day: between.today,
        layers: [
            of(Layer::Arcp, "All of it goes"),
            of(Layer::Shared, "all of it goes"),
            of(Layer::Private, "all of it goes"),
        ],
        left_out: "Left out: earlier versions, what attached files hold, why a question is asked, \
                   words to borrow",
        notes: Vec::new(),
        outline: Vec::new(),
        names_no_doctor: false,
        holds_words: true,
        may_tell: 0,
    };
    let made = super::sheet::date(between.today);
    let foot = format!("Made on {made}. It holds private notes. It is not encrypted.");
    let mut letter =
        between.letter(saying, (AccessPack::TITLE, &foot), facts(between, records), parts);
    letter.sheet.nothing = "Nothing is held here".to_owned();
    letter
}

/// How many entries a block holds: the facts of one record are one.
fn entries(block: &Block) -> usize {
    match block {
        Block::Text(_) | Block::Quote(_) => 1,
        Block::List { items } if items.iter().all(|it| it.notes.is_empty()) => 1,
        Block::List { items } => items.len(),
        Block::Table { rows, .. } => rows.len(),
    }
}

fn facts(between: &Between<'_>, records: &[(Id, Body)]) -> Vec<(&'static str, String)> {
    let how_many = |kind: Kind, noun: &str| {
        let number = records.iter().filter(|(_, body)| body.kind() == kind).count();
        (number > 0).then(|| count(number, noun))
    };
    let holds: Vec<String> = [
        (Kind::Session, "conversation"),
        (Kind::Reflection, "reflection"),
        (Kind::Action, "action"),
        (Kind::Attachment, "file"),
        (Kind::Receipt, "receipt"),
    ]
    .into_iter()
    .filter_map(|(kind, noun)| how_many(kind, noun))
    .collect();
    let days: BTreeSet<Date> =
        records.iter().filter_map(|(_, body)| talk(body)).map(|it| it.date).collect();
    let days = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first == last => super::sheet::date(*first),
        (Some(first), Some(last)) => {
            format!("{} to {}", super::sheet::date(*first), super::sheet::date(*last))
        }
        _ => String::new(),
    };
    vec![
        ("Made by", clean::line(&between.settings.your_name)),
        ("Made on", super::sheet::date(between.today)),
        ("It holds", holds.join(", ")),
        ("From", days),
    ]
}

/// What this is, what the law gives, and what is not in it.
fn cover(between: &Between<'_>, me: &str, not_read: NotRead) -> Part {
    let day = long_date(between.today);
    let them = clean::line(&between.person.name);
    let them = if them.is_empty() { "this person" } else { &them };
    let mut words = vec![
        format!("This is everything about {them} in the Cairn record of {me} on {day}."),
        "It answers a request to see what is held. Any form of words counts as one.".to_owned(),
        "An answer is due within one month. It may take two months more where the request is \
         complex. Asking what is meant pauses the clock."
            .to_owned(),
        "A search has to be reasonable and proportionate.".to_owned(),
        "There are exemptions: details of other people, legal privilege, references given in \
         confidence, negotiations. Whoever answers decides, not Cairn."
            .to_owned(),
    ];
    if between.settings.role == Role::Supervisor {
        words.push(
            "An educational supervisor acts for the trust or deanery. The employer or deanery is \
             normally the controller of these notes."
                .to_owned(),
        );
    }
    words.extend([
        "Each line says who could read it. “Private to me” was only for the owner of the record."
            .to_owned(),
        format!("Where “{TAKEN_OUT}” stands, a detail of somebody else was taken out."),
        "Earlier versions of these records are kept as well. They are not printed here.".to_owned(),
        "Attached files are listed by name. What they hold is not printed here.".to_owned(),
        "Questions stand as they were asked. Why they are asked and words to borrow belong to the \
         template, and are not printed."
            .to_owned(),
        "Cairn cannot know of paper, mail, portfolios, other programs, or copies that somebody \
         else holds."
            .to_owned(),
    ]);
    if not_read.damaged > 0 {
        words.push(format!(
            "{} of the record cannot be read. What only they hold is missing here.",
            count(not_read.damaged, "file")
        ));
    }
    listed("About this document".to_owned(), words.into_iter().map(|it| vec![it]))
}

/// The body of a record as it is kept, without the bytes of a file.
fn value(body: &Body) -> Value {
    match body {
        Body::Attachment(file) => serde_json::to_value(file).unwrap_or_default(),
        _ => body.write().unwrap_or_default(),
    }
}

/// What is known about the person.
fn known(body: &Body, names: &Names<'_>) -> Parts {
    let (layered, facts): (Vec<Line>, Vec<Line>) =
        lines(Kind::Person, &value(body), names).into_iter().partition(|line| line.layer.is_some());
    let first = listed("What is known".to_owned(), facts.iter().map(|it| paragraphs(&it.whole())));
    let mut parts = vec![(first, Layer::Private)];
    parts.extend(layered.into_iter().filter_map(one));
    parts
}

const fn talk(body: &Body) -> Option<&Session> {
    match body {
        Body::Session(session) | Body::Reflection(session) => Some(session),
        _ => None,
    }
}

/// Conversations and reflections, the oldest first.
fn talks(records: &[(Id, Body)], names: &Names<'_>) -> Parts {
    let mut talks: Vec<(Id, &Body, &Session)> =
        records.iter().filter_map(|(id, body)| Some((*id, body, talk(body)?))).collect();
    talks.sort_by_key(|(id, _, session)| (session.date, *id));
    if talks.is_empty() {
        return vec![(list("Conversations and reflections", Vec::new()), Layer::Private)];
    }
    let of = |(_, body, session): &(Id, &Body, &Session)| {
        talk::parts(body.kind(), session, value(body), names)
    };
    talks.iter().flat_map(of).collect()
}

/// Career plans: what both read, then what only the owner does.
fn plans(records: &[(Id, Body)], names: &Names<'_>) -> Parts {
    let plans = records.iter().filter(|(_, body)| body.kind() == Kind::Plan);
    let of = |(_, body): &(Id, Body)| {
        let lines = lines(Kind::Plan, &value(body), names);
        let (shared, own): (Vec<Line>, Vec<Line>) =
            lines.into_iter().partition(|line| line.layer == Some(Layer::Shared));
        let part = |title: &str, lines: &[Line]| {
            listed(title.to_owned(), lines.iter().map(|it| paragraphs(&it.whole())))
        };
        let shared = (part("Career plan", &shared), Layer::Shared);
        let own = (!own.is_empty())
            .then(|| (part("Career plan, for the owner of the record", &own), Layer::Private));
        [shared].into_iter().chain(own)
    };
    plans.flat_map(of).collect()
}

/// Actions, by who reads them.
fn actions(records: &[(Id, Body)], names: &Names<'_>) -> Parts {
    let mut parts = Parts::new();
    for layer in Layer::ALL {
        let of = records.iter().filter(|(_, body)| match body {
            Body::Action(action) => action.layer == layer,
            _ => false,
        });
        let cells: Vec<Cell> = of.map(|(_, body)| cell(body, "text", names)).collect();
        if !cells.is_empty() {
            parts.push((list(&format!("Actions, {}", layer.words()), cells), layer));
        }
    }
    if parts.is_empty() {
        parts.push((list("Actions", Vec::new()), Layer::Private));
    }
    parts
}

fn list(title: &str, items: Vec<Cell>) -> Part {
    let blocks = if items.is_empty() { Vec::new() } else { vec![Block::List { items }] };
    Part { title: title.to_owned(), sub: false, blocks }
}

/// A small record: what it is about, then all that is kept beside it.
fn cell(body: &Body, lead: &str, names: &Names<'_>) -> Cell {
    let mut value = value(body);
    let words = value.as_object_mut().and_then(|fields| fields.remove(lead));
    let words = words.as_ref().and_then(Value::as_str).map(clean::lines).unwrap_or_default();
    let mut words = paragraphs(&words);
    if words.is_empty() {
        words.push(match body.kind() {
            Kind::Action | Kind::Receipt | Kind::Attachment => "Without words".to_owned(),
            kind => kind.word().to_owned(),
        });
    }
    let lines = lines(body.kind(), &value, names);
    // Told in one line: there can be many of them below one another.
    let told = lines.iter().map(|line| line.whole().replace('\n', "; "));
    let told = told.collect::<Vec<_>>().join(". ");
    Cell { words, notes: if told.is_empty() { Vec::new() } else { vec![told] } }
}

/// Who stands in a place that is meant for a name, but for the two.
fn others_in(records: &[(Id, Body)], but: [&str; 2]) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    for (_, body) in records {
        match body {
            Body::Person(person) => {
                names.extend(person.placements.iter().map(|one| one.supervisor.as_str()));
                names.extend(person.handed_over.iter().map(|over| over.to.as_str()));
            }
            Body::Session(session) | Body::Reflection(session) => {
                names.extend(session.brought.iter().map(|one| one.who.as_str()));
                for asked in session.items() {
                    names.extend(asked.other_view.iter().map(|view| view.who.as_str()));
                    if let Some(Answer::Person(name)) = &asked.answer {
                        names.push(name);
                    }
                }
            }
            Body::Receipt(receipt) => names.push(&receipt.to),
            _ => {}
        }
    }
    let names: BTreeSet<String> = names.into_iter().map(clean::line).collect();
    let is_other = |name: &String| {
        let same = |known: &&str| is_same(known, name);
        !name.is_empty() && !but.iter().any(same)
    };
    names.into_iter().filter(is_other).collect()
}
