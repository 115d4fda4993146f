//! Settings that belong to the record and travel with it.

use serde::{Deserialize, Serialize};

use super::Extra;
use super::session::Role;

/// What the owner of the record has set. How the window looks is not here: it belongs to the
/// computer and must be known before the record is unlocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The owner's name, as it stands on a summary.
    pub your_name: String,
    /// Supervisor or doctor.
    pub role: Role,
    /// What a supervised doctor is called ("resident doctor", "registrar", "trainee").
    pub noun: String,
    /// Minutes without a key or a click after which the record locks.
    pub idle_minutes: u16,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            your_name: String::new(),
            role: Role::Supervisor,
            noun: "resident doctor".to_owned(),
            idle_minutes: 10,
            extra: Extra::new(),
        }
    }
}
