//! What this device keeps of a sitting, so that it goes on without a network and after a reload.

use crate::platform::store::{Change, Store, StoreError, Table};
use js_sys::{Array, Uint8Array};
use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shared::{
    delivery::{JournalEntry, OpenedSitting, PROVISIONAL_EPOCH, Receipt, SittingView},
    ids::{AccountId, ItemId, PaperId, SittingId},
    time::Timestamp,
};

/// One sitting as this device knows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct KeptSitting {
    /// Whose it is.
    pub(super) account: AccountId,
    /// What the server said of it; with the receipt once it is over.
    pub(super) view: SittingView,
    /// Server's clock minus wall clock, in milliseconds, when it was known last.
    pub(super) server_minus_wall_ms: i64,
    /// Present from the opening on this device until the end.
    pub(super) opening: Option<Opening>,
}

/// What the opening on this device brought.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Opening {
    /// The content key of the package, as the server sends it.
    pub(super) key: String,
    /// When this device's epoch began, by the server's clock.
    pub(super) began_at: Timestamp,
    /// What the server said, with every answer that it has acknowledged since.
    pub(super) opened: OpenedSitting,
    /// The entry code that was typed for a start without a network, if one was.
    #[serde(default)]
    pub(super) entry_code: Option<String>,
}

impl Opening {
    /// Whether this device began by a key that was read out, and the server knows nothing of it yet.
    pub(super) fn is_provisional(&self) -> bool {
        self.opened.epoch == PROVISIONAL_EPOCH
    }

    /// What a new opening says goes before what was known. The epoch began when it was first opened; one that was claimed,
    /// when the device began.
    pub(super) fn renew(&mut self, opened: OpenedSitting) {
        if opened.epoch != self.opened.epoch && !self.is_provisional() {
            self.began_at = opened.server_time;
        }
        self.opened = opened;
    }
}

/// Where the candidate is, and what they want to come back to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Place {
    /// Place of the item that is shown.
    pub(super) current: usize,
    /// The flagged items.
    pub(super) flags: Vec<ItemId>,
}

/// The device's store, as the player uses it.
#[derive(Clone)]
pub(super) struct Vault(Store);

impl Vault {
    /// Opens the store.
    pub(super) async fn open() -> Result<Self, StoreError> {
        Store::open().await.map(Self)
    }

    /// The sitting, if this device keeps it.
    pub(super) async fn find(&self, id: SittingId) -> Result<Option<KeptSitting>, StoreError> {
        Ok(self.0.get(Table::Sittings, &sitting_key(id)).await?.and_then(|kept| read(&kept)))
    }

    /// Keeps the sitting.
    pub(super) async fn keep(&self, kept: &KeptSitting) -> Result<(), StoreError> {
        self.0.write(&[put_sitting(kept)?]).await
    }

    /// Where the candidate was.
    pub(super) async fn place(&self, id: SittingId) -> Place {
        let place = self.0.get(Table::Sittings, &place_key(id)).await.ok().flatten();
        place.and_then(|place| read(&place)).unwrap_or_default()
    }

    /// Keeps where the candidate is.
    pub(super) async fn keep_place(&self, id: SittingId, place: &Place) -> Result<(), StoreError> {
        self.0.write(&[Change::Put(Table::Sittings, place_key(id), written(place)?)]).await
    }

    /// The sealed package of a paper.
    pub(super) async fn package(&self, paper: PaperId) -> Result<Option<Uint8Array>, StoreError> {
        let package = self.0.get(Table::Packages, &paper.to_string().into()).await?;
        Ok(package.and_then(|package| package.dyn_into().ok()))
    }

    /// Keeps the sealed package of a paper.
    pub(super) async fn keep_package(&self, paper: PaperId, package: &Uint8Array) -> Result<(), StoreError> {
        self.0.write(&[Change::Put(Table::Packages, paper.to_string().into(), package.into())]).await
    }

