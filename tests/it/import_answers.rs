//! Answers to the questions of a letter, read back from the text of a mail.

use cairn::export::letter::{Between, Letter};
use cairn::import::answers::{self, Question, Reading, questions, read, value};
use cairn::library::Library;
use cairn::model::clean;
use cairn::model::{Answer, Person, PromptKind, Settings, Template};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);

struct Sent {
    text: String,
    questions: Vec<Question>,
    frame: answers::Letter,
}

/// The letter of a template as it leaves, with what it asks.
fn sent(template: &Template) -> Option<Sent> {
    let person = Person { name: "Dr Amina Larkspur".to_owned(), ..Person::default() };
    let settings = Settings { your_name: "Dr Rowan Thistle".to_owned(), ..Settings::default() };
    let id = "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap();
    let between = Between { person: &person, id, settings: &settings, today: TODAY };
    let letter = Letter::questions(between, template)?;
    let asked = template.sections.iter().flat_map(cairn::model::template::Section::shown);
    Some(Sent {
        text: letter.text(),
        questions: questions(asked),
        frame: cairn::app::answers::frame_of(&letter),
    })
}

fn of(id: &str) -> Sent {
    sent(Library::built_in().unwrap().get(id).unwrap()).unwrap()
}

impl Sent {
    /// The letter with these answers typed under its questions, each below the words that ask
    /// for it.
    fn answered(&self, answers: &[String]) -> String {
        let mut answers = answers.iter();
        let mut out = String::new();
        for line in self.text.lines() {
            out.push_str(line);
            out.push('\n');
            if line == "Your answer:" {
                out.push_str(answers.next().map_or("", String::as_str));
                out.push('\n');
            }
        }
        out
    }

    fn read(&self, text: &str) -> Reading {
        read(text, &self.questions, &self.frame)
    }
}

fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}\n")).collect()
}

fn texts(sent: &Sent, answer: &str) -> Vec<String> {
    (0..sent.questions.len()).map(|at| format!("{answer} {}", at + 1)).collect()
}

#[test]
fn every_letter_of_the_library_comes_back_as_it_was_answered() {
    let library = Library::built_in().unwrap();
    let mut letters = 0;
    for template in library.templates() {
        let Some(sent) = sent(template) else { continue };
        letters += 1;
        let numbers = sent.text.lines().filter(|line| *line == "Your answer:").count();
        assert_eq!(numbers, sent.questions.len(), "{}", template.id);
        let answers = texts(&sent, "It went well.\n\n> a mark of my own\n\nAnswer");
        for text in [sent.answered(&answers), quoted(&sent.answered(&answers))] {
            let reading = sent.read(&text);
            assert_eq!(reading.answers, answers, "{}", template.id);
            assert_eq!((reading.found, reading.also.as_str()), (answers.len(), ""));
        }
        // Nothing typed is nothing read.
        let reading = sent.read(&sent.text);
        assert!(reading.answers.iter().all(String::is_empty) && reading.also.is_empty());
    }
    assert!(letters > 20, "{letters}");
}

#[test]
fn a_mail_as_people_write_it_is_read() {
    let sent = of("mid-point-review");
    let [first, second, third] = [0, 1, 2].map(|at| sent.questions[at].text.clone());
    let curly = |words: &str| words.replace('\'', "’").replace(' ', "\u{a0} ");
    let mail = format!(
        "Dear Rowan,\n\nSorry this is late.\n\nOn Mon, 23 Nov 2026 at 18:04, Rowan Thistle wrote:\n\
         > Questions before we meet\n> Dr Amina Larkspur\n>\n> For: Dr Amina Larkspur\n\
         >\n> 2. {second}\n> Your answer:\n\nNights, mostly.\n3 of them in a row.\n\n> 1 {}\n\
         > Your answer: The registrar list\n>\n{}\nNo words for it.\n\n\
         > Answer what you like, leave out what you like. No patient\n> details.\n\nBest wishes\n\
         Amina\n",
        curly(&first),
        // Its words alone, broken over two lines.
        third.to_uppercase().replacen(' ', "\n", 1),
    );
    let reading = sent.read(&mail.replace('\n', "\r\n"));
    assert_eq!(reading.answers[0], "The registrar list");
    assert_eq!(reading.answers[1], "Nights, mostly.\n3 of them in a row.");
    assert_eq!(reading.answers[2], "No words for it.");
    assert_eq!(reading.found, 3);
    for words in ["Dear Rowan,", "Sorry this is late.", "Best wishes\nAmina"] {
        assert!(reading.also.contains(words), "{words}: {}", reading.also);
    }
    assert!(!reading.also.contains("Questions before we meet"), "{}", reading.also);
    assert!(!reading.also.contains('>'), "{}", reading.also);
}

#[test]
fn numbers_alone_are_enough_and_words_under_no_question_are_kept() {
    let sent = of("mid-point-review");
    let reading = sent.read("Hello\n1. The list\n2) Nights\n10 of them\n\n3: None\n");
    assert_eq!(reading.answers[..3], ["The list", "Nights\n10 of them", "None"].map(str::to_owned));
    assert_eq!((reading.found, reading.also.as_str()), (3, "Hello"));
    let reading = sent.read("I would rather talk about it when we meet.");
    assert_eq!(reading.also, "I would rather talk about it when we meet.");
    assert_eq!(reading.found, 0);
}

