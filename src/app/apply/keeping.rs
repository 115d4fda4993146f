//! Keeping the record: backup, restore, the full check, moving, holds, erasing.

use std::path::PathBuf;

use zeroize::Zeroizing;

use super::{Change, erasing, save, toast};
use crate::app::inputs::{Inputs, SettingsTab};
use crate::app::job::{Asker, Job};
use crate::app::keeping::{
    FolderFor, Form, Keeping, KeepingAction, KeepingForm, KeepingJob, Kept, MovedTo, SheetOf,
    SheetShown,
};
use crate::app::letter::Topic;
use crate::app::long::{Ended, Finished, MoveDone, Task, Work};
use crate::app::notice::Notice;
use crate::app::password::Strength;
use crate::app::retention;
use crate::app::screen::Screen;
use crate::app::state::{Open, Phase, Recovery, State, Undo};
use crate::model::person::Hold;
use crate::model::{Body, Id};
use crate::platform::{Chosen, Wanted};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: KeepingAction, jobs: &mut Vec<Job>) {
    use KeepingAction as W;
    match wish {
        W::Choose(what) => return choose(state, inputs, what, jobs),
        W::Stop(task) => return jobs.push(Job::StopLong(task)),
        W::PutAway => return put_away(state, inputs),
        W::Show => {
            super::go(state, inputs, Screen::Settings, jobs);
            inputs.settings.tab = SettingsTab::Record;
        }
        W::Seen => {
            if let Some(open) = state.open_mut() {
                open.keeping.seen = true;
            }
        }
        W::Check => return begin(state, Work::Verify, jobs),
        W::Backup => return backup(state, inputs, jobs),
        W::OpenMoved => return open_moved(state, inputs, jobs),
        W::ShowKept => {
            super::go(state, inputs, Screen::Settings, jobs);
            inputs.settings.tab = SettingsTab::Keeping;
        }
        W::Ask(form @ Form::Sent(_)) => return ask(state, inputs, form),
        _ => {}
    }
    if state.open().is_none_or(|open| open.read_only.is_some()) {
        return;
    }
    match wish {
        W::Ask(form) => ask(state, inputs, form),
        W::Restore => restore(state, inputs, jobs),
        W::Move => move_record(state, inputs, jobs),
        W::Accept => send(state, KeepingJob::Accept, jobs),
        W::HeldBack(person, keep) => {
            send(state, KeepingJob::SettleHeldBack { person, keep }, jobs);
        }
        W::NewRecoveryKey => {
            if let Some(keeping) = idle(state) {
                keeping.busy = true;
                jobs.push(Job::NewRecoveryKey);
            }
        }
        W::Hold(person) => hold(state, inputs, person, jobs),
        W::TakeOff(person) => set_hold(state, person, None, jobs),
        W::Erase(person) => erasing::erase(state, inputs, person, jobs),
        W::Looked => erasing::looked(state, jobs),
        _ => {}
    }
}

/// The open record's keeping, unless the worker is at something of it.
fn idle(state: &mut State) -> Option<&mut Keeping> {
    state.open_mut().map(|open| &mut open.keeping).filter(|keeping| !keeping.busy)
}

pub(super) fn send(state: &mut State, job: KeepingJob, jobs: &mut Vec<Job>) {
    if let Some(keeping) = idle(state) {
        keeping.busy = true;
        keeping.notice = None;
        jobs.push(Job::Keeping(job));
    }
}

fn ask(state: &mut State, inputs: &mut Inputs, form: Form) {
    let documents = inputs.documents.clone();
    let dir = state.dir.clone();
    let Some(open) = state.open_mut() else { return };
    let Keeping { backed_up_to, busy: false, .. } = &open.keeping else { return };
    let text = |path: PathBuf| path.to_string_lossy().into_owned();
    inputs.keeping = KeepingForm::default();
    match form {
        // The folder of the last backup is offered again; there is none to guess before.
        Form::Backup => {
            inputs.keeping.backup_to = backed_up_to.clone().map(text).unwrap_or_default();
        }
        Form::Move => {
            let above = dir.parent().unwrap_or(&documents);
            let name = dir.file_name().unwrap_or_default().to_string_lossy();
            inputs.keeping.move_to = text(above.join(format!("{name} (moved)")));
        }
        Form::Erase(person) => {
            open.keeping.mentions = retention::mentions(&open.journal, person);
        }
        Form::Restore | Form::NewSheet | Form::HeldBack(_) | Form::Hold(_) | Form::Sent(_) => {}
    }
    open.keeping.form = Some(form);
    open.keeping.tried = false;
    open.keeping.notice = None;
}

