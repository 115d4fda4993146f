//! The readers, each with what it must hold to.

use cairn::app::settings::Look;
use cairn::import::jsonl;
use cairn::library::packs::{read_pack, write_pack};
use cairn::library::{Library, read_template};
use cairn::model::clean::is_hidden;
use cairn::model::compare::rows;
use cairn::model::merge::{Version, merge};
use cairn::model::text::fields;
use cairn::model::{Body, Entry, Glance, Id, Kind, Own};
use cairn::vault::mac::local_label;
use cairn::vault::names::{DeviceId, KeyName, RecordName, is_conflict_copy};
use cairn::vault::seal::{decrypt_with_passphrase, scan_header};
use cairn::vault::store::parts;
use cairn::vault::{RecoveryKey, readers};
use serde::Serialize;
use serde_json::Value;

use crate::support::hostile::{coded, vectors};
use crate::support::pack::{assert_only_added, packs};
use crate::support::vault::passphrase;

use super::driver::{Fuzz, Verdict};
use super::vault::Full;

/// The longest inputs; a record of this length has thousands of fields.
const MOST: usize = 64 * 1024;

const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "false",
    "\\u202e",
    "\\\"",
    "\n",
    "1e5",
    "\"id\"",
    "\"text\"",
    "\"layer\"",
    "\"private\"",
    "\"shared\"",
    "\"arcp\"",
    "\"kind\"",
    "\"date\":\"2026-02-29\"",
    "\"9999-12-31\"",
    "\"-009999-01-01\"",
    "\"24:00\"",
    "\"23:59:60\"",
    "\"2026-10-17T10:00:00Z\"",
    "\"title\"",
    "\"prompt\"",
    "\"answer\"",
    "\"items\"",
    "\"scale\"",
    "\"choice\"",
    "\"person\"",
    "\"01J8XRAB000000000000000000\"",
    "\"extra\"",
    "\"actions\"",
];

