//! vault_format.
