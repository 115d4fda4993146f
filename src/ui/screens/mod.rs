//! The screens, one file or folder each.

pub mod both_changed;
pub mod choose;
pub mod help;
pub mod history;
pub mod journal;
mod new_password;
pub mod people;
pub mod person_form;
pub mod session;
pub mod settings;
pub mod summary;
pub mod today;
pub mod unlock;
pub mod welcome;
