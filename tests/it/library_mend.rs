//! Templates of one's own: what stands in the way of saving one, and what a copy takes along.

use cairn::library::Library;
use cairn::library::mend::{Slot, Spot, mends, tidy};
use cairn::library::read_template;
use cairn::model::own::Own;
use cairn::model::template::Section;
use cairn::model::{Id, PromptKind, Template};
use jiff::civil::date;

use crate::support::pack::a_pack;

fn built_in() -> Library {
    Library::built_in().unwrap()
}

fn small() -> Template {
    let mut template = built_in().get("ten-minute-check-in").unwrap().clone();
    template.version = 1;
    template
}

/// The rules of the file, on the template as it would be kept.
fn loads(template: &Template) -> bool {
    let file = serde_json::to_vec(&tidy(template)).unwrap();
    read_template("mine.json", &file).is_ok()
}

type Change = fn(&mut Template);

/// Every way to break a template, the place, and the words from afar.
const BROKEN: [(Change, Spot, Slot, &str); 20] = [
    (|it| it.title = " ".into(), Spot::Whole, Slot::Title, "The template has no title yet."),
    (|it| it.title = "a".repeat(121), Spot::Whole, Slot::Title, "has a title of 121 characters"),
    (|it| it.purpose.clear(), Spot::Whole, Slot::Purpose, "does not say yet what it is for"),
    (|it| it.lead.clear(), Spot::Whole, Slot::Lead, "does not say yet who leads"),
    (|it| it.minutes = (0, 5), Spot::Whole, Slot::Minutes, "needs minutes between 1 and 480"),
    (|it| it.minutes = (9, 5), Spot::Whole, Slot::Minutes, "at least 9 and at most 5 minutes"),
    (|it| it.when = "a".repeat(2001), Spot::Whole, Slot::When, "of 2001 characters"),
    (|it| it.moments = lines(21), Spot::Whole, Slot::Moments, "has 21 moments. The most is 20."),
    (|it| it.sections.clear(), Spot::Whole, Slot::Contents, "has no part yet"),
    (|it| it.aims.push("A9".into()), Spot::Whole, Slot::Contents, "“A9” is not known"),
    (hide_all, Spot::Whole, Slot::Contents, "hides every prompt"),
    (many_parts, Spot::Whole, Slot::Contents, "has 21 parts. The most is 20."),
    (|it| it.sections[0].title.clear(), Spot::Part(0), Slot::PartName, "Part 1 has no name yet."),
    (|it| it.sections[0].prompts.clear(), Spot::Part(0), Slot::Contents, "Part 1 has no prompt"),
    (|it| second(it).text.clear(), Spot::Prompt(0, 1), Slot::Question, "Prompt 2 has no question"),
    (|it| scale(it, ""), Spot::Prompt(0, 1), Slot::Low, "Prompt 2 does not say yet what 0 means."),
    (|it| options(it, &["One"]), Spot::Prompt(0, 1), Slot::Options, "needs at least 2 options"),
    (|it| options(it, &["a", "a"]), Spot::Prompt(0, 1), Slot::Options, "has the option “a” twice"),
    (|it| items(it), Spot::Prompt(0, 1), Slot::Options, "Prompt 2 has nothing to tick yet."),
    (|it| list(it, ""), Spot::Prompt(0, 1), Slot::List, "has no list to choose from yet"),
];

fn second(template: &mut Template) -> &mut cairn::model::Prompt {
    let first = template.sections[0].prompts[0].clone();
    let prompts = &mut template.sections[0].prompts;
    prompts.insert(1, cairn::model::Prompt { id: "second".to_owned(), ..first });
    &mut prompts[1]
}

fn lines(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("Line {n}")).collect()
}

fn scale(template: &mut Template, low: &str) {
    second(template).kind =
        PromptKind::Scale { from: 0, to: 10, low: low.to_owned(), high: "All".to_owned() };
}

fn options(template: &mut Template, options: &[&str]) {
    let options = options.iter().map(|it| (*it).to_owned()).collect();
    second(template).kind = PromptKind::Choice { options, many: false };
}

