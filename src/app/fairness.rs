//! Fairness: what is published, gaps from counts, and the owner's own practice.

use std::path::PathBuf;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::educator::year_to;
use super::job::Written;
use super::notice::Notice;
use super::packs::Refused;
use crate::export::plain_name;
use crate::fairness::compare::{Answer, Gap, Group, compare};
use crate::fairness::picture::{self, known, of_gap};
use crate::fairness::published::{Area, Published};
use crate::fairness::report::{Report, gap_csv};
use crate::fairness::rows::Outcomes;
use crate::fairness::suppression::{DEFAULT_MINIMUM, LOWEST_MINIMUM, Rules};
use crate::fairness::{Counts, CountsError};
use crate::model::{Id, Journal, Owner};

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FairnessAction {
    /// Ask in the desktop's own dialog for a file of outcomes.
    OpenFile,
    /// Put that file away.
    CloseFile,
    /// Another smallest group was chosen.
    Rules,
    /// Show what would leave.
    Ask(Leaves),
    /// Put that away.
    PutAway,
    /// Ask in the desktop's own dialog where to write it.
    Choose,
    /// Write the file that is typed.
    Save,
}

/// What can leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// The published figures as a table: all, or those about one thing.
    Table(Option<Area>),
    /// Their charts.
    Picture(Option<Area>),
    /// The gap that is worked out, as a table.
    Gap,
    /// Its chart.
    GapPicture,
    /// What may be shown of a file of outcomes.
    File,
}

/// The parts of the screen.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "`words` says what each is")]
pub enum Page {
    #[default]
    Known,
    Calculator,
    Practice,
}

/// What part of the published figures is shown.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "`words` says what each is")]
pub enum Part {
    #[default]
    Glance,
    Posts,
    Exams,
    Arcp,
    Lived,
}

/// What is chosen and typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FairnessForm {
    /// The part of the screen.
    pub page: Page,
    /// The part of the published figures.
    pub part: Part,
    /// Whether more detail is shown.
    pub detail: bool,
    /// "Try it": how many passed, and of how many, as typed.
    pub tried: [String; 2],
    /// What the groups are called.
    pub names: [String; 2],
    /// For each group, how many had the outcome and how many there were, as typed.
    pub counts: [[String; 2]; 2],
    /// The outcome, inside a sentence.
    pub outcome: String,
    /// The smallest group that is shown, as typed.
    pub minimum: String,
    /// The gap that a study is to find, in every 100, as typed.
    pub wanted: String,
    /// Which of the groups in a file are compared, counted from 0 among those that are shown.
    pub pair: [usize; 2],
    /// To whom it goes, for the receipt.
    pub recipient: String,
    /// The file, as typed or chosen.
    pub path: String,
    /// The file that the desktop's dialog has asked about, if it was there already.
    pub asked_about: Option<PathBuf>,
}

impl Default for FairnessForm {
    fn default() -> FairnessForm {
        FairnessForm {
            page: Page::default(),
            part: Part::default(),
            detail: false,
            tried: ["2", "3"].map(str::to_owned),
            names: ["First group", "Second group"].map(str::to_owned),
            counts: Default::default(),
            outcome: "passed".to_owned(),
            minimum: DEFAULT_MINIMUM.to_string(),
            wanted: "10".to_owned(),
            pair: [1, 0],
            recipient: String::new(),
            path: String::new(),
            asked_about: None,
        }
    }
}

/// What the screen has looked into.
#[derive(Default)]
pub struct Fairness {
    /// A file of outcomes, added up, or why it can't be used.
    pub file: Option<Result<OpenFile, Refused>>,
    /// What is about to leave.
    pub leaving: Option<FairnessLeaving>,
}

/// A file of outcomes.
pub struct OpenFile {
    /// What it is called.
    pub name: String,
    /// What it says, added up.
    pub outcomes: Outcomes,
    /// What may be shown of it.
    pub report: Report,
}

