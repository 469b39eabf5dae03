//! What is proposed to be made void.

use super::below;
use crate::{
    credit_bank::entity::{
        certificate,
        revocation_proposal::{ActiveModel, Column, Entity, Model},
    },
    platform::error::AppResult,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::OnConflict,
};
use shared::{
    credit_bank::CertificateState,
    ids::{AccountId, CertificateId, IncidentId},
};

/// The certificate; nobody else changes it, or proposes anything of it, until the write ends.
pub(in crate::credit_bank) async fn lock(
    conn: &impl ConnectionTrait,
    id: CertificateId,
) -> AppResult<Option<certificate::Model>> {
    Ok(certificate::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

pub(in crate::credit_bank) async fn find_proposal(
    conn: &impl ConnectionTrait,
    id: CertificateId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// Keeps a proposal, unless there is one.
pub(in crate::credit_bank) async fn insert_proposal(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    let unless_there = OnConflict::column(Column::CertificateId).do_nothing().to_owned();
    Entity::insert(ActiveModel::from(row)).on_conflict(unless_there).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::credit_bank) async fn delete_proposal(conn: &impl ConnectionTrait, id: CertificateId) -> AppResult<()> {
    Entity::delete_by_id(id).exec(conn).await?;
    Ok(())
}

/// Takes back what an incident proposed; how many there were.
pub(in crate::credit_bank) async fn delete_proposals_of(conn: &impl ConnectionTrait, id: IncidentId) -> AppResult<u64> {
    Ok(Entity::delete_many().filter(Column::IncidentId.eq(id)).exec(conn).await?.rows_affected)
}

/// The certificates that an incident proposed to make void.
pub(in crate::credit_bank) async fn list_proposed_by(
    conn: &impl ConnectionTrait,
    id: IncidentId,
) -> AppResult<Vec<certificate::Model>> {
    let proposed = Entity::find().select_only().column(Column::CertificateId).filter(Column::IncidentId.eq(id));
    let these = certificate::Column::Id.in_subquery(proposed.into_query());
    Ok(certificate::Entity::find().filter(these).all(conn).await?)
}

/// What is proposed of these certificates.
pub(in crate::credit_bank) async fn list_proposals(
    conn: &impl ConnectionTrait,
    ids: &[CertificateId],
) -> AppResult<Vec<Model>> {
    Ok(Entity::find().filter(Column::CertificateId.is_in(ids.iter().copied())).all(conn).await?)
}

/// Certificates that wait for this person to confirm that they are made void.
pub(in crate::credit_bank) fn awaiting_revocation(person: AccountId) -> Condition {
    let proposed = Entity::find().select_only().column(Column::CertificateId).filter(Column::ProposedBy.ne(person));
    let over = [CertificateState::Revoked, CertificateState::Superseded].map(CertificateState::as_str);
    Condition::all()
        .add(certificate::Column::Id.in_subquery(proposed.into_query()))
        .add(certificate::Column::State.is_not_in(over))
}

/// How many of such divisions wait for this person.
pub(in crate::credit_bank) async fn count_awaiting_revocation(
    conn: &impl ConnectionTrait,
    prefixes: &[String],
    person: AccountId,
) -> AppResult<u64> {
    let found = certificate::Entity::find().filter(awaiting_revocation(person)).filter(below(prefixes));
    Ok(found.count(conn).await?)
}
