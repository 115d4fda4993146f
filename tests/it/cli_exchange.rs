//! Two processes, two records: what two people share goes to and fro in files, and what is
//! Private stays.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cairn::app::Desk;
use cairn::app::draft::Change;
use cairn::app::state::Opened;
use cairn::model::plan::{Author, PlanField};
use cairn::model::session::{ArcpHeading, TemplateRef};
use cairn::model::{
    Action, ActionState, Answer, ArcpLine, Asked, AskedSection, Body, Extra, Id, Layer, Margin,
    Owner, Person, Plan, Prompt, Session,
};
use cairn::vault::Passphrase;
use serde_json::json;

use crate::support::command::Terminal;
use crate::support::world::{PASSWORD, World};

const HERON: &str = "Dr Quiet Heron";
const MARTEN: &str = "Dr Pale Marten";
const CANARY: &str = "zephyrine";

/// Two people, paired, each with their own record, and a folder between them.
struct Two {
    heron: Terminal,
    marten: Terminal,
    between: tempfile::TempDir,
    files: std::cell::Cell<u32>,
}

fn id(n: u64) -> Id {
    Id::new(1_790_000_000_000 + n, u128::from(n))
}

fn record_of(own: &str, other: &str, at: u64) -> Terminal {
    let world = World::empty();
    let now = world.now().timestamp();
    let mut desk = world.desk();
    desk.create(&world.dir(), &Passphrase::new(PASSWORD), own, now).unwrap();
    let person = Person { name: other.to_owned(), ..Person::default() };
    desk.save(&[Change { id: id(at), body: Body::Person(person) }], now).unwrap();
    desk.lock();
    Terminal::on(world)
}

impl Two {
    fn paired() -> Two {
        let two = Two {
            heron: record_of(HERON, MARTEN, 1),
            marten: record_of(MARTEN, HERON, 2),
            between: tempfile::tempdir().unwrap(),
            files: std::cell::Cell::new(0),
        };
        let (invitation, reply, words) = (two.file("a"), two.file("b"), two.file("words"));
        let [invitation, reply, words] = [&invitation, &reply, &words].map(|path| text(path));
        two.heron.run(&["pair", "invite", "--out", invitation, "--words-file", words]).fine();
        let accept = ["pair", "accept", invitation, "--out", reply, "--words-file", words];
        two.marten.run(&accept).fine();
        two.heron.run(&["pair", "finish", reply]).fine();
        for one in [&two.heron, &two.marten] {
            one.run(&["pair", "matches"]).fine();
        }
        two
    }

    fn file(&self, name: &str) -> PathBuf {
        self.files.set(self.files.get() + 1);
        self.between.path().join(format!("{}-{name}.cairn", self.files.get()))
    }

    /// The file that one of them makes.
    fn sent(&self, from: &Terminal) -> PathBuf {
        let file = self.file("changes");
        let said = from.run(&["send", "--out", text(&file)]);
        assert_eq!(said.code, 0, "{}", said.err);
        file
    }

    /// One sends, the other takes it in; gives what is said.
    fn carry(&self, from: &Terminal, to: &Terminal) -> String {
        let file = self.sent(from);
        let said = to.run(&["receive", text(&file), "--apply"]);
        assert!(said.code < 2, "{}", said.err);
        said.out + &said.err
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn unlocked(terminal: &Terminal) -> (Desk, Opened) {
    let mut desk = terminal.world.desk();
    assert!(desk.find(&terminal.world.dir()).unwrap());
    let now = terminal.world.now().timestamp();
    let mut opened = desk.unlock(&Passphrase::new(PASSWORD), now).unwrap();
    desk.fill(&mut opened.journal);
    (desk, opened)
}

fn save(terminal: &Terminal, id: Id, body: Body) {
    let now = terminal.world.now().timestamp();
    let changes = [Change { id, body }];
    let (mut desk, _) = unlocked(terminal);
    desk.save(&changes, now).unwrap();
    desk.lock();
}

fn held(terminal: &Terminal, id: Id) -> Option<Body> {
    let (mut desk, opened) = unlocked(terminal);
    desk.lock();
    opened.journal.get(id)
}

fn bytes(terminal: &Terminal) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![terminal.world.dir()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => drop(files.insert(path.clone(), fs::read(&path).unwrap())),
            }
        }
    }
    files
}

