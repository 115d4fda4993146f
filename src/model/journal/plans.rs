//! The career plans.

use super::Journal;
use crate::model::{Id, Plan};

impl Journal {
    /// The career plan with somebody. Two computers may each have begun one; the older one is it.
    pub fn plan_of(&self, person: Id) -> Option<(Id, &Plan)> {
        self.plans.iter().find(|(_, plan)| plan.person == person).map(|(id, plan)| (*id, plan))
    }

    /// One career plan.
    pub fn plan(&self, id: Id) -> Option<&Plan> {
        self.plans.get(&id)
    }

    /// Puts one in the place of what was there, which may have had another shape.
    pub(super) fn put_plan(&mut self, id: Id, plan: Plan) {
        self.others.remove(&id);
        self.plans.insert(id, plan);
    }
}
