//! The built-in templates load, are complete and read plainly.

use cairn::library::Library;
use cairn::model::template::Form;
use cairn::model::{Prompt, PromptKind, PromptLayer, Template};

use crate::support::prose::{grade, sentences, unwanted};

fn library() -> Library {
    Library::built_in().expect("built-in templates load")
}

/// Every text of a template that a person reads, but for its sources.
fn texts(template: &Template) -> Vec<String> {
    let mut texts: Vec<String> = [
        &template.title,
        &template.purpose,
        &template.when,
        &template.when_not,
        &template.lead,
        &template.why,
        &template.if_it_turns,
    ]
    .into_iter()
    .cloned()
    .collect();
    texts.extend(template.moments.iter().chain(&template.ground_rules).cloned());
    for section in &template.sections {
        texts.push(section.title.clone());
        for prompt in &section.prompts {
            texts.extend([prompt.text.clone(), prompt.why.clone()]);
            texts.extend(prompt.phrases.iter().cloned());
            texts.extend(offered(&prompt.kind).into_iter().cloned());
        }
    }
    texts
}

/// The words that can be chosen.
fn offered(kind: &PromptKind) -> Vec<&String> {
    match kind {
        PromptKind::Scale { low, high, .. } => vec![low, high],
        PromptKind::Choice { options: list, .. } | PromptKind::Checklist { items: list } => {
            list.iter().collect()
        }
        PromptKind::Text
        | PromptKind::Date
        | PromptKind::Evidence
        | PromptKind::Capability { .. }
        | PromptKind::Person
        | PromptKind::Action => Vec::new(),
    }
}

/// Every prompt of every template, with the template's id.
fn prompts(library: &Library) -> Vec<(&str, &Prompt)> {
    let sections = library.templates().iter().flat_map(|t| t.sections.iter().map(move |s| (t, s)));
    sections.flat_map(|(t, s)| s.prompts.iter().map(|p| (t.id.as_str(), p))).collect()
}

#[test]
fn the_library_holds_the_forty_structures() {
    let library = library();
    let ids: Vec<&str> = library.templates().iter().map(|t| t.id.as_str()).collect();
    // Reflection comes in three sizes, a template each.
    assert_eq!(
        ids,
        [
            "first-meeting",
            "first-meeting-new-to-uk",
            "mid-point-review",
            "end-of-placement",
            "before-arcp",
            "after-arcp",
            "ten-minute-check-in",
            "three-things",
            "handover",
            "task-coaching",
            "confidence-coaching",
            "relationship-first-coaching",
            "feelings-first-coaching",
            "stuck-and-tangled",
            "career-know-yourself",
            "career-explore",
            "career-decide",
            "career-do-it",
            "career-plan",
            "application-not-successful",
            "flexible-training",
            "insider-knowledge",
            "ready-to-sit",
            "after-a-failed-exam",
            "revision-plan-review",
            "learning-differences",
            "preparing-a-hard-conversation",
            "progress-conversation",
            "support-plan-review",
            "feedback-on-something-i-saw",
            "feedback-debrief",
            "after-a-serious-event",
            "wellbeing-and-return",
            "culture-and-belonging",
            "when-bias-is-raised",
            "reverse-mentoring-contract",
            "reverse-mentoring-session",
            "reverse-mentoring-review",
            "reflection-small",
            "reflection-medium",
            "reflection-large",
            "reflection-free",
            "decision-check",
            "fairness-log",
        ]
    );
    assert_eq!(library.get("task-coaching").unwrap().title, "Task coaching (TGROW)");
    assert!(library.get("slider").is_none());
    let count = prompts(&library).len();
    assert!((400..=600).contains(&count), "{count} prompts");
}

