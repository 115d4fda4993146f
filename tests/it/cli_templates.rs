//! The library on the command line, and what the window has of it.

use cairn::app::Action;
use cairn::app::action::DoorAction;
use cairn::app::draft::Change;
use cairn::library::Library;
use cairn::model::{Body, Id, PromptKind};
use cairn::vault::Passphrase;

use crate::export_summary::files::with_tool;
use crate::support::command::Terminal;
use crate::support::pack::a_pack;
use crate::support::world::PASSWORD;

#[test]
fn a_stranger_makes_a_pack_and_another_checks_takes_in_and_removes_it() {
    let terminal = Terminal::demo();
    let file = terminal.world.file("ward.json");
    let file = file.to_str().unwrap();
    let make = ["templates", "export", "--out", file, "--name", "ward", "--title", "Our ward"];
    let made = [&make[..], &["handover", "module:leadership", "oop"]].concat();
    // Neither needs a record.
    assert!(terminal.bare(&made, b"").fine().contains("Our ward, version 1"));
    assert!(terminal.bare(&["templates", "check", file], b"").fine().contains("a sound pack"));

    let preview = terminal.run(&["templates", "import", file]).fine();
    assert!(preview.contains("1 template") && preview.contains("Licence: CC BY 4.0"), "{preview}");
    let own = ["--json", "templates", "list", "--own"];
    let count = |terminal: &Terminal| terminal.run(&own).json().as_array().unwrap().len();
    let before = count(&terminal);
    terminal.run(&["templates", "import", file, "--apply"]).fine();
    assert_eq!(count(&terminal), before + 3);
    let again = terminal.run(&["templates", "import", file, "--apply"]).fine();
    assert!(again.contains("You have version 1 of this"), "{again}");
    assert_eq!(count(&terminal), before + 3);
    let shown = terminal.run(&["templates", "show", "ward/handover"]).fine();
    assert!(shown.contains("[Shared]"), "{shown}");

    terminal.run(&["templates", "remove", "ward"]).fine();
    assert_eq!(count(&terminal), before);
    let said = terminal.run(&["templates", "remove", "ward"]).refused(2);
    assert!(said.contains("You added no pack, template or list ward"), "{said}");
    terminal.run(&["verify"]).fine();
}

#[test]
fn nothing_of_a_faulty_file_is_taken_in_and_the_message_says_what_to_mend() {
    let terminal = Terminal::demo();
    let file = terminal.world.file("w9.json");
    let mut value = serde_json::to_value(a_pack()).unwrap();
    value["lists"][0]["items"][2]["title"] = "".into();
    std::fs::write(&file, value.to_string()).unwrap();
    let file = file.to_str().unwrap();
    for arguments in [&["templates", "check", file][..], &["templates", "import", file, "--apply"]]
    {
        let said = terminal.run(arguments).refused(2);
        for words in
            ["w9.json", "List 1 (“gpc”), item 3", "“title” is empty", "Nothing was changed"]
        {
            assert!(said.contains(words), "{words} in {said}");
        }
    }
    let all = terminal.run(&["--json", "templates", "list", "--own"]).json();
    let all = all.as_array().unwrap();
    assert!(all.iter().all(|row| !row["id"].as_str().unwrap().contains('/')));
    assert_eq!(terminal.run(&["templates", "show", "no-such"]).code, 2);
    assert_eq!(terminal.run(&["templates", "import", file, "--list", "gpc"]).code, 64);
}

#[test]
fn a_list_of_ones_own_takes_the_place_of_a_built_in_one() {
    let terminal = Terminal::demo();
    let file = terminal.world.file("ours.csv");
    std::fs::write(&file, "code,title\nX,Ours alone\n").unwrap();
    let import = ["templates", "import", file.to_str().unwrap(), "--list", "oop", "--apply"];
    terminal.run(&import).fine();
    let own = terminal.run(&["--json", "list", "--kind", "list"]).json();
    assert_eq!(own.as_array().unwrap().len(), 1);

    // Only with --own is the record opened, and then the list is one's own everywhere.
    let built_in = terminal.bare(&["templates", "show", "oop"], b"").fine();
    assert!(!built_in.contains("Ours alone"));
    let shown = terminal.run(&["templates", "show", "--own", "oop"]).fine();
    assert!(shown.contains("Ours alone"), "{shown}");
    let pack = terminal.world.file("pack.json");
    let pack = pack.to_str().unwrap();
    let export = ["templates", "export", "--own", "--out", pack, "--name", "x", "--title", "X"];
    terminal.run(&[&export[..], &["list:oop"]].concat()).fine();
    assert!(std::fs::read_to_string(pack).unwrap().contains("Ours alone"));
    // A page that has the list on it has one's own items.
    let asks_for =
        |kind: &PromptKind| matches!(kind, PromptKind::Capability { list } if list == "gpc");
    let library = Library::built_in().unwrap();
    let asking = library.templates().iter().find(|template| {
        template.sections.iter().flat_map(|part| &part.prompts).any(|it| asks_for(&it.kind))
    });
    if let Some(template) = asking {
        let file = file.with_file_name("gpc.csv");
        std::fs::write(&file, "code,title\nY,Zephyrquill\n").unwrap();
        let import = ["templates", "import", file.to_str().unwrap(), "--list", "gpc", "--apply"];
        terminal.run(&import).fine();
        let page = terminal.world.file("page.pdf");
        let print = ["templates", "print", "--own", &template.id, "--out", page.to_str().unwrap()];
        terminal.run(&print).fine();
        let words = with_tool("pdftotext", &[], &["-"], &std::fs::read(&page).unwrap());
        assert!(words.is_none_or(|words| words.contains("Zephyrquill")));
    }
    let removed = terminal.run(&["--json", "templates", "remove", "oop"]).json();
    assert_eq!(removed["removed"], "oop");
}

