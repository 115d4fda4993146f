//! The typefaces. egui knows no weights, so each weight is a family of its own.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf");
const SEMIBOLD: &[u8] =
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-SemiBold.ttf");
const BOLD: &[u8] = include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Bold.ttf");
const ITALIC: &[u8] = include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Italic.ttf");
// Noto Sans 2.015, only Latin with all its marks: names in Yoruba, Hausa, Igbo or Vietnamese
// keep their letters. The plain letters are there to carry marks that Atkinson lacks.
const LETTERS: &[u8] = include_bytes!("../../../assets/fonts/NotoSansLatinExtended-Regular.ttf");
const LETTERS_SEMIBOLD: &[u8] =
    include_bytes!("../../../assets/fonts/NotoSansLatinExtended-SemiBold.ttf");
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

/// All families. Each ends with the icons, the letters that the typeface lacks and the
/// fallbacks that egui brings; the system's fonts come after them.
pub fn definitions() -> FontDefinitions {
    const LIGHTER: &str = "cairn-letters";
    const HEAVIER: &str = "cairn-letters-semibold";
    let mut fonts = FontDefinitions::default();
    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (name, data) in [(LIGHTER, LETTERS), (HEAVIER, LETTERS_SEMIBOLD)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(data)));
    }
    for (family, data, letters) in [
        (FontFamily::Proportional, REGULAR, LIGHTER),
        (semibold(), SEMIBOLD, HEAVIER),
        (bold(), BOLD, HEAVIER),
        (italic(), ITALIC, LIGHTER),
        (icons(), ICONS, LIGHTER),
        (icons_fill(), ICONS_FILL, LIGHTER),
    ] {
        let name = format!("cairn-{family}");
        fonts.font_data.insert(name.clone(), Arc::new(FontData::from_static(data)));
        let mut order = vec![name];
        if family != icons() {
            order.push(format!("cairn-{}", icons()));
        }
        order.push(letters.to_owned());
        order.extend(fallbacks.iter().cloned());
        fonts.families.insert(family, order);
    }
    fonts
}
