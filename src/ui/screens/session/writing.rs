//! Texts as they are written: what was found in them is marked, and said below the one in use.

use std::borrow::Cow;

use egui::text::{CCursor, CCursorRange, CharIndex};
use egui::text_edit::TextEditState;
use egui::{Id as UiId, InnerResponse, Rect, Response, Ui};

use super::{Editor, arcp, margin, other_view, wishes};
use crate::app::Action;
use crate::app::action::RecordAction;
use crate::app::draft::Draft;
use crate::app::inputs::EditorSpot;
use crate::app::writing::{self, Checked, Keeping};
use crate::model::text::{answer_lines, count, json_len};
use crate::model::{Answer as Given, Layer};
use crate::review::{Family, Finding, Kind};
use crate::ui::screens::find;
use crate::ui::theme::{self, Icon, IconSize, Space, Type};
use crate::ui::widgets::answer::{Answer, FULL, Limited, MOST_BYTES};
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::guard::{self, GuardHint, GuardPressed, ReasonPressed};
use crate::ui::widgets::marks::{Mark, MarkKind};
use crate::ui::widgets::text;

/// Room for what is still to be written, in bytes as the record's file has them. The questions
/// have room of their own.
pub fn room(draft: &Draft) -> usize {
    let talk = &draft.session;
    let asked = talk.items().map(|one| json_len(&one.answer) + json_len(&one.other_view));
    let others = [
        json_len(&talk.title),
        json_len(&talk.tags),
        json_len(&talk.kept),
        json_len(&talk.margin),
        json_len(&talk.arcp),
        draft.actions.values().map(json_len).sum(),
    ];
    MOST_BYTES.saturating_sub(asked.sum::<usize>() + others.into_iter().sum::<usize>())
}

/// The texts of the page, as they are looked through: what is written, or what is read.
pub fn texts<'e>(editor: &'e Editor<'_>) -> Vec<(EditorSpot, Cow<'e, str>)> {
    let draft = &editor.draft;
    let answers = draft.session.items().flat_map(|asked| {
        let prompt = || asked.prompt.id.clone();
        let words = match &asked.answer {
            Some(Given::Text(words)) => Some(Cow::Borrowed(words.as_str())),
            Some(other) if !editor.editable => Some(Cow::Owned(answer_lines(other))),
            _ => None,
        };
        let view = asked.other_view.as_ref().filter(|view| !view.is_blank());
        let view = view.map(|it| (EditorSpot::OtherView(prompt()), it.text.as_str().into()));
        words.map(|words| (EditorSpot::Prompt(prompt()), words)).into_iter().chain(view)
    });
    let rest = writing::texts(draft).filter(|(spot, _)| !matches!(spot, EditorSpot::Prompt(_)));
    answers.chain(rest.map(|(spot, text)| (spot, Cow::Borrowed(text)))).collect()
}

