//! Writes down what is read while the server is not told of it.

use super::{
    outbox::{lock_name, monotonic, new_id},
    vault::{KeptEntry, Vault},
};
use crate::platform::{
    actor::Actor,
    clock,
    store::StoreError,
    tab_lock::{self, TabLock},
};
use futures::lock::Mutex;
use shared::{
    ids::{CourseId, OfflineEntryId, UnitId},
    learning::{Extension, IntervalRules, OfflineDeed, OfflineEntry, OtherPages, StudyInterval, extend},
    time::Timestamp,
};
use std::rc::Rc;
use uuid::Uuid;

/// What is read at the moment.
#[derive(Clone, Debug)]
pub(in crate::pages::learning) struct ReadNow {
    /// The opened page.
    pub(in crate::pages::learning) stream: Uuid,
    /// The course.
    pub(in crate::pages::learning) course_id: CourseId,
    /// The version that is read.
    pub(in crate::pages::learning) version: i32,
    /// The unit.
    pub(in crate::pages::learning) unit_id: UnitId,
    /// Its title.
    pub(in crate::pages::learning) title: String,
    /// How far it has been read, in per cent.
    pub(in crate::pages::learning) read_pct: u8,
    /// When, on the clock that nobody can set.
    pub(in crate::pages::learning) mono: Timestamp,
}

/// A stretch of reading that the server was not told of. It grows until it is handed in.
struct Stretch {
    stream: Uuid,
    id: OfflineEntryId,
    contact: String,
    /// When it began, on the device's clock.
    at: Timestamp,
    /// From when until when, on the clock that nobody can set.
    interval: StudyInterval,
    /// Present as long as it may grow: until then no tab sends it.
    growing: Option<TabLock>,
}

/// Writes down what is read.
#[derive(Clone)]
pub(in crate::pages::learning) struct Recorder {
    actor: Actor,
    stretch: Rc<Mutex<Option<Stretch>>>,
}

impl Recorder {
    /// Nothing is written down yet.
    pub(super) fn new(actor: Actor) -> Self {
        Self { actor, stretch: Rc::default() }
    }

    /// Writes down that somebody is reading; whether the phone has it. A phone that never downloaded anything has no
    /// note of the server, and what it said would not be believed.
    pub(in crate::pages::learning) async fn note(&self, now: ReadNow) -> Result<bool, StoreError> {
        let mut held = self.stretch.lock().await;
        let before = held.as_ref().filter(|stretch| stretch.stream == now.stream);
        let own = before.map(|stretch| stretch.interval);
        let (interval, goes_on) = match extend(own.as_ref(), &OtherPages::default(), now.mono, IntervalRules::default())
        {
            Extension::New(new) => (new, false),
            Extension::Longer(longer) => (longer, before.is_some_and(|stretch| stretch.growing.is_some())),
            Extension::Unchanged | Extension::Elsewhere => return Ok(true),
        };
        let vault = Vault::open(self.actor).await?;
        if !goes_on {
            let Some(contact) = vault.contact().await? else { return Ok(false) };
            let id = new_id();
            let growing = tab_lock::take(&lock_name(id)).await;
            let at = clock::now().plus_ms(interval.from.ms_since(monotonic()));
            *held = Some(Stretch { stream: now.stream, id, contact, at, interval, growing });
        }
        let Some(stretch) = held.as_mut() else { return Ok(false) };
        stretch.interval = interval;
        let duration_ms = u32::try_from(interval.until.ms_since(interval.from)).unwrap_or(u32::MAX);
        let entry = OfflineEntry {
            id: stretch.id,
            course_id: now.course_id,
            version: now.version,
            unit_id: now.unit_id,
            contact: stretch.contact.clone(),
            at: stretch.at,
            deed: OfflineDeed::Read { duration_ms, read_pct: now.read_pct },
        };
        vault.put(&KeptEntry { entry, title: now.title, errors: Vec::new() }).await?;
        Ok(true)
    }

    /// Whether a stretch may still grow.
    pub(super) async fn is_growing(&self) -> bool {
        self.stretch.lock().await.as_ref().is_some_and(|stretch| stretch.growing.is_some())
    }

    /// The stretch that is growing ends here; the next one goes on from its end. Whether there was one.
    pub(in crate::pages::learning) async fn close(&self) -> bool {
        let mut held = self.stretch.lock().await;
        let Some(stretch) = held.as_mut().filter(|stretch| stretch.growing.is_some()) else { return false };
        stretch.interval.from = stretch.interval.until;
        stretch.growing = None;
        true
    }
}
