//! One of two people with their own record, what they do in it, and what they hold for the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cairn::exchange::pairing::Side;
use cairn::exchange::share::{Carried, Graph, KINDS, Kept, Version, Whose, lay, project, settle};
use cairn::model::fields::Field;
use cairn::model::merge::Pick;
use cairn::model::plan::{Author, PlanField, Road};
use cairn::model::session::{ArcpHeading, ArcpLine, Margin, TemplateRef};
use cairn::model::{
    Action, ActionState, Answer, Asked, AskedSection, Body, Extra, Id, Kind, Layer, Owner, Plan,
    Prompt, Rev, Session,
};
use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Stands in everything that is Private.
pub const CANARY: &str = "zephyrine";

pub const PLAN: u64 = 1;
pub const TALK: u64 = 2;
pub const STEP: u64 = 3;

pub fn id(n: u64) -> Id {
    Id::new(1_790_000_000_000 + n, u128::from(n))
}

/// One of the two, with their own record and what they hold for the other.
#[derive(Clone)]
pub struct Vault {
    pub side: Side,
    pub bodies: BTreeMap<Id, Body>,
    pub graphs: BTreeMap<Id, Graph>,
    pub arrived: BTreeSet<Rev>,
    /// What each computer has called so far: no two give one name twice.
    pub names: u64,
    pub clock: i64,
    /// What stands behind all that they type.
    pub voice: &'static str,
}

/// A file on its way, as it lies in the encrypted one.
#[derive(Clone)]
pub struct File {
    pub body: Vec<u8>,
    pub arrived: Vec<Rev>,
    pub heads: Vec<Rev>,
}

impl File {
    pub fn carried(&self) -> Carried {
        Carried::read(&self.body).expect("a file that was made here is sound")
    }
}

impl Vault {
    pub fn new(side: Side) -> Vault {
        Vault {
            side,
            bodies: BTreeMap::new(),
            graphs: BTreeMap::new(),
            arrived: BTreeSet::new(),
            names: if side == Side::Inviter { 1000 } else { 2000 },
            clock: 1_800_000_000 + i64::from(side == Side::Accepter),
            voice: "",
        }
    }

    /// The other one, as a person of this record.
    pub fn person(&self) -> Id {
        id(if self.side == Side::Inviter { 91 } else { 92 })
    }

    pub fn author(&self) -> Author {
        if self.side == Side::Inviter { Author::Supervisor } else { Author::Doctor }
    }

    pub fn now(&mut self) -> Timestamp {
        self.clock += 2;
        Timestamp::from_second(self.clock).unwrap()
    }

    pub fn shared(&self, id: Id) -> Option<Value> {
        self.bodies.get(&id).and_then(|body| project::shared(body, self.side))
    }

    pub fn now_of(&self, id: Id, graph: &Graph) -> Option<Value> {
        project::shared_now(self.bodies.get(&id)?, !graph.is_empty(), self.side)
    }

    /// What both read of each thing.
    pub fn words(&self) -> BTreeMap<Id, Value> {
        self.bodies.keys().filter_map(|id| Some((*id, self.shared(*id)?))).collect()
    }

    /// Everything that no file may change, thing by thing.
    pub fn private(&self) -> Vec<(Id, String)> {
        let own = self.bodies.iter().flat_map(|(id, body)| {
            let all: Vec<String> = match body {
                Body::Plan(plan) => plan.notes.iter().map(|note| note.text.clone()).collect(),
                Body::Session(session) => {
                    let items = session.items().filter(|item| item.layer == Layer::Private);
                    let answers =
                        items.filter_map(|item| Some(format!("{:?}", item.answer.as_ref()?)));
                    let notes = session.margin.iter().map(|note| note.text.clone());
                    answers.chain(notes).chain(session.tags.clone()).collect()
                }
                Body::Action(step) if step.layer == Layer::Private => vec![format!("{step:?}")],
                _ => Vec::new(),
            };
            all.into_iter().map(|words| (*id, words))
        });
        own.collect()
    }

    pub fn keep(
        &mut self,
        (kind, id): (Kind, Id),
        (version, whose, is_held): (Version, Whose, bool),
    ) {
        let covers = if is_held { vec![version.entry.rev] } else { Vec::new() };
        let kept = Kept { person: self.person(), pair: "pair".into(), whose, covers, version };
        self.graphs.entry(id).or_insert_with(|| Graph::new(kind, id)).add([kept]);
    }

