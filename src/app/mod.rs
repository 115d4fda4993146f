//! State, actions and jobs: everything the program does, without a window.
//!
//! A person's wish is an [`Action`]. One `apply` changes the [`State`] and hands out
//! [`Job`]s. One worker owns the open vault, does the jobs in order and sends [`Outcome`]s
//! back. The screen draws the state; nothing flows the other way.

pub mod access;
pub mod action;
pub mod advice;
pub mod answers;
mod apply;
pub mod brought;
pub mod calendar;
pub mod command;
pub mod demo;
pub mod desk;
mod door;
pub mod draft;
mod editor_form;
pub mod educator;
pub mod exchanging;
pub mod fairness;
pub mod files;
pub mod finder;
pub mod findings;
pub mod fresh;
pub mod gather;
pub mod handing;
pub mod history;
pub mod inputs;
pub mod intake;
pub mod intake_notes;
pub mod intake_people;
pub mod job;
pub mod keeping;
pub mod letter;
pub mod lock;
pub mod long;
pub mod newcomers;
pub mod next_time;
pub mod notes;
pub mod notice;
pub mod packs;
pub mod pairing;
pub mod palette;
pub mod paper;
pub mod part;
pub mod password;
mod person_form;
pub mod person_page;
pub mod place;
pub mod plan;
pub mod preparing;
pub mod press;
pub mod proofread;
pub mod reads;
pub mod record_state;
mod recovery;
pub mod reflection;
pub mod replacing;
pub mod requests;
pub mod resize;
pub mod retention;
pub mod revise;
pub mod role;
pub mod room;
pub mod roster;
pub mod screen;
pub mod settings;
pub mod settling;
pub mod shared_folder;
pub mod state;
pub mod summary_page;
pub mod tags;
pub mod template_edit;
pub mod timer;
pub mod today;
pub mod undo;
pub mod unfinished;
pub mod worker;
pub mod writing;

use std::sync::Arc;

use jiff::Zoned;

pub use action::Action;
pub use command::Command;
pub use desk::Desk;
pub use draft::Draft;
pub use inputs::Inputs;
pub use job::{Job, Outcome};
pub use notice::Notice;
pub use proofread::Proofreader;
pub use screen::Screen;
pub use settings::Look;
pub use state::{Phase, State};
pub use worker::Worker;

/// Where the present moment comes from; tests give a fixed one.
pub type Clock = Arc<dyn Fn() -> Zoned + Send + Sync>;

/// The program without its window: state, what is being typed, and the worker.
pub struct App {
    /// What is drawn. Only [`App::act`] and [`App::tick`] change it.
    pub state: State,
    /// What is being typed: the only thing that changes while drawing.
    pub inputs: Inputs,
    worker: Worker,
    proofreader: Proofreader,
    clock: Clock,
}

impl App {
    /// Starts on a vault folder that may not exist yet.
    pub fn new(state: State, worker: Worker, clock: Clock) -> App {
        let dir = state.dir.clone();
        let proofreader = Proofreader::inline();
        let mut app = App { state, inputs: Inputs::default(), worker, proofreader, clock };
        app.send(vec![Job::Find { dir }]);
        app
    }

    /// The same with a proofreader of one's own; without, what is written is checked on the
    /// caller's thread.
    #[must_use]
    pub fn with_proofreader(self, proofreader: Proofreader) -> App {
        App { proofreader, ..self }
    }

    /// Does what the person wants, in order, on top of what the worker has done.
    pub fn act(&mut self, actions: Vec<Action>) {
        self.state.now = (self.clock)();
        self.collect();
        for action in actions {
            let mut jobs = Vec::new();
            apply::action(&mut self.state, &mut self.inputs, action, &mut jobs);
            self.send(jobs);
        }
        self.collect();
    }

    /// Once a frame, before drawing: takes the worker's results, saves drafts that are due and
    /// locks after idle time. `touched` says that a key, a click or a movement came in.
    pub fn tick(&mut self, touched: bool) {
        self.state.now = (self.clock)();
        // The first touch after hours of sleep must not keep open what was to be locked by then.
        if touched && !apply::idle_is_over(&self.state) {
            self.state.last_touch = self.state.now.timestamp();
        }
        self.collect();
        // Before what is typed is noted for keeping, which takes the mark away.
        let typed = self.inputs.draft.as_ref().is_some_and(|draft| draft.touched);
        let mut jobs = Vec::new();
        apply::tick(&mut self.state, &mut self.inputs, &mut jobs);
        self.send(jobs);
        self.collect();
        self.proofread(typed);
    }

    /// Has what is written checked once the writer pauses; forgets all of it at a lock.
    fn proofread(&mut self, typed: bool) {
        let Some(open) = self.state.open() else {
            self.proofreader.forget();
            return;
        };
        let Inputs { draft, writing, .. } = &mut self.inputs;
        let draft = draft.as_ref().filter(|draft| draft.session.finished.is_none());
        for work in writing.due(draft, typed, self.state.now.timestamp(), open) {
            self.proofreader.send(work);
        }
        while let Some(done) = self.proofreader.receive() {
            writing.take(done);
        }
    }

    /// Hands the worker a job that no wish stands for, such as a look at the folder, which it
    /// otherwise takes by itself.
    pub fn ask(&mut self, job: Job) {
        self.send(vec![job]);
        self.collect();
    }

    /// Milliseconds until [`App::tick`] has something to do, if it will have.
    pub fn next_tick_ms(&self) -> Option<u64> {
        let writing = self.inputs.writing.next_ms(self.state.now.timestamp());
        writing.into_iter().chain(apply::next_tick_ms(&self.state, &self.inputs)).min()
    }

    /// Writes what is open, as for a lock, and waits until it is durable. For leaving.
    pub fn finish(&mut self) {
        self.act(vec![Action::Lock]);
        self.worker.drain();
        self.collect();
    }

    /// The person closes the window: locks, waits until everything is durable, and says whether
    /// the window may close. While words are nowhere but here, the person is asked first.
    pub fn close(&mut self) -> bool {
        if self.state.closing == state::Closing::Yes {
            return true;
        }
        self.act(vec![Action::Lock]);
        while self.state.is_locking() {
            let Some(outcome) = self.worker.wait() else { break };
            self.take(outcome);
        }
        if self.state.held {
            self.state.closing = state::Closing::Asked;
        }
        !self.state.held
    }

    /// What to leave to a program that takes this one's place; nothing while the record is open,
    /// or while something of it is still on its way to the disk.
    pub fn handover(&self, place: lock::WindowPlace) -> Option<lock::Handover> {
        lock::Handover::of(&self.state, &self.inputs, place)
    }

    fn send(&mut self, jobs: Vec<Job>) {
        for job in jobs {
            self.worker.send(job);
        }
    }

    fn collect(&mut self) {
        while let Some(outcome) = self.worker.receive() {
            self.take(outcome);
        }
        self.state.refresh_today();
        self.state.refresh_roster();
        self.state.refresh_page();
        self.state.refresh_reads();
        self.state.refresh_keep_list();
    }

    fn take(&mut self, outcome: Outcome) {
        let mut jobs = Vec::new();
        apply::outcome(&mut self.state, &mut self.inputs, outcome, &mut jobs);
        self.send(jobs);
    }
}