fn asked(id: &str, layer: Layer, words: &str) -> Asked {
    let prompt: Prompt = serde_json::from_value(json!({
        "id": id, "kind": "text", "text": format!("What about {id}?"), "layer": "shared",
    }))
    .unwrap();
    Asked::new(Arc::new(prompt), layer, Some(Answer::Text(words.to_owned())))
}

fn conversation(person: Id, items: Vec<Asked>) -> Body {
    let world = World::empty();
    Body::Session(Session {
        person: Some(person),
        template: TemplateRef { id: "first-meeting".to_owned(), version: 1 },
        title: format!("First meeting ({CANARY})"),
        date: world.now().date(),
        time: None,
        minutes: Some(40),
        spent: 0,
        place: format!("The room of {CANARY}"),
        sections: vec![AskedSection { title: "Start".to_owned(), items }],
        margin: vec![Margin { text: format!("{CANARY} in the margin"), ..Margin::default() }],
        arcp: Vec::new(),
        tags: vec![CANARY.to_owned()],
        kept: Vec::new(),
        brought: Vec::new(),
        links: Vec::new(),
        finished: Some(world.now().timestamp()),
        source_id: None,
        removed: None,
        extra: Extra::new(),
    })
}

fn action(person: Id, words: &str, owner: Owner, layer: Layer) -> Body {
    Body::Action(Action {
        person: Some(person),
        from: None,
        text: words.to_owned(),
        owner,
        due: None,
        due_typed: String::new(),
        state: ActionState::Open,
        settled: None,
        reason: String::new(),
        layer,
        made: World::empty().now().date(),
        source_id: None,
        removed: None,
        extra: Extra::new(),
    })
}

fn answer(body: Option<Body>, id: &str) -> Option<String> {
    let Some(Body::Session(session)) = body else { return None };
    let item = session.items().find(|item| item.prompt.id == id)?.clone();
    match item.answer {
        Some(Answer::Text(text)) => Some(text),
        _ => None,
    }
}

const TALK: u64 = 10;
const STEP: u64 = 11;
const HIDDEN: u64 = 12;
const PLAN: u64 = 13;

fn with_a_talk() -> Two {
    let two = Two::paired();
    let items = vec![
        asked("rota", Layer::Shared, "The rota leaves no Friday."),
        asked("worry", Layer::Private, &format!("{CANARY} worries me")),
    ];
    save(&two.heron, id(TALK), conversation(id(1), items));
    save(&two.heron, id(STEP), action(id(1), "Ask for clinics", Owner::Them, Layer::Shared));
    let hidden = format!("Ring about {CANARY}");
    save(&two.heron, id(HIDDEN), action(id(1), &hidden, Owner::Me, Layer::Private));
    two
}

#[test]
fn what_is_shared_arrives_with_the_other_and_what_is_private_does_not() {
    let two = with_a_talk();
    let file = two.sent(&two.heron);
    let before = bytes(&two.marten);
    let looked = two.marten.run(&["receive", text(&file)]).fine();
    assert!(looked.contains("The rota leaves no Friday."), "{looked}");
    assert!(!looked.contains(CANARY), "{looked}");
    assert_eq!(bytes(&two.marten), before, "looking changes nothing");
    two.marten.run(&["receive", text(&file), "--apply"]).fine();
    let everything = two.between.path().join("everything.json");
    let export = ["export", "--format", "json", "--out", text(&everything)];
    assert!(two.marten.run(&export).code < 2);
    let everything = fs::read_to_string(&everything).unwrap();
    assert!(everything.contains("The rota leaves no Friday."));
    assert!(!everything.contains(CANARY), "a private word travelled");
    // The doctor's own action is theirs there, and the conversation is with the supervisor.
    let Some(Body::Action(step)) = held(&two.marten, id(STEP)) else { panic!("no action") };
    assert_eq!((step.owner, step.person), (Owner::Me, Some(id(2))));
    assert!(held(&two.marten, id(HIDDEN)).is_none());
    // Once more brings nothing and says so.
    let before = bytes(&two.marten);
    let again = two.marten.run(&["receive", text(&file), "--apply"]).fine();
    assert!(again.contains("Nothing in this file"), "{again}");
    assert_eq!(bytes(&two.marten), before);
}

