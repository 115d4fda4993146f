//! What is private leaves in no file but the pack and one's own full copy, over many records.

use std::collections::BTreeSet;
use std::sync::Arc;

use cairn::app::educator;
use cairn::app::letter::Topic;
use cairn::exchange::pairing::Side;
use cairn::exchange::share::project;
use cairn::export::calendar::{self, Event, Shows};
use cairn::export::handover::Candidates;
use cairn::export::letter::{Between, Letter};
use cairn::export::{Format, Period, Subject, Summary, portfolio, render};
use cairn::model::plan::Note;
use cairn::model::session::Role;
use cairn::model::{
    ActionState, Answer, AskedSection, Body, CapabilityRating, Evidence, Extra, Goal, Hold,
    Journal, Kept, Layer, Margin, OtherView, PastArcp, Person, Plan, PlanField, Session,
};
use jiff::civil::date;

use crate::support::world::LIBRARY;

use super::{Planted, TODAY, action, asked, at, id, session, settings, whole};

/// Small numbers that are the same at every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % most
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}

const PRIVATE: &str = "XPRIVATEX";

/// The canary where only the writer reads, plain words elsewhere.
fn words(layer: Layer) -> String {
    if layer == Layer::Private { PRIVATE.to_owned() } else { "clinic".to_owned() }
}

fn random_talk(dice: &mut Dice, number: usize) -> Session {
    let mut planted = Planted::default();
    let mut talk = session(&mut planted);
    talk.date = date(2026, 1 + dice.below(12) as i8, 1 + dice.below(28) as i8);
    talk.finished = dice.one(&[None, Some(at())]);
    let count = dice.below(6);
    let items = (0..count).map(|n| {
        let layer = dice.one(&Layer::ALL);
        let said = words(layer);
        let answer = match dice.below(5) {
            0 => Answer::Text(said),
            1 => Answer::Choice(vec![said]),
            2 => Answer::Evidence(vec![Evidence { what: said, ..Evidence::default() }]),
            3 => Answer::Capability(vec![CapabilityRating {
                title: said,
                rating: Some(2),
                ..CapabilityRating::default()
            }]),
            _ => Answer::Person(said),
        };
        let mut asked = asked(&mut planted, layer, Some(answer));
        asked.other_view = Some(OtherView { who: words(layer), text: words(layer) });
        let prompt = Arc::make_mut(&mut asked.prompt);
        prompt.id = format!("{number}-{n}");
        asked
    });
    talk.sections = vec![AskedSection { title: "Part".to_owned(), items: items.collect() }];
    let private = || PRIVATE.to_owned();
    talk.title = private();
    talk.place = private();
    talk.tags = vec![private()];
    talk.margin = vec![Margin { text: private(), ..Margin::default() }];
    talk.kept = vec![Kept { kind: private(), text: private(), reason: private() }];
    talk.source_id = Some(private());
    talk.extra = Extra::from_iter([(private(), private().into())]);
    talk
}

fn random_journal(dice: &mut Dice) -> Journal {
    let mut journal = Journal::default();
    let goals = (0..dice.below(3)).map(|_| {
        let layer = dice.one(&Layer::ALL);
        Goal {
            id: None,
            text: words(layer),
            since: TODAY,
            progress: words(layer),
            done: None,
            dropped: None,
            reason: words(layer),
            layer,
            extra: Extra::new(),
        }
    });
    let person = Person {
        name: "Dr Amina Larkspur".to_owned(),
        to_know: PRIVATE.to_owned(),
        goals: goals.collect(),
        arcp_date: Some(date(2027, 6, 9)),
        past_arcps: vec![PastArcp {
            id: None,
            date: date(2026, 6, 10),
            outcome: "1".to_owned(),
            extra: Extra::new(),
        }],
        adjustments: "No more than 3 nights in a row at the clinic.".to_owned(),
        source_id: Some(PRIVATE.to_owned()),
        hold: Some(Hold { since: TODAY, why: PRIVATE.to_owned() }),
        ..Person::default()
    };
    journal.put(id(1), Body::Person(person));
    for n in 0..dice.below(4) {
        let talk = random_talk(dice, n);
        let reflection = dice.below(4) == 0;
        let body = if reflection { Body::Reflection(talk) } else { Body::Session(talk) };
        journal.put(id(100 + n as u128), body);
    }
    for n in 0..dice.below(5) {
        let layer = dice.one(&Layer::ALL);
        let mut planted = Planted::default();
        let mut one = action(&mut planted, layer);
        one.text = words(layer);
        one.state = dice.one(&[ActionState::Open, ActionState::Done, ActionState::Dropped]);
        one.reason = PRIVATE.to_owned();
        one.from = Some(id(100));
        journal.put(id(200 + n as u128), Body::Action(one));
    }
    if dice.below(2) == 0 {
        journal.put(id(300), Body::Plan(random_plan(dice)));
    }
    journal
}

