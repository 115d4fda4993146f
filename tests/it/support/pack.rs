//! Packs to try things on.

use cairn::library::Library;
use cairn::library::packs::{Head, make_pack};
use cairn::model::{ListItem, Pack, PromptKind};

/// What a pack of a hospital says of itself.
pub fn head(version: u32) -> Head {
    Head {
        id: "ward-nine".to_owned(),
        version,
        title: "Ward nine".to_owned(),
        about: "For new supervisors.".to_owned(),
        by: "education@ward-nine.example".to_owned(),
        licence: "CC BY 4.0".to_owned(),
    }
}

/// A template that asks from the pack's own list, a module, and a list with a built-in name.
pub fn a_pack() -> Pack {
    let library = Library::built_in().unwrap();
    let ids = ["stuck-and-tangled", "exam-support", "gpc"].map(str::to_owned);
    let mut pack = make_pack(&library, &library, head(1), &ids).unwrap();
    pack.lists[0].title = "Ward nine’s capabilities".to_owned();
    pack.lists[0].items.push(ListItem {
        code: "W9".to_owned(),
        title: "Knows where the kettle is".to_owned(),
        ..ListItem::default()
    });
    let last = pack.templates[0].sections[0].prompts.last_mut().unwrap();
    last.kind = PromptKind::Capability { list: "gpc".to_owned() };
    pack
}

/// The same, and each sort of thing by itself.
pub fn packs(library: &Library) -> Vec<Pack> {
    let of = |id: &str| make_pack(library, library, head(1), &[id.to_owned()]).unwrap();
    vec![a_pack(), of("ten-minute-check-in"), of("career-coaching"), of("oop")]
}

/// Everything that was in the first library is in the second, as it was, under its own name; what
/// came has the name of a pack before its own.
#[track_caller]
pub fn assert_only_added(before: &Library, after: &Library) {
    assert_eq!(&after.templates()[..before.templates().len()], before.templates());
    assert_eq!(&after.modules()[..before.modules().len()], before.modules());
    assert_eq!(&after.lists()[..before.lists().len()], before.lists());
    let templates = after.templates()[before.templates().len()..].iter().map(|it| &it.id);
    let modules = after.modules()[before.modules().len()..].iter().map(|it| &it.id);
    let lists = after.lists()[before.lists().len()..].iter().map(|it| &it.id);
    for id in templates.chain(modules).chain(lists) {
        assert_eq!(id.matches('/').count(), 1, "{id}");
    }
    for template in before.templates() {
        assert_eq!(after.get(&template.id), Some(template));
    }
}
