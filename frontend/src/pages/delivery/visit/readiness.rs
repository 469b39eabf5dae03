//! Tells the server, while the start is waited for, whether this device is ready: those who run the day count it.

use super::{Shown, Stage};
use crate::platform::{actor::Actor, client, device, timing::sleep};
use leptos::prelude::*;
use shared::{
    delivery::{SittingHeartbeat, SittingNews},
    ids::SittingId,
};
use std::time::Duration;

/// So often it is told.
const EVERY: Duration = Duration::from_secs(10);
/// So often it is looked whether the device has become ready.
const LOOK: Duration = Duration::from_secs(1);

/// Tells it until the paper is on the screen or the page is gone.
pub(in crate::pages::delivery) async fn tell_readiness(actor: Actor, id: SittingId, shown: Shown) {
    let (visit, path) = (device::visit(), format!("/sittings/{id}/heartbeat"));
    loop {
        sleep(LOOK).await;
        let Some(stage) = shown.stage.try_get_untracked() else { return };
        let is_ready = shown.readiness.try_get_untracked().is_some_and(|ready| ready.has_store && ready.has_package);
        match stage {
            Stage::Waiting if is_ready => {
                let told = heartbeat(visit);
                // Whether the server heard it shows nothing here.
                drop(client::post::<_, SittingNews>(actor, &path, &told).await);
                sleep(EVERY).await;
            }
            Stage::Playing(_) | Stage::Over { .. } => return,
            _ => {}
        }
    }
}

fn heartbeat(visit: uuid::Uuid) -> SittingHeartbeat {
    SittingHeartbeat { visit, is_ready: true, unsent: 0, focus_losses: 0, focus_lost_s: 0, heard: 0, wait_s: 0 }
}
