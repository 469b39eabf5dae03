//! The way of assignments to the server that were handed in without a network.

use super::{
    outbox::{Outbox, Trouble},
    vault::{KeptHandIn, Vault},
};
use crate::platform::{
    client::{self, ApiError},
    refusal::refusal_of,
    store::StoreError,
    timing::within,
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    ids::ActivityId,
    learning::{AssignmentPhotoView, HandInReceipt},
};
use std::time::Duration;

/// A reply that takes longer is no reply: a photo is large, and half a bar of signal thin.
const REPLY: Duration = Duration::from_secs(120);

impl Outbox {
    /// What was handed in here of an assignment and the server has not acknowledged.
    pub(in crate::pages::learning) fn hand_in_of(self, id: ActivityId) -> Option<KeptHandIn> {
        self.hand_ins.with(|kept| kept.iter().find(|kept| kept.activity_id == id).cloned())
    }

    /// What the server said of an assignment that was sent since the page was opened.
    pub(in crate::pages::learning) fn receipt_of(self, id: ActivityId) -> Option<HandInReceipt> {
        self.receipts.with(|receipts| receipts.iter().rfind(|receipt| receipt.assignment.activity_id == id).cloned())
    }

    /// Whether the server is being asked.
    pub(in crate::pages::learning) fn is_busy(self) -> Signal<bool> {
        self.is_busy.into()
    }

    /// Keeps a hand-in; whether the phone has it.
    pub(in crate::pages::learning) async fn keep_hand_in(self, kept: &KeptHandIn) -> bool {
        let keeping = async { Vault::open(self.actor).await?.put_hand_in(kept).await }.await;
        if keeping.is_err() {
            self.note_no_store();
        }
        keeping.is_ok()
    }

    /// Shows what was kept, and begins to send it.
    pub(in crate::pages::learning) fn begin_to_send(self) {
        spawn_local(async move {
            self.show().await;
            self.send();
        });
    }

    /// Its learner goes on writing what was not sent: `put_back` keeps it first, and nothing is lost.
    pub(in crate::pages::learning) fn take_back(self, id: ActivityId, put_back: impl FnOnce() + 'static) {
        spawn_local(async move {
            put_back();
            let taken = async { Vault::open(self.actor).await?.take_back(id).await }.await;
            if taken.is_ok() {
                self.show().await;
            }
        });
    }

    /// Forgets a hand-in that the server does not take.
    pub(in crate::pages::learning) fn drop_hand_in(self, kept: KeptHandIn) {
        spawn_local(async move {
            let dropped = async { Vault::open(self.actor).await?.drop_hand_in(&kept).await }.await;
            if dropped.is_ok() {
                self.show().await;
            }
        });
    }

    /// Sends every hand-in that waits; whether there was any. One that this phone cannot read keeps no other back.
    pub(super) async fn send_hand_ins(self, vault: &Vault) -> Result<bool, Trouble> {
        let mut waiting = vault.hand_ins().await?;
        waiting.retain(KeptHandIn::is_waiting);
        let (had_any, mut is_unreadable) = (!waiting.is_empty(), false);
        for mut kept in waiting {
            match self.send_hand_in(vault, &mut kept).await {
                Ok(receipt) => self.settle_hand_in(vault, &kept, receipt).await?,
                Err(trouble) if !trouble.outcome().lets_next_go() => return Err(trouble),
                Err(Trouble::Api(failure)) => {
                    let refusal = refusal_of(&failure).unwrap_or_default();
                    vault.put_hand_in(&KeptHandIn { refusal, ..kept }).await?;
                }
                Err(Trouble::Store) => is_unreadable = true,
            }
        }
        if is_unreadable { Err(Trouble::Store) } else { Ok(had_any) }
    }

    /// Sends the photos of a hand-in that the server does not have, each under its own name, then the hand-in itself.
    async fn send_hand_in(self, vault: &Vault, kept: &mut KeptHandIn) -> Result<HandInReceipt, Trouble> {
        // Somebody else may have logged in meanwhile: nothing is sent in their name.
        if self.actor.kept_account() != Some(vault.account()) {
            return Err(Trouble::Store);
        }
        while let Some(name) = kept.unsent.first().cloned() {
            let photo = self.send_photo(vault, kept.activity_id, &name).await?;
            vault.settle_photo(kept, photo.id).await?;
        }
        let path = format!("/me/assignments/{}/hand_ins", kept.activity_id);
        in_time(client::create(self.actor, &path, &kept.key, &kept.work)).await
    }

    async fn send_photo(self, vault: &Vault, id: ActivityId, name: &str) -> Result<AssignmentPhotoView, Trouble> {
        let content = vault.work_photo(name).await?.ok_or(Trouble::Store)?;
        let path = format!("/me/assignments/{id}/photos");
        in_time(client::create_of_file(self.actor, &path, name, content)).await
    }

    /// Forgets what the server has, and tells the page.
    async fn settle_hand_in(self, vault: &Vault, kept: &KeptHandIn, receipt: HandInReceipt) -> Result<(), StoreError> {
        vault.renew_assignment(kept.unit_id, receipt.assignment.clone()).await?;
        vault.drop_hand_in(kept).await?;
        self.receipts.try_update(|receipts| receipts.push(receipt));
        self.taken.try_update(|taken| *taken += 1);
        Ok(())
    }
}

/// The answer, if it comes in time.
async fn in_time<T>(asked: impl Future<Output = client::Outcome<T>>) -> Result<T, Trouble> {
    within(REPLY, asked).await.unwrap_or(Err(ApiError::Network)).map_err(Trouble::Api)
}
