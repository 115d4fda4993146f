//! The one door for change: wishes, outcomes and the passing of time.

mod answers;
mod arrivals;
mod brought;
mod calendar;
mod door;
mod educator;
mod erasing;
mod exchange;
mod fairness;
mod files;
mod handing;
mod history;
pub(super) mod keeping;
mod letter;
mod library;
mod newcomers;
mod notes;
mod packs;
mod pairing;
mod palette;
mod paper;
mod part;
mod password;
mod place;
mod plan;
mod press;
mod record;
mod reflection;
mod revise;
mod room;
mod session;
mod shared_folder;
mod sheet;
mod summary;
mod template;
mod tick;
mod unfinished;

use zeroize::Zeroize;

pub use tick::{idle_is_over, next_tick_ms, tick};

use super::action::Action;
use super::command::Command;
use super::desk::ReadersJob;
use super::draft::Change;
use super::exchanging::ExchangeJob;
use super::inputs::{Choose, EditorForm, EditorWish, Inputs, Marking, PersonForm, Spot};
use super::job::{Asker, Job, Outcome};
use super::long::LongWork;
use super::notice::Notice;
use super::packs::FileFor;
use super::place::Place;
use super::screen::Screen;
use super::settings::Look;
use super::state::{Closing, Left, Locked, Open, Phase, Saved, State, Toast, Undo, Waiting};
use super::writing::Writing;

/// Does what the person wants.
pub fn action(state: &mut State, inputs: &mut Inputs, action: Action, jobs: &mut Vec<Job>) {
    match action {
        Action::Do(command) => do_command(state, inputs, command, jobs),
        Action::Go(screen) => go(state, inputs, screen, jobs),
        Action::Door(wish) => door::apply(state, inputs, wish, jobs),
        Action::Record(wish) => record::apply(state, inputs, wish, jobs),
        Action::Part(wish) => part::apply(state, inputs, wish, jobs),
        Action::Exchange(wish) => exchange::apply(state, inputs, wish, jobs),
        Action::Folder(wish) => shared_folder::apply(state, inputs, wish, jobs),
        Action::Palette(wish) => palette::apply(state, inputs, wish, jobs),
        Action::Plan(wish) => plan::apply(state, inputs, wish, jobs),
        Action::Pairing(wish) => pairing::apply(state, inputs, wish, jobs),
        Action::Revise(wish) => revise::apply(state, inputs, wish, jobs),
        Action::Calendar(wish) => calendar::apply(state, inputs, wish, jobs),
        Action::Fairness(wish) => fairness::apply(state, inputs, wish, jobs),
        Action::Library(wish) => library::apply(state, inputs, wish, jobs),
        Action::Packs(wish) => packs::apply(state, inputs, wish, jobs),
        Action::Newcomers(wish) => newcomers::apply(state, inputs, wish, jobs),
        Action::Notes(wish) => notes::apply(state, inputs, wish, jobs),
        Action::Letter(wish) => letter::apply(state, inputs, wish, jobs),
        Action::Educator(wish) => educator::apply(state, inputs, wish, jobs),
        Action::Answers(wish) => answers::apply(state, inputs, wish, jobs),
        Action::Paper(wish) => paper::apply(state, inputs, wish, jobs),
        Action::Template(wish) => template::apply(state, inputs, wish, jobs),
        Action::Password(wish) => password::apply(state, inputs, wish, jobs),
        Action::Keeping(wish) => keeping::apply(state, inputs, wish, jobs),
        Action::Sheet(wish) => sheet::apply(state, inputs, wish, jobs),
        Action::Session(wish) => session::apply(state, inputs, wish, jobs),
        Action::File(wish) => files::apply(state, inputs, wish, jobs),
        Action::Reflection(wish) => reflection::apply(state, inputs, wish, jobs),
        Action::Room(wish) => room::apply(state, inputs, wish),
        Action::Press(wish) => press::apply(state, inputs, wish, jobs),
        Action::Summary(wish) => summary::apply(state, inputs, wish, jobs),
        Action::History(wish) => history::apply(state, inputs, wish, jobs),
        Action::Look(look) => set_look(state, look, jobs),
        Action::Lock => lock(state, inputs, None, jobs),
        Action::CloseAnyway(close) => {
            state.closing = if close { Closing::Yes } else { Closing::No };
        }
        Action::TryAgain => try_again(state, jobs),
        Action::Dismiss => {
            if let Some(open) = state.open_mut() {
                open.banner = None;
            }
        }
        Action::ToastGone => state.toast = None,
    }
    packs::look_if_waiting(state, inputs, jobs);
    summary::refresh(state);
    letter::refresh(state, inputs, jobs);
    newcomers::refresh(state);
    arrivals::ask_again(state, inputs, jobs);
    unfinished::forget_settled(state, inputs, jobs);
    state.refresh_library();
}

