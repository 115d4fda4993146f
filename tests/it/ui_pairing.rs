//! Pairing in the window: two records, two windows, six words and four.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use cairn::app::desk::Whom;
use cairn::app::draft::Change;
use cairn::app::pairing::Stands;
use cairn::app::{Action, App, Job, Screen};
use cairn::model::{Body, Id, Person};
use cairn::platform::Chosen;
use cairn::vault::Passphrase;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;

use crate::support::talk::{keys, press, unlock, write};
use crate::support::window::{DESK, Look};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::{Harnessed, says};

pub const HERON: &str = "Dr Quiet Heron";
pub const MARTEN: &str = "Dr Amina Marten";

/// Somebody with a record and a window of their own, and what they answer in a file dialog.
pub struct Side {
    pub world: World,
    pub harness: Harnessed,
    answer: Arc<Mutex<Option<PathBuf>>>,
}

impl Side {
    /// A record with these people, at a screen.
    pub fn of(own: &str, people: &[&str], size: [f32; 2], zoom: u16) -> Side {
        let world = World::empty();
        let now = world.now().timestamp();
        let mut desk = world.desk();
        desk.create(&world.dir(), &Passphrase::new(PASSWORD), own, now).unwrap();
        for (at, name) in (1..).zip(people) {
            let short_name = name.split(' ').nth(1).unwrap_or_default().to_owned();
            let person = Person { name: (*name).to_owned(), short_name, ..Person::default() };
            let id = Id::new(1_790_000_000_000 + at, u128::from(at));
            desk.save(&[Change { id, body: Body::Person(person) }], now).unwrap();
        }
        desk.lock();
        let answer: Arc<Mutex<Option<PathBuf>>> = Arc::default();
        let told = Arc::clone(&answer);
        let desk = world.desk().asking(Arc::new(move |_, _| {
            let path = told.lock().unwrap().clone()?;
            Some(Chosen { path, was_there: true })
        }));
        let mut app = World::unlock(world.app_with(desk));
        app.state.look.zoom = zoom;
        let mut harness = world.window_of(app, Look::Light, size);
        harness.run();
        Side { world, harness, answer }
    }

    pub fn heron() -> Side {
        Side::of(HERON, &[MARTEN], DESK, 100)
    }

    pub fn marten() -> Side {
        let mut side = Side::of(MARTEN, &[], DESK, 100);
        side.go(Screen::People(None));
        side
    }

    pub fn app(&self) -> &App {
        self.harness.state().app()
    }

    pub fn person(&self, name: &str) -> Id {
        self.app().state.open().unwrap().journal.find_people(name)[0].0
    }

    fn stands(&self, name: &str) -> Stands {
        self.app().state.open().unwrap().stands_with(self.person(name)).clone()
    }

    pub fn go(&mut self, screen: Screen) {
        self.harness.state_mut().app_mut().act(vec![Action::Go(screen)]);
        self.harness.run();
    }

    pub fn press(&mut self, label: &str) {
        press(&mut self.harness, label);
        self.harness.run();
    }

    pub fn says(&self, words: &str) -> bool {
        says(&self.harness, words)
    }

    /// Chooses this file in the dialog that the button opens.
    pub fn choose(&mut self, button: &str, file: &Path) {
        *self.answer.lock().unwrap() = Some(file.to_path_buf());
        self.press(button);
    }

    /// The newest file of this sort beside the record.
    fn file(&self, what: &str) -> PathBuf {
        let beside = self.world.file("");
        let files = std::fs::read_dir(beside).unwrap().map(|entry| entry.unwrap().path());
        let named = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().contains(what);
        let newest =
            files.filter(named).max_by_key(|path| path.metadata().unwrap().modified().unwrap());
        newest.unwrap_or_else(|| panic!("no {what}"))
    }

