//! Forms that are half typed, kept as a draft beside the record of whom they are about: what can't
//! be read yet is lost no more than what can.

use serde::{Deserialize, Serialize};

use super::educator::LearningForm;
use super::inputs::{Inputs, PersonForm};
use super::part::PartForm;
use super::plan::PlanForm;
use super::revise::ReviseForm;
use crate::model::Id;
use crate::model::id::Beside;

/// What is typed about one person, or for one record of the owner's own, and not saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unfinished {
    /// Whom it is about: when they are erased, this goes too. For something that the owner learned,
    /// its own record.
    pub about: Id,
    /// The form for a part of what is known of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<PartForm>,
    /// The form for a plan of revision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revise: Option<ReviseForm>,
    /// What is typed in the career plan with them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanForm>,
    /// The form for somebody new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newcomer: Option<PersonForm>,
    /// The form for something that the owner learned or taught elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learning: Option<LearningForm>,
}

impl Unfinished {
    /// The identity of the draft about a person.
    pub const fn draft_of(id: Id) -> Id {
        id.beside(Beside::Forms)
    }

    /// What is half typed now, by person. `newcomer` says whether the form for somebody new counts.
    pub fn of(inputs: &Inputs, newcomer: Option<Id>) -> Vec<Unfinished> {
        let part = inputs.part.as_ref().filter(|form| form.is_changed());
        let revise = inputs.revise.as_ref().filter(|form| form.is_changed());
        let learning = inputs.educator.adding.as_ref().filter(|form| form.is_changed());
        let plan = inputs.plan.as_ref().filter(|form| form.is_changed());
        let people = part.map(|form| form.person).into_iter();
        let people = people.chain(plan.map(|form| form.person));
        let people = people.chain(revise.map(|form| form.person)).chain(newcomer);
        let mut people: Vec<Id> = people.chain(learning.and_then(|form| form.id)).collect();
        people.sort_unstable();
        people.dedup();
        let of = |about| Unfinished {
            about,
            part: part.filter(|form| form.person == about).cloned(),
            revise: revise.filter(|form| form.person == about).cloned(),
            plan: plan.filter(|form| form.person == about).cloned(),
            newcomer: newcomer.filter(|id| *id == about).map(|_| inputs.person.clone()),
            learning: learning.filter(|form| form.id == Some(about)).cloned(),
        };
        people.into_iter().map(of).collect()
    }

    /// Reads one from a draft; nothing when the draft holds something else.
    pub fn read(bytes: &[u8]) -> Option<Unfinished> {
        serde_json::from_slice(bytes).ok()
    }

    /// As the content of a draft.
    ///
    /// # Errors
    /// None; the signature is that of the JSON library.
    pub fn write(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}
