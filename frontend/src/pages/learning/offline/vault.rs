//! What this phone keeps for a learner: modules until they are removed, and what was done without a network until the
//! server has it. Keys begin with the account: nobody sees or sends what is another's.

mod notes;
mod work;

pub(in crate::pages::learning) use notes::KeptNote;
pub(in crate::pages::learning) use work::KeptHandIn;

use crate::platform::{
    actor::Actor,
    kept_modules, kept_study,
    store::{Change, Store, StoreError, Table},
};
use js_sys::Array;
use leptos::wasm_bindgen::JsValue;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shared::{
    ids::{AccountId, CourseId, OfflineEntryId, UnitId},
    learning::{HandedInStudy, ModulePackage, MyCourseMap, OfflineEntry, OfflineReceipt, UnitView},
    media::recording::{RecordingName, recordings_of},
    problem::FieldError,
};
use std::collections::BTreeSet;

/// The key of the only note of a contact.
const LAST: &str = "last";
/// Beside it: stands in a store that was given something to send. A store without it was made anew since.
const GIVEN: &str = "given";

/// A module that was downloaded; its units are kept each by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::pages::learning) struct KeptModule {
    /// Its course.
    pub(in crate::pages::learning) course_id: CourseId,
    /// The title of its course.
    pub(in crate::pages::learning) course_title: String,
    /// Number of the version of the course.
    pub(in crate::pages::learning) version: i32,
    /// Which module of it, from 0.
    pub(in crate::pages::learning) index: u16,
    /// Its title.
    pub(in crate::pages::learning) title: String,
    /// Its units with their titles, in order.
    pub(in crate::pages::learning) units: Vec<(UnitId, String)>,
    /// What is kept, in bytes.
    pub(in crate::pages::learning) bytes: u32,
    /// Names of the video and sound in it, which are kept apart, as far as their learner wants them.
    #[serde(default)]
    played: BTreeSet<String>,
}

impl KeptModule {
    /// Whether it is this module of a course, in whatever version.
    pub(in crate::pages::learning) fn is(&self, course_id: CourseId, index: u16, units: &[UnitId]) -> bool {
        let shares = || self.units.iter().any(|(id, _)| units.contains(id));
        self.course_id == course_id && (self.index == index || shares())
    }

    /// The video and sound in it.
    pub(in crate::pages::learning) fn recordings(&self) -> impl Iterator<Item = RecordingName> {
        self.played.iter().filter_map(|name| RecordingName::parse(name))
    }

    fn id(&self) -> String {
        format!("{}/{}/{}", self.course_id, self.version, self.index)
    }
}

/// An entry that the server has not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::pages::learning) struct KeptEntry {
    /// What is sent.
    pub(in crate::pages::learning) entry: OfflineEntry,
    /// The title of the unit.
    pub(in crate::pages::learning) title: String,
    /// Why the server did not take it.
    pub(in crate::pages::learning) errors: Vec<FieldError>,
}

/// The device's store, as a learner's pages use it.
#[derive(Clone)]
pub(in crate::pages::learning) struct Vault {
    store: Store,
    account: AccountId,
}

impl Vault {
    /// Opens the store for whoever is logged in here.
    pub(in crate::pages::learning) async fn open(actor: Actor) -> Result<Self, StoreError> {
        let account = actor.kept_account().ok_or_else(|| StoreError("nobody is logged in".to_owned()))?;
        Ok(Self { store: Store::open().await?, account })
    }

    /// Whose it is.
    pub(super) fn account(&self) -> AccountId {
        self.account
    }

    /// The modules that were downloaded.
    pub(in crate::pages::learning) async fn modules(&self) -> Result<Vec<KeptModule>, StoreError> {
        self.list(Table::Modules).await
    }

