//! What a reflection belongs to and where it goes: links, parts that are shared, the learning log,
//! the page for an appraisal; and that every page of the journal fits.

use cairn::app::action::SessionAction;
use cairn::app::educator::{EducatorAction, LearningForm};
use cairn::app::reflection::{JournalView, ReflectionAction, Sharing, linkable};
use cairn::app::state::Phase;
use cairn::app::{Action, App, Screen};
use cairn::exchange::share::SharedSession;
use cairn::model::session::SHARED_PARTS;
use cairn::model::{Body, Id, Kind, Layer, Learning, LearningKind, Session};
use cairn::ui::Window;
use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;

use crate::support::talk::{amina, draft, press, session, set, text_of, unlocked, window, write};
use crate::support::window::Look;
use crate::support::world::World;
use crate::ui_doctor::{ROWAN, app_at, doctor, fits, named, pair, send, taken_in};
use crate::ui_door::says;
use crate::ui_reflection::{act, at_the_journal, choose_row, journal, menu_rows, put, shown};

fn learned(title: &str) -> Learning {
    Learning {
        date: date(2026, 3, 3),
        title: title.to_owned(),
        kind: LearningKind::ConsciousDecisions,
        minutes: Some(150),
        area: Some(7),
        changed: "I ask first what they have tried.".to_owned(),
        removed: None,
        extra: serde_json::Map::new(),
    }
}

#[test]
fn a_reflection_is_linked_to_a_conversation_and_to_a_course_and_is_shown_at_both() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let course = app.state.fresh.id(app.state.now.timestamp());
    let Phase::Open(open) = &mut app.state.phase else { panic!("it is not open") };
    open.journal.put(course, Body::Learning(learned("Coaching for educators")));
    let template = "reflection-small".to_owned();
    app.act(vec![Action::Session(SessionAction::Start { template, person: None })]);
    let mut harness = window(&world, app);
    press(&mut harness, "Link it to…");
    let talk = menu_rows(&harness)[0].clone();
    assert!(talk.contains(" with Dr "), "{talk}");
    choose_row(&mut harness, &talk);
    press(&mut harness, "Link it to…");
    choose_row(&mut harness, "Coaching for educators, 3 March");
    write(&mut harness, "Private to me. What happened, in one line?", "I asked first.");
    let (id, title) = (draft(&harness).id, session(&harness).title.clone());
    assert_eq!(session(&harness).links.len(), 2);

    press(&mut harness, &talk);
    assert!(says(&harness, "Your reflections on it"));
    press(&mut harness, &format!("{title}, 24 November"));
    assert_eq!(harness.state().app().inputs.journal, Some(id));
    press(&mut harness, "Coaching for educators, 3 March");
    assert!(says(&harness, "Learning log") && says(&harness, "1 reflection on it"));
    press(&mut harness, &title);
    assert!(says(&harness, "I asked first."));

    let mut harness = {
        act(&mut harness, vec![Action::Session(SessionAction::Open(id))]);
        harness
    };
    press(&mut harness, "Take off the link to Coaching for educators, 3 March");
    assert_eq!(session(&harness).links.len(), 1);
}

