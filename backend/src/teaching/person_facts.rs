//! What merging two persons must know of roll-calls and skills.

use crate::people::{FactColumn, FactKeeper, Holder, PlainFacts};
use shared::people::FactKind;

/// Entries of roll-calls, missed meetings that were made up, and trainings and certificates of skills.
#[must_use]
pub fn person_facts() -> Box<dyn FactKeeper> {
    Box::new(PlainFacts(COLUMNS))
}

const COLUMNS: &[FactColumn] = &[
    FactColumn { kind: FactKind::RollCall, row: "id", holder: "learner_id", holds: Holder::Account },
    FactColumn { kind: FactKind::MeetingMakeup, row: "id", holder: "learner_id", holds: Holder::Account },
    FactColumn { kind: FactKind::SkillTraining, row: "id", holder: "learner_id", holds: Holder::Account },
    FactColumn { kind: FactKind::SkillCertificate, row: "id", holder: "learner_id", holds: Holder::Account },
];
