//! Text messages.

use crate::platform::crypto::{BlindIndex, Sealed};
use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, PersonId, TextMessageId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "text_message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TextMessageId,
    /// What it is about; it names the template.
    pub kind: String,
    pub person_id: PersonId,
    pub phone: Sealed,
    pub phone_index: BlindIndex,
    /// What the template does not say, until it is erased; nothing of a message that was never to be sent.
    pub parameters: Option<Sealed>,
    pub state: String,
    pub failure: Option<String>,
    pub attempts: i32,
    /// Not before this moment.
    pub next_try_at: Timestamp,
    /// From this moment on it would come too late.
    pub expires_at: Timestamp,
    /// What the gateway calls it.
    pub provider_message_id: Option<String>,
    pub asked_by: AccountId,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
