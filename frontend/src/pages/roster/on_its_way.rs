//! A list on its way to the server: in one piece, or part by part if it is long. Where the line breaks off, the part
//! that broke off is sent again, and what has come is not.

use crate::platform::{
    actor::Actor,
    client::{self, ApiError, Outcome},
    timing::sleep,
};
use leptos::prelude::*;
use shared::roster::{UploadedList, UploadedPart, bytes_of_part, list_parts};
use std::time::Duration;
use wasm_bindgen::JsValue;
use web_sys::File;

/// How long a part waits before it is sent again, each time that it breaks off.
const PAUSES_S: [u64; 4] = [1, 2, 5, 10];

/// How far a list has come.
#[derive(Clone, Copy)]
pub(super) struct OnItsWay {
    /// The id of the upload, and its key.
    id: RwSignal<String>,
    /// Parts that have come, and parts in all.
    parts: RwSignal<(usize, usize)>,
}

impl OnItsWay {
    pub(super) fn new() -> Self {
        Self { id: RwSignal::new(client::idempotency_key()), parts: RwSignal::new((0, 0)) }
    }

    /// Another file was chosen.
    pub(super) fn begin_again(self) {
        self.id.set(client::idempotency_key());
        self.parts.set((0, 0));
    }

    /// Parts that have come, and parts in all; `None` if the list goes in one piece, or has not set out.
    pub(super) fn parts(self) -> Option<(usize, usize)> {
        Some(self.parts.get()).filter(|(_, all)| *all > 1)
    }

    /// Sends the list, from where it broke off if it did.
    ///
    /// # Errors
    /// [`ApiError`] says why nothing came of it.
    pub(super) async fn send(self, actor: Actor, path: String, file: File) -> Outcome<UploadedList> {
        let id = self.id.get_untracked();
        let bytes = file.size() as usize;
        let all = list_parts(bytes);
        if all <= 1 {
            return client::create_of_file(actor, &path, &id, file).await;
        }
        let (come, _) = self.parts.get_untracked();
        for part in come..all {
            // Nobody waits for a list whose page is gone.
            if self.parts.try_set((part, all)).is_some() {
                return Err(ApiError::Network);
            }
            let (from, to) = bytes_of_part(part, bytes);
            let content = file.slice_with_f64_and_f64(from as f64, to as f64).map_err(|_| ApiError::Unreadable)?;
            send_part(actor, &format!("/roster/uploads/{id}?part={part}"), content.into()).await?;
        }
        self.parts.try_set((all, all));
        let path = format!("{path}&upload_id={id}&parts={all}");
        let outcome = client::create_of_file(actor, &path, &id, JsValue::from_str("")).await;
        if outcome.as_ref().is_err_and(|error: &ApiError| error.field("/file").is_some()) {
            // The server may have forgotten what came a day ago.
            self.parts.try_set((0, 0));
        }
        outcome
    }
}

/// Sends a part, again if the line breaks off.
async fn send_part(actor: Actor, path: &str, content: JsValue) -> Outcome<UploadedPart> {
    for pause in PAUSES_S {
        match client::post_file(actor, path, content.clone()).await {
            // Neither the server nor anything between said that it is refused.
            Err(error) if error.code().is_none() => sleep(Duration::from_secs(pause)).await,
            outcome => return outcome,
        }
    }
    client::post_file(actor, path, content).await
}
