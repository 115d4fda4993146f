//! What the vault says of itself reads as a sentence, and says of which file or person.

use cairn::vault::{Absence, KnownBy, Warning};

use crate::support::vault::id;

#[test]
fn every_warning_says_what_it_is_about_and_what_has_become_of_it() {
    let file = || "records/hhhhhhhh/00000/00000007-x.age".to_owned();
    let missing = |known_by, class| Warning::Missing { file: file(), known_by, class };
    let person = id(50);
    let table: Vec<(Warning, &[&str])> = vec![
        (missing(KnownBy::Next, Absence::OnItsWay), &["a later record", "on its way"]),
        (missing(KnownBy::OtherDevice, Absence::TakenOut), &["another computer", "taken away"]),
        (missing(KnownBy::ThisComputer, Absence::SetBack), &["this computer", "set back"]),
        (Warning::Fork { device: "hhhhhhhh".parse().unwrap(), seq: 7 }, &["number 7", "both"]),
        (Warning::NewDevice, &["a new name"]),
        (Warning::NotSynced { file: file() }, &["durable"]),
        (Warning::ConflictCopy { file: file() }, &["sync program", "not read"]),
        (Warning::Unknown { file: file() }, &["a name Cairn does not give"]),
        (Warning::Erased { file: file() }, &["erased", "still there"]),
        (Warning::HeldBack { person, files: 3 }, &["3 files", "kept from view"]),
        (Warning::OnHold { person }, &["on hold", "nothing was removed"]),
        (Warning::Temporary { file: file() }, &["cut off"]),
        (Warning::SeveralPassphrases, &["older passphrase"]),
        (Warning::SeveralRecoveryKeys, &["older recovery key"]),
        (Warning::Incomplete { file: "VAULT.json".to_owned() }, &["VAULT.json", "missing"]),
        (Warning::OtherVault, &["another vault"]),
    ];
    let mut said: Vec<String> = Vec::new();
    for (warning, wanted) in table {
        let words = warning.to_string();
        for part in wanted {
            assert!(words.contains(part), "{words:?} says {part:?}");
        }
        let about = format!("{warning:?}");
        assert!(!about.contains(&file()) || words.contains(&file()), "{words:?} names the file");
        assert!(
            !about.contains(&person.to_string()) || words.contains(&person.to_string()),
            "{words:?} says who"
        );
        assert!(!said.contains(&words), "{words:?} is said of two things");
        said.push(words);
    }
}