fn do_command(state: &mut State, inputs: &mut Inputs, command: Command, jobs: &mut Vec<Job>) {
    if !command.enabled(state) {
        return;
    }
    match command {
        _ if summary::takes(state, inputs, command, jobs) => {}
        Command::Lock => lock(state, inputs, None, jobs),
        Command::Today => go(state, inputs, Screen::Today, jobs),
        Command::People => go(state, inputs, Screen::People(None), jobs),
        Command::Journal => go(state, inputs, Screen::Journal, jobs),
        Command::Summaries => go(state, inputs, Screen::Summary(None), jobs),
        Command::Templates => go(state, inputs, Screen::Choose(None), jobs),
        Command::Learning => go(state, inputs, Screen::Learning(None), jobs),
        Command::Coverage => go(state, inputs, Screen::Coverage, jobs),
        Command::Packs => go(state, inputs, Screen::Packs(None), jobs),
        Command::Lists => go(state, inputs, Screen::Lists(None), jobs),
        Command::Fairness => go(state, inputs, Screen::Fairness, jobs),
        Command::Settings => go(state, inputs, Screen::Settings, jobs),
        Command::Help => go(state, inputs, Screen::Help, jobs),
        Command::AddPerson => go(state, inputs, Screen::AddPerson, jobs),
        Command::NewSession => {
            let person = state.open().and_then(|open| match open.screen {
                Screen::People(person) => person,
                _ => None,
            });
            go(state, inputs, Screen::Choose(person), jobs);
        }
        Command::NewReflection => {
            let template = "reflection-medium".to_owned();
            let start = super::action::SessionAction::Start { template, person: None };
            session::apply(state, inputs, start, jobs);
        }
        Command::NextPrompt => inputs.wish = Some(EditorWish::NextPrompt),
        Command::PreviousPrompt => inputs.wish = Some(EditorWish::PreviousPrompt),
        Command::PrivateMargin => inputs.wish = Some(EditorWish::PrivateMargin),
        Command::MakeAction => inputs.wish = Some(EditorWish::MakeAction),
        Command::OfferToArcp => inputs.wish = Some(EditorWish::OfferToArcp),
        Command::NextHint => inputs.wish = Some(EditorWish::NextHint),
        Command::UseHint => inputs.wish = Some(EditorWish::UseHint),
        Command::SearchOrDo => palette::toggle(state, inputs),
        Command::Find => inputs.find.get_or_insert_default().takes_keyboard = true,
        Command::MoveUp => inputs.wish = Some(EditorWish::MoveUp),
        Command::MoveDown => inputs.wish = Some(EditorWish::MoveDown),
        Command::History => {
            if let Some(id) = state.open().and_then(|open| open.screen.record()) {
                go(state, inputs, Screen::History(id), jobs);
            }
        }
        Command::RoomMode => room::toggle(state, inputs),
        Command::QuietWriting => session::toggle_quiet(inputs),
        Command::Back if room::wish(state, inputs, EditorWish::PreviousPrompt) => {}
        Command::Back => back(state, inputs, jobs),
        Command::Larger => set_look(state, state.look.larger(), jobs),
        Command::Smaller => set_look(state, state.look.smaller(), jobs),
        Command::NormalSize => set_look(state, Look { zoom: 100, ..state.look }, jobs),
        Command::TakeBack => undo(state, inputs, jobs),
        Command::Undo => session::step_back(state, inputs, true),
        Command::Redo => session::step_back(state, inputs, false),
    }
}

fn set_look(state: &mut State, look: Look, jobs: &mut Vec<Job>) {
    if look != state.look {
        state.look = look;
        jobs.push(Job::KeepLook(look));
    }
}

/// Leaves the present screen and shows another.
fn go(state: &mut State, inputs: &mut Inputs, screen: Screen, jobs: &mut Vec<Job>) {
    leave(state, inputs, jobs);
    prepare(state, inputs, &screen, jobs);
    let Some(open) = state.open_mut() else { return };
    if open.screen != screen {
        let along_the_list =
            matches!((&open.screen, &screen), (Screen::People(Some(_)), Screen::People(Some(_))));
        let from = std::mem::replace(&mut open.screen, screen);
        if !along_the_list {
            open.back.push(from);
        }
        // Enough to find the way back, not a history of the day.
        let surplus = open.back.len().saturating_sub(50);
        open.back.drain(..surplus);
    }
}

