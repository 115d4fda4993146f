//! What a person added to the library: templates and lists of their own, and packs.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Body, Id, Kind, Pack, ReferenceList, Template};

/// Stands before the id of what a person made themselves. No pack may be called this.
pub const OWN: &str = "own";

/// The id in the library of a template of one's own.
pub fn template_id(record: Id) -> String {
    format!("{OWN}/{}", record.to_string().to_ascii_lowercase())
}

/// The id in the library of a list of one's own that takes no other's place.
pub fn list_id(id: &str) -> String {
    format!("{OWN}/{id}")
}

/// What a person can add to the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the kind of record of its name")]
pub enum Added {
    Pack,
    Template,
    List,
}

/// The records that the library is made of, beside what comes with Cairn; those that were taken
/// out of the library too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// Templates.
    pub templates: BTreeMap<Id, Template>,
    /// Packs.
    pub packs: BTreeMap<Id, Pack>,
    /// Lists that stand in the place of others, and further ones.
    pub lists: BTreeMap<Id, ReferenceList>,
}

impl Own {
    /// The packs that are in the library. Where two computers brought in the same one, the
    /// newer stands, or else the one that came first.
    pub fn packs(&self) -> impl Iterator<Item = (Id, &Pack)> {
        let here = |pack: &Pack| pack.removed.is_none();
        let better = move |id: Id, pack: &Pack| {
            self.packs.iter().any(|(other, rival)| {
                here(rival)
                    && rival.id == pack.id
                    && (rival.version, std::cmp::Reverse(*other))
                        > (pack.version, std::cmp::Reverse(id))
            })
        };
        let packs = self.packs.iter().map(|(id, pack)| (*id, pack));
        packs.filter(move |(id, pack)| here(pack) && !better(*id, pack))
    }

    /// The person's own templates that are in the library.
    pub fn templates(&self) -> impl Iterator<Item = (Id, &Template)> {
        let here = self.templates.iter().filter(|(_, template)| template.removed.is_none());
        here.map(|(id, template)| (*id, template))
    }

    /// The person's own lists that are in the library.
    pub fn lists(&self) -> impl Iterator<Item = (Id, &ReferenceList)> {
        let here = self.lists.iter().filter(|(_, list)| list.removed.is_none());
        here.map(|(id, list)| (*id, list))
    }

    /// What to save so that a pack (by its id), or a template or list of one's own (by its id in
    /// the library), is out of the library; nothing where there is none.
    pub fn without(&self, id: &str, now: Timestamp) -> Vec<(Id, Body)> {
        let sorts = [Added::Pack, Added::Template, Added::List].into_iter();
        let found = sorts.map(|sort| self.without_the(sort, id, now));
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The same where it is known what is meant: a pack may have the id of a list. Where two
    /// computers brought in the same one, both go, or the one that did not stand would come back.
    pub fn without_the(&self, sort: Added, id: &str, now: Timestamp) -> Vec<(Id, Body)> {
        let removed = Some(now);
        match sort {
            Added::Pack => {
                let here = |pack: &Pack| pack.removed.is_none() && pack.id == id;
                let packs = self.packs.iter().filter(|(_, pack)| here(pack));
                packs
                    .map(|(record, pack)| (*record, Body::Pack(pack.clone().without_content(now))))
                    .collect()
            }
            Added::Template => {
                let templates = self.templates().filter(|(it, _)| template_id(*it) == id);
                templates
                    .map(|(record, template)| {
                        (record, Body::Template(Template { removed, ..template.clone() }))
                    })
                    .collect()
            }
            // One that stands in the place of another has that one's id.
            Added::List => {
                let is_it = |list: &ReferenceList| list.id == id || list_id(&list.id) == id;
                let lists = self.lists().filter(|(_, list)| is_it(list));
                lists
                    .map(|(record, list)| {
                        (record, Body::List(ReferenceList { removed, ..list.clone() }))
                    })
                    .collect()
            }
        }
    }

    /// What sort of record it is, if it is one of these.
    pub fn kind(&self, id: Id) -> Option<Kind> {
        let template = self.templates.contains_key(&id).then_some(Kind::Template);
        let pack = || self.packs.contains_key(&id).then_some(Kind::Pack);
        let list = || self.lists.contains_key(&id).then_some(Kind::List);
        template.or_else(pack).or_else(list)
    }

    pub(super) fn holds(&self, id: Id) -> bool {
        self.kind(id).is_some()
    }

    pub(super) fn get(&self, id: Id) -> Option<Body> {
        let template = self.templates.get(&id).cloned().map(Body::Template);
        let pack = || self.packs.get(&id).cloned().map(Body::Pack);
        let list = || self.lists.get(&id).cloned().map(Body::List);
        template.or_else(pack).or_else(list)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (Id, Body)> + '_ {
        let templates = self.templates.iter().map(|(id, t)| (*id, Body::Template(t.clone())));
        let packs = self.packs.iter().map(|(id, pack)| (*id, Body::Pack(pack.clone())));
        let lists = self.lists.iter().map(|(id, list)| (*id, Body::List(list.clone())));
        templates.chain(packs).chain(lists)
    }

    pub(super) fn remove(&mut self, id: Id) {
        self.templates.remove(&id);
        self.packs.remove(&id);
        self.lists.remove(&id);
    }
}
