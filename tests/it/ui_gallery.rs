//! ui_gallery.
