//! The key that is read out where the network fails at the start: typed while the server is asked all the same (ADR 53).

use crate::{
    pages::delivery::paper::from_base64url,
    platform::{crypto, timing::sleep},
};
use futures::future::pending;
use js_sys::Uint8Array;
use leptos::prelude::*;
use shared::{
    delivery::{ContentKey, SittingView, may_begin_offline},
    papers::{SpokenCodeFault, SpokenSecret, paper_mark, read_spoken_key, spoken_wrapping_key},
};
use std::time::Duration;

/// So often it is looked whether a key was typed.
const LOOK: Duration = Duration::from_millis(300);

/// What is known of the key.
#[derive(Clone, Copy)]
pub(in crate::pages::delivery) struct SpokenKey {
    /// The mark of the paper that this device has, once a key that was read out would open it.
    pub(in crate::pages::delivery) mark: RwSignal<Option<String>>,
    /// As it is typed.
    pub(in crate::pages::delivery) text: RwSignal<String>,
    /// The last one that opened nothing.
    refused: RwSignal<Option<SpokenSecret>>,
}

impl SpokenKey {
    /// None is asked for yet.
    pub(super) fn new() -> Self {
        Self { mark: RwSignal::new(None), text: RwSignal::new(String::new()), refused: RwSignal::new(None) }
    }

    /// The content key, once the right one was typed; never, where none would do, or when the page has gone.
    pub(super) async fn typed(self, view: &SittingView) -> String {
        if !may_begin_offline(view) {
            return pending().await;
        }
        self.mark.try_set(Some(paper_mark(&view.package_sha256)));
        loop {
            sleep(LOOK).await;
            let (Some(text), Some(refused)) = (self.text.try_get_untracked(), self.refused.try_get_untracked()) else {
                break;
            };
            let Ok(secret) = read_spoken_key(&text) else { continue };
            if refused == Some(secret) {
                continue;
            }
            match opened_by(view, &secret).await {
                Some(key) => return key,
                None => _ = self.refused.try_set(Some(secret)),
            }
        }
        pending().await
    }

    /// The group that was misread, from 1; 0 if all were read right and the paper is another one.
    pub(in crate::pages::delivery) fn fault(self) -> Option<usize> {
        match self.text.with(|text| read_spoken_key(text)) {
            Ok(secret) => self.refused.with(|refused| *refused == Some(secret)).then_some(0),
            Err(SpokenCodeFault::Group { number }) => Some(number),
            Err(SpokenCodeFault::Length | SpokenCodeFault::Checksum) => None,
        }
    }
}

/// The content key, if this secret unwraps it.
async fn opened_by(view: &SittingView, secret: &SpokenSecret) -> Option<String> {
    let wrapped = from_base64url(view.spoken_key.as_ref()?)?;
    let wrapping_key = spoken_wrapping_key(view.paper_id, secret);
    let wrapped = Uint8Array::from(wrapped.as_slice());
    let key = crypto::open_sealed(&wrapping_key, &wrapped, &view.paper_id.to_string()).await?;
    Some(ContentKey::of(view.paper_id, &key).key)
}
