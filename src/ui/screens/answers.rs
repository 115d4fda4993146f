//! Answers that came back before a meeting: what becomes of each, before anything does.

use egui::{Id as WidgetId, ScrollArea, Ui};

use crate::app::answers::{AnswerRow, AnswersAction, ComingAnswers, Fate};
use crate::app::packs::PacksAction;
use crate::app::state::Open;
use crate::app::{Action, Command};
use crate::model::text::count;
use crate::model::{Id, Layer, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::answer::Answer;
use crate::ui::widgets::card::{card_of_rows, hairline};
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::menu::select;
use crate::ui::widgets::page;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Banner, Button, Tag, layer};

/// Lines of an answer that the preview shows.
const LINES: usize = 16;
/// What stands above and below the field for the text, and the least height of the field, in points.
const BESIDE: f32 = 330.0;
const LEAST: f32 = 140.0;
/// Width of the page, in points.
const WIDTH: f32 = 860.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id) {
    let Some(person) = open.journal.person(id) else {
        page::page(ui, |ui| text::secondary(ui, "This person is no longer here."));
        return;
    };
    match &open.answers {
        Some(coming) => {
            let empty = coming.kept() + coming.beside() == 0;
            page::foot(ui, "answers", |ui| see_buttons(ui, view, open, (coming, empty)));
            page::page(ui, |ui| preview(ui, view, person, coming));
        }
        None => {
            page::page(ui, |ui| paste(ui, view, open, person));
        }
    }
}

/// The page for the text that came back.
fn paste(ui: &mut Ui, view: &mut View<'_>, open: &Open, person: &Person) {
    let called = person.called();
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Title, &format!("Bring in {called}’s answers"));
    page::prose(ui, |ui| {
        text::body(
            ui,
            "Paste what came back: the mail with the questions and what is written under them. \
             You see what becomes of each answer before it is kept.",
        );
        if open.read_only.is_some() {
            let words = "This record can only be read just now, so nothing can be brought in.";
            text::small(ui, words);
        }
    });
    ui.add_space(Space::Xs.pts());
    page::at_most(ui, WIDTH, |ui| {
        let form = &mut view.inputs.answers;
        let label = "The text that came back";
        text::show(ui, label, Type::Button, theme::of(ui).text);
        let id = WidgetId::unique("answers that came back");
        let field = Answer::new(id, label).kind(Type::Body).boxed().rows(12);
        // However long the text is, the buttons below it stay in sight.
        let most = (ui.ctx().content_rect().height() - BESIDE).max(LEAST);
        let scroll = ScrollArea::vertical().id_salt("text that came back").max_height(most);
        let field = scroll.show(ui, |ui| field.show(ui, &mut form.text)).inner;
        if page::just_opened(ui.ctx(), WidgetId::unique("paste answers")) {
            field.request_focus();
        }
        if field.changed() {
            form.wrong = None;
        }
        if let Some(wrong) = &form.wrong {
            error_line(ui, wrong);
        }
        ui.add_space(Space::S.pts());
        ui.horizontal_wrapped(|ui| text_buttons(ui, view, open));
    });
}

fn text_buttons(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let missing = view.inputs.answers.text.trim().is_empty() || open.read_only.is_some();
    let words = match (open.read_only.is_some(), missing) {
        (true, _) => "Nothing can be brought in just now",
        (false, true) => "Paste the text first",
        (false, false) => "See what it holds",
    };
    let id = WidgetId::unique("see what it holds");
    if ui.add(Button::primary(words).cannot_yet(missing).id(id)).clicked() && !missing {
        view.out.push(Action::Answers(AnswersAction::Look));
    }
    let file = Button::secondary("Open a text file…").icon(Icon::FolderOpen);
    if ui.add(file.cannot_yet(open.shelf.asking || open.shelf.reading)).clicked() {
        view.out.push(Action::Packs(PacksAction::Choose));
    }
    if ui.add(Button::ghost("Not now")).clicked() {
        view.out.push(Action::Do(Command::Back));
    }
}

