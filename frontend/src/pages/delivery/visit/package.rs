//! Getting ready: the sealed package on the device, and the wait for the start.

use super::{Stage, Trouble, Visit};
use crate::{
    pages::delivery::vault::{KeptSitting, Vault},
    platform::{
        client::{self, ApiError},
        crypto, offline_app, persistence,
        timing::sleep,
    },
};
use js_sys::Uint8Array;
use leptos::{prelude::*, task::spawn_local};
use shared::delivery::{SittingView, ask_again_ms, start_jitter_ms};
use std::time::Duration;

const TICK: Duration = Duration::from_secs(1);

impl Visit {
    /// Asks the server how the sitting stands; without a network, what the device knows must do.
    pub(super) async fn look(&self, kept: Option<KeptSitting>) -> Result<KeptSitting, Trouble> {
        let view = match self.ask_for_view().await {
            Ok(view) => {
                self.clock.measure().await;
                view
            }
            Err(ApiError::Network) => return kept.ok_or(Trouble::Api(ApiError::Network)),
            Err(failure) => return Err(failure.into()),
        };
        let account = self.actor.kept_account().ok_or(Trouble::Api(ApiError::Unreadable))?;
        let server_minus_wall_ms = self.clock.server_minus_wall_ms();
        Ok(KeptSitting { account, view, server_minus_wall_ms, opening: None })
    }

    /// Sees to it that this page opens without a network.
    pub(super) fn keep_app(&self) {
        let readiness = self.shown.readiness;
        spawn_local(async move {
            let has_app = offline_app::keep().await;
            readiness.try_update(|ready| ready.has_app = Some(has_app));
        });
    }

    /// Asks the browser to throw nothing away of what is kept here. It may ask the candidate first, and nothing waits for
    /// it.
    pub(super) fn ask_for_promise(&self) {
        let readiness = self.shown.readiness;
        spawn_local(async move {
            let is_promised = persistence::ask().await;
            readiness.try_update(|ready| ready.is_promised = Some(is_promised));
        });
    }

    /// Fetches the package until it is there and is the right one.
    pub(super) async fn fetch_package(&self, vault: &Vault, view: &SittingView) -> Result<Uint8Array, Trouble> {
        let mut failures = 0;
        loop {
            let kept = vault.package(view.paper_id).await?;
            if let Some(package) = kept
                && is_right(&package, view).await
            {
                self.shown.readiness.try_update(|ready| {
                    ready.has_package = true;
                    ready.trouble = None;
                });
                return Ok(package);
            }
            match client::get_bytes(self.actor, &format!("/papers/{}/package", view.paper_id)).await {
                Ok(bytes) => {
                    let package = Uint8Array::from(bytes.as_slice());
                    if is_right(&package, view).await {
                        vault.keep_package(view.paper_id, &package).await?;
                        continue;
                    }
                    self.tell_trouble(ApiError::Unreadable);
                }
                Err(failure) => self.tell_trouble(failure),
            }
            sleep(Duration::from_millis(ask_again_ms(view.seed, failures))).await;
            failures += 1;
            if self.is_gone() {
                return Err(Trouble::Package);
            }
        }
    }

    /// Waits for the start by the server's clock. Whoever waited asks within the next half minute,
    /// each at a moment of their own; whoever comes later asks at once.
    pub(super) async fn await_start(&self, view: &SittingView) {
        let was_early = self.clock.now() < view.starts_at;
        let jitter = if was_early { i64::from(start_jitter_ms(view.seed)) } else { 0 };
        loop {
            let now = self.clock.now();
            let left_ms = view.starts_at.ms_since(now);
            self.shown.until_start_s.try_set(left_ms.max(0) / 1_000 + i64::from(left_ms % 1_000 > 0));
            self.shown.readiness.try_update(|ready| ready.is_starting = left_ms <= 0);
            let wait_ms = left_ms + jitter;
            if wait_ms <= 0 || self.is_gone() {
                return;
            }
            sleep(TICK.min(Duration::from_millis(wait_ms.unsigned_abs()))).await;
        }
    }

    /// Says what is wrong, where the candidate sees it.
    fn tell_trouble(&self, failure: ApiError) {
        self.shown.readiness.try_update(|ready| ready.trouble = Some(failure));
        if self.shown.stage.try_with_untracked(|stage| !matches!(stage, Stage::Waiting)) == Some(true) {
            self.shown.stage.try_set(Stage::Waiting);
        }
    }
}

/// Whether these are the bytes that were sealed.
pub(in crate::pages::delivery) async fn is_right(package: &Uint8Array, view: &SittingView) -> bool {
    crypto::sha256_hex(package).await.as_ref() == Some(&view.package_sha256)
}