#[test]
fn only_the_ticked_paragraphs_become_shared_and_the_reflection_stays_private() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let person = amina(&app);
    let id = put(&mut app, ("reflection-medium", date(2026, 11, 22)), |it| {
        it.title = "A title that is mine".to_owned();
        it.tags = vec!["mine".to_owned()];
        set(it, "what", "I spoke first.\n\nBed 4 was waiting.");
        set(it, "so-what", "I fill every silence.");
    });
    app.act(vec![Action::Go(Screen::Journal)]);
    app.inputs.journal = Some(id);
    let mut harness = window(&world, app);
    let before = journal(&harness).held(id).unwrap().clone();
    press(&mut harness, "Share parts…");
    press(&mut harness, "Choose with whom");
    assert!(says(&harness, "Nothing is ticked, so nothing is shared."));
    act(&mut harness, vec![Action::Reflection(ReflectionAction::ShareWith(person))]);
    press(&mut harness, "Tick a paragraph to share");

    let tick = |harness: &mut Harness<'_, Window>, words: &str| {
        harness.get_by_role_and_label(Role::CheckBox, words).click_accesskit();
        harness.run();
    };
    tick(&mut harness, "Bed 4 was waiting.");
    assert!(says(&harness, "“Bed 4” may point to a person."));
    press(&mut harness, "Settle it to share");
    assert!(harness.state().app().inputs.reflecting.sharing.is_some(), "nothing was shared");
    press(&mut harness, "Share it as it is");
    assert!(says(&harness, "Share 1 paragraph with Amina"), "the writer decides");
    tick(&mut harness, "Bed 4 was waiting.");
    tick(&mut harness, "Bed 4 was waiting.");
    assert!(says(&harness, "Settle it to share"), "another tick asks again");
    tick(&mut harness, "Bed 4 was waiting.");
    tick(&mut harness, "I spoke first.");
    tick(&mut harness, "I fill every silence.");
    assert!(says(&harness, "No obvious identifiers found."));
    press(&mut harness, "Share 2 paragraphs with Amina");

    let copies = |harness: &Harness<'_, Window>| -> Vec<Session> {
        let talks = journal(harness).sessions_with(person).into_iter();
        let talks = talks.filter(|(_, talk)| talk.template.id == SHARED_PARTS);
        talks.map(|(_, talk)| talk.clone()).collect()
    };
    let made = copies(&harness);
    assert_eq!(made.len(), 1);
    assert!(made[0].items().all(|asked| asked.layer == Layer::Shared));
    assert_eq!(text_of(&made[0], "what"), "I spoke first.");
    assert!(!made[0].was_held(), "it is no meeting");
    let travels = serde_json::to_string(&SharedSession::of(&made[0]).unwrap()).unwrap();
    for words in ["A title that is mine", "mine\"", "Bed 4", &id.to_string()] {
        assert!(!travels.contains(words), "{words}: {travels}");
    }
    assert_eq!(*journal(&harness).held(id).unwrap(), before, "the reflection is as it was");
    assert!(says(&harness, "Nothing was sent"));
    press(&mut harness, "Undo");
    assert!(copies(&harness).is_empty());
}

#[test]
fn paragraphs_of_one_question_stay_together() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let id = put(&mut app, ("reflection-medium", date(2026, 11, 22)), |it| {
        set(it, "what", "One.\nTwo.\n\n  \nThree.");
    });
    let held = app.state.open().unwrap().journal.held(id).unwrap();
    let mut sharing = Sharing::of(id, &held.session, None);
    sharing.ticked = [0, 2].into();
    let chosen: Vec<String> = sharing.chosen().into_iter().map(|(_, words)| words).collect();
    assert_eq!(chosen, ["One.\nThree."]);
    let now = app.state.now.timestamp();
    assert!(sharing.copy(app.state.today(), now).is_none(), "with nobody nothing is shared");
}

#[test]
fn what_a_doctor_shares_of_a_reflection_is_all_that_the_supervisor_gets_of_it() {
    let world = doctor();
    let (other, _) = pair(&world, ROWAN);
    let mut app = app_at(&world, Screen::Journal);
    let supervisor = named(&app.state.open().unwrap().journal, ROWAN);
    let template = "reflection-medium".to_owned();
    app.act(vec![Action::Session(SessionAction::Start { template, person: None })]);
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.title = "The night I keep".to_owned();
    set(&mut draft.session, "what", "I rang too late.\nI was ashamed of it.");
    draft.touched = true;
    let id = draft.id;
    app.act(vec![Action::Session(SessionAction::Finish)]);
    app.inputs.journal = Some(id);
    let mut harness = window(&world, app);
    assert!(harness.query_by_role_and_label(Role::Button, "Learning log").is_none());
    press(&mut harness, "Share parts…");
    let with = Action::Reflection(ReflectionAction::ShareWith(supervisor));
    act(&mut harness, vec![with, Action::Reflection(ReflectionAction::Tick(0, true))]);
    let button = harness.query_all_by_label_contains("Share 1 paragraph with").next();
    let name = button.unwrap().accesskit_node().label().unwrap();
    press(&mut harness, &name);
    press(&mut harness, "Parts of a reflection with Dr Rowan Elderbrook, 24 November");
    assert!(says(&harness, "I rang too late."), "it is linked both ways");
    drop(harness);
    let (held, text) = taken_in(&other, &send(&world, ROWAN));
    assert!(text.contains("I rang too late."));
    for private in ["ashamed", "The night I keep", &id.to_string()] {
        assert!(!text.contains(private), "{private}");
    }
    assert_eq!(held.reflection_count(), 0);
}

