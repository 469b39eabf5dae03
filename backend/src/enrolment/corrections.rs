//! A learner asks for their data to be corrected: the record knows who they are.

use super::learners::record_of;
use crate::{
    access::{Actor, Permit, authorize},
    people::{self, AskForCorrection, AskingPerson, WorkCalendar},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, Routes},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::CorrectionRequestId,
    people::{AskCorrection, CorrectionView},
    problem::{Problem, ProblemCode, Refusal},
    rights::Place,
};

/// The account has no record, and so nobody knows of which person it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the account belongs to no person")]
struct NoPerson;

impl Refusal for NoPerson {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        "wrong-state.no-person"
    }
}

/// Adds the routes of those who ask.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_own_corrections).service(ask_correction).service(withdraw_correction);
}

fn permit(actor: &Actor) -> AppResult<Permit<AskForCorrection>> {
    let account = actor.account_id;
    authorize(actor, account, &Place::Own { account })
}

/// The learner's own requests, the newest first.
#[utoipa::path(tag = "enrolment", responses(
    (status = 200, body = Vec<CorrectionView>), (status = 403, body = Problem)))]
#[get("/me/corrections")]
async fn list_own_corrections(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<CorrectionView>>> {
    let _: Permit<AskForCorrection> = permit(&actor)?;
    Ok(Json(of_account(&cx, &actor).await?))
}

/// Says what of one's own data is wrong, and what is right. The place that keeps the learner answers.
#[utoipa::path(tag = "enrolment", request_body = AskCorrection, responses(
    (status = 201, body = CorrectionView), (status = 403, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/me/corrections")]
async fn ask_correction(
    actor: Actor,
    cx: Data<Services>,
    calendar: Data<dyn WorkCalendar>,
    key: IdempotencyKey,
    body: Body<AskCorrection>,
) -> AppResult<HttpResponse> {
    let permit = permit(&actor)?;
    let record = record_of(&cx, actor.account_id).await?.ok_or_else(|| AppError::refused(NoPerson))?;
    let answer_due = people::correction_due(&cx, &**calendar).await?;
    let person = AskingPerson { id: record.person_id, education: record.education, answer_due };
    let id = people::ask_correction(&cx, &permit, &key, person, &body.0).await?;
    Ok(HttpResponse::Created().json(own(&cx, &actor, id).await?))
}

/// Takes one's own request back.
#[utoipa::path(tag = "enrolment", params(("id" = CorrectionRequestId, Path)), responses(
    (status = 200, body = CorrectionView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/me/corrections/{id}/withdraw")]
async fn withdraw_correction(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CorrectionRequestId>,
) -> AppResult<Json<CorrectionView>> {
    people::withdraw_correction(&cx, &permit(&actor)?, *id).await?;
    Ok(Json(own(&cx, &actor, *id).await?))
}

/// The requests about the person whose account it is.
///
/// # Errors
/// If the store fails.
pub async fn of_account(cx: &Services, actor: &Actor) -> AppResult<Vec<CorrectionView>> {
    match record_of(cx, actor.account_id).await? {
        Some(record) => people::corrections_of(cx, record.person_id).await,
        None => Ok(Vec::new()),
    }
}

async fn own(cx: &Services, actor: &Actor, id: CorrectionRequestId) -> AppResult<CorrectionView> {
    let requests = of_account(cx, actor).await?;
    requests.into_iter().find(|request| request.id == id).ok_or_else(AppError::not_found)
}
