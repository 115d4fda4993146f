//! The library as a whole: nothing of the folders is forgotten, every aim is served, and what
//! names something names what is there.

use std::collections::BTreeSet;
use std::path::Path;

use cairn::library::{AimSource, Library};
use cairn::model::PromptKind;

fn library() -> Library {
    Library::built_in().expect("the built-in library loads")
}

fn in_folder(folder: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(folder);
    let names = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).collect()
}

#[test]
fn every_file_of_the_folders_is_built_in() {
    let library = library();
    let templates = library.templates().iter().map(|t| format!("{}.json", t.id)).collect();
    let modules = library.modules().iter().map(|m| format!("{}.md", m.id)).collect();
    let lists = library.lists().iter().map(|l| format!("{}.json", l.id)).collect();
    for (folder, built_in) in [("templates", templates), ("modules", modules), ("lists", lists)] {
        let built_in: BTreeSet<String> = built_in;
        assert_eq!(built_in, in_folder(folder), "{folder}");
    }
}

#[test]
fn every_aim_and_programme_has_a_module_and_templates() {
    let library = library();
    let coverage = library.coverage();
    let codes: Vec<&str> = coverage.iter().map(|served| served.aim.code).collect();
    assert_eq!(codes, ["A1", "A2", "A3", "A4", "A5", "P1", "P2", "P3"]);
    for served in &coverage {
        assert_eq!(served.modules.len(), 1, "{}", served.aim.code);
        assert!(served.templates.len() >= 2, "{}", served.aim.code);
        let of_toolkit = served.aim.source == AimSource::Toolkit;
        assert_eq!(of_toolkit, served.aim.code.starts_with('A'));
    }
    for template in library.templates() {
        let module = library.modules_with(&template.id).next();
        assert!(module.is_some(), "{} belongs to no module", template.id);
    }
}

#[test]
fn a_template_is_found_by_the_moment_in_which_it_is_needed() {
    let library = library();
    let found = |words: &str| -> Vec<&str> {
        let moments = library.moments().filter(|(moment, _)| moment.to_lowercase().contains(words));
        moments.map(|(_, template)| template.id.as_str()).collect()
    };
    assert!(found("failed an exam").contains(&"after-a-failed-exam"), "{:?}", found("failed"));
    assert!(found("first week in this country").contains(&"first-meeting-new-to-uk"));
    assert!(found("corridor").contains(&"ten-minute-check-in"), "{:?}", found("corridor"));
    let moments: Vec<&str> = library.moments().map(|(moment, _)| moment).collect();
    let once: BTreeSet<&str> = moments.iter().copied().collect();
    assert_eq!(moments.len(), once.len(), "no moment leads to two templates");
}

#[test]
fn what_is_named_and_is_not_there_is_told_with_its_file_and_place() {
    let whole = library();
    assert_eq!(whole.faults(), []);
    let faults = |library: Library| -> Vec<String> {
        library.faults().iter().map(ToString::to_string).collect()
    };
    let (templates, modules, lists) =
        (whole.templates().to_vec(), whole.modules().to_vec(), whole.lists().to_vec());
    let without_aome = lists.iter().filter(|list| list.id != "aome").cloned().collect();
    assert_eq!(
        faults(Library::new(templates.clone(), modules.clone(), without_aome)),
        ["templates/fairness-log.json. Prompt “area”: there is no list “aome”. \
             Name one that is in the library."]
    );
    let without_first: Vec<_> =
        templates.iter().filter(|t| t.id != "decision-check").cloned().collect();
    let said = faults(Library::new(without_first, modules.clone(), lists.clone()));
    assert!(!said.is_empty());
    for fault in &said {
        assert!(fault.starts_with("modules/") && fault.contains("“decision-check”"), "{fault}");
    }
    let twice: Vec<_> = lists.iter().chain(lists.first()).cloned().collect();
    assert_eq!(
        faults(Library::new(templates, modules, twice)),
        ["lists/gpc.json. The list: another list has this id. Choose another."]
    );
    let prompts = whole.templates().iter().flat_map(|t| &t.sections).flat_map(|s| &s.prompts);
    assert!(
        prompts
            .clone()
            .any(|p| matches!(&p.kind, PromptKind::Capability { list } if list == "aome"))
    );
}
