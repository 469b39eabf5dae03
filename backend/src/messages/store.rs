//! Statements on text messages. Who moves a message names the try by which they saw it: after another's move
//! nothing that they say counts.

use super::entity::text_message::{ActiveModel, Column, Entity, Model};
use crate::platform::{
    crypto::{BlindIndex, Sealed},
    error::AppResult,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany,
    sea_query::Expr,
};
use shared::{
    ids::{AccountId, PersonId, TextMessageId},
    messages::{MessageFailure, MessageKind, MessageState},
    time::Timestamp,
};

pub(super) async fn insert(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    Entity::insert(ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

pub(super) async fn find(conn: &impl ConnectionTrait, id: TextMessageId) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// The last messages to a person, the newest first.
pub(super) async fn list_of_person(
    conn: &impl ConnectionTrait,
    person_id: PersonId,
    rows: u64,
) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::PersonId.eq(person_id));
    Ok(query.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// Messages to a phone since a moment; those that are given up reached nobody.
pub(super) async fn count_to_phone(
    conn: &impl ConnectionTrait,
    phone: &BlindIndex,
    since: Timestamp,
) -> AppResult<u64> {
    let query = Entity::find().filter(Column::PhoneIndex.eq(phone.clone())).filter(Column::CreatedAt.gt(since));
    Ok(query.filter(Column::State.ne(MessageState::Failed.as_str())).count(conn).await?)
}

/// Messages that somebody asked for since a moment, those that are given up left out.
pub(super) async fn count_by_sender(
    conn: &impl ConnectionTrait,
    asked_by: AccountId,
    since: Timestamp,
) -> AppResult<u64> {
    let query = Entity::find().filter(Column::AskedBy.eq(asked_by)).filter(Column::CreatedAt.gt(since));
    Ok(query.filter(Column::State.ne(MessageState::Failed.as_str())).count(conn).await?)
}

/// How many messages are in one of these states, of those that were asked for since a moment.
pub(super) async fn count_in(conn: &impl ConnectionTrait, states: &[MessageState], since: Timestamp) -> AppResult<u64> {
    let states = states.iter().map(|state| state.as_str());
    Ok(Entity::find().filter(Column::State.is_in(states)).filter(Column::CreatedAt.gte(since)).count(conn).await?)
}

/// Lets those messages of a kind to a person that still wait expire.
pub(super) async fn expire_waiting(
    conn: &impl ConnectionTrait,
    person_id: PersonId,
    kind: MessageKind,
) -> AppResult<u64> {
    let update = Entity::update_many().col_expr(Column::State, Expr::value(MessageState::Expired.as_str()));
    let theirs = update.filter(Column::PersonId.eq(person_id)).filter(Column::Kind.eq(kind.as_str()));
    Ok(theirs.filter(Column::State.eq(MessageState::Queued.as_str())).exec(conn).await?.rows_affected)
}

/// Takes a message to hand it over; whether it still was as it was seen.
pub(super) async fn take(conn: &impl ConnectionTrait, seen: &Model) -> AppResult<bool> {
    let update = moved(seen, MessageState::Sending).col_expr(Column::Attempts, Expr::value(seen.attempts + 1));
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Lets a message expire; whether it still was as it was seen.
pub(super) async fn expire(conn: &impl ConnectionTrait, seen: &Model) -> AppResult<bool> {
    Ok(moved(seen, MessageState::Expired).exec(conn).await?.rows_affected == 1)
}

/// Notes that the gateway has a message.
pub(super) async fn note_sent(
    conn: &impl ConnectionTrait,
    taken: &Model,
    provider_message_id: Option<String>,
    now: Timestamp,
) -> AppResult<bool> {
    let update = moved(taken, MessageState::Sent).col_expr(Column::SentAt, Expr::value(now));
    let update = update.col_expr(Column::ProviderMessageId, Expr::value(provider_message_id));
    let update = update.col_expr(Column::Failure, Expr::value(None::<String>));
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Notes why a message was not handed over, and when it is tried again, if it is.
pub(super) async fn note_failure(
    conn: &impl ConnectionTrait,
    taken: &Model,
    failure: MessageFailure,
    next_try_at: Option<Timestamp>,
) -> AppResult<bool> {
    let state = if next_try_at.is_some() { MessageState::Queued } else { MessageState::Failed };
    let update = moved(taken, state).col_expr(Column::Failure, Expr::value(failure.as_str()));
    let update = update.col_expr(Column::NextTryAt, Expr::value(next_try_at.unwrap_or(taken.next_try_at)));
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Forgets what a message said.
pub(super) async fn erase(conn: &impl ConnectionTrait, id: TextMessageId) -> AppResult<()> {
    let update = Entity::update_many().col_expr(Column::Parameters, Expr::value(None::<Sealed>));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Messages after one, in the order of their ids.
pub(super) async fn list_after(conn: &impl ConnectionTrait, after: TextMessageId, rows: u64) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::Id.gt(after));
    Ok(query.order_by_asc(Column::Id).limit(rows).all(conn).await?)
}

/// Puts the same phone, sealed anew, in the place of the one that was read, if it still is there.
pub(super) async fn renew_phone(conn: &impl ConnectionTrait, read: &Model, phone: Sealed) -> AppResult<()> {
    let update = Entity::update_many().col_expr(Column::Phone, Expr::value(phone));
    update.filter(Column::Id.eq(read.id)).filter(Column::Phone.eq(read.phone.clone())).exec(conn).await?;
    Ok(())
}

/// The same of the parameters: those that were erased meanwhile stay erased.
pub(super) async fn renew_parameters(conn: &impl ConnectionTrait, read: &Model, parameters: Sealed) -> AppResult<()> {
    let update = Entity::update_many().col_expr(Column::Parameters, Expr::value(parameters));
    update.filter(Column::Id.eq(read.id)).filter(Column::Parameters.eq(read.parameters.clone())).exec(conn).await?;
    Ok(())
}

/// An update that moves a message, if it still is as it was seen.
fn moved(seen: &Model, to: MessageState) -> UpdateMany<Entity> {
    let update = Entity::update_many().filter(Column::Id.eq(seen.id)).filter(Column::State.eq(seen.state.clone()));
    update.filter(Column::Attempts.eq(seen.attempts)).col_expr(Column::State, Expr::value(to.as_str()))
}
