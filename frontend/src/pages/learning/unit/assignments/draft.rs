//! What is written of an assignment and not handed in yet: kept on this phone, for whoever is logged in, until it is.

use crate::{
    pages::learning::offline::KeptHandIn,
    platform::{actor::Actor, keep},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::{
    ids::{ActivityId, AssignmentPhotoId},
    learning::{HandInFile, HandInView, NewHandIn},
};

/// The kept form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    text: String,
    photos: Vec<AssignmentPhotoId>,
    /// An older app wrote none, and no files.
    #[serde(default)]
    unsent: Vec<String>,
    #[serde(default)]
    files: Vec<HandInFile>,
}

/// What is written of one assignment.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// The text.
    pub(super) text: RwSignal<String>,
    /// The photos that were sent for it, in order.
    pub(super) photos: RwSignal<Vec<AssignmentPhotoId>>,
    /// Names of those behind them that this phone keeps, because there was no network.
    pub(super) unsent: RwSignal<Vec<String>>,
    /// The files that were sent for it, in order.
    pub(super) files: RwSignal<Vec<HandInFile>>,
    name: StoredValue<String>,
}

impl Draft {
    /// What the phone has kept; else what was returned, to be corrected.
    pub(super) fn kept(actor: Actor, id: ActivityId, before: Option<HandInView>) -> Self {
        let name = name_of(actor, id);
        let kept = keep::get(&name).and_then(|kept| serde_json::from_str::<Kept>(&kept).ok());
        let of_returned = |before: HandInView| Kept {
            text: before.text,
            photos: before.photos,
            unsent: Vec::new(),
            files: before.files,
        };
        let Kept { text, photos, unsent, files } = kept.unwrap_or_else(|| before.map(of_returned).unwrap_or_default());
        let draft = Self {
            text: RwSignal::new(text),
            photos: RwSignal::new(photos),
            unsent: RwSignal::new(unsent),
            files: RwSignal::new(files),
            name: StoredValue::new(name),
        };
        Effect::watch(
            move || Kept {
                text: draft.text.get(),
                photos: draft.photos.get(),
                unsent: draft.unsent.get(),
                files: draft.files.get(),
            },
            move |now, _, _| write(&draft.name.get_value(), now),
            false,
        );
        draft
    }

    /// Writes down again what was handed in and did not reach the server.
    pub(super) fn put_back(actor: Actor, kept: KeptHandIn) {
        let KeptHandIn { activity_id, work, unsent, .. } = kept;
        write(&name_of(actor, activity_id), &Kept { text: work.text, photos: work.photos, unsent, files: work.files });
    }

    /// How many photos go along.
    pub(super) fn count(self) -> usize {
        self.photos.with(Vec::len) + self.unsent.with(Vec::len)
    }

    /// What the rules judge. Of a photo that was not sent its name stands for the photo.
    pub(super) fn judged(self) -> NewHandIn {
        let mut photos = self.photos.get();
        self.unsent
            .with(|unsent| photos.extend(unsent.iter().filter_map(|name| name.parse::<AssignmentPhotoId>().ok())));
        NewHandIn { text: self.text.get(), photos, files: self.files.get(), version: None }
    }

    /// What is handed in, of the version that the page shows, without photos that were not sent.
    pub(super) fn hand_in(self, version: i32) -> NewHandIn {
        NewHandIn {
            text: self.text.get_untracked(),
            photos: self.photos.get_untracked(),
            files: self.files.get_untracked(),
            version: Some(version),
        }
    }
}

/// Forgets what was kept: the server has it, or it waits to be sent. The page that wrote it may be gone by then.
pub(super) fn forget(actor: Actor, id: ActivityId) {
    keep::set(&name_of(actor, id), None);
}

fn name_of(actor: Actor, id: ActivityId) -> String {
    let account = actor.kept_account().map(|account| account.to_string()).unwrap_or_default();
    format!("hand_in:{account}:{id}")
}

fn write(name: &str, kept: &Kept) {
    if let Ok(text) = serde_json::to_string(kept) {
        keep::set(name, Some(&text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_app_kept_is_read() {
        let kept: Kept = serde_json::from_str(r#"{"text":"T","photos":[]}"#).unwrap();
        assert_eq!(kept, Kept { text: "T".to_owned(), ..Kept::default() });
    }
}
