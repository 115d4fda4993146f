//! The one worker: owner of the open vault, does jobs in order.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::desk::{Desk, not_read, read_incoming};
use super::job::{Job, Outcome};
use super::press::Setting;

/// Takes jobs and gives back outcomes, in order.
pub struct Worker {
    way: Way,
}

enum Way {
    /// On a thread of its own, so that a frame never waits.
    Thread {
        jobs: Option<Sender<Job>>,
        outcomes: Receiver<Outcome>,
        thread: Option<JoinHandle<()>>,
    },
    /// At once, for the command line and for tests.
    Inline { desk: Box<Desk>, outcomes: std::collections::VecDeque<Outcome> },
}

impl Worker {
    /// Starts the thread. `wake` is called after each outcome, so that the screen is drawn.
    ///
    /// # Errors
    /// The operating system gives no thread.
    pub fn start(
        mut desk: Desk,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> std::io::Result<Worker> {
        let (jobs, inbox) = channel::<Job>();
        let (outbox, outcomes) = channel();
        let wake: Wake = Arc::new(wake);
        let thread = std::thread::Builder::new().name("worker".to_owned()).spawn(move || {
            while let Some(next) = next(&inbox, desk.is_busy()) {
                let outcomes = match next {
                    Next::Look => {
                        let outcomes = desk.look();
                        if let Some(reading) = desk.folders_to_read() {
                            beside(move || reading.run(), None, outbox.clone(), wake.clone());
                        }
                        if outcomes.is_empty() {
                            continue;
                        }
                        outcomes
                    }
                    Next::Job(Job::AskPath { folder, wanted, asker }) => {
                        let ask = desk.ask_path.clone();
                        let ask = move || Outcome::Path { asker, chosen: ask(&folder, &wanted) };
                        let unless = Outcome::Path { asker, chosen: None };
                        aside(ask, unless, outbox.clone(), wake.clone());
                        continue;
                    }
                    Next::Job(Job::Read { path, built_in, as_what }) => {
                        let today = desk.today();
                        let unless = not_read(&path, &as_what);
                        let read = move || read_incoming(&path, &built_in, &as_what, today);
                        aside(read, unless, outbox.clone(), wake.clone());
                        continue;
                    }
                    Next::Job(Job::Gather(gathering)) => {
                        let unless = Outcome::Gathered(gathering.id, None);
                        aside(move || gathering.run(), unless, outbox.clone(), wake.clone());
                        continue;
                    }
                    Next::Job(Job::Set(setting)) => {
                        let unless = Setting::not_begun(setting.id);
                        aside(move || setting.run(), unless, outbox.clone(), wake.clone());
                        continue;
                    }
                    Next::Job(job) => desk.run(job),
                    Next::Slice => desk.slice(),
                };
                for outcome in outcomes {
                    // The window is gone: the jobs that wait are still done, nobody listens.
                    let _ = outbox.send(outcome);
                }
                wake();
            }
        })?;
        Ok(Worker { way: Way::Thread { jobs: Some(jobs), outcomes, thread: Some(thread) } })
    }

    /// Does each job at once, on the caller's thread, and long work to its end.
    pub fn inline(desk: Desk) -> Worker {
        Worker { way: Way::Inline { desk: Box::new(desk), outcomes: Default::default() } }
    }

    /// Hands over a job.
    pub fn send(&mut self, job: Job) {
        match &mut self.way {
            Way::Thread { jobs, .. } => {
                // The thread ends only when this side does.
                if let Some(jobs) = jobs {
                    let _ = jobs.send(job);
                }
            }
            Way::Inline { desk, outcomes } => {
                outcomes.extend(desk.run(job));
                while desk.is_busy() {
                    outcomes.extend(desk.slice());
                }
            }
        }
    }

    /// The next outcome, if one has come.
    pub fn receive(&mut self) -> Option<Outcome> {
        match &mut self.way {
            Way::Thread { outcomes, .. } => outcomes.try_recv().ok(),
            Way::Inline { outcomes, .. } => outcomes.pop_front(),
        }
    }

    /// Waits for the next outcome. Nothing when none can come any more.
    pub fn wait(&mut self) -> Option<Outcome> {
        match &mut self.way {
            Way::Thread { outcomes, .. } => outcomes.recv().ok(),
            Way::Inline { outcomes, .. } => outcomes.pop_front(),
        }
    }

    /// Waits until all jobs are done and takes no more. Long work is stopped.
    pub fn drain(&mut self) {
        if let Way::Thread { jobs, thread, .. } = &mut self.way {
            drop(jobs.take());
            if let Some(thread) = thread.take() {
                // A worker that panicked has nothing left to save.
                let _ = thread.join();
            }
        }
    }
}

/// What the thread does next.
enum Next {
    Job(Job),
    Slice,
    Look,
}

/// How often the folder is looked at for what other computers wrote.
const LOOK: Duration = Duration::from_secs(5);

/// A job if one waits; else long work, if there is any; else the next job that comes, or a look
/// at the folder when none comes for a while. Nothing when no more can come.
fn next(inbox: &Receiver<Job>, busy: bool) -> Option<Next> {
    if !busy {
        return match inbox.recv_timeout(LOOK) {
            Ok(job) => Some(Next::Job(job)),
            Err(RecvTimeoutError::Timeout) => Some(Next::Look),
            Err(RecvTimeoutError::Disconnected) => None,
        };
    }
    match inbox.try_recv() {
        Ok(job) => Some(Next::Job(job)),
        Err(TryRecvError::Empty) => Some(Next::Slice),
        Err(TryRecvError::Disconnected) => None,
    }
}

type Wake = Arc<dyn Fn() + Send + Sync>;

/// Does what needs no vault on a thread of its own: a save or a lock must not wait behind a dialog,
/// nor behind a file from outside that takes its time. `unless` is said when there is no thread.
fn aside(
    work: impl FnOnce() -> Outcome + Send + 'static,
    unless: Outcome,
    outbox: Sender<Outcome>,
    wake: Wake,
) {
    beside(move || Some(work()), Some(unless), outbox, wake);
}

/// The same for work of which nothing may come.
fn beside(
    work: impl FnOnce() -> Option<Outcome> + Send + 'static,
    unless: Option<Outcome>,
    outbox: Sender<Outcome>,
    wake: Wake,
) {
    let here = outbox.clone();
    let doing = std::thread::Builder::new().name("aside".to_owned()).spawn(move || {
        if let Some(outcome) = work() {
            // The window may be gone by the time it is done.
            let _ = outbox.send(outcome);
            wake();
        }
    });
    if let (Err(_), Some(unless)) = (doing, unless) {
        let _ = here.send(unless);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.drain();
    }
}
