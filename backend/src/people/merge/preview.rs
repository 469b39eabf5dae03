//! What a merge would do, told before anybody proposes it.

use super::{
    book::{FactBook, Findings, Holder, Learning, MergePair},
    cases::seen_pair,
    duplicates::differing,
};
use crate::{
    access::Actor,
    people::{
        entity::{person, person_document},
        fields::kind_of,
        store,
        views::view,
    },
    platform::{
        Services,
        db::Conn,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::PersonId,
    people::{FactCount, LogInFate, MergeObstacle, MergePreview, RecordWeight, grounds, outweighs},
};
use uuid::Uuid;

/// What would become of two persons. The same is asked again when it is proposed and when it is done.
///
/// # Errors
/// `not-found` if there is none of the survivor of whom the actor may know, the field `/merged_id`, or
/// `forbidden`.
pub(super) async fn preview(
    cx: &Services,
    book: &FactBook,
    actor: &Actor,
    (survivor, merged): (PersonId, PersonId),
) -> AppResult<MergePreview> {
    let (kept, ended) = seen_pair(cx, actor, survivor, merged).await?;
    let conn = Conn::from(cx.db.read());
    let pair = book.pair(&conn, survivor, merged).await?;
    let mut findings = book.find(&conn, &pair).await?;
    if store::has_open_merge(&conn, pair.people()).await? {
        findings.obstacles.push(MergeObstacle::OpenMerge);
    }
    let facts = count(book, &conn, &pair, &findings).await?;
    let (of_kept, of_ended) = (naming(&conn, survivor).await?, naming(&conn, merged).await?);
    Ok(MergePreview {
        suggested_survivor: suggest(&kept, &ended, &pair, &facts),
        differs: differing(&kept, &ended),
        grounds: grounds(kind_of(&of_kept)?, kind_of(&of_ended)?).collect(),
        log_in: fate(&pair),
        facts,
        obstacles: findings.obstacles,
        survivor: view(cx, kept, vec![of_kept])?,
        merged: view(cx, ended, vec![of_ended])?,
    })
}

/// The document that names a person.
pub(super) async fn naming(conn: &Conn<'_>, id: PersonId) -> AppResult<person_document::Model> {
    let found = store::find_in_force(conn, id).await?;
    found.ok_or_else(|| AppError::internal("a person without a document"))
}

/// How many facts of each kind both have; a kind that neither has is left out.
async fn count(book: &FactBook, conn: &Conn<'_>, pair: &MergePair, findings: &Findings) -> AppResult<Vec<FactCount>> {
    let mut counts: Vec<FactCount> = Vec::new();
    for column in book.columns() {
        let of = |person: PersonId, learning: Learning| -> Option<Uuid> {
            match column.holds {
                Holder::Person => Some(person.0),
                Holder::Account => learning.account.map(|account| account.0),
                Holder::Row => None,
            }
        };
        // A table that names both the person and the account holds each fact once.
        if column.holds == Holder::Row || counts.iter().any(|counted| counted.kind == column.kind) {
            continue;
        }
        let mut count = FactCount { kind: column.kind, survivor: 0, merged: 0, staying: 0 };
        if let Some(holder) = of(pair.survivor, pair.survivor_learns) {
            count.survivor = store::count_facts(conn, column, holder).await?;
        }
        if let Some(holder) = of(pair.merged, pair.merged_learns) {
            count.merged = store::count_facts(conn, column, holder).await?;
        }
        count.staying = findings.staying.iter().filter(|(kind, _)| *kind == column.kind).count() as u64;
        counts.push(count);
    }
    counts.retain(|count| count.survivor + count.merged > 0);
    Ok(counts)
}

/// Who of the two should rather stay.
fn suggest(kept: &person::Model, ended: &person::Model, pair: &MergePair, facts: &[FactCount]) -> PersonId {
    let weight = |row: &person::Model, learning: Learning, facts: u64| RecordWeight {
        is_running: learning.is_running,
        has_account: learning.account.is_some(),
        facts,
        created_at: row.created_at,
    };
    let kept = weight(kept, pair.survivor_learns, facts.iter().map(|count| count.survivor).sum());
    let ended = weight(ended, pair.merged_learns, facts.iter().map(|count| count.merged).sum());
    if outweighs(&kept, &ended) { pair.survivor } else { pair.merged }
}

fn fate(pair: &MergePair) -> LogInFate {
    match (pair.merged_learns.account, pair.survivor_learns.account) {
        (None, _) => LogInFate::None,
        (Some(_), None) => LogInFate::GoesAlong,
        (Some(_), Some(_)) => LogInFate::Closes,
    }
}
