//! What shows that there are no forms, without a search.

use super::problem::{Problem, Row};
use crate::papers::{Contradiction, ContradictionKind};
use std::collections::{BTreeMap, VecDeque};

/// What no choice of items can meet; each with its row where it has one.
pub(super) fn impossible(problem: &Problem) -> Vec<Contradiction> {
    let enemies = |row: &usize| Contradiction::at(problem.rows[*row].of, ContradictionKind::EnemiesInTheWay, 1, 2);
    let mut found: Vec<_> = problem.at_war.iter().map(enemies).collect();
    found.extend(too_few(problem));
    if found.is_empty() {
        found.extend(too_many_recent(problem));
        found.extend(out_of_reach(problem));
    }
    found
}

/// Forms that need items of their own. Where forms may share, only one is looked at, which is less than all of them
/// need, so what is found still holds.
fn separate(problem: &Problem) -> usize {
    if problem.shared_limit == 0 { problem.forms } else { 1 }
}

/// Rows that enemies leave fewer items than the forms take.
///
/// A group of enemies is in each form once, so all forms take no more of it than there are forms. Rows that may not be
/// filled so are those that a flow from rows to groups leaves unfilled, and those whose items they would take. The
/// flow is exact: where it fills every row, the items can be dealt to the forms, since a bipartite graph has a
/// colouring of its edges by as many colours as its largest degree (Koenig).
fn too_few(problem: &Problem) -> Vec<Contradiction> {
    let forms = separate(problem);
    let mut flow = Flow::new(problem, forms);
    while let Some(path) = flow.path() {
        flow.push(&path);
    }
    let stuck = flow.stuck();
    let row = |at: &usize| {
        let row = &problem.rows[*at];
        let wanted = row.need * forms;
        Contradiction::at(row.of, ContradictionKind::EnemiesInTheWay, wanted, wanted - flow.missing[*at])
    };
    stuck.iter().map(row).collect()
}

/// Rows on one side, groups of enemies on the other.
struct Flow {
    /// What each row still lacks after its items without enemies.
    missing: Vec<usize>,
    /// How many items of a group a row has that are not taken.
    free: BTreeMap<(usize, usize), usize>,
    /// How many it has taken.
    taken: BTreeMap<(usize, usize), usize>,
    /// How many items a group may still give.
    left: Vec<usize>,
}

impl Flow {
    fn new(problem: &Problem, forms: usize) -> Self {
        let mut free = BTreeMap::new();
        let mut missing = Vec::with_capacity(problem.rows.len());
        for (at, row) in problem.rows.iter().enumerate() {
            let groups: Vec<_> = row.open.iter().filter_map(|item| problem.items[*item].group).collect();
            for group in &groups {
                *free.entry((at, *group)).or_insert(0) += 1;
            }
            missing.push((row.need * forms).saturating_sub(row.open.len() - groups.len()));
        }
        Self { missing, free, taken: BTreeMap::new(), left: vec![forms; problem.groups] }
    }

    /// Goes from the rows that lack items to the groups that they could take of, and on to the rows that hold those,
    /// until a group has items left.
    fn reach(&self) -> Reach {
        let rows = self.missing.len();
        let mut reach =
            Reach { row_to: BTreeMap::new(), group_to: vec![None; rows], seen: vec![false; rows], end: None };
        let mut waiting: VecDeque<_> = (0..rows).filter(|row| self.missing[*row] > 0).collect();
        for row in &waiting {
            reach.seen[*row] = true;
        }
        while let Some(row) = waiting.pop_front() {
            for group in self.groups_of(row) {
                if reach.row_to.contains_key(&group) {
                    continue;
                }
                reach.row_to.insert(group, row);
                if self.left[group] > 0 {
                    reach.end = Some(group);
                    return reach;
                }
                for holder in 0..rows {
                    let holds = self.taken.get(&(holder, group)).is_some_and(|count| *count > 0);
                    if holds && !reach.seen[holder] {
                        reach.seen[holder] = true;
                        reach.group_to[holder] = Some(group);
                        waiting.push_back(holder);
                    }
                }
            }
        }
        reach
    }

    /// The groups of which a row has items that are not taken.
    fn groups_of(&self, row: usize) -> impl Iterator<Item = usize> {
        let of_row = self.free.range((row, 0)..=(row, usize::MAX));
        of_row.filter(|(_, count)| **count > 0).map(|((_, group), _)| *group)
    }

