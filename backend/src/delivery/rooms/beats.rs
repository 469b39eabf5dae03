//! What candidates' devices tell of themselves every few seconds. It is kept here, shown at once to who looks at a room
//! from this node, and written for many at once: a heartbeat costs no statement of its own.

use super::{
    board::Place,
    live::{Live, Shared},
    progress::SAVED_AFTER_S,
    store,
};
use crate::{
    delivery::entity::sitting_presence,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    sittings,
};
use shared::{
    delivery::{SittingHeartbeat, SittingNews},
    ids::{AccountId, SittingId},
    time::Timestamp,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use uuid::Uuid;

/// The server waits no longer for news than this, in seconds: whoever is on the way may take a longer silence for death.
const LONGEST_WAIT_S: u8 = 20;
/// Visits of one page that are told apart; further ones are not kept.
const VISITS: usize = 50;
/// Places that are remembered; above this many all are forgotten.
const REMEMBERED: usize = 100_000;
/// A device that told nothing for so many seconds is forgotten here; what it told is on disk.
const FORGOTTEN_AFTER_S: i64 = 120;

/// What this node was told.
#[derive(Default)]
pub(super) struct Beats(Mutex<Told>);

#[derive(Default)]
struct Told {
    /// By sitting, one for each visit.
    beats: HashMap<SittingId, Vec<Beat>>,
    /// Whose sitting it is, and where they sit.
    places: HashMap<SittingId, (AccountId, Place)>,
}

struct Beat {
    row: sitting_presence::Model,
    /// Requests of the device that are waiting for news: as long as there are any, it is there.
    held: u32,
    saved_at: Option<Timestamp>,
    is_changed: bool,
}

impl Beats {
    fn lock(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether anything is to be written or anybody waits.
    pub(super) fn are_any(&self) -> bool {
        !self.lock().beats.is_empty()
    }

    /// What devices told this node of these sittings, as of `now`.
    pub(super) fn heard(&self, ids: &[SittingId], now: Timestamp) -> Vec<sitting_presence::Model> {
        let told = self.lock();
        let beats = ids.iter().filter_map(|id| told.beats.get(id)).flatten();
        beats.map(|beat| beat.row_at(now)).collect()
    }

    fn hear(&self, place: &Place, heartbeat: &SittingHeartbeat, now: Timestamp) -> bool {
        let mut told = self.lock();
        let beats = told.beats.entry(place.sitting_id).or_default();
        let known = beats.iter().position(|beat| beat.row.visit == heartbeat.visit);
        let at = match known {
            Some(at) => at,
            None if beats.len() >= VISITS => return false,
            None => {
                beats.push(Beat::new(place, heartbeat.visit, now));
                beats.len() - 1
            }
        };
        let Some(beat) = beats.get_mut(at) else { return false };
        beat.hear(heartbeat, now);
        beat.held += 1;
        true
    }

    fn let_go(&self, (id, visit): (SittingId, Uuid), now: Timestamp) {
        let mut told = self.lock();
        let beats = told.beats.get_mut(&id).into_iter().flatten();
        for beat in beats.filter(|beat| beat.row.visit == visit) {
            beat.held = beat.held.saturating_sub(1);
            beat.row.seen_at = now;
        }
    }

    /// Writes what is new, or has not been written for a while.
    pub(super) async fn save(&self, cx: &Services) -> AppResult<()> {
        let now = cx.clock.now();
        let rows: Vec<_> = {
            let mut told = self.lock();
            for beats in told.beats.values_mut() {
                beats.retain(|beat| !beat.is_over(now));
            }
            told.beats.retain(|_, beats| !beats.is_empty());
            told.beats.values_mut().flatten().filter_map(|beat| beat.take_unsaved(now)).collect()
        };
        if rows.is_empty() {
            return Ok(());
        }
        cx.db.write_journal(async |conn| store::save_presences(conn, rows.clone()).await).await
    }
}

impl Beat {
    fn new(place: &Place, visit: Uuid, now: Timestamp) -> Self {
        let row = sitting_presence::Model {
            sitting_id: place.sitting_id,
            visit,
            exam_session_id: place.exam_session_id,
            is_ready: false,
            unsent: 0,
            focus_losses: 0,
            focus_lost_s: 0,
            heard: 0,
            seen_at: now,
        };
        Self { row, held: 0, saved_at: None, is_changed: true }
    }

    /// Counts of a visit only grow, in whatever order its heartbeats come.
    fn hear(&mut self, heartbeat: &SittingHeartbeat, now: Timestamp) {
        let before = self.row.clone();
        self.row.is_ready |= heartbeat.is_ready;
        self.row.unsent = i64::from(heartbeat.unsent);
        self.row.focus_losses = self.row.focus_losses.max(i64::from(heartbeat.focus_losses));
        self.row.focus_lost_s = self.row.focus_lost_s.max(i64::from(heartbeat.focus_lost_s));
        self.row.heard = self.row.heard.max(i64::try_from(heartbeat.heard).unwrap_or_default());
        self.is_changed |= self.row != before;
        self.row.seen_at = now;
    }

    fn row_at(&self, now: Timestamp) -> sitting_presence::Model {
        let seen_at = if self.held > 0 { now } else { self.row.seen_at };
        sitting_presence::Model { seen_at, ..self.row.clone() }
    }

    fn is_over(&self, now: Timestamp) -> bool {
        let is_written = !self.is_changed && self.saved_at.is_some_and(|saved| saved >= self.row.seen_at);
        self.held == 0 && is_written && now.ms_since(self.row.seen_at) > FORGOTTEN_AFTER_S * 1_000
    }

    /// The row, if it is to be written now.
    fn take_unsaved(&mut self, now: Timestamp) -> Option<sitting_presence::Model> {
        let row = self.row_at(now);
        let is_due = self.saved_at.is_none_or(|saved| row.seen_at.ms_since(saved) >= SAVED_AFTER_S * 1_000);
        if !self.is_changed && !is_due {
            return None;
        }
        (self.is_changed, self.saved_at) = (false, Some(row.seen_at));
        Some(row)
    }
}

/// A request that waits for news; when it ends, however it does, the device is heard no more by it.
struct Held {
    shared: Arc<Shared>,
    key: (SittingId, Uuid),
}

impl Drop for Held {
    fn drop(&mut self) {
        self.shared.beats.let_go(self.key, self.shared.cx.clock.now());
    }
}

/// Takes what a candidate's device tells of itself, and tells it the number of the last news for it: at once if that is
/// another than it has heard, otherwise when there is one, or when it does not want to wait any longer.
///
/// # Errors
/// `not-found` for everybody else.
pub(super) async fn beat(
    live: &Live,
    account_id: AccountId,
    id: SittingId,
    heartbeat: &SittingHeartbeat,
) -> AppResult<SittingNews> {
    let shared = live.shared().clone();
    let place = place(&shared, account_id, id).await?;
    let is_kept = shared.beats.hear(&place, heartbeat, shared.cx.clock.now());
    let held = is_kept.then(|| Held { shared: shared.clone(), key: (id, heartbeat.visit) });
    shared.rouse();
    let wait = Duration::from_secs(u64::from(heartbeat.wait_s.min(LONGEST_WAIT_S)));
    let news = live.news(&place, heartbeat.heard, wait).await?;
    drop(held);
    Ok(SittingNews { news, server_time: shared.cx.clock.now() })
}

/// Where a candidate sits; read once.
async fn place(shared: &Shared, account_id: AccountId, id: SittingId) -> AppResult<Place> {
    let known = shared.beats.lock().places.get(&id).copied();
    let (owner, place) = match known {
        Some(known) => known,
        None => {
            let sitting = sittings::sitting_facts(&shared.cx, id).await?;
            let room = sittings::room_of_sitting(shared.cx.db.read(), &sitting).await?;
            let place = Place { sitting_id: id, exam_session_id: sitting.exam_session_id, room };
            // Before the start a seat may still become another one.
            if shared.cx.clock.now() >= sitting.starts_at {
                let mut told = shared.beats.lock();
                if told.places.len() > REMEMBERED {
                    told.places.clear();
                }
                told.places.insert(id, (sitting.account_id, place));
            }
            (sitting.account_id, place)
        }
    };
    if owner == account_id { Ok(place) } else { Err(AppError::not_found()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::ExamSessionId;

    const PLACE: Place = Place {
        sitting_id: SittingId(Uuid::from_u128(1)),
        exam_session_id: ExamSessionId(Uuid::from_u128(2)),
        room: None,
    };

    fn heartbeat(visit: u128, unsent: u32, focus_losses: u32) -> SittingHeartbeat {
        let visit = Uuid::from_u128(visit);
        SittingHeartbeat {
            visit,
            is_ready: true,
            unsent,
            focus_losses,
            focus_lost_s: focus_losses,
            heard: 0,
            wait_s: 0,
        }
    }

    fn saved(beats: &Beats, now: i64) -> usize {
        beats.lock().beats.values_mut().flatten().filter_map(|beat| beat.take_unsaved(Timestamp(now))).count()
    }

    #[test]
    fn what_is_told_again_is_written_once_in_twenty_seconds() {
        let beats = Beats::default();
        beats.hear(&PLACE, &heartbeat(1, 0, 0), Timestamp(0));
        assert_eq!((saved(&beats, 0), saved(&beats, 19_999), saved(&beats, 20_000)), (1, 0, 1));
        beats.hear(&PLACE, &heartbeat(1, 3, 0), Timestamp(20_001));
        assert_eq!((saved(&beats, 20_001), saved(&beats, 20_002)), (1, 0), "what has changed is written at once");
    }

    #[test]
    fn a_device_is_there_as_long_as_it_waits_and_counts_only_grow() {
        let beats = Beats::default();
        beats.hear(&PLACE, &heartbeat(1, 0, 4), Timestamp(0));
        beats.hear(&PLACE, &heartbeat(1, 0, 2), Timestamp(1));
        let key = (PLACE.sitting_id, Uuid::from_u128(1));
        let heard = |now| beats.heard(&[PLACE.sitting_id], Timestamp(now)).remove(0);
        assert_eq!((heard(90_000).seen_at, heard(0).focus_losses), (Timestamp(90_000), 4));
        beats.let_go(key, Timestamp(90_001));
        beats.let_go(key, Timestamp(90_002));
        assert_eq!(heard(200_000).seen_at, Timestamp(90_002));
    }

    #[test]
    fn nobody_fills_the_memory_with_visits() {
        let beats = Beats::default();
        let kept = (0..60).filter(|visit| beats.hear(&PLACE, &heartbeat(*visit, 0, 0), Timestamp(0))).count();
        assert_eq!((kept, beats.are_any()), (VISITS, true));
    }
}
