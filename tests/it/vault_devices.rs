//! Several computers on one folder, while the vault is open.

use cairn::model::attachment::{Attachment, Bytes};
use cairn::model::{Body, Entry, Extra, Glance, Kind};
use cairn::vault::{Absence, Content, Current, Damage, Warning};

use crate::support::vault::{World, head, id, later, next_version, note, now, text, verify};

#[test]
fn what_another_computer_saves_shows_while_the_vault_is_open() {
    let (here, mut vault, _) = World::with_vault();
    vault.save(vec![note(1, "one")], now()).unwrap();
    let mut other = here.elsewhere().open();
    assert!(!vault.refresh(later(1)).unwrap().changed, "nothing new is nothing");
    other.save(vec![note(2, "two")], now()).unwrap();
    other.save(vec![next_version(&other, 1, "one, changed")], now()).unwrap();
    let refreshed = vault.refresh(later(1)).unwrap();
    let ids: Vec<_> = refreshed.current.iter().map(|current| current.id).collect();
    assert!(refreshed.changed && ids.contains(&id(1)) && ids.contains(&id(2)));
    assert_eq!(text(&vault, 1).unwrap(), "one, changed");
    // The next save here names what it has seen.
    vault.save(vec![note(3, "three")], later(2)).unwrap();
    drop((vault, other));
    let third = here.elsewhere().open();
    assert!(third.warnings().is_empty() && third.records().len() == 3);
}

#[test]
fn two_that_wrote_at_the_same_time_both_keep_their_words() {
    let (here, mut vault, _) = World::with_vault();
    vault.save(vec![note(1, "one")], now()).unwrap();
    let mut other = here.elsewhere().open();
    let (ours, theirs) = (next_version(&vault, 1, "ours"), next_version(&other, 1, "theirs"));
    vault.save(vec![ours], later(1)).unwrap();
    other.save(vec![theirs], later(1)).unwrap();
    let refreshed = vault.refresh(later(2)).unwrap();
    assert!(refreshed.current.iter().any(|current| current.content == Content::Divided));
    assert_eq!(vault.records().heads(id(1)).len(), 2);
    let joined = next_version(&vault, 1, "both");
    vault.save(vec![joined], later(3)).unwrap();
    other.refresh(later(4)).unwrap();
    assert_eq!(text(&other, 1).unwrap(), "both");
    assert_eq!(other.records().revisions(id(1)).count(), 4, "nothing is dropped");
}

#[test]
fn a_file_that_arrives_in_parts_is_waited_for() {
    let (here, mut vault, _) = World::with_vault();
    let mut other = here.elsewhere().open();
    let arriving = other.save(vec![note(4, "four")], now()).unwrap().file;
    drop(other);
    let bytes = here.store.remove(&arriving).unwrap();
    // What the sync program brings: nothing, a half, the whole.
    for part in [0, bytes.len() / 2] {
        here.store.put(&arriving, bytes[..part].to_vec());
        vault.refresh(later(1)).unwrap();
        let expected = if part == 0 { Damage::Empty } else { Damage::Hash };
        assert!(vault.damaged().iter().any(|d| d.file == arriving && d.why == expected));
        assert!(text(&vault, 4).is_none());
    }
    here.store.put(&arriving, bytes);
    let refreshed = vault.refresh(later(2)).unwrap();
    assert!(refreshed.changed && vault.damaged().is_empty(), "{:?}", vault.damaged());
    assert_eq!(text(&vault, 4).unwrap(), "four");
}

#[test]
fn a_file_that_is_taken_away_while_the_vault_is_open_is_missed_and_comes_back() {
    let (here, mut vault, _) = World::with_vault();
    let file = vault.save(vec![note(1, "one")], now()).unwrap().file;
    vault.save(vec![note(2, "two")], now()).unwrap();
    let bytes = here.store.remove(&file).unwrap();
    let refreshed = vault.refresh(later(1)).unwrap();
    assert!(refreshed.gone.contains(&id(1)));
    assert!(matches!(vault.warnings(), [Warning::Missing { .. }]), "{:?}", vault.warnings());
    here.store.put(&file, bytes);
    vault.refresh(later(2)).unwrap();
    assert_eq!(text(&vault, 1).unwrap(), "one");
    assert!(vault.warnings().is_empty() && verify(&vault).damaged.is_empty());
}

