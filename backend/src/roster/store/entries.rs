//! Persons on the roster, who is sent to them, and what came of it.

use super::{
    super::entity::{
        roster_assignment,
        roster_entry::{self, Column},
        roster_visit,
    },
    ROWS,
};
use crate::{
    people::PersonFacts,
    platform::{
        db::{Taken, begins_with, insert_rows},
        error::AppResult,
    },
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::Expr,
};
use shared::{
    ids::{AccountId, PersonId, RosterEntryId, VisitId},
    roster::{RosterState, UpgradeIntent},
    time::Timestamp,
};

/// Puts persons on the roster, but those who are on it; how many it put there.
pub(in super::super) async fn insert_entries(
    conn: &impl ConnectionTrait,
    rows: &[&roster_entry::Model],
) -> AppResult<u64> {
    insert_rows(conn, rows, Taken::Stays).await
}

/// Whom a list shows.
pub(in super::super) struct EntryFilter<'a> {
    pub(in super::super) within: Condition,
    pub(in super::super) state: Option<RosterState>,
    pub(in super::super) intent: Option<UpgradeIntent>,
    pub(in super::super) surveyor_id: Option<AccountId>,
    /// How the name begins.
    pub(in super::super) name: Option<&'a str>,
    /// The last entry of the page before.
    pub(in super::super) after: Option<(String, RosterEntryId)>,
    pub(in super::super) rows: u64,
}

/// Entries by division, each filter by an index.
pub(in super::super) async fn list_entries(
    conn: &impl ConnectionTrait,
    wanted: EntryFilter<'_>,
) -> AppResult<Vec<roster_entry::Model>> {
    let mut query = roster_entry::Entity::find().filter(wanted.within).filter(Column::SetAsideAt.is_null());
    if let Some(state) = wanted.state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    if let Some(intent) = wanted.intent {
        query = query.filter(Column::Intent.eq(intent.as_str()));
    }
    if let Some(surveyor_id) = wanted.surveyor_id {
        query = query.filter(Column::SurveyorId.eq(surveyor_id));
    }
    if let Some(name) = wanted.name {
        query = query.filter(begins_with(Column::NameKey, name));
    }
    if let Some((division, id)) = wanted.after {
        let further = Condition::all().add(Column::Division.eq(division.as_str())).add(Column::Id.gt(id));
        query = query.filter(Condition::any().add(Column::Division.gt(division)).add(further));
    }
    Ok(query.order_by_asc(Column::Division).order_by_asc(Column::Id).limit(wanted.rows).all(conn).await?)
}

/// How many entries within a condition are in each state, by division.
pub(in super::super) async fn count_entries(
    conn: &impl ConnectionTrait,
    within: Condition,
) -> AppResult<Vec<(String, String, i64)>> {
    let query = roster_entry::Entity::find().filter(within).filter(Column::SetAsideAt.is_null()).select_only();
    let query = query.column(Column::Division).column(Column::State).column_as(Column::Id.count(), "persons");
    let query = query.group_by(Column::Division).group_by(Column::State);
    let query = query.order_by_asc(Column::Division).order_by_asc(Column::State);
    Ok(query.into_tuple().all(conn).await?)
}

/// How many entries fulfil a condition, as a list shows them.
pub(in super::super) async fn count_persons(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(roster_entry::Entity::find().filter(within).filter(Column::SetAsideAt.is_null()).count(conn).await?)
}

pub(in super::super) async fn find_entry(
    conn: &impl ConnectionTrait,
    id: RosterEntryId,
) -> AppResult<Option<roster_entry::Model>> {
    Ok(roster_entry::Entity::find_by_id(id).filter(Column::SetAsideAt.is_null()).one(conn).await?)
}

/// Where a person stands on rosters, what is set aside too.
pub(in super::super) async fn list_entries_of(
    conn: &impl ConnectionTrait,
    person: PersonId,
) -> AppResult<Vec<roster_entry::Model>> {
    Ok(roster_entry::Entity::find().filter(Column::PersonId.eq(person)).all(conn).await?)
}

/// Where these persons stand on rosters, but what is set aside.
pub(in super::super) async fn list_standing_of(
    conn: &impl ConnectionTrait,
    people: &[PersonId],
) -> AppResult<Vec<roster_entry::Model>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let these = Column::PersonId.is_in(people.iter().copied());
    let query = roster_entry::Entity::find().filter(these).filter(Column::SetAsideAt.is_null());
    Ok(query.order_by_asc(Column::Id).all(conn).await?)
}

/// Who is in force on the roster that one township keeps itself, and stands on that of another in whatever way.
pub(in super::super) async fn list_people_on_both(
    conn: &impl ConnectionTrait,
    one: &str,
    other: &str,
) -> AppResult<Vec<PersonId>> {
    let on_own_roster_of = |division: &str| {
        let of_division = roster_entry::Entity::find().select_only().column(Column::PersonId);
        of_division.filter(Column::Division.eq(division)).filter(Column::ProviderId.is_null())
    };
    let there = on_own_roster_of(other).into_query();
    let query = on_own_roster_of(one).filter(Column::SetAsideAt.is_null()).filter(Column::PersonId.in_subquery(there));
    Ok(query.order_by_asc(Column::PersonId).into_tuple().all(conn).await?)
}

