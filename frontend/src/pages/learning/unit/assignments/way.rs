//! How work and its photos come to the server: at once where there is a network, else by way of this phone.

use super::draft;
use crate::{
    pages::learning::offline::{KeptHandIn, Outbox, Vault},
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome, idempotency_key},
        file,
        store::StoreError,
        timing::within,
    },
};
use shared::{
    ids::{ActivityId, AssignmentPhotoId},
    learning::{AssignmentPhotoView, HandInFile, HandInReceipt},
};
use std::time::Duration;
use web_sys::File;

/// Words that take longer are kept.
const WORDS: Duration = Duration::from_secs(20);
/// So are photos.
const PHOTO: Duration = Duration::from_secs(120);

/// The way of one page.
#[derive(Clone, Copy)]
pub(super) struct Way {
    /// Who hands in.
    pub(super) actor: Actor,
    /// Where goes what cannot be sent.
    pub(super) outbox: Outbox,
    /// Whether there is no network, and the unit comes from the phone.
    pub(super) is_from_phone: bool,
}

/// What became of work that was handed in.
pub(super) enum HandedOver {
    /// The server has it.
    Taken(Box<HandInReceipt>),
    /// It waits on this phone.
    Kept,
}

/// What became of a photo.
pub(super) enum Added {
    /// The server has it.
    Sent(AssignmentPhotoId),
    /// It lies on this phone, under this name.
    Kept(String),
}

impl Way {
    /// Hands in; the draft is forgotten once the work is with the server, or kept to be sent.
    pub(super) async fn hand_in(self, kept: KeptHandIn) -> Outcome<HandedOver> {
        let handed_over = self.hand_over(&kept).await?;
        draft::forget(self.actor, kept.activity_id);
        Ok(handed_over)
    }

    /// Without an answer nobody knows whether it arrived: then it is kept, and goes under the same key.
    async fn hand_over(self, kept: &KeptHandIn) -> Outcome<HandedOver> {
        if !self.is_from_phone && kept.unsent.is_empty() {
            let path = format!("/me/assignments/{}/hand_ins", kept.activity_id);
            let asked = client::create::<_, HandInReceipt>(self.actor, &path, &kept.key, &kept.work);
            match within(WORDS, asked).await.unwrap_or(Err(ApiError::Network)) {
                Err(ApiError::Network) => {}
                outcome => return outcome.map(|receipt| HandedOver::Taken(Box::new(receipt))),
            }
        }
        if self.outbox.keep_hand_in(kept).await { Ok(HandedOver::Kept) } else { Err(ApiError::Network) }
    }

    /// Adds a photo. It is not sent before others that were taken earlier: they keep their order.
    pub(super) async fn add(self, id: ActivityId, photo: File, may_send: bool) -> Outcome<Added> {
        let name = idempotency_key();
        if may_send && !self.is_from_phone {
            let path = format!("/me/assignments/{id}/photos");
            let asked = client::create_of_file::<AssignmentPhotoView>(self.actor, &path, &name, photo.clone());
            match within(PHOTO, asked).await.unwrap_or(Err(ApiError::Network)) {
                Err(ApiError::Network) => {}
                outcome => return outcome.map(|photo| Added::Sent(photo.id)),
            }
        }
        if self.keep(&name, &photo).await.is_err() {
            self.outbox.note_no_store();
            return Err(ApiError::Network);
        }
        Ok(Added::Kept(name))
    }

    /// Adds a file; without a network it is refused, and stays where it was chosen.
    pub(super) async fn add_file(self, id: ActivityId, file: File) -> Outcome<HandInFile> {
        let path = format!("/me/assignments/{id}/files");
        client::create_of_file(self.actor, &path, &idempotency_key(), file).await
    }

    async fn keep(self, name: &str, photo: &File) -> Result<(), StoreError> {
        let unreadable = || StoreError("the photo cannot be read".to_owned());
        let content = file::bytes_of(photo).await.ok_or_else(unreadable)?;
        Vault::open(self.actor).await?.add_work_photo(name, &content).await
    }
}
