//! What is known of a learner's hand-ins, as far as task points and the gradebook ask.

use crate::{
    learning::{standing::units, store::HandInFact},
    platform::error::{AppError, AppResult},
};
use shared::{
    ids::{ActivityId, CourseVersionId},
    learning::{Activity, CourseContent, HandInState, Unit, UnitToCorrect, hand_in_counts},
    points::Points,
    time::Timestamp,
};
use std::collections::HashMap;

/// When something was handed in first, and the last of it.
struct HandedIn {
    first_at: Timestamp,
    last: LastHandIn,
}

/// What was handed in last of an assignment.
#[derive(Clone, Copy)]
pub(super) struct LastHandIn {
    /// In which version of the course the assignment was read.
    pub(super) version_id: CourseVersionId,
    /// Where it stands.
    pub(super) state: HandInState,
    /// The points of all criteria; none unless it is marked.
    pub(super) points: Points,
}

impl LastHandIn {
    fn of(hand_in: &HandInFact) -> AppResult<Self> {
        let points: Vec<Points> = match &hand_in.points {
            Some(points) => serde_json::from_str(points).map_err(AppError::internal)?,
            None => Vec::new(),
        };
        Ok(Self {
            version_id: hand_in.course_version_id,
            state: HandInState::of(hand_in.is_returned),
            points: points.into_iter().sum(),
        })
    }
}

/// What one learner handed in of each activity.
#[derive(Default)]
pub(in crate::learning) struct HandIns(HashMap<ActivityId, HandedIn>);

impl HandIns {
    /// Adds a hand-in; they come in order.
    pub(in crate::learning) fn add(&mut self, hand_in: &HandInFact) -> AppResult<()> {
        let last = LastHandIn::of(hand_in)?;
        let known = self.0.entry(hand_in.activity_id).or_insert(HandedIn { first_at: hand_in.handed_in_at, last });
        known.last = last;
        Ok(())
    }

    /// What was handed in last of an assignment.
    pub(super) fn last(&self, id: ActivityId) -> Option<LastHandIn> {
        self.0.get(&id).map(|known| known.last)
    }

    fn state(&self, id: ActivityId) -> Option<HandInState> {
        self.last(id).map(|last| last.state)
    }

    /// How many required assignments a unit has, and how many of these are done.
    pub(in crate::learning) fn required(&self, unit: &Unit) -> (u16, u16) {
        let is_done = |activity: &&Activity| hand_in_counts(self.state(activity.id));
        let count = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        (count(required(unit).count()), count(required(unit).filter(is_done).count()))
    }

    /// The units of a content with something that was returned.
    pub(in crate::learning) fn to_correct(&self, content: &CourseContent) -> Vec<UnitToCorrect> {
        let is_returned = |activity: &Activity| self.state(activity.id) == Some(HandInState::Returned);
        let returned = units(content).filter(|unit| unit.activities.iter().any(is_returned));
        returned.map(|unit| UnitToCorrect { id: unit.id, title: unit.title.clone() }).collect()
    }

    /// When each required assignment of a unit was handed in first. What was returned later does not undo that, so that
    /// nobody goes back to an older version of a course.
    pub(in crate::learning) fn first_at(&self, unit: &Unit) -> impl Iterator<Item = Option<Timestamp>> {
        required(unit).map(move |activity| self.0.get(&activity.id).map(|known| known.first_at))
    }
}

fn required(unit: &Unit) -> impl Iterator<Item = &Activity> {
    unit.activities.iter().filter(|activity| activity.is_required && activity.body.assignment().is_some())
}
