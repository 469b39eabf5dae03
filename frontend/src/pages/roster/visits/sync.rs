//! Brings the device and the server together: visits go up, persons come down.

use super::{
    Link, Shown,
    vault::{KeptPerson, KeptVisit, Vault},
};
use crate::platform::{
    actor::Actor,
    client::{self, ApiError, Outcome},
    offline_app, reconnect,
    store::StoreError,
    timing::within,
};
use leptos::{ev, prelude::*, task::spawn_local};
use shared::{
    ids::VisitId,
    page::Page,
    problem::ProblemCode,
    roster::{EntryView, MAX_AT_ONCE, SendVisits, VisitAck},
};
use std::{cell::Cell, rc::Rc, time::Duration};

/// A reply that takes longer is no reply.
const REPLY: Duration = Duration::from_secs(20);
/// Why it did not come to an end.
enum Trouble {
    Api(ApiError),
    Store,
}

impl From<ApiError> for Trouble {
    fn from(failure: ApiError) -> Self {
        Self::Api(failure)
    }
}

impl From<StoreError> for Trouble {
    fn from(_: StoreError) -> Self {
        Self::Store
    }
}

/// One visit of the page.
#[derive(Clone)]
pub(super) struct Round {
    actor: Actor,
    shown: Shown,
    /// Whether somebody asked while the server was being asked.
    is_wanted: Rc<Cell<bool>>,
    is_gone: Rc<Cell<bool>>,
    to_log_in: Rc<dyn Fn()>,
}

impl Round {
    /// Nothing is under way. `to_log_in` goes to the log-in page.
    pub(super) fn new(actor: Actor, shown: Shown, to_log_in: impl Fn() + 'static) -> Self {
        let (is_wanted, is_gone) = (Rc::default(), Rc::default());
        Self { actor, shown, is_wanted, is_gone, to_log_in: Rc::new(to_log_in) }
    }

    /// Shows what the device keeps, and then asks the server; again when the network comes back.
    pub(super) fn begin(&self) {
        let round = self.clone();
        spawn_local(async move {
            if round.show_kept().await.is_err() {
                round.shown.link.try_set(Link::NoStore);
            }
            round.sync().await;
        });
        let round = self.clone();
        let shown = self.shown;
        let must = move || {
            let has_more = shown.waiting.try_with_untracked(|waiting| !waiting.is_empty()).unwrap_or_default();
            has_more || shown.link.try_get_untracked() == Some(Link::Away)
        };
        reconnect::ask_again(must, move || round.ask());
        let offline = window_event_listener(ev::offline, move |_| _ = shown.link.try_set(Link::Away));
        on_cleanup(move || offline.remove());
        spawn_local(async move {
            let has_app = offline_app::keep().await;
            shown.has_app.try_set(has_app);
        });
    }

    /// The page is going away.
    pub(super) fn leave(&self) {
        self.is_gone.set(true);
    }

    /// Asks the server now.
    pub(super) fn ask(&self) {
        let round = self.clone();
        spawn_local(async move { round.sync().await });
    }

    /// Keeps a visit, whether there is a network or not; whether the device has it.
    pub(super) async fn add(&self, visit: KeptVisit) -> bool {
        let is_kept = self.try_add(visit).await.is_ok();
        if is_kept {
            self.ask();
        }
        is_kept
    }

    /// Forgets a visit that the server does not take.
    pub(super) async fn drop_visit(&self, id: VisitId) {
        if let Ok(vault) = self.vault().await
            && vault.drop_visit(id).await.is_ok()
        {
            drop(self.show_kept().await);
        }
    }

    async fn try_add(&self, visit: KeptVisit) -> Result<(), StoreError> {
        self.vault().await?.add(&visit).await?;
        self.show_kept().await
    }

    async fn vault(&self) -> Result<Vault, StoreError> {
        let account = self.actor.kept_account().ok_or_else(|| StoreError("nobody is logged in".to_owned()))?;
        Vault::open(account).await
    }

    async fn show_kept(&self) -> Result<(), StoreError> {
        let vault = self.vault().await?;
        let (mut persons, mut waiting) = (vault.persons().await?, vault.waiting().await?);
        persons.sort_by(|one, other| (&one.address, &one.name, one.id).cmp(&(&other.address, &other.name, other.id)));
        waiting.sort_by_key(|kept| kept.sent.visit.visited_at);
        self.shown.waiting.try_set(waiting);
        self.shown.persons.try_set(Some(persons));
        Ok(())
    }

    async fn sync(&self) {
        self.is_wanted.set(true);
        if self.shown.is_busy.try_get_untracked() != Some(false) {
            return;
        }
        self.shown.is_busy.try_set(true);
        while self.is_wanted.replace(false) && !self.is_gone.get() {
            let link = match self.go().await {
                Ok(()) => Link::There,
                Err(Trouble::Store) => Link::NoStore,
                Err(Trouble::Api(ApiError::Network)) => Link::Away,
                Err(Trouble::Api(failure)) if failure.code() == Some(ProblemCode::Unauthenticated) => {
                    (self.to_log_in)();
                    Link::Trouble
                }
                Err(Trouble::Api(_)) => Link::Trouble,
            };
            self.shown.link.try_set(link);
        }
        self.shown.is_busy.try_set(false);
    }

    async fn go(&self) -> Result<(), Trouble> {
        let vault = self.vault().await?;
        let waiting = vault.waiting().await?;
        for some in waiting.chunks(MAX_AT_ONCE) {
            let body = SendVisits { visits: some.iter().map(|kept| kept.sent.clone()).collect() };
            let acks: Vec<VisitAck> = answered(client::post(self.actor, "/roster/visits", &body)).await?;
            vault.settle(some, acks).await?;
        }
        let mut persons = Vec::new();
        let mut cursor = None::<String>;
        loop {
            let after = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
            let path = format!("/roster/assigned?limit=200{after}");
            let page: Page<EntryView> = answered(client::get(self.actor, &path)).await?;
            persons.extend(page.items.into_iter().map(KeptPerson::from));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        vault.keep_persons(&persons).await?;
        Ok(self.show_kept().await?)
    }
}

/// The answer, if it comes in time.
async fn answered<T>(asked: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    within(REPLY, asked).await.unwrap_or(Err(ApiError::Network))
}
