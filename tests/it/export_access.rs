//! The access-request pack: nothing that is held about a person is missing in it, what is taken
//! out is gone, and what is private leaves in no other file.

mod private;

use std::collections::BTreeSet;
use std::sync::Arc;

use cairn::export::Format;
use cairn::export::access::{AccessPack, NotRead, TAKEN_OUT};
use cairn::export::letter::{Between, Letter};
use cairn::model::session::{BroughtAnswers, Role};
use cairn::model::template::PromptLayer;
use cairn::model::{
    Absence, AbsenceKind, AccessRequest, Action, ActionState, Answer, ArcpLine, Asked,
    AskedSection, Attachment, Attempt, AttemptResult, BackedUp, Basis, Body, CapabilityRating,
    Evidence, Exam, Extra, Goal, HandedOver, Hold, Id, Journal, Kept, Kind, Layer, LeftIn, Margin,
    Meeting, OtherView, Owner, PartTime, PastArcp, Person, Placement, Prompt, PromptKind, Receipt,
    Session, Settings, TemplateRef,
};
use jiff::Timestamp;
use jiff::civil::{Date, date, time};

use crate::export_summary::schema::check;

const TODAY: Date = date(2026, 11, 24);

fn id(number: u128) -> Id {
    Id::new(1_790_000_000_000, number)
}

fn at() -> Timestamp {
    "2026-11-24T13:42:05Z".parse().unwrap()
}

/// Words that stand nowhere else, each once.
#[derive(Default)]
struct Planted(Vec<String>);

impl Planted {
    fn next(&mut self) -> String {
        self.0.push(format!("canary{}x", self.0.len()));
        self.0.last().unwrap().clone()
    }

    /// A field of a newer version, with a value of every sort.
    fn extra(&mut self) -> Extra {
        let (one, two, key) = (self.next(), self.next(), self.next());
        Extra::from_iter([(key, serde_json::json!({ "deep": [one, { "er": two }], "on": true }))])
    }

    fn evidence(&mut self) -> Evidence {
        let (what, date_typed, place) = (self.next(), self.next(), self.next());
        Evidence { what, date: Some(date(2026, 3, 3)), date_typed, place }
    }
}

/// A person with something in every field. Not one field is left to a default: a new one has to
/// be planted here before this compiles.
fn person(p: &mut Planted) -> Person {
    Person {
        name: "Dr Amina Larkspur".to_owned(),
        short_name: p.next(),
        say: p.next(),
        supervises_as: p.next(),
        supervises_from: Some(date(2026, 8, 4)),
        supervises_until: Some(date(2027, 8, 3)),
        stage: p.next(),
        programme: p.next(),
        wte: Some(83),
        arcp_date: Some(date(2027, 6, 9)),
        next_exam: p.next(),
        exam_date: Some(date(2027, 2, 20)),
        to_know: p.next(),
        adjustments: p.next(),
        adjustments_on: Some(date(2026, 8, 7)),
        cct_date: Some(date(2029, 8, 1)),
        placements: vec![Placement {
            id: Some(id(50)),
            post: p.next(),
            site: p.next(),
            from: date(2026, 8, 5),
            to: Some(date(2026, 12, 1)),
            supervisor: p.next(),
            wte: Some(61),
            extra: p.extra(),
        }],
        part_time: vec![PartTime {
            id: Some(id(51)),
            from: date(2026, 8, 5),
            to: None,
            wte: 62,
            before: Some(97),
            counted: true,
            extra: p.extra(),
        }],
        absences: vec![Absence {
            id: Some(id(52)),
            kind: AbsenceKind::Other(p.next()),
            from: date(2026, 9, 1),
            to: Some(date(2026, 9, 8)),
            days: Some(7),
            rebate: Some(14),
            counted: false,
            extra: p.extra(),
        }],
        exams: vec![Exam {
            id: Some(id(53)),
            name: p.next(),
            next: Some(date(2027, 1, 12)),
            booked: true,
            cap: Some(6),
            cap_of: Some(date(2024, 1, 1)),
            extra: p.extra(),
        }],
        handover_ticked: vec![p.next()],
        attempts: vec![Attempt {
            id: Some(id(54)),
            exam: p.next(),
            date: Some(date(2026, 2, 2)),
            result: AttemptResult::Other(p.next()),
            extra: p.extra(),
        }],
        past_arcps: vec![PastArcp {
            id: Some(id(55)),
            date: date(2026, 6, 10),
            outcome: p.next(),
            extra: p.extra(),
        }],
        goals: Layer::ALL
            .map(|layer| Goal {
                id: None,
                text: p.next(),
                since: date(2026, 8, 5),
                progress: p.next(),
                done: Some(date(2026, 10, 1)),
                dropped: None,
                reason: p.next(),
                layer,
                extra: p.extra(),
            })
            .into(),
        next_meeting: Some(Meeting {
            id: Some(id(56)),
            date: date(2026, 12, 9),
            time: Some(time(14, 35, 0, 0)),
            minutes: Some(47),
            place: p.next(),
            template: p.next(),
            extra: p.extra(),
        }),
        requests: vec![AccessRequest {
            id: Some(id(56)),
            asked: date(2026, 1, 31),
            answer_by: None,
            answered: Some(date(2026, 2, 27)),
            extra: p.extra(),
        }],
        summary_left_out: vec![p.next()],
        summary_order: vec![p.next()],
        summary_pasted: vec![p.next()],
        portfolio: p.next(),
        archived: true,
        handed_over: Some(HandedOver { on: date(2026, 11, 1), to: p.next(), extra: p.extra() }),
        keep_until: Some(date(2028, 1, 31)),
        hold: Some(Hold { since: date(2026, 11, 20), why: p.next() }),
        source_id: Some(p.next()),
        removed: None,
        extra: p.extra(),
    }
}

