//! Where divisions stand, over all features: what goes along when a township goes over into another.

use crate::{
    credit_bank, enrolment, learning,
    organisation::{DivisionBook, DivisionColumn, DivisionKeeper, PlainDivisions},
    people, results, roster, sittings, teaching,
};

/// Accounts lie above divisions, and know of them by their codes alone: which office keeps them is said here.
const ACCOUNTS: &[DivisionColumn] = &[DivisionColumn::of("account", "division")];

fn accounts() -> Box<dyn DivisionKeeper> {
    Box::new(PlainDivisions(ACCOUNTS))
}

/// What every feature has in divisions. A column of the store that names one and is not in it has to be told apart in
/// `tests/api/divisions/schema.rs`.
#[must_use]
pub fn division_book() -> DivisionBook {
    DivisionBook::new(vec![
        accounts(),
        people::division_columns(),
        roster::division_columns(),
        enrolment::division_columns(),
        learning::division_columns(),
        teaching::division_columns(),
        sittings::division_columns(),
        results::division_columns(),
        credit_bank::division_columns(),
    ])
}
