//! Spelling in British English: what is marked, what is left alone, what is offered.

use std::sync::LazyLock;

use cairn::review::{Kind, Reviewer, Settings, Speller};

fn misspelt(text: &str, settings: &Settings) -> Vec<String> {
    static REVIEWER: LazyLock<Reviewer> = LazyLock::new(|| Reviewer::built_in().unwrap());
    static SPELLER: LazyLock<Speller> = LazyLock::new(|| Speller::british().unwrap());
    let found = REVIEWER.review(text, settings, Some(&SPELLER));
    found.into_iter().filter(|it| it.kind == Kind::Spelling).map(|it| it.text).collect()
}

#[test]
fn slips_are_marked_and_right_words_are_not() {
    let settings = Settings::default();
    for (text, wanted) in [
        ("She recieved the form and definately read it.", &["recieved", "definately"][..]),
        ("Recieved on Monday.", &["Recieved"]),
        ("Her behavior and the color of it.", &["behavior", "color"]),
        ("Her behaviour, colour, organised, paediatrics, anaemia.", &[]),
        ("Don’t worry; it's the clinic’s list, isn't it? They'd've gone.", &[]),
        ("A well-led half-hearted re-audit of co-amoxiclav.", &[]),
        ("The so\u{ad}ft hy\u{ad}phen is passed over.", &[]),
        ("Naïve cafés and nai\u{308}ve ones.", &[]),
    ] {
        assert_eq!(misspelt(text, &settings), wanted, "{text}");
    }
}

#[test]
fn names_short_forms_numbers_and_addresses_are_left_alone() {
    let text = "Oluwaseun met Wojciech at UHND about eGFR, MCQs, ST4s, 5mg and v2.1a. \
        Write to jsmth@exmple.org or see https://exmple.org/qwxy_zz and C:\\qqq\\zzz.txt. \
        محمد wrote 王伟 प्रिया. Adaeze agreed.";
    assert_eq!(misspelt(text, &Settings::default()), Vec::<String>::new());
}

#[test]
fn medical_words_and_ones_own_are_known() {
    let text = "Amitriptyline, bisoprolol and haematemesis; the registrars cannulated and clerked. \
        The zibbling and larkspurred ward.";
    assert_eq!(misspelt(text, &Settings::default()), ["zibbling", "larkspurred"]);
    let own_words = vec!["Zibbling".to_owned(), "larkspurred".to_owned()];
    assert!(misspelt(text, &Settings { own_words, ..Settings::default() }).is_empty());
}

#[test]
fn the_likely_word_is_offered_and_never_more_than_five() {
    let speller = Speller::british().unwrap();
    for (slip, wanted) in [
        ("recieved", "received"),
        ("behavior", "behaviour"),
        ("amoxicilin", "amoxicillin"),
        ("Recieved", "Received"),
        ("haemorhage", "haemorrhage"),
    ] {
        let offered = speller.suggest(slip);
        assert!(offered.contains(&wanted.to_owned()), "{slip}: {offered:?}");
        assert!(offered.len() <= 5, "{offered:?}");
    }
    assert!(speller.knows("paediatrics") && !speller.knows("pediatrics"));
    for strange in ["", "'", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "\u{0}"] {
        assert!(speller.suggest(strange).len() <= 5);
    }
}
