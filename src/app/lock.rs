//! When the record locks by itself.

use jiff::{SignedDuration, Timestamp};

/// How long before the lock the person is told.
const WARNING: SignedDuration = SignedDuration::from_secs(60);

/// The times without use to choose from, in minutes.
pub const CHOICES: [u16; 5] = [5, 10, 15, 30, 60];

/// Where an open record stands between the last touch and its lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// Long to go.
    Awake,
    /// It locks within a minute.
    Soon,
    /// The time is over.
    Over,
}

/// Judges the time since the last key, click or movement.
pub fn idle(last_touch: Timestamp, now: Timestamp, minutes: u16) -> Idle {
    let limit = SignedDuration::from_mins(i64::from(minutes.max(1)));
    let passed = now.duration_since(last_touch);
    if passed >= limit {
        Idle::Over
    } else if passed >= limit - WARNING {
        Idle::Soon
    } else {
        Idle::Awake
    }
}
