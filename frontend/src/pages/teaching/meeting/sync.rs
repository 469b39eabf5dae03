//! Keeps what a teacher notes on the device, and sends it as soon as there is a network.

use super::vault::{KeptEntry, Vault};
use crate::platform::{
    actor::Actor,
    client::{self, ApiError},
    clock, offline_app, reconnect,
    server_clock::ServerClock,
    store::StoreError,
    timing::within,
};
use leptos::{ev, prelude::*, task::spawn_local};
use shared::{
    device_log::by_server,
    ids::{MeetingId, RollCallEntryId},
    teaching::{MAX_ROLL_ENTRIES, RollCallAck, RollCallEntry, SendRollCalls},
    time::Timestamp,
};
use std::{collections::BTreeSet, time::Duration};

/// A reply that takes longer is no reply.
const REPLY: Duration = Duration::from_secs(20);

/// How the server was found last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// Not asked yet.
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
    /// The server was not reached, or answered something else.
    Api(ApiError),
    /// The browser keeps nothing.
    Store,
}

impl Trouble {
    /// How the server was found.
    pub(super) const fn link(&self) -> Link {
        match self {
            Self::Store => Link::NoStore,
            Self::Api(ApiError::Network) => Link::Away,
            Self::Api(_) => Link::Trouble,
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(_: StoreError) -> Self {
        Self::Store
    }
}

/// The entries of this device, and their way to the server. A page has one.
#[derive(Clone, Copy)]
pub(super) struct Outbox {
    actor: Actor,
    /// What the server has not acknowledged, of every meeting.
    pub(super) waiting: RwSignal<Vec<KeptEntry>>,
    /// How the server was found.
    pub(super) link: RwSignal<Link>,
    /// Whether the server is being asked.
    pub(super) is_busy: RwSignal<bool>,
    /// Whether something was noted while it was.
    is_wanted: StoredValue<bool>,
    /// What the server has taken since the page was opened.
    pub(super) taken: RwSignal<Vec<RollCallEntry>>,
    /// Server's clock minus the device's, once the server has told.
    server_minus_wall_ms: StoredValue<Option<i64>>,
}

impl Outbox {
    /// Reads what waits, and begins to send it; again when the network comes back.
    pub(super) fn begin(actor: Actor) -> Self {
        let outbox = Self {
            actor,
            waiting: RwSignal::new(Vec::new()),
            link: RwSignal::new(Link::Unknown),
            is_busy: RwSignal::new(false),
            is_wanted: StoredValue::new(false),
            taken: RwSignal::new(Vec::new()),
            server_minus_wall_ms: StoredValue::new(None),
        };
        spawn_local(outbox.learn_time());
        let has_more = move || outbox.waiting.try_with_untracked(|waiting| !waiting.is_empty()).unwrap_or_default();
        reconnect::ask_again(has_more, move || outbox.send());
        let offline = window_event_listener(ev::offline, move |_| _ = outbox.link.try_set(Link::Away));
        on_cleanup(move || offline.remove());
        // The roll can be called in a hall without a network, after a reload, too.
        spawn_local(async { _ = offline_app::keep().await });
        outbox.send();
        outbox
    }

    /// The time by which something is noted: the server's, as far as it has told.
    pub(super) fn now(self) -> Timestamp {
        clock::now().plus_ms(self.server_minus_wall_ms.try_get_value().flatten().unwrap_or_default())
    }

    /// Asks for the server's clock, until it has told once.
    async fn learn_time(self) {
        if self.server_minus_wall_ms.try_get_value() != Some(None) {
            return;
        }
        let clock = ServerClock::new();
        if clock.measure().await {
            self.server_minus_wall_ms.try_set_value(Some(clock.server_minus_wall_ms()));
        }
    }

    /// Brings what was refused for its time alone to the server's clock, and keeps it so before it is sent: a repeat is
    /// the same. What the server has not told, the next tries wait for.
    async fn put_right(self, vault: &Vault, kept: &mut KeptEntry) -> Result<(), StoreError> {
        self.learn_time().await;
        let Some(server_minus_wall_ms) = self.server_minus_wall_ms.try_get_value().flatten() else { return Ok(()) };
        kept.entry.noted_at = by_server(kept.entry.noted_at, server_minus_wall_ms, self.now());
        kept.errors.clear();
        vault.replace(kept).await
    }

    /// Keeps entries, shows them, and sends them.
    pub(super) fn note(self, entries: Vec<RollCallEntry>) {
        spawn_local(async move {
            let kept = async { Vault::open(self.actor).await?.add(&entries).await }.await;
            if kept.is_err() {
                self.link.try_set(Link::NoStore);
                return;
            }
            self.waiting.try_update(|waiting| {
                waiting.extend(entries.into_iter().map(|entry| KeptEntry { entry, errors: Vec::new() }));
            });
            self.send();
        });
    }

    /// Forgets an entry that the server does not take.
    pub(super) fn drop_entry(self, id: RollCallEntryId) {
        spawn_local(async move {
            let dropped = async { Vault::open(self.actor).await?.drop_entry(id).await }.await;
            if dropped.is_ok() {
                self.waiting.try_update(|waiting| waiting.retain(|kept| kept.entry.id != id));
            }
        });
    }

    /// Sends what waits.
    pub(super) fn send(self) {
        self.is_wanted.set_value(true);
        if self.is_busy.try_get_untracked() != Some(false) {
            return;
        }
        self.is_busy.set(true);
        spawn_local(async move {
            while self.is_wanted.try_get_value() == Some(true) {
                self.is_wanted.set_value(false);
                let link = self.go().await.map_or_else(|trouble| trouble.link(), |()| Link::There);
                self.link.try_set(link);
            }
            self.is_busy.try_set(false);
        });
    }

    async fn go(self) -> Result<(), Trouble> {
        let vault = Vault::open(self.actor).await?;
        let waiting = vault.waiting().await?;
        let (mut sendable, refused): (Vec<_>, Vec<_>) = waiting.into_iter().partition(KeptEntry::may_be_taken);
        let was_ahead: BTreeSet<_> = sendable.iter().filter(|kept| kept.is_ahead()).map(|kept| kept.entry.id).collect();
        for kept in sendable.iter_mut().filter(|kept| kept.is_ahead()) {
            self.put_right(&vault, kept).await?;
        }
        for some in sendable.chunks(MAX_ROLL_ENTRIES) {
            let body = SendRollCalls { entries: some.iter().map(|kept| kept.entry.clone()).collect() };
            let asked = client::post::<_, Vec<RollCallAck>>(self.actor, "/roll_calls", &body);
            let acks = within(REPLY, asked).await.unwrap_or(Err(ApiError::Network)).map_err(Trouble::Api)?;
            vault.settle(some, acks).await?;
        }
        let left = vault.waiting().await?;
        let is_left = |entry: &RollCallEntry| left.iter().any(|kept| kept.entry.id == entry.id);
        let taken: Vec<_> = sendable.into_iter().map(|kept| kept.entry).filter(|entry| !is_left(entry)).collect();
        self.taken.try_update(|all| all.extend(taken));
        if left.iter().any(|kept| kept.is_ahead() && !was_ahead.contains(&kept.entry.id)) {
            self.is_wanted.try_set_value(true);
        }
        let still_refused = left.iter().filter(|kept| !kept.may_be_taken()).count();
        let (is_refused, is_known) = (still_refused > 0, still_refused == refused.len());
        self.waiting.try_set(left);
        if is_refused && !is_known { Err(Trouble::Api(ApiError::Unreadable)) } else { Ok(()) }
    }

    /// The entries of one meeting that count beside those of the server: sent since, or waiting.
    pub(super) fn of_meeting(self, id: MeetingId) -> Vec<RollCallEntry> {
        let is_of = |entry: &&RollCallEntry| entry.meeting_id == id;
        let mut entries: Vec<_> = self.taken.with(|taken| taken.iter().filter(is_of).cloned().collect());
        self.waiting.with(|waiting| {
            let counts = waiting.iter().filter(|kept| kept.may_be_taken()).map(|kept| &kept.entry);
            entries.extend(counts.filter(is_of).cloned());
        });
        entries
    }
}
