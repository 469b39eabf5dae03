//! What this device keeps for a surveyor: whom to visit, until log-out, and what they said, until the
//! server has it.

use crate::platform::store::{Change, Store, StoreError, Table};
use js_sys::Array;
use leptos::wasm_bindgen::JsValue;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shared::{
    ids::{AccountId, PersonId, RosterEntryId, VisitId},
    person::Sex,
    problem::FieldError,
    roster::{
        EntryView, RosterState, SentVisit, StudyMode, StudyRoute, UpgradeIntent, Visit, VisitAck, VisitReceipt, Wishes,
    },
};

/// A person as the visit needs them, and no more: no number of any kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptPerson {
    /// The entry of the roster.
    pub(super) id: RosterEntryId,
    /// The person.
    pub(super) person_id: PersonId,
    /// The name.
    pub(super) name: String,
    /// The sex, if it is known.
    pub(super) sex: Option<Sex>,
    /// The year of birth, if it is known.
    pub(super) birth_year: Option<i16>,
    /// Where to go: village and address.
    pub(super) address: String,
    /// What the person wanted last, as the server knows it.
    pub(super) intent: Option<UpgradeIntent>,
    /// Which way.
    pub(super) route: Option<StudyRoute>,
    /// When the person could study.
    pub(super) preferred_time: String,
    /// Where.
    pub(super) preferred_place: String,
    /// How; what an older app kept says nothing of it.
    #[serde(default)]
    pub(super) study_mode: Option<StudyMode>,
    /// Where the person stands, as the server knows it.
    pub(super) state: RosterState,
    /// The visits that the server has, the oldest first.
    pub(super) visits: Vec<Visit>,
    /// Grows with each change at the server.
    pub(super) version: i32,
}

impl KeptPerson {
    /// Whether the name or the address holds this text.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.name.contains(text) || self.address.contains(text)
    }

    /// When, where and how the person would like to study, as the server knows it.
    pub(super) fn wishes(&self) -> Wishes {
        let (time, place) = (self.preferred_time.clone(), self.preferred_place.clone());
        Wishes { time, place, mode: self.study_mode }
    }
}

impl From<EntryView> for KeptPerson {
    fn from(EntryView { entry, details, visits, .. }: EntryView) -> Self {
        let parts = [details.village, details.residence_address];
        Self {
            id: entry.id,
            person_id: entry.person_id,
            name: entry.name,
            sex: entry.sex,
            birth_year: entry.birth_year,
            address: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
            intent: entry.intent,
            route: entry.study_route,
            preferred_time: details.preferred_time,
            preferred_place: details.preferred_place,
            study_mode: details.study_mode,
            state: entry.state,
            visits,
            version: entry.version,
        }
    }
}

/// A visit that the server has not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptVisit {
    /// What is sent.
    pub(super) sent: SentVisit,
    /// The name of who was visited, for what the list shows no more.
    pub(super) name: String,
    /// Why the server did not take it; it is sent again all the same.
    pub(super) errors: Vec<FieldError>,
}

/// The device's store, as the surveyor's page uses it.
#[derive(Clone)]
pub(super) struct Vault {
    store: Store,
    account: AccountId,
}

impl Vault {
    /// Opens the store for one account.
    pub(super) async fn open(account: AccountId) -> Result<Self, StoreError> {
        Ok(Self { store: Store::open().await?, account })
    }

    /// Whom to visit, as the server said last.
    pub(super) async fn persons(&self) -> Result<Vec<KeptPerson>, StoreError> {
        self.list(Table::Assigned).await
    }

    /// Keeps these persons, and nobody else.
    pub(super) async fn keep_persons(&self, persons: &[KeptPerson]) -> Result<(), StoreError> {
        let mut changes = vec![Change::Clear(Table::Assigned)];
        for person in persons {
            changes.push(Change::Put(Table::Assigned, self.key(&person.id.to_string()), written(person)?));
        }
        self.store.write(&changes).await
    }

    /// The visits that wait, in the order of their keys.
    pub(super) async fn waiting(&self) -> Result<Vec<KeptVisit>, StoreError> {
        self.list(Table::Visits).await
    }

    /// Keeps a visit until the server has it.
    pub(super) async fn add(&self, visit: &KeptVisit) -> Result<(), StoreError> {
        self.store.write(&[Change::Add(Table::Visits, self.visit_key(visit.sent.visit.id), written(visit)?)]).await
    }

    /// Forgets a visit.
    pub(super) async fn drop_visit(&self, id: VisitId) -> Result<(), StoreError> {
        self.store.write(&[Change::Delete(Table::Visits, self.visit_key(id))]).await
    }

    /// Forgets what the server has, and notes why it did not take the others.
    pub(super) async fn settle(&self, sent: &[KeptVisit], acks: Vec<VisitAck>) -> Result<(), StoreError> {
        let mut changes = Vec::new();
        for ack in acks {
            let key = self.visit_key(ack.visit_id);
            let Some(kept) = sent.iter().find(|kept| kept.sent.visit.id == ack.visit_id) else { continue };
            changes.push(match ack.receipt {
                VisitReceipt::Recorded | VisitReceipt::Known => Change::Delete(Table::Visits, key),
                VisitReceipt::Refused => {
                    Change::Put(Table::Visits, key, written(&KeptVisit { errors: ack.errors, ..kept.clone() })?)
                }
            });
        }
        if changes.is_empty() { Ok(()) } else { self.store.write(&changes).await }
    }

    async fn list<T: DeserializeOwned>(&self, table: Table) -> Result<Vec<T>, StoreError> {
        let kept = self.store.range(table, &self.account.to_string()).await?;
        // What an older app wrote in another way is fetched anew.
        Ok(kept.iter().filter_map(|kept| serde_json::from_str(&kept.as_string()?).ok()).collect())
    }

    /// Keys begin with the account: nobody sees what is another's.
    fn key(&self, id: &str) -> JsValue {
        Array::of2(&self.account.to_string().into(), &id.into()).into()
    }

    fn visit_key(&self, id: VisitId) -> JsValue {
        self.key(&id.to_string())
    }
}

fn written<T: Serialize>(value: &T) -> Result<JsValue, StoreError> {
    serde_json::to_string(value).map(JsValue::from).map_err(|error| StoreError(error.to_string()))
}
