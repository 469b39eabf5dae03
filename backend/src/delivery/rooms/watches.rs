//! Who watches which room.

use super::{AssignInvigilator, Live, RoomKey, access_to, progress::SAVED_AFTER_S, seen, store};
use crate::{
    access::{Actor, authorize},
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    sittings::{self, RoomFacts, RoomWatch},
};
use sea_orm::ConnectionTrait;
use shared::{
    delivery::{AssignInvigilators, InvigilatorView, OFFLINE_AFTER_S, RoomAccess, RoomHead},
    ids::{AccountId, ExamRoomId, ExamSessionId, SittingId},
    problem::FieldError,
    rights::Right,
};
use std::collections::{HashMap, HashSet, hash_map::Entry};

/// Persons who watch one room at most.
const MOST: usize = 10;
/// Of more rooms than this it is not told who is not heard from.
const WALL_ROOMS: usize = 100;

/// The rooms of a test that the actor may see, by site and number, with who watches them.
///
/// # Errors
/// `not-found` if there is none for them.
pub(super) async fn list(live: &Live, actor: &Actor, id: ExamSessionId) -> AppResult<Vec<RoomHead>> {
    let cx = &live.shared().cx;
    let test = sittings::exam_session_facts(cx, id).await?;
    let watches = sittings::watches_of(cx.db.read(), id, None).await?;
    let is_assigned =
        |room: ExamRoomId| watches.iter().any(|w| w.exam_room_id == room && w.invigilator_id == actor.account_id);
    let mut rooms = Vec::new();
    for room in sittings::rooms_of(cx.db.read(), id).await? {
        let access = access_to(cx, actor, &test, &room, is_assigned(room.exam_room_id));
        if access != RoomAccess::Hidden {
            rooms.push((room, access));
        }
    }
    if rooms.is_empty() {
        return Err(AppError::not_found());
    }
    heads(live, actor, id, rooms).await
}

/// Rooms as they are told apart, with counts and who watches them.
pub(super) async fn heads(
    live: &Live,
    actor: &Actor,
    id: ExamSessionId,
    rooms: Vec<(RoomFacts, RoomAccess)>,
) -> AppResult<Vec<RoomHead>> {
    let cx = &live.shared().cx;
    let watches = sittings::watches_of(cx.db.read(), id, None).await?;
    let admitted = live.admitted(id).await?;
    let people: Vec<AccountId> = watches.iter().map(|watch| watch.invigilator_id).collect();
    let names = identity::names_of(cx, &people).await?;
    let view = |id: AccountId| InvigilatorView { account_id: id, name: names.get(&id).cloned().unwrap_or_default() };
    let offline = offline(cx, id, &rooms).await?;
    let mut heads = Vec::with_capacity(rooms.len());
    let mut by_site = HashMap::new();
    for (room, access) in rooms {
        let watching = watches.iter().filter(|watch| watch.exam_room_id == room.exam_room_id);
        let invigilators = watching.map(|watch| view(watch.invigilator_id)).collect();
        if let Entry::Vacant(site) = by_site.entry(room.exam_site_id) {
            site.insert(available(cx, actor, &room).await?);
        }
        heads.push(RoomHead {
            exam_room_id: room.exam_room_id,
            exam_site_id: room.exam_site_id,
            available: by_site.get(&room.exam_site_id).cloned().unwrap_or_default(),
            site_name: room.site_name,
            number: room.number,
            name: room.name,
            expected: room.expected,
            admitted: admitted.get(&room.exam_room_id).copied().unwrap_or_default(),
            started: room.started,
            closed: room.closed,
            offline: offline.as_ref().map(|offline| offline.get(&room.exam_room_id).copied().unwrap_or_default()),
            invigilators,
            may_keep: access == RoomAccess::Keep,
        });
    }
    Ok(heads)
}

