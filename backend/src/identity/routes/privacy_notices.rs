//! `/privacy_notices`, for anybody.

use crate::{
    identity::notices,
    platform::{error::AppResult, http::Routes, texts::Language},
};
use actix_web::{
    get,
    web::{Json, Path},
};
use shared::{
    identity::{NOTICE_VERSION, PrivacyNotice},
    problem::Problem,
};

pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(get_current_privacy_notice).service(get_privacy_notice);
}

/// The privacy notice that is in force.
#[utoipa::path(tag = "identity", responses((status = 200, body = PrivacyNotice)))]
#[get("/privacy_notices/current")]
async fn get_current_privacy_notice(language: Language) -> AppResult<Json<PrivacyNotice>> {
    Ok(Json(notices::notice(NOTICE_VERSION, language)?))
}

/// One version of the privacy notice. A former one stays readable.
#[utoipa::path(tag = "identity", params(("version" = u16, Path)), responses(
    (status = 200, body = PrivacyNotice), (status = 404, body = Problem)))]
#[get("/privacy_notices/{version}")]
async fn get_privacy_notice(language: Language, version: Path<u16>) -> AppResult<Json<PrivacyNotice>> {
    Ok(Json(notices::notice(version.into_inner(), language)?))
}
