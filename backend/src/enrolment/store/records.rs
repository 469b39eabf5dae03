//! Records of learners and their steps.

use super::super::entity::{
    enrolment_rule, record_attachment, record_step,
    student_record::{self, Column},
};
use crate::platform::{
    db::begins_with,
    error::{AppError, AppResult},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, SqlErr,
    sea_query::{Expr, OnConflict, Query, SelectStatement},
};
use shared::{
    enrolment::{AttachmentKind, EnrolmentRefusal, RecordState, RecordStep, RunningRecord},
    ids::{AccountId, PersonId, ProviderId, StudentRecordId},
    learning::CourseLevel,
    work::RecordWait,
};

/// Records that one statement asks for.
const ROWS: usize = 500;

/// Adds a record, unless one of the person runs already: then 0.
pub(in super::super) async fn insert_record(conn: &impl ConnectionTrait, row: student_record::Model) -> AppResult<u64> {
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = student_record::Entity::insert(student_record::ActiveModel::from(row)).on_conflict(once);
    Ok(insert.exec_without_returning(conn).await?)
}

pub(in super::super) async fn find_record(
    conn: &impl ConnectionTrait,
    id: StudentRecordId,
) -> AppResult<Option<student_record::Model>> {
    Ok(student_record::Entity::find_by_id(id).one(conn).await?)
}

/// The record with this learner's number.
pub(in super::super) async fn find_by_learner_number(
    conn: &impl ConnectionTrait,
    learner_number: &str,
) -> AppResult<Option<student_record::Model>> {
    Ok(student_record::Entity::find().filter(Column::LearnerNumber.eq(learner_number)).one(conn).await?)
}

/// Those of these records that there are.
pub(in super::super) async fn list_records_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[StudentRecordId],
) -> AppResult<Vec<student_record::Model>> {
    Ok(student_record::Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(conn).await?)
}

/// The record; nobody else changes it until the write ends.
pub(in super::super) async fn lock_record(
    conn: &impl ConnectionTrait,
    id: StudentRecordId,
) -> AppResult<student_record::Model> {
    let row = student_record::Entity::find_by_id(id).lock_exclusive().one(conn).await?;
    row.ok_or_else(AppError::not_found)
}

/// Every record of a person, the newest first.
pub(in super::super) async fn list_of_person(
    conn: &impl ConnectionTrait,
    id: PersonId,
) -> AppResult<Vec<student_record::Model>> {
    Ok(newest_first().filter(Column::PersonId.eq(id)).all(conn).await?)
}

/// Gives every record of a person another name.
pub(in super::super) async fn rename_records(conn: &impl ConnectionTrait, id: PersonId, name: &str) -> AppResult<()> {
    let update = student_record::Entity::update_many().col_expr(Column::Name, Expr::value(name));
    let update = update.col_expr(Column::NameKey, Expr::value(name.as_bytes().to_vec()));
    update.filter(Column::PersonId.eq(id)).exec(conn).await?;
    Ok(())
}

/// Every record by which these accounts learn, the newest first.
pub(in super::super) async fn list_of_accounts(
    conn: &impl ConnectionTrait,
    ids: &[AccountId],
) -> AppResult<Vec<student_record::Model>> {
    let mut found = Vec::new();
    for ids in ids.chunks(ROWS) {
        found.extend(newest_first().filter(Column::AccountId.is_in(ids.iter().copied())).all(conn).await?);
    }
    Ok(found)
}

fn newest_first() -> sea_orm::Select<student_record::Entity> {
    student_record::Entity::find().order_by_desc(Column::EnteredAt).order_by_desc(Column::Id)
}

/// A school's records of a level in one of these states, by name.
pub(in super::super) async fn list_at_school(
    conn: &impl ConnectionTrait,
    provider_id: ProviderId,
    level: CourseLevel,
    states: &[RecordState],
) -> AppResult<Vec<student_record::Model>> {
    let query = student_record::Entity::find().filter(Column::ProviderId.eq(provider_id));
    let query = query.filter(Column::Level.eq(level.as_str()));
    let query = query.filter(Column::State.is_in(states.iter().map(|state| state.as_str())));
    Ok(query.order_by_asc(Column::NameKey).order_by_asc(Column::Id).all(conn).await?)
}

/// Which records a list shows.
pub(in super::super) struct RecordFilter<'a> {
    pub(in super::super) within: Condition,
    /// How the name begins.
    pub(in super::super) name: Option<&'a str>,
    /// The last record of the page before.
    pub(in super::super) after: Option<(String, StudentRecordId)>,
    pub(in super::super) rows: u64,
}

/// Records by division, each filter by an index.
pub(in super::super) async fn list_records(
    conn: &impl ConnectionTrait,
    wanted: RecordFilter<'_>,
) -> AppResult<Vec<student_record::Model>> {
    let mut query = student_record::Entity::find().filter(wanted.within);
    if let Some(name) = wanted.name {
        query = query.filter(begins_with(Column::NameKey, name));
    }
    if let Some((division, id)) = wanted.after {
        let further = Condition::all().add(Column::Division.eq(division.as_str())).add(Column::Id.gt(id));
        query = query.filter(Condition::any().add(Column::Division.gt(division)).add(further));
    }
    Ok(query.order_by_asc(Column::Division).order_by_asc(Column::Id).limit(wanted.rows).all(conn).await?)
}

/// How many records fulfil a condition.
pub(in super::super) async fn count_records_within(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(student_record::Entity::find().filter(within).count(conn).await?)
}

