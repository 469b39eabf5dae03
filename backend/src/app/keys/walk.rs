//! The walk over everything that is sealed, chunk by chunk.

use crate::{
    enrolment, identity, item_bank, learning, messages, papers, people,
    platform::{
        Services,
        crypto::KeyId,
        error::AppResult,
        sealed::{SMALL_ROWS, SealedColumn, SealedRow},
    },
    roster, sittings, teaching,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use shared::ids::{AccountId, PersonDocumentId, PersonId, TextMessageId};
use uuid::Uuid;

/// Every column of sealed bytes, over all features, in the order of the walk.
#[must_use]
pub fn sealed_columns() -> Vec<SealedColumn> {
    [
        people::SEALED,
        roster::SEALED,
        enrolment::SEALED,
        learning::SEALED,
        teaching::SEALED,
        papers::SEALED,
        sittings::SEALED,
        item_bank::SEALED,
    ]
    .concat()
}

/// Where a walk over everything is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Walk {
    /// Numbers of documents.
    Documents { after: PersonDocumentId },
    /// Phones.
    People { after: PersonId },
    /// Secrets of second factors.
    Secrets { after: AccountId },
    /// Text messages.
    Messages { after: TextMessageId },
    /// One of [`sealed_columns`].
    Bytes { column: usize, after: SealedRow },
}

impl Default for Walk {
    fn default() -> Self {
        Self::Documents { after: PersonDocumentId(Uuid::nil()) }
    }
}

impl Walk {
    /// What is walked over when this is done.
    fn next(self) -> Option<Self> {
        let column = match self {
            Self::Documents { .. } => return Some(Self::People { after: PersonId(Uuid::nil()) }),
            Self::People { .. } => return Some(Self::Secrets { after: AccountId(Uuid::nil()) }),
            Self::Secrets { .. } => return Some(Self::Messages { after: TextMessageId(Uuid::nil()) }),
            Self::Messages { .. } => 0,
            Self::Bytes { column, .. } => column + 1,
        };
        (column < sealed_columns().len()).then_some(Self::Bytes { column, after: SealedRow::default() })
    }

    /// Seals the next chunk by the newest key: how many values it sealed anew, and where the walk goes on.
    pub(super) async fn renew_chunk(
        self,
        cx: &Services,
        conn: &impl ConnectionTrait,
    ) -> AppResult<(u64, Option<Self>)> {
        let (renewed, further) = match self {
            Self::Documents { after } => {
                let (renewed, last) = people::renew_numbers(cx, conn, after, SMALL_ROWS).await?;
                (renewed, last.map(|after| Self::Documents { after }))
            }
            Self::People { after } => {
                let (renewed, last) = people::renew_phones(cx, conn, after, SMALL_ROWS).await?;
                (renewed, last.map(|after| Self::People { after }))
            }
            Self::Secrets { after } => {
                let (renewed, last) = identity::renew_secrets(cx, conn, after, SMALL_ROWS).await?;
                (renewed, last.map(|after| Self::Secrets { after }))
            }
            Self::Messages { after } => {
                let (renewed, last) = messages::renew_messages(cx, conn, after, SMALL_ROWS).await?;
                (renewed, last.map(|after| Self::Messages { after }))
            }
            Self::Bytes { column, after } => match sealed_columns().get(column) {
                Some(bytes) => {
                    let (renewed, last) = bytes.renew_after(cx, conn, after).await?;
                    (renewed, last.map(|after| Self::Bytes { column, after }))
                }
                None => (0, None),
            },
        };
        Ok((renewed, further.or(self.next())))
    }

    /// The keys of the next chunk, and where the walk goes on.
    pub(super) async fn keys_of_chunk(self, cx: &Services) -> AppResult<(Vec<KeyId>, Option<Self>)> {
        let (keys, further) = match self {
            Self::Documents { after } => {
                let (keys, last) = people::keys_of_numbers(cx, after, SMALL_ROWS).await?;
                (keys, last.map(|after| Self::Documents { after }))
            }
            Self::People { after } => {
                let (keys, last) = people::keys_of_phones(cx, after, SMALL_ROWS).await?;
                (keys, last.map(|after| Self::People { after }))
            }
            Self::Secrets { after } => {
                let (keys, last) = identity::keys_of_secrets(cx, after, SMALL_ROWS).await?;
                (keys, last.map(|after| Self::Secrets { after }))
            }
            Self::Messages { after } => {
                let (keys, last) = messages::keys_of_messages(cx, after, SMALL_ROWS).await?;
                (keys, last.map(|after| Self::Messages { after }))
            }
            Self::Bytes { column, after } => match sealed_columns().get(column) {
                Some(bytes) => {
                    let (keys, last) = bytes.keys_after(cx, after).await?;
                    (keys, last.map(|after| Self::Bytes { column, after }))
                }
                None => (Vec::new(), None),
            },
        };
        Ok((keys, further.or(self.next())))
    }
}