#[test]
fn a_line_for_the_arcp_is_agreed_by_a_file_and_the_summary_says_so() {
    let two = Two::paired();
    let items = vec![asked("rota", Layer::Shared, "The rota leaves no Friday.")];
    let Body::Session(mut talk) = conversation(id(1), items) else { panic!("a conversation") };
    talk.arcp = vec![ArcpLine {
        heading: ArcpHeading::Strengths,
        text: "Leads the board round alone.".to_owned(),
        evidence: Vec::new(),
        agreed: false,
        from: None,
    }];
    save(&two.heron, id(TALK), Body::Session(talk));
    let summary = |name: &str| {
        let file = two.between.path().join(name);
        let year = ["--from", "2026-01-01", "--to", "2026-12-31"];
        let export = ["export", "--person", MARTEN, "--format", "json", "--out", text(&file)];
        assert!(two.heron.run(&[&export[..], &year[..]].concat()).code < 2);
        let summary: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let sections = summary["sections"].as_array().unwrap().clone();
        let lines = sections.iter().flat_map(|part| part["lines"].as_array().unwrap().clone());
        let line =
            lines.into_iter().find(|line| line["text"].as_str().unwrap().contains("board round"));
        line.unwrap()["agreed"].as_bool().unwrap()
    };
    assert!(!summary("before.json"));
    two.carry(&two.heron, &two.marten);
    let Some(Body::Session(mut there)) = held(&two.marten, id(TALK)) else { panic!("it arrived") };
    assert!(!there.arcp[0].agreed);
    there.arcp[0].agreed = true;
    save(&two.marten, id(TALK), Body::Session(there));
    two.carry(&two.marten, &two.heron);
    assert!(summary("after.json"), "the doctor agreed it in their own record");
}

#[test]
fn both_write_and_both_find_both_and_their_private_words_stay() {
    let two = with_a_talk();
    two.carry(&two.heron, &two.marten);
    let items = vec![
        asked("rota", Layer::Shared, "The rota leaves no Friday."),
        asked("clinic", Layer::Shared, "Two clinics are free."),
        asked("own", Layer::Private, "only mine"),
    ];
    save(&two.marten, id(TALK), conversation(id(2), items));
    let said = two.carry(&two.marten, &two.heron);
    assert!(said.contains("Two clinics are free."), "{said}");
    let here = held(&two.heron, id(TALK));
    assert_eq!(answer(here.clone(), "clinic").as_deref(), Some("Two clinics are free."));
    assert!(answer(here.clone(), "worry").unwrap().contains(CANARY), "private words stayed");
    assert_eq!(answer(here, "own"), None);
    // There is nothing more to say on either side.
    let said = two.carry(&two.heron, &two.marten);
    assert!(said.contains("Nothing in this file"), "{said}");
}

