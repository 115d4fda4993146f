//! The reader of template files: a broken file says precisely what to mend, and where.

use cairn::library::{FileError, read_template};
use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};

use crate::support::prose::unwanted;

/// The smallest template that loads.
fn small() -> Value {
    json!({
        "id": "my-own", "version": 1, "title": "My own", "purpose": "Try it.",
        "form": "conversation", "situation": "coaching", "lead": "You", "minutes": [10, 20],
        "sections": [
            { "title": "So far", "prompts": [
                { "id": "proud", "text": "What went well?", "layer": "shared", "kind": "text" },
                { "id": "gaps", "text": "How big is it?", "layer": "supervisor",
                  "kind": "scale", "from": 0, "to": 10, "low": "Small", "high": "Big" }
            ] },
            { "title": "Next", "prompts": [
                { "id": "pick", "text": "Which one?", "layer": "shared",
                  "kind": "choice", "options": ["This", "That"] },
                { "id": "ready", "text": "What is ready?", "layer": "shared",
                  "kind": "checklist", "items": ["Form R"] }
            ] }
        ]
    })
}

/// What the reader says about `small` with one place set to another value; `null` takes the
/// field out.
fn problems_with(pointer: &str, value: Value) -> Vec<String> {
    let mut template = small();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = template.pointer_mut(parent).unwrap();
    match parent {
        Value::Object(object) if value.is_null() => drop(object.remove(key)),
        Value::Object(object) => drop(object.insert(key.to_owned(), value)),
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value,
        _ => panic!("{pointer} has no parent"),
    }
    problems_of(&template)
}