#[test]
fn the_letter_quoted_once_more_below_changes_nothing() {
    let sent = of("mid-point-review");
    let answers = texts(&sent, "Answer");
    let text =
        format!("{}\n\nOn Monday Rowan wrote:\n{}", sent.answered(&answers), quoted(&sent.text));
    let reading = sent.read(&text);
    assert_eq!(reading.answers, answers);
    assert_eq!(reading.also, "On Monday Rowan wrote:");
}

#[test]
fn answers_of_other_kinds_are_taken_only_where_they_are_of_that_kind() {
    let list = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let scale = PromptKind::Scale { from: 1, to: 5, low: "low".into(), high: "high".into() };
    let one = PromptKind::Choice { options: list(&["Yes", "No, not yet"]), many: false };
    let many = PromptKind::Choice { options: list(&["Rota", "Team", "Other"]), many: true };
    let items = PromptKind::Checklist { items: list(&["Form R", "MSF"]) };
    let of = |kind: &PromptKind, words: &str| value(kind, words, TODAY);
    for words in ["4", " 4/5 ", "4 of 5", "4 out of 5."] {
        assert_eq!(of(&scale, words), Some(Answer::Scale(4)), "{words}");
    }
    for words in ["0", "6", "4 of 10", "about 4", "4 or 5", "-1", ""] {
        assert_eq!(of(&scale, words), None, "{words}");
    }
    assert_eq!(of(&one, "no, not yet."), Some(Answer::Choice(list(&["No, not yet"]))));
    assert_eq!(of(&one, "maybe"), None);
    assert_eq!(of(&many, "- team\n- rota"), Some(Answer::Choice(list(&["Rota", "Team"]))));
    assert_eq!(of(&many, "Team, Rota"), Some(Answer::Choice(list(&["Rota", "Team"]))));
    assert_eq!(of(&many, "Team, and the canteen"), None);
    assert_eq!(of(&items, "[x] MSF"), Some(Answer::Checked(list(&["MSF"]))));
    assert_eq!(of(&PromptKind::Date, "9 June 2027"), Some(Answer::Date(date(2027, 6, 9))));
    assert_eq!(of(&PromptKind::Date, "in summer"), None);
    assert_eq!(of(&PromptKind::Person, "Farah"), Some(Answer::Person("Farah".to_owned())));
    let Some(Answer::Evidence(seen)) =
        of(&PromptKind::Evidence, "MSF, 3 May 2026, portfolio\nA CBD")
    else {
        panic!()
    };
    assert_eq!((seen[0].what.as_str(), seen[0].date), ("MSF", Some(date(2026, 5, 3))));
    assert_eq!((seen[0].place.as_str(), seen[1].what.as_str()), ("portfolio", "A CBD"));
}

#[test]
fn hostile_texts_are_read_in_time() {
    let sent = of("mid-point-review");
    let began = std::time::Instant::now();
    for text in [
        "> ".repeat(100_000),
        "1 ".repeat(100_000),
        "\n".repeat(200_000),
        format!("1 {}\nYour answer:\n", sent.questions[0].text).repeat(2_000),
        sent.questions[0].text.chars().flat_map(|c| [c, '\n']).collect::<String>().repeat(500),
    ] {
        let text: String = text.chars().take(answers::MAX_BYTES).collect();
        let _ = sent.read(&text);
    }
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

/// What people might type, and what could be taken for a part of the letter: numbers, marks of
/// mails, the words of another question. Not the very line of a question with its number, which
/// nobody could tell from the question.
fn answer(others: Vec<String>) -> impl Strategy<Value = String> {
    let line = prop_oneof![
        6 => "[\\p{L}\\p{N} ,.;:!?'\"“”‘’()…–-]{0,80}",
        1 => "(>{1,3} ?)[a-z ]{1,30}",
        1 => "[1-9][0-9]?[.) ][a-z ]{1,30}",
        1 => prop::sample::select(others),
        1 => "[\\p{Arabic}\\p{Han}\\p{Devanagari} ]{1,40}",
        1 => Just("Your answer".to_owned()),
        1 => Just(String::new()),
    ];
    prop::collection::vec(line, 0..6).prop_map(|lines| clean::lines(&lines.join("\n")))
}

fn letter_and_answers() -> impl Strategy<Value = (usize, Vec<String>, usize)> {
    let count = of("mid-point-review").questions.len();
    let texts: Vec<String> =
        of("mid-point-review").questions.iter().map(|it| it.text.clone()).collect();
    (Just(count), prop::collection::vec(answer(texts), count), 0_usize..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("CAIRN_ANSWERS").ok().and_then(|it| it.parse().ok()).unwrap_or(128)
    ))]

    #[test]
    fn what_is_typed_under_the_questions_comes_back_however_often_it_is_quoted(
        (_, answers, times) in letter_and_answers()
    ) {
        let sent = of("mid-point-review");
        let mut text = sent.answered(&answers);
        for _ in 0..times {
            text = quoted(&text);
        }
        let reading = sent.read(&text);
        prop_assert_eq!(&reading.answers, &answers);
        prop_assert_eq!(reading.also, "");
    }

    #[test]
    fn no_word_of_any_text_is_lost(words in prop::collection::vec("[a-z]{3,9}", 0..40), breaks in any::<u64>()) {
        let sent = of("mid-point-review");
        let mut text = String::new();
        for (at, word) in words.iter().enumerate() {
            text.push_str(word);
            text.push_str(if breaks >> (at % 64) & 1 == 1 { "\n> " } else { " " });
        }
        let reading = sent.read(&text);
        let all = format!("{} {}", reading.answers.join(" "), reading.also);
        let all: Vec<&str> = all.split_whitespace().collect();
        prop_assert_eq!(all, words.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