    /// The numbered words on the page.
    fn words(&self, many: usize) -> Vec<String> {
        let word = |at: usize| {
            let lead = format!("{at} ");
            let all = self.harness.query_all_by(|node| {
                let label = node.value().unwrap_or_default();
                node.role() == Role::Label
                    && label.strip_prefix(&lead).is_some_and(|word| {
                        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase())
                    })
            });
            let labels = all.map(|node| node.accesskit_node().value().unwrap());
            let label = labels.into_iter().next().unwrap_or_else(|| panic!("no word {at}"));
            label.split_once(' ').unwrap().1.to_owned()
        };
        (1..=many).map(word).collect()
    }

    /// Saves an invitation and gives its file and its six words.
    pub fn invite(&mut self, whom: &str) -> (PathBuf, Vec<String>) {
        let id = self.person(whom);
        self.go(Screen::Pair(id));
        self.press("Save the invitation");
        (self.file("invitation"), self.words(6))
    }

    /// Chooses the file and says that it came from somebody new.
    pub fn open_invitation(&mut self, file: &Path, from: &str) {
        self.press("Open an invitation…");
        self.choose("Choose the file…", file);
        write(&mut self.harness, "Their name", from);
        self.press("Go on to the six words");
    }

    pub fn type_words(&mut self, words: &[String]) {
        for word in words {
            type_on(&mut self.harness, &format!("{word} "));
        }
    }
}

/// Types where the keyboard is.
fn type_on(harness: &mut Harnessed, words: &str) {
    harness.run();
    let field = harness.query_by(|node| node.is_focused() && node.role() == Role::TextInput);
    field.expect("a field has the keyboard").type_text(words);
    harness.run();
}

/// Both have each other's keys; nothing is compared yet.
pub fn paired() -> (Side, Side) {
    let (mut heron, mut marten) = (Side::heron(), Side::marten());
    let (file, words) = heron.invite(MARTEN);
    marten.open_invitation(&file, HERON);
    marten.type_words(&words);
    marten.press("Save the reply");
    heron.choose("Open Amina’s reply…", &marten.file("reply"));
    (heron, marten)
}

#[test]
fn two_windows_end_paired_with_the_same_four_words() {
    let (mut heron, mut marten) = paired();
    assert!(heron.says("Do both screens show the same words?"));
    assert!(marten.says("Give the reply to"));
    assert_eq!(heron.words(4), marten.words(4));
    assert!(matches!(heron.stands(MARTEN), Stands::Paired(both) if !both.checked));
    heron.press("They match");
    marten.press("They match");
    for (side, other) in [(&mut heron, MARTEN), (&mut marten, HERON)] {
        assert!(matches!(side.stands(other), Stands::Paired(both) if both.checked));
        let id = side.person(other);
        side.go(Screen::People(Some(id)));
        assert!(side.says("Paired face to face on 24 November"));
        side.go(Screen::Plan(id));
        assert!(side.says("Paired face to face on 24 November"));
        // Each file that left has its receipt.
        assert_eq!(side.app().state.open().unwrap().journal.receipts().len(), 1);
    }
}

#[test]
fn wrong_words_open_nothing_and_add_nobody() {
    let (mut heron, mut marten) = (Side::heron(), Side::marten());
    let (file, words) = heron.invite(MARTEN);
    marten.open_invitation(&file, HERON);
    let turned: Vec<String> = words.iter().rev().cloned().collect();
    marten.type_words(&turned);
    marten.press("Save the reply");
    assert!(marten.says("The six words do not open this invitation."));
    assert!(marten.app().state.open().unwrap().journal.people().is_empty());
    // Nothing was written, so the same place is free for the reply once the words are right.
    for (at, word) in (1..).zip(&words) {
        marten.harness.get_by_label(&format!("Word {at}")).focus();
        keys(&mut marten.harness, Modifiers::COMMAND, Key::A);
        type_on(&mut marten.harness, &format!("{word} "));
    }
    marten.press("Save the reply");
    assert_eq!(marten.words(4).len(), 4);
}

#[test]
fn a_word_that_cairn_never_gives_is_told_at_its_field_with_the_one_that_was_meant() {
    let mut marten = Side::marten();
    let file = marten.world.file("some.cairn");
    std::fs::write(&file, "nothing").unwrap();
    marten.open_invitation(&file, HERON);
    type_on(&mut marten.harness, "coppr ");
    assert!(marten.says("This is not one of Cairn’s words. Did you hear “copper”?"));
    marten.press("Use “copper” for word 1");
    assert!(!marten.says("This is not one of Cairn’s words."));
    assert_eq!(*marten.app().inputs.pairing.words[0], "copper");
    let other = ["orbit", "brisk", "copper", "walnut", "orbit"].map(str::to_owned);
    marten.type_words(&other);
    marten.press("Save the reply");
    assert!(marten.says("This file is not an invitation."));
}

#[test]
fn all_six_words_are_pasted_into_one_field() {
    let (mut heron, mut marten) = (Side::heron(), Side::marten());
    let (file, words) = heron.invite(MARTEN);
    marten.open_invitation(&file, HERON);
    type_on(&mut marten.harness, &words.join(" "));
    marten.press("Save the reply");
    assert_eq!(marten.words(4).len(), 4);
}

