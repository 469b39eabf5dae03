//! Statements on the feature's tables.

mod agreements;
mod announcements;
mod anomalies;
mod assignments;
mod attendance_rules;
mod classes;
mod course_rules;
mod discussions;
mod external;
mod inquiries;
mod notes;
mod offline;
mod quizzes;
mod reminders;
mod reviews;
mod statement_readers;
mod stops;
mod unit_study;

pub(super) use agreements::{find_agreement, insert_agreement};
pub(super) use announcements::{
    find_announcement, insert_announcement, insert_reading, list_announcements, list_announcements_by_ids,
    list_own_readings, list_readings, lock_announcement, update_announcement,
};
pub(super) use anomalies::{insert_anomaly_look, list_anomaly_looks};
pub(super) use assignments::{
    HandIn, HandInFact, HandInFilter, count_sent, count_waiting_hand_ins, find_assignment_photo, find_hand_in,
    insert_assignment_photo, insert_hand_in, insert_mark, list_hand_in_facts, list_hand_ins, list_own_hand_ins,
    list_sent, lock_hand_in,
};
pub(super) use attendance_rules::{
    approve_attendance_rule, end_attendance_rule_proposal, find_attendance_rule_proposal, has_attendance_rule,
    hold_attendance_rules, insert_attendance_rule_proposal, list_all_attendance_rules, list_approved_attendance_rules,
    list_attendance_rule_proposals, list_attendance_rules, list_attendance_rules_once_approved,
    list_waiting_attendance_rules, lock_attendance_rule_proposal, lock_classes_by_rule, lock_classes_to_begin,
};
pub(super) use classes::{
    ClassFilter, count_classes, count_members, delete_class_courses, end_membership, find_class, insert_class,
    insert_class_course, insert_departure, insert_member, list_all_members, list_class_courses, list_class_ids,
    list_classes, list_classes_by_ids, list_classes_ever_of, list_classes_of, list_departures, list_members,
    list_members_after, list_members_of, list_memberships, list_memberships_of, list_unfinished_classes, lock_class,
    update_class,
};
pub(super) use course_rules::{
    approve_course_rule, end_course_rule_proposal, find_course_rule_proposal, has_course_rule,
    insert_course_rule_proposal, list_approved_course_rules, list_course_rule_proposals, list_waiting_course_rules,
    lock_course_rule_proposal,
};
pub(super) use discussions::{
    PostFilter, TopicFilter, count_posts_since, count_replies, count_reported, count_reported_of, count_topics,
    count_unread, count_unread_of, find_post, find_topic, has_read_topic, insert_deed, insert_post, insert_topic,
    insert_topic_reading, insert_topic_step, last_numbers, list_deeds, list_own_post_reports, list_own_posts,
    list_own_topic_readings, list_posts_by_ids, list_replies, list_reported, list_threads, list_topic_steps,
    list_topics, list_topics_by_ids, lock_topic,
};
pub(super) use external::{
    ScoreFact, answer_external_launch, approve_external_tool, end_external_tool, find_external_launch,
    find_external_subject, find_external_tool, forget_assertions_until, forget_launches_until,
    insert_external_assertion, insert_external_launch, insert_external_score, insert_external_subject,
    insert_external_tool, last_external_score, list_external_subjects, list_external_tools, list_score_facts,
    list_scores_of_subjects, lock_external_tool, oldest_assertions_until, oldest_launches_until,
};
pub(super) use inquiries::{
    InquiryFilter, count_answered_inquiries, count_open_inquiries, count_own_open_inquiries, find_inquiry,
    insert_inquiry, list_inquiries, list_own_inquiries, list_public_inquiries, lock_inquiry, update_inquiry,
};
pub(super) use notes::{find_note, insert_note, list_notes, update_note};
pub(super) use offline::{list_intervals_since, list_stored_entries};
pub(super) use quizzes::{
    find_quiz, insert_quiz, insert_quiz_attempt, list_own_quiz_attempts, list_quiz_attempts, list_quizzes,
    list_quizzes_by_ids, lock_quiz, update_quiz,
};
pub(super) use reminders::{find_reminder, insert_reminder, list_own_reminders, list_reminders, note_reminder_read};
pub(super) use reviews::{
    count_reviews_for, decide_review, insert_review, insert_writer, last_review, list_courses_of_versions,
    list_waiting_reviews, list_writers,
};
pub(super) use statement_readers::{
    find_standing_statement_reader, find_statement_reader, insert_statement_reader, list_statement_readers,
    lock_statement_reader, update_statement_reader,
};
pub(super) use stops::{count_last_studied, list_last_studied};
pub(super) use unit_study::{list_unit_answers, list_unit_intervals};

