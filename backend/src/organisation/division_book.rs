//! What goes along when a township goes over into another: where divisions stand in every feature's tables.
//!
//! A feature below `organisation` says it of its own tables, and `app` binds it together. What is a fact of its time,
//! such as a diploma or a seat, keeps the division that it was made in.

use super::store;
use crate::platform::{Services, db::Tx, error::AppResult};
use futures::future::{LocalBoxFuture, ready};
use sea_orm::Condition;
use shared::organisation::DivisionCode;

/// From which township into which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DivisionWay {
    /// The one that is no more.
    pub from: DivisionCode,
    /// Its successor.
    pub to: DivisionCode,
}

/// A column that says in which division something lies, by significant digits.
#[derive(Clone, Copy, Debug)]
pub struct DivisionColumn {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// Which rows go along; all of them unless told.
    pub only: Option<fn() -> Condition>,
    /// The column that keeps where a row was before, if one does.
    pub former: Option<&'static str>,
    /// Whether a row counts its changes in `version`: who changes it has to see where it lies now.
    pub is_versioned: bool,
}

impl DivisionColumn {
    /// A column all of whose rows go along.
    #[must_use]
    pub const fn of(table: &'static str, column: &'static str) -> Self {
        Self { table, column, only: None, former: None, is_versioned: false }
    }

    /// The same, of these rows alone.
    #[must_use]
    pub const fn only(self, which: fn() -> Condition) -> Self {
        Self { only: Some(which), ..self }
    }

    /// The same, and where a row was before is kept.
    #[must_use]
    pub const fn keeping(self, former: &'static str) -> Self {
        Self { former: Some(former), ..self }
    }

    /// The same, and the version of a row grows.
    #[must_use]
    pub const fn versioned(self) -> Self {
        Self { is_versioned: true, ..self }
    }
}

/// What a feature has in divisions.
pub trait DivisionKeeper: Send + Sync {
    /// Where divisions stand in its tables.
    fn columns(&self) -> &'static [DivisionColumn];

    /// Before its rows go along: what is in their way is settled, or refused.
    fn make_way<'a>(
        &'a self,
        _cx: &'a Services,
        _tx: &'a Tx,
        _way: &'a DivisionWay,
    ) -> LocalBoxFuture<'a, AppResult<()>> {
        Box::pin(ready(Ok(())))
    }
}

/// A feature whose rows go along with nothing in their way.
#[derive(Clone, Copy, Debug)]
pub struct PlainDivisions(pub &'static [DivisionColumn]);

impl DivisionKeeper for PlainDivisions {
    fn columns(&self) -> &'static [DivisionColumn] {
        self.0
    }
}

const OWN: &[DivisionColumn] = &[
    DivisionColumn::of("provider", "division").keeping("former_division").versioned(),
    DivisionColumn::of("teaching_point", "division").versioned(),
    DivisionColumn::of("service_point", "division").versioned(),
    DivisionColumn::of("exam_site", "division").versioned(),
];

/// What all features have in divisions.
pub struct DivisionBook(Vec<Box<dyn DivisionKeeper>>);

impl DivisionBook {
    /// Of the other features; what lies in the tables of this one is in it.
    #[must_use]
    pub fn new(features: Vec<Box<dyn DivisionKeeper>>) -> Self {
        let own: Box<dyn DivisionKeeper> = Box::new(PlainDivisions(OWN));
        Self(std::iter::once(own).chain(features).collect())
    }

    /// Where divisions stand, table by table.
    pub fn columns(&self) -> impl Iterator<Item = &'static DivisionColumn> + '_ {
        self.0.iter().flat_map(|keeper| keeper.columns())
    }

    /// Gives the successor what lies in a township that is no more; how many rows went along.
    ///
    /// # Errors
    /// What a feature refuses, or if the store fails.
    pub(super) async fn take_over(&self, cx: &Services, tx: &Tx, way: &DivisionWay) -> AppResult<u64> {
        for keeper in &self.0 {
            keeper.make_way(cx, tx, way).await?;
        }
        let mut moved = 0;
        for column in self.columns() {
            moved += store::move_division(tx.conn(), column, way).await?;
        }
        Ok(moved)
    }
}
