//! Files from outside that are made to harm: each is refused or made harmless, at once and
//! without much memory, and the record stays as it was, byte for byte.

use std::collections::{BTreeMap, BTreeSet};

use cairn::app::settings::Look;
use cairn::import::jsonl;
use cairn::import::notes::{self, Format};
use cairn::library::packs::read_pack;
use cairn::library::{Library, read_template};
use cairn::model::Body;
use cairn::model::clean::is_hidden;
use cairn::vault::names::{DeviceId, Hash128};
use cairn::vault::seal::{Identity, decrypt_with_passphrase, scan_header};
use cairn::vault::{OpenVault, Passphrase, RecoveryKey, Warning};
use serde_json::json;

use crate::import_notes::{archive, word};
use crate::support::hostile::{
    Hostile, KeyHolder, headers, hostile, imports, json, record_path, templates, texts, vectors,
};
use crate::support::meter::Meter;
#[cfg(target_os = "linux")]
use crate::support::meter::SURROUNDINGS;
use crate::support::pack::{a_pack, assert_only_added};
#[cfg(target_os = "linux")]
use crate::support::proof::alone_with;
use crate::support::vault::{World, cost, note, now, passphrase, renamed, text, verify};

fn all_bytes(world: &World) -> BTreeMap<String, Vec<u8>> {
    world
        .store
        .paths()
        .into_iter()
        .map(|path| (path.clone(), world.store.get(&path).unwrap()))
        .collect()
}

/// In a process of its own, where what it takes can be measured: not everywhere.
fn alone(proof: impl FnOnce()) {
    #[cfg(target_os = "linux")]
    alone_with(proof, &SURROUNDINGS);
    #[cfg(not(target_os = "linux"))]
    proof();
}

/// A vault with two records, and its bytes.
fn vault() -> (World, BTreeMap<String, Vec<u8>>) {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one")], now()).unwrap();
    open.save(vec![note(2, "two")], now()).unwrap();
    drop(open);
    let bytes = all_bytes(&world);
    (world, bytes)
}

/// The vault opens, shows its own two records and nothing else, and nothing in it changed.
fn is_unharmed(world: &World, before: &BTreeMap<String, Vec<u8>>, what: &str) -> OpenVault {
    let open = world.open();
    assert_eq!(open.records().len(), 2, "{what}");
    assert_eq!((text(&open, 1).as_deref(), text(&open, 2).as_deref()), (Some("one"), Some("two")));
    for (path, bytes) in before {
        assert_eq!(world.store.get(path).as_ref(), Some(bytes), "{what}: {path} changed");
    }
    open
}

#[test]
fn hostile_headers_and_age_vectors_laid_among_the_records_are_listed_as_damaged() {
    alone(|| {
        let mut meter = Meter::new("headers and vectors");
        let (world, before) = vault();
        let files: Vec<Hostile> = headers().into_iter().chain(vectors()).collect();
        assert!(files.len() >= 200, "{}", files.len());
        // Each by itself, timed; then all together.
        let mine = Identity::from_bytes(&[7; 32]).unwrap();
        for Hostile { what, bytes } in &files {
            meter.of(what, || drop(mine.decrypt(bytes)));
            assert!(mine.decrypt(bytes).is_err(), "{what} opened with a key it was not made for");
        }
        for (seq, Hostile { bytes, .. }) in files.iter().enumerate() {
            world.store.put(&record_path(seq as u64 + 1, bytes), bytes.clone());
        }
        let all = format!("all {} together", files.len());
        let open = meter.of(&all, || is_unharmed(&world, &before, "all together"));
        assert_eq!(verify(&open).damaged.len(), files.len(), "every one is listed");
    });
}

