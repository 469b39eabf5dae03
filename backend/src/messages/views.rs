//! Messages as staff see them and as the person does: that they went, not what they said.

use super::{
    entity::text_message,
    fields::{kind_of, open_phone, state_of},
    store,
};
use crate::{
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, PersonId, TextMessageId},
    messages::{MessageFailure, MessageState, MessageView, OwnMessage},
    people::mask_phone,
    time::Timestamp,
};

/// Messages that a record shows.
const SHOWN: u64 = 20;
/// Messages that somebody takes along: all, but for a bound.
const TAKEN_ALONG: u64 = 1_000;
/// What stands for a phone that does not open.
const HIDDEN: &str = "******";

/// The last messages to a person, the newest first. Whether an actor may know is for the caller to ask.
///
/// # Errors
/// If the store fails.
pub async fn of_person(cx: &Services, id: PersonId) -> AppResult<Vec<MessageView>> {
    views(cx, store::list_of_person(cx.db.read(), id, SHOWN).await?).await
}

/// How many messages wait to be handed over, and how many of those asked for since a moment were given up.
///
/// # Errors
/// If the store fails.
pub async fn counts(cx: &Services, since: Timestamp) -> AppResult<(u64, u64)> {
    let (conn, waiting) = (cx.db.read(), [MessageState::Queued, MessageState::Sending]);
    let waiting = store::count_in(conn, &waiting, Timestamp(0)).await?;
    Ok((waiting, store::count_in(conn, &[MessageState::Failed], since).await?))
}

/// One message. Whether an actor may know is for the caller to ask.
///
/// # Errors
/// `not-found` if there is none.
pub async fn view(cx: &Services, id: TextMessageId) -> AppResult<MessageView> {
    let row = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

/// The messages to a person, as they themselves may know of them.
///
/// # Errors
/// If the store fails.
pub async fn own_of_person(cx: &Services, id: PersonId) -> AppResult<Vec<OwnMessage>> {
    let rows = store::list_of_person(cx.db.read(), id, TAKEN_ALONG).await?;
    let own = |row: &text_message::Model| {
        Ok(OwnMessage {
            kind: kind_of(row)?,
            phone_masked: masked(cx, row),
            state: state_of(row)?,
            created_at: row.created_at,
            sent_at: row.sent_at,
        })
    };
    rows.iter().map(own).collect()
}

async fn views(cx: &Services, rows: Vec<text_message::Model>) -> AppResult<Vec<MessageView>> {
    let askers: Vec<AccountId> = rows.iter().map(|row| row.asked_by).collect();
    let names = identity::names_of(cx, &askers).await?;
    let view = |row: &text_message::Model| {
        Ok(MessageView {
            id: row.id,
            kind: kind_of(row)?,
            phone_masked: masked(cx, row),
            state: state_of(row)?,
            failure: row.failure.as_deref().and_then(MessageFailure::parse),
            attempts: u32::try_from(row.attempts).map_err(AppError::internal)?,
            asked_by_name: names.get(&row.asked_by).cloned().unwrap_or_default(),
            created_at: row.created_at,
            sent_at: row.sent_at,
        })
    };
    rows.iter().map(view).collect()
}

/// A phone that does not open must not hide the rest.
fn masked(cx: &Services, row: &text_message::Model) -> String {
    open_phone(cx, row).map_or_else(|_| HIDDEN.to_owned(), |phone| mask_phone(phone.reveal()))
}
