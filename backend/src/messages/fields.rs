//! What of a message is sealed, how it is opened, and how it follows a newer key.

use super::{entity::text_message, store};
use crate::platform::{
    Services,
    crypto::{Column, KeyId, Plain, Sealed},
    error::{AppError, AppResult},
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::TextMessageId,
    messages::{MessageKind, MessageState},
};
use std::collections::BTreeMap;

/// Phones.
pub(super) const PHONE: Column = Column { table: "text_message", name: "phone" };
/// What the template does not say.
pub(super) const PARAMETERS: Column = Column { table: "text_message", name: "parameters" };

/// What a template does not say, by name.
pub(super) type Parameters = BTreeMap<String, String>;

pub(super) fn kind_of(row: &text_message::Model) -> AppResult<MessageKind> {
    MessageKind::parse(&row.kind).ok_or_else(|| unknown("kind", &row.kind))
}

pub(super) fn state_of(row: &text_message::Model) -> AppResult<MessageState> {
    MessageState::parse(&row.state).ok_or_else(|| unknown("state", &row.state))
}

pub(super) fn open_phone(cx: &Services, row: &text_message::Model) -> AppResult<Plain> {
    cx.keys.fields.open(PHONE.of(row.id.0), &row.phone)
}

pub(super) fn seal_parameters(cx: &Services, id: TextMessageId, parameters: &Parameters) -> AppResult<Sealed> {
    let text = serde_json::to_string(parameters).map_err(AppError::internal)?;
    cx.keys.fields.seal(PARAMETERS.of(id.0), &text, &*cx.ids)
}

/// The parameters; none if they are erased.
pub(super) fn open_parameters(cx: &Services, row: &text_message::Model) -> AppResult<Parameters> {
    let Some(sealed) = &row.parameters else { return Ok(Parameters::new()) };
    let text = cx.keys.fields.open(PARAMETERS.of(row.id.0), sealed)?;
    // What the reader would say of a text that it cannot read may hold a part of it.
    serde_json::from_str(text.reveal()).map_err(|_| AppError::internal("the parameters of a message are unreadable"))
}

fn unknown(what: &str, text: &str) -> AppError {
    AppError::internal(format!("messages: unknown {what} {text}"))
}

/// Seals the messages after `after` by the newest key: how many values it sealed anew, and the last message it
/// looked at.
///
/// # Errors
/// If one does not open, or the store fails.
pub async fn renew_messages(
    cx: &Services,
    conn: &impl ConnectionTrait,
    after: TextMessageId,
    rows: u64,
) -> AppResult<(u64, Option<TextMessageId>)> {
    let (keys, ids) = (&cx.keys.fields, &*cx.ids);
    let rows = store::list_after(conn, after, rows).await?;
    let mut renewed = 0;
    for row in &rows {
        if let Some(phone) = keys.renew(PHONE.of(row.id.0), &row.phone, ids)? {
            store::renew_phone(conn, row, phone).await?;
            renewed += 1;
        }
        let Some(parameters) = &row.parameters else { continue };
        if let Some(parameters) = keys.renew(PARAMETERS.of(row.id.0), parameters, ids)? {
            store::renew_parameters(conn, row, parameters).await?;
            renewed += 1;
        }
    }
    Ok((renewed, rows.last().map(|row| row.id)))
}

/// The keys that the messages after `after` are sealed by, and the last message that was looked at.
///
/// # Errors
/// If the store fails.
pub async fn keys_of_messages(
    cx: &Services,
    after: TextMessageId,
    rows: u64,
) -> AppResult<(Vec<KeyId>, Option<TextMessageId>)> {
    let rows = store::list_after(cx.db.read(), after, rows).await?;
    let sealed = rows.iter().flat_map(|row| std::iter::once(&row.phone).chain(&row.parameters));
    let keys = sealed.map(Sealed::key).collect::<AppResult<_>>()?;
    Ok((keys, rows.last().map(|row| row.id)))
}
