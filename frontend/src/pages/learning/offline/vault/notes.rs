//! Notes beside units: what was written here until the server has it; and what the server said last of those of
//! downloaded units.

use super::{Vault, text};
use crate::platform::store::{Change, StoreError, Table};
use serde::{Deserialize, Serialize};
use shared::{
    ids::UnitId,
    learning::{CourseNotes, NoteLine},
};

/// A note that the server has not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::pages::learning) struct KeptNote {
    /// The unit beside which it stands.
    pub(in crate::pages::learning) unit_id: UnitId,
    /// The title of the unit.
    pub(in crate::pages::learning) title: String,
    /// What its writer saw of the server's note; empty if nothing was known of it.
    pub(in crate::pages::learning) base: String,
    /// What was written.
    pub(in crate::pages::learning) text: String,
    /// What another device wrote meanwhile, until its learner decides; absent as long as it is to be sent.
    pub(in crate::pages::learning) theirs: Option<String>,
    /// Why the server did not take it; empty unless it did not.
    pub(in crate::pages::learning) refusal: String,
}

impl KeptNote {
    /// Whether it is to be sent.
    pub(in crate::pages::learning) fn is_waiting(&self) -> bool {
        self.theirs.is_none() && self.refusal.is_empty()
    }

    /// What is left of it to send once the server has `saved` instead of the text that was `sent`: what was written
    /// after that, if anything was.
    fn after(self, sent: &str, saved: &str) -> Option<Self> {
        let is_newer = self.text != sent;
        is_newer.then(|| Self { base: saved.to_owned(), theirs: None, refusal: String::new(), ..self })
    }
}

impl Vault {
    /// Notes that the server has not acknowledged.
    pub(in crate::pages::learning) async fn note_drafts(&self) -> Result<Vec<KeptNote>, StoreError> {
        self.list(Table::NoteDrafts).await
    }

    /// That of one unit.
    pub(in crate::pages::learning) async fn note_draft(&self, unit: UnitId) -> Result<Option<KeptNote>, StoreError> {
        self.one(Table::NoteDrafts, &unit.to_string()).await
    }

    /// Keeps a note until the server has it, over what was kept of it before.
    pub(in crate::pages::learning) async fn put_note(&self, kept: &KeptNote) -> Result<(), StoreError> {
        let key = self.key(&kept.unit_id.to_string());
        self.write_unsent(vec![Change::Put(Table::NoteDrafts, key, text(kept)?.into())]).await
    }

    /// Forgets a note that the server does not take.
    pub(in crate::pages::learning) async fn drop_note(&self, unit: UnitId) -> Result<(), StoreError> {
        self.write_unsent(vec![Change::Delete(Table::NoteDrafts, self.key(&unit.to_string()))]).await
    }

    /// Notes that the server has `saved` since this text was `sent`, and forgets the text.
    pub(in crate::pages::learning) async fn settle_note(
        &self,
        unit: UnitId,
        sent: &str,
        saved: &str,
    ) -> Result<(), StoreError> {
        self.renew_note(unit, saved).await?;
        let Some(kept) = self.note_draft(unit).await? else { return Ok(()) };
        match kept.after(sent, saved) {
            Some(newer) => self.put_note(&newer).await,
            None => self.drop_note(unit).await,
        }
    }

    /// The note beside a downloaded unit, as the server said last.
    pub(in crate::pages::learning) async fn own_note(&self, unit: UnitId) -> Result<Option<String>, StoreError> {
        self.one(Table::UnitNotes, &unit.to_string()).await
    }

    /// Keeps what the server says of a note, if its unit is a downloaded one.
    pub(in crate::pages::learning) async fn renew_note(&self, unit: UnitId, note: &str) -> Result<(), StoreError> {
        if self.unit(unit).await?.is_none() {
            return Ok(());
        }
        self.store.write(&[Change::Put(Table::UnitNotes, self.key(&unit.to_string()), text(&note)?.into())]).await
    }

    /// Keeps what the server says of all notes of a learner beside these units, which are downloaded ones.
    pub(in crate::pages::learning) async fn renew_notes(
        &self,
        units: &[UnitId],
        notes: &[CourseNotes],
    ) -> Result<(), StoreError> {
        let lines = notes.iter().flat_map(|course| &course.notes).filter(|line| units.contains(&line.unit_id));
        let change = |line: &NoteLine| -> Result<Change, StoreError> {
            let key = self.key(&line.unit_id.to_string());
            Ok(Change::Put(Table::UnitNotes, key, text(&line.text)?.into()))
        };
        let changes = lines.map(change).collect::<Result<Vec<_>, StoreError>>()?;
        if changes.is_empty() { Ok(()) } else { self.store.write(&changes).await }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_was_written_while_a_note_was_sent_is_sent_too() {
        let kept = KeptNote {
            unit_id: UnitId(Uuid::nil()),
            title: "T".to_owned(),
            base: "甲".to_owned(),
            text: "丙".to_owned(),
            theirs: None,
            refusal: String::new(),
        };
        assert_eq!(kept.clone().after("丙", "丙"), None);
        let newer = kept.clone().after("乙", "乙").unwrap();
        assert_eq!((newer.base.as_str(), newer.text.as_str(), newer.is_waiting()), ("乙", "丙", true));
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<KeptNote>(&text).unwrap(), kept, "it is read as it was written");
    }
}
