//! Proposals to open closed papers, and who opened them.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, PaperId, PaperOpeningId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper_opening")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaperOpeningId,
    pub paper_id: PaperId,
    pub proposed_by: AccountId,
    pub proposed_at: Timestamp,
    /// Why it has to be seen.
    pub reason: String,
    /// Never who proposed it.
    pub opened_by: Option<AccountId>,
    pub opened_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