    /// Keeps a module in the place of what was kept of it before; what it is now.
    pub(super) async fn keep_module(&self, package: ModulePackage) -> Result<KeptModule, StoreError> {
        let ids: Vec<_> = package.units.iter().map(|unit| unit.progress.id).collect();
        let (mut changes, mut bytes, mut played) = (Vec::new(), 0_usize, BTreeSet::new());
        for old in self.modules().await?.iter().filter(|old| old.is(package.course_id, package.index, &ids)) {
            changes.extend(self.removal(old));
        }
        for unit in &package.units {
            let text = text(unit)?;
            bytes += text.len();
            played.extend(recordings_of(&text).map(|name| name.to_string()));
            changes.push(Change::Put(Table::Units, self.key(&unit.progress.id.to_string()), text.into()));
        }
        let module = KeptModule {
            course_id: package.course_id,
            course_title: package.units.first().map(|unit| unit.course_title.clone()).unwrap_or_default(),
            version: package.version,
            index: package.index,
            title: package.title,
            units: package.units.into_iter().map(|unit| (unit.progress.id, unit.progress.title)).collect(),
            bytes: u32::try_from(bytes).unwrap_or(u32::MAX),
            played,
        };
        changes.push(Change::Put(Table::Modules, self.key(&module.id()), text(&module)?.into()));
        changes.push(Change::Put(Table::StudyContacts, self.key(LAST), package.contact.into()));
        self.store.write(&changes).await?;
        self.count_modules().await?;
        Ok(module)
    }

    /// Forgets a module.
    pub(super) async fn remove_module(&self, module: &KeptModule) -> Result<(), StoreError> {
        self.store.write(&self.removal(module)).await?;
        self.count_modules().await
    }

    fn removal(&self, module: &KeptModule) -> Vec<Change> {
        let of_unit = |(id, _): &(UnitId, String)| {
            let tables = [Table::Units, Table::OwnAssignments, Table::UnitNotes];
            tables.map(|table| Change::Delete(table, self.key(&id.to_string())))
        };
        let units = module.units.iter().flat_map(of_unit);
        units.chain([Change::Delete(Table::Modules, self.key(&module.id()))]).collect()
    }

    async fn count_modules(&self) -> Result<(), StoreError> {
        kept_modules::set_count(self.account, self.modules().await?.len());
        Ok(())
    }

    /// A unit of a downloaded module.
    pub(super) async fn unit(&self, id: UnitId) -> Result<Option<UnitView>, StoreError> {
        self.one(Table::Units, &id.to_string()).await
    }

    /// Notes how far a kept unit was studied by now. Its text stays that of its version.
    pub(super) async fn renew_unit(&self, kept: UnitView, now: &UnitView) -> Result<(), StoreError> {
        let is_same = kept.progress == now.progress && kept.done == now.done && kept.done_in_tools == now.done_in_tools;
        if kept.version != now.version || is_same {
            return Ok(());
        }
        let renewed = UnitView {
            progress: now.progress.clone(),
            done: now.done.clone(),
            done_in_tools: now.done_in_tools.clone(),
            ..kept
        };
        let key = self.key(&renewed.progress.id.to_string());
        self.store.write(&[Change::Put(Table::Units, key, text(&renewed)?.into())]).await
    }

    /// The map of a course of which a module was downloaded, as the server said last.
    pub(super) async fn map(&self, course: &str) -> Result<Option<MyCourseMap>, StoreError> {
        self.one(Table::CourseMaps, course).await
    }

    /// Keeps the map of a course if a module of it was downloaded.
    pub(super) async fn renew_map(&self, map: &MyCourseMap) -> Result<(), StoreError> {
        let id = map.course.course.id;
        if !self.modules().await?.iter().any(|module| module.course_id == id) {
            return Ok(());
        }
        let key = self.key(&id.to_string());
        self.store.write(&[Change::Put(Table::CourseMaps, key, text(map)?.into())]).await
    }

