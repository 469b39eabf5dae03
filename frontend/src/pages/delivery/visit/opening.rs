//! Opening the sitting on this device, for the first time or again.

use super::{REPLY, Stage, Trouble, Visit};
use crate::{
    pages::delivery::{
        driver::{Driver, Seat},
        paper,
        vault::{KeptSitting, Opening, Vault},
    },
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome},
        device, safe_browser,
        timing::{sleep, within},
    },
};
use futures::{
    future::{Either, select},
    pin_mut,
};
use js_sys::Uint8Array;
use leptos::prelude::*;
use shared::{
    delivery::{
        ContentKey, Event, OpenSitting, OpenedSitting, SittingView, ask_again_ms, has_lost_its_journal, key_of_paper,
        looks_for_key_file,
    },
    ids::{PaperId, SittingId},
    problem::ProblemCode,
    time::Timestamp,
};
use std::{rc::Rc, time::Duration};

impl Visit {
    /// A sitting that this device has not opened: get ready, wait, open.
    pub(super) async fn wait_and_open(
        self: &Rc<Self>,
        vault: Vault,
        kept: Option<KeptSitting>,
        take_over: bool,
    ) -> Result<(), Trouble> {
        let mut kept = self.look(kept).await?;
        self.shown.view.try_set(Some(kept.view.clone()));
        if let Some(receipt) = kept.view.receipt.clone() {
            return self.show_receipt(&vault, receipt).await;
        }
        if kept.view.needs_safe_browser {
            return Err(Trouble::OutsideSafeBrowser);
        }
        vault.keep(&kept).await?;
        self.shown.readiness.try_update(|ready| ready.has_store = true);
        self.shown.entry_code.ask_if(kept.view.asks_entry_code);
        self.shown.stage.try_set(Stage::Waiting);
        self.keep_app();
        self.ask_for_promise();
        let package = self.fetch_package(&vault, &kept.view).await?;
        self.await_start(&kept.view).await;
        let way = self.opened_by_any_way(&vault, &kept.view, take_over).await;
        let (key, opened) = match way {
            Way::Server(came) => came?,
            Way::Spoken(key) => return self.begin_alone(vault, kept, package, key).await,
        };
        let opened = match opened {
            Ok(opened) => opened,
            Err(failure) => return self.not_opened(&vault, failure).await,
        };
        kept.opening = Some(Opening { key, began_at: opened.server_time, opened, entry_code: None });
        self.play(vault, kept, package, None).await
    }

    /// Asks the server for the key and opens the sitting, unless somebody types a key that was read out before that is
    /// done.
    async fn opened_by_any_way(&self, vault: &Vault, view: &SittingView, take_over: bool) -> Way {
        let by_server = async {
            let key = self.ask_until_released(view, || self.ask_for_key(view.paper_id)).await?.key;
            Outcome::Ok((key, self.open_first(vault, view, take_over).await))
        };
        let spoken = self.shown.spoken_key.typed(view);
        pin_mut!(by_server, spoken);
        match select(by_server, spoken).await {
            Either::Left((came, _)) => Way::Server(came),
            Either::Right((key, _)) => Way::Spoken(key),
        }
    }

    /// Begins without the server, by a key that was read out (ADR 53).
    async fn begin_alone(
        self: &Rc<Self>,
        vault: Vault,
        mut kept: KeptSitting,
        package: Uint8Array,
        key: String,
    ) -> Result<(), Trouble> {
        let began_at = self.clock.now();
        let opened = OpenedSitting::without_server(kept.view.deadline, began_at);
        let entry_code = self.shown.entry_code.as_typed();
        kept.opening = Some(Opening { key, began_at, opened, entry_code });
        self.play(vault, kept, package, Some(Event::NetworkLost)).await
    }

    /// Opens a sitting of whose opening this device keeps nothing.
    async fn open_first(&self, vault: &Vault, view: &SittingView, take_over: bool) -> Outcome<OpenedSitting> {
        let opened = self.open_by_code(view, take_over).await?;
        let journal = vault.entries(self.id).await.unwrap_or_default();
        if !has_lost_its_journal(view.epoch, &opened, &journal) {
            return Ok(opened);
        }
        device::renew();
        self.ask_until_released(view, || self.open(true, None, None)).await
    }

    /// Opens with the entry code of the room where the test asks for it, until the right one was typed.
    async fn open_by_code(&self, view: &SittingView, take_over: bool) -> Outcome<OpenedSitting> {
        loop {
            let code = self.shown.entry_code.typed().await;
            let opened = self.ask_until_released(view, || self.open(take_over, code.clone(), None)).await;
            let is_wrong = |failure: &ApiError| failure.code() == Some(ProblemCode::EntryCodeWrong);
            if self.is_gone() || !opened.as_ref().err().is_some_and(is_wrong) {
                return opened;
            }
            self.shown.entry_code.refuse(code);
        }
    }

