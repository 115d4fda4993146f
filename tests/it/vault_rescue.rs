//! vault_rescue.
