//! The status lists as anybody is shown them: signed, and kept in memory for a minute at most.

use super::{
    document::{self, StatusList},
    issue::STATUS_COUNTER,
    status, store,
};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
};
use actix_web::web::Bytes;
use serde_json::Value;
use shared::{
    credit_bank::{CertificateState, StatusPurpose, is_for_good},
    time::Timestamp,
};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use uuid::Uuid;

/// For how long a list may be shown, in milliseconds: here, and from then on by whoever keeps what they were shown.
const SHOWN_MS: i64 = 60_000;

/// The number of a list, and its purpose; without one it is that of the first certificates.
type Key = (i64, Option<StatusPurpose>);

/// The lists that this node has signed of late. The next step of any certificate outdates them all, whichever node takes
/// it. Only one that comes to light after a later one, because its write or the clock of its node was slower, may pass
/// unseen, until the minute is over.
#[derive(Default)]
pub struct StatusLists(Mutex<HashMap<Key, Signed>>);

/// A signed list.
#[derive(Clone)]
struct Signed {
    /// The newest step of a certificate before it was made.
    newest_step: Option<Uuid>,
    made_at: Timestamp,
    text: Bytes,
}

impl Signed {
    /// For how many seconds it may still be shown, if it may.
    fn left_s(&self, newest_step: Option<Uuid>, now: Timestamp) -> Option<i64> {
        let age_ms = now.ms_since(self.made_at);
        let is_good = self.newest_step == newest_step && (0..SHOWN_MS).contains(&age_ms);
        is_good.then_some((SHOWN_MS - age_ms) / 1_000)
    }
}

/// A list as it is shown.
pub(super) struct Shown {
    /// The signed document.
    pub(super) text: Bytes,
    /// For how many seconds whoever is shown it may keep it.
    pub(super) left_s: i64,
}

impl StatusLists {
    /// A status list that has a place in use; the first is always there.
    ///
    /// # Errors
    /// `not-found`.
    pub(super) async fn show(&self, cx: &Services, list: i64, purpose: Option<StatusPurpose>) -> AppResult<Shown> {
        let (key, now) = ((list, purpose), cx.clock.now());
        // First: a step that is taken while the list is made outdates it.
        let newest_step = store::find_newest_step(cx.db.read()).await?;
        if let Some(shown) = self.kept(key, newest_step, now) {
            return Ok(shown);
        }
        let text = Bytes::from(signed(cx, key, now).await?.to_string());
        let made = Signed { newest_step, made_at: now, text: text.clone() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, made);
        Ok(Shown { text, left_s: SHOWN_MS / 1_000 })
    }

    fn kept(&self, key: Key, newest_step: Option<Uuid>, now: Timestamp) -> Option<Shown> {
        let lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let list = lists.get(&key)?;
        Some(Shown { left_s: list.left_s(newest_step, now)?, text: list.text.clone() })
    }
}

/// A list as a signed document. The first certificates were issued under the key itself, and can be told nothing but that
/// they are out of force.
async fn signed(cx: &Services, (list, purpose): Key, now: Timestamp) -> AppResult<Value> {
    let url = status::list_url(&cx.config.public_url, list);
    let of_the_first = [CertificateState::Revoked, CertificateState::Superseded];
    let (issuer, url, states) = match purpose {
        Some(purpose) => (document::issuer_id(cx), format!("{url}/{purpose}"), purpose.states().collect()),
        None => (document::key_id(cx), url, of_the_first.to_vec()),
    };
    let set = places(cx, list, &states).await?;
    let purpose = purpose.unwrap_or(StatusPurpose::Revocation);
    StatusList { issuer: &issuer, url, purpose, set: &set }.signed(&cx.keys.certificates, now)
}

/// The places within a list of the certificates in one of these states, or once in one of those of them that are for
/// good: a certificate that was made void stays so, whatever its state says.
async fn places(cx: &Services, list: i64, states: &[CertificateState]) -> AppResult<Vec<i64>> {
    let used = store::next_number(cx.db.read(), STATUS_COUNTER).await?;
    let last = status::place(used.saturating_sub(1).max(0)).0;
    if !(1..=last).contains(&list) {
        return Err(AppError::not_found());
    }
    let first = (list - 1) * status::PLACES;
    let range = first..first + status::PLACES;
    let states = || states.iter().copied();
    let for_good = states().filter(|state| is_for_good(*state));
    let mut set = store::list_noted_places(cx.db.read(), for_good, range.clone()).await?;
    set.extend(store::list_places(cx.db.read(), states(), range).await?);
    Ok(set.into_iter().map(|index| status::place(index).1).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_shown_for_a_minute_until_the_next_step_of_a_certificate() {
        let step = |number| Some(Uuid::from_u128(number));
        let list = Signed { newest_step: step(7), made_at: Timestamp(1_000_000), text: Bytes::new() };
        for (newest, age_ms, left_s) in [
            (step(7), 0, Some(60)),
            (step(7), 1, Some(59)),
            (step(7), 30_000, Some(30)),
            (step(7), 59_999, Some(0)),
            (step(7), 60_000, None),
            // The clock was put back: nobody knows how old it is.
            (step(7), -1, None),
            (step(8), 0, None),
            (None, 0, None),
        ] {
            assert_eq!(list.left_s(newest, Timestamp(1_000_000 + age_ms)), left_s, "{newest:?} {age_ms}");
        }
    }

    #[test]
    fn before_the_first_step_a_list_is_kept_as_well() {
        let list = Signed { newest_step: None, made_at: Timestamp(0), text: Bytes::new() };
        assert_eq!((list.left_s(None, Timestamp(0)), list.left_s(Some(Uuid::nil()), Timestamp(0))), (Some(60), None));
    }
}
