//! Notes from other programs: what becomes of each kind of file, and what is said about it.

use std::io::{Cursor, Write as _};

use cairn::import::notes::{Format, Note, NotesError, Reading, read};
use cairn::model::{Answer, Layer};
use jiff::civil::{Date, date, time};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TODAY: Date = date(2026, 11, 24);

fn reading(format: Format, bytes: &[u8]) -> Reading {
    read(format, bytes, TODAY, false).unwrap()
}

/// All words of a note, and that nothing of it is anything but private.
fn text(note: &Note) -> String {
    let texts = note.session.items().map(|asked| {
        assert_eq!(asked.layer, Layer::Private);
        match &asked.answer {
            Some(Answer::Text(words)) => words.clone(),
            None => String::new(),
            other => panic!("{other:?}"),
        }
    });
    assert!(note.session.finished.is_some() && note.session.person.is_none());
    texts.collect::<Vec<_>>().join("\n")
}

fn titles(reading: &Reading) -> Vec<(&str, Date)> {
    reading.notes.iter().map(|note| (note.session.title.as_str(), note.session.date)).collect()
}

/// An archive with these files.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file with this body, and other parts.
pub fn word(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let mut files: Vec<(&str, &[u8])> = vec![("word/document.xml", document.as_bytes())];
    files.extend(more);
    archive(&files)
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

const STYLES: &[u8] = b"<w:styles xmlns:w=\"x\">\
    <w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
    <w:style w:styleId=\"Heading2\"><w:name w:val=\"Heading 2\"/></w:style>\
    <w:style w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style></w:styles>";

#[test]
fn a_plain_text_is_one_note_with_its_first_line_as_title() {
    let found = reading(Format::Text, b"4 March 2026: a hard night\n\nThe bleep went.\r\nTwice.");
    assert_eq!(titles(&found), [("a hard night", date(2026, 3, 4))]);
    assert_eq!(text(&found.notes[0]), "The bleep went.\nTwice.");
    assert!(found.said.is_empty(), "{:?}", found.said);

    let found = reading(Format::Text, b"Only this line");
    assert_eq!(titles(&found), [("Only this line", TODAY)]);
    assert_eq!(text(&found.notes[0]), "Only this line");
    assert_eq!(found.said, ["1 note has no date: it gets today’s."]);
    assert!(reading(Format::Text, b" \n\n ").notes.is_empty());
}

#[test]
fn text_is_read_in_the_encodings_that_editors_write() {
    let words = "Café – naïve “quotes”";
    let utf16 = |big: bool| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(words.encode_utf16());
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        units.flat_map(bytes).collect()
    };
    let bom = [b"\xef\xbb\xbf", words.as_bytes()].concat();
    for bytes in [words.as_bytes().to_vec(), bom, utf16(true), utf16(false)] {
        let found = reading(Format::Text, &bytes);
        assert_eq!(text(&found.notes[0]), words);
    }
    let found = reading(Format::Text, b"Caf\xe9 \x96 na\xefve \x93quotes\x94");
    assert_eq!(text(&found.notes[0]), words);
    assert!(found.said[0].contains("Windows-1252"), "{:?}", found.said);
    for bytes in
        [&b"\xff\xfe\x00"[..], b"\xff\xfe\x00\xd8", b"a\x00b", b"\x89PNG\r\n\x1a\n\xff\x00"]
    {
        assert_eq!(read(Format::Text, bytes, TODAY, false), Err(NotesError::NotText));
    }
}

#[test]
fn markdown_headings_with_a_date_begin_notes_and_that_is_said() {
    let file = "# Log\n\nBefore.\n\n## 2026-03-04 14:30 Ward round\n\n- one\n- two\n\n\
        ### Not a date 2026-03-05\n\nMore.\n\n```\n## 2026-01-01 in code\n```\n\n\
        ## Thursday 5th March 2026\n\nAfter.\n";
    let found = reading(Format::Markdown, file.as_bytes());
    assert_eq!(
        titles(&found),
        [
            ("Log", TODAY),
            ("Ward round", date(2026, 3, 4)),
            ("Thursday 5th March 2026", date(2026, 3, 5)),
        ]
    );
    assert_eq!(found.notes[1].session.time, Some(time(14, 30, 0, 0)));
    let ward = text(&found.notes[1]);
    assert!(ward.starts_with("- one\n- two\n\n### Not a date 2026-03-05\n\nMore."), "{ward}");
    assert!(ward.contains("## 2026-01-01 in code"));
    assert_eq!(found.said[0], "2 headings begin with a date. Each begins a note of its own.");

    let whole = read(Format::Markdown, file.as_bytes(), TODAY, true).unwrap();
    assert_eq!(titles(&whole), [("Log", TODAY)]);
    assert!(text(&whole.notes[0]).contains("## 2026-03-04 14:30 Ward round"));
    assert!(!whole.said.iter().any(|words| words.contains("begin with a date")));
}

