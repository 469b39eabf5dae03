//! The browser's own database (`IndexedDB`), as futures.
//!
//! A write is over only when its transaction is complete, and it asks the browser to have the data
//! on the disk by then.

use super::timing::within;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
};
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbOpenDbRequest, IdbRequest, IdbTransaction};

/// Its name in the browser.
const NAME: &str = "chengxi";
/// A browser that takes longer does not answer.
const LIMIT: Duration = Duration::from_secs(3);
/// An opening that takes longer stands behind another one that an older page holds up; the browser does not say so.
const OPENING: Duration = Duration::from_secs(5);
/// Raised when a table is added.
const VERSION: u32 = 6;

/// What is kept together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Sittings that this device may go on with.
    Sittings,
    /// Sealed packages of papers.
    Packages,
    /// The journals of answers.
    Entries,
    /// Persons whom a surveyor is to visit. They are forgotten at log-out.
    Assigned,
    /// Visits that the server has not acknowledged.
    Visits,
    /// Rolls of lessons that were opened here. They are forgotten at log-out.
    Rolls,
    /// Entries of roll-calls that the server has not acknowledged.
    RollCalls,
    /// What is known of photos of signed rolls that the server has not acknowledged.
    RollPhotos,
    /// Those photos themselves.
    RollPhotoFiles,
    /// Modules of courses that were downloaded.
    Modules,
    /// Their units.
    Units,
    /// Where a learner stands in those courses. It is forgotten at log-out.
    CourseMaps,
    /// The server's last note that a learner's phone was there.
    StudyContacts,
    /// What a learner did without a network and the server has not acknowledged.
    OfflineStudy,
    /// What a learner handed in of the assignments of those units, and what was said of it. It is forgotten at log-out.
    OwnAssignments,
    /// Assignments that were handed in here and that the server has not acknowledged.
    HandIns,
    /// Photos for assignments that the server has not acknowledged.
    HandInPhotos,
    /// A learner's own notes beside those units, as the server said last. They are forgotten at log-out.
    UnitNotes,
    /// Notes that the server has not acknowledged.
    NoteDrafts,
}

impl Table {
    const ALL: [Self; 19] = [
        Self::Sittings,
        Self::Packages,
        Self::Entries,
        Self::Assigned,
        Self::Visits,
        Self::Rolls,
        Self::RollCalls,
        Self::RollPhotos,
        Self::RollPhotoFiles,
        Self::Modules,
        Self::Units,
        Self::CourseMaps,
        Self::StudyContacts,
        Self::OfflineStudy,
        Self::OwnAssignments,
        Self::HandIns,
        Self::HandInPhotos,
        Self::UnitNotes,
        Self::NoteDrafts,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Sittings => "sittings",
            Self::Packages => "packages",
            Self::Entries => "entries",
            Self::Assigned => "assigned",
            Self::Visits => "visits",
            Self::Rolls => "rolls",
            Self::RollCalls => "roll_calls",
            Self::RollPhotos => "roll_photos",
            Self::RollPhotoFiles => "roll_photo_files",
            Self::Modules => "modules",
            Self::Units => "units",
            Self::CourseMaps => "course_maps",
            Self::StudyContacts => "study_contacts",
            Self::OfflineStudy => "offline_study",
            Self::OwnAssignments => "own_assignments",
            Self::HandIns => "hand_ins",
            Self::HandInPhotos => "hand_in_photos",
            Self::UnitNotes => "unit_notes",
            Self::NoteDrafts => "note_drafts",
        }
    }
}

/// The browser did not do it: no room, no permission, or a broken disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError(
    /// The browser's word for it.
    pub String,
);

impl From<JsValue> for StoreError {
    fn from(thrown: JsValue) -> Self {
        let words = Reflect::get(&thrown, &"message".into()).ok().and_then(|message| message.as_string());
        Self(words.unwrap_or_else(|| "the browser's store failed".to_owned()))
    }
}

/// One change of a write.
pub enum Change {
    /// Keeps a value, over the one that may be there.
    Put(Table, JsValue, JsValue),
    /// Keeps a value where nothing may be yet; else the whole write fails.
    Add(Table, JsValue, JsValue),
    /// Forgets a value.
    Delete(Table, JsValue),
    /// Forgets everything.
    Clear(Table),
}

impl Change {
    const fn table(&self) -> Table {
        match self {
            Self::Put(table, ..) | Self::Add(table, ..) | Self::Delete(table, _) | Self::Clear(table) => *table,
        }
    }

    fn ask(&self, transaction: &IdbTransaction) -> Result<IdbRequest, JsValue> {
        let table = transaction.object_store(self.table().name())?;
        match self {
            Self::Put(_, key, value) => table.put_with_key(value, key),
            Self::Add(_, key, value) => table.add_with_key(value, key),
            Self::Delete(_, key) => table.delete(key),
            Self::Clear(_) => table.clear(),
        }
    }
}

/// The open database.
#[derive(Clone)]
pub struct Store {
    database: IdbDatabase,
}

