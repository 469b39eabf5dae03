//! What later features may know of exam sessions and sittings, and the changes that are theirs to ask.

use super::{
    calendar::calendar_of,
    entity::{exam_session, sitting},
    exam_rules::{exam_keys_of, rules_of},
    forms::papers_of,
    quotas::quotas_of,
    store,
    working_time::{deadline_of, ends_at, full_time_until, latest_end_of, own_time_plan, whole},
};
use crate::platform::{
    Services,
    db::Tx,
    error::{AppError, AppResult},
};
use jiff::civil::Date;
use sea_orm::ConnectionTrait;
use shared::{
    delivery::{ClosedBy, WorkingTime},
    ids::{AccountId, CourseId, ExamSessionId, PaperId, SittingId},
    rights::Place,
    sittings::{
        ExamKind, ExamQuota, ExamRules, ExamSessionState, RegistrationDays, ReviewOffice, may_confirm, may_move,
    },
    time::Timestamp,
};
use std::collections::HashMap;

/// What is known of one exam session.
#[derive(Clone, Debug)]
pub struct ExamSessionFacts {
    /// The exam session.
    pub id: ExamSessionId,
    /// The title.
    pub title: String,
    /// What it is for.
    pub kind: ExamKind,
    /// The course that is tested.
    pub course_id: CourseId,
    /// Its papers: forms that are worth the same.
    pub papers: Vec<PaperId>,
    /// Where it lies.
    pub place: Place,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// When working time ends, extra time apart; when it closes, if each begins at a time of their own.
    pub ends_at: Timestamp,
    /// Whether each candidate begins at a time of their own.
    pub has_own_time: bool,
    /// The days on which learners register, if they are planned.
    pub registration: Option<RegistrationDays>,
    /// The last day on which candidates may ask for a recheck of their results, if it is planned.
    pub recheck_until: Option<Date>,
    /// What candidates are allowed.
    pub rules: ExamRules,
    /// How many candidates it takes from a place.
    pub quotas: Vec<ExamQuota>,
    /// The last office that reviews registrations, if any does.
    pub reviewed_up_to: Option<ReviewOffice>,
    /// Where it stands.
    pub state: ExamSessionState,
    /// Who proposed the release.
    pub released_first_by: Option<AccountId>,
    /// When its responses were scored by rule.
    pub scored_at: Option<Timestamp>,
}

/// What is known of one sitting.
#[derive(Clone, Debug)]
pub struct SittingFacts {
    /// The sitting.
    pub id: SittingId,
    /// Its exam session.
    pub exam_session_id: ExamSessionId,
    /// The candidate.
    pub account_id: AccountId,
    /// The paper that the candidate sits.
    pub paper_id: PaperId,
    /// Title of the exam session.
    pub title: String,
    /// The course that is tested.
    pub course_id: CourseId,
    /// The ticket number.
    pub ticket_number: String,
    /// Rebuilds the candidate's order.
    pub seed: u64,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// When this candidate's working time ends; of who was closed by two persons before that, when they were.
    pub deadline: Timestamp,
    /// When it would end if nobody had closed it: the parts of the paper close by that.
    pub full_time_until: Timestamp,
    /// How long the candidate works.
    pub working_time: WorkingTime,
    /// The last moment to which time that is given back may move that, where the test has a hard stop.
    pub latest_end: Option<Timestamp>,
    /// Seconds that were given back after interruptions, each time by one person.
    pub returned_s: u32,
    /// Seconds that two persons gave beside that.
    pub extended_s: u32,
    /// Since when working time stands still, if it does.
    pub paused_at: Option<Timestamp>,
    /// Whether working time begins when the candidate does; until then `deadline` is when the test closes.
    pub has_own_time: bool,
    /// What candidates are allowed.
    pub rules: ExamRules,
    /// Browser Exam Keys of which Safe Exam Browser has to have one.
    pub browser_exam_keys: Vec<String>,
    /// Whether this candidate reads in larger letters.
    pub needs_large_print: bool,
    /// Where the exam session stands.
    pub state: ExamSessionState,
    /// The epoch that may write; 0 before the first opening.
    pub epoch: u32,
    /// The device of that epoch.
    pub device: Option<uuid::Uuid>,
    /// When it was first opened; absent for who did not come.
    pub opened_at: Option<Timestamp>,
    /// When the present epoch began.
    pub epoch_opened_at: Option<Timestamp>,
    /// When it was submitted or closed.
    pub closed_at: Option<Timestamp>,
    /// Whether the candidate submitted it.
    pub by_candidate: bool,
    /// How many items had an answer when it was closed.
    pub answered: u16,
    /// Digest of the answers in force when it was closed.
    pub digest: String,
}

impl SittingFacts {
    /// Who ended it, if anybody has.
    #[must_use]
    pub fn closed(&self) -> Option<ClosedBy> {
        self.closed_at.map(|_| if self.by_candidate { ClosedBy::Candidate } else { ClosedBy::Server })
    }
}

