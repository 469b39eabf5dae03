//! What merging two persons must know of classes and study.

use super::store;
use crate::{
    people::{FactColumn, FactKeeper, Findings, Holder, MergePair},
    platform::{db::Conn, error::AppResult},
};
use futures::future::LocalBoxFuture;
use shared::people::{FactKind, MergeObstacle};

/// Who is and was in classes, and what was studied.
///
/// Somebody is in a class once. Of two who are in it, or were, the one who left stays noted as they are;
/// one who is in it leaves it first.
struct LearningFacts;

/// See [`LearningFacts`].
#[must_use]
pub fn person_facts() -> Box<dyn FactKeeper> {
    Box::new(LearningFacts)
}

const COLUMNS: &[FactColumn] = &[
    FactColumn { kind: FactKind::ClassMember, row: "class_id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::ClassDeparture, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::StudyInterval, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::ExerciseAnswer, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::AssignmentPhoto, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::HandIn, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::Inquiry, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::StudyNote, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::ClassReminder, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::AnnouncementReading, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::QuizAttempt, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::ExternalSubject, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::DiscussionPost, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::DiscussionDeed, row: "id", holder: "account_id", holds: Holder::Account },
    FactColumn { kind: FactKind::DiscussionReading, row: "id", holder: "account_id", holds: Holder::Account },
];

impl FactKeeper for LearningFacts {
    fn columns(&self) -> &'static [FactColumn] {
        COLUMNS
    }

    fn find<'a>(&'a self, conn: &'a Conn<'a>, pair: &'a MergePair) -> LocalBoxFuture<'a, AppResult<Findings>> {
        Box::pin(async move {
            let mut found = Findings::default();
            let (Some(survivor), Some(merged)) = (pair.survivor_learns.account, pair.merged_learns.account) else {
                return Ok(found);
            };
            let of_survivor = store::list_memberships(conn, survivor).await?;
            for member in store::list_memberships(conn, merged).await? {
                if !of_survivor.iter().any(|other| other.class_id == member.class_id) {
                    continue;
                }
                match member.left_at {
                    Some(_) => found.staying.push((FactKind::ClassMember, member.class_id.0)),
                    None => found.obstacles.push(MergeObstacle::SameClass),
                }
            }
            Ok(found)
        })
    }
}
