//! vault_props.
