//! Two versions of an item beside each other, with their keys: a look that is noted as any other.

use super::{content, frozen, history, reach::place_of, store, views};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::ItemId,
    item_bank::{CompareVersions, ItemComparison, ItemEventKind, compare_items},
    rights::Right,
};

actions! {
    /// See versions of an item with their keys.
    SeeVersions(ItemId) = ReadItem;
    /// See versions of an item of one's own with their keys.
    SeeOwnVersions(ItemId) = AuthorItem;
}

/// What became of an item from one version to another. Who only writes items sees their own.
///
/// # Errors
/// `forbidden`, or `not-found` if there is none or it is not the author's; the field `/older` or `/newer` if there is no
/// such version or it did not come later; `wrong-state` for who may not look at the item.
pub(super) async fn compare(
    cx: &Services,
    actor: &Actor,
    id: ItemId,
    asked: CompareVersions,
) -> AppResult<ItemComparison> {
    let place = place_of(cx, actor, id, &[Right::ReadItem, Right::AuthorItem]).await?;
    if actor.has_any(&[Right::ReadItem], &place) {
        return look(cx, actor, &authorize::<SeeVersions>(actor, id, &place)?, asked).await;
    }
    let permit: Permit<SeeOwnVersions> = authorize(actor, id, &place)?;
    views::own(cx, actor, id).await?;
    look(cx, actor, &permit, asked).await
}

async fn look<A: Action<Target = ItemId>>(
    cx: &Services,
    actor: &Actor,
    permit: &Permit<A>,
    CompareVersions { older, newer }: CompareVersions,
) -> AppResult<ItemComparison> {
    let (id, person) = (*permit.target(), permit.person()?);
    let pins = [(id, older), (id, newer)];
    let (before, after) = cx
        .db
        .write(permit, async |tx| {
            let item = store::find(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if older >= newer {
                return Err(AppError::field("/newer", "out-of-range"));
            }
            let versions = store::list_pinned(tx.conn(), &pins).await?;
            let of = |number: i32, pointer: &str| {
                let found = versions.iter().find(|version| version.number == number).cloned();
                found.ok_or_else(|| AppError::field(pointer, "not-found"))
            };
            let both = (of(older, "/older")?, of(newer, "/newer")?);
            frozen::may_look(actor, &item)?;
            tx.note("versions", [older, newer]);
            history::note((cx, tx), ItemEventKind::Looked, person, &pins).await?;
            Ok(both)
        })
        .await?;
    let parts = compare_items(&content::open(cx, &before)?, &content::open(cx, &after)?);
    Ok(ItemComparison { older, newer, parts })
}