impl Store {
    /// Opens the database; makes its tables the first time.
    ///
    /// # Errors
    /// If the browser keeps nothing, or an older page of it has the database open: that may be for hours.
    pub async fn open() -> Result<Self, StoreError> {
        let factory = window().indexed_db()?.ok_or_else(|| StoreError("no store".to_owned()))?;
        let request = factory.open_with_u32(NAME, VERSION)?;
        let opening = request.clone();
        let make_tables = Closure::once(move || make_tables(&opening));
        request.set_onupgradeneeded(Some(make_tables.as_ref().unchecked_ref()));
        let database = match opened(&request).await {
            Ok(database) => database,
            // It only added tables: ours are all there.
            Err(_) if was_made_by_newer_page(&request) => opened(&factory.open(NAME)?).await?,
            Err(failure) => {
                // Once the older page is closed, the browser makes the tables all the same.
                make_tables.forget();
                return Err(failure);
            }
        };
        Ok(Self { database: database.unchecked_into() })
    }

    /// The value at a key.
    ///
    /// # Errors
    /// If the browser cannot read.
    pub async fn get(&self, table: Table, key: &JsValue) -> Result<Option<JsValue>, StoreError> {
        let transaction = self.database.transaction_with_str(table.name())?;
        let value = result(&transaction.object_store(table.name())?.get(key)?).await?;
        Ok((!value.is_undefined()).then_some(value))
    }

    /// The values whose key is an array that begins with `first`, in the order of their keys.
    ///
    /// # Errors
    /// If the browser cannot read.
    pub async fn range(&self, table: Table, first: &str) -> Result<Vec<JsValue>, StoreError> {
        // An array is greater than any text or number that may stand at its place.
        let after_all = Array::of2(&first.into(), &Array::new());
        let keys = IdbKeyRange::bound(&Array::of1(&first.into()), &after_all)?;
        let transaction = self.database.transaction_with_str(table.name())?;
        let values = result(&transaction.object_store(table.name())?.get_all_with_key(&keys)?).await?;
        Ok(values.unchecked_into::<Array>().iter().collect())
    }

    /// Makes all changes or none. They are on the disk when it returns.
    ///
    /// # Errors
    /// If the browser could not do all of it; then nothing has changed.
    pub async fn write(&self, changes: &[Change]) -> Result<(), StoreError> {
        let transaction = self.durable_transaction(changes)?;
        let is_complete = settled(|done, failed| {
            transaction.set_oncomplete(Some(&done));
            transaction.set_onabort(Some(&failed));
        });
        for change in changes {
            if let Err(refused) = change.ask(&transaction) {
                drop(transaction.abort());
                return Err(refused.into());
            }
        }
        JsFuture::from(is_complete).await.map(drop).map_err(|_| match transaction.error() {
            Some(reason) => StoreError(reason.message()),
            None => StoreError("the write was aborted".to_owned()),
        })
    }

    /// A transaction that is complete only when the data is on the disk. Called by name, because
    /// the bindings do not know the option yet.
    fn durable_transaction(&self, changes: &[Change]) -> Result<IdbTransaction, StoreError> {
        let tables = Table::ALL.iter().filter(|table| changes.iter().any(|change| change.table() == **table));
        let names: Array = tables.map(|table| JsValue::from(table.name())).collect();
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let begin: Function = Reflect::get(&self.database, &"transaction".into())?.dyn_into()?;
        let transaction = begin.call3(&self.database, &names, &"readwrite".into(), &options)?;
        Ok(transaction.unchecked_into())
    }
}

/// Forgets what this device kept of persons: whoever logs in next finds nothing of them.
pub async fn forget_persons() {
    let of_persons = [Table::Assigned, Table::Rolls, Table::CourseMaps, Table::OwnAssignments, Table::UnitNotes];
    let forgotten = of_persons.map(Change::Clear);
    let forget = async { Store::open().await?.write(&forgotten).await };
    // A browser that keeps nothing has nothing to forget, and one that does not answer holds no log-out up.
    drop(within(LIMIT, forget).await);
}

/// Makes those tables that are not there yet; the browser refuses the others.
fn make_tables(opening: &IdbOpenDbRequest) {
    let Ok(database) = opening.result().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
    for table in Table::ALL {
        drop(database.create_object_store(table.name()));
    }
}

/// What an opening brings; nobody waits for an older page to be closed.
async fn opened(request: &IdbOpenDbRequest) -> Result<JsValue, StoreError> {
    let is_open = settled(|done, failed| {
        request.set_onsuccess(Some(&done));
        request.set_onerror(Some(&failed));
        request.set_onblocked(Some(&failed));
    });
    let too_late = || Err(StoreError("the browser does not open its store".to_owned()));
    within(OPENING, brought(request, is_open)).await.unwrap_or_else(too_late)
}

fn was_made_by_newer_page(request: &IdbOpenDbRequest) -> bool {
    request.error().ok().flatten().is_some_and(|reason| reason.name() == "VersionError")
}

/// What a request brings.
async fn result(request: &IdbRequest) -> Result<JsValue, StoreError> {
    let is_done = settled(|done, failed| {
        request.set_onsuccess(Some(&done));
        request.set_onerror(Some(&failed));
    });
    brought(request, is_done).await
}

async fn brought(request: &IdbRequest, is_done: Promise) -> Result<JsValue, StoreError> {
    match JsFuture::from(is_done).await {
        Ok(_) => Ok(request.result()?),
        Err(_) => Err(match request.error().ok().flatten() {
            Some(reason) => StoreError(reason.message()),
            None => StoreError("the browser's store failed".to_owned()),
        }),
    }
}

/// A promise that the browser's own events settle.
fn settled(mut listen: impl FnMut(Function, Function)) -> Promise {
    Promise::new(&mut listen)
}
