//! What this device keeps for a teacher: the rolls that were opened, and what was noted or photographed, until the
//! server has it.

use crate::platform::{
    actor::Actor,
    store::{Change, Store, StoreError, Table},
};
use js_sys::{Array, Uint8Array};
use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shared::{
    device_log::is_only_ahead,
    ids::{AccountId, MeetingId, RollCallEntryId},
    problem::FieldError,
    teaching::{MeetingRoll, RollCallAck, RollCallEntry, RollCallReceipt},
    time::Timestamp,
};

/// An entry that the server has not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptEntry {
    /// The entry.
    pub(super) entry: RollCallEntry,
    /// Why the server did not take it.
    pub(super) errors: Vec<FieldError>,
}

impl KeptEntry {
    /// Whether the server did not take it because of its time alone.
    pub(super) fn is_ahead(&self) -> bool {
        is_only_ahead(&self.errors)
    }

    /// Whether the server may still take it without anybody's doing.
    pub(super) fn may_be_taken(&self) -> bool {
        self.errors.is_empty() || self.is_ahead()
    }
}

/// A photo of a signed roll that the server has not acknowledged. The photo itself lies beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptPhoto {
    /// Names it on this device, and its sending: a repeat makes no second photo.
    pub(super) name: String,
    /// Whose roll it shows.
    pub(super) meeting_id: MeetingId,
    /// That lesson, for who reads of it on the page of another one.
    pub(super) about: String,
    /// When it was taken.
    pub(super) taken_at: Timestamp,
    /// Why the server did not take it; empty while it waits.
    pub(super) refusal: String,
}

/// The device's store, as a teacher's page uses it.
#[derive(Clone)]
pub(super) struct Vault {
    store: Store,
    account: AccountId,
}

impl Vault {
    /// Opens the store for whoever is logged in here.
    pub(super) async fn open(actor: Actor) -> Result<Self, StoreError> {
        let account = actor.kept_account().ok_or_else(|| StoreError("nobody is logged in".to_owned()))?;
        Ok(Self { store: Store::open().await?, account })
    }

    /// The roll of a meeting, as the server said last.
    pub(super) async fn roll(&self, meeting: &str) -> Result<Option<MeetingRoll>, StoreError> {
        let kept = self.store.get(Table::Rolls, &self.key(meeting)).await?;
        Ok(kept.and_then(|kept| read(&kept)))
    }

    /// Keeps the roll of a meeting.
    pub(super) async fn keep_roll(&self, roll: &MeetingRoll) -> Result<(), StoreError> {
        let key = self.key(&roll.meeting.id.to_string());
        self.store.write(&[Change::Put(Table::Rolls, key, written(roll)?)]).await
    }

    /// What waits to be sent, of every meeting.
    pub(super) async fn waiting(&self) -> Result<Vec<KeptEntry>, StoreError> {
        let kept = self.store.range(Table::RollCalls, &self.account.to_string()).await?;
        Ok(kept.iter().filter_map(read).collect())
    }

    /// Keeps entries until the server has them.
    pub(super) async fn add(&self, entries: &[RollCallEntry]) -> Result<(), StoreError> {
        let add = |entry: &RollCallEntry| {
            let kept = KeptEntry { entry: entry.clone(), errors: Vec::new() };
            Ok(Change::Add(Table::RollCalls, self.entry_key(entry.id), written(&kept)?))
        };
        let changes: Vec<_> = entries.iter().map(add).collect::<Result<_, StoreError>>()?;
        self.store.write(&changes).await
    }

    /// Keeps an entry as it is to be sent from now on.
    pub(super) async fn replace(&self, kept: &KeptEntry) -> Result<(), StoreError> {
        self.store.write(&[Change::Put(Table::RollCalls, self.entry_key(kept.entry.id), written(kept)?)]).await
    }

    /// Forgets an entry that the server does not take.
    pub(super) async fn drop_entry(&self, id: RollCallEntryId) -> Result<(), StoreError> {
        self.store.write(&[Change::Delete(Table::RollCalls, self.entry_key(id))]).await
    }

    /// Forgets what the server has, and notes why it did not take the others.
    pub(super) async fn settle(&self, sent: &[KeptEntry], acks: Vec<RollCallAck>) -> Result<(), StoreError> {
        let mut changes = Vec::new();
        for ack in acks {
            let key = self.entry_key(ack.entry_id);
            let Some(kept) = sent.iter().find(|kept| kept.entry.id == ack.entry_id) else { continue };
            changes.push(match ack.receipt {
                RollCallReceipt::Recorded | RollCallReceipt::Known => Change::Delete(Table::RollCalls, key),
                RollCallReceipt::Refused => {
                    let refused = KeptEntry { entry: kept.entry.clone(), errors: ack.errors };
                    Change::Put(Table::RollCalls, key, written(&refused)?)
                }
            });
        }
        if changes.is_empty() { Ok(()) } else { self.store.write(&changes).await }
    }

    /// The photos that the server has not acknowledged, of every meeting, the oldest first.
    pub(super) async fn photos(&self) -> Result<Vec<KeptPhoto>, StoreError> {
        let kept = self.store.range(Table::RollPhotos, &self.account.to_string()).await?;
        let mut photos: Vec<KeptPhoto> = kept.iter().filter_map(read).collect();
        photos.sort_by_key(|photo| photo.taken_at);
        Ok(photos)
    }

    /// A photo itself.
    pub(super) async fn photo_file(&self, name: &str) -> Result<Option<Uint8Array>, StoreError> {
        let kept = self.store.get(Table::RollPhotoFiles, &self.key(name)).await?;
        Ok(kept.and_then(|kept| kept.dyn_into().ok()))
    }

    /// Keeps a photo until the server has it: what is known of it and the photo itself, or neither.
    pub(super) async fn add_photo(&self, photo: &KeptPhoto, file: &Uint8Array) -> Result<(), StoreError> {
        let known = Change::Add(Table::RollPhotos, self.key(&photo.name), written(photo)?);
        let itself = Change::Add(Table::RollPhotoFiles, self.key(&photo.name), file.into());
        self.store.write(&[known, itself]).await
    }

    /// Notes anew what is known of a photo.
    pub(super) async fn note_photo(&self, photo: &KeptPhoto) -> Result<(), StoreError> {
        self.store.write(&[Change::Put(Table::RollPhotos, self.key(&photo.name), written(photo)?)]).await
    }

    /// Forgets a photo that the server has, or does not take.
    pub(super) async fn drop_photo(&self, name: &str) -> Result<(), StoreError> {
        let (known, itself) = (self.key(name), self.key(name));
        self.store
            .write(&[Change::Delete(Table::RollPhotos, known), Change::Delete(Table::RollPhotoFiles, itself)])
            .await
    }

    /// Keys begin with the account: nobody sees what is another's.
    fn key(&self, id: &str) -> JsValue {
        Array::of2(&self.account.to_string().into(), &id.into()).into()
    }

    fn entry_key(&self, id: RollCallEntryId) -> JsValue {
        self.key(&id.to_string())
    }
}

/// What an older app wrote in another way is nothing.
fn read<T: DeserializeOwned>(kept: &JsValue) -> Option<T> {
    serde_json::from_str(&kept.as_string()?).ok()
}

fn written<T: Serialize>(value: &T) -> Result<JsValue, StoreError> {
    serde_json::to_string(value).map(JsValue::from).map_err(|error| StoreError(error.to_string()))
}
