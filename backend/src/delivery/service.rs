//! A candidate's own sitting: view, key, opening, answers, submission.

use super::{
    entity::superseded_epoch,
    group::{Acked, Batch},
    journal::Journal,
    rooms,
    safe_browser::{ClaimedBrowser, lacks_safe_browser, may_have_paper},
    store::{self, to_i32, to_i64},
};
use crate::{
    access::{Candidate, Permit, TokenHolder, actions},
    identity, papers,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
    sittings::{self, Closing, SittingFacts},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::ConnectionTrait;
use shared::{
    delivery::{
        AnswersInForce, ContentKey, EntryAcks, EntryBatch, JournalEntry, OfflineClaim, OpenSitting, OpenedSitting,
        Opening, OpeningFacts, OwnReceipt, Receipt, SittingView, SubmitSitting, digest, judge_offline_claim,
        judge_opening, judge_submission,
    },
    ids::{AccountId, LoginId, SittingId},
    problem::ProblemCode,
    rights::Place,
    sittings::{Coming, ExamSessionRefusal, ExamSessionState, may_be_sat, may_begin},
    time::Timestamp,
};
use std::collections::{BTreeSet, HashMap};

/// Entries of one batch.
const BATCH_ENTRIES: usize = 200;
/// So long after the end, in seconds, the log-in of a device that may lack a network does not lie idle. A longer late window
/// is for who logs in again: the devices of a site are used by others after.
const MOST_BUSY_S: i64 = 3_600;
/// Bytes of one response.
const RESPONSE_BYTES: usize = 64 * 1024;

actions! {
    /// Sit one's own test.
    AnswerOwnSitting(SittingId) = AnswerOwnSitting;
}

/// Lets a candidate at their own sitting.
///
/// # Errors
/// `not-found` for everybody else.
pub(super) async fn permit_candidate(
    cx: &Services,
    candidate: &Candidate,
    id: SittingId,
) -> AppResult<(Permit<AnswerOwnSitting>, SittingFacts)> {
    let sitting = sittings::sitting_facts(cx, id).await?;
    let permit = candidate.authorize(id, &Place::Own { account: sitting.account_id });
    Ok((permit.map_err(|_| AppError::not_found())?, sitting))
}

/// Lets somebody go on writing to a sitting that they have opened. That it is theirs, and that the
/// epoch is the one which the opening gave, is checked where the answers are judged.
///
/// # Errors
/// `not-found` for whom a ticket let in to another one.
pub(super) fn permit_answers(holder: &TokenHolder, id: SittingId) -> AppResult<Permit<AnswerOwnSitting>> {
    holder.hold_to(id)?;
    Ok(Permit::to_go_on(holder, id))
}

/// What the candidate's device must know, with which `browser` asks.
///
/// # Errors
/// `exam-cancelled` if the test was called off.
pub(super) async fn view(cx: &Services, sitting: SittingFacts, browser: &ClaimedBrowser) -> AppResult<SittingView> {
    may_be_sat(sitting.state).map_err(AppError::refused)?;
    let package = papers::package_head(cx, sitting.paper_id).await?;
    let receipt = receipt(&sitting);
    let (conn, now) = (cx.db.read(), cx.clock.now());
    let (announcements, is_on_paper) = rooms::told_to(conn, &sitting).await?;
    let asks_entry_code = rooms::asks_entry_code(conn, &sitting).await?;
    let needs_safe_browser = lacks_safe_browser(cx, conn, &sitting, browser).await?;
    Ok(SittingView {
        id: sitting.id,
        deadline: sitting.told_deadline(now),
        paused_at: sitting.paused_at,
        is_on_paper,
        announcements,
        title: sitting.title,
        ticket_number: sitting.ticket_number,
        candidate_name: identity::name_of(cx, sitting.account_id).await?,
        paper_id: sitting.paper_id,
        package_sha256: package.sha256,
        seed: sitting.seed,
        starts_at: sitting.starts_at,
        duration_min: sitting.working_time.duration_min,
        extra_min: sitting.working_time.extra_min,
        needs_large_print: sitting.needs_large_print,
        leave_before_end_min: sitting.rules.leave_before_end_min,
        asks_entry_code,
        needs_safe_browser,
        focus_policy: sitting.rules.focus_policy,
        epoch: sitting.epoch,
        server_time: now,
        receipt,
        answer_file_key: Some(URL_SAFE_NO_PAD.encode(cx.keys.answer_files.public_key())),
        spoken_key: package.spoken_key.map(|wrapped| URL_SAFE_NO_PAD.encode(wrapped)),
    })
}

/// The receipts of a person, the newest first.
///
/// # Errors
/// If the store fails.
pub async fn receipts_of(cx: &Services, account: AccountId) -> AppResult<Vec<OwnReceipt>> {
    let sittings = sittings::sittings_of_account(cx, account).await?;
    let own = |sitting: SittingFacts| {
        let receipt = receipt(&sitting)?;
        Some(OwnReceipt { title: sitting.title, ticket_number: sitting.ticket_number, receipt })
    };
    let mut receipts: Vec<_> = sittings.into_iter().filter_map(own).collect();
    receipts.sort_by_key(|own| std::cmp::Reverse(own.receipt.closed_at));
    Ok(receipts)
}

/// The receipt of a sitting that is over.
pub(super) fn receipt(sitting: &SittingFacts) -> Option<Receipt> {
    sitting.closed_at.map(|closed_at| Receipt {
        sitting_id: sitting.id,
        closed_at,
        by_candidate: sitting.by_candidate,
        answered: sitting.answered,
        digest: sitting.digest.clone(),
    })
}

/// The content key of the sealed paper, once two persons armed it and the test has begun, for who may begin.
///
/// # Errors
/// `wrong-state` before, `exam-cancelled` if the test was called off; as [`may_have_paper`] refuses.
pub(super) async fn content_key(
    cx: &Services,
    sitting: &SittingFacts,
    browser: &ClaimedBrowser,
) -> AppResult<ContentKey> {
    may_be_sat(sitting.state).map_err(AppError::refused)?;
    let wanted = ExamSessionState::Armed;
    if sitting.state < wanted {
        return Err(AppError::refused(ExamSessionRefusal::WrongState { state: sitting.state, wanted }));
    }
    if cx.clock.now() < sitting.starts_at {
        return Err(AppError::Problem(ProblemCode::WrongState));
    }
    may_have_paper(cx, sitting, browser).await?;
    let key = papers::content_key(cx, sitting.paper_id).await?;
    Ok(ContentKey::of(sitting.paper_id, &key))
}

/// The sitting, locked until the write ends.
async fn lock(tx: &Tx, id: SittingId) -> AppResult<SittingFacts> {
    sittings::lock_sittings(tx.conn(), &[id]).await?.pop().ok_or_else(AppError::not_found)
}

/// Opens the sitting on a device. The log-in in which that is done does not lie idle as long as answers may come:
/// a candidate without a network is not logged out (ADR 15).
///
/// # Errors
/// As `judge_opening` refuses (`entry-code-wrong`, `admission-needed`, `safe-browser-needed` among others);
/// `exam-too-late` for who comes later than the test and the room allow, `forbidden` for who was banned since they
/// registered, `exam-cancelled` if it was called off.
pub async fn open(
    cx: &Services,
    permit: &Permit<AnswerOwnSitting>,
    (login_id, browser): (LoginId, &ClaimedBrowser),
    request: &OpenSitting,
) -> AppResult<OpenedSitting> {
    let id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let sitting = lock(tx, id).await?;
            may_be_sat(sitting.state).map_err(AppError::refused)?;
            let lacks_consent = request.take_over && rooms::lacks_consent(tx.conn(), &sitting).await?;
            let lacks_entry_code =
                rooms::lacks_entry_code(cx, tx.conn(), &sitting, request.entry_code.as_deref()).await?;
            let lacks_admission = rooms::lacks_admission(tx.conn(), &sitting).await?;
            let lacks_safe_browser = lacks_safe_browser(cx, tx.conn(), &sitting, browser).await?;
            let deadline = sitting.told_deadline(tx.now());
            let facts = OpeningFacts {
                is_armed: sitting.state == ExamSessionState::Armed,
                starts_at: sitting.starts_at,
                deadline,
                epoch: sitting.epoch,
                device: sitting.device,
                closed: sitting.closed(),
                lacks_consent,
                lacks_entry_code,
                lacks_admission,
                lacks_safe_browser,
            };
            let claim = offline_claim(tx, &sitting, request).await?;
            let began_at = claim.map_or(tx.now(), |claim| claim.counted_from(tx.now()));
            let who = (request.device, request.take_over);
            let opening = match claim {
                Some(claim) => judge_offline_claim(&facts, &claim, who, tx.now()),
                None => judge_opening(&facts, request.device, request.take_over, tx.now()),
            };
            let epoch = match opening.map_err(AppError::refused)? {
                Opening::Keep => sitting.epoch,
                Opening::Begin { epoch } => {
                    if sitting.epoch == 0 {
                        comes_in_time(tx, &sitting, began_at).await?;
                        sittings::refuse_banned(tx.conn(), &sitting).await?;
                    }
                    begin_epoch(tx, &sitting, (epoch, request.device, began_at)).await?;
                    epoch
                }
            };
            tx.note("epoch", epoch);
            // Time of one's own may have begun just now.
            let sitting = if sitting.has_own_time { lock(tx, id).await? } else { sitting };
            let deadline = sitting.told_deadline(tx.now());
            let answers_until = deadline.plus_s(sitting.rules.delivery().late_window_s.min(MOST_BUSY_S));
            identity::keep_busy(tx, login_id, answers_until).await?;
            let (answers, stored) = answers_and_numbers(tx.conn(), id, epoch).await?;
            Ok(OpenedSitting {
                epoch,
                server_time: cx.clock.now(),
                deadline,
                acked_through: stored.last().copied().unwrap_or_default(),
                answers: answers.iter().cloned().collect(),
            })
        })
        .await
}

