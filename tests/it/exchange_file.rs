//! The file that one of a pair makes for the other: it comes back whole, and everything else is
//! refused, each for its own reason.

use std::process::Command;
use std::time::{Duration, Instant};

use cairn::exchange::armour::{armour, binary};
use cairn::exchange::file::{self, Envelope, FileError, Form, MAX, open, open_any, seal};
use cairn::exchange::pairing::Pair;
use cairn::vault::envelope;
use cairn::vault::mac::MacKey;
use cairn::vault::seal::{Identity, Recipient};
use cairn::vault::{DeviceId, PairId};
use jiff::civil::date;
use proptest::prelude::{ProptestConfig, any, prop, proptest};
use proptest::{prop_assert, prop_assert_eq};
use serde_json::{Value, json};

use crate::exchange_pairing::{kept, pair, secret};
use crate::support::vault::now;

const BODY: &[u8] = br#"[{"kind":"plan","words":"The zephyrquill"}]"#;

fn device() -> DeviceId {
    "abcdefg7".parse().unwrap()
}

fn envelope(pair: &Pair) -> Envelope {
    Envelope::new(pair, device(), 3, vec!["0f".repeat(16).parse().unwrap()], now())
}

fn sealed(pair: &Pair) -> Vec<u8> {
    seal(pair, &envelope(pair), BODY).unwrap()
}

/// The pair with other values in some fields.
fn with(pair: &Pair, fields: &[(&str, Value)]) -> Pair {
    let mut of = kept(pair);
    for (field, value) in fields {
        of[*field] = value.clone();
    }
    serde_json::from_value(of).unwrap()
}

/// A file from `pair` to the other with any second line and any key of the code.
fn crafted(pair: &Pair, head: &Value, key: &[u8; 32], body: &[u8]) -> Vec<u8> {
    let text = envelope::join(&MacKey::from_bytes(key), "cairn/exchange/1\n", head, body).unwrap();
    let to = kept(pair)["recipient"].as_str().unwrap().to_owned();
    Recipient::parse(&to).unwrap().encrypt(&text).unwrap()
}

fn why(pair: &Pair, bytes: &[u8]) -> FileError {
    open(pair, bytes).expect_err("refused")
}

#[test]
fn what_one_seals_the_other_opens_and_nobody_else() {
    let (one, two) = pair();
    for (from, to) in [(&one, &two), (&two, &one)] {
        let bytes = sealed(from);
        let (read, body) = open(to, &bytes).unwrap();
        assert_eq!((read, body.as_slice()), (envelope(from), BODY));
        assert_eq!(why(from, &bytes), FileError::NotForThisPair);
        let (third, _) = pair();
        assert_eq!(why(&third, &bytes), FileError::NotForThisPair);
        assert!(!bytes.windows(11).any(|window| window == b"zephyrquill"));
    }
    let (third, fourth) = pair();
    let pairs = [third.clone(), two.clone()];
    let (found, ..) = open_any(&pairs, &sealed(&one)).unwrap();
    assert_eq!(found.id, two.id);
    let error = open_any(&pairs, &sealed(&one.clone())[..40]).expect_err("refused");
    assert_eq!(error, FileError::NotAnExchangeFile);
    let error = open_any([&fourth], &sealed(&one)).expect_err("refused");
    assert_eq!(error, FileError::NotForThisPair);
}