    /// Another device has the sitting, or it is over.
    async fn not_opened(self: &Rc<Self>, vault: &Vault, failure: ApiError) -> Result<(), Trouble> {
        if failure.code() == Some(ProblemCode::SittingTakenOver) {
            self.shown.stage.try_set(Stage::Elsewhere);
            return Ok(());
        }
        match self.ask_for_view().await?.receipt {
            Some(receipt) => self.show_receipt(vault, receipt).await,
            None => Err(failure.into()),
        }
    }

    /// A sitting that this device has opened: go on with what the server says, or without it.
    pub(super) async fn go_on(
        self: &Rc<Self>,
        vault: Vault,
        mut kept: KeptSitting,
        take_over: bool,
    ) -> Result<(), Trouble> {
        let claimed = kept.opening.as_ref().filter(|opening| opening.is_provisional());
        let is_claimed = claimed.is_some();
        let opened = match claimed {
            Some(opening) => self.claim(opening, take_over).await,
            None => self.open(take_over, None, None).await,
        };
        let news = match opened {
            Ok(opened) => {
                self.clock.measure().await;
                if let Some(opening) = &mut kept.opening {
                    opening.renew(opened);
                }
                None
            }
            Err(failure) if is_claimed && may_come_later(&failure) => Some(Event::NetworkLost),
            Err(failure) if is_claimed => return self.not_opened(&vault, failure).await,
            Err(failure) if take_over || failure.code() == Some(ProblemCode::SafeBrowserNeeded) => {
                return Err(failure.into());
            }
            Err(ApiError::Network) => Some(without_network(&kept)),
            Err(failure) => {
                self.clock.measure().await;
                news(&failure)
            }
        };
        self.keep_app();
        let package = self.fetch_package(&vault, &kept.view).await?;
        self.play(vault, kept, package, news).await
    }

    /// Claims an epoch for what was begun without the server. Where the room has an entry code, and another one was typed
    /// without the server, it is asked for again.
    async fn claim(&self, opening: &Opening, take_over: bool) -> Outcome<OpenedSitting> {
        let mut code = opening.entry_code.clone();
        loop {
            let opened = self.open(take_over, code.clone(), Some(opening.began_at)).await;
            let is_wrong = |failure: &ApiError| failure.code() == Some(ProblemCode::EntryCodeWrong);
            if self.is_gone() || !opened.as_ref().err().is_some_and(is_wrong) {
                return opened;
            }
            self.shown.entry_code.refuse(code);
            self.shown.stage.try_set(Stage::Waiting);
            code = self.shown.entry_code.typed().await;
        }
    }

    async fn play(
        self: &Rc<Self>,
        vault: Vault,
        mut kept: KeptSitting,
        package: Uint8Array,
        news: Option<Event>,
    ) -> Result<(), Trouble> {
        kept.server_minus_wall_ms = self.clock.server_minus_wall_ms();
        vault.keep(&kept).await?;
        let Some(Opening { key, began_at, opened, .. }) = kept.opening.clone() else { return Err(Trouble::Package) };
        let paper = paper::open_package(kept.view.paper_id, &key, &package).await.ok_or(Trouble::Package)?;
        let tools = paper.tools.clone();
        let items = paper::arranged(paper, kept.view.seed);
        let journal = vault.entries(self.id).await?;
        let place = vault.place(self.id).await;
        if self.is_gone() {
            return Ok(());
        }
        let (actor, clock, lock) = (self.actor, self.clock.clone(), self.lock.take());
        let driver =
            Driver::start(Seat { actor, vault, clock, kept, items, tools, journal, place, lock }, &opened, began_at);
        if let Some(news) = news {
            driver.tell(news);
        }
        self.shown.stage.try_set(Stage::Playing(driver));
        Ok(())
    }

    /// Asks until the test is released and the network is there.
    async fn ask_until_released<T, F: Future<Output = Outcome<T>>>(
        &self,
        view: &SittingView,
        ask: impl Fn() -> F,
    ) -> Outcome<T> {
        let mut failures = 0;
        loop {
            let failure = match ask().await {
                Ok(reply) => return Ok(reply),
                Err(failure) => failure,
            };
            if !may_pass(&failure) || self.is_gone() {
                return Err(failure);
            }
            let is_only_early = failure.code() == Some(ProblemCode::WrongState);
            // The room may let in who waits for it, at any moment.
            let is_for_room = matches!(failure.code(), Some(ProblemCode::AdmissionNeeded | ProblemCode::ExamTooLate));
            let is_expected = is_only_early || is_for_room;
            self.shown.readiness.try_update(|ready| ready.trouble = (!is_only_early).then_some(failure));
            sleep(Duration::from_millis(ask_again_ms(view.seed, failures))).await;
            failures = if is_expected { 0 } else { failures + 1 };
        }
    }

