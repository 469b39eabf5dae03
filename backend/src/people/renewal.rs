//! How document numbers and phones follow a newer key. Blind indexes stay as they are.

use super::{
    fields::{NUMBER, PHONE},
    store,
};
use crate::platform::{
    Services,
    crypto::{KeyId, Sealed},
    error::AppResult,
};
use sea_orm::ConnectionTrait;
use shared::ids::{PersonDocumentId, PersonId};

/// Seals the document numbers after `after` by the newest key: how many it sealed anew, and the last document it
/// looked at.
///
/// # Errors
/// If one does not open, or the store fails.
pub async fn renew_numbers(
    cx: &Services,
    conn: &impl ConnectionTrait,
    after: PersonDocumentId,
    rows: u64,
) -> AppResult<(u64, Option<PersonDocumentId>)> {
    let rows = store::list_documents_after(conn, after, rows).await?;
    let mut renewed = 0;
    for row in &rows {
        if let Some(number) = cx.keys.fields.renew(NUMBER.of(row.id.0), &row.number, &*cx.ids)? {
            store::renew_number(conn, row, number).await?;
            renewed += 1;
        }
    }
    Ok((renewed, rows.last().map(|row| row.id)))
}

/// Seals the phones after `after` by the newest key: how many it sealed anew, and the last person it looked at.
///
/// # Errors
/// If one does not open, or the store fails.
pub async fn renew_phones(
    cx: &Services,
    conn: &impl ConnectionTrait,
    after: PersonId,
    rows: u64,
) -> AppResult<(u64, Option<PersonId>)> {
    let rows = store::list_people_after(conn, after, rows).await?;
    let mut renewed = 0;
    for row in &rows {
        let Some(phone) = &row.phone else { continue };
        if let Some(phone) = cx.keys.fields.renew(PHONE.of(row.id.0), phone, &*cx.ids)? {
            store::renew_phone(conn, row, phone).await?;
            renewed += 1;
        }
    }
    Ok((renewed, rows.last().map(|row| row.id)))
}

/// The keys that the document numbers after `after` are sealed by, and the last document that was looked at.
///
/// # Errors
/// If the store fails.
pub async fn keys_of_numbers(
    cx: &Services,
    after: PersonDocumentId,
    rows: u64,
) -> AppResult<(Vec<KeyId>, Option<PersonDocumentId>)> {
    let rows = store::list_documents_after(cx.db.read(), after, rows).await?;
    let keys = rows.iter().map(|row| row.number.key()).collect::<AppResult<_>>()?;
    Ok((keys, rows.last().map(|row| row.id)))
}

/// The keys that the phones after `after` are sealed by, and the last person that was looked at.
///
/// # Errors
/// If the store fails.
pub async fn keys_of_phones(cx: &Services, after: PersonId, rows: u64) -> AppResult<(Vec<KeyId>, Option<PersonId>)> {
    let rows = store::list_people_after(cx.db.read(), after, rows).await?;
    let keys = rows.iter().filter_map(|row| row.phone.as_ref()).map(Sealed::key).collect::<AppResult<_>>()?;
    Ok((keys, rows.last().map(|row| row.id)))
}
