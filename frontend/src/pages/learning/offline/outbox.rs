//! Keeps on the phone what is done without a network, and hands it in as soon as there is one.

use super::vault::{KeptEntry, KeptHandIn, Vault};
use crate::platform::{
    actor::Actor,
    client::{self, ApiError},
    clock, reconnect,
    refusal::refusal_of,
    store::StoreError,
    tab_lock::{self, TabLock},
    timing::within,
};
use futures::lock::Mutex;
use leptos::{ev, prelude::*, task::spawn_local};
use shared::{
    ids::{CourseId, OfflineEntryId, UnitId},
    learning::{
        Extension, HandInReceipt, HandInStudy, HandedInStudy, IntervalRules, MAX_OFFLINE_ENTRIES, OfflineAck,
        OfflineDeed, OfflineEntry, OfflineReceipt, OtherPages, SendOutcome, StudyInterval, extend,
    },
    time::Timestamp,
};
use std::{rc::Rc, time::Duration};
use uuid::Uuid;

/// A reply that takes longer is no reply.
const REPLY: Duration = Duration::from_secs(20);

/// How the server was found last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages::learning) enum Link {
    /// Not asked yet, or nothing to ask.
    Unknown,
    /// It has everything.
    There,
    /// It was not reached.
    Away,
    /// It answered, and did not take it.
    Trouble,
    /// The browser keeps nothing: only what the server acknowledges is safe.
    NoStore,
}

/// What became of an attempt.
pub(super) enum Trouble {
    Api(ApiError),
    Store,
}

