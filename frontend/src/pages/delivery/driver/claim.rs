//! A device that began by a key that was read out (ADR 53) sends nothing before the server has given it an epoch. Here it
//! asks for one; what was written goes along when the page begins anew with it.

use super::{Driver, KeptSitting};
use crate::{
    pages::delivery::visit::{may_come_later, open},
    platform::{client::ApiError, device},
};
use leptos::prelude::*;
use shared::delivery::{Event, OpenSitting, PROVISIONAL_EPOCH};
use std::rc::Rc;

impl Driver {
    /// Whether the server knows nothing of this device yet.
    pub(super) fn is_provisional(&self) -> bool {
        self.epoch == PROVISIONAL_EPOCH
    }

    /// Whether the page has to go the way again: the server gave this device an epoch, or said what only the page can
    /// show. Whoever looks is told of changes.
    pub(in crate::pages::delivery) fn is_answered(&self) -> bool {
        self.is_answered.get()
    }

    /// Asks for an epoch. What may pass is shown, and asked again by what asked now.
    pub(super) async fn claim(self: &Rc<Self>) {
        if self.is_claiming.replace(true) {
            return;
        }
        let request = self.claim_request(&self.kept.borrow());
        let outcome = self.noted(Some(open(self.actor, self.id, &request).await));
        self.is_claiming.set(false);
        match outcome {
            Err(ApiError::Network) => self.tell(Event::NetworkLost),
            Err(failure) if may_come_later(&failure) => {}
            Ok(_) | Err(_) => self.is_answered.set(true),
        }
    }

    fn claim_request(&self, kept: &KeptSitting) -> OpenSitting {
        let entry_code = kept.opening.as_ref().and_then(|opening| opening.entry_code.clone());
        OpenSitting { device: device::id(), take_over: false, entry_code, began_at: Some(self.began_at) }
    }
}
