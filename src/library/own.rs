//! The library with what a person added to it. Whatever they added stands under a name of its
//! own (`own/…`, `ward-nine/…`); a built-in id holds no stroke, so nothing can take its place.
//! Only a list of the person's own may, because they chose it for that.

use super::{Library, Module, read_module};
use crate::model::own::{list_id, template_id};
use crate::model::{Own, Pack, PromptKind, ReferenceList, Template};

/// The id in the library of something from a pack.
fn placed(space: &str, id: &str) -> String {
    format!("{space}/{id}")
}

impl Library {
    /// This library with what a person added.
    #[must_use]
    pub fn with(&self, own: &Own) -> Library {
        let mut library = self.clone();
        for (_, list) in own.lists() {
            library.put_list(self, list);
        }
        for (id, template) in own.templates() {
            let id = template_id(id);
            let mut template = Template { id, ..template.clone() };
            name_lists(&mut template, |list| {
                let own = list_id(list);
                (self.list(list).is_none() && library.list(&own).is_some()).then_some(own)
            });
            library.templates.push(template);
        }
        for (_, pack) in own.packs() {
            library.put_pack(pack);
        }
        library
    }

    /// A person's own list: in the place of the one with its id, or else a further one. Of two
    /// with one id, made on two computers, the first stands.
    fn put_list(&mut self, built_in: &Library, list: &ReferenceList) {
        if let Some(known) = built_in.list(&list.id) {
            if self.list(&list.id) == Some(known) {
                self.replace_list(list.clone());
            }
            return;
        }
        let id = list_id(&list.id);
        if self.list(&id).is_none() {
            self.lists.push(ReferenceList { id, ..list.clone() });
        }
    }

    fn put_pack(&mut self, pack: &Pack) {
        let in_pack = |id: &str| placed(&pack.id, id);
        let has_list = |id: &str| pack.lists.iter().any(|list| list.id == id);
        let has_template = |id: &str| pack.templates.iter().any(|template| template.id == id);
        for template in &pack.templates {
            let mut template = Template { id: in_pack(&template.id), ..template.clone() };
            name_lists(&mut template, |list| has_list(list).then(|| in_pack(list)));
            self.templates.push(template);
        }
        // Only what was checked is ever kept; what another version kept is left out here.
        let read = |module: &crate::model::PackModule| {
            read_module(&module.name, module.text.as_bytes()).ok()
        };
        for module in pack.modules.iter().filter_map(read) {
            let templates = module.templates.iter();
            let templates = templates
                .map(|id| if has_template(id) { in_pack(id) } else { id.clone() })
                .collect();
            self.modules.push(Module { id: in_pack(&module.id), templates, ..module });
        }
        let lists = pack.lists.iter();
        self.lists
            .extend(lists.map(|list| ReferenceList { id: in_pack(&list.id), ..list.clone() }));
    }
}

/// Gives the lists that a template asks from other names, where there are any.
pub fn name_lists(template: &mut Template, name: impl Fn(&str) -> Option<String>) {
    for prompt in template.sections.iter_mut().flat_map(|section| &mut section.prompts) {
        if let PromptKind::Capability { list } = &mut prompt.kind
            && let Some(other) = name(list)
        {
            *list = other;
        }
    }
}
