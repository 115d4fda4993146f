//! Laws of what two people share, over random histories of a plan, a conversation and actions:
//! in whatever order files arrive, often or never, both end with the same words; what was taken
//! in or confirmed is never gone; and nothing that is Private is in a file or changed by one.

mod vault;

use std::collections::BTreeSet;

use cairn::exchange::pairing::Side;
use cairn::exchange::share::{Graph, Kept, Whose};
use cairn::model::Rev;
use proptest::prelude::*;
use serde_json::Value;

use vault::{Edit, File, Vault, edit, id};

/// What can happen between two people.
#[derive(Debug, Clone)]
enum Event {
    Edit(bool, Edit),
    Send(bool, Option<u64>),
    /// Any file on its way to one of them, once or once more.
    Arrive(bool, usize),
    Decide(bool, usize),
}

fn event() -> impl Strategy<Value = Event> {
    let only = prop_oneof![3 => Just(None), 1 => (1..4_u64).prop_map(Some)];
    prop_oneof![
        6 => (any::<bool>(), edit()).prop_map(|(who, edit)| Event::Edit(who, edit)),
        3 => (any::<bool>(), only).prop_map(|(who, only)| Event::Send(who, only)),
        4 => (any::<bool>(), 0..12_usize).prop_map(|(who, n)| Event::Arrive(who, n)),
        1 => (any::<bool>(), 0..2_usize).prop_map(|(who, n)| Event::Decide(who, n)),
    ]
}

/// Two people who have begun to write together.
fn two() -> [Vault; 2] {
    let mut two = [Vault::new(Side::Inviter), Vault::new(Side::Accepter)];
    two[0].begin();
    let file = two[0].send(|_| true);
    assert!(two[1].take(&file));
    let file = two[1].send(|_| true);
    assert!(two[0].take(&file));
    two
}

/// What follows from these events; nothing that was taken in or confirmed is ever gone.
fn live(two: &mut [Vault; 2], events: &[Event]) -> Result<(), TestCaseError> {
    let mut post: [Vec<File>; 2] = [Vec::new(), Vec::new()];
    let mut known: [BTreeSet<Rev>; 2] = [BTreeSet::new(), BTreeSet::new()];
    for event in events {
        match event {
            Event::Edit(who, edit) => two[usize::from(*who)].edit(edit),
            Event::Send(who, only) => {
                let wanted = |thing| only.is_none_or(|only| thing == id(only));
                let file = two[usize::from(*who)].send(wanted);
                post[usize::from(!who)].push(file);
            }
            Event::Arrive(who, n) => {
                let who = usize::from(*who);
                if let Some(count) = post[who].len().checked_sub(1) {
                    let file = post[who][n % (count + 1)].clone();
                    if two[who].take(&file) {
                        known[who].extend(file.carried().versions.iter().map(|it| it.entry.rev));
                        // The other is told what has arrived, and so does not lose it either.
                        known[1 - who].extend(file.heads);
                    }
                }
            }
            Event::Decide(who, side) => two[usize::from(*who)].decide(*side),
        }
        for (who, known) in known.iter().enumerate() {
            let holds = |rev: &Rev| two[who].graphs.values().any(|it| it.version(*rev).is_some());
            prop_assert!(known.iter().all(holds), "a version that was taken in is gone");
        }
    }
    Ok(())
}

