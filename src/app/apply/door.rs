//! Making the record and opening it.

use std::path::PathBuf;

use zeroize::{Zeroize, Zeroizing};

use super::keeping::folder as folder_typed;
use super::{Change, save, toast};
use crate::app::action::DoorAction;
use crate::app::desk::ReadersJob;
use crate::app::inputs::Inputs;
use crate::app::job::{Found, Job};
use crate::app::keeping::{FolderFor, KeepingForm, SheetOf, SheetShown};
use crate::app::long::{Ended, Task, Work};
use crate::app::notice::Notice;
use crate::app::password::Strength;
use crate::app::place;
use crate::app::screen::Screen;
use crate::app::state::{
    Locked, Open, Opened, Phase, Recovery, Restoring, State, Welcome, WelcomeStep,
};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: DoorAction, jobs: &mut Vec<Job>) {
    match wish {
        DoorAction::Next => next(state, inputs, jobs),
        DoorAction::Previous => previous(state),
        DoorAction::Folder => folder(state, inputs, jobs),
        DoorAction::Unlock => unlock(state, inputs, jobs),
        DoorAction::UseRecovery(on) => use_recovery(state, inputs, on),
        DoorAction::Recover => recover(state, inputs, jobs),
        DoorAction::UseBackup(true) => use_backup(state, inputs),
        DoorAction::UseBackup(false) => look(state, jobs),
        DoorAction::Restore => restore(state, inputs, jobs),
    }
}

fn welcome(state: &mut State) -> Option<&mut Welcome> {
    match &mut state.phase {
        Phase::Welcome(welcome) => Some(welcome),
        _ => None,
    }
}

fn step(state: &mut State, step: WelcomeStep) {
    if let Some(welcome) = welcome(state) {
        welcome.step = step;
        welcome.tried = false;
        welcome.notice = None;
    }
}

fn next(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some(welcome) = welcome(state) else { return };
    if welcome.busy {
        return;
    }
    welcome.notice = None;
    welcome.tried = true;
    match welcome.step {
        WelcomeStep::You => {
            if !inputs.door.your_name.trim().is_empty() && !inputs.door.folder.trim().is_empty() {
                step(state, WelcomeStep::Password);
            }
        }
        WelcomeStep::Password => create(state, inputs, jobs),
        WelcomeStep::Sheet => {}
    }
}

fn previous(state: &mut State) {
    if welcome(state).is_some_and(|welcome| welcome.step == WelcomeStep::Password) {
        step(state, WelcomeStep::You);
    }
}

fn create(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let door = &mut inputs.door;
    let strong = Strength::of(&door.password, &[&door.your_name]).is_enough();
    if !strong || door.password != door.again {
        return;
    }
    let dir = PathBuf::from(door.folder.trim());
    jobs.push(Job::Create {
        dir: dir.clone(),
        password: Zeroizing::new(std::mem::take(&mut door.password)),
        your_name: door.your_name.trim().to_owned(),
        role: door.role,
    });
    door.again.zeroize();
    state.dir = dir;
    if let Some(welcome) = welcome(state) {
        welcome.busy = true;
        welcome.tried = false;
    }
}

/// Shows the recovery key of the record that was made.
pub fn created(state: &mut State, inputs: &mut Inputs, recovery: Recovery, opened: Opened) {
    super::sheet::offer_file(inputs);
    state.phase = Phase::Welcome(Box::new(Welcome {
        step: WelcomeStep::Sheet,
        sheet: Some(SheetShown::new(recovery, SheetOf::NewRecord)),
        opened: Some(opened),
        ..Welcome::default()
    }));
}

/// Goes through the door into the record that was made.
pub fn enter(state: &mut State, inputs: &mut Inputs, sheet_unchecked: bool) {
    let Some(opened) = welcome(state).and_then(|welcome| welcome.opened.take()) else { return };
    inputs.door.zeroize();
    let mut open = Open::new(opened, Screen::Today);
    open.sheet_unchecked = sheet_unchecked;
    state.phase = Phase::Open(Box::new(open));
}

