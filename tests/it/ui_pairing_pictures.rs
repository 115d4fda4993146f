//! Pictures of pairing, with words of their own in the place of random ones.

use cairn::app::pairing::{Known, Stands};
use cairn::app::{Action, Phase, Screen};
use egui::Role;
use egui_kittest::kittest::Queryable as _;

use crate::support::window::picture;
use crate::ui_pairing::{HERON, MARTEN, Side, paired};

/// The pages as they are drawn: words and names in the place of random ones.
pub fn as_drawn(side: &mut Side, other: &str) {
    let id = side.person(other);
    let Phase::Open(open) = &mut side.harness.state_mut().app_mut().state.phase else { return };
    open.pairing.written = None;
    if let Some(words) = &mut open.pairing.words {
        **words = "copper orbit meadow lantern brisk walnut".to_owned();
    }
    if let Some(Known { stands: Stands::Paired(both), .. }) = open.record.pairings.get_mut(&id) {
        both.words = "harbour thistle candle north".to_owned();
    }
    side.harness.state_mut().app_mut().inputs.pairing.path = "Cairn.cairn".to_owned();
    side.harness.run();
}

#[test]
fn a_picture_of_the_six_words() {
    let mut heron = Side::heron();
    heron.invite(MARTEN);
    as_drawn(&mut heron, MARTEN);
    picture(&mut heron.harness, "pair_words");
}

#[test]
fn a_picture_of_the_check() {
    let (mut heron, _marten) = paired();
    as_drawn(&mut heron, MARTEN);
    picture(&mut heron.harness, "pair_check");
}

#[test]
fn a_picture_of_the_page_of_somebody_paired() {
    let (mut heron, _marten) = paired();
    heron.press("They match");
    let id = heron.person(MARTEN);
    heron.go(Screen::People(Some(id)));
    heron.harness.get_by_role_and_label(Role::Tab, "About").click_accesskit();
    heron.harness.state_mut().app_mut().act(vec![Action::ToastGone]);
    heron.harness.run();
    picture(&mut heron.harness, "pair_person");
}

#[test]
fn a_picture_of_the_other_side() {
    let (mut heron, mut marten) = (Side::heron(), Side::marten());
    let (file, _) = heron.invite(MARTEN);
    marten.open_invitation(&file, HERON);
    marten.harness.state_mut().app_mut().inputs.pairing.path = "Cairn.cairn".to_owned();
    marten.type_words(&["copper", "orbit", "meadw"].map(str::to_owned));
    picture(&mut marten.harness, "pair_join");
}

#[test]
fn a_picture_of_the_six_words_in_a_small_window() {
    let mut heron = Side::of(HERON, &[MARTEN], [1024.0, 640.0], 150);
    heron.invite(MARTEN);
    as_drawn(&mut heron, MARTEN);
    picture(&mut heron.harness, "pair_narrow");
}
