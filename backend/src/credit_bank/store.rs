//! Statements on the feature's tables.

mod approvals;
mod diplomas;
mod graduation_rules;
mod graduations;
mod revocations;

pub(super) use approvals::*;
pub(super) use diplomas::*;
pub(super) use graduation_rules::*;
pub(super) use graduations::*;
pub(super) use revocations::*;

use super::entity::{certificate, certificate_counter, certificate_event, study_proof};
use crate::platform::error::AppResult;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict},
};
use shared::{
    credit_bank::CertificateState,
    ids::{AccountId, CertificateId, SittingId},
};
use std::{collections::HashSet, ops::Range};
use uuid::Uuid;

/// Rows that one statement inserts.
const ROWS: usize = 200;

/// Takes `count` values of a counter; other writers wait until this write ends.
pub(super) async fn take_numbers(conn: &impl ConnectionTrait, name: &str, count: i64) -> AppResult<Range<i64>> {
    use certificate_counter::{ActiveModel, Column, Entity};
    let first = ActiveModel { name: Set(name.to_owned()), next: Set(0) };
    let unless_there = OnConflict::column(Column::Name).do_nothing().to_owned();
    Entity::insert(first).on_conflict(unless_there).exec_without_returning(conn).await?;
    Entity::update_many()
        .col_expr(Column::Next, Expr::col(Column::Next).add(count))
        .filter(Column::Name.eq(name))
        .exec(conn)
        .await?;
    let next = Entity::find_by_id(name.to_owned()).one(conn).await?.map_or(0, |row| row.next);
    Ok(next - count..next)
}

/// Where a counter stands; 0 before its first use.
pub(super) async fn next_number(conn: &impl ConnectionTrait, name: &str) -> AppResult<i64> {
    let row = certificate_counter::Entity::find_by_id(name.to_owned()).one(conn).await?;
    Ok(row.map_or(0, |row| row.next))
}

/// Which of these sittings have a certificate.
pub(super) async fn list_certified(
    conn: &impl ConnectionTrait,
    sittings: &[SittingId],
) -> AppResult<HashSet<SittingId>> {
    let mut certified = HashSet::new();
    for sittings in sittings.chunks(ROWS) {
        let found: Vec<SittingId> = certificate::Entity::find()
            .select_only()
            .column(certificate::Column::SittingId)
            .filter(certificate::Column::SittingId.is_in(sittings.iter().copied()))
            .into_tuple()
            .all(conn)
            .await?;
        certified.extend(found);
    }
    Ok(certified)
}

pub(super) async fn insert_certificates(
    conn: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = certificate::Model>,
) -> AppResult<()> {
    let rows: Vec<_> = rows.into_iter().map(certificate::ActiveModel::from).collect();
    for rows in rows.chunks(ROWS) {
        certificate::Entity::insert_many(rows.to_vec()).exec_without_returning(conn).await?;
    }
    Ok(())
}

pub(super) async fn insert_events(
    conn: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = certificate_event::Model>,
) -> AppResult<()> {
    let rows: Vec<_> = rows.into_iter().map(certificate_event::ActiveModel::from).collect();
    for rows in rows.chunks(ROWS) {
        certificate_event::Entity::insert_many(rows.to_vec()).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// The states that were noted of a certificate, in no order: the clocks of those who noted them differ.
pub(super) async fn list_noted_states(conn: &impl ConnectionTrait, id: CertificateId) -> AppResult<Vec<String>> {
    use certificate_event::Column;
    let noted = certificate_event::Entity::find().select_only().column(Column::State);
    Ok(noted.filter(Column::CertificateId.eq(id)).into_tuple().all(conn).await?)
}

/// The newest step that was noted of any certificate.
pub(super) async fn find_newest_step(conn: &impl ConnectionTrait) -> AppResult<Option<Uuid>> {
    use certificate_event::Column::Id;
    let newest = certificate_event::Entity::find().select_only().column(Id).order_by_desc(Id);
    Ok(newest.into_tuple().one(conn).await?)
}

/// Whether this person issued or submitted the certificate.
pub(super) async fn has_acted(conn: &impl ConnectionTrait, id: CertificateId, person: AccountId) -> AppResult<bool> {
    use certificate_event::Column;
    let states = [CertificateState::Issued, CertificateState::Submitted].map(CertificateState::as_str);
    let own = certificate_event::Entity::find()
        .filter(Column::CertificateId.eq(id))
        .filter(Column::ActorId.eq(person))
        .filter(Column::State.is_in(states));
    Ok(own.one(conn).await?.is_some())
}

pub(super) async fn find(conn: &impl ConnectionTrait, id: CertificateId) -> AppResult<Option<certificate::Model>> {
    Ok(certificate::Entity::find_by_id(id).one(conn).await?)
}

/// Number and document of the certificates after this one, in the order of their ids.
pub(super) async fn list_documents_after(
    conn: &impl ConnectionTrait,
    after: CertificateId,
    rows: u64,
) -> AppResult<Vec<(CertificateId, String, String)>> {
    use certificate::Column;
    let query = certificate::Entity::find().select_only().columns([Column::Id, Column::Number, Column::Document]);
    let query = query.filter(Column::Id.gt(after)).order_by_asc(Column::Id).limit(rows);
    Ok(query.into_tuple().all(conn).await?)
}

pub(super) async fn find_by_number(conn: &impl ConnectionTrait, number: &str) -> AppResult<Option<certificate::Model>> {
    Ok(certificate::Entity::find().filter(certificate::Column::Number.eq(number)).one(conn).await?)
}

/// The newest certificate of a sitting.
pub(super) async fn find_newest_edition(
    conn: &impl ConnectionTrait,
    sitting_id: SittingId,
) -> AppResult<Option<certificate::Model>> {
    use certificate::Column;
    let of_sitting = certificate::Entity::find().filter(Column::SittingId.eq(sitting_id));
    Ok(of_sitting.order_by_desc(Column::Edition).one(conn).await?)
}

/// The certificates of a sitting in this state.
pub(super) async fn list_editions_in(
    conn: &impl ConnectionTrait,
    sitting_id: SittingId,
    state: CertificateState,
) -> AppResult<Vec<certificate::Model>> {
    use certificate::Column;
    let of_sitting = certificate::Entity::find().filter(Column::SittingId.eq(sitting_id));
    Ok(of_sitting.filter(Column::State.eq(state.as_str())).all(conn).await?)
}

/// Moves a certificate that still stands as it was read; whether it did.
pub(super) async fn set_state(
    conn: &impl ConnectionTrait,
    read: &certificate::Model,
    state: CertificateState,
    reason: &str,
) -> AppResult<bool> {
    use certificate::Column;
    let moved = certificate::Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::Reason, Expr::value(reason))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(read.id))
        .filter(Column::Version.eq(read.version))
        .exec(conn)
        .await?;
    Ok(moved.rows_affected == 1)
}

