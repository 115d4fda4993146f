//! The fonts of this computer, for letters that the program's own lack.

use std::fs;
use std::path::{Path, PathBuf};

/// A larger file is passed over.
const MAX_BYTES: u64 = 48 * 1024 * 1024;
/// How deep folders are looked into.
const DEPTH: usize = 6;
/// Families that have many letters and read well, the best first. The rest comes after them.
const BEST: [&str; 14] = [
    "notosans-regular",
    "notosansarabic",
    "notosanshebrew",
    "notosansdevanagari",
    "notosanscjk",
    "dejavusans.",
    "segoeui.",
    "arial.",
    "arialuni",
    "msyh.",
    "nirmala",
    "pingfang",
    "hiragino",
    "droidsansfallback",
];

/// Hands out font files, one after another, until the answer is `false`. A file that can't be read
/// is passed over.
pub fn each_font(take: &mut dyn FnMut(Vec<u8>) -> bool) {
    let mut files = Vec::new();
    for folder in folders() {
        gather(&folder, DEPTH, &mut files);
    }
    files.sort_by_cached_key(|file| (rank(file), file.clone()));
    files.dedup();
    for file in files {
        let Ok(bytes) = super::read_file(&file, MAX_BYTES) else { continue };
        if !take(bytes) {
            return;
        }
    }
}

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = if cfg!(windows) {
        let windows =
            std::env::var_os("SystemRoot").map_or_else(|| "C:\\Windows".into(), PathBuf::from);
        vec![windows.join("Fonts")]
    } else if cfg!(target_os = "macos") {
        vec!["/System/Library/Fonts".into(), "/Library/Fonts".into()]
    } else {
        vec!["/usr/share/fonts".into(), "/usr/local/share/fonts".into()]
    };
    if let Some(user) = directories::UserDirs::new() {
        folders.extend(user.font_dir().map(Path::to_path_buf));
    }
    folders
}

fn gather(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, depth, files);
        } else if path.extension().is_some_and(is_font) {
            files.push(path);
        }
    }
}

fn is_font(ending: &std::ffi::OsStr) -> bool {
    let ending = ending.to_ascii_lowercase();
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| ending == *known)
}

/// Lower is better.
fn rank(file: &Path) -> usize {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.replace(['-', '_', ' '], "");
    let best = BEST.iter().position(|known| name.starts_with(&known.replace('-', "")));
    best.unwrap_or(BEST.len())
}
