//! What goes along of persons when a township goes over into another.

use super::store;
use crate::{
    organisation::{DivisionColumn, DivisionKeeper, DivisionWay},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use futures::future::LocalBoxFuture;
use sea_orm::{Condition, ExprTrait, sea_query::Expr};
use shared::{organisation::DivisionRefusal, people::TransferState};

/// Persons, where they live and where they are registered, merges of two of them, which may be undone, and transfers
/// that wait for an answer.
struct PersonDivisions;

/// See [`PersonDivisions`].
#[must_use]
pub fn division_columns() -> Box<dyn DivisionKeeper> {
    Box::new(PersonDivisions)
}

const COLUMNS: &[DivisionColumn] = &[
    DivisionColumn::of("person", "division"),
    DivisionColumn::of("person", "residence_division"),
    DivisionColumn::of("person", "household_division"),
    DivisionColumn::of("person_merge", "survivor_division"),
    DivisionColumn::of("person_merge", "merged_division"),
    DivisionColumn::of("person_transfer", "from_division").only(waiting),
    DivisionColumn::of("person_transfer", "to_division").only(waiting),
    DivisionColumn::of("person_transfer", "to_residence").only(waiting),
];

/// What has its answer tells of how things were.
fn waiting() -> Condition {
    Condition::all().add(Expr::col("state").eq(TransferState::Proposed.as_str()))
}

impl DivisionKeeper for PersonDivisions {
    fn columns(&self) -> &'static [DivisionColumn] {
        COLUMNS
    }

    /// Nobody can be on their way from a place to itself.
    fn make_way<'a>(
        &'a self,
        _cx: &'a Services,
        tx: &'a Tx,
        way: &'a DivisionWay,
    ) -> LocalBoxFuture<'a, AppResult<()>> {
        Box::pin(async move {
            match store::count_transfers_between(tx.conn(), way.from, way.to).await? {
                0 => Ok(()),
                open => Err(AppError::refused(DivisionRefusal::TransfersWait {
                    open: u32::try_from(open).map_err(AppError::internal)?,
                })),
            }
        })
    }
}
