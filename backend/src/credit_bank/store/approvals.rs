//! Statements by which many certificates are found at once.

use super::below;
use crate::{
    credit_bank::entity::certificate::{Column, Entity},
    platform::{db::contains, error::AppResult},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::{
    credit_bank::CertificateState,
    ids::{CertificateId, CourseId, ExamSessionId},
};
use std::collections::BTreeSet;

/// By what certificates are narrowed down.
pub(in crate::credit_bank) struct Narrowed<'a> {
    pub(in crate::credit_bank) exam_session_id: Option<ExamSessionId>,
    pub(in crate::credit_bank) course_id: Option<CourseId>,
    /// Stands somewhere in the holder's name.
    pub(in crate::credit_bank) name: Option<&'a str>,
}

impl Narrowed<'_> {
    /// Whether it leaves nothing out.
    pub(in crate::credit_bank) const fn is_anything(&self) -> bool {
        self.exam_session_id.is_none() && self.course_id.is_none() && self.name.is_none()
    }

    /// What fits.
    pub(in crate::credit_bank) fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.exam_session_id.map(|id| Column::ExamSessionId.eq(id)))
            .add_option(self.course_id.map(|id| Column::CourseId.eq(id)))
            .add_option(self.name.map(|name| contains(Column::HolderName, name)))
    }
}

/// Those of these ids.
pub(in crate::credit_bank) fn among(ids: &BTreeSet<CertificateId>) -> Condition {
    Condition::all().add(Column::Id.is_in(ids.iter().copied()))
}

/// Those that fit and wait for the audit.
pub(in crate::credit_bank) fn awaiting_audit(narrowed: &Narrowed<'_>) -> Condition {
    narrowed.condition().add(Column::State.eq(CertificateState::Submitted.as_str()))
}

/// Certificates of divisions that begin with one of `prefixes`, of which there is one at least; the oldest first.
pub(in crate::credit_bank) async fn list_ids_below(
    conn: &impl ConnectionTrait,
    prefixes: &[String],
    within: Condition,
    rows: u64,
) -> AppResult<Vec<CertificateId>> {
    let query = Entity::find().select_only().column(Column::Id).filter(below(prefixes)).filter(within);
    Ok(query.order_by_asc(Column::Id).limit(rows).into_tuple().all(conn).await?)
}