fn problems_of(template: &Value) -> Vec<String> {
    match read_template("my-own.json", template.to_string().as_bytes()) {
        Ok(_) => Vec::new(),
        Err(FileError::Problems { problems, .. }) => {
            problems.iter().map(ToString::to_string).collect()
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_template_of_ones_own_loads_and_keeps_fields_it_does_not_know() {
    let mut template = small();
    template["colour"] = json!("heather");
    let read = read_template("my-own.json", template.to_string().as_bytes()).unwrap();
    assert_eq!(read.prompt_count(), 4);
    assert_eq!(serde_json::to_value(&read).unwrap()["colour"], json!("heather"));
}

#[test]
fn a_broken_template_says_precisely_what_to_mend() {
    let so_far = "Section 1 “So far”, prompt 1 (“proud”)";
    let scale = "Section 1 “So far”, prompt 2 (“gaps”)";
    let choice = "Section 2 “Next”, prompt 1 (“pick”)";
    let list = "Section 2 “Next”, prompt 2 (“ready”)";
    let table: Vec<(&str, Value, String)> = vec![
        (
            "/sections/0/prompts/1/kind",
            json!("slider"),
            format!(
                "{scale}: the kind “slider” is not known. \
                 Known kinds: text, scale, choice, date, checklist, evidence, capability, \
                 person, action."
            ),
        ),
        (
            "/sections/0/prompts/0/layer",
            json!("arcp"),
            format!(
                "{so_far}: “For the ARCP” cannot be a prompt’s layer. A line gets there only when \
                 someone offers it. Use shared, private, supervisor or doctor."
            ),
        ),
        (
            "/sections/0/prompts/0/layer",
            json!("everyone"),
            format!(
                "{so_far}: the layer “everyone” is not known. \
                 Known layers: shared, private, supervisor, doctor."
            ),
        ),
        ("/title", Value::Null, "The template: “title” is missing.".to_owned()),
        ("/title", json!("  "), "The template: “title” is empty.".to_owned()),
        ("/title", json!(7), "The template: “title” must be text, in quotation marks.".to_owned()),
        (
            "/title",
            json!("x".repeat(121)),
            "The template: “title” has 121 characters. The most is 120.".to_owned(),
        ),
        (
            "/id",
            json!("My Own"),
            "The template: the id “My Own” may hold only the letters a to z, digits and hyphens."
                .to_owned(),
        ),
        (
            "/version",
            json!(0),
            "The template: “version” must be a whole number from 1 to 4294967295.".to_owned(),
        ),
        (
            "/minutes",
            json!([40, 30]),
            "The template: “minutes” runs backwards: 40 comes before 30. Put the shortest first."
                .to_owned(),
        ),
        (
            "/minutes",
            json!("half an hour"),
            "The template: “minutes” must be two whole numbers, such as [30, 40].".to_owned(),
        ),
        (
            "/minutes",
            json!([0, 30]),
            "The template: “minutes” must lie between 1 and 480.".to_owned(),
        ),
        (
            "/form",
            json!("chat"),
            "The template: the form “chat” is not known. Known forms: conversation, reflection."
                .to_owned(),
        ),
        (
            "/aims",
            json!(["A9"]),
            "The template: the aim “A9” is not known. Known: A1, A2, A3, A4, A5, P1, P2, P3."
                .to_owned(),
        ),
        ("/sections", json!([]), "The template: a template needs at least one section.".to_owned()),
        ("/sections", json!({}), "The template: “sections” must be a list, in [ and ].".to_owned()),
        (
            "/sections/1",
            json!({ "title": "Next", "prompts": [] }),
            "Section 2 “Next”: a section needs at least one prompt.".to_owned(),
        ),
        (
            "/sections/1",
            json!("Next"),
            "Section 2: this must be a JSON object, in { and }.".to_owned(),
        ),
        ("/sections/0/title", Value::Null, "Section 1: “title” is missing.".to_owned()),
        (
            "/sections/0/prompts/0/id",
            Value::Null,
            "Section 1 “So far”, prompt 1: “id” is missing.".to_owned(),
        ),
        (
            "/sections/1/prompts/0/id",
            json!("gaps"),
            format!(
                "Section 2 “Next”, prompt 1 (“gaps”): this id is used before, in: {scale}. \
                 Choose another."
            ),
        ),
        ("/sections/0/prompts/0/text", json!(""), format!("{so_far}: “text” is empty.")),
        (
            "/sections/0/prompts/0/text",
            json!("x".repeat(2001)),
            format!("{so_far}: “text” has 2001 characters. The most is 2000."),
        ),
        (
            "/sections/0/prompts/0/kind",
            json!("capability"),
            format!("{so_far}: “list” is missing."),
        ),
        (
            "/moments",
            json!("A doctor failed an exam"),
            "The template: “moments” must be a list, in [ and ].".to_owned(),
        ),
        (
            "/sections/0/prompts/0/phrase",
            json!(["And what else?"]),
            format!(
                "{so_far}: the field “phrase” has no meaning here. \
                 Known: id, text, why, phrases, layer, hidden, kind."
            ),
        ),
        (
            "/sections/0/prompts/1/to",
            json!(0),
            format!(
                "{scale}: the scale must rise: “from” is 0 and “to” is 0. Make “to” the higher."
            ),
        ),
        (
            "/sections/0/prompts/1/to",
            json!(101),
            format!("{scale}: “to” must be a whole number from 0 to 100."),
        ),
        (
            "/sections/0/prompts/1/from",
            json!(0.5),
            format!("{scale}: “from” must be a whole number from 0 to 100."),
        ),
        ("/sections/0/prompts/1/low", Value::Null, format!("{scale}: “low” is missing.")),
        (
            "/sections/1/prompts/0/options",
            json!(["This"]),
            format!("{choice}: a choice needs at least 2 options."),
        ),
        (
            "/sections/1/prompts/0/options",
            json!(["This", "This"]),
            format!("{choice}: “This” stands twice in “options”."),
        ),
        (
            "/sections/1/prompts/0/options",
            json!(["This", " "]),
            format!("{choice}: entry 2 of “options” is empty."),
        ),
        ("/sections/1/prompts/0/options", Value::Null, format!("{choice}: “options” is missing.")),
        (
            "/sections/1/prompts/0/many",
            json!("yes"),
            format!("{choice}: “many” must be true or false."),
        ),
        (
            "/sections/1/prompts/0/hidden",
            json!(1),
            format!("{choice}: “hidden” must be true or false."),
        ),
        (
            "/sections/1/prompts/1/items",
            json!([]),
            format!("{list}: a checklist needs at least one item."),
        ),
        (
            "/purpose",
            json!("Nothing to\u{202e}see"),
            "The template: “purpose” holds a hidden character, U+202E. Take it out.".to_owned(),
        ),
        (
            "/purpose",
            json!("Ring\u{7}"),
            "The template: “purpose” holds a hidden character, U+0007. Take it out.".to_owned(),
        ),
    ];
    for (pointer, value, message) in table {
        assert_eq!(problems_with(pointer, value), [message], "{pointer}");
    }
}

#[test]
fn all_problems_are_listed_at_once() {
    let mut template = small();
    template["minutes"] = json!([40, 30]);
    template["sections"][0]["prompts"][0]["kind"] = json!("slider");
    template["sections"][1]["prompts"][0]["text"] = json!("");
    let error = read_template("my-own.json", template.to_string().as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The template my-own.json cannot be used yet. Nothing was changed. \
         Mend what is listed, then open it again.\n\
         - The template: “minutes” runs backwards: 40 comes before 30. Put the shortest first.\n\
         - Section 1 “So far”, prompt 1 (“proud”): the kind “slider” is not known. \
         Known kinds: text, scale, choice, date, checklist, evidence, capability, \
                 person, action.\n\
         - Section 2 “Next”, prompt 1 (“pick”): “text” is empty."
    );
}

#[test]
fn words_from_the_file_are_short_and_harmless_in_a_message() {
    let id = format!("\u{202e}{}", "long".repeat(20));
    let problems = problems_with("/sections/0/prompts/0/id", json!(id));
    assert!(problems[0].starts_with("Section 1 “So far”, prompt 1 (“\u{fffd}longlong"));
    assert!(problems.iter().all(|p| !p.contains('\u{202e}') && p.chars().count() < 200));
}

#[test]
fn too_many_sections_and_prompts_are_refused() {
    let section = |s: usize, prompts: usize| {
        let prompts: Vec<Value> = (0..prompts)
            .map(|p| {
                json!({ "id": format!("p{s}-{p}"), "text": "What?", "layer": "shared", "kind": "text" })
            })
            .collect();
        json!({ "title": "Part", "prompts": prompts })
    };
    let mut template = small();
    template["sections"] = (0..21).map(|s| section(s, 1)).collect();
    assert_eq!(
        problems_of(&template),
        ["The template: “sections” has 21 entries. The most is 20."]
    );
    template["sections"] = (0..4).map(|s| section(s, 50)).collect();
    assert_eq!(problems_of(&template), [""; 0]);
    template["sections"] = (0..4).map(|s| section(s, 51)).collect();
    assert_eq!(
        problems_of(&template),
        ["The template: there are 204 prompts. The most is 200. Take some out."]
    );
}

#[test]
fn a_file_that_is_no_template_at_all_says_so() {
    let read = |bytes: &[u8]| read_template("notes.json", bytes).unwrap_err().to_string();
    assert_eq!(
        read(b"{\n  \"id\": \"x\"\n  \"version\": 1\n}"),
        "The file notes.json cannot be read as JSON. At line 3, column 3: expected `,` or `}`. \
         Nothing was changed. Mend that place, then open it again."
    );
    assert_eq!(
        read(b"one\ntwo\n\xff\xfe"),
        "The file notes.json is not plain text (UTF-8): line 3 holds something else. \
         Nothing was changed. Save it again as UTF-8, then open it once more."
    );
    assert_eq!(
        read(&vec![b' '; 1024 * 1024 + 1]),
        "The file notes.json is too large for a template: 1048577 bytes, and the most is 1048576. \
         Nothing was changed. Check that it is the file you meant."
    );
    assert!(
        read(b"[]").ends_with("- The template: the file must hold one JSON object, in { and }.")
    );
    let deep = "[".repeat(10_000);
    assert!(read(deep.as_bytes()).contains("too many brackets inside each other"));
    assert_eq!(
        read("[".repeat(100_000).as_bytes()),
        "The file notes.json holds more than any template: the most is 20000 values. \
         Nothing was changed. Check that it is the file you meant."
    );
}

#[test]
fn mistakes_in_json_are_told_in_plain_words() {
    let table = [
        ("{\"id\": \"x\"", "line 1, column 10: the file ends too early"),
        ("{\"id\": \"x\",}", "line 1, column 12: there is a comma too many"),
        ("{}\n{}", "line 2, column 1: there is more text after the end"),
        ("{\"id\": x}", "line 1, column 8: a value is missing, or is not in quotation marks"),
        ("{id: 1}", "line 1, column 2: a name is missing, or is not in quotation marks"),
        (
            "{\"id\": \"a\nb\"}",
            "line 2, column 1: a line break or a hidden character stands inside quotation marks",
        ),
        (
            "{\"id\": \"\\d\"}",
            "line 1, column 10: a backslash stands before a character it does not go with",
        ),
        ("{\"id\": 1.}", "line 1, column 10: wrong number"),
    ];
    for (text, words) in table {
        let error = read_template("notes.json", text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(&format!("At {words}. Nothing was changed.")), "{error}");
    }
}

proptest! {
    /// Whatever a few bytes are turned into, the reader gives a template that can be written
    /// and read again, or plain words.
    #[test]
    fn damaged_bytes_give_a_template_or_plain_words(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let mut bytes = small().to_string().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        match read_template("my-own.json", &bytes) {
            Ok(template) => {
                let text = serde_json::to_string(&template).unwrap();
                prop_assert_eq!(read_template("again.json", text.as_bytes()), Ok(template));
            }
            Err(error) => {
                let words = error.to_string();
                // What is quoted are the words of the file.
                let own: String = words.split('“').map(|part| part.split_once('”').map_or(part, |(_, own)| own)).collect();
                prop_assert_eq!(unwanted(&own), None, "{}", words);
                prop_assert!(words.contains("Nothing was changed."), "{}", words);
            }
        }
    }
}

#[test]
fn a_byte_order_mark_is_no_obstacle() {
    let text = format!("\u{feff}{}", small());
    assert_eq!(read_template("my-own.json", text.as_bytes()).unwrap().id, "my-own");
}
