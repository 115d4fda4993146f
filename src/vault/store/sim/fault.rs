//! The machine that the disks belong to: it keeps the record, and says which call fails.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::record::{Call, FileNumber, Op};

/// How much of a failing call's work is done all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Nothing.
    Nothing,
    /// A part: half of the bytes are written, the new name is there beside the old one. What
    /// has no half is not done.
    Half,
    /// Everything: the error is reported after the work.
    All,
}

/// When a call fails, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Which call from now, the first being 1.
    pub at: u32,
    /// What the system says.
    pub errno: i32,
    /// What is done all the same.
    pub work: Work,
    /// Whether every later call fails, too.
    pub lasting: bool,
}

impl Fault {
    /// One call fails with half of its work done, and those after it work.
    pub const fn once(at: u32, errno: i32) -> Fault {
        Fault { at, errno, work: Work::Half, lasting: false }
    }

    /// All calls fail from this one on.
    pub const fn from(at: u32, errno: i32) -> Fault {
        Fault { lasting: true, ..Fault::once(at, errno) }
    }
}

/// Keeps the record of all calls to its disks and makes them fail. Clones are the same machine.
#[derive(Debug, Clone, Default)]
pub struct Machine(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    record: Vec<Op>,
    files: FileNumber,
    fault: Option<Fault>,
    fired: Option<usize>,
    /// Bytes that can still be written, where the disks are small.
    room: Option<usize>,
}

impl Machine {
    /// A machine that works.
    pub fn new() -> Machine {
        Machine::default()
    }

    /// Makes a call fail.
    pub fn arm(&self, fault: Fault) {
        let mut state = self.state();
        (state.fault, state.fired) = (Some(fault), None);
    }

    /// Works again; gives the call that failed first since it was armed.
    pub fn disarm(&self) -> Option<Op> {
        let mut state = self.state();
        state.fault = None;
        state.fired.and_then(|fired| state.record.get(fired).cloned())
    }

    /// Lets only so many more bytes be written, on all disks together; without a number, any.
    pub fn set_room(&self, bytes: Option<usize>) {
        self.state().room = bytes;
    }

    /// How many calls there have been.
    pub fn calls(&self) -> usize {
        self.state().record.len()
    }

    /// The calls since there had been so many.
    pub fn record(&self, since: usize) -> Vec<Op> {
        self.state().record.get(since..).unwrap_or_default().to_vec()
    }

    pub(super) fn next_file(&self) -> FileNumber {
        let mut state = self.state();
        state.files += 1;
        state.files
    }

    /// Does a call, or makes it fail.
    pub(super) fn call<T>(
        &self,
        disk: usize,
        call: Call,
        work: impl FnOnce() -> io::Result<T>,
        half: impl FnOnce() -> Work,
    ) -> io::Result<T> {
        let fault = self.begin();
        let (done, result) = match fault {
            None => {
                let result = work();
                (if result.is_ok() { Work::All } else { Work::Nothing }, result)
            }
            Some(fault) => {
                let done = match fault.work {
                    Work::Nothing => Work::Nothing,
                    Work::Half => half(),
                    Work::All if work().is_ok() => Work::All,
                    Work::All => Work::Nothing,
                };
                (done, Err(io::Error::from_raw_os_error(fault.errno)))
            }
        };
        self.end(disk, call, done, fault.is_some(), result.as_ref().err());
        result
    }

    /// Writes as many of the bytes as there is room for, or as a failing call does.
    pub(super) fn write(
        &self,
        disk: usize,
        bytes: &[u8],
        call: impl FnOnce(Arc<[u8]>) -> Call,
        work: impl FnOnce(&[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        let fault = self.begin();
        let wanted = match fault.map(|fault| fault.work) {
            Some(Work::Nothing) => 0,
            Some(Work::Half) => bytes.len() / 2,
            Some(Work::All) | None => bytes.len(),
        };
        let fits = self.take_room(wanted);
        let refusal = match fault {
            Some(fault) => Err(io::Error::from_raw_os_error(fault.errno)),
            None if fits < wanted => Err(io::ErrorKind::StorageFull.into()),
            None => Ok(()),
        };
        let result = work(&bytes[..fits]).and(refusal);
        let call = call(Arc::from(&bytes[..fits]));
        self.end(disk, call, Work::All, fault.is_some(), result.as_ref().err());
        result
    }

    fn take_room(&self, bytes: usize) -> usize {
        match &mut self.state().room {
            Some(room) => {
                let fits = bytes.min(*room);
                *room -= fits;
                fits
            }
            None => bytes,
        }
    }

    /// Counts a call: whether it fails.
    fn begin(&self) -> Option<Fault> {
        let mut state = self.state();
        let fault = state.fault.as_mut()?;
        if fault.at > 1 {
            fault.at -= 1;
            return None;
        }
        let fault = *fault;
        if !fault.lasting {
            state.fault = None;
        }
        Some(fault)
    }

    /// Writes down what became of a call.
    fn end(&self, disk: usize, call: Call, done: Work, fault: bool, error: Option<&io::Error>) {
        let mut state = self.state();
        if fault && state.fired.is_none() {
            state.fired = Some(state.record.len());
        }
        state.record.push(Op { disk, call, done, error: error.map(io::Error::kind), fault });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
