//! What other programs read in a file.

use std::process::{Command, Stdio};

use cairn::export::{Format, Summary, render};

pub(super) fn text(summary: &Summary, format: Format) -> String {
    String::from_utf8(render(summary, format).unwrap()).unwrap()
}

/// Runs a program on the PDF, or says aloud that it is not installed.
pub(crate) fn with_tool(program: &str, args: &[&str], then: &[&str], pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("summary.pdf");
    std::fs::write(&file, pdf).unwrap();
    let Ok(output) =
        Command::new(program).args(args).arg(&file).args(then).stderr(Stdio::null()).output()
    else {
        eprintln!("{program} is not installed: what it would show is not checked");
        return None;
    };
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub(super) fn pdf_text(pdf: &[u8]) -> Option<String> {
    let words = with_tool("pdftotext", &["-raw"], &["-"], pdf)?;
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// All parts of a Word file, one after another.
pub(crate) fn unpacked(docx: &[u8]) -> String {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut out = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).unwrap().read_to_string(&mut out).unwrap();
        out.push('\n');
    }
    out
}
