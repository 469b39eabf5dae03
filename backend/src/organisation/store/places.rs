//! What the tables of providers, points and sites have in common: each place lies in a division, has
//! a version, and is open or closed.

use crate::{
    access::{Scope, lies_in},
    organisation::entity::{exam_site, provider, service_point, teaching_point},
    platform::{
        db::contains,
        error::{AppError, AppResult},
    },
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, SqlErr, Value,
};
use shared::{
    ids::ProviderId,
    organisation::{DivisionCode, OpenState},
    problem::ProblemCode,
};
use uuid::Uuid;

/// A table of places, by the columns that all of them have.
pub(in crate::organisation) trait PlaceTable: EntityTrait {
    const ID: Self::Column;
    const NAME: Self::Column;
    const DIVISION: Self::Column;
    const STATE: Self::Column;
    const VERSION: Self::Column;
    /// Which provider a place belongs to, if to one.
    const PROVIDER: Option<Self::Column>;
}

macro_rules! place_tables {
    ($($table:ident of $provider:expr;)*) => {$(
        impl PlaceTable for $table::Entity {
            const ID: Self::Column = $table::Column::Id;
            const NAME: Self::Column = $table::Column::Name;
            const DIVISION: Self::Column = $table::Column::Division;
            const STATE: Self::Column = $table::Column::State;
            const VERSION: Self::Column = $table::Column::Version;
            const PROVIDER: Option<Self::Column> = $provider;
        }
    )*};
}

place_tables! {
    provider of Some(provider::Column::Id);
    teaching_point of Some(teaching_point::Column::ProviderId);
    service_point of Some(service_point::Column::ProviderId);
    exam_site of None;
}

/// Which rows a list wants.
pub(in crate::organisation) struct Wanted<'a> {
    pub(in crate::organisation) scope: &'a Scope,
    pub(in crate::organisation) division: Option<DivisionCode>,
    pub(in crate::organisation) state: Option<OpenState>,
    /// Part of the name.
    pub(in crate::organisation) name: Option<&'a str>,
    /// What this kind of place is also asked for.
    pub(in crate::organisation) also: Condition,
    /// Division and id of the last row of the page before.
    pub(in crate::organisation) after: Option<(DivisionCode, Uuid)>,
    pub(in crate::organisation) rows: u64,
}

/// What became of a row that was to be stored.
#[must_use]
pub(in crate::organisation) enum Stored {
    /// It is stored.
    Yes,
    /// Another row has what must be unique.
    Taken,
    /// Somebody has changed it since it was read.
    MovedOn,
}

impl Stored {
    /// Goes on if the row is stored. What is unique stands in the field at `pointer`.
    pub(in crate::organisation) fn or_refuse(self, pointer: &str) -> AppResult<()> {
        match self {
            Self::Yes => Ok(()),
            Self::Taken => Err(AppError::field(pointer, "duplicate")),
            Self::MovedOn => Err(AppError::Problem(ProblemCode::Stale)),
        }
    }
}

pub(in crate::organisation) async fn find<E: PlaceTable>(
    conn: &impl ConnectionTrait,
    id: impl Into<Value>,
) -> AppResult<Option<E::Model>> {
    Ok(E::find().filter(E::ID.eq(id)).one(conn).await?)
}

/// The row; nobody else changes it until the write ends.
pub(in crate::organisation) async fn lock<E: PlaceTable>(
    conn: &impl ConnectionTrait,
    id: impl Into<Value>,
) -> AppResult<Option<E::Model>> {
    Ok(E::find().filter(E::ID.eq(id)).lock_exclusive().one(conn).await?)
}

pub(in crate::organisation) async fn insert<E>(conn: &impl ConnectionTrait, row: E::Model) -> AppResult<Stored>
where
    E: PlaceTable,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    stored(E::insert(row.into_active_model()).exec_without_returning(conn).await)
}

/// Stores a row over the version that its author has seen.
pub(in crate::organisation) async fn replace<E>(
    conn: &impl ConnectionTrait,
    id: impl Into<Value>,
    seen: i32,
    row: E::Model,
) -> AppResult<Stored>
where
    E: PlaceTable,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let row = row.into_active_model().reset_all();
    let update = E::update_many().set(row).filter(E::ID.eq(id)).filter(E::VERSION.eq(seen));
    stored(update.exec(conn).await.map(|updated| updated.rows_affected))
}

/// What became of a row by what the store said.
pub(super) fn stored(rows: Result<u64, DbErr>) -> AppResult<Stored> {
    match rows {
        Ok(0) => Ok(Stored::MovedOn),
        Ok(_) => Ok(Stored::Yes),
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(Stored::Taken),
            _ => Err(error.into()),
        },
    }
}

/// One page of a table, by division.
pub(in crate::organisation) async fn list<E: PlaceTable>(
    conn: &impl ConnectionTrait,
    wanted: Wanted<'_>,
) -> AppResult<Vec<E::Model>> {
    let mut query = E::find().filter(wanted.scope.within(E::DIVISION, E::PROVIDER)).filter(wanted.also);
    if let Some(code) = wanted.division {
        query = query.filter(lies_in(E::DIVISION, code));
    }
    if let Some(state) = wanted.state {
        query = query.filter(E::STATE.eq(state.as_str()));
    }
    if let Some(name) = wanted.name {
        query = query.filter(contains(E::NAME, name));
    }
    if let Some((division, id)) = wanted.after {
        let in_it = Condition::all().add(E::DIVISION.eq(division.as_str())).add(E::ID.gt(id));
        query = query.filter(Condition::any().add(E::DIVISION.gt(division.as_str())).add(in_it));
    }
    Ok(query.order_by_asc(E::DIVISION).order_by_asc(E::ID).limit(wanted.rows).all(conn).await?)
}

/// The open places of these providers, by name.
pub(in crate::organisation) async fn list_open_of<E: PlaceTable>(
    conn: &impl ConnectionTrait,
    providers: &[ProviderId],
) -> AppResult<Vec<E::Model>> {
    let Some(provider) = E::PROVIDER else { return Ok(Vec::new()) };
    let open = E::find().filter(E::STATE.eq(OpenState::Open.as_str()));
    let theirs = open.filter(provider.is_in(providers.iter().copied()));
    Ok(theirs.order_by_asc(E::NAME).order_by_asc(E::ID).all(conn).await?)
}

/// How many are open in each division in or below `code`.
pub(in crate::organisation) async fn count_open<E: PlaceTable>(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    code: DivisionCode,
) -> AppResult<Vec<(String, i64)>> {
    let query = E::find()
        .select_only()
        .column(E::DIVISION)
        .column_as(E::ID.count(), "open")
        .filter(scope.within(E::DIVISION, E::PROVIDER))
        .filter(lies_in(E::DIVISION, code))
        .filter(E::STATE.eq(OpenState::Open.as_str()))
        .group_by(E::DIVISION);
    Ok(query.into_tuple().all(conn).await?)
}

/// How many are open in or below a division, whoever may see them.
pub(in crate::organisation) async fn count_open_in<E: PlaceTable>(
    conn: &impl ConnectionTrait,
    code: DivisionCode,
) -> AppResult<i64> {
    let query = E::find()
        .select_only()
        .column(E::DIVISION)
        .column_as(E::ID.count(), "open")
        .filter(lies_in(E::DIVISION, code))
        .filter(E::STATE.eq(OpenState::Open.as_str()))
        .group_by(E::DIVISION);
    let counts: Vec<(String, i64)> = query.into_tuple().all(conn).await?;
    Ok(counts.into_iter().map(|(_, open)| open).sum())
}