/// That a device has begun without a network, if it says so and a key was read out in its room (ADR 53). Time of one's own
/// begins with the server alone.
async fn offline_claim(tx: &Tx, sitting: &SittingFacts, request: &OpenSitting) -> AppResult<Option<OfflineClaim>> {
    let Some(began_at) = request.began_at.filter(|_| !sitting.has_own_time) else { return Ok(None) };
    let Some(read_out_at) = rooms::key_read_out_at(tx.conn(), sitting).await? else { return Ok(None) };
    let claim = OfflineClaim { began_at, read_out_at, late_window_s: sitting.rules.delivery().late_window_s };
    tx.note("began_offline_at", claim.counted_from(tx.now()).to_string());
    Ok(Some(claim))
}

/// Only of who comes after the limit it is looked up how they came to their room: most come before.
async fn comes_in_time(tx: &Tx, sitting: &SittingFacts, began_at: Timestamp) -> AppResult<()> {
    let until = sitting.admits_until(tx.now());
    if may_begin(until, Coming::default(), began_at).is_ok() {
        return Ok(());
    }
    let coming = rooms::log_of(tx.conn(), sitting).await?.coming;
    may_begin(until, coming, began_at).map_err(AppError::refused)
}

/// Begins an epoch of a locked sitting, and keeps when the one before began: what was written in it may still arrive, and
/// is judged by that.
pub(super) async fn begin_epoch(
    tx: &Tx,
    sitting: &SittingFacts,
    (epoch, device, began_at): (u32, uuid::Uuid, Timestamp),
) -> AppResult<()> {
    if let Some(opened_at) = sitting.epoch_opened_at {
        let before = superseded_epoch::Model {
            sitting_id: sitting.id,
            epoch: to_i32(sitting.epoch)?,
            opened_at,
            superseded_at: tx.now(),
        };
        store::insert_superseded(tx.conn(), before).await?;
    }
    sittings::start_epoch(tx, sitting.id, (epoch, device, began_at)).await
}

