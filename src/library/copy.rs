//! A template to make one's own from one that is there.

use jiff::civil::Date;

use super::problems::MAX_SHORT;
use super::{Library, ReferenceList};
use crate::model::own::{OWN, list_id};
use crate::model::text::long_date;
use crate::model::{Extra, PromptKind, Template};

/// What stands behind the title of a copy.
const MY_COPY: &str = ", my copy";

/// A copy of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The copy; not saved yet, so its version is 0.
    pub template: Template,
    /// Lists from a pack that it asks from, to stand among one's own: the copy goes on asking
    /// from them when the pack is taken out.
    pub lists: Vec<ReferenceList>,
}

impl Library {
    /// A copy of a template, to be changed. `built_in` is what comes with Cairn.
    pub fn copy(&self, built_in: &Library, id: &str, today: Date) -> Option<Copied> {
        let known = self.get(id)?;
        let title = format!("{}{MY_COPY}", known.title);
        let title = if title.chars().count() > MAX_SHORT { known.title.clone() } else { title };
        let mut template = Template {
            id: String::new(),
            version: 0,
            title,
            removed: None,
            extra: Extra::new(),
            ..known.clone()
        };
        template.sources.push(self.origin(known, today));
        let mut lists = Vec::new();
        for prompt in template.sections.iter_mut().flat_map(|section| &mut section.prompts) {
            if let PromptKind::Capability { list } = &mut prompt.kind {
                *list = self.own_name(built_in, list, &mut lists);
            }
        }
        Some(Copied { template, lists })
    }

    /// "Copied from “Mid-point review”, version 2, on 24 November 2026".
    fn origin(&self, known: &Template, today: Date) -> String {
        let Template { title, version, .. } = known;
        let pack = known.id.split_once('/').filter(|(space, _)| *space != OWN);
        let of = pack.map(|(space, _)| format!(" of the pack {space}")).unwrap_or_default();
        format!("Copied from “{title}”, version {version}{of}, on {}", long_date(today))
    }

    /// How a template of one's own names a list: without the pack before it. Nothing where the
    /// list is not there.
    fn own_name(&self, built_in: &Library, id: &str, taken: &mut Vec<ReferenceList>) -> String {
        let Some((space, bare)) = id.split_once('/').filter(|(space, _)| *space != OWN) else {
            return id.rsplit('/').next().unwrap_or(id).to_owned();
        };
        let Some(list) = self.list(&format!("{space}/{bare}")) else { return String::new() };
        let numbered = (2..).map(|n| format!("{bare}-{n}"));
        for name in std::iter::once(bare.to_owned()).chain(numbered) {
            let own = || self.list(&list_id(&name));
            let held = built_in.list(&name).and(self.list(&name)).or_else(own);
            let held = held.or_else(|| taken.iter().find(|list| list.id == name));
            match held {
                Some(held) if held.items == list.items => return name,
                Some(_) => {}
                None => {
                    taken.push(ReferenceList { id: name.clone(), ..list.clone() });
                    return name;
                }
            }
        }
        String::new()
    }
}
