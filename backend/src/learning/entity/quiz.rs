//! Quizzes that classes are set.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassId, CourseId, QuizId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quiz")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: QuizId,
    pub class_id: ClassId,
    pub course_id: CourseId,
    pub title: String,
    /// Its exercises as they were when it was set, with the units that they are of.
    pub items: String,
    /// How often a learner may do it.
    pub attempts: i32,
    pub feedback: String,
    /// The last day on which it may be done.
    pub until: String,
    pub set_by: AccountId,
    pub set_at: Timestamp,
    pub withdrawn_by: Option<AccountId>,
    pub withdrawn_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
