//! The design tokens: colours, spaces, radii, sizes and type.
//!
//! Every value comes from `assets/tokens.json`, read once. This file is the only place
//! where a colour is made; elsewhere a literal colour fails the lint.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use egui::{Color32, CornerRadius, Shadow};
use serde::{Deserialize, Deserializer, de::Error};

const FILE: &str = include_str!("../../../assets/tokens.json");

#[expect(clippy::expect_used, reason = "the file is part of the program; a test reads it")]
static TOKENS: LazyLock<Tokens> =
    LazyLock::new(|| serde_json::from_str(FILE).expect("assets/tokens.json has the tokens' shape"));

/// All tokens.
#[derive(Debug, Deserialize)]
pub struct Tokens {
    color: Palettes,
    space: Spaces,
    radius: Radii,
    elevation: Elevation,
    /// Heights and widths of controls, in points.
    pub control: Control,
    /// Widths of the parts of the window, in points.
    pub layout: Layout,
    /// Widths that keep text readable, in points.
    pub measure: Measure,
    #[serde(rename = "type")]
    type_: TypeTokens,
    icons: IconTokens,
}

/// The tokens of the design.
pub fn tokens() -> &'static Tokens {
    &TOKENS
}

#[derive(Debug, Deserialize)]
struct Palettes {
    light: Palette,
    dark: Palette,
    high_contrast_light: Palette,
    high_contrast_dark: Palette,
}

