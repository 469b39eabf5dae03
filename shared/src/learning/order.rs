//! The order of modules and units, and of what is in a unit, as an author changes it.

use super::{Activity, CourseContent};
use crate::ids::ActivityId;

/// Where a unit stands: its module, and its place in it, both from 0.
pub type UnitPlace = (usize, usize);

/// Moves a thing to where another stands; what stands between makes room. Nothing happens if there is no such place.
pub fn move_within<T>(things: &mut Vec<T>, from: usize, to: usize) {
    if from < things.len() && to < things.len() {
        let thing = things.remove(from);
        things.insert(to, thing);
    }
}

/// Moves a module to where another stands, as [`move_within`].
pub fn move_module(content: &mut CourseContent, from: usize, to: usize) {
    move_within(&mut content.modules, from, to);
}

/// Moves an activity to where another stands, as [`move_within`]: all others keep their order, those of other kinds
/// as well. Nothing happens if one of them is not there.
pub fn move_activity(activities: &mut Vec<Activity>, id: ActivityId, to: ActivityId) {
    let at = |id: ActivityId| activities.iter().position(|activity| activity.id == id);
    if let (Some(from), Some(to)) = (at(id), at(to)) {
        move_within(activities, from, to);
    }
}

/// Moves a unit to a place in its module or another, where it then stands; what stood there makes room. Nothing
/// happens if there is no such unit or module; a place beyond the end is the end.
pub fn move_unit(content: &mut CourseContent, from: UnitPlace, to: UnitPlace) {
    let is_there = content.modules.get(from.0).is_some_and(|module| from.1 < module.units.len());
    if is_there && to.0 < content.modules.len() {
        let unit = content.modules[from.0].units.remove(from.1);
        let units = &mut content.modules[to.0].units;
        units.insert(to.1.min(units.len()), unit);
    }
}

/// Where a unit goes one step up: before the unit above, or to the end of the module above.
#[must_use]
pub fn above(content: &CourseContent, (module, unit): UnitPlace) -> Option<UnitPlace> {
    match (module.checked_sub(1), unit.checked_sub(1)) {
        (_, Some(unit)) => Some((module, unit)),
        (Some(module), None) => Some((module, content.modules.get(module)?.units.len())),
        (None, None) => None,
    }
}