#[test]
fn built_in_templates_are_complete() {
    for template in library().templates() {
        let id = &template.id;
        for text in texts(template) {
            assert!(!text.trim().is_empty(), "{id}: a text is empty");
        }
        assert!(!template.aims.is_empty(), "{id}");
        assert!((1..=4).contains(&template.moments.len()), "{id}: {:?}", template.moments);
        assert!((2..=5).contains(&template.sources.len()), "{id}: {:?}", template.sources);
        assert!(template.sources[0].contains("Cairn, 2026"), "{id}");
        for source in &template.sources {
            let year = source.split(|c: char| !c.is_ascii_digit()).any(|word| word.len() == 4);
            assert!(year || source.contains("date not checked"), "{id}: no date: {source}");
        }
        let last = template.sections.last().unwrap();
        let actions: Vec<&PromptKind> = last.prompts.iter().map(|prompt| &prompt.kind).collect();
        assert_eq!((last.title.as_str(), actions), ("Actions", vec![&PromptKind::Action]), "{id}");
        for section in &template.sections {
            assert!(section.title.split_whitespace().count() <= 2, "{id}: {}", section.title);
            for prompt in &section.prompts {
                assert!(prompt.text.chars().count() <= 60, "{id}: {}", prompt.text);
                if template.form == Form::Reflection {
                    assert_ne!(prompt.layer, PromptLayer::Shared, "{id}: {}", prompt.id);
                }
            }
        }
    }
}

#[test]
fn every_template_says_what_to_do_when_the_talk_turns() {
    const TURNS: [(&str, &[&str]); 4] = [
        ("patient safety", &["safe", "at risk"]),
        ("illness", &["ill", "unwell", "health"]),
        ("conduct", &["conduct"]),
        ("distress", &["distress"]),
    ];
    let library = library();
    for template in library.templates() {
        let said = template.if_it_turns.to_lowercase();
        for (what, words) in TURNS {
            assert!(words.iter().any(|word| said.contains(word)), "{}: {what}", template.id);
        }
    }
    let mut all: Vec<&str> = library.templates().iter().map(|t| t.if_it_turns.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    assert!(all.len() > 36, "most are fitted to their talk: {}", all.len());
}

/// What may stand in the shared layer only when the doctor is asked what they want noted:
/// health, protected characteristics, support units. Beginnings of words.
const SENSITIVE: [&str; 46] = [
    "adhd",
    "adjustment",
    "anxi",
    "asylum",
    "autis",
    "belief",
    "burnout",
    "carer",
    "caring",
    "church",
    "counsel",
    "culture",
    "depress",
    "diagnos",
    "disab",
    "dyslex",
    "ethnic",
    "faith",
    "fasting",
    "gender",
    "health",
    "ill",
    "illness",
    "marri",
    "maternity",
    "medication",
    "menopause",
    "mosque",
    "neurod",
    "occupational",
    "paternity",
    "pray",
    "pregnan",
    "psych",
    "race",
    "racis",
    "religio",
    "sexual",
    "sick",
    "support unit",
    "temple",
    "therap",
    "tired",
    "trans",
    "unwell",
    "visa",
];

/// Prompts that hold such a word and are shared all the same, and why that is right.
const MAY_BE_SHARED: [(&str, &str, &str); 4] = [
    ("feedback-on-something-i-saw", "practice", "the name of a domain of Good Medical Practice"),
    ("handover", "consent", "the doctor ticks which of the written lines may go on"),
    ("progress-conversation", "causes", "health is ticked only where the doctor wants it noted"),
    ("wellbeing-and-return", "before-leave", "a reminder of whom to ask; nothing is told"),
];

fn sensitive(text: &str) -> Option<&'static str> {
    let text = format!(" {}", text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " "));
    // "ill" is a word, not a beginning: "will", "illustrate".
    let found = |word: &&str| match *word {
        "ill" | "race" | "trans" => format!("{text} ").contains(&format!(" {word} ")),
        word => text.contains(&format!(" {word}")),
    };
    SENSITIVE.into_iter().find(|word| found(word))
}

