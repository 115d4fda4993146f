//! From the words under a question to an answer of its kind.

use jiff::civil::Date;

use super::phrase;
use crate::model::clean::line;
use crate::model::date::parse;
use crate::model::session::Evidence;
use crate::model::{Answer, PromptKind};

/// The longest name.
const MAX_NAME: usize = 200;

/// The answer that the words give to a question of this kind; nothing where they are none of that
/// kind as they stand. Nothing is guessed.
pub fn value(kind: &PromptKind, words: &str, today: Date) -> Option<Answer> {
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    match kind {
        PromptKind::Text => Some(Answer::Text(words.to_owned())),
        PromptKind::Scale { from, to, .. } => scale(words, (*from, *to)).map(Answer::Scale),
        PromptKind::Choice { options, many } => {
            let chosen = options_in(words, options)?;
            (*many || chosen.len() == 1).then_some(Answer::Choice(chosen))
        }
        PromptKind::Checklist { items } => options_in(words, items).map(Answer::Checked),
        PromptKind::Date => parse(words.trim_end_matches('.'), today).ok()?.map(Answer::Date),
        PromptKind::Person => {
            let name = line(words);
            let short = !words.contains('\n') && name.chars().count() <= MAX_NAME;
            short.then_some(Answer::Person(name))
        }
        PromptKind::Evidence => {
            let lines = words.lines().filter(|line| !line.trim().is_empty());
            Some(Answer::Evidence(lines.map(|it| evidence(it, today)).collect()))
        }
        PromptKind::Capability { .. } | PromptKind::Action => None,
    }
}

/// "4", "4 of 5", "4/5".
fn scale(words: &str, (from, to): (u8, u8)) -> Option<u8> {
    let words = line(words);
    let words = words.trim_end_matches('.');
    let (number, of) = match words.split_once(" out of ").or_else(|| words.split_once(" of ")) {
        Some((number, of)) => (number, Some(of)),
        None => words.split_once('/').map_or((words, None), |(number, of)| (number, Some(of))),
    };
    let right = of.is_none_or(|of| of.trim().parse() == Ok(to));
    let number: u8 = number.trim().parse().ok()?;
    (right && (from..=to).contains(&number)).then_some(number)
}

/// The options that the words name, when they name nothing else.
fn options_in(words: &str, options: &[String]) -> Option<Vec<String>> {
    let of = |words: &str| {
        let bare = words.trim().trim_start_matches(['-', '•', '·', '✓', '☑', ' ']);
        let bare = bare.strip_prefix("[x]").or_else(|| bare.strip_prefix("[X]")).unwrap_or(bare);
        let bare = phrase(bare.trim_end_matches(['.', ',', ';']));
        options.iter().find(|option| phrase(option.trim_end_matches(['.', ',', ';'])) == bare)
    };
    let all = |parts: &mut dyn Iterator<Item = &str>| -> Option<Vec<String>> {
        let mut parts = parts.filter(|part| !part.trim().is_empty()).peekable();
        parts.peek()?;
        let named: Option<Vec<&String>> = parts.map(of).collect();
        let named = named?;
        Some(options.iter().filter(|option| named.contains(option)).cloned().collect())
    };
    all(&mut std::iter::once(words))
        .or_else(|| all(&mut words.lines()))
        .or_else(|| all(&mut words.split(" / ")))
        .or_else(|| all(&mut words.split(['\n', ',', ';'])))
}

/// "MSF, 3 November 2026, portfolio"; anything else is what it is, without a day.
fn evidence(words: &str, today: Date) -> Evidence {
    let parts: Vec<&str> = words.splitn(3, ',').map(str::trim).collect();
    let day = parts.get(1).and_then(|day| parse(day, today).ok().flatten());
    match (parts.as_slice(), day) {
        ([what, _, rest @ ..], Some(day)) if !what.is_empty() => Evidence {
            what: (*what).to_owned(),
            date: Some(day),
            place: rest.first().map(|place| (*place).to_owned()).unwrap_or_default(),
            ..Evidence::default()
        },
        _ => Evidence { what: line(words), ..Evidence::default() },
    }
}