/// What an answer may hold at the most for an input: a line or a field is no longer than this
/// many times what it takes to ask for it.
fn bound(input: &[u8]) -> usize {
    64 * 1024 + 64 * input.len()
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

const fn verdict(accepted: bool) -> Verdict {
    if accepted { Verdict::Accepted } else { Verdict::Refused }
}

/// The body of a record file after decryption, under a code that fits.
pub fn record() -> Fuzz {
    let Full { holder, records, .. } = Full::new();
    let key = holder.records;
    let seeds = records.iter().map(|(_, rest)| trimmed(rest)).collect();
    let check = move |input: &[u8]| {
        let read = |rest: &[u8]| readers::record(&key, &coded(&key, readers::LABEL, rest));
        let Some(file) = read(input).ok().or_else(|| read(&renamed(input)?).ok()) else {
            return Verdict::Refused;
        };
        let (envelope, entries) = (json(&file.envelope), json(&file.entries));
        assert!(envelope.len() + entries.len() < bound(input), "it grows");
        if !file.has_unknown {
            let again = read(&[&envelope[..], &entries].join(&b'\n')).unwrap();
            assert!(again.envelope == file.envelope && again.entries == file.entries);
            assert_eq!(again.bodies, file.bodies);
        }
        file.entries.iter().for_each(use_entry);
        verdict(true)
    };
    Fuzz { seeds, words: JSON, most: MOST, check: Box::new(check) }
}

/// Without the padding.
pub fn trimmed(rest: &[u8]) -> Vec<u8> {
    rest.trim_ascii_end().to_vec()
}

/// The same record with names of versions that fit what they hold.
pub fn renamed(rest: &[u8]) -> Option<Vec<u8>> {
    let at = rest.iter().position(|byte| *byte == b'\n')?;
    let entries: Vec<Entry> = serde_json::from_slice(&rest[at + 1..]).ok()?;
    let entries = entries.into_iter().map(|entry| {
        let Entry { kind, id, parents, body, .. } = entry;
        Entry::new(kind, id, parents, body).ok()
    });
    let entries: Vec<Entry> = entries.collect::<Option<_>>()?;
    Some([&rest[..at], &json(&entries)].join(&b'\n'))
}

/// What is done with every entry that was read, whatever is in it.
fn use_entry(entry: &Entry) {
    let Entry { kind, body, rev, .. } = entry;
    if let Ok(read) = Body::read(*kind, body) {
        assert_eq!(Body::parse(*kind, &body.to_string()).unwrap(), read, "two readers differ");
        let whole = !matches!(&read, Body::Attachment(file) if !file.is_whole());
        if whole {
            let written = read.write().unwrap();
            assert_eq!(Body::read(*kind, &written).unwrap(), read);
        }
        fields(&read);
    }
    if let Some(glance) = Glance::of(*kind, body) {
        let _ = glance.into_body();
    }
    let mut other = body.clone();
    if let Value::Object(fields) = &mut other {
        let last = fields.keys().next_back().cloned();
        last.iter().for_each(|name| drop(fields.remove(name)));
    }
    let all = rows(*kind, body, &other, &|_| None);
    all.iter().for_each(|row| drop(row.pieces()));
    // Beside it, the same without its last field, by another computer.
    let Ok(beside) = Entry::new(*kind, entry.id, Vec::new(), other) else { return };
    let version = |entry: &'_ Entry| entry.rev;
    let heads = [*rev, version(&beside)];
    let versions = [
        Version { rev: *rev, parents: &[], body, writes: &[] },
        Version { rev: beside.rev, parents: &[], body: &beside.body, writes: &[] },
    ];
    assert!(merge(*kind, &versions, &heads).is_some());
}

/// An encrypted file: its header and what the right key makes of it.
pub fn envelope() -> Fuzz {
    let Full { holder, world, .. } = Full::new();
    let identity = holder.identity;
    let contents = [&b""[..], b"a few words", &[7; 300]];
    let mut seeds: Vec<Vec<u8>> =
        contents.iter().map(|content| identity.encrypt(content).unwrap()).collect();
    seeds.push(world.store.get(&world.key_files("identity")[0]).unwrap());
    // The vectors are of other keys, and many are broken on purpose.
    let vectors: Vec<Vec<u8>> = vectors().into_iter().map(|vector| vector.bytes).collect();
    let mut turn = 0;
    let check = move |input: &[u8]| {
        turn = (turn + 1) % vectors.len();
        // Half a vector and half of this.
        let (one, other) = (&vectors[turn], input);
        let mixed = [&one[..one.len() / 2], &other[other.len() / 2..]].concat();
        assert!(identity.decrypt(&mixed).is_err());
        let by_key = identity.decrypt(input).ok();
        // age measures the machine whenever it is given a passphrase.
        let asks = input.windows(6).any(|word| word == b"scrypt");
        let by_words =
            || asks.then(|| decrypt_with_passphrase(input, &passphrase(), 6).ok()).flatten();
        let Some(plain) = by_key.or_else(by_words) else {
            return Verdict::Refused;
        };
        assert!(scan_header(input).is_ok() && plain.len() < input.len());
        let again = identity.encrypt(&plain).unwrap();
        assert_eq!(*identity.decrypt(&again).unwrap(), *plain);
        verdict(true)
    };
    let words = &[
        "age-encryption.org/v1\n",
        "-> ",
        "-> X25519 ",
        "-> scrypt ",
        "-> a-grease\n\n",
        "---",
        "--- ",
        "\n",
        "AAAAAAAAAAAAAAAAAAAAAA",
        " 18\n",
        " 63\n",
        "-> a\n\n-> a\n\n-> a\n\n",
    ];
    Fuzz { seeds, words, most: MOST, check: Box::new(check) }
}

/// What stands in clear or is needed before there is a key: `VAULT.json`, the identity file in a
/// key file, file names, a recovery key as it is typed. The first byte says which.
pub fn keys() -> Fuzz {
    let Full { holder, world, key, .. } = Full::new();
    let vault_file = world.store.get("VAULT.json").unwrap();
    let identity = format!("# cairn vault {} gen 1\n{}\n", holder.vault, holder.identity.text());
    let names = world.store.paths().into_iter().chain(world.local.paths());
    let names = names.map(|path| [b"N", path.as_bytes()].concat());
    let mut seeds: Vec<Vec<u8>> = names.collect();
    seeds.push([b"V", &vault_file[..]].concat());
    seeds.push([b"I", identity.as_bytes()].concat());
    seeds.push([b"R", key.words().as_bytes()].concat());
    seeds.push([b"R", key.as_age_key().as_bytes()].concat());
    let check = |input: &[u8]| {
        let Some((first, rest)) = input.split_first() else { return Verdict::Refused };
        let text = String::from_utf8_lossy(rest);
        verdict(match first {
            b'V' => readers::vault_file(rest).is_ok_and(|written| {
                assert_eq!(readers::vault_file(&written).unwrap(), written);
                true
            }),
            b'I' => readers::identity_file(rest).is_some_and(|written| {
                assert_eq!(readers::identity_file(written.as_bytes()).unwrap(), written);
                true
            }),
            b'R' => RecoveryKey::parse(&text).is_ok_and(|key| {
                assert!(RecoveryKey::parse(&key.words()).unwrap() == key);
                assert!(RecoveryKey::parse(&key.as_age_key()).unwrap() == key);
                true
            }),
            _ => use_name(&text),
        })
    };
    let words = &[
        "\"format\":\"cairn-vault\"",
        "\"version\":",
        "\"vault\":",
        "# cairn vault ",
        " gen ",
        "AGE-SECRET-KEY-1",
        "identity-",
        "recovery-",
        "-p001-",
        ".age",
        "/",
        "..",
        "\\",
        ":",
        "records/",
        "keys/",
        ".sync-conflict-",
        " (conflicted copy 2026)",
        "~$",
        ".tmp",
        "zoo ",
        "00000000-",
        "18446744073709551615-",
        "abandon ",
    ];
    Fuzz { seeds, words, most: 4096, check: Box::new(check) }
}

/// A name is exactly one that would be given, or none of the vault's.
fn use_name(path: &str) -> bool {
    let parts = parts(path);
    let _ = is_conflict_copy(path);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let bucket = folder.rsplit('/').next().unwrap_or_default();
    if let Ok(key) = KeyName::parse(name) {
        assert_eq!(key.to_string(), name);
    }
    let device: DeviceId = "aaaaaaaa".parse().unwrap();
    if let Ok(record) = RecordName::parse(device, bucket, name) {
        assert_eq!((record.bucket().as_str(), record.to_string().as_str()), (bucket, name));
    }
    let Ok(parts) = parts else { return false };
    assert!(parts.iter().all(|part| !part.contains(['/', '\\', ':', '\0']) && *part != ".."));
    true
}

/// A template file.
pub fn template() -> Fuzz {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/templates");
    let files = std::fs::read_dir(folder).unwrap();
    let mut seeds: Vec<Vec<u8>> =
        files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    seeds.sort();
    let check = |input: &[u8]| {
        let template = match read_template("x.json", input) {
            Ok(template) => template,
            Err(error) => {
                assert!(error.to_string().len() < bound(input), "it says too much");
                return Verdict::Refused;
            }
        };
        let written = json(&template);
        assert!(written.len() < bound(input), "it grows");
        assert_eq!(read_template("x.json", &written).unwrap(), template);
        let prompts = template.sections.iter().map(|section| section.prompts.len());
        assert!(template.sections.len() <= 20 && prompts.sum::<usize>() <= 60);
        verdict(true)
    };
    Fuzz { seeds, words: JSON, most: MOST, check: Box::new(check) }
}

/// A pack file. What is accepted goes into a library and changes nothing that is there.
pub fn pack() -> Fuzz {
    let built_in = Library::built_in().unwrap();
    let seeds = packs(&built_in).into_iter().map(|pack| write_pack(&pack).into_bytes()).collect();
    let check = move |input: &[u8]| {
        let pack = match read_pack("x.json", input, &built_in) {
            Ok(pack) => pack,
            Err(error) => {
                assert!(error.to_string().len() < bound(input), "it says too much");
                return Verdict::Refused;
            }
        };
        let written = write_pack(&pack);
        assert!(written.len() < bound(input), "it grows");
        assert_eq!(read_pack("x.json", written.as_bytes(), &built_in).unwrap(), pack);
        let body = Body::Pack(pack.clone()).write().unwrap();
        let entry = Entry::new(Kind::Pack, Id::new(1, 1), Vec::new(), body).unwrap();
        use_entry(&entry);
        let mut own = Own::default();
        own.packs.insert(Id::new(1, 1), pack);
        assert_only_added(&built_in, &built_in.with(&own));
        verdict(true)
    };
    Fuzz { seeds, words: JSON, most: MOST, check: Box::new(check) }
}

/// How the window looks, and the settings of the record. The first byte says which.
pub fn settings() -> Fuzz {
    let looks = [&br#"{"theme":"dark","zoom":125}"#[..], br#"{"zoom":300}"#, b"{}"];
    let records = [
        &br#"{"your_name":"Dr Wren","role":"doctor","noun":"registrar","idle_minutes":5}"#[..],
        br#"{"your_name":"x","new":{"a":[1,2]}}"#,
    ];
    let look = looks.iter().map(|look| [b"L", *look].concat());
    let record = records.iter().map(|record| [b"S", *record].concat());
    let seeds = look.chain(record).collect();
    let check = |input: &[u8]| {
        let Some((first, rest)) = input.split_first() else { return Verdict::Refused };
        if *first == b'L' {
            let look = Look::read(rest);
            assert!((75..=300).contains(&look.zoom));
            assert_eq!(Look::read(&look.write()), look);
            return verdict(serde_json::from_slice::<Look>(rest).is_ok());
        }
        let body = serde_json::from_slice::<Value>(rest).ok();
        let entry =
            body.and_then(|body| Entry::new(Kind::Settings, Id::new(1, 1), Vec::new(), body).ok());
        let Some(entry) = entry else { return Verdict::Refused };
        use_entry(&entry);
        verdict(Body::read(Kind::Settings, &entry.body).is_ok())
    };
    let words = &[
        "\"theme\":",
        "\"zoom\":",
        "\"your_name\":",
        "\"role\":",
        "\"noun\":",
        "\"idle_minutes\":",
        "\"system\"",
        "\"high-contrast-dark\"",
        "\"supervisor\"",
        ",",
        "{",
        "}",
        "65536",
        "\"",
    ];
    Fuzz { seeds, words, most: 4096, check: Box::new(check) }
}

/// The list and the segments of the local snapshot. The first byte says which.
pub fn snapshot() -> Fuzz {
    let Full { local, .. } = Full::new();
    let of = |stem: &str, tag: &[u8]| -> Vec<Vec<u8>> {
        let files = local.iter().filter(|(path, _)| path.starts_with(stem));
        files.map(|(_, content)| [tag, content].concat()).collect()
    };
    let seeds = [of("list-", b"L"), of("shown-", b"S"), of("snapshot-", b"T")].concat();
    assert!(seeds.len() >= 3);
    let check = |input: &[u8]| {
        let Some((first, rest)) = input.split_first() else { return Verdict::Refused };
        let read = match first {
            b'L' => readers::snapshot_list,
            b'S' => readers::snapshot_shown,
            _ => readers::snapshot_texts,
        };
        let Some(written) = read(rest) else { return Verdict::Refused };
        assert!(written.len() < bound(input), "it grows");
        assert_eq!(read(&written).unwrap(), written);
        verdict(true)
    };
    Fuzz {
        seeds,
        words: &["L", "S", "T", "\u{1}", "\u{0}", "2026-10-17"],
        most: 1 << 20,
        check: Box::new(check),
    }
}

/// The three lines of any file of local state, under a code that fits.
pub fn local_state() -> Fuzz {
    const PATH: &str = "heads-a.age";
    let Full { holder, rests, .. } = Full::new();
    let (key, vault) = (holder.local, holder.vault);
    let check = move |input: &[u8]| {
        let read = |rest: &[u8]| {
            let text = coded(&key, &local_label(PATH), rest);
            readers::local_file(&key, vault, PATH, &text)
        };
        let Ok((envelope, content)) = read(input) else { return Verdict::Refused };
        assert_eq!(envelope.len, content.len());
        let again = read(&[&json(&envelope)[..], &content].join(&b'\n')).unwrap();
        assert_eq!(again, (envelope, content));
        verdict(true)
    };
    let words = &["\"len\":", "\"count\":", "\"v\":", "\"at\":", "\"vault\":", "\n", " "];
    Fuzz { seeds: rests, words, most: MOST, check: Box::new(check) }
}

/// Conversations that are brought in.
pub fn import() -> Fuzz {
    let seeds = [
        r#"{"id":"s1","date":"2026-03-04","time":"14:30","minutes":60,"trainee":"Quiet Heron","trainee_id":"t7","template":"grow","tags":["rota"],"fields":[{"id":"goal","prompt":"What do you want?","answer":"A plan."}],"actions":[{"id":"a1","text":"Ask the rota lead.","due":"2026-03-18","done":false}]}"#,
        "{\"date\":\"2026-03-04\"}\n\n{\"date\":\"2026-03-05\",\"title\":\"e\u{301}\",\"person\":\"\u{202e}x\"}\r\n",
    ];
    let seeds = seeds.map(|seed| seed.as_bytes().to_vec()).to_vec();
    let check = |input: &[u8]| {
        let lines = match jsonl::read(input) {
            Ok(lines) => lines,
            Err(error) => {
                assert!(error.to_string().len() < 4096);
                return Verdict::Refused;
            }
        };
        let mut size = 0;
        for line in &lines {
            let actions = line.actions.iter().cloned().map(Body::Action);
            for body in actions.chain([Body::Session(line.session.clone())]) {
                let value = body.write().unwrap();
                size += value.to_string().len();
                assert_eq!(Body::read(body.kind(), &value).unwrap(), body);
                assert!(Entry::new(body.kind(), Id::new(1, 1), Vec::new(), value.clone()).is_ok());
                assert_plain(&value);
            }
            line.person.iter().chain(&line.person_source).for_each(|text| assert_seen(text));
        }
        assert!(size < bound(input), "it grows");
        verdict(!lines.is_empty())
    };
    Fuzz { seeds, words: JSON, most: MOST, check: Box::new(check) }
}

/// Nothing in it is hidden.
fn assert_plain(value: &Value) {
    match value {
        Value::String(text) => assert_seen(text),
        Value::Array(list) => list.iter().for_each(assert_plain),
        Value::Object(fields) => fields.values().for_each(assert_plain),
        _ => {}
    }
}

fn assert_seen(text: &str) {
    assert!(!text.chars().any(|c| is_hidden(c) && c != '\n'), "{text:?}");
}