/// The answers in force, and the stored numbers of one epoch.
async fn answers_and_numbers(
    conn: &impl ConnectionTrait,
    id: SittingId,
    epoch: u32,
) -> AppResult<(AnswersInForce, BTreeSet<u64>)> {
    let stored = store::list_answers(conn, &[id]).await?;
    let numbers = stored.iter().filter(|(_, answer)| answer.epoch == epoch).map(|(_, answer)| answer.seq).collect();
    Ok((stored.into_iter().map(|(_, answer)| answer).collect(), numbers))
}

/// Stores a batch of answers; returns when they are on disk.
///
/// # Errors
/// If nothing of it could be stored: as `judge_answer` refuses, `idempotency-conflict` for a
/// number that holds another content, `unavailable` when the journal is full.
pub async fn append(
    cx: &Services,
    journal: &Journal,
    permit: &Permit<AnswerOwnSitting>,
    batch: EntryBatch,
) -> AppResult<EntryAcks> {
    if batch.entries.len() > BATCH_ENTRIES {
        return Err(AppError::field("/entries", "too-long"));
    }
    for (index, entry) in batch.entries.iter().enumerate() {
        check(index, entry)?;
    }
    let received_at = cx.clock.now();
    let (sitting_id, account_id) = (*permit.target(), permit.person()?);
    let acked = journal.append(Batch { sitting_id, account_id, received_at, entries: batch.entries }).await?;
    let Acked { seqs, deadline, epoch } = acked;
    Ok(EntryAcks { acked: seqs, server_time: cx.clock.now(), deadline, epoch })
}

