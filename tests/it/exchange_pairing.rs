//! Pairing in the meeting: both see the same four words, a go-between is noticed, and nothing
//! that is wrong is taken.

use cairn::exchange::Secret;
use cairn::exchange::armour::armour;
use cairn::exchange::pairing::keys::{Part, derive};
use cairn::exchange::pairing::{
    Invitation, Kept, Pair, PairError, Pending, Side, Which, accept, finish, invite,
};
use cairn::vault::mac::MacKey;
use cairn::vault::seal::{Identity, Recipient, decrypt_with_passphrase, encrypt_with_passphrase};
use cairn::vault::{Cost, Passphrase, envelope};
use hkdf::Hkdf;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::vault::{cost, id, later, now};

const INVITER: &str = "Dr Quiet Heron";
const ACCEPTER: &str = "Dr Pale Marten";

/// Two who paired, and all that went between them.
struct Met {
    invitation: Invitation,
    pending: Pending,
    reply: Vec<u8>,
    inviter: Pair,
    accepter: Pair,
}

fn met() -> Met {
    let (invitation, pending) = invite(INVITER, cost(), now()).unwrap();
    let (reply, accepter) =
        accept(&invitation.bytes, &invitation.words, ACCEPTER, cost(), now()).unwrap();
    let inviter = finish(&pending, &reply, cost(), now()).unwrap();
    Met { invitation, pending, reply, inviter, accepter }
}

/// Two sides of a pair.
pub fn pair() -> (Pair, Pair) {
    let Met { inviter, accepter, .. } = met();
    (inviter, accepter)
}

/// What the record keeps of something, as JSON.
pub fn kept(of: &impl serde::Serialize) -> Value {
    serde_json::to_value(of).unwrap()
}

/// A secret of a pair or an invitation.
pub fn secret(of: &Value, field: &str) -> [u8; 32] {
    envelope::unhex(of[field].as_str().unwrap().as_bytes()).unwrap()
}

fn identity(of: &impl serde::Serialize) -> Identity {
    Identity::from_bytes(&secret(&kept(of), "identity")).unwrap()
}

fn opened(invitation: &Invitation) -> Vec<u8> {
    let words = Passphrase::new(&invitation.words);
    decrypt_with_passphrase(&invitation.bytes, &words, 18).unwrap().to_vec()
}

fn line(text: &[u8], at: usize) -> Value {
    serde_json::from_slice(text.split(|byte| *byte == b'\n').nth(at).unwrap()).unwrap()
}

/// The three lines of a message with this content.
fn message(which: &str, v: u64, key: &[u8; 32], content: &Value) -> Vec<u8> {
    let label = if which == "invitation" { "cairn/invite/1\n" } else { "cairn/reply/1\n" };
    let head = json!({ "v": v, "which": which });
    let content = content.to_string();
    envelope::join(&MacKey::from_bytes(key), label, &head, content.as_bytes()).unwrap().to_vec()
}

/// A reply of one's own making to an open invitation.
fn forged_reply(pending: &Pending, v: u64, key: &[u8; 32], content: &Value) -> Vec<u8> {
    let text = message("reply", v, key, content);
    Recipient::parse(&identity(pending).recipient()).unwrap().encrypt(&text).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    cairn::vault::hex(bytes)
}

#[test]
fn both_see_the_same_four_words_and_know_the_other() {
    let Met { invitation, inviter, accepter, .. } = met();
    assert_eq!(invitation.words.split(' ').count(), 6);
    assert_eq!(inviter.words.split(' ').count(), 4);
    assert_eq!((inviter.words.as_str(), inviter.id), (accepter.words.as_str(), accepter.id));
    assert_eq!((inviter.side, accepter.side), (Side::Inviter, Side::Accepter));
    assert_eq!((&*inviter.their_name, &*accepter.their_name), (ACCEPTER, INVITER));
    assert_eq!(kept(&inviter)["key"], kept(&accepter)["key"]);
    assert_eq!(kept(&inviter)["recipient"], identity(&accepter).recipient());
    assert_eq!(kept(&accepter)["recipient"], identity(&inviter).recipient());
    // Two meetings have nothing in common.
    let again = met();
    assert_ne!((again.inviter.id, again.inviter.words), (inviter.id, inviter.words));
    // What the record keeps of it is read back the same.
    let read: Pair = serde_json::from_value(kept(&accepter)).unwrap();
    assert_eq!(read, accepter);
}

