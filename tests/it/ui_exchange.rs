//! What two people share goes to and fro in the window: two records, two windows, files between
//! them.

use std::fs;
use std::path::{Path, PathBuf};

use cairn::app::exchanging::ExchangeAction;
use cairn::app::plan::{PlanAction, PlanSpot};
use cairn::app::{Action, Screen};
use cairn::model::Id;
use cairn::model::plan::{Plan, PlanField};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::talk::keys;
use crate::support::window::picture;
use crate::ui_pairing::{HERON, MARTEN, Side, paired};

const NOTE: &str = "zephyrine, and for nobody else";

pub fn act(side: &mut Side, action: Action) {
    side.harness.state_mut().app_mut().act(vec![action]);
    side.harness.run();
}

/// Two who are paired and found their four words the same.
pub fn two() -> (Side, Side) {
    let (mut heron, mut marten) = paired();
    heron.press("They match");
    marten.press("They match");
    (heron, marten)
}

pub fn whom(side: &Side) -> Id {
    let journal = &side.app().state.open().unwrap().journal;
    journal.people()[0].0
}

pub fn plan(side: &Side) -> Plan {
    let open = side.app().state.open().unwrap();
    open.journal.plan_of(whom(side)).unwrap().1.clone()
}

/// Writes a field of the plan in the window.
pub fn writes(side: &mut Side, spot: PlanSpot, words: &str) {
    let person = whom(side);
    side.go(Screen::Plan(person));
    act(side, Action::Plan(PlanAction::Write(person, spot)));
    let app = side.harness.state_mut().app_mut();
    app.inputs.plan.as_mut().unwrap().typed = words.to_owned();
    act(side, Action::Plan(PlanAction::Keep));
}

/// Sends what is new, by the buttons, and gives the file.
pub fn sends(side: &mut Side, name: &str) -> PathBuf {
    let file = side.world.file(name);
    let person = whom(side);
    side.go(Screen::Plan(person));
    let button = side.button("Send to ");
    side.press(&button);
    let save = side.button("Save the file for ");
    side.choose(&save, &file);
    assert!(file.exists(), "{} was not written", file.display());
    file
}

/// Opens a file by the dialog.
pub fn opens(side: &mut Side, file: &Path) {
    side.go(Screen::Received);
    side.choose("Choose a file…", file);
}

impl Side {
    /// The name of the only button that begins so.
    pub fn button(&self, start: &str) -> String {
        let nodes = self.harness.query_all_by(|node| {
            node.role() == Role::Button && node.label().is_some_and(|it| it.starts_with(start))
        });
        let labels: Vec<String> = nodes.filter_map(|node| node.accesskit_node().label()).collect();
        assert_eq!(labels.len(), 1, "{start}: {labels:?}");
        labels[0].clone()
    }
}

#[test]
fn a_plan_goes_there_and_back_and_what_both_changed_is_decided() {
    let (mut heron, mut marten) = two();
    writes(&mut heron, PlanSpot::Field(PlanField::Year5), "A consultant who teaches.");
    writes(&mut heron, PlanSpot::Note(PlanField::Year5), NOTE);

    let person = whom(&heron);
    heron.go(Screen::Plan(person));
    let button = heron.button("Send to ");
    heron.press(&button);
    assert!(heron.says("A consultant who teaches."), "what leaves is shown");
    assert!(!heron.says("zephyrine"), "and nothing else");
    assert!(heron.says("Only Amina can open it"));
    let file = sends(&mut heron, "one.cairn");
    assert!(heron.says("SHA-256"), "a receipt is shown");
    assert!(!fs::read(&file).unwrap().windows(9).any(|it| it == b"zephyrine"));

    opens(&mut marten, &file);
    assert!(marten.says("A file from Dr Quiet Heron") && marten.says("Nothing is taken in yet."));
    assert!(marten.says("A consultant who teaches."));
    assert!(marten.app().state.open().unwrap().journal.plan_of(whom(&marten)).is_none());
    marten.press("Take it in");
    assert_eq!(plan(&marten).text(PlanField::Year5), "A consultant who teaches.");

    // The same file again.
    opens(&mut marten, &file);
    assert!(marten.says("Nothing in it is new."));
    marten.press("Close");

    // Both change the same field, each at home.
    writes(
        &mut heron,
        PlanSpot::Field(PlanField::Year5),
        "A consultant who teaches one day a week.",
    );
    writes(&mut marten, PlanSpot::Field(PlanField::Year5), "A consultant in Leeds.");
    let back = sends(&mut marten, "two.cairn");
    opens(&mut heron, &back);
    assert!(heron.says("You both changed 1 field."), "it is called out");
    heron.press("Take it in");
    // The choice comes next; meanwhile one's own words stand.
    assert!(heron.says("You both changed “"));
    assert_eq!(plan(&heron).text(PlanField::Year5), "A consultant who teaches one day a week.");
    picture(&mut heron.harness, "both_changed_plan");
    heron.pick("Something new");
    let field = heron.harness.get_by_role_and_label(Role::MultilineTextInput, "What it will say");
    field.focus();
    heron.harness.run();
    keys(&mut heron.harness, Modifiers::COMMAND, Key::A);
    heron
        .harness
        .get_by_role_and_label(Role::MultilineTextInput, "What it will say")
        .type_text("A consultant in Leeds who teaches one day a week.");
    heron.harness.run();
    heron.press("Use this wording");
    assert_eq!(
        plan(&heron).text(PlanField::Year5),
        "A consultant in Leeds who teaches one day a week."
    );

    let third = sends(&mut heron, "three.cairn");
    opens(&mut marten, &third);
    assert!(!marten.says("You both changed"), "it is decided");
    marten.press("Take it in");
    assert_eq!(plan(&marten).text(PlanField::Year5), plan(&heron).text(PlanField::Year5));
}