#[test]
fn a_list_is_shown_with_what_is_unsure_in_it_and_where_it_comes_from() {
    let terminal = Terminal::empty();
    let library = Library::built_in().unwrap();
    for list in library.lists() {
        let shown = terminal.bare(&["templates", "show", &list.id], b"").fine();
        let items = list.items.iter().flat_map(|item| [&item.about, &item.unsure]);
        for words in items.chain(&list.sources).chain([&list.unsure, &list.about]) {
            assert!(shown.contains(words), "{}: {words}", list.id);
        }
    }
}

#[test]
fn every_command_of_the_library_answers_programs_in_json() {
    let terminal = Terminal::demo();
    let files = ["pack.json", "page.pdf", "bad.json"].map(|name| terminal.world.file(name));
    let [pack, page, bad] = files.each_ref().map(|file| file.to_str().unwrap());
    std::fs::write(bad, "{}").unwrap();
    let json = |arguments: &[&str]| terminal.run(&[&["--json", "templates"], arguments].concat());
    let export = ["export", "--out", pack, "--name", "x", "--title", "X", "handover"];
    assert_eq!(json(&export).json()["file"], pack);
    assert_eq!(json(&["print", "handover", "--out", page]).json()["file"], page);
    let import = json(&["import", pack, "--apply"]).json();
    assert_eq!(import["taken_in"], true);
    assert!(import["contents"].as_str().unwrap().contains("1 template"));
    let checked = json(&["check", pack, bad]);
    assert_eq!(checked.code, 2, "{}", checked.err);
    let checked: serde_json::Value = serde_json::from_str(&checked.out).unwrap();
    assert_eq!((&checked[0]["sort"], &checked[0]["fault"]), (&"pack".into(), &().into()));
    assert!(checked[1]["fault"].as_str().unwrap().contains("bad.json"), "{checked}");
}

#[test]
fn the_window_has_a_pack_while_the_record_is_open_and_forgets_it_at_the_lock() {
    let terminal = Terminal::demo();
    let mut app = terminal.world.app();
    let unlock = |app: &mut cairn::app::App| {
        app.inputs.door.password = PASSWORD.to_owned();
        app.act(vec![Action::Door(DoorAction::Unlock)]);
        assert!(app.state.open().is_some());
    };
    unlock(&mut app);
    let id = "ward-nine/stuck-and-tangled";
    assert!(app.state.library.get(id).is_none());
    let mut elsewhere = terminal.world.desk_elsewhere();
    elsewhere.find(&terminal.world.dir()).unwrap();
    let now = terminal.world.now().timestamp();
    elsewhere.unlock(&Passphrase::new(PASSWORD), now).unwrap();
    let change = Change { id: Id::new(1, 1), body: Body::Pack(a_pack()) };
    elsewhere.save(&[change], now).unwrap();
    app.ask(cairn::app::Job::Look);
    assert!(app.state.library.get(id).is_some(), "it came from another computer");
    let library = std::sync::Arc::clone(&app.state.library);
    app.tick(true);
    assert!(std::sync::Arc::ptr_eq(&library, &app.state.library), "not made anew each frame");

    let person = app.state.open().unwrap().journal.people().first().map(|(id, _)| *id);
    let start = cairn::app::action::SessionAction::Start { template: id.to_owned(), person };
    app.act(vec![Action::Session(start)]);
    let asked = app.inputs.draft.as_ref().unwrap().session.items().count();
    assert!(asked > 2);
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.place = "the office".to_owned();
    draft.touched = true;
    app.act(vec![Action::Lock]);
    assert_eq!(*app.state.library, Library::built_in().unwrap());
    terminal.run(&["templates", "remove", "ward-nine"]).fine();
    unlock(&mut app);
    assert!(app.state.library.get(id).is_none());
    let journal = &app.state.open().unwrap().journal;
    let (_, held) = journal.all_held().find(|(_, held)| held.session.template.id == id).unwrap();
    assert_eq!(held.session.items().count(), asked, "what was asked stays readable");
}

#[test]
fn every_template_prints_as_a_page_and_a_card_with_its_words() {
    use cairn::export::blank::{Blank, WalletCard};
    use cairn::export::pdf::{render_blank, render_card};
    let library = Library::built_in().unwrap();
    let day = jiff::civil::date(2026, 11, 24);
    let text = |pdf: &[u8]| {
        let words = with_tool("pdftotext", &["-raw"], &["-"], pdf)?;
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let sound = |pdf: &[u8]| {
        if let Some(report) = with_tool("qpdf", &["--check"], &[], pdf) {
            assert!(report.contains("No syntax or stream encoding errors"), "{report}");
        }
    };
    for (at, template) in library.templates().iter().enumerate() {
        let page = render_blank(&Blank::new(template, |id| library.list(id)), day).unwrap();
        let card = render_card(&WalletCard::of(template), day).unwrap();
        // The tools take longer than the pages: a few stand for all.
        if at % 10 != 0 {
            continue;
        }
        sound(&page);
        sound(&card);
        let Some(words) = text(&page) else { continue };
        let prompts = template.sections.iter().flat_map(|section| &section.prompts);
        for said in prompts.map(|it| &it.text).chain([&template.purpose, &template.if_it_turns]) {
            let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(&said), "{}: {said}\nin\n{words}", template.id);
        }
    }
    for module in library.modules() {
        let card = WalletCard::numbered(&module.card.title, &module.card.lines);
        let card = render_card(&card, day).unwrap();
        if let Some(words) = text(&card) {
            assert!(words.contains(&module.card.title));
        }
    }
}
