//! Summaries for ARCP preparation, from chosen lines to files.

mod checkers;
mod documents;
pub mod files;
mod handover;
mod hostile;
mod pages;
mod portfolio;
mod readiness;
mod records;
pub mod schema;

use std::collections::BTreeSet;

use cairn::export::preview::Unsettled;
use cairn::export::{Format, LineId, Preview, file_name, pdf, render};
use cairn::model::clean;
use cairn::model::session::{ArcpHeading, Role};
use cairn::model::{Action, Answer, Asked, AskedSection, Layer, Owner, Person, Settings};
use jiff::civil::date;

use files::{pdf_text, text, with_tool};
use records::{CANARY, Records, action, amina, amina_with_canaries, asked, id, session};

#[test]
fn nothing_private_or_shared_is_in_any_file() {
    let records = amina_with_canaries();
    let summary = records.summary();
    assert!(!format!("{summary:?}").contains(CANARY));
    assert!(!pdf::words(&summary).to_string().contains(CANARY));
    for format in Format::ALL {
        // A Word file is a packed one: its words are looked at unpacked.
        let bytes = match format {
            Format::Docx => files::unpacked(&render(&summary, format).unwrap()).into_bytes(),
            _ => render(&summary, format).unwrap(),
        };
        let found = bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes());
        assert!(!found, "{format:?}");
        assert!(!file_name(&summary, format).contains(CANARY));
        let preview = format!("{:?}", Preview::new(&summary, format));
        assert!(!preview.contains(CANARY), "{format:?}");
    }
    if let Some(words) = pdf_text(&render(&summary, Format::Pdf).unwrap()) {
        assert!(words.contains("Dr Amina Larkspur") && !words.contains(CANARY));
    }
    // The numbers say what stays, and the files do not even hold the numbers.
    assert_eq!((summary.counts.shared, summary.counts.private), (4 * 5 + 1, 4 * 6 + 1));
    assert!(!text(&summary, Format::Json).contains("\"private\""));
}

#[test]
fn every_line_for_the_arcp_is_in_every_file() {
    let summary = amina().summary();
    let mut wanted: Vec<String> = summary.lines().map(|line| line.text.clone()).collect();
    wanted.extend(summary.actions.iter().map(|action| action.text.clone()));
    assert_eq!(wanted.len(), 21);
    wanted.extend(
        ["Dr Amina Larkspur", "Dr Rowan Elderbrook", "Nothing recorded"].map(ToString::to_string),
    );
    for format in [Format::Markdown, Format::Text] {
        let words = text(&summary, format).replace('\\', "");
        for line in &wanted {
            assert!(words.contains(line), "{format:?} lacks {line}");
        }
        assert!(words.contains("Evidence: CBD, 14 October 2026. ALS, 12 September 2026"));
        assert!(words.contains("No evidence linked"));
        assert!(words.contains("Supervisor’s view, not agreed"));
        assert!(words.contains("What will make next year go well? Protected clinic time"));
    }
    let json: serde_json::Value =
        serde_json::from_slice(&render(&summary, Format::Json).unwrap()).unwrap();
    assert_eq!(json["format"], "cairn-arcp-summary");
    assert_eq!(json["sections"][2]["lines"][0]["text"], summary.sections[2].lines[0].text);
    if let Some(words) = pdf_text(&render(&summary, Format::Pdf).unwrap()) {
        for line in &wanted {
            assert!(words.contains(line), "the PDF lacks {line}: {words}");
        }
    }
}

#[test]
fn lines_stand_under_their_heading_in_order_of_date() {
    let summary = amina().summary();
    let headings: Vec<_> = summary.sections.iter().map(|section| section.heading).collect();
    assert_eq!(headings, ArcpHeading::ALL);
    let days: Vec<_> = summary.sections[1].lines.iter().map(|line| line.recorded).collect();
    assert!(days.is_sorted() && days.len() == 5);
    let met = [(2026, 8, 18), (2026, 11, 24), (2027, 3, 11), (2027, 5, 13)];
    // The first meeting was finished, though nothing was written in it.
    assert_eq!(summary.facts.meetings, met.map(|(y, m, d)| date(y, m, d)));
    assert_eq!(summary.actions[0].owner, "Dr Rowan Elderbrook");
    assert_eq!(summary.actions[1].owner, "Dr Amina Larkspur");
}

