//! What the benchmarks share: a desk on a folder of the disk, made-up conversations, the bare
//! protocol to compare with.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use cairn::app::Desk;
use cairn::app::fresh::Fresh;
use cairn::platform::Folders;
use cairn::vault::Cost;
use cairn::vault::store::disk::DiskStore;
use jiff::Zoned;
use tempfile::TempDir;

pub const PASSWORD: &str = "quiet heron copper lantern";

/// A folder on the disk that holds the build, not in memory.
pub fn folder() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

pub fn desk(home: &Path) -> Desk {
    let folders = Folders {
        vault: home.join("vault"),
        demo: home.join("demo"),
        state: home.join("state"),
        look: home.join("look.json"),
        documents: home.to_path_buf(),
    };
    // The key derivation costs the same whatever the record holds; it is measured by itself.
    Desk::new(&folders, Fresh::fixed(1), Arc::new(Zoned::now))
        .for_tests(Box::new(|dir| Box::new(DiskStore::new(dir))), Cost::for_tests(1))
}

/// Conversations like those people write: five answers of about forty words.
pub fn lines(count: usize) -> Vec<u8> {
    const WORDS: [&str; 24] = [
        "the",
        "rota",
        "clinic",
        "she",
        "felt",
        "that",
        "nights",
        "were",
        "long",
        "and",
        "asked",
        "for",
        "help",
        "with",
        "planning",
        "her",
        "portfolio",
        "before",
        "next",
        "meeting",
        "we",
        "agreed",
        "two",
        "steps",
    ];
    let mut state = 1_u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        WORDS[(state >> 33) as usize % WORDS.len()]
    };
    let mut text = String::new();
    for n in 0..count {
        let fields: Vec<String> = (0..5)
            .map(|f| {
                let answer: Vec<&str> = (0..40).map(|_| word()).collect();
                format!(
                    r#"{{"id":"f{f}","prompt":"Question {f}?","answer":"{}"}}"#,
                    answer.join(" ")
                )
            })
            .collect();
        let (month, day, person) = (n % 12 + 1, n % 28 + 1, n % 200);
        text.push_str(&format!(
            "{{\"id\":\"s{n}\",\"date\":\"2026-{month:02}-{day:02}\",\"trainee\":\"Doctor {person}\",\
             \"trainee_id\":\"t{person}\",\"template\":\"check-in\",\"fields\":[{}],\"actions\":[{{\
             \"id\":\"a{n}\",\"text\":\"Ask about clinics\",\"due\":\"2026-12-01\",\"done\":false}}]}}\n",
            fields.join(",")
        ));
    }
    text.into_bytes()
}

/// Write, sync, rename, sync the folder: what any program needs for one durable file.
pub fn bare_save(dir: &Path, number: usize, bytes: &[u8]) {
    let temporary = dir.join("temporary");
    let mut file = OpenOptions::new().write(true).create_new(true).open(&temporary).unwrap();
    file.write_all(bytes).unwrap();
    file.sync_all().unwrap();
    drop(file);
    fs::rename(&temporary, dir.join(number.to_string())).unwrap();
    File::open(dir).unwrap().sync_all().unwrap();
}
