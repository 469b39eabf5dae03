//! What tells a candidate by text that a recheck is answered. Whoever has no phone reads the same on their page.

use crate::{
    enrolment,
    messages::{self, NewMessage},
    people,
    platform::{Services, error::AppResult},
    sittings::SittingFacts,
};
use shared::{ids::AccountId, messages::MessageKind};

/// After so many seconds nobody is told by text any more: seven days.
const EXPIRES_AFTER_S: i64 = 7 * 24 * 60 * 60;

/// The text, if the candidate has a phone and texts are sent.
pub(super) async fn texts(cx: &Services, sitting: &SittingFacts, asked_by: AccountId) -> AppResult<Vec<NewMessage>> {
    if !messages::is_offered(cx) {
        return Ok(Vec::new());
    }
    let learners = enrolment::learners_of(cx, &[sitting.account_id]).await?;
    let persons: Vec<_> = learners.into_values().map(|learner| learner.person_id).collect();
    let expires_at = cx.clock.now().plus_s(EXPIRES_AFTER_S);
    let text = |(person_id, phone)| NewMessage {
        person_id,
        phone,
        kind: MessageKind::RecheckAnswered,
        parameters: vec![("exam", sitting.title.clone())],
        expires_at,
        asked_by,
    };
    Ok(people::phones(cx, &persons).await?.into_iter().map(text).collect())
}
