//! Laying a plan out over the days: what is due first, then what is new, no more than the day
//! holds.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Block, MOCKS, PAUSES, Shortfall, StudyDay, Wanted, What};

/// Minutes of a review.
const REVIEW: i32 = 15;
/// Minutes of a mock paper with going through it, and of the timed questions of a week.
const MOCK: i32 = 120;
const TIMED: i32 = 30;
/// No shorter piece of a first pass is worth opening the book.
const PIECE: i32 = 15;
/// In so many days before the examination nothing new is begun.
const TAPER: i32 = 7;

/// A topic on its way.
struct Track<'a> {
    name: &'a str,
    /// Minutes of the first pass still to do.
    left: i32,
    begun: bool,
    /// The day the first pass ended.
    seen: Option<Date>,
    /// Reviews done or left out.
    reviews: usize,
    /// The pauses that its confidence asks for.
    pauses: &'static [i32],
    /// On this day it was met already.
    last: Option<Date>,
}

/// The days of a plan with so many hours a week, and what they do not hold.
pub(super) fn lay_out(wanted: &Wanted, hours: u8) -> (Vec<StudyDay>, Option<Shortfall>) {
    let mut tracks = tracks(wanted);
    let weekly = i32::from(hours) * 60;
    // An hour or more at a time, on at most six days.
    let per_week = (weekly / 60).clamp(1, 6);
    let daily = weekly / per_week;
    let mut days = Vec::new();
    let study: Vec<Date> = study_days(wanted, per_week);
    let mocks = if weekly >= MOCK { mock_days(wanted, &study) } else { Vec::new() };
    let week_of = |day: Date| (day - wanted.from).get_days() / 7;
    let mut week = None;
    for day in &study {
        let ahead = (wanted.exam_date - *day).get_days();
        let mut blocks = Vec::new();
        // A mock paper takes its time from the whole week; the last week is lighter by half.
        let has_mock = mocks.iter().any(|mock| week_of(*mock) == week_of(*day));
        let mut room = if has_mock { (weekly - MOCK) / per_week } else { daily };
        if ahead < TAPER {
            room /= 2;
        }
        if mocks.contains(day) {
            blocks.push(Block { what: What::Mock, minutes: MOCK });
        }
        reviews(&mut tracks, *day, &mut room, &mut blocks);
        let this_week = week_of(*day);
        let any_seen = tracks.iter().any(|track| track.seen.is_some());
        if week != Some(this_week) && any_seen && room >= TIMED && !mocks.contains(day) {
            week = Some(this_week);
            room -= TIMED;
            blocks.push(Block { what: What::Timed, minutes: TIMED });
        }
        if ahead > TAPER {
            first_passes(&mut tracks, *day, &mut room, &mut blocks);
        }
        if !blocks.is_empty() {
            days.push(StudyDay { date: *day, blocks });
        }
    }
    let short = shortfall(wanted, &tracks, &study, mocks.len());
    (days, short)
}

/// The topics, the least sure first; those of the same confidence in the order given.
fn tracks(wanted: &Wanted) -> Vec<Track<'_>> {
    let mut topics: Vec<_> = wanted.topics.iter().collect();
    topics.sort_by_key(|topic| topic.confidence);
    let track = |topic: &'_ super::Topic| {
        let (left, pauses): (i32, &'static [i32]) = match topic.confidence {
            1 => (90, &PAUSES),
            2 => (75, &PAUSES),
            3 => (60, &PAUSES),
            4 => (45, &PAUSES[1..]),
            _ => (30, &PAUSES[2..]),
        };
        (left, pauses)
    };
    topics
        .into_iter()
        .map(|topic| {
            let (left, pauses) = track(topic);
            let (begun, seen, last) = (false, None, None);
            Track { name: &topic.name, left, begun, seen, reviews: 0, pauses, last }
        })
        .collect()
}

