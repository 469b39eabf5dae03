//! What was noted of unusual study.

use crate::{learning::entity::anomaly_look, platform::error::AppResult};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use shared::ids::ClassId;

/// Notes a look; whether it is the first of its kind.
pub(in crate::learning) async fn insert_anomaly_look(
    conn: &impl ConnectionTrait,
    row: anomaly_look::Model,
) -> AppResult<bool> {
    use anomaly_look::Column;
    let unless_noted = OnConflict::columns([Column::ClassId, Column::Mark]).do_nothing().to_owned();
    let inserted = anomaly_look::Entity::insert(row.into_active_model());
    Ok(inserted.on_conflict(unless_noted).exec_without_returning(conn).await? == 1)
}

/// What was noted in a class.
pub(in crate::learning) async fn list_anomaly_looks(
    conn: &impl ConnectionTrait,
    class_id: ClassId,
) -> AppResult<Vec<anomaly_look::Model>> {
    Ok(anomaly_look::Entity::find().filter(anomaly_look::Column::ClassId.eq(class_id)).all(conn).await?)
}
