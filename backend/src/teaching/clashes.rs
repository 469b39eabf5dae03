//! Whether planned meetings need a teacher, a room or a class at two places at once.

use super::{entity::meeting, store};
use crate::{
    access::Actor,
    learning::{self, ClassHead},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    rights::Right,
    teaching::{Clash, ClashView, Clashes, ClassMeeting, OtherMeeting, TimetableRefusal, clashes_of},
};
use std::collections::HashMap;

/// Clashes that are told at most.
const MAX_CLASHES: usize = 20;

/// Refuses meetings that clash, with each other or with those that there are. From here to the end of
/// the write nobody else plans for the same class, teacher or room.
///
/// # Errors
/// `timetable-clash`.
pub(super) async fn refuse(cx: &Services, tx: &Tx, actor: &Actor, planned: &[meeting::Model]) -> AppResult<()> {
    let classes: Vec<_> = planned.iter().map(|row| row.class_id).collect();
    let teachers: Vec<_> = planned.iter().filter_map(|row| row.teacher_id).collect();
    let rooms: Vec<_> = planned.iter().filter_map(|row| row.room_id).collect();
    let needed = classes.iter().map(|id| id.0).chain(teachers.iter().map(|id| id.0)).chain(rooms.iter().map(|id| id.0));
    store::lock_timetables(tx.conn(), needed.collect()).await?;
    let from = planned.iter().map(|row| row.starts_at).min().unwrap_or_default();
    let to = planned.iter().map(|row| row.ends_at).max().unwrap_or_default();
    let existing = store::list_overlapping(tx.conn(), (from, to), &classes, &teachers, &rooms).await?;
    let meetings = |rows: &[meeting::Model]| rows.iter().map(facts).collect::<Vec<_>>();
    let found = clashes_of(&meetings(planned), &meetings(&existing));
    if found.is_empty() {
        return Ok(());
    }
    let clashes = told(cx, actor, found, (planned, &existing)).await?;
    Err(AppError::refused(TimetableRefusal::Clash(Clashes { clashes })))
}

const fn facts(row: &meeting::Model) -> ClassMeeting {
    ClassMeeting {
        id: row.id,
        class_id: row.class_id,
        teacher: row.teacher_id,
        room: row.room_id,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
    }
}

/// What the actor is told of clashes: of meetings at places of others only that there are some.
async fn told(
    cx: &Services,
    actor: &Actor,
    found: Vec<Clash>,
    (planned, existing): (&[meeting::Model], &[meeting::Model]),
) -> AppResult<Vec<ClashView>> {
    let ids: Vec<_> = existing.iter().chain(planned).map(|row| row.class_id).collect();
    let classes = learning::classes(cx, &ids).await?;
    let classes: HashMap<_, ClassHead> = classes.into_iter().map(|class| (class.id, class)).collect();
    let rows: HashMap<_, _> = existing.iter().chain(planned).map(|row| (row.id, row)).collect();
    let is_planned = |clash: &Clash| planned.iter().any(|row| row.id == clash.one);
    let view = |clash: Clash| {
        let (ours, other) = if is_planned(&clash) { (clash.one, clash.other) } else { (clash.other, clash.one) };
        let (ours, other) = (rows.get(&ours)?, rows.get(&other)?);
        let class = classes.get(&other.class_id)?;
        let is_theirs = actor.has_any(&[Right::ReadClasses], &class.place());
        let with = is_theirs.then(|| OtherMeeting {
            id: other.id,
            class_name: class.name.clone(),
            starts_at: other.starts_at,
            ends_at: other.ends_at,
        });
        Some(ClashView { kind: clash.kind, starts_at: ours.starts_at, with })
    };
    let mut clashes: Vec<_> = found.into_iter().filter_map(view).collect();
    clashes.sort_by_key(|clash| (clash.starts_at, clash.kind));
    clashes.truncate(MAX_CLASHES);
    Ok(clashes)
}
