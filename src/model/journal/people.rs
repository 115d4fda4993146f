//! The people of the journal, and how much there is about each.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{About, Event, Journal};
use crate::model::plan::AgreedVersion;
use crate::model::record::about;
use crate::model::{Body, Certificate, Id, Kind, Person, Receipt};

impl Journal {
    /// The people, by name.
    pub fn people(&self) -> Vec<(Id, &Person)> {
        let names = self.index.names.iter();
        names.filter_map(|(_, id)| Some((*id, self.people.get(id)?))).collect()
    }

    /// One person.
    pub fn person(&self, id: Id) -> Option<&Person> {
        self.people.get(&id)
    }

    /// How much there is about one person.
    pub fn about(&self, person: Id) -> About {
        let held = |index: &BTreeMap<Id, BTreeSet<_>>| index.get(&person).map_or(0, BTreeSet::len);
        let others = self.others.iter();
        let attachments = self.attachments.values().filter(|file| file.removed.is_none());
        About {
            sessions: held(&self.index.sessions),
            reflections: held(&self.index.about),
            actions: self.index.actions_with.get(&person).map_or(0, BTreeSet::len),
            receipts: self.index.receipts.get(&person).map_or(0, BTreeSet::len),
            plans: self.plans.values().filter(|plan| plan.person == person).count(),
            attachments: attachments.filter(|file| file.person == Some(person)).count(),
            others: others.filter(|(id, o)| about(o.0, **id, &o.1) == Some(person)).count(),
        }
    }

    /// Every record about one person, in no promised order: what was taken back too, files without
    /// their bytes. For the access-request pack, which leaves nothing out.
    pub fn all_about(&self, person: Id) -> Vec<(Id, Body)> {
        let of = Some(person);
        let known = self.people.get(&person).map(|it| (person, Body::Person(it.clone())));
        let held = self.sessions.iter().filter(|(_, held)| held.session.person == of);
        let held = held.map(|(id, held)| (*id, held.body()));
        let actions = self.actions.iter().filter(|(_, action)| action.person == of);
        let actions = actions.map(|(id, action)| (*id, Body::Action(action.clone())));
        let receipts = self.receipts.iter().filter(|(_, receipt)| receipt.person == of);
        let receipts = receipts.map(|(id, receipt)| (*id, Body::Receipt(receipt.clone())));
        let files = self.attachments.iter().filter(|(_, file)| file.person == of);
        let files = files.map(|(id, file)| (*id, Body::Attachment(file.clone())));
        let taken_back = self.removed.iter().filter(|(id, body)| body.about(**id) == of);
        let taken_back = taken_back.map(|(id, body)| (*id, body.clone()));
        let others = self.others.iter().filter(|(id, it)| about(it.0, **id, &it.1) == of);
        let others = others.map(|(id, it)| (*id, Body::Other(it.0, it.1.clone())));
        let plans = self.plans.iter().filter(|(_, plan)| plan.person == person);
        let plans = plans.map(|(id, plan)| (*id, Body::Plan(plan.clone())));
        let first = known.into_iter().chain(held).chain(actions).chain(receipts).chain(plans);
        first.chain(files).chain(taken_back).chain(others).collect()
    }

    /// What happened with one person, newest first, with its day.
    pub fn timeline(&self, person: Id) -> Vec<(Date, Event<'_>)> {
        let days = [&self.index.sessions, &self.index.about];
        let held = days.into_iter().filter_map(|index| index.get(&person)).flatten();
        let mut events: Vec<(Date, Id, Event<'_>)> = held
            .filter_map(|(day, _, id)| {
                let held = self.sessions.get(id)?;
                let event = match held.kind {
                    Kind::Reflection => Event::Reflection(*id, &held.session),
                    _ => Event::Session(*id, &held.session),
                };
                Some((*day, *id, event))
            })
            .collect();
        let receipts = self.index.receipts.get(&person).into_iter().flatten();
        events.extend(receipts.filter_map(|id| {
            let receipt = self.receipts.get(id)?;
            Some((day_of(receipt.at), *id, Event::Receipt(*id, receipt)))
        }));
        let versions = self.plan_of(person).map(|(id, plan)| (id, plan.agreed_versions()));
        events.extend(versions.into_iter().flat_map(|(id, versions)| {
            let event =
                move |it: AgreedVersion| (day_of(it.since()), id, Event::Agreed(person, it.number));
            versions.into_iter().map(event)
        }));
        if let Some(known) = self.people.get(&person) {
            let sat = known.attempts.iter();
            let sat = sat.filter_map(|one| Some((one.date?, person, Event::Attempt(one))));
            let panels = known.past_arcps.iter().map(|one| (one.date, person, Event::Panel(one)));
            events.extend(sat.chain(panels));
        }
        events.sort_by_key(|(day, id, _)| std::cmp::Reverse((*day, *id)));
        events.into_iter().map(|(day, _, event)| (day, event)).collect()
    }

    /// How many conversations and reflections about one person are still without their texts.
    pub fn short_about(&self, person: Id) -> usize {
        let held = self.short.iter().filter_map(|id| self.sessions.get(id));
        held.filter(|held| held.session.person == Some(person)).count()
    }

    /// What left about a person, or of a conversation, newest first.
    pub fn sent(&self, about: Id) -> Vec<(Id, &Receipt)> {
        let mut receipts = self.receipts();
        receipts.retain(|(_, receipt)| receipt.person == Some(about) || receipt.of == Some(about));
        receipts
    }

    /// One receipt.
    pub fn receipt(&self, id: Id) -> Option<&Receipt> {
        self.receipts.get(&id)
    }

    /// The certificates of what was erased, the newest first.
    pub fn certificates(&self) -> Vec<(Id, &Certificate)> {
        let receipts = self.all_receipts();
        let mut all: Vec<(Id, &Certificate)> =
            receipts.filter_map(|(id, it)| Some((id, it.erased.as_ref()?))).collect();
        all.sort_by_key(|(id, it)| std::cmp::Reverse((it.when, *id)));
        all
    }

    /// Finds people by identity or by full name, without regard to case.
    pub fn find_people(&self, wanted: &str) -> Vec<(Id, &Person)> {
        if let Some((id, person)) =
            wanted.parse().ok().and_then(|id| Some((id, self.people.get(&id)?)))
        {
            return vec![(id, person)];
        }
        let wanted = wanted.trim().to_lowercase();
        self.people()
            .into_iter()
            .filter(|(_, person)| person.name.trim().to_lowercase() == wanted)
            .collect()
    }
}

/// The day of a moment, here.
fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::system()).date()
}