/// Something that is about to leave.
pub struct FairnessLeaving {
    /// What.
    pub what: Leaves,
    /// The very text of the file.
    pub text: String,
    /// Names of people of the record that stand in it.
    pub named: Vec<String>,
    /// Whether the desktop's dialog for the file is open.
    pub asking: bool,
    /// Whether it is being written.
    pub busy: bool,
    /// What did not work.
    pub notice: Option<Notice>,
    /// The file that was written, with its receipt.
    pub written: Option<Written>,
}

/// The published figures; a test reads them, so that they are never empty.
pub fn published() -> &'static Published {
    static PUBLISHED: LazyLock<Published> = LazyLock::new(|| {
        let empty = || Published { checked: String::new(), figures: Vec::new(), lived: Vec::new() };
        Published::built_in().unwrap_or_else(|_| empty())
    });
    &PUBLISHED
}

impl Page {
    /// All, in the order of the tabs.
    pub const ALL: [Page; 3] = [Page::Known, Page::Calculator, Page::Practice];

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Page::Known => "What is known",
            Page::Calculator => "Gap calculator",
            Page::Practice => "My practice",
        }
    }
}

impl Part {
    /// All, in order.
    pub const ALL: [Part; 5] = [Part::Glance, Part::Posts, Part::Exams, Part::Arcp, Part::Lived];

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Part::Glance => "At a glance",
            Part::Posts => "Training posts",
            Part::Exams => "Exams",
            Part::Arcp => "ARCP",
            Part::Lived => "How it is lived",
        }
    }

    /// What the figures in it are about; nothing for all.
    pub const fn area(self) -> Option<Area> {
        match self {
            Part::Posts => Some(Area::Posts),
            Part::Exams => Some(Area::Exams),
            Part::Arcp => Some(Area::Arcp),
            Part::Glance | Part::Lived => None,
        }
    }
}

impl Leaves {
    /// What the receipt says left.
    pub const fn words(self) -> &'static str {
        match self {
            Leaves::Table(_) => "Published figures, a table",
            Leaves::Picture(_) => "Published figures, a picture",
            Leaves::Gap => "A gap from counts, a table",
            Leaves::GapPicture => "A gap from counts, a picture",
            Leaves::File => "Outcomes by group, a table",
        }
    }

    /// The kind of file.
    pub const fn ending(self) -> &'static str {
        match self {
            Leaves::Table(_) | Leaves::Gap | Leaves::File => "csv",
            Leaves::Picture(_) | Leaves::GapPicture => "svg",
        }
    }

    /// A name for the file, which names nobody.
    pub fn file_name(self, today: Date) -> String {
        let sort = match self {
            Leaves::Table(_) | Leaves::Picture(_) => "published gaps",
            Leaves::Gap | Leaves::GapPicture => "gap from counts",
            Leaves::File => "outcomes by group",
        };
        plain_name(["Cairn", sort].into_iter(), &format!(" {today}.{}", self.ending()))
    }

    /// The very text of the file; nothing where there is nothing that may leave.
    pub fn text(self, form: &FairnessForm, fairness: &Fairness) -> Option<String> {
        let outcome = form.outcome.trim();
        match self {
            Leaves::Table(area) => Some(published().csv(area)),
            Leaves::Picture(area) => Some(picture::svg(&known(published(), area), FOOT)),
            Leaves::Gap => form.gap().map(|gap| gap_csv(&gap, outcome)),
            Leaves::GapPicture => {
                form.gap().map(|gap| picture::svg(&[of_gap(&gap, outcome)], FOOT))
            }
            Leaves::File => match &fairness.file {
                Some(Ok(file)) => Some(file.report.csv(outcome)),
                _ => None,
            },
        }
    }
}

/// What stands under each chart.
pub const FOOT: &str = "Bars are 95% intervals. A wide bar is less sure. They describe groups, \
     never one doctor.";

/// Counts as they are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// A field is empty.
    Empty,
    /// What is wrong, and what to do.
    Wrong(&'static str),
    /// The counts.
    Counts(Counts),
}

