//! What may be handed over, and the plan after a panel: what only one of the two reads is in
//! neither.

use std::sync::Arc;

use cairn::export::after_arcp::OutcomeWords;
use cairn::export::handover::Candidates;
use cairn::export::letter::Between;
use cairn::export::{Format, Letter};
use cairn::model::session::ArcpHeading;
use cairn::model::{
    Absence, AbsenceKind, Answer, ArcpLine, AskedSection, Attempt, Basis, Exam, Extra, Goal,
    HandedOver, Kept, Layer, Margin, Meeting, OtherView, Owner, PastArcp, Placement,
};
use jiff::civil::{Date, date};

use super::files;
use super::records::{CANARY, Records, action, amina, asked, id, line, session};

const TODAY: Date = date(2027, 5, 20);

fn goal(text: &str, layer: Layer) -> Goal {
    Goal {
        id: None,
        text: text.to_owned(),
        since: date(2026, 8, 18),
        progress: CANARY.to_owned(),
        done: None,
        dropped: None,
        reason: CANARY.to_owned(),
        layer,
        extra: Extra::new(),
    }
}

/// A talk of this template with a shared answer, and the canary in every place that only its
/// writer reads.
fn talk(
    n: u128,
    template: &str,
    prompt: &str,
    words: &str,
) -> (cairn::model::Id, cairn::model::Session) {
    let canary = || CANARY.to_owned();
    let (id, mut talk) = session(n, date(2027, 3, 1));
    template.clone_into(&mut talk.template.id);
    talk.title = canary();
    talk.place = canary();
    talk.tags = vec![canary()];
    talk.kept = vec![Kept { kind: canary(), text: canary(), reason: canary() }];
    talk.margin = vec![Margin { beside: None, text: canary(), ..Margin::default() }];
    let mut shared = asked("What helps?", Layer::Shared, Answer::Text(words.to_owned()));
    shared.basis = Some(Basis::Impression);
    let hint = Arc::make_mut(&mut shared.prompt);
    prompt.clone_into(&mut hint.id);
    hint.why = canary();
    hint.phrases = vec![canary()];
    let mut private = shared.clone();
    private.layer = Layer::Private;
    private.answer = Some(Answer::Text(canary()));
    private.other_view = Some(OtherView { who: canary(), text: canary() });
    Arc::make_mut(&mut private.prompt).text = canary();
    talk.sections = vec![AskedSection { title: canary(), items: vec![shared, private] }];
    (id, talk)
}

/// A year with the canary in everything that may not be handed over.
fn records() -> Records {
    let canary = || CANARY.to_owned();
    let mut records = amina();
    let person = &mut records.person;
    person.to_know = canary();
    person.source_id = Some(canary());
    person.handover_ticked = vec![canary()];
    person.adjustments = "No more than 3 nights in a row\n80% of full time".to_owned();
    person.goals = vec![
        goal("Geriatric medicine", Layer::Shared),
        goal(CANARY, Layer::Private),
        Goal { done: Some(TODAY), ..goal(CANARY, Layer::Shared) },
    ];
    person.placements =
        vec![Placement { post: canary(), supervisor: canary(), ..Placement::default() }];
    person.absences = vec![Absence { kind: AbsenceKind::Other(canary()), ..Absence::default() }];
    person.attempts = vec![Attempt { exam: canary(), ..Attempt::default() }];
    person.exams = vec![Exam { name: canary(), next: None, ..Exam::default() }];
    person.handed_over = Some(HandedOver { to: canary(), ..HandedOver::default() });
    person.next_meeting =
        Some(Meeting { date: date(2027, 6, 1), place: canary(), ..Meeting::default() });
    person.past_arcps =
        vec![PastArcp { date: date(2027, 2, 1), outcome: "3".to_owned(), ..PastArcp::default() }];
    records.settings.own_words = vec![canary()];
    for (_, session) in &mut records.sessions {
        session.title = canary();
        session.arcp.push(ArcpLine { agreed: false, ..line(ArcpHeading::Strengths, CANARY, &[]) });
        session.arcp.push(line(ArcpHeading::Concerns, CANARY, &[]));
    }
    records.sessions.push(talk(40, "handover", "works", "Talk a case through straight after it"));
    records.sessions.push(talk(41, "after-arcp", "asks", "Two clinics a month"));
    let mut other = talk(42, "handover", "works", CANARY);
    other.1.person = Some(id(2));
    records.sessions.push(other);
    records.sessions.push(talk(44, "before-arcp", "declare", CANARY));
    records.actions.push((id(30), action(CANARY, Owner::Me, Layer::Private)));
    for (_, action) in &mut records.actions {
        action.reason = canary();
        action.due_typed = canary();
    }
    records
}

