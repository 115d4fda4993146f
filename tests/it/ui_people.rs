//! ui_people.
