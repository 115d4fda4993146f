//! Templates of one's own: begun, written, saved as versions, taken out.
//!
//! What is written is kept as a draft, on leaving the screen too. It becomes a version when its
//! writer says so, and not before.

use std::collections::BTreeSet;

use super::{Change, go, save, toast, toast_with};
use crate::app::action::TemplateAction;
use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::screen::Screen;
use crate::app::state::{Saved, State, Undo};
use crate::app::template_edit::{Column, Lost, TemplateEdit, TemplateForm};
use crate::library::Copied;
use crate::library::mend::{Slot, Spot, mends, tidy};
use crate::model::own::{Added, template_id};
use crate::model::{Body, Id, Template};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: TemplateAction, jobs: &mut Vec<Job>) {
    if state.open().is_none_or(|open| open.read_only.is_some()) {
        return;
    }
    match wish {
        TemplateAction::New => begin(state, inputs, TemplateEdit::blank(), jobs),
        TemplateAction::Copy(template) => copy(state, inputs, &template, jobs),
        TemplateAction::Edit(id) => go(state, inputs, Screen::TemplateEdit(id), jobs),
        TemplateAction::Save(id) => save_version(state, inputs, id, jobs),
        TemplateAction::Discard(id) => discard(state, inputs, id, jobs),
        TemplateAction::RemovePrompt(id, part, at) => remove_prompt(state, inputs, id, (part, at)),
        TemplateAction::RemovePart(id, part) => remove_part(state, inputs, id, part),
        TemplateAction::Remove(id) => take_out(state, id, jobs),
    }
}

fn begin(state: &mut State, inputs: &mut Inputs, template: Template, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let id = state.fresh.id(now);
    let mut edit = TemplateEdit::over(template, None);
    edit.touched = edit.is_changed();
    // The screen is set first: leaving the old one puts away what holds no word yet.
    go(state, inputs, Screen::TemplateEdit(id), jobs);
    inputs.edits.insert(id, edit);
    inputs.template.go_to = Some(Slot::Title);
    inputs.template.fresh = Some(Spot::Whole);
    inputs.template.at = Spot::Whole;
    inputs.template.shown = Column::Fields;
}

fn copy(state: &mut State, inputs: &mut Inputs, template: &str, jobs: &mut Vec<Job>) {
    let today = state.today();
    let Some(copied) = state.library.copy(&state.built_in, template, today) else { return };
    let Copied { template, lists } = copied;
    let now = state.now.timestamp();
    let titles: Vec<String> = lists.iter().map(|list| format!("“{}”", list.title)).collect();
    let lists: Vec<Change> = lists
        .into_iter()
        .map(|list| Change { id: state.fresh.id(now), body: Body::List(list) })
        .collect();
    begin(state, inputs, template, jobs);
    if !lists.is_empty() {
        save(state, lists, jobs);
        toast(state, format!("Now among your own lists: {}", titles.join(", ")), None);
    }
}

/// Fills what the editor needs: what was written before, or what is saved.
pub fn open(state: &State, inputs: &mut Inputs, id: Id) {
    inputs.template = TemplateForm { bring_up: true, ..TemplateForm::default() };
    if let Some(saved) = saved(state, id)
        && !inputs.edits.contains_key(&id)
    {
        inputs.edits.insert(id, TemplateEdit::of(saved));
    }
    let Some(edit) = inputs.edits.get(&id) else { return };
    inputs.template.at = edit.nearest(Spot::Prompt(0, 0));
    inputs.template.go_to = Some(Slot::Question);
}

fn saved(state: &State, id: Id) -> Option<Template> {
    state.open()?.journal.own().templates.get(&id).cloned()
}

/// Whether changes from a draft are a template that is being written; then it is written on. A
/// draft of a save that did not work has a higher version than the record.
pub fn goes_on(state: &State, inputs: &mut Inputs, changes: &[Change]) -> bool {
    let [Change { id, body: Body::Template(template) }] = changes else { return false };
    let saved = saved(state, *id);
    let newest = saved.as_ref().map_or(0, |saved| saved.version);
    let takes_back =
        template.removed.is_some() || saved.as_ref().is_some_and(|saved| saved.removed.is_some());
    if takes_back || template.version > newest {
        return false;
    }
    let mut edit = TemplateEdit::over(template.clone(), saved);
    edit.drafted = true;
    inputs.edits.insert(*id, edit);
    true
}

