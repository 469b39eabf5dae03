//! The agreement with the partner of a class: its photo comes in from the school, lies sealed, and each look at it is
//! audited.

use super::{locked, permit_class, plan, seen};
use crate::{
    access::{Actor, Permit, actions},
    learning::{
        entity::{class, class_agreement},
        store,
    },
    media,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, Routes, once},
        sealed::{LARGE_ROWS, SealedColumn},
    },
};
use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    post,
    web::{Data, Path, Payload},
};
use sha2::{Digest, Sha256};
use shared::{
    ids::{ClassAgreementId, ClassId},
    learning::{ClassPlan, MAX_AGREEMENT_BYTES, MAX_AGREEMENT_SIDE, may_change},
    problem::{Problem, ProblemCode},
};

actions! {
    /// Add the agreement with a class's partner.
    AddAgreement(ClassId) = KeepClasses;
    /// Look at the agreement with a class's partner.
    LookAtAgreement(ClassId) = ReadClasses;
}

/// Adds the routes of agreements.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(add_class_agreement).service(look_at_class_agreement);
}

/// Photos.
pub(in crate::learning) const SEALED: SealedColumn = SealedColumn {
    table: "class_agreement",
    name: "content",
    id: "id",
    number: None,
    bound_to: |row| bound_to(ClassAgreementId(row.id)),
    open_len: None,
    rows: LARGE_ROWS,
};

/// What a photo is sealed for.
fn bound_to(id: ClassAgreementId) -> String {
    format!("class_agreement {id}")
}

/// Adds the photo of the agreement with a class's partner (JPEG, PNG or WebP, at most 12 MB), or puts another in its
/// place. It is turned upright, made small, freed of what the camera wrote into it, and sealed.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = ClassPlan), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
#[post("/classes/{id}/agreement")]
async fn add_class_agreement(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    key: IdempotencyKey,
    payload: Payload,
) -> AppResult<HttpResponse> {
    let permit = permit_class::<AddAgreement>(&cx, &actor, *id).await?;
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_AGREEMENT_BYTES).await.map_err(too_large)?;
    let broken_off = |error| AppError::Malformed { pointer: "/photo".to_owned(), reason: format!("{error}") };
    add(&cx, &permit, &key, bytes.map_err(broken_off)?.to_vec()).await?;
    Ok(HttpResponse::Created().json(plan::get(&cx, &actor, *id).await?))
}

/// Shows the photo of the agreement with a class's partner. A POST, because each look is in the audit log.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "image/jpeg"), (status = 404, body = Problem)))]
#[post("/classes/{id}/agreement/look")]
async fn look_at_class_agreement(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<HttpResponse> {
    let photo = look(&cx, &actor, *id).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "image/jpeg"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(photo))
}

/// Adds a photo, which counts from then on. A repeat with the same key changes nothing.
async fn add(cx: &Services, permit: &Permit<AddAgreement>, key: &IdempotencyKey, bytes: Vec<u8>) -> AppResult<()> {
    let (class_id, added_by) = (*permit.target(), permit.person()?);
    let request = (class_id, hex::encode(Sha256::digest(&bytes)));
    let photo = media::photo(bytes, MAX_AGREEMENT_SIDE, "/photo").await?;
    let id: ClassAgreementId = cx.ids.new_id();
    let content = cx.keys.fields.seal_bytes(&bound_to(id), &photo.content, &*cx.ids)?;
    cx.db
        .write(permit, async |tx| {
            once(tx, added_by, key, &request, async || {
                let row = locked(tx, class_id).await?;
                may_change(super::state(&row)?).map_err(AppError::refused)?;
                let agreement =
                    class_agreement::Model { id, class_id, content: content.clone(), added_by, added_at: tx.now() };
                store::insert_agreement(tx.conn(), agreement).await?;
                tx.note("agreement", id.to_string());
                store::update_class(tx.conn(), class::Model { agreement_id: Some(id), ..row }).await?;
                Ok(id)
            })
            .await
        })
        .await
        .map(drop)
}

/// The photo, as JPEG. Who looked, and at which, is audited.
async fn look(cx: &Services, actor: &Actor, class_id: ClassId) -> AppResult<Vec<u8>> {
    let permit = permit_class::<LookAtAgreement>(cx, actor, class_id).await?;
    let id = seen(cx, actor, class_id).await?.agreement_id.ok_or_else(AppError::not_found)?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::find_agreement(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            tx.note("agreement", id.to_string());
            cx.keys.fields.open_bytes(&bound_to(id), &row.content)
        })
        .await
}