#[test]
fn a_second_reply_is_an_alarm_and_the_first_one_stands() {
    let (mut heron, mut marten) = (Side::heron(), Side::marten());
    let (file, words) = heron.invite(MARTEN);
    for side in [&mut marten, &mut Side::marten()] {
        side.open_invitation(&file, HERON);
        side.type_words(&words);
        side.press("Save the reply");
        let button = if heron.says("Open another reply…") {
            "Open another reply…"
        } else {
            "Open Amina’s reply…"
        };
        heron.choose(button, &side.file("reply"));
    }
    assert!(heron.says("Alarm: this is a second reply to your invitation"));
    assert_eq!(heron.words(4), marten.words(4));
}

#[test]
fn words_that_differ_stop_the_pairing_and_say_what_to_do() {
    let (mut heron, _marten) = paired();
    heron.press("They differ");
    assert_eq!(heron.stands(MARTEN), Stands::Not);
    assert!(heron.says("Throw both files away: the invitation and the reply."));
    heron.press("Start again");
    assert!(heron.says("An earlier pairing or invitation with Amina ended on 24 November."));
    // Once paired again, it is told where the words are compared.
    heron.world.pass(SignedDuration::from_mins(2));
    let mut again = Side::marten();
    let (file, words) = heron.invite(MARTEN);
    again.open_invitation(&file, HERON);
    again.type_words(&words);
    again.press("Save the reply");
    heron.choose("Open Amina’s reply…", &again.file("reply"));
    assert!(heron.says("The keys are new ones."));
}

#[test]
fn a_lock_takes_the_six_words_and_the_way_on_is_told() {
    let mut heron = Side::heron();
    let (_, words) = heron.invite(MARTEN);
    heron.harness.state_mut().app_mut().act(vec![Action::Lock]);
    heron.harness.run();
    unlock(&mut heron.harness);
    heron.harness.run();
    assert!(heron.says("The six words are gone."));
    let numbered = (1..).zip(&words).map(|(at, word)| format!("{at} {word}"));
    assert!(numbered.into_iter().all(|word| !heron.says(&word)));
    heron.world.pass(SignedDuration::from_mins(1));
    heron.press("Other words");
    assert!(heron.says("The file from before no longer counts"));
    heron.press("Save the invitation");
    assert_ne!(heron.words(6), words);
    assert!(heron.says("The file from before no longer counts. Throw it away."));
}

#[test]
fn leaving_the_page_takes_the_words_and_says_so() {
    let mut heron = Side::heron();
    heron.invite(MARTEN);
    let id = heron.person(MARTEN);
    heron.go(Screen::People(Some(id)));
    assert!(heron.says("The six words are gone."));
    assert!(heron.says("Invitation given on 24 November, waiting for the reply"));
    heron.press("Go on pairing with Amina");
    assert!(heron.says("Cairn keeps them nowhere, so they cannot be shown again."));
    heron.press("Take the invitation back…");
    heron.press("Take it back");
    assert_eq!(heron.stands(MARTEN), Stands::Not);
}

#[test]
fn a_word_is_spelled() {
    let mut heron = Side::heron();
    let (_, words) = heron.invite(MARTEN);
    heron.press("Spell a word");
    let row = format!("1 {}", words[0]);
    heron.harness.get_by_role_and_label(Role::MenuItem, &row).click_accesskit();
    heron.harness.run();
    let spelled = cairn::app::pairing::spelled(&words[0]);
    assert!(heron.says(&spelled), "{spelled}");
    assert_eq!(cairn::app::pairing::spelled("orbit").split(", ").next(), Some("O Oscar"));
}

#[test]
fn stopping_says_what_stops_and_what_stays() {
    let (mut heron, _marten) = paired();
    heron.press("They match");
    heron.press("Stop pairing…");
    assert!(heron.says("What stays: everything in your record"));
    heron.press("Stop pairing");
    assert_eq!(heron.stands(MARTEN), Stands::Not);
    assert!(heron.says("You are no longer paired with"));
}

