//! The journal's orders and counts say what a look at every record would say.

use std::collections::BTreeMap;

use cairn::library::Library;
use cairn::model::session::Role;
use cairn::model::{
    Action, ActionState, Answer, ArcpLine, Body, Extra, Id, Journal, Layer, Owner, Session,
};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const FIRST: Date = date(2026, 1, 1);

fn day(n: u8) -> Date {
    FIRST + i64::from(n).days()
}

fn id(n: u8) -> Id {
    Id::new(1, u128::from(n))
}

/// A step in the life of a record: what it becomes, or that it goes.
#[derive(Debug, Clone)]
enum Step {
    Talk { n: u8, person: Option<u8>, day: u8, reflection: bool, layer: u8, lines: u8 },
    Act { n: u8, person: Option<u8>, from: u8, mine: bool, due: Option<u8>, state: u8, layer: u8 },
    Gone(u8),
}

fn step() -> impl Strategy<Value = Step> {
    let person = || prop::option::of(200_u8..203);
    prop_oneof![
        (0_u8..8, person(), 0_u8..9, any::<bool>(), 0_u8..3, 0_u8..3).prop_map(
            |(n, person, day, reflection, layer, lines)| Step::Talk {
                n,
                person,
                day,
                reflection,
                layer,
                lines
            }
        ),
        (
            100_u8..112,
            person(),
            0_u8..8,
            any::<bool>(),
            prop::option::of(0_u8..9),
            0_u8..4,
            0_u8..3
        )
            .prop_map(|(n, person, from, mine, due, state, layer)| Step::Act {
                n,
                person,
                from,
                mine,
                due,
                state,
                layer
            }),
        prop_oneof![0_u8..8, 100_u8..112].prop_map(Step::Gone),
    ]
}

fn talk(template: &cairn::model::Template, step: &Step) -> Option<(Id, Body)> {
    let Step::Talk { n, person, day: on, reflection, layer, lines } = step else { return None };
    let mut talk = Session::start(template, person.map(id), Role::Supervisor, day(*on), None);
    let item = talk.sections[0].items.first_mut().unwrap();
    item.layer = Layer::ALL[usize::from(*layer)];
    item.answer = Some(Answer::Text("Written".to_owned()));
    let line = ArcpLine { text: "Offered".to_owned(), ..ArcpLine::default() };
    talk.arcp = vec![line; usize::from(*lines)];
    Some((id(*n), if *reflection { Body::Reflection(talk) } else { Body::Session(talk) }))
}

fn act(step: &Step) -> Option<(Id, Body)> {
    use ActionState as S;
    let Step::Act { n, person, from, mine, due, state, layer } = step else { return None };
    let state = [S::Open, S::Part, S::Done, S::Dropped][usize::from(*state)];
    let action = Action {
        person: person.map(id),
        from: Some(id(*from)),
        text: "Do it".to_owned(),
        owner: if *mine { Owner::Me } else { Owner::Them },
        due: due.map(day),
        state,
        settled: Some(day(3)),
        due_typed: String::new(),
        reason: String::new(),
        layer: Layer::ALL[usize::from(*layer)],
        made: day(n - 100),
        source_id: None,
        removed: None,
        extra: Extra::new(),
    };
    Some((id(*n), Body::Action(action)))
}

fn held(bodies: &BTreeMap<Id, Body>) -> impl Iterator<Item = (Id, bool, &Session)> {
    bodies.iter().filter_map(|(id, body)| match body {
        Body::Session(talk) => Some((*id, false, talk)),
        Body::Reflection(talk) => Some((*id, true, talk)),
        _ => None,
    })
}

fn actions(bodies: &BTreeMap<Id, Body>) -> Vec<(Id, &Action)> {
    let actions = bodies.iter().filter_map(|(id, body)| match body {
        Body::Action(action) => Some((*id, action)),
        _ => None,
    });
    actions.collect()
}

/// Compares every answer of the journal with one from all records.
fn check(journal: &Journal, bodies: &BTreeMap<Id, Body>) {
    let actions = actions(bodies);
    let (from, to) = (day(2), day(6));
    let within = |day: Date| from <= day && day <= to;
    for person in (200..203).map(id) {
        let talks = held(bodies).filter(|(_, reflection, talk)| {
            !reflection && talk.person == Some(person) && within(talk.date)
        });
        let lines: usize = talks.map(|(_, _, talk)| talk.count(Layer::Arcp)).sum();
        let agreed = actions.iter().filter(|(_, action)| {
            action.person == Some(person) && action.layer == Layer::Arcp && within(action.made)
        });
        assert_eq!(journal.for_the_arcp(person, (from, to)), lines + agreed.count());
    }
    for owner in [None, Some(Owner::Me), Some(Owner::Them)] {
        let is_his = |action: &Action| owner.is_none_or(|owner| owner == action.owner);
        let mut wanted: Vec<_> =
            actions.iter().filter(|(_, action)| action.is_open() && is_his(action)).collect();
        wanted.sort_by_key(|(id, action)| (action.due.is_none(), action.due, *id));
        let wanted: Vec<Id> = wanted.iter().map(|(id, _)| *id).collect();
        let found: Vec<Id> = journal.open_actions_of(owner).map(|(id, _)| id).collect();
        assert_eq!((journal.open_count(owner), found), (wanted.len(), wanted));
    }
    let due = actions.iter().filter(|(_, action)| {
        action.is_open() && action.owner == Owner::Me && action.due.is_some_and(|due| due <= to)
    });
    assert_eq!(journal.due_by(to), due.count());
    for n in 0..8 {
        let of = |action: &Action| action.from == Some(id(n));
        let wanted: Vec<Id> =
            actions.iter().filter(|(_, action)| of(action)).map(|(id, _)| *id).collect();
        let found: Vec<Id> = journal.actions_from(id(n)).map(|(id, _)| id).collect();
        assert_eq!(found, wanted);
        for layer in Layer::ALL {
            let talk = held(bodies).find(|(held, ..)| *held == id(n));
            let wanted = talk.is_some_and(|(_, _, talk)| talk.count(layer) > 0);
            assert_eq!(journal.lies_in(id(n), layer), wanted);
        }
    }
    let reflections = held(bodies).filter(|(_, reflection, _)| *reflection).count();
    assert_eq!(journal.reflection_count(), reflections);
    assert_eq!(journal.reflections().count(), reflections);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_count_is_that_of_the_records(steps in prop::collection::vec(step(), 1..60)) {
        let library = Library::built_in().unwrap();
        let template = library.get("mid-point-review").unwrap();
        let (mut journal, mut bodies) = (Journal::default(), BTreeMap::new());
        for step in &steps {
            match step {
                Step::Gone(n) => {
                    journal.remove(id(*n));
                    bodies.remove(&id(*n));
                }
                step => {
                    let (id, body) = talk(template, step).or_else(|| act(step)).unwrap();
                    journal.put(id, body.clone());
                    bodies.insert(id, body);
                }
            }
        }
        check(&journal, &bodies);
        // The same when all come at once, as after unlocking.
        let all = bodies.iter().map(|(id, body)| (*id, body.clone(), false)).collect();
        check(&Journal::of(all), &bodies);
    }
}
