//! Study without a network: modules that the phone keeps, and what was done with them until the server has it.

mod counting;
mod hand_ins;
mod keeping;
mod notes;
mod outbox;
mod recorder;
mod recordings;
mod standing;
mod tries;
mod vault;

pub(crate) use counting::unsent;
pub(super) use keeping::{Keeping, ModuleKeeping, Offer, RemoveModule};
pub(super) use notes::{HandedOver, NoteSent, NoteSheet, OpenedNote, note_lock, open_note};
pub(crate) use outbox::Outbox;
pub(super) use outbox::{monotonic, new_id};
pub(super) use recorder::ReadNow;
pub(super) use recordings::RecordingKeeping;
pub(crate) use standing::StudyStanding;
pub(super) use tries::{KeptTry, UnsentTries};
pub(super) use vault::{KeptHandIn, KeptModule, KeptNote, Vault};

use crate::platform::{
    actor::Actor,
    client::{self, ApiError, Outcome},
    timing::within,
};
use shared::{
    ids::UnitId,
    learning::{
        MyCourseMap, OfflineDeed, OfflineEntry, OwnAssignment, StudyRules, UnitProgress, UnitView, tenths_of_megabyte,
    },
};
use std::time::Duration;

/// Who has it on the phone waits no longer for the network.
const PATIENCE: Duration = Duration::from_secs(8);

/// Something, and whether it comes from the phone because there is no network.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Opened<T> {
    /// What was opened.
    pub(super) value: T,
    /// Whether the phone had it.
    pub(super) is_from_phone: bool,
}

