//! A merge goes on: two approvals, or a refusal; and back.

use super::{
    book::FactBook,
    cases::{SEEN_WITH, places},
    deed,
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    people::{entity::person_merge, store},
    platform::{
        Services,
        db::{Conn, Tx},
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, PersonMergeId},
    people::{MergeCase, MergePlace, MergeState, MergeStep, check_reason, next_merge_state},
    problem::ProblemCode,
    rights::Right,
};

actions! {
    /// Approve, refuse or undo a merge.
    SettleMerge(PersonMergeId) = ApproveMerge;
    /// Take a proposal back.
    TakeMergeBack(PersonMergeId) = ProposeMerge;
}

/// A step that somebody wants to take.
pub(super) struct Command<'a> {
    pub(super) id: PersonMergeId,
    /// The version that they have seen.
    pub(super) seen: i32,
    pub(super) key: &'a IdempotencyKey,
    pub(super) step: MergeStep,
    /// Why, where the step needs it.
    pub(super) reason: Option<&'a str>,
}

impl Command<'_> {
    /// Takes the step. A repeat with the same key changes nothing.
    ///
    /// # Errors
    /// `not-found`, `forbidden`, `stale`, the field `/reason`, or a refusal of the rules.
    pub(super) async fn take(&self, cx: &Services, book: &FactBook, actor: &Actor) -> AppResult<()> {
        match self.step {
            MergeStep::Withdraw => self.take_as::<TakeMergeBack>(cx, book, actor).await,
            MergeStep::Approve | MergeStep::Refuse | MergeStep::Undo => {
                self.take_as::<SettleMerge>(cx, book, actor).await
            }
        }
    }

    async fn take_as<A: Action<Target = PersonMergeId>>(
        &self,
        cx: &Services,
        book: &FactBook,
        actor: &Actor,
    ) -> AppResult<()> {
        let permit = permit::<A>(cx, actor, self.id).await?;
        let reason = self.reason.map(|reason| check_reason(reason, "/reason")).transpose();
        let reason = reason.map_err(|error| AppError::Invalid(vec![error]))?;
        let by = permit.person()?;
        cx.db
            .write(&permit, async |tx| {
                once(tx, by, self.key, &(self.id, self.step, self.reason), async || {
                    let row = store::lock_merge(tx.conn(), self.id).await?.ok_or_else(AppError::not_found)?;
                    if row.version != self.seen {
                        return Err(AppError::Problem(ProblemCode::Stale));
                    }
                    // Whose step it is depends on where the merge stands now.
                    if !acts(actor, &row, self.step)? {
                        return Err(AppError::Problem(ProblemCode::Forbidden));
                    }
                    let next = judge(tx, book, &row, self.step, by).await?;
                    apply(cx, tx, book, row, &Step { next, by, reason: reason.as_deref() }).await
                })
                .await
            })
            .await
    }
}

/// Lets the actor take a step where both persons are kept; across places, where either is.
async fn permit<A: Action<Target = PersonMergeId>>(
    cx: &Services,
    actor: &Actor,
    id: PersonMergeId,
) -> AppResult<Permit<A>> {
    let row = seen(actor, store::find_merge(cx.db.read(), id).await?)?;
    let [survivor, merged] = places(&row);
    if row.is_across {
        let own = if actor.has_any(&[A::RIGHT], &merged) { merged } else { survivor };
        return authorize(actor, id, &own);
    }
    let _: Permit<A> = authorize(actor, id, &merged)?;
    authorize(actor, id, &survivor)
}

/// Whether a step is the actor's where a merge stands now, if it is taken there at all.
fn acts(actor: &Actor, row: &person_merge::Model, step: MergeStep) -> AppResult<bool> {
    let right = match step {
        MergeStep::Withdraw => Right::ProposeMerge,
        MergeStep::Approve | MergeStep::Refuse | MergeStep::Undo => Right::ApproveMerge,
    };
    let [of_survivor, of_merged] = places(row).map(|place| actor.has_any(&[right], &place));
    if !row.is_across {
        return Ok(of_survivor && of_merged);
    }
    Ok(match step.place(state_of(row)?) {
        MergePlace::Survivor => of_survivor,
        MergePlace::Merged => of_merged,
        MergePlace::Either => of_survivor || of_merged,
    })
}