#[test]
fn the_keys_are_those_of_the_description() {
    // Made with another implementation of HKDF, SHA-256 and scrypt.
    let random = |first: u8| {
        let bytes: Vec<u8> = (first..first + 32).collect();
        Secret::new(bytes.try_into().unwrap())
    };
    let inviter = Part::of(&random(0), b"an invitation\n");
    let accepter = Part::of(&random(100), b"a reply\n");
    for (cost, words) in
        [(cost(), "output pumpkin reward example"), (Cost::FIXED, "giraffe panic priority olympic")]
    {
        let keys = derive(&inviter, &accepter, cost).unwrap();
        assert_eq!(
            hex(keys.key.bytes()),
            "5930f6551f22c1a77508a2ce3fd6ed01f776fedada97b94ebf102af0c220a701"
        );
        assert_eq!(keys.id.to_string(), "d46478744b0dede0497d7e7a7491d358");
        assert_eq!(keys.words, words);
    }
}

#[test]
fn the_keys_come_of_the_whole_plain_text_of_both_messages() {
    let Met { invitation, pending, reply, inviter, .. } = met();
    let first = opened(&invitation);
    let second = identity(&pending).decrypt(&reply).unwrap();
    for text in [&first[..], &second[..]] {
        assert_eq!((text.len(), text.iter().filter(|byte| **byte == b'\n').count()), (512, 3));
    }
    assert_eq!(line(&first, 1), json!({ "v": 1, "which": "invitation" }));
    assert_eq!(line(&second, 1), json!({ "v": 1, "which": "reply" }));
    let ikm = [secret(&line(&first, 2), "random"), secret(&line(&second, 2), "random")].concat();
    let salt = [Sha256::digest(&first), Sha256::digest(&second)].concat();
    let from = Hkdf::<Sha256>::new(Some(&salt), &ikm);
    let (mut key, mut pair, mut check) = ([0; 32], [0; 16], [0; 32]);
    from.expand(b"cairn/pair/1", &mut key).unwrap();
    from.expand(b"cairn/pair-id/1", &mut pair).unwrap();
    from.expand(b"cairn/check/1", &mut check).unwrap();
    assert_eq!(secret(&kept(&inviter), "key"), key);
    assert_eq!(inviter.id.to_string(), hex(&pair));
    let mut slow = [0; 32];
    scrypt::scrypt(&check, &[], &scrypt::Params::new(2, 8, 1, 32).unwrap(), &mut slow).unwrap();
    let bits = u64::from_be_bytes(slow[..8].try_into().unwrap());
    let list = bip39::Language::English.word_list();
    let words = [53, 42, 31, 20].map(|shift| list[usize::try_from(bits >> shift & 0x7ff).unwrap()]);
    assert_eq!(inviter.words, words.join(" "));
}

