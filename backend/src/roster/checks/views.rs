//! Checks as they are shown.

use super::{
    super::{
        entity::{roster_check, roster_check_entry},
        place::place_of_check,
        store,
    },
    state_of,
};
use crate::{
    access::Actor,
    identity, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::RosterCheckId,
    rights::Right,
    roster::{RosterCheckView, RosterFinding, SampledEntry},
};
use std::collections::HashMap;

pub(super) async fn views(
    cx: &Services,
    actor: &Actor,
    rows: Vec<roster_check::Model>,
) -> AppResult<Vec<RosterCheckView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut found: HashMap<RosterCheckId, (u32, u32)> = HashMap::new();
    for (id, finding, persons) in store::count_findings(cx.db.read(), &ids).await? {
        let persons = count(persons)?;
        let (all, wrong) = found.entry(id).or_default();
        *all += persons;
        *wrong += if finding == RosterFinding::Wrong.as_str() { persons } else { 0 };
    }
    let divisions = organisation::division_names(cx, rows.iter().map(|row| row.division.as_str())).await?;
    let schools = organisation::provider_names(cx, rows.iter().filter_map(|row| row.provider_id)).await?;
    let people: Vec<_> =
        rows.iter().map(|row| row.confirmed_by).chain(rows.iter().filter_map(|row| row.decided_by)).collect();
    let people = identity::names_of(cx, &people).await?;
    let view = |row: roster_check::Model| {
        let (all, wrong) = found.get(&row.id).copied().unwrap_or_default();
        let place_name = match row.provider_id {
            Some(id) => schools.get(&id),
            None => divisions.get(&row.division),
        };
        let is_told = row.decided_at.is_some() || actor.has_any(&[Right::CheckRoster], &place_of_check(&row));
        let seed = is_told.then(|| u64::try_from(row.seed).map_err(AppError::internal)).transpose()?;
        Ok(RosterCheckView {
            id: row.id,
            place_name: place_name.cloned().unwrap_or_default(),
            on_roster: count(row.persons)?,
            sample_size: count(row.sample_size)?,
            seed,
            found: all,
            wrong,
            state: state_of(&row)?,
            confirmed_by_name: people.get(&row.confirmed_by).cloned().unwrap_or_default(),
            confirmed_at: row.confirmed_at,
            decided_by_name: row.decided_by.and_then(|id| people.get(&id)).cloned().unwrap_or_default(),
            decided_at: row.decided_at,
            division: row.division,
            provider_id: row.provider_id,
            reason: row.reason,
        })
    };
    rows.into_iter().map(view).collect()
}

pub(super) async fn sampled(cx: &Services, rows: Vec<roster_check_entry::Model>) -> AppResult<Vec<SampledEntry>> {
    let ids: Vec<_> = rows.iter().map(|row| row.entry_id).collect();
    let entries = store::list_entries_by_ids(cx.db.read(), &ids).await?;
    let names: HashMap<_, _> = entries.into_iter().map(|entry| (entry.id, entry.name)).collect();
    let people: Vec<_> = rows.iter().filter_map(|row| row.found_by).collect();
    let people = identity::names_of(cx, &people).await?;
    let view = |row: roster_check_entry::Model| {
        Ok(SampledEntry {
            position: count(row.position)?,
            entry_id: row.entry_id,
            name: names.get(&row.entry_id).cloned().unwrap_or_default(),
            finding: row.finding.as_deref().and_then(RosterFinding::parse),
            note: row.note,
            found_by_name: row.found_by.and_then(|id| people.get(&id)).cloned().unwrap_or_default(),
            found_at: row.found_at,
        })
    };
    rows.into_iter().map(view).collect()
}

fn count(number: impl TryInto<u32, Error = std::num::TryFromIntError>) -> AppResult<u32> {
    number.try_into().map_err(AppError::internal)
}
