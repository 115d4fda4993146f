//! Plain data and its laws. Nothing here knows files, clocks, keys or screens: the
//! present moment and random bytes are arguments.

pub mod action;
pub mod attachment;
pub mod basis;
pub mod carry;
pub mod cct;
pub mod changeover;
pub mod clean;
pub mod compare;
pub mod countdown;
pub mod cycle;
pub mod date;
pub mod fields;
pub mod glance;
pub mod id;
mod index;
pub mod journal;
pub mod json;
pub mod layer;
pub mod learning;
pub mod list;
pub mod merge;
pub mod naming;
pub mod natural_date;
pub mod own;
pub mod pack;
pub mod person;
pub mod plan;
pub mod receipt;
pub mod record;
pub mod request;
pub mod revision;
pub mod revision_plan;
pub mod session;
pub mod settings;
pub mod template;
pub mod text;
pub mod time_out;
pub mod training;

pub use action::{Action, ActionState, Owner};
pub use attachment::{Attachment, MAX_ATTACHMENT};
pub use basis::{Basis, OtherView};
pub use glance::Glance;
pub use id::Id;
pub use journal::{About, Held, Journal};
pub use layer::Layer;
pub use learning::{Learning, LearningKind};
pub use list::{ListItem, ReferenceList};
pub use own::Own;
pub use pack::{Pack, PackModule};
pub use person::{Hold, Person};
pub use plan::{Plan, PlanField};
pub use receipt::{BackedUp, Certificate, LeftIn, Receipt};
pub use record::{Body, Kind};
pub use request::AccessRequest;
pub use revision::{Entry, Rev};
pub use session::{
    Answer, ArcpLine, Asked, AskedSection, CapabilityRating, Evidence, Kept, Margin, Session,
    TemplateRef,
};
pub use settings::{Educator, Mark, OwnDays, Settings, Worked};
pub use template::{Prompt, PromptKind, PromptLayer, Template};
pub use training::{
    Absence, AbsenceKind, Attempt, AttemptResult, Exam, Goal, HandedOver, Meeting, PartTime,
    PastArcp, Placement,
};

/// Fields of a body that this version of Cairn does not know. They survive a round trip,
/// so that an older program never strips what a newer one wrote (`vault-format`, "A record file").
pub type Extra = serde_json::Map<String, serde_json::Value>;
