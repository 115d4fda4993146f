//! Words that surely point to somebody: nothing leaves before they are changed, left out with
//! their line, or kept with a reason.

use egui::Ui;

use super::{Shown, arrives};
use crate::app::Action;
use crate::app::action::{SessionAction, SummaryAction};
use crate::app::inputs::{KeepingWords, Spot};
use crate::app::replacing::replaced;
use crate::app::summary_page::session_of;
use crate::export::LineId;
use crate::review::{Finding, Remark};
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::{Field, page};

/// Draws the first of them, and how many there are.
pub fn show(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let blocked = it.page.blocked();
    let Some((line, Remark::Identifier(found))) = blocked.first() else { return };
    let lead = match blocked.len() {
        1 => "1 place may point to someone.".to_owned(),
        n => format!("{n} places may point to someone."),
    };
    let words = format!("“{}”: {}", found.text, found.reason);
    ui.add_space(Space::Xs.pts());
    let line = *line;
    Banner::attention(&lead).words(&words).icon(Icon::ShieldWarning).show_with(ui, |ui| {
        buttons(ui, view, it, line, found);
    });
    keep(ui, view, line, found);
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>, line: LineId, found: &Finding) {
    if ui.add(Button::secondary("Show").small().name("Show it")).clicked() {
        view.inputs.summary.go_to = Some(Spot::Line(line));
        view.inputs.summary.panel_open = false;
    }
    let Some(session) = session_of(&it.open.journal, line) else { return };
    let fits = replaced(&it.open.journal, &it.page.whole, line, found).is_some();
    if let Some(offered) = found.replacement.as_ref().filter(|_| fits) {
        let words = format!("Use “{offered}”");
        if ui.add(Button::secondary(&words).small()).clicked() {
            let wish = SummaryAction::Replace(line, Box::new(found.clone()));
            view.out.push(Action::Summary(wish));
        }
    }
    if ui.add(Button::secondary("Change").small().name("Change it in its session")).clicked() {
        view.out.push(Action::Session(SessionAction::Open(session)));
    }
    if ui.add(Button::secondary("Keep…").small().name("Keep it…")).clicked() {
        view.inputs.summary.keeping = Some(KeepingWords {
            line,
            kind: found.kind.id().to_owned(),
            text: found.text.clone(),
            reason: String::new(),
            tried: false,
        });
        view.inputs.summary.go_to = Some(Spot::Reason);
    }
}

/// Asks why the words stay.
fn keep(ui: &mut Ui, view: &mut View<'_>, line: LineId, found: &Finding) {
    let is_this = |keeping: &KeepingWords| keeping.line == line && keeping.text == found.text;
    if !view.inputs.summary.keeping.as_ref().is_some_and(is_this) {
        return;
    }
    let arrives = arrives(view.inputs, Spot::Reason);
    let Some(keeping) = &mut view.inputs.summary.keeping else { return };
    ui.add_space(Space::Xs.pts());
    let field = Field::new("Why it stays").hint("It goes into the receipt, and only you read it");
    let field = field.show(ui, &mut keeping.reason);
    if arrives {
        field.request_focus();
        field.scroll_to_me(None);
    }
    if keeping.tried && keeping.reason.trim().is_empty() {
        error_line(ui, "Say why in a few words.");
    }
    let entered = page::entered(ui, &field);
    let mut stop = false;
    ui.horizontal(|ui| {
        let kept = ui.add(Button::secondary("Keep it with this reason").small());
        if kept.clicked() || entered {
            view.out.push(Action::Summary(SummaryAction::KeepWords));
        }
        stop = ui.add(Button::ghost("Cancel").small()).clicked();
    });
    if stop {
        view.inputs.summary.keeping = None;
    }
}
