//! Agreeing: a version is agreed when both accepted the same words.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Acceptance, Author, Plan, Words};
use crate::model::Extra;

/// Words that both agreed to. Nothing that is written later changes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedVersion {
    /// Which one it is, from 1.
    pub number: usize,
    /// What the doctor and the supervisor were called then.
    pub names: [String; 2],
    /// When the doctor and the supervisor agreed.
    pub dates: [Timestamp; 2],
    /// The words.
    pub words: Words,
}

impl AgreedVersion {
    /// When the second of the two agreed.
    pub fn since(&self) -> Timestamp {
        self.dates[0].max(self.dates[1])
    }
}

impl Plan {
    /// What words come to: 16 bytes of the SHA-256 of their JSON, in hexadecimal.
    pub fn digest_of(words: &Words) -> String {
        let json = serde_json::to_vec(words).unwrap_or_default();
        Sha256::digest(json).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// One of the two agrees to the words as they stand. Gives whether that was new: whoever
    /// waits for the other to agree to the same words, or has agreed with them, need not again.
    pub fn accept(&mut self, by: Author, name: &str, now: Timestamp, id: String) -> bool {
        let words = self.words();
        if words.is_empty() || self.has_accepted(by) {
            return false;
        }
        self.accepted.push(Acceptance {
            id,
            digest: Plan::digest_of(&words),
            by,
            name: name.to_owned(),
            on: now,
            words,
            extra: Extra::new(),
        });
        true
    }

    /// Whether one of the two agrees to the words as they stand: they are those of the last
    /// agreed version, or the other one has yet to agree to them.
    pub fn has_accepted(&self, by: Author) -> bool {
        let words = self.words();
        if self.agreed().is_some_and(|agreed| agreed.words == words) {
            return true;
        }
        let (_, waiting) = self.agreements();
        waiting.contains_key(&(by == Author::Doctor, Plan::digest_of(&words).as_str()))
    }

    /// The version that both agreed last.
    pub fn agreed(&self) -> Option<AgreedVersion> {
        self.agreed_versions().pop()
    }

    /// All versions that both agreed, the oldest first.
    pub fn agreed_versions(&self) -> Vec<AgreedVersion> {
        let (agreed, _) = self.agreements();
        let version = |(at, [doctor, supervisor]): (usize, [&Acceptance; 2])| AgreedVersion {
            number: at + 1,
            names: [doctor.name.clone(), supervisor.name.clone()],
            dates: [doctor.on, supervisor.on],
            words: supervisor.words.clone(),
        };
        agreed.into_iter().enumerate().map(version).collect()
    }

    /// What was accepted by both, and by one alone, in the order in which it happened. What does
    /// not come to its digest was not accepted by anybody.
    #[expect(clippy::type_complexity, reason = "named by its two users")]
    fn agreements(&self) -> (Vec<[&Acceptance; 2]>, BTreeMap<(bool, &str), &Acceptance>) {
        let sound = |one: &&Acceptance| Plan::digest_of(&one.words) == one.digest;
        let mut all: Vec<&Acceptance> = self.accepted.iter().filter(sound).collect();
        all.sort_by_key(|one| (one.on, &one.id));
        all.dedup_by_key(|one| &one.id);
        let mut agreed = Vec::new();
        let mut waiting: BTreeMap<(bool, &str), &Acceptance> = BTreeMap::new();
        for one in all {
            let is_doctor = one.by == Author::Doctor;
            match waiting.remove(&(!is_doctor, one.digest.as_str())) {
                Some(other) => {
                    waiting.remove(&(is_doctor, one.digest.as_str()));
                    agreed.push(if is_doctor { [one, other] } else { [other, one] });
                }
                None => drop(waiting.insert((is_doctor, one.digest.as_str()), one)),
            }
        }
        (agreed, waiting)
    }
}
