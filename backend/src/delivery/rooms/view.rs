//! A room with its seats, as it is at the moment.

use super::{RoomKey, acts, entry_codes, store};
use crate::{
    delivery::entity::sitting_presence,
    identity,
    platform::{Services, error::AppResult},
    sittings::{self, ExamSessionFacts, RoomFacts, SittingFacts},
};
use shared::{
    delivery::{RoomCounts, RoomLog, RoomSeat, RoomSeatState, SeatGlance, SeatLog, WatchedRoom, seat_state},
    ids::{AccountId, SittingId},
    sittings::{SeatMove, may_begin},
    time::Timestamp,
};
use std::collections::HashMap;
use uuid::Uuid;

/// What of a room stays the same for a while.
pub(super) struct Base {
    test: ExamSessionFacts,
    room: RoomFacts,
    names: HashMap<AccountId, String>,
}

/// Reads what stays the same.
///
/// # Errors
/// `not-found`.
pub(super) async fn base(cx: &Services, key: RoomKey) -> AppResult<Base> {
    let test = sittings::exam_session_facts(cx, key.exam_session_id).await?;
    let room = sittings::room_of(cx.db.read(), key.exam_session_id, key.exam_room_id).await?;
    let seats = sittings::seats_in(cx.db.read(), key.exam_session_id, key.exam_room_id).await?;
    let people: Vec<AccountId> = seats.iter().map(|(_, sitting)| sitting.account_id).collect();
    let names = identity::names_of(cx, &people).await?;
    Ok(Base { test, room, names })
}

/// What devices told of one sitting, over all visits.
#[derive(Clone, Copy, Default)]
struct Presence {
    seen_at: Option<Timestamp>,
    unsent: i64,
    focus_losses: i64,
    focus_lost_s: i64,
    heard: i64,
}

impl Presence {
    fn with(self, told: &sitting_presence::Model) -> Self {
        let is_newest = self.seen_at.is_none_or(|seen| told.seen_at >= seen);
        Self {
            seen_at: self.seen_at.max(Some(told.seen_at)),
            // Only the page that is there knows what is unsent.
            unsent: if is_newest { told.unsent } else { self.unsent },
            focus_losses: self.focus_losses + told.focus_losses,
            focus_lost_s: self.focus_lost_s + told.focus_lost_s,
            heard: self.heard.max(told.heard),
        }
    }
}

/// A room as it is at the moment. `log` holds its acts, as far as they were read, and takes in what is new; `before` is the
/// room as it was told last. `heard` tells what this node knows of these sittings' devices and has not written yet.
///
/// # Errors
/// If the store fails.
pub(super) async fn room(
    cx: &Services,
    base: &Base,
    (log, before): (&mut RoomLog, Option<&WatchedRoom>),
    heard: impl FnOnce(&[SittingId]) -> Vec<sitting_presence::Model>,
) -> AppResult<WatchedRoom> {
    let (conn, id, room) = (cx.db.read(), base.test.id, &base.room);
    let seats = sittings::seats_in(conn, id, room.exam_room_id).await?;
    let moves = sittings::seat_moves(conn, id).await?;
    for row in store::list_acts_of_room(conn, id, (room.exam_room_id, room.exam_site_id), log.last()).await? {
        log.add(acts::log_entry(row)?);
    }
    let ids: Vec<SittingId> = seats.iter().map(|(_, sitting)| sitting.id).collect();
    let presences = presences(store::list_presences(conn, &ids).await?, heard(&ids));
    let now = cx.clock.now();
    let through = seats.iter().filter(|(_, sitting)| sitting.told_deadline(now) < now).map(|(_, sitting)| sitting.id);
    let late = store::count_late(conn, &through.collect::<Vec<_>>()).await?;
    let state = seats.first().map_or(base.test.state, |(_, sitting)| sitting.state);
    let seat = |(number, sitting): (u8, SittingFacts)| {
        let done = log.seat(sitting.id);
        let presence = presences.get(&sitting.id).copied().unwrap_or_default();
        let name = base.names.get(&sitting.account_id).cloned().unwrap_or_default();
        let news = log.last_news(sitting.id);
        let late = late.get(&sitting.id).copied().unwrap_or_default();
        let moved = moves.get(&sitting.id).copied();
        seat((number, moved, name), sitting, (&done, presence, news, late), now)
    };
    let mut seats: Vec<RoomSeat> = seats.into_iter().map(seat).collect();
    seats.sort_by_key(|seat| seat.seat);
    let counts = before.map_or_else(|| RoomCounts::of(&seats), |told| told.counts.after(&told.seats, &seats));
    Ok(WatchedRoom {
        exam_session_id: id,
        title: base.test.title.clone(),
        state,
        starts_at: base.test.starts_at,
        ends_at: base.test.ends_at,
        exam_room_id: room.exam_room_id,
        site_name: room.site_name.clone(),
        number: room.number,
        name: room.name.clone(),
        counts,
        seats,
        announcements: log.announcements(),
        ticket_verifier: sittings::ticket_verifier(cx),
        entry_code: entry_codes::of_room(cx, &base.test, room)?,
    })
}

