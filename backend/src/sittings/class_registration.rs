//! A school registers a class for a test by one action, and sees who cannot be registered and why.

use super::{
    calendar::calendar_of,
    candidates::standing,
    entity::exam_session,
    facts::{kind_of, state_of},
    quotas,
    registering::{self, By, Home},
    store,
};
use crate::{
    access::{Actor, Permit, actions},
    identity,
    learning::{self, ClassHead},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use serde::{Deserialize, Serialize};
use shared::{
    ids::{AccountId, ClassId, ExamSessionId},
    learning::CourseStanding,
    organisation::DivisionCode,
    sittings::{
        ClassExam, ClassObstacle, ClassRegistration, ExamSessionState, NewClassRegistration, RefusedLearner,
        class_obstacle, may_register_on,
    },
};
use std::collections::HashSet;

actions! {
    /// Register the learners of a class for a test.
    RegisterClass(ClassId) = RegisterClass;
}

/// The tests that a class can be registered for, the first to start first.
///
/// # Errors
/// `not-found` or `forbidden` for who does not keep the class.
pub(super) async fn list(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<Vec<ClassExam>> {
    let _: Permit<RegisterClass> = learning::permit_class(cx, actor, id).await?;
    let class = learning::class(cx, id).await?;
    let (courses, learners) = (learning::courses_of(cx, id).await?, learning::learners_of(cx, id).await?);
    let mut exams = Vec::new();
    for row in store::list_exam_sessions_for(cx.db.read(), &[], &courses).await? {
        if !is_for(&class, &row) {
            continue;
        }
        let registered: HashSet<_> = store::list_registered(cx.db.read(), row.id).await?.into_iter().collect();
        exams.push(ClassExam {
            id: row.id,
            title: row.title.clone(),
            starts_at: row.starts_at,
            registration: calendar_of(&row)?.map(|calendar| calendar.registration()),
            learners: count(learners.len()),
            registered: count(learners.iter().filter(|learner| registered.contains(learner)).count()),
        });
    }
    Ok(exams)
}

/// Whether a test is held where a class is.
fn is_for(class: &ClassHead, row: &exam_session::Model) -> bool {
    class.division.starts_with(&row.division)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What came of a registration, without names: the reply to a repeat is kept for a while.
#[derive(Serialize, Deserialize)]
struct Outcome {
    registered: u32,
    already: u32,
    refused: Vec<(AccountId, ClassObstacle, u16)>,
}

/// Registers the learners who are in a class. A repeat with the same key tells the same.
///
/// # Errors
/// `not-found` or `forbidden` for who does not keep the class; the field of a test that is none of it; `wrong-state` or
/// `exam-cancelled` unless registration is open.
pub(super) async fn register(
    cx: &Services,
    actor: &Actor,
    id: ClassId,
    key: &IdempotencyKey,
    new: &NewClassRegistration,
) -> AppResult<ClassRegistration> {
    let permit: Permit<RegisterClass> = learning::permit_class(cx, actor, id).await?;
    let person = permit.person()?;
    let row = chosen(cx, id, new.exam_session_id).await?;
    let class = learning::class(cx, id).await?;
    let division = DivisionCode::parse(&class.division);
    let home = division.map(|division| Home { division, provider_id: class.provider_id });
    let (kind, mut learners) = (kind_of(&row)?, Vec::new());
    for learner in learning::learners_of(cx, id).await? {
        learners.push((learner, kind.standing(standing(cx, learner, row.course_id).await?)));
    }
    let outcome = cx.db.write(&permit, async |tx| {
        once(tx, person, key, &(id, new), async || register_all(tx, (row.id, home), &learners).await).await
    });
    told(cx, outcome.await?).await
}

/// The test that was chosen: one of a course of the class, held where the class is, of which learners know.
async fn chosen(cx: &Services, id: ClassId, exam_session_id: ExamSessionId) -> AppResult<exam_session::Model> {
    let class = learning::class(cx, id).await?;
    let courses = learning::courses_of(cx, id).await?;
    let found = store::find_exam_session(cx.db.read(), exam_session_id).await?;
    let unknown = || AppError::field("/exam_session_id", "not-found");
    let row = found.filter(|row| courses.contains(&row.course_id) && is_for(&class, row)).ok_or_else(unknown)?;
    if state_of(&row)? == ExamSessionState::Draft { Err(unknown()) } else { Ok(row) }
}

async fn register_all(
    tx: &Tx,
    (exam_session_id, home): (ExamSessionId, Option<Home>),
    learners: &[(AccountId, Option<CourseStanding>)],
) -> AppResult<Outcome> {
    let exam_session = super::lock_exam_session(tx, exam_session_id).await?;
    may_register_on(exam_session.registration, tx.now().date_in_china()).map_err(AppError::refused)?;
    let mut outcome = Outcome { registered: 0, already: 0, refused: Vec::new() };
    for (account_id, standing) in learners {
        let known = store::find_registration(tx.conn(), exam_session_id, *account_id).await?;
        if known.as_ref().is_some_and(|known| known.withdrawn_at.is_none()) {
            outcome.already += 1;
            continue;
        }
        match class_obstacle(exam_session.state, standing.as_ref(), known.is_some()).map_err(AppError::refused)? {
            Some((because, missing)) => outcome.refused.push((*account_id, because, missing)),
            None if quotas::has_place(tx, &exam_session, home).await?.is_err() => {
                outcome.refused.push((*account_id, ClassObstacle::QuotaFull, 0));
            }
            None => {
                let row = registering::row(&exam_session, *account_id, (home, By::School), tx.now());
                store::insert_registration(tx.conn(), row).await?;
                outcome.registered += 1;
            }
        }
    }
    tx.note("exam_session", exam_session_id.to_string());
    tx.note("registered", outcome.registered);
    Ok(outcome)
}

async fn told(cx: &Services, outcome: Outcome) -> AppResult<ClassRegistration> {
    let accounts: Vec<_> = outcome.refused.iter().map(|(account_id, _, _)| *account_id).collect();
    let mut names = identity::names_of(cx, &accounts).await?;
    let refused = outcome.refused.into_iter().map(|(account_id, because, missing)| {
        let name = names.remove(&account_id).unwrap_or_default();
        RefusedLearner { account_id, name, because, missing }
    });
    let mut refused: Vec<_> = refused.collect();
    refused.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(ClassRegistration { registered: outcome.registered, already: outcome.already, refused })
}
