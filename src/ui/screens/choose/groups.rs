//! What the list shows: reasons, situations, moments, or what a search finds; and what of it fits.

use std::cmp::Reverse;

use crate::app::advice;
use crate::app::inputs::Listing;
use crate::app::state::Open;
use crate::library::Module;
use crate::model::template::Situation;
use crate::model::{Id, Mark, Template};
use crate::ui::View;
use crate::ui::screens::marks;

/// Rows with the reason why they stand together.
pub struct Group<'a> {
    /// "Because you have not met Amina yet", "Exams".
    pub reason: String,
    /// The rows, best first.
    pub rows: Vec<Row<'a>>,
}

/// A template in the list.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// Which.
    pub template: &'a Template,
    /// The moment by which it stands here.
    pub moment: Option<&'a str>,
}

impl<'a> Row<'a> {
    const fn of(template: &'a Template) -> Row<'a> {
        Row { template, moment: None }
    }
}

/// The groups to be shown, without those that nothing is left of.
pub fn groups<'a>(view: &View<'a>, open: &Open, person: Option<Id>) -> Vec<Group<'a>> {
    let choose = &view.inputs.choose;
    let find = choose.find.trim().to_lowercase();
    let mut groups = match choose.listing {
        _ if !find.is_empty() => vec![found(view, open, &find)],
        Listing::Suggested => suggested(view, open, person),
        Listing::Moments => by_moment(view),
        Listing::Situation(situation) => vec![of_situation(view, open, situation)],
    };
    for group in &mut groups {
        group.rows.retain(|row| fits(view, row.template));
    }
    groups.retain(|group| !group.rows.is_empty());
    groups
}

/// The modules shown below the templates, where no person waits for a conversation.
pub fn modules<'a>(view: &View<'a>, open: &Open, person: Option<Id>) -> Vec<&'a Module> {
    let choose = &view.inputs.choose;
    let find = choose.find.trim().to_lowercase();
    let listed = !find.is_empty() || choose.listing == Listing::Suggested;
    if person.is_some() || choose.minutes.is_some() || !listed {
        return Vec::new();
    }
    let modules = view.state.library.modules().iter();
    let mut modules: Vec<&Module> = modules
        .filter(|module| choose.aim.as_ref().is_none_or(|aim| module.serves == *aim))
        .filter(|module| module.title.to_lowercase().contains(&find))
        .collect();
    modules.sort_by_key(|module| !marks::is_starred(open, &Mark::of_module(&module.id)));
    modules
}

/// Whether there is time for it, and it serves the aim that is asked for.
fn fits(view: &View<'_>, template: &Template) -> bool {
    let choose = &view.inputs.choose;
    choose.minutes.is_none_or(|minutes| template.minutes.0 <= minutes)
        && choose.aim.as_ref().is_none_or(|aim| template.aims.contains(aim))
}

fn found<'a>(view: &View<'a>, open: &Open, find: &str) -> Group<'a> {
    let all: &'a [Template] = view.state.library.templates();
    let has = |words: &str| words.to_lowercase().contains(find);
    let rows = all.iter().filter_map(|template| {
        let prompts = template.sections.iter().flat_map(|section| &section.prompts);
        let in_words = has(&template.title)
            || has(&template.purpose)
            || prompts.into_iter().any(|prompt| has(&prompt.text));
        let moment = template.moments.iter().map(String::as_str).find(|moment| has(moment));
        (in_words || moment.is_some()).then_some(Row { template, moment })
    });
    Group { reason: "Found".to_owned(), rows: best_first(open, rows.collect()) }
}

fn suggested<'a>(view: &View<'a>, open: &Open, person: Option<Id>) -> Vec<Group<'a>> {
    let library = &view.state.library;
    let suggested = advice::suggest(&open.journal, library, person, view.state.today());
    let mut groups: Vec<Group<'a>> = suggested
        .into_iter()
        .map(|group| Group {
            reason: group.reason,
            rows: group.templates.into_iter().map(Row::of).collect(),
        })
        .collect();
    // Each template stands in one group only: the first that names it.
    let seen: Vec<String> =
        groups.iter().flat_map(|g| g.rows.iter().map(|row| row.template.id.clone())).collect();
    groups.extend(Situation::ALL.into_iter().map(|situation| {
        let mut group = of_situation(view, open, situation);
        group.rows.retain(|row| !seen.contains(&row.template.id));
        group
    }));
    groups
}

fn of_situation<'a>(view: &View<'a>, open: &Open, situation: Situation) -> Group<'a> {
    let all: &'a [Template] = view.state.library.templates();
    let rows = all.iter().filter(|template| template.situation == situation).map(Row::of);
    Group { reason: situation.words().to_owned(), rows: best_first(open, rows.collect()) }
}

fn by_moment<'a>(view: &View<'a>) -> Vec<Group<'a>> {
    let library: &'a crate::library::Library = &view.state.library;
    let of = |situation: Situation| Group {
        reason: situation.words().to_owned(),
        rows: library
            .moments()
            .filter(|(_, template)| template.situation == situation)
            .map(|(moment, template)| Row { template, moment: Some(moment) })
            .collect(),
    };
    Situation::ALL.into_iter().map(of).collect()
}

/// Those with a star, then those used, the last used first, then the order of the library.
fn best_first<'a>(open: &Open, mut rows: Vec<Row<'a>>) -> Vec<Row<'a>> {
    rows.sort_by_cached_key(|row| {
        let starred = marks::is_starred(open, &Mark::of_template(&row.template.id));
        (!starred, Reverse(open.journal.last_used(&row.template.id)))
    });
    rows
}
