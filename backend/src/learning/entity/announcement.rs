//! Announcements of classes.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, AnnouncementId, ClassId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "announcement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AnnouncementId,
    pub class_id: ClassId,
    pub title: String,
    pub text: String,
    /// The last day on which it is shown.
    pub until: String,
    /// One more than how often it was edited.
    pub version: i32,
    pub written_by: AccountId,
    pub written_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub withdrawn_by: Option<AccountId>,
    pub withdrawn_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
