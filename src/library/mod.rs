//! Built-in templates and other data: loading and checking `assets/`.
