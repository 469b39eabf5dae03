//! Items of papers.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{ItemId, PaperId},
    points::Points,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub paper_id: PaperId,
    /// From 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub item_id: ItemId,
    /// The newest when somebody proposed to seal the paper.
    pub proposed_version: Option<i32>,
    /// Pinned when the paper is sealed.
    pub item_version: Option<i32>,
    /// The version of the rules that score it, pinned when the paper is sealed.
    pub scorer_version: Option<i32>,
    /// Indices of the options that are not shuffled, as JSON; kept when the paper is sealed, if there are any.
    pub pinned_options: Option<String>,
    /// The same of each of its questions on one material; absent also in papers that were sealed before these were shuffled.
    pub pinned_parts: Option<String>,
    /// What counts: nothing where it is tried.
    pub points: Points,
    /// What it looks as if it were worth where it is tried; absent where it counts.
    pub trial_points: Option<Points>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