fn folder(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let typed = inputs.door.folder.trim();
    if typed.is_empty() {
        return;
    }
    let dir = PathBuf::from(typed);
    if dir != state.dir {
        // Another record: what was left belongs to the one before.
        state.handover = None;
    }
    state.dir = dir;
    look(state, jobs);
}

/// Looks into the folder anew.
pub fn look(state: &mut State, jobs: &mut Vec<Job>) {
    state.phase = Phase::Starting;
    jobs.push(Job::Find { dir: state.dir.clone() });
}

/// Shows the form for bringing a record back. The folder of the record is offered: it is the one
/// that is empty, damaged or too old.
fn use_backup(state: &mut State, inputs: &mut Inputs) {
    // What is still on its way to the disk comes first.
    if matches!(&state.phase, Phase::Locked(locked) if locked.waits()) {
        return;
    }
    inputs.door.zeroize();
    let restore_to = state.dir.to_string_lossy().into_owned();
    inputs.keeping = KeepingForm::default();
    inputs.keeping.restore_to = restore_to;
    state.long.ended.remove(&Task::Restore);
    state.phase = Phase::Restoring(Restoring::default());
}

fn restore(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let Phase::Restoring(restoring) = &mut state.phase else { return };
    if restoring.busy {
        return;
    }
    restoring.notice = None;
    restoring.tried = true;
    let from = folder_typed(inputs, FolderFor::RestoreFrom);
    let to = folder_typed(inputs, FolderFor::RestoreTo);
    if let (Some(from), Some(to)) = (from, to) {
        restoring.busy = true;
        state.dir.clone_from(&to);
        jobs.push(Job::Long(Work::Restore { from, to }));
    }
}

/// Takes how bringing a record back at the door ended: it is then found in its folder.
pub fn restored(state: &mut State, task: Task, ended: &Ended, jobs: &mut Vec<Job>) {
    let Phase::Restoring(restoring) = &mut state.phase else { return };
    if task != Task::Restore {
        return;
    }
    restoring.busy = false;
    match ended {
        Ended::Finished(_) => look(state, jobs),
        Ended::Failed(notice) => restoring.notice = Some(notice.clone()),
        Ended::Stopped => {}
    }
}

/// Shows what lies in a folder. A folder that was typed was expected to hold a record; the
/// first one, which the program looked into by itself, may well be empty.
pub fn found(state: &mut State, inputs: &mut Inputs, found: Found) {
    let expected = !inputs.door.folder.is_empty();
    state.phase = match found {
        Found::Nothing => {
            inputs.door.folder = state.dir.display().to_string();
            let notice = expected.then(|| {
                Notice::new(
                    "There is no record in this folder.",
                    "Nothing was changed.",
                    "Check the name of the folder, or make a new record there.",
                )
            });
            Phase::Welcome(Box::new(Welcome { notice, ..Welcome::default() }))
        }
        Found::Vault => {
            inputs.door.folder.clear();
            inputs.door.elsewhere = false;
            let (locked, caret, stopped) = match state.handover.take() {
                Some(handover) => handover.into_locked(),
                None => Default::default(),
            };
            inputs.carets.extend(caret);
            inputs.stopped.extend(stopped);
            Phase::Locked(locked)
        }
        Found::Unusable(notice) => {
            inputs.door.folder = state.dir.display().to_string();
            Phase::Unusable(notice)
        }
    };
}

fn unlock(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Phase::Locked(locked) = &mut state.phase else { return };
    if locked.waits() || inputs.door.password.is_empty() {
        return;
    }
    locked.busy = true;
    locked.notice = None;
    jobs.push(Job::Unlock { password: Zeroizing::new(std::mem::take(&mut inputs.door.password)) });
}

fn use_recovery(state: &mut State, inputs: &mut Inputs, on: bool) {
    inputs.door.zeroize();
    if let Phase::Locked(locked) = &mut state.phase {
        locked.recovering = on;
        locked.tried = false;
        locked.notice = None;
    }
}

