//! What the other of a pair can read: a standing view, made once after a change, never while
//! drawing. What they have was sent; what is shared here may still wait to be sent.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;

use super::exchanging::title;
use super::history::name_of;
use super::pairing::{INVITATION, REPLY};
use super::screen::Screen;
use super::state::{Open, Phase, State};
use crate::exchange::pairing::Side;
use crate::exchange::share::{SharedAction, SharedPlan, SharedSession, project};
use crate::model::compare::{self, Row};
use crate::model::text::count;
use crate::model::{Action, Body, Id, Journal, Kind, Layer, Plan, Session};

/// What the worker knows of pairs: with whom, and the newest shared version of each thing.
#[derive(Debug, Clone, Default)]
pub struct Readers {
    by_person: BTreeMap<Id, Reader>,
}

/// The other of a pair.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// The pair, while there is one.
    pub pair: Option<Paired>,
    /// What they have of each thing.
    pub known: BTreeMap<Id, Known>,
}

/// How two came to be a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paired {
    /// When.
    pub when: Timestamp,
    /// Whether they compared their four words.
    pub checked: bool,
    /// Which of the two the owner of this record is.
    pub side: Side,
}

/// The newest version of a thing that went to the other, or came from them.
#[derive(Debug, Clone)]
pub struct Known {
    /// What sort of thing it is.
    pub kind: Kind,
    /// As it travelled.
    pub body: Value,
    /// The record that keeps the version; it was made when the version was.
    pub kept: Id,
}

impl Readers {
    /// The other of a pair, by the person of this record.
    pub fn of(&self, person: Id) -> Option<&Reader> {
        self.by_person.get(&person)
    }

    /// Whether the two are paired now.
    pub fn pair(&self, person: Id) -> Option<Paired> {
        self.of(person)?.pair
    }

    /// Adds a pairing.
    pub fn put_pair(&mut self, person: Id, pair: Option<Paired>) {
        self.by_person.entry(person).or_default().pair = pair;
    }

    /// Adds a version of a thing; of several the newest stays.
    pub fn put(&mut self, (person, thing): (Id, Id), known: Known) {
        let held = self.by_person.entry(person).or_default().known.entry(thing);
        let held = held.or_insert_with(|| known.clone());
        if held.kept.unix_ms() < known.kept.unix_ms() {
            *held = known;
        }
    }
}

/// What one person can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reads {
    /// Since when the two are paired, and whether they compared their words.
    pub paired: Option<(Date, bool)>,
    /// How many lines are shared.
    pub shared: usize,
    /// The things that they lie in, the newest first.
    pub things: Vec<Thing>,
    /// The lines for the ARCP.
    pub arcp: Vec<ForArcp>,
    /// What is private to the owner: what it is, and how much.
    pub private: Vec<(&'static str, String)>,
    /// How many private lines that is.
    pub private_count: usize,
    /// When something was last sent.
    pub last_sent: Option<Date>,
}

/// A shared thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// Which.
    pub id: Id,
    /// What it is called here.
    pub title: String,
    /// "9 answers and 4 actions".
    pub detail: String,
    /// Its day.
    pub day: Date,
    /// Whether it was sent.
    pub standing: Standing,
}

/// Whether a thing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is shared, and nothing of it was sent.
    NotSent,
    /// They have an earlier version, of that day.
    Changed(Date),
    /// They have all of it, since that day.
    Sent(Date),
}

/// A line for the ARCP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForArcp {
    /// The words.
    pub text: String,
    /// Where it comes from, and whether both agreed it.
    pub detail: String,
}

/// One thing with all its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// What it is called.
    pub title: String,
    /// Whether it was sent.
    pub standing: Standing,
    /// What they have, field by field; nothing where nothing was sent.
    pub theirs: Vec<Row>,
    /// What is shared here and they do not have.
    pub waits: Vec<Row>,
}

/// What is made to be looked at, with what it was made of.
#[derive(Default)]
pub(super) struct Shown {
    made: Option<(u64, u64, Date)>,
    screen: Option<Screen>,
    all: BTreeMap<Id, Reads>,
    pages: Option<(Id, Vec<Pages>)>,
}

/// What a view is made from.
struct Maker<'a> {
    journal: &'a Journal,
    reader: &'a Reader,
    person: Id,
    zone: TimeZone,
    /// When files for the person left: by the identity of the receipt, and as it says.
    sent: Vec<(u64, Timestamp)>,
}

