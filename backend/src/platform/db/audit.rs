//! The append-only, hash-chained audit log.

use super::{Permission, entity};
use crate::platform::error::{AppError, AppResult};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, sea_query::Expr,
};
use sha2::{Digest, Sha256};
use shared::time::Timestamp;

/// The one row that names the end of the chain.
const HEAD: i32 = 1;

/// One link of the chain.
pub type AuditEntry = entity::audit_entry::Model;

/// Adds a link. Taking the head's row first makes writers queue here, at the end of their work.
pub(super) async fn append(
    conn: &impl ConnectionTrait,
    permit: &impl Permission,
    now: Timestamp,
    detail: String,
) -> AppResult<()> {
    use entity::{audit_entry, audit_head};
    audit_head::Entity::update_many()
        .col_expr(audit_head::Column::Seq, Expr::col(audit_head::Column::Seq).add(1))
        .filter(audit_head::Column::Id.eq(HEAD))
        .exec(conn)
        .await?;
    let head = audit_head::Entity::find_by_id(HEAD)
        .one(conn)
        .await?
        .ok_or_else(|| AppError::internal("the audit chain has no head"))?;
    let mut entry = AuditEntry {
        seq: head.seq,
        at: now,
        actor_id: permit.actor_id(),
        right: permit.right().to_owned(),
        target: permit.target(),
        request_id: permit.request_id().to_owned(),
        detail,
        previous_hash: head.hash,
        hash: String::new(),
    };
    entry.hash = link_hash(&entry);
    let new_head = audit_head::ActiveModel { id: Set(HEAD), seq: Set(head.seq), hash: Set(entry.hash.clone()) };
    audit_head::Entity::update(new_head).exec(conn).await?;
    audit_entry::Entity::insert(audit_entry::ActiveModel::from(entry)).exec_without_returning(conn).await?;
    Ok(())
}

/// Walks the whole chain. `Err` names the first entry that does not fit.
///
/// # Errors
/// If the store fails.
pub async fn verify_chain(conn: &impl ConnectionTrait) -> AppResult<Result<u64, i64>> {
    use entity::audit_entry::{Column, Entity};
    let mut previous = String::new();
    let mut seen = 0;
    for entry in Entity::find().order_by_asc(Column::Seq).all(conn).await? {
        if entry.previous_hash != previous || entry.hash != link_hash(&entry) {
            return Ok(Err(entry.seq));
        }
        previous = entry.hash;
        seen += 1;
    }
    Ok(Ok(seen))
}

fn link_hash(entry: &AuditEntry) -> String {
    let actor = entry.actor_id.map(|id| id.to_string()).unwrap_or_default();
    let mut hash = Sha256::new();
    for part in [
        &entry.previous_hash,
        &entry.seq.to_string(),
        &entry.at.0.to_string(),
        &actor,
        &entry.right,
        &entry.target,
        &entry.request_id,
        &entry.detail,
    ] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}
