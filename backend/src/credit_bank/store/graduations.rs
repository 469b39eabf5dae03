//! Lists of graduates, and what counts for them.

use crate::{
    credit_bank::entity::{certificate, graduation_batch, graduation_member, revocation_proposal},
    platform::error::{AppError, AppResult},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use shared::{
    credit_bank::{CertificateState, GraduationState},
    ids::{AccountId, CertificateId, ClassId, GraduationBatchId, StudentRecordId},
    time::Timestamp,
    work::GraduationWait,
};

/// The approved certificates of a learner.
pub(in crate::credit_bank) async fn list_approved_of(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<certificate::Model>> {
    use certificate::Column;
    let of_learner = certificate::Entity::find().filter(Column::AccountId.eq(account_id));
    let approved = of_learner.filter(Column::State.eq(CertificateState::Approved.as_str()));
    Ok(approved.order_by_asc(Column::Id).all(conn).await?)
}

/// How many of these certificates still count, and nobody proposes to make void; nobody changes that until the write
/// ends.
pub(in crate::credit_bank) async fn lock_counting(
    conn: &impl ConnectionTrait,
    ids: &[CertificateId],
) -> AppResult<usize> {
    use certificate::Column;
    let these = certificate::Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    let rows = these.order_by_asc(Column::Id).lock_exclusive().all(conn).await?;
    let of_these = revocation_proposal::Column::CertificateId.is_in(ids.iter().copied());
    let doubted = revocation_proposal::Entity::find().filter(of_these).all(conn).await?;
    let counts = |row: &&certificate::Model| {
        row.state == CertificateState::Approved.as_str() && doubted.iter().all(|doubt| doubt.certificate_id != row.id)
    };
    Ok(rows.iter().filter(counts).count())
}

pub(in crate::credit_bank) async fn insert_batch(
    conn: &impl ConnectionTrait,
    row: graduation_batch::Model,
    members: Vec<graduation_member::Model>,
) -> AppResult<()> {
    graduation_batch::Entity::insert(graduation_batch::ActiveModel::from(row)).exec_without_returning(conn).await?;
    let members = members.into_iter().map(graduation_member::ActiveModel::from);
    graduation_member::Entity::insert_many(members).exec_without_returning(conn).await?;
    Ok(())
}

/// Lists of a class that came back are answered by a newer one.
pub(in crate::credit_bank) async fn answer_returned(conn: &impl ConnectionTrait, class_id: ClassId) -> AppResult<()> {
    use graduation_batch::Column;
    graduation_batch::Entity::update_many()
        .col_expr(Column::IsAnswered, Expr::value(true))
        .filter(Column::ClassId.eq(class_id))
        .filter(Column::State.eq(GraduationState::Returned.as_str()))
        .exec(conn)
        .await?;
    Ok(())
}

pub(in crate::credit_bank) async fn find_batch(
    conn: &impl ConnectionTrait,
    id: GraduationBatchId,
) -> AppResult<Option<graduation_batch::Model>> {
    Ok(graduation_batch::Entity::find_by_id(id).one(conn).await?)
}

/// The list; nobody else decides it until the write ends.
pub(in crate::credit_bank) async fn lock_batch(
    conn: &impl ConnectionTrait,
    id: GraduationBatchId,
) -> AppResult<graduation_batch::Model> {
    let row = graduation_batch::Entity::find_by_id(id).lock_exclusive().one(conn).await?;
    row.ok_or_else(AppError::not_found)
}

/// What an office decided of a list.
pub(in crate::credit_bank) struct Settled<'a> {
    pub(in crate::credit_bank) state: GraduationState,
    pub(in crate::credit_bank) reason: &'a str,
    pub(in crate::credit_bank) by: AccountId,
    pub(in crate::credit_bank) at: Timestamp,
}

/// Writes down what was decided of a list that is locked.
pub(in crate::credit_bank) async fn settle_batch(
    conn: &impl ConnectionTrait,
    id: GraduationBatchId,
    settled: &Settled<'_>,
) -> AppResult<()> {
    use graduation_batch::ActiveModel;
    let decision = ActiveModel {
        state: Set(settled.state.as_str().to_owned()),
        reason: Set(settled.reason.to_owned()),
        ..Default::default()
    };
    let decision = match settled.state {
        GraduationState::Confirmed => {
            ActiveModel { confirmed_by: Set(Some(settled.by)), confirmed_at: Set(Some(settled.at)), ..decision }
        }
        _ => ActiveModel { decided_by: Set(Some(settled.by)), decided_at: Set(Some(settled.at)), ..decision },
    };
    graduation_batch::Entity::update_many()
        .set(decision)
        .filter(graduation_batch::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Who is on a list, by learner's number.
pub(in crate::credit_bank) async fn list_graduates(
    conn: &impl ConnectionTrait,
    id: GraduationBatchId,
) -> AppResult<Vec<graduation_member::Model>> {
    use graduation_member::Column;
    let of_list = graduation_member::Entity::find().filter(Column::BatchId.eq(id));
    Ok(of_list.order_by_asc(Column::LearnerNumber).all(conn).await?)
}

/// How many are on each of these lists.
pub(in crate::credit_bank) async fn count_graduates(
    conn: &impl ConnectionTrait,
    ids: &[GraduationBatchId],
) -> AppResult<Vec<(GraduationBatchId, i64)>> {
    use graduation_member::Column;
    let counts = graduation_member::Entity::find()
        .select_only()
        .column(Column::BatchId)
        .column_as(Column::RecordId.count(), "graduates")
        .filter(Column::BatchId.is_in(ids.iter().copied()))
        .group_by(Column::BatchId);
    Ok(counts.into_tuple().all(conn).await?)
}

/// Which of these records are on a list that was not returned, and where it stands.
pub(in crate::credit_bank) async fn list_listed(
    conn: &impl ConnectionTrait,
    records: &[StudentRecordId],
) -> AppResult<Vec<(StudentRecordId, String)>> {
    use graduation_member::Column;
    let these = graduation_member::Entity::find().filter(Column::RecordId.is_in(records.iter().copied()));
    let members = these.all(conn).await?;
    let lists = graduation_batch::Entity::find()
        .filter(graduation_batch::Column::Id.is_in(members.iter().map(|member| member.batch_id)))
        .filter(graduation_batch::Column::State.ne(GraduationState::Returned.as_str()))
        .all(conn)
        .await?;
    let listed = |member: graduation_member::Model| {
        let list = lists.iter().find(|list| list.id == member.batch_id)?;
        Some((member.record_id, list.state.clone()))
    };
    Ok(members.into_iter().filter_map(listed).collect())
}

/// What waits for an office, or for the school.
pub(in crate::credit_bank) fn waits_for(wait: GraduationWait) -> Condition {
    use graduation_batch::Column;
    let in_state = |state: GraduationState| Condition::all().add(Column::State.eq(state.as_str()));
    match wait {
        GraduationWait::County => in_state(GraduationState::Proposed),
        GraduationWait::City => in_state(GraduationState::Confirmed),
        GraduationWait::Returned => in_state(GraduationState::Returned).add(Column::IsAnswered.eq(false)),
    }
}

/// Lists within a condition, the newest first, from after `after`.
pub(in crate::credit_bank) async fn list_batches(
    conn: &impl ConnectionTrait,
    within: Condition,
    after: Option<GraduationBatchId>,
    rows: u64,
) -> AppResult<Vec<graduation_batch::Model>> {
    use graduation_batch::Column;
    let within = Condition::all().add(within).add_option(after.map(|after| Column::Id.lt(after)));
    let found = graduation_batch::Entity::find().filter(within);
    Ok(found.order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// How many lists fulfil a condition.
pub(in crate::credit_bank) async fn count_batches(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(graduation_batch::Entity::find().filter(within).count(conn).await?)
}
