//! ui_session.