macro_rules! palette {
    ($($(#[$doc:meta])* $role:ident,)*) => {
        /// One theme's colours, by role. Never choose a colour by its look, only by its role.
        #[derive(Debug, PartialEq, Eq, Deserialize)]
        pub struct Palette {
            $($(#[$doc])* #[serde(deserialize_with = "colour")] pub $role: Color32,)*
        }

        impl Palette {
            /// Every colour with the name it has in the token file.
            pub fn roles(&self) -> Vec<(&'static str, Color32)> {
                vec![$((stringify!($role), self.$role),)*]
            }
        }
    };
}

palette! {
    /// Window and content background.
    page,
    /// Left rail, paper backdrop.
    rail,
    /// Cards, inputs, side panels, footer bars.
    surface,
    /// Modals, palette, popups.
    raised,
    /// Tags, fill of what cannot act yet.
    sunken,
    /// Hovered rows and quiet buttons, pebbles.
    hover,
    /// Hairline between things that are already separate.
    line,
    /// Card edge when selected, dividers inside controls.
    line_strong,
    /// Border of anything you can operate.
    control,
    /// Body and headings.
    text,
    /// Secondary text.
    text2,
    /// Placeholders, "why ask", label of what cannot act yet.
    text3,
    /// Primary fill, selected mark, progress.
    accent,
    /// Primary fill when hovered or pressed.
    accent_hover,
    /// Selected row, information banner, added words.
    accent_soft,
    /// Text on `accent` and on `danger_fill`.
    on_accent,
    /// Quiet buttons and links.
    link,
    /// Focus ring.
    focus,
    /// Text selection and search hits.
    select,
    /// Text and icon of the Shared layer.
    shared,
    /// Edge of the Shared layer.
    shared_edge,
    /// Chip fill of the Shared layer.
    shared_bg,
    /// Text and icon of the Private layer.
    private,
    /// Edge of the Private layer.
    private_edge,
    /// Chip fill of the Private layer, private margin.
    private_bg,
    /// Text and icon of the For the ARCP layer.
    arcp,
    /// Edge of the For the ARCP layer.
    arcp_edge,
    /// Chip fill of the For the ARCP layer.
    arcp_bg,
    /// "Check this": text and icon.
    attn,
    /// "Check this": border and underline.
    attn_edge,
    /// "Check this": fill.
    attn_bg,
    /// Errors and destructive verbs.
    danger,
    /// Filled destructive button, only inside a confirming modal.
    danger_fill,
    /// Error banner fill.
    danger_bg,
    /// Tick beside Saved and Done.
    success,
    /// Done tag fill.
    success_bg,
    /// Square initial: words you wrote.
    author_you,
    /// Round initial: words the other person wrote.
    author_them,
    /// Behind modals.
    scrim,
}

impl Palette {
    /// The colours for a theme and contrast.
    pub fn of(dark: bool, high_contrast: bool) -> &'static Palette {
        let all = &TOKENS.color;
        match (dark, high_contrast) {
            (false, false) => &all.light,
            (true, false) => &all.dark,
            (false, true) => &all.high_contrast_light,
            (true, true) => &all.high_contrast_dark,
        }
    }
}

fn colour<'de, D: Deserializer<'de>>(from: D) -> Result<Color32, D::Error> {
    hex(&String::deserialize(from)?)
        .ok_or_else(|| D::Error::custom("a colour is #RRGGBB or #RRGGBBAA"))
}

/// A colour from `#RRGGBB` or `#RRGGBBAA`, alpha not yet multiplied in.
fn hex(text: &str) -> Option<Color32> {
    Color32::from_hex(text).ok()
}

/// Distances, in points. The grid is 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// 4.
    Xs,
    /// 8.
    S,
    /// 12.
    M,
    /// 16.
    L,
    /// 24.
    Xl,
    /// 32.
    Xxl,
    /// 48.
    Xxxl,
    /// Between the window's edge and a page's content.
    Page,
    /// The same in a narrow window.
    PageNarrow,
    /// Between two sections of a page.
    Section,
}

#[derive(Debug, Deserialize)]
struct Spaces {
    xs: f32,
    s: f32,
    m: f32,
    l: f32,
    xl: f32,
    xxl: f32,
    xxxl: f32,
    page_margin: f32,
    page_margin_narrow: f32,
    section_gap: f32,
}

impl Space {
    /// The distance in points.
    pub fn pts(self) -> f32 {
        let all = &TOKENS.space;
        match self {
            Space::Xs => all.xs,
            Space::S => all.s,
            Space::M => all.m,
            Space::L => all.l,
            Space::Xl => all.xl,
            Space::Xxl => all.xxl,
            Space::Xxxl => all.xxxl,
            Space::Page => all.page_margin,
            Space::PageNarrow => all.page_margin_narrow,
            Space::Section => all.section_gap,
        }
    }
}

/// How round a corner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Radius {
    /// Tags and check boxes.
    Tag,
    /// Buttons, fields, segments, list rows.
    Control,
    /// Cards, menus.
    Card,
    /// Modals.
    Modal,
    /// Chips.
    Chip,
}

#[derive(Debug, Deserialize)]
struct Radii {
    tag: u8,
    control: u8,
    card: u8,
    modal: u8,
    chip: u8,
}

impl Radius {
    /// The radius in points.
    pub fn pts(self) -> u8 {
        let all = &TOKENS.radius;
        match self {
            Radius::Tag => all.tag,
            Radius::Control => all.control,
            Radius::Card => all.card,
            Radius::Modal => all.modal,
            Radius::Chip => all.chip,
        }
    }
}

impl From<Radius> for CornerRadius {
    fn from(radius: Radius) -> Self {
        CornerRadius::same(radius.pts())
    }
}

/// Heights and widths of controls, in points.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "each is named for the control it measures")]
pub struct Control {
    pub height: f32,
    pub height_small: f32,
    pub height_input: f32,
    pub height_large: f32,
    pub target_min: f32,
    pub icon_button: f32,
    pub row_min: f32,
    pub list_row: f32,
    pub rail_item: f32,
    pub rail_item_slim: f32,
    pub tab: f32,
    pub chip: f32,
    pub tag: f32,
    pub check: f32,
    pub segment: f32,
    pub top_bar: f32,
    pub footer_bar: f32,
    pub top_bar_narrow: f32,
    pub footer_bar_narrow: f32,
}

/// Widths of the parts of the window, in points.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "each is named for the part it measures")]
pub struct Layout {
    pub rail: f32,
    pub rail_slim: f32,
    pub list: f32,
    pub session_outline: f32,
    pub private_margin: f32,
    pub side_panel: f32,
    pub export_panel: f32,
    pub finish_drawer: f32,
    pub erase_drawer: f32,
    /// Window widths at which the layout changes.
    pub breakpoints: Breakpoints,
}

/// Window widths, after zoom, at which the layout changes.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "each is the least width of the layout it names")]
pub struct Breakpoints {
    pub wide: f32,
    pub medium: f32,
    pub narrow: f32,
}

/// Widths that keep text readable, in points.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "each is named for the text it measures")]
pub struct Measure {
    pub answer_max_width: f32,
    pub journal_max_width: f32,
    pub plan_field_max_width: f32,
    pub hint_max_width: f32,
    pub palette_width: f32,
    pub modal_width: f32,
    pub unlock_card_width: f32,
    /// Reading prose: at most 70 characters.
    pub module_max_width: f32,
}

#[derive(Debug, Deserialize)]
struct Elevation {
    paper: ShadowToken,
    overlay: ShadowToken,
}

#[derive(Debug, Deserialize)]
struct ShadowToken {
    offset: [i8; 2],
    blur: u8,
    spread: u8,
    #[serde(deserialize_with = "colour")]
    color: Color32,
}

/// What a shadow is under. High contrast has none; its borders are thicker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elevated {
    /// A page preview.
    Paper,
    /// A modal, menu or popup.
    Overlay,
}

