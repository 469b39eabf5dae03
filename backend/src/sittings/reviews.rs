//! Offices review who has registered, as far as the test says, each those of its place.

use super::{
    entity::registration::{self, Column},
    news::{self, News},
    store,
};
use crate::{
    access::{Action, Actor, Permit, Scope, actions, authorize},
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use sea_orm::{ColumnTrait, Condition};
use shared::{
    ids::{AccountId, ExamSessionId},
    page::{Page, PageQuery},
    problem::ProblemCode,
    rights::{Place, Right},
    sittings::{
        ExamSessionState, QualificationReview, RegistrationKey, RegistrationToReview, RegistrationsReviewed,
        ReviewOffice, ReviewRegistrations, next_review,
    },
};
use std::collections::HashMap;

actions! {
    /// Review a registration for the school.
    ReviewRegistration(ExamSessionId) = ReviewRegistration;
    /// The same for the county.
    ApproveRegistration(ExamSessionId) = ApproveRegistration;
    /// The same for the city.
    FileRegistration(ExamSessionId) = FileRegistration;
}

/// Who decides for an office.
const fn right_of(office: ReviewOffice) -> Right {
    match office {
        ReviewOffice::School => Right::ReviewRegistration,
        ReviewOffice::County => Right::ApproveRegistration,
        ReviewOffice::City => Right::FileRegistration,
    }
}

/// Where a registration stands; `None` if nobody reviews it.
pub(super) fn review_of(row: &registration::Model) -> AppResult<Option<QualificationReview>> {
    let unknown = |text: &str| AppError::internal(format!("a registration is {text}"));
    row.review.as_deref().map(|text| QualificationReview::parse(text).ok_or_else(|| unknown(text))).transpose()
}

/// What waits for the actor. Staff may be learners, too; their own they do not review.
fn waiting(actor: &Actor) -> Option<Condition> {
    let of_office = |office: &ReviewOffice| {
        let scope = Scope::of(actor, right_of(*office)).ok()?;
        let turn = Column::Review.eq(QualificationReview::at(*office).as_str());
        Some(Condition::all().add(turn).add(scope.within(Column::Division, Some(Column::ProviderId))))
    };
    let offices: Vec<_> = ReviewOffice::ALL.iter().filter_map(of_office).collect();
    let any = (!offices.is_empty()).then(|| offices.into_iter().fold(Condition::any(), Condition::add))?;
    let of_others = Column::AccountId.ne(actor.account_id);
    Some(Condition::all().add(any).add(of_others).add(Column::WithdrawnAt.is_null()).add(store::of_open_tests()))
}

/// How many registrations wait for the actor.
pub(super) async fn count_waiting(cx: &Services, actor: &Actor) -> AppResult<u64> {
    match waiting(actor) {
        Some(within) => store::count_registrations(cx.db.read(), within).await,
        None => Ok(0),
    }
}

/// One page of the registrations that wait for the actor, the first first.
///
/// # Errors
/// `forbidden` for who reviews none anywhere.
pub(super) async fn list(cx: &Services, actor: &Actor, query: &PageQuery) -> AppResult<Page<RegistrationToReview>> {
    let within = waiting(actor).ok_or(AppError::Problem(ProblemCode::Forbidden))?;
    let (after, rows) = (decode_cursor(query)?, query.rows() + 1);
    let rows = store::list_registrations_within(cx.db.read(), within, after, rows).await?;
    let found = page(rows, query, |row| (row.registered_at, row.account_id, row.exam_session_id));
    Ok(Page { items: views(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// Registrations as their reviewers see them, in the same order.
async fn views(cx: &Services, rows: Vec<registration::Model>) -> AppResult<Vec<RegistrationToReview>> {
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let names = identity::names_of(cx, &accounts).await?;
    let tests = store::list_exam_sessions(cx.db.read(), rows.iter().map(|row| row.exam_session_id)).await?;
    let tests: HashMap<_, _> = tests.into_iter().map(|test| (test.id, test)).collect();
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let (turn, test) = (review_of(&row)?.and_then(QualificationReview::turn), tests.get(&row.exam_session_id));
        let (Some(office), Some(test)) = (turn, test) else { continue };
        views.push(RegistrationToReview {
            exam_session_id: test.id,
            exam_session_title: test.title.clone(),
            starts_at: test.starts_at,
            account_id: row.account_id,
            candidate_name: names.get(&row.account_id).cloned().unwrap_or_default(),
            registered_at: row.registered_at,
            office,
        });
    }
    Ok(views)
}

/// Decides registrations, each by itself: those that are not the actor's to decide, or not any more, are left as they are.
///
/// # Errors
/// `forbidden` for who reviews none anywhere; the fields that are wrong.
pub(super) async fn decide(
    cx: &Services,
    actor: &Actor,
    request: &ReviewRegistrations,
) -> AppResult<RegistrationsReviewed> {
    if waiting(actor).is_none() {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let reason = request.checked_reason().map_err(AppError::Invalid)?;
    let mut reviewed = 0;
    for key in &request.registrations {
        let Some((office, place)) = turn_of(cx, actor, *key).await? else { continue };
        let (id, decision) = (key.exam_session_id, Decision { office, request, reason: reason.as_deref() });
        let is_decided = match office {
            ReviewOffice::School => {
                let permit = authorize::<ReviewRegistration>(actor, id, &place)?;
                decide_one(cx, &permit, key.account_id, &decision).await?
            }
            ReviewOffice::County => {
                let permit = authorize::<ApproveRegistration>(actor, id, &place)?;
                decide_one(cx, &permit, key.account_id, &decision).await?
            }
            ReviewOffice::City => {
                let permit = authorize::<FileRegistration>(actor, id, &place)?;
                decide_one(cx, &permit, key.account_id, &decision).await?
            }
        };
        reviewed += u32::from(is_decided);
    }
    Ok(RegistrationsReviewed { reviewed })
}

/// For which office a registration of somebody else waits, and where it lies, if the actor decides there for that office.
async fn turn_of(cx: &Services, actor: &Actor, key: RegistrationKey) -> AppResult<Option<(ReviewOffice, Place)>> {
    if key.account_id == actor.account_id {
        return Ok(None);
    }
    let row = store::find_registration(cx.db.read(), key.exam_session_id, key.account_id).await?;
    let Some(row) = row.filter(|row| row.withdrawn_at.is_none()) else { return Ok(None) };
    let Some(office) = review_of(&row)?.and_then(QualificationReview::turn) else { return Ok(None) };
    let (Some(id), Some(division)) = (row.provider_id, row.division) else { return Ok(None) };
    let place = Place::Provider { id, division };
    Ok(actor.has_any(&[right_of(office)], &place).then_some((office, place)))
}

/// What an office says.
struct Decision<'a> {
    office: ReviewOffice,
    request: &'a ReviewRegistrations,
    reason: Option<&'a str>,
}

/// Decides one registration; whether it was this office's turn.
async fn decide_one<A: Action<Target = ExamSessionId>>(
    cx: &Services,
    permit: &Permit<A>,
    account_id: AccountId,
    Decision { office, request, reason }: &Decision<'_>,
) -> AppResult<bool> {
    let (id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let exam_session = super::lock_exam_session(tx, id).await?;
            let row = store::find_registration(tx.conn(), id, account_id).await?;
            let row = row.filter(|row| row.withdrawn_at.is_none());
            let state = row.map(|row| review_of(&row)).transpose()?.flatten();
            let (Some(state), Some(last)) = (state, exam_session.reviewed_up_to) else { return Ok(false) };
            let next = next_review(state, *office, last, request.is_approved);
            let next = next.filter(|_| exam_session.state == ExamSessionState::Registering);
            let Some(next) = next else { return Ok(false) };
            tx.note("candidate", account_id.to_string());
            tx.note("office", office.as_str());
            tx.note("review", next.as_str());
            tx.note("reason", *reason);
            store::set_review(tx.conn(), (id, account_id), next, *reason).await?;
            if next == QualificationReview::Refused {
                news::tell(tx, id, News::Refused(account_id), person)?;
            }
            Ok(true)
        })
        .await
}
