//! What is chosen where two computers changed one thing, while more comes from the other one.

use cairn::app::action::HistoryAction;
use cairn::app::inputs::Choice;
use cairn::app::{Action, App, Job, Screen};
use cairn::model::fields::Field;
use cairn::model::merge::Conflict;

use crate::support::talk::{set, text_of};
use crate::support::world::World;
use crate::ui_history::{both_changed, hard, open, write};

#[test]
fn a_choice_stays_with_the_words_that_were_chosen_and_goes_when_they_change() {
    for words in ["the handover at eight", "not Amina"] {
        let world = World::demo();
        let (mut here, mut there, id) = both_changed(&world);
        here.act(vec![Action::Go(Screen::BothChanged(id))]);
        let Some(Ok(history)) = &open(&here).history else { panic!("no history") };
        let conflicts = &history.merged.as_ref().unwrap().conflicts;
        for conflict in conflicts.clone() {
            let side = (0..2).find(|side| conflict.text(*side).is_some_and(|t| t.contains(words)));
            let side = &conflict.sides[side.unwrap_or_default()];
            here.inputs.history.choices.insert(conflict.field, Choice::Side(side.revs.clone()));
        }
        // It waits in its draft while the other computer, which has not seen this, writes on.
        here.act(vec![Action::Go(Screen::Today)]);
        write(&world, &mut there, id, |talk| set(talk, "hard", "Written there since."));
        here.ask(Job::Look);
        here.state.last_touch = world.now().timestamp();
        here.act(vec![Action::Go(Screen::BothChanged(id))]);
        let Some(Ok(history)) = &open(&here).history else { panic!("no history") };
        let conflicts = &history.merged.as_ref().unwrap().conflicts;
        let about_hard = |side: &str| {
            let of =
                |c: &&Conflict| (0..2).any(|at| c.text(at).is_some_and(|text| text.contains(side)));
            conflicts.iter().find(of).unwrap().field.clone()
        };
        let field = about_hard("Written there since.");
        let kept = here.inputs.history.choices.contains_key(&field);
        assert_eq!(kept, words == "the handover at eight", "{words}");
        if kept {
            here.act(vec![Action::History(HistoryAction::Settle)]);
            assert!(hard(&here, id).contains(words), "{}", hard(&here, id));
        }
    }
}

/// The first place in conflict and its first side.
fn first_side(app: &App) -> (Field, Choice) {
    let Some(Ok(history)) = &open(app).history else { panic!("no history") };
    let conflict = &history.merged.as_ref().unwrap().conflicts[0];
    (conflict.field.clone(), Choice::Side(conflict.sides[0].revs.clone()))
}

#[test]
fn what_arrives_while_it_is_being_settled_is_not_written_over() {
    let world = World::demo();
    let (mut here, mut there, id) = both_changed(&world);
    here.act(vec![Action::Go(Screen::BothChanged(id))]);
    let (field, side) = first_side(&here);
    here.inputs.history.choices.insert(field, side);
    write(&world, &mut there, id, |talk| set(talk, "proud", "Written meanwhile."));
    here.act(vec![Action::History(HistoryAction::Settle)]);
    here.ask(Job::Look);
    let talk = &open(&here).journal.held(id).unwrap().session;
    assert_eq!(text_of(talk, "proud"), "Written meanwhile.");
}
