//! Where facts of persons lie, over all features: what a merge moves.

use crate::{
    credit_bank, enrolment, learning,
    people::{FactBook, FactColumn, FactKeeper, Holder, PlainFacts},
    results, roster, sittings, teaching,
};
use shared::people::FactKind;

/// Messages lie above persons, and know of them by id alone: what moves is said here.
const MESSAGES: &[FactColumn] =
    &[FactColumn { kind: FactKind::TextMessage, row: "id", holder: "person_id", holds: Holder::Person }];

fn messages() -> Box<dyn FactKeeper> {
    Box::new(PlainFacts(MESSAGES))
}

/// What every feature knows of persons. A column of the store that names one and is not in it has to be
/// told apart in `tests/api/people/merge/schema.rs`.
#[must_use]
pub fn fact_book() -> FactBook {
    FactBook::new(vec![
        messages(),
        roster::person_facts(),
        enrolment::person_facts(),
        learning::person_facts(),
        teaching::person_facts(),
        sittings::person_facts(),
        results::person_facts(),
        credit_bank::person_facts(),
    ])
}
