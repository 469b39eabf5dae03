//! The way to the player: what must be there before the first item is shown.

mod entry_code;
mod opening;
mod package;
mod readiness;
mod spoken_key;

pub(super) use opening::{may_come_later, open};
pub(super) use package::is_right;
pub(super) use readiness::tell_readiness;

use super::{
    driver::Driver,
    vault::{KeptSitting, Vault},
};
use crate::platform::{
    actor::Actor,
    client::{self, ApiError, Outcome},
    crypto, safe_browser,
    server_clock::ServerClock,
    store::StoreError,
    tab_lock::{self, TabLock},
    timing::within,
};
use entry_code::EntryCode;
use leptos::{prelude::*, task::spawn_local};
use shared::{
    delivery::{JournalEntry, Receipt, SittingView},
    ids::SittingId,
    problem::ProblemCode,
};
use spoken_key::SpokenKey;
use std::{cell::RefCell, rc::Rc, time::Duration};

/// A tab that is just going away gives its lock back within this time.
const OTHER_TAB: Duration = Duration::from_secs(1);
const REPLY: Duration = Duration::from_secs(10);

/// Where the way has led.
#[derive(Clone)]
pub(super) enum Stage {
    /// Looking at what is there.
    Looking,
    /// Another tab of this browser has the sitting; this one goes on when that one is closed.
    OtherTab,
    /// Waiting for the start, and being made ready.
    Waiting,
    /// Another device has the sitting.
    Elsewhere,
    /// The paper is on the screen.
    Playing(Rc<Driver>),
    /// Over.
    Over {
        /// The proof.
        receipt: Receipt,
        /// Entries on this device that the server never got.
        left: Vec<JournalEntry>,
    },
    /// The way ends here, until somebody tries again.
    Failed(Trouble),
}

/// Why the way ends.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Trouble {
    /// The server refused, or was not reached.
    Api(ApiError),
    /// The browser keeps nothing.
    Store,
    /// The browser cannot open sealed papers here.
    NoCrypto,
    /// The package does not fit its key.
    Package,
    /// The test opens in Safe Exam Browser alone, and this is not it.
    OutsideSafeBrowser,
}

impl From<ApiError> for Trouble {
    fn from(failure: ApiError) -> Self {
        match failure.code() {
            Some(ProblemCode::SafeBrowserNeeded) => Self::OutsideSafeBrowser,
            _ => Self::Api(failure),
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(_: StoreError) -> Self {
        Self::Store
    }
}

/// How ready the device is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Readiness {
    /// Whether the device's store has taken the sitting.
    pub(super) has_store: bool,
    /// Whether the package is on the device and is the right one.
    pub(super) has_package: bool,
    /// Whether the app opens here without a network; absent until it is known. Without it the test
    /// can be taken all the same.
    pub(super) has_app: Option<bool>,
    /// Whether the browser promised to throw nothing away that is kept here; absent until it is known. Many a browser does
    /// not, and keeps it all the same as long as there is room.
    pub(super) is_promised: Option<bool>,
    /// What went wrong last; it is tried again by itself.
    pub(super) trouble: Option<ApiError>,
    /// Whether the start has come, and the paper is being fetched.
    pub(super) is_starting: bool,
}

/// What the page shows.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// Where the way has led.
    pub(super) stage: RwSignal<Stage, LocalStorage>,
    /// What the server said of the sitting.
    pub(super) view: RwSignal<Option<SittingView>>,
    /// How ready the device is.
    pub(super) readiness: RwSignal<Readiness>,
    /// Seconds until the start.
    pub(super) until_start_s: RwSignal<i64>,
    /// The entry code of the room, where the test asks for it.
    pub(super) entry_code: EntryCode,
    /// The key that is read out where the network fails at the start.
    pub(super) spoken_key: SpokenKey,
}

impl Shown {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self {
            stage: RwSignal::new_local(Stage::Looking),
            view: RwSignal::new(None),
            readiness: RwSignal::new(Readiness::default()),
            until_start_s: RwSignal::new(0),
            entry_code: EntryCode::new(),
            spoken_key: SpokenKey::new(),
        }
    }
}

/// One visit of the page.
pub(super) struct Visit {
    actor: Actor,
    id: SittingId,
    clock: Rc<ServerClock>,
    lock: RefCell<Option<TabLock>>,
    shown: Shown,
}

impl Visit {
    /// A visit that has not begun.
    pub(super) fn new(actor: Actor, id: SittingId, shown: Shown) -> Rc<Self> {
        Rc::new(Self { actor, id, clock: Rc::new(ServerClock::new()), lock: RefCell::new(None), shown })
    }

    /// Goes the whole way. `take_over`: the candidate consents to end the sitting on another device.
    pub(super) fn begin(self: Rc<Self>, take_over: bool) {
        spawn_local(async move {
            self.shown.stage.try_set(Stage::Looking);
            if let Err(trouble) = self.arrive(take_over).await {
                self.shown.stage.try_set(Stage::Failed(trouble));
            }
        });
    }

    /// The page is going away: other tabs may go on.
    pub(super) fn leave(&self) {
        drop(self.lock.take());
    }

    /// Whether the page has gone.
    fn is_gone(&self) -> bool {
        self.shown.stage.is_disposed()
    }

    async fn arrive(self: &Rc<Self>, take_over: bool) -> Result<(), Trouble> {
        self.keep_other_tabs_away().await;
        if !crypto::is_there() {
            return Err(Trouble::NoCrypto);
        }
        let vault = Vault::open().await?;
        let kept = vault.find(self.id).await?.filter(|kept| Some(kept.account) == self.actor.kept_account());
        if let Some(kept) = &kept {
            self.clock.assume(kept.server_minus_wall_ms);
            self.shown.view.try_set(Some(kept.view.clone()));
        }
        match kept {
            Some(KeptSitting { view: SittingView { receipt: Some(receipt), .. }, .. }) => {
                self.show_receipt(&vault, receipt).await
            }
            Some(kept) if kept.opening.is_some() => self.go_on(vault, kept, take_over).await,
            kept => self.wait_and_open(vault, kept, take_over).await,
        }
    }

    async fn keep_other_tabs_away(&self) {
        if self.lock.borrow().is_some() {
            return;
        }
        let name = format!("sitting/{}", self.id);
        let lock = match within(OTHER_TAB, tab_lock::take(&name)).await {
            Some(lock) => lock,
            None => {
                self.shown.stage.try_set(Stage::OtherTab);
                let lock = tab_lock::take(&name).await;
                self.shown.stage.try_set(Stage::Looking);
                lock
            }
        };
        self.lock.replace(lock.filter(|_| !self.is_gone()));
    }

    async fn show_receipt(&self, vault: &Vault, receipt: Receipt) -> Result<(), Trouble> {
        let left = vault.entries(self.id).await?;
        self.shown.stage.try_set(Stage::Over { receipt, left });
        Ok(())
    }

    async fn ask_for_view(&self) -> Outcome<SittingView> {
        let (path, browser) = (format!("/sittings/{}", self.id), safe_browser::claims().await);
        within(REPLY, client::get_with(self.actor, &path, browser)).await.unwrap_or(Err(ApiError::Network))
    }
}
