//! Commands: each has words, and no two share a shortcut.

use std::collections::BTreeMap;

use cairn::app::Command;
use cairn::app::command::{Key, Shortcut};

#[test]
fn no_two_commands_share_a_shortcut() {
    let mut seen: BTreeMap<String, Command> = BTreeMap::new();
    for command in Command::ALL {
        if let Some(shortcut) = command.shortcut()
            && let Some(other) = seen.insert(shortcut.to_string(), command)
        {
            panic!("{command:?} and {other:?} share {shortcut}");
        }
    }
    assert!(seen.len() > 10);
}

#[test]
fn every_command_is_listed_once_and_says_what_it_does() {
    for (at, command) in Command::ALL.iter().enumerate() {
        assert!(!Command::ALL[..at].contains(command), "{command:?} is listed twice");
        assert!(!command.text().is_empty() && !command.hint().is_empty());
    }
}

#[test]
fn no_shortcut_is_a_single_letter() {
    let plain = |s: Shortcut| !s.ctrl && !s.alt && !matches!(s.key, Key::Function(_));
    assert!(!Command::ALL.iter().filter_map(|c| c.shortcut()).any(plain));
}