use super::entity::{class_member, course, course_version, daily_cap, exercise_answer, study_interval};
use crate::platform::{db::contains, error::AppResult};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict},
};
use shared::{
    ids::{AccountId, ClassId, CourseId, CourseVersionId, UnitId},
    learning::{CatalogueShelf, CourseKind, CourseLevel},
    time::Timestamp,
};
use uuid::Uuid;

/// Inserts a course; whether its code was free.
pub(super) async fn insert_course(conn: &impl ConnectionTrait, row: course::Model) -> AppResult<bool> {
    let inserted = course::Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::column(course::Column::Code).do_nothing().to_owned())
        .exec_without_returning(conn)
        .await?;
    Ok(inserted == 1)
}

pub(super) async fn find_course(conn: &impl ConnectionTrait, id: CourseId) -> AppResult<Option<course::Model>> {
    Ok(course::Entity::find_by_id(id).one(conn).await?)
}

pub(super) async fn list_courses_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[CourseId],
) -> AppResult<Vec<course::Model>> {
    Ok(course::Entity::find().filter(course::Column::Id.is_in(ids.iter().copied())).all(conn).await?)
}

/// Every course, by code.
pub(super) async fn list_courses(conn: &impl ConnectionTrait) -> AppResult<Vec<course::Model>> {
    Ok(course::Entity::find().order_by_asc(course::Column::Code).all(conn).await?)
}

pub(super) async fn find_course_by_code(conn: &impl ConnectionTrait, code: &str) -> AppResult<Option<course::Model>> {
    Ok(course::Entity::find().filter(course::Column::Code.eq(code)).one(conn).await?)
}

/// Which courses a list shows.
pub(super) struct CourseFilter<'a> {
    /// Where they stand in the catalogue.
    pub(super) shelf: Option<CatalogueShelf>,
    /// Part of their code or title.
    pub(super) text: Option<&'a str>,
    /// Whether those without a published version are left out.
    pub(super) is_published: bool,
    /// The code of the last course of the page before.
    pub(super) after: Option<String>,
    pub(super) rows: u64,
}

/// Courses, by code.
pub(super) async fn list_courses_by_code(
    conn: &impl ConnectionTrait,
    wanted: CourseFilter<'_>,
) -> AppResult<Vec<course::Model>> {
    use course::Column;
    let named = |text: &str| Condition::any().add(contains(Column::Code, text)).add(contains(Column::Title, text));
    let within = Condition::all()
        .add_option(wanted.shelf.map(stands_on))
        .add_option(wanted.text.map(named))
        .add_option(wanted.is_published.then(has_published_version))
        .add_option(wanted.after.map(|code| Column::Code.gt(code)));
    Ok(course::Entity::find().filter(within).order_by_asc(Column::Code).limit(wanted.rows).all(conn).await?)
}

/// Courses that have a published version.
fn has_published_version() -> Condition {
    use course_version::Column;
    let published = course_version::Entity::find().select_only().column(Column::CourseId);
    let published = published.filter(Column::PublishedAt.is_not_null());
    Condition::all().add(course::Column::Id.in_subquery(published.into_query()))
}

/// As [`CatalogueShelf::of`] says.
fn stands_on(shelf: CatalogueShelf) -> Condition {
    use course::Column;
    let culture = |level: CourseLevel| {
        let is_culture = Column::Kind.eq(CourseKind::Culture.as_str());
        Condition::all().add(is_culture).add(Column::Level.eq(level.as_str()))
    };
    match shelf {
        CatalogueShelf::Junior => culture(CourseLevel::Junior),
        CatalogueShelf::Senior => culture(CourseLevel::Senior),
        CatalogueShelf::Skill => Condition::all().add(Column::Kind.eq(CourseKind::Skill.as_str())),
    }
}

