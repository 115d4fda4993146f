//! What leaves the window other than by drawing: copied text, and the process itself at a lock.

use std::sync::Arc;

use egui::{Context, FullOutput, OutputCommand};
use zeroize::Zeroizing;

use crate::app::lock::{Handover, WindowPlace};

/// What the window asks of the computer. No call may hold a frame up for long.
pub trait Computer: Send + Sync {
    /// Puts a text on the clipboard, for a short while and out of any history.
    fn copy(&self, text: Zeroizing<String>);
    /// Takes it away again, if it is still there.
    fn forget_copied(&self);
    /// Starts the program anew in place of this process, locked. Comes back only when that can't
    /// be done.
    fn start_anew(&self, handover: &Handover);
}

/// A computer that does none of it: copied text goes nowhere, a lock keeps the process. For
/// windows without a screen.
pub struct Nowhere;

impl Computer for Nowhere {
    fn copy(&self, _: Zeroizing<String>) {}

    fn forget_copied(&self) {}

    fn start_anew(&self, _: &Handover) {}
}

/// Takes what egui would hand to the desktop, before the desktop gets it. Copied text goes to
/// the [`Computer`], so that it stays out of clipboard histories. The rest is dropped: a selection
/// that a middle click would paste into another program, pictures, and addresses for a browser.
pub struct Outgoing(pub Arc<dyn Computer>);

impl egui::Plugin for Outgoing {
    fn debug_name(&self) -> &'static str {
        "outgoing"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        for command in output.platform_output.commands.drain(..) {
            match command {
                OutputCommand::CopyText(text) => self.0.copy(Zeroizing::new(text)),
                OutputCommand::TextSelectionSettled(text) => drop(Zeroizing::new(text)),
                OutputCommand::CopyImage(_) | OutputCommand::OpenUrl(_) => {}
            }
        }
    }
}

/// Where the window is now.
pub fn place(ctx: &Context) -> WindowPlace {
    // egui counts in points that grow with the zoom, the window system in its own.
    let zoom = ctx.zoom_factor();
    let size = ctx.viewport_rect().size() * zoom;
    ctx.input(|input| {
        let window = input.viewport();
        let maximised = window.maximized.unwrap_or(false);
        let full_screen = window.fullscreen.unwrap_or(false);
        let at = window.outer_rect.map(|rect| rect.min * zoom);
        WindowPlace {
            at: at.map(|at| [at.x, at.y]),
            size: (!maximised && !full_screen).then_some([size.x, size.y]),
            maximised,
            full_screen,
            minimised: window.minimized.unwrap_or(false),
            focused: window.focused.unwrap_or(true),
        }
    })
}
