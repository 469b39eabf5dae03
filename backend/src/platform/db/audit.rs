//! The append-only, hash-chained audit log.

use super::{Permission, entity};
use crate::platform::error::{AppError, AppResult};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use sha2::{Digest, Sha256};
use shared::{ids::AccountId, time::Timestamp};

/// The one row that names the end of the chain.
const HEAD: i32 = 1;
/// Entries that one look at the chain takes: some megabytes at most.
pub const CHAIN_PART_ROWS: u64 = 5_000;

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
    let head = find_head(conn).await?;
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

/// Which entries are wanted; all of them unless told.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Done at this instant or later.
    pub from: Option<Timestamp>,
    /// Done before this instant.
    pub before: Option<Timestamp>,
    /// By this right.
    pub right: Option<&'static str>,
    /// By this account.
    pub actor_id: Option<AccountId>,
    /// To this thing.
    pub target: Option<String>,
}

impl AuditFilter {
    fn condition(&self) -> Condition {
        use entity::audit_entry::Column;
        Condition::all()
            .add_option(self.from.map(|from| Column::At.gte(from)))
            .add_option(self.before.map(|before| Column::At.lt(before)))
            .add_option(self.right.map(|right| Column::Right.eq(right)))
            .add_option(self.actor_id.map(|id| Column::ActorId.eq(id)))
            .add_option(self.target.as_deref().map(|target| Column::Target.eq(target)))
    }
}

/// Entries, the newest first, from before `before`.
///
/// # Errors
/// If the store fails.
pub async fn list_entries(
    conn: &impl ConnectionTrait,
    wanted: &AuditFilter,
    before: Option<i64>,
    rows: u64,
) -> AppResult<Vec<AuditEntry>> {
    use entity::audit_entry::{Column, Entity};
    let mut query = Entity::find().filter(wanted.condition());
    if let Some(before) = before {
        query = query.filter(Column::Seq.lt(before));
    }
    Ok(query.order_by_desc(Column::Seq).limit(rows).all(conn).await?)
}

/// What is found of a part of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainPart {
    /// Entries that fit.
    pub checked: u64,
    /// The first entry that does not fit, or is missing.
    pub broken: Option<i64>,
    /// The last entry that fits, if others come after it.
    pub next_after: Option<i64>,
}

/// Walks a part of the chain: at most `rows` entries, from after the entry `after`, which fits; the first part
/// comes after 0. Where the entries end, the head must say the same, so that a chain that was cut is found.
///
/// # Errors
/// If the store fails.
pub async fn verify_part(conn: &impl ConnectionTrait, after: i64, rows: u64) -> AppResult<ChainPart> {
    use entity::audit_entry::{Column, Entity};
    // Read first: a writer moves the head with the entry that it adds, so every entry up to here is there.
    let head = find_head(conn).await?;
    let begin = Entity::find_by_id(after).one(conn).await?;
    let (mut last, mut previous, mut checked) = (after, begin.map(|entry| entry.hash).unwrap_or_default(), 0);
    let query = Entity::find().filter(Column::Seq.gt(after)).filter(Column::Seq.lte(head.seq));
    for entry in query.order_by_asc(Column::Seq).limit(rows).all(conn).await? {
        if entry.previous_hash != previous || entry.hash != link_hash(&entry) {
            return Ok(ChainPart { checked, broken: Some(entry.seq), next_after: None });
        }
        (last, previous) = (entry.seq, entry.hash);
        checked += 1;
    }
    let is_end = checked < rows || last == head.seq;
    let fits_head = last == head.seq && previous == head.hash;
    let broken = (is_end && !fits_head).then_some(last.saturating_add(1));
    Ok(ChainPart { checked, broken, next_after: (!is_end).then_some(last) })
}

/// Walks the whole chain, part by part. `Err` names the first entry that does not fit.
///
/// # Errors
/// If the store fails.
pub async fn verify_chain(conn: &impl ConnectionTrait) -> AppResult<Result<u64, i64>> {
    let (mut after, mut seen) = (0, 0);
    loop {
        let part = verify_part(conn, after, CHAIN_PART_ROWS).await?;
        seen += part.checked;
        match (part.broken, part.next_after) {
            (Some(broken), _) => return Ok(Err(broken)),
            (None, Some(last)) => after = last,
            (None, None) => return Ok(Ok(seen)),
        }
    }
}

async fn find_head(conn: &impl ConnectionTrait) -> AppResult<entity::audit_head::Model> {
    let head = entity::audit_head::Entity::find_by_id(HEAD).one(conn).await?;
    head.ok_or_else(|| AppError::internal("the audit chain has no head"))
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
