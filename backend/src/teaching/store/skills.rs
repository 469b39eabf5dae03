//! Trainings and certificates.

use crate::{
    platform::error::AppResult,
    teaching::entity::{skill_certificate, skill_training},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};
use shared::ids::{AccountId, SkillCertificateId, SkillTrainingId};

pub(in crate::teaching) async fn insert_training(
    conn: &impl ConnectionTrait,
    row: skill_training::Model,
) -> AppResult<()> {
    skill_training::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::teaching) async fn find_training(
    conn: &impl ConnectionTrait,
    id: SkillTrainingId,
) -> AppResult<Option<skill_training::Model>> {
    Ok(skill_training::Entity::find_by_id(id).one(conn).await?)
}

/// The training; nobody else checks it until the write ends.
pub(in crate::teaching) async fn lock_training(
    conn: &impl ConnectionTrait,
    id: SkillTrainingId,
) -> AppResult<Option<skill_training::Model>> {
    Ok(skill_training::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// Stores a training that was locked.
pub(in crate::teaching) async fn update_training(
    conn: &impl ConnectionTrait,
    row: skill_training::Model,
) -> AppResult<()> {
    let id = row.id;
    let row = row.into_active_model().reset_all();
    skill_training::Entity::update_many().set(row).filter(skill_training::Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// The trainings of a learner, the last first.
pub(in crate::teaching) async fn list_trainings(
    conn: &impl ConnectionTrait,
    learner: AccountId,
) -> AppResult<Vec<skill_training::Model>> {
    use skill_training::Column;
    Ok(skill_training::Entity::find()
        .filter(Column::LearnerId.eq(learner))
        .order_by_desc(Column::EndsOn)
        .order_by_desc(Column::Id)
        .all(conn)
        .await?)
}

/// Inserts a certificate; whether its number was free.
pub(in crate::teaching) async fn insert_certificate(
    conn: &impl ConnectionTrait,
    row: skill_certificate::Model,
) -> AppResult<bool> {
    let unless_taken = OnConflict::column(skill_certificate::Column::NumberIndex).do_nothing().to_owned();
    let insert = skill_certificate::Entity::insert(row.into_active_model()).on_conflict(unless_taken);
    Ok(insert.exec_without_returning(conn).await? == 1)
}

pub(in crate::teaching) async fn find_certificate(
    conn: &impl ConnectionTrait,
    id: SkillCertificateId,
) -> AppResult<Option<skill_certificate::Model>> {
    Ok(skill_certificate::Entity::find_by_id(id).one(conn).await?)
}

/// The certificate; nobody else checks it until the write ends.
pub(in crate::teaching) async fn lock_certificate(
    conn: &impl ConnectionTrait,
    id: SkillCertificateId,
) -> AppResult<Option<skill_certificate::Model>> {
    Ok(skill_certificate::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// Stores a certificate that was locked.
pub(in crate::teaching) async fn update_certificate(
    conn: &impl ConnectionTrait,
    row: skill_certificate::Model,
) -> AppResult<()> {
    let id = row.id;
    let row = row.into_active_model().reset_all();
    skill_certificate::Entity::update_many().set(row).filter(skill_certificate::Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// The certificates of a learner, the last first.
pub(in crate::teaching) async fn list_certificates(
    conn: &impl ConnectionTrait,
    learner: AccountId,
) -> AppResult<Vec<skill_certificate::Model>> {
    use skill_certificate::Column;
    Ok(skill_certificate::Entity::find()
        .filter(Column::LearnerId.eq(learner))
        .order_by_desc(Column::IssuedOn)
        .order_by_desc(Column::Id)
        .all(conn)
        .await?)
}
