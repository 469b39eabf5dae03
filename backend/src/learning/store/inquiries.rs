//! Questions of learners to those who keep or teach their class.

use crate::{
    learning::entity::{class, inquiry},
    platform::error::AppResult,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use shared::{
    ids::{AccountId, ClassId, CourseId, InquiryId, UnitId},
    learning::InquiryState,
};

pub(in crate::learning) async fn insert_inquiry(conn: &impl ConnectionTrait, row: inquiry::Model) -> AppResult<()> {
    inquiry::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_inquiry(
    conn: &impl ConnectionTrait,
    id: InquiryId,
) -> AppResult<Option<inquiry::Model>> {
    Ok(inquiry::Entity::find_by_id(id).one(conn).await?)
}

/// The question; nobody else moves it on until the write ends.
pub(in crate::learning) async fn lock_inquiry(
    conn: &impl ConnectionTrait,
    id: InquiryId,
) -> AppResult<Option<inquiry::Model>> {
    Ok(inquiry::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// Stores a question that was locked.
pub(in crate::learning) async fn update_inquiry(conn: &impl ConnectionTrait, row: inquiry::Model) -> AppResult<()> {
    let id = row.id;
    let row = row.into_active_model().reset_all();
    inquiry::Entity::update_many().set(row).filter(inquiry::Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Which questions a list shows.
pub(in crate::learning) struct InquiryFilter {
    /// Of the classes that fulfil this.
    pub(in crate::learning) within: Condition,
    pub(in crate::learning) class_id: Option<ClassId>,
    pub(in crate::learning) state: Option<InquiryState>,
    /// The last question of the page before.
    pub(in crate::learning) after: Option<InquiryId>,
    pub(in crate::learning) rows: u64,
}

/// Questions of some classes, the newest first.
pub(in crate::learning) async fn list_inquiries(
    conn: &impl ConnectionTrait,
    wanted: InquiryFilter,
) -> AppResult<Vec<inquiry::Model>> {
    use inquiry::Column;
    let mut query = inquiry::Entity::find().filter(of_classes(wanted.within));
    if let Some(class_id) = wanted.class_id {
        query = query.filter(Column::ClassId.eq(class_id));
    }
    if let Some(state) = wanted.state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    if let Some(id) = wanted.after {
        query = query.filter(Column::Id.lt(id));
    }
    Ok(query.order_by_desc(Column::Id).limit(wanted.rows).all(conn).await?)
}

/// How many questions of the classes that fulfil a condition wait for an answer.
pub(in crate::learning) async fn count_open_inquiries(
    conn: &impl ConnectionTrait,
    within: Condition,
) -> AppResult<u64> {
    let open = inquiry::Column::State.eq(InquiryState::Open.as_str());
    Ok(inquiry::Entity::find().filter(of_classes(within)).filter(open).count(conn).await?)
}

fn of_classes(within: Condition) -> Condition {
    let classes = class::Entity::find().filter(within).select_only().column(class::Column::Id).into_query();
    Condition::all().add(inquiry::Column::ClassId.in_subquery(classes))
}

/// The questions of a learner, the newest first.
pub(in crate::learning) async fn list_own_inquiries(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    state: Option<InquiryState>,
) -> AppResult<Vec<inquiry::Model>> {
    use inquiry::Column;
    let mut query = inquiry::Entity::find().filter(Column::AccountId.eq(account_id));
    if let Some(state) = state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    Ok(query.order_by_desc(Column::Id).all(conn).await?)
}

/// How many questions of a learner wait for an answer.
pub(in crate::learning) async fn count_own_open_inquiries(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<u64> {
    use inquiry::Column;
    let own = inquiry::Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(own.filter(Column::State.eq(InquiryState::Open.as_str())).count(conn).await?)
}

/// How many answers a learner has not read, course by course; a course without any is left out.
pub(in crate::learning) async fn count_answered_inquiries(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<(CourseId, i64)>> {
    use inquiry::Column;
    let query = inquiry::Entity::find()
        .select_only()
        .column(Column::CourseId)
        .column_as(Column::Id.count(), "answers")
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::State.eq(InquiryState::Answered.as_str()))
        .group_by(Column::CourseId);
    Ok(query.into_tuple().all(conn).await?)
}

/// What a class may see of what others than this learner asked at a unit, the newest first.
pub(in crate::learning) async fn list_public_inquiries(
    conn: &impl ConnectionTrait,
    (class_id, unit_id): (ClassId, UnitId),
    but: AccountId,
) -> AppResult<Vec<inquiry::Model>> {
    use inquiry::Column;
    let public = inquiry::Entity::find().filter(Column::ClassId.eq(class_id)).filter(Column::UnitId.eq(unit_id));
    let public = public.filter(Column::IsPublic.eq(true)).filter(Column::AccountId.ne(but));
    Ok(public.order_by_desc(Column::Id).all(conn).await?)
}