fn back(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    leave(state, inputs, jobs);
    let Some(screen) = state.open_mut().and_then(|open| open.back.pop()) else { return };
    prepare(state, inputs, &screen, jobs);
    if let Some(open) = state.open_mut() {
        open.screen = screen;
    }
}

/// Fills what a screen needs before it is shown.
fn prepare(state: &mut State, inputs: &mut Inputs, screen: &Screen, jobs: &mut Vec<Job>) {
    match screen {
        Screen::Session(id) => session::open(state, inputs, *id),
        Screen::AddPerson => inputs.person = PersonForm::default(),
        Screen::Pair(_) | Screen::Join(_) => pairing::prepare(state, inputs, screen),
        Screen::Summary(Some(person)) | Screen::Boxes(person) => {
            summary::show(state, inputs, *person);
        }
        Screen::Summary(None) => inputs.summary.go_to = Some(Spot::Start),
        Screen::Settings => record::fill_settings(state, inputs),
        Screen::TemplateEdit(id) => template::open(state, inputs, *id),
        Screen::Plan(person) => exchange::look(state, *person, jobs),
        Screen::Received => exchange::put_away(state),
        Screen::Choose(_) => inputs.choose = Choose::default(),
        Screen::Letter(topic) => letter::show(state, inputs, topic),
        Screen::History(id) | Screen::BothChanged(id) => history::ask(state, inputs, *id, jobs),
        _ => {}
    }
}

/// Keeps what is open as a revision.
fn leave(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    inputs.finishing = false;
    inputs.focus = None;
    inputs.wish = None;
    inputs.dropping = None;
    inputs.moving = None;
    inputs.revise.take_if(|form| !form.is_changed());
    room::put_away(state, inputs);
    inputs.editor = EditorForm::default();
    files::put_away(state);
    inputs.writing = Writing::default();
    inputs.find = None;
    inputs.reflecting.sharing = None;
    press::put_away(state);
    history::keep_chosen(state, inputs, true, jobs);
    history::put_away(state, inputs);
    password::put_away(state, inputs);
    keeping::put_away(state, inputs);
    packs::put_away(state, inputs);
    answers::put_away(state, inputs);
    calendar::put_away(state, inputs);
    fairness::leave(state, inputs);
    pairing::put_away(state, inputs);
    record::keep_settings(state, inputs, jobs);
    record::keep_person(state, inputs, jobs);
    part::keep(state, inputs, jobs);
    plan::keep(state, inputs, jobs);
    library::keep_typed(state, inputs, jobs);
    educator::keep_typed(state, inputs, jobs);
    inputs.marking = Marking::default();
    session::keep(state, inputs, jobs);
    template::leave(state, inputs, jobs);
    inputs.draft = None;
}

/// Locks at once: what is open is handed to the worker, everything else is forgotten. What can't
/// be saved then goes into a draft, and where no disk takes one the worker keeps it, encrypted.
/// `idle` says after how many minutes without use, if it was that.
fn lock(state: &mut State, inputs: &mut Inputs, idle: Option<u16>, jobs: &mut Vec<Job>) {
    let Some(open) = state.open() else { return };
    let back_to = open.screen.clone();
    history::keep_chosen(state, inputs, true, jobs);
    record::keep_settings(state, inputs, jobs);
    record::keep_person(state, inputs, jobs);
    part::keep(state, inputs, jobs);
    educator::keep_typed(state, inputs, jobs);
    plan::keep(state, inputs, jobs);
    unfinished::keep(state, inputs, true, jobs);
    unfinished::forget_settled(state, inputs, jobs);
    library::keep_typed(state, inputs, jobs);
    room::keep_typed(state, inputs);
    session::keep_draft(state, inputs, jobs);
    session::keep(state, inputs, jobs);
    template::keep_all(state, inputs, jobs);
    try_again(state, jobs);
    let not_sent = state.open().is_some_and(|open| !open.setting.is_empty());
    let place = Place { not_sent, ..Place::of(&back_to, inputs) };
    jobs.push(Job::KeepPlace(place));
    jobs.push(Job::Lock);
    inputs.door.zeroize();
    let documents = std::mem::take(&mut inputs.documents);
    let carets = std::mem::take(&mut inputs.carets);
    let stopped = std::mem::take(&mut inputs.stopped);
    *inputs = Inputs { documents, carets, stopped, ..Inputs::default() };
    state.toast = None;
    let left = Left { at: state.now.clone(), idle, kept: false, key_gone: false };
    state.long = LongWork::default();
    let back_to = Some(back_to);
    state.phase = Phase::Locked(Locked { left: Some(left), back_to, ..Locked::default() });
}

