//! The plain words of a record, field by field: for search, lists and counts.

use std::io;

use serde::Serialize;

use super::{
    Answer, Body, CapabilityRating, Educator, Evidence, Layer, Learning, Mark, Person, Plan,
    PlanField, Session, Template,
};

/// One piece of text of a record, with the layer it lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<'a> {
    /// What the text stands under: a prompt, "Title", "Private note".
    pub name: &'a str,
    /// Who reads it.
    pub layer: Layer,
    /// The text.
    pub text: String,
}

/// All text that a person wrote into a record, but for their name in the settings. Receipts hold
/// none; packs and lists are other people's.
pub fn fields(body: &Body) -> Vec<Field<'_>> {
    match body {
        Body::Person(person) if person.removed.is_none() => person_fields(person),
        Body::Session(session) | Body::Reflection(session) if session.removed.is_none() => {
            session_fields(session)
        }
        Body::Action(action) if action.removed.is_none() => {
            vec![Field { name: "Action", layer: action.layer, text: action.text.clone() }]
        }
        Body::Attachment(file) if file.removed.is_none() => {
            vec![Field { name: "File", layer: Layer::Private, text: file.name.clone() }]
        }
        Body::Settings(settings) => {
            let marks = settings.library.values().flat_map(mark_fields);
            marks.chain(educator_fields(&settings.educator)).collect()
        }
        Body::Learning(learning) if learning.removed.is_none() => learning_fields(learning),
        Body::Plan(plan) => plan_fields(plan),
        Body::Template(template) if template.removed.is_none() => template_fields(template),
        Body::Pack(_) | Body::List(_) | Body::Template(_) | Body::Learning(_) => Vec::new(),
        Body::Person(_) | Body::Session(_) | Body::Reflection(_) | Body::Action(_) => Vec::new(),
        Body::Attachment(_) | Body::Receipt(_) | Body::Other(..) => Vec::new(),
    }
}

fn person_fields(person: &Person) -> Vec<Field<'_>> {
    let meeting = person.next_meeting.iter().map(|meeting| meeting.place.clone());
    let facts = [
        ("Name", Layer::Shared, person.name.clone()),
        ("Stage", Layer::Shared, person.stage.clone()),
        ("Programme", Layer::Shared, person.programme.clone()),
        ("Next exam", Layer::Shared, person.next_exam.clone()),
        ("What to know", Layer::Private, person.to_know.clone()),
        ("Adjustments", Layer::Shared, person.adjustments.clone()),
        ("Next meeting", Layer::Shared, meeting.collect()),
    ];
    let placements = person.placements.iter().flat_map(|one| {
        [("Placement", one.words()), ("Clinical supervisor", one.supervisor.clone())]
    });
    let exams = person.exams.iter().map(|exam| ("Exam", exam.name.clone()));
    let lists = placements.chain(exams).map(|(name, text)| (name, Layer::Shared, text));
    let goals = person.goals.iter().flat_map(|goal| {
        let parts = [
            ("Goal", &goal.text),
            ("Progress of a goal", &goal.progress),
            ("Why a goal was dropped", &goal.reason),
        ];
        parts.map(|(name, text)| (name, goal.layer, text.clone()))
    });
    let all = facts.into_iter().chain(lists).chain(goals);
    all.filter(|(_, _, text)| !text.is_empty())
        .map(|(name, layer, text)| Field { name, layer, text })
        .collect()
}

fn mark_fields(mark: &Mark) -> impl Iterator<Item = Field<'_>> {
    let worked = mark.worked.iter().map(|worked| ("What worked for me", &worked.text));
    let comment = [("Comment", &mark.comment)].into_iter().filter(|(_, text)| !text.is_empty());
    let layer = Layer::Private;
    worked.chain(comment).map(move |(name, text)| Field { name, layer, text: text.clone() })
}

fn educator_fields(educator: &Educator) -> impl Iterator<Item = Field<'_>> {
    let words = [("A change I made", &educator.change), ("Next year", &educator.next_year)];
    private(words.into_iter())
}

fn learning_fields(learning: &Learning) -> Vec<Field<'_>> {
    let words = [("Title", &learning.title), ("What changed", &learning.changed)];
    private(words.into_iter()).collect()
}

/// What both read under the name of its field, and the owner's notes.
fn plan_fields(plan: &Plan) -> Vec<Field<'_>> {
    let field = |name: &'static str, layer: Layer, text: String| Field { name, layer, text };
    let labels = plan.labels;
    let paras = PlanField::ALL.into_iter().flat_map(|of| {
        let texts = plan.paras(of).iter().map(|para| para.text.clone());
        texts.map(move |text| (of.heading(labels), text))
    });
    let roads = plan.roads.iter().map(|para| ("Options", para.text.clone()));
    let comments = plan.comments.iter().map(|one| ("Comment", one.text.clone()));
    let shared = paras.chain(roads).chain(comments);
    let shared = shared.map(|(name, text)| field(name, Layer::Shared, text));
    let notes = plan.notes.iter();
    shared.chain(notes.map(|it| field("Private note", Layer::Private, it.text.clone()))).collect()
}

/// What only the owner reads, without what is empty.
fn private<'a>(
    words: impl Iterator<Item = (&'a str, &'a String)>,
) -> impl Iterator<Item = Field<'a>> {
    let layer = Layer::Private;
    let written = words.filter(|(_, text)| !text.is_empty());
    written.map(move |(name, text)| Field { name, layer, text: text.clone() })
}

