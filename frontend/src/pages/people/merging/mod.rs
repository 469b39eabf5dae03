//! Two records of one human: found, compared, proposed to become one, approved, and undone.

mod across;
mod answer;
pub(crate) mod compare;
pub(crate) mod duplicates;
mod entry;
mod facts;
pub(crate) mod list;
pub(crate) mod namesakes;
mod propose;
mod words;

use crate::platform::actor::Actor;
use shared::people::MergeView;

fn is_own(actor: Actor, merge: &MergeView) -> bool {
    actor.me().is_some_and(|me| me.account_id == merge.proposed.by)
}

fn has_approved(actor: Actor, merge: &MergeView) -> bool {
    actor.me().is_some_and(|me| merge.approvals.iter().any(|hand| hand.by == me.account_id))
}