    /// The server's last note that this phone was there; absent before the first download.
    pub(super) async fn contact(&self) -> Result<Option<String>, StoreError> {
        let kept = self.store.get(Table::StudyContacts, &self.key(LAST)).await?;
        Ok(kept.and_then(|kept| kept.as_string()))
    }

    /// What waits to be sent.
    pub(super) async fn waiting(&self) -> Result<Vec<KeptEntry>, StoreError> {
        self.list(Table::OfflineStudy).await
    }

    /// Keeps an entry until the server has it, over what was kept of it before.
    pub(super) async fn put(&self, kept: &KeptEntry) -> Result<(), StoreError> {
        let key = self.entry_key(kept.entry.id);
        self.write_unsent(vec![Change::Put(Table::OfflineStudy, key, text(kept)?.into())]).await
    }

    /// Forgets an entry that the server does not take.
    pub(super) async fn drop_entry(&self, id: OfflineEntryId) -> Result<(), StoreError> {
        self.write_unsent(vec![Change::Delete(Table::OfflineStudy, self.entry_key(id))]).await
    }

    /// Forgets what the server has, notes why it did not take the others, and keeps its new note.
    pub(super) async fn settle(&self, sent: &[KeptEntry], reply: &HandedInStudy) -> Result<(), StoreError> {
        let mut changes = vec![Change::Put(Table::StudyContacts, self.key(LAST), reply.contact.as_str().into())];
        for ack in &reply.acks {
            let Some(kept) = sent.iter().find(|kept| kept.entry.id == ack.entry_id) else { continue };
            let key = self.entry_key(ack.entry_id);
            changes.push(match ack.receipt {
                OfflineReceipt::Recorded | OfflineReceipt::Known => Change::Delete(Table::OfflineStudy, key),
                OfflineReceipt::Refused => {
                    let refused = KeptEntry { errors: ack.errors.clone(), ..kept.clone() };
                    Change::Put(Table::OfflineStudy, key, text(&refused)?.into())
                }
            });
        }
        self.write_unsent(changes).await
    }

    /// Notes what the browser threw away of what was to be sent, if it did.
    pub(super) async fn note_loss(&self) -> Result<(), StoreError> {
        let is_there = self.store.get(Table::StudyContacts, &self.key(GIVEN)).await?.is_some();
        kept_study::look(self.account, is_there);
        Ok(())
    }

    /// Changes what is to be sent, and remembers how much that is where the browser does not throw it away.
    async fn write_unsent(&self, mut changes: Vec<Change>) -> Result<(), StoreError> {
        self.note_loss().await?;
        changes.push(Change::Put(Table::StudyContacts, self.key(GIVEN), "".into()));
        self.store.write(&changes).await?;
        // It is written, whether it can be counted or not.
        if let (Ok(study), Ok(hand_ins), Ok(notes)) =
            (self.waiting().await, self.hand_ins().await, self.note_drafts().await)
        {
            kept_study::set_count(self.account, study.len() + hand_ins.len() + notes.len());
        }
        Ok(())
    }

    async fn list<T: DeserializeOwned>(&self, table: Table) -> Result<Vec<T>, StoreError> {
        let kept = self.store.range(table, &self.account.to_string()).await?;
        Ok(kept.iter().filter_map(read).collect())
    }

    async fn one<T: DeserializeOwned>(&self, table: Table, id: &str) -> Result<Option<T>, StoreError> {
        Ok(self.store.get(table, &self.key(id)).await?.as_ref().and_then(read))
    }

    fn key(&self, id: &str) -> JsValue {
        Array::of2(&self.account.to_string().into(), &id.into()).into()
    }

    fn entry_key(&self, id: OfflineEntryId) -> JsValue {
        self.key(&id.to_string())
    }
}

/// What an older app wrote in another way is nothing.
fn read<T: DeserializeOwned>(kept: &JsValue) -> Option<T> {
    serde_json::from_str(&kept.as_string()?).ok()
}

fn text<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError(error.to_string()))
}