/// The days of study: so many a week, spread, never the day of rest and never the day before the
/// examination.
fn study_days(wanted: &Wanted, per_week: i32) -> Vec<Date> {
    let length = (wanted.exam_date - wanted.from).get_days();
    let days = (0..length - 1).filter_map(|ahead| wanted.from.checked_add(ahead.days()).ok());
    let is_study = |day: &Date| {
        // 1 to 6 after the day of rest.
        let after_rest = i32::from(day.weekday().since(wanted.rest));
        after_rest > 0 && after_rest * per_week / 6 > (after_rest - 1) * per_week / 6
    };
    days.filter(is_study).collect()
}

/// A mock paper is on the last day of study on or before its day.
fn mock_days(wanted: &Wanted, study: &[Date]) -> Vec<Date> {
    let of = |before: &i32| {
        let day = wanted.exam_date.checked_sub(before.days()).ok()?;
        let near = |study: &&Date| **study <= day && (day - **study).get_days() < 7;
        study.iter().rev().find(near).copied()
    };
    MOCKS.iter().filter_map(of).collect()
}

/// The reviews that are due, the one that waits longest first.
fn reviews(tracks: &mut [Track<'_>], day: Date, room: &mut i32, blocks: &mut Vec<Block>) {
    while *room >= REVIEW {
        let due = tracks.iter_mut().filter_map(|track| Some((track.due()?, track)));
        let due = due.filter(|(due, track)| *due <= day && track.last != Some(day));
        let Some((_, track)) = due.min_by_key(|(due, _)| *due) else { return };
        track.reviews += 1;
        track.last = Some(day);
        *room -= REVIEW;
        let what = What::Review(track.name.to_owned(), track.reviews);
        blocks.push(Block { what, minutes: REVIEW });
    }
}

/// First passes: what was begun is ended, then the next topic begins.
fn first_passes(tracks: &mut [Track<'_>], day: Date, room: &mut i32, blocks: &mut Vec<Block>) {
    while *room >= PIECE {
        let at = tracks.iter().position(|track| track.begun && track.left > 0);
        let at = at.or_else(|| tracks.iter().position(|track| track.left > 0));
        let Some(track) = at.and_then(|at| tracks.get_mut(at)) else { return };
        let minutes = track.left.min(*room);
        track.begun = true;
        track.left -= minutes;
        *room -= minutes;
        if track.left == 0 {
            track.seen = Some(day);
            track.last = Some(day);
        }
        blocks.push(Block { what: What::First(track.name.to_owned()), minutes });
    }
}

impl Track<'_> {
    /// When the next review is due.
    fn due(&self) -> Option<Date> {
        let pause = self.pauses.get(self.reviews)?;
        self.seen?.checked_add(pause.days()).ok()
    }
}

fn shortfall(
    wanted: &Wanted,
    tracks: &[Track<'_>],
    study: &[Date],
    mocks: usize,
) -> Option<Shortfall> {
    let topics: Vec<String> =
        tracks.iter().filter(|track| !track.begun).map(|track| track.name.to_owned()).collect();
    let minutes = tracks.iter().filter(|track| track.begun).map(|track| track.left).sum();
    let last = study.last().copied();
    // A review whose day comes after the examination is not missing.
    let reviews = tracks
        .iter()
        .filter_map(|track| Some((track.seen?, track)))
        .map(|(seen, track)| {
            let rest = track.pauses.iter().skip(track.reviews);
            let in_time =
                |pause: &&i32| seen.checked_add(pause.days()).is_ok_and(|due| Some(due) <= last);
            rest.filter(in_time).count()
        })
        .sum();
    let mocks = mock_days(wanted, &study_days(wanted, 6)).len().saturating_sub(mocks);
    let is_short = !topics.is_empty() || minutes > 0 || reviews > 0 || mocks > 0;
    is_short.then_some(Shortfall { topics, minutes, reviews, mocks, hours_needed: None })
}