fn template_fields(template: &Template) -> Vec<Field<'_>> {
    let prompts = template.sections.iter().flat_map(|section| &section.prompts);
    let whole = [("Title", &template.title), ("Purpose", &template.purpose)];
    let all = whole.into_iter().chain(prompts.map(|prompt| ("Question", &prompt.text)));
    all.map(|(name, text)| Field { name, layer: Layer::Private, text: text.clone() }).collect()
}

fn session_fields(session: &Session) -> Vec<Field<'_>> {
    let title = Field { name: "Title", layer: Layer::Shared, text: session.title.clone() };
    let answers = session.items().filter_map(|asked| {
        let text = answer_words(asked.answer.as_ref()?);
        let name = asked.prompt.text.as_str();
        (!text.is_empty()).then_some(Field { name, layer: asked.layer, text })
    });
    let views = session.items().filter_map(|asked| {
        let view = asked.other_view.as_ref().filter(|view| !view.is_blank())?;
        Some(Field { name: "The other view", layer: asked.layer, text: view.text.clone() })
    });
    let margin = session.margin.iter().map(|note| Field {
        name: "Private note",
        layer: Layer::Private,
        text: note.text.clone(),
    });
    let arcp = session.arcp.iter().map(|line| Field {
        name: line.heading.words(),
        layer: Layer::Arcp,
        text: line.text.clone(),
    });
    let tags = session.tags.iter().map(|tag| Field {
        name: "Tag",
        layer: Layer::Private,
        text: tag.clone(),
    });
    std::iter::once(title)
        .chain(answers)
        .chain(views)
        .chain(margin)
        .chain(arcp)
        .chain(tags)
        .collect()
}

/// An answer in words, on one line unless the writer broke it.
pub fn answer_words(answer: &Answer) -> String {
    match answer {
        Answer::Choice(list) | Answer::Checked(list) => list.join(", "),
        Answer::Evidence(list) => each(list, evidence_words).join("; "),
        Answer::Capability(list) => each(list, rating_words).join("; "),
        other => answer_lines(other),
    }
}

/// An answer in words; what was chosen, ticked, shown or rated on a line each.
pub fn answer_lines(answer: &Answer) -> String {
    match answer {
        Answer::Text(text) | Answer::Person(text) => text.clone(),
        Answer::Scale(number) => number.to_string(),
        Answer::Date(date) => long_date(*date),
        Answer::Choice(list) | Answer::Checked(list) => list.join("\n"),
        Answer::Evidence(list) => each(list, evidence_words).join("\n"),
        Answer::Capability(list) => each(list, rating_words).join("\n"),
    }
}

fn each<T>(list: &[T], words: fn(&T) -> String) -> Vec<String> {
    list.iter().map(words).filter(|words| !words.is_empty()).collect()
}

/// A reference to evidence in words: "CBD, 14 October 2026, e-portfolio".
pub fn evidence_words(evidence: &Evidence) -> String {
    let typed = || evidence.date_typed.trim().to_owned();
    let date = evidence.date.map_or_else(typed, long_date);
    let parts = [evidence.what.trim(), &date, evidence.place.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A rated capability in words: "Professional skills: 4 of 5. Leads the round".
pub fn rating_words(rated: &CapabilityRating) -> String {
    let number = rated.rating.map(|rating| format!("{rating} of {}", CapabilityRating::HIGHEST));
    let number = number.unwrap_or_default();
    let said = [number.as_str(), rated.words.trim()];
    let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
    let parts = [rated.title.trim(), &said.join(". ")].map(str::to_owned);
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// How many bytes a letter takes as JSON writes it: a quotation mark, a backslash and the end of a
/// line take two, other signs that no pen writes six.
pub const fn json_len_of(letter: char) -> usize {
    match letter {
        '"' | '\\' | '\t' | '\n' | '\r' | '\u{8}' | '\u{c}' => 2,
        '\0'..' ' => 6,
        letter => letter.len_utf8(),
    }
}

/// How many bytes something takes as JSON writes it.
pub fn json_len<T: Serialize + ?Sized>(value: &T) -> usize {
    struct Counted(usize);
    impl io::Write for Counted {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut counted = Counted(0);
    // What can't be written as JSON takes no room there: nothing that is kept is of that sort.
    serde_json::to_writer(&mut counted, value).map_or(0, |()| counted.0)
}

/// "1 file", "12 files".
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// "October 2026" for "2026-10"; anything else stays as it is.
pub fn month_and_year(text: &str) -> String {
    let parts = text.split_once('-').and_then(|(year, number)| Some((year, number.parse().ok()?)));
    parts.map_or_else(|| text.to_owned(), |(year, number)| format!("{} {year}", month(number)))
}

/// A day as it is written everywhere in Cairn: "6 August 2026".
pub fn long_date(date: jiff::civil::Date) -> String {
    format!("{} {} {}", date.day(), month(date.month()), date.year())
}

/// A day without its year: "6 August".
pub fn day_and_month(date: jiff::civil::Date) -> String {
    format!("{} {}", date.day(), month(date.month()))
}

/// The English names of the months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of a month, 1 to 12.
pub const fn month(number: i8) -> &'static str {
    MONTHS[(number - 1) as usize % 12]
}