fn asked(p: &mut Planted, layer: Layer, answer: Option<Answer>) -> Asked {
    let prompt = Prompt {
        id: format!("prompt-{}", p.0.len()),
        text: p.next(),
        why: String::new(),
        phrases: Vec::new(),
        layer: PromptLayer::Shared,
        hidden: false,
        kind: PromptKind::Text,
    };
    Asked {
        prompt: Arc::new(prompt),
        layer,
        answer,
        basis: Some(Basis::Impression),
        other_view: Some(OtherView { who: p.next(), text: p.next() }),
    }
}

fn session(p: &mut Planted) -> Session {
    let mut items = Vec::new();
    for layer in Layer::ALL {
        let rated =
            CapabilityRating { code: p.next(), title: p.next(), rating: Some(4), words: p.next() };
        let answers = [
            Some(Answer::Text(format!("{}\n{}", p.next(), p.next()))),
            Some(Answer::Scale(9)),
            Some(Answer::Choice(vec![p.next(), p.next()])),
            Some(Answer::Date(date(2027, 4, 4))),
            Some(Answer::Checked(vec![p.next()])),
            Some(Answer::Evidence(vec![p.evidence()])),
            Some(Answer::Capability(vec![rated])),
            Some(Answer::Person(p.next())),
            None,
        ];
        items.extend(answers.map(|answer| asked(p, layer, answer)));
    }
    // Nobody answered, and nobody sees it differently: the question itself is still held.
    items.push(Asked { other_view: None, ..asked(p, Layer::Shared, None) });
    p.0.truncate(p.0.len() - 2);
    Session {
        person: Some(id(1)),
        template: TemplateRef { id: p.next(), version: 31 },
        title: p.next(),
        date: date(2026, 10, 14),
        time: Some(time(9, 5, 0, 0)),
        minutes: Some(53),
        spent: 1_500,
        place: p.next(),
        sections: vec![AskedSection { title: p.next(), items }],
        margin: vec![
            Margin { beside: Some("prompt-7".to_owned()), text: p.next(), basis: None },
            Margin { beside: Some(p.next()), text: p.next(), basis: Some(Basis::Observed) },
        ],
        arcp: vec![ArcpLine {
            heading: cairn::model::session::ArcpHeading::ToDevelop,
            text: p.next(),
            evidence: vec![p.evidence()],
            agreed: false,
            from: Some(p.next()),
        }],
        tags: vec![p.next()],
        kept: vec![Kept { kind: p.next(), text: p.next(), reason: p.next() }],
        brought: vec![BroughtAnswers {
            who: p.next(),
            on: date(2026, 10, 10),
            prompts: vec![p.next()],
        }],
        links: Vec::new(),
        finished: Some(at()),
        source_id: Some(p.next()),
        removed: None,
        extra: p.extra(),
    }
}

fn action(p: &mut Planted, layer: Layer) -> Action {
    Action {
        person: Some(id(1)),
        from: Some(id(2)),
        text: p.next(),
        owner: Owner::Me,
        due: Some(date(2026, 12, 4)),
        due_typed: p.next(),
        state: ActionState::Dropped,
        settled: Some(date(2026, 11, 11)),
        reason: p.next(),
        layer,
        made: date(2026, 10, 14),
        source_id: Some(p.next()),
        removed: None,
        extra: p.extra(),
    }
}

