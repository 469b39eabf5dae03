//! A record moves: each step by whose duty it is, with its reason, once.

use super::{
    entity::{record_step, student_record},
    leaving,
    place::{self, permit},
    reentry::Reentry,
    registration::{self, OpenAccount},
    rows::{level_of, rule, state, state_of, step_of},
    standing, store,
};
use crate::{
    access::{Action, Actor, actions},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    enrolment::{
        AttachmentKind, MissingPapers, RecordFacts, RecordRefusal, RecordState, RecordStep, TakeStep, hands,
        judge_step, missing_papers, right_for, state_after,
    },
    ids::{AccountId, StudentRecordId},
    people::check_reason,
    problem::ProblemCode,
    rights::Right,
};

actions! {
    /// Take a step for the school that keeps the record.
    KeepRecord(StudentRecordId) = KeepEnrolments;
    /// Approve or return a record for the school.
    ReviewRecord(StudentRecordId) = ReviewEnrolment;
    /// Approve or return a record for the county.
    ApproveRecord(StudentRecordId) = ApproveEnrolment;
    /// Approve or return a record for the city.
    FileRecord(StudentRecordId) = FileEnrolment;
}

/// Takes a step of a record that is as the actor has seen it. A repeat with the same key changes nothing.
///
/// # Errors
/// `not-found`, `forbidden` if the step is another office's, `stale`, the field that is wrong,
/// [`RecordRefusal`], or of who comes again [`EnrolmentRefusal`](shared::enrolment::EnrolmentRefusal).
pub async fn take(
    cx: &Services,
    actor: &Actor,
    id: StudentRecordId,
    seen: i32,
    key: &IdempotencyKey,
    wanted: &TakeStep,
) -> AppResult<()> {
    let row = place::seen(cx, actor, id).await?;
    // Whose duty it is says the state that the actor saw: of a repeat the record has moved on.
    let steps = store::list_steps(cx.db.read(), &[id]).await?;
    let from = match steps.iter().find(|taken| taken.seq == seen) {
        Some(taken) => state(&taken.from_state)?,
        None => state_of(&row)?,
    };
    let command = Command { id, seen, key, wanted };
    match right_for(from, wanted.step) {
        Some(Right::KeepEnrolments) => command.take_as::<KeepRecord>(cx, actor).await,
        Some(Right::ReviewEnrolment) => command.take_as::<ReviewRecord>(cx, actor).await,
        Some(Right::ApproveEnrolment) => command.take_as::<ApproveRecord>(cx, actor).await,
        Some(Right::FileEnrolment) => command.take_as::<FileRecord>(cx, actor).await,
        _ if state_after(from, level_of(&row)?, wanted.step).is_some() => {
            Err(AppError::field("/step", "step-not-open"))
        }
        _ => Err(AppError::refused(RecordRefusal::WrongState { state: from, step: wanted.step })),
    }
}

/// A step that somebody wants to take.
struct Command<'a> {
    id: StudentRecordId,
    seen: i32,
    key: &'a IdempotencyKey,
    wanted: &'a TakeStep,
}

impl Command<'_> {
    async fn take_as<A: Action<Target = StudentRecordId>>(&self, cx: &Services, actor: &Actor) -> AppResult<()> {
        let (permit, row) = permit::<A>(cx, actor, self.id).await?;
        let reason = self.reason()?;
        let by = permit.person()?;
        let account = match state_after(state_of(&row)?, level_of(&row)?, self.wanted.step) {
            Some(RecordState::Registered) if row.account_id.is_none() => Some(registration::prepare(cx).await?),
            _ => None,
        };
        let reentry = match self.wanted.step {
            RecordStep::Reenter => Some(Reentry::open(cx, &row).await?),
            _ => None,
        };
        let outcome = cx
            .db
            .write(&permit, async |tx| {
                once(tx, by, self.key, &(self.id, self.wanted), async || {
                    let row = store::lock_record(tx.conn(), self.id).await?;
                    if row.version != self.seen {
                        return Err(AppError::Problem(ProblemCode::Stale));
                    }
                    let next = judge(tx, &row, self.wanted.step, by, &reason).await?;
                    if let Some(reentry) = &reentry {
                        reentry.check(tx, &row).await?;
                    }
                    let step = Step { step: self.wanted.step, next, by: Some(by), reason: &reason };
                    apply(cx, tx, row, &step, account.as_ref()).await
                })
                .await
            })
            .await;
        match (outcome, &reentry) {
            (Err(error), Some(reentry)) => Err(reentry.named(cx, actor, &row, error).await?),
            (outcome, _) => outcome,
        }
    }

    /// The reason, checked; none where none is given.
    fn reason(&self) -> AppResult<String> {
        if self.wanted.reason.trim().is_empty() {
            return Ok(String::new());
        }
        check_reason(&self.wanted.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))
    }
}