#[test]
fn a_clock_that_was_ahead_does_not_make_a_loss_wait_for_ever() {
    let (here, mut vault, _) = World::with_vault();
    let file = vault.save(vec![note(1, "one")], now()).unwrap().file;
    let mut other = here.elsewhere().open();
    // Nine years ahead; its record names the one that then goes missing.
    other.save(vec![note(2, "two")], later(9 * 365 * 24 * 60)).unwrap();
    drop(other);
    here.store.remove(&file);
    let far = here.elsewhere().open();
    let class = far.warnings().iter().find_map(|warning| match warning {
        Warning::Missing { class, .. } => Some(*class),
        _ => None,
    });
    assert!(matches!(class, Some(Absence::TakenOut | Absence::SetBack)), "{:?}", far.warnings());
}

#[test]
fn accepting_the_folder_does_not_accept_what_is_still_on_its_way() {
    let (here, mut vault, _) = World::with_vault();
    vault.save(vec![note(1, "one")], now()).unwrap();
    let late = vault.save(vec![note(2, "two")], now()).unwrap().file;
    let mut other = here.elsewhere().open();
    other.save(vec![note(3, "three")], later(1)).unwrap();
    // A third computer has the other's record, and not yet what that one had seen.
    here.store.remove(&late);
    let third = here.elsewhere();
    let mut open = third.open();
    let on_its_way = |open: &cairn::vault::OpenVault| {
        let missing = open.warnings().iter();
        missing.filter(|w| matches!(w, Warning::Missing { class: Absence::OnItsWay, .. })).count()
    };
    assert_eq!(on_its_way(&open), 1, "{:?}", open.warnings());
    open.accept_restore(id(60), later(2)).unwrap();
    assert_eq!(on_its_way(&open), 1, "it is still expected");
}

#[test]
fn every_version_names_the_computer_that_wrote_it() {
    let (here, mut vault, _) = World::with_vault();
    vault.save(vec![note(1, "one")], now()).unwrap();
    let mut other = here.elsewhere().open();
    other.save(vec![next_version(&other, 1, "one, changed")], now()).unwrap();
    vault.refresh(later(1)).unwrap();
    let (ours, theirs) = (vault.device().unwrap(), other.device().unwrap());
    assert_ne!(ours, theirs);
    let wrote = |rev| vault.records().revision(id(1), rev).unwrap().device();
    let first = vault.records().revisions(id(1)).find(|one| one.parents.is_empty()).unwrap().rev;
    assert_eq!((wrote(first), wrote(vault.records().heads(id(1))[0])), (ours, theirs));
    assert_eq!(here.open().device(), None, "a second window writes under no name");
    drop(vault);
    assert_eq!(here.open().device(), Some(ours), "the name outlives the program");
}

#[test]
fn the_bytes_of_an_attachment_come_only_when_they_are_asked_for() {
    let (here, mut vault, _) = World::with_vault();
    vault.save(vec![note(1, "one")], now()).unwrap();
    let bytes = Bytes(vec![0x5a; 300_000]);
    let letter = Attachment {
        person: None,
        record: id(1),
        name: "letter.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 300_000,
        removed: None,
        bytes: Some(bytes.clone()),
        extra: Extra::new(),
    };
    let body = Body::Attachment(letter.clone()).write().unwrap();
    let entry = Entry::new(Kind::Attachment, id(2), Vec::new(), body).unwrap();
    let there = here.elsewhere();
    let mut other = there.open();
    assert_eq!(other.all_current().len(), 1);
    vault.save(vec![entry], now()).unwrap();
    let light = Attachment { bytes: None, ..letter };
    let shown = |currents: Vec<Current>| {
        let current = currents.into_iter().find(|current| current.id == id(2)).unwrap();
        let (kind, json) = match current.content {
            Content::Whole(kind, json) | Content::Glance(Glance::Whole(kind, json)) => (kind, json),
            other => panic!("{other:?}"),
        };
        assert!(json.len() < 1000, "{} bytes", json.len());
        Body::read(kind, &serde_json::from_str(&json).unwrap()).unwrap()
    };
    // As it arrives, as it is read again, at an opening with the snapshot and at one without.
    assert_eq!(shown(other.refresh(later(1)).unwrap().current), Body::Attachment(light.clone()));
    assert_eq!(shown(other.all_current()), Body::Attachment(light.clone()));
    drop(other.lock(later(2)));
    let kept: usize =
        there.local.paths().iter().map(|path| there.local.get(path).unwrap().len()).sum();
    assert!(kept < 30_000, "{kept} bytes of local state");
    for world in [there, here.elsewhere()] {
        let mut open = world.open();
        let mut all = open.all_current();
        while let Some(texts) = open.next_texts() {
            all.extend(texts);
        }
        assert_eq!(shown(all), Body::Attachment(light.clone()));
        let whole = head(&open, id(2)).unwrap();
        let Body::Attachment(whole) = Body::read(whole.kind, &whole.body).unwrap() else {
            panic!("an attachment");
        };
        assert_eq!(whole.bytes, Some(bytes.clone()));
    }
}
