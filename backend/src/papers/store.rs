//! Statements on the feature's tables.

mod blueprints;
mod draws;
mod keys;
mod openings;
mod uses;

pub(super) use blueprints::*;
pub(super) use draws::*;
pub(super) use keys::*;
pub(super) use openings::*;
pub(super) use uses::*;

use super::entity::{paper, paper_item};
use crate::platform::error::AppResult;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use shared::{
    ids::{AccountId, CourseId, PaperId},
    item_bank::SCORER_VERSION,
    papers::PaperState,
    time::Timestamp,
};

/// Papers whose items one statement asks for.
const PAPERS: usize = 500;

/// A paper without its package, which may be large.
#[derive(FromQueryResult)]
pub(super) struct PaperHead {
    pub(super) id: PaperId,
    pub(super) course_id: CourseId,
    pub(super) title: String,
    /// `Vec<PaperSection>` as JSON, if it has parts.
    pub(super) sections: Option<String>,
    /// `PaperTools` as JSON, if candidates have any.
    pub(super) tools: Option<String>,
    pub(super) created_by: AccountId,
    pub(super) proposed_by: Option<AccountId>,
    pub(super) sent_back_because: Option<String>,
    pub(super) sealed_by: Option<AccountId>,
    pub(super) sealed_at: Option<Timestamp>,
    pub(super) package_sha256: Option<String>,
    pub(super) discarded_at: Option<Timestamp>,
    pub(super) discarded_because: Option<String>,
}

fn heads() -> Select<paper::Entity> {
    use paper::Column;
    let query = paper::Entity::find().select_only().columns([Column::Id, Column::CourseId, Column::Title]);
    let query = query.columns([Column::Sections, Column::Tools, Column::CreatedBy]);
    let query = query.columns([Column::ProposedBy, Column::SentBackBecause, Column::SealedBy, Column::SealedAt]);
    query.columns([Column::PackageSha256, Column::DiscardedAt, Column::DiscardedBecause])
}

pub(super) async fn insert(
    conn: &impl ConnectionTrait,
    row: paper::Model,
    items: Vec<paper_item::Model>,
) -> AppResult<()> {
    paper::Entity::insert(paper::ActiveModel::from(row)).exec_without_returning(conn).await?;
    let items = items.into_iter().map(paper_item::ActiveModel::from);
    paper_item::Entity::insert_many(items).exec_without_returning(conn).await?;
    Ok(())
}

/// The paper; nobody else changes it until the write ends.
pub(super) async fn lock(conn: &impl ConnectionTrait, id: PaperId) -> AppResult<Option<PaperHead>> {
    let query = heads().filter(paper::Column::Id.eq(id)).lock_exclusive();
    Ok(query.into_model::<PaperHead>().one(conn).await?)
}

pub(super) async fn find(conn: &impl ConnectionTrait, id: PaperId) -> AppResult<Option<PaperHead>> {
    Ok(heads().filter(paper::Column::Id.eq(id)).into_model::<PaperHead>().one(conn).await?)
}

/// The title of a paper.
pub(super) async fn find_title(conn: &impl ConnectionTrait, id: PaperId) -> AppResult<Option<String>> {
    let query = paper::Entity::find_by_id(id).select_only().column(paper::Column::Title);
    Ok(query.into_tuple().one(conn).await?)
}

/// Papers within this, the newest first, from after the last of the page before.
pub(super) async fn list(
    conn: &impl ConnectionTrait,
    within: Condition,
    after: Option<PaperId>,
    rows: u64,
) -> AppResult<Vec<PaperHead>> {
    use paper::Column;
    let mut query = heads().filter(within);
    if let Some(id) = after {
        query = query.filter(Column::Id.lt(id));
    }
    Ok(query.order_by_desc(Column::Id).limit(rows).into_model::<PaperHead>().all(conn).await?)
}

/// Papers that test a course.
pub(super) fn of_course(id: CourseId) -> Condition {
    Condition::all().add(paper::Column::CourseId.eq(id))
}

