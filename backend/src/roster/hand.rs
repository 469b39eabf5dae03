//! What the office writes on its roster by hand: somebody whom no list names, and facts that are put right.

use super::{
    entity::{roster_batch, roster_correction, roster_entry},
    learners::restate_learners,
    place::{columns, place_of_entry, seen},
    seal::{Cell, open, seal},
    store,
};
use crate::{
    access::{Actor, Permit, Scope, actions, authorize},
    people::{self, PersonFacts},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use serde::Serialize;
use shared::{
    ids::{AccountId, RosterBatchId, RosterEntryId},
    person::Sex,
    problem::{FieldError, ProblemCode},
    rights::{Place, Right},
    roster::{AddToRoster, EntryDetails, EntryFacts, LegalBasis, RosterFacts, UpgradeIntent, roster_status},
};

actions! {
    /// Put somebody on a roster whom no list names.
    AddEntry(RosterEntryId) = ImportRoster;
    /// Put the facts of an entry right.
    CorrectEntry(RosterEntryId) = ImportRoster;
}

/// Puts a person on the roster of the place that keeps them. A repeat with the same key gives the first answer.
///
/// # Errors
/// `forbidden`, or the field that is wrong: there is no such person, or they are on the roster.
pub(super) async fn add(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    new: &AddToRoster,
) -> AppResult<RosterEntryId> {
    Scope::of(actor, Right::ImportRoster)?;
    let person = people::visible_facts(cx, actor, new.person_id).await;
    let person = person.map_err(|error| error.at_field("/person_id"))?;
    let permit: Permit<AddEntry> = authorize(actor, cx.ids.new_id(), &person.place)?;
    check(cx, &new.facts, "/facts")?;
    let (id, by) = (*permit.target(), permit.person()?);
    cx.db
        .write(&permit, async |tx| {
            once(tx, by, key, new, async || {
                people::hold(tx, person.id, &person.place).await?;
                let batch_id = batch_by_hand(cx, tx, by, &person.place).await?;
                let row = entry(cx, tx, (id, batch_id), &person, new)?;
                if store::insert_entries(tx.conn(), &[&row]).await? == 0 {
                    return Err(AppError::field("/person_id", "on-roster"));
                }
                restate_learners(cx, tx, &[person.id]).await?;
                tx.note("added", id.to_string());
                Ok(id)
            })
            .await
        })
        .await
}

/// Refuses facts that are wrong; they stand below `pointer`.
fn check(cx: &Services, facts: &EntryFacts, pointer: &str) -> AppResult<()> {
    let wrong = facts.check(cx.clock.now().date_in_china().year());
    if wrong.is_empty() {
        return Ok(());
    }
    let below = |error: FieldError| FieldError::new(format!("{pointer}{}", error.pointer), error.code);
    Err(AppError::Invalid(wrong.into_iter().map(below).collect()))
}

/// The list that holds those of a place whom no list names.
async fn batch_by_hand(cx: &Services, tx: &Tx, by: AccountId, place: &Place) -> AppResult<RosterBatchId> {
    let (division, provider_id) = columns(place)?;
    if let Some(id) = store::find_batch_by_hand(tx.conn(), division, provider_id).await? {
        return Ok(id);
    }
    let batch = roster_batch::Model {
        id: cx.ids.new_id(),
        division: division.to_string(),
        provider_id,
        file_name: String::new(),
        file_digest: String::new(),
        headers_digest: String::new(),
        headers: "[]".to_owned(),
        header_row: 0,
        mapping: "{}".to_owned(),
        state: store::BY_HAND.to_owned(),
        rows: 0,
        last_row: 0,
        added: 0,
        already_there: 0,
        kept_elsewhere: 0,
        faulty: 0,
        legal_basis: LegalBasis::usual().as_str().to_owned(),
        uploaded_by: by,
        uploaded_at: tx.now(),
        imported_at: None,
    };
    store::insert_batch(tx.conn(), batch.clone()).await?;
    Ok(batch.id)
}

fn entry(
    cx: &Services,
    tx: &Tx,
    (id, batch_id): (RosterEntryId, RosterBatchId),
    person: &PersonFacts,
    new: &AddToRoster,
) -> AppResult<roster_entry::Model> {
    let (division, provider_id) = columns(&person.place)?;
    let status = roster_status(&RosterFacts { listed_intent: new.intent, ..RosterFacts::default() });
    let intent = new.intent.map(UpgradeIntent::as_str).map(str::to_owned);
    Ok(roster_entry::Model {
        id,
        version: 1,
        person_id: person.id,
        division: division.to_string(),
        provider_id,
        batch_id,
        name_key: person.name.as_bytes().to_vec(),
        name: person.name.clone(),
        residence_division: person.residence_division.clone(),
        sex: person.sex.map(Sex::as_str).map(str::to_owned),
        birth_date: person.birth_date.map(|date| date.to_string()),
        education_level: new.facts.education_level.clone(),
        listed_intent: intent.clone(),
        intent,
        study_route: new.study_route.map(|route| route.as_str().to_owned()),
        details: seal(cx, &Cell("roster_entry", id), &EntryDetails::default().with(&new.facts))?,
        surveyor_id: None,
        state: status.state.as_str().to_owned(),
        is_unassigned: status.state.awaits_visit(),
        created_at: tx.now(),
        set_aside_at: None,
        former_division: None,
    })
}

/// What stood in an entry before.
#[derive(Serialize)]
struct Before {
    education_level: Option<String>,
    details: EntryDetails,
}

/// Puts the facts of an entry right that is as the actor has seen it. What stood there is kept.
///
/// # Errors
/// `not-found`, `forbidden`, `stale`, or the fields that are wrong.
pub(super) async fn correct(
    cx: &Services,
    actor: &Actor,
    id: RosterEntryId,
    version: i32,
    facts: &EntryFacts,
) -> AppResult<()> {
    let place = place_of_entry(&seen(actor, store::find_entry(cx.db.read(), id).await?, place_of_entry)?);
    let permit: Permit<CorrectEntry> = authorize(actor, id, &place)?;
    check(cx, facts, "")?;
    let by = permit.person()?;
    cx.db
        .write(&permit, async |tx| {
            let entry = store::lock_entries(tx.conn(), &[id]).await?.pop();
            let entry = entry.filter(|entry| entry.set_aside_at.is_none() && place_of_entry(entry) == place);
            let entry = entry.ok_or_else(AppError::not_found)?;
            if entry.version != version {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            let details: EntryDetails = open(cx, &Cell("roster_entry", id), &entry.details)?;
            let before = Before { education_level: entry.education_level.clone(), details: details.clone() };
            let before = roster_correction::Model {
                entry_id: id,
                seq: version,
                content: seal(cx, &Cell("roster_correction", format!("{id} {version}")), &before)?,
                corrected_by: by,
                corrected_at: tx.now(),
            };
            let row = roster_entry::Model {
                version: version + 1,
                education_level: facts.education_level.clone(),
                details: seal(cx, &Cell("roster_entry", id), &details.with(facts))?,
                ..entry
            };
            tx.note("corrected", version);
            store::correct_entry(tx.conn(), before, &row).await
        })
        .await
}
