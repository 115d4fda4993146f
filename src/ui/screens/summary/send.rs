//! To whom, into which file, and the button that writes it.

use egui::{Id, Ui};

use super::{Shown, arrives, headings, panel};
use crate::app::Action;
use crate::app::action::SummaryAction;
use crate::app::inputs::Spot;
use crate::export::{Format, LineId};
use crate::ui::View;
use crate::ui::screens::leaves;
use crate::ui::theme::Space;
use crate::ui::widgets::text;

/// Why the file cannot be written yet, and where to go to mend it.
enum Hold {
    /// The period cannot be read, or is not yet the one on the page.
    Period,
    /// There is no line.
    NoLines,
    /// Every line is left out; this is the first.
    AllLeftOut(LineId),
    /// So many lines rest on nothing; this is the first.
    Settle(usize, LineId),
    /// There is no name for the file.
    NoName,
}

impl Hold {
    fn of(view: &View<'_>, it: Shown<'_>) -> Option<Hold> {
        let form = &view.inputs.summary;
        let shown = (it.shown.from, it.shown.to);
        if headings::typed(form, view.state.today()) != Ok(shown) {
            return Some(Hold::Period);
        }
        if it.page.leaves.counts.lines == 0 {
            let whole = &it.page.whole;
            let lines = whole.lines().map(|line| line.id);
            let first = lines.chain(whole.actions.iter().map(|action| action.id)).next();
            return Some(first.map_or(Hold::NoLines, Hold::AllLeftOut));
        }
        let open = panel::open_lines(view, it);
        if let Some(first) = open.first() {
            return Some(Hold::Settle(open.len(), *first));
        }
        form.path.trim().is_empty().then_some(Hold::NoName)
    }

    fn words(&self) -> String {
        match self {
            Hold::Period => "Check the period to save".to_owned(),
            Hold::NoLines => "Offer a line to save".to_owned(),
            Hold::AllLeftOut(_) => "Put a line back to save".to_owned(),
            Hold::Settle(1, _) => "Settle 1 line to save".to_owned(),
            Hold::Settle(n, _) => format!("Settle {n} lines to save"),
            Hold::NoName => "Name the file to save".to_owned(),
        }
    }

    /// Where to mend it.
    const fn spot(&self) -> Spot {
        match self {
            Hold::Period => Spot::Period,
            Hold::NoLines => Spot::Empty,
            Hold::AllLeftOut(line) | Hold::Settle(_, line) => Spot::Line(*line),
            Hold::NoName => Spot::File,
        }
    }
}

/// To whom it goes, and the name of the file.
pub fn fields(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    if it.open.read_only.is_some() {
        return;
    }
    ui.add_space(Space::S.pts());
    let form = &mut view.inputs.summary;
    leaves::to_whom(ui, &mut form.recipient);
    let id = Id::unique("summary file");
    if leaves::file(ui, id, &mut form.path, it.shown.asking) {
        view.out.push(Action::Summary(SummaryAction::Choose));
    }
    if arrives(view.inputs, Spot::File) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

/// What came of the last attempt, the receipt, and the buttons.
pub fn foot(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    if it.open.read_only.is_some() {
        text::small(
            ui,
            "You can look at the page. It cannot be saved now, because its receipt could not be \
             kept.",
        );
        return;
    }
    if let Some(notice) = &it.shown.notice {
        leaves::refused(ui, notice);
    } else if let Some(written) = it.shown.written.as_ref().filter(|_| it.shown.written_is_shown)
        && it.shown.sending.is_none()
    {
        leaves::saved(ui, written);
    }
    leaves::receipt_line(ui);
    buttons(ui, view, it);
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    if it.shown.sending.is_some_and(|id| it.open.setting.contains_key(&id)) {
        return leaves::setting(ui, view);
    }
    let busy = it.shown.sending.is_some();
    let hold = Hold::of(view, it);
    let words = match &hold {
        _ if busy => "Saving…".to_owned(),
        Some(hold) => hold.words(),
        None => format!("Save {}", leaves::sentence_words(it.shown.format)),
    };
    let cannot = hold.is_some() || busy;
    let pressed = leaves::buttons(ui, &words, cannot, (it.shown.format, &Format::ALL));
    if pressed.save.clicked() && !busy {
        match &hold {
            None => view.out.push(Action::Summary(SummaryAction::Save)),
            Some(hold) => {
                view.inputs.summary.go_to = Some(hold.spot());
                view.inputs.summary.panel_open = matches!(hold, Hold::NoName);
            }
        }
    }
    if let Some(format) = pressed.format {
        view.out.push(Action::Summary(SummaryAction::Format(format)));
    }
}
