//! What this device keeps for a teacher: the rolls that were opened, and what was noted, until the server
//! has it.

use crate::platform::{
    actor::Actor,
    store::{Change, Store, StoreError, Table},
};
use js_sys::Array;
use leptos::wasm_bindgen::JsValue;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shared::{
    ids::{AccountId, RollCallEntryId},
    problem::FieldError,
    teaching::{MeetingRoll, RollCallAck, RollCallEntry, RollCallReceipt},
};

/// An entry that the server has not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptEntry {
    /// The entry.
    pub(super) entry: RollCallEntry,
    /// Why the server did not take it.
    pub(super) errors: Vec<FieldError>,
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
