//! Which entry stands for one that was set aside: a merge or a move has left the person another.

use super::{entity::roster_entry, place::place_of_entry, store};
use crate::{
    people::{self, PersonFacts},
    platform::error::AppResult,
};
use sea_orm::ConnectionTrait;
use shared::ids::{PersonId, RosterEntryId};
use std::collections::HashMap;

/// For each of these entries the one that stands for it: itself, unless it is set aside and its person, or who that
/// person was merged into, stands on a roster by another.
///
/// # Errors
/// If the store fails.
pub(super) async fn standing(
    conn: &impl ConnectionTrait,
    entries: Vec<roster_entry::Model>,
) -> AppResult<HashMap<RosterEntryId, roster_entry::Model>> {
    let set_aside = entries.iter().filter(|entry| entry.set_aside_at.is_some());
    let set_aside: Vec<PersonId> = set_aside.map(|entry| entry.person_id).collect();
    let people = people::survivors(conn, &set_aside).await?;
    let survivors: Vec<PersonId> = people.values().map(|person| person.id).collect();
    let listed = store::list_standing_of(conn, &survivors).await?;
    let successor = |entry: &roster_entry::Model| {
        let person = entry.set_aside_at.and_then(|_| people.get(&entry.person_id));
        person.and_then(|person| nearest(&listed, person, entry)).cloned()
    };
    Ok(entries.into_iter().map(|entry| (entry.id, successor(&entry).unwrap_or(entry))).collect())
}

/// Of the entries by which a person stands on rosters, that on the same one, or else on the one of who keeps them.
fn nearest<'a>(
    listed: &'a [roster_entry::Model],
    person: &PersonFacts,
    entry: &roster_entry::Model,
) -> Option<&'a roster_entry::Model> {
    let place = place_of_entry(entry);
    listed.iter().filter(|other| other.person_id == person.id).max_by_key(|other| {
        let listed_at = place_of_entry(other);
        (listed_at == place, listed_at == person.place)
    })
}
