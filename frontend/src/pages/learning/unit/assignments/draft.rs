//! What is written of an assignment and not handed in yet: kept on this phone, for whoever is logged in, until it is.

use crate::platform::{actor::Actor, keep};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::{
    ids::{ActivityId, AssignmentPhotoId},
    learning::{HandInView, NewHandIn},
};

/// The kept form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    text: String,
    photos: Vec<AssignmentPhotoId>,
}

/// What is written of one assignment.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// The text.
    pub(super) text: RwSignal<String>,
    /// The photos that were sent for it, in order.
    pub(super) photos: RwSignal<Vec<AssignmentPhotoId>>,
    name: StoredValue<String>,
}

impl Draft {
    /// What the phone has kept; else what was returned, to be corrected.
    pub(super) fn kept(actor: Actor, id: ActivityId, before: Option<HandInView>) -> Self {
        let account = actor.kept_account().map(|account| account.to_string()).unwrap_or_default();
        let name = format!("hand_in:{account}:{id}");
        let kept = keep::get(&name).and_then(|kept| serde_json::from_str::<Kept>(&kept).ok());
        let returned = || before.map(|before| Kept { text: before.text, photos: before.photos }).unwrap_or_default();
        let Kept { text, photos } = kept.unwrap_or_else(returned);
        let draft = Self { text: RwSignal::new(text), photos: RwSignal::new(photos), name: StoredValue::new(name) };
        Effect::watch(
            move || Kept { text: draft.text.get(), photos: draft.photos.get() },
            move |now, _, _| draft.keep(now),
            false,
        );
        draft
    }

    fn keep(self, now: &Kept) {
        if let Ok(text) = serde_json::to_string(now) {
            keep::set(&self.name.get_value(), Some(&text));
        }
    }

    /// Forgets what was kept: the server has it.
    pub(super) fn forget(self) {
        keep::set(&self.name.get_value(), None);
    }

    /// What is handed in, of the version that the page shows.
    pub(super) fn hand_in(self, version: i32) -> NewHandIn {
        NewHandIn { text: self.text.get_untracked(), photos: self.photos.get_untracked(), version: Some(version) }
    }
}
