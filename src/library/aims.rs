//! The aims of the toolkit and the programmes beside it, and what in the library serves each.

/// An aim or a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim {
    /// Its code in templates and modules: A1 to A5, P1 to P3.
    pub code: &'static str,
    /// The words on screen.
    pub words: &'static str,
    /// From which of the two it comes.
    pub source: AimSource,
}

/// Where an aim comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AimSource {
    /// The differential attainment toolkit (London and Kent, Surrey and Sussex).
    Toolkit,
    /// The programmes of Yorkshire and Humber.
    Programme,
}

/// All aims and programmes, in their order.
pub const AIMS: [Aim; 8] = [
    aim("A1", "Understanding differential attainment"),
    aim("A2", "Challenging conversations about progress"),
    aim("A3", "Revision and exam preparation"),
    aim("A4", "Careers coaching"),
    aim("A5", "Supervising doctors of all cultures and languages"),
    programme("P1", "Reverse mentoring"),
    programme("P2", "Conscious decision-making"),
    programme("P3", "Leadership (Diversity in Medical Education)"),
];

const fn aim(code: &'static str, words: &'static str) -> Aim {
    Aim { code, words, source: AimSource::Toolkit }
}

const fn programme(code: &'static str, words: &'static str) -> Aim {
    Aim { code, words, source: AimSource::Programme }
}

impl Aim {
    /// The aim with this code.
    pub fn find(code: &str) -> Option<Aim> {
        AIMS.into_iter().find(|aim| aim.code == code)
    }

    /// Where it stands: "Aim 2 of the toolkit".
    pub fn place(self) -> String {
        match self.source {
            AimSource::Toolkit => {
                format!("Aim {} of the toolkit", self.code.trim_start_matches('A'))
            }
            AimSource::Programme => "A programme of Yorkshire and Humber".to_owned(),
        }
    }
}

impl AimSource {
    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            AimSource::Toolkit => "Aims of the toolkit",
            AimSource::Programme => "Yorkshire and Humber programmes",
        }
    }
}
