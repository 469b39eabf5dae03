//! What learners see of exam sessions, and their registration.

use super::{
    entity::{exam_session, registration_withdrawal},
    facts::{SittingFacts, facts_of, facts_of_exam_session, kind_of, state_of},
    incidents::bans,
    postponing::postponed,
    quotas,
    registering::{self, By, Home},
    registrants::{learns_in, taken, windows},
    reviews::review_of,
    seat_plans, store,
    ticket_codes::{ticket_code, ticket_login_code},
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    learning,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, CourseId, ExamSessionId, SittingId},
    learning::{CourseStanding, Gate, MyCourse},
    rights::Place,
    sittings::{
        ExamSessionState, MyExam, MySeat, MySitting, QualificationReview, Registrant, is_held_for, may_register_on,
        may_register_oneself, may_withdraw,
    },
};
use std::collections::{HashMap, HashSet};

actions! {
    /// Register oneself for a test.
    RegisterForTest(ExamSessionId) = RegisterForTest;
    /// See one's own tests.
    ReadOwnExams(AccountId) = RegisterForTest;
}

/// Everything that decides what the learner sees of an exam session.
struct Own {
    account_id: AccountId,
    registered: HashSet<ExamSessionId>,
    /// Where their registrations stand that are reviewed, and why one was refused.
    reviews: HashMap<ExamSessionId, (QualificationReview, Option<String>)>,
    /// Those that they were taken out of after registration had ended, and why.
    withdrawn: HashMap<ExamSessionId, String>,
    /// Those that they study, and those that they have completed.
    courses: HashMap<CourseId, MyCourse>,
}

async fn own(cx: &Services, account_id: AccountId) -> AppResult<Own> {
    let registrations = store::list_all_registrations(cx.db.read(), account_id).await?.into_iter();
    let registrations: Vec<_> = registrations.filter(|row| row.withdrawn_at.is_none()).collect();
    let registered = registrations.iter().map(|row| row.exam_session_id).collect();
    let mut reviews = HashMap::new();
    for row in registrations {
        if let Some(review) = review_of(&row)? {
            reviews.insert(row.exam_session_id, (review, row.review_reason));
        }
    }
    let completed = learning::courses_ever(cx, account_id).await?;
    let completed = completed.into_iter().filter(|course| course.standing.gate == Gate::Open);
    let courses = learning::my_courses(cx, account_id).await?.into_iter().chain(completed);
    let courses = courses.map(|course| (course.course.id, course)).collect();
    let withdrawn = withdrawn(cx, account_id).await?;
    Ok(Own { account_id, registered, reviews, withdrawn, courses })
}

/// What a learner was taken out of after registration had ended, and why.
async fn withdrawn(cx: &Services, account_id: AccountId) -> AppResult<HashMap<ExamSessionId, String>> {
    let mut sittings = store::list_all_own_sittings(cx.db.read(), account_id).await?;
    sittings.retain(|sitting| sitting.withdrawn_at.is_some());
    let ids: Vec<_> = sittings.iter().map(|sitting| sitting.id).collect();
    // The last change of each comes first: it is the one that took them out.
    let changes = store::list_sitting_changes(cx.db.read(), &ids).await?;
    let reason = |sitting: &SittingId| changes.iter().find(|change| change.sitting_id == *sitting);
    let told = sittings.iter().map(|sitting| {
        let reason = reason(&sitting.id).map(|change| change.reason.clone());
        (sitting.exam_session_id, reason.unwrap_or_default())
    });
    Ok(told.collect())
}

/// The tests that the learner may register for or is registered for, the first to start first.
///
/// # Errors
/// `forbidden` for who is no learner.
pub(super) async fn list_own(cx: &Services, actor: &Actor) -> AppResult<Vec<MyExam>> {
    let account_id = actor.account_id;
    let _: Permit<ReadOwnExams> = authorize(actor, account_id, &Place::Own { account: account_id })?;
    let own = own(cx, account_id).await?;
    let registered: Vec<_> = own.registered.iter().copied().collect();
    let courses: Vec<_> = own.courses.keys().copied().collect();
    let told = registered.into_iter().chain(own.withdrawn.keys().copied()).collect::<Vec<_>>();
    let mut rows = store::list_exam_sessions_for(cx.db.read(), &told, &courses).await?;
    let learns_in = learns_in(cx, account_id).await?;
    rows.retain(|row| told.contains(&row.id) || is_held_for(&row.division, &learns_in));
    views(cx, &own, rows).await
}

