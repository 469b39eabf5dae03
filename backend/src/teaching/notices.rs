//! Learners of a class are told by text when a lesson is moved or cancelled; those who have a phone.

use super::entity::meeting;
use crate::{
    enrolment,
    learning::{self, ClassHead},
    messages::{self, NewMessage},
    people,
    platform::{Services, crypto::Plain, db::Tx, error::AppResult, words::moment},
};
use shared::{
    ids::{AccountId, PersonId},
    messages::MessageKind,
    teaching::MeetingState,
    time::Timestamp,
};
use std::collections::HashMap;

/// Whom a change of a lesson is told to.
pub(super) struct Audience {
    class_name: String,
    phones: HashMap<PersonId, Plain>,
}

impl Audience {
    /// Everybody in a class who has a phone; nobody where no messages are sent.
    pub(super) async fn of(cx: &Services, class: &ClassHead) -> AppResult<Self> {
        let class_name = class.name.clone();
        if !messages::is_offered(cx) {
            return Ok(Self { class_name, phones: HashMap::new() });
        }
        let accounts = learning::learners_of(cx, class.id).await?;
        let learners = enrolment::learners_of(cx, &accounts).await?;
        let persons: Vec<PersonId> = learners.into_values().map(|learner| learner.person_id).collect();
        Ok(Self { class_name, phones: people::phones(cx, &persons).await? })
    }

    /// Queues what tells them that a lesson which was to begin at `was_at` now is as `row` says, unless that
    /// comes too late.
    pub(super) async fn tell(
        &self,
        cx: &Services,
        tx: &Tx,
        asked_by: AccountId,
        (was_at, row): (Timestamp, &meeting::Model),
    ) -> AppResult<()> {
        let is_cancelled = row.state == MeetingState::Cancelled.as_str();
        let (kind, expires_at) = match is_cancelled {
            true => (MessageKind::MeetingCancelled, was_at),
            false => (MessageKind::MeetingMoved, row.starts_at),
        };
        if expires_at <= tx.now() {
            return Ok(());
        }
        let mut parameters = vec![("class", self.class_name.clone()), ("from", moment(was_at))];
        if !is_cancelled {
            parameters.push(("to", moment(row.starts_at)));
        }
        let new = |(person_id, phone): (&PersonId, &Plain)| NewMessage {
            person_id: *person_id,
            phone: phone.clone(),
            kind,
            parameters: parameters.clone(),
            expires_at,
            asked_by,
        };
        let news: Vec<NewMessage> = self.phones.iter().map(new).collect();
        messages::queue_all(cx, tx, &news).await.map(drop)
    }
}
