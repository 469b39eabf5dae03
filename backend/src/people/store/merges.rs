//! Statements on merges, and on the two persons of one.

use crate::{
    access::{Scope, lies_in},
    people::entity::{
        person, person_document,
        person_merge::{self, Column},
    },
    platform::error::AppResult,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, SqlErr,
    sea_query::{Expr, OnConflict},
};
use shared::{
    ids::{AccountId, PersonDocumentId, PersonId, PersonMergeId, ProviderId},
    organisation::DivisionCode,
    people::MergeState,
};

/// Persons who may be the same human are few; more names than these are a common name.
const MOST_ALIKE: u64 = 20;

/// Persons within a scope who have this person's name or phone, whoever was added first.
pub(in crate::people) async fn list_alike(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    row: &person::Model,
) -> AppResult<Vec<person::Model>> {
    use person::Column::{Division, Id, MergedInto, Name, PhoneIndex, ProviderId};
    let mut alike = Condition::any().add(Name.eq(row.name.as_str()));
    if let Some(phone) = &row.phone_index {
        alike = alike.add(PhoneIndex.eq(phone.clone()));
    }
    let query = person::Entity::find().filter(alike).filter(scope.within(Division, Some(ProviderId)));
    let query = query.filter(MergedInto.is_null()).filter(Id.ne(row.id));
    Ok(query.order_by_asc(Id).limit(MOST_ALIKE).all(conn).await?)
}

/// Names and birth dates that several of the persons have who are kept there, ascending from after `after`.
pub(in crate::people) async fn list_shared_names(
    conn: &impl ConnectionTrait,
    kept: Condition,
    after: Option<&(String, String)>,
    rows: u64,
) -> AppResult<Vec<(String, String)>> {
    use person::Column::{BirthDate, Id, MergedInto, Name};
    let mut query = person::Entity::find().select_only().column(Name).column(BirthDate).filter(kept);
    query = query.filter(MergedInto.is_null()).filter(BirthDate.is_not_null());
    if let Some((name, born)) = after {
        let further = Name.eq(name.as_str()).and(BirthDate.gt(born.as_str()));
        query = query.filter(Name.gt(name.as_str()).or(further));
    }
    let query = query.group_by(Name).group_by(BirthDate).having(Id.count().gt(1));
    Ok(query.order_by_asc(Name).order_by_asc(BirthDate).limit(rows).into_tuple().all(conn).await?)
}

/// The persons kept there who have one of these names with its birth date, whoever was added first.
pub(in crate::people) async fn list_named(
    conn: &impl ConnectionTrait,
    kept: Condition,
    names: &[(String, String)],
) -> AppResult<Vec<person::Model>> {
    use person::Column::{BirthDate, Id, MergedInto, Name};
    // A condition without any part would show everybody.
    let nobody = Condition::any().add(Expr::value(false));
    let named =
        names.iter().fold(nobody, |any, (name, born)| any.add(Name.eq(name.as_str()).and(BirthDate.eq(born.as_str()))));
    let query = person::Entity::find().filter(kept).filter(named).filter(MergedInto.is_null());
    Ok(query.order_by_asc(Id).all(conn).await?)
}

/// Merges of two of these persons, the newest first.
pub(in crate::people) async fn list_merges_among(
    conn: &impl ConnectionTrait,
    ids: &[PersonId],
) -> AppResult<Vec<person_merge::Model>> {
    let among = person_merge::Entity::find().filter(Column::SurvivorId.is_in(ids.iter().copied()));
    let among = among.filter(Column::MergedId.is_in(ids.iter().copied()));
    Ok(among.order_by_desc(Column::Id).all(conn).await?)
}

/// Inserts a merge, unless one of either person is open; how many it inserted.
pub(in crate::people) async fn insert_merge(conn: &impl ConnectionTrait, row: person_merge::Model) -> AppResult<u64> {
    let unless_open = OnConflict::new().do_nothing().to_owned();
    let insert = person_merge::Entity::insert(person_merge::ActiveModel::from(row)).on_conflict(unless_open);
    Ok(insert.exec_without_returning(conn).await?)
}

