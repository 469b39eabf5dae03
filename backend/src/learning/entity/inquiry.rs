//! Questions of learners to those who keep or teach their class.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassId, CourseId, InquiryId, UnitId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inquiry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InquiryId,
    pub class_id: ClassId,
    pub course_id: CourseId,
    pub unit_id: UnitId,
    /// As it was when it was asked.
    pub unit_title: String,
    /// Who asked.
    pub account_id: AccountId,
    pub text: String,
    pub state: String,
    pub asked_at: Timestamp,
    pub answer: Option<String>,
    pub answered_by: Option<AccountId>,
    pub answered_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// Whether the class sees it.
    pub is_public: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
