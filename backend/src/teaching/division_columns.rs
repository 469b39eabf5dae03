//! What goes along of skills when a township goes over into another.

use crate::organisation::{DivisionColumn, DivisionKeeper, PlainDivisions};

/// Trainings and certificates, of the school that keeps them.
#[must_use]
pub fn division_columns() -> Box<dyn DivisionKeeper> {
    Box::new(PlainDivisions(COLUMNS))
}

const COLUMNS: &[DivisionColumn] =
    &[DivisionColumn::of("skill_training", "division"), DivisionColumn::of("skill_certificate", "division")];
