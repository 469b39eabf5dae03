//! Who is in a class, who joins it and who leaves.

use super::{class, count_learners, facts, join_class, locked, permit_class, plan::KeepClass, state};
use crate::{
    access::{Actor, Permit},
    enrolment::{self, LearnerFacts},
    identity,
    learning::{
        entity::{class_departure, class_member},
        store,
    },
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, ClassId, CourseId, ProviderId},
    learning::{
        ClassDeparture, ClassMemberRow, CourseLevel, DepartureView, MAX_DEPARTURE_CHARS, MAX_NEW_MEMBERS, MemberState,
        NewMembers, is_of_level, may_change, may_join,
    },
    people::check_words,
    rights::{Place, Right},
    time::Timestamp,
};
use std::collections::BTreeSet;

/// Whether somebody may be in a class of a provider: who has a record there that is not over. Accounts of
/// learners that are older than records are taken as they are.
///
/// # Errors
/// If the store fails.
pub async fn is_learner_of(cx: &Services, account: AccountId, provider: ProviderId) -> AppResult<bool> {
    let record = enrolment::record_of(cx, account).await?;
    is_learner_by(cx, account, (record.as_ref(), provider)).await
}

/// The same of somebody whose record is known.
async fn is_learner_by(
    cx: &Services,
    account: AccountId,
    (record, provider): (Option<&LearnerFacts>, ProviderId),
) -> AppResult<bool> {
    match record {
        Some(record) => Ok(record.provider_id == provider && record.may_be_in_class()),
        None => identity::may(cx, account, Right::StudyOwnCourse, &Place::Own { account }).await,
    }
}

/// Adds learners to a class, for who keeps it.
///
/// # Errors
/// `not-found` or `forbidden`; the learner who may not be in it.
pub async fn add_learners(cx: &Services, actor: &Actor, id: ClassId, learners: Vec<AccountId>) -> AppResult<()> {
    let permit = permit_class::<KeepClass>(cx, actor, id).await?;
    add(cx, &permit, &IdempotencyKey(None), &NewMembers { learners }).await
}

/// Adds learners: all of them, or nobody. Two who add the last one queue at the class.
pub(super) async fn add(
    cx: &Services,
    permit: &Permit<KeepClass>,
    key: &IdempotencyKey,
    request: &NewMembers,
) -> AppResult<()> {
    let (id, keeper) = (*permit.target(), permit.person()?);
    check_learners(cx, id, request).await?;
    cx.db
        .write(permit, async |tx| {
            once(tx, keeper, key, &(id, request), async || add_all(cx, tx, keeper, (id, &request.learners)).await).await
        })
        .await
}

async fn check_learners(cx: &Services, id: ClassId, request: &NewMembers) -> AppResult<()> {
    match request.learners.len() {
        0 => return Err(AppError::field("/learners", "required")),
        1..=MAX_NEW_MEMBERS => {}
        _ => return Err(AppError::field("/learners", "too-long")),
    }
    let (provider, levels) = (class(cx, id).await?.provider_id, levels_of(cx, id).await?);
    for (at, learner) in request.learners.iter().enumerate() {
        let record = enrolment::record_of(cx, *learner).await?;
        if !is_learner_by(cx, *learner, (record.as_ref(), provider)).await? {
            return Err(AppError::field(&format!("/learners/{at}"), "not-a-learner"));
        }
        if record.is_some_and(|record| !is_of_level(&levels, record.level)) {
            return Err(AppError::field(&format!("/learners/{at}"), "class-level"));
        }
    }
    Ok(())
}

/// The levels of a class: those of its courses. Once it takes learners, its courses stay.
async fn levels_of(cx: &Services, id: ClassId) -> AppResult<Vec<CourseLevel>> {
    let courses = store::list_class_courses(cx.db.read(), &[id]).await?;
    let courses: Vec<CourseId> = courses.into_iter().map(|row| row.course_id).collect();
    let rows = store::list_courses_by_ids(cx.db.read(), &courses).await?;
    let unknown = |level: &str| AppError::internal(format!("a course of the level {level}"));
    rows.iter().map(|row| CourseLevel::parse(&row.level).ok_or_else(|| unknown(&row.level))).collect()
}