#[test]
fn what_both_changed_is_told_and_stays_open_until_somebody_decides() {
    let two = with_a_talk();
    two.carry(&two.heron, &two.marten);
    two.carry(&two.marten, &two.heron);
    for (terminal, person, words) in
        [(&two.heron, 1, "Fridays from March."), (&two.marten, 2, "Fridays from June.")]
    {
        save(
            terminal,
            id(TALK),
            conversation(id(person), vec![asked("rota", Layer::Shared, words)]),
        );
    }
    let file = two.sent(&two.marten);
    let said = two.heron.run(&["receive", text(&file), "--apply"]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("You both changed “What about rota?”"), "{}", said.out);
    assert!(said.out.contains("Fridays from June."), "{}", said.out);
    let here = answer(held(&two.heron, id(TALK)), "rota");
    assert_eq!(here.as_deref(), Some("Fridays from March."), "one's own words stand");
    two.heron.run(&["settle", "--keep", "both"]).fine();
    let both = answer(held(&two.heron, id(TALK)), "rota").unwrap();
    assert!(both.contains("March") && both.contains("June"), "{both}");
    two.carry(&two.heron, &two.marten);
    assert_eq!(answer(held(&two.marten, id(TALK)), "rota"), Some(both));
    assert!(two.marten.run(&["settle", "--keep", "mine"]).fine().contains("nothing to decide"));
}

#[test]
fn words_made_private_before_they_were_sent_are_in_no_file() {
    let two = with_a_talk();
    two.sent(&two.heron);
    let private = vec![asked("rota", Layer::Private, "The rota leaves no Friday.")];
    save(&two.heron, id(TALK), conversation(id(1), private));
    // The first file was lost; the second is the one that arrives.
    two.carry(&two.heron, &two.marten);
    assert!(held(&two.marten, id(TALK)).is_none(), "nothing of it is shared any more");
}

#[test]
fn a_plan_is_written_by_both() {
    let two = Two::paired();
    let now = two.heron.world.now().timestamp();
    let mut plan = Plan::with(id(1));
    let mut fresh = || id(99);
    let (by, year5) = (Author::Supervisor, PlanField::Year5);
    plan.set_field(year5, "A consultant who teaches", by, HERON, now, &mut fresh);
    save(&two.heron, id(PLAN), Body::Plan(plan));
    two.carry(&two.heron, &two.marten);
    let Some(Body::Plan(mut plan)) = held(&two.marten, id(PLAN)) else { panic!("no plan") };
    assert_eq!(plan.text(year5), "A consultant who teaches");
    assert_eq!(plan.person, id(2));
    let words = "A consultant who teaches one day a week";
    plan.set_field(year5, words, Author::Doctor, MARTEN, now, &mut fresh);
    save(&two.marten, id(PLAN), Body::Plan(plan));
    two.carry(&two.marten, &two.heron);
    let Some(Body::Plan(plan)) = held(&two.heron, id(PLAN)) else { panic!("no plan") };
    assert_eq!(plan.text(year5), words);
    assert_eq!(plan.paras(year5)[0].by, Author::Doctor);
}

#[test]
fn a_file_that_is_damaged_foreign_or_ones_own_is_refused_and_nothing_changes() {
    let two = with_a_talk();
    let others = with_a_talk();
    let good = fs::read(two.sent(&two.heron)).unwrap();
    let before = bytes(&two.marten);
    let mut tampered = good.clone();
    let at = good.len() - 40;
    tampered[at] ^= 1;
    let foreign = fs::read(others.sent(&others.heron)).unwrap();
    let bad = [
        ("tampered", tampered, "damaged"),
        ("cut short", good[..good.len() / 2].to_vec(), "damaged"),
        ("foreign", foreign, "somebody else"),
        ("no such file", b"Dear colleague".to_vec(), "not a file with changes"),
        ("empty", Vec::new(), "not a file with changes"),
        ("huge", vec![b'a'; 40 * 1024 * 1024], "large"),
    ];
    for (what, bytes_of, expected) in bad {
        let file = two.file("bad");
        fs::write(&file, bytes_of).unwrap();
        let said = two.marten.run(&["receive", text(&file), "--apply"]).refused(2);
        assert!(said.contains(expected), "{what}: {said}");
        assert_eq!(bytes(&two.marten), before, "{what}");
    }
    let own = two.sent(&two.heron);
    let said = two.heron.run(&["receive", text(&own), "--apply"]).refused(2);
    assert!(said.contains("somebody else") || said.contains("made here"), "{said}");
}