#[test]
fn the_other_side_needs_no_mouse() {
    let (mut heron, mut marten) = (Side::heron(), Side::marten());
    let (file, words) = heron.invite(MARTEN);
    marten.go(Screen::Join(None));
    *marten.answer.lock().unwrap() = Some(file);
    // The keyboard starts at the button for the file.
    keys(&mut marten.harness, Modifiers::NONE, Key::Enter);
    for _ in 0..8 {
        keys(&mut marten.harness, Modifiers::NONE, Key::Tab);
        let field =
            marten.harness.query_by(|node| node.is_focused() && node.role() == Role::TextInput);
        if field.is_some() {
            break;
        }
    }
    type_on(&mut marten.harness, HERON);
    to(&mut marten.harness, "Go on to the six words");
    keys(&mut marten.harness, Modifiers::NONE, Key::Enter);
    for word in &words {
        type_on(&mut marten.harness, word);
        keys(&mut marten.harness, Modifiers::NONE, Key::Enter);
    }
    // After the last word the keyboard is at the button.
    keys(&mut marten.harness, Modifiers::NONE, Key::Enter);
    assert_eq!(marten.words(4).len(), 4);
    to(&mut marten.harness, "They match");
    keys(&mut marten.harness, Modifiers::NONE, Key::Enter);
    assert!(matches!(marten.stands(HERON), Stands::Paired(both) if both.checked));
}

/// Goes with Tab to a button.
fn to(harness: &mut Harnessed, label: &str) {
    for _ in 0..40 {
        let there =
            harness.query_by(|node| node.is_focused() && node.label().as_deref() == Some(label));
        if there.is_some() {
            return;
        }
        keys(harness, Modifiers::NONE, Key::Tab);
    }
    panic!("{label} was not reached");
}

#[test]
fn nothing_reaches_beyond_a_small_window_at_150_percent() {
    let mut heron = Side::of(HERON, &[MARTEN], [1024.0, 640.0], 150);
    let id = heron.person(MARTEN);
    heron.go(Screen::Pair(id));
    fits(&heron);
    heron.press("Save the invitation");
    fits(&heron);
    let (file, words) = (heron.file("invitation"), heron.words(6));
    let mut marten = Side::of(MARTEN, &[HERON], [1024.0, 640.0], 150);
    let id = marten.person(HERON);
    marten.go(Screen::Join(Some(id)));
    fits(&marten);
    marten.choose("Choose the file…", &file);
    marten.press("Go on to the six words");
    fits(&marten);
    marten.type_words(&words);
    marten.press("Save the reply");
    fits(&marten);
}

fn fits(side: &Side) {
    const WIDTH: f32 = 1024.0 / 1.5;
    for node in side.harness.root().children_recursive() {
        let of = node.accesskit_node();
        if of.data().bounds().is_some() && of.role() != Role::TextRun {
            let right = node.rect().right();
            assert!(right <= WIDTH + 0.5, "{:?} {:?} ends at {right}", of.role(), of.label());
        }
    }
}

#[test]
fn what_another_computer_keeps_of_a_pairing_arrives_on_the_screen() {
    let (mut heron, _marten) = paired();
    let id = heron.person(MARTEN);
    let mut desk = heron.world.desk_elsewhere();
    let now = heron.world.now().timestamp();
    assert!(desk.find(&heron.world.dir()).unwrap());
    desk.unlock(&Passphrase::new(PASSWORD), now).unwrap();
    desk.words_match(Whom { id, name: MARTEN }, now).unwrap();
    desk.lock();
    heron.harness.state_mut().app_mut().ask(Job::Look);
    heron.harness.run();
    assert!(heron.says("Paired face to face on 24 November."));
}

#[test]
fn somebody_who_is_paired_already_is_told_before_any_word_is_typed() {
    let (_heron, mut marten) = paired();
    let id = marten.person(HERON);
    marten.go(Screen::Join(Some(id)));
    assert!(marten.says("You are already paired with"));
    marten.press("Stop pairing…");
    marten.press("Stay paired");
    assert!(matches!(marten.stands(HERON), Stands::Paired(_)));
}

#[test]
fn the_person_s_page_offers_to_pair_and_to_open_an_invitation() {
    let mut heron = Side::heron();
    let id = heron.person(MARTEN);
    heron.go(Screen::People(Some(id)));
    heron.harness.get_by_role_and_label(Role::Tab, "About").click_accesskit();
    heron.harness.run();
    heron.press("Open an invitation from Amina…");
    assert!(heron.says("Which file were you given?"));
    heron.go(Screen::People(Some(id)));
    heron.press("Pair with Amina");
    assert!(heron.says("Save a file for Amina"));
    heron.go(Screen::Plan(id));
    heron.press("Pair with Amina…");
    assert!(heron.says("Save a file for Amina"));
}
