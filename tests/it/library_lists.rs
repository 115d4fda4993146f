//! Reference lists: those that ship are sound and dated, and a person's own CSV can stand in
//! their place.

use cairn::library::{FileError, Library, ReferenceList, read_list, read_list_csv};
use jiff::civil::date;
use serde_json::{Value, json};

use crate::support::prose::{grade, sentences};

fn library() -> Library {
    Library::built_in().expect("built-in lists load")
}

/// Texts in our own words. Titles and groups are official names, sources are citations.
fn own_words(list: &ReferenceList) -> Vec<&str> {
    let items = list.items.iter().flat_map(|item| [&item.about, &item.unsure]);
    let all = [&list.about, &list.unsure].into_iter().chain(items);
    all.map(String::as_str).filter(|text| !text.is_empty()).collect()
}

#[test]
fn the_lists_that_the_programmes_need_are_there_in_full() {
    let library = library();
    for (id, items) in [
        ("gpc", 9),
        ("foundation", 13),
        ("gp", 13),
        ("imt", 14),
        ("surgery", 14),
        ("oop", 5),
        ("support-levels", 4),
        ("aome", 7),
    ] {
        assert_eq!(library.list(id).map(|list| list.items.len()), Some(items), "{id}");
    }
    for id in ["gmp", "arcp-outcomes", "arcp-reasons", "exams", "ltft", "form-r", "stages"] {
        assert!(library.list(id).is_some_and(|list| list.items.len() > 2), "{id}");
    }
    let outcomes = library.list("arcp-outcomes").unwrap();
    for code in ["1", "2", "3", "4", "5", "6", "7.1", "8", "9"] {
        assert!(outcomes.item(code).is_some(), "outcome {code}");
    }
    assert_eq!(outcomes.item("3").unwrap().group, "In a training programme");
}

#[test]
fn every_list_is_dated_sourced_and_says_what_is_unsure() {
    let library = library();
    for list in library.lists() {
        let id = &list.id;
        assert_eq!(list.checked, "2026-10", "{id}");
        for source in &list.sources {
            let year = source.split(|c: char| !c.is_ascii_digit()).any(|word| word.len() == 4);
            let note = ["date not checked", "not read", "database files"];
            assert!(year || note.iter().any(|note| source.contains(note)), "{id}: {source}");
        }
        let groups = list.items.iter().filter(|item| !item.group.is_empty()).count();
        assert!(groups == 0 || groups == list.items.len(), "{id}: groups in some items only");
        for text in own_words(list) {
            for sentence in sentences(text) {
                let words = sentence.split_whitespace().count();
                assert!(words <= 20, "{id}: {words} words: {sentence}");
            }
        }
        let grade = grade(own_words(list).into_iter());
        assert!(grade <= 8.0, "{id}: Flesch-Kincaid grade {grade:.1}");
    }
    let unsure = library.lists().iter().flat_map(|list| &list.items);
    assert!(unsure.filter(|item| !item.unsure.is_empty()).count() > 20, "doubts are kept");
}

fn small() -> Value {
    json!({
        "id": "mine", "version": 1, "title": "Mine", "about": "My own.", "checked": "2026-10",
        "sources": ["Me, 2026"],
        "items": [{ "code": "1", "title": "One" }, { "code": "2a", "title": "Two" }]
    })
}

#[test]
fn a_broken_list_says_precisely_what_to_mend() {
    for (pointer, value, message) in [
        (
            "/checked",
            json!("October"),
            "The list: “checked” must be a year and a month, such as 2026-10.",
        ),
        ("/sources", json!([]), "The list: a list needs at least one source."),
        ("/items", json!([]), "The list: a list needs at least one item."),
        ("/items/1", json!(2), "Item 2: this must be a JSON object, in { and }."),
        ("/items/1/title", json!(""), "Item 2 (“2a”): “title” is empty."),
        (
            "/items/0/code",
            json!("2A"),
            "Item 2 (“2a”): this code is used before, in: Item 1 (“2A”). Choose another.",
        ),
    ] {
        let mut list = small();
        *list.pointer_mut(pointer).unwrap() = value;
        let error = read_list("mine.json", list.to_string().as_bytes()).unwrap_err();
        let FileError::Problems { problems, .. } = error else { panic!("{error}") };
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(said, [message], "{pointer}");
    }
    let list = read_list("mine.json", small().to_string().as_bytes()).unwrap();
    assert_eq!(serde_json::to_value(&list).unwrap(), small(), "nothing is lost or added");
}

fn own(csv: &str) -> Result<ReferenceList, FileError> {
    let library = library();
    let list = library.list("exams").unwrap();
    read_list_csv("exams.csv", csv.as_bytes(), list, date(2026, 11, 3))
}

#[test]
fn a_csv_of_ones_own_stands_in_the_place_of_a_list() {
    let mut library = library();
    let list = own("\u{feff}Title,Group\n\"Part A, written\",College X\r\nPart B,\n").unwrap();
    assert_eq!(
        (list.items[0].code.as_str(), list.items[0].title.as_str()),
        ("1", "Part A, written")
    );
    assert_eq!(list.items[1].group, "");
    assert_eq!(
        (list.checked.as_str(), list.sources[0].as_str()),
        ("2026-11", "The owner’s own file")
    );
    let again = read_list("again.json", serde_json::to_string(&list).unwrap().as_bytes());
    assert_eq!(again.as_ref(), Ok(&list), "it obeys the rules of every list");
    assert!(library.replace_list(list.clone()));
    assert_eq!(library.list("exams"), Some(&list));
    assert_eq!(library.faults(), []);
}

#[test]
fn a_broken_csv_says_which_line_to_mend() {
    let problems = |csv: &str| match own(csv) {
        Err(FileError::Problems { problems, .. }) => {
            problems.iter().map(ToString::to_string).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(
        problems("name\nPart A\n"),
        [
            "Line 1: the column “name” has no meaning here. \
             Known: code, title, about, group, unsure.",
            "Line 1: the first row must name the columns, and one must be “title”.",
        ]
    );
    let wrong = "code,title\na,One\nA,Two\nb,\nc,Three,four\n";
    for csv in [wrong.to_owned(), wrong.replace('\n', "\r\n")] {
        assert_eq!(
            problems(&csv),
            [
                "Line 3: this code is used before, in: Line 2. Choose another.",
                "Line 4: “title” is empty.",
                "Line 5: there are more fields than columns. Put words with a comma in quotes.",
            ]
        );
    }
    assert_eq!(
        problems(&format!("title\n{}", "A\n".repeat(500_000))),
        ["The list: there are too many rows. The most is 1000."]
    );
    assert_eq!(problems(&",".repeat(1_000_000)).len(), 1, "one word is enough");
    assert_eq!(problems("title\n"), ["The list: a list needs at least one row below its first."]);
    assert_eq!(problems("title\nA\u{202e}b\n").len(), 1, "hidden characters are told");
}
