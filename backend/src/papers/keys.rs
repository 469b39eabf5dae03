//! The key of a sealed paper: as long as it is not split, the server's; then its custodians'.

use super::{
    entity::{key_ceremony, key_share},
    sealing::key_purpose,
    splitting::{join, unwrap},
    store,
};
use crate::platform::{
    Services,
    crypto::KEY_BYTES,
    error::{AppError, AppResult},
    sealed::{SMALL_ROWS, SealedColumn},
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{KeyCeremonyId, KeyShareId, PaperId},
    papers::{KEY_SHARE_BYTES, KeyRefusal, KeyShare},
};

/// Content keys: as they are, wrapped, and the shares of what wraps them.
pub const SEALED: &[SealedColumn] = &[
    SealedColumn {
        table: "paper",
        name: "content_key",
        id: "id",
        number: None,
        bound_to: |row| key_purpose(PaperId(row.id)),
        open_len: None,
        rows: SMALL_ROWS,
    },
    SealedColumn {
        table: "key_ceremony",
        name: "wrapped_key",
        id: "id",
        number: None,
        bound_to: |row| wrapped_purpose(KeyCeremonyId(row.id)),
        open_len: None,
        rows: SMALL_ROWS,
    },
    SealedColumn {
        table: "key_share",
        name: "content",
        id: "id",
        number: None,
        bound_to: |row| share_purpose(KeyShareId(row.id)),
        open_len: None,
        rows: SMALL_ROWS,
    },
];

/// Binds a wrapped key to how it was split.
pub(super) fn wrapped_purpose(id: KeyCeremonyId) -> String {
    format!("key_ceremony/{id}/wrapped_key")
}

/// Binds a share to its row.
pub(super) fn share_purpose(id: KeyShareId) -> String {
    format!("key_share/{id}/content")
}

/// The key of a sealed package. Who may have it, and from when, is the caller's to judge; where custodians keep it, the
/// server has it no sooner than enough of them have handed in their shares.
///
/// # Errors
/// `not-found` if the paper is not sealed; `wrong-state` as long as shares are missing.
pub async fn content_key(cx: &Services, id: PaperId) -> AppResult<[u8; KEY_BYTES]> {
    match own_key(cx, cx.db.read(), id).await? {
        Some(key) => Ok(key),
        None => handed_in_key(cx, id).await,
    }
}

/// The key of a paper that the server keeps by itself.
pub(super) async fn own_key(
    cx: &Services,
    conn: &impl ConnectionTrait,
    id: PaperId,
) -> AppResult<Option<[u8; KEY_BYTES]>> {
    let Some(sealed) = store::find_content_key(conn, id).await? else { return Ok(None) };
    let key = cx.keys.fields.open_bytes(&key_purpose(id), &sealed)?;
    key.try_into().map(Some).map_err(|_| AppError::internal("a content key has a wrong length"))
}

/// The key of a paper out of the shares that were handed in.
async fn handed_in_key(cx: &Services, id: PaperId) -> AppResult<[u8; KEY_BYTES]> {
    let ceremony = store::list_ceremonies(cx.db.read(), &[id]).await?.pop().ok_or_else(AppError::not_found)?;
    let shares = store::list_shares(cx.db.read(), &[ceremony.id]).await?;
    let handed_in = shares.iter().filter(|share| share.handed_in_at.is_some());
    let handed_in = handed_in.map(|share| open_share(cx, share)).collect::<AppResult<Vec<_>>>()?;
    let threshold = threshold_of(&ceremony)?;
    if handed_in.len() < threshold {
        return Err(AppError::refused(KeyRefusal::NotReleased { handed_in: handed_in.len(), threshold }));
    }
    let wrapped = ceremony.wrapped_key.as_deref().ok_or_else(|| AppError::internal("a split key is gone"))?;
    let wrapped = cx.keys.fields.open_bytes(&wrapped_purpose(ceremony.id), wrapped)?;
    unwrap(id, &join(&handed_in)?, &wrapped)
}

/// The share that lies sealed in a row.
pub(super) fn open_share(cx: &Services, row: &key_share::Model) -> AppResult<KeyShare> {
    let sealed = row.content.as_deref().ok_or_else(|| AppError::internal("a key share is gone"))?;
    let share = cx.keys.fields.open_bytes(&share_purpose(row.id), sealed)?;
    let share: Result<[u8; KEY_SHARE_BYTES], _> = share.try_into();
    share.map_err(|_| AppError::internal("a key share has a wrong length"))
}

/// How many shares open a key.
pub(super) fn threshold_of(row: &key_ceremony::Model) -> AppResult<usize> {
    usize::try_from(row.threshold).map_err(AppError::internal)
}