/// Keeps what is written in all templates as drafts; what is as it was saved needs none.
pub fn leave(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let ids: Vec<Id> = inputs.edits.keys().copied().collect();
    for id in ids {
        let Some(edit) = inputs.edits.get_mut(&id) else { continue };
        if edit.is_changed() {
            if edit.is_unkept() {
                keep_draft(state, id, edit, jobs);
            }
        } else {
            forget(state, inputs, id, jobs);
        }
    }
}

/// Keeps all that is written before a lock, even what should be in a draft already: that one may
/// not have worked.
pub fn keep_all(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    for (id, edit) in inputs.edits.iter_mut().filter(|(_, edit)| edit.is_changed()) {
        keep_draft(state, *id, edit, jobs);
    }
}

/// Keeps what was written some moments ago.
pub fn keep_due(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    for (id, edit) in &mut inputs.edits {
        edit.note(now);
        if edit.is_due(now) {
            keep_draft(state, *id, edit, jobs);
        }
    }
}

fn keep_draft(state: &mut State, id: Id, edit: &mut TemplateEdit, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    edit.kept();
    edit.drafted = true;
    open.draft_waiting = true;
    open.saved = Saved::Saving;
    let changes = vec![Change { id, body: Body::Template(edit.template.clone()) }];
    jobs.push(Job::Draft { id, changes });
}

/// Forgets what is written in a template, and its draft.
fn forget(state: &mut State, inputs: &mut Inputs, id: Id, jobs: &mut Vec<Job>) {
    let Some(edit) = inputs.edits.remove(&id) else { return };
    if edit.drafted {
        jobs.push(Job::Forget(id));
    }
    // The next words are made from what is shown, not from what this draft was made from.
    if state.open().is_some_and(|open| !open.unseen.contains(&id)) {
        jobs.push(Job::Took(BTreeSet::from([id])));
    }
}

/// Shows a template that was saved elsewhere, where nothing is written in it here.
pub fn look_again(state: &State, inputs: &mut Inputs) {
    let Some(Screen::TemplateEdit(id)) = state.open().map(|open| open.screen.clone()) else {
        return;
    };
    let is_idle = inputs.edits.get(&id).is_some_and(|edit| !edit.is_changed());
    if let (true, Some(saved)) = (is_idle, saved(state, id)) {
        inputs.edits.insert(id, TemplateEdit::of(saved));
    }
}

fn save_version(state: &mut State, inputs: &mut Inputs, id: Id, jobs: &mut Vec<Job>) {
    let library = state.library.clone();
    let held = saved(state, id);
    let Some(edit) = inputs.edits.get_mut(&id) else { return };
    if !edit.is_changed() {
        return;
    }
    // The screen shows what to mend, and its button goes there.
    let own = |list: &str| {
        library.list(list).is_some() || library.list(&crate::model::own::list_id(list)).is_some()
    };
    if !mends(&edit.template, own).is_empty() {
        return;
    }
    let before = held.as_ref().map_or(0, |held| held.version).max(edit.template.version);
    let mut template = tidy(&edit.template);
    template.version = before.saturating_add(1);
    template.removed = None;
    if template.id.is_empty() {
        template.id = free_name(state, &template.title);
    }
    let version = template.version;
    edit.kept();
    edit.drafted = false;
    edit.template = template.clone();
    edit.saved = Some(template.clone());
    save(state, vec![Change { id, body: Body::Template(template) }], jobs);
    toast(state, format!("Saved as version {version}. Sessions held keep their questions"), None);
}

