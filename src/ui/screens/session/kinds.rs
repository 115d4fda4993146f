//! The kinds of answers, as they are written.

use egui::{Role, Ui, UiBuilder};

use super::prompts::Place;
use super::{Editor, actions, answer_type, capability, earlier, evidence, writing};
use crate::app::inputs::{Caret, DateAt, EditorSpot};
use crate::model::text::answer_words;
use crate::model::{Answer as Given, Asked, PromptKind};
use crate::ui::theme::Icon;
use crate::ui::widgets::answer::Answer;
use crate::ui::widgets::{DateField, Field, choice, text, toggle};

/// The width of a field for a name, in points.
const NAME: f32 = 320.0;

/// Draws the answer to a prompt for writing. `takes` gives it the keyboard.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>, asked: &mut Asked, place: Place, takes: bool) {
    let label = format!("{}. {}", asked.layer.words(), asked.prompt.text);
    let kind = asked.prompt.kind.clone();
    if !matches!(kind, PromptKind::Text) && !asked.is_answered() {
        text::hint(ui, &why(asked));
    }
    let changed = match (&kind, &asked.answer) {
        (PromptKind::Text, None | Some(Given::Text(_))) => {
            write(ui, editor, asked, place, &label, takes)
        }
        (PromptKind::Scale { from, to, low, high }, None | Some(Given::Scale(_))) => {
            let changed = scale(ui, asked, &label, *from..=*to, (low, high), takes);
            earlier::on_scale(ui, editor, asked);
            changed
        }
        (PromptKind::Choice { options, many: false }, None | Some(Given::Choice(_))) => {
            choose_one(ui, asked, &label, options, takes)
        }
        (PromptKind::Choice { options, many: true }, None | Some(Given::Choice(_))) => {
            let chosen = tick(ui, chosen(asked), &label, options, takes);
            set(asked, chosen.map(Given::Choice))
        }
        (PromptKind::Checklist { items }, None | Some(Given::Checked(_))) => {
            let ticked = tick(ui, chosen(asked), &label, items, takes);
            set(asked, ticked.map(Given::Checked))
        }
        (PromptKind::Date, None | Some(Given::Date(_) | Given::Text(_))) => {
            day(ui, editor, asked, &label, takes)
        }
        (PromptKind::Evidence, None | Some(Given::Evidence(_))) => {
            group(ui, &label, |ui| evidence::answer(ui, editor, asked, takes))
        }
        (PromptKind::Capability { list }, None | Some(Given::Capability(_))) => {
            group(ui, &label, |ui| capability::answer(ui, editor, asked, list, takes))
        }
        (PromptKind::Person, None | Some(Given::Person(_))) => {
            person(ui, editor, asked, place, &label, takes)
        }
        (PromptKind::Action, _) => {
            actions::show(ui, editor, takes);
            false
        }
        // An answer of another kind than its question, from an import: shown as it is.
        (_, Some(other)) => {
            text::body(ui, &answer_words(other));
            false
        }
    };
    if changed {
        editor.touch();
    }
}

fn why(asked: &Asked) -> String {
    if asked.prompt.why.is_empty() {
        String::new()
    } else {
        format!("Why ask? {}", asked.prompt.why)
    }
}

fn set(asked: &mut Asked, answer: Option<Given>) -> bool {
    let changed = answer.is_some();
    if changed {
        asked.answer = answer;
    }
    changed
}

