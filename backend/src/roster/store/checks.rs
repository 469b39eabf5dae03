//! Rosters that were confirmed, and the persons of them that the county looks at.

use super::{
    super::entity::{
        roster_check::{self, Column},
        roster_check_entry, roster_entry,
    },
    ROWS,
};
use crate::platform::error::{AppError, AppResult};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, OnConflict, Query},
};
use shared::{
    ids::{AccountId, ProviderId, RosterCheckId, RosterEntryId},
    roster::{RosterCheckState, RosterFinding},
    time::Timestamp,
    work::CheckWait,
};

/// Everybody on the roster of one place.
pub(in super::super) async fn list_entry_ids(
    conn: &impl ConnectionTrait,
    division: &str,
    provider_id: Option<ProviderId>,
) -> AppResult<Vec<RosterEntryId>> {
    use roster_entry::Column::{Division, Id, ProviderId, SetAsideAt};
    let of_place = Condition::all().add(Division.eq(division)).add(match provider_id {
        Some(id) => ProviderId.eq(id),
        None => ProviderId.is_null(),
    });
    let query = roster_entry::Entity::find().filter(of_place).filter(SetAsideAt.is_null());
    Ok(query.select_only().column(Id).order_by_asc(Id).into_tuple().all(conn).await?)
}

/// Adds a check, unless one of its place is open: then 0.
pub(in super::super) async fn insert_check(conn: &impl ConnectionTrait, row: roster_check::Model) -> AppResult<u64> {
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = roster_check::Entity::insert(roster_check::ActiveModel::from(row)).on_conflict(once);
    Ok(insert.exec_without_returning(conn).await?)
}

pub(in super::super) async fn insert_sample(
    conn: &impl ConnectionTrait,
    rows: Vec<roster_check_entry::Model>,
) -> AppResult<()> {
    for rows in rows.chunks(ROWS) {
        let rows = rows.iter().cloned().map(roster_check_entry::ActiveModel::from);
        roster_check_entry::Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

pub(in super::super) async fn find_check(
    conn: &impl ConnectionTrait,
    id: RosterCheckId,
) -> AppResult<Option<roster_check::Model>> {
    Ok(roster_check::Entity::find_by_id(id).one(conn).await?)
}

/// A check that nobody else decides until the write is over.
pub(in super::super) async fn lock_check(
    conn: &impl ConnectionTrait,
    id: RosterCheckId,
) -> AppResult<roster_check::Model> {
    let row = roster_check::Entity::find_by_id(id).lock_exclusive().one(conn).await?;
    row.ok_or_else(AppError::not_found)
}

/// Checks within a condition, the newest first.
pub(in super::super) async fn list_checks(
    conn: &impl ConnectionTrait,
    within: Condition,
    before: Option<RosterCheckId>,
    rows: u64,
) -> AppResult<Vec<roster_check::Model>> {
    let within = within.add_option(before.map(|before| Column::Id.lt(before)));
    Ok(roster_check::Entity::find().filter(within).order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// How many checks fulfil a condition.
pub(in super::super) async fn count_checks(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(roster_check::Entity::find().filter(within).count(conn).await?)
}

/// Checks that wait for this.
pub(in super::super) fn checks_that_wait(wait: CheckWait) -> Condition {
    match wait {
        CheckWait::Check => Condition::all().add(Column::State.eq(RosterCheckState::Confirmed.as_str())),
        CheckWait::Correct => {
            let newer = |column| Expr::col(("newer", column));
            let this = |column| Expr::col((roster_check::Entity, column));
            let no_school = newer(Column::ProviderId).is_null().and(this(Column::ProviderId).is_null());
            let later = Query::select()
                .expr(Expr::val(1))
                .from_as(roster_check::Entity, "newer")
                .and_where(newer(Column::Division).eq(this(Column::Division)))
                .and_where(newer(Column::ProviderId).eq(this(Column::ProviderId)).or(no_school))
                .and_where(newer(Column::Id).gt(this(Column::Id)))
                .take();
            let returned = Condition::all().add(Column::State.eq(RosterCheckState::Returned.as_str()));
            returned.add(Expr::exists(later).not())
        }
    }
}

/// Says what became of a check that is locked.
pub(in super::super) async fn decide_check(
    conn: &impl ConnectionTrait,
    id: RosterCheckId,
    state: RosterCheckState,
    (by, at): (AccountId, Timestamp),
    reason: &str,
) -> AppResult<()> {
    let update = roster_check::Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::DecidedBy, Expr::value(by))
        .col_expr(Column::DecidedAt, Expr::value(at))
        .col_expr(Column::Reason, Expr::value(reason));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// The persons of a sample, after this position; only those of whom this was found, if that is told.
pub(in super::super) async fn list_sample(
    conn: &impl ConnectionTrait,
    id: RosterCheckId,
    finding: Option<RosterFinding>,
    (after, rows): (i32, u64),
) -> AppResult<Vec<roster_check_entry::Model>> {
    use roster_check_entry::Column::{CheckId, Finding, Position};
    let mut query = roster_check_entry::Entity::find().filter(CheckId.eq(id)).filter(Position.gt(after));
    if let Some(finding) = finding {
        query = query.filter(Finding.eq(finding.as_str()));
    }
    Ok(query.order_by_asc(Position).limit(rows).all(conn).await?)
}

pub(in super::super) async fn find_sampled(
    conn: &impl ConnectionTrait,
    id: RosterCheckId,
    entry_id: RosterEntryId,
) -> AppResult<Option<roster_check_entry::Model>> {
    use roster_check_entry::Column::{CheckId, EntryId};
    let query = roster_check_entry::Entity::find().filter(CheckId.eq(id)).filter(EntryId.eq(entry_id));
    Ok(query.one(conn).await?)
}

/// How many persons of each of these checks were found how.
pub(in super::super) async fn count_findings(
    conn: &impl ConnectionTrait,
    ids: &[RosterCheckId],
) -> AppResult<Vec<(RosterCheckId, String, i64)>> {
    use roster_check_entry::Column::{CheckId, Finding, Position};
    let query = roster_check_entry::Entity::find().filter(CheckId.is_in(ids.iter().copied()));
    let query = query.filter(Finding.is_not_null()).select_only().column(CheckId).column(Finding);
    let query = query.column_as(Position.count(), "persons").group_by(CheckId).group_by(Finding);
    Ok(query.into_tuple().all(conn).await?)
}

/// Says what was found of a person of the sample.
pub(in super::super) async fn save_finding(
    conn: &impl ConnectionTrait,
    row: &roster_check_entry::Model,
    (finding, note): (RosterFinding, &str),
    (by, at): (AccountId, Timestamp),
) -> AppResult<()> {
    use roster_check_entry::Column::{CheckId, Finding, FoundAt, FoundBy, Note, Position};
    let update = roster_check_entry::Entity::update_many()
        .col_expr(Finding, Expr::value(finding.as_str()))
        .col_expr(Note, Expr::value(note))
        .col_expr(FoundBy, Expr::value(by))
        .col_expr(FoundAt, Expr::value(at));
    update.filter(CheckId.eq(row.check_id)).filter(Position.eq(row.position)).exec(conn).await?;
    Ok(())
}
