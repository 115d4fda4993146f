//! The review of a text: whatever stands in it, places lie between characters, in order, apart.

use cairn::review::{Reviewer, Settings, Speller};

use super::driver::{Fuzz, Verdict};

const WORDS: &[&str] = &[
    "NHS no ",
    "943 476 5919",
    "DOB ",
    "12/03/1958",
    "born on 3 March",
    "Mr ",
    "Amina ",
    "Will ",
    " ward ",
    "LS99 4QX",
    "+44 (0)",
    "07700 900123",
    "@example.org",
    "GMC ",
    "K1234567",
    "-year-old",
    "aggressive ",
    "needs to improve ",
    "\u{ad}",
    "\u{a0}",
    "\u{301}",
    "\u{200d}",
    "\u{661}",
    "\n",
];

/// A text with people to look for and the dictionary.
pub fn review() -> Fuzz {
    let files = [
        include_str!("../../data/review/labelled.txt"),
        include_str!("../../data/review/clean.txt"),
        include_str!("../../data/review/wording.txt"),
    ];
    let seeds = files.iter().flat_map(|file| file.lines().step_by(7));
    let seeds = seeds.map(|line| line.as_bytes().to_vec()).collect();
    let reviewer = Reviewer::built_in().unwrap();
    let speller = Speller::british().unwrap();
    let names = ["Dr Amina Larkspur", "Will Okafor", "王伟"].map(str::to_owned).to_vec();
    let settings = Settings { names, ..Settings::default() };
    let check = move |input: &[u8]| {
        let Ok(text) = std::str::from_utf8(input) else { return Verdict::Refused };
        let mut before = 0;
        for found in reviewer.review(text, &settings, Some(&speller)) {
            assert!(before <= found.bytes.start && found.bytes.start < found.bytes.end);
            assert_eq!(&text[found.bytes.clone()], found.text);
            assert_eq!(found.text.chars().count(), found.chars.len());
            before = found.bytes.end;
        }
        Verdict::Accepted
    };
    Fuzz { seeds, words: WORDS, most: 16 * 1024, check: Box::new(check) }
}