/// They sit down together: files go to and fro until all is said, and one of them decides.
fn sit_down(two: &mut [Vault; 2]) {
    for _ in 0..6 {
        let file = two[0].send(|_| true);
        two[1].take(&file);
        two[1].decide(0);
        let file = two[1].send(|_| true);
        two[0].take(&file);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn two_people_end_with_the_same_words_and_nothing_is_lost(
        events in prop::collection::vec(event(), 1..80),
    ) {
        let mut two = two();
        live(&mut two, &events)?;
        sit_down(&mut two);
        prop_assert_eq!(two[0].open(), BTreeSet::new());
        prop_assert_eq!(two[1].open(), BTreeSet::new());
        prop_assert_eq!(two[0].words(), two[1].words());
        let last = two[0].send(|_| true).carried().versions.len();
        prop_assert_eq!(last, 0, "something is still to be sent");
    }

    #[test]
    fn the_order_in_which_versions_came_makes_no_difference(
        events in prop::collection::vec(event(), 1..60),
        shuffle in prop::collection::vec(any::<prop::sample::Index>(), 40),
    ) {
        let mut two = two();
        live(&mut two, &events)?;
        for vault in &two {
            for (id, graph) in &vault.graphs {
                let whole = graph.outgoing(&BTreeSet::new());
                let own = graph.own();
                let kept = whole.iter().map(|version| {
                    let covers = own.iter().copied().filter(|rev| *rev == version.entry.rev);
                    let whose = graph.version(version.entry.rev).map_or(Whose::Mine, |it| it.1);
                    let version = version.clone();
                    Kept { person: *id, pair: String::new(), whose, covers: covers.collect(), version }
                });
                let mut kept: Vec<Kept> = kept.collect();
                let of = |kept: &[Kept]| {
                    let mut graph = Graph::new(graph.kind(), *id);
                    kept.iter().for_each(|one| graph.add([one.clone()]));
                    graph
                };
                let one = of(&kept);
                for at in &shuffle {
                    let (from, to) = (at.index(kept.len()), kept.len() - 1);
                    kept.swap(from, to);
                }
                // Twice over, in another order.
                let again: Vec<Kept> = kept.iter().rev().chain(&kept).cloned().collect();
                for other in [of(&kept), of(&again)] {
                    prop_assert_eq!(one.heads(), other.heads());
                    prop_assert_eq!(one.own(), other.own());
                    prop_assert_eq!(one.outgoing(&BTreeSet::new()), other.outgoing(&BTreeSet::new()));
                    let merged = |it: &Graph| it.joined(None).map(|joined| joined.merged);
                    prop_assert_eq!(merged(&one), merged(&other));
                }
            }
        }
    }

    #[test]
    fn the_order_in_which_files_came_makes_no_difference(
        before in prop::collection::vec(event(), 0..20),
        own in prop::collection::vec(edit(), 0..8),
        theirs in prop::collection::vec(prop::collection::vec(edit(), 1..5), 1..5),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let [mut ann, mut bob] = two();
        {
            let mut both = [ann, bob];
            live(&mut both, &before)?;
            sit_down(&mut both);
            [ann, bob] = both;
        }
        // Where both type the very same words, whoever sees them come and go may be asked once more.
        ann.voice = " Says Ann.";
        own.iter().for_each(|edit| ann.edit(edit));
        let mut files = Vec::new();
        for edits in &theirs {
            edits.iter().for_each(|edit| bob.edit(edit));
            files.push(bob.send(|_| true));
        }
        let mut other = ann.clone();
        for file in &files {
            prop_assert!(ann.take(file));
        }
        // Any of them in any order, often, and those that were lost after all the others.
        let late = files.iter().rev().chain(files.last());
        for file in order.iter().map(|at| &files[at.index(files.len())]).chain(late) {
            other.take(file);
        }
        // Which of two new paragraphs or questions stands first is the one thing that may differ until the
        // other has answered.
        let sorted = |vault: &Vault| {
            let mut words = vault.words();
            // Nor when a conversation is said to be finished of which one of them shares nothing.
            for body in words.values_mut().filter_map(Value::as_object_mut) {
                body.remove("finished");
            }
            let lists = words.values_mut().filter_map(Value::as_object_mut);
            for list in lists.flat_map(|it| it.values_mut()).filter_map(Value::as_array_mut) {
                for items in list.iter_mut().filter_map(|section| section.get_mut("items")?.as_array_mut()) {
                    // Nothing moves to a wider layer by itself: of layers seen between, the narrowest.
                    for item in items.iter_mut().filter_map(Value::as_object_mut) {
                        item.remove("layer");
                    }
                    items.sort_by_key(|item| item["prompt"]["id"].to_string());
                }
                list.sort_by_key(|member| (member["id"].to_string(), member.to_string()));
                // And of words that both typed alike, whose name stands at them.
                for member in list.iter_mut().filter_map(Value::as_object_mut) {
                    member.retain(|key, _| key != "by" && key != "at");
                }
            }
            words
        };
        prop_assert_eq!(sorted(&ann), sorted(&other));
        // Who saw words come and go again may be asked whether to leave them out, too.
        let asked = |vault: &Vault| {
            let mut open = vault.open();
            open.retain(|(.., sides)| sides.iter().all(|side| side != "None"));
            open
        };
        prop_assert_eq!(asked(&ann), asked(&other));
    }

    #[test]
    fn whoever_takes_the_others_file_first_both_read_the_same(
        before in prop::collection::vec(event(), 0..20),
        edits in prop::collection::vec((any::<bool>(), edit()), 1..12),
    ) {
        let mut two = two();
        live(&mut two, &before)?;
        sit_down(&mut two);
        for (who, edit) in &edits {
            two[usize::from(*who)].edit(edit);
        }
        let (from_ann, from_bob) = (two[0].send(|_| true), two[1].send(|_| true));
        prop_assert!(two[0].take(&from_bob) && two[1].take(&from_ann));
        prop_assert_eq!(two[0].open(), two[1].open(), "each is asked about the same places");
        if two[0].open().is_empty() {
            // That a conversation is finished of which nothing was shared yet goes with the next
            // file.
            let [ann, bob] = two.each_ref().map(|vault| {
                let mut words = vault.words();
                for body in words.values_mut() {
                    body.as_object_mut().unwrap().remove("finished");
                }
                words
            });
            prop_assert_eq!(ann, bob);
        }
    }
}
