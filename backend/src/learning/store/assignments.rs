//! What learners hand in of assignments, their photos, and what teachers decide.

use crate::{
    learning::entity::{assignment_hand_in, assignment_mark, assignment_photo, class},
    platform::error::AppResult,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use shared::{
    ids::{AccountId, ActivityId, AssignmentPhotoId, ClassId, CourseId, CourseVersionId, HandInId, UnitId},
    learning::HandInState,
    time::Timestamp,
};

/// Something that was handed in, and what was decided of it, if anything was.
pub(in crate::learning) type HandIn = (assignment_hand_in::Model, Option<assignment_mark::Model>);

/// What task points and the gradebook ask of a hand-in.
#[derive(FromQueryResult)]
pub(in crate::learning) struct HandInFact {
    pub(in crate::learning) account_id: AccountId,
    pub(in crate::learning) course_id: CourseId,
    /// In which version of the course the assignment was read.
    pub(in crate::learning) course_version_id: CourseVersionId,
    pub(in crate::learning) unit_id: UnitId,
    pub(in crate::learning) activity_id: ActivityId,
    pub(in crate::learning) handed_in_at: Timestamp,
    /// Absent before somebody decided.
    pub(in crate::learning) is_returned: Option<bool>,
    /// Points of each criterion in order, as JSON; absent before somebody decided.
    pub(in crate::learning) points: Option<String>,
}

pub(in crate::learning) async fn insert_assignment_photo(
    conn: &impl ConnectionTrait,
    row: assignment_photo::Model,
) -> AppResult<()> {
    assignment_photo::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_assignment_photo(
    conn: &impl ConnectionTrait,
    id: AssignmentPhotoId,
) -> AppResult<Option<assignment_photo::Model>> {
    Ok(assignment_photo::Entity::find_by_id(id).one(conn).await?)
}

/// How many photos or files of these kinds a learner has sent for an assignment.
pub(in crate::learning) async fn count_sent(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    activity_id: ActivityId,
    kinds: &[&str],
) -> AppResult<u64> {
    use assignment_photo::Column;
    let own = assignment_photo::Entity::find().filter(Column::AccountId.eq(account_id));
    let own = own.filter(Column::ActivityId.eq(activity_id));
    Ok(own.filter(Column::Kind.is_in(kinds.iter().copied())).count(conn).await?)
}

/// Those of these photos and files that a learner has sent for an assignment, each with its kind.
pub(in crate::learning) async fn list_sent(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    activity_id: ActivityId,
    ids: &[AssignmentPhotoId],
) -> AppResult<Vec<(AssignmentPhotoId, String)>> {
    use assignment_photo::Column;
    let own = assignment_photo::Entity::find().select_only().columns([Column::Id, Column::Kind]);
    let own = own.filter(Column::AccountId.eq(account_id));
    let sent = own.filter(Column::ActivityId.eq(activity_id)).filter(Column::Id.is_in(ids.iter().copied()));
    Ok(sent.into_tuple().all(conn).await?)
}

pub(in crate::learning) async fn insert_hand_in(
    conn: &impl ConnectionTrait,
    row: assignment_hand_in::Model,
) -> AppResult<()> {
    assignment_hand_in::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn insert_mark(
    conn: &impl ConnectionTrait,
    row: assignment_mark::Model,
) -> AppResult<()> {
    assignment_mark::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_hand_in(conn: &impl ConnectionTrait, id: HandInId) -> AppResult<Option<HandIn>> {
    Ok(assignment_hand_in::Entity::find_by_id(id).find_also_related(assignment_mark::Entity).one(conn).await?)
}

/// The hand-in; nobody else decides of it until the write ends.
pub(in crate::learning) async fn lock_hand_in(conn: &impl ConnectionTrait, id: HandInId) -> AppResult<Option<HandIn>> {
    let Some(row) = assignment_hand_in::Entity::find_by_id(id).lock_exclusive().one(conn).await? else {
        return Ok(None);
    };
    let mark = assignment_mark::Entity::find_by_id(id).one(conn).await?;
    Ok(Some((row, mark)))
}

/// What these accounts handed in of these courses, the first first, without its words.
pub(in crate::learning) async fn list_hand_in_facts(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
    courses: &[CourseId],
) -> AppResult<Vec<HandInFact>> {
    use assignment_hand_in::Column;
    let query = assignment_hand_in::Entity::find().left_join(assignment_mark::Entity).select_only();
    let query = query.columns([Column::AccountId, Column::CourseId, Column::CourseVersionId, Column::UnitId]);
    let query = query.columns([Column::ActivityId, Column::HandedInAt]);
    let query = query.columns([assignment_mark::Column::IsReturned, assignment_mark::Column::Points]);
    let query = query.filter(Column::AccountId.is_in(accounts.iter().copied()));
    let query = query.filter(Column::CourseId.is_in(courses.iter().copied()));
    let query = query.order_by_asc(Column::HandedInAt).order_by_asc(Column::Id);
    Ok(query.into_model::<HandInFact>().all(conn).await?)
}

/// What a learner handed in, of some assignments or of all, the last first.
pub(in crate::learning) async fn list_own_hand_ins(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    activities: Option<&[ActivityId]>,
) -> AppResult<Vec<HandIn>> {
    use assignment_hand_in::Column;
    let own = assignment_hand_in::Entity::find().find_also_related(assignment_mark::Entity);
    let own = own.filter(Column::AccountId.eq(account_id));
    let own = match activities {
        Some(ids) => own.filter(Column::ActivityId.is_in(ids.iter().copied())),
        None => own,
    };
    Ok(own.order_by_desc(Column::HandedInAt).order_by_desc(Column::Id).all(conn).await?)
}

/// Which hand-ins a list shows.
pub(in crate::learning) struct HandInFilter {
    /// Of the classes that fulfil this.
    pub(in crate::learning) within: Condition,
    /// Whoever reads the list marks nothing of their own.
    pub(in crate::learning) reader: AccountId,
    pub(in crate::learning) class_id: Option<ClassId>,
    pub(in crate::learning) state: Option<HandInState>,
    /// The last hand-in of the page before.
    pub(in crate::learning) after: Option<HandInId>,
    pub(in crate::learning) rows: u64,
}

/// Hand-ins of some classes: those that wait come in the order in which they came in, all others the last first.
pub(in crate::learning) async fn list_hand_ins(
    conn: &impl ConnectionTrait,
    wanted: HandInFilter,
) -> AppResult<Vec<HandIn>> {
    use assignment_hand_in::Column;
    let is_ascending = wanted.state == Some(HandInState::Waiting);
    let after = wanted.after.map(|id| if is_ascending { Column::Id.gt(id) } else { Column::Id.lt(id) });
    let filter = of_classes(wanted.within)
        .add(Column::AccountId.ne(wanted.reader))
        .add_option(wanted.class_id.map(|id| Column::ClassId.eq(id)))
        .add_option(wanted.state.map(is_in))
        .add_option(after);
    let query = assignment_hand_in::Entity::find().find_also_related(assignment_mark::Entity).filter(filter);
    let query = if is_ascending { query.order_by_asc(Column::Id) } else { query.order_by_desc(Column::Id) };
    Ok(query.limit(wanted.rows).all(conn).await?)
}

/// How many hand-ins of the classes that fulfil a condition wait for somebody who handed in none of them.
pub(in crate::learning) async fn count_waiting_hand_ins(
    conn: &impl ConnectionTrait,
    within: Condition,
    reader: AccountId,
) -> AppResult<u64> {
    use assignment_hand_in::Column;
    let waiting = assignment_hand_in::Entity::find().left_join(assignment_mark::Entity);
    let waiting = waiting.filter(of_classes(within)).filter(Column::AccountId.ne(reader));
    Ok(waiting.filter(is_in(HandInState::Waiting)).count(conn).await?)
}

fn of_classes(within: Condition) -> Condition {
    let classes = class::Entity::find().filter(within).select_only().column(class::Column::Id).into_query();
    Condition::all().add(assignment_hand_in::Column::ClassId.in_subquery(classes))
}

/// Where a hand-in stands, by its mark.
fn is_in(state: HandInState) -> Condition {
    use assignment_mark::Column;
    Condition::all().add(match state {
        HandInState::Waiting => Column::HandInId.is_null(),
        HandInState::Returned => Column::IsReturned.eq(true),
        HandInState::Marked => Column::IsReturned.eq(false),
    })
}
