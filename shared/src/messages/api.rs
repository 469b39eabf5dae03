//! Text messages as staff and persons see them: within `GET /enrolments/{id}` and `GET /me/data`, and the
//! reply of `POST /enrolments/{id}/activation_texts`.

use super::{MessageFailure, MessageKind, MessageState};
use crate::{ids::TextMessageId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// A message to a person. What it says is shown to nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageView {
    /// The message.
    pub id: TextMessageId,
    /// What it is about.
    pub kind: MessageKind,
    /// The phone, masked.
    pub phone_masked: String,
    /// Where it stands.
    pub state: MessageState,
    /// Why it was not sent, or not yet.
    pub failure: Option<MessageFailure>,
    /// How often it was tried.
    pub attempts: u32,
    /// Who asked for it.
    pub asked_by_name: String,
    /// When.
    pub created_at: Timestamp,
    /// When it was handed over.
    pub sent_at: Option<Timestamp>,
}

/// A message as the person sees it to whom it went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnMessage {
    /// What it is about.
    pub kind: MessageKind,
    /// The phone, masked.
    pub phone_masked: String,
    /// Where it stands.
    pub state: MessageState,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was handed over.
    pub sent_at: Option<Timestamp>,
}