/// Forgets the form and what is typed in it. What the worker is at goes on.
pub fn put_away(state: &mut State, inputs: &mut Inputs) {
    inputs.keeping = KeepingForm::default();
    if let Some(open) = state.open_mut() {
        open.keeping.form = None;
        open.keeping.tried = false;
        open.keeping.notice = None;
        open.keeping.mentions = Vec::new();
    }
}

fn choose(state: &mut State, inputs: &Inputs, what: FolderFor, jobs: &mut Vec<Job>) {
    let typed = PathBuf::from(field(inputs, what).trim());
    let folder = if typed.is_absolute() { typed } else { inputs.documents.clone() };
    let asking = match &mut state.phase {
        Phase::Open(open) => &mut open.keeping.asking,
        Phase::Restoring(restoring) => &mut restoring.asking,
        _ => return,
    };
    if !std::mem::replace(asking, true) {
        jobs.push(Job::AskPath { folder, wanted: Wanted::Folder, asker: Asker::Keeping(what) });
    }
}

fn field(inputs: &Inputs, what: FolderFor) -> &str {
    let form = &inputs.keeping;
    match what {
        FolderFor::Backup => &form.backup_to,
        FolderFor::RestoreFrom => &form.restore_from,
        FolderFor::RestoreTo => &form.restore_to,
        FolderFor::Move => &form.move_to,
        FolderFor::Shared => &form.shared,
    }
}

/// Takes the answer of the dialog; one that nobody waits for any more is dropped.
pub fn chosen(state: &mut State, inputs: &mut Inputs, what: FolderFor, chosen: Option<Chosen>) {
    let asking = match &mut state.phase {
        Phase::Open(open) => &mut open.keeping.asking,
        Phase::Restoring(restoring) => &mut restoring.asking,
        _ => return,
    };
    if !std::mem::take(asking) {
        return;
    }
    let Some(Chosen { path, .. }) = chosen else { return };
    let path = path.to_string_lossy().into_owned();
    let form = &mut inputs.keeping;
    match what {
        FolderFor::Backup => form.backup_to = path,
        FolderFor::RestoreFrom => form.restore_from = path,
        FolderFor::RestoreTo => form.restore_to = path,
        FolderFor::Move => form.move_to = path,
        FolderFor::Shared => form.shared = path,
    }
}

/// The folder that is typed; a bare name lies in the folder for documents.
pub fn folder(inputs: &Inputs, what: FolderFor) -> Option<PathBuf> {
    let typed = field(inputs, what).trim();
    (!typed.is_empty()).then(|| inputs.documents.join(typed))
}

fn begin(state: &mut State, work: Work, jobs: &mut Vec<Job>) {
    let task = work.task();
    if state.open().is_some() && !state.long.under_way.contains_key(&task) {
        state.long.ended.remove(&task);
        jobs.push(Job::Long(work));
    }
}

/// Puts the form away and begins the long work that it was for; says in the form what is missing.
fn begin_typed(state: &mut State, inputs: &mut Inputs, work: Option<Work>, jobs: &mut Vec<Job>) {
    match work {
        None => {
            if let Some(open) = state.open_mut() {
                open.keeping.tried = true;
            }
        }
        Some(work) => {
            put_away(state, inputs);
            begin(state, work, jobs);
        }
    }
}

fn backup(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let to = folder(inputs, FolderFor::Backup);
    if let (Some(to), Some(open)) = (&to, state.open_mut()) {
        open.keeping.backed_up_to = Some(to.clone());
    }
    begin_typed(state, inputs, to.map(|to| Work::Backup { to }), jobs);
}

fn restore(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let to = state.dir.clone();
    let work = folder(inputs, FolderFor::RestoreFrom).map(|from| Work::Restore { from, to });
    begin_typed(state, inputs, work, jobs);
}

fn move_record(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut() else { return };
    let your_name = open.journal.settings().your_name;
    let to = folder(inputs, FolderFor::Move);
    let form = &mut inputs.keeping;
    let strong = Strength::of(&form.password, &[&your_name]).is_enough();
    let ready = strong && form.password == form.again;
    let work = to.filter(|_| ready).map(|to| {
        open.keeping.move_to = Some(to.clone());
        Work::Move { to, password: Zeroizing::new(std::mem::take(&mut form.password)) }
    });
    begin_typed(state, inputs, work, jobs);
}

