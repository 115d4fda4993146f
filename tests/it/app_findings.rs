//! What is found about a record, in words for somebody who is no engineer.

use cairn::app::findings::{Severity, count_words, findings, to_look_at};
use cairn::app::record_state::RecordState;
use cairn::model::revision::EntryError;
use cairn::model::{Body, Id, Journal, Person};
use cairn::vault::{Absence, Damage, Damaged, KnownBy, Report, Warning};

/// One of each, so that a sort added later has to be put here too: see the matches below.
fn every_warning() -> Vec<Warning> {
    let file = || "records/a3kq7xz2/00000/00000004-0d4f9c1b77e2a4518c1d6e9f0a2b3c4d.age".to_owned();
    let missing = |class| Warning::Missing { file: file(), known_by: KnownBy::Next, class };
    let incomplete = |file: &str| Warning::Incomplete { file: file.to_owned() };
    let all = vec![
        missing(Absence::OnItsWay),
        missing(Absence::TakenOut),
        missing(Absence::SetBack),
        Warning::Fork { device: "a3kq7xz2".parse().unwrap(), seq: 4 },
        Warning::NewDevice,
        Warning::NotSynced { file: file() },
        Warning::ConflictCopy { file: file() },
        Warning::Unknown { file: file() },
        Warning::Erased { file: file() },
        Warning::HeldBack { person: Id::new(1, 1), files: 2 },
        Warning::OnHold { person: Id::new(1, 2) },
        Warning::Temporary { file: file() },
        Warning::SeveralPassphrases,
        Warning::SeveralRecoveryKeys,
        incomplete("VAULT.json"),
        incomplete("RESCUE.txt"),
        incomplete("keys/identity-*.age"),
        incomplete("keys/recovery-*.age"),
        Warning::OtherVault,
    ];
    for warning in &all {
        match warning {
            Warning::Missing { .. }
            | Warning::Fork { .. }
            | Warning::NewDevice
            | Warning::NotSynced { .. }
            | Warning::ConflictCopy { .. }
            | Warning::Unknown { .. }
            | Warning::Erased { .. }
            | Warning::HeldBack { .. }
            | Warning::OnHold { .. }
            | Warning::Temporary { .. }
            | Warning::SeveralPassphrases
            | Warning::SeveralRecoveryKeys
            | Warning::Incomplete { .. }
            | Warning::OtherVault => {}
        }
    }
    all
}

fn every_damage() -> Vec<Damage> {
    let all = vec![
        Damage::Empty,
        Damage::NotAFile,
        Damage::TooLarge,
        Damage::Hash,
        Damage::Header,
        Damage::Decrypt,
        Damage::Mac,
        Damage::Place,
        Damage::Newer,
        Damage::UnknownKind,
        Damage::Shape,
        Damage::Entry(EntryError::Name),
        Damage::Unreadable(std::io::ErrorKind::PermissionDenied),
    ];
    for damage in &all {
        match damage {
            Damage::Empty
            | Damage::NotAFile
            | Damage::TooLarge
            | Damage::Hash
            | Damage::Header
            | Damage::Decrypt
            | Damage::Mac
            | Damage::Place
            | Damage::Newer
            | Damage::UnknownKind
            | Damage::Shape
            | Damage::Entry(_)
            | Damage::Unreadable(_) => {}
        }
    }
    all
}

fn with_warning(warning: Warning) -> RecordState {
    RecordState { warnings: vec![warning], ..RecordState::default() }
}

fn damaged(count: usize, why: &Damage) -> RecordState {
    let file = |n| Damaged { file: format!("records/{n}"), why: why.clone() };
    RecordState { damaged: (0..count).map(file).collect(), ..RecordState::default() }
}

/// Words of the workshop, which nobody else need know.
const JARGON: [&str; 17] = [
    "hash",
    "device",
    "vault",
    "merge",
    "conflict",
    "fork",
    "chain",
    "seq",
    "head",
    "revision",
    "sync ",
    "mac ",
    "identity",
    "passphrase",
    "rollback",
    "invalid",
    "failed",
];

