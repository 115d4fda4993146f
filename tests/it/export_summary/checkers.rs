//! Files of a summary, read by programs that no one here wrote.

use std::process::Command;

use cairn::export::{Format, render};

use super::records::amina;

#[test]
fn other_programs_find_nothing_wrong_and_every_line_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let summary = amina().summary();
    for (name, format) in [("summary.pdf", Format::Pdf), ("summary.docx", Format::Docx)] {
        std::fs::write(folder.path().join(name), render(&summary, format).unwrap()).unwrap();
    }
    let lines = summary.lines().map(|line| line.text.as_str());
    let actions = summary.actions.iter().map(|action| action.text.as_str());
    let words: Vec<&str> = lines.chain(actions).collect();
    std::fs::write(folder.path().join("words.txt"), words.join("\n")).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/checks/files.py");
    let Ok(done) = Command::new("python3").arg(script).arg(folder.path()).output() else {
        eprintln!("SKIPPED: python3 is not installed, so no other program read the files");
        return;
    };
    let said = String::from_utf8_lossy(&done.stdout);
    eprint!("{said}");
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
}
