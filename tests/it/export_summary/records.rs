//! A year of records about a doctor who does not exist.

use std::collections::BTreeSet;
use std::sync::Arc;

use cairn::export::{LineId, Period, Subject, Summary};
use cairn::model::session::ArcpHeading;
use cairn::model::template::PromptLayer;
use cairn::model::{
    Absence, AbsenceKind, Action, ActionState, Answer, ArcpLine, Asked, AskedSection, Attempt,
    Basis, Evidence, Exam, Extra, Goal, HandedOver, Id, Kept, Layer, Margin, Meeting, OtherView,
    Owner, Person, Placement, Prompt, PromptKind, Session, Settings, TemplateRef,
};
use jiff::civil::{Date, date};

/// Stands in every place that may not leave. It must be found in no file.
pub(super) const CANARY: &str = "XKANARIENVOGELX";

pub(super) struct Records {
    pub(super) id: Id,
    pub(super) person: Person,
    pub(super) settings: Settings,
    pub(super) sessions: Vec<(Id, Session)>,
    pub(super) actions: Vec<(Id, Action)>,
}

impl Records {
    pub(super) fn summary_without(&self, exclude: &BTreeSet<LineId>) -> Summary {
        let subject = Subject {
            id: self.id,
            person: &self.person,
            settings: &self.settings,
            period: Period { from: date(2026, 8, 5), to: date(2027, 6, 9) },
            plan: None,
            today: date(2027, 5, 20),
        };
        Summary::new(
            subject,
            self.sessions.iter().map(|(id, session)| (*id, session)),
            self.actions.iter().map(|(id, action)| (*id, action)),
            exclude,
        )
    }

    pub(super) fn summary(&self) -> Summary {
        self.summary_without(&BTreeSet::new())
    }
}

pub(super) fn id(n: u128) -> Id {
    Id::new(1_800_000_000_000, n)
}

pub(super) fn session(n: u128, day: Date) -> (Id, Session) {
    let session = Session {
        person: Some(id(1)),
        template: TemplateRef { id: "mid-point-review".to_owned(), version: 1 },
        title: "Mid-point review".to_owned(),
        date: day,
        time: None,
        minutes: None,
        spent: 0,
        place: String::new(),
        sections: Vec::new(),
        margin: Vec::new(),
        arcp: Vec::new(),
        tags: Vec::new(),
        kept: Vec::new(),
        brought: Vec::new(),
        links: Vec::new(),
        finished: Some("2027-05-14T09:00:00Z".parse().unwrap()),
        source_id: None,
        removed: None,
        extra: Extra::new(),
    };
    (id(n), session)
}

pub(super) fn line(heading: ArcpHeading, text: &str, evidence: &[(&str, Date)]) -> ArcpLine {
    ArcpLine {
        heading,
        text: text.to_owned(),
        evidence: evidence
            .iter()
            .map(|(what, day)| Evidence {
                what: (*what).to_owned(),
                date: Some(*day),
                ..Evidence::default()
            })
            .collect(),
        agreed: true,
        from: None,
    }
}

pub(super) fn asked(text: &str, layer: Layer, answer: Answer) -> Asked {
    Asked {
        prompt: Arc::new(Prompt {
            id: "prompt".to_owned(),
            text: text.to_owned(),
            why: String::new(),
            phrases: Vec::new(),
            hidden: false,
            layer: PromptLayer::Shared,
            kind: PromptKind::Text,
        }),
        layer,
        answer: Some(answer),
        basis: None,
        other_view: None,
    }
}

pub(super) fn action(text: &str, owner: Owner, layer: Layer) -> Action {
    Action {
        person: Some(id(1)),
        from: None,
        text: text.to_owned(),
        owner,
        due: Some(date(2027, 7, 31)),
        state: ActionState::Open,
        settled: None,
        due_typed: String::new(),
        reason: String::new(),
        layer,
        made: date(2027, 5, 13),
        source_id: None,
        removed: None,
        extra: Extra::new(),
    }
}