#[test]
fn nothing_about_health_or_who_someone_is_is_shared_unless_the_doctor_wants_it_noted() {
    let library = library();
    let mut excused = Vec::new();
    for (template, prompt) in prompts(&library) {
        if prompt.layer != PromptLayer::Shared {
            continue;
        }
        let asks_the_doctor = prompt.text.starts_with("What do you want ");
        let mut said = vec![prompt.text.as_str()];
        said.extend(offered(&prompt.kind).iter().map(|text| text.as_str()));
        let Some(word) = said.into_iter().find_map(sensitive).filter(|_| !asks_the_doctor) else {
            continue;
        };
        let id = (template, prompt.id.as_str());
        let known = MAY_BE_SHARED.iter().any(|(t, p, _)| (*t, *p) == id);
        assert!(known, "{template}, {}: “{word}” is shared: {}", prompt.id, prompt.text);
        excused.push(id);
    }
    assert_eq!(excused.len(), MAY_BE_SHARED.len(), "only these are in need of it: {excused:?}");
    assert_eq!(sensitive("How is your health?"), Some("health"));
    assert_eq!(sensitive("What will you illustrate?"), None);
}

#[test]
fn what_is_written_by_the_mentor_stays_with_the_mentor() {
    let library = library();
    for id in
        ["reverse-mentoring-contract", "reverse-mentoring-session", "reverse-mentoring-review"]
    {
        let template = library.get(id).unwrap();
        let said = [template.ground_rules.join(" "), template.why.clone()].join(" ").to_lowercase();
        assert!(said.contains("mentor") && said.contains("power"), "{id}: {said}");
    }
}

#[test]
fn every_kind_and_layer_of_prompt_is_in_use() {
    let library = library();
    let prompts = prompts(&library);
    let uses = |test: fn(&PromptKind) -> bool| prompts.iter().any(|(_, p)| test(&p.kind));
    assert!(uses(|kind| matches!(kind, PromptKind::Text)));
    assert!(uses(|kind| matches!(kind, PromptKind::Scale { .. })));
    assert!(uses(|kind| matches!(kind, PromptKind::Choice { many: true, .. })));
    assert!(uses(|kind| matches!(kind, PromptKind::Choice { many: false, .. })));
    assert!(uses(|kind| matches!(kind, PromptKind::Date)));
    assert!(uses(|kind| matches!(kind, PromptKind::Checklist { .. })));
    assert!(uses(|kind| matches!(kind, PromptKind::Evidence)));
    assert!(uses(|kind| matches!(kind, PromptKind::Capability { .. })));
    assert!(uses(|kind| matches!(kind, PromptKind::Person)));
    assert!(uses(|kind| matches!(kind, PromptKind::Action)));
    for layer in
        [PromptLayer::Shared, PromptLayer::Private, PromptLayer::Supervisor, PromptLayer::Doctor]
    {
        assert!(prompts.iter().any(|(_, p)| p.layer == layer), "{layer:?}");
    }
}

#[test]
fn built_in_templates_read_plainly() {
    for template in library().templates() {
        let texts = texts(template);
        for text in &texts {
            assert_eq!(unwanted(text), None, "{}: {text}", template.id);
            for sentence in sentences(text) {
                let words = sentence.split_whitespace().count();
                assert!(words <= 20, "{}: {words} words: {sentence}", template.id);
            }
        }
        let grade = grade(texts.iter().map(String::as_str));
        assert!(grade <= 8.0, "{}: Flesch-Kincaid grade {grade:.1}", template.id);
    }
}

#[test]
fn no_sentence_explains_two_prompts_of_one_template() {
    for template in library().templates() {
        let mut whys: Vec<String> = template
            .sections
            .iter()
            .flat_map(|s| &s.prompts)
            .flat_map(|p| sentences(&p.why))
            .map(ToString::to_string)
            .collect();
        let all = whys.len();
        whys.sort();
        whys.dedup();
        assert_eq!(whys.len(), all, "{}", template.id);
    }
}
