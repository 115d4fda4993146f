//! Pairing with another person, in words: what came of a step, and why one did not work.

use super::notice::Notice;
use crate::exchange::pairing::{Pair, PairError, Which};
use crate::model::Id;

/// What an invitation is called in its receipt.
pub const INVITATION: &str = "Invitation to pair";
/// What a reply to one is called in its receipt.
pub const REPLY: &str = "Reply to an invitation to pair";

/// Two who are paired, for telling.
#[derive(Debug, Clone)]
pub struct Paired {
    /// The person of this record.
    pub person: Id,
    /// The pair, with the four words to compare.
    pub pair: Pair,
    /// Whether the four words were compared before.
    pub checked: bool,
    /// SHA-256 of the file that was made, in lower-case hexadecimal; nothing where none was.
    pub sha256: Option<String>,
}

const SAFE: &str = "Nothing was changed.";

impl From<&PairError> for Notice {
    fn from(error: &PairError) -> Notice {
        use PairError as E;
        match error {
            E::WordCount(count) => Notice::new(
                format!("Six words are needed. There are {count}."),
                SAFE,
                "Type all six.",
            ),
            E::UnknownWord(place) => Notice::new(
                format!("Word {place} is not one of the words that Cairn gives."),
                SAFE,
                "Ask for that word once more, and type it again.",
            ),
            E::WrongWords => Notice::new(
                "The six words do not open this invitation.",
                SAFE,
                "Ask for the words once more. They may belong to a newer invitation.",
            ),
            E::NotOne(Which::Invitation) => Notice::new(
                "This file is not an invitation.",
                SAFE,
                "Choose the file that came with the six words.",
            ),
            E::NotOne(Which::Reply) => Notice::new(
                "This file is not a reply to an invitation.",
                SAFE,
                "Choose the file that the other person made.",
            ),
            E::TooLarge => Notice::new(
                "This file is too large to be an invitation or a reply.",
                SAFE,
                "Choose another file.",
            ),
            E::Damaged | E::Shape => {
                Notice::new("This file is damaged.", SAFE, "Ask for the file once more.")
            }
            E::Forged => Notice::new(
                "This file was changed on its way.",
                SAFE,
                "Do not use it. Invite again, and hand the file over yourself.",
            ),
            E::Newer(_) => Notice::new(
                "A newer version of Cairn made this file.",
                SAFE,
                "Update Cairn on this computer, then try again.",
            ),
            E::Recipient => Notice::new(
                "This file names a key that keeps nothing secret. Somebody may have made it to \
                 read along.",
                SAFE,
                "Do not use it. Invite again, and hand the file over yourself.",
            ),
            E::Own => Notice::new(
                "This file was made here. It is meant for the other person.",
                SAFE,
                "Give it to them, and open the file that they make.",
            ),
            E::OtherInvitation => Notice::new(
                "This reply is to no invitation that is open here.",
                SAFE,
                "Ask for the reply to your newest invitation, or invite again.",
            ),
            E::AlreadyAnswered => Notice::new(
                "Alarm: this is a second reply to your invitation, and not the same as the first. \
                 Somebody else may know the six words.",
                "Nothing was changed: the first reply stands, but it may be the wrong one.",
                "Send nothing. Compare the four words face to face. If they differ, stop the \
                 pairing and invite again.",
            ),
            E::Name => Notice::new(
                "Your name is missing, or longer than 200 characters.",
                SAFE,
                "Say what the other person should see.",
            ),
            E::NotTheSame | E::NoRandom | E::Derivation => {
                Notice::new("The keys for the two of you could not be made.", SAFE, "Try again.")
            }
        }
    }
}

/// That two are paired already.
pub fn already(name: &str) -> Notice {
    Notice::new(
        format!("You are already paired with {name}."),
        "Nothing was changed.",
        "Stop that pairing first. Then invite again.",
    )
}

/// That two are not paired.
pub fn not_paired(name: &str) -> Notice {
    Notice::new(
        format!("You are not paired with {name}."),
        "Nothing was changed.",
        "Invite them when you meet.",
    )
}
