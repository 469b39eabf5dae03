//! Surveys of a season: each counts the visits of its own days, so that last year's say nothing of this year.

pub(super) mod routes;

use super::{
    entity::{roster_entry, roster_round, roster_round_entry},
    place::{columns, place_of_round, seen, stated, within},
    store,
    visits::open_visit,
};
use crate::{
    access::{Actor, Permit, Scope, actions, authorize, lies_in},
    exports::Part,
    organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, decode_cursor, once, page},
    },
};
use routes::RoundQuery;
use sea_orm::ColumnTrait;
use shared::{
    ids::{RosterEntryId, RosterRoundId},
    page::{Page, PageQuery},
    person::mask_numbers,
    rights::Right,
    roster::{OpenRound, RoundSpan, RoundStanding, RoundSums, RoundView, Visit, check_round, round_standing},
    time::read_date,
};
use std::collections::{BTreeSet, HashMap};

/// Entries whose visits are counted together.
const AT_ONCE: usize = 500;

actions! {
    /// Open or end a survey of a season.
    KeepRound(RosterRoundId) = AssignRoster;
}

/// Opens a round. Visits of its days that were told before count. A repeat with the same key opens no second one.
///
/// # Errors
/// `forbidden`, or the fields that are wrong.
async fn open(cx: &Services, actor: &Actor, key: &IdempotencyKey, wanted: &OpenRound) -> AppResult<RosterRoundId> {
    Scope::of(actor, Right::AssignRoster)?;
    let place = stated(cx, wanted.division.as_deref(), wanted.provider_id).await?;
    let permit: Permit<KeepRound> = authorize(actor, cx.ids.new_id(), &place)?;
    let (division, provider_id) = columns(&place)?;
    let (id, by) = (*permit.target(), permit.person()?);
    cx.db
        .write(&permit, async |tx| {
            once(tx, by, key, wanted, async || {
                let others = store::list_rounds_of(tx.conn(), division.as_str(), provider_id).await?;
                let others = others.iter().map(span_of).collect::<AppResult<Vec<_>>>()?;
                let span = check_round(wanted, tx.now().date_in_china(), &others).map_err(AppError::Invalid)?;
                let row = roster_round::Model {
                    id,
                    division: division.to_string(),
                    provider_id,
                    name: mask_numbers(wanted.name.trim()),
                    begins_on: span.begins_on.to_string(),
                    ends_on: span.ends_on.to_string(),
                    opened_by: by,
                    opened_at: tx.now(),
                };
                tx.note("division", row.division.clone());
                tx.note("begins_on", row.begins_on.clone());
                tx.note("ends_on", row.ends_on.clone());
                store::insert_round(tx.conn(), row.clone()).await?;
                let entries = store::list_entry_ids(tx.conn(), division.as_str(), provider_id).await?;
                for ids in entries.chunks(AT_ONCE) {
                    let visits = visits_of(cx, tx, ids).await?;
                    put(tx, &row, ids, &visits).await?;
                }
                Ok(id)
            })
            .await
        })
        .await
}

/// Has a round end today. One that has not begun is over on its first day; one that is over stays as it is.
///
/// # Errors
/// `not-found`, `forbidden`.
async fn end(cx: &Services, actor: &Actor, id: RosterRoundId) -> AppResult<()> {
    let permit: Permit<KeepRound> = authorize(actor, id, &place_of_round(&visible(cx, actor, id).await?))?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_round(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let span = span_of(&row)?;
            let ends_on = tx.now().date_in_china().max(span.begins_on).min(span.ends_on);
            tx.note("ends_on", ends_on.to_string());
            store::end_round(tx.conn(), id, ends_on.to_string()).await
        })
        .await
}

/// A round of which the actor may know.
///
/// # Errors
/// `not-found`.
pub(super) async fn visible(cx: &Services, actor: &Actor, id: RosterRoundId) -> AppResult<roster_round::Model> {
    seen(actor, store::find_round(cx.db.read(), id).await?, place_of_round)
}

/// A round as a part of a filter.
///
/// # Errors
/// If the store fails.
pub(super) async fn named(cx: &Services, id: Option<RosterRoundId>) -> AppResult<Option<Part>> {
    let Some(id) = id else { return Ok(None) };
    let name = store::find_round(cx.db.read(), id).await?.map(|row| row.name);
    Ok(Some(Part { asked: id.to_string(), shown: name.unwrap_or_default() }))
}

