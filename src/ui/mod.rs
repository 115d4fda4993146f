//! The window: egui only. No files, no threads, no keys.
//!
//! Everything drawn is a function of the [`State`](crate::app::State); what is typed lies in the [`Inputs`](crate::app::Inputs); what
//! the person wants goes into a list of [`Action`]s that [`App::act`] takes after the frame.

mod icon;
mod keys;
pub mod outgoing;
pub mod screens;
pub mod shell;
pub mod theme;
pub mod widgets;

use std::sync::Arc;
use std::time::Duration;

use eframe::{CreationContext, Frame};
use egui::{Context, Ui, ViewportCommand};

use crate::app::lock::WindowPlace;
use crate::app::settings::ThemeChoice;
use crate::app::state::Closing;
use crate::app::{Action, App, Look, Phase, Proofreader, Worker};
use outgoing::{Computer, Nowhere, Outgoing};

/// What every screen gets: the state to draw, the fields to type into, the wishes to fill.
pub struct View<'a> {
    /// What is drawn.
    pub state: &'a crate::app::State,
    /// What is being typed.
    pub inputs: &'a mut crate::app::Inputs,
    /// What the person wants.
    pub out: &'a mut Vec<Action>,
}

/// The program in its window.
pub struct Window {
    app: App,
    shown: Option<Look>,
    was_open: bool,
    computer: Arc<dyn Computer>,
    held_a_record: bool,
    touches: Touches,
}

/// Tells whether somebody is there. A window that is covered or minimised is asked again and again
/// without a new frame, and the events of its last one lie there still.
#[derive(Default)]
pub struct Touches {
    pass: Option<u64>,
}

impl Touches {
    /// Whether a key, a click or a movement came in since the last call.
    pub fn new_in(&mut self, ctx: &Context) -> bool {
        let pass = ctx.cumulative_pass_nr();
        let is_new = self.pass.replace(pass) != Some(pass);
        is_new
            && ctx.input(|input| {
                input.events.iter().any(|event| !matches!(event, egui::Event::WindowFocused(_)))
            })
    }
}

impl Window {
    /// Makes the window's content. The worker wakes it through the context.
    pub fn new(creation: &CreationContext<'_>, app: App) -> Window {
        theme::install(&creation.egui_ctx);
        creation.egui_ctx.add_plugin(Outgoing(Arc::new(Nowhere)));
        Window {
            app,
            shown: None,
            was_open: false,
            computer: Arc::new(Nowhere),
            held_a_record: false,
            touches: Touches::default(),
        }
    }

    /// The same on a computer that has a clipboard and can start programs.
    #[must_use]
    pub fn on(self, ctx: &Context, computer: Arc<dyn Computer>) -> Window {
        ctx.with_plugin(|outgoing: &mut Outgoing| outgoing.0 = computer.clone());
        Window { computer, ..self }
    }

    /// The program behind the window. For tests.
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// The same, to ask it for something without a press. For tests.
    pub const fn app_mut(&mut self) -> &mut App {
        &mut self.app
    }

    fn apply_look(&mut self, ctx: &Context) {
        let look = self.app.state.look;
        if self.shown != Some(look) {
            theme::apply(ctx, &appearance(look));
            ctx.set_zoom_factor(f32::from(look.zoom) / 100.0);
            self.shown = Some(look);
        }
    }

    /// Forgets what egui remembers of an open record, and of the password that opened it: undo
    /// states, popups, scroll positions.
    fn forget_at_the_door(&mut self, ctx: &Context) {
        let is_open = matches!(self.app.state.phase, Phase::Open(_));
        if self.was_open != is_open {
            egui::Popup::close_all(ctx);
            ctx.memory_mut(|memory| {
                memory.data.clear();
                memory.stop_text_input();
            });
        }
        self.was_open = is_open;
    }