async fn views(cx: &Services, own: &Own, rows: Vec<exam_session::Model>) -> AppResult<Vec<MyExam>> {
    let sittings = store::list_own_sittings(cx.db.read(), own.account_id).await?;
    let mut sittings: HashMap<_, _> = sittings.into_iter().map(|row| (row.exam_session_id, row)).collect();
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut postponed = postponed(cx.db.read(), &ids).await?;
    let mut exams = Vec::with_capacity(rows.len());
    for row in rows {
        let sitting = sittings.remove(&row.id).map(|sitting| facts_of(sitting, &row)).transpose()?;
        let course = own.courses.get(&row.course_id);
        let is_registered = own.registered.contains(&row.id);
        let course_title = match course {
            Some(course) => course.course.title.clone(),
            None => learning::course(cx, row.course_id).await?.title,
        };
        // Who is registered has passed the gate, whatever became of the class since.
        let kind = kind_of(&row)?;
        let gate = course.filter(|_| !is_registered && kind.counts()).map_or(Gate::Open, |course| course.standing.gate);
        let own_time_min = row.closes_at.map(|_| u16::try_from(row.duration_min)).transpose();
        let own_time_min = own_time_min.map_err(AppError::internal)?;
        let state = state_of(&row)?;
        let cancelled_because = row.cancelled_because.clone();
        let withdrawn_because = own.withdrawn.get(&row.id).cloned();
        let (review, review_reason) = own.reviews.get(&row.id).cloned().unzip();
        let facts = facts_of_exam_session(row)?;
        let seat = match &sitting {
            Some(sitting) => seat_plans::own_seat(cx, sitting).await?,
            None => None,
        };
        exams.push(MyExam {
            id: facts.id,
            title: facts.title,
            kind,
            course_title,
            starts_at: facts.starts_at,
            own_time_min,
            rules: facts.rules,
            ends_at: sitting.as_ref().map_or(facts.ends_at, |sitting| sitting.deadline),
            state,
            postponed: postponed.remove(&facts.id),
            cancelled_because,
            registration: facts.registration,
            gate,
            withdrawn_because,
            is_registered,
            review,
            review_reason: review_reason.flatten(),
            sitting: sitting.map(|sitting| my_sitting(cx, sitting, seat)).transpose()?,
        });
    }
    Ok(exams)
}

fn my_sitting(cx: &Services, sitting: SittingFacts, seat: Option<MySeat>) -> AppResult<MySitting> {
    let id = sitting.exam_session_id;
    Ok(MySitting {
        id: sitting.id,
        ticket_code: ticket_code(cx, id, &sitting.ticket_number),
        login_code: ticket_login_code(cx, id, &sitting.ticket_number)?,
        ticket_number: sitting.ticket_number,
        is_closed: sitting.closed_at.is_some(),
        seat,
    })
}

/// The sitting of a person in an exam session; staff may be candidates, too.
///
/// # Errors
/// If the store fails.
pub async fn sitting_of(cx: &Services, id: ExamSessionId, account_id: AccountId) -> AppResult<Option<SittingId>> {
    let own = store::list_own_sittings(cx.db.read(), account_id).await?;
    Ok(own.into_iter().find(|row| row.exam_session_id == id).map(|row| row.id))
}

/// Lets the actor register themselves for a test that they may know of.
///
/// # Errors
/// `not-found` for a draft, `forbidden` for who is no learner.
pub(super) async fn permit_register(
    cx: &Services,
    actor: &Actor,
    id: ExamSessionId,
) -> AppResult<Permit<RegisterForTest>> {
    if super::exam_session_facts(cx, id).await?.state == ExamSessionState::Draft {
        return Err(AppError::not_found());
    }
    authorize(actor, id, &Place::Own { account: actor.account_id })
}

