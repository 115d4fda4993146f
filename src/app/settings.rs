//! How the window looks: it belongs to the computer, holds nothing about anyone, and must be
//! known before the record is unlocked.

use serde::{Deserialize, Serialize};

/// Theme and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// The theme.
    pub theme: ThemeChoice,
    /// The size of everything, in per cent.
    pub zoom: u16,
}

/// Which theme the person chose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// As the operating system has it.
    #[default]
    System,
    /// Dark ink on warm stone.
    Light,
    /// Light ink on a dark ground.
    Dark,
    /// Black on white, with strong edges.
    HighContrastLight,
    /// White on black, with strong edges.
    HighContrastDark,
}

impl Default for Look {
    fn default() -> Self {
        Look { theme: ThemeChoice::System, zoom: 100 }
    }
}

impl Look {
    /// The steps of the size, in per cent.
    pub const ZOOMS: [u16; 9] = [75, 90, 100, 110, 125, 150, 200, 250, 300];

    /// Reads a stored look. Anything unreadable gives the defaults: a look is not worth an error.
    pub fn read(bytes: &[u8]) -> Look {
        let look: Look = serde_json::from_slice(bytes).unwrap_or_default();
        Look { zoom: look.zoom.clamp(75, 300), ..look }
    }

    /// The look as it is stored.
    pub fn write(self) -> Vec<u8> {
        serde_json::to_vec(&self).unwrap_or_default()
    }

    /// The next larger step.
    pub fn larger(self) -> Look {
        let zoom = Self::ZOOMS.into_iter().find(|z| *z > self.zoom).unwrap_or(300);
        Look { zoom, ..self }
    }

    /// The next smaller step.
    pub fn smaller(self) -> Look {
        let zoom = Self::ZOOMS.into_iter().rev().find(|z| *z < self.zoom).unwrap_or(75);
        Look { zoom, ..self }
    }
}

impl ThemeChoice {
    /// All choices, in the order of the settings screen.
    pub const ALL: [ThemeChoice; 5] = [
        ThemeChoice::System,
        ThemeChoice::Light,
        ThemeChoice::Dark,
        ThemeChoice::HighContrastLight,
        ThemeChoice::HighContrastDark,
    ];

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            ThemeChoice::System => "Follow the system",
            ThemeChoice::Light => "Light",
            ThemeChoice::Dark => "Dark",
            ThemeChoice::HighContrastLight => "High contrast",
            ThemeChoice::HighContrastDark => "Dark contrast",
        }
    }
}
