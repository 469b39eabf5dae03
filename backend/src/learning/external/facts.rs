//! What is known of what a learner did in tools of others, as far as task points ask.

use crate::learning::store::ScoreFact;
use shared::{
    ids::ActivityId,
    learning::{Activity, ExternalScore, Unit, score_completes},
    time::Timestamp,
};
use std::collections::HashMap;

/// What was reported of one learner, by activity: each score and when it came, in order.
#[derive(Default)]
pub(in crate::learning) struct ExternalScores(HashMap<ActivityId, Vec<(Timestamp, ExternalScore)>>);

impl ExternalScores {
    /// Adds a score; they come in order.
    pub(in crate::learning) fn add(&mut self, fact: &ScoreFact) {
        let score = ExternalScore {
            scored_at: fact.scored_at,
            is_completed: fact.is_completed,
            points: fact.given.zip(fact.most),
        };
        self.0.entry(fact.activity_id).or_default().push((fact.received_at, score));
    }

    /// How many required activities of a unit lie in tools, and how many of these are done.
    pub(in crate::learning) fn required(&self, unit: &Unit) -> (u16, u16) {
        let count = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        (count(required(unit).count()), count(self.first_at(unit).flatten().count()))
    }

    /// When each required activity of a unit was done first.
    pub(in crate::learning) fn first_at(&self, unit: &Unit) -> impl Iterator<Item = Option<Timestamp>> {
        required(unit).map(move |activity| self.done_at(activity))
    }

    /// Those activities of a unit that are done, required or not.
    pub(in crate::learning) fn done(&self, unit: &Unit) -> Vec<ActivityId> {
        let done = unit.activities.iter().filter(|activity| self.done_at(activity).is_some());
        done.map(|activity| activity.id).collect()
    }

    /// When an activity was done first, if it was: by what its author asks for in this version of the unit. Whichever tool
    /// reported it: who was done before the author chose another one is not sent there again (ADR 61).
    fn done_at(&self, activity: &Activity) -> Option<Timestamp> {
        let link = activity.body.external()?;
        let scores = self.0.get(&activity.id)?;
        scores.iter().find(|(_, score)| score_completes(score, link)).map(|(at, _)| *at)
    }
}

fn required(unit: &Unit) -> impl Iterator<Item = &Activity> {
    unit.activities.iter().filter(|activity| activity.is_required && activity.body.external().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        ids::{AccountId, ExternalToolId, UnitId},
        learning::{ActivityBody, ExternalLink},
        points::Points,
    };
    use uuid::Uuid;

    const UNIT: UnitId = UnitId(Uuid::from_u128(1));
    const ACTIVITY: ActivityId = ActivityId(Uuid::from_u128(2));

    /// A version of the unit: its activity lies in this tool and needs so much.
    fn version(tool: u128, needs_pct: u8) -> Unit {
        let tool_id = Some(ExternalToolId(Uuid::from_u128(tool)));
        let body = ActivityBody::External { link: ExternalLink { tool_id, needs_pct, ..ExternalLink::default() } };
        let activity = Activity { id: ACTIVITY, title: "A".to_owned(), is_required: true, body };
        Unit {
            id: UNIT,
            title: "U".to_owned(),
            minutes: 5,
            body: "Text".to_owned(),
            exercises: Vec::new(),
            activities: vec![activity],
        }
    }

    #[test]
    fn what_was_done_stays_done_when_the_author_chooses_another_tool() {
        let mut scores = ExternalScores::default();
        assert_eq!(scores.required(&version(3, 60)), (1, 0));
        scores.add(&ScoreFact {
            account_id: AccountId(Uuid::from_u128(5)),
            unit_id: UNIT,
            activity_id: ACTIVITY,
            scored_at: Timestamp(8),
            is_completed: true,
            given: Some(Points(800)),
            most: Some(Points(1_000)),
            received_at: Timestamp(9),
        });
        assert_eq!(scores.required(&version(3, 60)), (1, 1));
        assert_eq!(scores.required(&version(4, 60)), (1, 1), "a fact stays a fact, whichever tool reported it");
        assert_eq!(scores.first_at(&version(4, 60)).collect::<Vec<_>>(), [Some(Timestamp(9))]);
        assert_eq!(scores.required(&version(4, 90)), (1, 0), "this version asks for more");
    }
}
