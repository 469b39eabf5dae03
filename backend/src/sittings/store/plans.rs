//! Changes of the plan of an exam session, and who finds it right.

use super::ROWS;
use crate::{
    platform::error::AppResult,
    sittings::{
        calendar,
        entity::{exam_session, sitting},
        exam_rules, forms, quotas,
    },
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use shared::{
    ids::{AccountId, ExamSessionId, PaperId, SittingId},
    sittings::{ExamSessionState, NewExamSession},
    time::Timestamp,
};

/// Writes another plan over the version that was seen, which nobody has found right yet; whether it was still that one.
pub(in crate::sittings) async fn replace_plan(
    conn: &impl ConnectionTrait,
    (id, seen): (ExamSessionId, i32),
    (new, division): (&NewExamSession, &str),
) -> AppResult<bool> {
    use exam_session::Column;
    let (others, quotas) = (forms::text_of(&new.other_paper_ids)?, quotas::text_of(&new.quotas)?);
    let (calendar, rules) = (calendar::text_of(new.calendar.as_ref())?, exam_rules::text_of(new.rules.as_ref())?);
    let exam_keys = exam_rules::exam_keys_text_of(&new.browser_exam_keys)?;
    let replaced = exam_session::Entity::update_many()
        .col_expr(Column::Title, Expr::value(new.title.trim()))
        .col_expr(Column::Division, Expr::value(division))
        .col_expr(Column::CourseId, Expr::value(new.course_id.0))
        .col_expr(Column::PaperId, Expr::value(new.paper_id.0))
        .col_expr(Column::OtherPapers, Expr::value(others))
        .col_expr(Column::StartsAt, Expr::value(new.starts_at.0))
        .col_expr(Column::Kind, Expr::value(new.kind.as_str()))
        .col_expr(Column::ClosesAt, Expr::value(new.closes_at.map(|at| at.0)))
        .col_expr(Column::DurationMin, Expr::value(i32::from(new.duration_min)))
        .col_expr(Column::HardStopAt, Expr::value(new.hard_stop_at.map(|at| at.0)))
        .col_expr(Column::Calendar, Expr::value(calendar))
        .col_expr(Column::Rules, Expr::value(rules))
        .col_expr(Column::Quotas, Expr::value(quotas))
        .col_expr(Column::ReviewedUpTo, Expr::value(new.reviewed_up_to.map(|office| office.as_str().to_owned())))
        .col_expr(Column::BrowserExamKeys, Expr::value(exam_keys))
        .col_expr(Column::OpenedFirstBy, Expr::value(None::<uuid::Uuid>))
        .col_expr(Column::Version, Expr::value(seen + 1))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(seen))
        .exec(conn)
        .await?;
    Ok(replaced.rows_affected == 1)
}

/// Calls a locked exam session off.
pub(in crate::sittings) async fn cancel(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    (person, now): (AccountId, Timestamp),
    reason: &str,
) -> AppResult<()> {
    use exam_session::Column;
    exam_session::Entity::update_many()
        .col_expr(Column::State, Expr::value(ExamSessionState::Cancelled.as_str()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::CancelledBy, Expr::value(person.0))
        .col_expr(Column::CancelledAt, Expr::value(now.0))
        .col_expr(Column::CancelledBecause, Expr::value(reason))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Names the first of the two persons who open registration, arm (`Column::ArmedFirstBy`) or release.
pub(in crate::sittings) async fn set_first_person(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    column: exam_session::Column,
    person: AccountId,
) -> AppResult<()> {
    exam_session::Entity::update_many()
        .col_expr(column, Expr::value(person.0))
        .filter(exam_session::Column::Id.eq(id))
        .filter(column.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// Lets these candidates sit another form.
pub(in crate::sittings) async fn set_paper(
    conn: &impl ConnectionTrait,
    ids: &[SittingId],
    paper_id: PaperId,
) -> AppResult<()> {
    use sitting::Column;
    for chunk in ids.chunks(ROWS) {
        sitting::Entity::update_many()
            .col_expr(Column::PaperId, Expr::value(paper_id.0))
            .filter(Column::Id.is_in(chunk.iter().copied()))
            .exec(conn)
            .await?;
    }
    Ok(())
}
