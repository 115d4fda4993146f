//! Commands: what can be done by name, by shortcut or by a button. Buttons' tooltips, the
//! list of shortcuts and the keys themselves all come from here.

use super::screen::{Place, Screen};
use super::state::{Phase, State};
use crate::model::Kind;
use crate::model::journal::Held;

/// Something that can be done without saying more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "`text` and `hint` say what each does")]
pub enum Command {
    Lock,
    Today,
    People,
    Journal,
    Summaries,
    Templates,
    Learning,
    Coverage,
    Packs,
    Lists,
    Fairness,
    Settings,
    Help,
    SearchOrDo,
    NewSession,
    NewReflection,
    AddPerson,
    NextPrompt,
    PreviousPrompt,
    PrivateMargin,
    MakeAction,
    OfferToArcp,
    RoomMode,
    QuietWriting,
    MoveUp,
    MoveDown,
    History,
    Back,
    Larger,
    Smaller,
    NormalSize,
    NextHint,
    UseHint,
    Find,
    TakeBack,
    Undo,
    Redo,
}

/// A key with its modifiers. `Ctrl` is the command key on a Mac.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// Ctrl is held.
    pub ctrl: bool,
    /// Shift is held.
    pub shift: bool,
    /// Alt is held.
    pub alt: bool,
    /// The key.
    pub key: Key,
}

/// The keys that shortcuts use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the key of its name")]
pub enum Key {
    Letter(char),
    Digit(u8),
    Enter,
    /// F1 to F12.
    Function(u8),
    Left,
    Up,
    Down,
    Slash,
    Plus,
    Minus,
    Period,
}

/// The headings of the list of shortcuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "`words` says what each holds")]
pub enum Group {
    Going,
    Starting,
    Writing,
    Window,
}

impl Group {
    /// All groups, in the order of the list.
    pub const ALL: [Group; 4] = [Group::Going, Group::Starting, Group::Writing, Group::Window];

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Group::Going => "Go somewhere",
            Group::Starting => "Start something",
            Group::Writing => "While you write",
            Group::Window => "Lock and size",
        }
    }
}

impl Command {
    /// All commands, in the order of the list of shortcuts.
    pub const ALL: [Command; 37] = [
        Command::Today,
        Command::People,
        Command::Journal,
        Command::Summaries,
        Command::Templates,
        Command::Learning,
        Command::Coverage,
        Command::Packs,
        Command::Lists,
        Command::Fairness,
        Command::Settings,
        Command::SearchOrDo,
        Command::NewSession,
        Command::NewReflection,
        Command::AddPerson,
        Command::NextPrompt,
        Command::PreviousPrompt,
        Command::PrivateMargin,
        Command::MakeAction,
        Command::OfferToArcp,
        Command::RoomMode,
        Command::QuietWriting,
        Command::NextHint,
        Command::UseHint,
        Command::Find,
        Command::MoveUp,
        Command::MoveDown,
        Command::History,
        Command::Back,
        Command::Undo,
        Command::Redo,
        Command::TakeBack,
        Command::Lock,
        Command::Larger,
        Command::Smaller,
        Command::NormalSize,
        Command::Help,
    ];