#[test]
fn a_line_left_out_is_nowhere() {
    let records = amina();
    let whole = records.summary();
    let ids: Vec<LineId> = whole.lines().map(|line| line.id).collect();
    let gone = [ids[0], whole.answers[0].id, LineId::Action(id(20))];
    let summary = records.summary_without(&BTreeSet::from(gone));
    assert_eq!(summary.counts.left_out, 3);
    assert_eq!(summary.counts.lines, whole.counts.lines - 3);
    for format in [Format::Markdown, Format::Text, Format::Json] {
        let words = text(&summary, format);
        assert!(!words.contains("14 raters"), "{format:?}");
        assert!(!words.contains("Protected clinic time"), "{format:?}");
        assert!(!words.contains("Hold two clinics"), "{format:?}");
    }
    let everything: BTreeSet<LineId> =
        ids.into_iter().chain([20, 21].map(|n| LineId::Action(id(n)))).collect();
    let empty = records.summary_without(&everything);
    assert_eq!(empty.counts.lines, 0);
    assert_eq!(text(&empty, Format::Text).matches("Nothing recorded").count(), 10);
}

#[test]
fn the_day_of_a_private_talk_stays_here_and_any_day_can_be_left_out() {
    let mut records = amina();
    let met = records.summary().facts.meetings;
    let mut talk = |n: u128, day: i8, layer: Layer, answer: Option<Answer>| {
        let (id, mut talk) = session(n, date(2027, 4, day));
        let items = vec![Asked { answer, ..asked("How are you?", layer, Answer::Scale(1)) }];
        talk.sections = vec![AskedSection { title: "Talk".to_owned(), items }];
        records.sessions.push((id, talk));
    };
    let words = || Some(Answer::Text("Tired".to_owned()));
    talk(30, 1, Layer::Private, words());
    talk(31, 2, Layer::Private, None);
    talk(32, 3, Layer::Private, words());
    talk(33, 4, Layer::Shared, words());
    let agreed = action("Ask the rota lead", Owner::Me, Layer::Shared);
    records.actions.push((id(40), Action { from: Some(id(32)), ..agreed }));
    let summary = records.summary();
    let new: Vec<_> =
        summary.facts.meetings.iter().copied().filter(|day| !met.contains(day)).collect();
    assert_eq!(new, [date(2027, 4, 3), date(2027, 4, 4)]);
    for format in [Format::Text, Format::Markdown, Format::Json] {
        let words = text(&summary, format).replace('\u{a0}', " ");
        assert!(!words.contains(" 1 April 2027") && !words.contains("2027-04-01"), "{format:?}");
    }

    let out = BTreeSet::from([LineId::Meeting(date(2026, 8, 18))]);
    let summary = records.summary_without(&out);
    let words = |summary| text(summary, Format::Text).replace('\u{a0}', " ");
    assert!(!words(&summary).contains("18 August 2026"));
    assert!(words(&records.summary()).contains("18 August 2026"));
    assert_eq!(summary.counts.left_out, 0, "it is no line");
}

#[test]
fn actions_alone_are_not_called_agreed() {
    let mut records = amina();
    records.sessions.clear();
    let summary = records.summary();
    assert_eq!((summary.counts.lines, summary.counts.agreed), (2, 0));
    assert!(!text(&summary, Format::Text).contains("both agreed"));
    let preview = Preview::new(&summary, Format::Text);
    assert_eq!(preview.layers[0].words, "2 actions and own words");
}

#[test]
fn the_preview_says_what_leaves_and_what_is_open() {
    let summary = amina_with_canaries().summary();
    let preview = Preview::new(&summary, Format::Pdf);
    assert_eq!(preview.layers.clone().map(|count| count.leaves), [21, 0, 0]);
    let words = "16 agreed by you both, 2 not yet, 3 actions and own words";
    assert_eq!(preview.layers[0].words, words);
    assert!(text(&summary, Format::Text).contains("2 of 18 lines not agreed"));
    assert_eq!(preview.layers[1].words, "21 lines stay here");
    assert_eq!(preview.named, ["Dr Amina Larkspur", "Dr Rowan Elderbrook"]);
    assert_eq!(preview.file, "PDF, not encrypted.");
    let open: Vec<_> = preview.to_settle.iter().map(|line| line.why.clone()).collect();
    // The line that is not agreed, and the answer. The doctor's own words are neither.
    assert_eq!(open, [[Unsettled::NotAgreed, Unsettled::NoEvidence]; 2]);
    assert!(preview.cannot_show.is_empty());
}