fn preview(ui: &mut Ui, view: &mut View<'_>, person: &Person, coming: &ComingAnswers) {
    let called = person.called();
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    let kept = count(coming.kept(), "answer");
    text::heading(ui, Level::Title, &format!("Bring in {kept} from {called}?"));
    if coming.found == 0 {
        page::prose(ui, |ui| {
            let words = "Check below which questions it answers, or change the text. As it is, all \
                         of it goes to your private margin.";
            Banner::attention("No question was found in the text.").words(words).show(ui);
        });
    }
    page::at_most(ui, WIDTH, |ui| {
        into(ui, view, coming);
        ui.add_space(Space::Xs.pts());
        readers(ui, view, called);
        ui.add_space(Space::S.pts());
        let shown = view.inputs.answers.layer();
        card_of_rows(ui, |ui| {
            for (at, row) in coming.rows.iter().enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                ui.push_id(at, |ui| answer(ui, row, shown));
            }
        });
        if !coming.also.is_empty() {
            ui.add_space(Space::S.pts());
            text::heading(ui, Level::Group, "Also written");
            let words = "Under no question. It goes to your private margin, word for word.";
            text::small(ui, words);
            words_of(ui, Layer::Private, &coming.also);
        }
    });
}

/// Into what they go.
fn into(ui: &mut Ui, view: &mut View<'_>, coming: &ComingAnswers) {
    let options: Vec<_> =
        coming.choices.iter().map(|(into, words)| (into.clone(), words.as_str())).collect();
    let mut chosen = coming.into.clone();
    let width = ui.available_width().min(520.0);
    if select(ui, "They go into", &mut chosen, &options, width).changed() || chosen != coming.into {
        view.out.push(Action::Answers(AnswersAction::Into(chosen)));
    }
}

/// Who reads them from then on.
fn readers(ui: &mut Ui, view: &mut View<'_>, called: &str) {
    text::show(ui, "Who reads them", Type::Button, theme::of(ui).text);
    let both = format!("Shared: {called} and me");
    let options = [
        (Layer::Shared, Layer::Shared, both.as_str()),
        (Layer::Private, Layer::Private, "Private to me"),
    ];
    let mut chosen = view.inputs.answers.layer();
    layer::choose(ui, "Who reads them", &mut chosen, &options);
    view.inputs.answers.layer = Some(chosen);
    text::small(ui, "Never for the ARCP: what goes there is chosen line by line, later.");
}

/// A question, and what becomes of its answer.
fn answer(ui: &mut Ui, row: &AnswerRow, shown: Layer) {
    let p = theme::of(ui);
    ui.add_space(Space::Xs.pts());
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    let title = format!("{} {}", row.question.number, row.question.text);
    text::lines(ui, &title, Type::Strong, p.text, 4);
    match row.fate {
        Fate::None => {
            text::secondary(ui, "No answer");
        }
        Fate::Kept => words_of(ui, shown, &row.words),
        Fate::Taken | Fate::OtherKind => {
            let words = match row.fate {
                Fate::Taken => {
                    "An answer stands here already. This one goes to your private margin"
                }
                _ => "Not an answer that this question can hold. It goes to your private margin",
            };
            ui.add(Tag::attention(words));
            words_of(ui, Layer::Private, &row.words);
        }
    }
    ui.add_space(Space::Xs.pts());
}

fn words_of(ui: &mut Ui, of: Layer, words: &str) {
    layer::edged(ui, of, |ui| {
        text::lines(ui, words, Type::Body, theme::of(ui).text, LINES);
    });
}

fn see_buttons(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (coming, empty): (&ComingAnswers, bool),
) {
    let cannot = empty || open.read_only.is_some();
    let words = match (cannot, coming.kept()) {
        (true, _) => "Nothing to bring in".to_owned(),
        (false, 0) => "Keep it in the private margin".to_owned(),
        (false, kept) => format!("Bring in {}", count(kept, "answer")),
    };
    let id = WidgetId::unique("bring answers in");
    let bring = ui.add(Button::primary(&words).cannot_yet(cannot).id(id));
    if page::just_opened(ui.ctx(), WidgetId::unique("bring answers in opened")) {
        bring.request_focus();
    }
    if bring.clicked() && !cannot {
        view.out.push(Action::Answers(AnswersAction::BringIn));
    }
    let change = Button::secondary("Change the text").icon(Icon::PencilSimple);
    if ui.add(change).clicked() {
        view.out.push(Action::Answers(AnswersAction::Change));
    }
    if ui.add(Button::ghost("Not now")).clicked() {
        view.out.push(Action::Do(Command::Back));
    }
}
