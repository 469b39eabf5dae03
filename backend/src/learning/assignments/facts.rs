//! What is known of a learner's hand-ins, as far as task points ask.

use crate::learning::{standing::units, store::HandInFact};
use shared::{
    ids::ActivityId,
    learning::{Activity, CourseContent, HandInState, Unit, UnitToCorrect, hand_in_counts},
    time::Timestamp,
};
use std::collections::HashMap;

/// When something was handed in first, and where the last of it stands.
struct HandedIn {
    first_at: Timestamp,
    last: HandInState,
}

/// What one learner handed in of each activity.
#[derive(Default)]
pub(in crate::learning) struct HandIns(HashMap<ActivityId, HandedIn>);

impl HandIns {
    /// Adds a hand-in; they come in order.
    pub(in crate::learning) fn add(&mut self, hand_in: &HandInFact) {
        let last = HandInState::of(hand_in.is_returned);
        let known = self.0.entry(hand_in.activity_id).or_insert(HandedIn { first_at: hand_in.handed_in_at, last });
        known.last = last;
    }

    /// How many required activities a unit has, and how many of these are done.
    pub(in crate::learning) fn required(&self, unit: &Unit) -> (u16, u16) {
        let is_done = |activity: &&Activity| hand_in_counts(self.0.get(&activity.id).map(|known| known.last));
        let count = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        (count(required(unit).count()), count(required(unit).filter(is_done).count()))
    }

    /// The units of a content with something that was returned.
    pub(in crate::learning) fn to_correct(&self, content: &CourseContent) -> Vec<UnitToCorrect> {
        let is_returned =
            |activity: &Activity| self.0.get(&activity.id).is_some_and(|known| known.last == HandInState::Returned);
        let returned = units(content).filter(|unit| unit.activities.iter().any(is_returned));
        returned.map(|unit| UnitToCorrect { id: unit.id, title: unit.title.clone() }).collect()
    }

    /// When each required activity of a unit was handed in first. What was returned later does not undo that, so that
    /// nobody goes back to an older version of a course.
    pub(in crate::learning) fn first_at(&self, unit: &Unit) -> impl Iterator<Item = Option<Timestamp>> {
        required(unit).map(move |activity| self.0.get(&activity.id).map(|known| known.first_at))
    }
}

fn required(unit: &Unit) -> impl Iterator<Item = &Activity> {
    unit.activities.iter().filter(|activity| activity.is_required)
}
