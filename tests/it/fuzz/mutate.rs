//! Changes of bytes that readers stumble over.

use cairn::vault::store::sim::Dice;

/// Bytes and texts that are at the edge of something, in any format.
const EDGES: [&[u8]; 29] = [
    b"0",
    b"-1",
    b"1e400",
    b"1.5",
    b"-0",
    b"127",
    b"255",
    b"32768",
    b"65536",
    b"4294967295",
    b"4294967296",
    b"9007199254740992",
    b"18446744073709551615",
    b"18446744073709551616",
    b"null",
    b"true",
    b"\"\"",
    b"[]",
    b"{}",
    b"\\u0000",
    b"\\ud800",
    "\u{202e}".as_bytes(),
    "\u{200b}".as_bytes(),
    "\u{feff}".as_bytes(),
    "e\u{301}\u{301}".as_bytes(),
    b"\xff\xfe",
    b"\xc0\x80",
    b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    b"\x80\x80\x80\x80\x10",
];

/// A new input out of those at hand.
pub fn mutate(corpus: &[Vec<u8>], words: &[&str], most: usize, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = corpus[dice.pick(corpus.len())].clone();
    for _ in 0..=dice.pick(4) {
        change(&mut bytes, corpus, words, dice);
    }
    bytes.truncate(most);
    bytes
}

fn change(bytes: &mut Vec<u8>, corpus: &[Vec<u8>], words: &[&str], dice: &mut Dice) {
    let at = dice.pick(bytes.len() + 1);
    let here = bytes.get(at).copied();
    match (dice.pick(14), here) {
        (0, Some(byte)) => bytes[at] = byte ^ 1 << dice.pick(8),
        (1, Some(_)) => bytes[at] = dice.pick(256) as u8,
        (2, Some(byte)) => bytes[at] = byte.wrapping_add(1),
        (3, _) => bytes.truncate(at),
        (4, _) => drop(bytes.drain(at..end(bytes, at, dice))),
        (5, _) => {
            let block = bytes[at..end(bytes, at, dice)].to_vec();
            put(bytes, at, &block.repeat(1 + dice.pick(8)), 0);
        }
        (6, _) => {
            let block = bytes[at..end(bytes, at, dice)].to_vec();
            put(bytes, dice.pick(bytes.len() + 1), &block, block.len());
        }
        (7, _) => {
            let other = &corpus[dice.pick(corpus.len())];
            bytes.truncate(at);
            bytes.extend_from_slice(&other[dice.pick(other.len() + 1)..]);
        }
        (8, _) => nest(bytes, at, dice),
        (9, _) => number(bytes, at, dice),
        (10 | 11, _) if !words.is_empty() => {
            let word = words[dice.pick(words.len())].as_bytes();
            put(bytes, at, word, word.len() * dice.pick(2));
        }
        _ => {
            let edge = EDGES[dice.pick(EDGES.len())];
            put(bytes, at, edge, edge.len() * dice.pick(2));
        }
    }
}

/// The end of a block that begins here, mostly a short one.
fn end(bytes: &[u8], at: usize, dice: &mut Dice) -> usize {
    let most = [4, 32, 256, 4096][dice.pick(4)];
    (at + 1 + dice.pick(most)).min(bytes.len())
}

/// Puts bytes there, in the place of as many as `gone`.
fn put(bytes: &mut Vec<u8>, at: usize, new: &[u8], gone: usize) {
    let end = (at + gone).min(bytes.len());
    bytes.splice(at..end, new.iter().copied());
}

/// Wraps what is here into something, many times over.
fn nest(bytes: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    let (open, close) =
        [("[", "]"), ("{\"a\":", "}"), ("[[],", "]"), ("{\"\":0},", "")][dice.pick(4)];
    let depth = [1, 2, 126, 127, 128, 129, 3000][dice.pick(7)];
    let end = end(bytes, at, dice);
    put(bytes, end, close.repeat(depth).as_bytes(), 0);
    put(bytes, at, open.repeat(depth).as_bytes(), 0);
}

/// Puts another number in the place of the next one.
fn number(bytes: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    let Some(first) = bytes[at..].iter().position(u8::is_ascii_digit).map(|n| at + n) else {
        return;
    };
    let digits = bytes[first..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let new = match dice.pick(3) {
        0 => dice.pick(100).to_string().into_bytes(),
        1 => (1_u128 << dice.pick(66)).to_string().into_bytes(),
        _ => ((1_u128 << dice.pick(66)) - 1).to_string().into_bytes(),
    };
    put(bytes, first, &new, digits);
}