/// Sets aside where a person stands on rosters, but what is set aside already.
pub(in super::super) async fn set_aside(conn: &impl ConnectionTrait, person: PersonId, at: Timestamp) -> AppResult<()> {
    let update = roster_entry::Entity::update_many().col_expr(Column::SetAsideAt, Expr::value(at.0));
    update.filter(Column::PersonId.eq(person)).filter(Column::SetAsideAt.is_null()).exec(conn).await?;
    Ok(())
}

pub(in super::super) async fn list_entries_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[RosterEntryId],
) -> AppResult<Vec<roster_entry::Model>> {
    let these = Column::Id.is_in(ids.iter().copied());
    Ok(roster_entry::Entity::find().filter(these).all(conn).await?)
}

/// Entries that nobody else changes until the write is over; in order, so that two writers do not block
/// each other.
pub(in super::super) async fn lock_entries(
    conn: &impl ConnectionTrait,
    ids: &[RosterEntryId],
) -> AppResult<Vec<roster_entry::Model>> {
    let these = Column::Id.is_in(ids.iter().copied());
    Ok(roster_entry::Entity::find().filter(these).order_by_asc(Column::Id).lock_exclusive().all(conn).await?)
}

/// Keeps what an entry is found by.
pub(in super::super) async fn update_entry(conn: &impl ConnectionTrait, entry: roster_entry::Model) -> AppResult<()> {
    roster_entry::Entity::update_many()
        .col_expr(Column::Version, Expr::value(entry.version + 1))
        .col_expr(Column::State, Expr::value(entry.state))
        .col_expr(Column::IsUnassigned, Expr::value(entry.is_unassigned))
        .col_expr(Column::Intent, Expr::value(entry.intent))
        .col_expr(Column::StudyRoute, Expr::value(entry.study_route))
        .col_expr(Column::SurveyorId, Expr::value(entry.surveyor_id))
        .filter(Column::Id.eq(entry.id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Keeps whose roster an entry is on, and whether it counts there.
pub(in super::super) async fn move_entry(conn: &impl ConnectionTrait, entry: &roster_entry::Model) -> AppResult<()> {
    roster_entry::Entity::update_many()
        .col_expr(Column::Division, Expr::value(entry.division.as_str()))
        .col_expr(Column::ProviderId, Expr::value(entry.provider_id))
        .col_expr(Column::ResidenceDivision, Expr::value(entry.residence_division.as_str()))
        .col_expr(Column::SetAsideAt, Expr::value(entry.set_aside_at.map(|at| at.0)))
        .filter(Column::Id.eq(entry.id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Gives every entry of a person their name, birth date and sex.
pub(in super::super) async fn describe_entries(conn: &impl ConnectionTrait, person: &PersonFacts) -> AppResult<()> {
    let update = roster_entry::Entity::update_many().col_expr(Column::Name, Expr::value(person.name.as_str()));
    let update = update.col_expr(Column::NameKey, Expr::value(person.name.as_bytes().to_vec()));
    let born = person.birth_date.map(|date| date.to_string());
    let update = update.col_expr(Column::BirthDate, Expr::value(born));
    let update = update.col_expr(Column::Sex, Expr::value(person.sex.map(|sex| sex.as_str().to_owned())));
    update.filter(Column::PersonId.eq(person.id)).exec(conn).await?;
    Ok(())
}

pub(in super::super) async fn insert_assignments(
    conn: &impl ConnectionTrait,
    rows: Vec<roster_assignment::Model>,
) -> AppResult<()> {
    for rows in rows.chunks(ROWS) {
        let rows = rows.iter().cloned().map(roster_assignment::ActiveModel::from);
        roster_assignment::Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Those of these entries to which somebody is sent, or ever was.
pub(in super::super) async fn list_sent_to(
    conn: &impl ConnectionTrait,
    surveyor: AccountId,
    entry_ids: &[RosterEntryId],
) -> AppResult<Vec<RosterEntryId>> {
    use roster_assignment::Column::{EntryId, SurveyorId};
    let query = roster_assignment::Entity::find().select_only().column(EntryId).distinct();
    let query = query.filter(EntryId.is_in(entry_ids.iter().copied())).filter(SurveyorId.eq(surveyor));
    Ok(query.into_tuple().all(conn).await?)
}

pub(in super::super) async fn insert_visits(
    conn: &impl ConnectionTrait,
    rows: Vec<roster_visit::Model>,
) -> AppResult<()> {
    for rows in rows.chunks(ROWS) {
        let rows = rows.iter().cloned().map(roster_visit::ActiveModel::from);
        roster_visit::Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Visits to these persons, the oldest first.
pub(in super::super) async fn list_visits(
    conn: &impl ConnectionTrait,
    entry_ids: &[RosterEntryId],
) -> AppResult<Vec<roster_visit::Model>> {
    use roster_visit::Column::{EntryId, Id, VisitedAt};
    let query = roster_visit::Entity::find().filter(EntryId.is_in(entry_ids.iter().copied()));
    Ok(query.order_by_asc(VisitedAt).order_by_asc(Id).all(conn).await?)
}

pub(in super::super) async fn list_visits_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[VisitId],
) -> AppResult<Vec<roster_visit::Model>> {
    let these = roster_visit::Column::Id.is_in(ids.iter().copied());
    Ok(roster_visit::Entity::find().filter(these).all(conn).await?)
}
