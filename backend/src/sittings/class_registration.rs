//! A school registers a class for a test by one action, and sees who cannot be registered and why.

use super::{
    calendar::calendar_of,
    entity::exam_session,
    facts::{facts_of_exam_session, kind_of, state_of},
    incidents::bans,
    quotas,
    registering::{self, By, Home},
    registrants::{Window, taken, windows},
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
        ClassExam, ClassLearner, ClassObstacle, ClassRegistration, ExamSessionState, NewClassRegistration,
        RefusedLearner, class_obstacle, is_banned_at, may_register_on, sits_another,
    },
};
use std::collections::{HashMap, HashSet};

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
        let registered = store::count_registered_of(cx.db.read(), row.id, &learners).await?;
        exams.push(ClassExam {
            id: row.id,
            title: row.title.clone(),
            starts_at: row.starts_at,
            registration: calendar_of(&row)?.map(|calendar| calendar.registration()),
            learners: u32::try_from(learners.len()).unwrap_or(u32::MAX),
            registered: u32::try_from(registered).unwrap_or(u32::MAX),
        });
    }
    Ok(exams)
}

/// Whether a test is held where a class is.
fn is_for(class: &ClassHead, row: &exam_session::Model) -> bool {
    class.division.starts_with(&row.division)
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
    let learners = learners(cx, id, &row).await?;
    let outcome = cx.db.write(&permit, async |tx| {
        once(tx, person, key, &(id, new), async || register_all(tx, row.id, &learners).await).await
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

/// The learners of a class.
struct Learners {
    ids: Vec<AccountId>,
    /// Where they stand in the course of a test; nothing of those who do not study it.
    standings: HashMap<AccountId, CourseStanding>,
    /// Where all of them come from.
    home: Option<Home>,
}

async fn learners(cx: &Services, id: ClassId, row: &exam_session::Model) -> AppResult<Learners> {
    let class = learning::class(cx, id).await?;
    let division = DivisionCode::parse(&class.division);
    let home = division.map(|division| Home { division, provider_id: class.provider_id });
    let ids = learning::learners_of(cx, id).await?;
    let (kind, standings) = (kind_of(row)?, learning::standings(cx, &ids, row.course_id).await?);
    let standings = standings.into_iter().filter_map(|(id, standing)| Some((id, kind.standing(Some(standing))?)));
    Ok(Learners { ids, standings: standings.collect(), home })
}

async fn register_all(tx: &Tx, id: ExamSessionId, learners: &Learners) -> AppResult<Outcome> {
    let row = store::lock_exam_session(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    let exam_session = facts_of_exam_session(row.clone())?;
    may_register_on(exam_session.registration, tx.now().date_in_china()).map_err(AppError::refused)?;
    hold(tx, &learners.ids).await?;
    let known = store::list_registrations_for(tx.conn(), id, &learners.ids).await?;
    let known: HashMap<_, _> = known.into_iter().map(|known| (known.account_id, known)).collect();
    let (clashing, bans) = (clashing(tx, &row, &learners.ids).await?, bans(tx.conn(), &learners.ids).await?);
    let mut outcome = Outcome { registered: 0, already: 0, refused: Vec::new() };
    for account_id in &learners.ids {
        let known = known.get(account_id);
        if known.is_some_and(|known| known.withdrawn_at.is_none()) {
            outcome.already += 1;
            continue;
        }
        let (standing, sits_another) = (learners.standings.get(account_id), clashing.contains(account_id));
        let is_banned = is_banned_at(bans.get(account_id).copied(), row.starts_at);
        let learner = ClassLearner { standing, was_taken_back: known.is_some(), sits_another, is_banned };
        match class_obstacle(exam_session.state, &learner).map_err(AppError::refused)? {
            Some((because, missing)) => outcome.refused.push((*account_id, because, missing)),
            None if quotas::has_place(tx, &exam_session, learners.home).await?.is_err() => {
                outcome.refused.push((*account_id, ClassObstacle::QuotaFull, 0));
            }
            None => {
                let row = registering::row(&exam_session, *account_id, (learners.home, By::School), tx.now());
                store::insert_registration(tx.conn(), row).await?;
                outcome.registered += 1;
            }
        }
    }
    tx.note("exam_session", id.to_string());
    tx.note("registered", outcome.registered);
    Ok(outcome)
}

/// Holds learners, as where one registers oneself: of two tests at one moment the second finds the first. In the order of
/// their ids, so that nobody waits for each other.
async fn hold(tx: &Tx, learners: &[AccountId]) -> AppResult<()> {
    let mut learners = learners.to_vec();
    learners.sort_unstable();
    for account_id in learners {
        learning::hold_learner(tx, account_id).await?;
    }
    Ok(())
}

/// Those of these learners who sit another test at the time of this one.
async fn clashing(tx: &Tx, row: &exam_session::Model, learners: &[AccountId]) -> AppResult<HashSet<AccountId>> {
    let taken = taken(tx.conn(), row, learners, tx.now()).await?;
    let theirs: Vec<_> = taken.keys().copied().collect();
    let sits = windows(tx.conn(), row, &theirs).await?;
    let clash = |(account_id, sits): (&AccountId, &Window)| {
        taken.get(account_id).is_some_and(|taken| sits_another(*sits, taken)).then_some(*account_id)
    };
    Ok(sits.iter().filter_map(clash).collect())
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