/// Whether the journal can hold an entry.
pub(super) fn check(index: usize, entry: &JournalEntry) -> AppResult<()> {
    let wrong = |field: &str, code: &str| AppError::field(&format!("/entries/{index}/{field}"), code);
    to_i32(entry.epoch).map_err(|_| wrong("epoch", "out-of-range"))?;
    to_i64(entry.seq).map_err(|_| wrong("seq", "out-of-range"))?;
    to_i64(entry.monotonic_ms).map_err(|_| wrong("monotonic_ms", "out-of-range"))?;
    let bytes = serde_json::to_vec(&entry.response).map_err(AppError::internal)?.len();
    if bytes > RESPONSE_BYTES { Err(wrong("response", "too-long")) } else { Ok(()) }
}

/// Submits the sitting: final. A repeat gets the same receipt.
///
/// # Errors
/// `answers-missing` with what is missing, `sitting-taken-over`, `wrong-state` before the first
/// opening, and sooner than the test allows.
pub async fn submit(
    cx: &Services,
    permit: &Permit<AnswerOwnSitting>,
    submission: &SubmitSitting,
) -> AppResult<Receipt> {
    let id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let sitting = lock(tx, id).await?;
            if let Some(receipt) = receipt(&sitting) {
                return Ok(receipt);
            }
            if sitting.epoch == 0 {
                return Err(AppError::Problem(ProblemCode::WrongState));
            }
            sitting.rules.may_hand_in(sitting.told_deadline(tx.now()), tx.now()).map_err(AppError::refused)?;
            let (answers, stored) = answers_and_numbers(tx.conn(), id, sitting.epoch).await?;
            judge_submission(sitting.epoch, submission, &answers, &stored).map_err(AppError::refused)?;
            let (closed_at, answered) = (tx.now(), answers.answered());
            let closing = Closing { closed_at, by_candidate: true, answered, digest: digest(&answers) };
            tx.note("digest", closing.digest.as_str());
            if !sittings::close_sitting(tx, id, &closing).await? {
                return Err(AppError::internal("a locked sitting was closed"));
            }
            let Closing { digest, .. } = closing;
            Ok(Receipt { sitting_id: id, closed_at, by_candidate: true, answered, digest })
        })
        .await
}

/// The answers in force of these sittings; none for who answered nothing.
///
/// # Errors
/// If the store fails.
pub async fn answers_of(cx: &Services, ids: &[SittingId]) -> AppResult<HashMap<SittingId, AnswersInForce>> {
    merged(cx.db.read(), ids).await
}

pub(super) async fn merged(
    conn: &impl ConnectionTrait,
    ids: &[SittingId],
) -> AppResult<HashMap<SittingId, AnswersInForce>> {
    let mut answers: HashMap<SittingId, AnswersInForce> = HashMap::new();
    for (id, answer) in store::list_answers(conn, ids).await? {
        answers.entry(id).or_default().apply(answer);
    }
    Ok(answers)
}