/// How many are at work and not heard from, by room; nothing of more rooms than somebody looks at.
async fn offline(
    cx: &Services,
    id: ExamSessionId,
    rooms: &[(RoomFacts, RoomAccess)],
) -> AppResult<Option<HashMap<ExamRoomId, u32>>> {
    if rooms.len() > WALL_ROOMS {
        return Ok(None);
    }
    let (conn, rooms) = (cx.db.read(), rooms.iter().map(|(room, _)| room.exam_room_id).collect::<Vec<_>>());
    let working = sittings::working_in(conn, id, &rooms).await?;
    let ids: Vec<SittingId> = working.iter().map(|(sitting, _)| *sitting).collect();
    let since = cx.clock.now().plus_s(-OFFLINE_AFTER_S - SAVED_AFTER_S);
    let heard: HashSet<SittingId> = store::list_heard(conn, &ids, since).await?.into_iter().collect();
    let mut offline = HashMap::new();
    for (_, room) in working.iter().filter(|(sitting, _)| !heard.contains(sitting)) {
        *offline.entry(*room).or_default() += 1;
    }
    Ok(Some(offline))
}

/// Who could watch a room, by name; told to who assigns alone.
async fn available(cx: &Services, actor: &Actor, room: &RoomFacts) -> AppResult<Vec<InvigilatorView>> {
    if !actor.has_any(&[Right::AssignInvigilator], &room.place) {
        return Ok(Vec::new());
    }
    let holders = identity::who_may(cx, Right::KeepExamRoom, &room.place).await?;
    let mut available: Vec<_> =
        holders.into_iter().map(|(account_id, name)| InvigilatorView { account_id, name }).collect();
    available.sort_by(|one, other| (&one.name, one.account_id).cmp(&(&other.name, other.account_id)));
    Ok(available)
}

/// Says who watches a room from now on. Repeating it changes nothing.
///
/// # Errors
/// `not-found` and `forbidden` as for the room; the field of somebody who may not, or who watches another room.
pub(super) async fn assign(cx: &Services, actor: &Actor, key: RoomKey, wanted: &AssignInvigilators) -> AppResult<()> {
    let (_, room, _) = seen(cx, actor, key).await?;
    let permit = authorize::<AssignInvigilator>(actor, key.exam_room_id, &room.place)?;
    let person = permit.person()?;
    let holders = identity::who_may(cx, Right::KeepExamRoom, &room.place).await?;
    cx.db
        .write(&permit, async |tx| {
            let id = key.exam_session_id;
            // One after another: nobody is sent to two rooms at one moment, and the same said twice is the same.
            sittings::lock_exam_session(tx, id).await?;
            let watches = watches_by_plan(tx.conn(), id).await?;
            let people = checked(key, wanted, &holders, &watches)?;
            tx.note("exam_session", id.to_string());
            tx.note("invigilators", people.iter().map(ToString::to_string).collect::<Vec<_>>());
            sittings::replace_watches(tx, (id, key.exam_room_id), (people, person)).await
        })
        .await
}

/// Who watches the rooms in which anybody sits by the plan that holds; who was told to watch another is free.
async fn watches_by_plan(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<Vec<RoomWatch>> {
    let rooms = sittings::rooms_of(conn, id).await?;
    let rooms: HashSet<ExamRoomId> = rooms.into_iter().map(|room| room.exam_room_id).collect();
    let watches = sittings::watches_of(conn, id, None).await?;
    Ok(watches.into_iter().filter(|watch| rooms.contains(&watch.exam_room_id)).collect())
}

fn checked<'a>(
    key: RoomKey,
    wanted: &'a AssignInvigilators,
    holders: &HashMap<AccountId, String>,
    watches: &[RoomWatch],
) -> AppResult<&'a [AccountId]> {
    if wanted.account_ids.len() > MOST {
        return Err(AppError::field("/account_ids", "too-long"));
    }
    let mut errors = Vec::new();
    for (nth, id) in wanted.account_ids.iter().enumerate() {
        let elsewhere = watches.iter().any(|w| w.invigilator_id == *id && w.exam_room_id != key.exam_room_id);
        let is_twice = wanted.account_ids.iter().take(nth).any(|earlier| earlier == id);
        if !holders.contains_key(id) {
            errors.push(FieldError::new(format!("/account_ids/{nth}"), "not-found"));
        } else if elsewhere || is_twice {
            errors.push(FieldError::new(format!("/account_ids/{nth}"), "duplicate"));
        }
    }
    if errors.is_empty() { Ok(&wanted.account_ids) } else { Err(AppError::Invalid(errors)) }
}
