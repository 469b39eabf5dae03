//! What merging two persons must know of results.

use crate::people::{FactColumn, FactKeeper, Holder, PlainFacts};
use shared::people::FactKind;

/// Released results.
#[must_use]
pub fn person_facts() -> Box<dyn FactKeeper> {
    Box::new(PlainFacts(COLUMNS))
}

const COLUMNS: &[FactColumn] =
    &[FactColumn { kind: FactKind::Result, row: "sitting_id", holder: "account_id", holds: Holder::Account }];
