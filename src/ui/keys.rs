//! Shortcuts, read before any field sees the key.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use crate::app::command::{Key as CommandKey, Shortcut};
use crate::app::{Action, Command, State};

/// Takes the shortcuts of this frame. Those with more modifiers come first, because egui counts
/// Ctrl Shift N as Ctrl N as well.
pub fn read(ui: &Ui, state: &State, out: &mut Vec<Action>) {
    let mut commands: Vec<(Command, Shortcut)> = Command::ALL
        .into_iter()
        .filter_map(|command| Some((command, command.shortcut()?)))
        .filter(|(command, _)| command.enabled(state))
        .collect();
    commands.sort_by_key(|(_, s)| !s.shift);
    for (command, shortcut) in commands {
        let also =
            (command == Command::Redo).then_some(KeyboardShortcut::new(Modifiers::COMMAND, Key::Y));
        let keys: Vec<KeyboardShortcut> = keys(shortcut).into_iter().chain(also).collect();
        if keys.iter().any(|keys| ui.input_mut(|input| input.consume_shortcut(keys))) {
            out.push(Action::Do(command));
        }
    }
}

/// The keys for a shortcut; some can be typed in two ways.
fn keys(shortcut: Shortcut) -> Vec<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    if shortcut.ctrl {
        modifiers |= Modifiers::COMMAND;
    }
    if shortcut.shift {
        modifiers |= Modifiers::SHIFT;
    }
    if shortcut.alt {
        modifiers |= Modifiers::ALT;
    }
    let logical: Vec<Key> = match shortcut.key {
        CommandKey::Letter(letter) => Key::from_name(&letter.to_string()).into_iter().collect(),
        CommandKey::Digit(digit) => Key::from_name(&digit.to_string()).into_iter().collect(),
        CommandKey::Enter => vec![Key::Enter],
        CommandKey::Function(number) => Key::from_name(&format!("F{number}")).into_iter().collect(),
        CommandKey::Left => vec![Key::ArrowLeft],
        CommandKey::Up => vec![Key::ArrowUp],
        CommandKey::Down => vec![Key::ArrowDown],
        CommandKey::Slash => vec![Key::Slash],
        CommandKey::Plus => vec![Key::Plus, Key::Equals],
        CommandKey::Minus => vec![Key::Minus],
        CommandKey::Period => vec![Key::Period],
    };
    logical.into_iter().map(|key| KeyboardShortcut::new(modifiers, key)).collect()
}
