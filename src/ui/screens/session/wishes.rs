//! What shortcuts and tools ask for, and where the keyboard starts.

use egui::Ui;
use egui::text::{CCursor, CCursorRange, CharIndex};
use egui::text_edit::TextEditState;

use super::prompts::{Place, Tool};
use super::{Editor, arcp, margin, other_view, writing};
use crate::app::Action;
use crate::app::action::SessionAction;
use crate::app::answers::{AnswersAction, AnswersInto};
use crate::app::inputs::{EditorSpot, EditorWish};
use crate::model::{Answer, ArcpLine, Asked, Basis, Layer, PromptKind};

/// The longest line that becomes an action; what is longer is an answer.
const LONGEST_ACTION: usize = 300;

/// Does what a shortcut asked for, and gives the keyboard a place when it has none.
pub fn take(ui: &Ui, editor: &mut Editor<'_>) {
    let wish = editor.inputs.wish.take().filter(|_| editor.editable && !editor.inputs.finishing);
    place_caret(ui, editor);
    start(ui, editor);
    match wish {
        None | Some(EditorWish::MoveUp | EditorWish::MoveDown) => {}
        Some(EditorWish::NextPrompt) => step(editor, true),
        Some(EditorWish::PreviousPrompt) => step(editor, false),
        Some(EditorWish::PrivateMargin) => margin::to_and_back(ui, editor),
        Some(EditorWish::MakeAction) => {
            // An action has its fields on the whole page.
            editor.inputs.editor.quiet = false;
            make_action(ui, editor);
        }
        Some(EditorWish::OfferToArcp) => offer(editor),
        Some(EditorWish::NextHint) => writing::next_hint(ui, editor),
        Some(EditorWish::UseHint) => editor.inputs.writing.take_suggestion = true,
    }
}

/// Does what a tool under an answer asks for.
pub fn use_tool(ui: &Ui, editor: &mut Editor<'_>, tool: Tool) {
    match tool {
        Tool::Action => make_action(ui, editor),
        Tool::Offer => offer(editor),
        Tool::Private => make_private(editor),
        Tool::Share => ask(editor, Layer::Shared),
        Tool::Basis(basis) => mark(editor, basis),
        Tool::OtherView => {
            if let Some(prompt) = editor.inputs.focus.clone() {
                other_view::add(editor, &prompt);
            }
        }
        Tool::BringAnswers => {
            if let Some(person) = editor.draft.session.person {
                let into = Some(AnswersInto::Session(editor.draft.id));
                editor.out.push(Action::Answers(AnswersAction::Show(person, into)));
            }
        }
        Tool::Earlier => editor.inputs.editor.earlier_open ^= true,
    }
}

/// Puts the caret where a step of undo changed something, in the text that takes the keyboard.
fn place_caret(ui: &Ui, editor: &mut Editor<'_>) {
    let Some(at) = editor.inputs.editor.caret.take() else { return };
    let id = match &editor.inputs.editor.go_to {
        Some(EditorSpot::Prompt(prompt)) => {
            find(editor, prompt).map(|(place, _)| editor.answer_id(place))
        }
        Some(EditorSpot::Note(at)) => Some(margin::note_id(editor, *at)),
        Some(EditorSpot::Line(at)) => Some(arcp::line_id(editor, *at)),
        Some(EditorSpot::Action(id)) => Some(egui::Id::unique(("action", *id))),
        Some(EditorSpot::OtherView(prompt)) => Some(other_view::id(editor, prompt)),
        Some(EditorSpot::LastTime) | None => None,
    };
    if let Some(id) = id {
        set_caret(ui, id, at);
    }
}

fn set_caret(ui: &Ui, id: egui::Id, at: usize) {
    let mut text = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    text.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(CharIndex(at)))));
    text.store(ui.ctx(), id);
}

/// Marks what the answer in use rests on.
fn mark(editor: &mut Editor<'_>, basis: Option<Basis>) {
    let Some(prompt) = editor.inputs.focus.clone() else { return };
    let items = editor.draft.session.sections.iter_mut().flat_map(|part| &mut part.items);
    if let Some(asked) = items.into_iter().find(|asked| asked.prompt.id == prompt) {
        asked.basis = basis;
        editor.draft.touched = true;
    }
    go_to(editor, prompt);
}

/// The keyboard starts where the caret was left, else in the first prompt without an answer.
fn start(ui: &Ui, editor: &mut Editor<'_>) {
    if editor.inputs.focus.is_some() || !editor.editable {
        return;
    }
    let left = editor.inputs.carets.get(&editor.draft.id).cloned();
    let left = left.filter(|caret| find(editor, &caret.prompt).is_some());
    if let Some((place, at)) =
        left.as_ref().and_then(|caret| Some((find(editor, &caret.prompt)?.0, caret.at?)))
    {
        let id = editor.answer_id(place);
        set_caret(ui, id, at);
    }
    let open = |asked: &&Asked| !super::prompts::is_answered(editor, asked);
    let first = || editor.draft.session.items().find(open);
    let prompt = left
        .map(|caret| caret.prompt)
        .or_else(|| first().map(|asked| asked.prompt.id.clone()))
        .or_else(|| editor.draft.session.items().next().map(|asked| asked.prompt.id.clone()));
    if let Some(prompt) = prompt {
        go_to(editor, prompt);
    }
}