/// Reads how many of how many.
pub fn typed([yes, of]: &[String; 2]) -> Typed {
    let (yes, of) = (yes.trim(), of.trim());
    if yes.is_empty() || of.is_empty() {
        return Typed::Empty;
    }
    let number = |words: &str| words.replace(',', "").parse::<u64>().ok();
    let below_zero = |words: &str| words.starts_with(['-', '−']);
    let (Some(yes), Some(of)) = (number(yes), number(of)) else {
        return Typed::Wrong(match below_zero(yes) || below_zero(of) {
            true => "A count cannot be below zero",
            false => "Write whole numbers",
        });
    };
    match Counts::new(yes, of) {
        Ok(counts) => Typed::Counts(counts),
        Err(CountsError::Nobody) => Typed::Wrong("There is nobody in this group"),
        Err(CountsError::MoreThanAll) => Typed::Wrong("The first number is at most the second"),
        Err(CountsError::TooMany) => Typed::Wrong("That is more than a thousand million people"),
    }
}

impl FairnessForm {
    /// From how many people on something is shown.
    pub fn rules(&self) -> Rules {
        Rules::new(self.minimum.trim().parse().unwrap_or(DEFAULT_MINIMUM))
    }

    /// What is wrong with the smallest group that is typed.
    pub fn wrong_minimum(&self) -> Option<&'static str> {
        match self.minimum.trim().parse::<u64>() {
            Ok(LOWEST_MINIMUM..=1000) => None,
            Ok(0..LOWEST_MINIMUM) => Some("Never below 5"),
            _ => Some("Write a whole number from 5"),
        }
    }

    /// What may be said of the typed counts; nothing while they are not whole.
    pub fn answer(&self) -> Option<Answer> {
        let group = |at: usize| {
            let Typed::Counts(counts) = typed(self.counts.get(at)?) else { return None };
            Some(Group { name: self.names.get(at)?.trim().to_owned(), counts })
        };
        Some(compare(group(0)?, group(1)?, self.rules()))
    }

    /// The gap, where it may be shown.
    pub fn gap(&self) -> Option<Gap> {
        match self.answer()? {
            Answer::Gap(gap) => Some(*gap),
            Answer::TooFew(_) => None,
        }
    }
}

/// What somebody got of the owner in the last twelve months. It is for the owner's eyes and is no
/// score: nothing is divided, nobody is ranked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Who.
    pub person: Id,
    /// What they are called.
    pub name: String,
    /// How many conversations were held.
    pub talks: usize,
    /// How many minutes were written down for them.
    pub minutes: u32,
    /// What the owner promised.
    pub promises: usize,
    /// How many of these are still open.
    pub open: usize,
    /// How many of them open a door: to meet somebody, to take part, to be put forward.
    pub doors: usize,
}

/// Beginnings of words of a promise that opens a door.
const DOORS: [&str; 9] = [
    "introduc",
    "invit",
    "nominat",
    "recommend",
    "sponsor",
    "put forward",
    "opportunit",
    "refer to",
    "connect",
];

/// What everybody who is supervised now got in the twelve months to a day, by name.
pub fn given(journal: &Journal, today: Date) -> Vec<Given> {
    let year = year_to(today);
    let in_it = |day: Date| (year.from..=year.to).contains(&day);
    let people = journal.people().into_iter().filter(|(_, person)| !person.is_past());
    people
        .map(|(id, person)| {
            let mut given = Given {
                person: id,
                name: person.name.clone(),
                talks: 0,
                minutes: 0,
                promises: 0,
                open: 0,
                doors: 0,
            };
            for (_, talk) in journal.sessions_with(id) {
                if talk.was_held() && in_it(talk.date) {
                    given.talks += 1;
                    given.minutes += u32::from(talk.minutes.unwrap_or_default());
                }
            }
            for (_, action) in journal.actions_with(id) {
                if action.owner == Owner::Me && in_it(action.made) && !action.is_taken_out() {
                    let words = action.text.to_lowercase();
                    given.promises += 1;
                    given.open += usize::from(action.is_open());
                    given.doors += usize::from(DOORS.iter().any(|door| words.contains(door)));
                }
            }
            given
        })
        .collect()
}
