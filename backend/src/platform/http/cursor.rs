//! Keyset cursors: opaque to clients.

use crate::platform::error::AppError;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};
use shared::page::{Page, PageQuery};

/// A cursor that holds the key of the last row.
pub fn encode_cursor(key: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}

/// The key in the query's cursor, if it has one.
///
/// # Errors
/// If the cursor was not made by [`encode_cursor`].
pub fn decode_cursor<K: DeserializeOwned>(query: &PageQuery) -> Result<Option<K>, AppError> {
    let Some(cursor) = &query.cursor else { return Ok(None) };
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let key = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    key.map(Some).ok_or_else(|| AppError::field("/cursor", "wrong-type"))
}

/// A page of `rows`, fetched with one more than wanted so that its end is known.
pub fn page<T, K: Serialize>(mut rows: Vec<T>, query: &PageQuery, key: impl Fn(&T) -> K) -> Page<T> {
    let wanted = usize::try_from(query.rows()).unwrap_or(usize::MAX);
    let has_more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = rows.last().filter(|_| has_more).map(|last| encode_cursor(&key(last)));
    Page { items: rows, next_cursor }
}
