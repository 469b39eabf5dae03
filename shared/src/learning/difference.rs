//! What has changed between two contents of a course, as an author or a reviewer reads it.

mod activities;

pub use activities::ActivityDifference;

use super::{Change, CourseContent, Module, Piece, Unit, agreements, is_alike, text_difference};
use crate::{
    ids::UnitId,
    item_bank::{Item, ItemBody, MultipleRule, key_letters, key_lines, option_letter},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// A published version of a course: one of `GET /courses/{id}/versions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseVersionView {
    /// From 1.
    pub number: i32,
    /// When it was published.
    pub published_at: Timestamp,
}

/// What has changed: `GET /courses/{id}/difference`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseDifference {
    /// Number of the version before; absent if there is none, and everything is new.
    pub from: Option<i32>,
    /// Number of the version after; absent if it is the draft.
    pub to: Option<i32>,
    /// What anybody is told that one can do after the course; empty if it is the same.
    pub goals: Vec<Piece>,
    /// By what the course goes: its textbook and the year of its standard, a line each; empty if it is the same.
    pub basis: Vec<Piece>,
    /// Whether anybody may read the first lesson now; absent if it is as before.
    pub is_sample_open: Option<bool>,
    /// The modules that changed, in the order of the new content; then those that are gone.
    pub modules: Vec<ModuleDifference>,
    /// The units that changed, in the order of the new content; then those that are gone.
    pub units: Vec<UnitDifference>,
}

/// A module that changed. What changed in its units stands with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModuleDifference {
    /// What became of it.
    pub change: Change,
    /// The title; of one that is gone, the last.
    pub title: String,
    /// The title before, if it is another.
    pub title_before: Option<String>,
    /// Whether it stands elsewhere among the modules.
    pub is_moved: bool,
}

/// A unit that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitDifference {
    /// The unit.
    pub id: UnitId,
    /// What became of it.
    pub change: Change,
    /// The title; of one that is gone, the last.
    pub title: String,
    /// Title of its module; of one that is gone, the last.
    pub module_title: String,
    /// The title before, if it is another.
    pub title_before: Option<String>,
    /// Whether it stands elsewhere: in another module, or elsewhere in its own.
    pub is_moved: bool,
    /// How long it was meant to take, in minutes, if that is different.
    pub minutes_before: Option<u16>,
    /// How long it is meant to take, in minutes.
    pub minutes: u16,
    /// The lesson; empty if it is the same.
    pub text: Vec<Piece>,
    /// The exercises that changed.
    pub exercises: Vec<ExerciseDifference>,
    /// The activities that changed.
    pub activities: Vec<ActivityDifference>,
}

/// An exercise that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExerciseDifference {
    /// What became of it.
    pub change: Change,
    /// Its number in the unit, from 1; of one that is gone, the last.
    pub number: u16,
    /// Whether it stands elsewhere in its unit, and says the same.
    pub is_moved: bool,
    /// The exercise as it is read, with its key; empty if it is the same.
    pub text: Vec<Piece>,
}

/// Everything that changed from `old` to `new`. A unit is the same unit by its id, a module by the units that it
/// shares, or by its title if it shares none, and an exercise by what it says.
#[must_use]
pub fn course_difference(
    (from, old): (Option<i32>, &CourseContent),
    (to, new): (Option<i32>, &CourseContent),
) -> CourseDifference {
    let pairs = paired(&old.modules, &new.modules);
    let (before, after) = (&old.about, &new.about);
    CourseDifference {
        from,
        to,
        goals: text_of_two(&before.goals, &after.goals),
        basis: text_of_two(&before.basis(), &after.basis()),
        is_sample_open: (before.is_sample_open != after.is_sample_open).then_some(after.is_sample_open),
        modules: modules(old, new, &pairs),
        units: units(old, new, &pairs),
    }
}

/// What changed in a text; nothing if it is the same.
fn text_of_two(old: &str, new: &str) -> Vec<Piece> {
    if old == new { Vec::new() } else { text_difference(old, new) }
}

/// For each new module its old one.
fn paired(old: &[Module], new: &[Module]) -> Vec<Option<usize>> {
    let mut taken = HashSet::new();
    let mut pairs = vec![None; new.len()];
    let mut shared: Vec<_> = (0..new.len())
        .flat_map(|after| (0..old.len()).map(move |before| (before, after)))
        .map(|(before, after)| (shared_units(&old[before], &new[after]), before, after))
        .filter(|(shared, ..)| *shared > 0)
        .collect();
    // Those that share most come first, and of equal ones those that stand first.
    shared.sort_by_key(|(shared, before, after)| (usize::MAX - shared, *after, *before));
    for (_, before, after) in shared {
        if pairs[after].is_none() && taken.insert(before) {
            pairs[after] = Some(before);
        }
    }
    for (after, module) in new.iter().enumerate().filter(|(_, module)| !module.title.is_empty()) {
        let same = |before: &usize| old[*before].title == module.title && !taken.contains(before);
        if let (None, Some(before)) = (pairs[after], (0..old.len()).find(same)) {
            taken.insert(before);
            pairs[after] = Some(before);
        }
    }
    pairs
}

