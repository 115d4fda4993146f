//! Pages as they look, a person's own layouts, and the faces of the computer.

use std::path::Path;
use std::time::Duration;

use cairn::export::pdf::faces::Shelf;
use cairn::export::pdf::{Layout, Picture, Press};
use cairn::export::{ExportError, Sheet};
use cairn::model::{Person, Settings};
use egui_kittest::{Harness, SnapshotResults};
use jiff::civil::date;

use super::files::pdf_text;
use super::records::{Records, amina, id, line};
use crate::support::window::picture;
use cairn::model::session::ArcpHeading;

/// Compares the pages with their pictures.
fn compare(name: &str, pages: &[Picture], results: &mut SnapshotResults) {
    for (at, page) in pages.iter().enumerate() {
        let size = [page.width, page.height];
        let image = egui::ColorImage::from_rgba_unmultiplied(size, &page.rgba);
        let mut texture = None;
        let mut harness = Harness::builder()
            .with_size(egui::vec2(page.width as f32, page.height as f32))
            .with_pixels_per_point(1.0)
            .build_ui(move |ui| {
                let texture = texture.get_or_insert_with(|| {
                    ui.ctx().load_texture("page", image.clone(), egui::TextureOptions::NEAREST)
                });
                let uv = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
                let all = ui.ctx().content_rect();
                ui.painter().image(texture.id(), all, uv, egui::Color32::WHITE);
            });
        harness.run();
        picture(&mut harness, &format!("page_{name}_{}", at + 1));
        results.extend_harness(&mut harness);
    }
}

fn pages(sheet: &Sheet, shelf: &Shelf) -> Vec<Picture> {
    let press = Press { layout: Layout::default(), shelf };
    press.pages(sheet, date(2027, 5, 20), 1.34, usize::MAX).unwrap().pictures
}

/// Font files of this computer, or nothing, said aloud.
fn shelf_of(files: &'static [&'static str]) -> Option<Shelf> {
    if let Some(file) = files.iter().find(|file| !Path::new(file).is_file()) {
        eprintln!("SKIPPED: there is no {file} here; letters that only it has are not checked");
        return None;
    }
    Some(Shelf::new(Some(Box::new(move |take| {
        for file in files {
            if !take(std::fs::read(file).unwrap()) {
                return;
            }
        }
    }))))
}

#[test]
fn the_pages_of_a_summary_look_as_they_should() {
    let mut results = SnapshotResults::default();
    let bare = Shelf::new(None);
    let whole = pages(&Sheet::new(&amina().summary()), &bare);
    assert_eq!(whole.len(), 2);
    assert_eq!((whole[0].width, whole[0].height), (798, 1128), "A4");
    assert!(whole[0].rgba.chunks(4).all(|dot| dot[3] == 255));
    compare("summary", &whole, &mut results);

    let nobody = Records {
        id: id(1),
        person: Person::default(),
        settings: Settings::default(),
        sessions: Vec::new(),
        actions: Vec::new(),
    };
    compare("empty", &pages(&Sheet::new(&nobody.summary()), &bare), &mut results);

    let mut long = amina();
    let lines = long.sessions[0].1.arcp.clone();
    (0..4).for_each(|_| long.sessions[0].1.arcp.extend(lines.clone()));
    compare("long", &pages(&Sheet::new(&long.summary()), &bare), &mut results);
    compare(
        "everything",
        &pages(&super::documents::everything("Some words to set"), &bare),
        &mut results,
    );
}

#[test]
fn names_of_other_scripts_are_right_where_the_computer_has_the_letters() {
    const FACES: [&str; 2] = [
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    ];
    let mut records = amina();
    records.person.name = "د. ليلى الخوري".to_owned();
    records.settings.your_name = "陈小明".to_owned();
    records.sessions[0].1.arcp = vec![line(
        ArcpHeading::Strengths,
        "تقود الجولة بثقة. 她很可靠，问得早。 Asked by name.",
        &[],
    )];
    let sheet = Sheet::new(&records.summary());
    let bare = Shelf::new(None);
    let missing = Press { layout: Layout::default(), shelf: &bare }.missing(&sheet);
    assert!(missing.contains(&'陈') && missing.contains(&'ل'), "named before");
    let Some(shelf) = shelf_of(&FACES) else { return };
    let press = Press { layout: Layout::default(), shelf: &shelf };
    assert_eq!(press.missing(&sheet), Vec::<char>::new());
    let pdf = press.pdf(&sheet, date(2027, 5, 20)).unwrap();
    if let Some(words) = pdf_text(&pdf) {
        for name in ["陈小明", "她很可靠"] {
            assert!(words.contains(name), "{name} is not in {words}");
        }
        let arabic = words.chars().filter(|c| ('\u{600}'..'\u{700}').contains(c)).count();
        assert!(arabic > 20, "{words}");
    }
    compare("scripts", &pages(&sheet, &shelf)[..1], &mut SnapshotResults::default());
}

#[test]
fn a_layout_of_ones_own_replaces_the_one_that_comes_with_the_program() {
    let sheet = Sheet::new(&amina().summary());
    let shelf = Shelf::new(None);
    let set = |text: &str| {
        let layout = Layout::own("mine.typ", text.as_bytes())?;
        let layout = layout.patient_for(Duration::from_secs(60));
        Press { layout, shelf: &shelf }.pdf(&sheet, date(2027, 5, 20))
    };
    let own = "#import \"base.typ\": *\n#let it = json(\"words.json\")\n#set document(title: \"Mine\")\n\
               #show: base\n= Mine for #it.name\n#it.parts.first().title";
    let pdf = set(own).unwrap();
    if let Some(words) = pdf_text(&pdf) {
        assert!(words.contains("Mine for Dr Amina Larkspur"), "{words}");
    }
    let words = |text: &str| set(text).unwrap_err().to_string();
    let said = words("#let a = 1\n#let b = (\n#a.nothing");
    assert!(said.starts_with("The layout mine.typ, line"), "{said}");
    assert!(words("a\n\n#unknown-thing").starts_with("The layout mine.typ, line 3 could"));
    // Nothing but the page, what the layouts share and the measures can be read.
    for secret in ["/etc/hostname", "../Cargo.toml", "mine.typ", "other.json"] {
        let said = words(&format!("#read(\"{secret}\")"));
        assert!(said.starts_with("The layout mine.typ, line 1"), "{secret}: {said}");
    }
    assert!(words("#import \"@preview/cetz:0.3.0\": *").starts_with("The layout mine.typ, line 1"));
    assert!(words("#{ let i = 0; while i >= 0 { i += 1 } }").contains("infinite"));
    assert!(Layout::own("mine.typ", &[0xff, 0xfe]).is_err());
}

#[test]
fn a_layout_that_never_ends_is_given_up() {
    let sheet = Sheet::new(&amina().summary());
    let shelf = Shelf::new(None);
    // Some seconds of work, then an end: the test leaves nothing behind.
    let long = "#for i in range(400) { for j in range(9000) { let x = i * j } }";
    let layout = Layout::own("slow.typ", long.as_bytes()).unwrap();
    let press = Press { layout: layout.patient_for(Duration::from_millis(50)), shelf: &shelf };
    let error = press.pdf(&sheet, date(2027, 5, 20)).unwrap_err();
    assert!(matches!(error, ExportError::Layout { .. }));
    assert!(error.to_string().contains("did not come to an end"), "{error}");
}
