//! `/me/meeting_notices`.

use crate::{
    access::Actor,
    platform::{Services, error::AppResult, http::Routes},
    teaching::notices,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{ids::MeetingNoticeId, problem::Problem, teaching::MeetingNotice};

/// Adds the routes of notices.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_my_meeting_notices).service(read_meeting_notice);
}

/// What one was told of lessons that were moved or cancelled, the last first.
#[utoipa::path(tag = "teaching", responses(
    (status = 200, body = Vec<MeetingNotice>), (status = 401, body = Problem)))]
#[get("/me/meeting_notices")]
async fn list_my_meeting_notices(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<MeetingNotice>>> {
    Ok(Json(notices::own(&cx, &actor).await?))
}

/// Notes that one has read a notice. Repeating it changes nothing.
#[utoipa::path(tag = "teaching", params(("id" = MeetingNoticeId, Path)), responses(
    (status = 204), (status = 404, body = Problem)))]
#[post("/me/meeting_notices/{id}/read")]
async fn read_meeting_notice(actor: Actor, cx: Data<Services>, id: Path<MeetingNoticeId>) -> AppResult<HttpResponse> {
    notices::read(&cx, &actor, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}
