//! 转学: a school proposes that a learner goes on at another one, and that one answers. Accepted, the record goes along
//! as it is, with its number, its rules and its history; nobody enrols anew.

mod export;
mod views;

pub(super) use views::{of_record, own};

use super::{
    entity::{record_step, school_change, student_record},
    leaving,
    place::permit,
    rows::place_of,
    steps::judge,
    store,
};
use crate::{
    access::{Actor, Permit, Scope, actions},
    organisation,
    people::{self, FactBook},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, Query, Routes, decode_cursor, once, page},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use shared::{
    enrolment::{ProposeSchoolChange, RecordStep, RefuseSchoolChange, SchoolChangeView},
    ids::{AccountId, ProviderId, SchoolChangeId, StudentRecordId},
    organisation::{DivisionCode, OpenState},
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    people::{
        TransferRefusal, TransferSide, TransferState, TransferStep, check_reason, may_propose, next_transfer_state,
    },
    problem::{Problem, ProblemCode},
    rights::{Place, Right},
};
use views::{view, views_of};

actions! {
    /// Propose that a learner goes on at another school.
    ProposeChange(StudentRecordId) = KeepEnrolments;
    /// Answer such a proposal, or take it back.
    SettleChange(SchoolChangeId) = KeepEnrolments;
}

/// Adds the routes of both schools.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(propose_school_change).service(list_school_changes).service(export_school_changes);
    cfg.service(accept_school_change).service(refuse_school_change).service(withdraw_school_change);
}

/// Which changes are listed.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
struct SchoolChangeQuery {
    /// Only those that wait for the actor's answer.
    #[serde(default)]
    waits: bool,
    /// The division in which either school lies, at any level.
    #[param(value_type = Option<String>)]
    division: Option<DivisionCode>,
    /// The school that is left or joined.
    provider_id: Option<ProviderId>,
    /// Where they stand.
    state: Option<TransferState>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl SchoolChangeQuery {
    /// The same changes, from a cursor on, as many as one page has.
    fn from(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }
}

/// Proposes that a learner goes on at another school. Until it accepts, everything stays as it is.
#[utoipa::path(tag = "enrolment", params(("id" = StudentRecordId, Path)), request_body = ProposeSchoolChange,
    responses((status = 201, body = SchoolChangeView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/enrolments/{id}/school_changes")]
async fn propose_school_change(
    actor: Actor,
    cx: Data<Services>,
    id: Path<StudentRecordId>,
    key: IdempotencyKey,
    body: Body<ProposeSchoolChange>,
) -> AppResult<HttpResponse> {
    let change = propose(&cx, &actor, *id, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(view(&cx, change).await?))
}

/// Changes of school from and to the schools of the actor's roles, the newest first.
#[utoipa::path(tag = "enrolment", params(SchoolChangeQuery), responses(
    (status = 200, body = Page<SchoolChangeView>), (status = 403, body = Problem)))]
#[get("/school_changes")]
async fn list_school_changes(
    actor: Actor,
    cx: Data<Services>,
    query: Query<SchoolChangeQuery>,
) -> AppResult<Json<Page<SchoolChangeView>>> {
    Ok(Json(list(&cx, &actor, query.into_inner()).await?))
}

/// The same changes as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "enrolment", params(SchoolChangeQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem)))]
#[post("/school_changes/exports")]
async fn export_school_changes(
    actor: Actor,
    cx: Data<Services>,
    query: Query<SchoolChangeQuery>,
) -> AppResult<HttpResponse> {
    export::export(&cx, &actor, &query).await
}

