//! The merge itself, and its undoing: all in the write that decides it.

use super::{
    book::{FactBook, FactColumn, Findings, MergePair, Parting, PersonMove},
    cases::{check_place, lock_pair, places},
};
use crate::{
    identity,
    people::{
        entity::{person, person_merge, person_merge_fact},
        place::place_of,
        store,
    },
    platform::{
        Services,
        db::{Conn, Tx},
        error::{AppError, AppResult},
    },
};
use sea_orm::SqlErr;
use shared::{
    ids::{AccountId, PersonMergeId},
    people::{MergeGround, MergeObstacle, MergeRefusal},
};
use uuid::Uuid;

/// Gives every fact of the merged one to the survivor. The account that was closed, if one was.
///
/// # Errors
/// [`MergeRefusal::Forbidden`] if something has come in the way since it was proposed.
pub(super) async fn merge(
    cx: &Services,
    tx: &Tx,
    book: &FactBook,
    row: &person_merge::Model,
    by: AccountId,
) -> AppResult<Option<AccountId>> {
    let (kept, ended) = lock_pair(tx, row.survivor_id, row.merged_id).await?;
    let [kept_at, ended_at] = places(row);
    check_place(&[(&kept, &kept_at), (&ended, &ended_at)])?;
    let conn = Conn::from(tx.conn());
    let pair = book.pair(&conn, row.survivor_id, row.merged_id).await?;
    let findings = book.find(&conn, &pair).await?;
    if let Some(obstacle) = findings.obstacles.first() {
        return Err(AppError::refused(MergeRefusal::Forbidden(*obstacle)));
    }
    end_number(tx, row, by).await?;
    let mut moved = 0;
    for column in book.columns() {
        moved += Mover { tx, merge: row.id, column }.go(&pair, &findings).await?;
    }
    tx.note("moved", moved);
    store::set_merged_into(tx.conn(), pair.merged, pair.survivor, true).await?;
    let closed = pair.merged_learns.account.filter(|_| pair.survivor_learns.account.is_some());
    if let Some(account) = closed {
        identity::close_account(tx, account).await?;
        tx.note("closed_account", account.to_string());
    }
    book.settle(cx, tx, &pair, true).await?;
    Ok(closed)
}

fn ground_of(row: &person_merge::Model) -> AppResult<MergeGround> {
    MergeGround::parse(&row.ground).ok_or_else(|| AppError::internal(format!("merge on {}", row.ground)))
}

/// A document that is a second one of the survivor's finds them from now on; a number that is wrong or
/// replaced finds nobody.
async fn end_number(tx: &Tx, row: &person_merge::Model, by: AccountId) -> AppResult<()> {
    if ground_of(row)?.keeps_number() {
        return store::set_further(tx.conn(), row.merged_document_id, true).await;
    }
    store::end_document(tx.conn(), row.merged_document_id, by, tx.now(), &row.reason).await
}

/// One column whose rows go to somebody else.
struct Mover<'a> {
    tx: &'a Tx,
    merge: PersonMergeId,
    column: &'static FactColumn,
}

impl Mover<'_> {
    /// Moves what names the merged one, and what follows from a row that stays. How many rows it moved.
    async fn go(&self, pair: &MergePair, findings: &Findings) -> AppResult<usize> {
        let kind = self.column.kind;
        let mut moved = 0;
        if let Some(way) = pair.way(self.column.holds) {
            let stays = |row: &Uuid| findings.staying.contains(&(kind, *row));
            moved += self.go_from(way, stays).await?;
        }
        for (_, from, to) in findings.following.iter().filter(|(of, ..)| *of == kind) {
            moved += self.go_from((*from, *to), |_| false).await?;
        }
        Ok(moved)
    }

    async fn go_from(&self, way: (Uuid, Uuid), stays: impl Fn(&Uuid) -> bool) -> AppResult<usize> {
        let mut rows = store::list_facts(self.tx.conn(), self.column, way.0).await?;
        rows.retain(|row| !stays(row));
        let moved = store::move_facts(self.tx.conn(), self.column, &rows, way).await.map_err(clash)?;
        if moved != rows.len() as u64 {
            return Err(AppError::internal("a fact moved by itself"));
        }
        let row = |row_id: &Uuid| person_merge_fact::Model {
            merge_id: self.merge,
            table_name: self.column.kind.as_str().to_owned(),
            column_name: self.column.holder.to_owned(),
            row_id: *row_id,
            from_id: way.0,
            to_id: way.1,
        };
        store::insert_moved(self.tx.conn(), rows.iter().map(row).collect()).await?;
        Ok(rows.len())
    }
}

