//! Gaps between groups: how large, how sure, and what may be shown. Counts go in, never a person.
//!
//! A rate comes with its interval or not at all, and [`suppression`] decides before anything is
//! shown or leaves. Published figures are data in `assets/fairness/`.

pub mod compare;
pub mod intervals;
pub mod mantel_haenszel;
pub mod measures;
pub mod picture;
pub mod published;
pub mod reading;
pub mod report;
pub mod rows;
pub mod sample_size;
pub mod suppression;
pub mod trend;

/// How many of a group had an outcome.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Counts {
    yes: u64,
    of: u64,
}

/// Why two numbers are no counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CountsError {
    /// More had the outcome than there were people.
    #[error("more people had the outcome than there were in the group")]
    MoreThanAll,
    /// Nobody was in the group.
    #[error("there is nobody in the group")]
    Nobody,
    /// The group is larger than any.
    #[error("a group can hold up to {MAX_PEOPLE} people")]
    TooMany,
}

/// The most people in a group: above it, numbers would lose digits.
pub const MAX_PEOPLE: u64 = 1_000_000_000;

impl Counts {
    /// So many of so many.
    ///
    /// # Errors
    /// There is nobody, or more had the outcome than there are.
    pub const fn new(yes: u64, of: u64) -> Result<Counts, CountsError> {
        match (yes, of) {
            (_, 0) => Err(CountsError::Nobody),
            (_, MAX_PEOPLE..) if of > MAX_PEOPLE => Err(CountsError::TooMany),
            _ if yes > of => Err(CountsError::MoreThanAll),
            _ => Ok(Counts { yes, of }),
        }
    }

    /// How many had the outcome.
    pub const fn yes(self) -> u64 {
        self.yes
    }

    /// How many had it not.
    pub const fn no(self) -> u64 {
        self.of - self.yes
    }

    /// How many there were.
    pub const fn of(self) -> u64 {
        self.of
    }

    /// The part that had the outcome, from 0 to 1; nought for nobody.
    pub fn rate(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.yes as f64 / self.of as f64 }
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Counts) -> Counts {
        Counts { yes: self.yes + other.yes, of: self.of + other.of }
    }

    /// One more person, or several with the same outcome.
    pub(crate) const fn add(&mut self, yes: bool, people: u64) {
        self.of += people;
        if yes {
            self.yes += people;
        }
    }
}