async fn add_all(cx: &Services, tx: &Tx, keeper: AccountId, (id, learners): (ClassId, &[AccountId])) -> AppResult<()> {
    let row = locked(tx, id).await?;
    let present: BTreeSet<_> = store::list_members(tx.conn(), id).await?.into_iter().collect();
    let learners: BTreeSet<_> = learners.iter().copied().collect();
    let mut facts = facts(&row, count_learners(tx, id).await?)?;
    let mut added = 0_u32;
    for learner in learners {
        if !present.contains(&learner) {
            may_join(&facts).map_err(AppError::refused)?;
            join_class(tx, id, learner).await?;
            facts.learners += 1;
            added += 1;
        }
        // Also of who is in it already: they may have come to the school anew.
        enrolment::begin_studies(cx, tx, keeper, learner).await?;
    }
    tx.note("added", added);
    Ok(())
}

/// Records that a learner leaves; nothing of them is deleted.
pub(super) async fn dismiss(
    cx: &Services,
    permit: &Permit<KeepClass>,
    key: &IdempotencyKey,
    request: &ClassDeparture,
) -> AppResult<ClassMemberRow> {
    let (id, keeper) = (*permit.target(), permit.person()?);
    let reason = check_words(&request.reason, "/reason", MAX_DEPARTURE_CHARS);
    let reason = reason.map_err(|error| AppError::Invalid(vec![error]))?;
    cx.db
        .write(permit, async |tx| {
            once(tx, keeper, key, &(id, request), async || leave(cx, tx, id, keeper, (request.learner, &reason)).await)
                .await
        })
        .await?;
    let rows = list(cx, id, Some(MemberState::Left)).await?;
    rows.into_iter().find(|row| row.account_id == request.learner).ok_or_else(AppError::not_found)
}

async fn leave(
    cx: &Services,
    tx: &Tx,
    class_id: ClassId,
    recorded_by: AccountId,
    (account_id, reason): (AccountId, &str),
) -> AppResult<()> {
    let class = locked(tx, class_id).await?;
    may_change(state(&class)?).map_err(AppError::refused)?;
    let member = present(tx, class_id, account_id).await?;
    let member = member.ok_or_else(|| AppError::field("/learner", "not-in-class"))?;
    depart(cx, tx, &member, tx.now(), (recorded_by, reason)).await
}

/// Whether a learner is in a class.
pub(in crate::learning) async fn is_in_class(
    conn: &impl ConnectionTrait,
    id: ClassId,
    account_id: AccountId,
) -> AppResult<bool> {
    Ok(store::list_members(conn, id).await?.contains(&account_id))
}

/// A learner who is in a class.
pub(super) async fn present(
    tx: &Tx,
    class_id: ClassId,
    account_id: AccountId,
) -> AppResult<Option<class_member::Model>> {
    let present = store::list_all_members(tx.conn(), class_id, Some(MemberState::In)).await?;
    Ok(present.into_iter().find(|member| member.account_id == account_id))
}

/// Writes down that somebody who is in a class that is locked has left it, and why.
pub(super) async fn depart(
    cx: &Services,
    tx: &Tx,
    member: &class_member::Model,
    left_at: Timestamp,
    (recorded_by, reason): (AccountId, &str),
) -> AppResult<()> {
    let (class_id, account_id) = (member.class_id, member.account_id);
    let row = class_departure::Model {
        id: cx.ids.uuid(),
        class_id,
        account_id,
        joined_at: member.joined_at,
        left_at,
        reason: reason.to_owned(),
        recorded_by,
    };
    store::insert_departure(tx.conn(), row).await?;
    tx.note("left", account_id.to_string());
    store::end_membership(tx.conn(), class_id, account_id, left_at).await
}

/// Who is and was in a class, the first joined first.
///
/// # Errors
/// If the store fails.
pub async fn list(cx: &Services, id: ClassId, state: Option<MemberState>) -> AppResult<Vec<ClassMemberRow>> {
    let members = store::list_all_members(cx.db.read(), id, state).await?;
    let accounts: Vec<_> = members.iter().map(|member| member.account_id).collect();
    let names = identity::names_of(cx, &accounts).await?;
    let departures = store::list_departures(cx.db.read(), id).await?;
    let row = |member: class_member::Model| ClassMemberRow {
        account_id: member.account_id,
        display_name: names.get(&member.account_id).cloned().unwrap_or_default(),
        joined_at: member.joined_at,
        left_at: member.left_at,
        departures: departures.iter().filter(|left| left.account_id == member.account_id).map(departure).collect(),
    };
    Ok(members.into_iter().map(row).collect())
}

fn departure(row: &class_departure::Model) -> DepartureView {
    DepartureView {
        joined_at: row.joined_at,
        left_at: row.left_at,
        reason: row.reason.clone(),
        recorded_by: row.recorded_by,
    }
}
