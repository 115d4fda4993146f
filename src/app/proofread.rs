//! The proofreader: checks texts on a thread of its own, apart from the worker, so that neither
//! a frame nor a save ever waits for a check.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};

use zeroize::Zeroizing;

use super::inputs::EditorSpot;
use crate::review::{Finding, Reviewer, Settings, Speller};

/// Something to look at.
pub enum Work {
    /// A text, with what to look for in it.
    Text {
        /// Where it stands.
        spot: EditorSpot,
        /// Which look at this place it is.
        number: u64,
        /// The text.
        text: Zeroizing<String>,
        /// What to look for, and what the writer knows.
        settings: Arc<Settings>,
    },
    /// A word in no list, to find one that is meant.
    Word(Zeroizing<String>),
}

/// What was found.
pub enum Done {
    /// In a text.
    Text {
        /// Where it stands.
        spot: EditorSpot,
        /// Which look at this place it was.
        number: u64,
        /// What was found, in the order of the text.
        findings: Vec<Finding>,
    },
    /// For a word: what may be meant, the likeliest first.
    Word(String, Vec<String>),
}

/// The lists: made once for the program, by whoever checks first. They hold nothing of a record.
struct Lists {
    reviewer: Reviewer,
    speller: Speller,
}

static LISTS: OnceLock<Option<Lists>> = OnceLock::new();

/// Checks texts in order.
pub struct Proofreader {
    way: Way,
}

enum Way {
    Thread { work: Sender<(u64, Work)>, done: Receiver<(u64, Done)>, now: Arc<AtomicU64> },
    Inline { done: std::collections::VecDeque<Done> },
}

impl Proofreader {
    /// Starts the thread. `wake` is called after each result, so that the screen is drawn.
    ///
    /// # Errors
    /// The operating system gives no thread.
    pub fn start(wake: impl Fn() + Send + 'static) -> std::io::Result<Proofreader> {
        let (work, inbox) = channel::<(u64, Work)>();
        let (outbox, done) = channel();
        let now = Arc::new(AtomicU64::new(0));
        let current = now.clone();
        std::thread::Builder::new().name("proofreader".to_owned()).spawn(move || {
            while let Ok((of, work)) = inbox.recv() {
                let is_over = || current.load(Ordering::Relaxed) != of;
                if is_over() {
                    continue;
                }
                let found = look(work, &is_over);
                if !is_over() {
                    // The window is gone: nobody listens.
                    let _ = outbox.send((of, found));
                    wake();
                }
            }
        })?;
        Ok(Proofreader { way: Way::Thread { work, done, now } })
    }

    /// Checks each text at once, on the caller's thread.
    pub fn inline() -> Proofreader {
        Proofreader { way: Way::Inline { done: Default::default() } }
    }

    /// Hands over a text.
    pub fn send(&mut self, new: Work) {
        match &mut self.way {
            Way::Thread { work, now, .. } => {
                // The thread ends only when this side does.
                let _ = work.send((now.load(Ordering::Relaxed), new));
            }
            Way::Inline { done } => done.push_back(look(new, &|| false)),
        }
    }

    /// The next result, if one has come.
    pub fn receive(&mut self) -> Option<Done> {
        match &mut self.way {
            Way::Thread { done, now, .. } => loop {
                let (of, found) = done.try_recv().ok()?;
                if of == now.load(Ordering::Relaxed) {
                    return Some(found);
                }
            },
            Way::Inline { done } => done.pop_front(),
        }
    }

    /// Gives up what is under way and drops what waits: the record was locked.
    pub fn forget(&mut self) {
        match &mut self.way {
            Way::Thread { done, now, .. } => {
                now.fetch_add(1, Ordering::Relaxed);
                while done.try_recv().is_ok() {}
            }
            Way::Inline { done } => done.clear(),
        }
    }
}

/// Looks at one thing. Without lists, which only a fault of the program can bring about, nothing
/// is found.
fn look(work: Work, is_over: &dyn Fn() -> bool) -> Done {
    let lists = LISTS.get_or_init(|| {
        Some(Lists { reviewer: Reviewer::built_in().ok()?, speller: Speller::british().ok()? })
    });
    match work {
        Work::Text { spot, number, text, settings } => {
            let findings = lists.as_ref().map_or_else(Vec::new, |lists| {
                let speller = Some(&lists.speller);
                lists.reviewer.review_until(&text, &settings, speller, is_over)
            });
            Done::Text { spot, number, findings }
        }
        Work::Word(word) => {
            let meant = lists.as_ref().map(|lists| lists.speller.suggest(&word));
            Done::Word(word.to_string(), meant.unwrap_or_default())
        }
    }
}
