//! export_summary.