    pub fn send(&mut self, wanted: impl Fn(Id) -> bool) -> File {
        for (id, body) in self.bodies.clone() {
            let kind = body.kind();
            assert!(KINDS.contains(&kind));
            let graph = self.graphs.get(&id).cloned().unwrap_or_else(|| Graph::new(kind, id));
            if wanted(id)
                && let Some(now) = self.now_of(id, &graph)
                && let Some(version) = graph.next(&now, &self.arrived).unwrap()
            {
                self.keep((kind, id), (version, Whose::Mine, true));
            }
        }
        let graphs = self.graphs.values().filter(|graph| wanted(graph.id()));
        let versions = graphs.flat_map(|graph| graph.outgoing(&self.arrived)).collect();
        let body = Carried { versions }.write().unwrap();
        assert!(!String::from_utf8_lossy(&body).contains(CANARY), "private words are in a file");
        let all = || self.graphs.values();
        let heads = all().flat_map(Graph::heads).collect();
        File { body, arrived: all().flat_map(Graph::arrived).collect(), heads }
    }

    /// Takes a file in, wholly or not at all; gives whether it was taken.
    pub fn take(&mut self, file: &File) -> bool {
        let (carried, private) = (file.carried(), self.private());
        let none = BTreeMap::new();
        let arrived: BTreeSet<Rev> = file.arrived.iter().copied().collect();
        let known = |id, kind| self.graphs.get(&id).cloned().unwrap_or(Graph::new(kind, id));
        if carried.things().iter().any(|(id, kind)| !known(*id, *kind).can_take(&carried.of(*id))) {
            return false;
        }
        for (id, kind) in carried.things() {
            let graph = self.graphs.get(&id).cloned().unwrap_or(Graph::new(kind, id));
            let versions = carried.of(id);
            if !graph.unknown(&versions).is_empty() {
                self.settle((kind, id), &graph, &versions, &arrived, &none);
            }
        }
        self.arrived = arrived;
        assert_eq!(self.private(), private, "a file changed what is Private");
        true
    }

    pub fn settle(
        &mut self,
        (kind, id): (Kind, Id),
        graph: &Graph,
        coming: &[Version],
        arrived: &BTreeSet<Rev>,
        picks: &BTreeMap<Field, Pick>,
    ) {
        let (before, now) = (self.shared(id), self.now_of(id, graph));
        let settled = settle(graph, coming, now.as_ref(), arrived, picks).unwrap();
        if self.bodies.contains_key(&id) || !project::is_taken_back(&settled.body) {
            let own = self.bodies.get(&id).map(|body| body.write().unwrap());
            let (now, empty) = (self.now(), json!({}));
            let change = (before.as_ref().unwrap_or(&empty), &settled.body);
            let after = lay::overlay((kind, own.as_ref()), change, self.person(), self.side, now);
            self.bodies.insert(id, Body::read(kind, &after).unwrap());
            // Or they would tell one another of it for ever. What one of them shares nothing of
            // any more is theirs to share again.
            if before.is_some() || own.is_none() {
                let shares = self.shared(id).unwrap_or_else(project::taken_back);
                assert_eq!(shares, settled.body, "the record shares something else");
            }
        }
        settled.keep.into_iter().for_each(|kept| self.keep((kind, id), kept));
    }

    /// What both changed and nobody has decided: each place with the two texts.
    pub fn open(&self) -> BTreeSet<(Id, Field, Vec<String>)> {
        let mut all = BTreeSet::new();
        for (id, graph) in &self.graphs {
            let none = BTreeMap::new();
            let now = self.now_of(*id, graph);
            for conflict in settle(graph, &[], now.as_ref(), &self.arrived, &none).unwrap().open {
                let mut sides: Vec<String> =
                    conflict.sides.iter().map(|side| format!("{:?}", side.value)).collect();
                sides.sort();
                // A line is called as one looks back to it, and two may look back differently far.
                let field = match conflict.field {
                    Field::Item { list, .. } => Field::Item { list, label: String::new() },
                    field => field,
                };
                all.insert((*id, field, sides));
            }
        }
        all
    }

    /// Decides all that is open in favour of one side.
    pub fn decide(&mut self, side: usize) {
        let private = self.private();
        for (id, graph) in self.graphs.clone() {
            let none = BTreeMap::new();
            let now = self.now_of(id, &graph);
            let open = settle(&graph, &[], now.as_ref(), &self.arrived, &none).unwrap().open;
            if open.is_empty() {
                continue;
            }
            let pick = |sides: usize| Pick::Side(side.min(sides - 1));
            let picks = open.iter().map(|it| (it.field.clone(), pick(it.sides.len()))).collect();
            let arrived = self.arrived.clone();
            self.settle((graph.kind(), id), &graph, &[], &arrived, &picks);
        }
        assert!(self.open().is_empty(), "decided, and still open");
        assert_eq!(self.private(), private, "a decision changed what is Private");
    }
}

