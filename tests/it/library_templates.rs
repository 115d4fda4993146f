//! library_templates.