pub(in crate::people) async fn find_merge(
    conn: &impl ConnectionTrait,
    id: PersonMergeId,
) -> AppResult<Option<person_merge::Model>> {
    Ok(person_merge::Entity::find_by_id(id).one(conn).await?)
}

/// The merge; nobody else takes a step of it until the write ends.
pub(in crate::people) async fn lock_merge(
    conn: &impl ConnectionTrait,
    id: PersonMergeId,
) -> AppResult<Option<person_merge::Model>> {
    Ok(person_merge::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// Stores a merge that was locked.
pub(in crate::people) async fn update_merge(conn: &impl ConnectionTrait, row: person_merge::Model) -> AppResult<()> {
    let id = row.id;
    let row = row.into_active_model().reset_all();
    person_merge::Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Whether a merge of one of these persons waits for its approvals.
pub(in crate::people) async fn has_open_merge(conn: &impl ConnectionTrait, ids: [PersonId; 2]) -> AppResult<bool> {
    let of_them = Condition::any().add(Column::SurvivorId.is_in(ids)).add(Column::MergedId.is_in(ids));
    let open = person_merge::Entity::find().filter(of_them).filter(Column::DecidedAt.is_null());
    Ok(open.count(conn).await? > 0)
}

/// Both persons were kept within this scope.
fn both_within(scope: &Scope) -> Condition {
    Condition::all().add(survivor_within(scope)).add(merged_within(scope))
}

/// The survivor was kept within this scope.
fn survivor_within(scope: &Scope) -> Condition {
    scope.within(Column::SurvivorDivision, Some(Column::SurvivorProviderId))
}

/// The merged one was kept within this scope.
fn merged_within(scope: &Scope) -> Condition {
    scope.within(Column::MergedDivision, Some(Column::MergedProviderId))
}

/// Merges across places of which this scope has a side.
fn across_within(scope: &Scope) -> Condition {
    let either = Condition::any().add(survivor_within(scope)).add(merged_within(scope));
    Condition::all().add(Column::IsAcross.eq(true)).add(either)
}

/// How many merges within this scope wait for an approval by somebody who had no hand in them yet.
pub(in crate::people) async fn count_merges_waiting_for(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    approver: AccountId,
) -> AppResult<u64> {
    let has_not_approved = Condition::any().add(Column::ApprovedBy.is_null()).add(Column::ApprovedBy.ne(approver));
    // Across places who was asked answers first, then who asked.
    let asked = Condition::all().add(Column::ApprovedBy.is_null()).add(merged_within(scope));
    let asking = Condition::all().add(Column::ApprovedBy.is_not_null()).add(survivor_within(scope));
    let across = Condition::all().add(Column::IsAcross.eq(true)).add(Condition::any().add(asked).add(asking));
    let here = Condition::all().add(Column::IsAcross.eq(false)).add(both_within(scope));
    let waiting = Condition::any().add(here).add(across);
    let open = person_merge::Entity::find().filter(waiting).filter(Column::DecidedAt.is_null());
    Ok(open.filter(Column::ProposedBy.ne(approver)).filter(has_not_approved).count(conn).await?)
}

/// Merges one of whose persons was kept in a division, as far as these scopes are told.
pub(in crate::people) fn merges_of_division(scopes: &[Scope], code: DivisionCode) -> Condition {
    let merged = Condition::all().add(lies_in(Column::MergedDivision, code)).add(tells_merged(scopes));
    Condition::any().add(lies_in(Column::SurvivorDivision, code)).add(merged)
}

/// Merges one of whose persons was kept by a school, as far as these scopes are told.
pub(in crate::people) fn merges_of_school(scopes: &[Scope], id: ProviderId) -> Condition {
    let survivor = Condition::all().add(Column::SurvivorProviderId.eq(id)).add(tells_survivor(scopes));
    let merged = Condition::all().add(Column::MergedProviderId.eq(id)).add(tells_merged(scopes));
    Condition::any().add(survivor).add(merged)
}

/// Merges both of whose places have agreed, or one alone had to.
fn is_agreed() -> Condition {
    Condition::any().add(Column::IsAcross.eq(false)).add(Column::ApprovedBy.is_not_null())
}

/// Merges of which these scopes are told where the survivor was kept, to the school.
fn tells_survivor(scopes: &[Scope]) -> Condition {
    scopes.iter().fold(is_agreed(), |any, scope| any.add(survivor_within(scope)))
}

/// Merges of which these scopes are told where the merged one was kept.
fn tells_merged(scopes: &[Scope]) -> Condition {
    scopes.iter().fold(is_agreed(), |any, scope| any.add(merged_within(scope)))
}

/// Merges that stand there.
pub(in crate::people) fn merges_in_state(state: MergeState) -> Condition {
    Condition::all().add(Column::State.eq(state.as_str()))
}

/// Merges both of whose persons were kept within one of these scopes, or one of them if it goes across, and that fulfil
/// `also`, the newest first, from after `after`.
pub(in crate::people) async fn list_merges(
    conn: &impl ConnectionTrait,
    scopes: &[Scope],
    also: Condition,
    after: Option<PersonMergeId>,
    rows: u64,
) -> AppResult<Vec<person_merge::Model>> {
    let seen = |any: Condition, scope: &Scope| any.add(both_within(scope)).add(across_within(scope));
    let seen = scopes.iter().fold(Condition::any(), seen);
    let mut query = person_merge::Entity::find().filter(seen).filter(also);
    if let Some(after) = after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query.order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// Says into whom a person went; nobody, if it is undone. Both persons are one version further.
pub(in crate::people) async fn set_merged_into(
    conn: &impl ConnectionTrait,
    merged: PersonId,
    survivor: PersonId,
    is_merged: bool,
) -> AppResult<()> {
    use person::Column::{Id, MergedInto, Version};
    let into = is_merged.then_some(survivor.0);
    person::Entity::update_many().col_expr(MergedInto, Expr::value(into)).filter(Id.eq(merged)).exec(conn).await?;
    person::Entity::update_many()
        .col_expr(Version, Expr::col(Version).add(1))
        .filter(Id.is_in([merged, survivor]))
        .exec(conn)
        .await?;
    Ok(())
}

/// Has a person found by a document beside the one that names them, or not.
pub(in crate::people) async fn set_further(
    conn: &impl ConnectionTrait,
    id: PersonDocumentId,
    is_further: bool,
) -> AppResult<()> {
    use person_document::Column::{Id, IsFurther};
    let update = person_document::Entity::update_many().col_expr(IsFurther, Expr::value(is_further));
    update.filter(Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Takes back that a document ended; whether nobody else holds it by now.
pub(in crate::people) async fn reopen_document(conn: &impl ConnectionTrait, id: PersonDocumentId) -> AppResult<bool> {
    use person_document::Column::{EndedAt, EndedBecause, EndedBy, Id};
    let update = person_document::Entity::update_many()
        .col_expr(EndedBy, Expr::value(None::<uuid::Uuid>))
        .col_expr(EndedAt, Expr::value(None::<i64>))
        .col_expr(EndedBecause, Expr::value(None::<String>))
        .filter(Id.eq(id));
    match update.exec(conn).await {
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Ok(false),
        outcome => Ok(outcome?.rows_affected == 1),
    }
}

/// These documents, by their ids.
pub(in crate::people) async fn list_documents_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[PersonDocumentId],
) -> AppResult<Vec<person_document::Model>> {
    let these = person_document::Column::Id.is_in(ids.iter().copied());
    Ok(person_document::Entity::find().filter(these).all(conn).await?)
}
