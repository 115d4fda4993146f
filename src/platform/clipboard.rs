//! The clipboard. What is put there is kept out of clipboard histories as far as the system
//! allows, and taken away again after a while unless something else has taken its place.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

/// How long the end of this process waits for the clipboard. Another program may hold it.
const PATIENCE: Duration = Duration::from_millis(500);

/// The clipboard, served by a thread of its own: other programs can make it wait. Nothing is
/// opened before something is copied, so it may be made without a display.
pub struct Clipboard {
    keep: Duration,
    orders: Mutex<Option<Sender<Order>>>,
}

enum Order {
    Put(Zeroizing<String>),
    Clear(Sender<()>),
}

impl Clipboard {
    /// A clipboard that keeps what is put there for so long.
    pub const fn new(keep: Duration) -> Clipboard {
        Clipboard { keep, orders: Mutex::new(None) }
    }

    /// Puts a text there. Where there is no clipboard, nothing happens.
    pub fn put(&self, text: Zeroizing<String>) {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        if orders.is_none() {
            let (sender, inbox) = channel();
            let keep = self.keep;
            let serving = std::thread::Builder::new().name("clipboard".to_owned());
            if serving.spawn(move || serve(&inbox, keep)).is_ok() {
                *orders = Some(sender);
            }
        }
        if let Some(orders) = orders.as_ref() {
            // The thread ends only with this side.
            let _ = orders.send(Order::Put(text));
        }
    }

    /// Takes away what was put there, if it is still there, and waits a moment until it is.
    pub fn clear(&self) {
        let orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(orders) = orders.as_ref() else { return };
        let (done, cleared) = channel();
        if orders.send(Order::Clear(done)).is_ok() {
            // Later than that is no reason to keep a record open.
            let _ = cleared.recv_timeout(PATIENCE);
        }
    }
}

/// What lies on the clipboard, and until when.
struct Held {
    clipboard: arboard::Clipboard,
    text: Zeroizing<String>,
    until: Instant,
}

impl Held {
    fn put(text: Zeroizing<String>, keep: Duration) -> Option<Held> {
        let mut clipboard = arboard::Clipboard::new().ok()?;
        if private(clipboard.set()).text(text.as_str()).is_err() {
            // It may lie there without the request to leave it alone.
            let _ = clipboard.clear();
            return None;
        }
        Some(Held { clipboard, text, until: Instant::now() + keep })
    }

    /// Takes it away, unless another program has put something else there.
    fn clear(mut self) {
        let there = self.clipboard.get_text().map(Zeroizing::new);
        if there.is_ok_and(|there| *there == *self.text) {
            // Nothing can be done about a system that refuses.
            let _ = self.clipboard.clear();
        }
    }
}

fn serve(inbox: &Receiver<Order>, keep: Duration) {
    let mut held: Option<Held> = None;
    loop {
        let order = match &held {
            Some(held) => inbox.recv_timeout(held.until.saturating_duration_since(Instant::now())),
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match order {
            Ok(Order::Put(text)) => held = Held::put(text, keep).or(held.take()),
            Ok(Order::Clear(done)) => {
                if let Some(held) = held.take() {
                    held.clear();
                }
                // Whoever asked may have lost patience.
                let _ = done.send(());
            }
            Err(why) => {
                if let Some(held) = held.take() {
                    held.clear();
                }
                if why == RecvTimeoutError::Disconnected {
                    return;
                }
            }
        }
    }
}

/// Asks clipboard histories, and on Windows the cloud, to leave it alone.
fn private(set: arboard::Set<'_>) -> arboard::Set<'_> {
    #[cfg(windows)]
    {
        use arboard::SetExtWindows as _;
        set.exclude_from_monitoring().exclude_from_cloud().exclude_from_history()
    }
    #[cfg(target_os = "macos")]
    {
        use arboard::SetExtApple as _;
        set.exclude_from_history()
    }
    #[cfg(not(any(windows, target_os = "macos")))]
    {
        use arboard::SetExtLinux as _;
        set.exclude_from_history()
    }
}