    /// The words on a button or in a list.
    pub const fn text(self) -> &'static str {
        match self {
            Command::Lock => "Lock",
            Command::Today => "Today",
            Command::People => "People",
            Command::Journal => "Journal",
            Command::Summaries => "ARCP summaries",
            Command::Templates => "Templates",
            Command::Learning => "Learning",
            Command::Coverage => "What serves which aim",
            Command::Packs => "Packs",
            Command::Lists => "Lists",
            Command::Fairness => "Fairness",
            Command::Settings => "Settings",
            Command::Help => "Help and shortcuts",
            Command::NewSession => "New session",
            Command::NewReflection => "New reflection",
            Command::AddPerson => "Add a person",
            Command::NextPrompt => "Next prompt",
            Command::PreviousPrompt => "Previous prompt",
            Command::PrivateMargin => "To the private margin and back",
            Command::MakeAction => "Make an action",
            Command::OfferToArcp => "Offer to ARCP",
            Command::RoomMode => "Room mode",
            Command::QuietWriting => "Quiet writing",
            Command::NextHint => "Next place to check",
            Command::UseHint => "Take its suggestion",
            Command::SearchOrDo => "Search or do",
            Command::Find => "Find on this page",
            Command::MoveUp => "Move up",
            Command::MoveDown => "Move down",
            Command::History => "History",
            Command::Back => "Back",
            Command::Larger => "Make everything larger",
            Command::Smaller => "Make everything smaller",
            Command::NormalSize => "Normal size",
            Command::TakeBack => "Undo what the last message says",
            Command::Undo => "Undo",
            Command::Redo => "Redo",
        }
    }

    /// One sentence for a tooltip.
    pub const fn hint(self) -> &'static str {
        match self {
            Command::Lock => "Hide everything until the password is typed",
            Command::Today => "What to do today",
            Command::People => "The doctors you supervise",
            Command::Journal => "Your reflections",
            Command::Summaries => "Prepare what goes to a panel",
            Command::Templates => "Conversations and reflections to start from",
            Command::Learning => "Short guides, each with an exercise for a workshop",
            Command::Coverage => "The templates and modules of each aim and programme",
            Command::Packs => "What colleagues passed to you, and what you pass on",
            Command::Lists => "Capabilities, outcomes, exams and other lists, with their dates",
            Command::Fairness => "Published gaps, a calculator, and your own practice",
            Command::Settings => "Your name, how it looks, when it locks",
            Command::Help => "Shortcuts, and where your record lies",
            Command::NewSession => "Start a conversation from a template",
            Command::NewReflection => "Write what you learned",
            Command::AddPerson => "Add a doctor you supervise",
            Command::NextPrompt => "Move on to the next question",
            Command::PreviousPrompt => "Go back one question",
            Command::PrivateMargin => "Write where only you can read",
            Command::MakeAction => "Agree who does what, by when",
            Command::OfferToArcp => "Copy this line to the part that may go to a panel",
            Command::RoomMode => "Show only the shared page, for a screen you both look at",
            Command::QuietWriting => "Only the page of your reflection, in the whole window",
            Command::NextHint => "Words that may point to someone, wording, spelling",
            Command::UseHint => "Put it in the place of the words",
            Command::SearchOrDo => "Find what you wrote, go somewhere, start something",
            Command::Find => "In a session, a reflection or a module",
            Command::MoveUp => "A prompt of your template, or a line of a summary",
            Command::MoveDown => "A prompt of your template, or a line of a summary",
            Command::History => "See every version of this, and bring one back",
            Command::Back => "Go back to the last place",
            Command::Larger => "Also in Settings",
            Command::Smaller => "Also in Settings",
            Command::NormalSize => "Also in Settings",
            Command::TakeBack => "Also in the message itself",
            Command::Undo => "Take back the last step; a lock forgets the steps",
            Command::Redo => "Put back what Undo took",
        }
    }

    /// The keys for it.
    pub const fn shortcut(self) -> Option<Shortcut> {
        let (ctrl, shift, alt, key) = match self {
            Command::Lock => (true, false, false, Key::Letter('L')),
            Command::Today => (true, false, false, Key::Digit(1)),
            Command::People => (true, false, false, Key::Digit(2)),
            Command::Journal => (true, false, false, Key::Digit(3)),
            Command::Summaries => (true, false, false, Key::Digit(4)),
            Command::Templates => (true, false, false, Key::Digit(5)),
            Command::Fairness => (true, false, false, Key::Digit(6)),
            Command::Learning | Command::Coverage | Command::Packs | Command::Lists => {
                return None;
            }
            Command::Settings => return None,
            Command::AddPerson => return None,
            Command::TakeBack => return None,
            Command::Undo => (true, false, false, Key::Letter('Z')),
            Command::Redo => (true, true, false, Key::Letter('Z')),
            Command::Help => (true, false, false, Key::Slash),
            Command::NewSession => (true, false, false, Key::Letter('N')),
            Command::NewReflection => (true, true, false, Key::Letter('N')),
            Command::NextPrompt => (true, false, false, Key::Enter),
            Command::PreviousPrompt => (true, true, false, Key::Enter),
            Command::PrivateMargin => (true, true, false, Key::Letter('P')),
            Command::MakeAction => (true, true, false, Key::Letter('A')),
            Command::OfferToArcp => (true, true, false, Key::Letter('O')),
            Command::RoomMode => (false, false, false, Key::Function(11)),
            Command::QuietWriting => (false, false, false, Key::Function(9)),
            Command::NextHint => (false, false, false, Key::Function(8)),
            Command::UseHint => (true, false, false, Key::Period),
            Command::SearchOrDo => (true, false, false, Key::Letter('K')),
            Command::Find => (true, false, false, Key::Letter('F')),
            Command::MoveUp => (false, false, true, Key::Up),
            Command::MoveDown => (false, false, true, Key::Down),
            Command::History => (true, true, false, Key::Letter('H')),
            Command::Back => (false, false, true, Key::Left),
            Command::Larger => (true, false, false, Key::Plus),
            Command::Smaller => (true, false, false, Key::Minus),
            Command::NormalSize => (true, false, false, Key::Digit(0)),
        };
        Some(Shortcut { ctrl, shift, alt, key })
    }

    /// Under which heading the list of shortcuts has it.
    pub const fn group(self) -> Group {
        match self {
            Command::Today
            | Command::People
            | Command::Journal
            | Command::Summaries
            | Command::Templates
            | Command::Learning
            | Command::Coverage
            | Command::Packs
            | Command::Lists
            | Command::Fairness
            | Command::Settings
            | Command::Help
            | Command::SearchOrDo
            | Command::Back => Group::Going,
            Command::NewSession | Command::NewReflection | Command::AddPerson => Group::Starting,
            Command::NextPrompt
            | Command::PreviousPrompt
            | Command::PrivateMargin
            | Command::MakeAction
            | Command::OfferToArcp
            | Command::RoomMode
            | Command::QuietWriting
            | Command::NextHint
            | Command::UseHint
            | Command::Find
            | Command::MoveUp
            | Command::MoveDown
            | Command::History
            | Command::TakeBack
            | Command::Undo
            | Command::Redo => Group::Writing,
            Command::Lock | Command::Larger | Command::Smaller | Command::NormalSize => {
                Group::Window
            }
        }
    }

    /// Whether it can be done now.
    pub fn enabled(self, state: &State) -> bool {
        let Phase::Open(open) = &state.phase else {
            return matches!(self, Command::Larger | Command::Smaller | Command::NormalSize);
        };
        if open.room.is_some() {
            return self.is_for_the_room();
        }
        match self {
            Command::RoomMode => match &open.screen {
                Screen::Session(id) => {
                    let held = open.journal.held(*id);
                    let is_talk =
                        |held: &Held| held.kind == Kind::Session && held.session.finished.is_none();
                    open.read_only.is_none() && held.is_none_or(is_talk)
                }
                _ => false,
            },
            Command::QuietWriting => match &open.screen {
                Screen::Session(id) => {
                    let held = open.journal.held(*id);
                    open.read_only.is_none() && held.is_none_or(|it| it.kind == Kind::Reflection)
                }
                _ => false,
            },
            Command::NextPrompt | Command::PreviousPrompt => {
                let screen = &open.screen;
                matches!(screen, Screen::Session(_) | Screen::TemplateEdit(_) | Screen::Boxes(_))
            }
            Command::PrivateMargin
            | Command::MakeAction
            | Command::OfferToArcp
            | Command::NextHint
            | Command::UseHint => {
                matches!(open.screen, Screen::Session(_))
            }
            Command::Find => matches!(
                open.screen,
                Screen::Session(_) | Screen::Journal | Screen::Learning(Some(_))
            ),
            Command::MoveUp | Command::MoveDown => {
                matches!(open.screen, Screen::TemplateEdit(_) | Screen::Summary(Some(_)))
            }
            Command::History => match &open.screen {
                Screen::History(_) => false,
                Screen::TemplateEdit(id) => open.journal.own().templates.contains_key(id),
                other => other.record().is_some(),
            },
            Command::Back => !open.back.is_empty(),
            Command::NewSession | Command::NewReflection | Command::AddPerson => {
                open.read_only.is_none()
            }
            // Even with nothing left to undo: the text field must not begin to undo by itself.
            Command::Undo | Command::Redo => {
                open.read_only.is_none() && matches!(open.screen, Screen::Session(_))
            }
            Command::TakeBack => state.toast.as_ref().is_some_and(|toast| toast.undo.is_some()),
            _ => true,
        }
    }

    /// Whether it can be done while two people look at the screen: nothing that shows more of the
    /// record.
    const fn is_for_the_room(self) -> bool {
        matches!(
            self,
            Command::Lock
                | Command::RoomMode
                | Command::NextPrompt
                | Command::PreviousPrompt
                | Command::MakeAction
                | Command::Back
                | Command::Larger
                | Command::Smaller
                | Command::NormalSize
        )
    }

    /// Whether it is done again and again while its keys are held down.
    pub const fn repeats(self) -> bool {
        matches!(
            self,
            Command::Undo
                | Command::Redo
                | Command::NextPrompt
                | Command::PreviousPrompt
                | Command::NextHint
                | Command::MoveUp
                | Command::MoveDown
                | Command::Larger
                | Command::Smaller
        )
    }

    /// The command that opens a place of the rail.
    pub const fn of(place: Place) -> Command {
        match place {
            Place::Today => Command::Today,
            Place::People => Command::People,
            Place::Journal => Command::Journal,
            Place::Summaries => Command::Summaries,
            Place::Templates => Command::Templates,
            Place::Fairness => Command::Fairness,
            Place::Settings => Command::Settings,
            Place::Help => Command::Help,
        }
    }
}

impl std::fmt::Display for Shortcut {
    /// As it is written in a list: "Ctrl Shift A".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (held, word) in [(self.ctrl, "Ctrl "), (self.alt, "Alt "), (self.shift, "Shift ")] {
            if held {
                f.write_str(word)?;
            }
        }
        match self.key {
            Key::Letter(letter) => write!(f, "{letter}"),
            Key::Digit(digit) => write!(f, "{digit}"),
            Key::Enter => f.write_str("Enter"),
            Key::Function(number) => write!(f, "F{number}"),
            Key::Left => f.write_str("Left"),
            Key::Up => f.write_str("Up"),
            Key::Down => f.write_str("Down"),
            Key::Slash => f.write_str("/"),
            Key::Plus => f.write_str("+"),
            Key::Minus => f.write_str("-"),
            Key::Period => f.write_str("."),
        }
    }
}
