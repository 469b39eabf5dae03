//! The photo of a certificate: it comes in from who records it, lies sealed, and each look at it is audited.

use super::{certificates, permit_known, state};
use crate::{
    access::{Action, Actor, Permit, actions},
    media,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        sealed::{LARGE_ROWS, SealedColumn},
    },
    teaching::{
        entity::{skill_certificate, skill_photo},
        store,
    },
};
use sha2::{Digest, Sha256};
use shared::{
    ids::{SkillCertificateId, SkillPhotoId},
    teaching::{MAX_SKILL_PHOTO_SIDE, SkillCertificateView, judge_skill_photo},
};

actions! {
    /// Add the photo of a certificate.
    AddSkillPhoto(SkillCertificateId) = KeepSkills;
    /// Look at the photo of a certificate that one checks.
    LookAtSkillPhoto(SkillCertificateId) = CheckSkills;
    /// The same of one that one keeps.
    LookAtKeptPhoto(SkillCertificateId) = KeepSkills;
}

/// Photos.
pub(in crate::teaching) const SEALED: SealedColumn = SealedColumn {
    table: "skill_photo",
    name: "content",
    id: "id",
    number: None,
    bound_to: |row| bound_to(SkillPhotoId(row.id)),
    open_len: None,
    rows: LARGE_ROWS,
};

/// What a photo is sealed for.
fn bound_to(id: SkillPhotoId) -> String {
    format!("skill_photo {id}")
}

async fn known(cx: &Services, id: SkillCertificateId) -> AppResult<skill_certificate::Model> {
    store::find_certificate(cx.db.read(), id).await?.ok_or_else(AppError::not_found)
}

/// Lets the actor add a photo, before the photo itself is read.
///
/// # Errors
/// `not-found`, `forbidden`, or that nobody checks the certificate any more.
pub(in crate::teaching) async fn permit_to_add(
    cx: &Services,
    actor: &Actor,
    id: SkillCertificateId,
) -> AppResult<Permit<AddSkillPhoto>> {
    let row = known(cx, id).await?;
    let permit = permit_known(actor, id, (row.provider_id, &row.division))?;
    judge_skill_photo(state(&row.state)?).map_err(AppError::refused)?;
    Ok(permit)
}

/// Adds a photo, which counts from then on. A repeat with the same key gives the first answer.
///
/// # Errors
/// The field `/photo` if it is none.
pub(in crate::teaching) async fn add(
    cx: &Services,
    permit: &Permit<AddSkillPhoto>,
    key: &IdempotencyKey,
    bytes: Vec<u8>,
) -> AppResult<SkillCertificateView> {
    let (certificate_id, added_by) = (*permit.target(), permit.person()?);
    let request = (certificate_id, hex::encode(Sha256::digest(&bytes)));
    let photo = media::photo(bytes, MAX_SKILL_PHOTO_SIDE, "/photo").await?;
    let id: SkillPhotoId = cx.ids.new_id();
    let content = cx.keys.fields.seal_bytes(&bound_to(id), &photo.content, &*cx.ids)?;
    cx.db
        .write(permit, async |tx| {
            once(tx, added_by, key, &request, async || {
                let row = store::lock_certificate(tx.conn(), certificate_id).await?.ok_or_else(AppError::not_found)?;
                judge_skill_photo(state(&row.state)?).map_err(AppError::refused)?;
                let photo =
                    skill_photo::Model { id, certificate_id, content: content.clone(), added_by, added_at: tx.now() };
                store::insert_skill_photo(tx.conn(), photo).await?;
                tx.note("photo", id.to_string());
                store::update_certificate(tx.conn(), skill_certificate::Model { photo_id: Some(id), ..row }).await?;
                Ok(id)
            })
            .await
        })
        .await?;
    let row = known(cx, certificate_id).await?;
    certificates::get(cx, row.learner_id, certificate_id).await
}

/// The photo, as JPEG. Who looked, and at which, is audited.
///
/// # Errors
/// `not-found`, also if there is none.
pub(in crate::teaching) async fn look(cx: &Services, actor: &Actor, id: SkillCertificateId) -> AppResult<Vec<u8>> {
    let row = known(cx, id).await?;
    let place = (row.provider_id, row.division.as_str());
    match permit_known::<LookAtSkillPhoto>(actor, id, place) {
        Ok(permit) => shown(cx, &permit, row.photo_id).await,
        Err(_) => shown(cx, &permit_known::<LookAtKeptPhoto>(actor, id, place)?, row.photo_id).await,
    }
}

async fn shown<A: Action>(cx: &Services, permit: &Permit<A>, photo: Option<SkillPhotoId>) -> AppResult<Vec<u8>> {
    let id = photo.ok_or_else(AppError::not_found)?;
    cx.db
        .write(permit, async |tx| {
            let row = store::find_skill_photo(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            tx.note("photo", id.to_string());
            cx.keys.fields.open_bytes(&bound_to(id), &row.content)
        })
        .await
}