impl Trouble {
    /// What came of the attempt.
    pub(super) fn outcome(&self) -> SendOutcome {
        match self {
            Self::Store => SendOutcome::Unreadable,
            Self::Api(ApiError::Network) => SendOutcome::Away,
            Self::Api(failure) if refusal_of(failure).is_some() => SendOutcome::Refused,
            Self::Api(_) => SendOutcome::Trouble,
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(_: StoreError) -> Self {
        Self::Store
    }
}

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
    async fn is_growing(&self) -> bool {
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

/// What a learner did without a network, and its way to the server. A page has one.
#[derive(Clone, Copy)]
pub(crate) struct Outbox {
    pub(super) actor: Actor,
    /// What the server has not acknowledged.
    pub(super) waiting: RwSignal<Vec<KeptEntry>>,
    /// Assignments that it has not acknowledged.
    pub(super) hand_ins: RwSignal<Vec<KeptHandIn>>,
    /// What it said of assignments since the page was opened.
    pub(super) receipts: RwSignal<Vec<HandInReceipt>>,
    /// How the server was found.
    pub(super) link: RwSignal<Link>,
    /// Whether the server is being asked.
    pub(super) is_busy: RwSignal<bool>,
    /// How many entries the server has taken since the page was opened.
    pub(super) taken: RwSignal<usize>,
    /// What the server said since of tries that it has.
    pub(super) checked: RwSignal<Vec<OfflineAck>>,
    /// Whether something was noted while the server was asked.
    is_wanted: StoredValue<bool>,
    recorder: StoredValue<Recorder, LocalStorage>,
}

impl Outbox {
    /// Reads what waits, and begins to send it; again when the network comes back.
    pub(crate) fn begin(actor: Actor) -> Self {
        let outbox = Self {
            actor,
            waiting: RwSignal::new(Vec::new()),
            hand_ins: RwSignal::new(Vec::new()),
            receipts: RwSignal::new(Vec::new()),
            link: RwSignal::new(Link::Unknown),
            is_busy: RwSignal::new(false),
            taken: RwSignal::new(0),
            checked: RwSignal::new(Vec::new()),
            is_wanted: StoredValue::new(false),
            recorder: StoredValue::new_local(Recorder { actor, stretch: Rc::default() }),
        };
        let has_more = move || outbox.has_more();
        reconnect::ask_again(has_more, move || outbox.send());
        let offline = window_event_listener(ev::offline, move |_| {
            if has_more() {
                outbox.link.try_set(Link::Away);
            }
        });
        on_cleanup(move || offline.remove());
        outbox.send();
        outbox
    }

    /// Who writes down what is read; absent once the page is gone.
    pub(in crate::pages::learning) fn recorder(self) -> Option<Recorder> {
        self.recorder.try_get_value()
    }

    /// Whether anything waits to be sent.
    pub(in crate::pages::learning) fn has_more(self) -> bool {
        let has_hand_in = |kept: &Vec<KeptHandIn>| kept.iter().any(KeptHandIn::is_waiting);
        self.waiting.try_with_untracked(|waiting| has_sendable(waiting)).unwrap_or_default()
            || self.hand_ins.try_with_untracked(has_hand_in).unwrap_or_default()
    }

    /// How many entries the server has taken since the page was opened: what it said before is old then.
    pub(in crate::pages::learning) fn taken(self) -> usize {
        self.taken.get()
    }

    /// The browser could not keep something.
    pub(in crate::pages::learning) fn note_no_store(self) {
        self.link.try_set(Link::NoStore);
    }

    /// Keeps a try at an exercise; its id if the phone has it.
    pub(super) async fn keep_try(self, entry: impl FnOnce(String) -> KeptEntry) -> Option<OfflineEntryId> {
        let keeping = async {
            let vault = Vault::open(self.actor).await?;
            let Some(contact) = vault.contact().await? else { return Ok(None) };
            let kept = entry(contact);
            vault.put(&kept).await?;
            Ok::<_, StoreError>(Some(kept.entry.id))
        };
        match keeping.await {
            Ok(id) => {
                self.show().await;
                id
            }
            Err(_) => {
                self.note_no_store();
                None
            }
        }
    }

    /// Forgets an entry that the server does not take.
    pub(super) fn drop_entry(self, id: OfflineEntryId) {
        spawn_local(async move {
            let dropped = async { Vault::open(self.actor).await?.drop_entry(id).await }.await;
            if dropped.is_ok() {
                self.show().await;
            }
        });
    }

    /// Shows what waits.
    pub(in crate::pages::learning) async fn show(self) {
        let kept = async {
            let vault = Vault::open(self.actor).await?;
            Ok::<_, StoreError>((vault.waiting().await?, vault.hand_ins().await?))
        };
        let Ok((waiting, hand_ins)) = kept.await else { return };
        if self.waiting.try_with_untracked(|shown| *shown != waiting) == Some(true) {
            self.waiting.try_set(waiting);
        }
        if self.hand_ins.try_with_untracked(|shown| *shown != hand_ins) == Some(true) {
            self.hand_ins.try_set(hand_ins);
        }
    }

    /// Sends what waits.
    pub(in crate::pages::learning) fn send(self) {
        self.is_wanted.try_set_value(true);
        if self.is_busy.try_get_untracked() != Some(false) {
            return;
        }
        self.is_busy.try_set(true);
        spawn_local(async move {
            while self.is_wanted.try_get_value() == Some(true) {
                self.is_wanted.try_set_value(false);
                let link = match self.go().await {
                    Ok(link) => link,
                    // What cannot be read is not lost: the next try reads it again.
                    Err(Trouble::Store) => Link::Unknown,
                    Err(Trouble::Api(ApiError::Network)) => Link::Away,
                    Err(Trouble::Api(_)) => Link::Trouble,
                };
                if self.link.try_with_untracked(|before| *before != link) == Some(true) {
                    self.link.try_set(link);
                }
                self.show().await;
            }
            self.is_busy.try_set(false);
        });
    }

    async fn go(self) -> Result<Link, Trouble> {
        let vault = Vault::open(self.actor).await?;
        let studied = self.send_study(&vault).await;
        let outcome = studied.as_ref().map_or_else(Trouble::outcome, |_| SendOutcome::Taken);
        if !outcome.lets_hand_ins_go() {
            return studied;
        }
        let had_hand_ins = self.send_hand_ins(&vault).await?;
        studied.map(|link| if had_hand_ins { Link::There } else { link })
    }

    async fn send_study(self, vault: &Vault) -> Result<Link, Trouble> {
        let recorder = self.recorder();
        let mut link = Link::Unknown;
        loop {
            let (free, locks) = free_entries(vault).await?;
            let is_growing = match &recorder {
                Some(recorder) => recorder.is_growing().await,
                None => false,
            };
            if free.is_empty() && !is_growing {
                return Ok(link);
            }
            // While something grows, an empty hand asks whether the server is there.
            let parts = if free.is_empty() { vec![&free[..]] } else { free.chunks(MAX_OFFLINE_ENTRIES).collect() };
            for part in parts {
                self.hand_in(vault, part).await?;
            }
            drop(locks);
            link = Link::There;
            let has_closed = match &recorder {
                Some(recorder) => recorder.close().await,
                None => false,
            };
            if !has_closed {
                return Ok(link);
            }
        }
    }

    async fn hand_in(self, vault: &Vault, part: &[KeptEntry]) -> Result<(), Trouble> {
        // Somebody else may have logged in meanwhile: nothing is sent in their name.
        if self.actor.kept_account() != Some(vault.account()) {
            return Err(Trouble::Store);
        }
        let entries = part.iter().map(|kept| kept.entry.clone()).collect();
        let body = HandInStudy { device_now: clock::now(), entries };
        let asked = client::post::<_, HandedInStudy>(self.actor, "/me/offline_study", &body);
        let reply = within(REPLY, asked).await.unwrap_or(Err(ApiError::Network)).map_err(Trouble::Api)?;
        vault.settle(part, &reply).await?;
        let is_tried = |id| part.iter().any(|kept| kept.entry.id == id && is_try(kept));
        let stored: Vec<_> = reply.acks.iter().filter(|ack| ack.receipt != OfflineReceipt::Refused).collect();
        let checked = stored.iter().filter(|ack| is_tried(ack.entry_id)).copied().cloned();
        self.checked.try_update(|all| all.extend(checked));
        if !stored.is_empty() {
            self.taken.try_update(|taken| *taken += stored.len());
        }
        Ok(())
    }
}

fn has_sendable(waiting: &[KeptEntry]) -> bool {
    waiting.iter().any(|kept| kept.errors.is_empty())
}

fn is_try(kept: &KeptEntry) -> bool {
    matches!(kept.entry.deed, OfflineDeed::Answered { .. })
}

/// What waits and no longer grows in any tab, with the locks that keep it so.
async fn free_entries(vault: &Vault) -> Result<(Vec<KeptEntry>, Vec<TabLock>), StoreError> {
    let (mut free, mut locks) = (Vec::new(), Vec::new());
    for kept in vault.waiting().await?.into_iter().filter(|kept| kept.errors.is_empty()) {
        if !is_try(&kept) {
            let Some(lock) = tab_lock::try_take(&lock_name(kept.entry.id)).await else { continue };
            locks.push(lock);
        }
        free.push(kept);
    }
    Ok((free, locks))
}

fn lock_name(id: OfflineEntryId) -> String {
    format!("study:{id}")
}

/// The clock that nobody can set.
pub(in crate::pages::learning) fn monotonic() -> Timestamp {
    Timestamp(i64::try_from(clock::monotonic_ms()).unwrap_or(i64::MAX))
}

/// A new id for an entry.
#[expect(clippy::disallowed_methods, reason = "the browser has no injected source, and the id only tells repeats")]
pub(in crate::pages::learning) fn new_id() -> OfflineEntryId {
    OfflineEntryId(Uuid::new_v4())
}