/// Rounds where the actor reads rosters, the newest first, as far as they are asked for.
///
/// # Errors
/// `forbidden`.
async fn list(cx: &Services, actor: &Actor, (wanted, query): (&RoundQuery, &PageQuery)) -> AppResult<Page<RoundView>> {
    use roster_round::Column::{Division, ProviderId};
    let shown = within(actor, Right::ReadRoster, Division, ProviderId)?
        .add_option(wanted.division.map(|code| lies_in(Division, code)))
        .add_option(wanted.provider_id.map(|id| ProviderId.eq(id)));
    let rows = store::list_rounds(cx.db.read(), shown, decode_cursor(query)?, query.rows() + 1).await?;
    let found = page(rows, query, |row| row.id);
    Ok(Page { items: views(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// One round.
///
/// # Errors
/// `not-found`.
async fn get(cx: &Services, actor: &Actor, id: RosterRoundId) -> AppResult<RoundView> {
    let row = visible(cx, actor, id).await?;
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, rows: Vec<roster_round::Model>) -> AppResult<Vec<RoundView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut sums: HashMap<RosterRoundId, RoundSums> = HashMap::new();
    for (id, standing, persons) in store::sum_rounds(cx.db.read(), &ids).await? {
        let standing = standing.map_or(Some(RoundStanding::Unvisited), |standing| RoundStanding::parse(&standing));
        let standing = standing.ok_or_else(|| AppError::internal("an unknown standing in a round"))?;
        sums.entry(id).or_default().count(standing, u64::try_from(persons).map_err(AppError::internal)?);
    }
    let divisions = organisation::division_names(cx, rows.iter().map(|row| row.division.as_str())).await?;
    let schools = organisation::provider_names(cx, rows.iter().filter_map(|row| row.provider_id)).await?;
    let now = cx.clock.now();
    let view = |row: roster_round::Model| {
        let span = span_of(&row)?;
        let place_name = match row.provider_id {
            Some(id) => schools.get(&id),
            None => divisions.get(&row.division),
        };
        Ok(RoundView {
            id: row.id,
            place_name: place_name.cloned().unwrap_or_default(),
            division: row.division,
            provider_id: row.provider_id,
            name: row.name,
            begins_on: span.begins_on,
            ends_on: span.ends_on,
            is_running: span.holds(now),
            sums: sums.get(&row.id).copied().unwrap_or_default(),
        })
    };
    rows.into_iter().map(view).collect()
}

fn span_of(row: &roster_round::Model) -> AppResult<RoundSpan> {
    let day = |text: &str| read_date(text).ok_or_else(|| AppError::internal("a round without days"));
    Ok(RoundSpan { begins_on: day(&row.begins_on)?, ends_on: day(&row.ends_on)? })
}

async fn visits_of(cx: &Services, tx: &Tx, ids: &[RosterEntryId]) -> AppResult<HashMap<RosterEntryId, Vec<Visit>>> {
    let mut visits: HashMap<RosterEntryId, Vec<Visit>> = HashMap::new();
    for row in store::list_visits(tx.conn(), ids).await? {
        visits.entry(row.entry_id).or_default().push(open_visit(cx, &row)?);
    }
    Ok(visits)
}

/// Brings what rounds say of entries to what the visits to them say.
///
/// # Errors
/// If the store fails.
pub(super) async fn count_anew(
    tx: &Tx,
    entries: &[roster_entry::Model],
    visits: &HashMap<RosterEntryId, Vec<Visit>>,
) -> AppResult<()> {
    let divisions: BTreeSet<&str> = entries.iter().map(|entry| entry.division.as_str()).collect();
    if divisions.is_empty() {
        return Ok(());
    }
    for round in store::list_rounds_in(tx.conn(), &divisions).await? {
        let place = (round.division.as_str(), round.provider_id);
        let of_place = entries.iter().filter(|entry| place == (entry.division.as_str(), entry.provider_id));
        let ids: Vec<_> = of_place.map(|entry| entry.id).collect();
        put(tx, &round, &ids, visits).await?;
    }
    Ok(())
}

/// Keeps what a round has brought of these entries.
async fn put(
    tx: &Tx,
    round: &roster_round::Model,
    ids: &[RosterEntryId],
    visits: &HashMap<RosterEntryId, Vec<Visit>>,
) -> AppResult<()> {
    let span = span_of(round)?;
    let (mut rows, mut unvisited) = (Vec::new(), Vec::new());
    for id in ids {
        let standing = round_standing(visits.get(id).map(Vec::as_slice).unwrap_or_default(), span);
        match standing {
            RoundStanding::Unvisited => unvisited.push(*id),
            _ => rows.push(roster_round_entry::Model {
                round_id: round.id,
                entry_id: *id,
                standing: standing.as_str().to_owned(),
            }),
        }
    }
    store::remove_standings(tx.conn(), round.id, &unvisited).await?;
    store::put_standings(tx.conn(), &rows).await
}
