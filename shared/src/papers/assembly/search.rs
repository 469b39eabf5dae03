//! Every combination, one after another, without those that cannot lead on. What it does not find is not there, unless
//! its bound ends it before.

use super::{Selections, problem::Problem};

/// Places that are looked at.
const BOUND: u32 = 400_000;

/// One place to be filled: the so-many-th item of a row of a form.
struct Place {
    form: usize,
    row: usize,
    is_first_of_row: bool,
    /// What the places of the form after this one can bring to the difficulty, at least and at most.
    rest: (i64, i64),
    /// How many items of the last sessions they must take.
    rest_recent: usize,
}

/// The state of the search.
pub(super) struct Search<'a> {
    problem: &'a Problem<'a>,
    places: Vec<Place>,
    /// The item of each place, as a place in its row's order.
    chosen: Vec<usize>,
    /// The forms in which each item stands, one bit each.
    stands: Vec<u8>,
    /// How many items two forms have in common.
    shared: Vec<Vec<usize>>,
    /// The groups of enemies in each form.
    groups: Vec<Vec<bool>>,
    recent: Vec<usize>,
    offsets: Vec<i64>,
    looked_at: u32,
    deepest: usize,
}

impl<'a> Search<'a> {
    pub(super) fn new(problem: &'a Problem<'a>) -> Self {
        let forms = problem.forms;
        Self {
            problem,
            places: (0..forms).flat_map(|form| places_of(problem, form)).collect(),
            chosen: Vec::new(),
            stands: vec![0; problem.items.len()],
            shared: vec![vec![0; forms]; forms],
            groups: vec![vec![false; problem.groups]; forms],
            recent: vec![0; forms],
            offsets: vec![0; forms],
            looked_at: 0,
            deepest: 0,
        }
    }

    /// The first combination that keeps everything.
    pub(super) fn run(&mut self) -> Option<Selections> {
        let limit = self.problem.recent_limit()?;
        if !self.fill(0, limit) {
            return None;
        }
        let mut forms = vec![vec![Vec::new(); self.problem.rows.len()]; self.problem.forms];
        for (place, at) in self.places.iter().zip(&self.chosen) {
            forms[place.form][place.row].push(self.problem.rows[place.row].open[*at]);
        }
        Some(forms)
    }

    /// Whether every combination was looked at.
    pub(super) const fn is_exhaustive(&self) -> bool {
        self.looked_at < BOUND
    }

    /// The row that the search came to last.
    pub(super) fn stuck_at(&self) -> Option<u16> {
        self.places.get(self.deepest).and_then(|place| u16::try_from(self.problem.rows[place.row].of).ok())
    }

    fn fill(&mut self, at: usize, limit: usize) -> bool {
        self.deepest = self.deepest.max(at);
        let Some(place) = self.places.get(at) else { return true };
        let (row, first) = (place.row, if place.is_first_of_row { 0 } else { self.chosen[at - 1] + 1 });
        for choice in first..self.problem.rows[row].open.len() {
            if self.looked_at == BOUND {
                return false;
            }
            self.looked_at += 1;
            let item = self.problem.rows[row].open[choice];
            if !self.may_take(at, item, limit) {
                continue;
            }
            self.put(at, item);
            self.chosen.push(choice);
            if !self.starves(at) && self.fill(at + 1, limit) {
                return true;
            }
            self.chosen.pop();
            self.take_back(at, item);
        }
        false
    }

    fn may_take(&self, at: usize, item: usize, limit: usize) -> bool {
        let (place, candidate) = (&self.places[at], &self.problem.items[item]);
        let (low, high) = self.problem.range;
        let offset = self.offsets[place.form] + candidate.offset;
        let recent = self.recent[place.form] + usize::from(candidate.is_recent);
        offset + place.rest.0 <= high
            && offset + place.rest.1 >= low
            && recent + place.rest_recent <= limit
            && self.is_free(place.form, item)
    }

    /// Whether an item may stand in a form beside what is in the forms already.
    fn is_free(&self, form: usize, item: usize) -> bool {
        let has_enemy = self.problem.items[item].group.is_some_and(|group| self.groups[form][group]);
        let limit = self.problem.shared_limit;
        !has_enemy && (0..form).all(|other| !stands_in(self.stands[item], other) || self.shared[form][other] < limit)
    }

    /// Whether a later row of the form has too few items left.
    fn starves(&self, at: usize) -> bool {
        let (form, row) = (self.places[at].form, self.places[at].row);
        let mut later = self.problem.rows.iter().skip(row + 1);
        later.any(|row| row.open.iter().filter(|item| self.is_free(form, **item)).take(row.need).count() < row.need)
    }

    fn put(&mut self, at: usize, item: usize) {
        let form = self.places[at].form;
        for other in (0..form).filter(|other| stands_in(self.stands[item], *other)) {
            self.shared[form][other] += 1;
        }
        self.mark(form, item, true);
        self.recent[form] += usize::from(self.problem.items[item].is_recent);
        self.offsets[form] += self.problem.items[item].offset;
    }

    fn take_back(&mut self, at: usize, item: usize) {
        let form = self.places[at].form;
        for other in (0..form).filter(|other| stands_in(self.stands[item], *other)) {
            self.shared[form][other] -= 1;
        }
        self.mark(form, item, false);
        self.recent[form] -= usize::from(self.problem.items[item].is_recent);
        self.offsets[form] -= self.problem.items[item].offset;
    }

    fn mark(&mut self, form: usize, item: usize, is_there: bool) {
        self.stands[item] ^= 1 << form;
        if let Some(group) = self.problem.items[item].group {
            self.groups[form][group] = is_there;
        }
    }
}

fn stands_in(forms: u8, form: usize) -> bool {
    forms & (1 << form) != 0
}

/// The places of a form, row by row, each with what those after it can bring.
fn places_of(problem: &Problem, form: usize) -> Vec<Place> {
    let (mut places, mut rest, mut rest_recent) = (Vec::new(), (0, 0), 0);
    for (at, row) in problem.rows.iter().enumerate().rev() {
        let mut offsets: Vec<_> = row.open.iter().map(|item| problem.items[*item].offset).collect();
        offsets.sort_unstable();
        let fresh = row.open.iter().filter(|item| !problem.items[**item].is_recent).count();
        let (after, after_recent) = (rest, rest_recent);
        for later in 0..row.need {
            let least: i64 = offsets.iter().take(later).sum();
            let most: i64 = offsets.iter().rev().take(later).sum();
            places.push(Place {
                form,
                row: at,
                is_first_of_row: later + 1 == row.need,
                rest: (after.0 + least, after.1 + most),
                rest_recent: after_recent,
            });
        }
        rest.0 += offsets.iter().take(row.need).sum::<i64>();
        rest.1 += offsets.iter().rev().take(row.need).sum::<i64>();
        rest_recent = after_recent + row.need.saturating_sub(fresh);
    }
    places.reverse();
    places
}