impl Maker<'_> {
    fn side(&self) -> Side {
        self.reader.pair.map_or(Side::Inviter, |pair| pair.side)
    }

    fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// When a version left: by the first receipt of a file for the person that came after it. A
    /// version whose file could not be written has none, until one carries it.
    fn sent_on(&self, known: &Known) -> Option<Date> {
        let since = known.kept.unix_ms();
        let files = self.sent.iter().filter(|(made, _)| *made >= since);
        files.map(|(_, at)| *at).min().map(|at| self.day(at))
    }

    fn standing(&self, id: Id, now: Option<&Value>) -> Standing {
        let Some(known) = self.reader.known.get(&id) else { return Standing::NotSent };
        match self.sent_on(known) {
            None => Standing::NotSent,
            Some(day) if now == Some(&known.body) => Standing::Sent(day),
            Some(day) => Standing::Changed(day),
        }
    }

    /// How a thing stands that is shared; nothing where it is not.
    fn standing_of<S: Serialize>(&self, id: Id, shared: Option<S>) -> Option<Standing> {
        let now = serde_json::to_value(shared?).ok()?;
        Some(self.standing(id, Some(&now)))
    }

    fn action(&self, id: Id, action: &Action) -> Option<Standing> {
        self.standing_of(id, SharedAction::of(action, self.side()))
    }

    /// A conversation with its shared actions.
    fn talk(&self, id: Id, session: &Session) -> Option<(Thing, usize)> {
        let mut standing = self.standing_of(id, SharedSession::of(session))?;
        let answers = session.count(Layer::Shared);
        let mut actions = 0;
        for (id, action) in self.journal.actions_from(id) {
            if action.person != Some(self.person) {
                continue;
            }
            if let Some(of) = self.action(id, action) {
                standing = least(standing, of);
                actions += 1;
            }
        }
        let detail = match (answers, actions) {
            (0, 0) => "Lines for the ARCP alone".to_owned(),
            (n, 0) => count(n, "answer"),
            (0, n) => count(n, "action"),
            (n, m) => format!("{} and {}", count(n, "answer"), count(m, "action")),
        };
        let title = session.title.clone();
        Some((Thing { id, title, detail, day: session.date, standing }, answers + actions))
    }

    fn plan(&self, id: Id, plan: &Plan) -> Option<(Thing, usize)> {
        let standing = self.standing_of(id, SharedPlan::of(plan).map(|plan| plan.body()))?;
        let fields = plan.words().len();
        let mut detail = count(fields, "field");
        let mut title = "Career plan".to_owned();
        if let Some(agreed) = plan.agreed() {
            title = format!("Career plan, version {}", agreed.number);
            let said =
                if agreed.words == plan.words() { "agreed by you both" } else { "changed since" };
            detail = format!("{detail}, {said}");
        }
        let last = crate::model::plan::PlanField::ALL;
        let last = last.into_iter().flat_map(|field| plan.paras(field)).map(|para| para.at).max();
        let day = self.day(last.unwrap_or_default());
        Some((Thing { id, title, detail, day, standing }, fields))
    }

    /// The actions that come from no shared conversation, as one thing.
    fn loose(&self, talks: &[Thing]) -> Option<(Thing, usize)> {
        let mut made: Option<Thing> = None;
        let mut number = 0;
        for (id, action) in self.journal.actions_with(self.person) {
            if action.from.is_some_and(|from| talks.iter().any(|talk| talk.id == from)) {
                continue;
            }
            let Some(standing) = self.action(id, action) else {
                continue;
            };
            number += 1;
            let thing = made.get_or_insert_with(|| Thing {
                id,
                title: "Other actions".to_owned(),
                detail: String::new(),
                day: action.made,
                standing,
            });
            thing.day = thing.day.max(action.made);
            thing.standing = least(thing.standing, standing);
        }
        let mut thing = made?;
        thing.detail = count(number, "action");
        Some((thing, number))
    }

    /// What was sent and is shared no more: they keep it.
    fn taken_back(&self, things: &[Thing]) -> Vec<Thing> {
        let known = self.reader.known.iter().filter(|(id, known)| {
            let shared =
                self.journal.get(**id).and_then(|body| project::shared(&body, self.side()));
            shared.is_none()
                && !project::is_taken_back(&known.body)
                && !things.iter().any(|thing| thing.id == **id)
        });
        let thing = |(id, known): (&Id, &Known)| {
            let day = self.sent_on(known)?;
            Some(Thing {
                id: *id,
                title: title_of(self.journal, *id, known),
                detail: "Taken back here. They keep what was sent".to_owned(),
                day,
                standing: Standing::Changed(day),
            })
        };
        known.filter_map(thing).collect()
    }

    fn reads(&self) -> Reads {
        let journal = self.journal;
        let mut arcp = Vec::new();
        let (mut things, mut shared) = (Vec::new(), 0);
        let mut take = |found: Option<(Thing, usize)>| {
            if let Some((thing, lines)) = found {
                things.push(thing);
                shared += lines;
            }
        };
        for (id, session) in journal.sessions_with(self.person) {
            take(self.talk(id, session));
            arcp.extend(arcp_lines(session));
        }
        take(journal.plan_of(self.person).and_then(|(id, plan)| self.plan(id, plan)));
        if let Some((thing, lines)) = self.loose(&things) {
            things.push(thing);
            shared += lines;
        }
        things.extend(self.taken_back(&things));
        things.sort_by_key(|thing| (std::cmp::Reverse(thing.day), thing.id));
        let sent = |thing: &Thing| match thing.standing {
            Standing::Sent(day) | Standing::Changed(day) => Some(day),
            Standing::NotSent => None,
        };
        let last_sent = things.iter().filter_map(sent).max();
        let (private, private_count) = self.private();
        let paired = self.reader.pair.map(|pair| (self.day(pair.when), pair.checked));
        Reads { paired, shared, things, arcp, private, private_count, last_sent }
    }

    /// What only the owner reads: what it is, and how much there is of it.
    fn private(&self) -> (Vec<(&'static str, String)>, usize) {
        let journal = self.journal;
        let talks = journal.sessions_with(self.person);
        let notes: usize = talks.iter().map(|(_, talk)| talk.count(Layer::Private)).sum();
        let actions = journal.actions_with(self.person);
        let actions = actions.iter().filter(|(_, action)| action.layer == Layer::Private).count();
        let beside = journal.plan_of(self.person).map_or(0, |(_, plan)| plan.notes.len());
        let written = journal.reflection_count();
        let rows = [
            ("My journal", written, "reflection"),
            ("My notes and answers in meetings", notes, "line"),
            ("My own actions", actions, "action"),
            ("My notes beside the plan", beside, "note"),
        ];
        let shown = rows.into_iter().filter(|(_, number, _)| *number > 0);
        let shown = shown.map(|(title, number, noun)| (title, count(number, noun)));
        (shown.collect(), written + notes + actions + beside)
    }

    /// Every word: what they have, and what waits here.
    fn pages(&self) -> Vec<Pages> {
        let mut ids: Vec<(Date, Id)> =
            self.reads().things.iter().map(|thing| (thing.day, thing.id)).collect();
        let more = self.journal.actions_with(self.person).into_iter();
        ids.extend(more.map(|(id, action)| (action.made, id)));
        ids.extend(self.reader.known.keys().map(|id| (Date::MIN, *id)));
        let mut seen = std::collections::BTreeSet::new();
        ids.retain(|(_, id)| seen.insert(*id));
        ids.sort_by_key(|(day, id)| (std::cmp::Reverse(*day), *id));
        ids.into_iter().filter_map(|(_, id)| self.page(id)).collect()
    }

    fn page(&self, id: Id) -> Option<Pages> {
        let side = self.side();
        let own = self.journal.get(id);
        let now = own.as_ref().and_then(|body| project::shared(body, side));
        let known =
            self.reader.known.get(&id).filter(|known| {
                self.sent_on(known).is_some() && !project::is_taken_back(&known.body)
            });
        let kind = own.as_ref().map(Body::kind).or(known.map(|known| known.kind))?;
        let names = |id: Id| name_of(self.journal, id);
        let seen = |body: &Value| as_seen(body, side);
        let theirs = known.map(|known| {
            let body = seen(&known.body);
            compare::rows(kind, &body, &body, &names)
        });
        let before = known.map_or_else(|| serde_json::json!({}), |known| seen(&known.body));
        let waits = now.as_ref().map(|now| {
            let now = seen(now);
            match known {
                Some(_) => compare::changed(kind, &before, &now, &names),
                None => compare::rows(kind, &now, &now, &names),
            }
        });
        let (theirs, waits) = (theirs.unwrap_or_default(), waits.unwrap_or_default());
        if theirs.is_empty() && waits.is_empty() {
            return None;
        }
        let title = match &own {
            Some(Body::Session(session)) => session.title.clone(),
            _ => title(kind, known.map(|known| &known.body).or(now.as_ref())?),
        };
        Some(Pages { title, standing: self.standing(id, now.as_ref()), theirs, waits })
    }
}