/// Locks this record and goes to the door of the one that it was moved to.
fn open_moved(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some(dir) =
        state.open().and_then(|open| open.keeping.moved.as_ref().map(|m| m.dir.clone()))
    else {
        return;
    };
    super::lock(state, inputs, None, jobs);
    state.dir = dir;
    state.phase = Phase::Starting;
    jobs.push(Job::Find { dir: state.dir.clone() });
}

fn hold(state: &mut State, inputs: &mut Inputs, person: Id, jobs: &mut Vec<Job>) {
    let why = inputs.keeping.why.trim().to_owned();
    if why.is_empty() {
        if let Some(open) = state.open_mut() {
            open.keeping.tried = true;
        }
        return;
    }
    let hold = Hold { since: state.today(), why };
    put_away(state, inputs);
    set_hold(state, person, Some(hold), jobs);
}

fn set_hold(state: &mut State, id: Id, hold: Option<Hold>, jobs: &mut Vec<Job>) {
    let Some(before) = state.open().and_then(|open| open.journal.person(id)).cloned() else {
        return;
    };
    if before.hold == hold {
        return;
    }
    let name = before.called();
    let words = match hold {
        Some(_) => format!("{name} is on hold"),
        None => format!("{name} is off hold"),
    };
    let person = crate::model::Person { hold, ..before.clone() };
    save(state, vec![Change { id, body: Body::Person(person) }], jobs);
    toast(state, words, Some(vec![Change { id, body: Body::Person(before) }]));
}

/// Takes the new recovery key, or why there is none.
pub fn recovery_key(state: &mut State, inputs: &mut Inputs, result: Result<Recovery, Notice>) {
    let Some(open) = state.open_mut() else { return };
    open.keeping.busy = false;
    match result {
        Ok(recovery) => {
            open.sheet_unchecked = true;
            show_sheet(open, inputs, recovery, SheetOf::ThisRecord);
        }
        Err(notice) => open.keeping.notice = Some(notice),
    }
}

/// Takes why the older recovery keys still open the record.
pub fn not_shut_out(state: &mut State, notice: Notice) {
    if let Some(open) = state.open_mut() {
        open.keeping.notice = Some(notice);
    }
}

fn show_sheet(open: &mut Open, inputs: &mut Inputs, recovery: Recovery, of: SheetOf) {
    open.keeping.form = None;
    open.keeping.sheet = Some(SheetShown::new(recovery, of));
    super::sheet::offer_file(inputs);
}

/// Takes how long work ended.
pub fn done(state: &mut State, inputs: &mut Inputs, task: Task, ended: Ended, jobs: &mut Vec<Job>) {
    let now = state.now.clone();
    if let (Some(open), Ended::Finished(finished)) = (state.open_mut(), &ended) {
        match finished {
            // The receipt of a backup is a record like others.
            Finished::Backup(made) => {
                if let Ok((id, receipt)) = &made.receipt {
                    open.journal.put(*id, Body::Receipt(receipt.clone()));
                }
            }
            Finished::Verify(verified) => {
                open.record.take_check(now, &verified.report);
                open.find_again();
            }
            Finished::Restore(_) => {
                // What was damaged may be sound now: an older check says nothing any more.
                open.record.checked = None;
                open.find_again();
                jobs.push(Job::Look);
            }
            Finished::Move(_) | Finished::Texts | Finished::Rolling => {}
        }
    }
    let ended = match ended {
        // Its key is shown once and then forgotten.
        Ended::Finished(Finished::Move(done)) => {
            state.long.under_way.remove(&task);
            return moved(state, inputs, *done);
        }
        ended => ended,
    };
    super::door::restored(state, task, &ended, jobs);
    state.long.came_to_end(task, ended);
}

fn moved(state: &mut State, inputs: &mut Inputs, done: MoveDone) {
    let Some(open) = state.open_mut() else { return };
    let Some(dir) = open.keeping.move_to.take() else { return };
    let MoveDone { recovery, moved } = done;
    open.keeping.moved = Some(MovedTo { dir, records: moved.records, left: moved.left.len() });
    show_sheet(open, inputs, recovery, SheetOf::MovedRecord);
}