#[test]
fn each_way_of_deciding_keeps_what_it_says() {
    for (choice, wanted) in [
        ("Mine", vec!["Mine first."]),
        ("Dr Quiet Heron’s", vec!["Hers first, again."]),
        ("Both, for now", vec!["Mine first.", "Hers first, again."]),
    ] {
        let (mut heron, mut marten) = two();
        writes(&mut heron, PlanSpot::Field(PlanField::Year1), "Hers first.");
        writes(&mut heron, PlanSpot::Field(PlanField::Year3), "Not of both.");
        let base = sends(&mut heron, "base.cairn");
        opens(&mut marten, &base);
        marten.press("Take it in");
        writes(&mut marten, PlanSpot::Field(PlanField::Year1), "Mine first.");
        writes(&mut heron, PlanSpot::Field(PlanField::Year1), "Hers first, again.");
        let next = sends(&mut heron, "next.cairn");
        opens(&mut marten, &next);
        marten.press("Take it in");
        marten.pick(choice);
        marten.press("Use this wording");
        let text = plan(&marten).text(PlanField::Year1);
        for words in &wanted {
            let words = words.trim_end_matches('.');
            assert!(text.contains(words), "{choice}: {text}");
        }
        assert_eq!(plan(&marten).text(PlanField::Year3), "Not of both.");
    }
}

impl Side {
    fn pick(&mut self, choice: &str) {
        self.harness.get_by_role_and_label(Role::RadioButton, choice).click_accesskit();
        self.harness.run();
    }
}

#[test]
fn what_waits_for_the_next_meeting_is_offered_from_the_plan() {
    let (mut heron, mut marten) = two();
    writes(&mut heron, PlanSpot::Field(PlanField::Year1), "One.");
    let base = sends(&mut heron, "base.cairn");
    opens(&mut marten, &base);
    marten.press("Take it in");
    writes(&mut marten, PlanSpot::Field(PlanField::Year1), "Two.");
    writes(&mut heron, PlanSpot::Field(PlanField::Year1), "Three.");
    let next = sends(&mut heron, "next.cairn");
    opens(&mut marten, &next);
    marten.press("Take it in");
    marten.press("Leave for our next meeting");
    let person = whom(&marten);
    marten.go(Screen::Plan(person));
    assert!(marten.says("You both changed 1 field"));
    picture(&mut marten.harness, "plan_arrived");
    let starts = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.label().is_some_and(|label| label.starts_with("You both changed 1 field"))
    };
    marten.harness.get_by(starts).click_accesskit();
    marten.harness.run();
    assert!(marten.says("What it will say"));
    marten.press("Use this wording");
    assert_eq!(plan(&marten).text(PlanField::Year1), "Two.");
}

