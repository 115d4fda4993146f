//! vault_damage.
