//! What has changed between the activities of a unit.

use super::number;
use crate::learning::{Activity, ActivityKind, Change, Piece, agreements, text_difference};
use serde::{Deserialize, Serialize};

/// An activity that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivityDifference {
    /// What became of it.
    pub change: Change,
    /// Its kind; of one that is gone, the last.
    pub kind: ActivityKind,
    /// Its number in the unit, from 1; of one that is gone, the last.
    pub number: u16,
    /// Whether it stands elsewhere in its unit.
    pub is_moved: bool,
    /// Whether the task point needs it now; absent if that is as before.
    pub is_required: Option<bool>,
    /// The activity as it is read; empty if it is the same.
    pub text: Vec<Piece>,
}

/// The activities of a unit that came or went.
pub(super) fn each(change: Change, activities: &[Activity]) -> Vec<ActivityDifference> {
    activities.iter().enumerate().map(|(at, activity)| alone(change, at, activity)).collect()
}

fn alone(change: Change, at: usize, activity: &Activity) -> ActivityDifference {
    let text = vec![Piece { change, text: activity.as_text() }];
    let is_required = (change == Change::Added && activity.is_required).then_some(true);
    ActivityDifference { change, kind: activity.body.kind(), number: number(at), is_moved: false, is_required, text }
}

/// The activities that came, went, moved or say something else, in the order of the new ones; then those that are
/// gone. An activity is the same by its id.
pub(super) fn activities(old: &[Activity], new: &[Activity]) -> Vec<ActivityDifference> {
    let ids = |activities: &[Activity]| activities.iter().map(|activity| activity.id).collect::<Vec<_>>();
    let (before, after) = (ids(old), ids(new));
    let stays: Vec<usize> = agreements(&before, &after).into_iter().map(|(_, at)| at).collect();
    let of_new = new.iter().enumerate().filter_map(|(at, activity)| {
        let Some(last) = old.iter().find(|last| last.id == activity.id) else {
            return Some(alone(Change::Added, at, activity));
        };
        let (is_moved, texts) = (!stays.contains(&at), (last.as_text(), activity.as_text()));
        let is_required = (last.is_required != activity.is_required).then_some(activity.is_required);
        let text = if texts.0 == texts.1 { Vec::new() } else { text_difference(&texts.0, &texts.1) };
        let is_same = !is_moved && is_required.is_none() && text.is_empty();
        (!is_same).then(|| ActivityDifference {
            change: Change::Changed,
            kind: activity.body.kind(),
            number: number(at),
            is_moved,
            is_required,
            text,
        })
    });
    let gone = old.iter().enumerate().filter(|(_, activity)| !after.contains(&activity.id));
    of_new.chain(gone.map(|(at, activity)| alone(Change::Removed, at, activity))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::ActivityId,
        learning::{ActivityBody, Takes},
    };
    use uuid::Uuid;

    fn activity(n: u128) -> Activity {
        let body = ActivityBody::Assignment {
            task: format!("T{n}"),
            takes: Takes { may_write: true, photos: 0, files: 0 },
            rubric: Vec::new(),
        };
        Activity { id: ActivityId(Uuid::from_u128(n)), title: format!("A{n}"), is_required: false, body }
    }

    fn told(old: &[Activity], new: &[Activity]) -> Vec<(Change, u16, bool)> {
        activities(old, new).iter().map(|one| (one.change, one.number, one.is_moved)).collect()
    }

    #[test]
    fn activities_come_go_move_and_say_something_else() {
        let old = [1, 2, 3].map(activity);
        assert_eq!(activities(&old, &old), []);
        assert_eq!(told(&old, &old[1..]), [(Change::Removed, 1, false)]);
        assert_eq!(told(&old[..1], &old[..2]), [(Change::Added, 2, false)]);
        assert_eq!(told(&old, &[3, 1, 2].map(activity)), [(Change::Changed, 1, true)]);
        let other = Activity { title: "B".into(), ..activity(2) };
        assert_eq!(told(&old, &[activity(1), other, activity(3)]), [(Change::Changed, 2, false)]);
        let needed = Activity { is_required: true, ..activity(2) };
        let found = activities(&old, &[activity(1), needed, activity(3)]);
        assert_eq!((found.len(), found[0].is_required, found[0].text.is_empty()), (1, Some(true), true));
    }
}