/// Records that are being filled in and wait for this.
pub(in super::super) fn awaits(wait: RecordWait) -> Condition {
    let filled_in = Condition::all().add(Column::State.eq(RecordState::Applied.as_str()));
    let came_back = Expr::exists(returns());
    match wait {
        RecordWait::Returned => filled_in.add(came_back),
        RecordWait::Papers => filled_in.add(came_back.not()).add(has_papers().not()),
        RecordWait::Submission => filled_in.add(came_back.not()).add(has_papers()),
    }
}

/// Whether a record has the photos that a review needs: the same as `missing_papers` says of one.
fn has_papers() -> Condition {
    let diploma = Condition::any().add(Expr::exists(photos(AttachmentKind::Diploma))).add(Expr::exists(literacy()));
    Condition::all().add(Expr::exists(photos(AttachmentKind::IdCard))).add(diploma)
}

/// The photos of a record that are there and show this.
fn photos(kind: AttachmentKind) -> SelectStatement {
    use record_attachment::Column::{Kind, RecordId, RemovedAt};
    Query::select()
        .expr(Expr::val(1))
        .from(record_attachment::Entity)
        .and_where(Expr::col((record_attachment::Entity, RecordId)).eq(Expr::col((student_record::Entity, Column::Id))))
        .and_where(Expr::col((record_attachment::Entity, Kind)).eq(kind.as_str()))
        .and_where(Expr::col((record_attachment::Entity, RemovedAt)).is_null())
        .take()
}

/// The rule of a record, if it takes for schooling that the learner is literate.
fn literacy() -> SelectStatement {
    use enrolment_rule::Column::{IsLiteracyEnough, Level, Region, ValidFrom};
    let kept = |rule: enrolment_rule::Column, own: Column| {
        Expr::col((enrolment_rule::Entity, rule)).eq(Expr::col((student_record::Entity, own)))
    };
    Query::select()
        .expr(Expr::val(1))
        .from(enrolment_rule::Entity)
        .and_where(Expr::col((student_record::Entity, Column::IsLiterate)).eq(true))
        .and_where(kept(Region, Column::RuleRegion))
        .and_where(kept(Level, Column::Level))
        .and_where(kept(ValidFrom, Column::RuleValidFrom))
        .and_where(Expr::col((enrolment_rule::Entity, IsLiteracyEnough)).eq(true))
        .take()
}

/// The times that a record came back.
fn returns() -> SelectStatement {
    use record_step::Column::{RecordId, Step};
    Query::select()
        .expr(Expr::val(1))
        .from(record_step::Entity)
        .and_where(Expr::col((record_step::Entity, RecordId)).eq(Expr::col((student_record::Entity, Column::Id))))
        .and_where(Expr::col((record_step::Entity, Step)).eq(RecordStep::Return.as_str()))
        .take()
}

/// How many records within a condition are in each state.
pub(in super::super) async fn count_records(
    conn: &impl ConnectionTrait,
    within: Condition,
) -> AppResult<Vec<(String, i64)>> {
    let query = student_record::Entity::find().filter(within).select_only();
    let query = query.column(Column::State).column_as(Column::Id.count(), "records");
    Ok(query.group_by(Column::State).into_tuple().all(conn).await?)
}

/// Moves a record on, if it still is as it was seen; then it is one version further.
///
/// # Errors
/// [`EnrolmentRefusal::AlreadyEnrolled`] if it is to run again while another of the person has begun to.
pub(in super::super) async fn move_record(
    conn: &impl ConnectionTrait,
    seen: i32,
    row: &student_record::Model,
) -> AppResult<bool> {
    let update = student_record::Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::State, Expr::value(row.state.as_str()))
        .col_expr(Column::IsRunning, Expr::value(row.is_running))
        .col_expr(Column::LearnerNumber, Expr::value(row.learner_number.clone()))
        .col_expr(Column::AccountId, Expr::value(row.account_id))
        .col_expr(Column::MovedAt, Expr::value(row.moved_at))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(seen));
    match update.exec(conn).await {
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            let running = RunningRecord { provider_name: None, since: row.moved_at.date_in_china() };
            Err(AppError::refused(EnrolmentRefusal::AlreadyEnrolled(running)))
        }
        outcome => Ok(outcome?.rows_affected == 1),
    }
}

/// Puts right what was entered of a record that is locked.
pub(in super::super) async fn amend_record(conn: &impl ConnectionTrait, row: &student_record::Model) -> AppResult<()> {
    let update = student_record::Entity::update_many()
        .col_expr(Column::Level, Expr::value(row.level.as_str()))
        .col_expr(Column::EducationLevel, Expr::value(row.education_level.clone()))
        .col_expr(Column::IsLiterate, Expr::value(row.is_literate))
        .col_expr(Column::RuleRegion, Expr::value(row.rule_region.as_str()))
        .col_expr(Column::RuleValidFrom, Expr::value(row.rule_valid_from.as_str()))
        .col_expr(Column::Age, Expr::value(row.age));
    update.filter(Column::Id.eq(row.id)).exec(conn).await?;
    Ok(())
}

pub(in super::super) async fn insert_step(conn: &impl ConnectionTrait, row: record_step::Model) -> AppResult<()> {
    record_step::Entity::insert(record_step::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// The steps of these records, in their order.
pub(in super::super) async fn list_steps(
    conn: &impl ConnectionTrait,
    ids: &[StudentRecordId],
) -> AppResult<Vec<record_step::Model>> {
    use record_step::Column::{RecordId, Seq};
    let these = record_step::Entity::find().filter(RecordId.is_in(ids.iter().copied()));
    Ok(these.order_by_asc(RecordId).order_by_asc(Seq).all(conn).await?)
}