/// Draws a text with its marks, and below it what is said about it. Says whether it changed.
pub fn field(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    (answer, id): (Answer<'_>, UiId),
    spot: &EditorSpot,
    words: &mut String,
) -> (Response, bool) {
    let mut marks: Vec<Mark> = editor.inputs.writing.found(spot, words).iter().map(mark).collect();
    let found = marks.len();
    let bring_up = bring_up(editor, spot, &mut marks);
    let to_check = match found {
        0 => String::new(),
        found => format!("{} to check. F8 goes to the next.", count(found, "place")),
    };
    let mut text = Limited::new(words, editor.room);
    let answer = answer.marks(&marks).to_check(&to_check).bring_up(bring_up);
    let response = answer.show(ui, &mut text);
    let full = text.is_full();
    editor.room = text.room();
    if response.has_focus() {
        if editor.inputs.writing.in_use.as_ref() != Some(spot) {
            editor.inputs.writing.in_use = Some(spot.clone());
            editor.inputs.writing.keeping = None;
            ui.request_repaint();
        }
        if full {
            error_line(ui, FULL);
        }
    }
    let mut changed = response.changed();
    if editor.inputs.writing.in_use.as_ref() == Some(spot) {
        changed |= hint(ui, editor, id, spot, words);
    }
    (response, changed)
}

/// Adds the marks of what is looked for; gives the byte that comes into view now.
fn bring_up(editor: &mut Editor<'_>, spot: &EditorSpot, marks: &mut Vec<Mark>) -> Option<usize> {
    let number = editor.searched.iter().position(|searched| searched == spot);
    let found = number.and_then(|number| find::marks(&mut editor.inputs.find, number, marks));
    let asked = editor.inputs.writing.bring_up.take_if(|(of, _)| of == spot);
    asked.map(|(_, byte)| byte).or(found)
}

/// The marks of what is looked for in a text that is read, and the byte that comes into view.
pub fn read_marks(editor: &mut Editor<'_>, spot: &EditorSpot) -> (Vec<Mark>, Option<usize>) {
    let mut marks = Vec::new();
    let byte = bring_up(editor, spot, &mut marks);
    (marks, byte)
}

fn mark(finding: &Finding) -> Mark {
    let kind = match finding.kind.family() {
        Family::Identifier => MarkKind::Identifier,
        Family::Wording => MarkKind::Wording,
        Family::Spelling => MarkKind::Spelling,
    };
    Mark::new(kind, finding.bytes.clone())
}

/// The finding that the caret is at; else the first that may point to someone; else the first.
fn shown(ui: &Ui, id: UiId, findings: &[Finding], words: &str) -> Option<Finding> {
    let caret = caret(ui, id).map(|chars| byte_of(words, chars));
    let at = |byte: usize| findings.iter().find(|f| f.bytes.start <= byte && byte <= f.bytes.end);
    let named = || findings.iter().find(|f| f.kind.family() == Family::Identifier);
    caret.and_then(at).or_else(named).or_else(|| findings.first()).cloned()
}

/// Where the caret is, in characters.
fn caret(ui: &Ui, id: UiId) -> Option<usize> {
    let range = TextEditState::load(ui.ctx(), id)?.cursor.char_range()?;
    Some(range.primary.index.0)
}

/// What is selected, in characters.
fn cursor(ui: &Ui, id: UiId) -> Option<(usize, usize)> {
    let range = TextEditState::load(ui.ctx(), id)?.cursor.char_range()?;
    let [from, to] = range.sorted_cursors();
    Some((from.index.0, to.index.0))
}

fn byte_of(words: &str, chars: usize) -> usize {
    words.char_indices().nth(chars).map_or(words.len(), |(byte, _)| byte)
}

/// The row under the text in use. Says whether it changed the text.
fn hint(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    id: UiId,
    spot: &EditorSpot,
    words: &mut String,
) -> bool {
    let take = std::mem::take(&mut editor.inputs.writing.take_suggestion);
    let findings = editor.inputs.writing.found(spot, words);
    let Some(finding) = shown(ui, id, findings, words) else { return false };
    if editor.inputs.writing.keeping.as_ref().is_some_and(|keeping| keeping.text == finding.text) {
        ask_reason(ui, editor, id, &finding);
        return false;
    }
    let offered = match finding.kind {
        Kind::Spelling => editor.inputs.writing.meant(&finding.text),
        _ => finding.replacement.clone(),
    };
    let shown = row(ui, &finding, offered.as_deref());
    let of = (spot.clone(), finding.text.clone());
    if editor.inputs.writing.row_shown.as_ref() != Some(&of)
        && show_row(ui, id, shown.response.rect)
    {
        editor.inputs.writing.row_shown = Some(of);
    }
    match shown.inner {
        Some(GuardPressed::Keep) => {
            keep(ui, editor, id, &finding);
            return false;
        }
        None if !take => return false,
        _ => {}
    }
    let Some(offered) = offered else { return false };
    if words.get(finding.bytes.clone()) != Some(finding.text.as_str()) {
        return false;
    }
    words.replace_range(finding.bytes.clone(), &offered);
    set_caret(ui, id, words, finding.bytes.start + offered.len());
    true
}

/// Brings the row under a text into view, as far as the caret stays there. Says whether it was
/// time to: a text that is just coming to the keyboard has no caret yet.
fn show_row(ui: &Ui, id: UiId, row: Rect) -> bool {
    let caret = ui.output(|output| output.ime.as_ref().map(|ime| ime.cursor_rect));
    let Some(caret) = caret.filter(|_| ui.memory(|memory| memory.has_focus(id))) else {
        return false;
    };
    let both = caret.union(row).expand(Space::S.pts());
    if both.height() <= ui.clip_rect().height() {
        ui.scroll_to_rect(both, None);
    }
    true
}

fn row(
    ui: &mut Ui,
    finding: &Finding,
    offered: Option<&str>,
) -> InnerResponse<Option<GuardPressed>> {
    let offer = match offered {
        Some(offered) => format!("Try “{offered}”."),
        None => finding.advice.clone(),
    };
    let spelling = format!("“{}” is in none of the lists.", finding.text);
    let hint = match finding.kind.family() {
        Family::Identifier => GuardHint::new(&finding.reason, &offer),
        Family::Wording => {
            GuardHint::new(&finding.reason, &offer).quiet(Icon::Scales).keep("Put away")
        }
        Family::Spelling => {
            GuardHint::new(&spelling, &offer).quiet(Icon::TextAa).keep("Add to my words")
        }
    };
    ui.push_id("hint", |ui| hint.replaces(offered.is_some()).show(ui))
}

/// Keeps the words: with a reason where they surely point to someone.
fn keep(ui: &Ui, editor: &mut Editor<'_>, id: UiId, finding: &Finding) {
    if finding.kind == Kind::Spelling {
        let word = RecordAction::OwnWord(finding.text.clone(), true);
        editor.out.push(Action::Record(word));
    } else if writing::needs_reason(finding) {
        let keeping = Keeping { text: finding.text.clone(), ..Keeping::default() };
        editor.inputs.writing.keeping = Some(keeping);
        ui.request_repaint();
        return;
    } else {
        writing::keep(&mut editor.draft, finding, "");
    }
    editor.inputs.writing.put_away(&finding.text);
    ui.memory_mut(|memory| memory.request_focus(id));
}

fn ask_reason(ui: &mut Ui, editor: &mut Editor<'_>, id: UiId, finding: &Finding) {
    let Some(mut keeping) = editor.inputs.writing.keeping.take() else { return };
    let error = keeping.tried.then_some("Say in a few words why it stays");
    let error = error.filter(|_| keeping.reason.trim().is_empty());
    let pressed =
        ui.push_id("reason", |ui| guard::reason(ui, &finding.text, &mut keeping.reason, error));
    match pressed.inner {
        Some(ReasonPressed::Keep) if keeping.reason.trim().is_empty() => keeping.tried = true,
        Some(pressed) => {
            if pressed == ReasonPressed::Keep {
                writing::keep(&mut editor.draft, finding, &keeping.reason);
                editor.inputs.writing.put_away(&finding.text);
            }
            ui.memory_mut(|memory| memory.request_focus(id));
            return;
        }
        None => {}
    }
    editor.inputs.writing.keeping = Some(keeping);
}

/// Puts the caret after this byte and gives the text the keyboard.
fn set_caret(ui: &Ui, id: UiId, words: &str, byte: usize) {
    select(ui, id, words, byte..byte);
    ui.memory_mut(|memory| memory.request_focus(id));
}

/// Selects bytes of a text.
fn select(ui: &Ui, id: UiId, words: &str, bytes: std::ops::Range<usize>) {
    let at = |byte: usize| {
        let chars = words.get(..byte).map_or(0, |before| before.chars().count());
        CCursor::new(CharIndex(chars))
    };
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::two(at(bytes.start), at(bytes.end))));
    state.store(ui.ctx(), id);
}

