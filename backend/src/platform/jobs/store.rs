//! Statements on the table of jobs. Whoever works on a job names the claim by which it holds it:
//! after another node's claim nothing that it says counts any more.

use super::entity::{ActiveModel, Column, Entity, Model};
use crate::platform::error::{AppError, AppResult};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    UpdateMany,
    sea_query::{Expr, OnConflict},
};
use shared::{ids::JobId, problem::ProblemCode, time::Timestamp};

/// A job, and the claim by which a node holds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) id: JobId,
    pub(super) claim: i32,
}

/// Inserts the job unless one with the same slot is open; the job that then is open.
pub(super) async fn insert(conn: &impl ConnectionTrait, row: Model) -> AppResult<JobId> {
    let (id, slot) = (row.id, row.slot.clone());
    let once = OnConflict::column(Column::Slot).do_nothing().to_owned();
    Entity::insert(ActiveModel::from(row)).on_conflict(once).exec_without_returning(conn).await?;
    let open = Entity::find().filter(Column::Slot.eq(slot)).one(conn).await?;
    // The one that was open a moment ago may be finished by now: then there is none, and nothing is lost by asking anew.
    open.map(|job| job.id).ok_or_else(|| AppError::Unavailable { reason: format!("job {id} met one that just ended") })
}

pub(super) async fn find(conn: &impl ConnectionTrait, id: JobId) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// The job of a kind that was asked for last.
pub(super) async fn last_of_kind(conn: &impl ConnectionTrait, kind: &str) -> AppResult<Option<Model>> {
    let query = Entity::find().filter(Column::Kind.eq(kind));
    Ok(query.order_by_desc(Column::AskedAt).order_by_desc(Column::Id).one(conn).await?)
}

/// How many jobs, whose time has come, are neither done nor given up.
pub(super) async fn count_due(conn: &impl ConnectionTrait, now: Timestamp) -> AppResult<u64> {
    let due = Entity::find().filter(Column::FinishedAt.is_null()).filter(Column::RunAt.lte(now));
    Ok(due.count(conn).await?)
}

/// How many of them a node holds.
pub(super) async fn count_held(conn: &impl ConnectionTrait, now: Timestamp) -> AppResult<u64> {
    let held = Entity::find().filter(Column::FinishedAt.is_null()).filter(Column::LeaseUntil.gt(now));
    Ok(held.count(conn).await?)
}

/// How many jobs were given up since a moment.
pub(super) async fn count_given_up(conn: &impl ConnectionTrait, since: Timestamp) -> AppResult<u64> {
    let given_up = Entity::find().filter(Column::Problem.is_not_null()).filter(Column::FinishedAt.gte(since));
    Ok(given_up.count(conn).await?)
}

/// Jobs of these kinds that nobody holds and whose time has come, the longest due first.
pub(super) async fn list_due(
    conn: &impl ConnectionTrait,
    kinds: &[&'static str],
    now: Timestamp,
    limit: u64,
) -> AppResult<Vec<Model>> {
    let is_free = Column::LeaseUntil.is_null().or(Column::LeaseUntil.lte(now));
    let query = Entity::find().filter(Column::FinishedAt.is_null()).filter(Column::RunAt.lte(now)).filter(is_free);
    let query = query.filter(Column::Kind.is_in(kinds.iter().copied()));
    Ok(query.order_by_asc(Column::RunAt).order_by_asc(Column::Id).limit(limit).all(conn).await?)
}

/// Takes a job that was seen free; whether nobody was faster.
pub(super) async fn claim(conn: &impl ConnectionTrait, seen: &Model, lease_until: Timestamp) -> AppResult<bool> {
    let held = Held { id: seen.id, claim: seen.claims };
    let update = of(held).col_expr(Column::Claims, Expr::value(seen.claims + 1));
    let update = update.col_expr(Column::LeaseUntil, Expr::value(lease_until));
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Keeps a job; whether it still was held.
pub(super) async fn renew(conn: &impl ConnectionTrait, held: Held, lease_until: Timestamp) -> AppResult<bool> {
    Ok(of(held).col_expr(Column::LeaseUntil, Expr::value(lease_until)).exec(conn).await?.rows_affected == 1)
}

/// Says how far the work is; whether the job still was held.
pub(super) async fn save(
    conn: &impl ConnectionTrait,
    held: Held,
    (done, total): (i32, i32),
    result: String,
) -> AppResult<bool> {
    let update = of(held).col_expr(Column::Done, Expr::value(done)).col_expr(Column::Total, Expr::value(total));
    Ok(update.col_expr(Column::Result, Expr::value(result)).exec(conn).await?.rows_affected == 1)
}

/// Gives a job back: it is run again, not before `run_at`, after so many failures in a row.
pub(super) async fn give_back(
    conn: &impl ConnectionTrait,
    held: Held,
    run_at: Timestamp,
    failures: i32,
) -> AppResult<()> {
    let update =
        of(held).col_expr(Column::RunAt, Expr::value(run_at)).col_expr(Column::Failures, Expr::value(failures));
    update.col_expr(Column::LeaseUntil, Expr::value(None::<Timestamp>)).exec(conn).await?;
    Ok(())
}

/// Has an open job run once more when it ends, unless it has not begun: what it will read is new enough.
pub(super) async fn ask_again(conn: &impl ConnectionTrait, id: JobId) -> AppResult<()> {
    let open = Entity::update_many().filter(Column::Id.eq(id)).filter(Column::FinishedAt.is_null());
    let has_begun = Expr::col(Column::Claims).gt(0);
    if open.col_expr(Column::Again, has_begun).exec(conn).await?.rows_affected == 1 {
        return Ok(());
    }
    Err(AppError::Unavailable { reason: format!("job {id} just ended") })
}

/// Ends a job, with the problem for which it is given up; or has it begin anew, if somebody asked for that meanwhile.
pub(super) async fn finish(
    conn: &impl ConnectionTrait,
    held: Held,
    now: Timestamp,
    problem: Option<ProblemCode>,
) -> AppResult<()> {
    let update = of(held).filter(Column::Again.eq(false)).col_expr(Column::FinishedAt, Expr::value(now));
    let update = update.col_expr(Column::Problem, Expr::value(problem.map(|code| code.as_str().to_owned())));
    let update = update.col_expr(Column::LeaseUntil, Expr::value(None::<Timestamp>));
    let ended = update.col_expr(Column::Slot, Expr::value(None::<String>)).exec(conn).await?.rows_affected;
    if ended == 0 { begin_anew(conn, held, now).await } else { Ok(()) }
}

/// Has a job that was asked for again run from its beginning.
async fn begin_anew(conn: &impl ConnectionTrait, held: Held, now: Timestamp) -> AppResult<()> {
    let update = of(held).filter(Column::Again.eq(true)).col_expr(Column::Again, Expr::value(false));
    let update = update.col_expr(Column::RunAt, Expr::value(now)).col_expr(Column::Failures, Expr::value(0));
    let update = update.col_expr(Column::Done, Expr::value(0)).col_expr(Column::Total, Expr::value(0));
    let update = update.col_expr(Column::Result, Expr::value(None::<String>));
    update.col_expr(Column::LeaseUntil, Expr::value(None::<Timestamp>)).exec(conn).await?;
    Ok(())
}

/// An update of a job that is held by this claim.
fn of(held: Held) -> UpdateMany<Entity> {
    let update = Entity::update_many().filter(Column::Id.eq(held.id)).filter(Column::Claims.eq(held.claim));
    update.filter(Column::FinishedAt.is_null())
}