#[test]
fn six_words_are_understood_as_people_type_them() {
    let (invitation, _) = invite(INVITER, cost(), now()).unwrap();
    let words: Vec<&str> = invitation.words.split(' ').collect();
    let numbered: Vec<String> =
        (1..).zip(&words).map(|(at, word)| format!(" {at}. {}", word.to_uppercase())).collect();
    for typed in [numbered.join("\r\n"), words.join(",   "), format!("\n{}\n", words.join("\t"))] {
        assert!(accept(&invitation.bytes, &typed, ACCEPTER, cost(), now()).is_ok(), "{typed}");
    }
    let text = armour(&invitation.bytes);
    assert!(accept(text.as_bytes(), &invitation.words, ACCEPTER, cost(), now()).is_ok());

    let refused = |typed: &str| {
        accept(&invitation.bytes, typed, ACCEPTER, cost(), now()).expect_err("refused")
    };
    assert_eq!(refused(&words[..5].join(" ")), PairError::WordCount(5));
    assert_eq!(refused(""), PairError::WordCount(0));
    let typed = format!("{} zephyrquill {}", words[0], words[2..].join(" "));
    let error = refused(&typed);
    assert_eq!(error, PairError::UnknownWord(2));
    assert!(!format!("{error} {error:?}").contains("zephyr"));
}

#[test]
fn wrong_words_and_a_damaged_file_are_told_apart() {
    let Met { invitation, reply, pending, .. } = met();
    let take = |bytes: &[u8], words: &str| {
        accept(bytes, words, ACCEPTER, cost(), now()).expect_err("refused")
    };
    let (other, _) = invite(INVITER, cost(), now()).unwrap();
    assert_eq!(take(&invitation.bytes, &other.words), PairError::WrongWords);
    let mut damaged = invitation.bytes.clone();
    *damaged.last_mut().unwrap() ^= 1;
    assert_eq!(take(&damaged, &invitation.words), PairError::Damaged);
    let half = &invitation.bytes[..invitation.bytes.len() - 40];
    assert_eq!(take(half, &invitation.words), PairError::Damaged);
    assert_eq!(take(&reply, &invitation.words), PairError::NotOne(Which::Invitation));
    assert_eq!(take(b"", &invitation.words), PairError::NotOne(Which::Invitation));
    assert_eq!(take(&vec![0; 1 << 20], &invitation.words), PairError::TooLarge);

    let take = |bytes: &[u8]| finish(&pending, bytes, cost(), now()).expect_err("refused");
    assert_eq!(take(&invitation.bytes), PairError::NotOne(Which::Reply));
    assert_eq!(take(&reply[..reply.len() - 40]), PairError::Damaged);
    assert_eq!(take(&met().reply), PairError::OtherInvitation);
    assert_eq!(take(&vec![b' '; 1 << 20]), PairError::TooLarge);
    assert_eq!(invite("  ", cost(), now()).expect_err("refused"), PairError::Name);
    assert_eq!(invite(&"x".repeat(201), cost(), now()).expect_err("refused"), PairError::Name);
}

#[test]
fn no_byte_of_either_message_can_be_changed() {
    let Met { invitation, pending, reply, .. } = met();
    let changed = |bytes: &[u8], at: usize, mask: u8| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= mask;
        bytes
    };
    for at in 0..reply.len() {
        for mask in [1, 2, 0x20, 0x80] {
            let bytes = changed(&reply, at, mask);
            assert!(finish(&pending, &bytes, cost(), now()).is_err(), "byte {at}, {mask}");
        }
    }
    for at in 0..invitation.bytes.len() {
        let bytes = changed(&invitation.bytes, at, 1);
        let taken = accept(&bytes, &invitation.words, ACCEPTER, cost(), now());
        assert!(taken.is_err(), "byte {at}");
    }
}

