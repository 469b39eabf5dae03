//! Who is sent to somebody calls them: the phone, whole, for a reason that the audit log keeps.

use super::{list::known_state, place::place_of_entry, store};
use crate::{
    access::{Actor, Permit, Scope, actions, authorize},
    people,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, Routes},
    },
};
use actix_web::{
    post,
    web::{Data, Json, Path},
};
use shared::{
    ids::{PersonId, RosterEntryId},
    problem::Problem,
    rights::Right,
    roster::{EntryPhone, RevealEntryPhone},
};

actions! {
    /// See the whole phone of somebody whom one is to visit, to call them.
    CallPerson(PersonId) = SurveyRoster;
}

/// Adds this route.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(reveal_roster_phone);
}

/// The whole phone of somebody whom the actor is to visit. A POST, because who looked and what for is audited.
#[utoipa::path(tag = "roster", params(("id" = RosterEntryId, Path)), request_body = RevealEntryPhone, responses(
    (status = 200, body = EntryPhone), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/roster/{id}/phone_reveals")]
async fn reveal_roster_phone(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RosterEntryId>,
    body: Body<RevealEntryPhone>,
) -> AppResult<Json<EntryPhone>> {
    Ok(Json(reveal(&cx, &actor, *id, &body.0).await?))
}

/// Who looked, at whom and what for is audited.
///
/// # Errors
/// `forbidden` if the actor visits nobody, `not-found` if not this person; the field `/note`; `too-many`.
async fn reveal(cx: &Services, actor: &Actor, id: RosterEntryId, wanted: &RevealEntryPhone) -> AppResult<EntryPhone> {
    Scope::of(actor, Right::SurveyRoster)?;
    let entry = store::find_entry(cx.db.read(), id).await?;
    let own = entry.filter(|entry| entry.surveyor_id == Some(actor.account_id)).ok_or_else(AppError::not_found)?;
    if !known_state(&own.state)?.awaits_visit() {
        return Err(AppError::not_found());
    }
    let permit: Permit<CallPerson> = authorize(actor, own.person_id, &place_of_entry(&own))?;
    Ok(EntryPhone { phone: people::reveal_phone(cx, &permit, &wanted.note).await? })
}
