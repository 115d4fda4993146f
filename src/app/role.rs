//! The words that differ by whose record it is: a supervisor's, or that of a doctor in training.
//! They stand here and nowhere else, so that neither role reads the other's.

use super::command::Command;
use super::screen::Place;
use super::state::Open;
use crate::model::session::Role;
use crate::model::{Layer, Template};

/// The words of one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    role: Role,
}

impl Open {
    /// The words for whose record it is.
    pub fn words(&self) -> Words {
        Words::of(self.journal.settings().role)
    }
}

impl Words {
    /// The words of a role.
    pub const fn of(role: Role) -> Words {
        Words { role }
    }

    /// Whether the record is that of a doctor in training.
    pub const fn is_doctor(self) -> bool {
        matches!(self.role, Role::Doctor)
    }

    /// One of two, by role.
    const fn by(self, supervisor: &'static str, doctor: &'static str) -> &'static str {
        match self.role {
            Role::Supervisor => supervisor,
            Role::Doctor => doctor,
        }
    }

    /// What a place of the rail is called.
    pub const fn place(self, place: Place) -> &'static str {
        match place {
            Place::People => self.by(place.words(), "My supervisors"),
            _ => place.words(),
        }
    }

    /// What a command is called.
    pub const fn command(self, command: Command) -> &'static str {
        match command {
            Command::People => self.by(command.text(), "My supervisors"),
            Command::AddPerson => self.by(command.text(), "Add a supervisor"),
            _ => command.text(),
        }
    }

    /// What stands where nobody is in the record yet.
    pub const fn nobody(self) -> &'static str {
        self.by(
            "Add the first doctor you supervise. A name is enough.",
            "Add your supervisor. A name is enough.",
        )
    }

    /// What leads back to the list.
    pub const fn everyone(self) -> &'static str {
        self.by("All people", "All my supervisors")
    }

    /// The way from past people back to the others.
    pub const fn back_to_list(self) -> &'static str {
        self.by("Back to the caseload", "Back to my supervisors")
    }

    /// What brings one past person back.
    pub const fn bring_back(self) -> &'static str {
        self.by("Bring back to the caseload", "Bring back to my supervisors")
    }

    /// The end of "Amina is back …".
    pub const fn is_back(self) -> &'static str {
        self.by("is back in the caseload", "is back among your supervisors")
    }

    /// What is said of somebody who is not among past people.
    pub const fn supervised_now(self) -> &'static str {
        self.by("You supervise them now", "They supervise you now")
    }

    /// About whom a calendar file for everybody is.
    pub const fn whole_calendar(self) -> &'static str {
        self.by(
            "A calendar file about the whole caseload.",
            "A calendar file of all your meetings.",
        )
    }

    /// How a name is typed.
    pub const fn name_hint(self) -> &'static str {
        self.by(
            "As the person wants to be called, for example Dr Amina Larkspur",
            "As they want to be called, for example Dr Rowan Elderbrook",
        )
    }

    /// What to write under "What to know".
    pub const fn to_know_hint(self) -> &'static str {
        self.by(
            "Adjustments and wishes, in the doctor’s own words. Not secret from the law.",
            "How to reach them, when they are away. Not secret from the law.",
        )
    }

    /// Who reads a layer, on the first page.
    pub const fn readers(self, layer: Layer) -> &'static str {
        match layer {
            Layer::Arcp => "Only what you choose to send",
            Layer::Shared => {
                self.by("You and the doctor both see it", "You and your supervisor both see it")
            }
            Layer::Private => "Never sent. Not secret from the law, and we say so",
        }
    }

    /// What Cairn is, on the first page.
    pub const fn welcome(self) -> &'static str {
        self.by(
            "One record for each doctor you supervise, kept in three layers that never blur. It \
             stays on this computer.",
            "Your own record of your training conversations, kept in three layers that never \
             blur. It stays on this computer.",
        )
    }

    /// What is said in Help about private notes.
    pub const fn not_secret(self) -> &'static str {
        self.by(
            "Private to me means that Cairn shows a note to nobody else. A court can still ask \
             for it, and so can a doctor who asks for what is held about them. Write what you \
             could explain.",
            "Private to me means that Cairn shows a note to nobody else. A court can still ask \
             for it, and so can somebody whom it is about. Write what you could explain.",
        )
    }

    /// What leads to the lines of a handover.
    pub const fn handover(self) -> &'static str {
        self.by("Hand over…", "Choose what they may read…")
    }

    /// Who leads a conversation, as this role reads it: "You" of a template is the supervisor.
    pub fn lead(self, template: &Template) -> String {
        if !self.is_doctor() {
            return template.lead.clone();
        }
        match template.lead.as_str() {
            "You" => "Your supervisor".to_owned(),
            "You and the doctor" => "You and your supervisor".to_owned(),
            "You or the doctor" => "You or your supervisor".to_owned(),
            "The doctor" => "You".to_owned(),
            "You, or a mentor" => "Your supervisor, or a mentor".to_owned(),
            "You, or a trained coach" => "Your supervisor, or a trained coach".to_owned(),
            other => other.to_owned(),
        }
    }

    /// Whether a template is one to begin with: a doctor is led first to what a doctor leads, and
    /// to what is written alone.
    pub fn leads(self, template: &Template) -> bool {
        self.is_doctor()
            && (template.lead.starts_with("The doctor") || FOR_A_DOCTOR.contains(&&*template.id))
    }
}

/// Whose record is made.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    /// Their name.
    pub name: &'a str,
    /// Whether they supervise, or are a doctor in training.
    pub role: Role,
}

impl<'a> From<&'a str> for Owner<'a> {
    fn from(name: &'a str) -> Owner<'a> {
        Owner { name, role: Role::default() }
    }
}

/// Templates that a doctor is led to first, beside those that a doctor leads.
const FOR_A_DOCTOR: [&str; 5] =
    ["career-plan", "reflection-small", "reflection-medium", "reflection-large", "reflection-free"];