    /// The journal of a sitting, of all epochs, in order.
    pub(super) async fn entries(&self, id: SittingId) -> Result<Vec<JournalEntry>, StoreError> {
        let entries = self.0.range(Table::Entries, &id.to_string()).await?;
        let read = |entry| read(entry).ok_or_else(|| StoreError("an entry cannot be read".to_owned()));
        entries.iter().map(read).collect()
    }

    /// Adds one entry to the journal; never over another.
    pub(super) async fn add_entry(&self, id: SittingId, entry: &JournalEntry) -> Result<(), StoreError> {
        self.0.write(&[Change::Add(Table::Entries, entry_key(id, entry.epoch, entry.seq), written(entry)?)]).await
    }

    /// Deletes entries of one epoch that the server has, and keeps what they said with the sitting.
    pub(super) async fn release(&self, kept: &KeptSitting, epoch: u32, seqs: &[u64]) -> Result<(), StoreError> {
        let mut changes = vec![put_sitting(kept)?];
        changes.extend(seqs.iter().map(|seq| Change::Delete(Table::Entries, entry_key(kept.view.id, epoch, *seq))));
        self.0.write(&changes).await
    }

    /// Keeps only the receipt. `settled` entries go; those that the server lacks stay as evidence.
    pub(super) async fn end(
        &self,
        kept: &mut KeptSitting,
        receipt: Receipt,
        settled: &[JournalEntry],
    ) -> Result<(), StoreError> {
        kept.view.receipt = Some(receipt);
        kept.opening = None;
        let id = kept.view.id;
        let mut changes = vec![
            put_sitting(kept)?,
            Change::Delete(Table::Packages, kept.view.paper_id.to_string().into()),
            Change::Delete(Table::Sittings, place_key(id)),
        ];
        let delete = |entry: &JournalEntry| Change::Delete(Table::Entries, entry_key(id, entry.epoch, entry.seq));
        changes.extend(settled.iter().map(delete));
        self.0.write(&changes).await
    }
}

fn put_sitting(kept: &KeptSitting) -> Result<Change, StoreError> {
    Ok(Change::Put(Table::Sittings, sitting_key(kept.view.id), written(kept)?))
}

fn sitting_key(id: SittingId) -> JsValue {
    id.to_string().into()
}

fn place_key(id: SittingId) -> JsValue {
    format!("place/{id}").into()
}

fn entry_key(id: SittingId, epoch: u32, seq: u64) -> JsValue {
    let (Ok(seq), id) = (u32::try_from(seq), JsValue::from(id.to_string())) else { return JsValue::NULL };
    Array::of3(&id, &epoch.into(), &seq.into()).into()
}

fn read<T: DeserializeOwned>(kept: &JsValue) -> Option<T> {
    serde_json::from_str(&kept.as_string()?).ok()
}

fn written<T: Serialize>(value: &T) -> Result<JsValue, StoreError> {
    serde_json::to_string(value).map(JsValue::from).map_err(|error| StoreError(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(epoch: u32, server_time: i64) -> OpenedSitting {
        let (server_time, deadline) = (Timestamp(server_time), Timestamp(9_000));
        OpenedSitting { epoch, server_time, deadline, acked_through: 0, answers: Vec::new() }
    }

    #[test]
    fn an_epoch_began_when_it_was_first_opened() {
        let mut opening = at_first(1);
        opening.renew(opened(1, 500));
        assert_eq!(opening.began_at, Timestamp(1));
        opening.renew(opened(2, 700));
        assert_eq!(opening.began_at, Timestamp(700));
    }

    #[test]
    fn an_epoch_that_was_claimed_began_with_the_device() {
        let mut opening = at_first(PROVISIONAL_EPOCH);
        assert!(opening.is_provisional());
        opening.renew(opened(1, 500));
        assert_eq!((opening.is_provisional(), opening.began_at), (false, Timestamp(1)));
    }

    fn at_first(epoch: u32) -> Opening {
        Opening { key: String::new(), began_at: Timestamp(1), opened: opened(epoch, 1), entry_code: None }
    }
}