/// A year of Dr Amina Larkspur, who does not exist.
pub(super) fn amina() -> Records {
    use ArcpHeading::{
        Capabilities, DoctorsWords, EvidenceSeen, Exams, LastObjectives, NextObjectives, Strengths,
        ToDevelop,
    };
    let (november, march, may) = (date(2026, 11, 24), date(2027, 3, 11), date(2027, 5, 13));
    let mut first = session(10, date(2026, 8, 18));
    first.1.title = "First meeting".to_owned();
    let unanswered = Asked { answer: None, ..asked("Why?", Layer::Shared, Answer::Scale(1)) };
    first.1.sections = vec![AskedSection { title: "Begin".to_owned(), items: vec![unanswered] }];
    let mut second = session(11, november);
    let msf = ("MSF", date(2026, 11, 3));
    second.1.arcp = vec![
        line(
            EvidenceSeen,
            "Multi-source feedback from 14 raters. Theme: calm, and easy to ask",
            &[msf],
        ),
        line(
            Capabilities,
            "Acute take: level 3, indirect supervision. Takes a full share of the unselected take \
             and calls early when a patient worsens. Next step: lead the take twice by July.",
            &[("ACAT", date(2026, 10, 22))],
        ),
        line(
            Capabilities,
            "Inpatient continuity: level 3. Leads board rounds. Plans are clear to the next team.",
            &[msf],
        ),
        line(
            Capabilities,
            "Resuscitation and deterioration: level 3. Steady when a patient worsens. Hands over in \
             order and asks for help in time.",
            &[("CBD", date(2026, 10, 14)), ("ALS", date(2026, 9, 12))],
        ),
        line(Strengths, "Takes the lead on board rounds and is asked for by name.", &[msf]),
    ];
    let mut third = session(12, march);
    third.1.arcp = vec![
        line(
            Capabilities,
            "Outpatients: level 2, direct supervision. Sound in the 14 clinics she has done. Too few \
             so far to work alone. Next step: two clinics a month from August.",
            &[("Clinic log", date(2027, 5, 6)), ("Mini-CEX", date(2027, 2, 11))],
        ),
        line(
            Strengths,
            "Teaches students unasked, and well.",
            &[("Student feedback", date(2027, 1, 9))],
        ),
        line(
            ToDevelop,
            "Speaking up in large meetings.",
            &[("Doctor’s own reflection", date(2027, 3, 2))],
        ),
        line(
            LastObjectives,
            "Pass PACES. Done: passed at the first attempt.",
            &[("Exam result", date(2027, 2, 20))],
        ),
        line(
            Exams,
            "MRCP(UK) complete. Part 1 September 2025, Part 2 Written April 2026, PACES 20 February 2027.",
            &[],
        ),
    ];
    let mut fourth = session(13, may);
    fourth.1.arcp = vec![
        line(
            EvidenceSeen,
            "9 workplace assessments: 2 ACAT, 3 CBD, 4 mini-CEX, 14 October 2026 to 6 May 2027",
            &[],
        ),
        line(
            EvidenceSeen,
            "14 clinics in the log. The programme asks for 20 in IMT2",
            &[("Clinic log", date(2027, 5, 6))],
        ),
        ArcpLine {
            agreed: false,
            ..line(
                Capabilities,
                "Communication and shared decisions: meets. Explains uncertainty plainly.",
                &[],
            )
        },
        line(
            ToDevelop,
            "More outpatient work. The rota now holds two clinics a month.",
            &[("Rota", date(2027, 8, 4))],
        ),
        line(
            LastObjectives,
            "20 clinics. Part: 14. Rota gaps to January.",
            &[("Clinic log", date(2027, 5, 6))],
        ),
        line(
            NextObjectives,
            "Eight clinics by 31 January 2028, four of them alone with review after. The supervisor holds the rota.",
            &[],
        ),
        line(NextObjectives, "Lead a family meeting, observed, by 30 September 2027.", &[]),
        ArcpLine {
            agreed: false,
            ..line(
                DoctorsWords,
                "I am prouder of the board rounds than of the exam. I want clinics early next year, \
                 so that I am not catching up again. I have read every line above.",
                &[],
            )
        },
    ];
    fourth.1.sections = vec![AskedSection {
        title: "Close".to_owned(),
        items: vec![asked(
            "What will make next year go well?",
            Layer::Arcp,
            Answer::Text("Protected clinic time".to_owned()),
        )],
    }];
    Records {
        id: id(1),
        person: Person {
            name: "Dr Amina Larkspur".to_owned(),
            stage: "IMT2".to_owned(),
            programme: "Internal medicine".to_owned(),
            wte: Some(80),
            arcp_date: Some(date(2027, 6, 9)),
            ..Person::default()
        },
        settings: Settings { your_name: "Dr Rowan Elderbrook".to_owned(), ..Settings::default() },
        // Out of order: the summary puts them right.
        sessions: vec![fourth, first, third, second],
        actions: vec![
            (id(20), action("Hold two clinics a month in the rota", Owner::Me, Layer::Arcp)),
            (
                id(21),
                Action {
                    state: ActionState::Part,
                    ..action(
                        "Hand the discharge-letter project on to the next IMT1",
                        Owner::Them,
                        Layer::Arcp,
                    )
                },
            ),
        ],
    }
}

