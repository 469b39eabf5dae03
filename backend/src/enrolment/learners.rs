//! The doors for what stands below: who may be in a class, and that somebody is.

use super::{
    entity::student_record,
    place::permit,
    rows::{day, education_of, enrolled_on, level_of, state_of},
    steps::{Step, apply},
    store,
};
use crate::{
    access::{Action, Actor, Permit},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use jiff::civil::Date;
use sea_orm::ConnectionTrait;
use shared::{
    enrolment::{RecordRefusal, RecordState, RecordStep, state_after},
    ids::{AccountId, PersonId, ProviderId, StudentRecordId},
    learning::CourseLevel,
    organisation::DivisionCode,
    person::EducationLevel,
    problem::ProblemCode,
};
use std::collections::{HashMap, hash_map::Entry};

/// Where somebody studies who may be in a class.
const IN_CLASS: [RecordState; 3] = [RecordState::Registered, RecordState::Studying, RecordState::Suspended];

/// A learner who has an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearnerFacts {
    /// The record.
    pub record_id: StudentRecordId,
    /// The account by which they learn.
    pub account_id: AccountId,
    /// The person.
    pub person_id: PersonId,
    /// The school.
    pub provider_id: ProviderId,
    /// Significant digits of the school's division.
    pub division: String,
    /// The name.
    pub name: String,
    /// The learner's number.
    pub learner_number: String,
    /// The level studied for.
    pub level: CourseLevel,
    /// Where the record stands.
    pub state: RecordState,
    /// What was said of their schooling.
    pub education: Option<EducationLevel>,
    /// With the level, names the row of the rules that the learner keeps.
    pub rule_region: DivisionCode,
    /// The first day of that row.
    pub rule_valid_from: Date,
    /// The day of enrolment.
    pub enrolled_on: Date,
}

impl LearnerFacts {
    /// Whether the record lets the learner be in a class.
    #[must_use]
    pub fn may_be_in_class(&self) -> bool {
        IN_CLASS.contains(&self.state)
    }
}

/// The record by which an account learns: the one that runs, before the newest of those that ended.
///
/// # Errors
/// If the store fails.
pub async fn record_of(cx: &Services, account_id: AccountId) -> AppResult<Option<LearnerFacts>> {
    Ok(learners_of(cx, &[account_id]).await?.remove(&account_id))
}

/// The learner of this number, if there is one who has an account.
///
/// # Errors
/// If the store fails.
pub async fn learner_by_number(cx: &Services, learner_number: &str) -> AppResult<Option<LearnerFacts>> {
    let row = store::find_by_learner_number(cx.db.read(), learner_number).await?;
    Ok(row.map(facts).transpose()?.flatten())
}

/// The learners of these records; those who have no account are left out.
///
/// # Errors
/// If the store fails.
pub async fn learners_by_records(cx: &Services, ids: &[StudentRecordId]) -> AppResult<Vec<LearnerFacts>> {
    let rows = store::list_records_by_ids(cx.db.read(), ids).await?;
    let learners: AppResult<Vec<_>> = rows.into_iter().map(facts).collect();
    Ok(learners?.into_iter().flatten().collect())
}

/// Holds a record until the write ends: what its learner does at the same moment goes on after it.
///
/// # Errors
/// `not-found` if there is none.
pub async fn hold_record(tx: &Tx, id: StudentRecordId) -> AppResult<()> {
    store::lock_record(tx.conn(), id).await.map(drop)
}

/// [`record_of`] for many accounts; those without a record are left out.
///
/// # Errors
/// If the store fails.
pub async fn learners_of(cx: &Services, accounts: &[AccountId]) -> AppResult<HashMap<AccountId, LearnerFacts>> {
    let mut found: HashMap<AccountId, LearnerFacts> = HashMap::new();
    // The newest come first, and one that runs stands before all others.
    for row in store::list_of_accounts(cx.db.read(), accounts).await? {
        let is_running = row.is_running;
        let Some(learner) = facts(row)? else { continue };
        if is_running || !found.contains_key(&learner.account_id) {
            found.insert(learner.account_id, learner);
        }
    }
    Ok(found)
}

