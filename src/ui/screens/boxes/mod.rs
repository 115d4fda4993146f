//! The boxes of a portfolio, each with its words, to be copied one by one.

mod block;

use egui::{Id, Ui};

use crate::app::action::SummaryAction;
use crate::app::inputs::{Inputs, Spot};
use crate::app::state::{Open, SummaryPage};
use crate::app::{Action, Command, Screen};
use crate::export::portfolio::{self, Block, Portfolio};
use crate::model::Id as RecordId;
use crate::model::text::month_and_year;
use crate::ui::View;
use crate::ui::theme::{Space, tokens};
use crate::ui::widgets::tall::{self, Tall};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Banner, Button, menu, page};

/// About how high a box is beside its words, in points.
const AROUND: f32 = 170.0;

/// Draws them.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: RecordId) {
    let shown = open.summary.as_ref().filter(|shown| shown.person == id);
    let page = shown.and_then(|shown| shown.page.as_ref());
    let person = open.journal.person(id);
    let (Some(it), Some(person)) = (page, person) else {
        text::secondary(ui, "This person is not in the record any more.");
        return;
    };
    page::page(ui, |ui| {
        page::at_most(ui, tokens().measure.journal_max_width, |ui| {
            ui.spacing_mut().item_spacing.y = Space::S.pts();
            text::heading(ui, Level::Title, "Boxes to paste");
            let words = format!(
                "From {}’s summary: only what is chosen there. Copy a box, paste it into the \
                 portfolio, come back.",
                person.called()
            );
            text::secondary(ui, &words);
            let suggested = portfolio::suggested(person).map(|it| it.id.as_str());
            choose(ui, view, it, suggested);
            if let Some(portfolio) = it.portfolio {
                about(ui, portfolio);
            }
            if !it.blocked().is_empty() {
                return held(ui, view, id);
            }
            if it.leaves.counts.lines == 0 {
                return empty(ui, view, id);
            }
            progress(ui, open, id, it);
            blocks(ui, view, open, id, it);
        });
    });
}

/// Whether this is where the screen was asked to go; the wish is then fulfilled.
fn arrives(inputs: &mut Inputs, spot: Spot) -> bool {
    let here = inputs.summary.go_to == Some(spot);
    if here {
        inputs.summary.go_to = None;
    }
    here
}

fn choose(ui: &mut Ui, view: &mut View<'_>, it: &SummaryPage, suggested: Option<&str>) {
    let options: Vec<(String, String)> = portfolio::all()
        .iter()
        .map(|one| {
            let is_suggested = suggested == Some(one.id.as_str());
            let more = if is_suggested { ", by the programme" } else { "" };
            (one.id.clone(), format!("{}{more}", one.title))
        })
        .collect();
    let options: Vec<(String, &str)> =
        options.iter().map(|(id, words)| (id.clone(), words.as_str())).collect();
    let mut chosen = it.portfolio.map(|one| one.id.clone()).unwrap_or_default();
    let response = menu::select(ui, "Portfolio", &mut chosen, &options, 480.0);
    if it.leaves.counts.lines == 0 && arrives(view.inputs, Spot::Start) {
        response.request_focus();
    }
    if response.changed() {
        view.out.push(Action::Summary(SummaryAction::Portfolio(chosen)));
    }
}

fn about(ui: &mut Ui, portfolio: &Portfolio) {
    let checked = month_and_year(&portfolio.checked);
    text::small(ui, &format!("{} Checked {checked}.", portfolio.about));
    Banner::information("Unsure.").words(&portfolio.unsure).show(ui);
}

fn held(ui: &mut Ui, view: &mut View<'_>, id: RecordId) {
    let words = "A line may point to someone. Settle it in the summary: nothing can be copied \
                 before.";
    let back = Button::primary("Go to the summary");
    let response = page::empty(ui, "Something to settle first", words, back);
    if arrives(view.inputs, Spot::Start) {
        response.request_focus();
    }
    if response.clicked() {
        view.out.push(Action::Go(Screen::Summary(Some(id))));
    }
}

fn empty(ui: &mut Ui, view: &mut View<'_>, id: RecordId) {
    let words = "In a session, choose Offer to ARCP. Lines left out of the summary are not here.";
    let back = Button::primary("Go to the summary");
    if page::empty(ui, "No lines to paste", words, back).clicked() {
        view.out.push(Action::Go(Screen::Summary(Some(id))));
    }
}

/// How many are pasted, and how the keyboard goes on.
fn progress(ui: &mut Ui, open: &Open, id: RecordId, it: &SummaryPage) {
    if open.read_only.is_some() {
        let words = "You can look at the boxes. They cannot be copied now, because no receipt \
                     could be kept.";
        text::small(ui, words);
        return;
    }
    let filled = || it.blocks.iter().filter(|block| !block.text.is_empty());
    let done = filled().filter(|block| is_pasted(open, id, block)).count();
    let keys = Command::NextPrompt.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
    let words = match (done, filled().count()) {
        (0, _) => "None is pasted yet.".to_owned(),
        (done, all) if done == all => "All of them are pasted.".to_owned(),
        (done, all) => format!("{done} of {all} pasted."),
    };
    let words = format!("{words} Enter copies a box, {keys} goes to the next.");
    text::small(ui, &words);
}

/// Whether these very words were pasted.
fn is_pasted(open: &Open, id: RecordId, block: &Block) -> bool {
    let person = open.journal.person(id);
    person.is_some_and(|person| person.summary_pasted.contains(&block.key))
}

fn blocks(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: RecordId, it: &SummaryPage) {
    let mut tall = Tall::begin(ui, "boxes", it.blocks.len());
    // The keyboard begins at the first box that is not pasted.
    if arrives(view.inputs, Spot::Start) {
        let first =
            it.blocks.iter().position(|one| !one.text.is_empty() && !is_pasted(open, id, one));
        view.inputs.summary.block = first.unwrap_or(0);
        view.inputs.summary.go_to = Some(Spot::Copy);
    }
    let count = it.blocks.len().max(1);
    view.inputs.summary.block %= count;
    for (at, block) in it.blocks.iter().enumerate() {
        let must = view.inputs.summary.block == at;
        let guess = tall::guess(ui, &block.text) + AROUND;
        tall.row(ui, Id::unique((&block.key, at)), (guess, must), |ui| {
            ui.push_id((&block.key, at), |ui| {
                block::show(ui, view, open, block, (at, is_pasted(open, id, block)));
            });
        });
    }
    tall.end(ui);
}
