//! Pictures in and out.

use super::{entity::picture, store};
use crate::{
    access::{Permit, actions},
    platform::{
        Services,
        db::{Permission, Tx},
        error::{AppError, AppResult},
    },
};
use actix_web::web::block;
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use shared::media::{PictureFault, PictureView, picture_path};
use std::collections::BTreeMap;
use tokio::sync::Semaphore;

/// Pictures that one process reads at a time: each may take the memory that reading is allowed.
pub(super) static AT_A_TIME: Semaphore = Semaphore::const_new(2);

actions! {
    /// Add a picture.
    AddPicture(String) = AddPicture;
}

/// A picture made small, which is not kept yet.
#[derive(Debug)]
pub struct SmallPicture {
    view: PictureView,
    media_type: &'static str,
    content: Vec<u8>,
}

impl SmallPicture {
    /// What it is, and where it will be.
    #[must_use]
    pub fn view(&self) -> &PictureView {
        &self.view
    }
}

/// Makes a picture small, or says why it cannot be read.
///
/// # Errors
/// If the machine fails.
pub async fn make_small(bytes: Vec<u8>) -> AppResult<Result<SmallPicture, PictureFault>> {
    let turn = AT_A_TIME.acquire().await.map_err(AppError::internal)?;
    let small = block(move || pictures::shrink(&bytes)).await.map_err(AppError::internal)?;
    drop(turn);
    let small = match small {
        Ok(small) => small,
        Err(fault) => return Ok(Err(fault)),
    };
    let sha256 = hex::encode(Sha256::digest(&small.content));
    let view = PictureView {
        path: picture_path(&sha256),
        width: small.width,
        height: small.height,
        bytes: u32::try_from(small.content.len()).map_err(AppError::internal)?,
        sha256,
    };
    Ok(Ok(SmallPicture { view, media_type: small.media_type, content: small.content }))
}

/// Keeps a picture within a write. The same picture is kept once.
///
/// # Errors
/// If the store fails.
pub async fn keep(tx: &Tx, permit: &Permit<AddPicture>, picture: &SmallPicture) -> AppResult<()> {
    let side = |pixels: u32| i32::try_from(pixels).map_err(AppError::internal);
    let row = picture::Model {
        sha256: picture.view.sha256.clone(),
        media_type: picture.media_type.to_owned(),
        content: picture.content.clone(),
        width: side(picture.view.width)?,
        height: side(picture.view.height)?,
        added_by: permit.actor_id(),
        added_at: tx.now(),
    };
    store::insert(tx.conn(), row).await
}

/// Makes a picture small and keeps it. The same picture is kept once.
///
/// # Errors
/// The field `/picture` with the reason, if it is none or cannot be read.
pub async fn add(cx: &Services, permit: &Permit<AddPicture>, bytes: Vec<u8>) -> AppResult<PictureView> {
    let picture = make_small(bytes).await?.map_err(|fault| AppError::field("/picture", fault.code()))?;
    cx.db
        .write(permit, async |tx| {
            tx.note("sha256", picture.view.sha256.clone());
            keep(tx, permit, &picture).await
        })
        .await?;
    Ok(picture.view)
}

/// A picture as it travels: its media type and its bytes.
pub(super) async fn content(cx: &Services, sha256: &str) -> AppResult<(String, Vec<u8>)> {
    let row = store::find(cx.db.read(), sha256).await?.ok_or_else(AppError::not_found)?;
    Ok((row.media_type, row.content))
}

/// The media type and the bytes of each of these pictures, by hash; those that are not there are left out.
///
/// # Errors
/// If the store fails.
pub async fn contents(cx: &Services, sha256: &[String]) -> AppResult<BTreeMap<String, (String, Vec<u8>)>> {
    let rows = store::list(cx.db.read(), sha256).await?;
    Ok(rows.into_iter().map(|row| (row.sha256, (row.media_type, row.content))).collect())
}

/// Each of these pictures as an address that holds the picture itself, by hash; those that are not
/// there are left out.
///
/// # Errors
/// If the store fails.
pub async fn data_urls(cx: &Services, sha256: &[String]) -> AppResult<BTreeMap<String, String>> {
    let rows = store::list(cx.db.read(), sha256).await?;
    let url = |row: picture::Model| {
        let url = format!("data:{};base64,{}", row.media_type, STANDARD.encode(&row.content));
        (row.sha256, url)
    };
    Ok(rows.into_iter().map(url).collect())
}

/// What each of these pictures weighs on the way to a learner, in bytes, by hash; those that are not there are left
/// out.
///
/// # Errors
/// If the store fails.
pub async fn weights(cx: &Services, sha256: &[String]) -> AppResult<BTreeMap<String, u64>> {
    if sha256.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = store::list_weights(cx.db.read(), sha256).await?;
    Ok(rows.into_iter().map(|(sha256, bytes)| (sha256, u64::try_from(bytes).unwrap_or_default())).collect())
}