/// Registers the learner. A repeat changes nothing, whatever has become of the exam session.
///
/// # Errors
/// `wrong-state` unless registration is open and there is a place, or if the test is held elsewhere or at the time of
/// another of theirs; `gate-not-met` with what is missing.
pub async fn register(cx: &Services, permit: &Permit<RegisterForTest>) -> AppResult<MyExam> {
    let (id, account_id) = (*permit.target(), permit.person()?);
    let registered = store::list_registrations(cx.db.read(), account_id).await?;
    if !registered.contains(&id) {
        let known = super::exam_session_facts(cx, id).await?;
        let standing = learning::standings(cx, &[account_id], known.course_id).await?.remove(&account_id);
        let learner = Learner {
            account_id,
            standing: known.kind.standing(standing),
            learns_in: learns_in(cx, account_id).await?,
            home: registering::home_of(cx, known.course_id, account_id).await?,
        };
        cx.db.write(permit, async |tx| register_oneself(tx, id, &learner).await).await?;
    }
    own_view(cx, id, account_id).await
}

/// Who registers themselves.
struct Learner {
    account_id: AccountId,
    standing: Option<CourseStanding>,
    /// Significant digits of the divisions in which they learn.
    learns_in: Vec<String>,
    home: Option<Home>,
}

async fn register_oneself(tx: &Tx, id: ExamSessionId, learner: &Learner) -> AppResult<()> {
    let (conn, account_id) = (tx.conn(), learner.account_id);
    let row = store::lock_exam_session(conn, id).await?.ok_or_else(AppError::not_found)?;
    // A request that is sent twice at one moment registers once, though the last place is taken by then.
    let known = store::find_registration(conn, id, account_id).await?;
    if known.is_some_and(|known| known.withdrawn_at.is_none()) {
        return Ok(());
    }
    // Who registers for two tests at one moment is held here: the second finds the first.
    learning::hold_learner(tx, account_id).await?;
    let sits = windows(conn, &row, &[account_id]).await?.remove(&account_id);
    let sits = sits.ok_or_else(|| AppError::internal("a test without its time"))?;
    let taken = taken(conn, &row, &[account_id], tx.now()).await?.remove(&account_id).unwrap_or_default();
    let banned_until = bans(conn, &[account_id]).await?.remove(&account_id);
    let (standing, learns_in) = (learner.standing.as_ref(), &learner.learns_in);
    let registrant = Registrant { standing, learns_in, sits, taken: &taken, banned_until };
    may_register_oneself(state_of(&row)?, &row.division, &registrant).map_err(AppError::refused)?;
    let exam_session = facts_of_exam_session(row)?;
    may_register_on(exam_session.registration, tx.now().date_in_china()).map_err(AppError::refused)?;
    quotas::has_place(tx, &exam_session, learner.home).await?.map_err(AppError::refused)?;
    let row = registering::row(&exam_session, account_id, (learner.home, By::Candidate), tx.now());
    store::insert_registration(conn, row).await
}

/// Takes the learner's registration back; they may register again. A repeat changes nothing, whatever has become of
/// the exam session.
///
/// # Errors
/// `not-found` for who never registered; `wrong-state` unless registration is open.
pub(super) async fn withdraw(cx: &Services, permit: &Permit<RegisterForTest>) -> AppResult<MyExam> {
    let (id, account_id) = (*permit.target(), permit.person()?);
    let known = store::find_registration(cx.db.read(), id, account_id).await?.ok_or_else(AppError::not_found)?;
    if known.withdrawn_at.is_none() {
        cx.db.write(permit, async |tx| take_back(cx, tx, id, account_id).await).await?;
    }
    own_view(cx, id, account_id).await
}

async fn take_back(cx: &Services, tx: &Tx, id: ExamSessionId, account_id: AccountId) -> AppResult<()> {
    let exam_session = super::lock_exam_session(tx, id).await?;
    let row = store::find_registration(tx.conn(), id, account_id).await?.ok_or_else(AppError::not_found)?;
    if row.withdrawn_at.is_some() {
        return Ok(());
    }
    may_withdraw(exam_session.state).map_err(AppError::refused)?;
    may_register_on(exam_session.registration, tx.now().date_in_china()).map_err(AppError::refused)?;
    tx.note("withdrawn", true);
    let (registered_at, withdrawn_at) = (row.registered_at, tx.now());
    let row = registration_withdrawal::Model {
        id: cx.ids.uuid(),
        exam_session_id: id,
        account_id,
        registered_at,
        withdrawn_at,
    };
    store::withdraw(tx.conn(), row).await
}

/// One exam session as the learner sees it.
async fn own_view(cx: &Services, id: ExamSessionId, account_id: AccountId) -> AppResult<MyExam> {
    let own = own(cx, account_id).await?;
    let row = store::find_exam_session(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, &own, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}
