//! What goes along of classes when a township goes over into another.

use crate::organisation::{DivisionColumn, DivisionKeeper, PlainDivisions};

/// Classes, with everything that hangs on them.
#[must_use]
pub fn division_columns() -> Box<dyn DivisionKeeper> {
    Box::new(PlainDivisions(COLUMNS))
}

const COLUMNS: &[DivisionColumn] = &[DivisionColumn::of("class", "division")];
