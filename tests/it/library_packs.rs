//! Packs and what a person made: passed on, taken in, and never in the place of what is there.

use cairn::library::packs::{Contents, Held, PackError, make_pack, read_pack, write_pack};
use cairn::library::{FileError, Incoming, Library, Staged, read_incoming, read_list_csv};
use cairn::model::merge::{Version, merge};
use cairn::model::{Body, Entry, Id, Journal, Kind, Own, Pack, PromptKind};
use jiff::civil::date;
use serde_json::{Value, json};

use crate::support::pack::{a_pack, assert_only_added, head};

fn library() -> Library {
    Library::built_in().unwrap()
}

fn problems(value: &Value) -> Vec<String> {
    match read_pack("w9.json", value.to_string().as_bytes(), &library()) {
        Err(FileError::Problems { problems, .. }) => {
            problems.iter().map(ToString::to_string).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn holding(bodies: Vec<Body>) -> Journal {
    let ids = (1..).map(|n| Id::new(n, 1));
    Journal::of(ids.zip(bodies).map(|(id, body)| (id, body, false)).collect())
}

#[test]
fn a_pack_is_the_same_after_it_was_passed_on() {
    let pack = a_pack();
    let text = write_pack(&pack);
    assert_eq!(read_pack("w9.json", text.as_bytes(), &library()).unwrap(), pack);
    let journal = holding(vec![Body::Pack(pack.clone())]);
    let effective = library().with(journal.own());
    // Passed on once more, out of the library of whoever took it in.
    let ids: Vec<String> =
        ["stuck-and-tangled", "exam-support"].iter().map(|id| format!("ward-nine/{id}")).collect();
    let again = make_pack(&effective, &library(), head(1), &ids).unwrap();
    assert_eq!(again, pack, "the list that it needs goes with it");
}

#[test]
fn a_pack_adds_under_its_own_name_and_replaces_nothing() {
    let before = library();
    let journal = holding(vec![Body::Pack(a_pack())]);
    let after = before.with(journal.own());
    assert_only_added(&before, &after);
    let template = after.get("ward-nine/stuck-and-tangled").unwrap();
    let asked = template.sections[0].prompts.last().unwrap();
    assert_eq!(asked.kind, PromptKind::Capability { list: "ward-nine/gpc".to_owned() });
    assert!(after.list("ward-nine/gpc").unwrap().item("W9").is_some());
    assert!(after.list("gpc").unwrap().item("W9").is_none());
    assert!(after.module("ward-nine/exam-support").is_some());
    assert_eq!(after.faults(), [], "everything named is there");
}

#[test]
fn a_persons_own_template_and_list_are_in_the_library_until_they_are_taken_out() {
    let built_in = library();
    let template = built_in.get("ten-minute-check-in").unwrap().clone();
    let gpc = built_in.list("gpc").unwrap();
    let csv = b"code,title\nA,Our own first\nB,Our own second\n";
    let list = read_list_csv("ours.csv", csv, gpc, date(2026, 11, 24)).unwrap();
    let mut journal = holding(vec![Body::Template(template.clone()), Body::List(list)]);
    let with = built_in.with(journal.own());
    let own: Vec<&str> =
        with.templates().iter().map(|it| it.id.as_str()).filter(|id| id.contains('/')).collect();
    assert_eq!(own.len(), 1);
    assert_eq!(with.get("ten-minute-check-in"), Some(&template), "the built-in one stays");
    assert_eq!(with.list("gpc").unwrap().items.len(), 2, "their own list stands for it");
    assert_eq!(with.lists().len(), built_in.lists().len());

    let now = "2026-11-24T13:42:00Z".parse().unwrap();
    for id in [own[0], "gpc"] {
        let [(record, body)] = journal.own().without(id, now).try_into().unwrap();
        journal.put(record, body);
    }
    assert_eq!(built_in.with(journal.own()), built_in);
    assert_eq!(journal.all().count(), 2, "the records stay, for their history");
}

#[test]
fn taking_a_pack_out_leaves_only_its_name() {
    let mut journal = holding(vec![Body::Pack(a_pack())]);
    let now = "2026-11-24T13:42:00Z".parse().unwrap();
    let [(record, body)] = journal.own().without("ward-nine", now).try_into().unwrap();
    assert!(body.write().unwrap().to_string().len() < 400, "nothing to use is left in it");
    journal.put(record, body);
    assert_eq!(library().with(journal.own()), library());
    // Taken in again, it goes on in the same record.
    let incoming = Incoming::Pack(Box::new(a_pack()));
    let staged = Staged::new(incoming, &library(), journal.own()).unwrap();
    assert_eq!(staged.contents().replaces, None);
    assert_eq!(staged.into_record(|| panic!("a new record")).0, record);
}

#[test]
fn the_preview_lists_every_question_heading_and_item_and_what_it_replaces() {
    let pack = a_pack();
    let held = Held { title: pack.title.clone(), by: pack.by.clone(), version: 3 };
    let shown = Contents::of(&pack, Some(&held)).to_string();
    let stranger = Held { by: "somebody@ward-ten.example".to_owned(), ..held };
    let told = Contents::of(&pack, Some(&stranger)).replaces.unwrap();
    let another =
        "“Ward nine” from somebody@ward-ten.example, version 3. It goes out of the library";
    assert!(told.contains(another), "whose is taken out is said: {told}");
    let prompts = pack.templates.iter().flat_map(|t| &t.sections).flat_map(|s| &s.prompts);
    let items = pack.lists.iter().flat_map(|list| &list.items);
    for words in prompts.map(|it| &it.text).chain(items.map(|it| &it.title)) {
        assert!(shown.contains(words.as_str()), "{words}");
    }
    for words in ["Ward nine, version 1", "education@ward-nine.example", "1 module", "is older"] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
}

#[test]
fn everything_wrong_in_a_pack_is_told_at_once_with_its_place_and_its_mend() {
    let mut value = serde_json::to_value(a_pack()).unwrap();
    let twin = value["templates"][0].clone();
    value["templates"].as_array_mut().unwrap().push(twin);
    value["templates"][0]["sections"][0]["prompts"][0]["kind"] = json!("essay");
    value["templates"][0]["sections"][0]["prompts"][0]["text"] = json!("Turn \u{202e}round");
    value["templates"][0]["colour"] = json!("red");
    value["lists"][0]["id"] = json!("other");
    value["modules"][0]["text"] = json!("no head");
    value["title"] = json!(7);
    value["id"] = json!("own");
    value["removed"] = json!("2026-11-24T13:42:00Z");
    let told = problems(&value).join("\n");
    for words in [
        "The pack: the field “removed” has no meaning here",
        "The pack: the id “own” is kept for what you make. Choose another.",
        "The pack: “title” must be text",
        "Template 1 (“stuck-and-tangled”), section 1",
        "the kind “essay” is not known",
        "a hidden character, U+202E. Take it out.",
        "Template 1 (“stuck-and-tangled”): the field “colour” has no meaning here",
        "Template 2 (“stuck-and-tangled”): the id “stuck-and-tangled” is used before in this pack",
        "Module 1 (“exam-support.md”), line 1: the file must begin",
    ] {
        assert!(told.contains(words), "{words}\nin\n{told}");
    }
}

#[test]
fn a_pack_may_name_only_what_is_in_it_or_in_cairn() {
    let mut value = serde_json::to_value(a_pack()).unwrap();
    let last = value["templates"][0]["sections"][0]["prompts"].as_array_mut().unwrap();
    last.last_mut().unwrap()["list"] = json!("elsewhere");
    let text = value["modules"][0]["text"].as_str().unwrap();
    let module = text.replacen("templates: ", "templates: no-such-talk, ", 1);
    value["modules"][0]["text"] = json!(module);
    let told = problems(&value).join("\n");
    assert!(told.contains("there is no list “elsewhere” in this pack or in Cairn. Put"), "{told}");
    assert!(
        told.contains("there is no template “no-such-talk” in this pack or in Cairn"),
        "{told}"
    );
}

#[test]
fn limits_and_packs_of_a_newer_cairn_are_told_as_such() {
    let mut value = serde_json::to_value(a_pack()).unwrap();
    let one = value["templates"][0].clone();
    let each = one["sections"].as_array().unwrap().iter();
    let each: usize = each.map(|section| section["prompts"].as_array().unwrap().len()).sum();
    let copies = 200 / each + 1;
    let named = (0..copies).map(|n| {
        let mut copy = one.clone();
        copy["id"] = json!(format!("copy-{n}"));
        copy
    });
    value["templates"] = Value::Array(named.collect());
    let told = problems(&value).join("\n");
    assert!(told.contains(&format!("there are {} prompts", copies * each)), "{told}");

    let long = "a".repeat(2001);
    let mut value = serde_json::to_value(a_pack()).unwrap();
    value["templates"][0]["sections"][0]["prompts"][0]["text"] = json!(long);
    assert!(problems(&value).join("\n").contains("2001 characters. The most is 2000"));

    let read = |text: &str| read_pack("w9.json", text.as_bytes(), &library()).unwrap_err();
    let newer = read(r#"{"cairn_pack":2,"anything":true}"#);
    assert_eq!(newer, FileError::Newer { name: "w9.json".to_owned(), found: 2 });
    assert!(newer.to_string().contains("w9.json") && newer.to_string().contains("Update Cairn"));
    assert!(matches!(read("{\"cairn_pack\":1,"), FileError::Syntax { line: 1, .. }));
    let large = " ".repeat(1024 * 1024 + 1);
    assert!(matches!(read(&large), FileError::TooLarge { .. }));
}

#[test]
fn two_computers_that_change_a_template_keep_both_changes() {
    let template = library().get("ten-minute-check-in").unwrap().clone();
    let body = |change: &dyn Fn(&mut cairn::model::Template)| {
        let mut template = template.clone();
        change(&mut template);
        Body::Template(template).write().unwrap()
    };
    let entry = |parents, body| Entry::new(Kind::Template, Id::new(1, 1), parents, body).unwrap();
    let first = entry(Vec::new(), body(&|_| {}));
    let one = entry(vec![first.rev], body(&|it| it.title = "Ten quiet minutes".to_owned()));
    let two = entry(vec![first.rev], body(&|it| it.minutes = (5, 12)));
    let all = [&first, &one, &two];
    let versions =
        all.map(|it| Version { rev: it.rev, parents: &it.parents, body: &it.body, writes: &[] });
    let merged = merge(Kind::Template, &versions, &[one.rev, two.rev]).unwrap();
    assert_eq!(merged.conflicts, []);
    let Ok(Body::Template(both)) = Body::read(Kind::Template, &merged.body) else { panic!() };
    assert_eq!((both.title.as_str(), both.minutes), ("Ten quiet minutes", (5, 12)));
    let rows = cairn::model::compare::changed(Kind::Template, &one.body, &two.body, &|_| None);
    let minutes = rows.iter().find(|row| row.name == "Minutes").unwrap();
    assert_eq!(minutes.after.as_deref(), Some("5 to 12"));
}

#[test]
fn of_one_pack_from_two_computers_the_newer_stands_once() {
    let newer = Pack { version: 2, ..a_pack() };
    let journal = holding(vec![Body::Pack(a_pack()), Body::Pack(newer), Body::Pack(a_pack())]);
    let packs: Vec<u32> = journal.own().packs().map(|(_, pack)| pack.version).collect();
    assert_eq!(packs, [2]);
    assert_eq!(library().with(journal.own()).faults(), []);
    // Taken out is out: none that stood behind it comes forward.
    let now = "2026-11-24T10:00:00Z".parse().unwrap();
    let mut journal = journal;
    for (id, body) in journal.own().without("ward-nine", now) {
        journal.put(id, body);
    }
    assert_eq!(journal.own().packs().count(), 0);
}

#[test]
fn two_lists_of_one_name_do_not_go_into_one_pack() {
    let with = |id: &str, item: &str| {
        let mut pack = Pack { id: id.to_owned(), ..a_pack() };
        pack.lists[0].items[0].title = item.to_owned();
        Body::Pack(pack)
    };
    let journal = holding(vec![with("ward-one", "Take blood"), with("ward-two", "Lead a round")]);
    let all = library().with(journal.own());
    let ids = ["ward-one", "ward-two"].map(|space| format!("{space}/stuck-and-tangled"));
    let made = make_pack(&all, &library(), head(1), &ids);
    assert!(matches!(made, Err(PackError::SameName(_))), "{made:?}");
    assert!(make_pack(&all, &library(), head(1), &ids[..1]).is_ok());
}

#[test]
fn a_file_is_known_by_what_it_holds() {
    let built_in = library();
    let read =
        |name: &str, bytes: &[u8]| read_incoming(name, bytes, &built_in, None, date(2026, 11, 24));
    let template = serde_json::to_vec(built_in.get("handover").unwrap()).unwrap();
    assert!(matches!(read("a.json", &template), Ok(Incoming::Template(_))));
    let list = serde_json::to_vec(built_in.list("oop").unwrap()).unwrap();
    assert!(matches!(read("a.json", &list), Ok(Incoming::List(_))));
    let module = built_in.module("leadership").unwrap();
    assert!(matches!(read("a.md", module.text.as_bytes()), Ok(Incoming::Module(_))));
    assert!(matches!(read("a.json", write_pack(&a_pack()).as_bytes()), Ok(Incoming::Pack(_))));
    let module = read("a.md", module.text.as_bytes()).unwrap();
    assert_eq!(Staged::new(module, &built_in, &Own::default()), None);
}