/// Gives the keyboard to a text, with these bytes of it selected and in view.
pub fn go_to(ui: &Ui, editor: &mut Editor<'_>, spot: EditorSpot, bytes: std::ops::Range<usize>) {
    let Some(id) = id_of(editor, &spot) else { return };
    if let Some((_, words)) = texts(editor).into_iter().find(|(held, _)| *held == spot) {
        select(ui, id, &words, bytes.clone());
    }
    editor.inputs.writing.bring_up = Some((spot.clone(), bytes.start));
    editor.inputs.writing.row_shown = None;
    match &spot {
        EditorSpot::Prompt(prompt) => wishes::go_to(editor, prompt.clone()),
        EditorSpot::Note(at) => margin::show_note(editor, *at),
        EditorSpot::OtherView(prompt) => {
            wishes::go_to(editor, prompt.clone());
            editor.inputs.editor.go_to = Some(spot);
        }
        other => {
            editor.inputs.editor.unfolded = Some(other.clone());
            editor.inputs.editor.tab = Some(Layer::Arcp);
            editor.inputs.editor.go_to = Some(spot);
        }
    }
    ui.request_repaint();
}

fn id_of(editor: &Editor<'_>, spot: &EditorSpot) -> Option<UiId> {
    match spot {
        EditorSpot::Prompt(prompt) => {
            wishes::find(editor, prompt).map(|(place, _)| editor.answer_id(place))
        }
        EditorSpot::Note(at) => Some(margin::note_id(editor, *at)),
        EditorSpot::Line(at) => Some(arcp::line_id(editor, *at)),
        EditorSpot::OtherView(prompt) => Some(other_view::id(editor, prompt)),
        EditorSpot::LastTime | EditorSpot::Action(_) => None,
    }
}

