//! Classes, what they study and who is in them.

use crate::{
    learning::entity::{class, class_course, class_departure, class_member},
    platform::error::AppResult,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Func, LikeExpr, OnConflict},
};
use shared::{
    ids::{AccountId, ClassId},
    learning::{ClassForm, ClassState, MemberState},
    time::Timestamp,
};
use std::cmp::Reverse;

pub(in crate::learning) async fn insert_class(conn: &impl ConnectionTrait, row: class::Model) -> AppResult<()> {
    class::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_class(
    conn: &impl ConnectionTrait,
    id: ClassId,
) -> AppResult<Option<class::Model>> {
    Ok(class::Entity::find_by_id(id).one(conn).await?)
}

/// The class; nobody else changes it, or who is in it, until the write ends.
pub(in crate::learning) async fn lock_class(
    conn: &impl ConnectionTrait,
    id: ClassId,
) -> AppResult<Option<class::Model>> {
    Ok(class::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

pub(in crate::learning) async fn list_classes_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[ClassId],
) -> AppResult<Vec<class::Model>> {
    Ok(class::Entity::find().filter(class::Column::Id.is_in(ids.iter().copied())).all(conn).await?)
}

/// The classes that fulfil a condition and are not over, by name.
pub(in crate::learning) async fn list_unfinished_classes(
    conn: &impl ConnectionTrait,
    theirs: Condition,
) -> AppResult<Vec<class::Model>> {
    use class::Column;
    let going_on = ClassState::ALL.iter().filter(|state| !state.is_over()).map(|state| state.as_str());
    let query = class::Entity::find().filter(theirs).filter(Column::State.is_in(going_on));
    Ok(query.order_by_asc(Column::Name).order_by_asc(Column::Id).all(conn).await?)
}

/// Stores a class that was locked.
pub(in crate::learning) async fn update_class(conn: &impl ConnectionTrait, row: class::Model) -> AppResult<()> {
    let id = row.id;
    let row = row.into_active_model().reset_all();
    class::Entity::update_many().set(row).filter(class::Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Which classes a list shows.
pub(in crate::learning) struct ClassFilter<'a> {
    pub(in crate::learning) within: Condition,
    pub(in crate::learning) state: Option<ClassState>,
    pub(in crate::learning) form: Option<ClassForm>,
    /// Part of the name.
    pub(in crate::learning) name: Option<&'a str>,
    /// The last class of the page before.
    pub(in crate::learning) after: Option<ClassId>,
    pub(in crate::learning) rows: u64,
}

/// Classes, the newest first.
pub(in crate::learning) async fn list_classes(
    conn: &impl ConnectionTrait,
    wanted: ClassFilter<'_>,
) -> AppResult<Vec<class::Model>> {
    use class::Column;
    let mut query = class::Entity::find().filter(wanted.within);
    if let Some(state) = wanted.state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    if let Some(form) = wanted.form {
        query = query.filter(Column::Form.eq(form.as_str()));
    }
    if let Some(name) = wanted.name {
        let mut pattern = String::from("%");
        for letter in name.to_lowercase().chars() {
            if matches!(letter, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(letter);
        }
        pattern.push('%');
        let name = Expr::expr(Func::lower(Expr::col(Column::Name)));
        query = query.filter(name.like(LikeExpr::new(pattern).escape('!')));
    }
    if let Some(id) = wanted.after {
        query = query.filter(Column::Id.lt(id));
    }
    Ok(query.order_by_desc(Column::Id).limit(wanted.rows).all(conn).await?)
}

/// How many classes fulfil a condition.
pub(in crate::learning) async fn count_classes(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(class::Entity::find().filter(within).count(conn).await?)
}

/// The classes that fulfil a condition.
pub(in crate::learning) async fn list_class_ids(
    conn: &impl ConnectionTrait,
    within: Condition,
) -> AppResult<Vec<ClassId>> {
    let query = class::Entity::find().filter(within).select_only().column(class::Column::Id);
    Ok(query.into_tuple().all(conn).await?)
}

pub(in crate::learning) async fn insert_class_course(
    conn: &impl ConnectionTrait,
    row: class_course::Model,
) -> AppResult<()> {
    class_course::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// Takes back what a class was to study, before anybody has studied it.
pub(in crate::learning) async fn delete_class_courses(conn: &impl ConnectionTrait, id: ClassId) -> AppResult<()> {
    class_course::Entity::delete_many().filter(class_course::Column::ClassId.eq(id)).exec(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn list_class_courses(
    conn: &impl ConnectionTrait,
    classes: &[ClassId],
) -> AppResult<Vec<class_course::Model>> {
    let of_classes = class_course::Column::ClassId.is_in(classes.iter().copied());
    Ok(class_course::Entity::find().filter(of_classes).all(conn).await?)
}

/// Adds a learner to a class; who is in it stays, who has left it joins again.
pub(in crate::learning) async fn insert_member(conn: &impl ConnectionTrait, row: class_member::Model) -> AppResult<()> {
    use class_member::Column;
    let again = OnConflict::columns([Column::ClassId, Column::AccountId])
        .update_columns([Column::JoinedAt, Column::LeftAt])
        .action_and_where(Expr::col((class_member::Entity, Column::LeftAt)).is_not_null())
        .to_owned();
    class_member::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(conn).await?;
    Ok(())
}

/// Everybody who is or was in a class, the first joined first.
pub(in crate::learning) async fn list_all_members(
    conn: &impl ConnectionTrait,
    id: ClassId,
    state: Option<MemberState>,
) -> AppResult<Vec<class_member::Model>> {
    use class_member::Column;
    let mut query = class_member::Entity::find().filter(Column::ClassId.eq(id));
    match state {
        Some(MemberState::In) => query = query.filter(Column::LeftAt.is_null()),
        Some(MemberState::Left) => query = query.filter(Column::LeftAt.is_not_null()),
        None => {}
    }
    Ok(query.order_by_asc(Column::JoinedAt).order_by_asc(Column::AccountId).all(conn).await?)
}

/// Everybody who is or was in one of these classes.
pub(in crate::learning) async fn list_members_of(
    conn: &impl ConnectionTrait,
    classes: &[ClassId],
) -> AppResult<Vec<class_member::Model>> {
    let of_classes = class_member::Column::ClassId.is_in(classes.iter().copied());
    Ok(class_member::Entity::find().filter(of_classes).all(conn).await?)
}

/// Who is in a class.
pub(in crate::learning) async fn list_members(conn: &impl ConnectionTrait, id: ClassId) -> AppResult<Vec<AccountId>> {
    let members = list_all_members(conn, id, Some(MemberState::In)).await?;
    Ok(members.into_iter().map(|member| member.account_id).collect())
}

/// So many of those who are in a class, after one of them, the first joined first.
pub(in crate::learning) async fn list_members_after(
    conn: &impl ConnectionTrait,
    id: ClassId,
    after: Option<(Timestamp, AccountId)>,
    rows: u64,
) -> AppResult<Vec<class_member::Model>> {
    use class_member::Column;
    let mut query = class_member::Entity::find().filter(Column::ClassId.eq(id)).filter(Column::LeftAt.is_null());
    if let Some((joined_at, account_id)) = after {
        let at_once = Condition::all().add(Column::JoinedAt.eq(joined_at)).add(Column::AccountId.gt(account_id));
        query = query.filter(Condition::any().add(Column::JoinedAt.gt(joined_at)).add(at_once));
    }
    Ok(query.order_by_asc(Column::JoinedAt).order_by_asc(Column::AccountId).limit(rows).all(conn).await?)
}

/// How many learners are in each of these classes; a class without any is left out.
pub(in crate::learning) async fn count_members(
    conn: &impl ConnectionTrait,
    classes: &[ClassId],
) -> AppResult<Vec<(ClassId, i64)>> {
    use class_member::Column;
    let query = class_member::Entity::find()
        .select_only()
        .column(Column::ClassId)
        .column_as(Column::AccountId.count(), "learners")
        .filter(Column::ClassId.is_in(classes.iter().copied()))
        .filter(Column::LeftAt.is_null())
        .group_by(Column::ClassId);
    Ok(query.into_tuple().all(conn).await?)
}

/// Notes that a learner is not in a class any more.
pub(in crate::learning) async fn end_membership(
    conn: &impl ConnectionTrait,
    class_id: ClassId,
    account_id: AccountId,
    now: Timestamp,
) -> AppResult<()> {
    use class_member::Column;
    class_member::Entity::update_many()
        .col_expr(Column::LeftAt, Expr::value(now.0))
        .filter(Column::ClassId.eq(class_id))
        .filter(Column::AccountId.eq(account_id))
        .exec(conn)
        .await?;
    Ok(())
}

pub(in crate::learning) async fn insert_departure(
    conn: &impl ConnectionTrait,
    row: class_departure::Model,
) -> AppResult<()> {
    class_departure::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// Each time that somebody left a class, the first first.
pub(in crate::learning) async fn list_departures(
    conn: &impl ConnectionTrait,
    id: ClassId,
) -> AppResult<Vec<class_departure::Model>> {
    use class_departure::Column;
    Ok(class_departure::Entity::find().filter(Column::ClassId.eq(id)).order_by_asc(Column::Id).all(conn).await?)
}

/// Every class that a learner is or was in.
pub(in crate::learning) async fn list_memberships(
    conn: &impl ConnectionTrait,
    id: AccountId,
) -> AppResult<Vec<class_member::Model>> {
    Ok(class_member::Entity::find().filter(class_member::Column::AccountId.eq(id)).all(conn).await?)
}

/// Every class that any of these learners is or was in.
pub(in crate::learning) async fn list_memberships_of(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> AppResult<Vec<class_member::Model>> {
    let theirs = class_member::Column::AccountId.is_in(accounts.iter().copied());
    Ok(class_member::Entity::find().filter(theirs).all(conn).await?)
}

/// The classes that a learner is in, the first joined first.
pub(in crate::learning) async fn list_classes_of(
    conn: &impl ConnectionTrait,
    id: AccountId,
) -> AppResult<Vec<class::Model>> {
    use class_member::Column;
    let members = class_member::Entity::find().filter(Column::AccountId.eq(id)).filter(Column::LeftAt.is_null());
    let members = members.order_by_asc(Column::JoinedAt).order_by_asc(Column::ClassId).all(conn).await?;
    in_order_of(conn, members).await
}

/// The classes that a learner is or was in: first those that they are in, the first joined first, then those that
/// they left, the last left first.
pub(in crate::learning) async fn list_classes_ever_of(
    conn: &impl ConnectionTrait,
    id: AccountId,
) -> AppResult<Vec<class::Model>> {
    let mut members = list_memberships(conn, id).await?;
    members.sort_by_key(|member| (member.left_at.map(Reverse), member.joined_at, member.class_id));
    in_order_of(conn, members).await
}

/// The classes of these memberships, in their order.
async fn in_order_of(conn: &impl ConnectionTrait, members: Vec<class_member::Model>) -> AppResult<Vec<class::Model>> {
    let ids: Vec<ClassId> = members.into_iter().map(|member| member.class_id).collect();
    let mut rows = list_classes_by_ids(conn, &ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}
