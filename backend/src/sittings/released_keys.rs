//! Keys of papers whose tests have begun: small files that anybody may have and pass on (ADR 43).

use super::{entity::exam_session, exam_rules::rules_of, facts::state_of, store};
use crate::{
    papers,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::Routes,
    },
};
use actix_web::{
    HttpResponse, ResponseError, get,
    http::header::{CACHE_CONTROL, HeaderValue},
    web::{Data, Path},
};
use shared::{
    delivery::ContentKey,
    ids::{ExamSessionId, PaperId},
    problem::{Problem, ProblemCode},
    sittings::{PaperUse, is_key_public, may_key_be_read_out},
};

/// Adds this route.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(get_released_key);
}

/// The key of a paper that is nobody's secret any more: open to everyone, never changed, and no sooner there than every
/// test of the paper has begun.
#[utoipa::path(tag = "sittings", params(("id" = PaperId, Path)), responses(
    (status = 200, body = ContentKey), (status = 404, body = Problem)))]
#[get("/released_keys/{id}")]
async fn get_released_key(cx: Data<Services>, id: Path<PaperId>) -> HttpResponse {
    match released_key(&cx, *id).await {
        Ok(key) => HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable")).json(key),
        Err(error) => not_kept(&error),
    }
}

/// Who kept this on the way would keep the key from those who ask next.
fn not_kept(error: &AppError) -> HttpResponse {
    let mut response = error.error_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The key of a paper, once it may lie open.
///
/// # Errors
/// `not-found` before: whether there is such a paper, and when its test begins, nobody learns here.
pub async fn released_key(cx: &Services, id: PaperId) -> AppResult<ContentKey> {
    let rows = store::list_exam_sessions_with(cx.db.read(), id).await?;
    let uses = rows.iter().map(use_of).collect::<AppResult<Vec<_>>>()?;
    if !is_key_public(&uses, cx.clock.now()) {
        return Err(AppError::not_found());
    }
    let key = papers::content_key(cx, id).await.map_err(without_hint)?;
    Ok(ContentKey::of(id, &key))
}

/// Whether the key of a paper may be read out in the rooms of one of its tests now (ADR 53).
///
/// # Errors
/// If the store fails.
pub async fn is_key_read_out(cx: &Services, test: ExamSessionId, id: PaperId) -> AppResult<bool> {
    let rows = store::list_exam_sessions_with(cx.db.read(), id).await?;
    let (own, others): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.id == test);
    let others = others.into_iter().map(use_of).collect::<AppResult<Vec<_>>>()?;
    let Some(own) = own.first() else { return Ok(false) };
    // What only Safe Exam Browser shows is not opened by a device that proves nothing.
    let is_open = !rules_of(own)?.needs_safe_browser;
    Ok(is_open && may_key_be_read_out(&use_of(own)?, &others, cx.clock.now()))
}

fn use_of(row: &exam_session::Model) -> AppResult<PaperUse> {
    let rules = rules_of(row)?;
    Ok(PaperUse {
        state: state_of(row)?,
        starts_at: row.starts_at,
        closes_at: row.closes_at,
        is_guarded: rules.needs_admission || rules.needs_safe_browser,
    })
}

/// Custodians who have not handed in enough shares are nobody's business here.
fn without_hint(error: AppError) -> AppError {
    if error.code() == ProblemCode::WrongState { AppError::not_found() } else { error }
}
