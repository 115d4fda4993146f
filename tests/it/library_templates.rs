//! The built-in templates load, are complete and read plainly.

use cairn::library::Library;
use cairn::model::template::Form;
use cairn::model::{PromptKind, PromptLayer, Template};

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
    for section in &template.sections {
        texts.push(section.title.clone());
        for prompt in &section.prompts {
            texts.extend([prompt.text.clone(), prompt.why.clone()]);
            texts.extend(prompt.phrases.iter().cloned());
            match &prompt.kind {
                PromptKind::Scale { low, high, .. } => texts.extend([low.clone(), high.clone()]),
                PromptKind::Choice { options: list, .. }
                | PromptKind::Checklist { items: list } => {
                    texts.extend(list.iter().cloned());
                }
                PromptKind::Text | PromptKind::Date | PromptKind::Action => {}
            }
        }
    }
    texts
}

#[test]
fn the_library_holds_the_six_structures() {
    let library = library();
    let ids: Vec<&str> = library.templates().iter().map(|t| t.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "first-meeting",
            "mid-point-review",
            "before-arcp",
            "task-coaching",
            "progress-conversation",
            "reflection-small",
            "reflection-medium",
            "reflection-large",
        ]
    );
    assert_eq!(library.get("task-coaching").unwrap().title, "Task coaching (TGROW)");
    assert!(library.get("slider").is_none());
}

#[test]
fn built_in_templates_are_complete() {
    for template in library().templates() {
        let id = &template.id;
        for text in texts(template) {
            assert!(!text.trim().is_empty(), "{id}: a text is empty");
        }
        assert!(!template.aims.is_empty() && template.sources.len() >= 2, "{id}");
        let asks_for_actions = template.sections.last().is_some_and(|last| {
            last.title == "Actions" && last.prompts[0].kind == PromptKind::Action
        });
        assert_eq!(asks_for_actions, template.form == Form::Conversation, "{id}");
        for section in &template.sections {
            assert!(section.title.split_whitespace().count() <= 2, "{id}: {}", section.title);
            for prompt in &section.prompts {
                assert!(prompt.text.chars().count() <= 60, "{id}: {}", prompt.text);
                if template.form == Form::Reflection {
                    assert_eq!(prompt.layer, PromptLayer::Private, "{id}: {}", prompt.id);
                }
            }
        }
    }
}

#[test]
fn every_kind_and_layer_of_prompt_is_in_use() {
    let library = library();
    let prompts: Vec<_> =
        library.templates().iter().flat_map(|t| &t.sections).flat_map(|s| &s.prompts).collect();
    let uses = |test: fn(&PromptKind) -> bool| prompts.iter().any(|p| test(&p.kind));
    assert!(uses(|kind| matches!(kind, PromptKind::Text)));
    assert!(uses(|kind| matches!(kind, PromptKind::Scale { .. })));
    assert!(uses(|kind| matches!(kind, PromptKind::Choice { many: true, .. })));
    assert!(uses(|kind| matches!(kind, PromptKind::Choice { many: false, .. })));
    assert!(uses(|kind| matches!(kind, PromptKind::Date)));
    assert!(uses(|kind| matches!(kind, PromptKind::Checklist { .. })));
    assert!(uses(|kind| matches!(kind, PromptKind::Action)));
    for layer in
        [PromptLayer::Shared, PromptLayer::Private, PromptLayer::Supervisor, PromptLayer::Doctor]
    {
        assert!(prompts.iter().any(|p| p.layer == layer), "{layer:?}");
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