#[test]
fn everything_that_can_be_found_has_plain_words() {
    let damage = every_damage();
    let states = every_warning().into_iter().map(with_warning);
    let states = states.chain(damage.iter().flat_map(|why| [damaged(1, why), damaged(3, why)]));
    for state in states {
        let found = findings(&state, &Journal::default());
        let [finding] = found.as_slice() else { panic!("one thing, one finding: {found:?}") };
        let parts = [&finding.notice.happened, &finding.notice.safe, &finding.notice.to_do];
        for part in parts {
            assert!(part.ends_with(['.', '”']), "a sentence: {part}");
            assert!(!part.contains(['!', '{', '*']), "{part}");
            for sentence in part.split(". ") {
                assert!(sentence.split(' ').count() <= 22, "too long: {sentence}");
            }
        }
        let said = format!("{} ", finding.notice.sentence());
        // The name of a file, and what OneDrive calls it.
        let said = said.replace("VAULT.json", "").replace("“Always keep on this device”", "");
        for word in JARGON {
            assert!(!said.to_lowercase().contains(word), "“{word}” in: {said}");
        }
    }
}

#[test]
fn many_of_one_sort_are_one_line_with_all_their_files() {
    let found = findings(&damaged(12, &Damage::Hash), &Journal::default());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].notice.happened, "12 files are damaged and can’t be read.");
    assert_eq!(found[0].files.len(), 12);
    // Two ways of knowing of one missing file are one file.
    let missing = |known_by| Warning::Missing {
        file: "records/1".to_owned(),
        known_by,
        class: Absence::SetBack,
    };
    let twice = RecordState {
        warnings: vec![missing(KnownBy::ThisComputer), missing(KnownBy::OtherDevice)],
        ..RecordState::default()
    };
    let found = findings(&twice, &Journal::default());
    assert_eq!((found.len(), found[0].files.len()), (1, 1));
    assert!(found[0].notice.happened.contains("1 later save is missing"));
}

#[test]
fn the_most_serious_comes_first_and_what_needs_nothing_is_not_counted() {
    let state = RecordState {
        damaged: vec![Damaged { file: "records/1".to_owned(), why: Damage::Hash }],
        warnings: vec![
            Warning::NewDevice,
            Warning::NotSynced { file: "records/2".to_owned() },
            Warning::Temporary { file: "records/~$1.tmp".to_owned() },
        ],
        ..RecordState::default()
    };
    let found = findings(&state, &Journal::default());
    let severities: Vec<Severity> = found.iter().map(|finding| finding.severity).collect();
    assert_eq!(severities, [Severity::Act, Severity::Look, Severity::Quiet, Severity::Quiet]);
    assert_eq!(to_look_at(&found), 2);
    assert_eq!(count_words(to_look_at(&found)), "2 things to look at");
}

#[test]
fn a_person_on_hold_is_named_and_an_erased_one_is_not() {
    let (erased, held) = (Id::new(1, 1), Id::new(1, 2));
    let mut journal = Journal::default();
    journal.put(held, Body::Person(Person { name: "Dr Reed".to_owned(), ..Person::default() }));
    let state = RecordState {
        warnings: vec![
            Warning::HeldBack { person: erased, files: 2 },
            Warning::OnHold { person: held },
        ],
        ..RecordState::default()
    };
    let found = findings(&state, &journal);
    let said: Vec<&str> = found.iter().map(|f| f.notice.happened.as_str()).collect();
    assert_eq!(
        said,
        [
            "Another computer wrote 2 files about a person you erased, before it knew.",
            "Dr Reed was erased on another computer and is on hold here.",
        ]
    );
}

#[test]
fn what_only_the_check_can_see_stays_until_the_next_check() {
    let mut state = RecordState::default();
    let at: jiff::Zoned = "2026-11-24T13:42:00+00:00[UTC]".parse().unwrap();
    let report = Report {
        files: 9,
        records: 20,
        damaged: vec![Damaged { file: "records/1".to_owned(), why: Damage::Hash }],
        warnings: vec![
            Warning::SeveralPassphrases,
            Warning::SeveralRecoveryKeys,
            Warning::Unknown { file: "records/x".to_owned() },
        ],
    };
    state.take_check(at.clone(), &report);
    state.look_again(RecordState::default());
    let found = findings(&state, &Journal::default());
    // A strange file is looked for at each look, and the last look saw none.
    assert_eq!(found.len(), 2, "{found:?}");
    state.take_check(at, &Report { files: 10, records: 20, ..Report::default() });
    assert!(findings(&state, &Journal::default()).is_empty());
}