    /// Whether the window closes now. It stays while the person is asked about words that would
    /// be lost.
    fn is_closing(&mut self, ctx: &Context) -> bool {
        let asked = ctx.input(|input| input.viewport().close_requested());
        let closes = asked && self.app.close();
        if asked && !closes {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
        closes
    }

    /// Once a lock is complete, gives the place to a new process. Only that takes everything out
    /// of memory: fonts and pictures of words, undo states, freed strings, what the worker held.
    fn make_way(&mut self, ctx: &Context) {
        if matches!(self.app.state.phase, Phase::Open(_)) {
            self.held_a_record = true;
        } else if self.held_a_record
            && let Some(handover) = self.app.handover(outgoing::place(ctx))
        {
            self.computer.forget_copied();
            self.computer.start_anew(&handover);
            // It could not be done, and will not be at the next frame either.
            self.held_a_record = false;
        }
    }
}

impl eframe::App for Window {
    /// The page's colour, so that the first frame shows no other.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn logic(&mut self, ctx: &Context, _: &mut Frame) {
        let touched = self.touches.new_in(ctx);
        self.app.tick(touched);
        let closes = self.is_closing(ctx);
        self.forget_at_the_door(ctx);
        if !closes {
            self.make_way(ctx);
        }
        self.apply_look(ctx);
        if let Some(ms) = self.app.next_tick_ms() {
            ctx.request_repaint_after(Duration::from_millis(ms));
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut Frame) {
        let mut out = Vec::new();
        let App { state, inputs, .. } = &mut self.app;
        keys::read(ui, state, &mut out);
        // A dropped file would take the page for two people away.
        if state.open().is_none_or(|open| open.room.is_none()) {
            shell::drop::take(ui, state, inputs, &mut out);
        }
        let mut view = View { state, inputs, out: &mut out };
        shell::show(ui, &mut view);
        if !out.is_empty() {
            self.app.act(out);
            if self.app.state.closing == Closing::Yes {
                ui.ctx().send_viewport_cmd(ViewportCommand::Close);
            }
            self.forget_at_the_door(ui.ctx());
            self.apply_look(ui.ctx());
            ui.ctx().request_repaint();
        }
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.app.finish();
        self.computer.forget_copied();
    }
}

fn appearance(look: Look) -> theme::Appearance {
    let (theme, high_contrast) = match look.theme {
        ThemeChoice::System => (theme::ThemeChoice::System, false),
        ThemeChoice::Light => (theme::ThemeChoice::Light, false),
        ThemeChoice::Dark => (theme::ThemeChoice::Dark, false),
        ThemeChoice::HighContrastLight => (theme::ThemeChoice::Light, true),
        ThemeChoice::HighContrastDark => (theme::ThemeChoice::Dark, true),
    };
    theme::Appearance { theme, high_contrast, ..theme::Appearance::default() }
}

/// What the window starts with.
pub struct Start {
    /// Gives the state before the folder was looked into. It is asked for when the window is
    /// there, so that what the state needs can be read while the desktop makes one.
    pub state: Box<dyn FnOnce() -> Result<crate::app::State, crate::library::FileError>>,
    /// The desk for the worker.
    pub desk: crate::app::Desk,
    /// Where the present moment comes from.
    pub clock: crate::app::Clock,
    /// Where summaries are offered to be written.
    pub documents: std::path::PathBuf,
    /// Typed in already, for a demonstration.
    pub password: Option<zeroize::Zeroizing<String>>,
    /// The clipboard, and what starts programs.
    pub computer: Arc<dyn Computer>,
    /// Where the window was, if this program takes the place of one that locked.
    pub place: Option<WindowPlace>,
}

/// Opens the window and stays until it is closed. Tries wgpu, then OpenGL.
///
/// # Errors
/// Neither can paint here.
pub fn run(start: Start) -> Result<(), eframe::Error> {
    // Whichever renderer starts takes what is needed out of here; the other leaves it.
    let place = start.place;
    let start = std::rc::Rc::new(std::cell::RefCell::new(Some(start)));
    let with = |renderer| {
        let start = start.clone();
        eframe::run_native(
            "Cairn",
            options(renderer, place),
            Box::new(move |creation| {
                let Some(start) = start.borrow_mut().take() else {
                    return Err("started twice".into());
                };
                let ctx = creation.egui_ctx.clone();
                let worker = Worker::start(start.desk, move || ctx.request_repaint())?;
                let wake = creation.egui_ctx.clone();
                let proofreader = Proofreader::start(move || wake.request_repaint())?;
                let state = (start.state)()?;
                let mut app = App::new(state, worker, start.clock).with_proofreader(proofreader);
                app.inputs.documents = start.documents;
                if let Some(password) = start.password {
                    app.inputs.door.password = password.as_str().to_owned();
                }
                if place.is_some_and(|place| place.minimised) {
                    let minimise = ViewportCommand::Minimized(true);
                    creation.egui_ctx.send_viewport_cmd(minimise);
                }
                Ok(Box::new(Window::new(creation, app).on(&creation.egui_ctx, start.computer)))
            }),
        )
    };
    match with(eframe::Renderer::Wgpu) {
        // Nothing was started, so the record is still closed and OpenGL may be tried.
        Err(first) if start.borrow().is_some() => match with(eframe::Renderer::Glow) {
            // There was no display: the first answer says so, the second only that it was asked.
            Err(eframe::Error::WinitEventLoop(_)) => Err(first),
            result => result,
        },
        result => result,
    }
}

fn options(renderer: eframe::Renderer, place: Option<WindowPlace>) -> eframe::NativeOptions {
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Cairn")
        .with_app_id("cairn")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([480.0, 360.0])
        .with_icon(icon::cairn());
    if let Some(place) = place {
        viewport = viewport
            .with_maximized(place.maximised)
            .with_fullscreen(place.full_screen)
            .with_active(place.focused);
        if let Some(size) = place.size {
            viewport = viewport.with_inner_size(size);
        }
        if let Some(at) = place.at {
            viewport = viewport.with_position(at);
        }
    }
    eframe::NativeOptions { renderer, viewport, ..eframe::NativeOptions::default() }
}