/// Where the step leads.
pub(super) async fn judge(
    tx: &Tx,
    row: &student_record::Model,
    step: RecordStep,
    by: AccountId,
    reason: &str,
) -> AppResult<RecordState> {
    let hands = hands_in(row, &store::list_steps(tx.conn(), &[row.id]).await?)?;
    let has_number = row.learner_number.is_some();
    let missing = if step.needs_papers(has_number) { missing_in(tx, row).await? } else { None };
    let facts = RecordFacts { state: state_of(row)?, level: level_of(row)?, hands: &hands, has_number, missing };
    judge_step(&facts, step, by, reason).map_err(AppError::refused)
}

/// What photos a review of the record would miss.
async fn missing_in(tx: &Tx, row: &student_record::Model) -> AppResult<Option<MissingPapers>> {
    let kept = store::find_rule(tx.conn(), (&row.rule_region, &row.level, &row.rule_valid_from)).await?;
    let photos = store::list_attachments(tx.conn(), row.id).await?;
    let kinds = photos.iter().filter_map(|(_, kind, ..)| AttachmentKind::parse(kind));
    Ok(missing_papers(kinds, row.is_literate, &rule(&kept)?))
}

/// Who has had a hand in a record.
pub(super) fn hands_in(row: &student_record::Model, steps: &[record_step::Model]) -> AppResult<Vec<AccountId>> {
    let taken: AppResult<Vec<_>> = steps.iter().map(|taken| Ok((step_of(taken)?, taken.taken_by))).collect();
    Ok(hands(row.entered_by, taken?))
}

/// Writes down that something was put right in a record that stays where it stands: it is one version further.
pub(super) async fn note_amended(tx: &Tx, row: &student_record::Model, by: AccountId, reason: &str) -> AppResult<()> {
    if !store::move_record(tx.conn(), row.version, row).await? {
        return Err(AppError::Problem(ProblemCode::Stale));
    }
    let taken = record_step::Model {
        record_id: row.id,
        seq: row.version,
        step: RecordStep::Amend.as_str().to_owned(),
        from_state: row.state.clone(),
        to_state: row.state.clone(),
        reason: reason.to_owned(),
        taken_by: Some(by),
        taken_at: tx.now(),
    };
    store::insert_step(tx.conn(), taken).await
}

/// A step that may be taken.
pub(super) struct Step<'a> {
    pub(super) step: RecordStep,
    pub(super) next: RecordState,
    pub(super) by: Option<AccountId>,
    pub(super) reason: &'a str,
}

/// Moves a record and everything that follows from where it stands then: number and account, the states on
/// rosters, and, soon after, who is in classes.
pub(super) async fn apply(
    cx: &Services,
    tx: &Tx,
    mut row: student_record::Model,
    step: &Step<'_>,
    account: Option<&OpenAccount>,
) -> AppResult<()> {
    let (seen, from_state) = (row.version, row.state.clone());
    step.next.as_str().clone_into(&mut row.state);
    row.is_running = step.next.is_running();
    row.moved_at = tx.now();
    if step.next == RecordState::Registered {
        registration::register(cx, tx, &mut row, account).await?;
    }
    if !store::move_record(tx.conn(), seen, &row).await? {
        return Err(AppError::Problem(ProblemCode::Stale));
    }
    let taken = record_step::Model {
        record_id: row.id,
        seq: seen,
        step: step.step.as_str().to_owned(),
        from_state,
        to_state: row.state.clone(),
        reason: step.reason.to_owned(),
        taken_by: step.by,
        taken_at: tx.now(),
    };
    store::insert_step(tx.conn(), taken).await?;
    leaving::tell(tx, &row, seen, step.next);
    tx.note("step", step.step.as_str());
    tx.note("state", step.next.as_str());
    let records = store::list_of_person(tx.conn(), row.person_id).await?;
    standing::tell(cx, tx, row.person_id, &records).await
}