/// Certificates of divisions that begin with one of `prefixes`, in a state if one is told and within a condition, the
/// newest first, from after `after`.
pub(super) async fn list_below(
    conn: &impl ConnectionTrait,
    prefixes: &[String],
    (state, within): (Option<CertificateState>, Condition),
    after: Option<CertificateId>,
    rows: u64,
) -> AppResult<Vec<certificate::Model>> {
    use certificate::Column;
    let mut query = certificate::Entity::find().filter(below(prefixes)).filter(within);
    if let Some(state) = state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query.order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// How many certificates of such divisions are in this state.
pub(super) async fn count_below(
    conn: &impl ConnectionTrait,
    prefixes: &[String],
    state: CertificateState,
) -> AppResult<u64> {
    let found = certificate::Entity::find().filter(certificate::Column::State.eq(state.as_str()));
    Ok(found.filter(below(prefixes)).count(conn).await?)
}

/// Certificates of divisions that begin with one of `prefixes`, of which there is one at least.
fn below(prefixes: &[String]) -> Condition {
    let begins = |prefix: &String| certificate::Column::Division.starts_with(prefix);
    prefixes.iter().fold(Condition::any(), |any, prefix| any.add(begins(prefix)))
}

pub(super) async fn list_of(conn: &impl ConnectionTrait, account_id: AccountId) -> AppResult<Vec<certificate::Model>> {
    let own = certificate::Column::AccountId.eq(account_id);
    Ok(certificate::Entity::find().filter(own).order_by_desc(certificate::Column::Id).all(conn).await?)
}

/// Places of certificates of which one of these states was ever noted, within a range of the status lists.
pub(super) async fn list_noted_places(
    conn: &impl ConnectionTrait,
    states: impl IntoIterator<Item = CertificateState>,
    range: Range<i64>,
) -> AppResult<Vec<i64>> {
    use certificate::Column;
    let noted = certificate_event::Entity::find()
        .select_only()
        .column(certificate_event::Column::CertificateId)
        .filter(certificate_event::Column::State.is_in(states.into_iter().map(CertificateState::as_str)))
        .into_query();
    let places = certificate::Entity::find().select_only().column(Column::StatusIndex);
    let places = places.filter(Column::Id.in_subquery(noted));
    let places = places.filter(Column::StatusIndex.gte(range.start)).filter(Column::StatusIndex.lt(range.end));
    Ok(places.into_tuple().all(conn).await?)
}

/// Places of certificates in one of these states, within a range of the status lists.
pub(super) async fn list_places(
    conn: &impl ConnectionTrait,
    states: impl IntoIterator<Item = CertificateState>,
    range: Range<i64>,
) -> AppResult<Vec<i64>> {
    use certificate::Column;
    let places = certificate::Entity::find()
        .select_only()
        .column(Column::StatusIndex)
        .filter(Column::State.is_in(states.into_iter().map(CertificateState::as_str)))
        .filter(Column::StatusIndex.gte(range.start))
        .filter(Column::StatusIndex.lt(range.end))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(places)
}

/// Keeps a print of study records.
pub(super) async fn insert_study_proof(conn: &impl ConnectionTrait, row: study_proof::Model) -> AppResult<()> {
    study_proof::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// A print of study records by its number.
pub(super) async fn find_study_proof(
    conn: &impl ConnectionTrait,
    number: &str,
) -> AppResult<Option<study_proof::Model>> {
    Ok(study_proof::Entity::find_by_id(number.to_owned()).one(conn).await?)
}
