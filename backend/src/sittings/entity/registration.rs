//! Registrations of learners for exam sessions.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamSessionId, ProviderId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub exam_session_id: ExamSessionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    pub registered_at: Timestamp,
    /// The division of the class from which the learner came, if they were in one.
    pub division: Option<String>,
    /// Whose class that was.
    pub provider_id: Option<ProviderId>,
    /// `QualificationReview`, if it is reviewed.
    pub review: Option<String>,
    /// Why it was refused, if it was.
    pub review_reason: Option<String>,
    /// When it was taken back, if it was and they did not register again.
    pub withdrawn_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
