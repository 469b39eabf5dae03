//! A test over all its sites, on its day.

use super::{Live, RunExamDay, acts, extensions, store, watches};
use crate::{
    access::{Actor, Permit},
    delivery::entity::room_act,
    identity,
    platform::{Services, error::AppResult},
    sittings::{self, RoomFacts},
};
use shared::{
    delivery::{
        ExamProgress, MinuteCount, OFFLINE_AFTER_S, RoomAccess, RoomActKind, RoomActLine, RoomHead, SiteProgress,
    },
    ids::{AccountId, ExamRoomId, ExamSiteId, SittingId},
};
use std::collections::HashMap;

/// What a node tells of devices is on disk after so many seconds at the latest.
pub(super) const SAVED_AFTER_S: i64 = 20;
/// Acts that are told.
const ACTS: u64 = 100;
/// Acts that touch working time, end a sitting, or let somebody begin late.
const TELLING: [RoomActKind; 8] = [
    RoomActKind::Pause,
    RoomActKind::Resume,
    RoomActKind::ReturnTime,
    RoomActKind::ConsentTakeOver,
    RoomActKind::ForceSubmit,
    RoomActKind::HandOutPaper,
    RoomActKind::AdmitLate,
    RoomActKind::ReadOutKey,
];

/// How a test goes, over all its sites.
///
/// # Errors
/// If the store fails.
pub(super) async fn progress(live: &Live, actor: &Actor, permit: &Permit<RunExamDay>) -> AppResult<ExamProgress> {
    let cx = &live.shared().cx;
    let (id, conn) = (*permit.target(), cx.db.read());
    let seen = sittings::exam_session(cx, Some(actor), id).await?;
    let rooms = sittings::rooms_of(conn, id).await?;
    let numbers: HashMap<ExamRoomId, u16> = rooms.iter().map(|room| (room.exam_room_id, room.number)).collect();
    let heads =
        watches::heads(live, actor, id, rooms.into_iter().map(|room: RoomFacts| (room, RoomAccess::See)).collect());
    let ready_at = sittings::count_by_site(conn, id, store::ready_ids(id)).await?;
    let sites = by_site(heads.await?, &ready_at);
    let since = cx.clock.now().plus_s(-OFFLINE_AFTER_S - SAVED_AFTER_S);
    // Who waits for the start is heard, too, and who never came is closed: neither says anything of those at work.
    let (ready, heard) = store::count_present(conn, id, (sittings::working_ids(id), since)).await?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let working = u32::try_from(sittings::count_working(conn, id).await?).unwrap_or(u32::MAX);
    let with_late = store::count_with_late(conn, sittings::sitting_ids(id)).await?;
    let minutes = sittings::count_by_minute(conn, id).await?;
    let curve = minutes.into_iter().map(|(minute, started, closed)| MinuteCount { minute, started, closed }).collect();
    let told = store::list_acts(conn, id, &TELLING, ACTS).await?;
    let waiting_extensions = extensions::waiting(cx, (id, seen.state), &sites).await?;
    Ok(ExamProgress {
        title: seen.title,
        state: seen.state,
        starts_at: seen.starts_at,
        ends_at: seen.ends_at,
        candidates: seen.counts.sittings,
        ready: count(ready),
        offline: working.saturating_sub(count(heard)),
        with_late_answers: count(with_late),
        open_incidents: seen.counts.open_incidents,
        sites,
        curve,
        acts: lines(cx, told, &numbers).await?,
        waiting_extensions,
    })
}

/// Rooms come by site; of how many candidates of each site a device has the sealed paper.
fn by_site(rooms: Vec<RoomHead>, ready_at: &HashMap<ExamSiteId, u32>) -> Vec<SiteProgress> {
    let mut sites: Vec<SiteProgress> = Vec::new();
    for room in rooms {
        match sites.iter_mut().find(|site| site.exam_site_id == room.exam_site_id) {
            Some(site) => {
                site.expected = site.expected.saturating_add(room.expected);
                site.rooms.push(room);
            }
            None => {
                let (exam_site_id, name, expected) = (room.exam_site_id, room.site_name.clone(), room.expected);
                let ready = ready_at.get(&exam_site_id).copied().unwrap_or_default();
                sites.push(SiteProgress { exam_site_id, name, rooms: vec![room], expected, ready });
            }
        }
    }
    sites
}

/// Acts with the words that stand for who, where and whom.
pub(super) async fn lines(
    cx: &Services,
    rows: Vec<room_act::Model>,
    rooms: &HashMap<ExamRoomId, u16>,
) -> AppResult<Vec<RoomActLine>> {
    let people: Vec<AccountId> = rows.iter().map(|row| row.acted_by).collect();
    let names = identity::names_of(cx, &people).await?;
    let ids: Vec<SittingId> = rows.iter().filter_map(|row| row.sitting_id).collect();
    let sittings = sittings::list_sittings(cx, &ids).await?;
    let tickets: HashMap<_, _> = sittings.into_iter().map(|sitting| (sitting.id, sitting.ticket_number)).collect();
    let line = |row: room_act::Model| {
        let minutes = row.seconds.and_then(|seconds| u16::try_from((seconds + 59) / 60).ok());
        Ok(RoomActLine {
            kind: acts::kind_of(&row)?,
            room_number: row.exam_room_id.and_then(|room| rooms.get(&room).copied()),
            ticket_number: row.sitting_id.and_then(|id| tickets.get(&id).cloned()),
            minutes,
            seat: row.seat.and_then(|seat| u8::try_from(seat).ok()),
            by_name: names.get(&row.acted_by).cloned().unwrap_or_default(),
            acted_at: row.acted_at,
            text: row.text,
        })
    };
    rows.into_iter().map(line).collect()
}
