//! How far persons on the roster have come as learners.

use super::{
    super::entity::{
        roster_entry,
        roster_learner::{self, Column},
    },
    ROWS,
};
use crate::platform::error::AppResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::ids::PersonId;

/// Puts these in the place of all that was known of a person.
pub(in super::super) async fn replace_learner(
    conn: &impl ConnectionTrait,
    person_id: PersonId,
    rows: Vec<roster_learner::Model>,
) -> AppResult<()> {
    roster_learner::Entity::delete_many().filter(Column::PersonId.eq(person_id)).exec(conn).await?;
    if !rows.is_empty() {
        let rows = rows.into_iter().map(roster_learner::ActiveModel::from);
        roster_learner::Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// What is known of these persons.
pub(in super::super) async fn list_learners(
    conn: &impl ConnectionTrait,
    people: &[PersonId],
) -> AppResult<Vec<roster_learner::Model>> {
    let mut found = Vec::new();
    for people in people.chunks(ROWS) {
        let these = Column::PersonId.is_in(people.iter().copied());
        found.extend(roster_learner::Entity::find().filter(these).all(conn).await?);
    }
    Ok(found)
}

/// The entries of these persons on whatever roster; nobody else changes them until the write is over.
pub(in super::super) async fn lock_entries_of(
    conn: &impl ConnectionTrait,
    people: &[PersonId],
) -> AppResult<Vec<roster_entry::Model>> {
    let these = roster_entry::Column::PersonId.is_in(people.iter().copied());
    let query = roster_entry::Entity::find().filter(these).order_by_asc(roster_entry::Column::Id);
    Ok(query.lock_exclusive().all(conn).await?)
}
