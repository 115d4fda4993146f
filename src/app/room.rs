//! Room mode: the page of a conversation for a screen that two people look at.
//!
//! [`Room`] is made from a conversation by an allow-list: what lies in Shared or For the ARCP.
//! There is no field for anything else and no way from a note or a private answer into it, and
//! the screen gets nothing but a [`Room`]. So no mistake of a screen can show what is private.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::model::{
    Action, ActionState, Answer, Id, Layer, Owner, PromptKind, PromptLayer, Session,
};

/// What may be drawn: the names of the stages, and one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    /// The stages of the talk, in order.
    pub stages: Vec<Stage>,
    /// The step that is shown.
    pub step: Step,
    /// The name of the other person for use in a sentence.
    pub called: String,
    /// What comes before it.
    pub before: Option<At>,
    /// What comes next, with the name of its stage where that is another one.
    pub next: Option<(At, Option<String>)>,
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its name.
    pub title: String,
    /// Whether it was, is, or is still to come.
    pub is: Is,
}

/// Where a stage stands to the step that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is what its name says")]
pub enum Is {
    Done,
    Now,
    ToCome,
}

/// A place in the talk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum At {
    /// The actions of last time.
    #[default]
    LastTime,
    /// A prompt: its part and its place there, counted from 0.
    Prompt(usize, usize),
    /// What is agreed now.
    Actions,
}

/// One step of the talk.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// What was agreed last time.
    LastTime(Vec<Agreed>),
    /// One question.
    Question(Box<Question>),
    /// What is agreed now.
    Actions(Vec<Agreed>),
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Where it stands.
    pub at: (usize, usize),
    /// Who reads the answer: never [`Layer::Private`].
    pub layer: Layer,
    /// The question.
    pub text: String,
    /// One line for whoever leads the talk; it may be read by both.
    pub hint: String,
    /// How it is answered.
    pub kind: PromptKind,
    /// What stands there.
    pub answer: Option<Answer>,
}

/// Something agreed that both may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// Which action.
    pub id: Id,
    /// What is done.
    pub text: String,
    /// Who does it.
    pub owner: Owner,
    /// By when.
    pub due: Option<Date>,
    /// The answer that was given today, where it is asked about.
    pub answered: Option<ActionState>,
}

impl Agreed {
    /// What both may read of an action; nothing of a private one.
    fn of(id: Id, action: &Action, today: Date) -> Option<Agreed> {
        match action.layer {
            Layer::Private => None,
            Layer::Shared | Layer::Arcp => Some(Agreed {
                id,
                text: action.text.clone(),
                owner: action.owner,
                due: action.due,
                answered: action.settled.filter(|day| *day >= today).map(|_| action.state),
            }),
        }
    }
}

/// What a room is made from. All of it may hold what is private; [`Room::of`] leaves that out.
pub struct Talk<'a> {
    /// The conversation.
    pub session: &'a Session,
    /// What was agreed before and is asked about now.
    pub last_time: &'a [(Id, Action)],
    /// What is agreed in it.
    pub own: &'a [(Id, Action)],
    /// The name of the other person for use in a sentence.
    pub called: &'a str,
}

impl Room {
    /// The page of a conversation at a place; at the nearest one where that place holds nothing
    /// that both may read.
    pub fn of(talk: &Talk<'_>, at: At) -> Room {
        let places = places(talk);
        let here = places.iter().position(|(place, _)| *place == at);
        let here = here.unwrap_or_else(|| nearest(&places, at));
        let (at, _) = places.get(here).copied().unwrap_or((At::Actions, 0));
        let names = stage_names(talk, &places);
        let stage = places.get(here).map_or(0, |(_, stage)| *stage);
        let stages = names.iter().enumerate().map(|(number, title)| Stage {
            title: title.clone(),
            is: match number.cmp(&stage) {
                std::cmp::Ordering::Less => Is::Done,
                std::cmp::Ordering::Equal => Is::Now,
                std::cmp::Ordering::Greater => Is::ToCome,
            },
        });
        let next = places
            .get(here + 1)
            .map(|(place, next)| (*place, names.get(*next).filter(|_| *next != stage).cloned()));
        let before = here.checked_sub(1).and_then(|before| places.get(before));
        Room {
            stages: stages.collect(),
            step: step(talk, at),
            called: talk.called.to_owned(),
            before: before.map(|(place, _)| *place),
            next,
        }
    }

