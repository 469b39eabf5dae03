//! Forms that are filled one after another, and brought nearer to the difficulty by exchanges.

use super::{
    Selections,
    problem::{Problem, Selection},
};
use std::collections::BTreeSet;

/// Exchanges within one form.
const EXCHANGES: usize = 200;

/// Forms that have no item in common and keep everything, if this way leads to some.
pub(super) fn fill(problem: &Problem) -> Option<Selections> {
    let mut taken = vec![false; problem.items.len()];
    (0..problem.forms).map(|_| Filling::of(problem, &mut taken)?.balanced(&mut taken)).collect()
}

/// One form while it is filled.
struct Filling<'a> {
    problem: &'a Problem<'a>,
    rows: Selection,
    groups: BTreeSet<usize>,
    recent: usize,
    limit: usize,
    offset: i64,
}

impl<'a> Filling<'a> {
    /// Takes the first items of each row that may be taken, the row with the fewest to spare first.
    fn of(problem: &'a Problem<'a>, taken: &mut [bool]) -> Option<Self> {
        let rows = vec![Vec::new(); problem.rows.len()];
        let limit = problem.recent_limit()?;
        let mut filling = Self { problem, rows, groups: BTreeSet::new(), recent: 0, limit, offset: 0 };
        let mut order: Vec<_> = (0..problem.rows.len()).collect();
        order.sort_by_key(|row| (problem.rows[*row].open.len().saturating_sub(problem.rows[*row].need), *row));
        for row in order {
            for item in &problem.rows[row].open {
                if filling.rows[row].len() == problem.rows[row].need {
                    break;
                }
                if !taken[*item] && filling.may_take(*item, None) {
                    taken[*item] = true;
                    filling.take(row, *item);
                }
            }
            if filling.rows[row].len() < problem.rows[row].need {
                return None;
            }
        }
        Some(filling)
    }

    /// Whether an item may stand beside the others, without the one whose place it takes.
    fn may_take(&self, item: usize, instead: Option<usize>) -> bool {
        let (new, old) = (&self.problem.items[item], instead.map(|old| &self.problem.items[old]));
        let old_group = old.and_then(|old| old.group);
        let has_enemy = new.group.is_some_and(|group| self.groups.contains(&group)) && new.group != old_group;
        let recent = self.recent + usize::from(new.is_recent) - usize::from(old.is_some_and(|old| old.is_recent));
        !has_enemy && recent <= self.limit
    }

    fn take(&mut self, row: usize, item: usize) {
        let new = &self.problem.items[item];
        self.groups.extend(new.group);
        self.recent += usize::from(new.is_recent);
        self.offset += new.offset;
        self.rows[row].push(item);
    }

    fn give_back(&mut self, row: usize, place: usize) -> usize {
        let item = self.rows[row].swap_remove(place);
        let old = &self.problem.items[item];
        if let Some(group) = old.group {
            self.groups.remove(&group);
        }
        self.recent -= usize::from(old.is_recent);
        self.offset -= old.offset;
        item
    }

    /// How far the difficulty is from the target.
    fn distance(&self, offset: i64) -> i64 {
        let (low, high) = self.problem.range;
        (2 * offset - low - high).abs()
    }

    /// Exchanges items as long as that brings the form nearer to the target; `None` if it stays too far away.
    fn balanced(mut self, taken: &mut [bool]) -> Option<Selection> {
        for _ in 0..EXCHANGES {
            let Some((row, place, new)) = self.best_exchange(taken) else { break };
            let old = self.give_back(row, place);
            taken[old] = false;
            taken[new] = true;
            self.take(row, new);
        }
        let (low, high) = self.problem.range;
        (low..=high).contains(&self.offset).then_some(self.rows)
    }

    /// The exchange that brings the form nearest to the target, the first of several; `None` if none brings it nearer.
    fn best_exchange(&self, taken: &[bool]) -> Option<(usize, usize, usize)> {
        let (mut best, mut nearest) = (None, self.distance(self.offset));
        for (row, drawn) in self.rows.iter().enumerate() {
            for (place, old) in drawn.iter().enumerate() {
                let without = self.offset - self.problem.items[*old].offset;
                for new in self.problem.rows[row].open.iter().filter(|new| !taken[**new]) {
                    let distance = self.distance(without + self.problem.items[*new].offset);
                    if distance < nearest && self.may_take(*new, Some(*old)) {
                        (best, nearest) = (Some((row, place, *new)), distance);
                    }
                }
            }
        }
        best
    }
}