#[test]
fn a_file_that_cannot_be_used_says_why_and_changes_nothing() {
    let (mut heron, mut marten) = two();
    writes(&mut heron, PlanSpot::Field(PlanField::Year1), "One.");
    let good = sends(&mut heron, "good.cairn");
    let bytes = fs::read(&good).unwrap();
    let mut tampered = bytes.clone();
    *tampered.last_mut().unwrap() ^= 1;
    let (mut other, mut another) = two();
    writes(&mut other, PlanSpot::Field(PlanField::Year1), "Elsewhere.");
    let foreign = fs::read(sends(&mut other, "foreign.cairn")).unwrap();
    drop(another.world.dir());
    another.go(Screen::Today);
    for (name, content, says) in [
        ("tampered.cairn", tampered, "damaged or was cut short"),
        ("cut.cairn", bytes[..bytes.len() / 2].to_vec(), "This file"),
        ("foreign.cairn", foreign, "for somebody else"),
        ("none.cairn", b"Dear Amina".to_vec(), "not a file with changes"),
        ("large.cairn", vec![b'a'; 30 << 20], "too large"),
    ] {
        let before = whole(&marten);
        let file = marten.world.file(name);
        fs::write(&file, content).unwrap();
        opens(&mut marten, &file);
        assert!(marten.says("This file could not be used"), "{name}");
        assert!(marten.says(says), "{name}");
        assert!(marten.says("Nothing was changed."), "{name}");
        assert!(before == whole(&marten), "{name}: the record’s files stay as they were");
    }
    let own = fs::read(&good).unwrap();
    let file = heron.world.file("own.cairn");
    fs::write(&file, own).unwrap();
    opens(&mut heron, &file);
    assert!(heron.says("This file could not be used"));
}

/// Every file of a record, but for the draft of where the person is.
fn whole(side: &Side) -> Vec<(PathBuf, Vec<u8>)> {
    fn walk(dir: &Path, all: &mut Vec<(PathBuf, Vec<u8>)>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, all);
            } else {
                all.push((path.clone(), fs::read(&path).unwrap()));
            }
        }
    }
    let mut all = Vec::new();
    walk(&side.world.dir().join("records"), &mut all);
    all.sort();
    all
}

#[test]
fn text_from_a_message_is_opened_too() {
    let (mut heron, mut marten) = two();
    writes(&mut heron, PlanSpot::Field(PlanField::Year1), "By message.");
    let file = sends(&mut heron, "text.cairn.txt");
    let text = fs::read_to_string(&file).unwrap();
    marten.go(Screen::Received);
    marten.harness.state_mut().app_mut().inputs.exchange.pasted = format!("Hello,\n\n{text}");
    marten.harness.run();
    marten.press("Open it");
    if marten.says("This file could not be used") {
        // Words around it are the sender's; the text alone is taken.
        marten.go(Screen::Received);
        marten.harness.state_mut().app_mut().inputs.exchange.pasted = text;
        marten.harness.run();
        marten.press("Open it");
    }
    assert!(marten.says("By message."));
}

#[test]
fn before_the_four_words_are_compared_sending_asks() {
    let (mut heron, _marten) = paired();
    writes(&mut heron, PlanSpot::Field(PlanField::Year1), "One.");
    let person = whom(&heron);
    act(&mut heron, Action::Exchange(ExchangeAction::Compose(person)));
    assert!(heron.says("have not compared your four words"));
    let file = heron.world.file("early.cairn");
    let save = heron.button("Save the file for ");
    heron.choose(&save, &file);
    assert!(!file.exists());
    heron.press("Send it all the same");
    heron.choose(&save, &file);
    assert!(file.exists());
}

/// One who has written on, and the other who has, too.
fn later() -> (Side, Side) {
    let (mut heron, mut marten) = two();
    let five = PlanSpot::Field(PlanField::Year5);
    let one = PlanSpot::Field(PlanField::Year1);
    writes(&mut heron, five.clone(), "A consultant who teaches when I can, living in Leeds.");
    writes(&mut heron, one.clone(), "Sit the oral in spring, date to be set.");
    let first = sends(&mut heron, "first.cairn");
    opens(&mut marten, &first);
    marten.press("Take it in");
    // What came is confirmed by the next file.
    writes(&mut marten, PlanSpot::Field(PlanField::Year3), "A registrar in a busy department.");
    let second = sends(&mut marten, "second.cairn");
    opens(&mut heron, &second);
    heron.press("Take it in");
    writes(&mut heron, five, "A consultant who teaches one day a week, living in Leeds.");
    writes(&mut heron, one.clone(), "Sit the oral on 3 March. Protected study day each Friday.");
    writes(&mut marten, one, "Sit the oral in June, after the new rota.");
    (heron, marten)
}

#[test]
fn what_leaves_looks_as_it_should() {
    let (mut heron, _marten) = later();
    let person = whom(&heron);
    act(&mut heron, Action::Exchange(ExchangeAction::Compose(person)));
    picture(&mut heron.harness, "send_changes");
}

#[test]
fn what_came_looks_as_it_should() {
    let (mut heron, mut marten) = later();
    let file = sends(&mut heron, "third.cairn");
    opens(&mut marten, &file);
    assert!(marten.says(HERON) && !marten.says(MARTEN));
    picture(&mut marten.harness, "file_staged");
}
