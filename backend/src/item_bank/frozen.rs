//! Items in sealed papers: from the seal on, until candidates have sat them, only their authors read them in the bank. Who
//! composes papers sees them within a paper that two persons opened. Nobody finds them by their words.

use super::{
    alike::ITEMS_WITHOUT_TEXT,
    content,
    entity::{item, item_version},
    store,
};
use crate::{
    access::Actor,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use shared::{
    ids::{AccountId, ItemId},
    item_bank::{LookFacts, judge_look, searched_text},
};
use std::collections::{BTreeSet, HashMap};

/// Lets somebody look at an item, or take it away in a file.
///
/// # Errors
/// `wrong-state` for who did not write what stands in a sealed paper.
pub(super) fn may_look(actor: &Actor, item: &item::Model) -> AppResult<()> {
    let facts = LookFacts { is_frozen: item.frozen_version.is_some(), is_author: item.created_by == actor.account_id };
    judge_look(facts).map_err(AppError::refused)
}

/// The first words of the newest versions of items as lists show them: of what is frozen nothing, unless `reader` wrote it.
///
/// # Errors
/// If one does not open, or the store fails.
pub(super) async fn shown_titles(
    cx: &Services,
    conn: &impl ConnectionTrait,
    reader: Option<AccountId>,
    items: &[item::Model],
) -> AppResult<HashMap<ItemId, String>> {
    let ids: Vec<_> = items.iter().map(|item| item.id).collect();
    let versions = store::list_versions(conn, &ids).await?;
    let newest: HashMap<_, _> = versions.iter().map(|version| (version.item_id, version)).collect();
    let told = |item: &item::Model| {
        let version = newest.get(&item.id)?;
        Some(shown_title(cx, reader, item, version).map(|title| (item.id, title)))
    };
    items.iter().filter_map(told).collect()
}

/// The same of one version.
///
/// # Errors
/// If it does not open.
pub(super) fn shown_title(
    cx: &Services,
    reader: Option<AccountId>,
    item: &item::Model,
    version: &item_version::Model,
) -> AppResult<String> {
    if is_withheld(reader, item) {
        return Ok(String::new());
    }
    Ok(content::title(&content::open(cx, version)?))
}

/// Whether what an item says, and what is said of it, is kept from `reader`.
pub(super) fn is_withheld(reader: Option<AccountId>, item: &item::Model) -> bool {
    item.frozen_version.is_some() && reader != Some(item.created_by)
}

/// Items of somebody's own that are frozen and in which these letters stand: their author is not to learn from a search
/// which of them a paper holds.
///
/// # Errors
/// If one does not open, or the store fails.
pub(super) async fn own_with(cx: &Services, author: AccountId, letters: &str) -> AppResult<Vec<ItemId>> {
    let ids = store::list_frozen_of(cx.db.read(), author).await?;
    let mut texts = HashMap::new();
    for version in store::list_versions(cx.db.read(), &ids).await? {
        texts.insert(version.item_id, searched_text(&content::open(cx, &version)?));
    }
    Ok(texts.into_iter().filter(|(_, text)| text.contains(letters)).map(|(id, _)| id).collect())
}

/// Those of these items that stand in sealed papers that nobody has sat yet.
///
/// # Errors
/// If the store fails.
pub async fn frozen_among(cx: &Services, ids: &[ItemId]) -> AppResult<BTreeSet<ItemId>> {
    let ids: Vec<_> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    Ok(store::list_frozen_among(cx.db.read(), &ids).await?.into_iter().collect())
}

/// Closes within a write the items that a paper is sealed with, and forgets their words, by which they were found.
///
/// # Errors
/// If the store fails.
pub async fn freeze(tx: &Tx, versions: &[(ItemId, i32)]) -> AppResult<()> {
    let ids: Vec<_> = versions.iter().map(|(id, _)| *id).collect();
    store::freeze(tx.conn(), versions).await?;
    store::forget_words(tx.conn(), &ids).await
}

/// Opens within a write the items that candidates have sat; what they are found by is made anew, of what their authors have
/// written since.
pub(super) async fn thaw(tx: &Tx, versions: &[(ItemId, i32)]) -> AppResult<()> {
    if store::thaw(tx.conn(), versions).await? > 0 {
        tx.emit(ITEMS_WITHOUT_TEXT, json!({}));
    }
    Ok(())
}
