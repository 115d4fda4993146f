//! The plan after an ARCP panel on one page: what it decided, what it asked for, what happens next.
//!
//! It holds only what is recorded: the outcome, open goals and actions that both may read, and the
//! shared answers of a talk after the panel. A part without any says so.

use jiff::civil::Date;

use super::handover::whose;
use super::letter::{ARCP_LINES, Between, Letter, Saying, agreed, layers, when};
use super::sheet::{self, Block, Cell, Part, date};
use super::summary::ActionLine;
use crate::model::countdown::until;
use crate::model::text::answer_lines;
use crate::model::{Action, Id, Layer, PastArcp, Session, clean};

/// The template of the talk after a panel.
const TALK: &str = "after-arcp";

/// What is said of an outcome in the list of outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeWords {
    /// Its official name.
    pub title: String,
    /// What it means.
    pub about: String,
}

/// The parts that hold answers, by the prompts whose answers they hold.
const OUTCOME: [&str; 1] = ["outcome"];
const ASKED: [&str; 1] = ["asks"];
const NEXT: [&str; 2] = ["steps", "our-part"];
const TIME: [&str; 1] = ["time"];
const REVIEW: [&str; 1] = ["review-date"];
const HELP: [&str; 1] = ["help"];

/// What goes into the page, with how many lines of it there are.
struct Plan<'a> {
    between: Between<'a>,
    /// The last panel that has sat.
    panel: Option<&'a PastArcp>,
    talks: Vec<&'a Session>,
    arcp: usize,
    shared: usize,
}

impl Letter {
    /// The plan after the last panel that has sat. `outcome` gives the words of an outcome by its
    /// code.
    pub fn after_arcp<'a>(
        between: Between<'a>,
        sessions: impl IntoIterator<Item = (Id, &'a Session)>,
        actions: impl IntoIterator<Item = (Id, &'a Action)>,
        outcome: impl Fn(&str) -> Option<OutcomeWords>,
    ) -> Letter {
        let sat = between.person.past_arcps.iter().filter(|one| one.date <= between.today);
        let panel = sat.max_by_key(|one| one.date);
        let since = panel.map(|panel| panel.date);
        let of_it = |session: &&Session| {
            let here = session.person == Some(between.id) && session.template.id == TALK;
            here && since.is_none_or(|day| session.date >= day)
        };
        let mut talks: Vec<&Session> =
            sessions.into_iter().map(|(_, session)| session).filter(of_it).collect();
        talks.sort_by_key(|session| (session.date, session.time));
        let mut plan = Plan { between, panel, talks, arcp: 0, shared: 0 };
        let parts = vec![
            plan.outcome(outcome),
            plan.part("What the panel asked for", Vec::new(), &ASKED),
            plan.next(actions),
            plan.goals(),
            plan.time_left(),
            plan.meeting(),
            plan.part("Who else helps", Vec::new(), &HELP),
        ];
        let words = if plan.shared == 1 { "this goes" } else { "these go" };
        let shared = (plan.shared, if plan.shared == 0 { "nothing goes" } else { words });
        let saying = Saying {
            what: match since {
                Some(day) => format!("Plan after the ARCP of {}", date(day)),
                None => "Plan after the ARCP".to_owned(),
            },
            file: "Plan after the ARCP",
            day: between.today,
            layers: layers((plan.arcp, ARCP_LINES), shared),
            left_out: "Left out: private notes and answers, what held the doctor back, how to \
                       challenge the outcome, what to know about the person",
            holds_words: true,
            may_tell: 0,
            notes: Vec::new(),
            outline: Vec::new(),
            names_no_doctor: false,
        };
        let made = date(between.today);
        let foot = format!("Made on {made}. The panel’s own letter is what counts.");
        let yours = clean::line(&between.settings.your_name);
        let facts = vec![
            ("Panel", since.map(date).unwrap_or_default()),
            ("Supervisor", yours),
            ("Made on", made.clone()),
        ];
        let parts = parts.into_iter().map(|part| (part, Layer::Shared)).collect();
        let mut letter = between.letter(saying, ("Plan after the ARCP", &foot), facts, parts);
        "Nothing recorded".clone_into(&mut letter.sheet.nothing);
        letter
    }
}

impl Plan<'_> {
    /// A part with these facts, then the answers to these prompts.
    fn part(&mut self, title: &str, facts: Vec<Cell>, prompts: &[&str]) -> Part {
        self.shared += facts.len();
        let mut blocks: Vec<Block> = facts.into_iter().map(Block::Text).collect();
        blocks.extend(self.answers(prompts).into_iter().map(Block::Quote));
        Part { title: title.to_owned(), sub: false, blocks }
    }

