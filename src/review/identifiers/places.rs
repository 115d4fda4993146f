//! Wards, beds and ages over 89: they point to a patient only together with other things.

use super::{Search, Told};
use crate::review::tokens::Case;
use crate::review::{Grade, Hit, Kind};

const REASON: &str = "A ward or bed together with a date or an illness may point to one patient.";

pub fn find<'a>(search: &Search<'a>, at: usize, hits: &mut Vec<Hit<'a>>) {
    let tokens = search.tokens;
    let Some((noun_last, written)) = noun(search, at) else { return };
    let after = noun_last + 1;
    if is_place_code(search, after) {
        let first = with_article(search, at);
        add(search, first, after, written, hits);
        return;
    }
    if tokens.word(at) != "ward" || at == 0 {
        return;
    }
    // "Nightingale Ward", "J23 ward"
    let before = at - 1;
    let near = tokens.is_on_line(at) && !tokens.is_attached(at);
    if near && is_ward_name(search, before) {
        let mut first = before;
        while first > 0
            && at - first < 3
            && tokens.is_on_line(first)
            && !tokens.is_attached(first)
            && tokens.case(first - 1) == Case::Title
            && is_ward_name(search, first - 1)
        {
            first -= 1;
        }
        add(search, with_article(search, first), at, written, hits);
    }
}

fn add<'a>(search: &Search<'a>, first: usize, last: usize, written: &str, hits: &mut Vec<Hit<'a>>) {
    search.add(hits, first, last, Told::new(Kind::WardOrBed, Grade::Weak, REASON, written));
}

/// "ward", "side room": the last token of the noun, and what may stand there instead.
fn noun<'a>(search: &Search<'a>, at: usize) -> Option<(usize, &'a str)> {
    let tokens = search.tokens;
    if let Some(written) = search.words.place_nouns.get(tokens.word(at)) {
        return Some((at, written));
    }
    let two = tokens.word(at) == "side" && tokens.word(at + 1) == "room";
    let written = search.words.place_nouns.get("side room").filter(|_| two)?;
    Some((at + 1, written))
}

/// A number, a number with a letter, or one capital: not what is counted, not the time.
fn is_place_code(search: &Search<'_>, at: usize) -> bool {
    let tokens = search.tokens;
    if !tokens.is_on_line(at) || tokens.is_attached(at) {
        return false;
    }
    let word = tokens.word(at);
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.chars().count() - digits;
    let shape = (1..=3).contains(&digits) && letters <= 2;
    let lone = digits == 0 && tokens.case(at) == Case::Initial && word != "i" && word != "a";
    let ordinal = ["st", "nd", "rd", "th", "am", "pm", "h"]
        .iter()
        .any(|end| word.ends_with(end) && digits > 0);
    let counted = tokens.is_on_line(at + 1) && search.words.units.contains(tokens.word(at + 1));
    let time = [':', '.'].iter().any(|mark| tokens.is_mark(at + 1, *mark))
        && tokens.is_attached(at + 1)
        && tokens.is_attached(at + 2)
        && tokens.is_number(at + 2);
    let share = tokens.is_mark(at + 1, '%');
    (shape || lone) && !ordinal && !counted && !time && !share
}

/// A capitalised name, or a code such as J23, before "ward".
fn is_ward_name(search: &Search<'_>, at: usize) -> bool {
    let tokens = search.tokens;
    let word = tokens.word(at);
    if !tokens.is_word(at) || search.words.not_ward_names.contains(word) {
        return false;
    }
    let coded = word.bytes().any(|byte| byte.is_ascii_digit()) && word.len() <= 4;
    let grade = ["st", "ct", "f", "pgy", "imt", "gpst", "level"].iter().any(|grade| {
        word.strip_prefix(grade).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
    });
    let named = tokens.case(at) == Case::Title
        && word.len() >= 3
        && !tokens.get(at).is_some_and(|token| token.first);
    let opens =
        tokens.case(at) == Case::Title && word.len() >= 3 && tokens.case(at + 1) == Case::Title;
    !grade && (coded || named || opens)
}

/// "the" and "a" go with what is replaced.
fn with_article(search: &Search<'_>, first: usize) -> usize {
    let article = first > 0
        && search.tokens.is_on_line(first)
        && matches!(search.tokens.word(first - 1), "the" | "a" | "an");
    first - usize::from(article)
}

/// 93-year-old, 93 yo, aged 93, age of 93.
pub fn find_age<'a>(search: &Search<'a>, at: usize, hits: &mut Vec<Hit<'a>>) {
    let tokens = search.tokens;
    if search.is_glued(at) {
        return;
    }
    let word = tokens.word(at);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let Some((number, ending)) = word.split_at_checked(digits) else { return };
    if !number.parse().is_ok_and(|age: u32| (90..=119).contains(&age)) {
        return;
    }
    let reason = "Few people are over 89: the exact age may point to one of them.";
    let told = |written: &str| Told::new(Kind::Age, Grade::Weak, reason, written);
    if matches!(ending, "yo" | "yr" | "yrs" | "y" | "f" | "m") {
        let sex = matches!(ending, "f" | "m");
        if !sex || tokens.case(at) == Case::Upper {
            search.add(hits, at, at, told("90-or-over"));
        }
        return;
    }
    if !ending.is_empty() || search.goes_on(at) {
        return;
    }
    if let Some((last, adjective)) = years_old(search, at) {
        let written = if adjective { "90-or-over" } else { "90 or over" };
        search.add(hits, at, last, told(written));
    } else if at > 0 && tokens.word(at - 1) == "aged" {
        search.add(hits, at - 1, at, told("aged 90 or over"));
    } else if at > 1 && tokens.word(at - 1) == "of" && tokens.word(at - 2) == "age" {
        search.add(hits, at - 2, at, told("age of 90 or over"));
    } else if at > 0 && matches!(tokens.word(at - 1), "age") {
        search.add(hits, at - 1, at, told("age 90 or over"));
    }
}

/// The last token of "year-old", "years old", "years of age", "yo", "y/o", "yrs old".
fn years_old(search: &Search<'_>, at: usize) -> Option<(usize, bool)> {
    let tokens = search.tokens;
    let unit = tokens.next_word(at)?;
    match tokens.word(unit) {
        "yo" => Some((unit, true)),
        "y" if tokens.is_mark(unit + 1, '/') && tokens.word(unit + 2) == "o" => {
            Some((unit + 2, true))
        }
        one @ ("year" | "yr" | "years" | "yrs") => {
            let next = tokens.next_word(unit)?;
            if tokens.word(next) == "old" {
                return Some((next, matches!(one, "year" | "yr")));
            }
            let of_age = tokens.word(next) == "of" && tokens.word(next + 1) == "age";
            of_age.then_some((next + 1, false))
        }
        _ => None,
    }
}
