//! How hard a new password is to guess, and what would make it harder.

use zeroize::Zeroizing;
use zxcvbn::Score;
use zxcvbn::feedback::Warning;

/// The judgement of a new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength {
    /// From 0 (guessed at once) to 4.
    pub score: u8,
    /// The judgement in words.
    pub words: &'static str,
    /// What would help, if it is not yet good enough.
    pub advice: Option<&'static str>,
}

impl Strength {
    /// The least score that is taken.
    pub const ENOUGH: u8 = 3;

    /// Judges a password; `known` are words an attacker would try first, such as the owner's name.
    pub fn of(password: &str, known: &[&str]) -> Strength {
        let known: Vec<&str> = known.iter().flat_map(|words| words.split_whitespace()).collect();
        let entropy = zxcvbn::zxcvbn(password, &known);
        let score = match entropy.score() {
            Score::Zero => 0,
            Score::One => 1,
            Score::Two => 2,
            Score::Three => 3,
            _ => 4,
        };
        let warning = entropy.feedback().and_then(zxcvbn::feedback::Feedback::warning);
        Strength { score, words: words(score), advice: advice(score, warning) }
    }

    /// Whether it is taken.
    pub const fn is_enough(&self) -> bool {
        self.score >= Self::ENOUGH
    }
}

/// The strength of a password that is being typed. Judging takes a while, so it is done only
/// when the password has changed, not for each frame.
#[derive(Default)]
pub struct Judged {
    password: Zeroizing<String>,
    known: String,
    strength: Option<Strength>,
}

impl Judged {
    /// The strength of this password; `known` are words an attacker would try first.
    pub fn of(&mut self, password: &str, known: &str) -> Strength {
        match self.strength {
            Some(strength) if *self.password == password && self.known == known => strength,
            _ => {
                let strength = Strength::of(password, &[known]);
                password.clone_into(&mut self.password);
                known.clone_into(&mut self.known);
                *self.strength.insert(strength)
            }
        }
    }
}

const fn words(score: u8) -> &'static str {
    match score {
        0 => "Too easy. It would be guessed at once.",
        1 => "Easy. It would be guessed within an hour.",
        2 => "Not yet. A stolen laptop could be opened within days.",
        3 => "Good. Hard to guess, even for someone with your laptop.",
        _ => "Very good. Very hard to guess, even for someone with your laptop.",
    }
}

const fn advice(score: u8, warning: Option<Warning>) -> Option<&'static str> {
    if score >= Strength::ENOUGH {
        return None;
    }
    Some(match warning {
        Some(
            Warning::StraightRowsOfKeysAreEasyToGuess
            | Warning::ShortKeyboardPatternsAreEasyToGuess,
        ) => {
            "Rows of keys are tried first. Use four words that have nothing to do with each other."
        }
        Some(
            Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess,
        ) => "Repeating does not help. Add a word that has nothing to do with the others.",
        Some(Warning::SequencesLikeAbcAreEasyToGuess) => {
            "Letters or numbers in order are tried first. Use unrelated words."
        }
        Some(Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess) => {
            "Years and dates are tried first. Use unrelated words."
        }
        Some(
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword,
        ) => "Many people use one like it. Use four words that nobody would put together.",
        Some(
            Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
            | Warning::CommonNamesAndSurnamesAreEasyToGuess,
        ) => "Names are tried first. Use words that are not names.",
        Some(Warning::AWordByItselfIsEasyToGuess) => "One word is not enough. Add three more.",
        None => "Add another word or two. Unrelated words work best.",
    })
}
