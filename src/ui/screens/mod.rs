//! The screens, one file or folder each.

pub mod both_changed;
pub mod choose;
pub mod coverage;
mod exit_card;
mod folder_field;
pub mod help;
pub mod history;
pub mod journal;
pub mod keeping;
pub mod learning;
mod leaves;
mod library_tabs;
pub mod lists;
mod marks;
mod new_password;
pub mod packs;
pub mod people;
pub mod person_form;
pub mod print;
pub mod restore;
pub mod session;
pub mod settings;
mod sheet;
pub mod summary;
pub mod today;
pub mod unlock;
pub mod welcome;
