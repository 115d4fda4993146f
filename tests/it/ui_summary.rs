//! ui_summary.