fn random_plan(dice: &mut Dice) -> Plan {
    let private = || Extra::from_iter([(PRIVATE.to_owned(), PRIVATE.into())]);
    let mut plan = Plan { extra: private(), ..Plan::with(id(1)) };
    let field = dice.one(&PlanField::ALL);
    plan.set_field(field, "clinic\nclinic", Role::Doctor, "", at(), &mut || id(301));
    plan.year1.iter_mut().for_each(|para| para.extra = private());
    let (id, field) = ("n".to_owned(), field.key().to_owned());
    plan.notes = vec![Note { id, field, text: PRIVATE.to_owned(), extra: private() }];
    plan
}

/// All that would travel to the other of a pair, from either side of it.
fn travels(journal: &Journal) -> String {
    let all = journal.all_about(id(1));
    let bodies = all.iter().flat_map(|(_, body)| {
        [Side::Inviter, Side::Accepter].into_iter().filter_map(|side| project::shared(body, side))
    });
    bodies.map(|body| body.to_string()).collect()
}

#[test]
fn what_is_private_travels_to_nobody_whatever_the_record_holds() {
    let mut dice = Dice(11);
    let mut words = 0;
    for number in 0..1_000 {
        let journal = random_journal(&mut dice);
        let text = travels(&journal);
        assert!(!text.contains(PRIVATE), "journal {number}:\n{text}");
        words += text.matches("clinic").count();
    }
    assert!(words > 1_000, "something travelled: {words}");
}

/// Every file about a person but the pack, as text.
fn other_files(journal: &Journal) -> String {
    let settings = settings();
    let person = journal.person(id(1)).unwrap();
    let between = Between { person, id: id(1), settings: &settings, today: TODAY };
    let period = Period { from: date(2026, 1, 1), to: date(2026, 12, 31) };
    let plan = journal.plan_of(id(1));
    let subject = Subject { id: id(1), person, settings: &settings, period, plan, today: TODAY };
    let sessions = journal.sessions_with(id(1));
    let summary = Summary::new(
        subject,
        sessions.iter().copied(),
        journal.actions_with(id(1)),
        &BTreeSet::new(),
    );
    let mut text = String::new();
    for format in [Format::Text, Format::Json, Format::Markdown] {
        text += &String::from_utf8(render(&summary, format).unwrap()).unwrap();
    }
    for boxes in portfolio::all() {
        text += &portfolio::as_text(boxes, &portfolio::blocks(boxes, &summary));
    }
    for (id, held) in journal.all_held() {
        let actions = journal.actions_with(self::id(1)).into_iter();
        text += &Letter::note(between, (id, &held.session), actions).text();
    }
    text += &pages(journal, between, period);
    let shows = Shows { words: true, ..Shows::default() };
    let actions = journal.actions_with(id(1)).into_iter();
    let mut events: Vec<Event> =
        actions.filter_map(|(id, it)| Event::action(id, it, Some(person), shows)).collect();
    events.extend(Event::arcp(id(1), person, shows));
    text + &calendar::render(&events, at())
}

/// The pages of a handover with every line ticked, after a panel, of a year and of coaching.
fn pages(journal: &Journal, between: Between<'_>, period: Period) -> String {
    let (talks, actions) = (|| journal.sessions_with(id(1)), || journal.actions_with(id(1)));
    let lines = Candidates::new(between, talks(), actions(), [], |_| None);
    let all: Vec<String> = lines.lines().map(|line| line.name.clone()).collect();
    let mut text = lines.letter(between, &all).text();
    text += &Letter::after_arcp(between, talks(), actions(), |_| None).text();
    for topic in [Topic::Year(period), Topic::Coaching(period)] {
        let letter = educator::letter(journal, &LIBRARY, &topic, TODAY);
        text += &letter.map(|letter| letter.text()).unwrap_or_default();
    }
    text
}

#[test]
fn what_is_private_leaves_in_the_pack_alone_whatever_the_record_holds() {
    let mut dice = Dice(7);
    let mut lines = 0;
    for number in 0..1_000 {
        let journal = random_journal(&mut dice);
        let text = other_files(&journal);
        assert!(!text.contains(PRIVATE), "journal {number}:\n{text}");
        lines += text.matches("clinic").count();
        // Making the pack is the slower part: a tenth is enough to see that the canary is there.
        if number % 10 == 0 {
            assert!(whole(&journal).text().contains(PRIVATE));
        }
    }
    assert!(lines > 1_000, "the files held something: {lines}");
}
