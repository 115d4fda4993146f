//! Word files, and every form of page in every kind of file.

use std::io::{Cursor, Read as _};

use cairn::export::sheet::{Block, Cell, Column, Fact, Part};
use cairn::export::{Format, Sheet, render, render_sheet};
use cairn::model::clean;
use jiff::civil::date;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

use super::files::{pdf_text, unpacked};
use super::records::amina;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn part(docx: &[u8], name: &str) -> String {
    let mut out = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut out).unwrap();
    out
}

/// The paragraphs of the text: their style and their words.
fn paragraphs(docx: &[u8]) -> Vec<(String, String)> {
    let xml = part(docx, "word/document.xml");
    let tree = roxmltree::Document::parse(&xml).unwrap();
    let paragraphs = tree.descendants().filter(|node| node.has_tag_name((W, "p")));
    let read = |paragraph: roxmltree::Node<'_, '_>| {
        let style = paragraph.descendants().find(|node| node.has_tag_name((W, "pStyle")));
        let style = style.and_then(|it| it.attribute((W, "val"))).unwrap_or_default().to_owned();
        let mut words = String::new();
        for node in paragraph.descendants() {
            if node.has_tag_name((W, "t")) {
                words.push_str(node.text().unwrap_or_default());
            } else if node.has_tag_name((W, "tab")) {
                words.push('\t');
            }
        }
        (style, words)
    };
    paragraphs.map(read).collect()
}

/// The words of the paragraphs, in order.
pub(super) fn words(docx: &[u8]) -> Vec<String> {
    paragraphs(docx).into_iter().map(|(_, words)| words.replace('\t', "\n")).collect()
}

fn cell(words: &[&str], notes: &[&str]) -> Cell {
    let own = |list: &[&str]| list.iter().map(ToString::to_string).collect();
    Cell { words: own(words), notes: own(notes) }
}

/// A page with everything that a page can hold.
pub(super) fn everything(words: &str) -> Sheet {
    let it = |n: u8| format!("{words} {n}");
    Sheet {
        title: it(1),
        name: it(2),
        author: it(3),
        facts: vec![
            Fact { label: it(4), value: it(5), wide: false },
            Fact { label: it(6), value: it(7), wide: true },
        ],
        parts: vec![
            Part {
                title: it(8),
                sub: false,
                blocks: vec![Block::Text(cell(&[&it(9)], &[&it(10)]))],
            },
            Part {
                title: it(11),
                sub: true,
                blocks: vec![
                    Block::List {
                        items: vec![cell(&[&it(12)], &[]), cell(&[&it(13)], &[&it(14)])],
                    },
                    Block::Table {
                        head: vec![Column::wide(it(15)), Column::points(it(16), 120)],
                        rows: vec![vec![cell(&[&it(17)], &[&it(18)]), cell(&[&it(19)], &[])]],
                    },
                    Block::Quote(cell(&[&it(20), &it(21)], &[&it(22)])),
                ],
            },
            Part { title: it(23), ..Part::default() },
        ],
        nothing: it(24),
        running: it(25),
        foot: it(26),
    }
}

#[test]
fn a_word_file_has_headings_lists_table_heads_a_title_and_a_language() {
    let docx = render(&amina().summary(), Format::Docx).unwrap();
    assert_eq!(docx, render(&amina().summary(), Format::Docx).unwrap(), "same input, same bytes");
    let styles: Vec<(String, String)> = paragraphs(&docx);
    let of = |style: &str| -> Vec<&str> {
        styles.iter().filter(|it| it.0 == style).map(|it| it.1.as_str()).collect()
    };
    assert_eq!(of("Title"), ["Supervisor’s summary for ARCP"]);
    assert_eq!(of("Heading1").len(), 11);
    assert_eq!(of("Heading1")[1], "Capabilities");
    assert!(of("Fact").contains(&"Working time\t80% of full time"));
    assert_eq!(of("Quote").len(), 1);
    let document = part(&docx, "word/document.xml");
    let tables = document.matches("<w:tbl>").count();
    assert!(tables >= 7, "{tables}");
    assert_eq!(document.matches("<w:tblHeader />").count(), tables);
    assert!(document.contains(r#"w:w="11906" w:h="16838""#) && document.contains("<w:titlePg"));
    assert!(part(&docx, "word/styles.xml").contains(r#"<w:lang w:val="en-GB""#));
    let core = part(&docx, "docProps/core.xml");
    assert!(core.contains("<dc:title>Supervisor’s summary for ARCP, Dr Amina Larkspur</dc:title>"));
    assert!(core.contains("<dc:language>en-GB</dc:language>"));
    assert!(core.contains("2027-05-20T00:00:00Z"), "the day of the summary, no clock");
    let whole = unpacked(&docx);
    assert!(whole.contains("NUMPAGES") && whole.contains("Dr Amina Larkspur, 5"));
    for name in zip::ZipArchive::new(Cursor::new(&docx)).unwrap().file_names() {
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let xml = part(&docx, name);
            assert!(roxmltree::Document::parse(&xml).is_ok(), "{name}");
        }
    }
}

#[test]
fn every_form_of_page_is_in_every_kind_of_file_in_order() {
    let sheet = everything("Line");
    for format in [Format::Docx, Format::Markdown, Format::Text, Format::Pdf] {
        let bytes = render_sheet(&sheet, format, date(2027, 5, 20)).unwrap();
        let read = match format {
            Format::Docx => Some(words(&bytes).join("\n")),
            Format::Pdf => pdf_text(&bytes),
            _ => Some(String::from_utf8(bytes).unwrap()),
        };
        let Some(read) = read else { continue };
        let mut from = 0;
        // The author, the head and the foot stand elsewhere; text has no table heads of the first
        // column.
        for n in (1..=24).filter(|n| ![3, 15].contains(n)) {
            let line = format!("Line {n}");
            let whole =
                |at: &usize| !read[at + line.len()..].starts_with(|c: char| c.is_ascii_digit());
            let mut places =
                read[from..].match_indices(&line).map(|(at, _)| at + from).filter(whole);
            let at = places.next();
            // In text and Markdown a head stands before its cell, in tables above.
            let Some(at) = at else {
                assert!(n == 16 || n == 17, "{format:?} lacks {line} after {from}: {read}");
                continue;
            };
            if n != 16 {
                from = at;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_word_file_holds_the_words_that_were_typed(
        typed in r"[ -~\n]{0,60}|[<>&'/=\[\]{}!?xw:;-]{0,40}|\PC{0,40}|(?s:.{0,30})",
    ) {
        let typed = clean::line(&typed);
        let bytes = render_sheet(&everything(&typed), Format::Docx, date(2027, 5, 20)).unwrap();
        let read = words(&bytes);
        let allowed = |c: &char| !matches!(c, '\u{fffe}' | '\u{ffff}');
        let typed: String = typed.chars().filter(allowed).collect();
        prop_assert_eq!(&read[0], &format!("{typed} 1"));
        for n in [2, 5, 9, 12, 17, 19, 20, 22, 23, 24] {
            let line = format!("{typed} {n}");
            prop_assert!(read.iter().any(|it| it.ends_with(&line)), "{line:?} is not in {read:?}");
        }
    }
}