/// The steps of a merge that are the actor's.
///
/// # Errors
/// If the row is broken.
pub(super) fn steps_of(actor: &Actor, row: &person_merge::Model) -> AppResult<Vec<MergeStep>> {
    let state = state_of(row)?;
    let mut steps = Vec::new();
    for step in MergeStep::ALL.iter().copied().filter(|step| state.after(*step).is_some()) {
        if acts(actor, row, step)? {
            steps.push(step);
        }
    }
    Ok(steps)
}

/// A merge of which the actor may know.
///
/// # Errors
/// `not-found` if there is none.
pub(super) fn seen(actor: &Actor, row: Option<person_merge::Model>) -> AppResult<person_merge::Model> {
    let is_seen = |row: &person_merge::Model| {
        let [survivor, merged] = acts_for(actor, row);
        if row.is_across { survivor || merged } else { survivor && merged }
    };
    row.filter(is_seen).ok_or_else(AppError::not_found)
}

/// Whether the actor has to do with merges where the survivor is kept, and where the merged one is.
pub(super) fn acts_for(actor: &Actor, row: &person_merge::Model) -> [bool; 2] {
    places(row).map(|place| actor.has_any(&SEEN_WITH, &place))
}

/// Where a merge stands.
pub(super) fn state_of(row: &person_merge::Model) -> AppResult<MergeState> {
    MergeState::parse(&row.state).ok_or_else(|| AppError::internal(format!("merge in {}", row.state)))
}

/// When a merge was done, if it was.
pub(super) fn done_at(row: &person_merge::Model, state: MergeState) -> Option<shared::time::Timestamp> {
    row.decided_at.filter(|_| matches!(state, MergeState::Done | MergeState::Undone))
}

async fn judge(
    tx: &Tx,
    book: &FactBook,
    row: &person_merge::Model,
    step: MergeStep,
    by: AccountId,
) -> AppResult<MergeState> {
    let pair = book.pair(&Conn::from(tx.conn()), row.survivor_id, row.merged_id).await?;
    let own: Vec<AccountId> = pair.accounts().into_iter().chain(row.closed_account_id).collect();
    let state = state_of(row)?;
    let case = MergeCase {
        state,
        proposed_by: row.proposed_by,
        approved_by: row.approved_by,
        own: &own,
        done_at: done_at(row, state),
    };
    next_merge_state(&case, step, by, tx.now()).map_err(AppError::refused)
}

/// A step that may be taken.
struct Step<'a> {
    next: MergeState,
    by: AccountId,
    reason: Option<&'a str>,
}

async fn apply(
    cx: &Services,
    tx: &Tx,
    book: &FactBook,
    mut row: person_merge::Model,
    step: &Step<'_>,
) -> AppResult<()> {
    let (by, at) = (Some(step.by), Some(tx.now()));
    match step.next {
        MergeState::Approved => (row.approved_by, row.approved_at) = (by, at),
        MergeState::Undone => {
            deed::undo(cx, tx, book, &row).await?;
            (row.undone_by, row.undone_at) = (by, at);
            row.undone_because = step.reason.map(str::to_owned);
        }
        MergeState::Done => {
            row.closed_account_id = deed::merge(cx, tx, book, &row, step.by).await?;
            (row.decided_by, row.decided_at) = (by, at);
        }
        MergeState::Refused | MergeState::Withdrawn | MergeState::Proposed => {
            (row.decided_by, row.decided_at) = (by, at);
            row.answer = step.reason.map(str::to_owned);
        }
    }
    row.version += 1;
    step.next.as_str().clone_into(&mut row.state);
    tx.note("survivor", row.survivor_id.to_string());
    tx.note("merged", row.merged_id.to_string());
    tx.note("state", step.next.as_str());
    store::update_merge(tx.conn(), row).await
}