/// A key that both would have had is a reason not to merge, not a failure.
fn clash(error: AppError) -> AppError {
    match error {
        AppError::Store(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            AppError::refused(MergeRefusal::Forbidden(MergeObstacle::Clash))
        }
        other => other,
    }
}

/// Gives the merged one back exactly what was theirs. What came since is the survivor's.
///
/// # Errors
/// [`MergeRefusal::BuiltUpon`] or [`MergeRefusal::DocumentTaken`].
pub(super) async fn undo(cx: &Services, tx: &Tx, book: &FactBook, row: &person_merge::Model) -> AppResult<()> {
    let (kept, ended) = lock_pair(tx, row.survivor_id, row.merged_id).await?;
    if kept.merged_into.is_some() {
        return Err(AppError::refused(MergeRefusal::BuiltUpon));
    }
    let moved = store::list_moved(tx.conn(), row.id).await?;
    let way =
        |fact: &person_merge_fact::Model| (fact.table_name.clone(), fact.column_name.clone(), fact.from_id, fact.to_id);
    for facts in moved.chunk_by(|one, other| way(one) == way(other)) {
        go_back(tx, book, facts).await?;
    }
    reopen_number(tx, row).await?;
    store::set_merged_into(tx.conn(), row.merged_id, row.survivor_id, false).await?;
    if let Some(account) = row.closed_account_id {
        identity::reopen_account(tx, account).await?;
    }
    let pair = book.pair(&Conn::from(tx.conn()), row.survivor_id, row.merged_id).await?;
    let own = [pair.survivor_learns.account, pair.merged_learns.account];
    // The survivor has a later record by the account that came along: it cannot be both people's.
    if own[0].is_some() && own[0] == own[1] {
        return Err(AppError::refused(MergeRefusal::BuiltUpon));
    }
    tx.note("moved_back", moved.len());
    book.settle(cx, tx, &pair, false).await?;
    book.part(cx, tx, &parting(row, kept, ended)?).await
}

/// Where the two have been since they became one.
fn parting(row: &person_merge::Model, kept: person::Model, ended: person::Model) -> AppResult<Parting> {
    let [was_at, _] = places(row);
    let (now_at, home) = (place_of(&kept), place_of(&ended));
    Ok(Parting {
        merged_at: row.decided_at.ok_or_else(|| AppError::internal("a merge that nobody decided"))?,
        survivor: PersonMove {
            person_id: kept.id,
            from: was_at,
            to: now_at.clone(),
            residence_division: kept.residence_division,
        },
        merged: PersonMove {
            person_id: ended.id,
            from: now_at,
            to: home,
            residence_division: ended.residence_division,
        },
    })
}

/// Takes facts of one column back from one holder to another.
async fn go_back(tx: &Tx, book: &FactBook, facts: &[person_merge_fact::Model]) -> AppResult<()> {
    let Some(first) = facts.first() else { return Ok(()) };
    let mut columns = book.columns();
    let column = columns.find(|column| column.kind.as_str() == first.table_name && column.holder == first.column_name);
    let column = column.ok_or_else(|| AppError::internal(format!("nobody keeps {}", first.table_name)))?;
    let rows: Vec<Uuid> = facts.iter().map(|fact| fact.row_id).collect();
    let back = store::move_facts(tx.conn(), column, &rows, (first.to_id, first.from_id)).await;
    match back {
        Ok(back) if back == rows.len() as u64 => Ok(()),
        Ok(_) => Err(AppError::refused(MergeRefusal::BuiltUpon)),
        Err(error) => Err(clash(error)),
    }
}

async fn reopen_number(tx: &Tx, row: &person_merge::Model) -> AppResult<()> {
    if ground_of(row)?.keeps_number() {
        return store::set_further(tx.conn(), row.merged_document_id, false).await;
    }
    match store::reopen_document(tx.conn(), row.merged_document_id).await? {
        true => Ok(()),
        false => Err(AppError::refused(MergeRefusal::DocumentTaken)),
    }
}
