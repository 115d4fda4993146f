//! The rules of the crate doc, checked against the files: who may use whom, who may name what,
//! how long a file may be, and that no test file is forgotten.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Which layers each layer may use. `cli` and `main` stand at the right end and may use all.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("platform", &[]),
    ("vault", &["model"]),
    ("library", &["model"]),
    ("import", &["model"]),
    ("review", &["model"]),
    ("search", &["model"]),
    ("export", &["model"]),
    ("fairness", &[]),
    ("exchange", &["model", "vault"]),
    (
        "app",
        &[
            "model", "platform", "vault", "library", "import", "review", "search", "export",
            "exchange", "fairness",
        ],
    ),
    ("ui", &["model", "library", "review", "search", "export", "fairness", "app"]),
];

/// What only some files may name.
const NAMES: &[(&str, &[&str])] = &[
    ("egui", &["src/ui/", "src/main.rs"]),
    ("eframe", &["src/ui/", "src/main.rs"]),
    ("age", &["src/vault/seal.rs"]),
    ("spellbook", &["src/review/spelling.rs"]),
    ("typst", &["src/export/pdf"]),
    ("typst_pdf", &["src/export/pdf"]),
    ("typst_render", &["src/export/pdf"]),
    ("docx_rs", &["src/export/docx.rs"]),
    ("rfd", &["src/platform.rs"]),
    ("directories", &["src/platform"]),
    ("arboard", &["src/platform/clipboard.rs"]),
];

/// Where files may be touched.
const FILES: &[&str] = &["src/vault/store/disk", "src/platform.rs", "src/platform/fonts.rs"];

/// No file is longer: a reader should take one in at one sitting.
const LINES: usize = 500;

struct Source {
    /// Relative to the package, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The lines of code, without comments.
    fn code(&self) -> String {
        self.text
            .lines()
            .map(|line| line.split("//").next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

fn sources(under: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.join(under)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.push(Source { path, text });
            }
        }
    }
    assert!(!found.is_empty(), "no sources under {under}");
    found
}

/// The layer of a file under `src`, or nothing for `main.rs` and `lib.rs`.
fn layer(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("src/")?;
    let name = rest.split('/').next()?.trim_end_matches(".rs");
    (!matches!(name, "main" | "lib")).then_some(name)
}

/// The first names after `crate::`, in single uses and in lists.
fn used_layers(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut fresh = true;
            for (at, c) in list.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => fresh = true,
                    c if fresh && depth == 0 && c.is_alphabetic() => {
                        used.insert(first_name(&list[at..]));
                        fresh = false;
                    }
                    _ => {}
                }
            }
        } else {
            used.insert(first_name(rest));
        }
    }
    used
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether code names a crate: as a path, or in a `use`.
fn names(code: &str, wanted: &str) -> bool {
    code.match_indices(wanted).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + wanted.len()..];
        let whole = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"');
        let own_path = code[..at].ends_with("::");
        whole && !own_path && (after.starts_with("::") || after.starts_with(';'))
    })
}

#[test]
fn a_layer_uses_only_the_layers_to_its_left() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let Some(layer) = layer(&source.path) else { continue };
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            assert_eq!(layer, "cli", "{} is in no layer", source.path);
            continue;
        };
        for used in used_layers(&source.code()) {
            let is_layer = used == "cli" || LAYERS.iter().any(|(name, _)| *name == used);
            if is_layer && used != layer && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_their_own_files_name_the_window_the_cipher_and_the_page_setter() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let code = source.code();
        for (name, places) in NAMES {
            if names(&code, name) && !places.iter().any(|place| source.path.starts_with(place)) {
                wrong.push(format!("{} names {name}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_disk_store_and_the_platform_touch_files() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let code = source.code();
        let touches =
            ["std::fs", "fs::File", "fs::read", "fs::write", "File::open", "File::create"];
        if touches.iter().any(|name| code.contains(name))
            && !FILES.iter().any(|place| source.path.starts_with(place))
        {
            wrong.push(source.path);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_is_longer_than_one_sitting() {
    let long: Vec<String> = sources("src")
        .into_iter()
        .chain(sources("tests"))
        .filter(|source| source.text.lines().count() > LINES)
        .map(|source| format!("{}: {} lines", source.path, source.text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn no_test_file_is_forgotten() {
    let main = include_str!("main.rs");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    for entry in std::fs::read_dir(root).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.trim_end_matches(".rs");
        let declared = main.lines().any(|line| line == format!("mod {module};"));
        assert!(module == "main" || declared, "tests/it/{name} is not in main.rs");
    }
}

#[test]
fn the_checks_see_what_they_look_for() {
    let used = used_layers("use crate::{app::{A, B}, model};\nfn f() { crate::vault::x(); }");
    assert_eq!(used, ["app", "model", "vault"].map(String::from).into());
    assert!(names("use egui::Ui;", "egui"));
    assert!(names("fn f() -> age::Identity {}", "age"));
    assert!(!names("message::banner(ui)", "age"));
    assert!(!names("crate::export::typst_like::x", "typst"));
}