#[test]
fn who_heard_the_words_and_stands_in_between_is_noticed() {
    let (invitation, pending) = invite(INVITER, cost(), now()).unwrap();
    // In between, with the words: answers the inviter, and invites the other with the same words.
    let (to_inviter, _) =
        accept(&invitation.bytes, &invitation.words, ACCEPTER, cost(), now()).unwrap();
    let (mine, my_pending) = invite(INVITER, cost(), now()).unwrap();
    let text = opened(&mine);
    let words = Passphrase::new(&invitation.words);
    let passed_on = encrypt_with_passphrase(&text, &words, cost()).unwrap();
    let (to_me, accepter) = accept(&passed_on, &invitation.words, ACCEPTER, cost(), now()).unwrap();
    assert!(finish(&my_pending, &to_me, cost(), now()).is_ok());
    let inviter = finish(&pending, &to_inviter, cost(), now()).unwrap();
    assert_ne!(inviter.words, accepter.words, "the four words do not match");
    assert_ne!(inviter.id, accepter.id);
    // The real reply, when it is passed on, is to another invitation.
    let error = finish(&pending, &to_me, cost(), now()).expect_err("refused");
    assert_eq!(error, PairError::OtherInvitation);

    // The recipient alone in the place of the real one, the rest as it was.
    let mut content = line(&opened(&invitation), 2);
    content["recipient"] = identity(&my_pending).recipient().into();
    let key = secret(&content, "random");
    let text = message("invitation", 1, &key, &content);
    let changed = encrypt_with_passphrase(&text, &words, cost()).unwrap();
    let (reply, accepter) = accept(&changed, &invitation.words, ACCEPTER, cost(), now()).unwrap();
    let read = identity(&my_pending).decrypt(&reply).unwrap();
    let on = Recipient::parse(&identity(&pending).recipient()).unwrap().encrypt(&read).unwrap();
    let inviter = finish(&pending, &on, cost(), now()).unwrap();
    assert_ne!(inviter.words, accepter.words, "the four words do not match");
}

#[test]
fn a_second_reply_to_an_invitation_is_an_alarm_and_the_same_one_is_not() {
    let Met { invitation, pending, reply, inviter, .. } = met();
    let (second, _) = accept(&invitation.bytes, &invitation.words, "X", cost(), now()).unwrap();
    assert!(finish(&pending, &second, cost(), now()).is_ok(), "no reply came before");
    let answered = pending.answered_by(&inviter);
    let error = finish(&answered, &second, cost(), now()).expect_err("refused");
    assert_eq!(error, PairError::AlreadyAnswered);
    assert_eq!(finish(&answered, &reply, cost(), now()).unwrap(), inviter);
    // What the record keeps of it remembers as much, and the first reply stays the first.
    let answered: Pending = serde_json::from_value(kept(&answered)).unwrap();
    let other = met().inviter;
    let answered = answered.answered_by(&other);
    let error = finish(&answered, &second, cost(), now()).expect_err("refused");
    assert_eq!(error, PairError::AlreadyAnswered);
}

#[test]
fn a_key_that_keeps_nothing_secret_and_ones_own_are_refused() {
    let (invitation, pending) = invite(INVITER, cost(), now()).unwrap();
    let random = secret(&kept(&pending), "random");
    let own = identity(&pending).recipient();
    let low = |bytes: [u8; 32]| {
        let hrp = bech32::Hrp::parse("age").unwrap();
        bech32::encode::<bech32::Bech32>(hrp, &bytes).unwrap()
    };
    let zero = low([0; 32]);
    let with =
        |recipient: &str| json!({ "name": "X", "recipient": recipient, "random": hex(&[7; 32]) });
    let take = |content: &Value| {
        let reply = forged_reply(&pending, 1, &random, content);
        finish(&pending, &reply, cost(), now()).expect_err("refused")
    };
    assert_eq!(take(&with(&zero)), PairError::Recipient);
    assert_eq!(take(&with("age1nonsense")), PairError::Recipient);
    assert_eq!(take(&with(&own)), PairError::Own);
    let mut mirrored = with(&identity(&met().pending).recipient());
    mirrored["random"] = hex(&random).into();
    assert_eq!(take(&mirrored), PairError::Own);

    let words = Passphrase::new(&invitation.words);
    let invited = |v: u64, key: &[u8; 32], content: &Value| {
        let text = message("invitation", v, key, content);
        let bytes = encrypt_with_passphrase(&text, &words, cost()).unwrap();
        accept(&bytes, &invitation.words, ACCEPTER, cost(), now()).expect_err("refused")
    };
    assert_eq!(invited(1, &[7; 32], &with(&zero)), PairError::Recipient);
    // An invitation accepted where it was made is told by what was kept of it.
    let (_, pair) = accept(&invitation.bytes, &invitation.words, INVITER, cost(), now()).unwrap();
    assert!(pending.made(&pair) && !met().pending.made(&pair));

    // A newer version, and a code by somebody who has not read the invitation.
    let fine = with(&identity(&met().pending).recipient());
    assert_eq!(invited(2, &[7; 32], &fine), PairError::Newer(2));
    assert_eq!(invited(2, &[7; 32], &json!({ "other": 1 })), PairError::Newer(2));
    assert_eq!(invited(1, &[8; 32], &fine), PairError::Forged);
    assert_eq!(invited(1, &[7; 32], &json!([])), PairError::Shape);
    let reply = |v: u64, key: &[u8; 32]| {
        let reply = forged_reply(&pending, v, key, &fine);
        finish(&pending, &reply, cost(), now()).expect_err("refused")
    };
    assert_eq!(reply(3, &random), PairError::Newer(3));
    assert_eq!(reply(1, &[7; 32]), PairError::Forged);
}

