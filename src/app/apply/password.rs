//! Changing the password of the open record.

use zeroize::Zeroizing;

use super::toast;
use crate::app::action::PasswordAction;
use crate::app::inputs::{Inputs, PasswordForm};
use crate::app::job::Job;
use crate::app::notice::Notice;
use crate::app::password::Strength;
use crate::app::state::{PasswordChange, State};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: PasswordAction, jobs: &mut Vec<Job>) {
    match wish {
        PasswordAction::Begin => begin(state, inputs),
        PasswordAction::Cancel => put_away(state, inputs),
        PasswordAction::Change => change(state, inputs, jobs),
    }
}

fn begin(state: &mut State, inputs: &mut Inputs) {
    inputs.settings.password = PasswordForm::default();
    if let Some(open) = state.open_mut()
        && open.read_only.is_none()
    {
        open.password = Some(PasswordChange::default());
    }
}

/// Forgets the form. A change that is on its way goes on and is told by a message.
pub fn put_away(state: &mut State, inputs: &mut Inputs) {
    inputs.settings.password = PasswordForm::default();
    if let Some(open) = state.open_mut() {
        open.password = None;
    }
}

fn change(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut() else { return };
    let your_name = open.journal.settings().your_name;
    let Some(form) = &mut open.password else { return };
    let typed = &mut inputs.settings.password;
    let strong = Strength::of(&typed.new, &[&your_name]).is_enough();
    form.tried = true;
    if form.busy || typed.old.is_empty() || !strong || typed.new != typed.again {
        return;
    }
    *form = PasswordChange { busy: true, ..PasswordChange::default() };
    jobs.push(Job::ChangePassword {
        old: Zeroizing::new(std::mem::take(&mut typed.old)),
        new: Zeroizing::new(typed.new.clone()),
    });
}

/// Takes what came of it.
pub fn changed(state: &mut State, inputs: &mut Inputs, result: Result<(), Notice>) {
    match result {
        Ok(()) => {
            put_away(state, inputs);
            toast(state, "Password changed", None);
        }
        Err(notice) => {
            let Some(open) = state.open_mut() else { return };
            match &mut open.password {
                Some(form) => *form = PasswordChange { notice: Some(notice), ..Default::default() },
                // The form was put away meanwhile.
                None => open.banner = Some(notice),
            }
        }
    }
}
