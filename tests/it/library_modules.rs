//! Learning modules: those that ship are complete and read plainly, and a broken one says what
//! to mend.

use cairn::library::{Block, FileError, Library, Module, emphasis, read_module};
use proptest::prelude::{any, prop, prop_assert, proptest};

use crate::support::prose::{grade, sentences, unwanted};

fn library() -> Library {
    Library::built_in().expect("built-in modules load")
}

/// The guide in plain words.
fn guide(module: &Module) -> Vec<String> {
    let texts = module.guide.iter().flat_map(|block| match block {
        Block::Heading(text) | Block::Paragraph(text) => vec![text],
        Block::Points(points) => points.iter().collect(),
    });
    texts.map(|text| emphasis(text).map(|(_, run)| run).collect()).collect()
}

/// Every text that a person reads, but for the sources.
fn texts(module: &Module) -> Vec<String> {
    let mut texts = guide(module);
    texts.push(module.title.clone());
    texts.extend(module.shows.iter().chain(&module.shows_not).map(|found| found.text.clone()));
    texts.push(module.workshop.intro.clone());
    for step in &module.workshop.steps {
        texts.extend([format!("{}.", step.title), step.words.clone()]);
    }
    texts.push(module.card.title.clone());
    texts.extend(module.card.lines.iter().cloned());
    texts
}

#[test]
fn every_module_is_complete() {
    for module in library().modules() {
        let id = &module.id;
        assert_eq!(module.checked, "2026-10", "{id}");
        assert!((3..=8).contains(&module.templates.len()), "{id}: {:?}", module.templates);
        let words: usize = guide(module).iter().map(|text| text.split_whitespace().count()).sum();
        assert!((300..=450).contains(&words), "{id}: {words} words in the guide");
        let gist = module.guide.iter().take(2).all(|b| matches!(b, Block::Paragraph(_)));
        assert!(gist, "{id}: the guide begins with its gist");
        for findings in [&module.shows, &module.shows_not] {
            assert!((3..=5).contains(&findings.len()), "{id}: {} findings", findings.len());
        }
        for found in &module.shows {
            let year = found.source.split(|c: char| !c.is_ascii_digit()).any(|w| w.len() == 4);
            assert!(year, "{id}: {}", found.source);
        }
        assert_eq!(module.workshop.minutes(), 45, "{id}");
        assert!((4..=7).contains(&module.workshop.steps.len()), "{id}");
        assert!((3..=10).contains(&module.card.lines.len()), "{id}");
        for line in &module.card.lines {
            assert!(line.split_whitespace().count() <= 10, "{id}: {line}");
        }
        assert!((3..=7).contains(&module.reading.len()), "{id}");
    }
}

#[test]
fn modules_read_plainly() {
    for module in library().modules() {
        let texts = texts(module);
        for text in &texts {
            let years: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
            assert_eq!(unwanted(&years), None, "{}: {text}", module.id);
            assert!(!text.to_lowercase().contains("trainee"), "{}: {text}", module.id);
            for sentence in sentences(text) {
                let words = sentence.split_whitespace().count();
                assert!(words <= 20, "{}: {words} words: {sentence}", module.id);
            }
        }
        let grade = grade(texts.iter().map(String::as_str));
        assert!(grade <= 8.0, "{}: Flesch-Kincaid grade {grade:.1}", module.id);
    }
}

const SMALL: &str = "---
id: mine
version: 1
title: Mine
serves: A1
checked: 2026-10
group: 4
templates: first-meeting, handover
---
The **gist** of it.

### More

- One
- Two

## It does show
- It helps. (Me, 2026)

## It does not show
- That it always helps. (Me (again), 2026)

## Workshop
You leave with a plan.
1. (40) Talk. In pairs.
2. (5) Close. Say one thing.

## Card
Mine
1. Ask.

## Further reading
- A book, 2026.
";

