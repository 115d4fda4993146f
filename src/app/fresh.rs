//! New identities.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::model::Id;

/// Makes identities from the time and a secret drawn once from the operating system, so that
/// asking for one can't go wrong in the middle of a change.
#[derive(Clone)]
pub struct Fresh {
    seed: [u8; 32],
    count: u64,
}

impl Fresh {
    /// Draws the secret.
    ///
    /// # Errors
    /// The operating system gives no random bytes.
    pub fn new() -> Result<Fresh, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        Ok(Fresh { seed, count: 0 })
    }

    /// Makes the same identities at every run. For tests.
    pub const fn fixed(seed: u8) -> Fresh {
        Fresh { seed: [seed; 32], count: 0 }
    }

    /// The next identity, made now.
    pub fn id(&mut self, now: Timestamp) -> Id {
        let unix_ms = u64::try_from(now.as_millisecond()).unwrap_or(0);
        Id::new(unix_ms, self.random())
    }

    /// The next 128 random bits.
    pub fn random(&mut self) -> u128 {
        self.count += 1;
        let digest =
            Sha256::new().chain_update(self.seed).chain_update(self.count.to_le_bytes()).finalize();
        let mut bits = [0; 16];
        bits.copy_from_slice(&digest[..16]);
        u128::from_le_bytes(bits)
    }
}

impl std::fmt::Debug for Fresh {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fresh")
    }
}
