//! Keeps photos of signed rolls on the device, and sends them as soon as there is a network.

use super::{
    sync::{Link, Trouble},
    vault::{KeptPhoto, Vault},
};
use crate::platform::{
    actor::Actor,
    client::{self, ApiError, idempotency_key},
    clock,
    file::{self, Shown},
    reconnect,
    refusal::refusal_of,
    store::StoreError,
    timing::within,
};
use leptos::{ev, prelude::*, task::spawn_local};
use shared::{
    ids::MeetingId,
    teaching::{MeetingView, RollPhotoView},
    time::write_date,
};
use std::time::Duration;
use web_sys::File;

/// A reply that takes longer is no reply: a photo is large, and a village hall's network thin.
const REPLY: Duration = Duration::from_secs(120);

/// A lesson, for who reads of it on the page of another one.
fn about(meeting: &MeetingView) -> String {
    format!("{} {}", write_date(meeting.starts_at.date_in_china()), meeting.course_title)
}

/// The photos of this device, and their way to the server. A page has one.
#[derive(Clone, Copy)]
pub(super) struct PhotoQueue {
    actor: Actor,
    /// What the server has not acknowledged, of every meeting, the oldest first.
    pub(super) waiting: RwSignal<Vec<KeptPhoto>>,
    /// How the server was found.
    pub(super) link: RwSignal<Link>,
    /// Whether the server is being asked.
    pub(super) is_busy: RwSignal<bool>,
    /// Whether a photo came while it was.
    is_wanted: StoredValue<bool>,
    /// Is told what the server has taken.
    taken: Callback<(MeetingId, RollPhotoView)>,
}

impl PhotoQueue {
    /// Reads what waits, and begins to send it; again when the network comes back.
    pub(super) fn begin(actor: Actor, taken: Callback<(MeetingId, RollPhotoView)>) -> Self {
        let queue = Self {
            actor,
            waiting: RwSignal::new(Vec::new()),
            link: RwSignal::new(Link::Unknown),
            is_busy: RwSignal::new(false),
            is_wanted: StoredValue::new(false),
            taken,
        };
        let has_more = move || {
            let is_waiting = |waiting: &Vec<KeptPhoto>| waiting.iter().any(|photo| photo.refusal.is_empty());
            queue.waiting.try_with_untracked(is_waiting).unwrap_or_default()
        };
        reconnect::ask_again(has_more, move || queue.send());
        let offline = window_event_listener(ev::offline, move |_| _ = queue.link.try_set(Link::Away));
        on_cleanup(move || offline.remove());
        queue.send();
        queue
    }

    /// How many photos wait to be sent; those that were refused wait for the reader.
    pub(super) fn count(self) -> usize {
        self.waiting.with(|waiting| waiting.iter().filter(|photo| photo.refusal.is_empty()).count())
    }

    /// Keeps a photo of this lesson's roll, shows it, and sends it; then tells that it is kept.
    pub(super) fn keep(self, meeting: &MeetingView, photo: File, kept: Callback<()>) {
        let known = KeptPhoto {
            name: idempotency_key(),
            meeting_id: meeting.id,
            about: about(meeting),
            taken_at: clock::now(),
            refusal: String::new(),
        };
        spawn_local(async move {
            if self.try_keep(&known, &photo).await.is_err() {
                self.link.try_set(Link::NoStore);
                return;
            }
            self.waiting.try_update(|waiting| waiting.push(known));
            kept.try_run(());
            self.send();
        });
    }

    async fn try_keep(self, known: &KeptPhoto, photo: &File) -> Result<(), StoreError> {
        let unreadable = || StoreError("the photo cannot be read".to_owned());
        let content = file::bytes_of(photo).await.ok_or_else(unreadable)?;
        Vault::open(self.actor).await?.add_photo(known, &content).await
    }

    /// The photo with this name, to be shown.
    pub(super) async fn picture(self, name: &str) -> Option<Shown> {
        let vault = Vault::open(self.actor).await.ok()?;
        let content = vault.photo_file(name).await.ok()??;
        Some(Shown::of(&content, "image/jpeg"))
    }

    /// Sends a photo once more that was refused.
    pub(super) fn send_again(self, photo: KeptPhoto) {
        spawn_local(async move {
            let again = KeptPhoto { refusal: String::new(), ..photo };
            let noted = async { Vault::open(self.actor).await?.note_photo(&again).await }.await;
            if noted.is_ok() {
                self.send();
            }
        });
    }

    /// Forgets a photo that the server does not take.
    pub(super) fn drop_photo(self, name: String) {
        spawn_local(async move {
            let dropped = async { Vault::open(self.actor).await?.drop_photo(&name).await }.await;
            if dropped.is_ok() {
                self.waiting.try_update(|waiting| waiting.retain(|photo| photo.name != name));
            }
        });
    }

    /// Sends what waits.
    pub(super) fn send(self) {
        self.is_wanted.try_set_value(true);
        if self.is_busy.try_get_untracked() != Some(false) {
            return;
        }
        self.is_busy.set(true);
        spawn_local(async move {
            while self.is_wanted.try_get_value() == Some(true) {
                self.is_wanted.try_set_value(false);
                let link = self.go().await.map_or_else(|trouble| trouble.link(), |()| Link::There);
                self.link.try_set(link);
            }
            self.is_busy.try_set(false);
        });
    }

    async fn go(self) -> Result<(), Trouble> {
        let vault = Vault::open(self.actor).await?;
        let waiting = vault.photos().await?;
        self.waiting.try_set(waiting.clone());
        for photo in waiting.into_iter().filter(|photo| photo.refusal.is_empty()) {
            self.send_one(&vault, photo).await?;
            self.waiting.try_set(vault.photos().await?);
        }
        Ok(())
    }

    /// Sends one photo, and forgets it when the server has it.
    async fn send_one(self, vault: &Vault, photo: KeptPhoto) -> Result<(), Trouble> {
        // Somebody dropped it in another tab, or it was sent from there.
        let Some(content) = vault.photo_file(&photo.name).await? else { return Ok(()) };
        let path = format!("/meetings/{}/roll_photos", photo.meeting_id);
        let asked = client::create_of_file::<RollPhotoView>(self.actor, &path, &photo.name, content);
        match within(REPLY, asked).await.unwrap_or(Err(ApiError::Network)) {
            Ok(view) => {
                vault.drop_photo(&photo.name).await?;
                self.taken.try_run((photo.meeting_id, view));
                Ok(())
            }
            Err(failure) => match refusal_of(&failure) {
                Some(refusal) => Ok(vault.note_photo(&KeptPhoto { refusal, ..photo }).await?),
                None => Err(Trouble::Api(failure)),
            },
        }
    }
}