/// How many papers are within this.
pub(super) async fn count(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(paper::Entity::find().filter(within).count(conn).await?)
}

/// Papers that wait for this account: to be proposed, or to be sealed after somebody else proposed it.
pub(super) fn awaiting_seal(account: AccountId) -> Condition {
    use paper::Column;
    let is_theirs = Condition::any().add(Column::ProposedBy.is_null()).add(Column::ProposedBy.ne(account));
    Condition::all().add(Column::SealedAt.is_null()).add(Column::DiscardedAt.is_null()).add(is_theirs)
}

/// Papers in a state.
pub(super) fn standing(state: PaperState) -> Condition {
    use paper::Column;
    let not_ended = Condition::all().add(Column::SealedAt.is_null()).add(Column::DiscardedAt.is_null());
    match state {
        PaperState::Open => not_ended.add(Column::ProposedBy.is_null()),
        PaperState::Proposed => not_ended.add(Column::ProposedBy.is_not_null()),
        PaperState::Sealed => Condition::all().add(Column::SealedAt.is_not_null()),
        PaperState::Discarded => Condition::all().add(Column::DiscardedAt.is_not_null()),
    }
}

/// The items of a paper, in the author's order.
pub(super) async fn list_items(conn: &impl ConnectionTrait, id: PaperId) -> AppResult<Vec<paper_item::Model>> {
    let query = paper_item::Entity::find().filter(paper_item::Column::PaperId.eq(id));
    Ok(query.order_by_asc(paper_item::Column::Position).all(conn).await?)
}

/// The items of these papers, of each in the author's order.
pub(super) async fn list_items_of(conn: &impl ConnectionTrait, ids: &[PaperId]) -> AppResult<Vec<paper_item::Model>> {
    use paper_item::Column;
    let mut found = Vec::new();
    for chunk in ids.chunks(PAPERS) {
        let query = paper_item::Entity::find().filter(Column::PaperId.is_in(chunk.iter().copied()));
        found.extend(query.order_by_asc(Column::PaperId).order_by_asc(Column::Position).all(conn).await?);
    }
    Ok(found)
}

/// Pins the version of an item that somebody found ready, the rules that score it, and its options that are not shuffled.
pub(super) async fn pin(
    conn: &impl ConnectionTrait,
    item: &paper_item::Model,
    (pinned_options, pinned_parts): (Option<String>, Option<String>),
) -> AppResult<()> {
    let pinned = paper_item::ActiveModel {
        item_version: Set(item.proposed_version),
        scorer_version: Set(Some(i32::from(SCORER_VERSION))),
        pinned_options: Set(pinned_options),
        pinned_parts: Set(pinned_parts),
        ..Default::default()
    };
    update_item(conn, (item.paper_id, item.position), pinned).await
}

/// Keeps the version of an item that somebody found ready to be sealed.
pub(super) async fn propose_version(
    conn: &impl ConnectionTrait,
    item: &paper_item::Model,
    version: i32,
) -> AppResult<()> {
    let proposed = paper_item::ActiveModel { proposed_version: Set(Some(version)), ..Default::default() };
    update_item(conn, (item.paper_id, item.position), proposed).await
}

async fn update_item(
    conn: &impl ConnectionTrait,
    (paper_id, position): (PaperId, i32),
    row: paper_item::ActiveModel,
) -> AppResult<()> {
    paper_item::Entity::update_many()
        .set(row)
        .filter(paper_item::Column::PaperId.eq(paper_id))
        .filter(paper_item::Column::Position.eq(position))
        .exec(conn)
        .await?;
    Ok(())
}

pub(super) async fn propose(
    conn: &impl ConnectionTrait,
    id: PaperId,
    (person, now): (AccountId, Timestamp),
) -> AppResult<()> {
    let row = paper::ActiveModel {
        proposed_by: Set(Some(person)),
        proposed_at: Set(Some(now)),
        sent_back_because: Set(None),
        ..Default::default()
    };
    update_unsealed(conn, id, row).await
}

