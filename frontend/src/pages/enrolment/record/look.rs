//! A look at one photo: fetched when it is asked for, and dropped when the dialog closes.

use crate::{
    platform::{
        actor::Actor,
        client::{self, Outcome},
        file::Shown,
    },
    ui::{AsyncView, Dialog},
};
use leptos::prelude::*;
use shared::ids::{AttachmentId, StudentRecordId};

/// Which photo is looked at.
#[derive(Clone, Copy)]
pub(super) struct Looking {
    is_open: RwSignal<bool>,
    wanted: RwSignal<Option<(AttachmentId, String)>>,
}

impl Looking {
    /// None.
    pub(super) fn new() -> Self {
        Self { is_open: RwSignal::new(false), wanted: RwSignal::new(None) }
    }

    /// Opens the dialog with this photo.
    pub(super) fn at(self, id: AttachmentId, name: String) {
        self.wanted.set(Some((id, name)));
        self.is_open.set(true);
    }
}

/// The dialog; the card has one.
#[component]
pub(super) fn LookDialog(looking: Looking, record: StudentRecordId) -> impl IntoView {
    let title = move || looking.wanted.get().map(|(_, name)| name).unwrap_or_default();
    view! {
        <Dialog is_open=looking.is_open title=Signal::derive(title)>
            {move || looking.wanted.get().map(|(id, name)| view! { <Picture id name record /> })}
        </Dialog>
    }
}

#[component]
fn Picture(id: AttachmentId, name: String, record: StudentRecordId) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let picture: LocalResource<Outcome<Shown>> = LocalResource::new(move || async move {
        let path = format!("/enrolments/{record}/attachments/{id}/look");
        client::post_for_bytes(actor, &path, &serde_json::json!({})).await.map(|bytes| Shown::new(&bytes, "image/jpeg"))
    });
    view! {
        <AsyncView resource=picture let:shown>
            <img class="looked-at" src=shown.address() alt=name.clone() />
        </AsyncView>
    }
}
