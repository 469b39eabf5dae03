//! Fetches the sealed paper of a candidate in the days before the test, and tells the server once that this device has it:
//! those who run the day count it.

use super::{vault::Vault, visit::is_right};
use crate::platform::{
    actor::Actor,
    client::{self, ApiError},
    crypto, device, keep,
    timing::sleep,
};
use js_sys::Uint8Array;
use leptos::prelude::*;
use shared::{
    delivery::{SittingHeartbeat, SittingNews, SittingView, ask_again_ms, prefetch_wait_ms},
    ids::SittingId,
    time::Timestamp,
};
use std::time::Duration;

/// Tries before it is left to the next look at the page, or to the waiting room.
const TRIES: u32 = 3;

/// Sees to it that the sealed paper is on this device, if its days have come; says so by `is_there`.
pub(in crate::pages) async fn prefetch(
    actor: Actor,
    (id, starts_at): (SittingId, Timestamp),
    is_there: RwSignal<bool>,
) {
    // The device's clock says whether it is worth asking; the server's decides.
    let now = crate::platform::clock::now();
    if !crypto::is_there() || prefetch_wait_ms(0, starts_at, now).is_none() {
        return;
    }
    let Ok(view) = client::get::<SittingView>(actor, &format!("/sittings/{id}")).await else { return };
    // Such a test is sat in a browser that keeps nothing of this one.
    let wait_ms = prefetch_wait_ms(view.seed, view.starts_at, view.server_time).filter(|_| !view.needs_safe_browser);
    let (Some(wait_ms), Ok(vault)) = (wait_ms, Vault::open().await) else { return };
    let has_it = match kept(&vault, &view).await {
        true => true,
        false => {
            sleep(Duration::from_millis(wait_ms)).await;
            fetch(actor, &vault, &view, is_there).await
        }
    };
    if has_it {
        is_there.try_set(true);
        tell(actor, &view).await;
    }
}

/// Whether the paper that this candidate sits is there already.
async fn kept(vault: &Vault, view: &SittingView) -> bool {
    match vault.package(view.paper_id).await {
        Ok(Some(package)) => is_right(&package, view).await,
        _ => false,
    }
}

/// Fetches it; whether it is there now. Nothing goes on once the page is gone.
async fn fetch(actor: Actor, vault: &Vault, view: &SittingView, page: RwSignal<bool>) -> bool {
    for failures in 0..TRIES {
        if page.is_disposed() {
            return false;
        }
        if let Ok(bytes) = client::get_bytes(actor, &format!("/papers/{}/package", view.paper_id)).await {
            let package = Uint8Array::from(bytes.as_slice());
            return is_right(&package, view).await && vault.keep_package(view.paper_id, &package).await.is_ok();
        }
        sleep(Duration::from_millis(ask_again_ms(view.seed, failures))).await;
    }
    false
}

/// Tells the server that this device has this very paper, once.
async fn tell(actor: Actor, view: &SittingView) {
    let mark = format!("told/{}", view.id);
    if keep::get(&mark).as_ref() == Some(&view.package_sha256) {
        return;
    }
    let heartbeat = SittingHeartbeat {
        visit: device::visit(),
        is_ready: true,
        unsent: 0,
        focus_losses: 0,
        focus_lost_s: 0,
        heard: 0,
        wait_s: 0,
    };
    let told: Result<SittingNews, ApiError> =
        client::post(actor, &format!("/sittings/{}/heartbeat", view.id), &heartbeat).await;
    if told.is_ok() {
        keep::set(&mark, Some(&view.package_sha256));
    }
}