/// How a sitting ends.
pub struct Closing {
    /// When.
    pub closed_at: Timestamp,
    /// Whether the candidate submitted it.
    pub by_candidate: bool,
    /// How many items have an answer.
    pub answered: u16,
    /// Digest of the answers in force.
    pub digest: String,
}

pub(super) fn state_of(row: &exam_session::Model) -> AppResult<ExamSessionState> {
    ExamSessionState::parse(&row.state).ok_or_else(|| AppError::internal(format!("exam session in {}", row.state)))
}

/// What a test is for.
pub(super) fn kind_of(row: &exam_session::Model) -> AppResult<ExamKind> {
    ExamKind::parse(&row.kind).ok_or_else(|| AppError::internal(format!("a test of kind {}", row.kind)))
}

pub(super) fn facts_of_exam_session(row: exam_session::Model) -> AppResult<ExamSessionFacts> {
    let calendar = calendar_of(&row)?;
    Ok(ExamSessionFacts {
        id: row.id,
        course_id: row.course_id,
        papers: papers_of(&row)?,
        place: Place::division(&row.division),
        starts_at: row.starts_at,
        kind: kind_of(&row)?,
        ends_at: ends_at(&row),
        has_own_time: row.closes_at.is_some(),
        registration: calendar.map(|calendar| calendar.registration()),
        recheck_until: calendar.map(|calendar| calendar.recheck_until),
        rules: rules_of(&row)?,
        quotas: quotas_of(&row)?,
        reviewed_up_to: row.reviewed_up_to.as_deref().and_then(ReviewOffice::parse),
        state: state_of(&row)?,
        released_first_by: row.released_first_by,
        scored_at: row.scored_at,
        title: row.title,
    })
}

pub(super) fn facts_of(row: sitting::Model, exam_session: &exam_session::Model) -> AppResult<SittingFacts> {
    let rules = rules_of(exam_session)?;
    let latest_end = latest_end_of(&row, exam_session, rules.delivery().grace_s);
    let plan = own_time_plan(&row, exam_session);
    let full_time_until = full_time_until(&plan, &row, exam_session);
    let at_latest = |ends_at: Timestamp| latest_end.map_or(ends_at, |latest| ends_at.min(latest));
    Ok(SittingFacts {
        deadline: at_latest(deadline_of(&row, full_time_until)),
        full_time_until: at_latest(full_time_until),
        working_time: WorkingTime { duration_min: plan.duration_min, extra_min: plan.extra_min },
        latest_end,
        id: row.id,
        exam_session_id: row.exam_session_id,
        account_id: row.account_id,
        paper_id: row.paper_id,
        title: exam_session.title.clone(),
        course_id: exam_session.course_id,
        ticket_number: row.ticket_number,
        seed: u64::try_from(row.seed).map_err(AppError::internal)?,
        starts_at: exam_session.starts_at,
        returned_s: whole(row.returned_s),
        extended_s: whole(row.extended_s),
        paused_at: row.paused_at,
        has_own_time: exam_session.closes_at.is_some(),
        rules,
        browser_exam_keys: exam_keys_of(exam_session)?,
        needs_large_print: row.needs_large_print,
        state: state_of(exam_session)?,
        epoch: u32::try_from(row.epoch).map_err(AppError::internal)?,
        device: row.device,
        opened_at: row.opened_at,
        epoch_opened_at: row.epoch_opened_at,
        closed_at: row.closed_at,
        by_candidate: row.by_candidate,
        answered: u16::try_from(row.answered).unwrap_or(u16::MAX),
        digest: row.digest,
    })
}

