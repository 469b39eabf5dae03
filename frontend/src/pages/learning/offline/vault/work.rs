//! Assignments that this phone keeps: what was handed in here, with its photos, until the server has it; and what the
//! server said last of those of downloaded units.

use super::{Vault, text};
use crate::platform::store::{Change, StoreError, Table};
use js_sys::Uint8Array;
use leptos::wasm_bindgen::JsCast;
use serde::{Deserialize, Serialize};
use shared::{
    ids::{ActivityId, AssignmentPhotoId, UnitId},
    learning::{NewHandIn, OwnAssignment},
};

/// An assignment that was handed in here and that the server has not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::pages::learning) struct KeptHandIn {
    /// The assignment: of one, nothing more is handed in while this waits.
    pub(in crate::pages::learning) activity_id: ActivityId,
    /// Its unit.
    pub(in crate::pages::learning) unit_id: UnitId,
    /// Its title.
    pub(in crate::pages::learning) title: String,
    /// What is handed in, with those photos that the server has.
    pub(in crate::pages::learning) work: NewHandIn,
    /// Names of the photos that the server does not have yet, in order; they come behind the others.
    pub(in crate::pages::learning) unsent: Vec<String>,
    /// Under which key it is sent, however often: a repeat hands nothing in twice.
    pub(in crate::pages::learning) key: String,
    /// Why the server did not take it; empty while it waits.
    pub(in crate::pages::learning) refusal: String,
}

impl KeptHandIn {
    /// Whether it is to be sent.
    pub(in crate::pages::learning) fn is_waiting(&self) -> bool {
        self.refusal.is_empty()
    }

    /// How many photos belong to it.
    pub(in crate::pages::learning) fn photos(&self) -> usize {
        self.work.photos.len() + self.unsent.len()
    }

    /// The server has the first photo that it did not have.
    pub(in crate::pages::learning) fn note_sent(&mut self, photo: AssignmentPhotoId) {
        self.unsent.remove(0);
        self.work.photos.push(photo);
    }
}

impl Vault {
    /// What was handed in here and the server has not acknowledged.
    pub(in crate::pages::learning) async fn hand_ins(&self) -> Result<Vec<KeptHandIn>, StoreError> {
        self.list(Table::HandIns).await
    }

    /// Keeps a hand-in until the server has it, over what was kept of it before.
    pub(in crate::pages::learning) async fn put_hand_in(&self, kept: &KeptHandIn) -> Result<(), StoreError> {
        let key = self.key(&kept.activity_id.to_string());
        self.write_unsent(vec![Change::Put(Table::HandIns, key, text(kept)?.into())]).await
    }

    /// Forgets a hand-in, and its photos with it.
    pub(in crate::pages::learning) async fn drop_hand_in(&self, kept: &KeptHandIn) -> Result<(), StoreError> {
        let photos = kept.unsent.iter().map(|name| Change::Delete(Table::HandInPhotos, self.key(name)));
        let itself = Change::Delete(Table::HandIns, self.key(&kept.activity_id.to_string()));
        self.write_unsent(photos.chain([itself]).collect()).await
    }

    /// Forgets a hand-in that its learner goes on writing; the photos stay.
    pub(in crate::pages::learning) async fn take_back(&self, id: ActivityId) -> Result<(), StoreError> {
        self.write_unsent(vec![Change::Delete(Table::HandIns, self.key(&id.to_string()))]).await
    }

    /// Notes that the server has the first photo of a hand-in that it did not have, and forgets the photo itself.
    pub(in crate::pages::learning) async fn settle_photo(
        &self,
        kept: &mut KeptHandIn,
        photo: AssignmentPhotoId,
    ) -> Result<(), StoreError> {
        let name = kept.unsent.first().cloned().unwrap_or_default();
        kept.note_sent(photo);
        let noted = Change::Put(Table::HandIns, self.key(&kept.activity_id.to_string()), text(&*kept)?.into());
        self.store.write(&[noted, Change::Delete(Table::HandInPhotos, self.key(&name))]).await
    }

    /// A photo for an assignment.
    pub(in crate::pages::learning) async fn work_photo(&self, name: &str) -> Result<Option<Uint8Array>, StoreError> {
        let kept = self.store.get(Table::HandInPhotos, &self.key(name)).await?;
        Ok(kept.and_then(|kept| kept.dyn_into().ok()))
    }

    /// Keeps a photo for an assignment.
    pub(in crate::pages::learning) async fn add_work_photo(
        &self,
        name: &str,
        content: &Uint8Array,
    ) -> Result<(), StoreError> {
        self.store.write(&[Change::Put(Table::HandInPhotos, self.key(name), content.into())]).await
    }

    /// Forgets a photo for an assignment.
    pub(in crate::pages::learning) async fn drop_work_photo(&self, name: &str) -> Result<(), StoreError> {
        self.store.write(&[Change::Delete(Table::HandInPhotos, self.key(name))]).await
    }

    /// What the learner handed in of a downloaded unit, as the server said last.
    pub(in crate::pages::learning) async fn own_assignments(
        &self,
        unit: UnitId,
    ) -> Result<Option<Vec<OwnAssignment>>, StoreError> {
        self.one(Table::OwnAssignments, &unit.to_string()).await
    }

    /// Keeps what the learner handed in of a unit, if it is a downloaded one.
    pub(in crate::pages::learning) async fn renew_assignments(
        &self,
        unit: UnitId,
        own: &[OwnAssignment],
    ) -> Result<(), StoreError> {
        if self.unit(unit).await?.is_none() {
            return Ok(());
        }
        let key = self.key(&unit.to_string());
        self.store.write(&[Change::Put(Table::OwnAssignments, key, text(&own)?.into())]).await
    }

    /// Notes what the server says of one assignment of a unit.
    pub(in crate::pages::learning) async fn renew_assignment(
        &self,
        unit: UnitId,
        own: OwnAssignment,
    ) -> Result<(), StoreError> {
        let mut all = self.own_assignments(unit).await?.unwrap_or_default();
        all.retain(|other| other.activity_id != own.activity_id);
        all.push(own);
        self.renew_assignments(unit, &all).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn photos_keep_their_order_while_they_are_sent_one_by_one() {
        let photo = |n| AssignmentPhotoId(Uuid::from_u128(n));
        let mut kept = KeptHandIn {
            activity_id: ActivityId(Uuid::nil()),
            unit_id: UnitId(Uuid::nil()),
            title: String::new(),
            work: NewHandIn { text: "T".to_owned(), photos: vec![photo(1)], files: Vec::new(), version: Some(1) },
            unsent: vec!["two".to_owned(), "three".to_owned()],
            key: "K".to_owned(),
            refusal: String::new(),
        };
        assert_eq!((kept.photos(), kept.is_waiting()), (3, true));
        kept.note_sent(photo(2));
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<KeptHandIn>(&text).unwrap(), kept, "it is read as it was written");
        kept.note_sent(photo(3));
        assert_eq!((kept.photos(), kept.work.photos), (3, vec![photo(1), photo(2), photo(3)]));
    }
}
