//! 作业: learners hand in, and who keeps or teaches their class marks it or returns it for correction.

mod facts;
mod grades;
mod hand_in;
mod mark;
mod photos;
pub(super) mod routes;
mod sheet;
mod views;

pub(super) use facts::HandIns;
pub(super) use grades::grades;
pub(super) use photos::SEALED as SEALED_PHOTOS;
pub use views::hand_ins_of;

use super::{classes::classes_within, entity::assignment_mark, store, study::OwnUnit};
use crate::{
    access::Actor,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ActivityId},
    learning::{Activity, HandInState, Takes, Unit, activity_of},
    rights::Right,
    work::{WorkKind, WorkLine},
};

/// The hand-ins that wait for the actor.
pub(super) async fn work(cx: &Services, actor: &Actor) -> AppResult<Option<WorkLine>> {
    let Ok(within) = classes_within(actor, Right::MarkAssignment) else { return Ok(None) };
    let waiting = store::count_waiting_hand_ins(cx.db.read(), within, actor.account_id).await?;
    Ok(WorkLine::some(WorkKind::AssignmentsToMark, waiting))
}

fn state_of(mark: Option<&assignment_mark::Model>) -> HandInState {
    HandInState::of(mark.map(|mark| mark.is_returned))
}

/// An assignment of a unit that a learner studies.
struct OwnActivity {
    own: OwnUnit,
    takes: Takes,
}

impl OwnActivity {
    /// Finds an assignment among the courses of a learner, as [`OwnUnit`] finds units.
    ///
    /// # Errors
    /// `not-found` if no class of the learner studies it.
    async fn find(cx: &Services, account_id: AccountId, id: ActivityId, shown: Option<i32>) -> AppResult<Self> {
        let takes = |unit: &Unit| activity_of(unit, id).and_then(takes_of);
        let own = OwnUnit::find_where(cx, account_id, shown, |unit| takes(unit).is_some()).await?;
        let takes = takes(own.unit()).ok_or_else(AppError::not_found)?;
        Ok(Self { own, takes })
    }
}

fn takes_of(activity: &Activity) -> Option<Takes> {
    activity.body.assignment().map(|assignment| assignment.takes)
}
