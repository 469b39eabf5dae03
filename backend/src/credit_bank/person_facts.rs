//! What merging two persons must know of certificates.

use crate::people::{FactColumn, FactKeeper, Holder, PlainFacts};
use shared::people::FactKind;

/// Course certificates. What was signed stays as it is; it stands on the record of the survivor.
#[must_use]
pub fn person_facts() -> Box<dyn FactKeeper> {
    Box::new(PlainFacts(COLUMNS))
}

const COLUMNS: &[FactColumn] =
    &[FactColumn { kind: FactKind::Certificate, row: "id", holder: "account_id", holds: Holder::Account }];
