//! What candidates need at tests, what the offices said to it, and the photos of papers.

use crate::{
    platform::error::AppResult,
    sittings::entity::{
        accommodation::{self, Column},
        accommodation_answer, accommodation_photo, sitting,
    },
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use shared::{
    ids::{AccommodationId, AccommodationPhotoId, AccountId, SittingId},
    sittings::{AccommodationState, ExamNeeds},
};

/// Persons that one statement asks for.
const PERSONS: usize = 500;

pub(in crate::sittings) async fn insert_accommodation(
    conn: &impl ConnectionTrait,
    row: accommodation::Model,
) -> AppResult<()> {
    accommodation::Entity::insert(accommodation::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::sittings) async fn find_accommodation(
    conn: &impl ConnectionTrait,
    id: AccommodationId,
) -> AppResult<Option<accommodation::Model>> {
    Ok(accommodation::Entity::find_by_id(id).one(conn).await?)
}

/// The accommodation; nobody else changes it until the write ends.
pub(in crate::sittings) async fn lock_accommodation(
    conn: &impl ConnectionTrait,
    id: AccommodationId,
) -> AppResult<Option<accommodation::Model>> {
    Ok(accommodation::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// Accommodations that fulfil a condition, the newest first.
pub(in crate::sittings) async fn list_accommodations(
    conn: &impl ConnectionTrait,
    within: Condition,
    before: Option<AccommodationId>,
    rows: u64,
) -> AppResult<Vec<accommodation::Model>> {
    let within = within.add_option(before.map(|before| Column::Id.lt(before)));
    Ok(accommodation::Entity::find().filter(within).order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// How many accommodations fulfil a condition.
pub(in crate::sittings) async fn count_accommodations(
    conn: &impl ConnectionTrait,
    within: Condition,
) -> AppResult<u64> {
    Ok(accommodation::Entity::find().filter(within).count(conn).await?)
}

/// What these persons applied for, the newest first.
pub(in crate::sittings) async fn list_accommodations_of(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> AppResult<Vec<accommodation::Model>> {
    let mut found = Vec::new();
    for chunk in accounts.chunks(PERSONS) {
        let query = accommodation::Entity::find().filter(Column::AccountId.is_in(chunk.iter().copied()));
        found.extend(query.order_by_desc(Column::Id).all(conn).await?);
    }
    Ok(found)
}

/// Writes where a locked accommodation stands now, and until which day it counts.
pub(in crate::sittings) async fn move_accommodation(
    conn: &impl ConnectionTrait,
    id: AccommodationId,
    state: AccommodationState,
    until: Option<String>,
) -> AppResult<()> {
    accommodation::Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::Until, Expr::value(until))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Writes which photo of a locked accommodation counts.
pub(in crate::sittings) async fn set_accommodation_photo(
    conn: &impl ConnectionTrait,
    id: AccommodationId,
    photo_id: AccommodationPhotoId,
) -> AppResult<()> {
    accommodation::Entity::update_many()
        .col_expr(Column::PhotoId, Expr::value(photo_id.0))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

pub(in crate::sittings) async fn insert_accommodation_photo(
    conn: &impl ConnectionTrait,
    row: accommodation_photo::Model,
) -> AppResult<()> {
    let row = accommodation_photo::ActiveModel::from(row);
    accommodation_photo::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(())
}

/// How many photos were added to an accommodation.
pub(in crate::sittings) async fn count_accommodation_photos(
    conn: &impl ConnectionTrait,
    id: AccommodationId,
) -> AppResult<u64> {
    use accommodation_photo::Column;
    Ok(accommodation_photo::Entity::find().filter(Column::AccommodationId.eq(id)).count(conn).await?)
}

pub(in crate::sittings) async fn find_accommodation_photo(
    conn: &impl ConnectionTrait,
    id: AccommodationPhotoId,
) -> AppResult<Option<accommodation_photo::Model>> {
    Ok(accommodation_photo::Entity::find_by_id(id).one(conn).await?)
}

pub(in crate::sittings) async fn insert_accommodation_answer(
    conn: &impl ConnectionTrait,
    row: accommodation_answer::Model,
) -> AppResult<()> {
    let row = accommodation_answer::ActiveModel::from(row);
    accommodation_answer::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(())
}

/// What the offices said to these accommodations, the first first.
pub(in crate::sittings) async fn list_accommodation_answers(
    conn: &impl ConnectionTrait,
    ids: &[AccommodationId],
) -> AppResult<Vec<accommodation_answer::Model>> {
    use accommodation_answer::Column;
    let query = accommodation_answer::Entity::find().filter(Column::AccommodationId.is_in(ids.iter().copied()));
    Ok(query.order_by_asc(Column::DecidedAt).order_by_asc(Column::Office).all(conn).await?)
}

/// Gives a sitting that nobody has opened what its candidate needs; it never gets less extra time than it has.
pub(in crate::sittings) async fn set_sitting_needs(
    conn: &impl ConnectionTrait,
    id: SittingId,
    extra_min: i32,
    needs: ExamNeeds,
) -> AppResult<()> {
    use sitting::Column;
    sitting::Entity::update_many()
        .col_expr(Column::ExtraMin, Expr::value(extra_min))
        .col_expr(Column::NeedsSeparateRoom, Expr::value(needs.needs_separate_room))
        .col_expr(Column::NeedsLargePrint, Expr::value(needs.needs_large_print))
        .col_expr(Column::NeedsAccessible, Expr::value(needs.needs_accessible))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}
