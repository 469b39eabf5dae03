//! What goes along of rosters when a township goes over into another.

use super::{moves, store};
use crate::{
    organisation::{DivisionColumn, DivisionKeeper, DivisionWay},
    people::PersonMove,
    platform::{Services, db::Tx, error::AppResult},
};
use futures::future::LocalBoxFuture;
use sea_orm::{Condition, ExprTrait, sea_query::Expr};

/// Lists, entries with their visits, and checks of schools' lists.
///
/// A person stands on a roster once: who stands on those of both townships goes over as by a move, so that the
/// successor's entry counts and the other is set aside under its old name.
struct RosterDivisions;

/// See [`RosterDivisions`].
#[must_use]
pub fn division_columns() -> Box<dyn DivisionKeeper> {
    Box::new(RosterDivisions)
}

const COLUMNS: &[DivisionColumn] = &[
    DivisionColumn::of("roster_batch", "division"),
    DivisionColumn::of("roster_entry", "division").only(in_force).keeping("former_division"),
    DivisionColumn::of("roster_entry", "residence_division"),
    DivisionColumn::of("roster_check", "division").only(of_school),
    DivisionColumn::of("roster_round", "division").only(of_school),
];

/// What an office has set aside stays on its roster, where another entry may stand for the same person.
fn in_force() -> Condition {
    Condition::any().add(Expr::col("set_aside_at").is_null()).add(Expr::col("provider_id").is_not_null())
}

/// What was checked or surveyed of a township's own list is told of that list.
fn of_school() -> Condition {
    Condition::all().add(Expr::col("provider_id").is_not_null())
}

impl DivisionKeeper for RosterDivisions {
    fn columns(&self) -> &'static [DivisionColumn] {
        COLUMNS
    }

    fn make_way<'a>(&'a self, cx: &'a Services, tx: &'a Tx, way: &'a DivisionWay) -> LocalBoxFuture<'a, AppResult<()>> {
        Box::pin(async move {
            for person_id in store::list_people_on_both(tx.conn(), way.from.as_str(), way.to.as_str()).await? {
                let (from, to) = (way.from.place(), way.to.place());
                let going = PersonMove { person_id, from, to, residence_division: way.to.to_string() };
                moves::follow(cx, tx, &going).await?;
            }
            Ok(())
        })
    }
}
