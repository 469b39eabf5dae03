//! Files of answers that devices could not send: opened, judged entry by entry, and then in the journal like any late
//! arrival (ADR 39).

use super::{RoomKey, RunExamDay, permit_keep};
use crate::{
    access::{Actor, Candidate, Permit},
    delivery::{
        group::{self, Batch, Entered, PaperItems},
        service::{begin_epoch, check, permit_candidate},
    },
    platform::{
        Services,
        crypto::Letter,
        db::{Permission, Tx},
        error::{AppError, AppResult},
        http::{IdempotencyKey, Routes, once},
    },
    sittings::{self, SittingFacts, authorize_exam_session},
};
use actix_web::{
    post,
    web::{Data, Json, Path, Payload},
};
use shared::{
    delivery::{
        ANSWER_FILE_KEY, AnswerFile, AnswerFileReason, AnswerFileReport, JournalEntry, MAX_ANSWER_FILE_BYTES,
        PROVISIONAL_EPOCH, RefusedEntries, are_intact, taken_into_epoch,
    },
    ids::{AccountId, ExamRoomId, ExamSessionId, SittingId},
    problem::{Problem, ProblemCode, Refusal},
    sittings::ExamSessionState,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Adds the routes of files of answers.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(send_answer_file).service(take_answer_file).service(take_room_answer_file);
}

/// Where a file is handed in.
#[derive(Clone, Copy)]
enum Desk {
    /// By the candidate.
    Own(SittingId),
    /// At the office that runs the test.
    Office(ExamSessionId),
    /// In the room where the candidate sits.
    Room(RoomKey),
}

/// Takes a file of answers (at most 8 MiB) of one's own sitting. What came already changes nothing.
#[utoipa::path(tag = "delivery", params(("id" = SittingId, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, body = AnswerFileReport), (status = 404, body = Problem), (status = 413, body = Problem),
    (status = 422, body = Problem)))]
#[post("/sittings/{id}/answer_file")]
async fn send_answer_file(
    candidate: Candidate,
    cx: Data<Services>,
    id: Path<SittingId>,
    idempotency_key: IdempotencyKey,
    payload: Payload,
) -> AppResult<Json<AnswerFileReport>> {
    let (permit, _) = permit_candidate(&cx, &candidate, *id).await?;
    let file = open(&cx, Desk::Own(*id), payload).await?;
    Ok(Json(take(&cx, &permit, (candidate.account_id(), &idempotency_key), (&file, false)).await?))
}

/// Takes a file of answers (at most 8 MiB) of any candidate of the test. What came already changes nothing.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, body = AnswerFileReport), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 413, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/answer_files")]
async fn take_answer_file(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
    idempotency_key: IdempotencyKey,
    payload: Payload,
) -> AppResult<Json<AnswerFileReport>> {
    let permit: Permit<RunExamDay> = authorize_exam_session(&cx, &actor, *id).await?;
    let file = open(&cx, Desk::Office(*id), payload).await?;
    Ok(Json(take(&cx, &permit, (actor.account_id, &idempotency_key), (&file, true)).await?))
}

/// Takes a file of answers (at most 8 MiB) of a candidate of the room, on the day of the test. What came already changes
/// nothing.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path), ("room_id" = ExamRoomId, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, body = AnswerFileReport), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 413, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/rooms/{room_id}/answer_files")]
async fn take_room_answer_file(
    actor: Actor,
    cx: Data<Services>,
    path: Path<(ExamSessionId, ExamRoomId)>,
    idempotency_key: IdempotencyKey,
    payload: Payload,
) -> AppResult<Json<AnswerFileReport>> {
    let (exam_session_id, exam_room_id) = *path;
    let room = RoomKey { exam_session_id, exam_room_id };
    let (permit, _) = permit_keep(&cx, &actor, room).await?;
    let file = open(&cx, Desk::Room(room), payload).await?;
    Ok(Json(take(&cx, &permit, (actor.account_id, &idempotency_key), (&file, true)).await?))
}

/// A file that was opened.
struct Opened {
    sitting: SittingFacts,
    code: String,
    entries: Vec<JournalEntry>,
}

/// Opens a file; nothing is stored before all of it is sound.
async fn open(cx: &Services, desk: Desk, payload: Payload) -> AppResult<Opened> {
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_ANSWER_FILE_BYTES).await.map_err(too_large)?;
    let broken_off = |error| AppError::Malformed { pointer: "/file".to_owned(), reason: format!("{error}") };
    let file = AnswerFile::parse(&bytes.map_err(broken_off)?).map_err(|wrong| AppError::Invalid(vec![wrong]))?;
    // What is not of this place is not told from what is nowhere.
    let foreign = || AppError::field("/file", "answer-file-foreign");
    let sitting = sittings::list_sittings(cx, &[file.sitting_id]).await?.pop().ok_or_else(foreign)?;
    if !is_of(cx, &sitting, desk).await? {
        return Err(foreign());
    }
    let code = file.code();
    let entries = entries_of(cx, file).ok_or_else(|| AppError::field("/file", "answer-file-damaged"))?;
    Ok(Opened { sitting, code, entries })
}