impl Elevated {
    /// The shadow it casts.
    pub fn shadow(self) -> Shadow {
        let all = &TOKENS.elevation;
        let token = match self {
            Elevated::Paper => &all.paper,
            Elevated::Overlay => &all.overlay,
        };
        Shadow { offset: token.offset, blur: token.blur, spread: token.spread, color: token.color }
    }
}

#[derive(Debug, Deserialize)]
struct TypeTokens {
    scale: BTreeMap<String, TypeToken>,
    line_spacing_setting: BTreeMap<String, f32>,
}

/// Size and line height of a kind of text.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct TypeToken {
    /// Size in points.
    pub size: f32,
    /// Line height in points, before the line-spacing setting.
    pub line: f32,
    /// Weight: 400, 600 or 700.
    #[serde(default = "regular")]
    pub weight: u16,
}

const fn regular() -> u16 {
    400
}

/// The kinds of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Chart ticks and key caps only.
    Caption,
    /// Dates, counts, hints under rows.
    Small,
    /// Hints under a label, chips' neighbours: between small and body.
    Hint,
    /// Hints and small words that carry weight.
    HintStrong,
    /// The default.
    Body,
    /// Body with weight: names, row titles.
    Strong,
    /// What people write in a session.
    Answer,
    /// The journal.
    Prose,
    /// A question put to someone.
    Prompt,
    /// Small heading.
    H3,
    /// Section heading.
    H2,
    /// Page title.
    H1,
    /// Welcome only.
    Display,
    /// Room mode's question.
    RoomPrompt,
    /// Room mode's box.
    RoomNote,
    /// The words read out in pairing.
    PairWord,
    /// The 24 words of the recovery sheet.
    RecoveryWord,
    /// Words on a button and above a field.
    Button,
    /// Words on a large button.
    ButtonLarge,
    /// Quiet words in a row: tabs, navigation.
    Control,
    /// Chips and tags with weight.
    ChipStrong,
    /// Tags without weight.
    Chip,
}

impl Type {
    /// Its size, line height and weight.
    pub fn token(self) -> TypeToken {
        let own = |size, line, weight| TypeToken { size, line, weight };
        match self {
            Type::Caption => scale("caption"),
            Type::Small => scale("small"),
            Type::Body => scale("body"),
            Type::Answer => scale("answer"),
            Type::Prose => scale("prose"),
            Type::Prompt => scale("prompt"),
            Type::H3 => scale("h3"),
            Type::H2 => scale("h2"),
            Type::H1 => scale("h1"),
            Type::Display => scale("display"),
            Type::RoomPrompt => scale("room_prompt"),
            Type::RoomNote => scale("room_note"),
            Type::PairWord => scale("pair_word"),
            Type::RecoveryWord => scale("recovery_word"),
            Type::Strong => TypeToken { weight: 600, ..scale("body") },
            // The sizes between two steps of the scale are those of the drawn components.
            Type::Hint => own(14.5, 20.0, 400),
            Type::HintStrong => own(14.5, 20.0, 600),
            Type::Button => own(15.5, 22.0, 600),
            Type::ButtonLarge => own(17.0, 24.0, 600),
            Type::Control => own(15.5, 22.0, 400),
            Type::ChipStrong => own(13.5, 18.0, 600),
            Type::Chip => own(13.5, 18.0, 400),
        }
    }
}

fn scale(name: &str) -> TypeToken {
    const BODY: TypeToken = TypeToken { size: 16.0, line: 24.0, weight: regular() };
    TOKENS.type_.scale.get(name).copied().unwrap_or(BODY)
}

/// Factor on every line height for the setting of this name.
pub(super) fn line_factor(name: &str) -> f32 {
    TOKENS.type_.line_spacing_setting.get(name).copied().unwrap_or(1.0)
}

#[derive(Debug, Deserialize)]
struct IconTokens {
    codepoints: BTreeMap<String, String>,
}

/// The character of an icon in both icon fonts, from a name in the token file.
pub(super) fn code_point(name: &str) -> Option<char> {
    let text = TOKENS.icons.codepoints.get(name)?;
    char::from_u32(u32::from_str_radix(text.strip_prefix("U+")?, 16).ok()?)
}