/// A size in megabytes, with one decimal.
pub(super) fn megabytes(bytes: u32) -> String {
    let tenths = tenths_of_megabyte(bytes);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The map of a course; without a network, as the phone knew it last.
pub(super) async fn open_map(actor: Actor, id: String) -> Outcome<Opened<MyCourseMap>> {
    let vault = Vault::open(actor).await.ok();
    let kept = match &vault {
        Some(vault) => vault.map(&id).await.ok().flatten(),
        None => None,
    };
    let path = format!("/me/courses/{id}");
    match if_in_time(kept.is_some(), client::get::<MyCourseMap>(actor, &path)).await {
        Ok(value) => {
            if let Some(vault) = vault {
                // What cannot be kept is fetched again.
                drop(vault.renew_map(&value).await);
            }
            Ok(Opened { value, is_from_phone: false })
        }
        Err(ApiError::Network) => {
            let (Some(vault), Some(mut value)) = (vault, kept) else { return Err(ApiError::Network) };
            let waiting = waiting_of(&vault).await;
            for unit in value.modules.iter_mut().flat_map(|module| &mut module.units) {
                add_unsent(unit, &waiting);
            }
            Ok(Opened { value, is_from_phone: true })
        }
        Err(failure) => Err(failure),
    }
}

/// A unit; without a network, as the phone keeps it.
pub(super) async fn open_unit(actor: Actor, id: UnitId) -> Outcome<Opened<UnitView>> {
    let vault = Vault::open(actor).await.ok();
    let kept = match &vault {
        Some(vault) => vault.unit(id).await.ok().flatten(),
        None => None,
    };
    let path = format!("/me/units/{id}");
    match if_in_time(kept.is_some(), client::get::<UnitView>(actor, &path)).await {
        Ok(value) => {
            if let (Some(vault), Some(kept)) = (vault, kept) {
                drop(vault.renew_unit(kept, &value).await);
            }
            Ok(Opened { value, is_from_phone: false })
        }
        Err(ApiError::Network) => {
            let (Some(vault), Some(mut value)) = (vault, kept) else { return Err(ApiError::Network) };
            add_unsent(&mut value.progress, &waiting_of(&vault).await);
            Ok(Opened { value, is_from_phone: true })
        }
        Err(failure) => Err(failure),
    }
}

/// What the learner handed in of a unit; without a network, of a downloaded one as the server said last.
pub(super) async fn open_assignments(actor: Actor, unit: UnitId, is_from_phone: bool) -> Outcome<Vec<OwnAssignment>> {
    let vault = Vault::open(actor).await.ok();
    let path = format!("/me/units/{unit}/assignments");
    let asked =
        if is_from_phone { Err(ApiError::Network) } else { client::get::<Vec<OwnAssignment>>(actor, &path).await };
    match (asked, vault) {
        (Ok(own), Some(vault)) => {
            drop(vault.renew_assignments(unit, &own).await);
            Ok(own)
        }
        (Err(ApiError::Network), Some(vault)) => match vault.own_assignments(unit).await {
            Ok(Some(kept)) => Ok(kept),
            _ if is_from_phone => Ok(Vec::new()),
            _ => Err(ApiError::Network),
        },
        (asked, _) => asked,
    }
}

/// The answer; of something that the phone has, only if it comes in time.
async fn if_in_time<T>(is_kept: bool, asked: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    if is_kept { within(PATIENCE, asked).await.unwrap_or(Err(ApiError::Network)) } else { asked.await }
}

async fn waiting_of(vault: &Vault) -> Vec<OfflineEntry> {
    vault.waiting().await.unwrap_or_default().into_iter().map(|kept| kept.entry).collect()
}

/// Adds to a progress what was read and is not sent yet.
fn add_unsent(progress: &mut UnitProgress, waiting: &[OfflineEntry]) {
    let read = waiting.iter().filter(|entry| entry.unit_id == progress.id).filter_map(|entry| match entry.deed {
        OfflineDeed::Read { duration_ms, read_pct } => Some((duration_ms, read_pct)),
        OfflineDeed::Answered { .. } => None,
    });
    let (seen_ms, read_pct) = read.fold((0_u32, 0), |(seen_ms, far_pct), (duration_ms, read_pct)| {
        (seen_ms.saturating_add(duration_ms), read_pct.max(far_pct))
    });
    *progress = read_to(progress, read_pct, seen_ms / 1_000);
}

/// A progress after so much has been read, for so many seconds more.
pub(super) fn read_to(progress: &UnitProgress, read_pct: u8, seen_s: u32) -> UnitProgress {
    let read = UnitProgress {
        read_pct: progress.read_pct.max(read_pct.min(100)),
        reading_left_s: progress.reading_left_s.saturating_sub(seen_s),
        ..progress.clone()
    };
    let is_done = read.exercises_done >= read.exercises && read.activities_done >= read.activities;
    let is_complete = read.is_complete || (is_done && read.is_read(&StudyRules::zhejiang_2022()));
    UnitProgress { is_complete, ..read }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        ids::{CourseId, OfflineEntryId},
        item_bank::Response,
        time::Timestamp,
    };
    use uuid::Uuid;

    fn progress(read_pct: u8, exercises: u16) -> UnitProgress {
        let (id, title) = (UnitId(Uuid::from_u128(1)), String::new());
        UnitProgress {
            id,
            title,
            minutes: 20,
            read_pct,
            reading_left_s: 0,
            exercises,
            exercises_done: 0,
            activities: 0,
            activities_done: 0,
            is_complete: false,
        }
    }

    fn entry(unit: u128, deed: OfflineDeed) -> OfflineEntry {
        OfflineEntry {
            id: OfflineEntryId(Uuid::from_u128(9)),
            course_id: CourseId(Uuid::nil()),
            version: 1,
            unit_id: UnitId(Uuid::from_u128(unit)),
            contact: String::new(),
            at: Timestamp(0),
            deed,
        }
    }

    #[test]
    fn what_was_read_and_not_sent_is_shown() {
        let read = |unit, read_pct| entry(unit, OfflineDeed::Read { duration_ms: 1, read_pct });
        let tried = entry(1, OfflineDeed::Answered { exercise: 0, response: Response::Single(0) });
        let mut unit = progress(20, 1);
        add_unsent(&mut unit, &[read(1, 60), read(2, 95), tried, read(1, 40)]);
        assert_eq!((unit.read_pct, unit.is_complete), (60, false));
        assert_eq!(read_to(&unit, 10, 0).read_pct, 60, "reading less takes nothing away");
        assert!(!read_to(&unit, 95, 0).is_complete, "an exercise is left");
        assert!(read_to(&progress(20, 0), 95, 0).is_complete);
        let assigned = UnitProgress { activities: 1, ..progress(20, 0) };
        assert!(!read_to(&assigned, 95, 0).is_complete, "an assignment is left");
        let long = UnitProgress { reading_left_s: 60, ..progress(20, 0) };
        assert!(!read_to(&long, 95, 59).is_complete, "nobody reads so fast");
        assert!(read_to(&long, 95, 60).is_complete);
    }

    #[test]
    fn a_size_has_one_decimal() {
        assert_eq!([0, 300_000, 12_582_912].map(megabytes), ["0.1", "0.3", "12.0"]);
    }
}