/// Who was taken out sits nothing: their sitting is none to anybody.
pub(super) async fn join(conn: &impl ConnectionTrait, mut rows: Vec<sitting::Model>) -> AppResult<Vec<SittingFacts>> {
    rows.retain(|row| row.withdrawn_at.is_none());
    let mut ids: Vec<_> = rows.iter().map(|row| row.exam_session_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let exam_sessions = store::list_exam_sessions(conn, ids).await?;
    let exam_sessions: HashMap<_, _> = exam_sessions.into_iter().map(|row| (row.id, row)).collect();
    let facts = rows.into_iter().map(|row| {
        let exam_session = exam_sessions.get(&row.exam_session_id);
        facts_of(row, exam_session.ok_or_else(|| AppError::internal("a sitting without exam session"))?)
    });
    facts.collect()
}

/// One exam session.
///
/// # Errors
/// `not-found`.
pub async fn exam_session_facts(cx: &Services, id: ExamSessionId) -> AppResult<ExamSessionFacts> {
    facts_of_exam_session(store::find_exam_session(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?)
}

/// One sitting.
///
/// # Errors
/// `not-found`.
pub async fn sitting_facts(cx: &Services, id: SittingId) -> AppResult<SittingFacts> {
    list_sittings(cx, &[id]).await?.pop().ok_or_else(AppError::not_found)
}

/// These sittings, by id.
///
/// # Errors
/// If the store fails.
pub async fn list_sittings(cx: &Services, ids: &[SittingId]) -> AppResult<Vec<SittingFacts>> {
    join(cx.db.read(), store::list_sittings(cx.db.read(), ids, false).await?).await
}

/// All sittings of an exam session.
///
/// # Errors
/// If the store fails.
pub async fn sittings_of(cx: &Services, id: ExamSessionId) -> AppResult<Vec<SittingFacts>> {
    join(cx.db.read(), store::list_sittings_of(cx.db.read(), id).await?).await
}

/// Those of them that were opened and are not closed.
///
/// # Errors
/// If the store fails.
pub async fn at_work(cx: &Services, id: ExamSessionId) -> AppResult<Vec<SittingFacts>> {
    join(cx.db.read(), store::list_at_work(cx.db.read(), id).await?).await
}

/// All of them, read within a write, whose they are at that moment: two persons may have become one meanwhile.
///
/// # Errors
/// If the store fails.
pub async fn sittings_within(tx: &Tx, id: ExamSessionId) -> AppResult<Vec<SittingFacts>> {
    join(tx.conn(), store::list_sittings_of(tx.conn(), id).await?).await
}

/// Every sitting of a person.
///
/// # Errors
/// If the store fails.
pub async fn sittings_of_account(cx: &Services, account_id: AccountId) -> AppResult<Vec<SittingFacts>> {
    join(cx.db.read(), store::list_own_sittings(cx.db.read(), account_id).await?).await
}

/// The next closed sittings of all exam sessions, by id, from after `after`.
///
/// # Errors
/// If the store fails.
pub async fn closed_after(cx: &Services, after: SittingId, rows: u64) -> AppResult<Vec<SittingFacts>> {
    join(cx.db.read(), store::list_closed_after(cx.db.read(), after, rows).await?).await
}

/// These sittings, by id; until the transaction ends nobody else changes them or writes their
/// journal.
///
/// # Errors
/// If the store fails.
pub async fn lock_sittings(conn: &impl ConnectionTrait, ids: &[SittingId]) -> AppResult<Vec<SittingFacts>> {
    join(conn, store::list_sittings(conn, ids, true).await?).await
}

/// Begins an epoch of a locked sitting.
///
/// # Errors
/// If the store fails.
pub async fn start_epoch(tx: &Tx, id: SittingId, (epoch, device, at): (u32, uuid::Uuid, Timestamp)) -> AppResult<()> {
    let epoch = i32::try_from(epoch).map_err(AppError::internal)?;
    store::set_epoch(tx.conn(), id, epoch, device, at).await
}

/// Closes a sitting that is open; whether it was.
///
/// # Errors
/// If the store fails.
pub async fn close_sitting(tx: &Tx, id: SittingId, closing: &Closing) -> AppResult<bool> {
    if !store::close_sitting(tx.conn(), id, closing.closed_at, closing.by_candidate).await? {
        return Ok(false);
    }
    store::set_answered(tx.conn(), id, closing.answered, &closing.digest).await?;
    Ok(true)
}

/// Says again what was answered in a closed sitting, after late arrivals.
///
/// # Errors
/// If the store fails.
pub async fn restate_closing(tx: &Tx, id: SittingId, answered: u16, digest: &str) -> AppResult<()> {
    store::set_answered(tx.conn(), id, answered, digest).await
}

/// One exam session; nobody else changes it until the write ends.
///
/// # Errors
/// `not-found`.
pub async fn lock_exam_session(tx: &Tx, id: ExamSessionId) -> AppResult<ExamSessionFacts> {
    facts_of_exam_session(store::lock_exam_session(tx.conn(), id).await?.ok_or_else(AppError::not_found)?)
}

/// Moves a locked exam session one state forward.
///
/// # Errors
/// `wrong-state` if `wanted` is not the next state.
pub async fn move_exam_session(tx: &Tx, exam_session: &ExamSessionFacts, wanted: ExamSessionState) -> AppResult<()> {
    may_move(exam_session.state, wanted).map_err(AppError::refused)?;
    tx.note("state", wanted.as_str());
    if store::set_state(tx.conn(), exam_session.id, exam_session.state, wanted).await? {
        Ok(())
    } else {
        Err(AppError::internal("a locked exam session moved"))
    }
}

/// Lets `person` propose the release of a locked exam session, or confirm what another proposed;
/// whether it is confirmed. Where nothing rests on the results, one person is enough.
///
/// # Errors
/// `second-person-needed` if the same person confirms.
pub async fn propose_release(tx: &Tx, exam_session: &ExamSessionFacts, person: AccountId) -> AppResult<bool> {
    match exam_session.released_first_by {
        _ if !exam_session.kind.needs_second_person() => Ok(true),
        Some(first) => may_confirm(first, person).map(|()| true).map_err(AppError::refused),
        None => {
            store::set_first_person(tx.conn(), exam_session.id, exam_session::Column::ReleasedFirstBy, person).await?;
            Ok(false)
        }
    }
}
