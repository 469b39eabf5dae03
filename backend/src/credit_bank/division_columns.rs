//! What goes along when a township goes over into another. Diplomas name the division that they were issued in.

use crate::organisation::{DivisionColumn, DivisionKeeper, PlainDivisions};

/// Lists of graduates.
#[must_use]
pub fn division_columns() -> Box<dyn DivisionKeeper> {
    Box::new(PlainDivisions(COLUMNS))
}

const COLUMNS: &[DivisionColumn] = &[DivisionColumn::of("graduation_batch", "division")];