/// Sends the saves that did not work once more.
fn try_again(state: &mut State, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut() else { return };
    for (ticket, waiting) in open.waiting.iter_mut().filter(|(_, waiting)| waiting.stuck) {
        waiting.stuck = false;
        open.saved = Saved::Saving;
        jobs.push(waiting.job(*ticket));
    }
}

/// Changes the journal at once and hands the changes to the worker.
fn save(state: &mut State, changes: Vec<Change>, jobs: &mut Vec<Job>) {
    keep(state, Waiting { changes, decides: false, stuck: false }, jobs);
}

fn keep(state: &mut State, new: Waiting, jobs: &mut Vec<Job>) {
    // To undo an earlier change of the same record would take this one back too.
    let is_new = |old: &Change| new.changes.iter().any(|new| new.id == old.id);
    let holds = |undo: &Undo| matches!(undo, Undo::Save(changes) if changes.iter().any(is_new));
    state.toast.take_if(|toast| toast.undo.as_ref().is_some_and(holds));
    let Some(open) = state.open_mut() else { return };
    for change in &new.changes {
        open.journal.put(change.id, change.body.clone());
    }
    if let Some(shown) = &mut open.summary {
        shown.changed();
    }
    // A save that waits to be tried again must not bring back what this one replaces.
    for waiting in open.waiting.values_mut().filter(|waiting| waiting.stuck) {
        let count = waiting.changes.len();
        waiting.changes.retain(|old| new.changes.iter().all(|new| new.id != old.id));
        // What is left of it had its place in the draft of what was replaced.
        if let Some(first) = waiting.changes.first().map(|change| change.id)
            && waiting.changes.len() < count
        {
            jobs.push(Job::Draft { id: first, changes: waiting.changes.clone() });
        }
    }
    open.waiting.retain(|_, waiting| !waiting.stuck || !waiting.changes.is_empty());
    let ticket = open.next_ticket;
    open.next_ticket += 1;
    open.saved = Saved::Saving;
    jobs.push(new.job(ticket));
    open.waiting.insert(ticket, new);
}

/// Shows a message that goes by itself; `undo` takes back what it tells.
fn toast(state: &mut State, text: impl Into<String>, undo: Option<Vec<Change>>) {
    toast_with(state, text, undo.map(Undo::Save));
}

fn toast_with(state: &mut State, text: impl Into<String>, undo: Option<Undo>) {
    state.toasts += 1;
    state.toast = Some(Toast { text: text.into(), undo, number: state.toasts });
}

fn undo(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    match state.toast.take().and_then(|toast| toast.undo) {
        Some(Undo::Save(changes)) => save(state, changes, jobs),
        Some(Undo::Edit(id, lost)) => template::put_back(state, inputs, id, *lost, jobs),
        Some(Undo::Answers(id, both)) => answers::take_back(state, inputs, id, *both),
        Some(Undo::Part(form)) => part::put_back(state, inputs, *form, jobs),
        None => {}
    }
}

