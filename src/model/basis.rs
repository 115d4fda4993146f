//! What a line rests on, and what somebody else says about the same.

use serde::{Deserialize, Serialize};

/// What a note or an answer rests on, as its writer marks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The writer saw it.
    Observed,
    /// Somebody told the writer.
    Reported,
    /// It is in the portfolio, a letter or a file.
    Evidence,
    /// None of these.
    Impression,
}

impl Basis {
    /// All of them, the firmest first.
    pub const ALL: [Basis; 4] =
        [Basis::Observed, Basis::Evidence, Basis::Reported, Basis::Impression];

    /// The words beside the line.
    pub const fn words(self) -> &'static str {
        match self {
            Basis::Observed => "I saw this myself",
            Basis::Reported => "Reported to me",
            Basis::Evidence => "Rests on evidence",
            Basis::Impression => "My impression, not evidence",
        }
    }
}

/// What somebody says who sees it differently. It is never changed by anything but their words:
/// no hint and no replacement is offered for it. Who reads it is who reads the answer beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OtherView {
    /// Whose view it is, by name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// Their words.
    pub text: String,
}

impl OtherView {
    /// Whether nobody has said anything.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// In words: "Amina sees it differently: It was the rota".
    pub fn words(&self) -> String {
        format!("{}: {}", self.lead(), self.text.trim())
    }

    /// Who sees it differently.
    pub fn lead(&self) -> String {
        match self.who.trim() {
            "" => "The other view".to_owned(),
            who => format!("{who} sees it differently"),
        }
    }
}
