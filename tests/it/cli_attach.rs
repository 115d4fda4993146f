//! Files attached to records, on the command line and at the desk.

use cairn::app::desk::attach::safe_name;
use cairn::model::{Body, MAX_ATTACHMENT};
use cairn::vault::Passphrase;

use crate::support::command::Terminal;
use crate::support::vault::verify;
use crate::support::world::{PASSWORD, World};

/// The first conversation of the demonstration record.
fn a_session(terminal: &Terminal) -> String {
    let rows = terminal.run(&["--json", "list", "--kind", "session"]).json();
    rows[0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn an_attached_file_comes_back_byte_for_byte_and_can_be_taken_off() {
    let terminal = Terminal::demo();
    let session = a_session(&terminal);
    let bytes: Vec<u8> = (0..=255).cycle().take(4097).collect();
    // On this system a backslash is a letter of a name; on another it leads out of the folder.
    let file = terminal.world.file("..\\..\\letter from the dean.pdf");
    std::fs::write(&file, &bytes).unwrap();
    let id = terminal.run(&["attach", &session, file.to_str().unwrap()]).fine();
    let id = id.trim();

    let shown = terminal.run(&["show", &session]).fine();
    assert!(shown.contains("Attached: letter from the dean.pdf (4097 bytes)"), "{shown}");
    let body = terminal.run(&["--json", "show", id]).json();
    assert_eq!(
        (&body["media_type"], &body["record"]),
        (&"application/pdf".into(), &session.into())
    );
    assert!(body["person"].is_string(), "it is erased with the person: {body}");

    let folder = terminal.world.file("out");
    std::fs::create_dir(&folder).unwrap();
    let out = ["show", id, "--out", folder.to_str().unwrap()];
    terminal.run(&out).fine();
    assert_eq!(std::fs::read(folder.join("letter from the dean.pdf")).unwrap(), bytes);
    let said = terminal.run(&out).refused(2);
    assert!(said.contains("There is a file with this name already"), "{said}");

    let all = terminal.world.file("all.json");
    terminal.run(&["export", "--format", "json", "--out", all.to_str().unwrap()]).fine();
    let data = body["data"].as_str().unwrap();
    assert!(std::fs::read_to_string(&all).unwrap().contains(data), "the full copy has the bytes");

    terminal.run(&["detach", id]).fine();
    let said = terminal.run(&["show", id, "--out", folder.to_str().unwrap()]).refused(2);
    assert!(said.contains("taken off"), "{said}");
    let shown = terminal.run(&["show", body["record"].as_str().unwrap()]).fine();
    assert!(!shown.contains("Attached"), "{shown}");
    terminal.run(&["verify"]).fine();
}

#[test]
fn what_cannot_be_attached_says_why_and_nothing_is_saved() {
    let terminal = Terminal::demo();
    let session = a_session(&terminal);
    let large = terminal.world.file("large.bin");
    std::fs::File::create(&large).unwrap().set_len(MAX_ATTACHMENT + 1).unwrap();
    let said = terminal.run(&["attach", &session, large.to_str().unwrap()]).refused(2);
    assert!(said.contains("10 MiB") && said.contains("Nothing was attached"), "{said}");
    let said = terminal.run(&["attach", &session, "/nowhere/file.txt"]).refused(2);
    assert!(said.contains("can’t be read"), "{said}");
    let missing = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    let said = terminal.run(&["attach", missing, large.to_str().unwrap()]).refused(2);
    assert!(said.contains("There is no record"), "{said}");
    let files = terminal.run(&["--json", "list", "--kind", "attachment"]).json();
    assert!(files.as_array().unwrap().is_empty());
}

#[test]
fn the_largest_file_fits_and_is_not_kept_in_memory() {
    let world = World::demo();
    let now = world.now().timestamp();
    let file = world.file("scan.png");
    let noise = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes()[7];
    let bytes: Vec<u8> = (0..MAX_ATTACHMENT).map(noise).collect();
    std::fs::write(&file, &bytes).unwrap();
    let mut desk = world.desk();
    assert!(desk.find(&world.dir()).unwrap());
    let opened = desk.unlock(&Passphrase::new(PASSWORD), now).unwrap();
    let record = opened.journal.all_held().next().unwrap().0;
    let (id, _) = desk.attach(record, None, &file, now).unwrap();
    assert!(verify(desk.open_vault().unwrap()).damaged.is_empty());
    desk.lock();
    // Read from the vault, then from the local snapshot.
    for _ in 0..2 {
        let mut opened = desk.unlock(&Passphrase::new(PASSWORD), now).unwrap();
        desk.fill(&mut opened.journal);
        let Some(Body::Attachment(held)) = opened.journal.get(id) else { panic!("no attachment") };
        assert_eq!((held.size, held.bytes.is_none()), (MAX_ATTACHMENT, true));
        let refused = Body::Attachment(held).write();
        assert!(refused.is_err(), "without its bytes it can't be saved over the whole one");
        assert_eq!(desk.attachment(id).unwrap().bytes.unwrap().0, bytes);
        desk.lock();
    }
}

#[test]
fn no_name_leads_out_of_a_folder_or_means_something_else() {
    for (name, safe) in [
        ("letter.pdf", "letter.pdf"),
        ("Žluťoučký kůň.txt", "Žluťoučký kůň.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\evil.exe", "evil.exe"),
        ("a\u{202e}fdp.exe", "afdp.exe"),
        ("a\nb\u{0}c.txt", "a bc.txt"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("column.csv", "column.csv"),
        (".hidden", "hidden"),
        ("~$0123456789abcdef.tmp", "0123456789abcdef.tmp"),
        ("trailing. . ", "trailing"),
        ("what? <me> | \"you\":*", "what_ _me_ _ _you___"),
        ("..", "attachment"),
        ("", "attachment"),
        (".pdf", "pdf"),
    ] {
        assert_eq!(safe_name(name), safe, "{name:?}");
        assert_eq!(safe_name(safe), safe, "once is enough");
    }
    let long = safe_name(&format!("{}.pdf", "é".repeat(300)));
    assert!(long.ends_with("é.pdf") && long.len() <= 124, "{long}");
}
