//! A list on its way to the server: in one piece, or part by part if it is long. Where the line breaks off, the part
//! that broke off is sent again, and what has come is not; also if the page was closed meanwhile.

use crate::platform::{
    actor::Actor,
    client::{self, ApiError, Outcome},
    keep,
    timing::sleep,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::roster::{UploadedList, UploadedPart, bytes_of_part, list_parts};
use std::time::Duration;
use wasm_bindgen::JsValue;
use web_sys::File;

/// How long a part waits before it is sent again, each time that it breaks off.
const PAUSES_S: [u64; 4] = [1, 2, 5, 10];

/// Under this name the browser keeps how far the last list has come.
const KEPT: &str = "roster-upload";

/// How far a list has come whose page may have been closed. It names nobody, and no file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// Tells the list from others: whose it is, how long, and when it was written last.
    mark: String,
    /// The id of the upload.
    id: String,
    /// Parts that have come.
    come: usize,
}

/// How far the list with this mark has come, of `all` parts, by what the browser keeps.
fn kept_of(kept: Option<&str>, mark: &str, all: usize) -> Option<Kept> {
    let kept: Kept = serde_json::from_str(kept?).ok()?;
    (kept.mark == mark && kept.come <= all).then_some(kept)
}

fn mark_of(actor: Actor, file: &File) -> String {
    let whose = actor.kept_account().map(|account| account.to_string()).unwrap_or_default();
    format!("{whose}/{}/{}", file.size(), file.last_modified())
}

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
        let bytes = file.size() as usize;
        let all = list_parts(bytes);
        if all <= 1 {
            return client::create_of_file(actor, &path, &self.id.get_untracked(), file).await;
        }
        let mark = mark_of(actor, &file);
        self.take_up(&mark, all);
        let id = self.id.get_untracked();
        let (come, _) = self.parts.get_untracked();
        for part in come..all {
            // Nobody waits for a list whose page is gone.
            if self.parts.try_set((part, all)).is_some() {
                return Err(ApiError::Network);
            }
            let (from, to) = bytes_of_part(part, bytes);
            let content = file.slice_with_f64_and_f64(from as f64, to as f64).map_err(|_| ApiError::Unreadable)?;
            send_part(actor, &format!("/roster/uploads/{id}?part={part}"), content.into()).await?;
            note(&Kept { mark: mark.clone(), id: id.clone(), come: part + 1 });
        }
        self.parts.try_set((all, all));
        let path = format!("{path}&upload_id={id}&parts={all}");
        let outcome = client::create_of_file(actor, &path, &id, JsValue::from_str("")).await;
        // The server may have forgotten what came a day ago.
        let begins_anew = outcome.as_ref().is_err_and(|error: &ApiError| error.field("/file").is_some());
        if begins_anew {
            self.parts.try_set((0, 0));
        }
        if begins_anew || outcome.is_ok() {
            keep::set(KEPT, None);
        }
        outcome
    }

    /// Goes on with a list whose page was closed before all of it had come.
    fn take_up(self, mark: &str, all: usize) {
        if self.parts.get_untracked() != (0, 0) {
            return;
        }
        if let Some(kept) = kept_of(keep::get(KEPT).as_deref(), mark, all) {
            self.id.set(kept.id);
            self.parts.set((kept.come, all));
        }
    }
}

/// Keeps how far a list has come. A browser that keeps nothing sends all of it again.
fn note(kept: &Kept) {
    keep::set(KEPT, serde_json::to_string(kept).ok().as_deref());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_where_it_broke_off_and_no_other_does() {
        let kept = Kept { mark: "one/600000/7".to_owned(), id: "id".to_owned(), come: 1 };
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(kept_of(Some(&text), "one/600000/7", 2), Some(kept));
        assert_eq!(kept_of(Some(&text), "one/600001/7", 2), None, "another list");
        assert_eq!(kept_of(Some(&text), "one/600000/7", 0), None, "more than it has");
        assert_eq!(kept_of(Some("{}"), "one/600000/7", 2), None, "what an older app kept");
        assert_eq!(kept_of(None, "one/600000/7", 2), None);
    }
}