pub(super) async fn send_back(conn: &impl ConnectionTrait, id: PaperId, reason: &str) -> AppResult<()> {
    let row = paper::ActiveModel {
        proposed_by: Set(None),
        proposed_at: Set(None),
        sent_back_because: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    update_unsealed(conn, id, row).await
}

/// What sealing adds to a paper.
pub(super) struct Seal {
    /// By whom.
    pub(super) sealed_by: AccountId,
    /// When.
    pub(super) sealed_at: Timestamp,
    /// SHA-256 of the package, in hex.
    pub(super) sha256: String,
    /// The encrypted package.
    pub(super) package: Vec<u8>,
    /// The content key, encrypted at rest.
    pub(super) content_key: Vec<u8>,
    /// The content key, wrapped by what is read out.
    pub(super) spoken_key: Vec<u8>,
}

pub(super) async fn seal(conn: &impl ConnectionTrait, id: PaperId, seal: Seal) -> AppResult<()> {
    let row = paper::ActiveModel {
        sealed_by: Set(Some(seal.sealed_by)),
        sealed_at: Set(Some(seal.sealed_at)),
        package_sha256: Set(Some(seal.sha256)),
        package: Set(Some(seal.package)),
        content_key: Set(Some(seal.content_key)),
        spoken_key: Set(Some(seal.spoken_key)),
        ..Default::default()
    };
    update_unsealed(conn, id, row).await
}

pub(super) async fn discard(
    conn: &impl ConnectionTrait,
    id: PaperId,
    (person, now): (AccountId, Timestamp),
    reason: &str,
) -> AppResult<()> {
    let row = paper::ActiveModel {
        discarded_by: Set(Some(person)),
        discarded_at: Set(Some(now)),
        discarded_because: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    update_unsealed(conn, id, row).await
}

/// Says what candidates may use beside a paper.
pub(super) async fn set_tools(conn: &impl ConnectionTrait, id: PaperId, tools: Option<String>) -> AppResult<()> {
    update_unsealed(conn, id, paper::ActiveModel { tools: Set(tools), ..Default::default() }).await
}

/// What is sealed stays as it is.
async fn update_unsealed(conn: &impl ConnectionTrait, id: PaperId, row: paper::ActiveModel) -> AppResult<()> {
    paper::Entity::update_many()
        .set(row)
        .filter(paper::Column::Id.eq(id))
        .filter(paper::Column::SealedAt.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// The encrypted content key alone.
pub(super) async fn find_content_key(conn: &impl ConnectionTrait, id: PaperId) -> AppResult<Option<Vec<u8>>> {
    let query = paper::Entity::find_by_id(id).select_only().column(paper::Column::ContentKey);
    Ok(query.into_tuple::<Option<Vec<u8>>>().one(conn).await?.flatten())
}

/// The hash of the sealed package, and the wrapped key that goes with it.
pub(super) async fn find_package_head(
    conn: &impl ConnectionTrait,
    id: PaperId,
) -> AppResult<Option<(Option<String>, Option<Vec<u8>>)>> {
    use paper::Column;
    let query = paper::Entity::find_by_id(id).select_only().column(Column::PackageSha256).column(Column::SpokenKey);
    Ok(query.into_tuple().one(conn).await?)
}

/// The sealed package alone.
pub(super) async fn find_package(conn: &impl ConnectionTrait, id: PaperId) -> AppResult<Option<Vec<u8>>> {
    let query = paper::Entity::find_by_id(id).select_only().column(paper::Column::Package);
    Ok(query.into_tuple::<Option<Vec<u8>>>().one(conn).await?.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::{DbBackend, QueryTrait};

    #[test]
    fn nobody_reads_the_whole_package_who_asks_for_a_paper() {
        for backend in [DbBackend::Sqlite, DbBackend::Postgres] {
            let read = heads().build(backend).to_string();
            assert!(read.contains("\"package_sha256\"") && !read.contains("\"package\""), "{read}");
            assert!(!read.contains("\"content_key\""), "{read}");
        }
    }
}