pub(super) async fn insert_version(conn: &impl ConnectionTrait, row: course_version::Model) -> AppResult<()> {
    course_version::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(super) async fn find_draft(
    conn: &impl ConnectionTrait,
    course_id: CourseId,
) -> AppResult<Option<course_version::Model>> {
    use course_version::Column;
    let draft = course_version::Entity::find().filter(Column::CourseId.eq(course_id));
    Ok(draft.filter(Column::PublishedAt.is_null()).one(conn).await?)
}

/// The draft; nobody else changes it until the write ends.
pub(super) async fn lock_draft(
    conn: &impl ConnectionTrait,
    course_id: CourseId,
) -> AppResult<Option<course_version::Model>> {
    use course_version::Column;
    let draft = course_version::Entity::find().filter(Column::CourseId.eq(course_id));
    Ok(draft.filter(Column::PublishedAt.is_null()).lock_exclusive().one(conn).await?)
}

/// Saves a draft over the version that its author has seen; whether it was still that.
pub(super) async fn save_draft(
    conn: &impl ConnectionTrait,
    id: CourseVersionId,
    seen: i32,
    content: String,
    edited_by: AccountId,
    now: Timestamp,
) -> AppResult<bool> {
    use course_version::Column;
    let saved = course_version::Entity::update_many()
        .col_expr(Column::Content, Expr::value(content))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::EditedBy, Expr::value(edited_by.0))
        .col_expr(Column::EditedAt, Expr::value(now.0))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(seen))
        .filter(Column::PublishedAt.is_null())
        .exec(conn)
        .await?;
    Ok(saved.rows_affected == 1)
}

