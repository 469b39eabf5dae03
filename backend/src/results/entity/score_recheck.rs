//! Rechecks that candidates asked for, and what came of them.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamSessionId, ScoreRecheckId, SittingId},
    points::Points,
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "score_recheck")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ScoreRecheckId,
    pub sitting_id: SittingId,
    pub exam_session_id: ExamSessionId,
    /// Where the test lies.
    pub division: String,
    pub state: String,
    pub asked_at: Timestamp,
    /// Who looked at it last.
    pub settled_by: Option<AccountId>,
    pub settled_at: Option<Timestamp>,
    /// What they found.
    pub reason: Option<String>,
    /// The points that they found to be others, as JSON.
    pub corrections: Option<String>,
    /// The score with these.
    pub score_after: Option<Points>,
    /// Who confirmed that the result is another.
    pub confirmed_by: Option<AccountId>,
    pub confirmed_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
