//! Statements on transfers.

use crate::{
    access::{Scope, lies_in},
    people::entity::{person, person_transfer},
    platform::error::AppResult,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    ids::{AccountId, PersonId, PersonTransferId, ProviderId},
    organisation::DivisionCode,
    people::TransferState,
    time::Timestamp,
};

pub(in crate::people) async fn find_transfer(
    conn: &impl ConnectionTrait,
    id: PersonTransferId,
) -> AppResult<Option<person_transfer::Model>> {
    Ok(person_transfer::Entity::find_by_id(id).one(conn).await?)
}

pub(in crate::people) async fn has_open_transfer(conn: &impl ConnectionTrait, id: PersonId) -> AppResult<bool> {
    use person_transfer::Column;
    let open = person_transfer::Entity::find().filter(Column::PersonId.eq(id)).filter(Column::DecidedAt.is_null());
    Ok(open.count(conn).await? > 0)
}

/// Inserts a transfer unless one of the person is open; how many it inserted.
pub(in crate::people) async fn insert_transfer(
    conn: &impl ConnectionTrait,
    row: person_transfer::Model,
) -> AppResult<u64> {
    let unless_open = OnConflict::new().do_nothing().to_owned();
    let insert = person_transfer::Entity::insert(person_transfer::ActiveModel::from(row)).on_conflict(unless_open);
    Ok(insert.exec_without_returning(conn).await?)
}

/// Transfers that have no answer and wait for that of the places of this scope: that somebody else proposes to them, or
/// asks of them.
pub(in crate::people) fn waiting_for(scope: &Scope, by_others_than: AccountId) -> Condition {
    use person_transfer::Column;
    let to = scope.within(Column::ToDivision, Some(Column::ToProviderId));
    let proposed = Condition::all().add(to).add(Column::IsAsked.eq(false));
    let asked = Condition::all().add(from(scope)).add(Column::IsAsked.eq(true));
    Condition::all()
        .add(Condition::any().add(proposed).add(asked))
        .add(Column::State.eq(TransferState::Proposed.as_str()))
        .add(Column::ProposedBy.ne(by_others_than))
}

pub(in crate::people) async fn count_waiting_for(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    by_others_than: AccountId,
) -> AppResult<u64> {
    Ok(person_transfer::Entity::find().filter(waiting_for(scope, by_others_than)).count(conn).await?)
}

/// Transfers from and to the places of this scope.
pub(in crate::people) fn from_and_to(scope: &Scope) -> Condition {
    use person_transfer::Column;
    let to = scope.within(Column::ToDivision, Some(Column::ToProviderId));
    // What else is asked for is added to it.
    Condition::all().add(Condition::any().add(from(scope)).add(to))
}

/// Transfers from the places of this scope.
fn from(scope: &Scope) -> Condition {
    use person_transfer::Column::{FromDivision, FromProviderId};
    scope.within(FromDivision, Some(FromProviderId))
}

/// Transfers whose sender may be known to who acts for this scope: a place that asks is not told of it.
fn tells_sender(scope: &Scope) -> Condition {
    use person_transfer::Column::{IsAsked, State};
    let is_accepted = State.eq(TransferState::Accepted.as_str());
    Condition::any().add(IsAsked.eq(false)).add(is_accepted).add(from(scope))
}

/// Transfers one of whose sides lies in a division, as far as it is told.
pub(in crate::people) fn of_division(scope: &Scope, code: DivisionCode) -> Condition {
    use person_transfer::Column::{FromDivision, ToDivision};
    let sent = Condition::all().add(lies_in(FromDivision, code)).add(tells_sender(scope));
    Condition::any().add(sent).add(lies_in(ToDivision, code))
}

/// Transfers one of whose sides is a school, as far as it is told.
pub(in crate::people) fn of_school(scope: &Scope, id: ProviderId) -> Condition {
    use person_transfer::Column::{FromProviderId, ToProviderId};
    let sent = Condition::all().add(FromProviderId.eq(id)).add(tells_sender(scope));
    Condition::any().add(sent).add(ToProviderId.eq(id))
}

/// Transfers that stand there.
pub(in crate::people) fn in_state(state: TransferState) -> Condition {
    Condition::all().add(person_transfer::Column::State.eq(state.as_str()))
}

/// How many transfers between two divisions wait for an answer, either way.
pub(in crate::people) async fn count_transfers_between(
    conn: &impl ConnectionTrait,
    one: DivisionCode,
    other: DivisionCode,
) -> AppResult<u64> {
    use person_transfer::Column::{FromDivision, ToDivision};
    let way = |from: DivisionCode, to: DivisionCode| {
        Condition::all().add(FromDivision.eq(from.as_str())).add(ToDivision.eq(to.as_str()))
    };
    let between = Condition::any().add(way(one, other)).add(way(other, one));
    let waiting = person_transfer::Entity::find().filter(in_state(TransferState::Proposed)).filter(between);
    Ok(waiting.count(conn).await?)
}

/// Transfers that fulfil a condition, the newest first, from after `after`.
pub(in crate::people) async fn list_transfers(
    conn: &impl ConnectionTrait,
    wanted: Condition,
    after: Option<PersonTransferId>,
    rows: u64,
) -> AppResult<Vec<person_transfer::Model>> {
    use person_transfer::Column;
    let mut query = person_transfer::Entity::find().filter(wanted);
    if let Some(after) = after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query.order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// Ends a transfer that still is open; whether it was.
pub(in crate::people) async fn settle_transfer(
    conn: &impl ConnectionTrait,
    read: &person_transfer::Model,
    state: TransferState,
    by: AccountId,
    at: Timestamp,
    answer: Option<String>,
) -> AppResult<bool> {
    use person_transfer::Column;
    let update = person_transfer::Entity::update_many().col_expr(Column::State, Expr::value(state.as_str()));
    let update = update.col_expr(Column::DecidedBy, Expr::value(by)).col_expr(Column::DecidedAt, Expr::value(at));
    let update = update.col_expr(Column::Answer, Expr::value(answer)).filter(Column::Id.eq(read.id));
    Ok(update.filter(Column::DecidedAt.is_null()).exec(conn).await?.rows_affected == 1)
}

/// Has a person, whose row is locked, kept at another place.
pub(in crate::people) async fn lead_person(
    conn: &impl ConnectionTrait,
    id: PersonId,
    division: &str,
    provider_id: Option<ProviderId>,
) -> AppResult<()> {
    use person::Column;
    let update = person::Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::Division, Expr::value(division))
        .col_expr(Column::ProviderId, Expr::value(provider_id));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Moves the person of a transfer, if they still are where it began; whether they were.
pub(in crate::people) async fn move_person(
    conn: &impl ConnectionTrait,
    transfer: &person_transfer::Model,
) -> AppResult<bool> {
    use person::Column;
    let update = person::Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::Division, Expr::value(transfer.to_division.as_str()))
        .col_expr(Column::ProviderId, Expr::value(transfer.to_provider_id))
        .col_expr(Column::ResidenceDivision, Expr::value(transfer.to_residence.as_str()))
        .filter(Column::Id.eq(transfer.person_id))
        .filter(Column::Division.eq(transfer.from_division.as_str()));
    Ok(update.exec(conn).await?.rows_affected == 1)
}
