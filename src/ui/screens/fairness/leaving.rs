//! Figures before they leave: the very text of the file, who is named in it, and where it goes.

use egui::{Context, Id, ScrollArea, Ui};

use crate::app::Action;
use crate::app::fairness::{FairnessAction, FairnessLeaving, Leaves};
use crate::app::state::Open;
use crate::fairness::picture::{Bar, known};
use crate::model::text::count;
use crate::ui::View;
use crate::ui::screens::leaves;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::card::{framed, hairline};
use crate::ui::widgets::{Button, Level, modal, text};

const WIDTH: f32 = 720.0;
/// Height of what is shown of the file, in points.
const LINES: f32 = 170.0;

/// Draws it over the page while it is asked for.
pub fn form(ctx: &Context, view: &mut View<'_>, open: &Open) {
    let Some(leaving) = &open.fairness.leaving else { return };
    let ((), close) = modal::modal(ctx, leaves::TITLE, WIDTH, |ui, first| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Section, leaves::TITLE);
        text::secondary(ui, &format!("{}.", leaving.what.words()));
        contents(ui, leaving);
        facts(ui, leaving);
        hairline(ui);
        if open.read_only.is_some() {
            text::small(ui, "It cannot be saved now, because its receipt could not be kept.");
        } else {
            send(ui, view, leaving);
        }
        hairline(ui);
        buttons(ui, view, open, (leaving, first));
    });
    if close {
        view.out.push(Action::Fairness(FairnessAction::PutAway));
    }
}

/// Each line of a table as it leaves; of a picture what it shows, in words.
fn contents(ui: &mut Ui, leaving: &FairnessLeaving) {
    let p = theme::of(ui);
    let lines: Vec<String> = match leaving.what {
        Leaves::Picture(area) => {
            let charts = known(crate::app::fairness::published(), area);
            charts.iter().flat_map(|chart| &chart.bars).map(Bar::sentence).collect()
        }
        Leaves::GapPicture => {
            let from = leaving.text.find("<desc>").map_or(0, |at| at + "<desc>".len());
            let to = leaving.text.find("</desc>").unwrap_or(from);
            vec![leaving.text.get(from..to).unwrap_or_default().to_owned()]
        }
        _ => leaving.text.lines().map(str::to_owned).collect(),
    };
    text::strong(
        ui,
        match leaving.what {
            Leaves::Picture(_) | Leaves::GapPicture => "The picture shows, and says in words:",
            _ => "The file holds these lines and no others:",
        },
    );
    framed(ui, egui::Margin::same(12), |ui| {
        ScrollArea::vertical().max_height(LINES).id_salt("figures that leave").show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            for line in &lines {
                text::show(ui, line, Type::Hint, p.text);
            }
        });
    });
}

fn facts(ui: &mut Ui, leaving: &FairnessLeaving) {
    match leaving.named.as_slice() {
        [] => {
            let rest = "Check the lines yourself as well";
            leaves::fact(ui, Icon::ShieldCheck, false, "No name of your people in it.", rest);
        }
        named => {
            let lead = format!("{} in it:", count(named.len(), "name"));
            leaves::fact(ui, Icon::ShieldWarning, true, &lead, &named.join(", "));
        }
    }
    if matches!(leaving.what, Leaves::Gap | Leaves::File) {
        let rest = "Counts are rounded to 5, rates to whole per cent. Small groups stay out";
        leaves::fact(ui, Icon::Prohibit, false, "Nobody can be counted out.", rest);
    }
    let lead = match leaving.what.ending() {
        "svg" => "A picture (SVG), not encrypted.",
        _ => "A table (CSV), not encrypted.",
    };
    let rest = "Any browser, word processor or spreadsheet opens it";
    leaves::fact(ui, Icon::FileText, false, lead, rest);
}

fn send(ui: &mut Ui, view: &mut View<'_>, leaving: &FairnessLeaving) {
    let form = &mut view.inputs.fairness;
    leaves::to_whom(ui, &mut form.recipient);
    if leaves::file(ui, Id::unique("fairness file"), &mut form.path, leaving.asking) {
        view.out.push(Action::Fairness(FairnessAction::Choose));
    }
    if let Some(notice) = &leaving.notice {
        leaves::refused(ui, notice);
    } else if let Some(written) = &leaving.written {
        leaves::saved(ui, written);
    }
    leaves::receipt_line(ui);
}

fn buttons(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (leaving, first): (&FairnessLeaving, bool),
) {
    let unnamed = view.inputs.fairness.path.trim().is_empty();
    let words = match (leaving.busy, unnamed) {
        (true, _) => "Saving…",
        (_, true) => "Name the file to save",
        _ => "Save figures",
    };
    let cannot = leaving.busy || unnamed;
    ui.horizontal_wrapped(|ui| {
        if open.read_only.is_none() {
            let save = ui.add(Button::primary(words).cannot_yet(cannot));
            if first {
                save.request_focus();
            }
            if save.clicked() && !cannot {
                view.out.push(Action::Fairness(FairnessAction::Save));
            }
        }
        if ui.add(Button::ghost("Close")).clicked() {
            view.out.push(Action::Fairness(FairnessAction::PutAway));
        }
    });
}