    /// What both may read of the answers to these prompts.
    fn answers(&mut self, prompts: &[&str]) -> Vec<Cell> {
        let mut cells = Vec::new();
        for session in &self.talks {
            let asked = session.items().filter(|asked| prompts.contains(&&*asked.prompt.id));
            for asked in asked.filter(|asked| asked.layer != Layer::Private) {
                let words = asked.answer.as_ref().map(answer_lines).unwrap_or_default();
                let words = sheet::paragraphs(&clean::lines(&words));
                if words.is_empty() {
                    continue;
                }
                match asked.layer {
                    Layer::Arcp => self.arcp += 1,
                    Layer::Shared | Layer::Private => self.shared += 1,
                }
                let question = clean::line(&asked.prompt.text);
                cells.push(Cell { words, notes: vec![question] });
            }
        }
        cells
    }

    fn outcome(&mut self, words: impl Fn(&str) -> Option<OutcomeWords>) -> Part {
        let code = self.panel.map(|panel| clean::line(&panel.outcome)).unwrap_or_default();
        let mut facts = Vec::new();
        if !code.is_empty() {
            let found = words(&code);
            let title = found.as_ref().map(|found| format!(": {}", found.title));
            let about = found.map(|found| found.about).filter(|about| !about.is_empty());
            let words = vec![format!("Outcome {code}{}", title.unwrap_or_default())];
            facts.push(Cell { words, notes: about.into_iter().collect() });
        }
        self.part("The outcome", facts, &OUTCOME)
    }

    /// Open actions that were agreed since the panel or are due after it, then the steps that were
    /// written.
    fn next<'b>(&mut self, actions: impl IntoIterator<Item = (Id, &'b Action)>) -> Part {
        let since = self.panel.map(|panel| panel.date);
        let of_it = |action: &Action| {
            let after = |day: Date| since.is_none_or(|since| day >= since);
            let is_theirs = action.person == Some(self.between.id) && action.is_open();
            is_theirs && (after(action.made) || action.due.is_some_and(after))
        };
        let mut lines: Vec<(Layer, ActionLine)> = actions
            .into_iter()
            .filter(|(_, action)| of_it(action))
            .filter_map(|(id, action)| Some((action.layer, agreed(&self.between, id, action)?)))
            .collect();
        lines.sort_by_key(|(_, line)| (line.due.is_none(), line.due, line.made, line.id));
        let arcp = lines.iter().filter(|(layer, _)| *layer == Layer::Arcp).count();
        self.arcp += arcp;
        self.shared += lines.len() - arcp;
        let item = |(_, line): &(Layer, ActionLine)| Cell {
            words: sheet::paragraphs(&line.text),
            notes: vec![whose(line)],
        };
        let items: Vec<Cell> = lines.iter().map(item).collect();
        let mut part = self.part("What happens next", Vec::new(), &NEXT);
        if !items.is_empty() {
            part.blocks.insert(0, Block::List { items });
        }
        part
    }

    fn goals(&mut self) -> Part {
        let since = self.panel.map(|panel| panel.date);
        let goals = self.between.person.goals.iter().filter(|goal| {
            goal.is_open()
                && goal.layer != Layer::Private
                && since.is_none_or(|since| goal.since >= since)
        });
        let mut items = Vec::new();
        for goal in goals {
            let words = sheet::paragraphs(&clean::lines(&goal.text));
            if words.is_empty() {
                continue;
            }
            match goal.layer {
                Layer::Arcp => self.arcp += 1,
                Layer::Shared | Layer::Private => self.shared += 1,
            }
            items.push(Cell { words, notes: vec![format!("Set {}", date(goal.since))] });
        }
        let blocks = if items.is_empty() { Vec::new() } else { vec![Block::List { items }] };
        Part { title: "Goals".to_owned(), sub: false, blocks }
    }

    fn time_left(&mut self) -> Part {
        let Between { person, today, .. } = self.between;
        let ahead = |label: &str, day: Option<Date>| {
            let day = day.filter(|day| *day >= today)?;
            Some(Cell::of(format!("{label} {}, {}", date(day), until(day, today))))
        };
        let facts = [
            ahead("The next panel sits on", person.arcp_date),
            ahead("The programme ends, on record, on", person.cct_date),
        ];
        self.part("Time left", facts.into_iter().flatten().collect(), &TIME)
    }

    fn meeting(&mut self) -> Part {
        let Between { person, today, .. } = self.between;
        let next = person.next_meeting.as_ref().filter(|one| one.date >= today);
        let next = next.map(|one| Cell::of(when(one.date, one.time)));
        self.part("Next meeting", next.into_iter().collect(), &REVIEW)
    }
}