fn recover(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Phase::Locked(locked) = &mut state.phase else { return };
    let door = &mut inputs.door;
    let strong = Strength::of(&door.password, &[]).is_enough();
    locked.tried = true;
    if locked.waits() || door.recovery.trim().is_empty() || !strong || door.password != door.again {
        return;
    }
    locked.tried = false;
    locked.busy = true;
    locked.notice = None;
    jobs.push(Job::Recover {
        key: Zeroizing::new(door.recovery.clone()),
        password: Zeroizing::new(std::mem::take(&mut door.password)),
    });
    door.again.zeroize();
}

pub fn opened(state: &mut State, inputs: &mut Inputs, mut opened: Opened, jobs: &mut Vec<Job>) {
    let back_to = match &mut state.phase {
        Phase::Locked(locked) => locked.back_to.take(),
        _ => None,
    };
    inputs.door.zeroize();
    state.last_touch = state.now.timestamp();
    let drafts = std::mem::take(&mut opened.drafts);
    let unfinished = std::mem::take(&mut opened.unfinished);
    let place = std::mem::take(&mut opened.place);
    let not_sent = place.not_sent.then(super::press::not_sent);
    let kept = place.take_up(inputs);
    let writable = opened.read_only.is_none();
    let open = Open { banner: not_sent, ..Open::new(opened, Screen::Today) };
    state.phase = Phase::Open(Box::new(open));
    if writable {
        recover_drafts(state, inputs, drafts, jobs);
    }
    // What is known from this run of the program is newer; what is gone is left.
    let there =
        |screen: &Screen| state.open().is_some_and(|open| place::is_there(screen, open, inputs));
    if let Some(screen) = back_to.or(kept).filter(there) {
        super::prepare(state, inputs, &screen, jobs);
        if let Some(open) = state.open_mut() {
            open.screen = screen;
        }
    }
    jobs.push(Job::Readers(ReadersJob::Look));
    super::exchange::look_at_all(state, jobs);
    if writable {
        super::unfinished::put_back(state, inputs, unfinished, jobs);
    }
}

/// What a crash left in drafts becomes revisions, so that it can't be missed or lost; a template
/// that is being written stays a draft, because only its writer knows when it is a version.
fn recover_drafts(
    state: &mut State,
    inputs: &mut Inputs,
    mut drafts: Vec<Vec<Change>>,
    jobs: &mut Vec<Job>,
) {
    drafts.retain(|changes| !super::template::goes_on(state, inputs, changes));
    let count = drafts.len();
    for changes in drafts {
        save(state, changes, jobs);
    }
    if count > 0 {
        toast(state, "Words from last time, not yet saved then, are back in their place", None);
    }
}

/// Everything of the record is durable, in a draft or held by the worker, and the key is
/// forgotten.
pub fn locked(state: &mut State, held: bool) {
    state.held = held;
    if let Phase::Locked(Locked { unsaved, left: Some(left), .. }) = &mut state.phase {
        if let Some(notice) = unsaved.as_mut().filter(|_| held) {
            "Your last words are kept only in this window, encrypted.".clone_into(&mut notice.safe);
            "Leave it open, put that right and unlock: then they are saved."
                .clone_into(&mut notice.to_do);
        }
        left.kept = unsaved.is_none();
        left.key_gone = true;
    }
}

pub fn refused(state: &mut State, notice: Notice) {
    match &mut state.phase {
        Phase::Welcome(welcome) => {
            welcome.busy = false;
            welcome.notice = Some(notice);
        }
        Phase::Locked(locked) => {
            locked.busy = false;
            locked.notice = Some(notice);
        }
        // Looking into the folder did not work.
        phase @ Phase::Starting => *phase = Phase::Unusable(notice),
        Phase::Unusable(_) | Phase::Restoring(_) | Phase::Open(_) => {}
    }
}