fn shared_units(old: &Module, new: &Module) -> usize {
    new.units.iter().filter(|unit| old.units.iter().any(|other| other.id == unit.id)).count()
}

/// Of things that stand in an order before and after, those that moved: as few as explain the new order.
fn moved<T: PartialEq + Copy>(old: &[T], new: &[T]) -> Vec<T> {
    let stays: Vec<T> = agreements(old, new).into_iter().map(|(_, after)| new[after]).collect();
    new.iter().copied().filter(|one| old.contains(one) && !stays.contains(one)).collect()
}

fn modules(old: &CourseContent, new: &CourseContent, pairs: &[Option<usize>]) -> Vec<ModuleDifference> {
    let before: Vec<usize> = (0..old.modules.len()).collect();
    let after: Vec<usize> = pairs.iter().flatten().copied().collect();
    let moved = moved(&before, &after);
    let of_new = new.modules.iter().zip(pairs).filter_map(|(module, before)| {
        let title = module.title.clone();
        let Some(before) = before else {
            return Some(ModuleDifference { change: Change::Added, title, title_before: None, is_moved: false });
        };
        let last = &old.modules[*before].title;
        let title_before = (*last != title).then(|| last.clone());
        let is_moved = moved.contains(before);
        (is_moved || title_before.is_some()).then_some(ModuleDifference {
            change: Change::Changed,
            title,
            title_before,
            is_moved,
        })
    });
    let gone = old.modules.iter().enumerate().filter(|(at, _)| !after.contains(at)).map(|(_, module)| {
        let title = module.title.clone();
        ModuleDifference { change: Change::Removed, title, title_before: None, is_moved: false }
    });
    of_new.chain(gone).collect()
}

/// A unit where it stands.
#[derive(Clone, Copy)]
struct Stand<'a> {
    module: usize,
    unit: &'a Unit,
}

fn stands(content: &CourseContent) -> impl Iterator<Item = Stand<'_>> {
    let modules = content.modules.iter().enumerate();
    modules.flat_map(|(module, one)| one.units.iter().map(move |unit| Stand { module, unit }))
}

fn units(old: &CourseContent, new: &CourseContent, pairs: &[Option<usize>]) -> Vec<UnitDifference> {
    let before: HashMap<UnitId, Stand<'_>> = stands(old).map(|stand| (stand.unit.id, stand)).collect();
    let after: HashSet<UnitId> = stands(new).map(|stand| stand.unit.id).collect();
    let mut moved_within = HashSet::new();
    for (module, pair) in new.modules.iter().zip(pairs) {
        let ids = |module: &Module| module.units.iter().map(|unit| unit.id).collect::<Vec<_>>();
        if let Some(pair) = pair {
            moved_within.extend(moved(&ids(&old.modules[*pair]), &ids(module)));
        }
    }
    let of_new = stands(new).filter_map(|stand| {
        let module_title = &new.modules[stand.module].title;
        match before.get(&stand.unit.id) {
            None => Some(whole(Change::Added, stand.unit, module_title)),
            Some(last) => {
                let is_elsewhere = pairs[stand.module] != Some(last.module);
                let is_moved = is_elsewhere || moved_within.contains(&stand.unit.id);
                changed((last.unit, stand.unit), module_title, is_moved)
            }
        }
    });
    let gone = stands(old).filter(|stand| !after.contains(&stand.unit.id));
    let gone = gone.map(|stand| whole(Change::Removed, stand.unit, &old.modules[stand.module].title));
    of_new.chain(gone).collect()
}

/// A unit that came or went.
fn whole(change: Change, unit: &Unit, module_title: &str) -> UnitDifference {
    let exercise = |(at, item): (usize, &Item)| alone(change, at, as_text(item));
    let text = Piece { change, text: unit.body.clone() };
    UnitDifference {
        id: unit.id,
        change,
        title: unit.title.clone(),
        module_title: module_title.to_owned(),
        title_before: None,
        is_moved: false,
        minutes_before: None,
        minutes: unit.minutes,
        text: if text.text.is_empty() { Vec::new() } else { vec![text] },
        exercises: unit.exercises.iter().enumerate().map(exercise).collect(),
        activities: activities::each(change, &unit.activities),
    }
}

