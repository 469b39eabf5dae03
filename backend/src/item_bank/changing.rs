//! Many items at once: looked at before, and then changed in one act, all of them or none.

use super::{
    describing::{self, descriptor},
    entity::item,
    frozen, history,
    store::{self, VersionHead},
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, CourseId, ItemId},
    item_bank::{
        ChangeFacts, ChangeItems, ChangeReport, ChangedItem, ChosenItem, Descriptor, ItemChange, ItemEventKind,
        judge_change, validate_change, validate_chosen,
    },
    people::check_reason,
    problem::FieldError,
    rights::Right,
};
use std::collections::HashMap;

actions! {
    /// Change many items of a course at once.
    ChangeAnyItems(CourseId) = ReviewItem;
    /// Change many items of one's own at once.
    ChangeOwnItems(CourseId) = AuthorItem;
}

/// What is done to one item, or why it stays.
type Judged = (ChangedItem, Result<ItemChange, &'static str>);

/// What a change would make of items. Nothing is written.
///
/// # Errors
/// As of [`change`], but that an item that cannot be changed is told of and is no error.
pub(super) async fn preview(cx: &Services, actor: &Actor, asked: &ChangeItems) -> AppResult<ChangeReport> {
    let place = organisation::catalogue_of(asked.course_id);
    let whose = if actor.has_any(&[Right::ReviewItem], &place) {
        None
    } else {
        let _: Permit<ChangeOwnItems> = authorize(actor, asked.course_id, &place)?;
        Some(actor.account_id)
    };
    check_choice(asked)?;
    let items = store::list(cx.db.read(), &ids_of(asked)).await?;
    let judged = judge((cx, cx.db.read()), actor.account_id, (items, whose), asked).await?;
    Ok(ChangeReport { items: judged.into_iter().map(|(item, _)| item).collect() })
}

/// Changes items, as who reviews may any and who writes their own; what became of them. It is one entry of the audit
/// log.
///
/// # Errors
/// `forbidden`; `not-found` if one is not there, not of the course or not theirs; the fields that are wrong, below
/// `/items` those that cannot be changed so.
pub(super) async fn change(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    asked: &ChangeItems,
) -> AppResult<ChangeReport> {
    let place = organisation::catalogue_of(asked.course_id);
    if actor.has_any(&[Right::ReviewItem], &place) {
        let permit: Permit<ChangeAnyItems> = authorize(actor, asked.course_id, &place)?;
        return write(cx, &permit, (key, None), asked).await;
    }
    let permit: Permit<ChangeOwnItems> = authorize(actor, asked.course_id, &place)?;
    write(cx, &permit, (key, Some(actor.account_id)), asked).await
}

async fn write<A: Action<Target = CourseId>>(
    cx: &Services,
    permit: &Permit<A>,
    (key, whose): (&IdempotencyKey, Option<AccountId>),
    asked: &ChangeItems,
) -> AppResult<ChangeReport> {
    check_choice(asked)?;
    let person = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, asked, async || apply((cx, tx), person, whose, asked).await).await
        })
        .await
}

async fn apply(
    (cx, tx): (&Services, &Tx),
    person: AccountId,
    whose: Option<AccountId>,
    asked: &ChangeItems,
) -> AppResult<ChangeReport> {
    let items = store::lock_all(tx.conn(), &ids_of(asked)).await?;
    let judged = judge((cx, tx.conn()), person, (items, whose), asked).await?;
    let wrong = judged.iter().enumerate().filter_map(|(at, (_, change))| {
        let code = change.as_ref().err()?;
        Some(FieldError::new(format!("/items/{at}"), *code))
    });
    let wrong: Vec<_> = wrong.collect();
    if !wrong.is_empty() {
        return Err(AppError::Invalid(wrong));
    }
    let reason = asked.retire_because.as_deref().map(|reason| check_reason(reason, "/retire_because")).transpose();
    let reason = reason.map_err(|wrong| AppError::Invalid(vec![wrong]))?.unwrap_or_default();
    for (chosen, (_, change)) in asked.items.iter().zip(&judged) {
        match change {
            Ok(ItemChange::Describe(new)) => {
                describing::say(tx, (chosen.item_id, chosen.descriptor_version), person, new).await?;
            }
            Ok(ItemChange::Retire) => store::retire(tx.conn(), chosen.item_id, (person, tx.now()), &reason).await?,
            Ok(ItemChange::Nothing) | Err(_) => {}
        }
    }
    if asked.retire_because.is_some() {
        store::forget_alike(tx.conn(), &ids_of(asked)).await?;
    }
    let changed = asked.items.iter().zip(&judged).filter(|(_, (_, change))| *change != Ok(ItemChange::Nothing));
    let changed: Vec<_> = changed.map(|(chosen, _)| (chosen.item_id, chosen.version)).collect();
    history::note((cx, tx), ItemEventKind::ChangedTogether, person, &changed).await?;
    tx.note("change", serde_json::to_value(asked).map_err(AppError::internal)?);
    Ok(ChangeReport { items: judged.into_iter().map(|(item, _)| item).collect() })
}

