//! The faces that a page is set in: those that come with the program, and those of the computer
//! for letters that the first lack.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontStyle};
use typst::utils::LazyHash;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const BUNDLED: [&[u8]; 5] = [
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-SemiBold.ttf"),
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
    // For the letters of Yoruba, Hausa, Vietnamese and other names that the first lacks.
    include_bytes!("../../../assets/fonts/NotoSansLatinExtended-Regular.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansLatinExtended-SemiBold.ttf"),
];

/// Stands for a character that the faces lack and that has no simpler form.
const MISSING: char = '?';

/// Heavier faces of the computer are passed over: they come first in no list and read badly.
const HEAVIEST: u16 = 500;

/// Hands out the bytes of the computer's font files, one after another, until it is told to stop
/// (by `false`).
pub type Door = dyn Fn(&mut dyn FnMut(Vec<u8>) -> bool) + Send + Sync;

/// Where faces are taken from: what comes with the program, and a door to more.
pub struct Shelf {
    door: Option<Box<Door>>,
    found: Mutex<Found>,
}

struct Found {
    faces: Arc<Faces>,
    /// The characters that were looked for behind the door already.
    asked: BTreeSet<char>,
}

/// What a page can be set in.
pub(super) struct Faces {
    pub(super) fonts: Vec<Font>,
    pub(super) book: LazyHash<FontBook>,
    /// The families in the order in which they are tried.
    families: Vec<String>,
}

static ONLY_BUNDLED: LazyLock<Arc<Faces>> = LazyLock::new(|| {
    let fonts = BUNDLED.iter().filter_map(|face| Font::new(Bytes::new(*face), 0)).collect();
    Arc::new(Faces::new(fonts))
});

static LENT: OnceLock<Shelf> = OnceLock::new();
static BARE: LazyLock<Shelf> = LazyLock::new(|| Shelf::new(None));

/// Lends the program the faces of this computer. Called once, before a page is set; later calls
/// change nothing.
pub fn lend(door: Box<Door>) {
    let _ = LENT.set(Shelf::new(Some(door)));
}

impl Shelf {
    /// The faces that come with the program, and more behind a door.
    pub fn new(door: Option<Box<Door>>) -> Shelf {
        let found = Found { faces: ONLY_BUNDLED.clone(), asked: BTreeSet::new() };
        Shelf { door, found: Mutex::new(found) }
    }

    /// The one that was lent; without that, only what comes with the program.
    pub fn of_this_computer() -> &'static Shelf {
        LENT.get().unwrap_or(&BARE)
    }

    /// The faces for these words. What the known ones lack is looked for once.
    pub(super) fn faces(&self, words: &str) -> Arc<Faces> {
        // A thread that panicked here left a whole value behind.
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let lacks = |c: &char| is_looked_for(*c) && !found.faces.has(*c);
        let mut lacking: BTreeSet<char> =
            words.nfc().filter(lacks).filter(|c| !found.asked.contains(c)).collect();
        let Some(door) = self.door.as_ref().filter(|_| !lacking.is_empty()) else {
            return found.faces.clone();
        };
        found.asked.extend(lacking.iter().copied());
        let mut fonts = found.faces.fonts.clone();
        let before = fonts.len();
        door(&mut |bytes| {
            if let Some(font) = best_of(bytes, &lacking, &found.faces) {
                lacking.retain(|c| !font.info().coverage.contains(u32::from(*c)));
                fonts.push(font);
            }
            !lacking.is_empty()
        });
        if fonts.len() > before {
            found.faces = Arc::new(Faces::new(fonts));
        }
        found.faces.clone()
    }
}

/// The first upright face of a file that has some of these characters. Faces of coloured pictures
/// can't go into a PDF that is kept.
fn best_of(bytes: Vec<u8>, lacking: &BTreeSet<char>, known: &Faces) -> Option<Font> {
    Font::iter(Bytes::new(bytes)).find(|font| {
        let info = font.info();
        let family = info.family.to_lowercase();
        info.variant.style == FontStyle::Normal
            && info.variant.weight.to_number() <= HEAVIEST
            && !family.contains("emoji")
            && !family.contains("color")
            && !known.families.contains(&info.family)
            && lacking.iter().any(|c| info.coverage.contains(u32::from(*c)))
    })
}

/// Whether a face of the computer may stand for the character: not for what has no meaning that
/// others know, which PDF/A refuses, nor for what is not drawn.
fn is_looked_for(c: char) -> bool {
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    !private && !c.is_control() && !c.is_whitespace() && !is_joiner(c)
}

impl Faces {
    fn new(fonts: Vec<Font>) -> Faces {
        let mut families: Vec<String> = Vec::new();
        for font in &fonts {
            if !families.contains(&font.info().family) {
                families.push(font.info().family.clone());
            }
        }
        Faces { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts, families }
    }

    /// The families that do not come with the program, for the layout.
    pub(super) fn further(&self) -> &[String] {
        self.families.get(ONLY_BUNDLED.families.len()..).unwrap_or_default()
    }

    /// Whether a family has the character. The faces of a family have the same ones.
    fn family_has(&self, family: &str, c: char) -> bool {
        let infos = self.fonts.iter().map(Font::info).filter(|info| info.family == family);
        infos.into_iter().any(|info| info.coverage.contains(u32::from(c)))
    }

    /// Whether there is a glyph for the character.
    fn has(&self, c: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)))
    }

    /// The text with only characters that the faces have: PDF/UA-1 allows no missing glyph.
    pub(super) fn fit(&self, text: &str, missing: &mut BTreeSet<char>) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if is_combining_mark(c) {
                // A letter and its marks come from one face. Without one that has both, the
                // letter would be lost with the mark.
                let letter = out.chars().rfind(|c| !is_combining_mark(*c)).unwrap_or(' ');
                let both = |it: &String| self.family_has(it, c) && self.family_has(it, letter);
                if self.families.iter().any(both) {
                    out.push(c);
                } else {
                    missing.insert(c);
                }
            } else if self.has(c) {
                out.push(c);
            } else if c.is_whitespace() {
                out.push(' ');
            } else if matches!(c, '\u{2010}' | '\u{2011}') {
                out.push('-');
            } else if !is_joiner(c) {
                self.simplify(c, &mut out, missing);
            }
        }
        out
    }

    /// Writes the nearest form that the faces have.
    fn simplify(&self, c: char, out: &mut String, missing: &mut BTreeSet<char>) {
        let same: String = std::iter::once(c).nfkd().collect();
        if same.chars().all(|part| self.has(part)) {
            out.push_str(&same);
            return;
        }
        missing.insert(c);
        let letters: String = same.chars().filter(|part| self.has(*part)).collect();
        if letters.starts_with(char::is_alphanumeric) {
            out.push_str(&letters);
        } else {
            out.push(MISSING);
        }
    }
}

/// Joiners and variation selectors: they change the look of their neighbours and have none.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}
