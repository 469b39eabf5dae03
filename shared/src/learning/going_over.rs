//! Which version of a course a learner studies, and what of their study counts in it.
//!
//! A class begins with a version, and its learners go over to newer ones by themselves: nobody who is in the middle
//! of a unit loses it under their hands, and nobody who has completed the course is asked for more. What was done
//! counts wherever it still stands: what was read by the id of its unit, which its authors keep as long as it is the
//! same unit to a learner, and what was answered by what was asked.

use super::{CourseContent, StudyRules, Unit};
use crate::{ids::UnitId, item_bank::Item, time::Timestamp};

/// A version that learners may study.
#[derive(Clone, Copy, Debug)]
pub struct OfferedVersion<'a> {
    /// When it was published.
    pub published_at: Timestamp,
    /// What is studied.
    pub content: &'a CourseContent,
}

/// The version that a learner studies: its place among `versions`, which begin with the one of the class and ascend.
///
/// When a newer version comes, the learner
/// - stays with theirs for good if they have completed it by then;
/// - stays until the unit at which they are is complete, if they have begun it and the newer version has it otherwise;
/// - goes over at once in every other case.
///
/// Who goes over goes to the newest that there is then. `begun` says when the learner began to read or to answer
/// in which unit; `completed_at` when a unit became complete, if it did. Facts are only added, and later ones are
/// later, so that nobody goes back; but who was in the middle of a unit without a network ends that unit first.
#[must_use]
pub fn version_at_hand(
    versions: &[OfferedVersion<'_>],
    begun: &[(Timestamp, UnitId)],
    completed_at: impl Fn(&Unit) -> Option<Timestamp>,
    rules: &StudyRules,
) -> usize {
    let mut at = 0;
    while let (Some(mine), Some(next)) = (versions.get(at), versions.get(at + 1)) {
        let newest_at = |instant: Timestamp| versions.iter().rposition(|one| one.published_at <= instant);
        let came = next.published_at;
        let goes_to = newest_at(came).unwrap_or(at + 1).max(at + 1);
        let Some(free) = free_from(mine.content, versions[goes_to].content, begun, came, &completed_at) else {
            break;
        };
        if course_completed_at(mine.content, &completed_at, rules).is_some_and(|completed| completed <= free) {
            break;
        }
        at = newest_at(free).unwrap_or(goes_to).max(goes_to);
    }
    at
}

/// From when on a learner may go over, if a newer version `came`; `None` while they are in the middle of a unit.
fn free_from(
    mine: &CourseContent,
    newer: &CourseContent,
    begun: &[(Timestamp, UnitId)],
    came: Timestamp,
    completed_at: impl Fn(&Unit) -> Option<Timestamp>,
) -> Option<Timestamp> {
    let before = begun.iter().filter(|(at, _)| *at < came).max();
    let Some(unit) = before.and_then(|(_, id)| unit_of(mine, *id)) else { return Some(came) };
    if unit_of(newer, unit.id) == Some(unit) { Some(came) } else { completed_at(unit).map(|at| at.max(came)) }
}

/// When enough units of a content were complete to open the gate.
#[must_use]
pub fn course_completed_at(
    content: &CourseContent,
    completed_at: impl Fn(&Unit) -> Option<Timestamp>,
    rules: &StudyRules,
) -> Option<Timestamp> {
    let units: Vec<&Unit> = content.modules.iter().flat_map(|module| &module.units).collect();
    let mut completed: Vec<Timestamp> = units.iter().filter_map(|unit| completed_at(unit)).collect();
    completed.sort_unstable();
    let needed = rules.needed(u16::try_from(units.len()).unwrap_or(u16::MAX));
    completed.get(usize::from(needed) - 1).copied()
}

fn unit_of(content: &CourseContent, id: UnitId) -> Option<&Unit> {
    content.modules.iter().flat_map(|module| &module.units).find(|unit| unit.id == id)
}

/// Where an exercise that was answered in one version of a unit stands in another: at its place, or where else the
/// same is asked; `None` if nothing is asked that is the same. An explanation may be another.
#[must_use]
pub fn exercise_now(asked: &[Item], index: usize, now: &[Item]) -> Option<usize> {
    let asked = asked.get(index)?;
    let is_same = |item: &Item| item.stem == asked.stem && item.body == asked.body;
    match now.get(index) {
        Some(item) if is_same(item) => Some(index),
        _ => now.iter().position(is_same),
    }
}

#[cfg(test)]
mod tests;