pub(super) async fn set_published(conn: &impl ConnectionTrait, id: CourseVersionId, now: Timestamp) -> AppResult<()> {
    let row = course_version::ActiveModel { published_at: Set(Some(now)), ..Default::default() };
    course_version::Entity::update_many()
        .set(row)
        .filter(course_version::Column::Id.eq(id))
        .filter(course_version::Column::PublishedAt.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// The published versions of these courses, without their contents: id, course and number.
pub(super) async fn list_published(
    conn: &impl ConnectionTrait,
    courses: &[CourseId],
) -> AppResult<Vec<(CourseVersionId, CourseId, i32)>> {
    use course_version::Column;
    let query = course_version::Entity::find()
        .select_only()
        .columns([Column::Id, Column::CourseId, Column::Number])
        .filter(Column::CourseId.is_in(courses.iter().copied()))
        .filter(Column::PublishedAt.is_not_null())
        .order_by_asc(Column::Number);
    Ok(query.into_tuple().all(conn).await?)
}

/// When each of these versions was published.
pub(super) async fn list_published_at(
    conn: &impl ConnectionTrait,
    versions: &[CourseVersionId],
) -> AppResult<Vec<(CourseVersionId, Option<Timestamp>)>> {
    use course_version::Column;
    let query = course_version::Entity::find().select_only().columns([Column::Id, Column::PublishedAt]);
    Ok(query.filter(Column::Id.is_in(versions.iter().copied())).into_tuple().all(conn).await?)
}

/// When the published versions of these courses were published, ascending by number: id, course, number and time.
pub(super) async fn list_publications(
    conn: &impl ConnectionTrait,
    courses: &[CourseId],
) -> AppResult<Vec<(CourseVersionId, CourseId, i32, Timestamp)>> {
    use course_version::Column;
    let query = course_version::Entity::find()
        .select_only()
        .columns([Column::Id, Column::CourseId, Column::Number, Column::PublishedAt])
        .filter(Column::CourseId.is_in(courses.iter().copied()))
        .filter(Column::PublishedAt.is_not_null())
        .order_by_asc(Column::Number);
    Ok(query.into_tuple().all(conn).await?)
}

pub(super) async fn find_content(conn: &impl ConnectionTrait, id: CourseVersionId) -> AppResult<Option<String>> {
    use course_version::Column;
    let query = course_version::Entity::find_by_id(id).select_only().column(Column::Content);
    Ok(query.into_tuple().one(conn).await?)
}

/// The last interval of an account, of all its pages.
pub(super) async fn last_interval(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Option<study_interval::Model>> {
    use study_interval::Column;
    let query = study_interval::Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(query.order_by_desc(Column::ToAt).order_by_desc(Column::Id).one(conn).await?)
}

/// The interval that an account began last, of all its pages. What a device kept without a network is of no page.
pub(super) async fn newest_interval(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Option<study_interval::Model>> {
    use study_interval::Column;
    let query = study_interval::Entity::find().filter(Column::AccountId.eq(account_id));
    let of_pages = query.filter(Column::EntryId.is_null());
    Ok(of_pages.order_by_desc(Column::FromAt).order_by_desc(Column::Id).one(conn).await?)
}

pub(super) async fn insert_interval(conn: &impl ConnectionTrait, row: study_interval::Model) -> AppResult<()> {
    study_interval::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// Makes an interval longer, and its reading no less.
pub(super) async fn extend_interval(
    conn: &impl ConnectionTrait,
    id: Uuid,
    to_at: Timestamp,
    read_pct: i32,
) -> AppResult<()> {
    let row = study_interval::ActiveModel { to_at: Set(to_at), read_pct: Set(read_pct), ..Default::default() };
    study_interval::Entity::update_many().set(row).filter(study_interval::Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// What is known of these accounts' study, of whatever course: a day has one limit for all of them.
pub(super) async fn list_intervals(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> AppResult<Vec<study_interval::Model>> {
    use study_interval::Column;
    let query = study_interval::Entity::find().filter(Column::AccountId.is_in(accounts.iter().copied()));
    Ok(query.all(conn).await?)
}

/// Those of these accounts who studied anything after a time.
pub(super) async fn list_studied_since(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
    since: Timestamp,
) -> AppResult<Vec<AccountId>> {
    use study_interval::Column;
    let query = study_interval::Entity::find().select_only().column(Column::AccountId).distinct();
    let query = query.filter(Column::AccountId.is_in(accounts.iter().copied())).filter(Column::ToAt.gt(since));
    Ok(query.into_tuple().all(conn).await?)
}

/// Every row of how much study of a day counts.
pub(super) async fn list_daily_caps(conn: &impl ConnectionTrait) -> AppResult<Vec<daily_cap::Model>> {
    Ok(daily_cap::Entity::find().all(conn).await?)
}

pub(super) async fn insert_answer(conn: &impl ConnectionTrait, row: exercise_answer::Model) -> AppResult<()> {
    exercise_answer::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// A try at an exercise, by the id that its device may have made.
pub(super) async fn find_answer(conn: &impl ConnectionTrait, id: Uuid) -> AppResult<Option<exercise_answer::Model>> {
    Ok(exercise_answer::Entity::find_by_id(id).one(conn).await?)
}

/// Tries of these accounts at exercises of these courses, the first first.
pub(super) async fn list_answers(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
    courses: &[CourseId],
) -> AppResult<Vec<exercise_answer::Model>> {
    use exercise_answer::Column;
    let query = exercise_answer::Entity::find().filter(Column::AccountId.is_in(accounts.iter().copied()));
    let query = query.filter(Column::CourseId.is_in(courses.iter().copied()));
    Ok(query.order_by_asc(Column::AnsweredAt).order_by_asc(Column::Id).all(conn).await?)
}

/// Waits for other heartbeats of the same learner: intervals are joined one after the other.
pub(super) async fn lock_learner(conn: &impl ConnectionTrait, id: AccountId) -> AppResult<()> {
    use class_member::Column;
    class_member::Entity::find()
        .select_only()
        .column(Column::ClassId)
        .filter(Column::AccountId.eq(id))
        .order_by_asc(Column::ClassId)
        .lock_exclusive()
        .into_tuple::<ClassId>()
        .all(conn)
        .await?;
    Ok(())
}

/// The last interval of one open page.
pub(super) async fn last_interval_of(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    unit_id: UnitId,
    stream: Uuid,
) -> AppResult<Option<study_interval::Model>> {
    use study_interval::Column;
    let query = study_interval::Entity::find().filter(Column::AccountId.eq(account_id));
    let query = query.filter(Column::UnitId.eq(unit_id)).filter(Column::Stream.eq(stream));
    Ok(query.order_by_desc(Column::ToAt).order_by_desc(Column::Id).one(conn).await?)
}
