//! A message is written down with the fact that it tells of, in the same transaction.

use super::{
    entity::text_message,
    fields::{PHONE, Parameters, seal_parameters},
    jobs::TEXT_QUEUED,
    store,
};
use crate::platform::{
    Services,
    crypto::{BlindIndex, Plain},
    db::Tx,
    error::{AppError, AppResult},
};
use serde_json::json;
use shared::{
    ids::{AccountId, PersonId, TextMessageId},
    messages::{
        MessageCounts, MessageFailure, MessageKind, MessageLimits, MessageRefusal, MessageState, PHONE_WINDOW_S,
        SENDER_WINDOW_S, judge_limits,
    },
    time::Timestamp,
};

/// How many somebody may get and send.
const LIMITS: MessageLimits = MessageLimits::USUAL;

/// A message that somebody asks for.
pub struct NewMessage {
    /// To whom.
    pub person_id: PersonId,
    /// Their phone.
    pub phone: Plain,
    /// What it is about.
    pub kind: MessageKind,
    /// What the template does not say.
    pub parameters: Vec<(&'static str, String)>,
    /// From when on it would come too late.
    pub expires_at: Timestamp,
    /// Who asks.
    pub asked_by: AccountId,
}

/// Whether text messages can be sent at all.
#[must_use]
pub fn is_offered(cx: &Services) -> bool {
    cx.sms.is_some()
}

/// Queues one message.
///
/// # Errors
/// [`MessageRefusal`] if none are sent, or if its phone or sender has had as many as they may.
pub async fn queue(cx: &Services, tx: &Tx, new: &NewMessage) -> AppResult<TextMessageId> {
    if !is_offered(cx) {
        return Err(AppError::refused(MessageRefusal::NotOffered));
    }
    let by_sender = count_by_sender(tx, new.asked_by).await?;
    let phone_index = cx.keys.fields.blind_index(PHONE, new.phone.reveal());
    judge(tx, &phone_index, by_sender).await?.map_err(AppError::refused)?;
    write(cx, tx, new, phone_index, None).await
}

/// Queues what tells several persons of one thing. One that a limit keeps back is noted as such, and keeps no
/// other back; what is owed to all of them no sender's limit keeps back. How many are queued.
///
/// # Errors
/// If the store fails.
pub async fn queue_all(cx: &Services, tx: &Tx, news: &[NewMessage]) -> AppResult<u64> {
    let Some(first) = news.first().filter(|_| is_offered(cx)) else { return Ok(0) };
    let before = count_by_sender(tx, first.asked_by).await?;
    let mut queued = 0;
    for new in news {
        let phone_index = cx.keys.fields.blind_index(PHONE, new.phone.reveal());
        let by_sender = if new.kind.is_owed() { 0 } else { before + queued };
        let refusal = judge(tx, &phone_index, by_sender).await?.err();
        write(cx, tx, new, phone_index, refusal.map(MessageFailure::of)).await?;
        queued += u64::from(refusal.is_none());
    }
    tx.note("texts", queued);
    Ok(queued)
}

/// Lets what still waits of a kind to a person go nowhere: something else has taken its place.
///
/// # Errors
/// If the store fails.
pub async fn take_back(tx: &Tx, person_id: PersonId, kind: MessageKind) -> AppResult<()> {
    store::expire_waiting(tx.conn(), person_id, kind).await.map(drop)
}

async fn count_by_sender(tx: &Tx, asked_by: AccountId) -> AppResult<u64> {
    store::count_by_sender(tx.conn(), asked_by, tx.now().plus_s(-SENDER_WINDOW_S)).await
}

async fn judge(tx: &Tx, phone: &BlindIndex, by_sender: u64) -> AppResult<Result<(), MessageRefusal>> {
    let to_phone = store::count_to_phone(tx.conn(), phone, tx.now().plus_s(-PHONE_WINDOW_S)).await?;
    Ok(judge_limits(MessageCounts { to_phone, by_sender }, &LIMITS))
}

/// Writes a message down; one with a failure is settled at once, and nothing is kept of what it would have said.
async fn write(
    cx: &Services,
    tx: &Tx,
    new: &NewMessage,
    phone_index: BlindIndex,
    failure: Option<MessageFailure>,
) -> AppResult<TextMessageId> {
    let id: TextMessageId = cx.ids.new_id();
    let parameters: Parameters =
        new.parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let (state, parameters) = match failure {
        None => (MessageState::Queued, Some(seal_parameters(cx, id, &parameters)?)),
        Some(_) => (MessageState::Failed, None),
    };
    let row = text_message::Model {
        id,
        kind: new.kind.as_str().to_owned(),
        person_id: new.person_id,
        phone: cx.keys.fields.seal(PHONE.of(id.0), new.phone.reveal(), &*cx.ids)?,
        phone_index,
        parameters,
        state: state.as_str().to_owned(),
        failure: failure.map(|failure| failure.as_str().to_owned()),
        attempts: 0,
        next_try_at: tx.now(),
        expires_at: new.expires_at,
        provider_message_id: None,
        asked_by: new.asked_by,
        created_at: tx.now(),
        sent_at: None,
    };
    store::insert(tx.conn(), row).await?;
    if failure.is_none() {
        tx.emit(TEXT_QUEUED, json!({ "message_id": id }));
    }
    Ok(id)
}
