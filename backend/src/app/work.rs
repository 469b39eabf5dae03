//! What waits for whoever asks; each feature tells its own part.

use crate::{
    access::Actor,
    credit_bank, enrolment, identity, item_bank, learning, papers, people,
    platform::{Services, error::AppResult},
    results, roster, sittings, teaching,
};
use actix_web::{
    get,
    web::{Data, Json},
};
use shared::work::WorkLine;

/// How much waits for the actor, kind by kind; each counted to the last.
#[utoipa::path(tag = "identity", responses((status = 200, body = Vec<WorkLine>)))]
#[get("/me/work")]
pub(super) async fn list_my_work(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<WorkLine>>> {
    let mut lines = identity::work(&cx, &actor).await?;
    lines.extend(people::work(&cx, &actor).await?);
    lines.extend(roster::work(&cx, &actor).await?);
    lines.extend(enrolment::work(&cx, &actor).await?);
    lines.extend(learning::work(&cx, &actor).await?);
    lines.extend(teaching::work(&cx, &actor).await?);
    lines.extend(item_bank::work(&cx, &actor).await?);
    lines.extend(papers::work(&cx, &actor).await?);
    lines.extend(sittings::work(&cx, &actor).await?);
    lines.extend(results::work(&cx, &actor).await?);
    lines.extend(credit_bank::work(&cx, &actor).await?);
    lines.sort_by_key(|line| line.kind);
    Ok(Json(lines))
}
