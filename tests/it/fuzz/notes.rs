//! Notes of other programs: whatever a file holds, what comes of it is private, fits into a record
//! and shows nothing that nobody could see.

use cairn::import::notes::{Format, read};
use cairn::model::clean::is_hidden;
use cairn::model::{Answer, Body, Entry, Id, Layer};
use jiff::civil::date;

use super::driver::{Fuzz, Verdict};
use crate::import_notes::{archive, word};

const WORDS: &[&str] = &[
    "# 2026-03-04 ",
    "## 4 March 2026",
    "---\n",
    "title: ",
    "[2026-03-04 10:10 PM] ",
    "```",
    "PK\u{1}\u{2}",
    "\"entries\":[",
    "\"creationDate\":\"2026-07-01T08:00:00Z\"",
    "\"timeZone\":\"Europe/London\"",
    "\"uuid\":",
    "\"date\":\"2026-02-30\"",
    "\\",
    "<w:p>",
    "</w:p>",
    "<w:tbl>",
    "<w:del>",
    "<w:t>",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "&a;",
    "&#x202e;",
    "\u{202e}",
    "\u{ad}",
    "\u{301}",
    "\n",
    "\0",
    "w:numId",
    "w:val=\"9\"",
];

/// Files of every kind; the first byte of an input says as which it is read.
pub fn notes() -> Fuzz {
    let body = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>\
        <w:r><w:t>one</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc>\
        </w:tr></w:tbl><w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>";
    let dayone = "{\"entries\":[{\"uuid\":\"A\",\"creationDate\":\"2026-07-01T22:30:00Z\",\
        \"timeZone\":\"Europe/London\",\"text\":\"# T\\n\\nWords\\\\.\",\"tags\":[\"a\"]}]}";
    let files: [(u8, Vec<u8>); 7] = [
        (0, b"4 March 2026: title\n\nText.".to_vec()),
        (1, b"---\ntitle: x\n---\n# 2026-03-04 A\n\n- b\n# 4 March 2027\n```\n# c\n```\n".to_vec()),
        (2, word(body, &[])),
        (3, b"[2026-03-04 10:10:00 PM] Title. *\nText @tag\n[2026-03-05] B\n".to_vec()),
        (3, b"{\"entries\":[{\"title\":\"T\",\"body\":\"B\",\"date\":\"2026-03-04\"}]}".to_vec()),
        (4, dayone.as_bytes().to_vec()),
        (4, archive(&[("Journal.json", dayone.as_bytes())])),
    ];
    let seeds = files.into_iter().map(|(kind, bytes)| [vec![kind], bytes].concat()).collect();
    let check = |input: &[u8]| {
        let Some((kind, bytes)) = input.split_first() else { return Verdict::Refused };
        let format = Format::ALL[usize::from(*kind) % Format::ALL.len()];
        for name in ["a.txt", "a.json", "a.md"] {
            let _ = Format::of(name, bytes);
        }
        let today = date(2026, 11, 24);
        let reading = match read(format, bytes, today, kind & 0x80 != 0) {
            Ok(reading) => reading,
            Err(error) => {
                assert!(error.to_string().len() < 4096);
                return Verdict::Refused;
            }
        };
        for note in &reading.notes {
            assert!(note.session.items().all(|asked| asked.layer == Layer::Private));
            assert!(note.session.source_id.is_some() && note.session.person.is_none());
            for text in note.session.items().filter_map(|asked| match &asked.answer {
                Some(Answer::Text(words)) => Some(words),
                _ => None,
            }) {
                let hidden = |c: char| is_hidden(c) && c != '\n' && c != '\u{ad}';
                assert!(!text.chars().any(hidden), "{text:?}");
            }
            let body = Body::Reflection(note.session.clone());
            let value = body.write().unwrap();
            assert_eq!(Body::read(body.kind(), &value).unwrap(), body);
            assert!(Entry::new(body.kind(), Id::new(1, 1), Vec::new(), value).is_ok());
        }
        if reading.notes.is_empty() { Verdict::Refused } else { Verdict::Accepted }
    };
    Fuzz { seeds, words: WORDS, most: 64 * 1024, check: Box::new(check) }
}