fn receipt(p: &mut Planted) -> Receipt {
    Receipt {
        person: Some(id(1)),
        what: p.next(),
        to: p.next(),
        format: p.next(),
        file: p.next(),
        lines: 77,
        sha256: p.next(),
        at: at(),
        // The words of it, as an earlier version wrote them, are held as well.
        kept: vec![LeftIn {
            kind: p.next(),
            more: 0,
            reason: p.next(),
            extra: [("text".to_owned(), p.next().into())].into_iter().collect(),
        }],
        of: Some(id(2)),
        erased: None,
        backup: Some(BackedUp {
            vault: p.next(),
            files: 4,
            damaged: 1,
            heads: [(p.next(), (3, p.next()))].into(),
            extra: p.extra(),
        }),
        extra: p.extra(),
    }
}

/// A journal in which every field that is about the person holds words of its own.
fn full(p: &mut Planted) -> Journal {
    let mut journal = Journal::default();
    journal.put(id(1), Body::Person(person(p)));
    journal.put(id(2), Body::Session(session(p)));
    journal.put(id(3), Body::Reflection(session(p)));
    for (at, layer) in Layer::ALL.into_iter().enumerate() {
        journal.put(id(10 + at as u128), Body::Action(action(p, layer)));
    }
    journal.put(id(20), Body::Receipt(receipt(p)));
    let file = Attachment {
        person: Some(id(1)),
        record: id(2),
        name: p.next(),
        media_type: p.next(),
        size: 12_345,
        removed: None,
        bytes: None,
        extra: p.extra(),
    };
    journal.put(id(21), Body::Attachment(file));
    // Taken back, and still held.
    let removed = Some(at());
    journal.put(id(22), Body::Action(Action { removed, ..action(p, Layer::Shared) }));
    journal.put(id(23), Body::Session(Session { removed, ..session(p) }));
    let other = serde_json::json!({ "person": id(1), "words": p.next(), "list": [p.next()] });
    journal.put(id(24), Body::Other(Kind::Outcome, other));
    journal
}

fn settings() -> Settings {
    Settings {
        your_name: "Dr Rowan Elderbrook".to_owned(),
        role: Role::Supervisor,
        ..Settings::default()
    }
}

fn pack(journal: &Journal) -> AccessPack {
    let settings = settings();
    let person = journal.person(id(1)).unwrap();
    let between = Between { person, id: id(1), settings: &settings, today: TODAY };
    let name = |id: Id| match journal.get(id)? {
        Body::Session(session) => Some(session.title),
        _ => None,
    };
    AccessPack::new(between, &journal.all_about(id(1)), &name, NotRead::default())
}

fn whole(journal: &Journal) -> Letter {
    pack(journal).letter(&BTreeSet::new())
}

