//! Course certificates.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CertificateId, CourseId, ExamSessionId, SittingId},
    points::Points,
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CertificateId,
    /// 18 digits.
    pub number: String,
    /// The place in the status lists.
    pub status_index: i64,
    pub account_id: AccountId,
    pub course_id: CourseId,
    pub exam_session_id: ExamSessionId,
    pub sitting_id: SittingId,
    /// The city whose bureau audits it.
    pub division: String,
    pub state: String,
    pub version: i32,
    pub reason: String,
    pub course_title: String,
    pub exam_session_title: String,
    pub score: Points,
    pub grade: String,
    /// The signed credential.
    pub document: String,
    pub issued_by: AccountId,
    pub issued_at: Timestamp,
    /// Counts the certificates of a sitting; the newest takes the place of those before.
    pub edition: i32,
    /// The name that it was issued to.
    pub holder_name: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