#[test]
fn no_byte_of_a_file_can_be_changed_or_missing() {
    let (one, two) = pair();
    let bytes = sealed(&one);
    for at in 0..bytes.len() {
        for mask in [1, 2, 0x20, 0x80] {
            let mut changed = bytes.clone();
            changed[at] ^= mask;
            assert!(open(&two, &changed).is_err(), "byte {at}, {mask}");
        }
        assert!(open(&two, &bytes[..at]).is_err(), "cut at {at}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(why(&two, &longer), FileError::Damaged);
    assert_eq!(why(&two, &bytes[..bytes.len() - 1]), FileError::Damaged);
}

#[test]
fn each_wrong_file_is_refused_for_its_own_reason() {
    let (one, two) = pair();
    let key = secret(&kept(&one), "key");
    let head = kept(&envelope(&one));
    let say = |field: &str, value: Value| {
        let mut head = head.clone();
        head[field] = value;
        why(&two, &crafted(&one, &head, &key, BODY))
    };
    assert!(open(&two, &crafted(&one, &head, &key, BODY)).is_ok(), "else nothing is tested");
    assert_eq!(say("v", json!(2)), FileError::Newer(2));
    assert_eq!(say("v", json!(0)), FileError::Shape);
    assert_eq!(say("pair", json!(PairId::new([7; 16]))), FileError::Foreign);
    assert_eq!(say("direction", json!("accepter")), FileError::OwnFile);
    assert_eq!(say("direction", json!("sideways")), FileError::Shape);
    assert_eq!(say("dev", json!("../../ab")), FileError::Shape);
    assert_eq!(say("arrived", json!(["x"])), FileError::Shape);
    assert_eq!(why(&two, &crafted(&one, &head, &[7; 32], BODY)), FileError::Forged);
    assert_eq!(why(&two, &crafted(&one, &head, &key, b"[\n]")), FileError::Shape);
    let label = envelope::join(&MacKey::from_bytes(&key), "cairn/record/1\n", &head, BODY).unwrap();
    let to = Recipient::parse(kept(&one)["recipient"].as_str().unwrap()).unwrap();
    assert_eq!(why(&two, &to.encrypt(&label).unwrap()), FileError::Forged);
    assert_eq!(why(&two, &to.encrypt(b"no three lines").unwrap()), FileError::Shape);

    assert_eq!(why(&two, b""), FileError::NotAnExchangeFile);
    assert_eq!(why(&two, b"A letter.\n"), FileError::NotAnExchangeFile);
    let (invitation, _) =
        cairn::exchange::pairing::invite("X", crate::support::vault::cost(), now()).unwrap();
    assert_eq!(why(&two, &invitation.bytes), FileError::NotAnExchangeFile);
}

#[test]
fn too_large_a_file_is_neither_made_nor_read() {
    let (one, two) = pair();
    assert_eq!(why(&two, &vec![b'x'; MAX + 1]), FileError::TooLarge);
    assert_eq!(why(&two, &vec![b' '; 2 * MAX]), FileError::TooLarge);
    let large = vec![b'x'; MAX];
    let error = seal(&one, &envelope(&one), &large).expect_err("refused");
    assert_eq!(error, FileError::TooLarge);
    // The largest that is made can be read, also as text.
    let body = vec![b'x'; MAX - (1 << 20)];
    let bytes = seal(&one, &envelope(&one), &body).unwrap();
    assert!(bytes.len() <= MAX);
    let (_, read) = open(&two, armour(&bytes).replace('\n', " \r\n").as_bytes()).unwrap();
    assert!(*read == body);
}

#[test]
fn a_header_of_countless_small_parts_is_refused_at_once() {
    let (one, two) = pair();
    let begun = Instant::now();
    for part in ["-> x\n", "-> x\n\n", "-> X25519 AAAA\nAAAA\n", "\n", "-> "] {
        let mut bytes = b"age-encryption.org/v1\n".to_vec();
        while bytes.len() < 4 << 20 {
            bytes.extend_from_slice(part.as_bytes());
        }
        bytes.extend_from_slice(b"--- AAAA\n");
        assert_eq!(why(&two, &bytes), FileError::NotAnExchangeFile, "{part:?}");
        // The same before a real file.
        bytes.extend_from_slice(&sealed(&one));
        assert_eq!(why(&two, &bytes), FileError::NotAnExchangeFile, "{part:?}");
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn only_what_this_side_may_say_is_sealed() {
    let (one, two) = pair();
    let refused =
        |envelope: &Envelope, body: &[u8]| seal(&one, envelope, body).expect_err("refused");
    assert_eq!(refused(&envelope(&two), BODY), FileError::Shape, "the other's direction");
    let newer = Envelope { v: 2, ..envelope(&one) };
    assert_eq!(refused(&newer, BODY), FileError::Shape);
    let foreign = Envelope { pair: PairId::new([1; 16]), ..envelope(&one) };
    assert_eq!(refused(&foreign, BODY), FileError::Shape);
    assert_eq!(refused(&envelope(&one), b"a\nb"), FileError::Shape);
    assert_eq!(refused(&envelope(&one), b"a "), FileError::Shape, "it would not come back");
    let broken = with(&one, &[("recipient", json!("age1x"))]);
    let error = seal(&broken, &envelope(&one), BODY).expect_err("refused");
    assert_eq!(error, FileError::NotMade);
}

#[test]
fn sizes_tell_little_and_names_nobody() {
    let (one, _) = pair();
    let text = |body: usize| envelope::joined_len(&envelope(&one), body).unwrap();
    assert_eq!(text(1), text(150));
    assert_eq!(file::name(date(2026, 11, 22), 3, Form::Binary), "cairn-2026-11-22-3.cairn");
    assert_eq!(file::name(date(2026, 11, 22), 3, Form::Armoured), "cairn-2026-11-22-3.cairn.txt");
}

#[test]
fn a_file_as_text_survives_the_post_and_nothing_else_is_taken_for_one() {
    let (one, two) = pair();
    let bytes = sealed(&one);
    let text = armour(&bytes);
    assert!(text.lines().all(|line| line.len() <= 64) && text.ends_with("-----\n"));
    let indented: String = text.lines().map(|line| format!("   {line}  \r\n")).collect();
    for posted in [
        text.clone(),
        text.replace('\n', "\r\n"),
        format!("\r\n \n{text}\n\n"),
        text.trim_end().to_owned(),
        indented,
    ] {
        assert!(open(&two, posted.as_bytes()).is_ok(), "{posted}");
    }
    let first = text.lines().nth(1).unwrap();
    for wrong in [
        text.replace("BEGIN AGE", "BEGIN PGP"),
        text.replace("-----END", "----END"),
        text.replace(first, &format!("> {first}")),
        text.replace(first, &first[..60]),
        text.replace(first, &format!("{}\n{}", &first[..32], &first[32..])),
        text.replace(first, &format!("{first}\n")),
        text.replace(first, &format!("{}*", &first[..63])),
        format!("{text}{text}"),
        format!("Dear Heron,\n{text}"),
    ] {
        assert_eq!(why(&two, wrong.as_bytes()), FileError::NotAnExchangeFile, "{wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_as_text_come_back(bytes in prop::collection::vec(any::<u8>(), 1..400)) {
        let text = armour(&bytes);
        prop_assert_eq!(&*binary(text.as_bytes()).unwrap(), &bytes[..]);
        prop_assert!(text.lines().all(|line| line.len() <= 64));
    }
}

#[test]
fn stock_age_reads_a_file_as_it_is_and_as_text() {
    let available = Command::new("age").arg("--version").output();
    if !available.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: the tool age is not installed");
        return;
    }
    let (one, two) = pair();
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key.txt");
    let identity = Identity::from_bytes(&secret(&kept(&two), "identity")).unwrap();
    std::fs::write(&key, identity.text()).unwrap();
    let bytes = sealed(&one);
    for content in [bytes.clone(), armour(&bytes).into_bytes()] {
        let path = folder.path().join("file.cairn");
        std::fs::write(&path, content).unwrap();
        let out = Command::new("age").arg("-d").arg("-i").arg(&key).arg(&path).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let lines: Vec<&[u8]> = out.stdout.split(|byte| *byte == b'\n').collect();
        assert_eq!(lines.len(), 4, "three lines, each ended");
        assert!(lines[2].starts_with(BODY));
        let head: Envelope = serde_json::from_slice(lines[1]).unwrap();
        assert_eq!(head, envelope(&one));
    }
}