/// Goes to the next place to check, from the last to the first.
pub fn next_hint(ui: &Ui, editor: &mut Editor<'_>) {
    let in_use = editor.inputs.writing.in_use.clone();
    let cursor = in_use.as_ref().and_then(|spot| cursor(ui, id_of(editor, spot)?));
    let mut here = None;
    let mut all = Vec::new();
    for (at, (spot, words)) in writing::texts(&editor.draft).enumerate() {
        if in_use.as_ref() == Some(&spot) {
            let (from, to) = cursor.unwrap_or_default();
            // What is selected already is passed; what the caret stands before is not.
            here = Some((at, byte_of(words, to), from == to));
        }
        for finding in editor.inputs.writing.found(&spot, words) {
            all.push((at, spot.clone(), finding.bytes.clone()));
        }
    }
    let ahead = |(at, _, bytes): &&(usize, EditorSpot, std::ops::Range<usize>)| match here {
        Some((text, byte, true)) => (*at, bytes.start) >= (text, byte),
        Some((text, byte, false)) => (*at, bytes.start) > (text, byte),
        None => true,
    };
    if let Some((_, spot, bytes)) = all.iter().find(ahead).or(all.first()).cloned() {
        go_to(ui, editor, spot, bytes);
    }
}

/// How far the check has come, calmly, at the end of the page.
pub fn state(ui: &mut Ui, editor: &Editor<'_>) {
    let p = theme::of(ui);
    let (icon, said) = match editor.inputs.writing.checked() {
        Checked::Checking => (Icon::CircleHalf, "Checking…".to_owned()),
        Checked::Found(0, 0) => (Icon::ShieldCheck, "No obvious identifiers found".to_owned()),
        Checked::Found(0, others) => {
            let said = format!("No obvious identifiers found. {} to think about", places(others));
            (Icon::ShieldCheck, said)
        }
        Checked::Found(named, _) => {
            (Icon::ShieldWarning, format!("{} may point to someone. F8 goes there", places(named)))
        }
    };
    let words = editor.inputs.writing.words;
    let said = if words > 0 { format!("{said}  ·  {}", count(words, "word")) } else { said };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = Space::S.pts();
        let size = IconSize::Inline.pts();
        let (mark, _) = ui.allocate_exact_size(egui::vec2(size, 20.0), egui::Sense::hover());
        icon.paint(ui.painter(), mark.center(), size, p.text2);
        text::show(ui, &said, Type::Small, p.text2);
    });
}

fn places(number: usize) -> String {
    count(number, "place")
}