/// Refuses what nobody is to read, let alone hold, so many items for.
fn check_choice(asked: &ChangeItems) -> AppResult<()> {
    let wrong = validate_chosen(&asked.items);
    if wrong.is_empty() { Ok(()) } else { Err(AppError::Invalid(wrong)) }
}

fn ids_of(asked: &ChangeItems) -> Vec<ItemId> {
    asked.items.iter().map(|item| item.item_id).collect()
}

/// What becomes of each item, in the order of the request; `whose` they must be, if not anybody's. `reader` is told of it.
async fn judge(
    (cx, conn): (&Services, &impl ConnectionTrait),
    reader: AccountId,
    (items, whose): (Vec<item::Model>, Option<AccountId>),
    asked: &ChangeItems,
) -> AppResult<Vec<Judged>> {
    let theirs = |item: &item::Model| whose.is_none_or(|account| item.created_by == account);
    let items = items.into_iter().filter(|item| item.course_id == asked.course_id && theirs(item));
    let items: Vec<item::Model> = items.collect();
    let mut titles = frozen::shown_titles(cx, conn, Some(reader), &items).await?;
    let items: HashMap<ItemId, item::Model> = items.into_iter().map(|item| (item.id, item)).collect();
    let ids = ids_of(asked);
    if ids.iter().any(|id| !items.contains_key(id)) {
        return Err(AppError::not_found());
    }
    let wrong = validate_change(asked);
    if !wrong.is_empty() {
        return Err(AppError::Invalid(wrong));
    }
    let heads = store::list_version_heads(conn, &ids).await?.into_iter();
    let heads: HashMap<ItemId, VersionHead> = heads.map(|head| (head.item_id, head)).collect();
    let mut said = HashMap::new();
    for row in store::list_descriptors(conn, &ids).await? {
        said.insert(row.item_id, descriptor(&row)?);
    }
    let mut known = |chosen: &ChosenItem| {
        let (item, head) = (items.get(&chosen.item_id)?, heads.get(&chosen.item_id)?);
        let title = titles.remove(&chosen.item_id).unwrap_or_default();
        Some(judged((item, head), title, said.get(&chosen.item_id), *chosen, asked))
    };
    asked.items.iter().map(|chosen| known(chosen).ok_or_else(AppError::not_found)).collect()
}

fn judged(
    (item, head): (&item::Model, &VersionHead),
    title: String,
    before: Option<&Descriptor>,
    chosen: ChosenItem,
    asked: &ChangeItems,
) -> Judged {
    let now = ChosenItem { item_id: item.id, version: head.number, descriptor_version: item.described + 1 };
    let facts = ChangeFacts { now, is_retired: item.retired_at.is_some(), descriptor: before };
    let change = judge_change(&facts, chosen, asked);
    let after = match &change {
        Ok(ItemChange::Describe(after)) => Some(after),
        _ => before,
    };
    let told = ChangedItem {
        item_id: item.id,
        title,
        before: before.cloned(),
        after: after.cloned(),
        is_retired: facts.is_retired || change == Ok(ItemChange::Retire),
        refused: change.as_ref().err().map(|code| (*code).to_owned()),
        detail: String::new(),
    };
    (told, change)
}
