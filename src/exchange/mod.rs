//! Two people who write together: what they share, and the files that carry it.

pub mod share;
