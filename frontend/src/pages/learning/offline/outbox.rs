//! Keeps on the phone what is done without a network, and hands it in as soon as there is one.

use super::{
    recorder::Recorder,
    vault::{KeptEntry, KeptHandIn, KeptNote, Vault},
};
use crate::platform::{
    actor::Actor,
    client::{self, ApiError},
    clock, reconnect,
    refusal::refusal_of,
    store::StoreError,
    tab_lock::{self, TabLock},
    timing::within,
};
use leptos::{ev, prelude::*, task::spawn_local};
use shared::{
    ids::OfflineEntryId,
    learning::{
        HandInReceipt, HandInStudy, HandedInStudy, MAX_OFFLINE_ENTRIES, OfflineAck, OfflineDeed, OfflineReceipt,
        SendOutcome,
    },
    time::Timestamp,
};
use std::time::Duration;
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

/// What a learner did without a network, and its way to the server. A page has one.
#[derive(Clone, Copy)]
pub(crate) struct Outbox {
    pub(super) actor: Actor,
    /// What the server has not acknowledged.
    pub(super) waiting: RwSignal<Vec<KeptEntry>>,
    /// Assignments that it has not acknowledged.
    pub(super) hand_ins: RwSignal<Vec<KeptHandIn>>,
    /// Notes that it has not acknowledged.
    pub(super) notes: RwSignal<Vec<KeptNote>>,
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
            notes: RwSignal::new(Vec::new()),
            receipts: RwSignal::new(Vec::new()),
            link: RwSignal::new(Link::Unknown),
            is_busy: RwSignal::new(false),
            taken: RwSignal::new(0),
            checked: RwSignal::new(Vec::new()),
            is_wanted: StoredValue::new(false),
            recorder: StoredValue::new_local(Recorder::new(actor)),
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
            || self.notes.try_with_untracked(|notes| notes.iter().any(KeptNote::is_waiting)).unwrap_or_default()
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
            Ok::<_, StoreError>((vault.waiting().await?, vault.hand_ins().await?, vault.note_drafts().await?))
        };
        let Ok((waiting, hand_ins, notes)) = kept.await else { return };
        if self.waiting.try_with_untracked(|shown| *shown != waiting) == Some(true) {
            self.waiting.try_set(waiting);
        }
        if self.hand_ins.try_with_untracked(|shown| *shown != hand_ins) == Some(true) {
            self.hand_ins.try_set(hand_ins);
        }
        if self.notes.try_with_untracked(|shown| *shown != notes) == Some(true) {
            self.notes.try_set(notes);
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
        let had_notes = self.send_notes(&vault).await?;
        studied.map(|link| if had_hand_ins || had_notes { Link::There } else { link })
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

/// Under which name a stretch of reading is locked while it may grow.
pub(super) fn lock_name(id: OfflineEntryId) -> String {
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
