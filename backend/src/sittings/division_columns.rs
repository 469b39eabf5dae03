//! What goes along of tests when a township goes over into another. The seats of a test stay where they were.

use crate::organisation::{DivisionColumn, DivisionKeeper, PlainDivisions};

/// Tests that a township runs, who is registered, what candidates need, and incidents that somebody there settles.
#[must_use]
pub fn division_columns() -> Box<dyn DivisionKeeper> {
    Box::new(PlainDivisions(COLUMNS))
}

const COLUMNS: &[DivisionColumn] = &[
    DivisionColumn::of("exam_session", "division"),
    DivisionColumn::of("registration", "division"),
    DivisionColumn::of("accommodation", "division"),
    DivisionColumn::of("incident", "division"),
];
