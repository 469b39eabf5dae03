//! Learners check themselves in by the code on the classroom's screen.

use super::{entity::meeting, roll, store, views};
use crate::{
    access::{Actor, Permit, actions, authorize},
    learning,
    platform::{
        Services,
        crypto::{Column, Sealed},
        db::Tx,
        error::{AppError, AppResult},
        sealed::{SMALL_ROWS, SealedColumn},
    },
};
use shared::{
    device_log::latest,
    ids::{AccountId, MeetingId},
    learning::AttendanceRule,
    problem::ProblemCode,
    rights::{Place, Right},
    teaching::{
        AttendanceState, CheckIn, CheckInCode, CheckInReceipt, CheckInRefusal, CheckInRules, MeetingState,
        RollCallEntry, RollCallMethod, check_in_code, check_in_is_open, is_check_in_code, judge_arrival, minutes_left,
    },
    time::Timestamp,
};

actions! {
    /// Check oneself in at a meeting.
    CheckMyselfIn(MeetingId) = CheckInSelf;
}

/// Codes that one learner tries at one meeting before they must wait.
const TRIES: u64 = 20;
/// How long they must wait.
const TRIES_WINDOW_S: u32 = 600;
const RULES: CheckInRules = CheckInRules::usual();

/// Bytes of what the codes of a meeting are made of. So many lie open where a program of the time before secrets were
/// sealed entered the meeting; sealed there are more.
const SECRET_BYTES: usize = 32;

/// What the codes of meetings are made of.
const SECRET: Column = Column { table: "meeting", name: "check_in_secret" };

/// The same, as it lies in the store.
pub(super) const SEALED: SealedColumn = SealedColumn {
    table: SECRET.table,
    name: SECRET.name,
    id: "id",
    number: None,
    bound_to: |row| bound_to(MeetingId(row.id)),
    open_len: Some(SECRET_BYTES),
    rows: SMALL_ROWS,
};

/// What a secret is sealed for.
fn bound_to(id: MeetingId) -> String {
    format!("meeting {id}")
}

/// A secret for a new meeting, sealed.
pub(super) fn new_secret(cx: &Services, id: MeetingId) -> AppResult<Sealed> {
    cx.keys.fields.seal_bytes(&bound_to(id), &cx.ids.secret::<SECRET_BYTES>(), &*cx.ids).map(Sealed::of_bytes)
}

/// The secret of a meeting. Those of the time before secrets were sealed have theirs from the key that indexes: what
/// lay open is no secret.
fn secret(cx: &Services, meeting: &meeting::Model) -> AppResult<Vec<u8>> {
    let kept = meeting.check_in_secret.as_bytes();
    if matches!(kept.len(), 0 | SECRET_BYTES) {
        return Ok(cx.keys.fields.blind_index(SECRET, &meeting.id.to_string()).to_hex().into_bytes());
    }
    cx.keys.fields.open_bytes(&bound_to(meeting.id), kept)
}

/// What the screen shows now.
pub(super) async fn code(cx: &Services, actor: &Actor, id: MeetingId) -> AppResult<CheckInCode> {
    let (class, meeting) = views::seen(cx, actor, id).await?;
    if !actor.has_any(&[Right::TakeAttendance], &class.place()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let now = cx.clock.now();
    check_open(&meeting, now)?;
    let code = check_in_code(&secret(cx, &meeting)?, id, RULES.step_at(now));
    Ok(CheckInCode { code, changes_in_ms: RULES.ms_left(now) })
}

fn check_open(meeting: &meeting::Model, now: Timestamp) -> AppResult<()> {
    if meeting.state == MeetingState::Cancelled.as_str() {
        return Err(AppError::refused(CheckInRefusal::NotNow));
    }
    check_in_is_open(meeting.starts_at, meeting.ends_at, now).map_err(AppError::refused)
}

/// Lets learners check themselves in.
pub(super) fn permit(actor: &Actor, id: MeetingId) -> AppResult<Permit<CheckMyselfIn>> {
    authorize(actor, id, &Place::Own { account: actor.account_id })
}

/// Checks the learner in. Who is checked in already stays so.
pub(super) async fn check_in(
    cx: &Services,
    permit: &Permit<CheckMyselfIn>,
    request: &CheckIn,
) -> AppResult<CheckInReceipt> {
    let (id, learner) = (*permit.target(), permit.person()?);
    let meeting = store::find_meeting(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    if !learning::learners_of(cx, meeting.class_id).await?.contains(&learner) {
        return Err(AppError::refused(CheckInRefusal::NotInClass));
    }
    let throttle = format!("check-in:{id}:{learner}");
    if cx.coordination.count(&throttle, TRIES_WINDOW_S).await > TRIES {
        return Err(AppError::TooMany { retry_after_s: u64::from(TRIES_WINDOW_S) });
    }
    let now = cx.clock.now();
    check_open(&meeting, now)?;
    if !is_check_in_code(&secret(cx, &meeting)?, id, &request.code, now, &RULES) {
        return Err(AppError::refused(CheckInRefusal::WrongCode));
    }
    let rule = learning::attendance_rule(cx, meeting.class_id).await?;
    cx.db.write(permit, async |tx| note(cx, tx, (&meeting, &rule), learner).await).await
}

async fn note(
    cx: &Services,
    tx: &Tx,
    (meeting, rule): (&meeting::Model, &AttendanceRule),
    learner: AccountId,
) -> AppResult<CheckInReceipt> {
    learning::lock_class(tx, meeting.class_id).await?;
    let mut own = Vec::new();
    for row in store::list_roll_entries(tx.conn(), &[meeting.id]).await? {
        if row.learner_id == learner {
            own.push(roll::entry(row)?);
        }
    }
    if !own.iter().any(|entry| entry.method == RollCallMethod::Code) {
        let entry = arrival(cx, (meeting, rule), learner, tx.now());
        store::insert_roll_entries(tx.conn(), vec![roll::row(&entry, tx.now())]).await?;
        tx.note("state", entry.state.as_str());
        own.push(entry);
    }
    let counts = latest(&own).ok_or_else(|| AppError::internal("a check-in that left nothing"))?;
    Ok(CheckInReceipt { state: counts.state, noted_at: counts.noted_at })
}

/// What is noted of somebody who arrives now, by the rule of the class.
fn arrival(
    cx: &Services,
    (meeting, rule): (&meeting::Model, &AttendanceRule),
    learner: AccountId,
    now: Timestamp,
) -> RollCallEntry {
    let state = judge_arrival(meeting.starts_at, now, rule);
    let is_late = state == AttendanceState::Late;
    RollCallEntry {
        id: cx.ids.new_id(),
        meeting_id: meeting.id,
        learner,
        state,
        minutes: is_late.then(|| minutes_left(meeting.starts_at, meeting.ends_at, now)),
        noted_at: now,
        noted_by: learner,
        method: RollCallMethod::Code,
        reason: String::new(),
    }
}