/// What a thing is called that they have.
fn title_of(journal: &Journal, id: Id, known: &Known) -> String {
    match journal.held(id) {
        Some(held) => held.session.title.clone(),
        None => title(known.kind, &known.body),
    }
}

/// A body as the owner of this record reads it: whose an action is depends on who reads.
fn as_seen(body: &Value, mine: Side) -> Value {
    let mut body = body.clone();
    if let Some(owner) = body.get_mut("owner") {
        let is_mine = *owner == serde_json::json!(mine);
        *owner = if is_mine { "me".into() } else { "them".into() };
    }
    body
}

/// Of two, the one of which more waits.
fn least(one: Standing, other: Standing) -> Standing {
    let rank = |it: &Standing| match it {
        Standing::NotSent => (1, None),
        Standing::Changed(day) => (0, Some(*day)),
        Standing::Sent(day) => (2, Some(*day)),
    };
    match (one, other) {
        // They have some of it.
        (Standing::NotSent, Standing::Sent(day)) | (Standing::Sent(day), Standing::NotSent) => {
            Standing::Changed(day)
        }
        _ => std::cmp::min_by_key(one, other, rank),
    }
}

fn arcp_lines(session: &Session) -> impl Iterator<Item = ForArcp> + '_ {
    let day = crate::model::text::day_and_month(session.date);
    let written = session.arcp.iter().filter(|line| !line.text.trim().is_empty());
    written.map(move |line| {
        let agreed = if line.agreed { "Agreed by you both" } else { "Not agreed yet" };
        ForArcp { text: line.text.clone(), detail: format!("{agreed}, {day}") }
    })
}