#[test]
fn a_file_that_states_its_title_date_and_tags_is_believed() {
    let file =
        "---\ntitle: \"Bleep\"\ndate: 2025-10-01\ntags: [Nights, \"rota\"]\n---\n# Head\nText";
    let found = reading(Format::Markdown, file.as_bytes());
    assert_eq!(titles(&found), [("Bleep", date(2025, 10, 1))]);
    assert_eq!(found.notes[0].session.tags, ["nights", "rota"]);
    // Anything else between the lines is text.
    let found = reading(Format::Markdown, b"---\nlayout: post\n---\nText");
    assert!(text(&found.notes[0]).contains("layout: post"));
}

#[test]
fn word_files_keep_headings_lists_tables_footnotes_and_marks() {
    let item = |level: u8, id: u8, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr>\
             </w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let body = [
        styled("berschrift1", "3 March 2026 Supervision"),
        p("She said \u{201c}well\u{201d}, 5 \u{2013} 6 times."),
        "<w:p><w:r><w:t>super</w:t><w:softHyphen/><w:t>vision on</w:t><w:noBreakHyphen/>\
         <w:t>call</w:t><w:br/><w:t>next line</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>"
            .to_owned(),
        styled("Heading2", "Actions"),
        item(0, 1, "first"),
        item(1, 1, "inner"),
        item(0, 2, "ask"),
        item(0, 2, "tell"),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("Who"), p("When")),
        "<w:p><w:ins><w:r><w:t>kept</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText>\
         </w:r></w:del><w:r><w:drawing/></w:r></w:p>"
            .to_owned(),
        p("# not a heading"),
    ]
    .concat();
    let notes = b"<w:footnotes xmlns:w=\"x\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>A note.</w:t>\
        </w:r></w:p></w:footnote></w:footnotes>";
    let numbering = b"<w:numbering xmlns:w=\"x\"><w:abstractNum w:abstractNumId=\"7\">\
        <w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>";
    let file = word(
        &body,
        &[
            ("word/styles.xml", STYLES),
            ("word/footnotes.xml", notes),
            ("word/numbering.xml", numbering),
            ("word/comments.xml", b"<c/>"),
        ],
    );
    assert_eq!(Format::of("Notes.DOCX", &file), Some(Format::Docx));
    let found = reading(Format::Docx, &file);
    assert_eq!(titles(&found), [("Supervision", date(2026, 3, 3))]);
    let expected = "She said \u{201c}well\u{201d}, 5 \u{2013} 6 times.\n\n\
        super\u{ad}vision on\u{2011}call\nnext line[1]\n\n## Actions\n\n- first\n  - inner\n\
        1. ask\n2. tell\n\nWho | When\n\nkept\n\n# not a heading\n\n[1] A note.";
    assert_eq!(text(&found.notes[0]), expected);
    let said = found.said.join(" ");
    for words in
        ["1 passage that a tracked change took out", "1 picture or drawing", "Left out: comments."]
    {
        assert!(said.contains(words), "{said}");
    }
    assert!(!said.contains("begin with a date"), "one heading decides nothing");
}

#[test]
fn jrnl_is_read_from_its_export_and_from_its_own_text() {
    let json = br#"{"tags":{"@rota":1},"entries":[
        {"title":"Nights again.","body":"Third in a row. @rota","date":"2026-03-04","time":"22:10",
         "tags":["@rota"],"starred":false},
        {"title":"Short.","body":"","date":"2026-03-05","time":"08:00","tags":[],"starred":true},
        {"title":"Bad","body":"","date":"5/3/26","time":"","tags":[]}]}"#;
    assert_eq!(Format::of("log.json", json), Some(Format::Jrnl));
    let found = reading(Format::Jrnl, json);
    assert_eq!(titles(&found), [("Nights again.", date(2026, 3, 4)), ("Short.", date(2026, 3, 5))]);
    assert_eq!(found.notes[0].session.tags, ["rota"]);
    assert_eq!(found.said, ["Left out: 1 entry whose date can’t be read."]);

    let text_file = b"[2026-03-04 10:10:00 PM] Nights again. *\nThird in a row. @rota\n\
        2026-03-04 is in the text\n\n[2026-03-05 08:00] Short.\n";
    assert_eq!(Format::of("log.txt", text_file), Some(Format::Jrnl));
    let found = reading(Format::Jrnl, text_file);
    assert_eq!(titles(&found), [("Nights again.", date(2026, 3, 4)), ("Short.", date(2026, 3, 5))]);
    assert_eq!(found.notes[0].session.time, Some(time(22, 10, 0, 0)));
    assert_eq!(found.notes[0].session.tags, ["rota"]);
    assert!(text(&found.notes[0]).contains("2026-03-04 is in the text"));
    let old =
        reading(Format::Jrnl, b"2026-03-04 22:10 Nights\nText\n2026-03-05 no time, no entry\n");
    assert_eq!(old.notes.len(), 1);
    let other = read(Format::Jrnl, b"Just a text", TODAY, false);
    assert_eq!(other, Err(NotesError::NotThat("jrnl")));
}

