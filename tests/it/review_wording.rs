//! Fair language: hints where they are wanted, and quiet where the word is about a disease, a
//! patient or a guideline, or where the example or the next step is there.

use std::collections::HashSet;

use cairn::review::{Family, Grade, Reviewer, Settings};

const EXAMPLES: &str = include_str!("../data/review/wording.txt");

/// The text, and the kind and words of each hint.
fn read(line: &str) -> (String, Vec<(String, String)>) {
    let (mut text, mut wanted, mut rest) = (String::new(), Vec::new(), line);
    while let Some((before, marked)) = rest.split_once("[[") {
        let (label, after) = marked.split_once("]]").unwrap();
        let (kind, words) = label.split_once('|').unwrap();
        text.push_str(before);
        text.push_str(words);
        wanted.push((kind.to_owned(), words.to_owned()));
        rest = after;
    }
    text.push_str(rest);
    (text, wanted)
}

#[test]
fn hints_come_where_they_are_wanted_and_nowhere_else() {
    let reviewer = Reviewer::built_in().unwrap();
    let mut wrong = Vec::new();
    let (mut hints, mut quiet) = (0, 0);
    for line in EXAMPLES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (text, wanted) = read(line);
        let found = reviewer.review(&text, &Settings::default(), None);
        let found = found.into_iter().filter(|it| it.kind.family() == Family::Wording);
        let found: Vec<_> = found.map(|it| (it.kind.id().to_owned(), it.text)).collect();
        hints += wanted.len();
        quiet += usize::from(wanted.is_empty());
        if found != wanted {
            wrong.push((text, found));
        }
    }
    eprintln!("REVIEW: {hints} hints wanted, {quiet} quiet sentences, {} wrong", wrong.len());
    assert!(hints >= 40 && quiet >= 35, "{hints} {quiet}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_rule_explains_offers_and_can_speak() {
    let reviewer = Reviewer::built_in().unwrap();
    let mut ids = HashSet::new();
    for rule in reviewer.rules() {
        assert!(ids.insert(&rule.id), "{} is there twice", rule.id);
        assert!(rule.kind.family() == Family::Wording, "{}", rule.id);
        for words in [&rule.reason, &rule.offer] {
            assert!(words.ends_with('.') && !words.contains('!'), "{}: {words}", rule.id);
        }
        // With a person in the sentence and nothing around, each of its phrases speaks.
        for phrase in &rule.phrases {
            let text = format!("{phrase}, as they put it.");
            let found = reviewer.review(&text, &Settings::default(), None);
            let found = found.iter().find(|it| it.kind.family() == Family::Wording);
            let found = found.unwrap_or_else(|| panic!("{}: {phrase:?} is never found", rule.id));
            assert_eq!((found.grade, &found.replacement), (Grade::Hint, &None));
            assert!(!found.reason.is_empty() && !found.advice.is_empty());
        }
    }
    assert!(ids.len() >= 20);
}
