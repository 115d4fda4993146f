//! A gentle hint on how a question reads. It never stands in the way.

use egui::Ui;

use crate::library::prose::reading_age;
use crate::model::Prompt;
use crate::ui::theme::Icon;
use crate::ui::widgets::Banner;

/// From this age on, a question is hard to read for some of those who are asked: the built-in
/// templates stay below grade 8.
const HARD: f64 = 13.0;
/// No age below this one is said: the measure says nothing there.
const LOWEST: f64 = 6.0;
/// A question of more words is long.
const LONG: usize = 20;

/// Draws it.
pub fn hint(ui: &mut Ui, prompt: &Prompt) {
    let (lead, rest) = said(&prompt.text, &prompt.why);
    Banner::information(&lead).words(rest).icon(Icon::Lightbulb).show(ui);
}

fn said(question: &str, why: &str) -> (String, &'static str) {
    const BEST: &str = "A question of 5 to 15 words works best.";
    let words = question.split_whitespace().count();
    if words == 0 {
        return (String::new(), BEST);
    }
    if words > LONG {
        return (format!("This question has {words} words."), BEST);
    }
    let texts = [question, why].into_iter().filter(|text| !text.trim().is_empty());
    let age = reading_age(texts).max(LOWEST);
    if age > HARD {
        let lead = format!("Hard to read: reading age about {age:.0}.");
        (lead, "Shorter words and sentences help.")
    } else {
        (format!("Reads well: reading age about {age:.0}."), BEST)
    }
}
