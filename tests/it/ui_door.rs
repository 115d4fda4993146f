//! ui_door.