#[test]
fn nothing_that_is_held_about_a_person_is_missing() {
    let mut planted = Planted::default();
    let letter = whole(&full(&mut planted));
    let text = letter.text();
    // The key of a field that this version does not know begins with a capital letter.
    let all = text.to_lowercase();
    let missing: Vec<&String> = planted.0.iter().filter(|one| !all.contains(*one)).collect();
    assert!(missing.is_empty(), "{missing:?} of {} in\n{text}", planted.0.len());
    for number in [" 83\n", "61%", "62%", "97%", "47 minutes", ": 53\n", ": 77.", "12345"] {
        assert!(text.contains(number), "{number}");
    }
    for day in [
        "9 June 2027",
        "20 February 2027",
        "4 April 2027",
        "9 December 2026",
        "14:35",
        "28 February 2026",
    ] {
        assert!(text.contains(day), "{day}");
    }
    for layer in &letter.saying.layers {
        assert!(layer.leaves > 0, "{layer:?}");
    }
    // Every kind of file says the same words.
    let markdown = String::from_utf8(letter.render(Format::Markdown).unwrap()).unwrap();
    let markdown = markdown.to_lowercase();
    assert!(planted.0.iter().all(|one| markdown.contains(one)));
    let json = String::from_utf8(letter.render(Format::Json).unwrap()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let schema = include_str!("../../assets/schemas/page.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    check(&schema, &value, &schema, "").unwrap();
    let json = json.to_lowercase();
    assert!(planted.0.iter().all(|one| json.contains(one)));
}

#[test]
fn records_about_others_stay_out() {
    let mut planted = Planted::default();
    let mut journal = full(&mut planted);
    let mut theirs = Planted::default();
    let mut other = session(&mut theirs);
    other.person = Some(id(99));
    other.title = "somebody else’s talk".to_owned();
    journal.put(id(98), Body::Session(other.clone()));
    other.person = None;
    journal.put(id(97), Body::Reflection(other));
    journal.put(id(99), Body::Person(Person { name: "Dr Ben Rowe".into(), ..Person::default() }));
    let text = whole(&journal).text();
    assert!(!text.contains("somebody else’s talk") && !text.contains("Dr Ben Rowe"));
}

#[test]
fn what_is_taken_out_is_gone_from_every_kind_of_file_and_counted() {
    let mut planted = Planted::default();
    let mut journal = full(&mut planted);
    let mut talk = session(&mut planted);
    let note = |text: &str| Margin { text: text.to_owned(), ..Margin::default() };
    talk.margin = vec![
        note("Asked Dr Farah Osierly. FARAH said yes; Farah’s rota too. Farahs is no name."),
        note("(Farah) writes to farah@example.org"),
    ];
    journal.put(id(30), Body::Session(talk));
    let out = ["Farah", "Dr Farah Osierly"].map(str::to_owned).into();
    let letter = pack(&journal).letter(&out);
    let text = letter.text();
    let wanted = format!(
        "Asked {TAKEN_OUT}. {TAKEN_OUT} said yes; {TAKEN_OUT}’s rota too. Farahs is no name."
    );
    assert!(text.contains(&wanted), "{text}");
    assert!(text.contains(&format!("({TAKEN_OUT}) writes to {TAKEN_OUT}@example.org")));
    assert_eq!(letter.saying.what, "Everything held about one person, 2 details taken out");
    let markdown = String::from_utf8(letter.render(Format::Markdown).unwrap()).unwrap();
    assert!(!markdown.contains("Osierly") && !markdown.contains("Farah "));
    let json = String::from_utf8(letter.render(Format::Json).unwrap()).unwrap();
    assert!(!json.contains("Osierly") && !json.contains("Farah "));
}

#[test]
fn words_are_taken_out_in_any_case_of_any_script() {
    const ALL: &str = "ÉLODIE O’Hara met Élodie, élodie and Élodies. STRASSE, Straße. ΣΟΦΟΣ and \
                       σοφος, ΔΊΑΣ. İpek, ıpek. 王芳 spoke, 王芳芳 did not. ﬁona ﬃ ẞ";
    let mut planted = Planted::default();
    let mut talk = session(&mut planted);
    talk.margin = vec![Margin { text: ALL.to_owned(), ..Margin::default() }];
    let mut journal = full(&mut planted);
    journal.put(id(30), Body::Session(talk));
    let taken = |words: &[&str]| {
        let out = words.iter().map(|words| (*words).to_owned()).collect();
        let text = pack(&journal).letter(&out).text();
        text.lines().find(|line| line.contains("met")).unwrap().to_owned()
    };
    let one = taken(&["élodie", "straße", "Σοφός", "σοφοσ", "王芳"]);
    assert!(one.starts_with(&format!("{TAKEN_OUT} O’Hara met {TAKEN_OUT}, {TAKEN_OUT} and")));
    assert!(one.contains("Élodies."), "part of a word stays: {one}");
    assert!(one.contains(&format!("{TAKEN_OUT}, {TAKEN_OUT}. {TAKEN_OUT} and {TAKEN_OUT}, ΔΊΑΣ")));
    assert!(one.contains(&format!("{TAKEN_OUT} spoke, 王芳芳 did not")), "{one}");
    // Letters that are several in another case, and those in the middle of them, break nothing.
    for odd in ["ss", "s", "ﬃ", "ffi", "f", "İ", "i̇pek", "ẞ", "\u{307}", "芳", "’", " "] {
        taken(&[odd]);
    }
    assert!(taken(&["ΊΑΣ"]).contains("ΔΊΑΣ"));
}

#[test]
fn of_a_person_with_nothing_but_a_name_it_says_that_nothing_more_is_held() {
    let mut journal = Journal::default();
    let person = Person { name: "Dr Amina Larkspur".to_owned(), ..Person::default() };
    journal.put(id(1), Body::Person(person));
    let letter = whole(&journal);
    let text = letter.text();
    assert!(text.contains("Name: Dr Amina Larkspur"));
    assert_eq!(text.matches("Nothing is held here").count(), 4, "{text}");
    assert_eq!(letter.saying.layers.clone().map(|layer| layer.leaves), [0, 0, 1]);
    for format in Format::ALL {
        assert!(!letter.render(format).unwrap().is_empty());
    }
}
