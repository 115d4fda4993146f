//! Words that try to be more than words.

use std::path::Path;

use cairn::export::{Format, file_name, render};
use cairn::model::Evidence;
use cairn::model::clean;
use cairn::model::session::ArcpHeading;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};

use super::files::{pdf_text, text};
use super::records::{amina, line};

#[test]
fn hostile_words_stay_words() {
    let words = [
        "#panic(\"boom\") #read(\"/etc/passwd\") $ x^2 $ *bold* _it_ `raw` <label> @ref // no /* no",
        "= Heading\n- list\n+ item\n/ term: x\n#set page(fill: red)\\u{41} \\ ~ -- --- \"q\" 'q'",
        "\u{202e}txet desrever\u{202c} \u{2066}isolate\u{2069} \u{200f}mark\u{feff} a\u{200b}b",
        "مرحبا بالعالم שלום עולם 你好 नमस्ते",
        "e\u{301} o\u{323}\u{301} \u{300}\u{300}\u{300} Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
        "👩🏽‍⚕️ 🇬🇧 ✓ → \u{e000} \u{f8ff} \u{10ffff} \u{fffe} \u{fffd} ﬁ ① ａ",
        "a\u{0}b\u{7}c\u{1b}[31md\u{7f}\u{85}e\u{2028}f\u{2029}g\r\nh\ri\tj\u{b}k\u{c}l",
        "\u{ad}\u{ad} \u{e0041}\u{e0042}tag \u{fff9}a\u{fffa}b\u{fffb}",
        "{{{{ }}}} \\\\ ]](((( $$$$ &amp; <script>alert(1)</script> https://example.org",
    ];
    let mut records = amina();
    let long = [&"word ".repeat(2_000), &"x".repeat(10_000), &"\n".repeat(10_000)]
        .map(ToString::to_string);
    for words in words.map(ToString::to_string).into_iter().chain(long) {
        records.person.name.clone_from(&words);
        records.person.programme.clone_from(&words);
        records.settings.your_name.clone_from(&words);
        for line in records.sessions[0].1.arcp.iter_mut().take(2) {
            line.text.clone_from(&words);
            line.evidence =
                vec![Evidence { what: words.clone(), date: None, ..Evidence::default() }];
        }
        records.actions[0].1.text.clone_from(&words);
        let summary = records.summary();
        let shown: String = words.chars().take(40).collect();
        for format in Format::ALL {
            let bytes = render(&summary, format).unwrap_or_else(|e| panic!("{shown:?}: {e:?}"));
            if format != Format::Pdf {
                let text = match format {
                    Format::Docx => super::documents::words(&bytes).join("\n"),
                    _ => String::from_utf8(bytes).unwrap(),
                };
                let bad = text.chars().find(|c| {
                    c.is_control() && *c != '\n'
                        || matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
                });
                assert_eq!(bad, None, "{format:?} of {shown:?}");
            }
        }
        let name = file_name(&summary, Format::Pdf);
        assert!(name.len() <= 120 && name.ends_with(" 2027-05-20.pdf"), "{name:?}");
        assert!(
            !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\n', '\0']),
            "{name:?}"
        );
        assert!(Path::new(&name).components().count() == 1, "{name:?}");
    }
}

#[test]
fn markup_is_printed_as_it_was_typed() {
    let mut records = amina();
    let typed = "#panic() *bold* _it_ $x$ <label> @ref = no - no";
    records.sessions[0].1.arcp[0].text = typed.to_owned();
    if let Some(words) = pdf_text(&render(&records.summary(), Format::Pdf).unwrap()) {
        assert!(words.contains(typed), "{words}");
    }
}

/// What a Markdown reader with every extension makes of a file: its text, and whether it holds
/// anything that only the writer of the layout may use.
fn read_markdown(markdown: &str) -> (String, Vec<String>) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut text = String::new();
    let mut foreign = Vec::new();
    for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::End(_) | Event::Rule => {}
            Event::Start(
                Tag::Paragraph | Tag::Item | Tag::List(None) | Tag::Strong | Tag::Emphasis,
            )
            | Event::Start(Tag::Heading { .. } | Tag::BlockQuote(None)) => {}
            other => foreign.push(format!("{other:?}")),
        }
    }
    (text, foreign)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn markdown_reads_back_as_the_words_that_were_typed(
        typed in r"[ -~\n]{0,60}|[-+*#>=~`_\[\]()!<>&|:.$^@0-9a z\n\\]{0,40}|\PC{0,40}",
        heading in 0..9usize,
    ) {
        let mut records = amina();
        let mut clean = records.clone_without_lines();
        let reference = read_markdown(&text(&clean.summary(), Format::Markdown));
        prop_assert_eq!(&reference.1, &Vec::<String>::new());
        clean.sessions[0].1.arcp = vec![line(ArcpHeading::ALL[heading], &typed, &[])];
        records.sessions = clean.sessions;
        let (read, foreign) = read_markdown(&text(&records.summary(), Format::Markdown));
        prop_assert_eq!(foreign, Vec::<String>::new());
        for words in clean::lines(&typed).lines().map(str::trim).filter(|l| !l.is_empty()) {
            let words = words.replace('\u{a0}', " ");
            prop_assert!(read.contains(words.trim()), "{words:?} is not in {read:?}");
        }
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(typed in any::<String>()) {
        let once = clean::lines(&typed);
        prop_assert_eq!(clean::lines(&once), once.clone());
        prop_assert!(!once.chars().any(|c| c.is_control() && c != '\n'));
        prop_assert!(!clean::line(&typed).contains('\n'));
    }
}

proptest! {
    // A PDF takes some milliseconds; a few dozen find what is strange in the strings.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_pdf_comes_out_whatever_was_typed(typed in any::<String>(), name in r"\PC{0,30}") {
        let mut records = amina().clone_without_lines();
        records.person.name = name;
        records.sessions[0].1.arcp = vec![line(ArcpHeading::Strengths, &typed, &[])];
        prop_assert!(render(&records.summary(), Format::Pdf).is_ok());
    }
}
