//! What authors and reviewers say to each other about an item. Who said it is told to nobody, but whether it was its
//! author.

use super::{
    entity::{item, item_comment},
    frozen,
    reach::place_of,
    remarks,
    service::locked,
    store, views,
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, ItemId},
    item_bank::{COMMENT_CHARS, ItemComment, NewComment},
    people::check_words,
    rights::Right,
};

actions! {
    /// Say something about an item.
    Comment(ItemId) = ReviewItem;
    /// Say something about an item of one's own.
    CommentOwn(ItemId) = AuthorItem;
}

/// What is said about an item, the oldest first. Who only writes items asks of their own.
///
/// # Errors
/// `forbidden`, or `not-found` if there is none or it is not the author's.
pub(super) async fn list(cx: &Services, actor: &Actor, id: ItemId) -> AppResult<Vec<ItemComment>> {
    views::may_know(cx, actor, id).await?;
    let item = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let comments = store::list_comments(cx.db.read(), id).await?;
    comments.iter().map(|row| told(cx, actor.account_id, &item, row)).collect()
}

/// A comment as `reader` sees it: what is said of an item in a sealed paper is closed as the item is.
fn told(cx: &Services, reader: AccountId, item: &item::Model, row: &item_comment::Model) -> AppResult<ItemComment> {
    let is_closed = frozen::is_withheld(Some(reader), item);
    Ok(ItemComment {
        version: row.number,
        text: if is_closed { String::new() } else { remarks::comment_text(cx, row)? },
        written_at: row.written_at,
        is_of_author: row.written_by == item.created_by,
        is_own: row.written_by == reader,
        is_closed,
    })
}

/// Says something about an item: about any who reviews, about their own who writes.
///
/// # Errors
/// `forbidden`; `not-found` if there is none or it is not the author's; the text if it is empty or too long.
pub(super) async fn comment(
    cx: &Services,
    actor: &Actor,
    id: ItemId,
    key: &IdempotencyKey,
    new: &NewComment,
) -> AppResult<()> {
    let place = place_of(cx, actor, id, &[Right::ReviewItem, Right::AuthorItem]).await?;
    if actor.has_any(&[Right::ReviewItem], &place) {
        let permit: Permit<Comment> = authorize(actor, id, &place)?;
        return write(cx, &permit, actor.account_id, key, new).await;
    }
    let permit: Permit<CommentOwn> = authorize(actor, id, &place)?;
    views::own(cx, actor, id).await?;
    write(cx, &permit, actor.account_id, key, new).await
}

async fn write<A: Action<Target = ItemId>>(
    cx: &Services,
    permit: &Permit<A>,
    written_by: AccountId,
    key: &IdempotencyKey,
    new: &NewComment,
) -> AppResult<()> {
    let text = check_words(&new.text, "/text", COMMENT_CHARS).map_err(|wrong| AppError::Invalid(vec![wrong]))?;
    let (item_id, id) = (*permit.target(), cx.ids.uuid());
    let sealed = remarks::seal_comment(cx, id, &text)?;
    cx.db
        .write(permit, async |tx| {
            let (_, newest) = locked(tx, item_id).await?;
            let row = item_comment::Model {
                id,
                item_id,
                number: newest.number,
                text: String::new(),
                sealed: Some(sealed.clone()),
                written_by,
                written_at: tx.now(),
            };
            once(tx, written_by, key, &(item_id, new), async || store::insert_comment(tx.conn(), row).await).await
        })
        .await
}
