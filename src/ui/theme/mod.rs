//! Tokens, fonts, icons and the style made of them.
//!
//! ```text
//! theme::install(ctx);                          // once, before the first frame
//! theme::apply(ctx, &Appearance { .. });        // when the person changes how it looks
//! let p = theme::of(ui);                        // anywhere: the colours now in use
//! ui.add_space(Space::M.pts());
//! ```

pub mod fonts;
pub mod icons;
mod ring;
mod style;
pub mod tokens;

pub use icons::{Icon, IconSize};
pub use ring::mark_focus;
pub use style::{
    Appearance, LineSpacing, ThemeChoice, appearance, apply, font, format, install, line_width, of,
    shadow,
};
pub use tokens::{Elevated, Palette, Radius, Space, Type, tokens};