#[test]
fn the_age_vectors_decrypt_as_they_say_or_are_refused() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/age-testkit");
    let mut opened = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let at = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap();
        let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
        let field = |name: &str| {
            head.lines()
                .find_map(|line| line.strip_prefix(&format!("{name}: ")))
                .map(ToOwned::to_owned)
        };
        let file = &bytes[at + 2..];
        let compressed = field("compressed").is_some();
        let plain = match (field("identity"), field("passphrase")) {
            _ if compressed => continue,
            (Some(key), _) => match Identity::parse(&key) {
                Ok(identity) => identity.decrypt(file).ok(),
                Err(_) => continue,
            },
            (None, Some(words)) => decrypt_with_passphrase(file, &Passphrase::new(&words), 18).ok(),
            (None, None) => continue,
        };
        let expected = field("expect").unwrap();
        // The age crate forgives a stanza without its last line; the key fits all the same.
        let forgiven = ["stanza_missing_body", "stanza_missing_final_line"];
        let forgiven = forgiven.iter().any(|name| path.ends_with(name));
        if expected != "success" && !forgiven {
            assert!(plain.is_none(), "{}: {expected}", path.display());
        }
        if let Some(plain) = plain {
            use sha2::{Digest as _, Sha256};
            opened += 1;
            let payload = field("payload");
            assert!(
                forgiven || payload == Some(format!("{:x}", Sha256::digest(&*plain))),
                "{head}"
            );
        }
    }
    assert!(opened >= 10, "{opened} of the sound ones opened");
}

#[test]
fn hostile_key_files_do_not_keep_the_owner_out() {
    alone(|| {
        let mut meter = Meter::new("key files");
        let (world, before) = vault();
        // Up to 2^20 the owner's own key file may ask for; it is tried, and takes its time.
        let tried = |what: &str| matches!(what, "scrypt 2^19" | "scrypt 2^20");
        let files = headers().into_iter().chain(vectors()).filter(|file| !tried(&file.what));
        for (n, Hostile { what, bytes }) in files.enumerate() {
            let hash = Hash128::of(&bytes);
            let world = world.copy();
            world
                .store
                .put(&format!("keys/identity-0001-p{:03}-{hash}.age", n % 900 + 2), bytes.clone());
            world.store.put(&format!("keys/recovery-0001-r{:03}-{hash}.age", n % 900 + 2), bytes);
            meter.of(&what, || drop(is_unharmed(&world, &before, &what)));
        }
    });
}

#[test]
fn content_sealed_with_the_right_key_is_still_checked() {
    alone(|| {
        let mut meter = Meter::new("sealed with the right key");
        let (world, before) = vault();
        let holder = KeyHolder::of(&world);
        let mut contents = json();
        let body = |body: &str| {
            let id = "01J8XRAB000000000000000000";
            format!(
                "[{{\"kind\":\"reflection\",\"id\":\"{id}\",\"rev\":\"{}\",\"parents\":[],\"body\":{body}}}]",
                "0".repeat(32)
            )
        };
        for Hostile { what, bytes } in json() {
            let inner = body(&String::from_utf8_lossy(&bytes));
            contents.push(Hostile { what: format!("a body: {what}"), bytes: inner.into_bytes() });
        }
        let mut seq = 0;
        for Hostile { what, bytes } in contents {
            seq += 1;
            let sealed = holder.seal(&holder.envelope(seq), &bytes);
            world.store.put(&record_path(seq, &sealed), sealed);
            meter.of(&what, || drop(world.open()));
            let path =
                world.record_files().into_iter().find(|path| path.contains("hhhhhhhh")).unwrap();
            world.store.remove(&path);
        }
        let envelopes = [
            holder.envelope(1).replace("\"v\":1", "\"v\":0"),
            holder.envelope(1).replace("\"v\":1", "\"v\":18446744073709551615"),
            holder.envelope(1).replace("\"seq\":1", "\"seq\":18446744073709551615"),
            holder.envelope(1).replace("\"seq\":1", "\"seq\":2"),
            holder.envelope(1).replace("hhhhhhhh", "../../.."),
            holder.envelope(1).replace("2026-10-17", "+999999-01-01"),
            holder.envelope(1).replace(
                "\"prev\":null",
                "\"prev\":[18446744073709551615,\"00000000000000000000000000000000\"]",
            ),
            "{}".to_owned(),
            "[]".to_owned(),
            "x".repeat(600_000),
            "{\"v\":1,".repeat(50_000),
        ];
        for envelope in envelopes {
            let sealed = holder.seal(&envelope, b"[]");
            world.store.put(&record_path(1, &sealed), sealed.clone());
            meter.of(&envelope[..envelope.len().min(60)], || drop(world.open()));
            world.store.remove(&record_path(1, &sealed));
        }
        drop(is_unharmed(&world, &before, "content"));
    });
}

