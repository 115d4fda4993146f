//! The components of the design, one file each.
