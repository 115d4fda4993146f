//! Codes with a label or a known shape: hospital, GMC, training and candidate numbers.

use super::{Search, Told};
use crate::review::tokens::Case;
use crate::review::words::Label;
use crate::review::{Grade, Hit, Kind};

/// The most parts of a code, as in `YHD/023/118/N`.
const PARTS: usize = 5;

pub fn find<'a>(search: &Search<'a>, at: usize, hits: &mut Vec<Hit<'a>>) {
    let tokens = search.tokens;
    let inside = at > 0
        && tokens.is_attached(at)
        && tokens.is_attached(at - 1)
        && "-/._@".chars().any(|mark| tokens.is_mark(at - 1, mark));
    if inside || search.is_glued(at) {
        return;
    }
    let code = Code::at(search, at);
    let told = if code.digits == 0 {
        None
    } else {
        labelled(search, at, &code).or_else(|| shaped(search, at, &code))
    };
    if let Some(told) = told {
        let spaced = if told.kind == Kind::HospitalNumber { code.spaced } else { code.last };
        search.add(hits, at, spaced, told);
    }
}

fn labelled(search: &Search<'_>, at: usize, code: &Code) -> Option<Told> {
    let enough = if search.tokens.is_number(at) { 4 } else { 3 };
    if code.digits < enough && !code.text.contains('/') {
        return None;
    }
    let (label, _) = search.label_before(at)?;
    match label {
        Label::Hospital => Some(Told::new(
            Kind::HospitalNumber,
            Grade::Strong,
            "It is called a hospital number.",
            "(hospital number left out)",
        )),
        Label::Gmc if code.digits == code.text.len() && (6..=8).contains(&code.digits) => {
            Some(Told::new(
                Kind::GmcNumber,
                if code.digits == 7 { Grade::Strong } else { Grade::Weak },
                "It is called a GMC number: it names a doctor.",
                "(GMC number left out)",
            ))
        }
        Label::Training => Some(training()),
        Label::Candidate => Some(Told::new(
            Kind::CandidateNumber,
            Grade::Strong,
            "It is called a candidate number: it names a doctor to an exam board.",
            "(candidate number left out)",
        )),
        _ => None,
    }
}

fn training() -> Told {
    Told::new(
        Kind::TrainingNumber,
        Grade::Strong,
        "It has the form of a national training number: it names a doctor.",
        "(training number left out)",
    )
}

fn shaped(search: &Search<'_>, at: usize, code: &Code) -> Option<Told> {
    if is_training_number(&code.text) && search.tokens.case(at) == Case::Upper {
        return Some(training());
    }
    let hospital = |grade, reason| {
        Told::new(Kind::HospitalNumber, grade, reason, "(hospital number left out)")
    };
    let own = &search.settings.hospital_patterns;
    if own.iter().any(|pattern| fits(pattern, &code.text)) {
        let reason = "It has the form of a hospital number that you added.";
        return Some(hospital(Grade::Strong, reason));
    }
    let known = &search.words.hospital_patterns;
    if known.iter().any(|pattern| fits(pattern, &code.text)) {
        let reason = "It has the form of a hospital number of some trusts.";
        return Some(hospital(Grade::Weak, reason));
    }
    None
}

/// Whether a code fits a pattern: `#` is a digit, `@` a letter, anything else itself.
fn fits(pattern: &str, code: &str) -> bool {
    let fits = |(pattern, c): (char, char)| match pattern {
        '#' => c.is_ascii_digit(),
        '@' => c.is_alphabetic(),
        same => same.to_lowercase().eq(c.to_lowercase()),
    };
    !pattern.is_empty()
        && pattern.chars().count() == code.chars().count()
        && pattern.chars().zip(code.chars()).all(fits)
}

/// Region, specialty, number and a letter, parted by `/`.
fn is_training_number(text: &str) -> bool {
    let digits = |part: &str| part.bytes().filter(u8::is_ascii_digit).count();
    let parts: Vec<&str> = text.split('/').collect();
    let [region, specialty, number, kind] = parts.as_slice() else { return false };
    (2..=3).contains(&region.len())
        && digits(region) == 0
        && specialty.len() == 3
        && digits(specialty) >= 2
        && (3..=4).contains(&number.len())
        && digits(number) >= 2
        && (1..=2).contains(&kind.len())
        && digits(kind) == 0
}

/// Letters and digits in one piece, with the dashes and strokes inside.
struct Code {
    last: usize,
    text: String,
    digits: usize,
    /// The last token when groups of digits after spaces count as well.
    spaced: usize,
}

impl Code {
    fn at(search: &Search<'_>, at: usize) -> Code {
        let tokens = search.tokens;
        let mut code = Code { last: at, text: tokens.word(at).to_owned(), digits: 0, spaced: at };
        for _ in 1..PARTS {
            let (mark, next) = (code.last + 1, code.last + 2);
            let stroke = tokens.is_mark(mark, '-') || tokens.is_mark(mark, '/');
            let part = tokens.is_word(next) || tokens.is_number(next);
            if !(stroke && part && tokens.is_attached(mark) && tokens.is_attached(next)) {
                break;
            }
            code.text.push_str(tokens.word(mark));
            code.text.push_str(tokens.word(next));
            code.last = next;
        }
        code.digits = code.text.bytes().filter(u8::is_ascii_digit).count();
        code.spaced = code.last;
        let mut digits = code.digits;
        while digits < 7
            && tokens.is_number(code.spaced + 1)
            && tokens.is_on_line(code.spaced + 1)
            && tokens.word(code.spaced + 1).len() >= 3
        {
            code.spaced += 1;
            digits += tokens.word(code.spaced).len();
        }
        code
    }
}