/// What one of them does in their own record.
#[derive(Debug, Clone)]
pub enum Edit {
    Field(usize, usize),
    Road(usize, usize),
    Comment(usize),
    Note(usize),
    Accept,
    Answer(usize, usize),
    Move(usize, Layer),
    Line(usize, bool),
    Margin(usize),
    Finish,
    Step(usize, usize),
    StepLayer(usize, Layer),
    StepState(usize, ActionState),
}

pub const TEXTS: [&str; 5] =
    ["", "One day a week.", "Two days a week.", "Teach.\nLead a service.", "Teach.\nRest."];
/// One of the texts, with the voice behind each line; none stays none.
pub fn typed(voice: &str, text: usize) -> String {
    let lines = TEXTS[text].lines().map(|line| format!("{line}{voice}"));
    lines.collect::<Vec<_>>().join("\n")
}

pub const FIELDS: [PlanField; 4] =
    [PlanField::Year5, PlanField::Why, PlanField::Options, PlanField::Promises];
pub const PROMPTS: [&str; 3] = ["rota", "worry", "clinic"];
pub const LAYERS: [Layer; 3] = [Layer::Private, Layer::Shared, Layer::Arcp];

pub fn edit() -> impl Strategy<Value = Edit> {
    let text = || 0..TEXTS.len();
    let layer = || prop::sample::select(LAYERS.as_slice());
    let states = [ActionState::Open, ActionState::Part, ActionState::Done, ActionState::Dropped];
    prop_oneof![
        4 => (0..FIELDS.len(), text()).prop_map(|(field, text)| Edit::Field(field, text)),
        2 => (0..2_usize, text()).prop_map(|(row, text)| Edit::Road(row, text)),
        1 => text().prop_map(Edit::Comment),
        1 => text().prop_map(Edit::Note),
        1 => Just(Edit::Accept),
        4 => (0..PROMPTS.len(), text()).prop_map(|(prompt, text)| Edit::Answer(prompt, text)),
        2 => (0..PROMPTS.len(), layer()).prop_map(|(prompt, layer)| Edit::Move(prompt, layer)),
        1 => (text(), any::<bool>()).prop_map(|(text, agreed)| Edit::Line(text, agreed)),
        1 => text().prop_map(Edit::Margin),
        1 => Just(Edit::Finish),
        2 => (0..3_usize, text()).prop_map(|(step, text)| Edit::Step(step, text)),
        1 => (0..3_usize, layer()).prop_map(|(step, layer)| Edit::StepLayer(step, layer)),
        1 => (0..3_usize, prop::sample::select(states.to_vec()))
            .prop_map(|(step, state)| Edit::StepState(step, state)),
    ]
}

pub fn item(prompt: &str) -> Asked {
    let prompt: Prompt = serde_json::from_value(json!({
        "id": prompt, "kind": "text", "text": format!("What about {prompt}?"), "layer": "shared",
    }))
    .unwrap();
    Asked::new(Arc::new(prompt), Layer::Shared, None)
}

pub fn conversation(person: Id) -> Session {
    Session {
        person: Some(person),
        template: TemplateRef { id: "first-meeting".to_owned(), version: 1 },
        title: format!("First meeting of {CANARY}"),
        date: date(2026, 11, 2),
        time: None,
        minutes: Some(40),
        spent: 0,
        place: format!("The room of {CANARY}"),
        sections: vec![AskedSection { title: "Start".to_owned(), items: vec![item("rota")] }],
        margin: Vec::new(),
        arcp: Vec::new(),
        tags: vec![CANARY.to_owned()],
        kept: Vec::new(),
        links: Vec::new(),
        brought: Vec::new(),
        finished: None,
        source_id: None,
        removed: None,
        extra: Extra::new(),
    }
}

pub fn step(person: Id, text: &str) -> Action {
    Action {
        person: Some(person),
        from: Some(id(PLAN)),
        text: text.to_owned(),
        owner: Owner::Them,
        due: None,
        due_typed: String::new(),
        state: ActionState::Open,
        settled: None,
        reason: String::new(),
        layer: Layer::Shared,
        made: date(2026, 11, 2),
        source_id: None,
        removed: None,
        extra: Extra::new(),
    }
}

impl Vault {
    /// Things that one of them begins: nobody else has their names.
    pub fn begin(&mut self) {
        let (person, by, now) = (self.person(), self.author(), self.now());
        let mut plan = Plan::with(person);
        let fresh = &mut || id(500);
        plan.set_field(PlanField::Year5, "A service of my own.", by, "Dr One", now, fresh);
        plan.set_note(PlanField::Year5, CANARY, fresh);
        self.bodies.insert(id(PLAN), Body::Plan(plan));
        let mut talk = conversation(person);
        talk.sections[0].items[0].answer = Some(Answer::Text("No Friday is free.".to_owned()));
        self.bodies.insert(id(TALK), Body::Session(talk));
        self.bodies.insert(id(STEP), Body::Action(step(person, "Ask for clinics")));
    }