    /// Steps from a row that lacks an item to a group that has one left: who takes of which group, the last first.
    fn path(&self) -> Option<Vec<(usize, usize)>> {
        let reach = self.reach();
        let (mut group, mut path) = (reach.end?, Vec::new());
        loop {
            let row = *reach.row_to.get(&group)?;
            path.push((row, group));
            match reach.group_to[row] {
                Some(before) => group = before,
                None => return Some(path),
            }
        }
    }

    /// Every row of the path takes one of its group, and gives back one of the group that the row before it takes.
    fn push(&mut self, path: &[(usize, usize)]) {
        let Some(((_, end), (start, _))) = path.first().zip(path.last()) else { return };
        self.left[*end] -= 1;
        self.missing[*start] -= 1;
        for (row, group) in path {
            self.shift(*row, *group, true);
        }
        for ((row, _), (_, given)) in path.iter().zip(path.iter().skip(1)) {
            self.shift(*row, *given, false);
        }
    }

    fn shift(&mut self, row: usize, group: usize, takes: bool) {
        let (free, taken) = (self.free.entry((row, group)).or_insert(0), self.taken.entry((row, group)).or_insert(0));
        if takes {
            *free -= 1;
            *taken += 1;
        } else {
            *free += 1;
            *taken -= 1;
        }
    }

    /// The rows that lack items, and those that hold what they could take.
    fn stuck(&self) -> Vec<usize> {
        let seen = self.reach().seen;
        (0..seen.len()).filter(|row| seen[*row]).collect()
    }
}

/// What is reached from the rows that lack items.
struct Reach {
    /// The row from which each group was reached.
    row_to: BTreeMap<usize, usize>,
    /// The group from which each row was reached; none where it began.
    group_to: Vec<Option<usize>>,
    /// The rows that were reached.
    seen: Vec<bool>,
    /// The first group that has items left.
    end: Option<usize>,
}

/// Items of the last sessions that the forms must take, where they may not.
fn too_many_recent(problem: &Problem) -> Vec<Contradiction> {
    let kind = ContradictionKind::TooManyRecent;
    let forms = separate(problem);
    let must = |row: &Row| {
        let fresh = row.open.iter().filter(|item| !problem.items[**item].is_recent).count();
        (row.need * forms).saturating_sub(fresh)
    };
    let musts: Vec<_> = problem.rows.iter().map(must).collect();
    let may = problem.recent_limit().map(|limit| limit * forms);
    let all: usize = musts.iter().sum();
    match may {
        None => {
            let limit = usize::from(problem.blueprint.recent_limit);
            vec![Contradiction { row: None, ..Contradiction::at(0, kind, limit, problem.fixed_recent) }]
        }
        Some(may) if all > may => {
            let named = musts.iter().enumerate().filter(|(_, must)| **must > 0);
            named.map(|(at, must)| Contradiction::at(problem.rows[at].of, kind, may, *must)).collect()
        }
        Some(_) => Vec::new(),
    }
}

/// Whether the hardest or the easiest items leave the forms too hard or too easy, taken together.
fn out_of_reach(problem: &Problem) -> Option<Contradiction> {
    let forms = separate(problem);
    let (mut least, mut most) = (0, 0);
    for row in &problem.rows {
        let mut offsets: Vec<_> = row.open.iter().map(|item| problem.items[*item].offset).collect();
        offsets.sort_unstable();
        let take = row.need * forms;
        least += offsets.iter().take(take).sum::<i64>();
        most += offsets.iter().rev().take(take).sum::<i64>();
    }
    let (low, high) = problem.range;
    let count = i64::try_from(forms).unwrap_or(i64::MAX);
    let nearest = match (least > high * count, most < low * count) {
        (true, _) => least,
        (_, true) => most,
        _ => return None,
    };
    // Thousandths of a form, with what its mandatory items bring.
    let points = i64::from(problem.blueprint.points().0).max(1);
    let wanted = i32::from(problem.blueprint.difficulty);
    let there = (nearest / count - (low + high) / 2) / points;
    let there = wanted + i32::try_from(there).unwrap_or_default();
    Some(Contradiction::of_all(ContradictionKind::DifficultyOutOfReach, wanted, there))
}