#[test]
fn a_module_is_read_into_its_parts() {
    let module = read_module("mine.md", SMALL.as_bytes()).unwrap();
    assert_eq!((module.group, module.templates.len()), (4, 2));
    let points = Block::Points(vec!["One".to_owned(), "Two".to_owned()]);
    assert_eq!(module.guide[1..], [Block::Heading("More".to_owned()), points]);
    let Block::Paragraph(first) = &module.guide[0] else { panic!("no paragraph") };
    let runs: Vec<(bool, &str)> = emphasis(first).collect();
    assert_eq!(runs, [(false, "The "), (true, "gist"), (false, " of it.")]);
    assert_eq!(module.shows[0].source, "Me, 2026");
    assert_eq!(module.workshop.steps[1].title, "Close");
    assert_eq!(module.workshop.minutes(), 45);
    assert_eq!((module.card.title.as_str(), module.card.lines[0].as_str()), ("Mine", "Ask."));
    assert_eq!(module.reading, ["A book, 2026."]);
}

#[test]
fn a_broken_module_says_which_line_to_mend() {
    for (old, new, message) in [
        (
            "serves: A1",
            "serves: A9",
            "Line 5: the aim “A9” is not known. Known: A1, A2, A3, A4, A5, P1, P2, P3.",
        ),
        (
            "checked: 2026-10",
            "checked: soon",
            "Line 6: “checked” must be a year and a month, such as 2026-10.",
        ),
        ("group: 4", "group: many", "Line 7: “group” must be a whole number from 2 to 30."),
        ("title: Mine\n", "", "The module: “title” is missing."),
        ("title: Mine", "title:", "Line 4: “title” is empty."),
        (
            "title: Mine",
            "colour: red\ntitle: Mine",
            "Line 4: the field “colour” has no meaning here. Known: id, version, title, serves, checked, group, templates.",
        ),
        ("handover", "first-meeting", "Line 8: “first-meeting” stands twice in “templates”."),
        (
            "**gist**",
            "*gist*",
            "Line 10: only headings with ###, lists with a hyphen and words between ** are known.",
        ),
        (
            "helps. (Me, 2026)",
            "helps.",
            "Line 18: this must begin with a hyphen and end with its source in brackets.",
        ),
        (
            "2. (5) Close",
            "3. (5) Close",
            "Line 26: this must be a step, such as: 2. (10) Its name. What is done.",
        ),
        ("1. Ask.", "Ask.", "Line 30: this must begin with “1. ”."),
        (
            "## Card",
            "## Cards",
            "Line 28: after the guide the headings must be, in order: It does show, It does not show, Workshop, Card, Further reading.",
        ),
        ("- A book, 2026.\n", "", "Line 32: nothing stands under “Further reading”."),
        (
            "---\nid",
            "id",
            "Line 1: the file must begin with its fields between two lines of three hyphens.",
        ),
        (
            "A book",
            "A\u{202e} book",
            "Line 33: the line holds a hidden character, U+202E. Take it out.",
        ),
    ] {
        assert!(SMALL.contains(old), "{old}");
        let error = read_module("mine.md", SMALL.replacen(old, new, 1).as_bytes()).unwrap_err();
        let FileError::Problems { problems, .. } = error else { panic!("{error}") };
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(said, [message], "{old} to {new}");
    }
}

#[test]
fn a_file_of_nothing_but_lines_gets_one_answer() {
    let error = read_module("mine.md", "- \n".repeat(300_000).as_bytes()).unwrap_err();
    assert!(error.to_string().ends_with("- The module: there are 300000 lines. The most is 500."));
}

proptest! {
    /// Whatever a few bytes are turned into, the reader gives a module or plain words.
    #[test]
    fn damaged_bytes_give_a_module_or_plain_words(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let mut bytes = SMALL.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Err(error) = read_module("mine.md", &bytes) {
            let words = error.to_string();
            prop_assert!(words.contains("mine.md") && words.contains("Nothing was changed."));
        }
    }
}