#[test]
fn the_learning_log_is_kept_in_the_journal_and_feeds_the_page_of_the_year() {
    let world = World::demo();
    let mut harness = at_the_journal(&world);
    press(&mut harness, "Learning log");
    assert!(says(&harness, "Nothing is in the log yet."));
    press(&mut harness, "Add what you did elsewhere");
    press(&mut harness, "Add it");
    assert!(says(&harness, "Type what it was"));
    harness.state_mut().app_mut().inputs.educator.adding = Some(LearningForm {
        title: "Conscious decisions".to_owned(),
        date: "3 March 2026".to_owned(),
        kind: LearningKind::ConsciousDecisions,
        hours: "2.5".to_owned(),
        area: 7,
        changed: "I ask first what they have tried.".to_owned(),
        ..LearningForm::default()
    });
    harness.run();
    press(&mut harness, "Add it");
    for words in [
        "3 March 2026. Conscious decision-making. 2.5 hours. Area 7, My own CPD",
        "What changed: I ask first what they have tried.",
    ] {
        assert!(says(&harness, words), "{words}");
    }
    press(&mut harness, "Make the page of the year");
    assert!(says(&harness, "What changed: I ask first what they have tried."));
    act(&mut harness, vec![Action::Go(Screen::Journal)]);
    assert_eq!(harness.state().app().inputs.reflecting.view, JournalView::Log);
    press(&mut harness, "Take out Conscious decisions");
    assert!(says(&harness, "Nothing is in the log yet."));
    press(&mut harness, "Undo");
    assert!(journal(&harness).learning().len() == 1);
    let add = Action::Educator(EducatorAction::Add);
    act(&mut harness, vec![Action::Go(Screen::Today), add]);
    assert!(harness.state().app().inputs.educator.adding.is_none(), "only where it is shown");
}

#[test]
fn a_reflection_goes_into_the_page_for_an_appraisal() {
    let world = World::demo();
    let mut harness = at_the_journal(&world);
    press(&mut harness, "Use in my appraisal…");
    assert!(says(&harness, "What leaves this machine"));
    let chosen = journal(&harness).settings().educator.reflections;
    let held = journal(&harness).held(chosen[0]).unwrap();
    assert_eq!(
        (held.kind, held.session.title.as_str()),
        (Kind::Reflection, "Somebody else chaired it")
    );
}

#[test]
fn every_page_of_the_journal_fits_a_small_window_at_150_per_cent() {
    const SMALL: [f32; 2] = [1024.0, 640.0];
    let world = World::demo();
    let at = |change: &dyn Fn(&mut App)| {
        let mut app = unlocked(&world);
        let Phase::Open(open) = &mut app.state.phase else { panic!("it is not open") };
        open.journal.put(Id::new(7_000, 1), Body::Learning(learned("Coaching for educators")));
        app.act(vec![Action::Go(Screen::Journal)]);
        change(&mut app);
        app.state.look.zoom = 150;
        fits(&shown(&world, app, Look::Light, SMALL), SMALL[0] / 1.5);
    };
    at(&|_| {});
    for view in [JournalView::Year, JournalView::OverTime, JournalView::Log] {
        at(&|app| app.inputs.reflecting.view = view);
    }
    at(&|app| {
        let (id, _) = app.state.open().unwrap().journal.reflections().next().unwrap();
        app.inputs.journal = Some(id);
    });
    at(&|app| {
        let (id, _) = app.state.open().unwrap().journal.reflections().next().unwrap();
        app.act(vec![Action::Reflection(ReflectionAction::Share(id))]);
    });
    for quiet in [false, true] {
        at(&|app| {
            let template = "reflection-medium".to_owned();
            app.act(vec![Action::Session(SessionAction::Start { template, person: None })]);
            let talks = linkable(&app.state.open().unwrap().journal, 8);
            app.inputs.draft.as_mut().unwrap().session.links = talks;
            app.inputs.editor.quiet = quiet;
            app.inputs.editor.guidance_open = !quiet;
        });
    }
}
