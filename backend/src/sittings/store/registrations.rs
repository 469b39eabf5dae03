//! Who is registered for an exam session, and who was.

use super::ROWS;
use crate::{
    platform::error::AppResult,
    sittings::entity::{exam_session, registration, registration_withdrawal},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict},
};
use shared::{
    ids::{AccountId, ExamSessionId},
    organisation::DivisionCode,
    sittings::{ExamSessionState, QualificationReview, ReviewOffice},
    time::Timestamp,
};
use std::collections::HashMap;

/// What holds of a registration that was not refused.
fn is_not_refused() -> Condition {
    use registration::Column;
    let is_other = Column::Review.ne(QualificationReview::Refused.as_str());
    Condition::any().add(Column::Review.is_null()).add(is_other)
}

/// Registers a learner. Who is registered stays, who has taken it back or was refused registers again.
pub(in crate::sittings) async fn insert_registration(
    conn: &impl ConnectionTrait,
    row: registration::Model,
) -> AppResult<()> {
    use registration::Column;
    let was_taken_back = Expr::col((registration::Entity, Column::WithdrawnAt)).is_not_null();
    let was_refused = Expr::col((registration::Entity, Column::Review)).eq(QualificationReview::Refused.as_str());
    let again = OnConflict::columns([Column::ExamSessionId, Column::AccountId])
        .update_columns([
            Column::RegisteredAt,
            Column::Division,
            Column::ProviderId,
            Column::Review,
            Column::ReviewReason,
            Column::WithdrawnAt,
        ])
        .action_cond_where(Condition::any().add(was_taken_back).add(was_refused))
        .to_owned();
    registration::Entity::insert(registration::ActiveModel::from(row))
        .on_conflict(again)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Takes a registration back, and keeps that it was there.
pub(in crate::sittings) async fn withdraw(
    conn: &impl ConnectionTrait,
    row: registration_withdrawal::Model,
) -> AppResult<()> {
    use registration::Column;
    registration::Entity::update_many()
        .col_expr(Column::WithdrawnAt, Expr::value(row.withdrawn_at.0))
        .filter(Column::ExamSessionId.eq(row.exam_session_id))
        .filter(Column::AccountId.eq(row.account_id))
        .exec(conn)
        .await?;
    let row = registration_withdrawal::ActiveModel::from(row);
    registration_withdrawal::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::sittings) async fn find_registration(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    account_id: AccountId,
) -> AppResult<Option<registration::Model>> {
    Ok(registration::Entity::find_by_id((id, account_id)).one(conn).await?)
}

/// Every registration of a person, those that were taken back too.
pub(in crate::sittings) async fn list_all_registrations(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<registration::Model>> {
    Ok(registration::Entity::find().filter(registration::Column::AccountId.eq(account_id)).all(conn).await?)
}

/// Every registration of these persons that was neither taken back nor refused.
pub(in crate::sittings) async fn list_registrations_of(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> AppResult<Vec<registration::Model>> {
    use registration::Column;
    let mut found = Vec::new();
    for chunk in accounts.chunks(ROWS) {
        let query = registration::Entity::find().filter(Column::AccountId.is_in(chunk.iter().copied()));
        found.extend(query.filter(Column::WithdrawnAt.is_null()).filter(is_not_refused()).all(conn).await?);
    }
    Ok(found)
}

/// The registrations of these persons for an exam session, those that were taken back too.
pub(in crate::sittings) async fn list_registrations_for(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    accounts: &[AccountId],
) -> AppResult<Vec<registration::Model>> {
    use registration::Column;
    let mut found = Vec::new();
    for chunk in accounts.chunks(ROWS) {
        let query = registration::Entity::find().filter(Column::ExamSessionId.eq(id));
        found.extend(query.filter(Column::AccountId.is_in(chunk.iter().copied())).all(conn).await?);
    }
    Ok(found)
}

/// What a person is registered for.
pub(in crate::sittings) async fn list_registrations(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<ExamSessionId>> {
    let rows = list_all_registrations(conn, account_id).await?;
    Ok(rows.into_iter().filter(|row| row.withdrawn_at.is_none()).map(|row| row.exam_session_id).collect())
}

/// Who is registered and was not refused, the first first.
pub(in crate::sittings) async fn list_registered(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Vec<AccountId>> {
    use registration::Column;
    let query = registration::Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::WithdrawnAt.is_null());
    let query = query.filter(is_not_refused()).order_by_asc(Column::RegisteredAt).order_by_asc(Column::AccountId);
    let rows = query.all(conn).await?;
    Ok(rows.into_iter().map(|row| row.account_id).collect())
}

/// How many of these persons are registered.
pub(in crate::sittings) async fn count_registered_of(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    accounts: &[AccountId],
) -> AppResult<u64> {
    use registration::Column;
    let mut found = 0;
    for chunk in accounts.chunks(ROWS) {
        let query = registration::Entity::find().filter(Column::ExamSessionId.eq(id));
        let query = query.filter(Column::WithdrawnAt.is_null());
        found += query.filter(Column::AccountId.is_in(chunk.iter().copied())).count(conn).await?;
    }
    Ok(found)
}

/// How many are registered from a division and everything in it. Who was refused takes nobody's place.
pub(in crate::sittings) async fn count_registered_from(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    from: &DivisionCode,
) -> AppResult<u64> {
    use registration::Column;
    let query = registration::Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::WithdrawnAt.is_null());
    let query = query.filter(is_not_refused()).filter(Column::Division.starts_with(from.as_str()));
    Ok(query.count(conn).await?)
}

/// Who is registered and may sit it, the first first. While reviews wait, nobody asks.
pub(in crate::sittings) async fn list_admitted(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Vec<AccountId>> {
    use registration::Column;
    let approved = Column::Review.eq(QualificationReview::Approved.as_str());
    let query = registration::Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::WithdrawnAt.is_null());
    let query = query.filter(Condition::any().add(Column::Review.is_null()).add(approved));
    let rows = query.order_by_asc(Column::RegisteredAt).order_by_asc(Column::AccountId).all(conn).await?;
    Ok(rows.into_iter().map(|row| row.account_id).collect())
}

/// When somebody registered, who, and for which test: the order in which registrations are listed.
pub(in crate::sittings) type RegistrationTurn = (Timestamp, AccountId, ExamSessionId);

/// Registrations that fulfil a condition, the first first, from after the last of the page before.
pub(in crate::sittings) async fn list_registrations_within(
    conn: &impl ConnectionTrait,
    within: Condition,
    after: Option<RegistrationTurn>,
    rows: u64,
) -> AppResult<Vec<registration::Model>> {
    use registration::Column;
    let mut query = registration::Entity::find().filter(within);
    if let Some(turn) = after {
        query = query.filter(comes_after(turn));
    }
    let query = query.order_by_asc(Column::RegisteredAt).order_by_asc(Column::AccountId);
    Ok(query.order_by_asc(Column::ExamSessionId).limit(rows).all(conn).await?)
}

fn comes_after((registered_at, account_id, exam_session_id): RegistrationTurn) -> Condition {
    use registration::Column;
    let (at_once, of_them) = (Column::RegisteredAt.eq(registered_at), Column::AccountId.eq(account_id));
    let another = Condition::all().add(at_once.clone()).add(Column::AccountId.gt(account_id));
    let theirs = Condition::all().add(at_once).add(of_them).add(Column::ExamSessionId.gt(exam_session_id));
    Condition::any().add(Column::RegisteredAt.gt(registered_at)).add(another).add(theirs)
}

/// The registrations for tests that still take any: of those that were called off nobody decides anything.
pub(in crate::sittings) fn of_open_tests() -> Condition {
    let open = exam_session::Entity::find()
        .select_only()
        .column(exam_session::Column::Id)
        .filter(exam_session::Column::State.eq(ExamSessionState::Registering.as_str()));
    Condition::all().add(registration::Column::ExamSessionId.in_subquery(open.into_query()))
}

/// How many registrations fulfil a condition.
pub(in crate::sittings) async fn count_registrations(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(registration::Entity::find().filter(within).count(conn).await?)
}

/// How many registrations of each of these exam sessions wait for an office.
pub(in crate::sittings) async fn count_to_review(
    conn: &impl ConnectionTrait,
    ids: &[ExamSessionId],
) -> AppResult<HashMap<ExamSessionId, i64>> {
    use registration::Column;
    let turns = ReviewOffice::ALL.iter().map(|office| QualificationReview::at(*office).as_str());
    let counts: Vec<(ExamSessionId, i64)> = registration::Entity::find()
        .select_only()
        .column(Column::ExamSessionId)
        .column_as(Column::AccountId.count(), "waiting")
        .filter(Column::ExamSessionId.is_in(ids.iter().copied()))
        .filter(Column::WithdrawnAt.is_null())
        .filter(Column::Review.is_in(turns))
        .group_by(Column::ExamSessionId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(counts.into_iter().collect())
}

/// Writes where a registration stands.
pub(in crate::sittings) async fn set_review(
    conn: &impl ConnectionTrait,
    (id, account_id): (ExamSessionId, AccountId),
    review: QualificationReview,
    reason: Option<&str>,
) -> AppResult<()> {
    use registration::Column;
    registration::Entity::update_many()
        .col_expr(Column::Review, Expr::value(review.as_str()))
        .col_expr(Column::ReviewReason, Expr::value(reason.map(str::to_owned)))
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::AccountId.eq(account_id))
        .exec(conn)
        .await?;
    Ok(())
}
