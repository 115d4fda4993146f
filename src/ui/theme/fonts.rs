//! The typefaces. egui knows no weights, so each weight is a family of its own.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf");
const SEMIBOLD: &[u8] =
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-SemiBold.ttf");
const BOLD: &[u8] = include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Bold.ttf");
const ITALIC: &[u8] = include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Italic.ttf");
const ICONS: &[u8] = include_bytes!("../../../assets/fonts/PhosphorSubset-Regular.ttf");
const ICONS_FILL: &[u8] = include_bytes!("../../../assets/fonts/PhosphorSubset-Fill.ttf");

/// Weight 600.
pub fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// Weight 700.
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Quoted titles only, never for emphasis.
pub fn italic() -> FontFamily {
    FontFamily::Name("italic".into())
}

/// The icons, in outline.
pub fn icons() -> FontFamily {
    FontFamily::Name("icons".into())
}

/// The few icons of the rail, filled.
pub fn icons_fill() -> FontFamily {
    FontFamily::Name("icons-fill".into())
}

/// All families. Each ends with the icons and with the fallbacks that egui brings, so that a
/// letter missing from the typeface still shows; the system's fonts come after them.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (family, data) in [
        (FontFamily::Proportional, REGULAR),
        (semibold(), SEMIBOLD),
        (bold(), BOLD),
        (italic(), ITALIC),
        (icons(), ICONS),
        (icons_fill(), ICONS_FILL),
    ] {
        let name = format!("cairn-{family}");
        fonts.font_data.insert(name.clone(), Arc::new(FontData::from_static(data)));
        let mut order = vec![name];
        if family != icons() {
            order.push(format!("cairn-{}", icons()));
        }
        order.extend(fallbacks.iter().cloned());
        fonts.families.insert(family, order);
    }
    fonts
}
