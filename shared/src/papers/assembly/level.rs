//! Forms that keep everything are brought nearer to each other: items of two forms change places.

use super::{
    Selections,
    problem::{Problem, Selection},
};
use std::collections::BTreeSet;

/// How far the mean difficulties of two forms may lie apart before they are levelled, in thousandths.
const APART: i64 = 20;
/// Swaps of one drawing.
const SWAPS: usize = 200;

/// Swaps items of the easiest and the hardest form, within a row, as long as that brings the two nearer to each other and
/// the forms lie too far apart. Each swap makes the squares of all distances smaller, and no form leaves the tolerance,
/// for both come to lie between where they were.
pub(super) fn level(problem: &Problem, forms: &mut Selections) {
    let width = APART * i64::from(problem.blueprint.points().0);
    for _ in 0..SWAPS {
        let offsets: Vec<i64> = forms.iter().map(|form| offset(problem, form)).collect();
        let ends = |nearest: i64| offsets.iter().position(|offset| *offset == nearest);
        let (Some(most), Some(least)) = (offsets.iter().max().copied(), offsets.iter().min().copied()) else { return };
        let (Some(easy), Some(hard)) = (ends(most), ends(least)) else { return };
        if most - least <= width || !swap(problem, forms, (easy, hard), most - least) {
            return;
        }
    }
}

fn offset(problem: &Problem, form: &Selection) -> i64 {
    form.iter().flatten().map(|item| problem.items[*item].offset).sum()
}

/// Makes the swap that leaves the two forms the nearest, of those that keep everything; `false` if there is none.
fn swap(problem: &Problem, forms: &mut Selections, (easy, hard): (usize, usize), gap: i64) -> bool {
    let mut swaps = Vec::new();
    for (row, (of_easy, of_hard)) in forms[easy].iter().zip(&forms[hard]).enumerate() {
        for (one, item) in of_easy.iter().enumerate() {
            for (other, instead) in of_hard.iter().enumerate() {
                let moved = problem.items[*item].offset - problem.items[*instead].offset;
                if 0 < moved && moved < gap {
                    swaps.push(((gap - 2 * moved).abs(), row, one, other));
                }
            }
        }
    }
    swaps.sort_unstable();
    swaps.into_iter().any(|(_, row, one, other)| {
        exchange(forms, (easy, row, one), (hard, row, other));
        let keeps = keeps_everything(problem, forms);
        if !keeps {
            exchange(forms, (easy, row, one), (hard, row, other));
        }
        keeps
    })
}

/// The items at two places, each a form, a row and a place in it, change places.
fn exchange(forms: &mut Selections, one: (usize, usize, usize), other: (usize, usize, usize)) {
    let (first, second) = (forms[one.0][one.1][one.2], forms[other.0][other.1][other.2]);
    forms[one.0][one.1][one.2] = second;
    forms[other.0][other.1][other.2] = first;
}

/// Whether no form has an item or a group of enemies twice or too many items of the last sessions, and no two have too many
/// items in common. What else there is to keep, a swap within a row does not touch.
fn keeps_everything(problem: &Problem, forms: &Selections) -> bool {
    let sets: Vec<BTreeSet<usize>> = forms.iter().map(|form| form.iter().flatten().copied().collect()).collect();
    let limit = problem.recent_limit().unwrap_or_default();
    let is_right = |(form, set): (&Selection, &BTreeSet<usize>)| {
        let groups: Vec<usize> = set.iter().filter_map(|item| problem.items[*item].group).collect();
        let apart: BTreeSet<usize> = groups.iter().copied().collect();
        let recent = set.iter().filter(|item| problem.items[**item].is_recent).count();
        set.len() == form.iter().map(Vec::len).sum::<usize>() && apart.len() == groups.len() && recent <= limit
    };
    let is_apart = |(at, set): (usize, &BTreeSet<usize>)| {
        sets[..at].iter().all(|other| set.intersection(other).count() <= problem.shared_limit)
    };
    forms.iter().zip(&sets).all(is_right) && sets.iter().enumerate().all(is_apart)
}