fn between(records: &Records) -> Between<'_> {
    Between { person: &records.person, id: records.id, settings: &records.settings, today: TODAY }
}

fn candidates(records: &Records) -> Candidates {
    let sessions = records.sessions.iter().map(|(id, session)| (*id, session));
    let actions = records.actions.iter().map(|(id, action)| (*id, action));
    Candidates::new(between(records), sessions, actions, [], |_| None)
}

fn plan(records: &Records) -> Letter {
    let sessions = records.sessions.iter().map(|(id, session)| (*id, session));
    let actions = records.actions.iter().map(|(id, action)| (*id, action));
    let words = |code: &str| {
        let title = "More time is needed".to_owned();
        (code == "3").then(|| OutcomeWords { title, about: String::new() })
    };
    Letter::after_arcp(between(records), sessions, actions, words)
}

fn is_in_no_file(letter: &Letter) {
    for format in Format::ALL {
        let bytes = match format {
            Format::Docx => files::unpacked(&letter.render(format).unwrap()).into_bytes(),
            _ => letter.render(format).unwrap(),
        };
        let found = bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes());
        assert!(!found, "{format:?}");
        assert!(!format!("{:?}", letter.preview(format)).contains(CANARY), "{format:?}");
    }
}

#[test]
fn what_only_one_reads_is_among_no_lines_of_a_handover() {
    let records = records();
    let candidates = candidates(&records);
    let shown = format!("{candidates:?}");
    assert!(!shown.contains(CANARY), "{shown}");
    for words in [
        "Geriatric medicine",
        "Talk a case through straight after it",
        "No more than 3 nights in a row",
        "Hold two clinics a month in the rota",
        "MRCP(UK) complete",
        "Protected clinic time",
    ] {
        assert!(candidates.lines().any(|it| it.words.join(" ").contains(words)), "{words}");
    }
    assert!(candidates.lines().all(|line| line.layer != Layer::Private));
    let all: Vec<String> = candidates.lines().map(|line| line.name.clone()).collect();
    is_in_no_file(&candidates.letter(between(&records), &all));
    assert!(candidates.letter(between(&records), &[]).is_empty(), "nothing goes unticked");
}

#[test]
fn each_line_is_ticked_for_itself_and_for_its_words() {
    let mut records = records();
    let before = candidates(&records);
    let mut names: Vec<&str> = before.lines().map(|line| &*line.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "no two lines share a tick");

    let nights = before.lines().find(|it| it.words[0].contains("3 nights")).unwrap();
    let ticked = vec![nights.name.clone()];
    let letter = before.letter(between(&records), &ticked);
    assert_eq!((letter.leaves(), letter.saying.may_tell), (1, 1));
    assert!(!letter.text().contains("80% of full time"), "{}", letter.text());
    records.person.adjustments = records.person.adjustments.replace("3 nights", "2 nights");
    let after = candidates(&records).letter(between(&records), &ticked);
    assert!(after.is_empty(), "a line that was written anew is asked about anew");
}

#[test]
fn lines_that_may_tell_of_health_stand_where_nothing_is_ticked_in_one_go() {
    let mut records = records();
    records.sessions.push(talk(43, "wellbeing-and-return", "noted", "Back after an operation"));
    let candidates = candidates(&records);
    let group = |words: &str| {
        let holds = |line: &cairn::export::handover::Candidate| line.words.concat().contains(words);
        candidates.groups.iter().find(|group| group.lines.iter().any(holds)).unwrap()
    };
    assert!(group("Back after an operation").careful);
    assert!(group("3 nights").careful);
    assert!(!group("Talk a case through").careful && !group("Geriatric medicine").careful);
}

#[test]
fn the_plan_after_a_panel_says_what_is_recorded_and_nothing_else() {
    let mut records = records();
    let letter = plan(&records);
    let text = letter.text().replace('\u{a0}', " ");
    assert!(!text.contains(CANARY), "{text}");
    is_in_no_file(&letter);
    for words in [
        "Outcome 3: More time is needed",
        "Two clinics a month",
        "Hold two clinics a month in the rota",
        "Dr Rowan Elderbrook, by 31 July 2027",
        "1 June 2027",
        "The next panel sits on 9 June 2027",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Talk a case through"), "another talk is no part of it: {text}");
    assert!(!text.contains("Geriatric medicine"), "set before the panel: {text}");

    records.person.past_arcps.clear();
    records.person.next_meeting = None;
    let text = plan(&records).text().replace('\u{a0}', " ");
    let outcome = text.find("The outcome").unwrap();
    assert!(text[outcome..].split("\n\n").next().unwrap().contains("Nothing recorded"), "{text}");
    assert!(!text.contains("Outcome 3") && text.contains("Geriatric medicine"), "{text}");
}
