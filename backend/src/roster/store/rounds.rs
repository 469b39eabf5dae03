//! Surveys of a season, and what each has brought of whom.

use super::{
    super::entity::{
        roster_entry,
        roster_round::{self, Column},
        roster_round_entry,
    },
    ROWS,
};
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    sea_query::{Expr, OnConflict, Query},
};
use shared::{
    ids::{ProviderId, RosterEntryId, RosterRoundId},
    roster::RoundStanding,
};
use std::collections::BTreeSet;

pub(in super::super) async fn insert_round(conn: &impl ConnectionTrait, row: roster_round::Model) -> AppResult<()> {
    let row = roster_round::ActiveModel::from(row);
    roster_round::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(())
}

pub(in super::super) async fn find_round(
    conn: &impl ConnectionTrait,
    id: RosterRoundId,
) -> AppResult<Option<roster_round::Model>> {
    Ok(roster_round::Entity::find_by_id(id).one(conn).await?)
}

/// A round that nobody else changes until the write is over.
pub(in super::super) async fn lock_round(
    conn: &impl ConnectionTrait,
    id: RosterRoundId,
) -> AppResult<Option<roster_round::Model>> {
    Ok(roster_round::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// Rounds within a condition, the newest first.
pub(in super::super) async fn list_rounds(
    conn: &impl ConnectionTrait,
    within: Condition,
    before: Option<RosterRoundId>,
    rows: u64,
) -> AppResult<Vec<roster_round::Model>> {
    let within = within.add_option(before.map(|before| Column::Id.lt(before)));
    Ok(roster_round::Entity::find().filter(within).order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// Every round of the roster of one place.
pub(in super::super) async fn list_rounds_of(
    conn: &impl ConnectionTrait,
    division: &str,
    provider_id: Option<ProviderId>,
) -> AppResult<Vec<roster_round::Model>> {
    let school = match provider_id {
        Some(id) => Column::ProviderId.eq(id),
        None => Column::ProviderId.is_null(),
    };
    let of_place = Condition::all().add(Column::Division.eq(division)).add(school);
    Ok(roster_round::Entity::find().filter(of_place).all(conn).await?)
}

/// Every round of rosters in these divisions.
pub(in super::super) async fn list_rounds_in(
    conn: &impl ConnectionTrait,
    divisions: &BTreeSet<&str>,
) -> AppResult<Vec<roster_round::Model>> {
    let these = Column::Division.is_in(divisions.iter().copied());
    Ok(roster_round::Entity::find().filter(these).all(conn).await?)
}

/// Has a round end on another day.
pub(in super::super) async fn end_round(
    conn: &impl ConnectionTrait,
    id: RosterRoundId,
    ends_on: String,
) -> AppResult<()> {
    let update = roster_round::Entity::update_many().col_expr(Column::EndsOn, Expr::value(ends_on));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Keeps what rounds have brought of persons.
pub(in super::super) async fn put_standings(
    conn: &impl ConnectionTrait,
    rows: &[roster_round_entry::Model],
) -> AppResult<()> {
    use roster_round_entry::Column::{EntryId, RoundId, Standing};
    for rows in rows.chunks(ROWS) {
        let anew = OnConflict::columns([RoundId, EntryId]).update_column(Standing).to_owned();
        let rows = rows.iter().cloned().map(roster_round_entry::ActiveModel::from);
        roster_round_entry::Entity::insert_many(rows).on_conflict(anew).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// These persons were not visited in a round.
pub(in super::super) async fn remove_standings(
    conn: &impl ConnectionTrait,
    round_id: RosterRoundId,
    entry_ids: &[RosterEntryId],
) -> AppResult<()> {
    use roster_round_entry::Column::{EntryId, RoundId};
    for ids in entry_ids.chunks(ROWS) {
        let delete = roster_round_entry::Entity::delete_many().filter(RoundId.eq(round_id));
        delete.filter(EntryId.is_in(ids.iter().copied())).exec(conn).await?;
    }
    Ok(())
}

/// Entries on the roster of a round's place that stand there in it; without a standing those who were visited.
pub(in super::super) fn standing_in(round: &roster_round::Model, standing: Option<RoundStanding>) -> Condition {
    use roster_entry::Column as Entry;
    use roster_round_entry::Column::{EntryId, RoundId, Standing};
    let school = match round.provider_id {
        Some(id) => Entry::ProviderId.eq(id),
        None => Entry::ProviderId.is_null(),
    };
    let mut visited = roster_round_entry::Entity::find().select_only().column(EntryId).filter(RoundId.eq(round.id));
    let narrowed = standing.filter(|standing| *standing != RoundStanding::Unvisited);
    if let Some(standing) = narrowed {
        visited = visited.filter(Standing.eq(standing.as_str()));
    }
    let on_roster = Condition::all().add(Entry::Division.eq(round.division.as_str())).add(school);
    on_roster.add(match standing {
        Some(RoundStanding::Unvisited) => Entry::Id.not_in_subquery(visited.into_query()),
        _ => Entry::Id.in_subquery(visited.into_query()),
    })
}

/// How many persons who are on the roster now stand where in each of these rounds; nothing for those who were not
/// visited.
pub(in super::super) async fn sum_rounds(
    conn: &impl ConnectionTrait,
    ids: &[RosterRoundId],
) -> AppResult<Vec<(RosterRoundId, Option<String>, i64)>> {
    use roster_entry::Column as Entry;
    use roster_round_entry::Column as Of;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (round, entry, brought) = (roster_round::Entity, roster_entry::Entity, roster_round_entry::Entity);
    let nobodys = Condition::all()
        .add(Expr::col((entry, Entry::ProviderId)).is_null())
        .add(Expr::col((round, Column::ProviderId)).is_null());
    let same_school = Condition::any()
        .add(Expr::col((entry, Entry::ProviderId)).eq(Expr::col((round, Column::ProviderId))))
        .add(nobodys);
    let on_roster = Condition::all()
        .add(Expr::col((entry, Entry::Division)).eq(Expr::col((round, Column::Division))))
        .add(same_school)
        .add(Expr::col((entry, Entry::SetAsideAt)).is_null());
    let in_round = Condition::all()
        .add(Expr::col((brought, Of::RoundId)).eq(Expr::col((round, Column::Id))))
        .add(Expr::col((brought, Of::EntryId)).eq(Expr::col((entry, Entry::Id))));
    let query = Query::select()
        .column((round, Column::Id))
        .column((brought, Of::Standing))
        .expr_as(Expr::col((entry, Entry::Id)).count(), "persons")
        .from(round)
        .join(JoinType::InnerJoin, entry, on_roster)
        .join(JoinType::LeftJoin, brought, in_round)
        .cond_where(Condition::all().add(Expr::col((round, Column::Id)).is_in(ids.iter().map(|id| id.0))))
        .group_by_col((round, Column::Id))
        .group_by_col((brought, Of::Standing))
        .to_owned();
    let rows = conn.query_all(&query).await?;
    let sum = |row: &sea_orm::QueryResult| {
        Ok((row.try_get("", "id")?, row.try_get("", "standing")?, row.try_get("", "persons")?))
    };
    rows.iter().map(sum).collect()
}
