//! What goes along of results when a township goes over into another.

use crate::organisation::{DivisionColumn, DivisionKeeper, PlainDivisions};

/// Rechecks, with the test that they are of.
#[must_use]
pub fn division_columns() -> Box<dyn DivisionKeeper> {
    Box::new(PlainDivisions(COLUMNS))
}

const COLUMNS: &[DivisionColumn] = &[DivisionColumn::of("score_recheck", "division")];
