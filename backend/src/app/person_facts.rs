//! Where facts of persons lie, over all features: what a merge moves.

use crate::{credit_bank, enrolment, learning, people::FactBook, results, roster, sittings, teaching};

/// What every feature knows of persons. A column of the store that names one and is not in it has to be
/// told apart in `tests/api/people/merge/schema.rs`.
#[must_use]
pub fn fact_book() -> FactBook {
    FactBook::new(vec![
        roster::person_facts(),
        enrolment::person_facts(),
        learning::person_facts(),
        teaching::person_facts(),
        sittings::person_facts(),
        results::person_facts(),
        credit_bank::person_facts(),
    ])
}
