//! Notes of learners beside units.

use crate::{learning::entity::study_note, platform::error::AppResult};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use shared::ids::{AccountId, UnitId};

/// The note of a learner beside a unit: the one that was saved last.
pub(in crate::learning) async fn find_note(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    unit_id: UnitId,
) -> AppResult<Option<study_note::Model>> {
    use study_note::Column;
    let query = study_note::Entity::find().filter(Column::AccountId.eq(account_id)).filter(Column::UnitId.eq(unit_id));
    Ok(query.order_by_desc(Column::EditedAt).order_by_desc(Column::Id).one(conn).await?)
}

pub(in crate::learning) async fn insert_note(conn: &impl ConnectionTrait, row: study_note::Model) -> AppResult<()> {
    study_note::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// Stores a note of a learner who was locked.
pub(in crate::learning) async fn update_note(conn: &impl ConnectionTrait, row: study_note::Model) -> AppResult<()> {
    let id = row.id;
    let row = row.into_active_model().reset_all();
    study_note::Entity::update_many().set(row).filter(study_note::Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Every note of a learner, the first written first.
pub(in crate::learning) async fn list_notes(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<study_note::Model>> {
    use study_note::Column;
    let query = study_note::Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(query.order_by_asc(Column::Id).all(conn).await?)
}