#[test]
fn the_pdf_keeps_to_its_standards() {
    let summary = amina().summary();
    let bytes = render(&summary, Format::Pdf).unwrap();
    assert_eq!(bytes, render(&summary, Format::Pdf).unwrap(), "same input, same bytes");
    let raw = String::from_utf8_lossy(&bytes);
    for mark in [
        "/Lang(en-GB)",
        "/Marked true",
        "/StructTreeRoot",
        "pdfuaid:part>1<",
        "pdfaid:part>2<",
        "pdfaid:conformance>A<",
        "Supervisor’s summary for ARCP, Dr Amina Larkspur",
        "2027-05-20T00:00:00",
    ] {
        assert!(raw.contains(mark), "the PDF lacks {mark}");
    }
    assert!(raw.contains("FontFile") && !raw.contains("/URI") && !raw.contains("/JavaScript"));
    if let Some(info) = with_tool("pdfinfo", &[], &[], &bytes) {
        assert!(info.contains("Pages:           2"), "{info}");
        assert!(info.contains("A4"), "{info}");
    }
    if let Some(words) = pdf_text(&bytes) {
        assert!(words.contains("Page 1 of 2") && words.contains("Page 2 of 2"));
    }
    if let Some(report) = with_tool("qpdf", &["--check"], &[], &bytes) {
        assert!(report.contains("No syntax or stream encoding errors"), "{report}");
    }
}

#[test]
fn a_record_with_nothing_in_it_still_makes_a_page() {
    let records = Records {
        id: id(1),
        person: Person::default(),
        settings: Settings { role: Role::Doctor, ..Settings::default() },
        sessions: Vec::new(),
        actions: Vec::new(),
    };
    let summary = records.summary();
    for format in Format::ALL {
        assert!(!render(&summary, format).unwrap().is_empty());
    }
    assert_eq!(file_name(&summary, Format::Text), "ARCP summary 2027-05-20.txt");
    assert_eq!(Preview::new(&summary, Format::Pdf).named_words, "No one is named");
    let words = text(&summary, Format::Text);
    assert!(words.starts_with("Summary for ARCP\nName not recorded\n"), "{words}");
}

#[test]
fn characters_that_the_pdf_lacks_are_named() {
    let mut records = amina();
    assert!(pdf::missing_characters(&records.summary()).is_empty());
    records.sessions[0].1.arcp[0].text = "Grüße, Łódź, Ŵyn, ﬁne ✓ 你".to_owned();
    let summary = records.summary();
    assert_eq!(pdf::missing_characters(&summary), ['✓', '你']);
    assert_eq!(Preview::new(&summary, Format::Pdf).cannot_show, ['✓', '你']);
    assert!(Preview::new(&summary, Format::Text).cannot_show.is_empty());
    assert!(pdf::words(&summary).to_string().contains("Grüße, Łódź, Ŵyn, fine ? ?"));
}

#[test]
fn names_of_many_languages_are_printed_as_they_are() {
    let mut records = amina();
    for name in ["Adébáyọ̀ Ọlátúnjí", "Ngô Đình Nguyễn", "Ɗanladi Ƙofa", "Şükrü Ağaoğlu", "Ẹ̀ṣọ́"]
    {
        records.person.name = name.to_owned();
        let summary = records.summary();
        assert!(pdf::missing_characters(&summary).is_empty(), "{name}");
        let bytes = render(&summary, Format::Pdf).unwrap();
        if let Some(words) = pdf_text(&bytes) {
            assert!(words.contains(&clean::line(name)), "{name} is not in {words}");
        }
    }
}

#[test]
fn the_file_is_named_after_the_day_and_names_nobody() {
    let summary = amina().summary();
    assert_eq!(file_name(&summary, Format::Pdf), "ARCP summary 2027-05-20.pdf");
}

#[test]
fn long_summaries_repeat_their_head_and_count_their_pages() {
    let mut records = amina();
    let lines = records.sessions[0].1.arcp.clone();
    for _ in 0..2 {
        records.sessions[0].1.arcp.extend(lines.clone());
    }
    let bytes = render(&records.summary(), Format::Pdf).unwrap();
    if let Some(words) = pdf_text(&bytes) {
        assert!(words.contains("Page 3 of 3"), "{words}");
        assert_eq!(words.matches("Dr Amina Larkspur, 5 August 2026 to 9 June 2027").count(), 2);
    }
}
