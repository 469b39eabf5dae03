//! A person goes to another place: where they stand on rosters follows.

use super::{
    entity::roster_entry,
    place::{columns, place_of_entry},
    store,
    visits::restate,
};
use crate::{
    people::PersonMove,
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