fn items(template: &mut Template) {
    second(template).kind = PromptKind::Checklist { items: vec![" ".to_owned()] };
}

fn list(template: &mut Template, list: &str) {
    second(template).kind = PromptKind::Capability { list: list.to_owned() };
}

fn hide_all(template: &mut Template) {
    let prompts = template.sections.iter_mut().flat_map(|part| &mut part.prompts);
    prompts.for_each(|prompt| prompt.hidden = true);
}

fn many_parts(template: &mut Template) {
    for at in template.sections.len()..21 {
        let mut prompt = template.sections[0].prompts[0].clone();
        prompt.id = format!("more-{at}");
        template.sections.push(Section { title: format!("Part {at}"), prompts: vec![prompt] });
    }
}

#[test]
fn what_no_file_may_hold_is_named_with_its_place_before_it_is_saved() {
    let sound = small();
    let library = built_in();
    let has = |list: &str| library.list(list).is_some();
    assert!(loads(&sound) && mends(&sound, has).is_empty());
    for (change, spot, slot, words) in BROKEN {
        let mut template = sound.clone();
        change(&mut template);
        assert!(!loads(&template), "{words}: the file is refused");
        let found = mends(&template, has);
        let first = found.first().unwrap_or_else(|| panic!("{words}: nothing is said"));
        let said = first.from_afar(&template);
        assert!(said.contains(words), "{said} / {words}");
        assert_eq!((first.spot, first.slot), (spot, slot), "{said}");
    }
    // A list that is gone is in no file's rules, and found all the same.
    let mut template = sound;
    list(&mut template, "nowhere");
    assert_eq!(mends(&template, has)[0].slot, Slot::List);
}

#[test]
fn every_built_in_template_can_be_copied_and_saved_as_it_is() {
    let library = built_in();
    let has = |list: &str| library.list(list).is_some();
    for template in library.templates() {
        let copied = library.copy(&library, &template.id, date(2026, 11, 24)).unwrap();
        assert_eq!(mends(&copied.template, has), [], "{}", template.id);
        assert!(copied.lists.is_empty());
        assert_eq!(copied.template.sections, template.sections);
    }
}

#[test]
fn a_copy_from_a_pack_goes_on_asking_from_the_packs_list() {
    let built_in = built_in();
    let pack = a_pack();
    let mut own = Own::default();
    own.packs.insert("01ARZ3NDEKTSV4RRFFQ69G5FAV".parse::<Id>().unwrap(), pack.clone());
    let library = built_in.with(&own);
    let id = format!("ward-nine/{}", pack.templates[0].id);
    let copied = library.copy(&built_in, &id, date(2026, 11, 24)).unwrap();
    let origin = copied.template.sources.last().unwrap();
    assert!(origin.contains("of the pack ward-nine, on 24 November 2026"), "{origin}");
    // The pack's list has a built-in name and other words: it comes under a name of its own.
    let taken = &copied.lists[0];
    assert_eq!((taken.id.as_str(), &taken.items), ("gpc-2", &pack.lists[0].items));
    let asked = copied.template.sections[0].prompts.last().unwrap();
    assert_eq!(asked.kind, PromptKind::Capability { list: "gpc-2".to_owned() });

    // With the pack gone, the copy still asks from it.
    let record: Id = "01ARZ3NDEKTSV4RRFFQ69G5FAW".parse().unwrap();
    let mut own = Own::default();
    own.lists.insert("01ARZ3NDEKTSV4RRFFQ69G5FAX".parse().unwrap(), taken.clone());
    own.templates.insert(record, copied.template);
    let library = built_in.with(&own);
    let mine = library.get(&cairn::model::own::template_id(record)).unwrap();
    let PromptKind::Capability { list } = &mine.sections[0].prompts.last().unwrap().kind else {
        panic!("{mine:?}")
    };
    assert_eq!(library.list(list).unwrap().items, taken.items);
}
