//! The server's note that a device was there: it goes with the device and comes back with what was studied since.
//! Sealed, so that nobody writes their own.

use crate::platform::{Services, error::AppResult};
use shared::{ids::AccountId, time::Timestamp};

/// A note is its learner's alone.
fn bound_to(account_id: AccountId) -> String {
    format!("study-contact:{account_id}")
}

/// Notes that the learner's device was there at this instant.
pub(super) fn note(cx: &Services, account_id: AccountId, at: Timestamp) -> AppResult<String> {
    let sealed = cx.keys.fields.seal_bytes(&bound_to(account_id), &at.0.to_be_bytes(), &*cx.ids)?;
    Ok(hex::encode(sealed))
}

/// When a note was made; `None` if it is no note of ours to this learner.
pub(super) fn noted_at(cx: &Services, account_id: AccountId, note: &str) -> Option<Timestamp> {
    let sealed = hex::decode(note).ok()?;
    let at = cx.keys.fields.open_bytes(&bound_to(account_id), &sealed).ok()?;
    Some(Timestamp(i64::from_be_bytes(at.try_into().ok()?)))
}