/// Makes a prompt the one in use and gives it the keyboard.
pub fn go_to(editor: &mut Editor<'_>, prompt: String) {
    if let Some((_, asked)) = find(editor, &prompt) {
        editor.inputs.editor.tab = Some(asked.layer);
    }
    editor.inputs.editor.unfolded = None;
    editor.inputs.editor.moved = None;
    editor.inputs.editor.go_to = Some(EditorSpot::Prompt(prompt.clone()));
    editor.inputs.focus = Some(prompt);
}

/// The next or the previous prompt.
pub fn step(editor: &mut Editor<'_>, on: bool) {
    let current = editor.inputs.focus.as_deref();
    // Quiet writing shows the questions that are answered in words, and no others.
    let is_shown = |asked: &&Asked| !editor.inputs.editor.quiet || is_text(asked);
    let shown = editor.draft.session.items().filter(is_shown);
    let ids: Vec<&str> = shown.map(|asked| asked.prompt.id.as_str()).collect();
    let at = ids.iter().position(|id| Some(*id) == current);
    let to = match at {
        // From what stands above the prompts it goes on to the first.
        _ if editor.inputs.editor.above => 0,
        Some(at) if on => (at + 1).min(ids.len().saturating_sub(1)),
        Some(at) => at.saturating_sub(1),
        None => 0,
    };
    if let Some(prompt) = ids.get(to).map(|id| (*id).to_owned()) {
        go_to(editor, prompt);
    }
}

fn is_text(asked: &Asked) -> bool {
    asked.prompt.kind == PromptKind::Text
}

/// Where a prompt stands, and the prompt.
pub fn find<'e>(editor: &'e Editor<'_>, prompt: &str) -> Option<(Place, &'e Asked)> {
    editor.draft.session.sections.iter().enumerate().find_map(|(part, section)| {
        let at = section.items.iter().position(|asked| asked.prompt.id == prompt)?;
        Some(((part, at), section.items.get(at)?))
    })
}

/// The prompt in use.
fn current<'e>(editor: &'e Editor<'_>) -> Option<(Place, &'e Asked)> {
    find(editor, editor.inputs.focus.as_deref()?)
}

/// Agrees an action from the line with the caret. From private words it stays private.
fn make_action(ui: &Ui, editor: &mut Editor<'_>) {
    let (text, layer) = if let Some(note) = margin::note_in_use(ui, editor) {
        (short(&note), Layer::Private)
    } else if let Some((place, asked)) = current(editor) {
        let text = match &asked.answer {
            Some(Answer::Text(words)) => line_in_use(ui, editor.answer_id(place), words),
            _ => String::new(),
        };
        (text, asked.layer.min(Layer::Shared))
    } else {
        (String::new(), Layer::Shared)
    };
    let layer = if editor.is_reflection() { Layer::Private } else { layer };
    editor.out.push(Action::Session(SessionAction::AddAction { text, layer }));
}

/// What is selected, else the line that the caret is in.
fn line_in_use(ui: &Ui, id: egui::Id, words: &str) -> String {
    let range = TextEditState::load(ui.ctx(), id).and_then(|state| state.cursor.char_range());
    let (from, to) = range.map_or((usize::MAX, usize::MAX), |range| {
        let [from, to] = range.sorted_cursors();
        (from.index.0, to.index.0)
    });
    if from < to {
        let selected: String = words.chars().skip(from).take(to - from).collect();
        return short(&selected);
    }
    let mut begins = 0;
    for line in words.split('\n') {
        let ends = begins + line.chars().count();
        if from <= ends {
            return short(line);
        }
        begins = ends + 1;
    }
    short(words.trim_end().rsplit('\n').next().unwrap_or_default())
}

fn short(words: &str) -> String {
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST_ACTION).collect()
}

/// Copies the answer in use to a line for the ARCP. Private words are shown first.
fn offer(editor: &mut Editor<'_>) {
    if editor.is_reflection() {
        return;
    }
    match current(editor) {
        Some((_, asked)) if asked.layer == Layer::Private && asked.is_answered() => {
            ask(editor, Layer::Arcp);
        }
        Some((_, asked)) => {
            let line = arcp::line_from(asked);
            arcp::add(editor, line);
        }
        None => arcp::add(editor, ArcpLine::default()),
    }
}

/// Asks before words go to more readers. Without words there is nothing to show.
fn ask(editor: &mut Editor<'_>, to: Layer) {
    let Some((_, asked)) = current(editor) else { return };
    let prompt = asked.prompt.id.clone();
    let seen = asked.other_view.as_ref().is_some_and(|view| !view.is_blank());
    if asked.is_answered() || (seen && to != Layer::Arcp) {
        editor.inputs.editor.asking = Some((prompt, to));
    } else {
        set_layer(editor, &prompt, to);
        go_to(editor, prompt);
    }
}

fn make_private(editor: &mut Editor<'_>) {
    let Some((_, asked)) = current(editor) else { return };
    let prompt = asked.prompt.id.clone();
    set_layer(editor, &prompt, Layer::Private);
    go_to(editor, prompt.clone());
    let words = "Only you read this from now on. What was sent before cannot be called back.";
    editor.inputs.editor.moved = Some((prompt, words.to_owned()));
}

/// Moves an answer to another layer.
pub fn set_layer(editor: &mut Editor<'_>, prompt: &str, to: Layer) {
    let items = editor.draft.session.sections.iter_mut().flat_map(|part| &mut part.items);
    if let Some(asked) = items.into_iter().find(|asked| asked.prompt.id == prompt) {
        asked.layer = to;
        editor.draft.touched = true;
    }
}
