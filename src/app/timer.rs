//! The time really spent in a conversation: from touch to touch, while it is open for writing.

use jiff::{SignedDuration, Timestamp};

/// A longer time without a key, a click or a movement is a pause and is not counted. People
/// listen for some minutes without touching anything; nobody does for so long.
pub const IDLE: SignedDuration = SignedDuration::from_mins(10);

/// Counts the time of one conversation.
#[derive(Debug, Clone, Copy, Default)]
pub struct Timer {
    /// Counted up to here; nothing while it is stopped.
    at: Option<Timestamp>,
    /// What is not a whole second yet.
    rest: SignedDuration,
}

impl Timer {
    /// Takes the last touch, and gives the whole seconds that came to what is counted. Time in
    /// which nothing was touched for longer than [`IDLE`] is left out, and so is a clock that
    /// was set back.
    pub fn touched(&mut self, touch: Timestamp) -> u32 {
        let since = self.at.replace(touch).map(|at| touch.duration_since(at));
        let counts = |since: &SignedDuration| !since.is_negative() && *since <= IDLE;
        self.rest += since.filter(counts).unwrap_or_default();
        let seconds = self.rest.as_secs();
        self.rest -= SignedDuration::from_secs(seconds);
        u32::try_from(seconds).unwrap_or_default()
    }

    /// Stops: the time until it is touched again is not counted.
    pub const fn stop(&mut self) {
        self.at = None;
    }

    /// What is not in a whole second or was not touched yet, for showing the time as it runs.
    pub fn running(&self, now: Timestamp) -> SignedDuration {
        let since = self.at.map(|at| now.duration_since(at)).unwrap_or_default();
        let since = if since.is_negative() || since > IDLE { SignedDuration::ZERO } else { since };
        self.rest + since
    }

    /// Whether time is being counted at this moment.
    pub fn runs(&self, now: Timestamp) -> bool {
        self.at.is_some_and(|at| now.duration_since(at) <= IDLE)
    }
}
