//! How much of what a phone keeps it still sends.

use super::vault::{KeptEntry, KeptHandIn, KeptNote, Vault};
use crate::platform::{actor::Actor, store::StoreError, timing::within};
use std::time::Duration;

/// A browser that takes longer to say what it keeps does not answer.
const ANSWER: Duration = Duration::from_secs(3);

/// How many of these are sent when there is a network: what the server refused waits for its learner alone.
pub(super) fn count_waiting(study: &[KeptEntry], hand_ins: &[KeptHandIn], notes: &[KeptNote]) -> usize {
    let study = study.iter().filter(|kept| kept.errors.is_empty()).count();
    let hand_ins = hand_ins.iter().filter(|kept| kept.is_waiting()).count();
    study + hand_ins + notes.iter().filter(|kept| kept.is_waiting()).count()
}

/// How many records of a learner this phone still sends.
pub(crate) async fn unsent(actor: Actor) -> usize {
    let waiting = async {
        let vault = Vault::open(actor).await?;
        Ok::<_, StoreError>(count_waiting(
            &vault.waiting().await?,
            &vault.hand_ins().await?,
            &vault.note_drafts().await?,
        ))
    };
    // A browser that does not answer holds no log-out up.
    within(ANSWER, waiting).await.and_then(Result::ok).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        ids::{ActivityId, CourseId, OfflineEntryId, UnitId},
        learning::{NewHandIn, OfflineDeed, OfflineEntry},
        problem::FieldError,
        time::Timestamp,
    };
    use uuid::Uuid;

    fn study(errors: Vec<FieldError>) -> KeptEntry {
        let entry = OfflineEntry {
            id: OfflineEntryId(Uuid::nil()),
            course_id: CourseId(Uuid::nil()),
            version: 1,
            unit_id: UnitId(Uuid::nil()),
            contact: String::new(),
            at: Timestamp(0),
            deed: OfflineDeed::Read { duration_ms: 1, read_pct: 9 },
        };
        KeptEntry { entry, title: String::new(), errors }
    }

    fn hand_in(refusal: &str) -> KeptHandIn {
        KeptHandIn {
            activity_id: ActivityId(Uuid::nil()),
            unit_id: UnitId(Uuid::nil()),
            title: String::new(),
            work: NewHandIn { text: String::new(), photos: Vec::new(), files: Vec::new(), version: None },
            unsent: Vec::new(),
            key: String::new(),
            refusal: refusal.to_owned(),
        }
    }

    fn note(theirs: Option<&str>, refusal: &str) -> KeptNote {
        KeptNote {
            unit_id: UnitId(Uuid::nil()),
            title: String::new(),
            base: String::new(),
            text: "甲".to_owned(),
            theirs: theirs.map(str::to_owned),
            refusal: refusal.to_owned(),
        }
    }

    #[test]
    fn what_was_refused_does_not_wait_for_a_network() {
        let refused = study(vec![FieldError::new("/entries/0", "not-found")]);
        let work = [hand_in(""), hand_in("停课"), hand_in("")];
        assert_eq!(count_waiting(&[study(Vec::new()), refused], &work, &[]), 3);
        assert_eq!(count_waiting(&[], &[hand_in("停课")], &[]), 0);
        let notes = [note(None, ""), note(Some("乙"), ""), note(None, "停课")];
        assert_eq!(count_waiting(&[], &[], &notes), 1, "what its learner has to decide waits for no network");
    }
}