#[test]
fn hostile_imports_templates_and_settings_are_refused_or_made_harmless() {
    alone(|| {
        let mut meter = Meter::new("imports, templates, settings");
        let library = Library::built_in().unwrap();
        for Hostile { what, bytes } in every_file_from_outside() {
            meter.of(&what, || drop(read_pack("x.json", &bytes, &library)));
            meter.of(&what, || drop(jsonl::read(&bytes)));
            meter.of(&what, || drop(read_template("x.json", &bytes)));
            meter.of(&what, || Look::read(&bytes));
            let words = String::from_utf8_lossy(&bytes).into_owned();
            meter.of(&what, || drop(RecoveryKey::parse(&words)));
            let _ = meter.of(&what, || scan_header(&bytes));
        }
        for hostile in texts() {
            let line = json!({
                "date": "2026-01-01", "trainee": hostile, "title": hostile, "template": hostile,
                "tags": [hostile], "fields": [{ "prompt": hostile, "answer": hostile }],
                "actions": [{ "text": hostile }],
            });
            let lines = meter.of(&hostile, || jsonl::read(line.to_string().as_bytes())).unwrap();
            let line = &lines[0];
            let mut kept = vec![
                line.person.clone().unwrap(),
                line.session.title.clone(),
                line.actions[0].text.clone(),
            ];
            kept.extend(line.session.items().map(|item| item.prompt.text.clone()));
            kept.extend(line.session.items().map(|item| format!("{:?}", item.answer)));
            for text in kept {
                let hidden = text.chars().find(|c| is_hidden(*c) && *c != '\n');
                assert_eq!(hidden, None, "{text:?} of {hostile:?}");
                assert!(text.chars().filter(|c| *c == '\u{301}').count() <= 60);
            }
        }
    });
}

/// Packs that would take a reader's memory or time.
fn hostile_packs() -> Vec<Hostile> {
    let with =
        |key: &str, all: String| format!("{{\"cairn_pack\":1,\"id\":\"a\",\"{key}\":[{all}]}}");
    let many = |one: &str| vec![one; 900_000 / (one.len() + 1)].join(",");
    let some = |one: &str, count: usize| vec![one; count].join(",");
    let module = format!("{{\"name\":\"a\",\"text\":\"{}\"}}", "## \\n".repeat(180_000));
    [
        ("templates that are none", with("templates", many("{}"))),
        ("200 templates that are none", with("templates", some("{}", 200))),
        ("modules that are none", with("modules", some("{\"name\":\"\",\"text\":\"\"}", 200))),
        ("a module of headings", with("modules", module)),
        ("lists of one item", with("lists", some("{\"items\":[{}]}", 200))),
        ("lists of lists", with("lists", many("[]"))),
        ("a form far ahead", "{\"cairn_pack\":18446744073709551615}".to_owned()),
    ]
    .map(|(what, text)| hostile(format!("a pack: {what}"), text))
    .into()
}

