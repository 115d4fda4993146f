//! Shortcuts, read before any field sees the key.

use egui::{Event, Id, Key, KeyboardShortcut, Modifiers, Ui};

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
    let shortcuts: Vec<(Command, KeyboardShortcut)> = commands
        .into_iter()
        .flat_map(|(command, shortcut)| {
            let also = KeyboardShortcut::new(Modifiers::COMMAND, Key::Y);
            let also = (command == Command::Redo).then_some(also);
            keys(shortcut).into_iter().chain(also).map(move |keys| (command, keys))
        })
        .collect();
    leave_held(ui, &shortcuts);
    for (command, keys) in &shortcuts {
        if ui.input_mut(|input| input.consume_shortcut(keys)) {
            out.push(Action::Do(*command));
        }
    }
}

/// The keys that are still held down after their shortcut.
#[derive(Clone, Default, PartialEq)]
struct Held {
    keys: Vec<Key>,
    /// Whether the last key was one of them: what it types comes directly after it.
    last: bool,
}

/// Takes away what a key brings that is still held down after its shortcut: the shortcut again,
/// where doing it twice is not wanted, and the letter itself, when Ctrl was let go first.
fn leave_held(ui: &Ui, shortcuts: &[(Command, KeyboardShortcut)]) {
    let id = Id::unique("keys held after a shortcut");
    let before: Held = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let mut held = before.clone();
    let command = |key: Key, modifiers: Modifiers| {
        let meant = |keys: &KeyboardShortcut| {
            keys.logical_key == key && modifiers.matches_logically(keys.modifiers)
        };
        shortcuts.iter().find(|(_, keys)| meant(keys)).map(|(command, _)| *command)
    };
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Key { key, pressed: true, repeat, modifiers, .. } => {
                let command = command(*key, *modifiers);
                if !repeat {
                    held.keys.retain(|other| other != key);
                    held.keys.extend(command.map(|_| *key));
                }
                held.last = held.keys.contains(key);
                !held.last || !repeat || command.is_some_and(Command::repeats)
            }
            Event::Key { key, pressed: false, .. } => {
                held.keys.retain(|other| other != key);
                held.last = false;
                true
            }
            Event::Text(_) => !held.last,
            _ => true,
        });
        // A key that was let go while another window had the keyboard was not heard.
        held.keys.retain(|key| input.keys_down.contains(key));
    });
    held.last &= !held.keys.is_empty();
    if held != before {
        ui.data_mut(|data| data.insert_temp(id, held));
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