fn write(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    asked: &mut Asked,
    place: Place,
    label: &str,
    takes: bool,
) -> bool {
    let mut words = match asked.answer.take() {
        Some(Given::Text(words)) => words,
        _ => String::new(),
    };
    let id = editor.answer_id(place);
    if takes {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let why = if words.is_empty() { why(asked) } else { String::new() };
    let answer = Answer::new(id, label).placeholder(&why).kind(answer_type(editor));
    let spot = EditorSpot::Prompt(asked.prompt.id.clone());
    let (response, changed) = writing::field(ui, editor, (answer, id), &spot, &mut words);
    if response.has_focus() {
        keep_caret(ui, editor, asked, id);
    }
    asked.answer = (!words.is_empty()).then_some(Given::Text(words));
    changed
}

fn keep_caret(ui: &Ui, editor: &mut Editor<'_>, asked: &Asked, id: egui::Id) {
    let at = egui::text_edit::TextEditState::load(ui.ctx(), id)
        .and_then(|state| state.cursor.char_range())
        .map(|range| range.primary.index.0);
    let caret = Caret { prompt: asked.prompt.id.clone(), at };
    editor.inputs.carets.insert(editor.draft.id, caret);
}

fn scale(
    ui: &mut Ui,
    asked: &mut Asked,
    label: &str,
    range: std::ops::RangeInclusive<u8>,
    (low, high): (&str, &str),
    takes: bool,
) -> bool {
    let mut value = match asked.answer {
        Some(Given::Scale(number)) => Some(number),
        _ => None,
    };
    if takes {
        choice::focus_next(ui);
    }
    ui.add_space(4.0);
    let changed = choice::scale(ui, label, &mut value, range, (low, high)).changed();
    changed && set(asked, value.map(Given::Scale))
}

fn chosen(asked: &Asked) -> Vec<String> {
    match &asked.answer {
        Some(Given::Choice(list) | Given::Checked(list)) => list.clone(),
        _ => Vec::new(),
    }
}

fn choose_one(
    ui: &mut Ui,
    asked: &mut Asked,
    label: &str,
    options: &[String],
    takes: bool,
) -> bool {
    let mut value = chosen(asked).into_iter().next();
    let shown: Vec<(Option<String>, &str, &str)> =
        options.iter().map(|words| (Some(words.clone()), words.as_str(), "")).collect();
    if takes {
        choice::focus_next(ui);
    }
    let changed = choice::radio_list(ui, label, &mut value, &shown).changed();
    changed && set(asked, value.map(|words| Given::Choice(vec![words])))
}

/// Check boxes, close together.
fn tick(
    ui: &mut Ui,
    ticked: Vec<String>,
    label: &str,
    items: &[String],
    takes: bool,
) -> Option<Vec<String>> {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        toggle::checklist(ui, ticked, label, items, takes)
    })
    .inner
}

/// Several controls under the name of what they are about.
pub fn group<R>(ui: &mut Ui, label: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let builder =
        UiBuilder::new().accessibility_role(Role::Group).accessibility_label(label.to_owned());
    ui.scope_builder(builder, contents).inner
}

fn person(
    ui: &mut Ui,
    editor: &Editor<'_>,
    asked: &mut Asked,
    place: Place,
    label: &str,
    takes: bool,
) -> bool {
    let mut name = match asked.answer.take() {
        Some(Given::Person(name)) => name,
        _ => String::new(),
    };
    ui.add_space(4.0);
    let field = Field::new(label).label_hidden().placeholder("A name").icon(Icon::User);
    let response = field.width(NAME).id(editor.answer_id(place)).show(ui, &mut name);
    if takes {
        response.request_focus();
    }
    asked.answer = (!name.is_empty()).then_some(Given::Person(name));
    response.changed()
}

/// A day; while what is typed is none, the words themselves are the answer.
fn day(ui: &mut Ui, editor: &mut Editor<'_>, asked: &mut Asked, label: &str, takes: bool) -> bool {
    let (today, known) = (editor.today(), editor.known);
    let at = DateAt::Prompt(asked.prompt.id.clone());
    let typed = editor.inputs.editor.dates.entry(at);
    let typed =
        typed.or_insert_with(|| asked.answer.as_ref().map(answer_words).unwrap_or_default());
    ui.add_space(4.0);
    let shown = DateField::new(label).label_hidden().known(known).show(ui, typed, today);
    if takes {
        shown.response.request_focus();
    }
    let answer = match shown.date {
        Ok(day) => day.map(Given::Date),
        Err(_) => Some(Given::Text(typed.clone())),
    };
    let changed = shown.response.changed() && answer != asked.answer;
    if changed {
        asked.answer = answer;
    }
    changed
}