/// A short name from the title that no other template of one's own has: what is brought in under
/// the same name would take its place.
fn free_name(state: &State, title: &str) -> String {
    const MOST: usize = 60;
    let letters = title.to_lowercase();
    let words = letters.split(|c: char| !c.is_ascii_alphanumeric());
    let name = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    let name: String = name.chars().take(MOST).collect();
    let name = if name.is_empty() { "template".to_owned() } else { name };
    let taken: Vec<&str> = state.open().map_or_else(Vec::new, |open| {
        open.journal.own().templates.values().map(|known| known.id.as_str()).collect()
    });
    let numbered = (2..).map(|n| format!("{name}-{n}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    names.find(|name| !taken.contains(&name.as_str())).unwrap_or(name)
}

fn discard(state: &mut State, inputs: &mut Inputs, id: Id, jobs: &mut Vec<Job>) {
    let Some(edit) = inputs.edits.get(&id) else { return };
    let before = edit.template.clone();
    let held = saved(state, id);
    forget(state, inputs, id, jobs);
    match held {
        Some(held) => {
            inputs.edits.insert(id, TemplateEdit::of(held));
            inputs.template.at = Spot::Whole;
        }
        None => go(state, inputs, Screen::Choose(None), jobs),
    }
    let undo = Undo::Edit(id, Box::new(Lost::All(before)));
    toast_with(state, "What you wrote was thrown away", Some(undo));
}

/// Puts back what was taken out of a template, or all that was thrown away.
pub fn put_back(state: &mut State, inputs: &mut Inputs, id: Id, lost: Lost, jobs: &mut Vec<Job>) {
    if state.open().is_none_or(|open| open.read_only.is_some()) {
        return;
    }
    if state.open().is_some_and(|open| open.screen != Screen::TemplateEdit(id)) {
        go(state, inputs, Screen::TemplateEdit(id), jobs);
    }
    let saved = saved(state, id);
    let blank = || TemplateEdit::over(saved.clone().unwrap_or_else(TemplateEdit::blank), saved);
    let spot = inputs.edits.entry(id).or_insert_with(blank).put_back(lost);
    inputs.template.at = spot;
    inputs.template.to_row = true;
}

fn remove_prompt(state: &mut State, inputs: &mut Inputs, id: Id, (part, at): (usize, usize)) {
    let Some(edit) = inputs.edits.get_mut(&id) else { return };
    let Some(section) = edit.template.sections.get_mut(part) else { return };
    if at < section.prompts.len() {
        let lost = Lost::Prompt(part, at, section.prompts.remove(at));
        removed(state, inputs, (id, lost), Spot::Prompt(part, at), "Prompt removed");
    }
}

fn remove_part(state: &mut State, inputs: &mut Inputs, id: Id, part: usize) {
    let Some(edit) = inputs.edits.get_mut(&id) else { return };
    if part >= edit.template.sections.len() {
        return;
    }
    let gone = edit.template.sections.remove(part);
    let words = match gone.prompts.len() {
        0 => "Part removed".to_owned(),
        1 => "Part removed, with 1 prompt".to_owned(),
        n => format!("Part removed, with {n} prompts"),
    };
    removed(state, inputs, (id, Lost::Part(part, gone)), Spot::Part(part), &words);
}

fn removed(state: &mut State, inputs: &mut Inputs, (id, lost): (Id, Lost), was: Spot, words: &str) {
    let Some(edit) = inputs.edits.get_mut(&id) else { return };
    edit.touched = true;
    let form = &mut inputs.template;
    form.at = edit.nearest(was);
    form.go_to = None;
    form.to_row = true;
    form.shown = Column::Parts;
    toast_with(state, words, Some(Undo::Edit(id, Box::new(lost))));
}

fn take_out(state: &mut State, id: Id, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let Some(open) = state.open() else { return };
    let own = open.journal.own();
    let gone = own.without_the(Added::Template, &template_id(id), now);
    let Some((record, body)) = gone.into_iter().next() else { return };
    let Some(before) = own.templates.get(&id).cloned() else { return };
    let words = format!("“{}” is out of the library", before.title);
    save(state, vec![Change { id: record, body }], jobs);
    toast(state, words, Some(vec![Change { id, body: Body::Template(before) }]));
}