#[test]
fn no_hostile_text_gets_into_the_library_in_a_pack() {
    let library = Library::built_in().unwrap();
    let places = [
        "/id",
        "/title",
        "/about",
        "/by",
        "/licence",
        "/templates/0/id",
        "/templates/0/title",
        "/templates/0/sections/0/title",
        "/templates/0/sections/0/prompts/0/text",
        "/templates/0/sections/0/prompts/0/id",
        "/modules/0/name",
        "/modules/0/text",
        "/lists/0/id",
        "/lists/0/items/0/title",
    ];
    for text in texts() {
        for place in places {
            let mut value = serde_json::to_value(a_pack()).unwrap();
            *value.pointer_mut(place).unwrap() = json!(text);
            let read = read_pack("x.json", value.to_string().as_bytes(), &library);
            if let Ok(pack) = read {
                assert!(!text.chars().any(is_hidden), "{place} took {text:?}");
                let mut own = cairn::model::Own::default();
                own.packs.insert(cairn::model::Id::new(1, 1), pack);
                assert_only_added(&library, &library.with(&own));
            }
        }
    }
}

#[test]
fn hostile_notes_of_other_programs_are_refused_or_made_harmless() {
    alone(|| {
        let mut meter = Meter::new("notes of other programs");
        let today = jiff::civil::date(2026, 11, 24);
        let paragraph = "<w:p><w:r><w:t>x</w:t></w:r></w:p>";
        let deep = |name: &str, times: usize| {
            format!(
                "{}{}",
                format!("<w:{name}>").repeat(times),
                format!("</w:{name}>").repeat(times)
            )
        };
        let entities = b"<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\">\
            <!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>\
            <w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>";
        let outside = b"<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\
            <w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>";
        let mut many = archive(&[("word/document.xml", b"x")]);
        let end = many.len() - 22;
        many[end + 8..end + 12].copy_from_slice(&[0xff; 4]);
        let zeros = vec![b' '; 40 << 20];
        let files: Vec<(&str, Format, Vec<u8>)> = vec![
            ("a bomb of blanks", Format::Docx, archive(&[("word/document.xml", &zeros)])),
            ("a bomb of blanks as a journal", Format::DayOne, archive(&[("Journal.json", &zeros)])),
            ("a bomb of paragraphs", Format::Docx, word(&paragraph.repeat(250_000), &[])),
            ("deep elements", Format::Docx, word(&deep("ins", 60_000), &[])),
            ("entities", Format::Docx, archive(&[("word/document.xml", entities)])),
            ("entities from outside", Format::Docx, archive(&[("word/document.xml", outside)])),
            ("a list of 65,535 files", Format::Docx, many),
            ("cut off", Format::Docx, word(paragraph, &[])[..120].to_vec()),
            ("deep JSON", Format::DayOne, "[".repeat(1 << 20).into_bytes()),
            (
                "deep JSON in an entry",
                Format::Jrnl,
                [b"{\"entries\":".to_vec(), vec![b'['; 1 << 20]].concat(),
            ),
            ("only line ends", Format::Markdown, vec![b'\n'; 8 << 20]),
            ("only headings", Format::Markdown, b"# 2026-01-01\n".repeat(60_000)),
            ("only entries", Format::Jrnl, b"[2026-01-01] a\n".repeat(60_000)),
            ("only zeros", Format::Text, vec![0; 8 << 20]),
            ("half a pair", Format::Text, vec![0xff, 0xfe, 0x00, 0xd8]),
            ("heaps of marks", Format::Text, "\u{301}".repeat(1 << 18).into_bytes()),
        ];
        for (what, format, bytes) in files {
            let read = meter.of(what, || notes::read(format, &bytes, today, false));
            for note in read.iter().flat_map(|reading| &reading.notes) {
                for field in cairn::model::text::fields(&Body::Reflection(note.session.clone())) {
                    assert!(!field.text.contains("root:") && field.text.len() < 1 << 20, "{what}");
                    let marks = field.text.chars().filter(|c| *c == '\u{301}').count();
                    assert!(marks <= 60, "{what}");
                }
            }
        }
    });
}

fn every_file_from_outside() -> Vec<Hostile> {
    [json(), headers(), templates(), imports(), hostile_packs()].into_iter().flatten().collect()
}

