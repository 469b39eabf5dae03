//! What happened to an item, out of everything that is kept of it. Nobody is told by name who did it.

use super::{
    entity::{item, item_event, item_version},
    frozen,
    reach::Reach,
    remarks, store, views,
};
use crate::{
    access::Actor,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use shared::{
    ids::{AccountId, ItemId},
    item_bank::{ItemEvent, ItemEventKey, ItemEventKind, ItemHand, ItemState, ordered_events},
    page::{Page, PageQuery},
    rights::Right,
    time::Timestamp,
};

/// Notes within a write what somebody did to these versions that no other table tells.
pub(super) async fn note(
    (cx, tx): (&Services, &Tx),
    kind: ItemEventKind,
    done_by: AccountId,
    versions: &[(ItemId, i32)],
) -> AppResult<()> {
    let row = |(item_id, number): &(ItemId, i32)| item_event::Model {
        id: cx.ids.uuid(),
        item_id: *item_id,
        kind: kind.as_str().to_owned(),
        number: *number,
        done_by,
        done_at: tx.now(),
    };
    store::insert_events(tx.conn(), &versions.iter().map(row).collect::<Vec<_>>()).await
}

/// What happened to an item, the newest first. Who only writes items asks of their own, and does not learn who looked at
/// them.
///
/// # Errors
/// `forbidden`, or `not-found` if there is none or it is not the author's.
pub(super) async fn list(cx: &Services, actor: &Actor, id: ItemId, query: &PageQuery) -> AppResult<Page<ItemEvent>> {
    views::may_know(cx, actor, id).await?;
    let before: Option<ItemEventKey> = decode_cursor(query)?;
    let item = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let sees_looks = Reach::of(actor, Right::ReadItem).has(item.course_id);
    let mut events = events(cx, actor.account_id, id).await?;
    events.retain(|event| sees_looks || !event.kind.is_look() || event.hand == ItemHand::Own);
    let found = page(ordered_events(events, before), query, |(key, _)| *key);
    Ok(Page { items: found.items.into_iter().map(|(_, event)| event).collect(), next_cursor: found.next_cursor })
}

/// The item, its versions, and who reads of it.
struct Told {
    item: item::Model,
    versions: Vec<item_version::Model>,
    reader: AccountId,
}

impl Told {
    fn hand(&self, by: AccountId) -> ItemHand {
        if by == self.reader {
            ItemHand::Own
        } else if by == self.item.created_by {
            ItemHand::Author
        } else {
            ItemHand::Other
        }
    }

    /// The version that was the newest at this instant.
    fn newest(&self, at: Timestamp) -> i32 {
        let there = self.versions.iter().filter(|version| version.created_at <= at);
        there.map(|version| version.number).max().unwrap_or(1)
    }

    fn event(
        &self,
        (at, by): (Timestamp, AccountId),
        kind: ItemEventKind,
        version: i32,
        words: impl Into<String>,
    ) -> ItemEvent {
        ItemEvent { at, kind, version, hand: self.hand(by), words: words.into() }
    }

    /// What people say of the item; nothing as long as it is closed to the reader.
    fn words(&self, said: impl FnOnce() -> AppResult<String>) -> AppResult<String> {
        if frozen::is_withheld(Some(self.reader), &self.item) { Ok(String::new()) } else { said() }
    }

    /// What an author did to it, and its end.
    fn written(&self) -> AppResult<Vec<ItemEvent>> {
        let version = |row: &item_version::Model| {
            self.event((row.created_at, row.created_by), ItemEventKind::Written, row.number, "")
        };
        let mut events: Vec<ItemEvent> = self.versions.iter().map(version).collect();
        if let (Some(at), Some(by)) = (self.item.retired_at, self.item.retired_by) {
            let version = self.newest(at);
            let reason = self.words(|| Ok(self.item.retired_because.clone().unwrap_or_default()))?;
            events.push(self.event((at, by), ItemEventKind::Retired, version, reason));
        }
        Ok(events)
    }
}

async fn events(cx: &Services, reader: AccountId, id: ItemId) -> AppResult<Vec<ItemEvent>> {
    let (conn, ids) = (cx.db.read(), [id]);
    let item = store::find(conn, id).await?.ok_or_else(AppError::not_found)?;
    let told = Told { item, versions: store::list_versions(conn, &ids).await?, reader };
    let mut events = told.written()?;
    for row in store::list_events(conn, id).await? {
        let kind = ItemEventKind::parse(&row.kind).ok_or_else(|| AppError::internal("unknown event of an item"))?;
        events.push(told.event((row.done_at, row.done_by), kind, row.number, ""));
    }
    for row in store::list_descriptors(conn, &ids).await? {
        let at = row.described_at;
        events.push(told.event((at, row.described_by), ItemEventKind::Described, told.newest(at), row.module));
    }
    for row in store::list_reviews(conn, &ids).await? {
        let is_approved = row.state == ItemState::Approved.as_str();
        let kind = if is_approved { ItemEventKind::Approved } else { ItemEventKind::Returned };
        let words = told.words(|| remarks::reason(cx, &row))?;
        events.push(told.event((row.reviewed_at, row.reviewed_by), kind, row.number, words));
    }
    for row in store::list_trials(conn, id).await? {
        events.push(told.event((row.begun_at, row.begun_by), ItemEventKind::Tried, row.number, ""));
    }
    for row in store::list_comments(conn, id).await? {
        let words = told.words(|| remarks::comment_text(cx, &row))?;
        events.push(told.event((row.written_at, row.written_by), ItemEventKind::Commented, row.number, words));
    }
    events.extend(of_tests(cx, id).await?);
    Ok(events)
}

/// What tests brought.
async fn of_tests(cx: &Services, id: ItemId) -> AppResult<Vec<ItemEvent>> {
    let event = |at, kind, version| ItemEvent { at, kind, version, hand: ItemHand::Test, words: String::new() };
    let used = store::list_uses(cx.db.read(), id).await?.into_iter();
    let mut events: Vec<_> = used.map(|row| event(row.used_at, ItemEventKind::Used, row.number)).collect();
    let measured = store::list_statistics(cx.db.read(), id).await?.into_iter();
    events.extend(measured.map(|row| event(row.measured_at, ItemEventKind::Measured, row.number)));
    Ok(events)
}
