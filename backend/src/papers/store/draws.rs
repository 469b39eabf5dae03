//! What assemblies are bound to, and whether everybody may read it.

use super::super::entity::{assembly_commitment, assembly_disclosure};
use crate::platform::error::AppResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use shared::{ids::AssemblyId, time::Timestamp};
use std::collections::HashMap;

/// A commitment without the bank, which may be large.
#[derive(FromQueryResult)]
pub(in crate::papers) struct CommitmentHead {
    pub(in crate::papers) assembly_id: AssemblyId,
    pub(in crate::papers) commitment: String,
    pub(in crate::papers) algorithm: i32,
    pub(in crate::papers) is_seed_chosen: bool,
    pub(in crate::papers) committed_at: Timestamp,
}

pub(in crate::papers) async fn insert_commitment(
    conn: &impl ConnectionTrait,
    row: assembly_commitment::Model,
) -> AppResult<()> {
    assembly_commitment::Entity::insert(assembly_commitment::ActiveModel::from(row))
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Commitments, the newest first, from after the last of the page before.
pub(in crate::papers) async fn list_commitments(
    conn: &impl ConnectionTrait,
    after: Option<AssemblyId>,
    rows: u64,
) -> AppResult<Vec<CommitmentHead>> {
    use assembly_commitment::Column;
    let query = assembly_commitment::Entity::find().select_only();
    let query = query.columns([Column::AssemblyId, Column::Commitment, Column::Algorithm]);
    let mut query = query.columns([Column::IsSeedChosen, Column::CommittedAt]);
    if let Some(id) = after {
        query = query.filter(Column::AssemblyId.lt(id));
    }
    Ok(query.order_by_desc(Column::AssemblyId).limit(rows).into_model::<CommitmentHead>().all(conn).await?)
}

/// What was published of one assembly, in hex.
pub(in crate::papers) async fn find_published(
    conn: &impl ConnectionTrait,
    id: AssemblyId,
) -> AppResult<Option<String>> {
    use assembly_commitment::Column;
    let query = assembly_commitment::Entity::find_by_id(id).select_only().column(Column::Commitment);
    Ok(query.into_tuple().one(conn).await?)
}

/// What one assembly is bound to; absent for what was drawn before that was published.
pub(in crate::papers) async fn find_commitment(
    conn: &impl ConnectionTrait,
    id: AssemblyId,
) -> AppResult<Option<assembly_commitment::Model>> {
    Ok(assembly_commitment::Entity::find_by_id(id).one(conn).await?)
}

pub(in crate::papers) async fn insert_disclosure(
    conn: &impl ConnectionTrait,
    row: assembly_disclosure::Model,
) -> AppResult<()> {
    assembly_disclosure::Entity::insert(assembly_disclosure::ActiveModel::from(row))
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Since when everybody may read what these assemblies came of; those that nobody disclosed are missing.
pub(in crate::papers) async fn list_disclosures(
    conn: &impl ConnectionTrait,
    ids: &[AssemblyId],
) -> AppResult<HashMap<AssemblyId, Timestamp>> {
    use assembly_disclosure::Column;
    let query = assembly_disclosure::Entity::find().filter(Column::AssemblyId.is_in(ids.iter().copied()));
    let rows = query.all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.assembly_id, row.disclosed_at)).collect())
}