/// The days on which these learners enrolled, by the record by which each learns, as `conn` sees it.
///
/// # Errors
/// If the store fails.
pub async fn enrolled_on_of(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> AppResult<HashMap<AccountId, Date>> {
    let mut rows = store::list_of_accounts(conn, accounts).await?;
    // The newest come first, and one that runs stands before all others.
    rows.sort_by_key(|row| !row.is_running);
    let mut days = HashMap::new();
    for row in rows {
        let Some(account_id) = row.account_id else { continue };
        if let Entry::Vacant(first) = days.entry(account_id) {
            first.insert(enrolled_on(&row)?);
        }
    }
    Ok(days)
}

/// Every record of a person, the newest first, as `conn` sees it.
///
/// # Errors
/// If the store fails.
pub async fn records_of_person(conn: &impl ConnectionTrait, person_id: PersonId) -> AppResult<Vec<StudentRecordId>> {
    Ok(store::list_of_person(conn, person_id).await?.into_iter().map(|row| row.id).collect())
}

/// Lets the actor do `A` to a record, and says by which account its learner learns.
///
/// # Errors
/// `not-found` if the actor may not know of the record, `forbidden` if they may but lack the right; `wrong-state`
/// while the learner has no account.
pub async fn permit_learner<A: Action<Target = StudentRecordId>>(
    cx: &Services,
    actor: &Actor,
    id: StudentRecordId,
) -> AppResult<(Permit<A>, AccountId)> {
    let (permit, row) = permit(cx, actor, id).await?;
    Ok((permit, row.account_id.ok_or(AppError::Problem(ProblemCode::WrongState))?))
}

/// Whom a school may put into a class of this level, by name.
///
/// # Errors
/// If the store fails.
pub async fn learners(cx: &Services, provider_id: ProviderId, level: CourseLevel) -> AppResult<Vec<LearnerFacts>> {
    let rows = store::list_at_school(cx.db.read(), provider_id, level, &IN_CLASS).await?;
    let mut learners = Vec::with_capacity(rows.len());
    for row in rows {
        learners.extend(facts(row)?);
    }
    Ok(learners)
}

/// Within the write that puts a learner into a class: studies begin. A record that is not newly
/// registered stays as it is.
///
/// # Errors
/// If the store fails.
pub async fn begin_studies(cx: &Services, tx: &Tx, by: AccountId, account_id: AccountId) -> AppResult<()> {
    for row in store::list_of_accounts(tx.conn(), &[account_id]).await? {
        let row = store::lock_record(tx.conn(), row.id).await?;
        if let Some(next) = state_after(state_of(&row)?, level_of(&row)?, RecordStep::Begin) {
            let step = Step { step: RecordStep::Begin, next, by: Some(by), reason: "" };
            apply(cx, tx, row, &step, None).await?;
        }
    }
    Ok(())
}

/// Within the write that issues a diploma: the record ends with it. The learner, as they are by then.
///
/// # Errors
/// [`RecordRefusal`] if the record is not that of somebody who studies.
pub async fn graduate(cx: &Services, tx: &Tx, by: AccountId, id: StudentRecordId) -> AppResult<LearnerFacts> {
    let row = store::lock_record(tx.conn(), id).await?;
    if state_of(&row)? == RecordState::Studying {
        take_step(cx, tx, by, (row, RecordStep::Complete)).await?;
    }
    let row = store::lock_record(tx.conn(), id).await?;
    let learner = facts(row.clone())?.ok_or(AppError::Problem(ProblemCode::WrongState))?;
    take_step(cx, tx, by, (row, RecordStep::Graduate)).await?;
    Ok(learner)
}

async fn take_step(
    cx: &Services,
    tx: &Tx,
    by: AccountId,
    (row, step): (student_record::Model, RecordStep),
) -> AppResult<()> {
    let state = state_of(&row)?;
    let next = state_after(state, level_of(&row)?, step)
        .ok_or_else(|| AppError::refused(RecordRefusal::WrongState { state, step }))?;
    apply(cx, tx, row, &Step { step, next, by: Some(by), reason: "" }, None).await
}

/// A learner, if the record has an account.
fn facts(row: student_record::Model) -> AppResult<Option<LearnerFacts>> {
    let (Some(account_id), Some(learner_number)) = (row.account_id, row.learner_number.clone()) else {
        return Ok(None);
    };
    let region = DivisionCode::parse(&row.rule_region);
    Ok(Some(LearnerFacts {
        record_id: row.id,
        account_id,
        person_id: row.person_id,
        provider_id: row.provider_id,
        level: level_of(&row)?,
        state: state_of(&row)?,
        education: education_of(&row),
        rule_region: region.ok_or_else(|| AppError::internal("the rule of a record has no region"))?,
        rule_valid_from: day(&row.rule_valid_from)?,
        enrolled_on: enrolled_on(&row)?,
        division: row.division,
        name: row.name,
        learner_number,
    }))
}