impl State {
    /// Makes what others can read anew where the record, what was sent, the day or the place is
    /// another one.
    pub(super) fn refresh_reads(&mut self) {
        let (day, zone) = (self.today(), self.now.time_zone().clone());
        let Phase::Open(open) = &mut self.phase else { return };
        let wanted: Vec<Id> = match &open.screen {
            Screen::Today if open.words().is_doctor() => {
                let now = open.journal.people().into_iter();
                now.filter(|(_, person)| !person.is_past()).map(|(id, _)| id).collect()
            }
            Screen::Reads(id) => vec![*id],
            _ => return,
        };
        let made = Some((open.journal.changes(), open.readers_came, day));
        if open.reads.made == made && open.reads.screen.as_ref() == Some(&open.screen) {
            return;
        }
        let nobody = Reader::default();
        let journal = &open.journal;
        let maker = |person: Id| {
            // What makes two a pair carries nothing that is shared.
            let pairs = |what: &str| [INVITATION, REPLY].contains(&what);
            let sent = journal.sent(person).into_iter();
            let sent = sent.filter(|(_, it)| it.format == "cairn" && !pairs(&it.what));
            Maker {
                journal,
                reader: open.readers.of(person).unwrap_or(&nobody),
                person,
                zone: zone.clone(),
                sent: sent.map(|(id, it)| (id.unix_ms(), it.at)).collect(),
            }
        };
        let all = wanted.iter().map(|id| (*id, maker(*id).reads())).collect();
        let pages = match &open.screen {
            Screen::Reads(id) => Some((*id, maker(*id).pages())),
            _ => None,
        };
        open.reads = Shown { made, screen: Some(open.screen.clone()), all, pages };
    }
}

impl Open {
    /// What somebody can read; nothing before the first tick, or where nobody looks at it.
    pub fn reads(&self, person: Id) -> Option<&Reads> {
        self.reads.all.get(&person)
    }

    /// Every word that somebody can read, while its page is shown.
    pub fn pages_of(&self, person: Id) -> Option<&[Pages]> {
        let (id, pages) = self.reads.pages.as_ref()?;
        (*id == person).then_some(pages)
    }
}