/// A unit that stays; `None` if nothing of it changed.
fn changed((old, new): (&Unit, &Unit), module_title: &str, is_moved: bool) -> Option<UnitDifference> {
    let title_before = (old.title != new.title).then(|| old.title.clone());
    let minutes_before = (old.minutes != new.minutes).then_some(old.minutes);
    let text = text_of_two(&old.body, &new.body);
    let exercises = exercises(&old.exercises, &new.exercises);
    let activities = activities::activities(&old.activities, &new.activities);
    let is_titled_the_same = title_before.is_none() && minutes_before.is_none();
    let is_same = is_titled_the_same && text.is_empty() && exercises.is_empty() && activities.is_empty();
    (is_moved || !is_same).then(|| UnitDifference {
        id: new.id,
        change: Change::Changed,
        title: new.title.clone(),
        module_title: module_title.to_owned(),
        title_before,
        is_moved,
        minutes_before,
        minutes: new.minutes,
        text,
        exercises,
        activities,
    })
}

/// The exercises that came, went, moved, or say something else. Between two that stay, one that went and one that came
/// are the same exercise if they are alike.
fn exercises(old: &[Item], new: &[Item]) -> Vec<ExerciseDifference> {
    let stays = agreements(old, new);
    let moved = moved_exercises(old, new, &stays);
    let has_left = |at: &usize| moved.iter().any(|(from, _)| from == at);
    let has_arrived = |at: &usize| moved.iter().any(|(_, to)| to == at);
    let (mut before, mut after, mut found) = (0, 0, Vec::new());
    for (at_old, at_new) in stays.into_iter().chain([(old.len(), new.len())]) {
        let mut gone = (before..at_old).filter(|at| !has_left(at));
        let mut come = (after..at_new).filter(|at| !has_arrived(at));
        loop {
            let (one, other) = (gone.next(), come.next());
            match (one.map(|at| (at, as_text(&old[at]))), other.map(|at| (at, as_text(&new[at])))) {
                (None, None) => break,
                (Some((_, last)), Some((at, now))) if is_alike(&last, &now) => {
                    found.push(changed_exercise(at, text_difference(&last, &now)));
                }
                (last, now) => {
                    found.extend(last.map(|(at, text)| alone(Change::Removed, at, text)));
                    found.extend(now.map(|(at, text)| alone(Change::Added, at, text)));
                }
            }
        }
        let arrived = (after..at_new).filter(has_arrived);
        found.extend(arrived.map(|at| ExerciseDifference { is_moved: true, ..changed_exercise(at, Vec::new()) }));
        (before, after) = (at_old + 1, at_new + 1);
    }
    found
}

/// Of the exercises that do not stay where they were, those that stand elsewhere and say the same: from where, to where.
fn moved_exercises(old: &[Item], new: &[Item], stays: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut taken: HashSet<usize> = stays.iter().map(|(_, at)| *at).collect();
    let left = (0..old.len()).filter(|at| !stays.iter().any(|(stay, _)| stay == at));
    let moved = left.filter_map(|from| {
        let to = (0..new.len()).find(|to| new[*to] == old[from] && !taken.contains(to))?;
        taken.insert(to);
        Some((from, to))
    });
    moved.collect()
}

fn alone(change: Change, at: usize, text: String) -> ExerciseDifference {
    ExerciseDifference { change, number: number(at), is_moved: false, text: vec![Piece { change, text }] }
}

fn changed_exercise(at: usize, text: Vec<Piece>) -> ExerciseDifference {
    ExerciseDifference { change: Change::Changed, number: number(at), is_moved: false, text }
}

fn number(at: usize) -> u16 {
    u16::try_from(at + 1).unwrap_or(u16::MAX)
}

/// An exercise as it is read: stem, options, key and explanation, a line each.
fn as_text(item: &Item) -> String {
    let mut lines = vec![item.stem.clone()];
    if let ItemBody::SingleChoice { options, .. } | ItemBody::MultipleChoice { options, .. } = &item.body {
        lines.extend((0..).zip(options).map(|(index, option)| format!("{}. {option}", option_letter(index))));
    }
    // Numbers of words say less than the words.
    let is_named_by_lines = !matches!(item.body, ItemBody::HotText { .. });
    match key_lines(&item.body) {
        key if key.is_empty() || !is_named_by_lines => {
            lines.push(format!("✓ {}{}", key_letters(item).join(" "), worth(item)))
        }
        key => lines.extend(key.iter().map(|line| format!("✓ {line}"))),
    }
    if !item.explanation.is_empty() {
        lines.push(item.explanation.clone());
    }
    lines.join("\n")
}

/// How a choice of several is worth something that is not wholly right; empty for the usual rule.
const fn worth(item: &Item) -> &'static str {
    match &item.body {
        ItemBody::MultipleChoice { rule: MultipleRule::PartialNoWrong, .. }
        | ItemBody::HotText { rule: MultipleRule::PartialNoWrong, .. } => " (½)",
        _ => "",
    }
}

#[cfg(test)]
mod tests;
