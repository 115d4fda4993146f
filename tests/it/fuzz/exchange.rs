//! The files of a pair: as they lie, and their lines under the right key.

use cairn::exchange::armour::armour;
use cairn::exchange::file::{Envelope, open, seal};
use cairn::exchange::pairing::{Pair, accept, finish, invite};
use cairn::vault::mac::MacKey;
use cairn::vault::seal::{Identity, Recipient};

use crate::exchange_pairing::{kept, pair, secret};
use crate::support::hostile::coded;
use crate::support::vault::{cost, now};

use super::driver::{Fuzz, Verdict};

const WORDS: &[&str] = &[
    "age-encryption.org/v1\n",
    "-> X25519 ",
    "--- ",
    "-----BEGIN AGE ENCRYPTED FILE-----",
    "-----END AGE ENCRYPTED FILE-----",
    "\r\n",
    "\n",
    " ",
    "\"v\":",
    "\"pair\":",
    "\"direction\":\"inviter\"",
    "\"direction\":\"accepter\"",
    "\"counter\":",
    "\"arrived\":[]",
    "\"which\":\"reply\"",
    "\"name\":",
    "\"recipient\":\"age1",
    "\"random\":",
];

/// The lines of a file after its code.
fn rest(identity: &Identity, sealed: &[u8]) -> Vec<u8> {
    let text = identity.decrypt(sealed).unwrap();
    let first = text.iter().position(|byte| *byte == b'\n').unwrap();
    text[first + 1..text.len() - 1].to_vec()
}

/// A file of the other's.
pub fn file() -> Fuzz {
    let (one, two) = pair();
    let to = Recipient::parse(kept(&one)["recipient"].as_str().unwrap()).unwrap();
    let key = MacKey::from_bytes(&secret(&kept(&one), "key"));
    let identity = Identity::from_bytes(&secret(&kept(&two), "identity")).unwrap();
    let head = Envelope::new(&one, "abcdefg7".parse().unwrap(), 1, Vec::new(), now());
    let bytes = seal(&one, &head, b"[{\"kind\":\"plan\"}]").unwrap();
    let seeds = vec![rest(&identity, &bytes), armour(&bytes).into_bytes(), bytes];
    let check = move |input: &[u8]| {
        let crafted = || to.encrypt(&coded(&key, "cairn/exchange/1\n", input)).unwrap();
        let opened = open(&two, input).or_else(|_| open(&two, &crafted()));
        let Ok((head, body)) = opened else { return Verdict::Refused };
        assert!(body.len() <= input.len() && (head.v, head.pair) == (1, two.id));
        let again = seal(&one, &head, &body).unwrap();
        assert_eq!(open(&two, &again).unwrap(), (head, body));
        Verdict::Accepted
    };
    Fuzz { seeds, words: WORDS, most: 16 * 1024, check: Box::new(check) }
}

/// A reply to an invitation.
pub fn reply() -> Fuzz {
    let (invitation, pending) = invite("Dr Quiet Heron", cost(), now()).unwrap();
    let (bytes, _) =
        accept(&invitation.bytes, &invitation.words, "Dr Pale Marten", cost(), now()).unwrap();
    let identity = Identity::from_bytes(&secret(&kept(&pending), "identity")).unwrap();
    let key = MacKey::from_bytes(&secret(&kept(&pending), "random"));
    let to = Recipient::parse(&identity.recipient()).unwrap();
    let seeds = vec![rest(&identity, &bytes), armour(&bytes).into_bytes(), bytes];
    let check = move |input: &[u8]| {
        let crafted = || to.encrypt(&coded(&key, "cairn/reply/1\n", input)).unwrap();
        let take = |bytes: &[u8]| finish(&pending, bytes, cost(), now());
        let Ok(pair) = take(input).or_else(|_| take(&crafted())) else { return Verdict::Refused };
        assert!(pair.their_name.chars().count() <= 200);
        let read: Pair = serde_json::from_value(kept(&pair)).unwrap();
        assert_eq!(read, pair);
        // Whoever is taken for the other can be written to.
        let head = Envelope::new(&pair, "abcdefg7".parse().unwrap(), 1, Vec::new(), now());
        assert!(seal(&pair, &head, b"[]").is_ok());
        Verdict::Accepted
    };
    Fuzz { seeds, words: WORDS, most: 16 * 1024, check: Box::new(check) }
}
