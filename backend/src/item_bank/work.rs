//! What waits for those who review items, and for those who write them.

use super::{entity::item::Column, reach::Reach, store};
use crate::{
    access::Actor,
    platform::{Services, error::AppResult},
};
use sea_orm::{ColumnTrait, Condition};
use shared::{
    ids::AccountId,
    item_bank::{ItemState, least_candidates},
    rights::Right,
    time::Timestamp,
    work::{ItemWait, WorkKind, WorkLine},
};

/// Whose turn it is.
const TURNS: [(Right, ItemWait, WorkKind); 2] = [
    (Right::ReviewItem, ItemWait::Review, WorkKind::ItemsToReview),
    (Right::AuthorItem, ItemWait::Revision, WorkKind::ItemsReturned),
];

/// The items that wait for the actor.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let mut lines = Vec::new();
    for (right, wait, kind) in TURNS {
        let reach = Reach::of(actor, right);
        if !reach.is_nowhere() {
            let awaited = reach.narrow(awaits(wait, actor.account_id, cx.clock.now()));
            let waiting = store::count_items(cx.db.read(), awaited).await?;
            lines.extend(WorkLine::some(kind, waiting));
        }
    }
    Ok(lines)
}

/// Items that wait for `account`. Nobody reviews their own, what was retired waits for nobody, and of what is in a sealed
/// paper nobody reviews another version before the test. What is on trial waits once enough candidates have answered it.
pub(super) fn awaits(wait: ItemWait, account: AccountId, now: Timestamp) -> Condition {
    let stands = |state: ItemState| Condition::all().add(Column::State.eq(state.as_str()));
    let whose = match wait {
        ItemWait::Review => {
            let enough = i32::try_from(least_candidates(now)).unwrap_or(i32::MAX);
            let tried = stands(ItemState::Trial).add(Column::MeasuredCandidates.gte(enough));
            let readable = Condition::any().add(stands(ItemState::Draft)).add(tried);
            Condition::all().add(readable).add(Column::CreatedBy.ne(account))
        }
        ItemWait::Revision => stands(ItemState::Returned).add(Column::CreatedBy.eq(account)),
    };
    let open = Condition::all().add(Column::RetiredAt.is_null()).add(Column::FrozenVersion.is_null());
    open.add(whose)
}