#[test]
fn no_secret_is_ever_printed() {
    let Met { invitation, pending, inviter, accepter, .. } = met();
    let whole = Kept::new(id(1)).invited(pending.clone()).paired(inviter.clone());
    let printed =
        format!("{invitation:?} {pending:?} {inviter:?} {accepter:?} {whole:?} {:#?}", whole);
    let mut secrets: Vec<String> =
        invitation.words.split(' ').map(|word| format!(" {word} ")).collect();
    secrets.push(invitation.words.to_string());
    for of in [kept(&pending), kept(&inviter), kept(&accepter)] {
        for field in ["identity", "random", "key", "digest"] {
            secrets.extend(of[field].as_str().map(ToOwned::to_owned));
        }
    }
    secrets.push(identity(&inviter).text().to_owned());
    assert!(secrets.len() > 12, "there are secrets to look for");
    for secret in secrets {
        assert!(!printed.contains(&secret), "{printed}");
    }
}

#[test]
fn what_two_computers_kept_side_by_side_is_merged_whichever_comes_first() {
    let Met { pending, inviter, .. } = met();
    let start = Kept::new(id(1)).invited(pending.clone());
    let paired = start.clone().paired(inviter.clone());
    let checked = Kept { checked: true, ..paired.clone() };
    let sent = Kept { sent: 3, ..paired.clone() };
    let stopped = paired.clone().stopped(later(5));
    let other = Kept::new(id(1)).paired(met().inviter);
    let mut anew = met().inviter;
    anew.when = later(9);
    let anew = stopped.clone().paired(anew);
    let all = [start, paired, checked, sent, stopped, other, anew];
    for one in &all {
        assert_eq!(one.clone().merged(one.clone()), *one);
        for two in &all {
            let merged = one.clone().merged(two.clone());
            assert_eq!(merged, two.clone().merged(one.clone()));
            // Of two pairs made at once one is dropped with what was sent in it, so there the
            // order of three may tell.
            for three in &all {
                if [one, two, three].contains(&&all[5]) {
                    continue;
                }
                let right = two.clone().merged(three.clone());
                assert_eq!(merged.clone().merged(three.clone()), one.clone().merged(right));
            }
        }
    }
    let [start, paired, checked, sent, stopped, _, anew] = all;
    let merged = checked.clone().merged(sent);
    assert!(merged.checked && merged.sent == 3);
    assert_eq!(start.merged(paired.clone()), paired, "the answered invitation stays answered");
    assert_eq!(checked.clone().merged(stopped.clone()).pair, None, "an end outlasts the pair");
    assert_eq!(checked.merged(stopped).merged(anew.clone()).pair, anew.pair);
}