/// What is on disk, with what this node knows that is newer.
fn presences(
    stored: Vec<sitting_presence::Model>,
    heard: Vec<sitting_presence::Model>,
) -> HashMap<SittingId, Presence> {
    let newest = stored.into_iter().chain(heard).map(|row| ((row.sitting_id, row.visit), row));
    let told: HashMap<(SittingId, Uuid), sitting_presence::Model> = newest.collect();
    let mut presences: HashMap<SittingId, Presence> = HashMap::new();
    for row in told.values() {
        let before = presences.get(&row.sitting_id).copied().unwrap_or_default();
        presences.insert(row.sitting_id, before.with(row));
    }
    presences
}

fn seat(
    (number, moved, candidate_name): (u8, Option<SeatMove>, String),
    sitting: SittingFacts,
    (log, presence, news, late): (&SeatLog, Presence, i64, i64),
    now: Timestamp,
) -> RoomSeat {
    let glance = SeatGlance {
        is_admitted: log.admitted.is_some(),
        is_opened: sitting.opened_at.is_some(),
        closed_by_candidate: sitting.closed_at.map(|_| sitting.by_candidate),
        is_paused: sitting.paused_at.is_some(),
        has_paper: log.has_paper,
        last_seen_at: presence.seen_at,
    };
    let state = seat_state(&glance, now);
    let is_at_work = sitting.opened_at.is_some() && sitting.closed_at.is_none();
    let is_ahead = sitting.opened_at.is_none() && sitting.closed_at.is_none();
    let is_too_late = is_ahead && may_begin(sitting.admits_until(now), log.coming, now).is_err();
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    RoomSeat {
        seat: moved.map_or(number, |moved| moved.to),
        moved_from: moved.map(|moved| moved.from),
        sitting_id: sitting.id,
        ticket_number: sitting.ticket_number.clone(),
        candidate_name,
        state,
        admitted_at: log.admitted.map(|found| found.admitted_at),
        is_identity_right: log.admitted.map(|found| found.is_right),
        opened_at: sitting.opened_at,
        closed_at: sitting.closed_at,
        deadline: sitting.deadline,
        paused_at: sitting.paused_at,
        returned_s: sitting.given_s(),
        epoch: sitting.epoch,
        has_unheard: is_at_work && presence.heard < news,
        may_take_over: log.consents_to(sitting.epoch),
        last_seen_at: presence.seen_at.filter(|_| state == RoomSeatState::Offline),
        unsent: if sitting.closed_at.is_some() { 0 } else { count(presence.unsent) },
        focus_losses: count(presence.focus_losses),
        focus_lost_s: count(presence.focus_lost_s),
        left_often: sitting.rules.focus_policy.tells(count(presence.focus_losses)),
        submit_proposed_by: log.submit_proposed_by.filter(|_| sitting.closed_at.is_none()),
        needs_safe_browser: sitting.rules.needs_safe_browser
            && sitting.closed_at.is_none()
            && !log.is_safe_browser_waived,
        is_too_late,
        late_proposed_by: log.late_proposed_by.filter(|_| is_too_late),
        late_answers: count(late),
    }
}