/// Takes what came of a job.
pub fn kept(state: &mut State, inputs: &mut Inputs, kept: Kept, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut() else { return };
    open.keeping.busy = false;
    let words = match kept {
        Kept::Erased(person, Ok(certified)) => {
            return erasing::erased(state, inputs, (person, *certified), jobs);
        }
        Kept::Settled { keep: true, result: Ok(()) } => "Shown again".to_owned(),
        Kept::Settled { keep: false, result: Ok(()) } => "Erased too".to_owned(),
        Kept::Accepted(Ok(())) => "Accepted as it is now".to_owned(),
        Kept::Erased(_, Err(notice))
        | Kept::Settled { result: Err(notice), .. }
        | Kept::Accepted(Err(notice)) => {
            open.keeping.notice = Some(notice);
            return;
        }
    };
    put_away(state, inputs);
    toast(state, words, None);
}

/// Forgets everything on the screens about records that are no longer there.
pub fn forget(state: &mut State, inputs: &mut Inputs, is_gone: &dyn Fn(Id) -> bool) {
    let undo_is_gone = |undo: &Undo| match undo {
        Undo::Save(changes) => changes.iter().any(|change| is_gone(change.id)),
        Undo::Answers(id, _) | Undo::Edit(id, _) => is_gone(*id),
        Undo::Part(form) => is_gone(form.person),
    };
    if state.toast.as_ref().and_then(|toast| toast.undo.as_ref()).is_some_and(undo_is_gone) {
        state.toast = None;
    }
    inputs.carets.retain(|id, _| !is_gone(*id));
    inputs.stopped.retain(|id| !is_gone(*id));
    inputs.journal.take_if(|id| is_gone(*id));
    inputs.draft.take_if(|draft| is_gone(draft.id));
    inputs.dropping.take_if(|dropping| is_gone(dropping.action));
    inputs.choose.person.take_if(|person| is_gone(*person));
    inputs.part.take_if(|form| is_gone(form.person));
    inputs.plan.take_if(|form| is_gone(form.person));
    inputs.revise.take_if(|form| is_gone(form.person));
    let Some(open) = state.open_mut() else { return };
    if open.summary.as_ref().is_some_and(|shown| is_gone(shown.person)) {
        open.summary = None;
        inputs.summary = Default::default();
    }
    let history = open.history.as_ref().and_then(|history| history.as_ref().ok());
    if history.is_some_and(|history| is_gone(history.id)) {
        open.history = None;
        inputs.history = Default::default();
    }
    if let Some(brought) = &mut open.brought {
        brought.records.retain(|(id, _)| !is_gone(*id));
    }
    if matches!(open.screen, Screen::Answers(person) if is_gone(person)) {
        open.answers = None;
        inputs.answers = Default::default();
    }
    open.back.retain(|screen| !is_about(screen, is_gone));
    if is_about(&open.screen, is_gone) {
        open.screen = Screen::People(None);
    }
}

fn is_about(screen: &Screen, is_gone: &dyn Fn(Id) -> bool) -> bool {
    match screen {
        Screen::Session(id) | Screen::Boxes(id) | Screen::History(id) | Screen::BothChanged(id) => {
            is_gone(*id)
        }
        Screen::People(id) | Screen::Choose(id) | Screen::Summary(id) | Screen::Join(id) => {
            id.is_some_and(is_gone)
        }
        Screen::Answers(id)
        | Screen::Plan(id)
        | Screen::Reads(id)
        | Screen::Send(id)
        | Screen::Decide(id)
        | Screen::Pair(id) => is_gone(*id),
        Screen::Letter(
            Topic::Note(id)
            | Topic::Questions(_, id)
            | Topic::Handover(id)
            | Topic::AfterArcp(id)
            | Topic::Plan(id, _)
            | Topic::Held(id)
            | Topic::Certificate(id),
        ) => is_gone(*id),
        Screen::Today
        | Screen::AddPerson
        | Screen::Journal
        | Screen::TemplateEdit(_)
        | Screen::Learning(_)
        | Screen::Coverage
        | Screen::Packs(_)
        | Screen::MakePack
        | Screen::BringIn
        | Screen::Received
        | Screen::BringPeople
        | Screen::BringNotes
        | Screen::Lists(_)
        | Screen::Letter(Topic::Year(_) | Topic::Coaching(_))
        | Screen::Fairness
        | Screen::Settings
        | Screen::Help => false,
    }
}
