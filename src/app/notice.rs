//! What the person is told when something did not work: what happened, what is safe, what to do.

use crate::vault::VaultError;

/// A message in three parts. Each is one short sentence or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub happened: String,
    /// What is safe.
    pub safe: String,
    /// What to do.
    pub to_do: String,
}

impl Notice {
    /// A message from its parts.
    pub fn new(
        happened: impl Into<String>,
        safe: impl Into<String>,
        to_do: impl Into<String>,
    ) -> Notice {
        Notice { happened: happened.into(), safe: safe.into(), to_do: to_do.into() }
    }

    /// All of it in one paragraph.
    pub fn sentence(&self) -> String {
        [&self.happened, &self.safe, &self.to_do]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl std::fmt::Display for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence())
    }
}
