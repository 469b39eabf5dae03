//! `/classes/{id}/reminders`, its call list, and `/me/reminders`.

use super::{calls, own, send};
use crate::{
    access::{Actor, Permit},
    learning::{classes, following, study},
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Query, Routes},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use shared::{
    ids::{AccountId, ClassId, ClassReminderId},
    learning::{CallRow, NewReminders, OwnReminder, RemindersSent, RevealPhone, RevealedPhone, StudyState},
    problem::Problem,
};

/// Adds the routes of reminders.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(remind_learners).service(list_calls).service(reveal_learner_phone);
    cfg.service(list_my_reminders).service(read_reminder);
}

/// Who is called.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
struct WhomToCall {
    /// Those who are in this state in any course; without it, all.
    state: Option<StudyState>,
}

/// Reminds one learner who is away or stuck, or all who are away: in the app, and by text where texts are sent.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), request_body = NewReminders, responses(
    (status = 201, body = RemindersSent), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/classes/{id}/reminders")]
async fn remind_learners(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    key: IdempotencyKey,
    body: Body<NewReminders>,
) -> AppResult<HttpResponse> {
    let permit: Permit<send::RemindLearners> = classes::permit_class(&cx, &actor, *id).await?;
    Ok(HttpResponse::Created().json(send::remind(&cx, &permit, &key, &body.0).await?))
}

/// Whom to call, every phone masked; who needs help first comes first.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path), WhomToCall), responses(
    (status = 200, body = Vec<CallRow>), (status = 404, body = Problem), (status = 422, body = Problem)))]
#[get("/classes/{id}/call_list")]
async fn list_calls(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    who: Query<WhomToCall>,
) -> AppResult<Json<Vec<CallRow>>> {
    let permit = following::permit_follow(&cx, &actor, *id).await?;
    Ok(Json(calls::list(&cx, &permit, who.state).await?))
}

/// The whole phone of a learner of a class. A POST, because who looked and what for is audited.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path), ("learner" = AccountId, Path)),
    request_body = RevealPhone, responses(
    (status = 200, body = RevealedPhone), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/classes/{id}/learners/{learner}/phone_reveals")]
async fn reveal_learner_phone(
    actor: Actor,
    cx: Data<Services>,
    path: Path<(ClassId, AccountId)>,
    body: Body<RevealPhone>,
) -> AppResult<Json<RevealedPhone>> {
    Ok(Json(calls::reveal(&cx, &actor, path.into_inner(), &body.0).await?))
}

/// The learner's reminders, the newest first.
#[utoipa::path(tag = "learning", responses(
    (status = 200, body = Vec<OwnReminder>), (status = 403, body = Problem)))]
#[get("/me/reminders")]
async fn list_my_reminders(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<OwnReminder>>> {
    let permit = study::permit_study(&actor)?;
    Ok(Json(own::reminders_of(&cx, *permit.target()).await?))
}

/// Notes that the learner has read one of their own reminders.
#[utoipa::path(tag = "learning", params(("id" = ClassReminderId, Path)), responses(
    (status = 200, body = Vec<OwnReminder>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[post("/me/reminders/{id}/read")]
async fn read_reminder(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassReminderId>,
) -> AppResult<Json<Vec<OwnReminder>>> {
    let permit = study::permit_study(&actor)?;
    own::read(&cx, &permit, *id).await?;
    Ok(Json(own::reminders_of(&cx, *permit.target()).await?))
}
