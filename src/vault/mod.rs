//! The only place with keys and vault files.
