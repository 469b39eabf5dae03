//! Topics of discussions that teachers opened to classes; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassId, CourseId, DiscussionTopicId, UnitId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion_topic")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DiscussionTopicId,
    pub class_id: ClassId,
    pub title: String,
    pub text: String,
    pub course_id: Option<CourseId>,
    pub unit_id: Option<UnitId>,
    /// As it was when the topic was opened.
    pub unit_title: Option<String>,
    pub opened_by: AccountId,
    pub opened_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