/// Takes what came of a job.
pub fn outcome(state: &mut State, inputs: &mut Inputs, outcome: Outcome, jobs: &mut Vec<Job>) {
    match outcome {
        Outcome::Found(found) => door::found(state, inputs, found),
        Outcome::Created { recovery, opened } => door::created(state, inputs, recovery, opened),
        Outcome::Opened(opened) => door::opened(state, inputs, opened, jobs),
        Outcome::Refused(notice) => door::refused(state, notice),
        Outcome::PasswordChanged(result) => password::changed(state, inputs, result),
        Outcome::Sheet(result) => sheet::saved(state, result),
        Outcome::Readers(readers) => handing::readers(state, *readers),
        Outcome::Given(given) => handing::given(state, *given),
        Outcome::Texts(texts) => arrivals::texts(state, inputs, texts),
        Outcome::Learned(part) => palette::learned(state, inputs, part),
        Outcome::Arrived(arrived) => {
            arrivals::arrived(state, inputs, arrived, jobs);
            history::look_again(state, jobs);
        }
        Outcome::History(id, came) => history::came(state, inputs, id, came),
        Outcome::Locked { held } => door::locked(state, held),
        Outcome::Saved { ticket, result } => {
            shared_folder::note(state, ticket, result.is_ok());
            saved(state, ticket, result);
            history::look_again(state, jobs);
        }
        Outcome::Drafted(result) => drafted(state, result),
        Outcome::Gathered(id, page) => letter::gathered(state, inputs, id, page),
        Outcome::Set(id, made) => press::set(state, id, made, jobs),
        Outcome::Layout(layout) => press::layout_read(state, layout, jobs),
        Outcome::Progress { task, progress } => state.long.went_on(task, progress),
        Outcome::Done { task, ended } => keeping::done(state, inputs, task, ended, jobs),
        Outcome::RecoveryKey(result) => keeping::recovery_key(state, inputs, result),
        Outcome::NotShutOut(notice) => keeping::not_shut_out(state, notice),
        Outcome::Path { asker: Asker::Summary, chosen } => summary::chosen(state, inputs, chosen),
        Outcome::Path { asker: Asker::Layout, chosen } => press::layout_chosen(state, chosen, jobs),
        Outcome::Path { asker: Asker::Calendar, chosen } => calendar::chosen(state, inputs, chosen),
        Outcome::Path { asker: Asker::Fairness, chosen } => fairness::chosen(state, inputs, chosen),
        Outcome::Path { asker: Asker::Keeping(what), chosen } => {
            keeping::chosen(state, inputs, what, chosen);
        }
        Outcome::Path { asker: Asker::Attach(record), chosen } => {
            files::chosen(state, inputs, (record, chosen), jobs);
        }
        Outcome::Path { asker: Asker::CopyOut(id), chosen } => {
            files::place_chosen(state, id, chosen, jobs);
        }
        Outcome::Path { asker: Asker::Exchange, chosen } => exchange::chosen(state, chosen, jobs),
        Outcome::Path { asker: Asker::Pairing(what), chosen } => {
            pairing::chosen(state, inputs, (what, chosen), jobs);
        }
        Outcome::Pairing(came) => {
            jobs.push(Job::Readers(ReadersJob::Look));
            pairing::came(state, inputs, came, jobs);
        }
        Outcome::Attached(result) => files::attached(state, result),
        Outcome::CopiedOut(result) => files::copied(state, result),
        Outcome::Path { asker: Asker::Library(what), chosen } => match what {
            FileFor::Paper => paper::chosen(state, inputs, chosen),
            FileFor::Letter => letter::chosen(state, inputs, chosen),
            FileFor::BringIn | FileFor::Pack => packs::chosen(state, inputs, what, chosen, jobs),
        },
        Outcome::Read(name, read) => packs::read(state, name, read),
        Outcome::ReadText(text) => answers::read(state, inputs, text),
        Outcome::ReadOutcomes(name, it) => fairness::read(state, inputs, name, it),
        Outcome::ReadPeople(name, table) => newcomers::read(state, inputs, (name, table)),
        Outcome::ReadNotes(coming) => notes::read(state, inputs, *coming),
        Outcome::PassedOn(of, id, result) => press::passed_on(state, of, id, result),
        Outcome::Printed(result) => paper::printed(state, result),
        Outcome::Exchanged(came) => {
            if came.as_ref().is_ok_and(|came| came.changes_what_is_read()) {
                jobs.push(Job::Readers(ReadersJob::Look));
            }
            exchange::came(state, inputs, came, jobs);
        }
        Outcome::InFolders(news) => jobs.push(Job::Exchange(ExchangeJob::InFolders(news))),
        Outcome::Kept(kept) => keeping::kept(state, inputs, kept, jobs),
    }
    packs::look_if_waiting(state, inputs, jobs);
    letter::refresh(state, inputs, jobs);
    arrivals::ask_again(state, inputs, jobs);
    state.refresh_library();
}

fn saved(state: &mut State, ticket: u64, result: Result<(), Notice>) {
    let now = state.now.clone();
    match (&mut state.phase, result) {
        (Phase::Open(open), Ok(())) => {
            open.waiting.remove(&ticket);
            settle_saved(open, now);
        }
        (Phase::Open(open), Err(notice)) => {
            if let Some(waiting) = open.waiting.get_mut(&ticket) {
                waiting.stuck = true;
            }
            open.saved = Saved::Not(notice);
        }
        // The save of a lock did not work: the words wait, encrypted, on this computer.
        (Phase::Locked(locked), Err(notice)) => locked.unsaved = Some(notice),
        _ => {}
    }
}

fn drafted(state: &mut State, result: Result<(), Notice>) {
    let now = state.now.clone();
    let Some(open) = state.open_mut() else { return };
    open.draft_waiting = false;
    match result {
        Ok(()) => settle_saved(open, now),
        Err(notice) => open.saved = Saved::Not(notice),
    }
}

/// Says "Saved" only when nothing is on its way and nothing is stuck.
fn settle_saved(open: &mut Open, now: jiff::Zoned) {
    if open.waiting.values().any(|waiting| waiting.stuck) {
        return;
    }
    if open.waiting.is_empty() && !open.draft_waiting {
        open.saved = Saved::At(now);
    }
}