#[test]
fn a_giant_with_nothing_in_it_is_not_read() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("vault");
    let state = home.path().join("state");
    let store = |dir: &std::path::Path| Box::new(cairn::vault::store::disk::DiskStore::new(dir));
    let (open, _) = crate::support::vault::create(store(&dir), store(&state)).unwrap();
    drop(open);
    let name = "records/hhhhhhhh/00000/00000001-00000000000000000000000000000000.age";
    std::fs::create_dir_all(dir.join(name).parent().unwrap()).unwrap();
    std::fs::File::create(dir.join(name)).unwrap().set_len(10 << 30).unwrap();
    let vault = cairn::vault::Vault::find(store(&dir), store(&state)).unwrap().unwrap();
    let open = vault.unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap();
    assert_eq!(open.damaged().len(), 1);
    assert_eq!(open.damaged()[0].why, cairn::vault::Damage::TooLarge);
}

/// The highest number that a name can hold, under this vault's own name for a computer.
fn with_the_highest_number(world: &World, device: &str) -> String {
    let bytes = b"no record";
    let path = format!("records/{device}/18446744073709551/18446744073709551615-x.age");
    let path = renamed(&path, bytes);
    world.store.put(&path, *bytes);
    path
}

#[test]
fn a_planted_file_of_the_highest_number_keeps_nobody_from_writing() {
    let (world, before) = vault();
    let device = world.open().device().unwrap();
    let planted = with_the_highest_number(&world, &device.to_string());
    let mut open = is_unharmed(&world, &before, &planted);
    for number in 3..6 {
        open.save(vec![note(number, "new")], now()).unwrap();
    }
    let names: BTreeSet<u64> = open.records().ids().map(|id| id.unix_ms()).collect();
    assert_eq!(names.len(), 5);
    drop(open);
    let open = world.open();
    assert_eq!(text(&open, 5).as_deref(), Some("new"));
    let forks = open.warnings().iter().filter(|w| matches!(w, Warning::Fork { .. })).count();
    assert_eq!(forks, 0, "no number is given twice");
}

#[test]
fn a_planted_key_file_of_the_highest_number_does_not_stop_a_new_passphrase() {
    let (world, _) = vault();
    let bytes = b"no key";
    let planted = format!("keys/identity-0001-p4294967295-{}.age", Hash128::of(bytes));
    world.store.put(&planted, *bytes);
    let new = Passphrase::new("another horse battery staple");
    world.open().change_passphrase(&passphrase(), &new, cost()).unwrap();
    assert!(world.try_open(&new).is_ok());
    assert!(world.try_open(&passphrase()).is_err());
}

#[test]
fn strange_numbers_in_local_state_cost_the_snapshot_and_nothing_else() {
    let (world, before) = vault();
    drop(world.open().lock(now()));
    let folder = world.local.paths()[0].split('/').next().unwrap().to_owned();
    for name in ["list-4294967295.age", "snapshot-4294967295.age"] {
        world.local.put(&format!("{folder}/{name}"), *b"x");
    }
    let mut open = is_unharmed(&world, &before, "numbers");
    open.save(vec![note(3, "three")], now()).unwrap();
    drop(open.lock(now()));
    let mut open = world.open();
    assert_eq!(text(&open, 3).as_deref(), Some("three"));
    drop(open.all_current());
    assert!(open.next_texts().is_some(), "there is a snapshot all the same");
}

#[test]
fn a_name_in_the_snapshot_is_checked_like_any_other() {
    let name = |bytes: [u8; 8]| postcard::from_bytes::<DeviceId>(&bytes);
    assert!(name(*b"hhhhhhhh").is_ok());
    assert!(name(*b"../../..").is_err());
}

#[test]
fn the_values_of_json_are_counted_without_reading_it() {
    use cairn::model::json::values;
    assert_eq!(values("7"), 1);
    assert_eq!(values(r#"{"a":[1,2,3],"b":"x"}"#), 6);
    assert_eq!(values(r#""a,[{\",[\\""#), 1);
    assert_eq!(values(&"[".repeat(500)), 501);
}