    /// Where it is.
    pub const fn at(&self) -> At {
        match &self.step {
            Step::LastTime(_) => At::LastTime,
            Step::Question(question) => At::Prompt(question.at.0, question.at.1),
            Step::Actions(_) => At::Actions,
        }
    }

    /// Puts the answer that was written into its conversation; says whether that changed it.
    /// An answer that has become private meanwhile is not touched.
    pub fn keep(self, session: &mut Session) -> bool {
        let Step::Question(question) = self.step else { return false };
        let (part, at) = question.at;
        let asked = session.sections.get_mut(part).and_then(|part| part.items.get_mut(at));
        let Some(asked) = asked.filter(|asked| is_shown(asked.layer)) else { return false };
        let changed = asked.answer != question.answer;
        asked.answer = question.answer;
        changed
    }
}

/// Whether both people may read what lies in a layer.
const fn is_shown(layer: Layer) -> bool {
    match layer {
        Layer::Shared | Layer::Arcp => true,
        Layer::Private => false,
    }
}

/// Every place with the number of its stage. There is always one, for the actions.
fn places(talk: &Talk<'_>) -> Vec<(At, usize)> {
    let mut places = Vec::new();
    let mut stage = 0;
    if talk.last_time.iter().any(|(_, action)| is_shown(action.layer)) {
        places.push((At::LastTime, stage));
        stage += 1;
    }
    for (part, section) in talk.session.sections.iter().enumerate() {
        let before = places.len();
        for (at, asked) in section.items.iter().enumerate() {
            if is_shown(asked.layer) && asked.prompt.kind != PromptKind::Action {
                places.push((At::Prompt(part, at), stage));
            }
        }
        stage += usize::from(places.len() > before);
    }
    places.push((At::Actions, stage));
    places
}

/// The names of the stages: only of parts from which something is shown.
fn stage_names(talk: &Talk<'_>, places: &[(At, usize)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (place, stage) in places {
        if *stage < names.len() {
            continue;
        }
        names.push(match place {
            At::LastTime => "Last time".to_owned(),
            At::Prompt(part, _) => {
                talk.session.sections.get(*part).map(|part| part.title.clone()).unwrap_or_default()
            }
            At::Actions => "Actions".to_owned(),
        });
    }
    names
}

/// The first place that does not lie before this one.
fn nearest(places: &[(At, usize)], wanted: At) -> usize {
    let order = |at: At| match at {
        At::LastTime => (0, 0, 0),
        At::Prompt(part, item) => (1, part, item),
        At::Actions => (2, 0, 0),
    };
    let at = places.iter().position(|(place, _)| order(*place) >= order(wanted));
    at.unwrap_or(places.len().saturating_sub(1))
}

fn step(talk: &Talk<'_>, at: At) -> Step {
    let today = talk.session.date;
    let both = |actions: &[(Id, Action)]| -> Vec<Agreed> {
        actions.iter().filter_map(|(id, action)| Agreed::of(*id, action, today)).collect()
    };
    match at {
        At::LastTime => Step::LastTime(both(talk.last_time)),
        At::Actions => Step::Actions(both(talk.own)),
        At::Prompt(part, item) => {
            let part_of = talk.session.sections.get(part);
            let asked = part_of.and_then(|part| part.items.get(item));
            match asked.filter(|asked| is_shown(asked.layer)) {
                None => Step::Actions(both(talk.own)),
                Some(asked) => Step::Question(Box::new(Question {
                    at: (part, item),
                    layer: asked.layer,
                    text: asked.prompt.text.clone(),
                    hint: match asked.prompt.layer {
                        // Written for a question that both answer.
                        PromptLayer::Shared => asked.prompt.why.clone(),
                        PromptLayer::Private | PromptLayer::Supervisor | PromptLayer::Doctor => {
                            String::new()
                        }
                    },
                    kind: asked.prompt.kind.clone(),
                    answer: asked.answer.clone(),
                })),
            }
        }
    }
}