/// Takes the learner in, with their record as it is; another than the proposer does. They leave the classes of the
/// other school.
#[utoipa::path(tag = "enrolment", params(("id" = SchoolChangeId, Path)), responses(
    (status = 200, body = SchoolChangeView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/school_changes/{id}/accept")]
async fn accept_school_change(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<SchoolChangeId>,
    key: IdempotencyKey,
) -> AppResult<Json<SchoolChangeView>> {
    take_step(&cx, &book, &actor, *id, &key, TransferStep::Accept, None).await
}

/// Does not take the learner in, and says why.
#[utoipa::path(tag = "enrolment", params(("id" = SchoolChangeId, Path)), request_body = RefuseSchoolChange, responses(
    (status = 200, body = SchoolChangeView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/school_changes/{id}/refuse")]
async fn refuse_school_change(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<SchoolChangeId>,
    key: IdempotencyKey,
    body: Body<RefuseSchoolChange>,
) -> AppResult<Json<SchoolChangeView>> {
    take_step(&cx, &book, &actor, *id, &key, TransferStep::Refuse, Some(&body.0.reason)).await
}

/// Takes a proposal back.
#[utoipa::path(tag = "enrolment", params(("id" = SchoolChangeId, Path)), responses(
    (status = 200, body = SchoolChangeView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/school_changes/{id}/withdraw")]
async fn withdraw_school_change(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<SchoolChangeId>,
    key: IdempotencyKey,
) -> AppResult<Json<SchoolChangeView>> {
    take_step(&cx, &book, &actor, *id, &key, TransferStep::Withdraw, None).await
}

async fn take_step(
    cx: &Services,
    book: &FactBook,
    actor: &Actor,
    id: SchoolChangeId,
    key: &IdempotencyKey,
    step: TransferStep,
    answer: Option<&str>,
) -> AppResult<Json<SchoolChangeView>> {
    let permit = permit_to_settle(cx, actor, id, step).await?;
    settle(cx, book, &permit, key, step, answer).await?;
    Ok(Json(view(cx, id).await?))
}

async fn propose(
    cx: &Services,
    actor: &Actor,
    record_id: StudentRecordId,
    key: &IdempotencyKey,
    wanted: &ProposeSchoolChange,
) -> AppResult<SchoolChangeId> {
    let (permit, seen) = permit::<ProposeChange>(cx, actor, record_id).await?;
    let reason = check_reason(&wanted.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    let to = organisation::provider(cx, wanted.provider_id).await;
    let to = to.map_err(|error| error.at_field("/provider_id"))?;
    if to.state == OpenState::Closed {
        return Err(AppError::field("/provider_id", "provider-closed"));
    }
    let there = Place::Provider { id: to.id, division: to.division.clone() };
    let (id, proposed_by): (SchoolChangeId, _) = (cx.ids.new_id(), permit.person()?);
    cx.db
        .write(&permit, async |tx| {
            once(tx, proposed_by, key, &(record_id, wanted), async || {
                let row = store::lock_record(tx.conn(), record_id).await?;
                if row.provider_id != seen.provider_id {
                    return Err(AppError::not_found());
                }
                judge(tx, &row, RecordStep::ChangeSchool, proposed_by, &reason).await?;
                let changes = store::list_school_changes_of(tx.conn(), &[record_id]).await?;
                let has_open = changes.iter().any(|change| change.decided_at.is_none());
                may_propose(&place_of(&row), &there, has_open).map_err(refused)?;
                let change = school_change::Model {
                    id,
                    record_id,
                    from_provider_id: row.provider_id,
                    from_division: row.division,
                    to_provider_id: to.id,
                    to_division: to.division.clone(),
                    state: TransferState::Proposed.as_str().to_owned(),
                    reason: reason.clone(),
                    proposed_by,
                    proposed_at: tx.now(),
                    decided_by: None,
                    decided_at: None,
                    answer: None,
                    seq: None,
                };
                if store::insert_school_change(tx.conn(), change).await? == 0 {
                    return Err(AppError::refused(TransferRefusal::AlreadyOpen));
                }
                tx.note("school_change", id.to_string());
                tx.note("to", to.id.to_string());
                Ok(id)
            })
            .await
        })
        .await
}

fn refused(refusal: TransferRefusal) -> AppError {
    match refusal {
        TransferRefusal::SamePlace => AppError::field("/provider_id", "same-place"),
        other => AppError::refused(other),
    }
}

fn sender(row: &school_change::Model) -> Place {
    Place::Provider { id: row.from_provider_id, division: row.from_division.clone() }
}

fn receiver(row: &school_change::Model) -> Place {
    Place::Provider { id: row.to_provider_id, division: row.to_division.clone() }
}

fn state_of(row: &school_change::Model) -> AppResult<TransferState> {
    TransferState::parse(&row.state).ok_or_else(|| AppError::internal(format!("a change of school in {}", row.state)))
}

/// Lets the actor take a step of a change, for the school whose step it is.
///
/// # Errors
/// `not-found` if the actor acts for neither school, `forbidden` if only for the other one.
async fn permit_to_settle(
    cx: &Services,
    actor: &Actor,
    id: SchoolChangeId,
    step: TransferStep,
) -> AppResult<Permit<SettleChange>> {
    let row = store::find_school_change(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    people::authorize_side(actor, id, (&sender(&row), &receiver(&row)), step.side(TransferSide::Sender))
}

/// Takes a step. A repeat with the same key changes nothing.
///
/// # Errors
/// `wrong-state` if the change has its answer, the record has ended or the school that accepts has closed;
/// `second-person-needed` if who proposed it accepts it.
async fn settle(
    cx: &Services,
    book: &FactBook,
    permit: &Permit<SettleChange>,
    key: &IdempotencyKey,
    step: TransferStep,
    answer: Option<&str>,
) -> AppResult<()> {
    let (id, by) = (*permit.target(), permit.person()?);
    let answer = answer.map(|answer| check_reason(answer, "/reason")).transpose();
    let answer = answer.map_err(|error| AppError::Invalid(vec![error]))?;
    cx.db
        .write(permit, async |tx| {
            once(tx, by, key, &(id, step, &answer), async || {
                let found = store::find_school_change(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
                let record = store::lock_record(tx.conn(), found.record_id).await?;
                // Whoever settles it or proposes another one queues at the record.
                let row = store::find_school_change(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
                let next = next_transfer_state(state_of(&row)?, step, row.proposed_by, by);
                let next = next.map_err(AppError::refused)?;
                let seq = match next {
                    TransferState::Accepted => Some(go_on(cx, tx, book, (&record, &row), by).await?),
                    _ => None,
                };
                tx.note("record", row.record_id.to_string());
                tx.note("state", next.as_str());
                store::settle_school_change(tx.conn(), id, next, (by, tx.now()), (answer.clone(), seq)).await
            })
            .await
        })
        .await
}

/// The record goes on at the other school, where it stands; the step by which it does.
async fn go_on(
    cx: &Services,
    tx: &Tx,
    book: &FactBook,
    (record, change): (&student_record::Model, &school_change::Model),
    by: AccountId,
) -> AppResult<i32> {
    judge(tx, record, RecordStep::ChangeSchool, by, &change.reason).await?;
    people::check_receiver(tx, change.to_provider_id).await?;
    let to = (change.to_provider_id, change.to_division.as_str());
    if !store::change_school(tx.conn(), record, to, tx.now()).await? {
        return Err(AppError::Problem(ProblemCode::Stale));
    }
    let taken = record_step::Model {
        record_id: record.id,
        seq: record.version,
        step: RecordStep::ChangeSchool.as_str().to_owned(),
        from_state: record.state.clone(),
        to_state: record.state.clone(),
        reason: change.reason.clone(),
        taken_by: Some(by),
        taken_at: tx.now(),
    };
    store::insert_step(tx.conn(), taken).await?;
    leaving::tell_of_change(tx, record, record.version);
    people::go_along(cx, tx, book, record.person_id, (&place_of(record), &receiver(change))).await?;
    Ok(record.version)
}

async fn list(cx: &Services, actor: &Actor, query: SchoolChangeQuery) -> AppResult<Page<SchoolChangeView>> {
    let scope = Scope::above_classes(actor, Right::KeepEnrolments)?;
    let wanted = match query.waits {
        true => store::changes_proposed_to(&scope, actor.account_id),
        false => store::changes_from_and_to(&scope),
    };
    let wanted = wanted
        .add_option(query.division.map(store::changes_of_division))
        .add_option(query.provider_id.map(store::changes_of_school))
        .add_option(query.state.map(store::changes_in_state));
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after: Option<SchoolChangeId> = decode_cursor(&of_page)?;
    let rows = store::list_school_changes(cx.db.read(), wanted, after, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    Ok(Page { items: views_of(cx, found.items).await?, next_cursor: found.next_cursor })
}
