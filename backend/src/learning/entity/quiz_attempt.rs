//! What learners answered in quizzes; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, QuizAttemptId, QuizId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quiz_attempt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: QuizAttemptId,
    pub quiz_id: QuizId,
    pub account_id: AccountId,
    /// The answers, in order.
    pub responses: String,
    /// The points of each item, in order.
    pub points: String,
    pub handed_in_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