async fn is_of(cx: &Services, sitting: &SittingFacts, desk: Desk) -> AppResult<bool> {
    Ok(match desk {
        Desk::Own(id) => sitting.id == id,
        Desk::Office(id) => sitting.exam_session_id == id,
        Desk::Room(key) if sitting.exam_session_id == key.exam_session_id => {
            let place = sittings::room_of_sitting(cx.db.read(), sitting).await?;
            place.is_some_and(|(room, _)| room == key.exam_room_id)
        }
        Desk::Room(_) => false,
    })
}

/// The entries of a file, if this system can open it and each hangs on the one before.
fn entries_of(cx: &Services, file: AnswerFile) -> Option<Vec<JournalEntry>> {
    let bound_to = AnswerFile::belongs_to(file.sitting_id);
    let letter = Letter { sender: file.sender, sealed: file.sealed };
    let plain = cx.keys.answer_files.open(&letter, ANSWER_FILE_KEY, bound_to.as_bytes()).ok()?;
    let entries: Vec<JournalEntry> = serde_json::from_slice(&plain).ok()?;
    let is_sound = are_intact(&entries) && entries.iter().all(|entry| check(0, entry).is_ok());
    is_sound.then_some(entries)
}

/// Judges and keeps what is in a file; whether somebody vouches for it who was there is said with it. A repeat with the same
/// key gets the same report.
async fn take(
    cx: &Services,
    permit: &impl Permission,
    (by, key): (AccountId, &IdempotencyKey),
    (file, is_vouched): (&Opened, bool),
) -> AppResult<AnswerFileReport> {
    let (sitting_id, account_id, received_at) = (file.sitting.id, file.sitting.account_id, cx.clock.now());
    let of = |entries: Vec<JournalEntry>| Batch { sitting_id, account_id, received_at, entries };
    let mut items = PaperItems::default();
    items.prepare(cx, &[&of(Vec::new())]).await?;
    cx.db
        .write(permit, async |tx| {
            once(tx, by, key, &(sitting_id, &file.code), async || {
                let sitting = sittings::lock_sittings(tx.conn(), &[sitting_id]).await?.pop();
                let sitting = sitting.ok_or_else(AppError::not_found)?;
                let sitting = if is_vouched { begin_unheard(tx, sitting, &file.entries).await? } else { sitting };
                let batch = of(match is_begun_by_file(&sitting) {
                    true => taken_into_epoch(sitting_id, &file.entries, sitting.epoch),
                    false => file.entries.clone(),
                });
                let entered = group::write_each(tx.conn(), &items, &sitting, &batch).await?;
                let report = report(file, &entered);
                tx.note("sitting", sitting_id.to_string());
                tx.note("file", report.code.as_str());
                tx.note("taken", report.taken);
                tx.note("known", report.known);
                Ok(report)
            })
            .await
        })
        .await
}

/// The epoch that a file begins.
const FIRST_EPOCH: u32 = 1;

/// Whether the sitting began by a file: no device has this name.
fn is_begun_by_file(sitting: &SittingFacts) -> bool {
    sitting.epoch == FIRST_EPOCH && sitting.device == Some(Uuid::nil())
}

/// Begins the sitting of who began by a key that was read out (ADR 53) and was never heard of, within the late window: when
/// exactly is not known, and the key was read out before.
async fn begin_unheard(tx: &Tx, sitting: SittingFacts, entries: &[JournalEntry]) -> AppResult<SittingFacts> {
    let until = sitting.deadline.plus_s(sitting.rules.delivery().late_window_s);
    let is_unheard =
        sitting.epoch == PROVISIONAL_EPOCH && sitting.state == ExamSessionState::Armed && tx.now() <= until;
    if !is_unheard || entries.iter().all(|entry| entry.epoch != PROVISIONAL_EPOCH) {
        return Ok(sitting);
    }
    let Some(read_out_at) = super::key_read_out_at(tx.conn(), &sitting).await? else { return Ok(sitting) };
    begin_epoch(tx, &sitting, (FIRST_EPOCH, Uuid::nil(), read_out_at)).await?;
    tx.note("began_offline_at", read_out_at.to_string());
    sittings::lock_sittings(tx.conn(), &[sitting.id]).await?.pop().ok_or_else(AppError::not_found)
}

fn report(file: &Opened, entered: &[Entered]) -> AnswerFileReport {
    let (mut taken, mut known, mut refused) = (0, 0, BTreeMap::<AnswerFileReason, u32>::new());
    for one in entered {
        match one {
            Ok(true) => taken += 1,
            Ok(false) => known += 1,
            Err(refusal) => *refused.entry(AnswerFileReason::of(refusal.code())).or_default() += 1,
        }
    }
    let refused = refused.into_iter().map(|(reason, entries)| RefusedEntries { reason, entries }).collect();
    AnswerFileReport {
        ticket_number: file.sitting.ticket_number.clone(),
        code: file.code.clone(),
        taken,
        known,
        refused,
    }
}
