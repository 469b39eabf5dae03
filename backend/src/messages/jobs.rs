//! A message is handed over, tried again while it makes sense, and forgotten after thirty days: one job from
//! its queueing to its end.

use super::{
    entity::text_message,
    fields::{kind_of, open_parameters, open_phone, state_of},
    store,
};
use crate::{
    access::{JobName, Permit, actions},
    platform::{
        Services,
        error::{AppError, AppResult},
        jobs::{Run, Step, Work},
        sms::{OutgoingText, SmsFailure},
        words::word,
    },
};
use serde::{Deserialize, Serialize};
use shared::{
    ids::TextMessageId,
    messages::{KEEP_PARAMETERS_S, MessageFacts, MessageFailure, MessageState, Turn, judge_turn, next_try},
    time::Timestamp,
};

/// Says that a message was queued; the payload is a [`QueuedMessage`].
pub const TEXT_QUEUED: &str = "text_message.queued";

actions! {
    /// Hand a message over, or forget what it said.
    Carry(TextMessageId) = SendMessages;
}

/// Hands a message over.
pub struct SendMessage;

/// What [`SendMessage`] is about.
#[derive(Serialize, Deserialize)]
pub struct QueuedMessage {
    message_id: TextMessageId,
}

impl Work for SendMessage {
    type Input = QueuedMessage;
    const KIND: &'static str = "send_message";
    /// A gateway that fails is counted by the message itself. What else fails must not keep a code for ever.
    const MAX_FAILURES: u32 = u32::MAX;

    async fn run(cx: Services, _: Run, QueuedMessage { message_id }: QueuedMessage) -> AppResult<Step> {
        let Some(row) = store::find(cx.db.read(), message_id).await? else { return Ok(Step::Done) };
        let permit = Permit::<Carry>::for_job(JobName::SendMessages, message_id);
        match judge_turn(&facts(&row)?, cx.clock.now()) {
            Turn::Wait(at) => Ok(Step::Later(at)),
            Turn::Send => hand_over(&cx, &permit, row).await,
            Turn::Expire => {
                expire(&cx, &permit, &row).await?;
                Ok(Step::Later(forgotten_at(&row)))
            }
            Turn::Over => forget(&cx, &permit, &row).await,
        }
    }
}

fn facts(row: &text_message::Model) -> AppResult<MessageFacts> {
    Ok(MessageFacts { state: state_of(row)?, next_try_at: row.next_try_at, expires_at: row.expires_at })
}

/// When what a message said is forgotten.
fn forgotten_at(row: &text_message::Model) -> Timestamp {
    row.created_at.plus_s(KEEP_PARAMETERS_S)
}

async fn expire(cx: &Services, permit: &Permit<Carry>, row: &text_message::Model) -> AppResult<()> {
    cx.db
        .write(permit, async |tx| {
            tx.note("state", MessageState::Expired.as_str());
            store::expire(tx.conn(), row).await.map(drop)
        })
        .await
}

async fn forget(cx: &Services, permit: &Permit<Carry>, row: &text_message::Model) -> AppResult<Step> {
    if row.parameters.is_none() {
        return Ok(Step::Done);
    }
    let at = forgotten_at(row);
    if cx.clock.now() < at {
        return Ok(Step::Later(at));
    }
    cx.db
        .write(permit, async |tx| {
            tx.note("erased", true);
            store::erase(tx.conn(), row.id).await
        })
        .await?;
    Ok(Step::Done)
}

/// Takes a message, hands it over outside of any transaction, and notes what became of it.
async fn hand_over(cx: &Services, permit: &Permit<Carry>, row: text_message::Model) -> AppResult<Step> {
    let text = outgoing(cx, &row)?;
    if !cx.db.write(permit, async |tx| store::take(tx.conn(), &row).await).await? {
        // Somebody has taken it back: the next look knows.
        return Ok(Step::Later(cx.clock.now()));
    }
    let taken =
        text_message::Model { state: MessageState::Sending.as_str().to_owned(), attempts: row.attempts + 1, ..row };
    let outcome = match &cx.sms {
        Some(carrier) => carrier.send(&text).await.map_err(|failure| {
            tracing::warn!(message_id = %taken.id, attempts = taken.attempts, reason = %failure, "text.not_sent");
            match failure {
                SmsFailure::Unreachable { .. } => MessageFailure::Unreachable,
                SmsFailure::Refused { .. } => MessageFailure::Refused,
            }
        }),
        None => Err(MessageFailure::NotOffered),
    };
    match outcome {
        Ok(provider_message_id) => {
            note_sent(cx, permit, &taken, provider_message_id).await?;
            Ok(Step::Later(forgotten_at(&taken)))
        }
        Err(failure) => note_failure(cx, permit, &taken, failure).await,
    }
}

async fn note_sent(
    cx: &Services,
    permit: &Permit<Carry>,
    taken: &text_message::Model,
    provider_message_id: Option<String>,
) -> AppResult<()> {
    cx.db
        .write(permit, async |tx| {
            tx.note("state", MessageState::Sent.as_str());
            store::note_sent(tx.conn(), taken, provider_message_id.clone(), tx.now()).await.map(drop)
        })
        .await?;
    tracing::info!(message_id = %taken.id, attempts = taken.attempts, "text.sent");
    Ok(())
}

async fn note_failure(
    cx: &Services,
    permit: &Permit<Carry>,
    taken: &text_message::Model,
    failure: MessageFailure,
) -> AppResult<Step> {
    let attempts = u32::try_from(taken.attempts).map_err(AppError::internal)?;
    let again_at = next_try(failure, attempts, cx.clock.now());
    cx.db
        .write(permit, async |tx| {
            tx.note("failure", failure.as_str());
            store::note_failure(tx.conn(), taken, failure, again_at).await.map(drop)
        })
        .await?;
    Ok(Step::Later(again_at.unwrap_or_else(|| forgotten_at(taken))))
}

/// The message as it leaves. Texts are in Chinese, whoever reads the page.
fn outgoing(cx: &Services, row: &text_message::Model) -> AppResult<OutgoingText> {
    let (kind, parameters) = (kind_of(row)?, open_parameters(cx, row)?);
    let template = word(&format!("messages.{kind}")).to_owned();
    let fill = |text: String, (name, value): (&String, &String)| text.replace(&format!("{{{name}}}"), value);
    let text = parameters.iter().fold(template, fill);
    Ok(OutgoingText { id: row.id.0, kind, phone: open_phone(cx, row)?, parameters, text })
}
