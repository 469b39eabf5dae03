//! What merging two persons, and one who goes to another place, must know of rosters.

use super::{entity::roster_entry, moves, place::place_of_entry, store};
use crate::{
    people::{FactColumn, FactKeeper, Findings, Holder, MergePair, Parting, PersonMove},
    platform::{
        Services,
        db::{Conn, Tx},
        error::AppResult,
    },
};
use futures::future::LocalBoxFuture;
use shared::people::FactKind;

/// Entries on rosters, and the visits of each.
///
/// A person stands on a roster once. Where both persons do, the merged one's entry stays theirs and is set
/// aside, and its visits are the survivor's entry's.
struct RosterFacts;

/// See [`RosterFacts`].
#[must_use]
pub fn person_facts() -> Box<dyn FactKeeper> {
    Box::new(RosterFacts)
}

const COLUMNS: &[FactColumn] = &[
    FactColumn { kind: FactKind::RosterEntry, row: "id", holder: "person_id", holds: Holder::Person },
    FactColumn { kind: FactKind::RosterVisit, row: "id", holder: "entry_id", holds: Holder::Row },
];

impl FactKeeper for RosterFacts {
    fn columns(&self) -> &'static [FactColumn] {
        COLUMNS
    }

    fn find<'a>(&'a self, conn: &'a Conn<'a>, pair: &'a MergePair) -> LocalBoxFuture<'a, AppResult<Findings>> {
        Box::pin(async move {
            let of_survivor = store::list_entries_of(conn, pair.survivor).await?;
            let mut found = Findings::default();
            for entry in store::list_entries_of(conn, pair.merged).await? {
                if let Some(other) = of_survivor.iter().find(|other| is_same_roster(other, &entry)) {
                    found.staying.push((FactKind::RosterEntry, entry.id.0));
                    found.following.push((FactKind::RosterVisit, entry.id.0, other.id.0));
                }
            }
            Ok(found)
        })
    }

    /// What still is the merged one's after a merge was not moved, and is set aside; what a move has set aside
    /// before is left as it is.
    fn settle<'a>(
        &'a self,
        _cx: &'a Services,
        tx: &'a Tx,
        pair: &'a MergePair,
        is_merged: bool,
    ) -> LocalBoxFuture<'a, AppResult<()>> {
        Box::pin(async move {
            match is_merged {
                true => store::set_aside(tx.conn(), pair.merged, tx.now()).await,
                false => Ok(()),
            }
        })
    }

    fn part<'a>(&'a self, cx: &'a Services, tx: &'a Tx, parting: &'a Parting) -> LocalBoxFuture<'a, AppResult<()>> {
        Box::pin(moves::part(cx, tx, parting))
    }

    fn follow<'a>(&'a self, cx: &'a Services, tx: &'a Tx, going: &'a PersonMove) -> LocalBoxFuture<'a, AppResult<()>> {
        Box::pin(moves::follow(cx, tx, going))
    }
}

fn is_same_roster(one: &roster_entry::Model, other: &roster_entry::Model) -> bool {
    place_of_entry(one) == place_of_entry(other)
}
