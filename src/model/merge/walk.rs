//! The way back from some versions to those that they come from.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::model::Rev;

/// The versions whose bodies a merge of these heads looks at: those back to the nearest one that
/// all of them come from and in which nothing is left to decide, and it. Asked before the bodies
/// are read.
pub fn needed<'a>(
    parents: impl Fn(Rev) -> Option<&'a [Rev]>,
    is_open: impl Fn(Rev) -> bool,
    heads: &[Rev],
) -> BTreeSet<Rev> {
    let depths = depths(&parents, heads);
    needed_at(parents, |rev| depths.get(&rev).copied(), is_open, heads)
}

/// The same where it is known how far back each version lies: the longest way to a first one.
pub fn needed_at<'a>(
    parents: impl Fn(Rev) -> Option<&'a [Rev]>,
    depth: impl Fn(Rev) -> Option<usize>,
    is_open: impl Fn(Rev) -> bool,
    heads: &[Rev],
) -> BTreeSet<Rev> {
    let mut waiting: BinaryHeap<(usize, Rev)> = BinaryHeap::new();
    let mut seen: BTreeSet<Rev> = heads.iter().copied().collect();
    let mut needed = BTreeSet::new();
    let mut lost = false;
    waiting.extend(heads.iter().filter_map(|head| Some((depth(*head)?, *head))));
    while let Some((_, rev)) = waiting.pop() {
        needed.insert(rev);
        // All ways back lead through this one: what lies before it makes no difference.
        if waiting.is_empty() && !lost && !is_open(rev) {
            break;
        }
        for parent in parents(rev).unwrap_or_default() {
            match depth(*parent) {
                Some(depth) if seen.insert(*parent) => waiting.push((depth, *parent)),
                Some(_) => {}
                None => lost = true,
            }
        }
    }
    needed
}

/// The longest way back from each version to a first one; versions that are not here have none.
pub fn depths<'a>(
    parents: &impl Fn(Rev) -> Option<&'a [Rev]>,
    heads: &[Rev],
) -> BTreeMap<Rev, usize> {
    let mut depths: BTreeMap<Rev, usize> = BTreeMap::new();
    for rev in in_order(parents, heads) {
        let before = parents(rev).unwrap_or_default().iter().filter_map(|p| depths.get(p));
        let depth = before.max().map_or(0, |depth| depth + 1);
        depths.insert(rev, depth);
    }
    depths
}

/// The versions that are here and that these heads come from, each after those it was made from.
pub(super) fn in_order<'a>(parents: &impl Fn(Rev) -> Option<&'a [Rev]>, heads: &[Rev]) -> Vec<Rev> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    let mut stack: Vec<(Rev, bool)> = heads.iter().map(|head| (*head, false)).collect();
    while let Some((rev, done)) = stack.pop() {
        if done {
            order.push(rev);
        } else if let Some(parents) = parents(rev)
            && seen.insert(rev)
        {
            stack.push((rev, true));
            stack.extend(parents.iter().map(|parent| (*parent, false)));
        }
    }
    order
}
