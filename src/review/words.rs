//! The dated lists of `assets/words` that the checks work with.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::tokens::Tokens;
use super::wording::{Rule, RuleFile, Rules};

const IDENTIFIERS: &str = include_str!("../../assets/words/identifiers.json");
const NAMES: &str = include_str!("../../assets/words/names.json");
const WORDING: &str = include_str!("../../assets/words/wording.json");

/// A list of words that can't be used: a fault of the program, which its tests find.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// The file is not what it should be.
    #[error("The word list {name} can’t be read: {source}")]
    Unreadable {
        /// The file.
        name: &'static str,
        /// Where it goes wrong.
        source: serde_json::Error,
    },
    /// A rule names a list of words that is not in the file.
    #[error("The rule {rule} of the word list wording.json names a list that is not there: {list}")]
    NoList {
        /// The rule.
        rule: String,
        /// The list.
        list: String,
    },
}

/// What a label before a number says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    Nhs,
    Chi,
    Hc,
    Hospital,
    Birth,
    /// "Born" and "aged", which stand further off.
    Born,
    Gmc,
    Training,
    Candidate,
    Phone,
}

#[derive(Deserialize)]
struct IdentifierFile {
    labels: HashMap<Label, Vec<String>>,
    fillers: HashSet<String>,
    hospital_patterns: Vec<String>,
    postcode_areas: HashSet<String>,
    months: Vec<Vec<String>>,
    events: Vec<String>,
    event_exceptions: HashSet<String>,
    place_nouns: HashMap<String, String>,
    not_ward_names: HashSet<String>,
    units: HashSet<String>,
}

#[derive(Deserialize)]
struct NameFile {
    titles: HashSet<String>,
    weak_titles: HashSet<String>,
    colleague_titles: HashSet<String>,
    typed_small: HashSet<String>,
    after_small_title: HashSet<String>,
    not_names: HashSet<String>,
    things: HashSet<String>,
    particles: HashSet<String>,
    cues: HashSet<String>,
    given: HashSet<String>,
    also_words: HashSet<String>,
    also_months: HashSet<String>,
    month_cues: HashSet<String>,
    month_events: HashSet<String>,
    person_verbs: HashSet<String>,
    model_words: HashSet<String>,
    heads: HashSet<String>,
    before_places: HashSet<String>,
    allowed: Vec<String>,
}

/// Phrases by their first word, each with what it stands for.
pub struct Phrases<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T: Copy> Phrases<T> {
    pub fn new() -> Phrases<T> {
        Phrases { by_first: HashMap::new() }
    }

    pub fn add(&mut self, phrase: &str, value: T) {
        let words = words_of(phrase);
        if let Some(first) = words.first() {
            self.by_first.entry(first.clone()).or_default().push((words, value));
        }
    }

    /// Every phrase that begins at a token, with its last token.
    pub fn at<'a>(
        &'a self,
        tokens: &'a Tokens<'_>,
        first: usize,
    ) -> impl Iterator<Item = (usize, T)> + 'a {
        let known = self.by_first.get(tokens.word(first));
        known.into_iter().flatten().filter_map(move |(words, value)| {
            let mut last = first;
            for word in words.iter().skip(1) {
                last = tokens.next_word(last)?;
                if tokens.word(last) != word
                    || tokens.get(last)?.gap == super::tokens::Gap::Paragraph
                {
                    return None;
                }
            }
            Some((last, *value))
        })
    }
}

/// The words of a phrase, folded as those of a text are.
pub fn words_of(phrase: &str) -> Vec<String> {
    let tokens = Tokens::of(phrase);
    (0..tokens.len())
        .filter(|at| tokens.is_word(*at) || tokens.is_number(*at))
        .map(|at| tokens.word(at).to_owned())
        .collect()
}