/// The same year, with the canary wherever a record can hold something that must stay.
pub(super) fn amina_with_canaries() -> Records {
    let mut records = amina();
    let canary = || CANARY.to_owned();
    let extra = || Extra::from_iter([(CANARY.to_owned(), CANARY.into())]);
    let person = &mut records.person;
    person.short_name = canary();
    person.say = canary();
    person.next_exam = canary();
    person.to_know = canary();
    person.source_id = Some(canary());
    person.extra = extra();
    person.placements = vec![Placement {
        post: canary(),
        site: canary(),
        from: date(2026, 8, 5),
        to: Some(date(2027, 8, 3)),
        supervisor: canary(),
        ..Placement::default()
    }];
    person.adjustments = canary();
    person.exams = vec![Exam { name: canary(), ..Exam::default() }];
    person.attempts = vec![Attempt { exam: canary(), ..Attempt::default() }];
    person.absences =
        vec![Absence { kind: AbsenceKind::Other(canary()), extra: extra(), ..Absence::default() }];
    person.goals = vec![Goal {
        id: None,
        text: canary(),
        since: date(2026, 8, 5),
        progress: canary(),
        done: None,
        dropped: None,
        reason: canary(),
        layer: Layer::Shared,
        extra: extra(),
    }];
    person.next_meeting = Some(Meeting { place: canary(), ..Meeting::default() });
    person.handed_over = Some(HandedOver { to: canary(), ..HandedOver::default() });
    records.settings.noun = canary();
    records.settings.own_words = vec![canary()];
    records.settings.extra = extra();
    for (_, session) in &mut records.sessions {
        session.title = canary();
        session.template.id = canary();
        session.place = canary();
        session.margin =
            vec![Margin { beside: Some(canary()), text: canary(), ..Margin::default() }];
        session.tags = vec![canary()];
        session.kept = vec![Kept { kind: canary(), text: canary(), reason: canary() }];
        session.source_id = Some(canary());
        session.extra = extra();
        for line in &mut session.arcp {
            line.from = Some(canary());
            line.evidence.iter_mut().for_each(|one| one.date_typed = canary());
        }
        for layer in [Layer::Private, Layer::Shared] {
            let mut items = vec![
                asked(CANARY, layer, Answer::Text(canary())),
                asked(CANARY, layer, Answer::Choice(vec![canary()])),
                asked(CANARY, layer, Answer::Checked(vec![canary()])),
                asked(CANARY, layer, Answer::Scale(3)),
                asked(CANARY, layer, Answer::Date(date(2027, 1, 1))),
                // An ARCP prompt that nobody answered says nothing.
                asked(CANARY, Layer::Arcp, Answer::Text("  \n".to_owned())),
            ];
            for item in &mut items {
                item.basis = Some(Basis::Impression);
                item.other_view = Some(OtherView { who: canary(), text: canary() });
                Arc::make_mut(&mut item.prompt).why = canary();
                Arc::make_mut(&mut item.prompt).phrases = vec![canary()];
                Arc::make_mut(&mut item.prompt).id = canary();
            }
            session.sections.push(AskedSection { title: canary(), items });
        }
        session.arcp.push(line(ArcpHeading::Concerns, " ", &[(CANARY, date(2027, 1, 1))]));
    }
    for (_, action) in &mut records.actions {
        action.state = ActionState::Dropped;
        action.due_typed = canary();
        action.reason = canary();
        action.source_id = Some(canary());
        action.extra = extra();
    }
    records.actions.push((id(30), action(CANARY, Owner::Me, Layer::Private)));
    records.actions.push((id(31), action(CANARY, Owner::Them, Layer::Shared)));
    // Another doctor's lines, and lines outside the period.
    let mut other = session(32, date(2027, 1, 5));
    other.1.person = Some(id(2));
    other.1.arcp = vec![line(ArcpHeading::Strengths, CANARY, &[])];
    let mut nobody = other.clone();
    nobody.1.person = None;
    let mut before = session(33, date(2026, 8, 4));
    before.1.arcp = other.1.arcp.clone();
    let mut after = session(34, date(2027, 6, 10));
    after.1.arcp = other.1.arcp.clone();
    records.sessions.extend([other, nobody, before, after]);
    let mut theirs = action(CANARY, Owner::Me, Layer::Arcp);
    theirs.person = Some(id(2));
    let mut early = action(CANARY, Owner::Me, Layer::Arcp);
    early.made = date(2026, 8, 4);
    records.actions.extend([(id(35), theirs), (id(36), early)]);
    records
}

impl Records {
    pub(super) fn clone_without_lines(&self) -> Records {
        Records {
            id: self.id,
            person: self.person.clone(),
            settings: self.settings.clone(),
            sessions: vec![session(13, date(2027, 5, 13))],
            actions: Vec::new(),
        }
    }
}