    pub fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::Field(..) | Edit::Road(..) | Edit::Comment(_) | Edit::Note(_) | Edit::Accept => {
                self.edit_plan(edit);
            }
            Edit::Step(at, _) | Edit::StepLayer(at, _) | Edit::StepState(at, _) => {
                self.edit_step(*at, edit);
            }
            _ => self.edit_talk(edit),
        }
    }

    pub fn edit_plan(&mut self, edit: &Edit) {
        let voice = self.voice;
        let (by, now, name) = (self.author(), self.now(), "Dr One");
        let Some(Body::Plan(plan)) = self.bodies.get_mut(&id(PLAN)) else { return };
        let names = &mut self.names;
        let fresh = &mut || {
            *names += 1;
            id(*names)
        };
        match edit {
            Edit::Field(at, text) => {
                plan.set_field(FIELDS[*at], &typed(voice, *text), by, name, now, fresh);
            }
            Edit::Road(row, text) => {
                let Some(option) = plan.options.first().map(|it| it.id.clone()) else { return };
                plan.set_road((&option, Road::ALL[*row]), &typed(voice, *text), by, name, now);
            }
            Edit::Comment(text) => {
                plan.comment(PlanField::Year5, &typed(voice, *text), (by, name), now, fresh);
            }
            Edit::Note(text) => {
                let text = format!("{CANARY} {text}");
                plan.set_note(PlanField::Why, &text, fresh);
            }
            _ => {
                let name_of = fresh().to_string();
                plan.accept(by, name, now, name_of);
            }
        }
    }

    pub fn edit_talk(&mut self, edit: &Edit) {
        let voice = self.voice;
        let now = self.now();
        let Some(Body::Session(talk)) = self.bodies.get_mut(&id(TALK)) else { return };
        if let Edit::Answer(at, _) | Edit::Move(at, _) = edit
            && talk.items().all(|item| item.prompt.id != PROMPTS[*at])
        {
            talk.sections[0].items.push(item(PROMPTS[*at]));
        }
        let find = |at: usize| move |item: &&mut Asked| item.prompt.id == PROMPTS[at];
        let mut items = talk.sections.iter_mut().flat_map(|section| &mut section.items);
        // What is Private says so, and loses its words when it is to be read by both.
        let words = |layer: Layer, text: &str| match (layer, text) {
            (_, "") => None,
            (Layer::Private, text) => Some(Answer::Text(format!("{CANARY} {text}"))),
            (_, text) => Some(Answer::Text(text.to_owned())),
        };
        match edit {
            Edit::Answer(at, text) => {
                if let Some(item) = items.find(find(*at)) {
                    item.answer = words(item.layer, &typed(voice, *text));
                }
            }
            Edit::Move(at, layer) => {
                if let Some(item) = items.find(find(*at)) {
                    (item.layer, item.answer) = (*layer, words(*layer, &format!("Moved.{voice}")));
                }
            }
            Edit::Line(text, agreed) if *text > 0 => {
                talk.arcp = vec![ArcpLine {
                    heading: ArcpHeading::Strengths,
                    text: typed(voice, *text),
                    agreed: *agreed,
                    ..ArcpLine::default()
                }];
            }
            Edit::Margin(text) => {
                talk.margin.push(Margin { text: format!("{CANARY} {text}"), ..Margin::default() });
            }
            _ => talk.finished = Some(now),
        }
    }

    /// The first is the one that was begun; each of the two has one more to begin.
    pub fn edit_step(&mut self, at: usize, edit: &Edit) {
        let voice = self.voice;
        let own = if self.side == Side::Inviter { 100 } else { 200 };
        let name = id(if at == 0 { STEP } else { own + at as u64 });
        let person = self.person();
        if at > 0 {
            let begun = || Body::Action(step(person, "Begun"));
            self.bodies.entry(name).or_insert_with(begun);
        }
        let Some(Body::Action(step)) = self.bodies.get_mut(&name) else { return };
        match edit {
            Edit::Step(_, text) if step.layer == Layer::Private => {
                step.text = format!("{CANARY} {text}");
            }
            Edit::Step(_, text) => step.text = format!("Do this. {}", &typed(voice, *text)),
            Edit::StepLayer(_, layer) => {
                step.layer = *layer;
                step.text = if *layer == Layer::Private { CANARY } else { "Moved." }.to_owned();
            }
            Edit::StepState(_, state) => step.state = *state,
            _ => {}
        }
    }
}
