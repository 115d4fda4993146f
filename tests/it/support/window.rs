//! The one place where a window for tests is built, and where pictures are taken.

use std::io::Write as _;
use std::sync::LazyLock;

use cairn::ui::theme::{self, Appearance, ThemeChoice};
use egui_kittest::wgpu::WgpuTestRenderer;
use egui_kittest::{Harness, HarnessBuilder, SnapshotOptions};

/// Whether this computer can paint. A machine without any graphics driver, not even the
/// software one, still runs every test of behaviour.
static CAN_PAINT: LazyLock<bool> =
    LazyLock::new(|| std::panic::catch_unwind(WgpuTestRenderer::new).is_ok());

/// A theme of the design.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Light,
    Dark,
    HighContrastLight,
    HighContrastDark,
}

impl Look {
    pub fn name(self) -> &'static str {
        match self {
            Look::Light => "light",
            Look::Dark => "dark",
            Look::HighContrastLight => "hc_light",
            Look::HighContrastDark => "hc_dark",
        }
    }

    pub fn appearance(self) -> Appearance {
        Appearance {
            theme: match self {
                Look::Light | Look::HighContrastLight => ThemeChoice::Light,
                Look::Dark | Look::HighContrastDark => ThemeChoice::Dark,
            },
            high_contrast: matches!(self, Look::HighContrastLight | Look::HighContrastDark),
            ..Appearance::default()
        }
    }
}

/// The size of the mockups, in points.
pub const DESK: [f32; 2] = [1280.0, 800.0];

/// A builder for every window in the tests: the fonts are there before the first frame.
pub fn window<State>(look: Look, size: [f32; 2]) -> HarnessBuilder<State> {
    let dark = matches!(look, Look::Dark | Look::HighContrastDark);
    Harness::builder()
        .with_max_steps(8)
        .with_size(size)
        .with_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light })
        .with_options(strict_but_for_rounding())
        .with_context_setup(move |ctx| {
            theme::install(ctx);
            theme::apply(ctx, &look.appearance());
        })
}

/// Compares a window with its picture in `tests/snapshots`. Where nothing can paint, it says so
/// and passes: what the window does is tested without a picture.
pub fn picture<State>(harness: &mut Harness<'_, State>, name: &str) {
    if *CAN_PAINT {
        harness.snapshot(name);
    } else {
        // Not with eprintln: the test runner would keep it to itself while the test passes.
        let said = format!("picture {name} NOT compared: this computer has no graphics driver\n");
        std::io::stderr().write_all(said.as_bytes()).unwrap();
    }
}

impl Look {
    /// The same as a person chooses it in Settings.
    pub fn choice(self) -> cairn::app::settings::ThemeChoice {
        use cairn::app::settings::ThemeChoice as Choice;
        match self {
            Look::Light => Choice::Light,
            Look::Dark => Choice::Dark,
            Look::HighContrastLight => Choice::HighContrastLight,
            Look::HighContrastDark => Choice::HighContrastDark,
        }
    }
}

/// Software painters round a little differently from one processor to the next; a word that
/// moved or changed its colour is far above this.
fn strict_but_for_rounding() -> SnapshotOptions {
    SnapshotOptions::new().threshold(2.0).max_failed_pixels(40)
}
