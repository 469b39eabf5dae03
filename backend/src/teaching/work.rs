//! What waits for those who teach, and for those who check what schools record.

use super::{
    mine::midnight_before,
    skills,
    store::{self, Unrecorded},
    views,
};
use crate::{
    access::Actor,
    learning,
    platform::{Services, error::AppResult},
};
use shared::{
    rights::{Right, places},
    teaching::MeetingView,
    work::{WorkKind, WorkLine},
};

/// Meetings that are shown at most.
const MAX_ROWS: u64 = 500;

/// The meetings and records that wait for the actor.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let mut lines = Vec::new();
    if has(actor, Right::TakeAttendance) {
        let without = store::count_unrecorded(cx.db.read(), &unrecorded(cx, actor).await?).await?;
        lines.push(WorkLine::some(WorkKind::MeetingsWithoutRoll, without));
    }
    if has(actor, Right::CheckSkills) {
        let (trainings, certificates) = skills::list::count_to_check(cx, actor).await?;
        lines.push(WorkLine::some(WorkKind::TrainingsToCheck, trainings));
        lines.push(WorkLine::some(WorkKind::CertificatesToCheck, certificates));
    }
    Ok(lines.into_iter().flatten().collect())
}

/// Today's meetings that have begun, and of which nothing was noted: those that the actor teaches, and
/// those of the classes whose timetable they keep; ascending.
pub(super) async fn meetings_without_roll(cx: &Services, actor: &Actor) -> AppResult<Vec<MeetingView>> {
    if !has(actor, Right::TakeAttendance) {
        return Ok(Vec::new());
    }
    let wanted = unrecorded(cx, actor).await?;
    views::views(cx, store::list_unrecorded(cx.db.read(), &wanted, MAX_ROWS).await?).await
}

async fn unrecorded(cx: &Services, actor: &Actor) -> AppResult<Unrecorded> {
    let now = cx.clock.now();
    Ok(Unrecorded {
        from: midnight_before(now),
        to: now,
        classes: learning::classes_that_meet(cx, actor, Right::KeepTimetable).await?,
        teacher: actor.account_id,
    })
}

fn has(actor: &Actor, right: Right) -> bool {
    places(&actor.roles, right).next().is_some()
}
