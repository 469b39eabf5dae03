//! Trainings and certificates.

use crate::{
    platform::error::AppResult,
    teaching::entity::{skill_certificate, skill_photo, skill_training},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};
use shared::ids::{AccountId, SkillCertificateId, SkillPhotoId, SkillTrainingId};

/// Learners that one statement asks for.
const LEARNERS: usize = 500;

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

/// Trainings that fulfil a condition, the last recorded first, from before `before`.
pub(in crate::teaching) async fn list_trainings_within(
    conn: &impl ConnectionTrait,
    within: Condition,
    before: Option<SkillTrainingId>,
    rows: u64,
) -> AppResult<Vec<skill_training::Model>> {
    use skill_training::Column::Id;
    let query = skill_training::Entity::find().filter(within.add_option(before.map(|before| Id.lt(before))));
    Ok(query.order_by_desc(Id).limit(rows).all(conn).await?)
}

/// How many trainings fulfil a condition.
pub(in crate::teaching) async fn count_trainings(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(skill_training::Entity::find().filter(within).count(conn).await?)
}

/// The trainings of these learners.
pub(in crate::teaching) async fn list_trainings_of(
    conn: &impl ConnectionTrait,
    learners: &[AccountId],
) -> AppResult<Vec<skill_training::Model>> {
    let mut found = Vec::new();
    for some in learners.chunks(LEARNERS) {
        let of_them = skill_training::Column::LearnerId.is_in(some.iter().copied());
        found.extend(skill_training::Entity::find().filter(of_them).all(conn).await?);
    }
    Ok(found)
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

/// Inserts a certificate, unless one with its number stands; whether it did.
pub(in crate::teaching) async fn insert_certificate(
    conn: &impl ConnectionTrait,
    row: skill_certificate::Model,
) -> AppResult<bool> {
    let unless_taken = OnConflict::new().do_nothing().to_owned();
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

pub(in crate::teaching) async fn insert_skill_photo(
    conn: &impl ConnectionTrait,
    row: skill_photo::Model,
) -> AppResult<()> {
    skill_photo::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::teaching) async fn find_skill_photo(
    conn: &impl ConnectionTrait,
    id: SkillPhotoId,
) -> AppResult<Option<skill_photo::Model>> {
    Ok(skill_photo::Entity::find_by_id(id).one(conn).await?)
}

/// Certificates that fulfil a condition, the last recorded first, from before `before`.
pub(in crate::teaching) async fn list_certificates_within(
    conn: &impl ConnectionTrait,
    within: Condition,
    before: Option<SkillCertificateId>,
    rows: u64,
) -> AppResult<Vec<skill_certificate::Model>> {
    use skill_certificate::Column::Id;
    let query = skill_certificate::Entity::find().filter(within.add_option(before.map(|before| Id.lt(before))));
    Ok(query.order_by_desc(Id).limit(rows).all(conn).await?)
}

/// How many certificates fulfil a condition.
pub(in crate::teaching) async fn count_certificates(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(skill_certificate::Entity::find().filter(within).count(conn).await?)
}

/// The certificates of these learners.
pub(in crate::teaching) async fn list_certificates_of(
    conn: &impl ConnectionTrait,
    learners: &[AccountId],
) -> AppResult<Vec<skill_certificate::Model>> {
    let mut found = Vec::new();
    for some in learners.chunks(LEARNERS) {
        let of_them = skill_certificate::Column::LearnerId.is_in(some.iter().copied());
        found.extend(skill_certificate::Entity::find().filter(of_them).all(conn).await?);
    }
    Ok(found)
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
