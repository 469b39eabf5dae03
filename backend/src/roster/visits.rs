//! Who is sent to whom, and what they were told at the door.

use super::{
    entity::{roster_assignment, roster_entry, roster_visit},
    learners::links_of,
    place::{place_of_entry, seen},
    rounds,
    seal::{Cell, open, seal},
    steps::last_steps,
    store,
    successors::standing,
};
use crate::{
    access::{Actor, Permit, Scope, actions, authorize, authorize_where_held},
    identity,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        texts::{Language, text},
    },
};
use serde_json::Value;
use shared::{
    device_log::latest,
    ids::{AccountId, RosterEntryId, VisitId},
    problem::FieldError,
    rights::{Right, places},
    roster::{
        AssignSurveyor, MAX_AT_ONCE, RosterFacts, SendVisits, SentVisit, Surveyor, UpgradeIntent, Visit, VisitAck,
        VisitOutcome, VisitReceipt, is_closed_after, roster_status,
    },
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Whom an assignment names that is taken back.
const NOBODY: &str = "nobody";

actions! {
    /// Send a surveyor to persons on the roster.
    Assign(String) = AssignRoster;
    /// Record one's own visits.
    RecordVisits(AccountId) = SurveyRoster;
}

/// Who can be sent to persons on the rosters of the actor's places, by name.
///
/// # Errors
/// `forbidden` if the actor sends nobody.
pub(super) async fn surveyors(cx: &Services, actor: &Actor) -> AppResult<Vec<Surveyor>> {
    Scope::of(actor, Right::AssignRoster)?;
    let mut found = HashMap::new();
    for place in places(&actor.roles, Right::AssignRoster) {
        found.extend(identity::who_may(cx, Right::SurveyRoster, place).await?);
    }
    let mut found: Vec<_> = found.into_iter().map(|(account_id, name)| Surveyor { account_id, name }).collect();
    found.sort_by(|one, other| (&one.name, one.account_id).cmp(&(&other.name, other.account_id)));
    Ok(found)
}

/// Sends a surveyor to persons, or takes back whom was sent. Who has the same surveyor already is left as they are.
///
/// # Errors
/// The fields that are wrong; nobody is assigned then.
pub async fn assign(cx: &Services, actor: &Actor, request: &AssignSurveyor) -> AppResult<()> {
    Scope::of(actor, Right::AssignRoster)?;
    check_count(request.entries.len(), "/entries")?;
    let surveyor_id = request.surveyor_id;
    let found = by_id(store::list_entries_by_ids(cx.db.read(), &request.entries).await?);
    let (mut places, mut permit) = (Vec::new(), None);
    for (at, id) in request.entries.iter().enumerate() {
        let entry = seen(actor, found.get(id), |entry| place_of_entry(entry));
        let place = place_of_entry(entry.map_err(|error| error.at_field(&format!("/entries/{at}")))?);
        if places.contains(&place) {
            continue;
        }
        let sent = surveyor_id.map_or_else(|| NOBODY.to_owned(), |id| id.to_string());
        permit = Some(authorize::<Assign>(actor, sent, &place)?);
        if let Some(id) = surveyor_id
            && !identity::may(cx, id, Right::SurveyRoster, &place).await?
        {
            return Err(AppError::field("/surveyor_id", "no-surveyor"));
        }
        places.push(place);
    }
    let permit = permit.ok_or_else(|| AppError::field("/entries", "required"))?;
    let ids: Vec<_> = found.keys().copied().collect();
    cx.db
        .write(&permit, async |tx| {
            let mut entries = store::lock_entries(tx.conn(), &ids).await?;
            // Who has gone to another place meanwhile is not this place's to send somebody to.
            entries.retain(|entry| places.contains(&place_of_entry(entry)));
            entries.retain(|entry| entry.surveyor_id != surveyor_id);
            let row = |entry: &roster_entry::Model| {
                Some(roster_assignment::Model {
                    id: cx.ids.new_id(),
                    entry_id: entry.id,
                    surveyor_id: surveyor_id.or(entry.surveyor_id)?,
                    is_taken_back: surveyor_id.is_none(),
                    assigned_by: actor.account_id,
                    assigned_at: tx.now(),
                })
            };
            store::insert_assignments(tx.conn(), entries.iter().filter_map(row).collect()).await?;
            tx.note(if surveyor_id.is_some() { "assigned" } else { "taken_back" }, entries.len());
            for entry in &mut entries {
                entry.surveyor_id = surveyor_id;
            }
            restate(cx, tx, entries).await
        })
        .await
}

/// Lets the actor tell of a visit to somebody: who sends surveyors, to anybody; a surveyor, to whom they were ever sent,
/// for a phone may tell late of what was done before they were called back, or before the person went elsewhere.
///
/// # Errors
/// `not-found` if the actor was never sent there and sends nobody, `forbidden` if they survey nowhere.
fn permit_visit(actor: &Actor, entry: &roster_entry::Model, was_sent: bool) -> AppResult<Permit<RecordVisits>> {
    if was_sent {
        return authorize_where_held(actor, actor.account_id);
    }
    let place = place_of_entry(entry);
    if !actor.has_any(&[Right::AssignRoster], &place) {
        return Err(AppError::not_found());
    }
    authorize(actor, actor.account_id, &place)
}

/// Takes what a device has gathered: each visit once, whatever is wrong with others.
///
/// # Errors
/// `forbidden`, or too many at once.
pub async fn record(
    cx: &Services,
    actor: &Actor,
    request: &SendVisits,
    language: Language,
) -> AppResult<Vec<VisitAck>> {
    Scope::of(actor, Right::SurveyRoster)?;
    check_count(request.visits.len(), "/visits")?;
    let now = cx.clock.now();
    let ids: BTreeSet<_> = request.visits.iter().map(|sent| sent.entry_id).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let found = standing(cx.db.read(), store::list_entries_by_ids(cx.db.read(), &ids).await?).await?;
    let sent_to = store::list_sent_to(cx.db.read(), actor.account_id, &ids).await?;
    let mut permit = None;
    let mut errors: Vec<Vec<FieldError>> = Vec::with_capacity(request.visits.len());
    for sent in &request.visits {
        let mut wrong = sent.visit.check(now);
        if sent.visit.visitor != actor.account_id {
            wrong.push(FieldError::new("/visitor", "other-visitor"));
        }
        let was_sent = sent_to.contains(&sent.entry_id);
        match found.get(&sent.entry_id).map(|entry| permit_visit(actor, entry, was_sent)) {
            Some(Ok(permitted)) => permit = Some(permitted),
            Some(Err(_)) | None => wrong.push(FieldError::new("/entry_id", "not-found")),
        }
        errors.push(wrong);
    }
    let right: Vec<&SentVisit> =
        request.visits.iter().zip(&errors).filter(|(_, wrong)| wrong.is_empty()).map(|(sent, _)| sent).collect();
    let mut receipts = match permit {
        Some(permit) if !right.is_empty() => {
            cx.db.write(&permit, async |tx| store_visits(cx, tx, &right).await).await?.into_iter()
        }
        _ => Vec::new().into_iter(),
    };
    let ack = |(sent, mut errors): (&SentVisit, Vec<FieldError>)| {
        let receipt = if errors.is_empty() { receipts.next() } else { None }.unwrap_or(VisitReceipt::Refused);
        if receipt == VisitReceipt::Refused && errors.is_empty() {
            errors.push(FieldError::new("/id", "visit-id-taken"));
        }
        for error in &mut errors {
            error.detail = text(language, &format!("field.{}", error.code), &Value::Null);
        }
        VisitAck { visit_id: sent.visit.id, receipt, errors }
    };
    Ok(request.visits.iter().zip(errors).map(ack).collect())
}

/// Stores those visits that are not stored, with the entry that stands for the person by now; what became of each.
async fn store_visits(cx: &Services, tx: &Tx, sent: &[&SentVisit]) -> AppResult<Vec<VisitReceipt>> {
    let entry_ids: BTreeSet<_> = sent.iter().map(|sent| sent.entry_id).collect();
    let sent_to = store::lock_entries(tx.conn(), &entry_ids.into_iter().collect::<Vec<_>>()).await?;
    let successors = standing(tx.conn(), sent_to).await?;
    let successors: HashMap<_, _> = successors.into_iter().map(|(id, entry)| (id, entry.id)).collect();
    let entry_ids: BTreeSet<_> = successors.values().copied().collect();
    let entries = store::lock_entries(tx.conn(), &entry_ids.into_iter().collect::<Vec<_>>()).await?;
    let ids: BTreeSet<_> = sent.iter().map(|sent| sent.visit.id).collect();
    let stored = store::list_visits_by_ids(tx.conn(), &ids.into_iter().collect::<Vec<_>>()).await?;
    let mut known: BTreeMap<VisitId, (RosterEntryId, Visit)> = BTreeMap::new();
    for row in stored {
        known.insert(row.id, (row.entry_id, open_visit(cx, &row)?));
    }
    let (mut receipts, mut rows) = (Vec::with_capacity(sent.len()), Vec::new());
    for SentVisit { entry_id, visit } in sent {
        let entry_id = successors.get(entry_id).unwrap_or(entry_id);
        if let Some((of, same)) = known.get(&visit.id) {
            let is_same = of == entry_id && same == visit;
            receipts.push(if is_same { VisitReceipt::Known } else { VisitReceipt::Refused });
            continue;
        }
        known.insert(visit.id, (*entry_id, visit.clone()));
        receipts.push(VisitReceipt::Recorded);
        rows.push(roster_visit::Model {
            id: visit.id,
            entry_id: *entry_id,
            visitor: visit.visitor,
            visited_at: visit.visited_at,
            content: seal(cx, &Cell("roster_visit", visit.id), visit)?,
            received_at: tx.now(),
        });
    }
    tx.note("recorded", rows.len());
    let visited: BTreeSet<_> = rows.iter().map(|row| row.entry_id).collect();
    store::insert_visits(tx.conn(), rows).await?;
    restate(cx, tx, entries.into_iter().filter(|entry| visited.contains(&entry.id)).collect()).await?;
    Ok(receipts)
}

/// Brings what entries are found by to what their facts say.
pub(super) async fn restate(cx: &Services, tx: &Tx, entries: Vec<roster_entry::Model>) -> AppResult<()> {
    let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
    let people: Vec<_> = entries.iter().map(|entry| entry.person_id).collect();
    let learners = links_of(tx, &people).await?;
    let steps = last_steps(tx, &ids).await?;
    let mut logs: HashMap<RosterEntryId, Vec<Visit>> = HashMap::new();
    for row in store::list_visits(tx.conn(), &ids).await? {
        logs.entry(row.entry_id).or_default().push(open_visit(cx, &row)?);
    }
    rounds::count_anew(tx, &entries, &logs).await?;
    for mut entry in entries {
        let visits = logs.remove(&entry.id).unwrap_or_default();
        let facts = RosterFacts {
            is_assigned: entry.surveyor_id.is_some(),
            listed_intent: entry.listed_intent.as_deref().and_then(UpgradeIntent::parse),
            visits: &visits,
            links: learners.get(&entry.person_id).map(Vec::as_slice).unwrap_or_default(),
            is_closed: is_closed_after(steps.get(&entry.id).copied()),
        };
        let state = roster_status(&facts).state;
        state.as_str().clone_into(&mut entry.state);
        entry.is_unassigned = entry.surveyor_id.is_none() && state.awaits_visit();
        let stated = visits.iter().filter(|visit| matches!(visit.outcome, VisitOutcome::Stated { .. }));
        if let Some(VisitOutcome::Stated { intent, route, .. }) = latest(stated).map(|visit| &visit.outcome) {
            entry.intent = Some(intent.as_str().to_owned());
            entry.study_route = route.map(|route| route.as_str().to_owned()).or(entry.study_route);
        }
        store::update_entry(tx.conn(), entry).await?;
    }
    Ok(())
}

pub(super) fn open_visit(cx: &Services, row: &roster_visit::Model) -> AppResult<Visit> {
    open(cx, &Cell("roster_visit", row.id), &row.content)
}

fn by_id(entries: Vec<roster_entry::Model>) -> HashMap<RosterEntryId, roster_entry::Model> {
    entries.into_iter().map(|entry| (entry.id, entry)).collect()
}

fn check_count(count: usize, pointer: &str) -> AppResult<()> {
    match count {
        0 => Err(AppError::field(pointer, "required")),
        1..=MAX_AT_ONCE => Ok(()),
        _ => Err(AppError::field(pointer, "too-long")),
    }
}