    /// The key from the server, or from where it lies open when the server does not tell it.
    async fn ask_for_key(&self, paper: PaperId) -> Outcome<ContentKey> {
        let (path, browser) = (format!("/sittings/{}/key", self.id), safe_browser::claims().await);
        let told: Option<Outcome<ContentKey>> = within(REPLY, client::get_with(self.actor, &path, browser)).await;
        match told.unwrap_or(Err(ApiError::Network)) {
            Err(failure) if looks_for_key_file(failure.code()) => key_file(paper).await.ok_or(failure),
            told => told,
        }
    }

    async fn open(
        &self,
        take_over: bool,
        entry_code: Option<String>,
        began_at: Option<Timestamp>,
    ) -> Outcome<OpenedSitting> {
        open(self.actor, self.id, &OpenSitting { device: device::id(), take_over, entry_code, began_at }).await
    }
}

/// Opens a sitting on this device.
pub(in crate::pages::delivery) async fn open(
    actor: Actor,
    id: SittingId,
    body: &OpenSitting,
) -> Outcome<OpenedSitting> {
    let (path, browser) = (format!("/sittings/{id}/open"), safe_browser::claims().await);
    let reply: Option<Outcome<OpenedSitting>> = within(REPLY, client::post_with(actor, &path, body, browser)).await;
    let opened = reply.unwrap_or(Err(ApiError::Network))?;
    actor.keep_busy(opened.deadline);
    Ok(opened)
}

/// The key of a paper as it lies open for everybody, if it does and can be reached.
async fn key_file(paper: PaperId) -> Option<ContentKey> {
    let path = format!("/released_keys/{paper}");
    let came: Outcome<Option<ContentKey>> = within(REPLY, client::get_open(&path)).await?;
    key_of_paper(paper, came.ok()?)
}

/// How a sitting was opened.
enum Way {
    /// By the server, or not: the key, and the opening.
    Server(Outcome<(String, Outcome<OpenedSitting>)>),
    /// By a key that was read out.
    Spoken(String),
}

/// Whether a failure may be over in a while. What cannot be read came from something between here and the server, which
/// says so while the server starts anew.
fn may_pass(failure: &ApiError) -> bool {
    match failure.code() {
        None => true,
        Some(code) => matches!(
            code,
            ProblemCode::WrongState
                | ProblemCode::AdmissionNeeded
                | ProblemCode::ExamTooLate
                | ProblemCode::TooMany
                | ProblemCode::Unavailable
                | ProblemCode::Internal
        ),
    }
}

/// Whether a device that began without the server goes on, and claims its epoch later. Who has to log in again does so when
/// they like: the answers are on the device.
pub(in crate::pages::delivery) fn may_come_later(failure: &ApiError) -> bool {
    may_pass(failure) || failure.code() == Some(ProblemCode::Unauthenticated)
}

/// What a player is told that begins without a network.
fn without_network(kept: &KeptSitting) -> Event {
    let epoch = kept.opening.as_ref().map_or(0, |opening| opening.opened.epoch);
    Event::of_no_network(epoch, kept.view.epoch)
}

/// What a refused opening means for a player that has answers already.
fn news(failure: &ApiError) -> Option<Event> {
    let ApiError::Problem(problem) = failure else { return None };
    Event::of_refused_opening(problem.code, &problem.params, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::problem::Problem;

    #[test]
    fn who_waits_for_the_start_goes_on_waiting_while_a_server_starts_anew() {
        assert!([ApiError::Network, ApiError::Unreadable].iter().all(may_pass));
    }

    #[test]
    fn who_is_late_waits_for_the_room_and_who_is_banned_for_nobody() {
        let refused = |code: ProblemCode| {
            ApiError::Problem(Box::new(Problem {
                kind: String::new(),
                title: String::new(),
                status: code.status(),
                detail: String::new(),
                instance: String::new(),
                code,
                errors: Vec::new(),
                params: serde_json::Value::Null,
            }))
        };
        assert!(may_pass(&refused(ProblemCode::ExamTooLate)) && !may_pass(&refused(ProblemCode::Forbidden)));
    }
}
