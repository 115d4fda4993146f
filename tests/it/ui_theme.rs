//! The tokens: contrast of every pair, sizes, letters and icons that the fonts have.

use cairn::ui::theme::{self, Icon, Palette, Radius, Space, Type, fonts};
use egui::{Color32, FontFamily, FontId};
use serde_json::Value;

use crate::support::window::{DESK, Look, window};

const FILE: &str = include_str!("../../assets/tokens.json");

const THEMES: [(&str, bool, bool); 4] = [
    ("light", false, false),
    ("dark", true, false),
    ("high_contrast_light", false, true),
    ("high_contrast_dark", true, true),
];

fn file() -> Value {
    serde_json::from_str(FILE).unwrap()
}

/// Relative luminance, WCAG 2.2.
fn luminance(colour: Color32) -> f64 {
    let part = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(colour.r()) + 0.7152 * part(colour.g()) + 0.0722 * part(colour.b())
}

/// Contrast ratio, WCAG 2.2.
fn contrast(one: Color32, other: Color32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_pair_has_the_contrast_it_needs() {
    let file = file();
    for (theme, dark, high) in THEMES {
        let roles = Palette::of(dark, high).roles();
        let colour = |role: &Value| {
            let role = role.as_str().unwrap();
            roles.iter().find(|(name, _)| *name == role).unwrap_or_else(|| panic!("{role}")).1
        };
        let pairs = file["contrast"][theme].as_array().unwrap();
        assert!(pairs.len() > 40, "{theme}");
        for pair in pairs {
            let ratio = contrast(colour(&pair["fg"]), colour(&pair["bg"]));
            let least = pair["minimum"].as_f64().unwrap();
            assert!(ratio >= least, "{theme}: {} on {}: {ratio:.2}", pair["fg"], pair["bg"]);
            let told = pair["ratio"].as_f64().unwrap();
            assert!((ratio - told).abs() < 0.02, "{theme}: {pair}: {ratio:.2}");
        }
    }
}

#[test]
fn what_the_components_paint_over_one_another_can_be_seen() {
    for (theme, dark, high) in THEMES {
        let p = Palette::of(dark, high);
        for (name, fg, bg, least) in [
            ("toast", p.page, p.text, 7.0),
            ("text on a hovered row", p.text, p.hover, 7.0),
            ("link hovered", p.link, p.hover, 4.5),
            ("danger hovered", p.danger, p.danger_bg, 4.5),
            ("knob of a switch that is off", p.surface, p.control, 3.0),
            ("knob of a switch that is on", p.on_accent, p.accent, 3.0),
            ("strength", p.success, p.page, 3.0),
            ("weak", p.attn_edge, p.page, 3.0),
        ] {
            let ratio = contrast(fg, bg);
            assert!(ratio >= least, "{theme}, {name}: {ratio:.2}");
        }
    }
}

#[test]
fn alpha_is_kept() {
    let scrim = Palette::of(true, false).scrim;
    assert_eq!((scrim.r(), scrim.g(), scrim.b(), scrim.a()), (0, 0, 0, 0x99));
}

#[test]
fn distances_and_radii_come_from_the_file() {
    let file = file();
    for (space, name) in [
        (Space::Xs, "xs"),
        (Space::S, "s"),
        (Space::M, "m"),
        (Space::L, "l"),
        (Space::Xl, "xl"),
        (Space::Xxl, "xxl"),
        (Space::Xxxl, "xxxl"),
        (Space::Page, "page_margin"),
        (Space::PageNarrow, "page_margin_narrow"),
        (Space::Section, "section_gap"),
    ] {
        assert_eq!(f64::from(space.pts()), file["space"][name].as_f64().unwrap(), "{name}");
    }
    for (radius, name) in [
        (Radius::Tag, "tag"),
        (Radius::Control, "control"),
        (Radius::Card, "card"),
        (Radius::Modal, "modal"),
        (Radius::Chip, "chip"),
    ] {
        assert_eq!(u64::from(radius.pts()), file["radius"][name].as_u64().unwrap(), "{name}");
    }
}

#[test]
fn the_type_scale_comes_from_the_file() {
    let file = file();
    for (kind, name) in [
        (Type::Caption, "caption"),
        (Type::Small, "small"),
        (Type::Body, "body"),
        (Type::Answer, "answer"),
        (Type::Prose, "prose"),
        (Type::Prompt, "prompt"),
        (Type::H3, "h3"),
        (Type::H2, "h2"),
        (Type::H1, "h1"),
        (Type::Display, "display"),
        (Type::RoomPrompt, "room_prompt"),
        (Type::RoomNote, "room_note"),
        (Type::PairWord, "pair_word"),
        (Type::RecoveryWord, "recovery_word"),
    ] {
        let token = kind.token();
        let expected = &file["type"]["scale"][name];
        assert_eq!(f64::from(token.size), expected["size"].as_f64().unwrap(), "{name}");
        assert_eq!(f64::from(token.line), expected["line"].as_f64().unwrap(), "{name}");
        let weight = expected["weight"].as_u64().unwrap_or(400);
        assert_eq!(u64::from(token.weight), weight, "{name}");
    }
}

#[test]
fn every_icon_is_in_the_font() {
    let harness = window(Look::Light, DESK).build_ui(|_| {});
    let names = file()["icons"]["codepoints"].as_object().unwrap().len();
    assert_eq!(Icon::ALL.len(), names);
    for icon in Icon::ALL {
        assert_ne!(icon.character(), ' ', "{}", icon.name());
        let font = FontId::new(18.0, fonts::icons());
        let there = harness.ctx.fonts_mut(|fonts| fonts.has_glyph(&font, icon.character()));
        assert!(there, "{}", icon.name());
    }
}

#[test]
fn names_from_many_places_have_their_letters() {
    let harness = window(Look::Light, DESK).build_ui(|_| {});
    let names = "Siân Ŵyn Łukasz Çağla İpek Őrs Žofie Jūratė Ægir Ñuñez Ståle O’Neill “‘’” – … · é \
                 Ọlá Ẹniọlá Ṣadé Ɗanjuma Ƙasim Nguyễn Thị Hồng Ŋ Ẽ ọ\u{301}";
    for family in [FontFamily::Proportional, fonts::semibold(), fonts::bold(), fonts::italic()] {
        let font = FontId::new(16.0, family);
        for letter in names.chars() {
            let there = harness.ctx.fonts_mut(|fonts| fonts.has_glyph(&font, letter));
            assert!(there, "{letter} in {font:?}");
        }
    }
}

#[test]
fn the_look_can_be_changed_and_survives_forgetting() {
    let harness = window(Look::Light, DESK).build_ui(|_| {});
    let ctx = &harness.ctx;
    assert_eq!(theme::of(ctx), Palette::of(false, false));
    theme::apply(ctx, &Look::HighContrastDark.appearance());
    // As on lock: everything that egui remembers goes.
    ctx.memory_mut(|memory| memory.data.clear());
    assert_eq!(theme::of(ctx), Palette::of(true, true));
    assert_eq!(theme::line_width(ctx), 2.0);
}

#[test]
fn wider_lines_are_wider() {
    let harness = window(Look::Light, DESK).build_ui(|_| {});
    let height = |spacing| {
        let appearance = theme::Appearance { line_spacing: spacing, ..Look::Light.appearance() };
        theme::apply(&harness.ctx, &appearance);
        theme::format(&harness.ctx, Type::Answer, Color32::BLACK).line_height.unwrap()
    };
    let snug = height(theme::LineSpacing::Snug);
    let normal = height(theme::LineSpacing::Normal);
    let open = height(theme::LineSpacing::Open);
    assert!(snug < normal && normal < open, "{snug} {normal} {open}");
}
