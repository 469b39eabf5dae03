//! Everything that the system knows of whoever asks; each feature tells its own part.

use crate::{
    access::{Actor, Entrant},
    credit_bank,
    identity::{self, Identity},
    learning,
    platform::{Services, error::AppResult},
    results,
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    web::Data,
};
use shared::own_data::OwnData;

/// One's own data as a file.
#[utoipa::path(tag = "identity", responses((status = 200, body = OwnData)))]
#[get("/me/data")]
pub(super) async fn get_own_data(
    actor: Actor,
    identity: Data<Identity>,
    cx: Data<Services>,
) -> AppResult<HttpResponse> {
    let id = actor.account_id;
    let data = OwnData {
        at: cx.clock.now(),
        account: identity.me(&Entrant { actor: actor.clone(), need: None }).await?,
        logins: identity.logins(&actor).await?,
        privacy: identity::consents(&cx, id).await?,
        courses: learning::my_courses(&cx, id).await?,
        results: results::released(&cx, id).await?,
        certificates: credit_bank::certificates_of(&cx, id).await?,
    };
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"chengxi-own-data.json\""))
        .json(data))
}