/// The time of a talk, as it is shown in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Countdown {
    /// When it is over.
    ends: Timestamp,
    /// Since when it stands still.
    paused: Option<Timestamp>,
    /// How long it is in all.
    whole: SignedDuration,
}

impl Countdown {
    /// For a talk planned for so many minutes of which some have passed. One whose time is over
    /// already begins anew.
    pub fn new(planned: u16, passed: u16, now: Timestamp) -> Countdown {
        let whole = SignedDuration::from_mins(i64::from(planned.max(1)));
        let left = whole - SignedDuration::from_mins(i64::from(passed));
        let left = if left > SignedDuration::ZERO { left } else { whole };
        Countdown { ends: now.saturating_add(left).unwrap_or(now), paused: None, whole }
    }

    /// What is left of it; nothing below nought.
    pub fn left(&self, now: Timestamp) -> SignedDuration {
        let left = self.ends.duration_since(self.paused.unwrap_or(now));
        left.clamp(SignedDuration::ZERO, self.whole)
    }

    /// The same as a part of the whole, from 0 to 1.
    pub fn part(&self, now: Timestamp) -> f32 {
        self.left(now).as_secs_f32() / self.whole.as_secs_f32()
    }

    /// "22 minutes left", "Time is up".
    pub fn words(&self, now: Timestamp) -> String {
        let left = self.left(now).as_secs();
        match (left, (left + 59) / 60) {
            (0, _) => "Time is up".to_owned(),
            (..60, _) => "Less than a minute left".to_owned(),
            (_, 1) => "1 minute left".to_owned(),
            (_, minutes) => format!("{minutes} minutes left"),
        }
    }

    /// The whole of it in minutes.
    pub const fn minutes(&self) -> i64 {
        self.whole.as_mins()
    }

    /// When it is over, while it runs.
    pub fn ends(&self) -> Option<Timestamp> {
        self.paused.is_none().then_some(self.ends)
    }

    /// Whether it stands still because somebody stopped it.
    pub const fn is_paused(&self) -> bool {
        self.paused.is_some()
    }

    /// Whether its words or its ring change with time alone.
    pub fn runs(&self, now: Timestamp) -> bool {
        self.paused.is_none() && self.left(now) > SignedDuration::ZERO
    }

    /// Stops it, or lets it go on.
    pub fn toggle(&mut self, now: Timestamp) {
        match self.paused.take() {
            None => self.paused = Some(now),
            Some(since) => {
                let stood = now.duration_since(since).max(SignedDuration::ZERO);
                self.ends = self.ends.saturating_add(stood).unwrap_or(self.ends);
            }
        }
    }
}

/// Room mode while it is on. A lock ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InRoom {
    /// The time, where the template says how long the talk is.
    pub time: Option<Countdown>,
}

/// What the room remembers of what is typed and asked.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct RoomForm {
    /// Where the talk is.
    pub at: At,
    /// Whether "Leave room mode?" is asked.
    pub leaving: bool,
    /// Whether the place that is shown has just been come to, so that it takes the keyboard.
    pub arrived: bool,
    /// The action that is being agreed.
    pub action: String,
    /// Who does it.
    pub theirs: bool,
    /// By when, as typed.
    pub due: String,
    /// The answer to a question for a day, as typed, and where that stands.
    pub day: Option<((usize, usize), String)>,
}

/// What somebody in the room wants.
#[derive(Debug, Clone, PartialEq)]
pub enum RoomAction {
    /// Go into the room, or out of it.
    On(bool),
    /// Stop the time, or let it go on.
    Pause,
    /// Say how far an action of last time is.
    Settle(Id, ActionState),
    /// Agree the action that is typed.
    Agree,
}
