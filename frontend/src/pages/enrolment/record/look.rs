//! A look at one photo: fetched when it is asked for, and dropped when the dialog closes.

use crate::{pages::photos::LookedAt, ui::Dialog};
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
            {move || looking.wanted.get().map(|(id, name)| {
                let path = format!("/enrolments/{record}/attachments/{id}/look");
                view! { <LookedAt path name /> }
            })}
        </Dialog>
    }
}