/// All lists, ready to look things up in.
pub struct Words {
    /// Each label by its last word, with its words from the end.
    pub labels: HashMap<String, Vec<(Vec<String>, Label)>>,
    pub fillers: HashSet<String>,
    pub hospital_patterns: Vec<String>,
    pub postcode_areas: HashSet<String>,
    pub months: HashMap<String, u32>,
    pub events: Phrases<()>,
    pub event_exceptions: HashSet<String>,
    /// "ward" with "a ward".
    pub place_nouns: HashMap<String, String>,
    pub not_ward_names: HashSet<String>,
    /// What is counted: "2 days" is no number of a ward.
    pub units: HashSet<String>,
    pub titles: HashSet<String>,
    pub weak_titles: HashSet<String>,
    pub colleague_titles: HashSet<String>,
    /// Titles that people also type small.
    pub typed_small: HashSet<String>,
    /// What follows those when they are no title: "mr scan".
    pub after_small_title: HashSet<String>,
    /// What no name is: days, months, little words.
    pub not_names: HashSet<String>,
    /// What follows "Sister" or a given name without being a surname: "Sister Ward".
    pub things: HashSet<String>,
    pub particles: HashSet<String>,
    pub cues: HashSet<String>,
    pub given: HashSet<String>,
    /// Names that are words as well.
    pub also_words: HashSet<String>,
    pub also_months: HashSet<String>,
    pub month_cues: HashSet<String>,
    pub month_events: HashSet<String>,
    pub person_verbs: HashSet<String>,
    pub model_words: HashSet<String>,
    /// What makes a name before it an eponym or a place: disease, hospital.
    pub heads: HashSet<String>,
    pub before_places: HashSet<String>,
    pub allowed: Phrases<()>,
    pub rules: Rules,
}

fn read<'a, T: Deserialize<'a>>(name: &'static str, text: &'a str) -> Result<T, WordsError> {
    serde_json::from_str(text).map_err(|source| WordsError::Unreadable { name, source })
}

impl Words {
    /// The lists that come with Cairn.
    pub fn built_in() -> Result<Words, WordsError> {
        let ids: IdentifierFile = read("identifiers.json", IDENTIFIERS)?;
        let names: NameFile = read("names.json", NAMES)?;
        let wording: RuleFile = read("wording.json", WORDING)?;
        let mut labels: HashMap<String, Vec<(Vec<String>, Label)>> = HashMap::new();
        for (label, phrases) in &ids.labels {
            for phrase in phrases {
                let mut words = words_of(phrase);
                words.reverse();
                if let Some(last) = words.first() {
                    labels.entry(last.clone()).or_default().push((words, *label));
                }
            }
        }
        let months = (1..).zip(&ids.months);
        let months = months.flat_map(|(n, words)| words.iter().map(move |w| (w.clone(), n)));
        let mut events = Phrases::new();
        ids.events.iter().for_each(|event| events.add(event, ()));
        let mut allowed = Phrases::new();
        names.allowed.iter().for_each(|phrase| allowed.add(phrase, ()));
        Ok(Words {
            labels,
            fillers: ids.fillers,
            hospital_patterns: ids.hospital_patterns,
            postcode_areas: ids.postcode_areas,
            months: months.collect(),
            events,
            event_exceptions: ids.event_exceptions,
            place_nouns: ids.place_nouns,
            not_ward_names: ids.not_ward_names,
            units: ids.units,
            titles: names.titles,
            weak_titles: names.weak_titles,
            colleague_titles: names.colleague_titles,
            typed_small: names.typed_small,
            after_small_title: names.after_small_title,
            not_names: names.not_names,
            things: names.things,
            particles: names.particles,
            cues: names.cues,
            given: names.given,
            also_words: names.also_words,
            also_months: names.also_months,
            month_cues: names.month_cues,
            month_events: names.month_events,
            person_verbs: names.person_verbs,
            model_words: names.model_words,
            heads: names.heads,
            before_places: names.before_places,
            allowed,
            rules: Rules::new(wording)?,
        })
    }

    /// The rules of fair language as they stand in the file, for a list of them.
    pub fn rules(&self) -> &[Rule] {
        self.rules.all()
    }
}
