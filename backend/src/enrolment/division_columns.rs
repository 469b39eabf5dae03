//! What goes along of student records when a township goes over into another.

use crate::organisation::{DivisionColumn, DivisionKeeper, PlainDivisions};
use sea_orm::{Condition, ExprTrait, sea_query::Expr};
use shared::people::TransferState;

/// Student records, and changes of school that wait for an answer.
#[must_use]
pub fn division_columns() -> Box<dyn DivisionKeeper> {
    Box::new(PlainDivisions(COLUMNS))
}

const COLUMNS: &[DivisionColumn] = &[
    DivisionColumn::of("student_record", "division"),
    DivisionColumn::of("student_record", "residence_division"),
    DivisionColumn::of("school_change", "from_division").only(waiting),
    DivisionColumn::of("school_change", "to_division").only(waiting),
];

/// What has its answer tells of how things were.
fn waiting() -> Condition {
    Condition::all().add(Expr::col("state").eq(TransferState::Proposed.as_str()))
}
