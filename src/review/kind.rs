//! What can be found in a text.

use serde::{Deserialize, Serialize};

/// What a place in a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An NHS number of England, Wales or the Isle of Man.
    NhsNumber,
    /// A Community Health Index number of Scotland.
    ChiNumber,
    /// A Health and Care number of Northern Ireland.
    HcNumber,
    /// A number that a hospital gives.
    HospitalNumber,
    /// A date of birth.
    DateOfBirth,
    /// The exact day of a death or another event.
    EventDate,
    /// A full postcode.
    Postcode,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// Somebody on the caseload.
    Person,
    /// A title with a name, or another name.
    Name,
    /// A numbered or named ward, bed, bay or side room.
    WardOrBed,
    /// An age over 89.
    Age,
    /// A doctor's number with the General Medical Council.
    GmcNumber,
    /// A national training number.
    TrainingNumber,
    /// A candidate's number in an exam.
    CandidateNumber,
    /// A word about the person where behaviour would say more.
    Personality,
    /// Praise that says nothing about what was done.
    VaguePraise,
    /// A word that carries a stereotype, or is said of some groups more than of others.
    Stereotype,
    /// A judgement without a next step.
    NoNextStep,
    /// A word that is in no list.
    Spelling,
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// A check digit in a plausible range, a label, or a form that little else has.
    Strong,
    /// A shape that other things have as well, or a detail that points to nobody by itself.
    Weak,
    /// Something to think about: wording and spelling.
    Hint,
}

/// The sorts of kinds, for switches and headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// What may point to a person.
    Identifier,
    /// Fair language.
    Wording,
    /// Spelling.
    Spelling,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 21] = [
        Kind::NhsNumber,
        Kind::ChiNumber,
        Kind::HcNumber,
        Kind::HospitalNumber,
        Kind::DateOfBirth,
        Kind::EventDate,
        Kind::Postcode,
        Kind::Phone,
        Kind::Email,
        Kind::Person,
        Kind::Name,
        Kind::WardOrBed,
        Kind::Age,
        Kind::GmcNumber,
        Kind::TrainingNumber,
        Kind::CandidateNumber,
        Kind::Personality,
        Kind::VaguePraise,
        Kind::Stereotype,
        Kind::NoNextStep,
        Kind::Spelling,
    ];

    /// Its stable name, for files and programs.
    pub const fn id(self) -> &'static str {
        match self {
            Kind::NhsNumber => "nhs-number",
            Kind::ChiNumber => "chi-number",
            Kind::HcNumber => "hc-number",
            Kind::HospitalNumber => "hospital-number",
            Kind::DateOfBirth => "date-of-birth",
            Kind::EventDate => "event-date",
            Kind::Postcode => "postcode",
            Kind::Phone => "phone",
            Kind::Email => "email",
            Kind::Person => "person",
            Kind::Name => "name",
            Kind::WardOrBed => "ward-or-bed",
            Kind::Age => "age",
            Kind::GmcNumber => "gmc-number",
            Kind::TrainingNumber => "training-number",
            Kind::CandidateNumber => "candidate-number",
            Kind::Personality => "personality",
            Kind::VaguePraise => "vague-praise",
            Kind::Stereotype => "stereotype",
            Kind::NoNextStep => "no-next-step",
            Kind::Spelling => "spelling",
        }
    }

    /// The kind with this stable name.
    pub fn by_id(id: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Kind::NhsNumber => "NHS number",
            Kind::ChiNumber => "CHI number",
            Kind::HcNumber => "Health and Care number",
            Kind::HospitalNumber => "Hospital number",
            Kind::DateOfBirth => "Date of birth",
            Kind::EventDate => "Exact date of an event",
            Kind::Postcode => "Postcode",
            Kind::Phone => "Telephone number",
            Kind::Email => "E-mail address",
            Kind::Person => "Somebody on your caseload",
            Kind::Name => "Name",
            Kind::WardOrBed => "Ward or bed",
            Kind::Age => "Age over 89",
            Kind::GmcNumber => "GMC number",
            Kind::TrainingNumber => "Training number",
            Kind::CandidateNumber => "Candidate number",
            Kind::Personality => "Person rather than behaviour",
            Kind::VaguePraise => "Praise without an example",
            Kind::Stereotype => "May carry a stereotype",
            Kind::NoNextStep => "No next step",
            Kind::Spelling => "Spelling",
        }
    }

    /// The sort it belongs to.
    pub const fn family(self) -> Family {
        match self {
            Kind::Personality | Kind::VaguePraise | Kind::Stereotype | Kind::NoNextStep => {
                Family::Wording
            }
            Kind::Spelling => Family::Spelling,
            _ => Family::Identifier,
        }
    }

    /// What stays where two overlap: the smaller.
    pub(super) const fn rank(self, grade: Grade) -> u8 {
        match (self.family(), grade) {
            (Family::Identifier, Grade::Strong) => 0,
            (Family::Identifier, _) => 1,
            (Family::Wording, _) => 2,
            (Family::Spelling, _) => 3,
        }
    }
}

impl Grade {
    /// Its stable name, for files and programs.
    pub const fn id(self) -> &'static str {
        match self {
            Grade::Strong => "strong",
            Grade::Weak => "weak",
            Grade::Hint => "hint",
        }
    }
}
