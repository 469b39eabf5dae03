//! A person goes to another place: where they stand on rosters follows. Two persons who were one for a while are apart
//! again: each stands where they are kept, once.

use super::{
    entity::roster_entry,
    place::{columns, place_of_entry},
    store,
    visits::restate,
};
use crate::{
    people::{Parting, PersonMove},
    platform::{Services, db::Tx, error::AppResult},
};
use shared::{rights::Place, time::Timestamp};

/// Takes a person from the roster that they leave to the one of their new place, within the write that moves
/// them. No surveyor of the old place is sent to them any more.
///
/// # Errors
/// If the store fails.
pub(super) async fn follow(cx: &Services, tx: &Tx, going: &PersonMove) -> AppResult<()> {
    let entries = store::lock_entries_of(tx.conn(), &[going.person_id]).await?;
    let changed = led(entries, going, tx.now())?;
    for entry in &changed {
        store::move_entry(tx.conn(), entry).await?;
    }
    restate(cx, tx, changed).await
}

/// Those entries of a person that change when they go, as they are then.
///
/// A person stands on a roster once. If they stand on that of the new place already, that entry counts, and the
/// one of the place that they leave is set aside, as after a merge. The roster of a place around both, such as a
/// county's, is not left.
fn led(entries: Vec<roster_entry::Model>, going: &PersonMove, now: Timestamp) -> AppResult<Vec<roster_entry::Model>> {
    let (arrived, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| is_roster_of(entry, &going.to));
    let mut left = others.into_iter().filter(|entry| is_left(entry, going)).map(without_surveyor).peekable();
    if left.peek().is_none() {
        return Ok(Vec::new());
    }
    let mut changed: Vec<_> = match arrived.is_empty() {
        true => left.by_ref().take(1).map(|entry| moved(entry, going)).collect::<AppResult<_>>()?,
        false => arrived
            .into_iter()
            .filter(|entry| entry.set_aside_at.is_some())
            .map(|entry| roster_entry::Model { set_aside_at: None, ..entry })
            .collect(),
    };
    changed.extend(left.map(|entry| roster_entry::Model { set_aside_at: Some(now), ..entry }));
    Ok(changed)
}

/// Leads the entries of two persons who are apart again to where each of them is kept, within the write that parts
/// them.
///
/// # Errors
/// If the store fails.
pub(super) async fn part(cx: &Services, tx: &Tx, parting: &Parting) -> AppResult<()> {
    let Parting { merged_at, survivor, merged } = parting;
    let entries = store::lock_entries_of(tx.conn(), &[survivor.person_id, merged.person_id]).await?;
    let (of_merged, of_survivor): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|entry| entry.person_id == merged.person_id);
    let mut changed = revived(&of_merged, *merged_at);
    if survivor.from != survivor.to {
        changed.extend(own_instead(of_survivor, survivor, *merged_at)?);
        let now = |entry: roster_entry::Model| changed.iter().find(|one| one.id == entry.id).cloned().unwrap_or(entry);
        let led_home = led_home(of_merged.into_iter().map(now).collect(), merged, tx.now())?;
        changed.retain(|entry| led_home.iter().all(|led| led.id != entry.id));
        changed.extend(led_home);
    }
    for entry in &changed {
        store::move_entry(tx.conn(), entry).await?;
    }
    restate(cx, tx, changed).await
}

/// What of the merged one's has gone along with the survivor, and goes home.
fn led_home(
    entries: Vec<roster_entry::Model>,
    going: &PersonMove,
    now: Timestamp,
) -> AppResult<Vec<roster_entry::Model>> {
    if going.from == going.to { Ok(Vec::new()) } else { led(entries, going, now) }
}

/// Entries of the merged one that are in force again: those that the merge has set aside, and moves of the survivor
/// since then. A move of their own before the merge set aside what it set aside.
fn revived(entries: &[roster_entry::Model], merged_at: Timestamp) -> Vec<roster_entry::Model> {
    let since = entries.iter().filter(|entry| entry.set_aside_at.is_some_and(|at| at >= merged_at));
    since.map(|entry| roster_entry::Model { set_aside_at: None, ..entry.clone() }).collect()
}

/// The survivor's own entry where they are kept now, if they stood there by one of the merged one's alone: it is the
/// one that the move has set aside.
fn own_instead(
    entries: Vec<roster_entry::Model>,
    going: &PersonMove,
    merged_at: Timestamp,
) -> AppResult<Option<roster_entry::Model>> {
    if entries.iter().any(|entry| entry.set_aside_at.is_none() && is_roster_of(entry, &going.to)) {
        return Ok(None);
    }
    let is_candidate = |entry: &roster_entry::Model| {
        is_roster_of(entry, &going.to) || entry.set_aside_at.is_some_and(|at| at >= merged_at)
    };
    let candidates = entries.into_iter().filter(is_candidate);
    let latest = candidates.max_by_key(|entry| (is_roster_of(entry, &going.to), entry.set_aside_at));
    latest.map(|entry| moved(roster_entry::Model { set_aside_at: None, ..entry }, going)).transpose()
}

fn is_roster_of(entry: &roster_entry::Model, place: &Place) -> bool {
    let listed_at = place_of_entry(entry);
    listed_at.contains(place) && place.contains(&listed_at)
}

fn is_left(entry: &roster_entry::Model, going: &PersonMove) -> bool {
    let listed_at = place_of_entry(entry);
    let stays = listed_at.contains(&going.to) && !is_roster_of(entry, &going.from);
    entry.set_aside_at.is_none() && listed_at.contains(&going.from) && !stays
}

fn without_surveyor(entry: roster_entry::Model) -> roster_entry::Model {
    roster_entry::Model { surveyor_id: None, ..entry }
}

fn moved(entry: roster_entry::Model, going: &PersonMove) -> AppResult<roster_entry::Model> {
    let (division, provider_id) = columns(&going.to)?;
    Ok(roster_entry::Model {
        division: division.to_string(),
        provider_id,
        residence_division: going.residence_division.clone(),
        ..entry
    })
}