const DAY_ONE: &str = r##"{"metadata":{"version":"1.0"},"entries":[
    {"uuid":"A1B2","creationDate":"2026-07-01T22:30:00Z","timeZone":"Europe\/London",
     "text":"# A long night\n\nTold Dr Osierly\\. Twice\\!\n\n![](dayone-moment:\/\/AB12)\n",
     "tags":["Nights"],"photos":[{"identifier":"AB12"}],"location":{"placeName":"Ward"},
     "starred":true},
    {"uuid":"C3D4","creationDate":"2026-07-02T08:00:00Z","timeZone":"Nowhere\/Land","text":"One line"},
    {"uuid":"E5","creationDate":"soon","text":"lost"},
    {"uuid":"F6","creationDate":"2026-07-02T08:00:00Z","timeZone":"Europe/London"}]}"##;

#[test]
fn day_one_is_read_by_itself_and_in_its_zip() {
    let zip = archive(&[("photos/ab.jpeg", &[0xff; 100]), ("Journal.json", DAY_ONE.as_bytes())]);
    assert_eq!(Format::of("journal.json", DAY_ONE.as_bytes()), Some(Format::DayOne));
    for bytes in [DAY_ONE.as_bytes(), &zip] {
        let found = reading(Format::DayOne, bytes);
        assert_eq!(
            titles(&found),
            [("A long night", date(2026, 7, 1)), ("One line", date(2026, 7, 2))]
        );
        let first = &found.notes[0];
        // British Summer Time.
        assert_eq!(first.session.time, Some(time(23, 30, 0, 0)));
        assert_eq!(first.session.source_id.as_deref(), Some("A1B2"));
        assert_eq!(first.session.tags, ["nights"]);
        assert_eq!(text(first), "Told Dr Osierly. Twice!");
        let said = found.said.join(" ");
        for words in [
            "1 entry whose date can’t be read",
            "1 picture or other file",
            "1 place or weather",
            "1 entry names no time zone",
            "1 empty note",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
}

#[test]
fn a_note_keeps_its_identity_from_one_import_to_the_next_and_doubles_are_two() {
    let ids = |bytes: &[u8], day: Date| -> Vec<String> {
        let found = read(Format::Markdown, bytes, day, false).unwrap();
        found.notes.iter().map(|note| note.session.source_id.clone().unwrap()).collect()
    };
    let file = b"# 4 March 2026\nSame\n# 4 March 2026\nSame\n# 5 March 2026\nSame\n";
    let first = ids(file, TODAY);
    assert_eq!(first, ids(file, date(2027, 1, 1)));
    assert_eq!(first.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
    // Without a date the day of the import is no part of it.
    assert_eq!(ids(b"No date", TODAY), ids(b"No date", date(2027, 1, 1)));
}

#[test]
fn a_text_longer_than_an_answer_is_kept_whole_in_several() {
    let line = "A line of forty characters, more or less.\n";
    let long = format!("Title\n\n{}", line.repeat(6_000));
    let found = reading(Format::Text, long.as_bytes());
    let note = &found.notes[0];
    assert_eq!(note.session.items().count(), 2);
    assert_eq!(text(note), line.repeat(6_000).trim_end());
    for asked in note.session.items() {
        let Some(Answer::Text(words)) = &asked.answer else { panic!() };
        assert!(words.chars().count() <= 200_000);
    }
    // What no record can hold stays out, and is said.
    let huge = reading(Format::Text, line.repeat(40_000).as_bytes());
    assert!(huge.notes.is_empty());
    assert_eq!(huge.said, ["Left out: 1 note that is too long for one record."]);
}

#[test]
fn what_nobody_can_see_stays_out_and_is_counted() {
    let found = reading(Format::Text, "Title\n\nA\u{202e}b\u{200b}c soft\u{ad}hyphen".as_bytes());
    assert_eq!(text(&found.notes[0]), "Abc soft\u{ad}hyphen");
    assert_eq!(found.said[0], "Left out: 2 characters that nobody can see.");
}

#[test]
fn a_file_of_another_kind_is_known_or_refused() {
    let kinds = [
        ("a.pdf", &b"%PDF"[..], None),
        ("a.json", b"{\"sections\":[]}", None),
        ("a.json", b"{\"entries\":[]}", None),
        ("a.md", b"# x", Some(Format::Markdown)),
        ("a.txt", b"words", Some(Format::Text)),
        ("no ending", b"words", None),
    ];
    for (name, bytes, kind) in kinds {
        assert_eq!(Format::of(name, bytes), kind, "{name}");
    }
    let refused = |format, bytes: &[u8]| read(format, bytes, TODAY, false).unwrap_err();
    assert_eq!(refused(Format::Docx, b"words"), NotesError::NotAnArchive);
    assert_eq!(refused(Format::Docx, &archive(&[("a.txt", b"x")])), NotesError::NotThat("Word"));
    assert_eq!(
        refused(Format::DayOne, &archive(&[("a.txt", b"x")])),
        NotesError::NotThat("Day One")
    );
    assert_eq!(refused(Format::DayOne, b"{}"), NotesError::NotThat("Day One"));
    assert!(matches!(refused(Format::DayOne, b"{"), NotesError::NotJson { .. }));
}

#[test]
fn a_word_file_made_to_take_for_ever_is_answered_at_once() {
    let begun = std::time::Instant::now();
    let lists = |levels: usize, nums: usize| {
        let levels = "<w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"decimal\"/></w:lvl>".repeat(levels);
        let nums: String = (0..nums)
            .map(|id| format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"0\"/></w:num>"))
            .collect();
        format!(
            "<w:numbering xmlns:w=\"x\"><w:abstractNum w:abstractNumId=\"0\">{levels}\
             </w:abstractNum>{nums}</w:numbering>"
        )
    };
    let multiplied = word(&p("Kept"), &[("word/numbering.xml", lists(50_000, 50_000).as_bytes())]);
    assert_eq!(text(&reading(Format::Docx, &multiplied).notes[0]), "Kept");

    let note = format!(
        "<w:footnotes xmlns:w=\"x\"><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        p(&"note ".repeat(50_000))
    );
    let quoted = "<w:p><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>".repeat(80_000);
    let quoted = word(&quoted, &[("word/footnotes.xml", note.as_bytes())]);
    let found = reading(Format::Docx, &quoted);
    let words: usize = found.notes.iter().map(|note| text(note).matches("note").count()).sum();
    // A word may lie across the end of an answer.
    assert!((49_990..=50_000).contains(&words), "its words stand once, however often quoted");

    let counted: String = (0..40_000)
        .map(|id| {
            format!(
                "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"{id}\"/></w:numPr>\
                 </w:pPr><w:r><w:t>i</w:t></w:r></w:p>"
            )
        })
        .collect();
    let counted = word(&counted, &[("word/numbering.xml", lists(2, 40_000).as_bytes())]);
    reading(Format::Docx, &counted);

    let crowd: String = (0..400_000).map(|at| format!(" a{at} = \"\"")).collect();
    for body in [format!("<w:p{crowd}/>"), format!("<w:p{}/>", crowd.replace(" a", " xmlns:a"))] {
        assert_eq!(read(Format::Docx, &word(&body, &[]), TODAY, false), Err(NotesError::TooMuch));
    }
    let deep: String = (0..10_000).map(|at| format!("<w:p xmlns:a{at}=\"{at}\">")).collect();
    let deep = deep + &"</w:p>".repeat(10_000);
    assert_eq!(read(Format::Docx, &word(&deep, &[]), TODAY, false), Err(NotesError::TooMuch));
    assert!(begun.elapsed().as_secs() < 60, "each of these took hours, or all memory");
}

#[test]
fn an_archive_that_sends_the_reader_to_figures_elsewhere_is_refused() {
    let sound = word(&p("Kept"), &[]);
    let end = sound.len() - 22;
    let mut sent = sound.clone();
    sent[end + 16..end + 20].fill(0xff);
    assert_eq!(read(Format::Docx, &sent, TODAY, false), Err(NotesError::NotAnArchive));
    let mut sent = sound[..end].to_vec();
    sent.extend(b"PK\x06\x07");
    sent.extend([0; 16]);
    sent.extend(&sound[end..]);
    assert_eq!(read(Format::Docx, &sent, TODAY, false), Err(NotesError::NotAnArchive));
}