/// Where a unit goes one step down: behind the unit below, or to the beginning of the module below.
#[must_use]
pub fn below(content: &CourseContent, (module, unit): UnitPlace) -> Option<UnitPlace> {
    if unit + 1 < content.modules.get(module)?.units.len() {
        return Some((module, unit + 1));
    }
    (module + 1 < content.modules.len()).then_some((module + 1, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::UnitId,
        learning::{ActivityBody, Module, Unit},
    };
    use proptest::prelude::*;

    /// A content of modules with so many units, numbered through.
    fn content(sizes: &[usize]) -> CourseContent {
        let mut next = 0_u128;
        let mut unit = || {
            next += 1;
            let id = UnitId(uuid::Uuid::from_u128(next));
            Unit {
                id,
                title: next.to_string(),
                minutes: 5,
                body: String::new(),
                exercises: Vec::new(),
                activities: Vec::new(),
            }
        };
        let module = |size: &usize| Module { title: String::new(), units: (0..*size).map(|_| unit()).collect() };
        CourseContent { modules: sizes.iter().map(module).collect(), ..CourseContent::default() }
    }

    fn titles(content: &CourseContent) -> Vec<Vec<&str>> {
        let modules = content.modules.iter();
        modules.map(|module| module.units.iter().map(|unit| unit.title.as_str()).collect()).collect()
    }

    #[track_caller]
    fn check(from: UnitPlace, to: UnitPlace, expected: [&[&str]; 2]) {
        let mut content = content(&[3, 1]);
        move_unit(&mut content, from, to);
        assert_eq!(titles(&content), expected);
    }

    #[test]
    fn a_unit_stands_where_it_was_put() {
        check((0, 0), (0, 2), [&["2", "3", "1"], &["4"]]);
        check((0, 2), (0, 0), [&["3", "1", "2"], &["4"]]);
        check((0, 1), (1, 0), [&["1", "3"], &["2", "4"]]);
        check((1, 0), (0, 9), [&["1", "2", "3", "4"], &[]]);
        check((1, 1), (0, 0), [&["1", "2", "3"], &["4"]]);
        check((0, 0), (2, 0), [&["1", "2", "3"], &["4"]]);
    }

    #[test]
    fn a_step_leads_over_the_edge_of_a_module() {
        let content = content(&[2, 1]);
        let places = [(0, 0), (0, 1), (1, 0)];
        assert_eq!(places.map(|place| above(&content, place)), [None, Some((0, 0)), Some((0, 2))]);
        assert_eq!(places.map(|place| below(&content, place)), [Some((0, 1)), Some((1, 0)), None]);
    }

    #[test]
    fn a_module_takes_its_units_along() {
        let mut content = content(&[1, 1, 1]);
        move_module(&mut content, 0, 2);
        assert_eq!(titles(&content), [["2"], ["3"], ["1"]]);
        move_module(&mut content, 3, 0);
        assert_eq!(titles(&content), [["2"], ["3"], ["1"]]);
    }

    /// Activities of these ids; the even ones are lessons face to face.
    fn activities(ids: &[u128]) -> Vec<Activity> {
        let activity = |id: &u128| Activity {
            id: ActivityId(uuid::Uuid::from_u128(*id)),
            title: id.to_string(),
            is_required: false,
            body: match id % 2 {
                0 => ActivityBody::OfflineLesson { about: String::new(), class_hours: 1 },
                _ => ActivityBody::Discussion { prompt: String::new() },
            },
        };
        ids.iter().map(activity).collect()
    }

    #[test]
    fn an_activity_stands_where_it_was_put_and_other_kinds_keep_their_order() {
        let moved = |id: u128, to: u128| {
            let mut moved = activities(&[1, 2, 3, 4, 5]);
            move_activity(&mut moved, ActivityId(uuid::Uuid::from_u128(id)), ActivityId(uuid::Uuid::from_u128(to)));
            moved
        };
        assert_eq!(moved(1, 5), activities(&[2, 3, 4, 5, 1]));
        assert_eq!(moved(5, 1), activities(&[5, 1, 2, 3, 4]));
        assert_eq!(moved(4, 2), activities(&[1, 4, 2, 3, 5]));
        assert_eq!(moved(3, 3), activities(&[1, 2, 3, 4, 5]));
        assert_eq!(moved(3, 9), activities(&[1, 2, 3, 4, 5]));
    }

    proptest! {
        #[test]
        fn what_moves_within_a_list_leaves_the_order_of_the_rest(
            len in 0..6_usize, from in 0..7_usize, to in 0..7_usize,
        ) {
            let before: Vec<usize> = (0..len).collect();
            let mut after = before.clone();
            move_within(&mut after, from, to);
            if from < len && to < len {
                prop_assert_eq!(after.get(to), Some(&from));
            }
            after.retain(|thing| *thing != from);
            let rest: Vec<usize> = before.into_iter().filter(|thing| *thing != from).collect();
            prop_assert_eq!(after, rest);
        }

        #[test]
        fn whatever_moves_no_unit_is_lost_and_back_is_back(
            sizes in prop::collection::vec(0..4_usize, 1..4),
            from in (0..4_usize, 0..4_usize),
            to in (0..4_usize, 0..4_usize),
        ) {
            let before = content(&sizes);
            let mut after = before.clone();
            move_unit(&mut after, from, to);
            let all = |content: &CourseContent| {
                let mut titles: Vec<String> = titles(content).concat().into_iter().map(str::to_owned).collect();
                titles.sort();
                titles
            };
            prop_assert_eq!(all(&after), all(&before));
            if after != before {
                let stands = (to.0, to.1.min(after.modules[to.0].units.len() - 1));
                move_unit(&mut after, stands, from);
            }
            prop_assert_eq!(after, before);
        }

        #[test]
        fn a_step_down_undoes_a_step_up(
            sizes in prop::collection::vec(0..4_usize, 1..4), from in (0..4_usize, 0..4_usize),
        ) {
            let before = content(&sizes);
            let is_there = before.modules.get(from.0).is_some_and(|module| from.1 < module.units.len());
            if let Some(to) = above(&before, from).filter(|_| is_there) {
                let mut after = before.clone();
                move_unit(&mut after, from, to);
                let back = below(&after, to).unwrap();
                move_unit(&mut after, to, back);
                prop_assert_eq!(after, before);
            }
        }
    }
}
