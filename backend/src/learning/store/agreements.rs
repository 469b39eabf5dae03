//! Agreements with the partners of classes.

use crate::{
    learning::entity::class_agreement::{Entity, Model},
    platform::error::AppResult,
};
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use shared::ids::ClassAgreementId;

pub(in crate::learning) async fn insert_agreement(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_agreement(
    conn: &impl ConnectionTrait,
    id: ClassAgreementId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}
