//! Adding persons, one or thousands: sealed before the transaction, each document once.

use super::{
    entity::{person, person_document},
    fields::{NUMBER, PHONE, document_index},
    place::{check_township, columns, open_school, place_of},
    store,
};
use crate::{
    access::{Actor, Permit, actions},
    platform::{
        Services,
        crypto::{BlindIndex, Column},
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use serde::{Deserialize, Serialize};
use shared::{
    ids::{AccountId, PersonId, ProviderId},
    people::{CheckedPerson, NewPerson},
    rights::{Place, Right},
    time::Timestamp,
};
use std::collections::{BTreeMap, HashMap};

/// What a repeated request is compared by: it holds a number, so a plain hash would tell too much.
const REQUEST: Column = Column { table: "person", name: "request" };

actions! {
    /// Add a person at a place.
    AddPerson(String) = KeepPeople;
}

/// A person whose fields are sealed, ready to be stored.
pub struct SealedPerson {
    person: person::Model,
    document: person_document::Model,
}

impl SealedPerson {
    /// Who they become if they are new.
    #[must_use]
    pub const fn id(&self) -> PersonId {
        self.person.id
    }
}

/// What became of a person that was to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Added {
    /// A new one.
    New(PersonId),
    /// One with this document was there, where the actor may know of them. Nothing has changed.
    AlreadyHere(PersonId),
    /// One with this document is kept elsewhere. Nothing is said of them.
    KeptElsewhere,
}

/// The place that will keep a new person: the school, or the township of residence.
///
/// # Errors
/// The field that names no place, a place that is too wide, or a closed school.
pub async fn place_of_new(cx: &Services, residence: &str, provider_id: Option<ProviderId>) -> AppResult<Place> {
    check_township(cx, residence, "/residence_division").await?;
    let Some(id) = provider_id else { return Ok(Place::Division { code: residence.to_owned() }) };
    Ok(Place::Provider { id, division: open_school(cx, id).await?.division })
}

/// Seals a person's fields. It needs no store, so that a transaction has no work with ciphers.
///
/// # Errors
/// If a field cannot be sealed.
pub fn seal(
    cx: &Services,
    checked: &CheckedPerson,
    place: &Place,
    recorded_by: Option<AccountId>,
    now: Timestamp,
) -> AppResult<SealedPerson> {
    let (keys, ids) = (&cx.keys.fields, &*cx.ids);
    let (division, provider_id) = columns(place)?;
    let (id, document_id): (PersonId, _) = (ids.new_id(), ids.new_id());
    let phone = checked.phone.as_deref();
    let person = person::Model {
        id,
        version: 1,
        name: checked.name.clone(),
        name_key: checked.name.as_bytes().to_vec(),
        sex: checked.sex.map(|sex| sex.as_str().to_owned()),
        birth_date: Some(checked.birth_date.to_string()),
        phone: phone.map(|phone| keys.seal(PHONE.of(id.0), phone, ids)).transpose()?,
        phone_index: phone.map(|phone| keys.blind_index(PHONE, phone)),
        household_division: checked.household_division.clone(),
        residence_division: checked.residence_division.clone(),
        division,
        provider_id,
        created_by: recorded_by,
        created_at: now,
        merged_into: None,
        stage: None,
    };
    let document = person_document::Model {
        id: document_id,
        person_id: id,
        kind: checked.document.kind().as_str().to_owned(),
        number: keys.seal(NUMBER.of(document_id.0), checked.document.reveal(), ids)?,
        number_index: document_index(keys, &checked.document),
        recorded_by,
        recorded_at: now,
        ended_by: None,
        ended_at: None,
        ended_because: None,
        is_further: false,
    };
    Ok(SealedPerson { person, document })
}

/// Adds these persons within a write, but those whose documents somebody holds already. `may_know`
/// says whether the actor may know of persons at a place. The answers are in the order of the persons.
///
/// # Errors
/// If the store fails.
pub async fn add(tx: &Tx, people: &[&SealedPerson], may_know: impl Fn(&Place) -> bool) -> AppResult<Vec<Added>> {
    let indexes: Vec<&BlindIndex> = people.iter().map(|sealed| &sealed.document.number_index).collect();
    let mut holders = store::list_holders(tx.conn(), &indexes).await?;
    // Of two with the same document the first counts. In order, so that two writers do not block each other.
    let mut new = BTreeMap::new();
    for sealed in people.iter().copied().filter(|sealed| !holders.contains_key(&sealed.document.number_index)) {
        new.entry(&sealed.document.number_index).or_insert(sealed);
    }
    let (rows, documents): (Vec<_>, Vec<_>) = new.values().map(|sealed| (&sealed.person, &sealed.document)).unzip();
    store::insert_people(tx.conn(), &rows).await?;
    let inserted = store::insert_documents(tx.conn(), &documents).await?;
    if inserted < new.len() as u64 {
        holders.extend(yield_to_faster(tx, &new).await?);
    }
    let held: Vec<PersonId> = holders.values().copied().collect();
    let places: HashMap<PersonId, Place> =
        store::list_by_ids(tx.conn(), &held).await?.iter().map(|row| (row.id, place_of(row))).collect();
    let added = |sealed: &&SealedPerson| match holders.get(&sealed.document.number_index) {
        Some(holder) if places.get(holder).is_some_and(&may_know) => Added::AlreadyHere(*holder),
        Some(_) => Added::KeptElsewhere,
        None => match new.get(&sealed.document.number_index) {
            Some(first) if first.person.id != sealed.person.id => Added::AlreadyHere(first.person.id),
            _ => Added::New(sealed.person.id),
        },
    };
    Ok(people.iter().map(added).collect())
}

/// Takes back the persons of `new` whose documents another writer stored meanwhile; who holds those.
async fn yield_to_faster(
    tx: &Tx,
    new: &BTreeMap<&BlindIndex, &SealedPerson>,
) -> AppResult<HashMap<BlindIndex, PersonId>> {
    let indexes: Vec<&BlindIndex> = new.keys().copied().collect();
    let mut holders = store::list_holders(tx.conn(), &indexes).await?;
    holders.retain(|index, holder| new.get(index).is_some_and(|sealed| sealed.person.id != *holder));
    let late: Vec<PersonId> = holders.keys().filter_map(|index| new.get(index)).map(|late| late.person.id).collect();
    store::delete_unseen(tx.conn(), &late).await?;
    Ok(holders)
}

/// Adds one person, whose fields are checked. A repeat with the same key gives the first answer.
///
/// # Errors
/// If the key came with another request, or the store fails.
pub(super) async fn add_one(
    cx: &Services,
    actor: &Actor,
    permit: &Permit<AddPerson>,
    key: &IdempotencyKey,
    new: &NewPerson,
    sealed: &SealedPerson,
) -> AppResult<Added> {
    let person = permit.person()?;
    let request = serde_json::to_string(new).map_err(AppError::internal)?;
    let request = cx.keys.fields.blind_index(REQUEST, &request).to_hex();
    let may_know = |place: &Place| actor.has_any(&[Right::ReadPeople], place);
    cx.db
        .write(permit, async |tx| {
            let added = once(tx, person, key, &request, async || {
                let added = add(tx, &[sealed], may_know).await?;
                added.first().copied().ok_or_else(|| AppError::internal("nothing became of a person"))
            })
            .await?;
            match added {
                Added::New(id) => tx.note("added", id.to_string()),
                Added::AlreadyHere(id) => tx.note("already_here", id.to_string()),
                Added::KeptElsewhere => tx.note("kept_elsewhere", true),
            }
            Ok(added)
        })
        .await
}
